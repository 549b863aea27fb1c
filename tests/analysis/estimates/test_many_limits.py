from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates import intervals
from amhe_tui.analysis.estimates.many_limits import proportions, rates
from amhe_tui.analysis.estimates.results import Estimate, Undefined
from tests.properties import examples

COUNT = some.none() | some.integers(0, 400) | some.integers(0, 48).map(lambda quarters: quarters / 4)


def same(one: Estimate, other: Estimate) -> bool:
    numbers = zip((one.value, one.lower, one.upper), (other.value, other.lower, other.upper), strict=True)
    alike = all(
        a == pytest.approx(b, rel=1e-12, abs=1e-15) if a is not None and b is not None else a is b for a, b in numbers
    )
    return alike and (one.method, one.reason, one.confidence) == (other.method, other.reason, other.confidence)


@examples(60)
@given(some.lists(some.tuples(COUNT, COUNT), max_size=20), some.sampled_from([0.9, 0.95, 0.998]))
def test_each_row_is_what_it_is_alone(rows: list[tuple[float | None, float | None]], confidence: float) -> None:
    rows = [(a, b) if a is None or b is None else (min(a, b), max(a, b)) for a, b in rows]
    counts, totals = [row[0] for row in rows], [row[1] for row in rows]
    shares = proportions(counts, totals, confidence=confidence, multiplier=100)
    events = rates(counts, totals, confidence=confidence)
    for place, (count, total) in enumerate(rows):
        alone = intervals.proportion(count, total, confidence=confidence, multiplier=100)
        assert same(shares.of(place), alone)
        found, lone = events.of(place), intervals.rate(count, total, confidence=confidence)
        assert same(found, lone) or (count is None and found.value is None and lone.value is None)


@examples(60)
@given(some.lists(some.tuples(some.integers(0, 400), some.integers(1, 400)), min_size=1, max_size=20))
def test_limits_contain_the_figure_and_narrow_with_ten_times_the_people(rows: list[tuple[int, int]]) -> None:
    counts, totals = [min(row) for row in rows], [max(row) for row in rows]
    for ask in (proportions, rates):
        few = ask(counts, totals)
        many = ask([10 * count for count in counts], [10 * total for total in totals])
        assert ((few.lower <= few.values + 1e-9) & (few.values <= few.upper + 1e-9)).all()
        assert (many.upper - many.lower < few.upper - few.lower).all()


def test_a_bad_row_has_a_reason_and_stops_no_other() -> None:
    found = proportions([5, 0, None, 1, -1], [4, 0, 4, 2, 5])
    assert found.reasons == (
        Undefined.IMPOSSIBLE_COUNT,
        Undefined.NO_PEOPLE,
        Undefined.MISSING,
        None,
        Undefined.IMPOSSIBLE_COUNT,
    )
    assert found.of(0).value is None
    assert found.of(3).value == 0.5
    assert len(rates([1], [2])) == 1


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="count and a total"):
        proportions([1], [1, 2])
    with pytest.raises(ValueError, match="confidence"):
        rates([1], [1], confidence=0.2)
