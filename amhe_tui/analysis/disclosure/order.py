"""Rounded shares never stand in an order that the true counts deny: where they would, a range is given instead of the figure.

With 7 of 13 and 8 of 17, rounding to five makes 5 of 15 and 10 of 15: a third beside two thirds, where the truth is the other way round. The range that the rounded
counts allow is true of either group. The ranges of two groups that rounding has turned round overlap: each holds both the true figure of its group and the rounded
one, and two ranges that lie apart would agree with both orders. The rounded counts of a row that is given as a range are not printed: divided, they give the order
back. They stay in the row for judging, and :func:`printed` is what may leave.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.estimates.rounding_bands import count_band

_BETWEEN = "between "


class Ends(NamedTuple):
    """The least and the most that a figure can be; the same where one figure is shown."""

    low: float
    high: float


class Pair(NamedTuple):
    """A row as it would be shown, and as it is in the file."""

    shown: BreakdownRow
    true: BreakdownRow


def is_range(status: str) -> bool:
    """Tell whether the status of a row gives a range in place of its figure."""
    return status.startswith(_BETWEEN)


def range_words(ends: Ends) -> str:
    """Return a range as the status of a row."""
    return f"{_BETWEEN}{ends.low:,.12g} and {ends.high:,.12g}"


def printed(row: BreakdownRow) -> BreakdownRow:
    """Return a row as it may be printed: without the counts of one that is given as a range, which would put groups in the wrong order all the same."""
    return replace(row, numerator=None, denominator=None) if is_range(row.status) else row


def in_order(
    pairs: Sequence[Pair], scale: float, step: int, *, share: bool, parts: Sequence[int] = ()
) -> tuple[BreakdownRow, ...]:
    """Return the rows that are shown beside each other, without an order that their true counts deny; asked like :func:`out_of_order`."""
    ranges = out_of_order(pairs, scale, step, share=share, parts=parts)
    return tuple(
        replace(pair.shown, value=None, lower=None, upper=None, status=range_words(ranges[place]))
        if place in ranges
        else pair.shown
        for place, pair in enumerate(pairs)
    )


def figure_of_counts(row: BreakdownRow, scale: float) -> float | None:
    """Return a row's figure; of one that is given as a range the one of its rounded counts, which is for judging and never for showing."""
    if row.value is None and is_range(row.status) and row.numerator is not None and row.denominator:
        return scale * row.numerator / row.denominator
    return row.value


def out_of_order(
    pairs: Sequence[Pair], scale: float, step: int, *, share: bool, parts: Sequence[int] = ()
) -> dict[int, Ends]:
    """Return the places of the rows to give as a range so that no two rows stand in an order that their true counts deny, with their ranges.

    As few as are needed, those of everybody last and those of few people first. A row that is a range already stays one.

    Args:
        pairs: The rows that are shown beside each other.
        scale: What the figures are out of.
        step: To multiples of what counts are rounded.
        share: Whether no figure is more than the whole.
        parts: Of how many rounded counts those of each row are the sum; of one where it is not given.
    """
    if step <= 1:
        return {}
    able = [place for place, pair in enumerate(pairs) if _has_counts(pair.shown) and _has_counts(pair.true)]
    points = {place: Ends(value, value) for place in able if (value := pairs[place].shown.value) is not None}
    given = {
        place: _allowed(pair.shown, scale, step, share=share)
        for place, pair in enumerate(pairs)
        if is_range(pair.shown.status) and pair.shown.denominator and _has_counts(pair.true)
    }
    ends = points | given
    ranges: dict[int, Ends] = dict(given)
    open_pairs = [
        (one, other)
        for number, one in enumerate(ends)
        for other in list(ends)[number + 1 :]
        if not (one in given and other in given) and _denied(pairs[one], pairs[other], ends[one], ends[other])
    ]
    while open_pairs:
        involved = [place for pair in open_pairs for place in pair if place not in ranges]
        if not involved:
            break
        next_one = min(
            set(involved),
            key=lambda place: (
                pairs[place].shown.level == "total",
                -involved.count(place),
                pairs[place].shown.denominator or 0,
                place,
            ),
        )
        summed = parts[next_one] if parts else 1
        ranges[next_one] = ends[next_one] = _allowed(pairs[next_one].shown, scale, step, share=share, parts=summed)
        open_pairs = [
            (one, other)
            for one, other in open_pairs
            if not (one in ranges and other in ranges) and _denied(pairs[one], pairs[other], ends[one], ends[other])
        ]
    return {place: found for place, found in ranges.items() if place not in given}


def _has_counts(row: BreakdownRow) -> bool:
    return row.value is not None and row.numerator is not None and bool(row.denominator)


def _denied(one: Pair, other: Pair, ours: Ends, theirs: Ends) -> bool:
    """Tell whether what is shown of two rows puts them in an order that their true counts or figures deny."""
    way = (ours.low > theirs.high) - (ours.high < theirs.low)
    if not way:
        return False
    mine, its = one.true, other.true
    cross = (mine.numerator or 0) * (its.denominator or 0) - (its.numerator or 0) * (mine.denominator or 0)
    apart = (mine.value or 0) - (its.value or 0)
    by_counts, by_figures = ((number > 0) - (number < 0) for number in (cross, apart))
    return by_counts != way or by_figures == -way


def _allowed(row: BreakdownRow, scale: float, step: int, *, share: bool, parts: int = 1) -> Ends:
    """Return the least and the most that a figure can be by its rounded counts, in round numbers."""
    slack = parts * (count_band(step, base=step)[1] - step)
    top, bottom = row.numerator or 0.0, row.denominator or 0.0
    low = scale * max(top - slack, 0) / (bottom + slack)
    high = scale * (top + slack) / max(bottom - slack, 1)
    grain = scale / 100 if share else 10.0 ** (math.floor(math.log10(high)) - 1) if high > 0 else 1.0
    low, high = math.floor(low / grain + 1e-9) * grain, math.ceil(high / grain - 1e-9) * grain
    return Ends(_tidy(low), _tidy(min(high, scale) if share else high))


def _tidy(number: float) -> float:
    return float(f"{number:.10g}")
