"""How complete what is known of people is: whose group is known, whose is not, and which way that goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, known_groups, sum_of_all
from amhe_tui.method.groups.characteristics import recognise

LITTLE = 0.8
"""Below this share of people with a known group, a gap may come from who was asked."""


LARGE = 0.05
"""From this share of people on, a group called other hides somebody who could be named."""


_SAME = 0.005


@dataclass(frozen=True)
class Completeness:
    """How many people have a known group.

    Attributes:
        known, unknown: People; None where it cannot be told.
        share: The known of all, from 0 to 1.
        why_not: Where there is no share, why.
    """

    known: float | None = None
    unknown: float | None = None
    share: float | None = None
    why_not: str = ""


def completeness_of(breakdown: Breakdown, *, several: bool = False) -> Completeness:
    """Return how many people of a breakdown by counts have a known group: known / (known + unknown); all of them where the groups add up to the total.

    Args:
        breakdown: The figures, as they are or as an audience may see them.
        several: Whether several groups can hold for one person, so that only the total tells how many people there are.
    """
    unknown_rows = [row for row in breakdown.rows if row.stands_for_unknown]
    if not unknown_rows:
        if not several and breakdown.completeness == 1:  # the groups add up to the total
            return Completeness(_people_in(known_groups(breakdown.rows)), None, 1.0)
        return Completeness(why_not="nobody is counted as not known")
    unknown = _people_in(unknown_rows)
    if unknown is None:
        return Completeness(why_not="the number not known is hidden")
    total = next((row.value for row in breakdown.rows if row.level == "total"), None)
    known = None if several else _people_in(known_groups(breakdown.rows))
    if known is None and total is not None:
        known = max(0.0, total - unknown)
    if known is None:
        return Completeness(None, unknown, None, "figures of some groups are hidden, and there is no total")
    return Completeness(known, unknown, known / (known + unknown) if known + unknown else None)


def combined_groups(breakdown: Breakdown, rows: Sequence[BreakdownRow]) -> list[tuple[str, float]]:
    """Return the rows that combine groups of people as others, each with its share of those whose group is known; only shares of at least 5 %."""
    size = _people_in(known_groups(breakdown.rows))
    characteristic = recognise(breakdown.characteristic)
    # The other fifths, and other ages, hide nobody.
    if not size or (characteristic is not None and characteristic.ordered):
        return []
    return [
        (row.group, row.value / size)
        for row in rows
        if row.value is not None and row.value / size >= LARGE and is_combined(row.group)
    ]


def is_combined(label: str) -> bool:
    """Tell whether a label combines whoever has no label of their own."""
    lowered = label.casefold().lstrip("0123456789x ")
    return lowered.startswith(("other", "any other", "all other")) or ": other" in lowered or ": any other" in lowered


def percent(share: float) -> str:
    """Return a share in per cent, whole but where it would look as if it were none, all, or not too low."""
    if 0 < share < 0.001 or 0.999 < share < 1:
        return "under 0.1" if share < LITTLE else "over 99.9"
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{100 * share:.1f}"
    whole = f"{100 * share:.0f}"
    return f"{100 * share:.1f}" if share < LITTLE and float(whole) >= 100 * LITTLE else whole


def direction(now: float | None, before: float | None) -> str:
    """Return "better", "worse" or "same" for two shares of people whose group is known; "" where one is not there."""
    if now is None or before is None:
        return ""
    if abs(now - before) < _SAME:
        return "same"
    return "better" if now > before else "worse"


def _people_in(rows: Sequence[BreakdownRow]) -> float | None:
    """Return how many people some rows count; None where a figure is hidden, and where there are no rows: nothing counted is not nobody."""
    return sum_of_all([row.value for row in rows]) if rows else None
