"""The table twin: everything a chart shows, in words and numbers."""

from __future__ import annotations

from typing import NamedTuple

from amhe_tui.charts.figure import Bar, BarFigure, Emphasis, Figure, Series, TrendFigure, decimals_of, heading
from amhe_tui.charts.sheet import write
from amhe_tui.text import one_line

_WORDS: dict[Emphasis, str] = {
    "plain": "",
    "reference": "compared with",
    "focus": "in focus",
    "unknown": "not known",
    "total": "everyone",
}


class Table(NamedTuple):
    """A header and rows of text, all of the same length."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rows(figure: Figure) -> Table:
    """Return the figure as a table; a suppressed or missing number is said in words, and so is what a bar is."""
    return _bar_table(figure) if isinstance(figure, BarFigure) else _trend_table(figure)


def _bar_table(figure: BarFigure) -> Table:
    decimals = decimals_of(figure)
    limits = (
        ("Lower limit", "Upper limit")
        if any(bar.lower is not None or bar.upper is not None for bar in figure.bars)
        else ()
    )
    beside = (one_line(figure.beside),) if figure.beside else ()
    bands = ("By chance, 95 of 100", "998 of 1,000") if any(bar.near or bar.far for bar in figure.bars) else ()
    lines = [_bar_row(bar, decimals, bool(limits), bool(beside), bool(bands)) for bar in figure.bars]
    if figure.reference:
        label, value = one_line(figure.reference.label), write(figure.reference.value, decimals)
        before, after = ("",) * (len(limits) + len(beside)), ("",) * len(bands)
        lines.append((label, value, *before, "line across the chart", *after))
    return Table(("Group", one_line(heading(figure)), *limits, *beside, "Note", *bands), tuple(lines))


def _bar_row(bar: Bar, decimals: int, limits: bool, beside: bool, bands: bool) -> tuple[str, ...]:
    notes = [_WORDS[bar.emphasis]]
    if bar.value is None:
        value = one_line(bar.note) or "no figure"
    else:
        value = write(bar.value, decimals)
        notes.append(one_line(bar.note))
    ends = (_limit(bar.lower, decimals), _limit(bar.upper, decimals)) if limits else ()
    second = (_limit(bar.beside, decimals),) if beside else ()
    within = tuple(_band(pair, decimals) for pair in (bar.near, bar.far)) if bands else ()
    return (
        one_line(bar.in_full or bar.label),
        value,
        *ends,
        *second,
        "; ".join(note for note in notes if note),
        *within,
    )


def _band(ends: tuple[float, float] | None, decimals: int) -> str:
    return "" if ends is None else f"{write(ends[0], decimals)} to {write(ends[1], decimals)}"


def _limit(number: float | None, decimals: int) -> str:
    return "" if number is None else write(number, decimals)


def _trend_table(figure: TrendFigure) -> Table:
    decimals = decimals_of(figure)
    header = ["Period"]
    columns: list[list[str]] = []
    for series in figure.series:
        emphasis = _WORDS[series.emphasis]
        header.append(one_line(series.label) + (f" ({emphasis})" if emphasis else ""))
        columns.append(["no figure" if value is None else write(value, decimals) for value in series.values])
        for name, numbers in _limits_of(series):
            header.append(f"{one_line(series.label)}, {name}")
            columns.append([_limit(number, decimals) for number in numbers])
    if figure.reference:
        header.append(one_line(figure.reference.label))
        columns.append([write(figure.reference.value, decimals)] * len(figure.periods))
    body = tuple(
        (one_line(period), *(column[index] for column in columns)) for index, period in enumerate(figure.periods)
    )
    return Table(tuple(header), body)


def _limits_of(series: Series) -> list[tuple[str, tuple[float | None, ...]]]:
    ends = (("lower limit", series.lower), ("upper limit", series.upper))
    return [(name, numbers) for name, numbers in ends if numbers]
