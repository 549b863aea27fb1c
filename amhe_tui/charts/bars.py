"""Horizontal bars: the label on the left, the value on the right, confidence limits as a whisker ├─┼─┤ on the bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

from amhe_tui.charts.canvas import Mark, paint
from amhe_tui.charts.figure import Bar, BarFigure, Emphasis, decimals_of, heading
from amhe_tui.charts.sheet import Line, Sheet, fit, ticks, width_of, write

STYLES: dict[Emphasis, str] = {
    "plain": "bar",
    "reference": "bar-reference",
    "focus": "bar-focus",
    "unknown": "muted",
    "total": "bar",
}


# What a bar is stands in its texture and before its label too, so that nothing depends on hue.
# Without colour the reference has a texture of its own.
_TEXTURES: dict[Emphasis, str] = {"plain": "█", "reference": "█", "focus": "█", "unknown": "░", "total": "▓"}


_TEXTURES_WITHOUT_COLOUR: dict[Emphasis, str] = {**_TEXTURES, "reference": "▒"}


SIGNS: dict[Emphasis, str] = {"plain": "", "reference": "◇", "focus": "▸", "unknown": "?", "total": "Σ"}


_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█")


_LEAST_CANVAS = 8


_TALLEST_BAR = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand across, in cells: labels, canvas and values; and the scale."""

    labels: int
    canvas: int
    start: int
    zero: int
    per_unit: float
    low: float
    high: float

    def at(self, value: float) -> float:
        """Return the canvas column of a value, as a fraction; the column of zero is the axis itself."""
        return self.zero + value * self.per_unit

    def cell(self, value: float) -> int:
        """Return the canvas column in which a value lies: a bar that ends there has its last cell there."""
        distance = abs(value) * self.per_unit
        whole = math.ceil(distance - 1e-9)
        return self.zero + whole if value >= 0 else self.zero - whole


@dataclass(frozen=True, slots=True)
class Rows:
    """Where things stand down: the height of a bar, the step from one to the next, and what there is room for."""

    bars: tuple[Bar, ...]
    left_out: int
    first: int
    thickness: int
    step: int
    named_reference: bool
    axis: bool


def draw_bars(figure: BarFigure, width: int, height: int, colour: bool) -> tuple[Line, ...]:
    """Return the figure on at most ``height`` lines of at most ``width`` cells."""
    rows = plan_rows(figure, height)
    decimals = decimals_of(figure)
    columns = _plan_columns(figure, rows.bars, width, decimals)
    sheet = Sheet(width, height)
    sheet.put(0, 0, fit(heading(figure), width), "label")
    if not figure.bars:
        sheet.put(1, 0, fit("There is nothing to draw.", width), "muted")
        return used(sheet, 2)
    span = (len(rows.bars) - 1) * rows.step + rows.thickness
    _draw_canvas(sheet, rows, columns, span, colour)
    for index, bar in enumerate(rows.bars):
        _draw_texts(sheet, bar, rows.first + index * rows.step, rows, columns, decimals)
    last = rows.first + span
    if figure.reference:
        draw_reference(sheet, figure, rows, columns, last, decimals)
    return _ended(sheet, rows, columns, last)


def _ended(sheet: Sheet, rows: Rows, columns: Columns, last: int) -> tuple[Line, ...]:
    """Draw what stands below the bars or dots, from a line on, and return all lines that were drawn on."""
    if rows.axis:
        draw_axis(sheet, last, columns)
        last += 2
    if rows.left_out:
        sheet.put(last, 0, fit(f"… and {rows.left_out} more, all in the table", sheet.width), "muted")
        last += 1
    return used(sheet, last)


def used(sheet: Sheet, rows: int) -> tuple[Line, ...]:
    """Return the lines that were drawn on."""
    return sheet.lines()[:rows]


def plan_rows(figure: BarFigure, height: int) -> Rows:
    """Return where things stand down; bars that find no room are counted."""
    named = figure.reference is not None
    room = height - 1 - named
    bars, left_out = figure.bars, 0
    if len(bars) > room:
        room -= 1  # the line that says how many are left out
        bars = _most_telling(bars, max(room, 1))
        left_out = len(figure.bars) - len(bars)
    axis = room - len(bars) >= 2 and not left_out
    room -= 2 * axis
    each = room // max(len(bars), 1)
    gap = 1 if each >= 2 and len(bars) > 1 else 0
    # With one free row a bar the gap is worth more than thickness; the last bar needs none below it.
    each = (room + gap) // max(len(bars), 1)
    thickness = max(1, min(_TALLEST_BAR, each - gap))
    return Rows(bars, left_out, 1 + named, thickness, thickness + gap, named, axis)


def _most_telling(bars: tuple[Bar, ...], most: int) -> tuple[Bar, ...]:
    order = sorted(range(len(bars)), key=lambda index: (bars[index].emphasis == "plain", index))
    kept = sorted(order[:most])
    return tuple(bars[index] for index in kept)


