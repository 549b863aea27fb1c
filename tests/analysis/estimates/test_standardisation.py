from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.estimates import intervals
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.estimates.standardisation import direct_rate, indirect_rate, indirect_ratio, quantile_groups
from tests.properties import examples

strata = st.lists(
    st.tuples(st.integers(0, 200), st.integers(200, 20_000), st.integers(1, 9000)), min_size=1, max_size=19
)


@examples(60)
@given(strata)
def test_limits_of_a_direct_rate_contain_it(rows: list[tuple[int, int, int]]) -> None:
    found = direct_rate(*map(list, zip(*rows, strict=True)))
    if found.observed < 10:
        assert (found.estimate.value, found.estimate.reason) == (None, Undefined.TOO_FEW_EVENTS)
        return
    estimate = found.estimate
    assert estimate.lower <= estimate.value <= estimate.upper  # type: ignore[operator]


@examples(60)
@given(strata)
def test_standardised_by_its_own_population_a_rate_is_the_crude_one(rows: list[tuple[int, int, int]]) -> None:
    counts, sizes, _ = map(list, zip(*rows, strict=True))
    found = direct_rate(counts, sizes, sizes)
    if found.estimate.value is not None:
        assert math.isclose(found.estimate.value, intervals.rate(sum(counts), sum(sizes)).value or 0, rel_tol=1e-9)


@examples(60)
@given(strata)
def test_a_population_compared_with_itself_is_a_hundred(rows: list[tuple[int, int, int]]) -> None:
    counts, sizes, _ = map(list, zip(*rows, strict=True))
    found = indirect_ratio(counts, sizes, counts, sizes)
    if sum(counts) == 0:
        assert found.estimate.reason is Undefined.NOTHING_EXPECTED
        return
    assert math.isclose(found.estimate.value or 0, 100, rel_tol=1e-9)
    crude = indirect_rate(counts, sizes, counts, sizes)
    assert math.isclose(crude.estimate.value or 0, crude.reference_rate or 0, rel_tol=1e-9)


def test_what_cannot_be_standardised_is_refused() -> None:
    with pytest.raises(ValueError, match="population above zero"):
        direct_rate([12, 3], [0, 5], [1, 1])
    with pytest.raises(ValueError, match="count is missing"):
        direct_rate([12, None], [20, 50], [1, 1])
    with pytest.raises(ValueError, match="each of its figures"):
        direct_rate([12], [20, 50], [1, 1])
    with pytest.raises(ValueError, match="standard population is empty"):
        direct_rate([12, 3], [20, 50], [0, 0])
    with pytest.raises(ValueError, match="the same strata"):
        direct_rate([12, 3, 4], [20, 50, 20], [1, 1, 1], events_each=[1, 1, 2])
    with pytest.raises(ValueError, match="reference population above zero"):
        indirect_ratio([1], [2], [3], [0])


def test_equal_values_share_a_quantile() -> None:
    assert quantile_groups([10, 20, 30, 40], 2) == [2, 2, 1, 1]
    assert quantile_groups([10, 20, 30, 40], 2, highest_first=False) == [1, 1, 2, 2]
    assert quantile_groups([5, 5, 5, 9], 2, highest_first=False) == [1, 1, 1, 2]
    assert quantile_groups([5, None, 9], 2) == [2, None, 1]
    assert quantile_groups([5, 9], 5) == [None, None]
    with pytest.raises(ValueError, match="two quantiles"):
        quantile_groups([1, 2], 1)
