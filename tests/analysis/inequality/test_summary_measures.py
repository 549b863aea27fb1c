from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality.measures import CLASSIC, Measure, all_measures, measure, one_measure, sets_of
from tests.properties import examples

ORDERED = [one for one in Measure if one.ordered]
SIZED = [one for one in Measure if one.weighted]
FEW_DRAWS = 400

FIVE: dict[str, Any] = {
    "estimates": [20.0, 35.0, 40.0, 55.0, 60.0],
    "errors": [2.0, 1.0, 3.0, 2.0, 1.5],
    "populations": [120, 300, 260, 400, 150],
    "ranks": [1, 2, 3, 4, 5],
    "reference": 1,
    "favourable": True,
    "scale": 100,
}


def ask(which: Measure, **changes: Any) -> Any:
    asked = FIVE | changes
    return one_measure(which, asked.pop("estimates"), draws=FEW_DRAWS, bounds=bounds_of(which), **asked)


def bounds_of(which: Measure) -> tuple[float, float] | None:
    return (0, 100) if which in (Measure.CONCENTRATION_BOUNDED, Measure.CONCENTRATION_CORRECTED) else None


@some.composite
def groups(draw: some.DrawFn) -> dict[str, Any]:
    size = draw(some.integers(3, 8))

    def each(strategy: some.SearchStrategy[Any]) -> list[Any]:
        return draw(some.lists(strategy, min_size=size, max_size=size))

    return {
        "estimates": each(some.integers(1, 99)),
        "errors": each(some.floats(0.1, 8)),
        "populations": each(some.integers(20, 5000)),
        "ranks": draw(some.permutations(range(1, size + 1))),
        "reference": draw(some.integers(0, size - 1)),
        "favourable": draw(some.booleans()),
        "scale": 100,
    }


def test_there_are_the_measures_of_the_world_health_organization() -> None:
    assert len(CLASSIC) == 21
    assert len(set(Measure)) == 23
    assert len({one.label for one in Measure}) == 23


@pytest.mark.parametrize("which", list(Measure))
def test_every_measure_has_a_number_with_limits_and_its_method(which: Measure) -> None:
    found = ask(which)
    assert found.reason is None
    assert found.lower <= found.value <= found.upper
    assert found.method.endswith("@1")
    assert found.beyond_chance is not None


@examples(40)
@given(groups(), some.sampled_from(list(Measure)))
def test_limits_contain_the_estimate(figures: dict[str, Any], which: Measure) -> None:
    found = ask(which, **figures)
    if found.lower is None:
        assert found.reason is not None
        return
    assert found.lower - 1e-9 <= found.value <= found.upper + 1e-9


@examples(40)
@given(groups(), some.sampled_from(list(Measure)), some.randoms())
def test_the_order_in_which_groups_are_listed_has_no_part(
    figures: dict[str, Any], which: Measure, shuffle: Any
) -> None:
    places = list(range(len(figures["estimates"])))
    shuffle.shuffle(places)
    lists = ("estimates", "errors", "populations", "ranks")
    turned = figures | {key: [figures[key][place] for place in places] for key in lists}
    turned["reference"] = places.index(figures["reference"])
    one, other = ask(which, **figures), ask(which, **turned)
    assert one.reason == other.reason
    for first, second in ((one.value, other.value), (one.lower, other.lower), (one.upper, other.upper)):
        assert (first is None) == (second is None)
        # Draws of groups that tie in every respect but their place can differ in the last digits only.
        assert first is None or math.isclose(first, second, rel_tol=1e-6, abs_tol=1e-6)


@examples(30)
@given(groups(), some.sampled_from([one for one in Measure if one not in (Measure.CONCENTRATION, *ORDERED)]))
def test_ten_times_the_people_make_narrower_limits(figures: dict[str, Any], which: Measure) -> None:
    # Ten times the counts leave every figure as it is and divide its standard error by the root of ten.
    more = figures | {
        "errors": [error / math.sqrt(10) for error in figures["errors"]],
        "populations": [people * 10 for people in figures["populations"]],
    }
    few, many = ask(which, **figures), ask(which, **more)
    assert few.value == pytest.approx(many.value)
    if few.lower is not None and many.lower is not None:
        assert many.upper - many.lower <= (few.upper - few.lower) * 1.0001 + 1e-9


