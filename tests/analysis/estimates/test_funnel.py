from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.funnel import (
    Standing,
    funnel_of_proportions,
    funnel_of_rates,
    funnel_sizes,
    proportion_limits,
)
from amhe_tui.analysis.estimates.results import Undefined


@given(some.integers(1, 10_000_000))
def test_sizes_rise_from_one_to_beyond_the_largest(largest: int) -> None:
    sizes = funnel_sizes(largest)
    assert len(sizes) == 100
    assert sizes[0] == 1
    assert all(before < after for before, after in itertools.pairwise(sizes))
    assert sizes[-1] >= largest


@given(some.lists(some.tuples(some.integers(0, 300), some.integers(0, 300)), min_size=1, max_size=20))
def test_standing_outside_is_being_beyond_the_limits(rows: list[tuple[int, int]]) -> None:
    counts = [min(row) for row in rows]
    totals = [max(row) for row in rows]
    found = funnel_of_proportions(counts, totals, multiplier=1)
    if found.baseline is None:
        assert found.reason is Undefined.NO_PEOPLE
        return
    for count, total, standing in zip(counts, totals, found.standings, strict=True):
        if not total:
            assert standing is None
            continue
        low, high = proportion_limits(found.baseline, total, 0.95)
        share = count / total
        if standing in (Standing.LOW, Standing.LOW_FAR):
            assert share <= low + 1e-9
        elif standing in (Standing.HIGH, Standing.HIGH_FAR):
            assert share >= high - 1e-9
        else:
            assert low - 1e-9 <= share <= high + 1e-9


def test_far_places_are_marked() -> None:
    found = funnel_of_proportions([50, 500, 95], [100, 1000, 100])
    assert found.standings[2] is Standing.HIGH_FAR
    assert found.limits[0].lower == 0
    assert found.limits[0].upper == 100
    rates = funnel_of_rates([10, 100, 60, None, 1], [1000, 10_000, 1000, 5, 0])
    assert rates.standings[2] is Standing.HIGH_FAR
    assert rates.standings[3] is rates.standings[4] is None
    assert all(point.lower_far <= point.lower <= point.upper <= point.upper_far for point in rates.limits)
    assert all(point.lower <= (rates.baseline or 0) <= point.upper for point in rates.limits)


def test_bad_input() -> None:
    assert funnel_of_proportions([], []).reason is Undefined.NO_PEOPLE
    assert funnel_of_rates([None], [None]).standings == (None,)
    with pytest.raises(ValueError, match="above the total"):
        funnel_of_proportions([3], [2])
    with pytest.raises(ValueError, match="below zero"):
        funnel_of_rates([-3], [2])
    with pytest.raises(ValueError, match="numerator and a denominator"):
        funnel_of_rates([3], [])
    with pytest.raises(ValueError, match="at least one place"):
        funnel_sizes(0)


def test_a_funnel_of_rare_events_reaches_down_to_one_person() -> None:
    """A hundred detentions for every 100,000 people: of one person hardly any are expected."""
    found = funnel_of_rates([100, 150], [100_000, 120_000])
    assert found.limits[0].lower == pytest.approx(0, abs=1e-9)
    assert found.limits[0].upper > found.limits[-1].upper > 0
