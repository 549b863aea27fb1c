"""Points with their limits ├──●──┤, on a scale cut to what is shown: for comparing where limits meet, which bars from 0 hide."""

from __future__ import annotations

from amhe_tui.charts.bars import STYLES, Columns, Rows, draw_axis, draw_reference, label_of, plan_rows, used, value_of
from amhe_tui.charts.canvas import Mark, paint
from amhe_tui.charts.figure import Bar, BarFigure, Emphasis, decimals_of, heading
from amhe_tui.charts.sheet import Line, Sheet, fit, width_of

_LEAST_CANVAS = 8
# What a point is stands in its sign, so that nothing depends on hue.
_POINTS: dict[Emphasis, str] = {"plain": "●", "reference": "◇", "focus": "◆", "unknown": "○", "total": "■"}
_BESIDE = 0.04
"""The share of the range left free on either side."""


class _Scale(Columns):
    """A scale on which values are rounded to the nearest cell."""

    def cell(self, value: float) -> int:
        """Return the canvas column of a value."""
        return round(self.at(value))

    def at(self, value: float) -> float:
        """Return the canvas column of a value, as a fraction."""
        return (value - self.low) * self.per_unit


def draw_dots(figure: BarFigure, width: int, height: int) -> tuple[Line, ...]:
    """Return the figure on at most ``height`` lines of at most ``width`` cells."""
    rows = plan_rows(figure, height)
    decimals = decimals_of(figure)
    sheet = Sheet(width, height)
    sheet.put(0, 0, fit(heading(figure), width), "label")
    scale = _scale(figure, rows.bars, width, decimals)
    if scale is None:
        sheet.put(1, 0, fit("There is no number to draw.", width), "muted")
        return used(sheet, 2)
    span = (len(rows.bars) - 1) * rows.step + rows.thickness
    last = rows.first + span
    if figure.reference:
        draw_reference(sheet, figure, rows, scale, last, decimals)
    _draw_canvas(sheet, rows, scale, span)
    for index, bar in enumerate(rows.bars):
        _draw_texts(sheet, bar, rows.first + index * rows.step + rows.thickness // 2, scale, decimals)
    if rows.axis:
        draw_axis(sheet, last, scale)
        last += 2
    if rows.left_out:
        sheet.put(last, 0, fit(f"… and {rows.left_out} more, all in the table", width), "muted")
        last += 1
    return used(sheet, last)


def _scale(figure: BarFigure, bars: tuple[Bar, ...], width: int, decimals: int) -> _Scale | None:
    numbers = [number for bar in bars if bar.value is not None for number in (bar.value, bar.lower, bar.upper)]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    known += [figure.reference.value] if figure.reference else []
    labels = min(max(width_of(label_of(bar, width)) for bar in bars), width // 3)
    canvas = width - labels - 2 - max(width_of(value_of(bar, decimals)) for bar in bars)
    if canvas < _LEAST_CANVAS:
        raise ValueError(f"{width} columns are too few for this chart: its labels and values take the rest.")
    low, high = min(known), max(known)
    spread = (high - low) or abs(high) or 1.0
    least = low - _BESIDE * spread
    low = max(least, 0.0) if low >= 0 else least
    high += _BESIDE * spread
    return _Scale(labels, canvas, labels + 1, 0, (canvas - 1) / (high - low), low, high)


def _draw_canvas(sheet: Sheet, rows: Rows, scale: _Scale, span: int) -> None:
    for row in range(span):
        sheet.put(rows.first + row, scale.start - 1, "│", "axis")
    layers: list[tuple[Mark, str]] = []
    for index, bar in enumerate(rows.bars):
        row = index * rows.step + rows.thickness // 2
        if bar.value is not None and bar.lower is not None and bar.upper is not None:
            ends = scale.cell(bar.lower), scale.cell(bar.upper)
            layers.append((Mark("line", ends, (row, row), "─"), "limit"))
            layers += [(Mark("points", (end,), (row,), sign), "limit") for end, sign in zip(ends, "├┤", strict=True)]
    for index, bar in enumerate(rows.bars):
        if bar.value is not None:
            row = index * rows.step + rows.thickness // 2
            point = Mark("points", (scale.cell(bar.value),), (row,), _POINTS[bar.emphasis])
            layers.append((point, STYLES[bar.emphasis]))
    marks = tuple(mark for mark, _ in layers)
    for row, cells in enumerate(paint(scale.canvas, span, marks) if marks else []):
        for column, (sign, mark) in enumerate(cells):
            if mark is not None:
                sheet.put(rows.first + row, scale.start + column, sign, layers[mark][1])


def _draw_texts(sheet: Sheet, bar: Bar, row: int, scale: _Scale, decimals: int) -> None:
    sheet.put_right(row, scale.labels, fit(label_of(bar, sheet.width), scale.labels), "label")
    sheet.put_right(row, sheet.width, value_of(bar, decimals), "value" if bar.value is not None else "muted")
    if bar.value is None:
        sheet.put(row, scale.start + 1, fit(bar.note or "no figure", scale.canvas - 2), "muted")
