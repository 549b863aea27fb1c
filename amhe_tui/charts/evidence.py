"""From a breakdown to the figure that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.disclosure.trend import Trend
from amhe_tui.analysis.estimates.funnel import Standing
from amhe_tui.analysis.gaps.judging import with_figures_of_ranges
from amhe_tui.analysis.gaps.reading import Reading, groups_of, reading_of
from amhe_tui.analysis.gaps.representation import Representation
from amhe_tui.analysis.places import Places
from amhe_tui.charts.figure import Bar, BarFigure, Emphasis, Figure, ReferenceLine, Series, TrendFigure
from amhe_tui.errors import AmheError


class CrossedLike(Protocol):
    """What is needed of one crossing of groups."""

    @property
    def label(self) -> str:
        """Its groups in a line."""
        ...

    @property
    def value(self) -> float | None:
        """Its figure as counted."""
        ...

    @property
    def smoothed(self) -> float | None:
        """Its smoothed figure."""
        ...

    @property
    def smoothed_lower(self) -> float | None:
        """The lower limit of that."""
        ...

    @property
    def smoothed_upper(self) -> float | None:
        """The upper limit of that."""
        ...

    @property
    def beyond_sum(self) -> int:
        """1 or −1 where it lies beyond what its characteristics add up to by more than chance."""
        ...

    @property
    def status(self) -> str:
        """Why there is no figure, or ok."""
        ...


_BESIDE = ("unknown", "total")
"""The levels that are drawn beside whatever level was chosen."""
_LEVELS: dict[str, Emphasis] = {"unknown": "unknown", "total": "total"}


def unit_of(statistic: str) -> str:
    """Return "%" for a statistic that names itself a percentage, else nothing: a unit is never guessed."""
    return "%" if "percent" in statistic.casefold() or "%" in statistic else ""


def figure_of(
    breakdown: Disclosed,
    *,
    compared_with: str = "",
    focus: str = "",
    levels: Sequence[str] = (),
    reference: ReferenceLine | None = None,
) -> BarFigure:
    """Return the bars of a breakdown, in its own order and the unit of its statistic.

    Args:
        breakdown: The breakdown, as its audience may see it.
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
        for row in breakdown.rows
        if not levels or row.level in levels
    )
    title = ", ".join(part for part in (breakdown.indicator, breakdown.area, breakdown.period) if part)
    return BarFigure(title, unit_of(breakdown.statistic), bars, reference)


def dots_of(figure: BarFigure) -> BarFigure:
    """Return a figure with points in place of bars; the reference, if any, becomes a line."""
    return replace(figure, dots=True)


def gap_figure(breakdown: Disclosed, *, compared_with: str, focus: str = "", level: str = "") -> BarFigure:
    """Return the gap of every group to its comparison with its limits, around a line of no gap.

    Shares differ in points of a percentage, rates in the unit of the rate; a group without a gap says why in a word.
    """
    bars: list[Bar] = []
    for row in groups_of(with_figures_of_ranges(breakdown), level):
        read = reading_of(breakdown, group=row.group, compared_with=compared_with, level=row.level)
        gap = read.difference
        if read.value is None or read.compared_value is None:
            few = "too few to tell" if read.group else "no comparison"
            note = "compared with" if row.group == compared_with else few
            bars.append(
                Bar(row.group, None, note=note, emphasis="reference" if row.group == compared_with else "plain")
            )
            continue
        value = read.value - read.compared_value
        lower = None if gap is None or gap.lower is None else min(gap.lower, value)
        upper = None if gap is None or gap.upper is None else max(gap.upper, value)
        emphasis: Emphasis = "focus" if row.group == focus else "plain"
        bars.append(Bar(row.group, value, lower, upper, emphasis, "" if lower is not None else "no limits"))
    unit = "points" if unit_of(breakdown.statistic) else ""
    title = f"{breakdown.indicator}: difference from {compared_with}, {breakdown.area}, {breakdown.period}"
    return BarFigure(title, unit, tuple(bars), ReferenceLine(0, "no gap"), dots=True)


_ARROWS = {Standing.LOW_FAR: " ▼▼", Standing.LOW: " ▼", Standing.HIGH: " ▲", Standing.HIGH_FAR: " ▲▲"}
_ROLES: dict[str, Emphasis] = {"whole": "reference", "chosen": "focus"}