def _plan_columns(figure: BarFigure, bars: tuple[Bar, ...], width: int, decimals: int) -> Columns:
    labels = min(max((width_of(label_of(bar, width)) for bar in bars), default=0), width // 3)
    values = max((width_of(value_of(bar, decimals)) for bar in bars), default=0)
    start = labels + 1
    canvas = width - start - 1 - values
    if canvas < _LEAST_CANVAS:
        raise ValueError(f"{width} columns are too few for this chart: its values alone take {values}.")
    numbers = [number for bar in bars if bar.value is not None for number in (bar.value, bar.lower, bar.upper)]
    numbers.append(figure.reference.value if figure.reference else None)
    known = [number for number in numbers if number is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    if high - low < 1e-9:
        low, high = 0.0, 1.0
    room = canvas - 1  # the column of zero holds the axis
    zero = round(room * -low / (high - low))
    zero = min(max(zero, 1 if low < 0 else 0), room - 1 if high > 0 else room)
    scales = ([zero / -low] if low < 0 else []) + ([(room - zero) / high] if high > 0 else [])
    return Columns(labels, canvas, start, zero, min(scales), low, high)


def label_of(bar: Bar, width: int) -> str:
    """Return a bar's label with the sign of what it is."""
    sign = SIGNS[bar.emphasis]
    return fit(f"{sign} {bar.label}" if sign else bar.label, width)


def value_of(bar: Bar, decimals: int) -> str:
    """Return a bar's number, or a dash."""
    return "–" if bar.value is None else write(bar.value, decimals)


def _draw_canvas(sheet: Sheet, rows: Rows, columns: Columns, span: int, colour: bool) -> None:
    textures = _TEXTURES if colour else _TEXTURES_WITHOUT_COLOUR
    drawn = [(index * rows.step, bar, bar.value) for index, bar in enumerate(rows.bars) if bar.value]
    marks = tuple(
        Mark(
            "bars",
            columns=(columns.at(value),) * rows.thickness,
            rows=tuple(range(top, top + rows.thickness)),
            marker=textures[bar.emphasis],
            start=columns.zero,
        )
        for top, bar, value in drawn
    )
    for row, cells in enumerate(paint(columns.canvas, span, marks) if marks else []):
        for column, (sign, mark) in enumerate(cells):
            if mark is not None and column != columns.zero:
                sheet.put(rows.first + row, columns.start + column, sign, STYLES[drawn[mark][1].emphasis])
    for top, bar, value in drawn:
        for row in range(top, top + rows.thickness):
            _sharpen(sheet, rows.first + row, columns, value, textures[bar.emphasis], STYLES[bar.emphasis])
    for row in range(span):
        sheet.put(rows.first + row, columns.start + columns.zero, "│", "axis")
    for index, bar in enumerate(rows.bars):
        on = f"limit-on-{STYLES[bar.emphasis]}" if textures[bar.emphasis] == "█" else "limit"
        _draw_whisker(sheet, rows.first + index * rows.step + rows.thickness // 2, columns, bar, on)


def _sharpen(sheet: Sheet, row: int, columns: Columns, value: float, texture: str, style: str) -> None:
    """Draw the tip of a bar to an eighth of a cell (to a half where it points left); plotext draws whole cells."""
    distance = abs(value) * columns.per_unit
    direction = 1 if value > 0 else -1
    if texture == "█":
        whole = math.floor(distance + 1e-9)
        rest = distance - whole
        tip = _EIGHTHS[round(rest * 8)] if value > 0 else ("", "▐", "█")[round(rest * 2)]
        if not whole and not tip:
            tip = "▏" if value > 0 else "▕"  # small is not nothing
        sheet.put(row, columns.start + columns.zero + direction * (whole + 1), tip or " ", style if tip else "")
    elif round(distance) == 0:
        sheet.put(row, columns.start + columns.zero + direction, "▏" if value > 0 else "▕", style)


def _draw_whisker(sheet: Sheet, row: int, columns: Columns, bar: Bar, on_bar: str) -> None:
    """Draw the limits; over the bar itself on the bar's own colour, so that it does not look cut short."""
    if bar.value is None or (bar.lower is None and bar.upper is None):
        return
    middle = columns.cell(bar.value)
    left = middle if bar.lower is None else columns.cell(bar.lower)
    right = middle if bar.upper is None else columns.cell(bar.upper)
    for column in range(left, right + 1):
        sign = "┼" if column == middle else "├" if column == left else "┤" if column == right else "─"
        covered = min(columns.zero, middle) <= column <= max(columns.zero, middle)
        sheet.put(row, columns.start + column, sign, on_bar if covered else "limit")


def _draw_texts(sheet: Sheet, bar: Bar, top: int, rows: Rows, columns: Columns, decimals: int) -> None:
    row = top + rows.thickness // 2
    sheet.put_right(row, columns.labels, fit(label_of(bar, sheet.width), columns.labels), "label")
    sheet.put_right(row, sheet.width, value_of(bar, decimals), "value" if bar.value is not None else "muted")
    note = bar.note or ("no figure" if bar.value is None else "")
    column = columns.start + columns.zero + 2
    end = columns.start + columns.canvas
    if bar.value is not None:
        reach = max(number for number in (bar.value, bar.upper, 0) if number is not None)
        column = columns.start + columns.cell(reach) + 2
    if note and end - column >= min(width_of(note), _LEAST_CANVAS):
        sheet.put(row, column, fit(note, end - column), "muted")
    elif note and bar.value is None:
        sheet.put_right(row, columns.start + columns.zero - 1, fit(note, columns.zero - 1), "muted")


def draw_reference(sheet: Sheet, figure: BarFigure, rows: Rows, columns: Columns, last: int, decimals: int) -> None:
    """Draw the line across all bars, named above them."""
    if figure.reference is None:
        return
    column = columns.start + columns.cell(figure.reference.value)
    for row in range(rows.first, last):
        if sheet.is_empty(row, column):
            sheet.put(row, column, "┊", "axis")
    label = fit(f"{figure.reference.label} {write(figure.reference.value, decimals)}", sheet.width - 2)
    if column + 2 + width_of(label) <= sheet.width:
        sheet.put(rows.first - 1, column, f"▾ {label}", "axis")
    else:
        start = max(column - 1 - width_of(label), 0)
        sheet.put(rows.first - 1, start, label, "axis")
        sheet.put(rows.first - 1, max(column, start + 1 + width_of(label)), "▾", "axis")


def draw_axis(sheet: Sheet, row: int, columns: Columns) -> None:
    """Draw the scale below the bars."""
    sheet.put(row, columns.start, "─" * columns.canvas, "axis")
    low, high = (columns.low, columns.high)
    occupied = -1
    for value, text in ticks(low, high, max(columns.canvas // 12, 2)):
        column = columns.start + columns.cell(value)
        first = column - width_of(text) // 2
        if first <= occupied or first + width_of(text) > sheet.width:
            continue
        sheet.put(row, column, "┴" if value == 0 else "┬", "axis")
        sheet.put(row + 1, first, text, "axis")
        occupied = first + width_of(text)


# What a point is stands in its sign, so that nothing depends on hue.
_POINTS: dict[Emphasis, str] = {"plain": "●", "reference": "◇", "focus": "◆", "unknown": "○", "total": "■"}


_LIGHT = "×"
"""The second number of a group, such as its figure before it was smoothed."""


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
    _draw_dot_canvas(sheet, rows, scale, span)
    for index, bar in enumerate(rows.bars):
        _draw_dot_texts(sheet, bar, rows.first + index * rows.step + rows.thickness // 2, scale, decimals)
    return _ended(sheet, rows, scale, last)


def _scale(figure: BarFigure, bars: tuple[Bar, ...], width: int, decimals: int) -> _Scale | None:
    numbers = [
        number for bar in bars if bar.value is not None for number in (bar.value, bar.lower, bar.upper, bar.beside)
    ]
    known = [number for number in numbers if number is not None]
    if not known:
        return None
    known += [figure.reference.value] if figure.reference else []
    # The wider limits of a tiny place would press all the others together; they may run off the canvas.
    known += [end for bar in bars if bar.value is not None and bar.near for end in bar.near]
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


def _draw_dot_canvas(sheet: Sheet, rows: Rows, scale: _Scale, span: int) -> None:
    for row in range(span):
        sheet.put(rows.first + row, scale.start - 1, "│", "axis")
    for index, bar in enumerate(rows.bars):
        for ends, sign in ((bar.far, "░"), (bar.near, "▒")):
            if ends is not None and bar.value is not None:
                left, right = max(scale.cell(ends[0]), 0), min(scale.cell(ends[1]), scale.canvas - 1)
                row = rows.first + index * rows.step + rows.thickness // 2
                sheet.put(row, scale.start + left, sign * (right - left + 1), "muted")
    layers: list[tuple[Mark, str]] = []
    for index, bar in enumerate(rows.bars):
        row = index * rows.step + rows.thickness // 2
        if bar.value is not None and bar.lower is not None and bar.upper is not None:
            ends = scale.cell(bar.lower), scale.cell(bar.upper)
            layers.append((Mark("line", ends, (row, row), "─"), "limit"))
            layers += [(Mark("points", (end,), (row,), sign), "limit") for end, sign in zip(ends, "├┤", strict=True)]
    for index, bar in enumerate(rows.bars):
        if bar.value is not None and bar.beside is not None:
            row = index * rows.step + rows.thickness // 2
            layers.append((Mark("points", (scale.cell(bar.beside),), (row,), _LIGHT), "muted"))
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


def _draw_dot_texts(sheet: Sheet, bar: Bar, row: int, scale: _Scale, decimals: int) -> None:
    sheet.put_right(row, scale.labels, fit(label_of(bar, sheet.width), scale.labels), "label")
    sheet.put_right(row, sheet.width, value_of(bar, decimals), "value" if bar.value is not None else "muted")
    if bar.value is None:
        sheet.put(row, scale.start + 1, fit(bar.note or "no figure", scale.canvas - 2), "muted")
