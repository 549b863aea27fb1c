"""A sheet of terminal cells to write on, and text fitted to cells: wide characters take two, joined ones stay whole."""

from __future__ import annotations

import math

from amhe_tui.text import one_line, safe


def write(number: float, decimals: int) -> str:
    """Return ``number`` with thousands separated, a true minus sign, and no minus before a rounded zero."""
    rounded = f"{abs(number):,.{decimals}f}"
    negative = number < 0 and any(digit in "123456789" for digit in rounded)
    return f"−{rounded}" if negative else rounded


def step_for(low: float, high: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that cuts the range into at most ``most`` parts."""
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> tuple[tuple[float, str], ...]:
    """Return round numbers from ``low`` up to ``high`` with their text, at most about ``most``."""
    step = step_for(low, high, most)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((index * step, write(index * step, decimals)) for index in range(first, last + 1))


Segment = tuple[str, str]
"""Text and the name of its style."""


Line = tuple[Segment, ...]
"""One line of a drawing."""


STYLES = (
    "bar",
    "bar-reference",
    "bar-focus",
    "limit",
    "limit-on-bar",
    "limit-on-bar-reference",
    "limit-on-bar-focus",
    "label",
    "value",
    "axis",
    "muted",
)
"""Every style name a drawing uses; a theme says what each looks like."""


def clusters(text: str) -> list[tuple[str, int]]:
    """Return what a terminal shows as one sign each, with its width in cells; signs without width are left out."""
    from rich.cells import split_graphemes

    spans, _ = split_graphemes(text)
    return [(text[start:end], width) for start, end, width in spans if width > 0]


def width_of(text: str) -> int:
    """Return how many cells ``text`` takes."""
    return sum(width for _, width in clusters(text))


def fit(text: str, width: int) -> str:
    """Return ``text`` cleaned, on one line of at most ``width`` cells, with an ellipsis where it was cut."""
    line = one_line(text)
    if width_of(line) <= width:
        return line
    kept, used = "", 0
    for sign, size in clusters(line):
        if used + size > width - 1:
            break
        kept, used = kept + sign, used + size
    return f"{kept.rstrip()}…" if width > 0 else ""


class Sheet:
    """A rectangle of cells; what is written beyond its edges is lost.

    Args:
        width: In cells.
        height: In cells.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._cells: list[list[Segment]] = [[(" ", "")] * width for _ in range(height)]

    def put(self, row: int, column: int, text: str, style: str) -> None:
        """Write ``text`` from a cell on; the last gate for characters that command a terminal."""
        if not 0 <= row < self.height:
            return
        for sign, size in clusters(safe(text).replace("\n", " ")):
            if column >= 0 and column + size <= self.width:
                self._cells[row][column] = (sign, style)
                if size == 2:
                    self._cells[row][column + 1] = ("", style)
            column += size

    def put_right(self, row: int, end: int, text: str, style: str) -> None:
        """Write ``text`` so that it ends before the cell ``end``."""
        self.put(row, end - width_of(text), text, style)

    def is_empty(self, row: int, column: int) -> bool:
        """Return whether the cell is on the sheet and nothing was written there."""
        return 0 <= row < self.height and 0 <= column < self.width and self._cells[row][column] == (" ", "")

    def lines(self) -> tuple[Line, ...]:
        """Return the rows as styled segments, without the spaces at their ends."""
        return tuple(_joined(row) for row in self._cells)


def _joined(row: list[Segment]) -> Line:
    end = max((index + 1 for index, (sign, _) in enumerate(row) if sign != " "), default=0)
    segments: list[Segment] = []
    for sign, style in row[:end]:
        if segments and segments[-1][1] == style:
            segments[-1] = (segments[-1][0] + sign, style)
        else:
            segments.append((sign, style))
    return tuple((text, style or "label") for text, style in segments)
