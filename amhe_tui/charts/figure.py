"""What a chart shows, before anything is drawn: bars of one characteristic, or series over periods."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Emphasis = Literal["plain", "reference", "focus", "unknown", "total"]
"""What a bar or series is among the others: one of many, what they are compared with, the one meant, not known, all."""

LARGEST = 1e15
"""Beyond this a number cannot be drawn to scale or written out in full."""


def _require_drawable(numbers: Iterable[float | None], where: str) -> None:
    for number in numbers:
        if number is not None and not abs(number) < LARGEST:
            raise ValueError(f"{where} holds {number}, which cannot be drawn; a number must be finite and below 1e15.")


def _require_order(value: float | None, lower: float | None, upper: float | None, where: str) -> None:
    known = [number for number in (lower, value, upper) if number is not None]
    if any(earlier > later for earlier, later in pairwise(known)):
        raise ValueError(f"{where} has its limits in the wrong order: lower {lower}, value {value}, upper {upper}.")


@dataclass(frozen=True, slots=True)
class Bar:
    """One group's number.

    Args:
        label: The group.
        value: The number in the figure's unit; None where it is suppressed or missing, and then no bar is drawn.
        lower: The lower confidence limit, in the same unit.
        upper: The upper confidence limit, in the same unit.
        emphasis: What the group is among the others.
        note: A few words beside the bar, such as "suppressed"; they take the place of a value that is None.
        near: Between which numbers chance alone leaves 95 of 100 such values, drawn behind a point; None where nobody says.
        far: The same for 998 of 1,000.
        beside: A second number, drawn as a light mark beside the point, such as a figure before it was smoothed; only in a figure of dots.
        in_full: The label in the table, where the one that is drawn leans on the bar above it; "" where both are the same.

    Raises:
        ValueError: A number is not finite, or the limits do not enclose the value.
    """

    label: str
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    emphasis: Emphasis = "plain"
    note: str = ""
    near: tuple[float, float] | None = None
    far: tuple[float, float] | None = None
    beside: float | None = None
    in_full: str = ""

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be drawn."""
        where = f"The bar of {self.label!r}"
        _require_drawable((*(self.near or ()), *(self.far or ())), where)
        _require_drawable((self.value, self.lower, self.upper, self.beside), where)
        _require_order(self.value, self.lower, self.upper, where)


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A number drawn across the whole chart, such as the average of an area; in the figure's unit."""

    value: float
    label: str

    def __post_init__(self) -> None:
        """Refuse a number that cannot be drawn."""
        _require_drawable((self.value,), f"The reference line {self.label!r}")


@dataclass(frozen=True, slots=True)
class BarFigure:
    """Horizontal bars, in the order given.

    Args:
        title: What the numbers are.
        unit: The unit, such as "%"; may be empty.
        bars: The bars from top to bottom.
        reference: A line across all of them.
        decimals: How many decimal places values are written with; None to choose from the values.
        dots: Whether values are points with their limits on a scale that need not begin at 0, in place of bars.
        beside: What the second numbers of the bars are; "" where there are none.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    reference: ReferenceLine | None = None
    decimals: int | None = None
    dots: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend: a number a period, None where there is none.

    Args:
        label: The group or measure.
        values: One entry a period, in the figure's unit.
        lower: The lower limits, one a period, or empty.
        upper: The upper limits, one a period, or empty.
        emphasis: What the series is among the others.
    """

    label: str
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    emphasis: Emphasis = "plain"

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be drawn."""
        _require_drawable((*self.values, *self.lower, *self.upper), f"The series {self.label!r}")


@dataclass(frozen=True, slots=True)
class TrendFigure:
    """Series over the same periods; a period without a number is a gap, never joined over.

    Args:
        title: What the numbers are.
        unit: The unit, such as "%"; may be empty.
        periods: The periods in order, as they are to be written.
        series: The series; each has one value a period.
        reference: A line across all periods, such as a target.
        decimals: How many decimal places values are written with; None to choose from the values.

    Raises:
        ValueError: A series has another number of values or limits than there are periods.
    """

    title: str
    unit: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]
    reference: ReferenceLine | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        """Refuse series that do not fit the periods."""
        for series in self.series:
            lengths = {
                len(series.values),
                len(series.lower) or len(self.periods),
                len(series.upper) or len(self.periods),
            }
            if lengths != {len(self.periods)}:
                raise ValueError(
                    f"The series {series.label!r} does not have one entry for each of {len(self.periods)} periods."
                )


Figure = BarFigure | TrendFigure


def heading(figure: Figure) -> str:
    """Return the title with its unit in brackets, where it does not already stand in the title."""
    return f"{figure.title} ({figure.unit})" if figure.unit and figure.unit not in figure.title else figure.title


def _values(figure: BarFigure | TrendFigure) -> list[float | None]:
    if isinstance(figure, BarFigure):
        return [bar.value for bar in figure.bars]
    return [value for series in figure.series for value in series.values]


def decimals_of(figure: Figure) -> int:
    """Return how many decimal places the figure's values are written with."""
    if figure.decimals is not None:
        return figure.decimals
    values = _values(figure)
    known = [abs(value) for value in values if value is not None]
    if all(math.isclose(value, round(value), abs_tol=1e-9) for value in known):
        return 0
    return 1 if max(known) >= 2 else 2
