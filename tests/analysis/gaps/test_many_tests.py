"""The chances behind many gaps are those of the exact tests or more cautious, and Benjamini and Hochberg's procedure is the published one."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amhe_tui.analysis.gaps.many_tests import adjusted, chances_of_rates, chances_of_shares, is_wide


def column(*numbers: float) -> npt.NDArray[np.float64]:
    return np.array(numbers, dtype=np.float64)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_benjamini_and_hochberg(chances: list[float]) -> None:
    theirs = stats.false_discovery_control(chances, method="bh")
    assert adjusted(column(*chances)) == pytest.approx(theirs)


def test_what_was_not_compared_is_not_counted() -> None:
    found = adjusted(column(0.01, np.nan, 0.04))
    assert np.isnan(found[1])
    assert found[[0, 2]] == pytest.approx([0.02, 0.04])


@pytest.mark.parametrize("counts", [(3, 40, 30, 400), (0, 25, 60, 500), (18, 30, 200, 900), (400, 1000, 500, 1000)])
def test_shares_are_judged_about_as_cautiously_as_by_the_exact_test_or_more_so(
    counts: tuple[int, int, int, int],
) -> None:
    x, n, y, m = counts
    ours = float(chances_of_shares(*(column(float(number)) for number in counts))[0])
    result: Any = stats.fisher_exact([[x, n - x], [y, m - y]])
    exact = float(result.pvalue)
    assert 0.8 * exact <= ours <= 5 * exact + 1e-12


@pytest.mark.parametrize("counts", [(3, 4000, 30, 9000), (0, 2500, 60, 50_000), (130, 30_000, 300, 90_000)])
def test_rates_are_judged_about_as_cautiously_as_by_the_exact_test_or_more_so(
    counts: tuple[int, int, int, int],
) -> None:
    x, n, y, m = counts
    ours = float(chances_of_rates(*(column(float(number)) for number in counts))[0])
    exact = float(stats.binomtest(x, x + y, n / (n + m)).pvalue)
    assert 0.8 * exact <= ours <= 5 * exact + 1e-12


def test_nobody_anywhere_is_no_gap() -> None:
    assert chances_of_shares(column(0.0), column(50.0), column(0.0), column(90.0))[0] > 0.3


def test_wide_is_relative_to_the_comparison_on_either_side() -> None:
    values, others = column(55, 54, 96, 96, 0), column(50, 50, 92, 95.8, 0)
    assert is_wide(values, others, column(*[100] * 5), 0.1).tolist() == [True, False, True, False, True]
    assert not is_wide(column(54), column(50), column(np.inf), 0.1)[0]
