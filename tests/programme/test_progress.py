"""What the home screen counts is what each kind of record says of itself."""

from __future__ import annotations

import pytest

from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.programme.progress import fullness, held, parts_of
from store.records import Beside, Counted, all_records


def test_home_says_what_a_sub_step_holds() -> None:
    assert list(parts_of("1A")) == ["data_source", "finding", "asset", "population"]
    assert fullness("1A", {}) == 0
    assert fullness("1A", dict.fromkeys(parts_of("1A"), 1)) == 4
    assert fullness("2A", {"option": 1}) == 2
    assert held("1A", {"data_source": 1, "finding": 2, "asset": 3}) == ["1 source", "2 findings"]
    assert held("2B", {"voting_round": 1}) == ["1 vote"]


@pytest.mark.parametrize("code", [step.code for step in SUB_STEPS])
def test_every_sub_step_is_made_of_something_in_an_order(code: str) -> None:
    parts = parts_of(code)
    assert parts
    assert [part.place for part in parts.values()] == list(range(1, len(parts) + 1))


def test_what_is_not_counted_says_why_as_the_end_of_a_sentence() -> None:
    for kind in all_records().values():
        if isinstance(kind.counted_as, Beside):
            assert kind.counted_as.why
            assert not kind.counted_as.why.endswith(".")
        elif kind.listed:
            assert isinstance(kind.counted_as, Counted)
