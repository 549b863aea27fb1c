"""What every kind of record has to say of itself before it can be kept."""

from __future__ import annotations

import pytest

from store.records import Beside, Record, all_records
from store.records.declare import record


def test_a_record_that_does_not_say_its_stage_is_refused() -> None:
    class Nameless(Record):
        __tablename__ = "nameless"

    with pytest.raises(TypeError, match="at which stage"):
        record(Nameless)
    assert "nameless" not in all_records()


def test_a_record_that_the_thread_reaches_by_no_path_is_refused() -> None:
    class Loose(Record):
        __tablename__ = "loose"
        thread_stage = "evidence"

    with pytest.raises(TypeError, match="how the thread reaches"):
        record(Loose)
    assert "loose" not in all_records()


def test_a_listed_record_that_does_not_say_what_it_counts_as_is_refused() -> None:
    class Uncounted(Record):
        __tablename__ = "uncounted"
        thread_stage = "evidence"
        reached_by = Beside("it is made up")

    with pytest.raises(TypeError, match="what it counts as"):
        record(Uncounted)
    assert "uncounted" not in all_records()


def test_why_a_record_stands_on_no_thread_can_end_a_sentence() -> None:
    for kind in all_records().values():
        if isinstance(kind.reached_by, Beside):
            assert kind.reached_by.why
            assert not kind.reached_by.why.endswith(".")
