from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality import slope_who
from amhe_tui.analysis.inequality.sets import sets_of
from amhe_tui.analysis.inequality.slope_ukhsa import slope_index, slope_indices
from tests.properties import examples

LINE: dict[str, Any] = {
    "values": [10, 20, 30, 40, 50],
    "populations": [100] * 5,
    "ranks": [1, 2, 3, 4, 5],
    "errors": [1.0] * 5,
}


def ask(**changes: Any) -> Any:
    asked = LINE | changes
    return slope_index(asked.pop("values"), asked.pop("populations"), **asked)


def test_a_straight_line_gives_its_own_ends() -> None:
    found = ask()
    # The line meets the bottom of the ladder at 5 and the top at 55.
    assert (found.intercept, found.slope.value, found.relative.value) == pytest.approx((5, 50, 11))
    assert found.slope.method == "slope.ukhsa.linear.exact@1"
    turned = ask(multiplier=-1)
    assert (turned.slope.value, turned.relative.value) == pytest.approx((-50, 1 / 11))
    assert turned.slope.lower == pytest.approx(-found.slope.upper)
    assert turned.relative.upper == pytest.approx(1 / found.relative.lower)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"values": [1, 2, 3, 4], "populations": [9] * 4, "ranks": [1, 2, 3, 4], "errors": [1] * 4}, Undefined.TOO_FEW_QUANTILES),
        ({"populations": [100, 0, 9, 9, 9]}, Undefined.EMPTY_GROUP),
        ({"populations": [0] * 5}, Undefined.NO_PEOPLE),
        ({"values": [1, None, 3, 4, 5]}, Undefined.GROUP_MISSING),
        ({"values": [None] * 5}, Undefined.NO_VALUES),
        ({"ranks": None}, Undefined.UNORDERED),
        ({"ranks": [1, 2, 3, 4, 4]}, Undefined.ORDER_BROKEN),
        ({"kind": "proportion"}, Undefined.OUT_OF_SCALE),
        ({"kind": "rate", "transform": True, "values": [0, 1, 2, 3, 4]}, Undefined.ZERO_FIGURE),
    ],
)  # fmt: skip
def test_what_has_no_slope_says_why(changes: dict[str, Any], reason: Undefined) -> None:
    found = ask(**changes)
    assert found.slope.value is found.relative.value is found.intercept is found.slope.lower is None
    assert found.slope.reason is reason


def test_a_line_that_reaches_zero_has_no_ratio() -> None:
    found = ask(values=[0, 1, 2, 30, 60])
    assert found.slope.value is not None
    assert (found.relative.value, found.relative.reason) == (None, Undefined.BASE_NOT_POSITIVE)


def test_without_errors_there_are_no_limits() -> None:
    found = ask(errors=None)
    assert (found.slope.lower, found.slope.reason) == (None, Undefined.NO_ERROR)


@some.composite
def ladders(draw: some.DrawFn) -> dict[str, Any]:
    size = draw(some.integers(5, 10))
    kind = draw(some.sampled_from(["normal", "rate", "proportion"]))
    values = draw(some.lists(some.integers(20, 90), min_size=size, max_size=size))
    part = 100 if kind == "proportion" else 1
    return {
        "values": [value / part for value in values],
        "populations": draw(some.lists(some.integers(50, 5000), min_size=size, max_size=size)),
        "ranks": draw(some.permutations(range(1, size + 1))),
        "errors": [draw(some.floats(0.5, 4)) / part for _ in range(size)],
        "kind": kind,
        "transform": draw(some.booleans()),
        "multiplier": draw(some.sampled_from([1, -1, 100])),
        "draws": 2000,
    }


@examples(50)
@given(ladders())
def test_limits_contain_the_index_and_narrow_with_more_people(figures: dict[str, Any]) -> None:
    few = ask(**figures)
    many = ask(**figures | {"errors": [error / math.sqrt(10) for error in figures["errors"]]})
    for one, other in ((few.slope, many.slope), (few.relative, many.relative)):
        if one.lower is not None:
            assert one.lower <= one.value <= one.upper
            assert other.upper - other.lower < one.upper - one.lower


@examples(25)
@given(ladders(), some.randoms())
def test_the_order_in_which_quantiles_are_listed_has_no_part(figures: dict[str, Any], shuffle: Any) -> None:
    places = list(range(len(figures["values"])))
    shuffle.shuffle(places)
    lists = ("values", "populations", "ranks", "errors")
    turned = ask(**figures | {key: [figures[key][place] for place in places] for key in lists})
    found = ask(**figures)
    for one, other in ((found.slope, turned.slope), (found.relative, turned.relative)):
        assert one.value == pytest.approx(other.value)
        assert one.lower == pytest.approx(other.lower)


def test_drawn_limits_are_the_exact_ones_where_there_are_exact_ones() -> None:
    # So small an error that the logarithm is as good as straight.
    near = {"values": [100, 101, 102, 103, 104], "errors": [0.1] * 5}
    exact, drawn = ask(**near), ask(**near, kind="rate")
    width = exact.slope.upper - exact.slope.lower
    assert drawn.slope.lower == pytest.approx(exact.slope.lower, abs=0.02 * width)
    assert drawn.relative.upper == pytest.approx(exact.relative.upper, rel=1e-3)


def test_limits_of_each_figure_stand_for_its_error() -> None:
    limits = {"lower": [value - 1.959963984540054 for value in LINE["values"]]}
    limits["upper"] = [value + 1.959963984540054 for value in LINE["values"]]
    assert ask(errors=None, **limits).slope.lower == pytest.approx(ask().slope.lower)


def test_the_two_slopes_are_named_apart_and_differ() -> None:
    sets = sets_of(
        [[20.0, 35, 40, 55, 60]], populations=[[120, 300, 260, 400, 150]], ranks=[[1, 2, 3, 4, 5]], scale=[100]
    )
    england, world = slope_indices(sets).slope, slope_who.slope_index(sets)
    assert england.method.startswith("slope.ukhsa.")
    assert world.method.startswith("slope.who.")
    assert not np.isclose(england.values[0], world.values[0])
    assert slope_who.slope_index(sets, linear=True).values[0] == pytest.approx(england.values[0])


def test_an_empty_group_is_no_degree_of_freedom() -> None:
    full = sets_of([[20.0, 35, 40, 55]], populations=[[120, 300, 260, 400]], ranks=[[1, 2, 3, 4]])
    empty = sets_of([[20.0, 35, 90, 40, 55]], populations=[[120, 300, 0, 260, 400]], ranks=[[1, 2, 3, 4, 5]])
    one, other = slope_who.slope_index(full).of(0), slope_who.slope_index(empty).of(0)
    assert (one.value, one.error) == (pytest.approx(other.value), pytest.approx(other.error))


def test_bad_input_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot be zero"):
        ask(multiplier=0)
    with pytest.raises(ValueError, match="every list"):
        ask(errors=None, lower=[1.0], upper=[2.0])
