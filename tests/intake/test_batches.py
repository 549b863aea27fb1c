"""However a text is cut into batches, the rows are those the csv module gives."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.intake.files import batches as module
from amhe_tui.intake.files.batches import batches

_CELLS = st.text(st.sampled_from(list('ab,;"\n\r é\x0b\x85\u2028')), max_size=6)
_ROWS = st.lists(st.lists(_CELLS, min_size=2, max_size=4), max_size=12)


def read(text: str, size: int, delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return [
        (number, row)
        for batch in batches(io.StringIO(text, newline=""), delimiter, size)
        for number, row in zip(batch.numbers, batch.rows, strict=True)
    ]


@given(_ROWS, st.integers(1, 30), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([",", ";"]), st.booleans())
def test_rows_are_those_of_the_csv_module(
    rows: list[list[str]], size: int, ending: str, delimiter: str, quote_all: bool
) -> None:
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, lineterminator=ending, delimiter=delimiter, quoting=quoting).writerows(rows)
    text = out.getvalue()
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert read(text, size, delimiter) == [(number, row) for number, row in enumerate(expected, 1) if row]


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_blank_rows_are_left_out_but_counted(size: int, ending: str) -> None:
    text = ending.join(["a,b", "", "1,2", "", "", '"x",4'])
    assert read(text, size) == [(1, ["a", "b"]), (3, ["1", "2"]), (6, ["x", "4"])]


def test_a_cell_may_hold_line_ends_across_many_reads() -> None:
    text = 'a,b\n1,"one\r\ntwo\nthree"\n3,4\n'
    assert read(text, 3) == [(1, ["a", "b"]), (2, ["1", "one\r\ntwo\nthree"]), (3, ["3", "4"])]


def test_inches_do_not_open_a_cell() -> None:
    assert read('a,b\n5" nail,1\nplain,2\n6" nail,3\n', 8)[1:] == [
        (2, ['5" nail', "1"]),
        (3, ["plain", "2"]),
        (4, ['6" nail', "3"]),
    ]


def test_a_quotation_mark_that_nobody_closes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(csv.Error):
        read('a,b\n1,"two\n3,4\n', 1000)
    monkeypatch.setattr(module, "LONGEST_ROW", 100)
    with pytest.raises(csv.Error, match="not closed"):
        read('a,b\n1,"two\n' + "3,4\n" * 1000, 50)
