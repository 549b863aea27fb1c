"""Whether a gap became narrower: its size at two times, and the change with limits and a test of its own.

Formula: the limits of the change are put together from those of both gaps, which are of different people (Zou and Donner 2008). That one gap is wider than chance
and the other is not does not show that it changed; only these limits do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.judging import CLOSE, TrueCounts, rounding_of
from amhe_tui.analysis.gaps.reading import Reading, reading_of

METHOD = "gap.change@1"


def change_of(earlier: Gap, later: Gap) -> Gap:
    """Return the later difference less the earlier one with its limits; no limits where one of them has none."""
    if earlier.value is None or later.value is None:
        return Gap(None, None, None, 0, METHOD, later.confidence, earlier.reason or later.reason)
    apart, lower, upper = later.value - earlier.value, None, None
    if earlier.lower is not None and earlier.upper is not None and later.lower is not None and later.upper is not None:
        lower = apart - math.hypot(later.value - later.lower, earlier.upper - earlier.value)
        upper = apart + math.hypot(later.upper - later.value, earlier.value - earlier.lower)
    return Gap(apart, lower, upper, 0, METHOD, later.confidence)


@dataclass(frozen=True, slots=True)
class Change:
    """A gap at two times.

    Attributes:
        group, compared_with: Whose gap it is.
        since, until: The two periods.
        earlier, later: The two differences, in the unit of the indicator; None where rounded counts cannot carry them.
        change: The later less the earlier one.
        words: What became of it, in a sentence.
    """

    group: str
    compared_with: str
    since: str
    until: str
    earlier: Gap | None
    later: Gap | None
    change: Gap | None
    words: str

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        numbers = {
            name: None if gap is None else {"value": gap.value, "lower": gap.lower, "upper": gap.upper}
            for name, gap in (("earlier", self.earlier), ("later", self.later), ("change", self.change))
        }
        return {
            "group": self.group,
            "compared_with": self.compared_with,
            "since": self.since,
            "until": self.until,
            **numbers,
            "beyond_chance": None if self.change is None else self.change.beyond_chance,
            "words": self.words,
        }


def change_between(
    earlier: Breakdown, later: Breakdown, *, group: str, compared_with: str, level: str = ""
) -> Change | None:
    """Return what became of a group's gap between two breakdowns of one indicator, or None where it has none in one of them."""
    readings = [_reading(each, group, compared_with, level) for each in (earlier, later)]
    first, last = readings
    if first is None or last is None:
        return None
    gaps = first.difference, last.difference
    about = last.group, last.compared_with, earlier.period, later.period
    if None in gaps or not _holds(earlier, later, gaps, group, compared_with, level):
        rounded = rounding_of(later) > 1 or rounding_of(earlier) > 1
        why = "the counts are rounded, and too few" if rounded else "there are no counts behind the figures"
        words = f"Whether this gap became narrower since {earlier.period} cannot be told: {why}."
        return Change(*about, None, None, None, words)
    before, after = (gap for gap in gaps if gap is not None)
    change = change_of(before, after)
    return Change(*about, before, after, change, _words(earlier, before, after, change))


def _reading(breakdown: Breakdown, group: str, compared_with: str, level: str) -> Reading | None:
    found = reading_of(breakdown, group=group, compared_with=compared_with, level=level)
    return found if found.group.casefold() == group.casefold() else None


def _holds(
    earlier: Breakdown,
    later: Breakdown,
    gaps: tuple[Gap | None, Gap | None],
    group: str,
    compared_with: str,
    level: str,
) -> bool:
    """Tell whether the true counts bear out the change of rounded ones: its direction, its size, and what its limits say."""
    if max(rounding_of(earlier), rounding_of(later)) <= 1:
        return True
    true: list[Gap] = []
    for each in (earlier, later):
        figures = each.judge.figures if isinstance(each.judge, TrueCounts) else None
        found = None if figures is None else _reading(figures, group, compared_with, level)
        if found is None or found.difference is None:
            return False
        true.append(found.difference)
    shown = change_of(*(gap for gap in gaps if gap is not None))
    judge = change_of(*true)
    if shown.value is None or not judge.value or shown.beyond_chance != judge.beyond_chance:
        return False
    narrower = [abs(after) < abs(before) for before, after in (_values(gaps), _values((true[0], true[1])))]
    return narrower[0] == narrower[1] and 1 / CLOSE <= shown.value / judge.value <= CLOSE


def _values(gaps: tuple[Gap | None, Gap | None]) -> tuple[float, float]:
    first, last = (0.0 if gap is None else gap.value or 0.0 for gap in gaps)
    return first, last


def _words(breakdown: Breakdown, before: Gap, after: Gap, change: Gap) -> str:
    unit = " percentage points" if breakdown.statistic == "percentage" else ""
    first, last = _values((before, after))
    sizes = [_shown(abs(number)) for number in (first, last)]
    if first * last < 0:
        became = f"turned round, from {sizes[0]}{unit} one way to {sizes[1]} the other"
    elif sizes[0] == sizes[1]:
        became = f"stayed at {sizes[0]}{unit}"
    else:
        way = "narrower" if abs(last) < abs(first) else "wider"
        became = f"became {way} by {abs(sizes[0] - sizes[1])}{unit}, from {sizes[0]} to {sizes[1]}"
    limits = (
        ""
        if change.lower is None or change.upper is None
        else f" (95% limits of the change {_shown(change.lower)} to {_shown(change.upper)})"
    )
    chance = {
        True: ", more than chance alone would give",
        False: ", which chance alone could give",
        None: ", and these figures cannot show whether that is more than chance",
    }[change.beyond_chance]
    return f"Since {breakdown.period} this gap {became}{limits}{chance}."


def _shown(number: float) -> Decimal:
    rounded = Decimal(repr(number)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)
