"""The people behind a gap: how many more, or fewer, of a group would be counted were its figure that of the comparison.

It is the people of the group times the gap, and its limits are those of the gap times the same people, who are taken as given.
"""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.analysis.breakdown import ROUNDED_TO, Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.disclosure.tables import rounded_to
from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.judging import rounding_of
from amhe_tui.analysis.gaps.sentence import Compared

METHOD = "gap.people@1"


@dataclass(frozen=True, slots=True)
class PeopleBehind:
    """How many people (of a rate, events) there would be more, or with ``fewer`` less, with 95 % limits; rounded as the counts they rest on."""

    number: int
    lower: int
    upper: int
    fewer: bool
    method: str = METHOD


def people_behind(
    breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, difference: Gap | None
) -> PeopleBehind | None:
    """Return the people behind a gap that is wider than chance; None where it is not, there are no counts, or not even one of them is sure.

    Args:
        breakdown: What the two rows are of.
        about: The group.
        other: Whom it is compared with.
        difference: The gap as `amhe_tui.analysis.gaps.reading.gap_of` gives it, judged for whoever reads it.
    """
    people = about.denominator
    if difference is None or not difference.beyond_chance or not people or breakdown.kind not in ("share", "rate"):
        return None
    if difference.value is None or difference.lower is None or difference.upper is None:
        return None
    if not (difference.lower > 0 or difference.upper < 0):
        return None
    each = breakdown.scale if breakdown.kind == "rate" else 1.0
    value, lower, upper = (-people * gap / each for gap in (difference.value, difference.upper, difference.lower))
    if about.numerator is not None and other.numerator is not None and other.denominator:
        # The printed figures are rounded; over many people that is more than the counts themselves leave open.
        value = min(max(people * other.numerator / other.denominator - about.numerator, lower), upper)
    base = _rounding(breakdown)
    number, near, far = (rounded_to(abs(figure), base) for figure in (value, lower, upper))
    near, far = min(near, far), max(near, far)
    return PeopleBehind(number, near, far, fewer=value < 0) if near > 0 else None


def _rounding(breakdown: Breakdown) -> int:
    """Return to multiples of what the counts behind some figures are rounded, here or by their publisher."""
    if isinstance(breakdown, Disclosed) and breakdown.published:
        return ROUNDED_TO
    return max(rounding_of(breakdown), 1)


def people_sentence(found: PeopleBehind, *, group: str, compared: Compared, events: str = "") -> str:
    """Return the people behind a gap as a sentence; ``events`` are what a rate counts, "" for a share of people."""
    whom = {
        "everyone else": f"everyone else{' whose figure is known' if compared.partly else ''}",
        "average": f"{compared.name} as a whole",
        "group": f"the group {compared.name}",
    }[compared.kind]
    limits = f"(95% limits {found.lower:,} to {found.upper:,})"
    way = "fewer" if found.fewer else "more"
    if events:
        return f"With the rate of {whom}, there would have been about {found.number:,} {way} {events} in the group {group} {limits}."
    people = "person" if found.number == 1 else "people"
    return f"With the share of {whom}, about {found.number:,} {way} {people} in the group {group} would have had this outcome {limits}."
