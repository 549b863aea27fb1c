"""What may be said of a gap whose figures are shown rounded: only what the true counts support, and only as far as the rounded figures carry it.

Chance and direction are judged on the true counts, where those are at hand. Where they are not, the rounded counts are
taken to be whatever the rounding allows, and only what holds for all of it is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NoReturn

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, Verdict, known_groups
from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.disclosure.order import figure_of_counts, is_range
from amhe_tui.analysis.estimates.rounding_bands import Band, count_band, difference_band
from amhe_tui.analysis.gaps.rates import rate_ratio
from amhe_tui.analysis.gaps.shares import difference_newcombe

CLOSE = 1.35
"""A printed gap is of the size of the true one where neither is more than so many times the other."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What may be said of a gap.

    Attributes:
        direction: Whether more or fewer may be said.
        size: Whether the two figures and the gap between them may be said; never without the direction.
        beyond: Whether it may be called wider than chance (True), too close to tell (False), or neither (None).
        rounded: Whether any of it is withheld because of rounding.
    """

    direction: bool
    size: bool
    beyond: bool | None
    rounded: bool


ALL_NUMBERS = Saying(direction=True, size=True, beyond=None, rounded=False)


class TrueCounts:
    """A breakdown as it is in the file, which gives verdicts to whoever shows it rounded; its counts are for the door of the numbers alone."""

    __slots__ = ("figures", "rounding")

    def __init__(self, figures: Breakdown, rounding: int) -> None:
        self.figures = figures
        self.rounding = rounding

    def __repr__(self) -> str:
        """Tell no number."""
        return "TrueCounts()"

    def __reduce__(self) -> NoReturn:
        """Refuse to be written anywhere."""
        raise TypeError("True counts are not written down.")

    def verdict(self, group: str, level: str, compared_with: str, among: frozenset[str] | None) -> Verdict:
        """Return what the true counts say; with others hidden, only what holds for everyone else and for those who are shown."""
        from amhe_tui.analysis.gaps.reading import comparison, gap_of

        row = next((row for row in self.figures.rows if row.group == group and row.level == level), None)
        nothing = Verdict(None, None)
        if row is None:
            return nothing
        verdicts: list[Verdict] = []
        for some in dict.fromkeys((among, None)):
            other = comparison(self.figures, row, compared_with, among=some)
            if other is None or row.value is None or other[0].value is None:
                return nothing
            difference, ratio = gap_of(self.figures, row, other[0])
            gap = ratio if self.figures.kind == "rate" else difference
            apart = _sign_of(row, other[0])
            verdicts.append(
                Verdict(
                    apart,
                    None if gap is None else gap.beyond_chance,
                    (row.value - other[0].value,),
                    (_times(row, other[0]),),
                )
            )
        first, whole = verdicts[0], verdicts[-1]
        if first.direction != whole.direction:
            return nothing
        beyond = None if None in (first.beyond, whole.beyond) else bool(first.beyond and whole.beyond)
        return Verdict(first.direction, beyond, first.differences + whole.differences, first.ratios + whole.ratios)


def _sign_of(row: BreakdownRow, other: BreakdownRow) -> int | None:
    """Return which of two rows is higher by its counts, or by its figure where it has none; None where the two disagree."""
    apart = (row.value or 0.0) - (other.value or 0.0)
    by_figure = (apart > 0) - (apart < 0)
    if row.numerator is None or not row.denominator or other.numerator is None or not other.denominator:
        return by_figure
    cross = row.numerator * other.denominator - other.numerator * row.denominator
    by_counts = (cross > 0) - (cross < 0)
    return by_counts if by_counts == by_figure else None


def saying_of(breakdown: Breakdown, row: BreakdownRow, other: BreakdownRow, compared_with: str) -> Saying:
    """Return what may be said of the gap of two rows that are shown."""
    base = rounding_of(breakdown)
    if base <= 1:
        return ALL_NUMBERS
    apart = (row.value or 0.0) - (other.value or 0.0)
    shown = (apart > 0) - (apart < 0)
    if breakdown.judge is None:
        return _by_bands(breakdown, row, other, shown, base)
    among = frozenset(
        each.group
        for each in breakdown.rows
        if each.level == row.level and each.group != row.group and each.denominator and each.numerator is not None
    )
    verdict = breakdown.judge.verdict(row.group, row.level, compared_with, among)
    if not shown or verdict.direction != shown:
        return Saying(direction=False, size=False, beyond=None, rounded=True)
    times = _times(row, other)
    size = all(_alike(apart, true) for true in verdict.differences)
    size &= all(_alike(times, true, logs=True) for true in verdict.ratios)
    size &= not (is_range(row.status) or is_range(other.status))
    return Saying(direction=True, size=size, beyond=verdict.beyond, rounded=not size)


def with_figures_of_ranges(breakdown: Breakdown) -> Breakdown:
    """Return a breakdown in which rows that are given as a range have the figure of their rounded counts again: for judging, never for showing."""
    if not any(is_range(row.status) for row in breakdown.rows):
        return breakdown
    scale = breakdown.scale
    return replace(breakdown, rows=tuple(replace(row, value=figure_of_counts(row, scale)) for row in breakdown.rows))


def rounding_of(breakdown: Breakdown) -> int:
    """Return to multiples of what the counts of a breakdown were rounded here; 0 where they are as the file has them."""
    if breakdown.judge is not None:
        return breakdown.judge.rounding
    if not isinstance(breakdown, Disclosed) or breakdown.policy.raw or breakdown.published:
        return 0
    return breakdown.policy.rounding


def _times(row: BreakdownRow, other: BreakdownRow) -> float | None:
    return row.value / other.value if row.value is not None and other.value else None


def _alike(shown: float | None, true: float | None, *, logs: bool = False) -> bool:
    if shown is None or true is None:
        return shown is true
    if logs:
        return shown > 0 and true > 0 and abs(math.log(shown / true)) <= math.log(CLOSE)
    return 1 / CLOSE <= shown / true <= CLOSE if true else not shown


def _by_bands(breakdown: Breakdown, row: BreakdownRow, other: BreakdownRow, shown: int, base: int) -> Saying:
    """Return what holds for all the counts that these could have been before they were rounded."""
    mine, theirs = _corners(row, base, 1), _corners(other, base, _parts(breakdown, row, other))
    if mine is None or theirs is None or not shown:
        return Saying(direction=False, size=False, beyond=None, rounded=True)
    band = difference_band(_band(mine), _band(theirs))
    if band.lower is None or band.upper is None or not (band.lower > 0 or band.upper < 0):
        return Saying(direction=False, size=False, beyond=None, rounded=True)
    size = max(abs(band.lower), abs(band.upper)) <= CLOSE * min(abs(band.lower), abs(band.upper)) * CLOSE
    size &= not (is_range(row.status) or is_range(other.status))
    # The counts that are nearest to no gap; a count is no more than the people it is among.
    near, far = (mine[0], theirs[1]) if shown > 0 else (mine[1], theirs[0])
    judge = rate_ratio if breakdown.kind == "rate" else difference_newcombe
    return Saying(direction=True, size=size, beyond=judge(*near, *far).beyond_chance, rounded=not size)


def _parts(breakdown: Breakdown, row: BreakdownRow, other: BreakdownRow) -> int:
    """Return of how many rounded counts a comparison is the sum."""
    if any(each is other for each in breakdown.rows):
        return 1
    return sum(1 for each in known_groups(breakdown.rows, row.level) if each.group != row.group)


_Pair = tuple[float, float]


def _corners(row: BreakdownRow, base: int, parts: int) -> tuple[_Pair, _Pair] | None:
    """Return the counts of the least and of the most share that a row can stand for."""
    if row.numerator is None or not row.denominator:
        return None
    slack = count_band(base, base=base)[1] - base
    low, high = max(0.0, row.numerator - slack * parts), row.numerator + slack * parts
    fewest, most = max(1.0, row.denominator - slack * parts), row.denominator + slack * parts
    return (min(low, most), most), (min(high, fewest), fewest)


def _band(corners: tuple[_Pair, _Pair]) -> Band:
    low, high = (top / bottom for top, bottom in corners)
    return Band((low + high) / 2, low, high, "band.share@1")
