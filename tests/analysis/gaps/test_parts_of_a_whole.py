"""A group against the average that it is part of, and groups that overlap."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.gaps.overview import gap_overview
from amhe_tui.analysis.gaps.parts import difference_of_part, part_of_whole
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, reading_of, usual_comparison
from amhe_tui.analysis.gaps.sets import sets_of
from amhe_tui.method.indicators import KnownIndicator
from amhe_tui.method.number_methods import method_words

GOOD = KnownIndicator(denominator_words="people seen", outcome_words="recovered", higher_is_better=True)


def breakdown(groups: dict[str, tuple[int, int]], everybody: tuple[int, int], by: str = "Ethnic group") -> Breakdown:
    """Return shares of groups and of everybody."""
    rows = tuple(
        BreakdownRow(label, level, 100 * top / bottom, "ok", top, bottom, None, None)
        for label, level, (top, bottom) in (
            *((label, "broad", pair) for label, pair in groups.items()),
            ("All", "total", everybody),
        )
    )
    return Breakdown("r", "Recovery", "percentage", by, "Northmere", "2031", None, rows, meaning=GOOD)


def test_the_gap_to_the_average_is_judged_as_the_gap_to_the_rest_is() -> None:
    for top in range(40, 61):
        found = breakdown({"White": (400, 800), "Black": (top, 100)}, (400 + top, 900))
        rest, whole = (reading_of(found, group="Black", compared_with=other).gap for other in (EVERYONE_ELSE, AVERAGE))
        assert rest is not None
        assert whole is not None
        assert rest.beyond_chance == whole.beyond_chance
        assert whole.value == pytest.approx(800 / 900 * rest.value, abs=1e-12)  # type: ignore[operator]


def test_a_group_that_is_most_of_the_whole_is_called_different_by_chance_as_often_as_any_other() -> None:
    chance, wrong, drawn = np.random.default_rng(3), 0, 2_000
    for most, few in zip(chance.binomial(3_000, 0.4, drawn), chance.binomial(300, 0.4, drawn), strict=True):
        difference, ratio = part_of_whole(int(most), 3_000, int(few), 300)
        wrong += bool(difference.beyond_chance)
        assert difference.lower <= difference.value <= difference.upper  # type: ignore[operator]
        assert ratio.lower <= ratio.value <= ratio.upper  # type: ignore[operator]
    assert 0.035 < wrong / drawn < 0.065  # as two samples of their own, it would be none in a thousand


def test_ratios_are_brought_over_exactly() -> None:
    _, ratio = part_of_whole(30, 100, 60, 400, multiplier=1_000)
    assert ratio.value == pytest.approx((30 / 100) / (90 / 500))
    _, alone = part_of_whole(5, 100, 0, 400, multiplier=1_000)
    assert alone.value == pytest.approx(5)
    assert alone.upper == pytest.approx(5)
    assert all(method_words(gap.method) for gap in part_of_whole(30, 100, 60, 400))


def test_a_group_that_does_not_fit_into_its_whole_is_not_judged() -> None:
    found = breakdown({"White": (400, 800), "Black": (50, 100)}, (300, 600))
    assert reading_of(found, group="White", compared_with=AVERAGE).gap is None


def test_published_limits_of_a_part_and_its_whole() -> None:
    gap = difference_of_part(0.5, 0.05, 0.4, 0.03)
    half = 1.959964 * math.sqrt(0.05**2 - 0.03**2)
    assert (gap.lower, gap.upper) == pytest.approx((0.1 - half, 0.1 + half))
    assert difference_of_part(0.5, 0.03, 0.4, 0.05).beyond_chance is None
    assert method_words(gap.method)


def test_overlapping_groups_are_never_taken_together_as_everyone_else() -> None:
    found = breakdown(
        {"Hearing": (120, 300), "Sight": (100, 250), "Mobility": (150, 500), "None of these": (300, 500)},
        (550, 1000),
        by="Disability type",
    )
    assert usual_comparison(found) == AVERAGE
    assert "people can be in several of these groups" in reading_of(found, group="Sight").words
    overview = gap_overview(sets_of([found]))
    mobility = next(line for line in overview.lines if "Mobility" in (line.group, *line.also))
    assert (mobility.compared_with, mobility.other, mobility.section) == ("average", 55.0, "sure")
    read = reading_of(found, group=mobility.group, compared_with=AVERAGE)
    assert read.difference is not None
    assert (mobility.lower, mobility.upper) == pytest.approx((read.difference.lower, read.difference.upper))
    apart = breakdown({"White": (400, 800), "Black": (50, 100)}, (450, 900))
    assert usual_comparison(apart) == EVERYONE_ELSE
    assert {line.compared_with for line in gap_overview(sets_of([apart])).lines} == {EVERYONE_ELSE}


def test_rounded_parts_are_no_overlap() -> None:
    labels = [f"Group {number}" for number in range(10)]
    found = breakdown(dict.fromkeys(labels, (15, 35)), (150, 325))  # each 33 or so, rounded up to five
    assert usual_comparison(found) == EVERYONE_ELSE
    rows = tuple(replace(row, denominator=50) if row.level == "broad" else row for row in found.rows)
    assert usual_comparison(replace(found, rows=rows)) == AVERAGE
