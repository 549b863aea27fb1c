from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from amhe_tui.analysis.estimates.distributions import normal_quantile
from amhe_tui.analysis.estimates.intervals import chi_square_two_proportions, fisher_exact
from amhe_tui.analysis.estimates.results import Gap, Undefined
from amhe_tui.analysis.gaps import shares
from tests.properties import examples

Z = normal_quantile(0.975)
DIFFERENCES = (shares.difference_newcombe, shares.difference_score)


@st.composite
def tables(draw: st.DrawFn, largest: int = 2000) -> tuple[int, int, int, int]:
    total, other_total = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, total)), total, draw(st.integers(0, other_total)), other_total


def inside(found: Gap) -> bool:
    assert found.lower is not None
    assert found.upper is not None
    return found.value is None or found.lower - 1e-9 <= found.value <= found.upper + 1e-9


@examples(60)
@given(tables())
def test_limits_of_a_difference_contain_it_and_stay_possible(table: tuple[int, int, int, int]) -> None:
    for ask in DIFFERENCES:
        found = ask(*table)
        assert inside(found)
        assert found.lower >= -1 - 1e-12  # type: ignore[operator]
        assert found.upper <= 1 + 1e-12  # type: ignore[operator]


@examples(60)
@given(tables())
def test_limits_of_a_ratio_contain_it(table: tuple[int, int, int, int]) -> None:
    found = shares.ratio_score(*table)
    if table[0] == table[2] == 0:
        assert found.reason is Undefined.NONE_EITHER
        return
    assert inside(found)
    katz = shares.ratio_katz(*table)
    if katz.lower is not None:
        assert inside(katz)


@examples(60)
@given(tables())
def test_a_gap_seen_from_the_other_side_is_its_mirror(table: tuple[int, int, int, int]) -> None:
    count, total, other, other_total = table
    for ask in DIFFERENCES:
        here, there = ask(*table), ask(other, other_total, count, total)
        assert math.isclose(here.lower, -there.upper, abs_tol=1e-8)  # type: ignore[operator]
        assert math.isclose(here.upper, -there.lower, abs_tol=1e-8)  # type: ignore[operator]


@examples(60)
@given(tables(400))
def test_ten_times_the_people_narrow_the_limits(table: tuple[int, int, int, int]) -> None:
    for ask in DIFFERENCES:
        small, large = ask(*table), ask(*(10 * figure for figure in table))
        assert large.upper - large.lower < small.upper - small.lower  # type: ignore[operator]


def log_likelihood(count: int, total: int, chance: float) -> float:
    part = count * math.log(max(chance, 1e-300)) if count else 0.0
    return part + ((total - count) * math.log(max(1 - chance, 1e-300)) if total > count else 0.0)


def direct_score(
    table: tuple[int, int, int, int], first_of: Callable[[float], float], ends: tuple[float, float]
) -> tuple[float, float]:
    """The two proportions that make the table likeliest while the first is a given function of the second."""
    count, total, other, other_total = table
    found = optimize.minimize_scalar(
        lambda second: -log_likelihood(count, total, first_of(second)) - log_likelihood(other, other_total, second),
        bounds=ends,
        method="bounded",
        options={"xatol": 1e-13},
    )
    return first_of(found.x), found.x


SPARSE = [
    (435, 1232, 22, 26),
    (7, 7, 3, 9),
    (3, 14, 7, 55),
    (5, 20, 2, 30),
    (1, 12, 1, 4),
    (13, 14, 1, 3),
    (1996, 2130, 1751, 3577),
]


@pytest.mark.parametrize("table", SPARSE)
def test_at_a_score_limit_of_the_difference_the_likeliest_proportions_give_the_quantile(
    table: tuple[int, int, int, int],
) -> None:
    count, total, other, other_total = table
    found = shares.difference_score(*table)
    for limit, expected in ((found.lower, Z), (found.upper, -Z)):
        assert limit is not None
        ends = (max(0.0, -limit), min(1.0, 1 - limit))
        first, second = direct_score(table, lambda value, limit=limit: value + limit, ends)
        variance = first * (1 - first) / total + second * (1 - second) / other_total
        variance *= (total + other_total) / (total + other_total - 1)
        assert math.isclose((count / total - other / other_total - limit) / math.sqrt(variance), expected, rel_tol=1e-5)


