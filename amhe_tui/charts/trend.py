"""Series over periods: lines with a sign at each period, dotted limits, and open gaps where a period has no number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amhe_tui.charts.canvas import Mark, paint
from amhe_tui.charts.figure import Emphasis, Series, TrendFigure, decimals_of, heading
from amhe_tui.charts.sheet import Line, Sheet, fit, ticks, width_of, write

_STYLES: dict[Emphasis, str] = {
    "plain": "bar",
    "reference": "bar-reference",
    "focus": "bar-focus",
    "unknown": "muted",
    "total": "bar",
}
# Each series has a sign of its own, because colour alone must not tell them apart.
POINTS = ("●", "◆", "▲", "■", "○", "◇", "△", "□", "✕", "✚")
_LIMIT = "·"
_REFERENCE = "┈"
_LEAST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class _Field:
    """The canvas of a trend: its place on the sheet and its scales, in cells."""

    start: int
    top: int
    width: int
    height: int
    low: float
    high: float
    periods: int

    def column(self, period: int) -> float:
        """Return the column of a period, counted from 0."""
        if self.periods == 1:
            return (self.width - 1) / 2
        return 1 + period * (self.width - 3) / (self.periods - 1)

    def row(self, value: float) -> float:
        """Return the row of a value, 0 at the top."""
        return (self.high - value) / (self.high - self.low) * (self.height - 1)


def draw_trend(figure: TrendFigure, width: int, height: int) -> tuple[Line, ...]:
    """Return the figure on at most ``height`` lines of at most ``width`` cells."""
    sheet = Sheet(width, height)
    sheet.put(0, 0, fit(heading(figure), width), "label")
    numbers = list(_numbers(figure))
    if not numbers:
        sheet.put(1, 0, fit("There is no number to draw in any period.", width), "muted")
        return sheet.lines()[:2]
    legend = _legend(figure, width, max(height - 6, 1))
    low, high = _range(numbers)
    rows = height - 3 - len(legend)
    if rows < 1:
        raise ValueError(f"{height} lines are too few for this chart: its legend alone takes {len(legend)}.")
    scale = ticks(low, high, max(rows // 3, 1))
    margin = max((width_of(text) for _, text in scale), default=0)
    field = _Field(margin + 1, 1, width - margin - 1, rows, low, high, len(figure.periods))
    if field.width < _LEAST_COLUMNS:
        raise ValueError(f"{width} columns are too few for this chart: its scale alone takes {margin}.")
    _draw_frame(sheet, field, scale)
    _draw_marks(sheet, figure, field)
    _draw_periods(sheet, figure, field)
    for index, entries in enumerate(legend):
        column = 0
        for text, style in entries:
            sheet.put(field.top + rows + 2 + index, column, text, style)
            column += width_of(text) + 2
    return sheet.lines()


def _numbers(figure: TrendFigure) -> Iterable[float]:
    for series in figure.series:
        if any(value is not None for value in series.values):
            yield from (number for number in (*series.values, *series.lower, *series.upper) if number is not None)
            if figure.reference:
                yield figure.reference.value


def _range(numbers: list[float]) -> tuple[float, float]:
    low, high = min(numbers), max(numbers)
    if high - low < 1e-9 * max(1.0, abs(high)):
        spread = abs(high) / 10 or 1.0
        return low - spread, high + spread
    return low, high


def _draw_frame(sheet: Sheet, field: _Field, scale: tuple[tuple[float, str], ...]) -> None:
    for row in range(field.height):
        sheet.put(field.top + row, field.start - 1, "│", "axis")
    for value, text in scale:
        row = field.top + round(field.row(value))
        sheet.put_right(row, field.start - 1, text, "axis")
        sheet.put(row, field.start - 1, "┤", "axis")
    sheet.put(field.top + field.height, field.start - 1, "└" + "─" * field.width, "axis")


def _draw_marks(sheet: Sheet, figure: TrendFigure, field: _Field) -> None:
    layers: list[tuple[Mark, str]] = []
    if figure.reference:
        row = field.row(figure.reference.value)
        layers.append((Mark("line", (0, field.width - 1), (row, row), _REFERENCE), "axis"))
    for series in figure.series:
        for numbers in (series.lower, series.upper):
            layers.extend((Mark("line", *run, _LIMIT), "limit") for run in _runs(numbers, field))
    for series in figure.series:
        layers.extend((Mark("line", *run, "braille"), _STYLES[series.emphasis]) for run in _runs(series.values, field))
    for index, series in enumerate(figure.series):
        sign = POINTS[index % len(POINTS)]
        runs = _runs(series.values, field)
        columns = tuple(column for run in runs for column in run[0])
        rows = tuple(row for run in runs for row in run[1])
        layers.append((Mark("points", columns, rows, sign), _STYLES[series.emphasis]))
    marks = tuple(mark for mark, _ in layers)
    for row, cells in enumerate(paint(field.width, field.height, marks)):
        for column, (sign, mark) in enumerate(cells):
            if mark is not None:
                sheet.put(field.top + row, field.start + column, sign, layers[mark][1])


def _runs(numbers: tuple[float | None, ...], field: _Field) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Return the columns and rows of each stretch of periods that have a number; a gap is never joined over."""
    runs: list[tuple[tuple[float, ...], tuple[float, ...]]] = []
    columns: list[float] = []
    rows: list[float] = []
    for period, number in enumerate((*numbers, None)):
        if number is not None:
            columns.append(field.column(period))
            rows.append(field.row(number))
        elif columns:
            runs.append((tuple(columns), tuple(rows)))
            columns, rows = [], []
    return runs


def _draw_periods(sheet: Sheet, figure: TrendFigure, field: _Field) -> None:
    line = field.top + field.height
    occupied = -1
    for index, period in enumerate(figure.periods):
        column = field.start + round(field.column(index))
        if _is_missing(figure.series, index):
            sheet.put(line, column, "?", "muted")
        text = fit(period, sheet.width // 3)
        first = min(max(column - width_of(text) // 2, 0), sheet.width - width_of(text))
        if first > occupied:
            if not _is_missing(figure.series, index):
                sheet.put(line, column, "┬", "axis")
            sheet.put(line + 1, first, text, "axis")
            occupied = first + width_of(text)


def _is_missing(series: tuple[Series, ...], period: int) -> bool:
    return any(line.values[period] is None for line in series)


def _legend(figure: TrendFigure, width: int, most: int) -> list[list[tuple[str, str]]]:
    """Return the lines that say what each sign is; those beyond ``most`` lines are counted at the end of the last."""
    entries = [
        (fit(f"{POINTS[index % len(POINTS)]} {series.label}", width // 2), _STYLES[series.emphasis])
        for index, series in enumerate(figure.series)
    ]
    if any(series.lower or series.upper for series in figure.series):
        entries.append((f"{_LIMIT * 3} limits", "limit"))
    if figure.reference:
        value = write(figure.reference.value, decimals_of(figure))
        entries.append((fit(f"{_REFERENCE * 3} {figure.reference.label} {value}", width // 2), "axis"))
    if any(_is_missing(figure.series, index) for index in range(len(figure.periods))):
        entries.append(("? a figure is missing", "muted"))
    lines: list[list[tuple[str, str]]] = []
    used = width
    for entry in entries:
        size = width_of(entry[0]) + 2
        if used + size > width + 2:
            lines.append([])
            used = 0
        lines[-1].append(entry)
        used += size
    left_out = sum(len(line) for line in lines[most:])
    lines = lines[:most]
    if left_out:
        lines[-1] = [(f"… the table names {len(figure.series)} series", "muted")]
    return lines
