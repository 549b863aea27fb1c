"""Draw a figure as lines of styled text."""

from __future__ import annotations

from amhe_tui.charts.bars import draw_bars, draw_dots
from amhe_tui.charts.figure import BarFigure, Figure
from amhe_tui.charts.sheet import STYLES, Line, Segment
from amhe_tui.charts.trend import draw_trend

__all__ = ["LEAST_HEIGHT", "LEAST_WIDTH", "STYLES", "Line", "Segment", "draw", "plain"]

LEAST_WIDTH = 24
LEAST_HEIGHT = 4


def draw(figure: Figure, width: int, height: int, colour: bool) -> tuple[Line, ...]:
    """Return ``figure`` as at most ``height`` lines of at most ``width`` terminal cells.

    Every segment is text and a style name of `STYLES`; without ``colour`` the textures differ too, so that the styles
    may be ignored. Text from people is cleaned, cut with an ellipsis and aligned by cells. Bars that find no room are
    counted on the last line, never left out in silence.

    Raises:
        ValueError: The space is smaller than `LEAST_WIDTH` by `LEAST_HEIGHT`, or too narrow for the values.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise ValueError(f"A chart needs at least {LEAST_WIDTH} by {LEAST_HEIGHT} cells; here are {width} by {height}.")
    if isinstance(figure, BarFigure) and figure.dots:
        return draw_dots(figure, width, height)
    if isinstance(figure, BarFigure):
        return draw_bars(figure, width, height, colour)
    return draw_trend(figure, width, height)


def plain(lines: tuple[Line, ...]) -> str:
    """Return drawn lines as text without styles, for a report or the line mode."""
    return "\n".join("".join(text for text, _ in line) for line in lines)