@pytest.mark.parametrize("table", SPARSE)
def test_at_a_score_limit_of_the_ratio_the_likeliest_proportions_give_the_quantile(
    table: tuple[int, int, int, int],
) -> None:
    count, total, other, other_total = table
    found = shares.ratio_score(*table)
    for limit, expected in ((found.lower, Z), (found.upper, -Z)):
        assert limit is not None
        first, second = direct_score(table, lambda value, limit=limit: value * limit, (0.0, min(1.0, 1 / limit)))
        variance = first * (1 - first) / total + limit**2 * second * (1 - second) / other_total
        variance *= (total + other_total) / (total + other_total - 1)
        assert math.isclose((count / total - limit * other / other_total) / math.sqrt(variance), expected, rel_tol=1e-5)


def test_what_does_not_exist_has_a_reason() -> None:
    assert shares.difference_newcombe(0, 0, 3, 9).reason is Undefined.NO_PEOPLE
    assert shares.ratio_katz(5, 20, 0, 30).reason is Undefined.NONE_COMPARED
    assert shares.ratio_katz(5, 20, 0, 30).value is None
    nobody = shares.ratio_katz(0, 20, 5, 30)
    assert (nobody.value, nobody.lower, nobody.reason) == (0, None, Undefined.NONE_IN_GROUP)
    score = shares.ratio_score(5, 20, 0, 30)
    assert (score.value, score.upper) == (None, math.inf)
    assert score.beyond_chance is True
    assert shares.ratio_score(0, 20, 0, 30).beyond_chance is None


def test_estimates_with_their_errors() -> None:
    difference = shares.difference_of_estimates(10, 3, 6, 4)
    assert difference.value == 4
    assert math.isclose(difference.upper - difference.lower, 2 * Z * 5)  # type: ignore[operator]
    assert difference.beyond_chance is False
    ratio = shares.ratio_of_estimates(10, 1, 5, 0.5)
    assert ratio.value == 2
    assert math.isclose(math.log(ratio.upper / ratio.lower), 2 * Z * math.hypot(0.1, 0.1))  # type: ignore[operator]
    assert shares.difference_of_estimates(10, None, 6, 4).reason is Undefined.NO_ERROR
    assert shares.difference_of_estimates(None, 1, 6, 4).reason is Undefined.MISSING
    assert shares.ratio_of_estimates(10, None, 5, 1).beyond_chance is None
    assert shares.ratio_of_estimates(0, 1, 5, 1).reason is Undefined.NOT_POSITIVE
    with pytest.raises(ValueError, match="standard error"):
        shares.difference_of_estimates(1, -1, 1, 1)


@pytest.mark.parametrize("table", [(2, 1, 0, 1), (-1, 1, 0, 1), (0, 1, 3, 2), (math.nan, 1, 0, 1)])
def test_impossible_tables_are_refused(table: tuple[float, float, float, float]) -> None:
    for ask in (*DIFFERENCES, shares.ratio_katz, shares.ratio_score):
        with pytest.raises(ValueError, match=r"\.$"):
            ask(*table)


def test_each_result_names_its_method() -> None:
    table = (45, 100, 52, 100)
    methods = {
        shares.difference_newcombe(*table).method,
        shares.difference_score(*table).method,
        shares.ratio_katz(*table).method,
        shares.ratio_score(*table).method,
    }
    assert methods == {"gap.difference.newcombe@1", "gap.difference.score@1", "gap.ratio.katz@1", "gap.ratio.score@1"}


def test_tests_of_two_proportions() -> None:
    # Fisher's tea: 3 of 4 against 1 of 4, two-sided 34/70.
    assert math.isclose(fisher_exact(3, 4, 1, 4), 34 / 70, rel_tol=1e-12)
    assert chi_square_two_proportions(0, 4, 0, 4) is None
    with pytest.raises(ValueError, match="between zero"):
        fisher_exact(5, 4, 1, 4)
