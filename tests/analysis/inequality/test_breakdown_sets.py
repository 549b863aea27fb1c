from __future__ import annotations

from dataclasses import replace

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, known_groups
from amhe_tui.analysis.estimates.intervals import proportion
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality.measures import Measure, measure
from amhe_tui.analysis.inequality.of_breakdown import breakdown_sets, measures_of


def row(group: str, level: str, count: float | None, total: float | None) -> BreakdownRow:
    found = proportion(count, total, multiplier=100)
    status = "ok" if count is not None else "suppressed"
    return BreakdownRow(group, level, found.value, status, count, total, found.lower, found.upper)


def of(*rows: BreakdownRow) -> Breakdown:
    return Breakdown("recovery", "Recovery", "percentage", "Deprivation", "Northmere", "2024-25", 0.9, rows)


FIFTHS = of(
    row("1 most deprived", "broad", 40, 100),
    row("1a", "detailed", 10, 50),
    row("2", "broad", 45, 100),
    row("3", "broad", 60, 100),
    row("not known", "unknown", 1, 50),
    row("all", "total", 146, 350),
)
ORDER = {"1 most deprived": 1, "2": 2, "3": 3}


def test_levels_are_never_mixed_and_the_unknown_left_out() -> None:
    assert [found.group for found in known_groups(FIFTHS.rows)] == list(ORDER)
    made = breakdown_sets([FIFTHS], ranks=lambda _: ORDER, favourable=lambda _: True)
    assert made.groups == (tuple(ORDER),)
    assert measure(Measure.FROM_BEST, made.sets).of(0).value == pytest.approx((20 + 15 + 0) / 3)
    assert measure(Measure.DIFFERENCE, made.sets).of(0).value == pytest.approx(20)
    assert measure(Measure.SLOPE, made.sets).of(0).reason is None


def test_people_whose_group_is_not_known_are_no_group_whatever_level_they_stand_on() -> None:
    misplaced = of(*FIFTHS.rows[:1], row("Not stated", "broad", 90, 100), *FIFTHS.rows[2:])
    assert [found.group for found in known_groups(misplaced.rows)] == list(ORDER)
    assert [found.group for found in known_groups(misplaced.rows, "broad")] == list(ORDER)
    assert measures_of(misplaced, level="broad", ordered=True) == measures_of(FIFTHS, level="broad", ordered=True)
    # Where nobody's broad group is known, the detailed ones are what there is.
    only_detailed = of(row("Not stated", "broad", 90, 100), row("1a", "detailed", 10, 50))
    assert [found.group for found in known_groups(only_detailed.rows)] == ["1a"]


def test_what_is_missing_stays_missing() -> None:
    hidden = of(row("a", "broad", None, None), row("b", "broad", 5, 10), row("c", "broad", 8, 10))
    made = breakdown_sets([FIFTHS, hidden, of()], reference=lambda _: "b")
    spread = measure(Measure.VARIANCE, made.sets)
    assert spread.reasons == (None, Undefined.TOO_MANY_MISSING, Undefined.NO_VALUES)
    assert measure(Measure.SLOPE, made.sets).of(0).reason is Undefined.UNORDERED
    assert measure(Measure.FROM_REFERENCE, made.sets, force=True).of(0).reason is Undefined.NO_REFERENCE


def test_every_measure_of_a_breakdown_has_a_number_or_a_reason() -> None:
    rows = tuple(row(f"{n} fifth", "broad", 30 + 5 * n, 100) for n in range(1, 6))
    ordered = {one.which: one for one in measures_of(replace(of(*rows), indicator_id="recovery.percentage"))}
    assert len(ordered) == 21
    assert ordered[Measure.SLOPE].found.value is not None
    assert "none. No group to compare with" in ordered[Measure.FROM_REFERENCE].words
    plain = {one.which: one for one in measures_of(of(*rows), ordered=False, reference="1 fifth")}
    assert plain[Measure.SLOPE].found.reason is Undefined.UNORDERED
    assert plain[Measure.FROM_REFERENCE].found.value == pytest.approx(
        10
    )  # the mean over all five: (0 + 5 + 10 + 15 + 20) / 5
    for one in (*ordered.values(), *plain.values()):
        assert (one.found.value is None) == (one.found.reason is not None)


def test_odd_breakdowns_say_why_they_have_no_measure() -> None:
    alone = {one.which: one.found for one in measures_of(of(row("only", "broad", 5, 10)))}
    assert alone[Measure.DIFFERENCE].reason is Undefined.ONE_GROUP
    hidden = {
        one.which: one.found for one in measures_of(of(row("a", "broad", None, None), row("b", "broad", None, None)))
    }
    assert all(found.value is None and found.reason is not None for found in hidden.values())
    assert all(one.found.reason is not None for one in measures_of(of()))
    with pytest.raises(ValueError, match="counts"):
        measures_of(replace(of(row("a", "broad", 5, 10)), statistic="count"))
