"""Figures that cannot be: they give a reason, never an error and never a number that looks like a gap."""

from __future__ import annotations

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.gaps.overview import gap_overview
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, groups_of, reading_of
from amhe_tui.analysis.gaps.sets import sets_of
from amhe_tui.analysis.inequality.of_breakdown import measures_of
from amhe_tui.method.indicators import KnownIndicator

Counts = tuple[float, float] | None


def figures(statistic: str, wrong: float, counts: Counts = None, others: Counts = None) -> Breakdown:
    """Return a breakdown in which group A has a figure that cannot be, or counts that cannot be behind it."""
    good = 0.5 if statistic == "proportion" else 50.0
    rows = [
        ("A", "broad", wrong, counts),
        ("B", "broad", good, others),
        ("C", "broad", good, others),
        ("all", "total", good, others),
    ]
    return Breakdown(
        f"x.{statistic}",
        "x",
        statistic,
        "Sex",
        "Northmere",
        "2024",
        None,
        tuple(
            BreakdownRow(group, level, value, "ok", *(pair or (None, None)), None, None)
            for group, level, value, pair in rows
        ),
        meaning=KnownIndicator(per=100_000, higher_is_better=True),
    )


@pytest.mark.parametrize("compared_with", [EVERYONE_ELSE, AVERAGE, "B"])
@pytest.mark.parametrize(
    "found",
    [
        figures("percentage", 120.0),
        figures("percentage", -12.0),
        figures("proportion", 1.5),
        figures("crude_rate", -1.0),
        figures("percentage", 120.0, (12, 10), (50, 100)),
        figures("crude_rate", -1.0, (-1, 100_000), (50, 100_000)),
        figures("percentage", float("nan")),
        figures("mean", float("inf")),
    ],
)
def test_a_figure_that_cannot_be_is_left_out_and_named(found: Breakdown, compared_with: str) -> None:
    read = reading_of(found, group="A", compared_with=compared_with)
    assert read.group != "A"
    assert "1 figure cannot be right, and nothing is read from it (A" in read.words
    assert [row.group for row in groups_of(found)] == ["B", "C"]
    lines = gap_overview(sets_of([found])).lines
    mine = next(line for line in lines if "A" in (line.group, *line.also))
    assert mine.section == "none"
    assert (mine.other, mine.difference, mine.lower, mine.size, mine.people) == (None,) * 5
    if mine.value is not None:
        assert "cannot be right" in mine.why
    assert "A" not in {line.group for line in lines if line.section != "none"}


@pytest.mark.parametrize("statistic", ["percentage", "crude_rate"])
def test_counts_below_nothing_are_no_counts(statistic: str) -> None:
    found = figures(statistic, 10.0, (-1, 10), (50, 100))
    assert reading_of(found, group="A", compared_with="B").gap is None
    assert gap_overview(sets_of([found])).section("sure") == []
    shown = disclose(found, Policy("public"))
    assert shown.rows[0].value is None
    assert shown.rows[1].value is not None


@pytest.mark.parametrize("wrong", [120.0, -12.0])
def test_every_measure_has_a_reason_instead(wrong: float) -> None:
    for one in measures_of(figures("percentage", wrong), reference="B"):
        assert one.found.value is None or one.words
