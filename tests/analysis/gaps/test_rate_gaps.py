from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.intervals import implied_population
from amhe_tui.analysis.estimates.results import Gap, Undefined
from amhe_tui.analysis.gaps import shares
from amhe_tui.analysis.gaps.rates import rate_difference, rate_ratio
from amhe_tui.analysis.gaps.vectorised import differences, rate_differences, rate_ratios, ratios
from tests.properties import examples

PEOPLE = some.integers(100, 90_000)
EVENTS = some.integers(0, 300)
PAIRS = some.tuples(EVENTS, PEOPLE, EVENTS, PEOPLE)


def inside(found: Gap) -> bool:
    if found.value is None:
        return True
    assert found.lower is not None
    assert found.upper is not None
    return found.lower - 1e-9 <= found.value <= found.upper + 1e-9


def alike(one: Gap, other: Gap) -> bool:
    numbers = zip((one.value, one.lower, one.upper), (other.value, other.lower, other.upper), strict=True)
    same = all(
        (a is None and b is None) or math.isclose(a or 0, b or 0, rel_tol=1e-9, abs_tol=1e-12) for a, b in numbers
    )
    return same and (one.method, one.reason, one.neutral) == (other.method, other.reason, other.neutral)


@examples(80)
@given(PAIRS)
def test_limits_contain_the_gap_and_narrow_with_ten_times_the_people(pair: tuple[int, int, int, int]) -> None:
    for ask in (rate_difference, rate_ratio):
        few, many = ask(*pair), ask(*(10 * number for number in pair))
        assert inside(few)
        if few.lower is not None and few.upper is not None and math.isfinite(few.upper) and min(pair) >= 10:
            assert many.lower is not None
            assert many.upper is not None
            assert many.upper - many.lower < few.upper - few.lower


@examples(80)
@given(PAIRS)
def test_a_gap_seen_from_the_other_side_is_its_mirror(pair: tuple[int, int, int, int]) -> None:
    a, n, b, m = pair
    here, there = rate_difference(a, n, b, m), rate_difference(b, m, a, n)
    assert math.isclose(here.lower or 0, -(there.upper or 0), abs_tol=1e-6)
    one, other = rate_ratio(a, n, b, m), rate_ratio(b, m, a, n)
    if a and b:
        assert one.lower == pytest.approx(1 / (other.upper or 1), rel=1e-9)


@examples(30)
@given(some.lists(PAIRS, min_size=1, max_size=12))
def test_each_of_many_pairs_is_what_it_is_alone(pairs: list[tuple[int, int, int, int]]) -> None:
    pairs = [(min(a, n), n, min(b, m), m) for a, n, b, m in pairs]
    columns = [list(column) for column in zip(*pairs, strict=True)]
    for many, alone in ((differences, shares.difference_newcombe), (rate_differences, rate_difference), (rate_ratios, rate_ratio)):  # fmt: skip
        found = many(*columns)
        assert all(alike(found.of(row), alone(*pair)) for row, pair in enumerate(pairs))
        assert [bool(far) for far in found.beyond_chance] == [
            bool(found.of(row).beyond_chance) for row in range(len(pairs))
        ]
    found = ratios(*columns)
    for row, pair in enumerate(pairs):
        way = shares.ratio_score if 0 in (pair[0], pair[2]) else shares.ratio_katz
        assert alike(found.of(row), way(*pair))


def test_published_rates() -> None:
    # Detentions for each 100,000 people in one English area, 2023-24: 375 at 289.1, 700 at 95.3; √(1/375 + 1/700) is 0.064.
    one, other = implied_population(375, 289.1), implied_population(700, 95.3)
    assert one is not None
    assert other is not None
    found = rate_ratio(375, one, 700, other)
    assert found.value == pytest.approx(289.1 / 95.3)
    assert (found.lower, found.upper) == pytest.approx((3.03358 / 1.13363, 3.03358 * 1.13363), rel=1e-4)
    gap = rate_difference(375, one, 700, other)
    assert gap.value == pytest.approx(289.1 - 95.3)
    assert gap.lower > 0  # type: ignore[operator]


def test_exact_limits_of_small_counts() -> None:
    # Of ten events in two equal groups nine fell in the first: Clopper and Pearson's limits of 9 in 10 are 0.5550 and 0.9975.
    found = rate_ratio(9, 1000, 1, 1000)
    assert (found.value, found.method) == (9, "gap.rate_ratio.exact@1")
    assert (found.lower, found.upper) == pytest.approx((0.5550 / 0.4450, 0.99747 / 0.00253), rel=2e-3)


def test_where_there_is_no_gap_there_is_a_reason() -> None:
    assert rate_ratio(1, 0, 1, 5).reason is Undefined.NO_PEOPLE
    assert rate_difference(1, 5, 1, 0).reason is Undefined.NO_PEOPLE
    assert rate_ratio(0, 5, 0, 5).reason is Undefined.NONE_EITHER
    none_there = rate_ratio(3, 50, 0, 50)
    assert (none_there.value, none_there.upper, none_there.reason) == (None, math.inf, Undefined.NONE_COMPARED)
    many = differences([None, 5, 1], [5, 4, 0], [1, 1, 1], [2, 2, 2])
    assert many.reasons == (Undefined.MISSING, Undefined.IMPOSSIBLE_COUNT, Undefined.IMPOSSIBLE_COUNT)
    assert len(many) == 3
    assert not many.beyond_chance.any()
    assert implied_population(0, 0) is None


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="cannot be zero"):
        implied_population(3, 0)
    with pytest.raises(ValueError, match="below zero"):
        implied_population(-3, 1)
    with pytest.raises(ValueError, match="below zero"):
        rate_ratio(-1, 5, 1, 5)