def places_figure(places: Places) -> BarFigure:
    """Return a point for every place, over the limits that chance alone would keep a place of its size within."""
    bars: list[Bar] = []
    for one in places.placed:
        row, limits = one.place.row, one.limits
        seen = row.value is not None
        notes = ["a peer" if one.place.role == "peer" else "", one.words if seen else row.status]
        bars.append(
            Bar(
                f"{one.place.name}{_ARROWS.get(one.standing, '') if one.standing else ''}",
                row.value,
                row.lower if seen else None,
                row.upper if seen else None,
                _ROLES.get(one.place.role, "plain"),
                "; ".join(note for note in notes if note),
                None if limits is None else (limits.lower, limits.upper),
                None if limits is None else (limits.lower_far, limits.upper_far),
            )
        )
    figures = places.figures
    who = f"{figures.indicator}{f', {places.group}' if places.group else ''}, {figures.period}"
    title = f"{who}: ▒ 95% and ░ 99.8% limits for a place of its size" if places.baseline is not None else who
    centre = places.around or "all places shown"
    line = None if places.baseline is None else ReferenceLine(places.baseline, centre)
    return BarFigure(title, unit_of(figures.statistic), tuple(bars), line, dots=True)


def crossing_figure(crossings: Sequence[CrossedLike], title: str, unit: str) -> BarFigure:
    """Return every crossing of groups: smoothed as a point with its limits, as counted as a light mark; those that lie beyond the sum by more than chance stand out."""
    bars = tuple(
        Bar(
            row.label,
            row.smoothed,
            row.smoothed_lower,
            row.smoothed_upper,
            "focus" if row.beyond_sum else "plain",
            "" if row.status == "ok" else row.status,
            beside=row.value,
        )
        for row in crossings
    )
    return BarFigure(title, unit, bars, dots=True, beside="As counted")


def population_figure(
    representation: Representation, labels: Sequence[str], title: str, *, focus: str = ""
) -> BarFigure:
    """Return pairs of bars: each group's share of the people who live in a place, and of those who use the service."""
    bars: list[Bar] = []
    for label, group in zip(labels, representation.groups, strict=True):
        lives, uses = (
            None if share is None else 100 * share for share in (group.population_share, group.service_share)
        )
        bars.append(Bar(f"{label}: live here", lives, emphasis="reference"))
        bars.append(Bar("use it", uses, emphasis="focus" if label == focus else "plain", in_full=f"{label}: use it"))
    return BarFigure(title, "%", tuple(bars), decimals=1)


def trend_figure(
    trend: Trend, *, focus: str = "", compared_with: str = "", level: str = "", most: int = 6
) -> TrendFigure:
    """Return series over periods: the group meant, those it is compared with, then others of the level as far as there is room."""
    wanted = [line for line in trend.series if line.level == level] or [
        line for line in trend.series if line.level == "broad"
    ]
    first = [
        line
        for line in (*wanted, *trend.series)
        if line.label.casefold() in (focus.casefold(), compared_with.casefold())
    ]
    whole = [line for line in trend.series if line.level == "total"]
    chosen = list(dict.fromkeys((*first, *whole, *wanted)))[:most]
    series = tuple(
        Series(
            line.label,
            line.values,
            *((line.lower, line.upper) if line.label.casefold() == focus.casefold() else ((), ())),
            emphasis="focus"
            if line.label.casefold() == focus.casefold()
            else "reference"
            if line.label.casefold() == compared_with.casefold()
            else _LEVELS.get(line.level, "plain"),
        )
        for line in chosen
    )
    title = ", ".join(part for part in (trend.indicator, trend.area) if part)
    return TrendFigure(title, unit_of(trend.statistic), trend.periods, series)


def _bars(breakdown: Disclosed, reading: Reading, level: str, _compare: str) -> Figure:
    return figure_of(breakdown, compared_with=reading.compared_with, focus=reading.group, levels=(level, *_BESIDE))


def _dots(breakdown: Disclosed, reading: Reading, level: str, _compare: str) -> Figure:
    value = reading.compared_value
    line = None if value is None else ReferenceLine(value, reading.compared_with)
    compared_with, focus, levels = reading.compared_with, reading.group, (level, *_BESIDE)
    return dots_of(figure_of(breakdown, compared_with=compared_with, focus=focus, levels=levels, reference=line))


def _gaps(breakdown: Disclosed, reading: Reading, level: str, compare: str) -> Figure:
    if breakdown.kind == "count":
        raise AmheError(
            "No gaps", "Bare counts have no gap.", "Choose a share or a rate, or press 4 for the population."
        )
    return gap_figure(breakdown, compared_with=compare, focus=reading.group, level=level)


Drawn = Callable[[Disclosed, Reading, str, str], Figure]
"""Takes a breakdown, what it says of the group meant, the level, and whom groups are compared with; AmheError where it cannot be drawn so."""

DRAWN: Mapping[str, Drawn] = {"bars": _bars, "dots": _dots, "gap": _gaps}
"""The views of a breakdown that are drawn from it alone, by name; the action ``view_bars`` shows the first, and so on."""


def _emphasis(row: BreakdownRow, compared_with: str, focus: str) -> Emphasis:
    if focus and row.group == focus:
        return "focus"
    if compared_with and row.group == compared_with:
        return "reference"
    return _LEVELS.get(row.level, "plain")
