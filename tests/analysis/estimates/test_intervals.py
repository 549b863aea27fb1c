from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.estimates import intervals
from amhe_tui.analysis.estimates.results import Undefined
from tests.properties import examples


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int]:
    total = draw(st.integers(1, 20_000))
    return draw(st.integers(0, total)), total


@examples(60)
@given(parts(), st.sampled_from([0.9, 0.95, 0.998]))
def test_limits_of_a_proportion_contain_it(part: tuple[int, int], confidence: float) -> None:
    found = intervals.proportion(*part, confidence=confidence)
    assert found.value is not None
    assert found.lower is not None
    assert found.upper is not None
    assert 0 <= found.lower <= found.value <= found.upper <= 1


@examples(60)
@given(parts())
def test_ten_times_the_people_narrow_the_limits(part: tuple[int, int]) -> None:
    count, total = part
    for ask in (intervals.proportion, intervals.rate):
        small, large = ask(count, total), ask(10 * count, 10 * total)
        assert large.upper - large.lower < small.upper - small.lower  # type: ignore[operator]


@examples(60)
@given(st.integers(0, 3000), st.integers(1, 100_000))
def test_limits_of_a_rate_contain_it(count: int, population: int) -> None:
    found = intervals.rate(count, population)
    assert found.lower <= found.value <= found.upper  # type: ignore[operator]
    assert found.lower >= 0  # type: ignore[operator]


@examples(60)
@given(st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=30), st.floats(-1e3, 1e3))
def test_a_mean_moves_with_its_values(values: list[float], shift: float) -> None:
    found, moved = intervals.mean(values), intervals.mean([value + shift for value in values])
    assert found.lower <= found.value <= found.upper  # type: ignore[operator]
    assert math.isclose(moved.lower, found.lower + shift, rel_tol=1e-6, abs_tol=1e-6)  # type: ignore[operator]


def test_the_other_limits_of_a_proportion_contain_it() -> None:
    for limits in (intervals.agresti_coull_limits, intervals.clopper_pearson_limits, intervals.jeffreys_limits):
        for count in (1, 5, 9):
            lower, upper = limits(count, 10)
            assert lower < count / 10 < upper


def test_the_exact_limits_of_none_are_known() -> None:
    lower, upper = intervals.exact_poisson_limits(0)
    assert lower == 0
    assert math.isclose(upper, -math.log(0.025), rel_tol=1e-12)


def test_the_formula_changes_at_ten_events() -> None:
    assert intervals.rate(9, 1000).method == "rate.exact@1"
    assert intervals.rate(10, 1000).method == "rate.byar@1"
    assert intervals.count_limits(9)[2] == "exact"
    assert intervals.count_limits(10)[2] == "byar"


def test_nobody_gives_a_reason_and_no_number() -> None:
    for found in (intervals.proportion(0, 0), intervals.rate(3, 0)):
        assert (found.value, found.lower, found.upper) == (None, None, None)
        assert found.reason is Undefined.NO_PEOPLE
        assert found.reason.label.endswith(".")
    assert intervals.proportion(None, 5).reason is Undefined.MISSING
    assert intervals.mean([]).reason is Undefined.NO_VALUES
    assert intervals.mean([1, None]).reason is Undefined.MISSING


def test_one_value_has_a_mean_without_limits() -> None:
    found = intervals.mean([3])
    assert (found.value, found.lower, found.reason) == (3, None, Undefined.ONE_VALUE)


@pytest.mark.parametrize(
    ("count", "total", "confidence"),
    [(6, 5, 0.95), (-1, 5, 0.95), (1, -5, 0.95), (math.nan, 5, 0.95), (1, math.inf, 0.95), (1, 5, 0.5), (1, 5, 100)],
)
def test_impossible_figures_are_refused(count: float, total: float, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        intervals.proportion(count, total, confidence=confidence)


def test_a_percentage_is_a_confidence_level_too() -> None:
    assert intervals.proportion(5, 10, confidence=95) == intervals.proportion(5, 10, confidence=0.95)


def test_a_rate_refuses_what_is_below_zero() -> None:
    for count, population in ((-1, 10), (1, -10)):
        with pytest.raises(ValueError, match="below zero"):
            intervals.rate(count, population)
    with pytest.raises(ValueError, match="finite"):
        intervals.mean([1, math.inf])
