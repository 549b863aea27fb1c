"""What a number made from rounded counts can really be: the range of a share, a rate, a difference or a ratio when counts were rounded to 5.

A count shown as 20 stood for anything from 18 to 22. Nothing is estimated here: the bands hold every value that the
counts allow, and are apart from the confidence limits, which speak of chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from amhe_tui.analysis.estimates.results import Undefined

BASE = 5


@dataclass(frozen=True, slots=True)
class Band:
    """The least and the most that a number can be, and what it is by the rounded counts; None where it does not exist, and then ``reason`` says why."""

    value: float | None
    lower: float | None
    upper: float | None
    method: str
    reason: Undefined | None = None

    @property
    def exact(self) -> bool:
        """True where the rounding leaves no doubt."""
        return self.lower is not None and self.lower == self.upper


def count_band(count: float, *, base: int = BASE) -> tuple[float, float]:
    """Return the least and the most whole number of people that rounds to ``count``, never below 0.

    A half in the middle between two multiples (possible for an even base) may have gone either way. A base of 1 means
    that nothing was rounded.

    Raises:
        ValueError: The base is below 1, or the count is below 0 or not a multiple of it.
    """
    if base < 1:
        raise ValueError("Counts are rounded to a whole number of at least one.")
    if not math.isfinite(count) or count < 0:
        raise ValueError("A count must be a finite number not below zero.")
    if base == 1:
        return count, count
    if count % base:
        raise ValueError(f"{count:g} is not rounded to {base}.")
    half = base // 2
    return max(0.0, count - half), count + half


def _share(count: tuple[float, float], total: tuple[float, float]) -> tuple[float | None, float | None]:
    """Return the least and the most share, a part never being more than its whole."""
    low = count[0] / total[1] if total[1] > 0 else None
    high = min(1.0, count[1] / total[0]) if total[0] > 0 else (1.0 if count[1] > 0 else None)
    return low, high


def share_band(count: float, total: float, *, base: int = BASE, total_rounded: bool = True) -> Band:
    """Return the band of ``count`` out of ``total``, a fraction; ``total_rounded``: whether the total was rounded as well.

    Raises:
        ValueError: The base or a count is out of range, or the count is above every total that it can be a part of.
    """
    method = "band.share@1"
    part = count_band(count, base=base)
    whole = count_band(total, base=base if total_rounded else 1)
    if part[0] > whole[1]:
        raise ValueError(f"The count ({count:g}) cannot be above the total it is a part of ({total:g}).")
    if whole[1] == 0 or total == 0:
        return Band(None, None, None, method, Undefined.NO_PEOPLE)
    # A rounded part can look larger than its rounded whole.
    value = min(1.0, count / total)
    return Band(value, *_share(part, whole), method)


def rate_band(
    count: float, population: float, *, base: int = BASE, population_rounded: bool = False, multiplier: float = 100_000
) -> Band:
    """Return the band of a rate of ``count`` events over a ``population``, times ``multiplier``.

    Raises:
        ValueError: The base or a number is out of range.
    """
    method = "band.rate@1"
    events = count_band(count, base=base)
    people = count_band(population, base=base if population_rounded else 1)
    if people[0] <= 0:
        return Band(None, None, None, method, Undefined.NO_PEOPLE)
    return Band(
        count / population * multiplier, events[0] / people[1] * multiplier, events[1] / people[0] * multiplier, method
    )


def difference_band(band: Band, other: Band) -> Band:
    """Return the band of one number less another, both from rounded counts of their own, in their unit."""
    method = "band.difference@1"
    if band.value is None or other.value is None:
        return Band(None, None, None, method, band.reason or other.reason)
    if band.lower is None or band.upper is None or other.lower is None or other.upper is None:
        return Band(band.value - other.value, None, None, method, Undefined.NO_PEOPLE)
    return Band(band.value - other.value, band.lower - other.upper, band.upper - other.lower, method)


def ratio_band(band: Band, other: Band) -> Band:
    """Return the band of one number over another; its upper end is infinite where the other can be 0.

    Where the rounded counts themselves make the other 0, there is no ratio but a reason.
    """
    method = "band.ratio@1"
    if band.value is None or other.value is None:
        return Band(None, None, None, method, band.reason or other.reason)
    if band.lower is None or band.upper is None or other.lower is None or other.upper is None:
        return Band(None, None, None, method, Undefined.NO_PEOPLE)
    upper = band.upper / other.lower if other.lower > 0 else math.inf
    lower = band.lower / other.upper if other.upper > 0 else None
    if other.value == 0:
        return Band(None, lower, upper, method, Undefined.NONE_COMPARED if band.value else Undefined.NONE_EITHER)
    return Band(band.value / other.value, lower, upper, method)
