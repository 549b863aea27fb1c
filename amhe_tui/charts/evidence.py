"""From a breakdown to the figure that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.disclosure_breakdown import Disclosed
from amhe_tui.charts.figure import Bar, BarFigure, Emphasis, ReferenceLine

_LEVELS: dict[str, Emphasis] = {"unknown": "unknown", "total": "total"}


def unit_of(statistic: str) -> str:
    """Return "%" for a statistic that names itself a percentage, else nothing: a unit is never guessed."""
    return "%" if "percent" in statistic.casefold() or "%" in statistic else ""


def figure_of(
    found: Disclosed,
    *,
    compared_with: str = "",
    focus: str = "",
    levels: Sequence[str] = (),
    reference: ReferenceLine | None = None,
) -> BarFigure:
    """Return the bars of a breakdown, in its own order and the unit of its statistic.

    Args:
        found: The breakdown, as its audience may see it.
        compared_with: The group the others are compared with; "" for none, because no group is the silent norm.
        focus: The group that is meant; "" for none.
        levels: The levels to draw, such as ("broad", "unknown", "total"); empty for all.
        reference: A line across the bars.
    """
    bars = tuple(
        Bar(
            label=row.group,
            value=row.value,
            lower=None if row.value is None else row.lower,
            upper=None if row.value is None else row.upper,
            emphasis=_emphasis(row, compared_with, focus),
            note="" if row.status == "ok" else row.status,
        )
        for row in found.rows
        if not levels or row.level in levels
    )
    title = ", ".join(part for part in (found.indicator, found.area, found.period) if part)
    return BarFigure(title, unit_of(found.statistic), bars, reference)


def _emphasis(row: BreakdownRow, compared_with: str, focus: str) -> Emphasis:
    if focus and row.group == focus:
        return "focus"
    if compared_with and row.group == compared_with:
        return "reference"
    return _LEVELS.get(row.level, "plain")
