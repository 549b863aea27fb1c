"""The one door to plotext: marks in cell coordinates in, a grid of characters out.

plotext keeps its figure in a global of the module, limits it to the size of the terminal it finds, chooses limits,
ticks and colours by itself and raises on missing values. So every drawing clears that figure, sets all of this
explicitly, and holds a lock from the first call to the last.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import Literal, Protocol, cast

_LOCK = threading.Lock()
_FIRST_COLOUR = 17
_LEFT = 1  # plotext takes a bar that ends at 0 for an empty one, so the left edge is not 0
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")

Cell = tuple[str, int | None]
"""A character and the position of the mark that drew it, or None for an empty cell."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn on the canvas, in cells: column 0 is the left edge, row 0 the top.

    Args:
        kind: Horizontal bars from ``start`` to each column, a line through the points, or the points alone.
        columns: Where the bars end, or the points' columns; fractions are rounded to the nearest cell.
        rows: The rows, one for each column.
        marker: The character to draw with, or "braille" for a fine line.
        start: The column where bars begin.
    """

    kind: Literal["bars", "line", "points"]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    marker: str = "█"
    start: float = 0


class _Plotext(Protocol):
    """The few functions used of plotext, which has no type hints."""

    def clear_figure(self) -> None: ...
    def limit_size(self, width: bool, height: bool) -> None: ...
    def plot_size(self, width: int, height: int) -> None: ...
    def canvas_color(self, color: str) -> None: ...
    def axes_color(self, color: str) -> None: ...
    def xaxes(self, lower: bool, upper: bool) -> None: ...
    def yaxes(self, left: bool, right: bool) -> None: ...
    def xticks(self, ticks: list[float]) -> None: ...
    def yticks(self, ticks: list[float]) -> None: ...
    def xlim(self, left: float, right: float) -> None: ...
    def ylim(self, lower: float, upper: float) -> None: ...
    def bar(self, *args: list[float], **options: object) -> None: ...
    def plot(self, *args: list[float], **options: object) -> None: ...
    def scatter(self, *args: list[float], **options: object) -> None: ...
    def build(self) -> str: ...


def paint(width: int, height: int, marks: tuple[Mark, ...]) -> list[list[Cell]]:
    """Return ``height`` rows of ``width`` cells with the marks drawn in order, later ones over earlier ones.

    Raises:
        ValueError: The canvas has no cells, or there are more marks than plotext has colours to tell them apart.
    """
    if width < 1 or height < 1:
        raise ValueError(f"A chart cannot be drawn on {width} by {height} cells.")
    if len(marks) > 255 - _FIRST_COLOUR:
        raise ValueError(f"A chart cannot hold {len(marks)} different marks.")
    import plotext  # pyright: ignore[reportMissingTypeStubs]

    module = cast("_Plotext", plotext)
    with _LOCK:
        try:
            _prepare(module, width, height)
            for position, mark in enumerate(marks):
                _draw(module, mark, height, _FIRST_COLOUR + position)
            built = module.build()
        finally:
            module.clear_figure()
    return _cells(built, width, height)


def _prepare(module: _Plotext, width: int, height: int) -> None:
    module.clear_figure()
    module.limit_size(False, False)
    module.plot_size(width, height)
    module.canvas_color("default")
    module.axes_color("default")
    module.xaxes(False, False)
    module.yaxes(False, False)
    module.xticks([])
    module.yticks([])
    module.xlim(_LEFT, _LEFT + max(width - 1, 1))
    module.ylim(0, max(height - 1, 1))


def _draw(module: _Plotext, mark: Mark, height: int, colour: int) -> None:
    upwards = [height - 1 - row for row in mark.rows]  # plotext counts rows from the bottom
    columns = [_LEFT + column for column in mark.columns]
    if not columns:
        return
    if mark.kind == "bars":
        # One bar a call: plotext takes the thickness of several from the distance between them.
        for row, column in zip(upwards, columns, strict=True):
            module.bar(
                [row], [column], orientation="horizontal", width=0, minimum=_LEFT + mark.start,
                marker=mark.marker, color=colour, reset_ticks=False,
            )  # fmt: skip
    elif mark.kind == "line":
        module.plot(columns, upwards, marker=mark.marker, color=colour)
    else:
        module.scatter(columns, upwards, marker=mark.marker, color=colour)


def _cells(built: str, width: int, height: int) -> list[list[Cell]]:
    rows = [_row(line, width) for line in built.split("\n")[:height]]
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ValueError(f"plotext drew {len(rows)} rows where {height} of {width} cells were asked for.")
    return rows


def _row(line: str, width: int) -> list[Cell]:
    cells: list[Cell] = []
    mark: int | None = None
    parts = _ESCAPE.split(line)
    for text, codes in zip(parts[::2], [*parts[1::2], ""], strict=True):
        cells.extend((character, None if character == " " else mark) for character in text)
        mark = _mark_of(codes)
    return cells[:width]


def _mark_of(codes: str) -> int | None:
    numbers = codes.split(";")
    return int(numbers[2]) - _FIRST_COLOUR if numbers[:2] == ["38", "5"] and len(numbers) > 2 else None
