"""Which summary measure to choose, explained where measures of the same groups disagree: absolute against relative, groups against people, ends against the line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.change import change_of
from amhe_tui.analysis.inequality.measures import Measure
from amhe_tui.analysis.inequality.of_breakdown import NamedMeasure
from amhe_tui.analysis.inequality.sets import SummaryMeasure

APART = 1.5
"""One distance is told from another where it is at least so many times as large."""

_BEYOND_THE_ENDS = 2

Found = Sequence[NamedMeasure]
_Sentence = Callable[[Found], str]


def choice_words(shown: Found, true: Found | None = None) -> list[str]:
    """Return in sentences where the summary measures of some groups disagree, and what each of them is for.

    Args:
        shown: The measures, from the figures that are shown.
        true: The same from the true counts, where those that are shown are rounded; what they do not bear out is not said.
    """
    held = (_chance_of_two, _groups_or_people, _ends_or_line)
    return [words for kind in held if (words := kind(shown)) and (true is None or _alike(kind(true), words))]


def changed_words(
    before: Found,
    after: Found,
    since: str,
    true: tuple[Found, Found] | None = None,
) -> str:
    """Return how the difference and the ratio of the same groups moved apart since an earlier period, or "" where they did not.

    Args:
        before: The measures of the earlier period.
        after: Those of the later one.
        since: The earlier period.
        true: Both from the true counts, where those that are shown are rounded.
    """
    ways = _ways(before, after)
    if ways is None or ways[0] * ways[1] >= 0 or (true is not None and not _same_ways(ways, _ways(*true))):
        return ""
    d, r = (_of(before, which) for which in (Measure.DIFFERENCE, Measure.RATIO))
    d_now, r_now = (_of(after, which) for which in (Measure.DIFFERENCE, Measure.RATIO))
    narrower = (
        "The difference became smaller and the ratio"
        if ways[0] < 0
        else "The ratio came nearer to 1 and the difference"
    )
    wider = "moved further from 1" if ways[0] < 0 else "became larger"
    sizes = f"from {_short(d)} to {_short(d_now)}, and from {_short(r)} to {_short(r_now)} times"
    chance = ""
    if None in ways[2:]:
        chance = " These figures cannot show whether the two changes are more than chance."
    elif False in ways[2:]:
        chance = " Chance alone could give at least one of these two changes."
    return (
        f"{narrower} {wider} since {since} ({sizes}): both are true, because the figures of all groups moved. The "
        "difference says how many people a gap is about, the ratio how uneven it is; say both, and choose before you "
        f"look which one a goal is about.{chance}"
    )


def _of(found: Found, which: Measure) -> SummaryMeasure:
    return next(one.found for one in found if one.which is which)


def _short(found: SummaryMeasure) -> str:
    return f"{abs(found.value or 0):.3g}"


def _alike(one: str, other: str) -> bool:
    """Tell whether two sentences say the same but for their numbers."""
    return _bare(one) == _bare(other)


def _bare(words: str) -> str:
    return "".join(sign for sign in words if not (sign.isdigit() or sign in ".+e-"))


def _leaves_out(found: SummaryMeasure, neutral: float) -> bool | None:
    if found.value is None or found.lower is None or found.upper is None:
        return None
    return found.lower > neutral or found.upper < neutral


def _chance_of_two(found: Found) -> str:
    """Return that of the difference and the ratio one is wider than chance and the other is not."""
    sure, also = (_leaves_out(_of(found, which), which.neutral) for which in (Measure.DIFFERENCE, Measure.RATIO))
    if sure is None or also is None or sure == also:
        return ""
    first, second = ("difference", "ratio") if sure else ("ratio", "difference")
    return (
        f"The limits of the {first} leave out no gap, those of the {second} just do not: the two are worked out on "
        "different scales, and few people are behind one of the groups. Do not call this gap sure on one of them alone."
    )


def _groups_or_people(found: Found) -> str:
    """Return that groups counted alike are much further from the average than people counted alike, or nearer."""
    groups, people = (_of(found, which).value for which in (Measure.DISPARITY, Measure.DISPARITY_WEIGHTED))
    if not groups or not people or 1 / APART < groups / people < APART:
        return ""
    how = (
        "the groups that are far from it are small ones"
        if groups > people
        else "the groups that are far from it are large ones"
    )
    return (
        f"Counting every group alike, groups are {groups:.3g}% of the average away from it; counting every person alike, "
        f"{people:.3g}%: {how}. Choose the first where no group may be left behind however small, the second where it "
        "matters how many people it touches."
    )


def _ends_or_line(found: Found) -> str:
    """Return that the two ends of groups in an order say something else than a line through all of them."""
    ends, line = (_of(found, which) for which in (Measure.DIFFERENCE, Measure.SLOPE))
    if ends.value is None or line.value is None or ends.lower is None or ends.upper is None:
        return ""
    # The line reaches beyond the middles of the end groups, so that it is longer than their distance, but not twice as long.
    even = 1 / _BEYOND_THE_ENDS < (line.value / ends.value if ends.value else math.inf) < _BEYOND_THE_ENDS
    if even or ends.lower <= line.value <= ends.upper:
        return ""
    return (
        f"The two ends of the order are {ends.value:.3g} apart, the ends of a line through all groups {line.value:.3g}: "
        "the groups between do not lie evenly. Choose the line where all groups count, and look at the groups themselves."
    )


_Ways = tuple[int, int, bool | None, bool | None]


def _ways(before: Found, after: Found) -> _Ways | None:
    """Return whether the difference and the ratio became smaller (−1) or larger (1), as they are printed, and whether each change is more than chance."""
    gaps: list[tuple[Gap, Gap]] = []
    for which in (Measure.DIFFERENCE, Measure.RATIO):
        pair = tuple(_gap(_of(each, which), logs=which is Measure.RATIO) for each in (before, after))
        if pair[0] is None or pair[1] is None:
            return None
        gaps.append((pair[0], pair[1]))
    signs: list[int] = []
    for (first, last), which in zip(gaps, (Measure.DIFFERENCE, Measure.RATIO), strict=True):
        printed = _short(_of(before, which)) != _short(_of(after, which))
        apart = abs(last.value or 0) - abs(first.value or 0)
        signs.append(((apart > 0) - (apart < 0)) if printed else 0)
    beyond = [change_of(*pair).beyond_chance for pair in gaps]
    return signs[0], signs[1], beyond[0], beyond[1]


def _same_ways(shown: _Ways, true: _Ways | None) -> bool:
    return true is not None and shown == true


def _gap(found: SummaryMeasure, *, logs: bool) -> Gap | None:
    """Return a measure as a gap around 0: the logarithm of a ratio."""
    numbers = (found.value, found.lower, found.upper)
    if found.value is None or (logs and found.value <= 0):
        return None
    if logs:
        numbers = tuple(None if number is None or number <= 0 else math.log(number) for number in numbers)
    value, lower, upper = numbers
    whole = lower is not None and upper is not None
    return Gap(value, lower if whole else None, upper if whole else None, 0, found.method, found.confidence)