@examples(30)
@given(groups(), some.sampled_from(CLASSIC))
def test_a_set_is_the_same_alone_and_among_others(figures: dict[str, Any], which: Measure) -> None:
    alone = ask(which, **figures)
    width = len(figures["estimates"])
    other = [50.0] * (width + 2)
    sets = sets_of(
        [other, figures["estimates"]],
        errors=[[1.0] * (width + 2), figures["errors"]],
        populations=[[100] * (width + 2), figures["populations"]],
        ranks=[list(range(1, width + 3)), figures["ranks"]],
        reference=[0, figures["reference"]],
        favourable=[True, figures["favourable"]],
        scale=[100, figures["scale"]],
    )
    among = measure(which, sets, draws=FEW_DRAWS).of(1)
    assert (alone.value is None) == (among.value is None)
    if alone.value is not None:
        assert math.isclose(alone.value, among.value or 0.0, rel_tol=1e-9, abs_tol=1e-9)
    if alone.lower is not None:
        assert alone.lower == pytest.approx(among.lower, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("which", [one for one in CLASSIC if one.relative])
def test_relative_measures_do_not_know_the_unit(which: Measure) -> None:
    thousandths = [figure / 1000 for figure in FIVE["estimates"]]
    one = ask(which)
    other = ask(
        which,
        estimates=thousandths,
        errors=[error / 1000 for error in FIVE["errors"]],
        scale=0.1,
    )
    # The logistic one counts whole people, of which there are as many on either scale.
    assert one.value == pytest.approx(other.value, rel=1e-9)


@pytest.mark.parametrize("which", list(Measure))
def test_one_group_alone_has_no_measure(which: Measure) -> None:
    found = ask(which, estimates=[20.0], errors=[1.0], populations=[100], ranks=[1], reference=0)
    assert found.value is found.lower is found.upper is None
    assert found.reason in (Undefined.ONE_GROUP, Undefined.TOO_FEW_GROUPS)


@pytest.mark.parametrize("which", list(Measure))
def test_all_suppressed_has_no_measure(which: Measure) -> None:
    found = ask(which, estimates=[None] * 5)
    assert found.value is found.lower is found.upper is None
    assert found.reason is Undefined.NO_VALUES


@pytest.mark.parametrize("which", SIZED)
def test_a_population_of_nobody_has_no_measure(which: Measure) -> None:
    found = ask(which, populations=[0] * 5)
    assert found.value is None
    assert found.reason in (Undefined.NO_PEOPLE, Undefined.NO_POPULATION)
    assert ask(which, populations=None).reason is Undefined.NO_POPULATION
    assert ask(which, populations=[None, 1, 1, 1, 1]).reason is Undefined.NO_POPULATION


@pytest.mark.parametrize("which", ORDERED)
def test_an_unordered_characteristic_has_no_slope_or_concentration(which: Measure) -> None:
    found = ask(which, ranks=None)
    assert found.value is None
    assert found.reason is Undefined.UNORDERED
    assert ask(which, ranks=[1, 2, 4, 5, 6]).reason is Undefined.ORDER_BROKEN
    assert ask(which, ranks=[1, 2, 2, 3, 4]).reason is Undefined.ORDER_BROKEN
    assert ask(which, estimates=[20, None, 40, 55, 60]).reason is Undefined.GROUP_MISSING
    assert one_measure(
        which, [20, 35, 40, 55, None], populations=[9] * 5, ranks=[1, 2, 3, 4, 5], force=True, bounds=bounds_of(which)
    ).value


@pytest.mark.parametrize("which", [Measure.FROM_REFERENCE, Measure.FROM_REFERENCE_WEIGHTED])
def test_no_reference_no_distance_from_it(which: Measure) -> None:
    assert ask(which, reference=None).reason is Undefined.NO_REFERENCE
    ten = {
        "estimates": [10.0, None, *range(30, 110, 10)],
        "errors": None,
        "populations": [100] * 10,
        "ranks": None,
    }
    assert ask(which, **ten, reference=1).reason is Undefined.NO_REFERENCE
    # A missing group before the reference does not move it: (40 + 20 + 10 + 0 + 10 + … + 50) / 9.
    assert ask(which, **ten, reference=4).value == pytest.approx(220 / 9)


@pytest.mark.parametrize(
    "which", [Measure.FROM_BEST, Measure.FROM_BEST_WEIGHTED, Measure.AT_RISK, Measure.ATTRIBUTABLE]
)
def test_the_best_group_needs_a_direction(which: Measure) -> None:
    assert ask(which, favourable=None).reason is Undefined.NO_DIRECTION


def test_most_groups_missing_is_refused_and_can_be_forced() -> None:
    figures = {"estimates": [20, None, 40, 55, 60]}
    assert ask(Measure.VARIANCE, **figures).reason is Undefined.TOO_MANY_MISSING
    assert ask(Measure.VARIANCE, **figures, force=True).value is not None


def test_groups_all_equal_have_no_inequality() -> None:
    for which in CLASSIC:
        found = ask(which, estimates=[37.0] * 5)
        assert found.value == pytest.approx(which.neutral, abs=1e-9), which
    flat = ask(Measure.SLOPE, estimates=[37.0] * 5)
    assert (flat.lower, flat.reason) == (None, Undefined.NO_VARIATION)


def test_zeros() -> None:
    nobody = {"estimates": [0.0] * 5}
    for which in (Measure.VARIATION, Measure.THEIL, Measure.DISPARITY, Measure.RELATIVE_CONCENTRATION):
        assert ask(which, **nobody).reason is Undefined.ALL_ZERO
    assert ask(Measure.LOG_DEVIATION, estimates=[0, 35, 40, 55, 60]).reason is Undefined.ZERO_FIGURE
    assert ask(Measure.THEIL, estimates=[0, 35, 40, 55, 60]).value is not None
    assert ask(
        Measure.RATIO, estimates=[0, 35, 40], errors=None, populations=None, ranks=None, reference=None
    ).reason is (Undefined.NONE_COMPARED)


def test_a_split_into_all_and_nothing_has_no_slope() -> None:
    assert ask(Measure.SLOPE, estimates=[0, 0, 0, 100, 100]).reason is Undefined.SEPARATED


def test_by_hand() -> None:
    # Three groups of 1, 1 and 2 parts: the average is 40, and the distances from it are 20, 10 and 15.
    figures: dict[str, Any] = {
        "estimates": [20, 30, 55],
        "populations": [100, 100, 200],
        "errors": None,
        "ranks": [1, 2, 3],
        "reference": 0,
    }
    expected = {
        Measure.DIFFERENCE: 35,
        Measure.RATIO: 2.75,
        Measure.VARIANCE: 0.25 * 400 + 0.25 * 100 + 0.5 * 225,
        Measure.FROM_MEAN: 15,
        Measure.FROM_MEAN_WEIGHTED: 15,
        Measure.DISPARITY: 37.5,
        Measure.FROM_BEST: 20,
        Measure.FROM_BEST_WEIGHTED: 15,
        Measure.FROM_REFERENCE: 15,
        Measure.FROM_REFERENCE_WEIGHTED: 20,
        Measure.CONCENTRATION: 2 * (0.25 * -20 * -0.375 + 0.25 * -10 * -0.125 + 0.5 * 15 * 0.25),
        Measure.AT_RISK: 15,
        Measure.ATTRIBUTABLE: 37.5,
    }
    for which, value in expected.items():
        assert ask(which, **figures).value == pytest.approx(value), which


def test_limits_by_formula_are_those_of_draws() -> None:
    # The variance is quadratic, so its formula is its own; the difference of draws must have its spread.
    found = ask(Measure.DIFFERENCE, ranks=None, reference=None)
    assert found.error == pytest.approx(math.hypot(1.5, 2.0))
    formula = measure(
        Measure.THEIL, sets_of([FIVE["estimates"]], errors=[[0.2] * 5], populations=[FIVE["populations"]])
    )
    drawn = np.random.default_rng(1).normal(FIVE["estimates"], 0.2, (20_000, 5))
    weight = np.array(FIVE["populations"]) / sum(FIVE["populations"])
    part = drawn / (drawn * weight).sum(axis=1, keepdims=True)
    assert formula.of(0).error == pytest.approx((1000 * weight * part * np.log(part)).sum(axis=1).std(), rel=0.03)


def test_all_measures_of_many_sets() -> None:
    sets = sets_of([FIVE["estimates"], [1.0], []], populations=[FIVE["populations"], [5], []], favourable=[True] * 3)
    found = all_measures(sets, draws=0, bounds=(0, 100))
    assert len(found) == 23
    assert all(len(one) == 3 for one in found.values())
    assert found[Measure.VARIANCE].of(0).value is not None
    assert found[Measure.VARIANCE].of(2).reason is Undefined.NO_VALUES


@pytest.mark.parametrize(
    "wrong",
    [
        {"errors": [1.0]},
        {"errors": [-1.0, 1, 1, 1, 1]},
        {"populations": [-1, 1, 1, 1, 1]},
        {"estimates": [math.inf, 1, 1, 1, 1]},
        {"confidence": 0.5},
    ],
)
def test_bad_input_is_refused_in_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w.*\."):
        ask(Measure.VARIANCE, **wrong)


def test_bounds_are_asked_for() -> None:
    with pytest.raises(ValueError, match="least and the most"):
        one_measure(Measure.CONCENTRATION_BOUNDED, [1, 2, 3], populations=[1, 1, 1], ranks=[1, 2, 3])
    with pytest.raises(ValueError, match="above the lower"):
        one_measure(Measure.CONCENTRATION, [1, 2, 3], populations=[1, 1, 1], ranks=[1, 2, 3], bounds=(1, 0))
