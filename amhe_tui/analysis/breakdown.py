"""A breakdown: one indicator in one place and period, group by group, with limits where there are counts behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from amhe_tui.analysis.intervals import proportion

Level = Literal["broad", "detailed", "total", "unknown"]
ROUNDED_TO = 5
"""Published counts below England are rounded to the nearest five."""


@dataclass(frozen=True)
class BreakdownRow:
    """One group.

    Attributes:
        group: Its label, as published.
        level: Broad group, detailed group, the total of the place, or people whose group is not known.
        value: The published figure, in the unit of the statistic.
        status: ``ok``, or why there is no figure, such as ``suppressed``.
        numerator, denominator: The counts behind it, where the file holds them and they give the published figure.
        lower, upper: 95 % confidence limits from those counts (Wilson 1927), in the unit of the value.
        parent: The broad group it is part of.
    """

    group: str
    level: str
    value: float | None
    status: str
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    parent: str | None = None


@dataclass(frozen=True)
class Breakdown:
    """One indicator by one characteristic, in one area and period; ``completeness`` is the share of people whose group is known, from 0 to 1."""

    indicator_id: str
    indicator: str
    statistic: str
    characteristic: str
    area: str
    period: str
    completeness: float | None
    rows: tuple[BreakdownRow, ...]

    def to_json(self) -> dict[str, object]:
        """Return the breakdown as the command line prints it."""
        names = ("indicator", "characteristic", "area", "period", "completeness")
        found: dict[str, object] = {name: getattr(self, name) for name in names}
        found["indicator"] = self.indicator_id
        found["rows"] = [{name: value for name, value in asdict(row).items() if name != "parent"} for row in self.rows]
        return found


class CellLike(Protocol):
    """What is needed of a stored figure."""

    @property
    def group(self) -> str:
        """Its label."""
        ...

    @property
    def level(self) -> str:
        """Broad, detailed, total or unknown."""
        ...

    @property
    def parent(self) -> str:
        """The broad group it is part of."""
        ...

    @property
    def value(self) -> float | None:
        """The published figure."""
        ...

    @property
    def status(self) -> str:
        """Why there is no figure, or ok."""
        ...


Cells = Mapping[tuple[str, str, str], CellLike]
Counts = Callable[[tuple[str, str, str]], tuple[float | None, float | None]]


def counts_from(cells: Mapping[str, Cells], numerator: str, plus: Sequence[str], minus: Sequence[str]) -> Counts:
    """Return a function that gives the numerator and denominator of a group; the denominator is a sum of counts less others."""

    def value(quantity: str, key: tuple[str, str, str]) -> float | None:
        cell = cells.get(quantity, {}).get(key)
        return None if cell is None else cell.value

    def find(key: tuple[str, str, str]) -> tuple[float | None, float | None]:
        if not numerator or not plus:
            return None, None
        added, taken = [value(one, key) for one in plus], [value(one, key) for one in minus]
        if None in added or None in taken:
            return value(numerator, key), None
        return value(numerator, key), sum(one for one in added if one is not None) - sum(
            one for one in taken if one is not None
        )

    return find


def agrees(value: float, numerator: float, denominator: float) -> bool:
    """Tell whether two counts can be those behind a published percentage: both may be rounded to five, and the percentage to a whole."""
    if not 0 <= numerator <= denominator or denominator <= 0:
        return False
    half = ROUNDED_TO / 2
    low = 100 * max(numerator - half, 0) / (denominator + half)
    high = 100 * (numerator + half) / max(denominator - half, half)
    return low - 0.5 <= value <= high + 0.5


def assemble(
    *,
    indicator_id: str,
    indicator: str,
    statistic: str,
    characteristic: str,
    area: str,
    period: str,
    cells: Cells,
    counts: Counts,
    order: Callable[[Sequence[str]], Sequence[str]],
) -> Breakdown:
    """Return the breakdown made of one quantity's cells.

    Args:
        indicator_id: The short id of what was counted.
        indicator: Its name in words.
        statistic: Count, percentage and so on.
        characteristic: By what it is broken down.
        area: Where.
        period: When.
        cells: The figures by (group, level, parent), the total of the place among them.
        counts: Gives the numerator and denominator of a group.
        order: Puts labels in the fixed order of their code list.
    """
    rows = [_row(key, cell, statistic, counts) for key, cell in cells.items()]
    place = {label: number for number, label in enumerate(order([row.group for row in rows]))}
    levels = ("broad", "detailed", "unknown", "total")
    rows.sort(key=lambda row: (levels.index(row.level) if row.level in levels else 1, place.get(row.group, 0)))
    return Breakdown(
        indicator_id, indicator, statistic, characteristic, area, period, completeness(rows, statistic), tuple(rows)
    )


def _row(key: tuple[str, str, str], cell: CellLike, statistic: str, counts: Counts) -> BreakdownRow:
    numerator, denominator = counts(key)
    lower = upper = None
    if (
        statistic == "percentage"
        and cell.value is not None
        and numerator is not None
        and denominator is not None
        and agrees(cell.value, numerator, denominator)
    ):
        estimate = proportion(numerator, denominator, multiplier=100)
        lower, upper = estimate.lower, estimate.upper
        # The published figure is rounded: the limits are those of the counts, and must hold it.
        lower = None if lower is None else min(lower, cell.value)
        upper = None if upper is None else max(upper, cell.value)
    else:
        numerator = denominator = None
    return BreakdownRow(
        cell.group, cell.level, cell.value, cell.status, numerator, denominator, lower, upper, cell.parent or None
    )


def completeness(rows: Sequence[BreakdownRow], statistic: str) -> float | None:
    """Return the share of people whose group is known, from 0 to 1, from the denominators or, for counts, the counts themselves.

    It is known / (known + unknown) over the broad groups; where some of them are hidden, (total - unknown) / total. None where it cannot be told: without
    a row for the unknown it is 1 only if the groups add up to the total.
    """

    def size(row: BreakdownRow) -> float | None:
        return row.value if statistic == "count" else row.denominator

    level = "broad" if any(row.level == "broad" for row in rows) else "detailed"
    known, unknown, totals = (
        [size(row) for row in rows if row.level == wanted] for wanted in (level, "unknown", "total")
    )
    counted, missing = _sum(known), _sum(unknown)
    total = totals[0] if totals else None
    if missing is None or not known:
        return None
    if not unknown:
        short = None if counted is None or not total else total - counted
        return 1.0 if short is not None and short <= ROUNDED_TO / 2 * (len(known) + 1) else None
    if counted is not None:
        return counted / (counted + missing) if counted + missing > 0 else None
    return max(0.0, 1 - missing / total) if total else None


def _sum(sizes: Sequence[float | None]) -> float | None:
    """Return the sum, or None where one of them is missing."""
    there = [one for one in sizes if one is not None]
    return sum(there) if len(there) == len(sizes) else None
