"""How complete what is known of people is: whose group is known, whose is not, and which way that goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.labels import is_unknown

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


def stands_for_unknown(row: BreakdownRow) -> bool:
    """Tell whether a row counts people whose group is not known, whatever level the file put it on."""
    return (row.level == "unknown" or is_unknown(row.group)) and not is_part_of_unknown(row)


def is_part_of_unknown(row: BreakdownRow) -> bool:
    """Tell whether a row is added up already by another that counts people whose group is not known, such as Not stated by Unknown."""
    return row.level == "detailed" and bool(row.parent) and is_unknown(str(row.parent))


def completeness_of(breakdown: Breakdown, *, several: bool = False) -> Completeness:
    """Return how many people of a breakdown by counts have a known group: known / (known + unknown); all of them where the groups add up to the total.

    Args:
        breakdown: The figures, as they are or as an audience may see them.
        several: Whether several groups can hold for one person, so that only the total tells how many people there are.
    """
    unknown_rows = [row for row in breakdown.rows if stands_for_unknown(row)]
    if not unknown_rows:
        if not several and breakdown.completeness == 1:  # the groups add up to the total
            return Completeness(_sum(known_rows(breakdown)), None, 1.0)
        return Completeness(why_not="nobody is counted as not known")
    unknown = _sum(unknown_rows)
    if unknown is None:
        return Completeness(why_not="the number not known is hidden")
    total = next((row.value for row in breakdown.rows if row.level == "total"), None)
    known = None if several else _sum(known_rows(breakdown))
    if known is None and total is not None:
        known = max(0.0, total - unknown)
    if known is None:
        return Completeness(None, unknown, None, "figures of some groups are hidden, and there is no total")
    return Completeness(known, unknown, known / (known + unknown) if known + unknown else None)


def known_rows(breakdown: Breakdown) -> list[BreakdownRow]:
    """Return the rows of one level that are groups of people: the broad ones, or the detailed ones where there are no others."""
    level = (
        "broad" if any(row.level == "broad" and not stands_for_unknown(row) for row in breakdown.rows) else "detailed"
    )
    return [
        row
        for row in breakdown.rows
        if row.level == level and not stands_for_unknown(row) and not is_part_of_unknown(row)
    ]


def combined_groups(breakdown: Breakdown, rows: Sequence[BreakdownRow]) -> list[tuple[str, float]]:
    """Return the rows that combine groups of people as others, each with its share of those whose group is known; only shares of at least 5 %."""
    size = _sum(known_rows(breakdown))
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
    """Return a share in per cent, whole but where a share that is too low would look as if it were not."""
    whole = f"{100 * share:.0f}"
    return f"{100 * share:.1f}" if share < LITTLE and float(whole) >= 100 * LITTLE else whole


def direction(now: float | None, before: float | None) -> str:
    """Return "better", "worse" or "same" for two shares of people whose group is known; "" where one is not there."""
    if now is None or before is None:
        return ""
    if abs(now - before) < _SAME:
        return "same"
    return "better" if now > before else "worse"


def _sum(rows: Sequence[BreakdownRow]) -> float | None:
    values = [row.value for row in rows]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
