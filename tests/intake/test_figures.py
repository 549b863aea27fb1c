"""What counts as a number, and that its text is never lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.evidence.datasets import read_figure, stored_figure


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-3", -3), ("9.10", 9.1), (".5", 0.5), ("1,204", 1204), ("1,204,000.5", 1204000.5), ("34.9%", 34.9),
     (" 7 ", 7), ("1e3", 1000), ("007", 7), ("10.64024", 10.64024)],
)  # fmt: skip
def test_numbers_are_read(text: str, number: float) -> None:
    assert read_figure(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "*", "nan", "inf", "-inf", "1_000", "12,34", "1,2", "8E782", "0x10", "١٢", "1 2", "--1", "1.2.3", "%", "e5", ".", "twelve", "1;2"],
)  # fmt: skip
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_figure(text) is None
    assert stored_figure(text) is None


@given(
    st.integers(-(10**20), 10**20).map(str)
    | st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.from_regex(r"[0-9]{1,3}(\.[0-9]{0,4})?%?", fullmatch=True)
)
def test_what_is_stored_gives_back_the_text_and_the_number(text: str) -> None:
    stored = stored_figure(text)
    if stored is None:
        assert read_figure(text) is None
        return
    assert (stored if isinstance(stored, str) else repr(stored)) == text
    assert (read_figure(stored) if isinstance(stored, str) else stored) == read_figure(text)
