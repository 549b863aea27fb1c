"""A breakdown: one indicator in one place and period, group by group, with limits where there are counts behind it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, Protocol

from amhe_tui.analysis.estimates.intervals import implied_population, proportion, rate
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.method.indicators import KnownIndicator, known_indicator

Level = Literal["broad", "detailed", "total", "unknown"]
Kind = Literal["share", "rate", "mean", "count"]
PER = 100_000
"""For how many people a rate is given where nobody says."""
ROUNDED_TO = 5
"""Published counts below England are rounded to the nearest five."""
RATE_ROUNDING = 0.005
"""A published rate may be rounded by this part of it."""


SHARES: Mapping[str, float] = {"percentage": 100.0, "proportion": 1.0}
"""The statistics that are shares of people, with what stands for all of them."""
_COUNTS = ("count", "numerator", "denominator", "value", "number", "")
_Z = 1.959963984540054
"""The limits of a breakdown's rows are 95 % limits."""


def rounded_to_five(top: float, bottom: float) -> float:
    """Return how far one count's share of another can be from the true one, where both were rounded to multiples of five."""
    return 2.5 / bottom * (1 + top / bottom)


def kind_of(statistic: str) -> Kind:
    """Return what a statistic is: a share of people, a rate, a bare count, or some average."""
    if statistic in SHARES:
        return "share"
    if statistic in _COUNTS:
        return "count"
    return "rate" if re.search(r"\brate\b", statistic.casefold().replace("_", " ")) else "mean"


def scale_of(statistic: str, per: int) -> float:
    """Return what a share or a rate is out of: 100 for a percentage, 1 for a proportion, and for a rate how many people it is given for, 0 being unsaid."""
    return SHARES.get(statistic) or float(per or PER)


def bounds_of(statistic: str) -> tuple[float, float]:
    """Return between which figures a statistic can be: a share is 0 to all, a rate not below 0, an average anything."""
    kind = kind_of(statistic)
    return -math.inf if kind == "mean" else 0.0, SHARES.get(statistic, math.inf)


HUGE = 1e12
"""No figure about people is larger: a thousand times the pounds, or the people, there are."""


TOO_LARGE = "too large to be right"
"""Why a figure beyond that is not taken."""


def is_possible(value: float, statistic: str) -> bool:
    """Tell whether a figure can be one of its statistic: a share above 100 % or a rate below 0 is a mistake in the file."""
    low, high = bounds_of(statistic)
    return math.isfinite(value) and low <= value <= high and abs(value) <= HUGE


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the true counts say of a gap whose figures are shown rounded.

    Attributes:
        direction: 1 where the group is truly above its comparison, −1 below, 0 level with it, None where nobody can tell.
        beyond: Whether the true gap is wider than chance, None without counts to judge by.
        differences: The true difference in the unit of the figures, and that with those who are not shown; what is printed may not differ from them by much.
        ratios: How many times the comparison's figure the true one is, in the same way.
    """

    direction: int | None
    beyond: bool | None
    differences: tuple[float, ...] = ()
    ratios: tuple[float | None, ...] = ()


class Judging(Protocol):
    """Judges gaps by true counts that are not shown."""

    @property
    def rounding(self) -> int:
        """To multiples of what the counts that are shown were rounded."""
        ...

    def verdict(self, group: str, level: str, compared_with: str, among: frozenset[str] | None) -> Verdict:
        """Return what the true counts say of a group against its comparison; ``among`` are the others whose figures are shown."""
        ...


@dataclass(frozen=True)
class BreakdownRow:
    """One group.

    Attributes:
        group: Its label, as published.
        level: Broad group, detailed group, the total of the place, or people whose group is not known.
        value: The published figure, in the unit of the statistic.
        status: ``ok``, or why there is no figure, such as ``suppressed``.
        numerator, denominator: The counts behind it, where the file holds them and they give the published figure.
        lower, upper: 95 % confidence limits, in the unit of the value: from those counts (a share by Wilson 1927, a rate by Byar or exact), else as published.
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

    @property
    def stands_for_unknown(self) -> bool:
        """Whether it counts people whose group is not known, whatever level the file put it on, and no other row adds it up."""
        return (self.level == "unknown" or is_unknown(self.group)) and not self.is_part_of_unknown

    @property
    def is_part_of_unknown(self) -> bool:
        """Whether another row that counts people whose group is not known adds it up already, as Unknown does Not stated."""
        return self.level == "detailed" and is_unknown(self.parent or "")

    @property
    def standard_error(self) -> float | None:
        """The standard error its limits stand for, which unlike that of the bare count is above 0 at 0 and 100 %; None without limits."""
        return None if self.lower is None or self.upper is None else (self.upper - self.lower) / (2 * _Z)


def known_groups(
    rows: Iterable[BreakdownRow], level: str = "", *, usable: Callable[[BreakdownRow], bool] = lambda _: True
) -> tuple[BreakdownRow, ...]:
    """Return the groups of one level that stand beside each other, never the total or those whose group is not known.

    Args:
        rows: All rows of a breakdown.
        level: Which level; where none is asked for, the broad groups if there are any, else the detailed ones.
        usable: Which rows will do at all, such as those with a figure; others are left out before the level is chosen.
    """
    known = [
        row
        for row in rows
        if row.level in ("broad", "detailed") and not (row.stands_for_unknown or row.is_part_of_unknown) and usable(row)
    ]
    wanted = level or ("broad" if any(row.level == "broad" for row in known) else "detailed")
    return tuple(row for row in known if row.level == wanted)


@dataclass(frozen=True)
class Breakdown:
    """One indicator by one characteristic, in one area and period.

    Attributes:
        completeness: The share of people whose group is known, from 0 to 1.
        within: The group of another characteristic that everybody counted here belongs to, such as ``Sex: Females``; "" is everybody.
        meaning: What the file or a person says of the indicator; None for what is known of its id.
        notes: What to print under every number, such as labels that were joined.
        place: The key of the place in the file, by which its counts are found among all others; 0 where the figures were worked out here.
        by_age: The same within each age, where the file has that; () where it does not, None where nobody has looked or it makes no sense.
        judge: Where the figures are rounded for an audience, what judges their gaps by the true counts.
    """

    indicator_id: str
    indicator: str
    statistic: str
    characteristic: str
    area: str
    period: str
    completeness: float | None
    rows: tuple[BreakdownRow, ...]
    within: str = field(default="", kw_only=True)
    meaning: KnownIndicator | None = field(default=None, kw_only=True)
    notes: tuple[str, ...] = field(default=(), kw_only=True)
    place: int = field(default=0, kw_only=True)
    by_age: tuple[Breakdown, ...] | None = field(default=None, kw_only=True, repr=False, compare=False)
    judge: Judging | None = field(default=None, kw_only=True, repr=False, compare=False)

    @property
    def known(self) -> KnownIndicator:
        """What the indicator means."""
        return self.meaning or known_indicator(self.indicator_id)

    @property
    def kind(self) -> Kind:
        """Whether its figures are shares of people, rates, averages or bare counts."""
        return kind_of(self.statistic)

    @property
    def scale(self) -> float:
        """What its shares or rates are out of, such as 100 for percentages."""
        return scale_of(self.statistic, self.known.per)

    def to_json(self) -> dict[str, object]:
        """Return the breakdown as the command line prints it."""
        names = ("indicator", "characteristic", "area", "period", "completeness")
        fields: dict[str, object] = {name: getattr(self, name) for name in names}
        fields["indicator"] = self.indicator_id
        fields |= {name: getattr(self, name) for name in ("within", "notes") if getattr(self, name)}
        fields["rows"] = [{name: value for name, value in asdict(row).items() if name != "parent"} for row in self.rows]
        return fields


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
        if not numerator:
            return None, None
        if not plus:
            return value(numerator, key), None
        added, taken = (sum_of_all([value(quantity, key) for quantity in names]) for names in (plus, minus))
        return value(numerator, key), None if added is None or taken is None else added - taken

    return find


def implied_counts(cells: Mapping[str, Cells], quantity: str, scale: float, denominator: str) -> Counts:
    """Return a function that gives how many of a group a share stands for, to the nearest person, and out of how many."""

    def find(key: tuple[str, str, str]) -> tuple[float | None, float | None]:
        share, asked = (cells.get(identity, {}).get(key) for identity in (quantity, denominator))
        if share is None or asked is None or share.value is None or asked.value is None:
            return None, None
        return float(round(share.value / scale * asked.value)), asked.value

    return find


def pairs_from(cells: Mapping[str, Cells], first: str, second: str) -> Counts:
    """Return a function that gives two quantities of a group, such as its published limits."""

    def find(key: tuple[str, str, str]) -> tuple[float | None, float | None]:
        pair = [cells.get(quantity, {}).get(key) for quantity in (first, second)]
        lower, upper = (None if cell is None else cell.value for cell in pair)
        return lower, upper

    return find


def agrees(value: float, numerator: float, denominator: float) -> bool:
    """Tell whether two counts can be those behind a published percentage: both may be rounded to five, and the percentage to a whole."""
    if not 0 <= numerator <= denominator or denominator <= 0:
        return False
    half = ROUNDED_TO / 2
    low = 100 * max(numerator - half, 0) / (denominator + half)
    high = 100 * (numerator + half) / max(denominator - half, half)
    return low - 0.5 <= value <= high + 0.5


def rate_agrees(value: float, numerator: float, denominator: float, per: float) -> bool:
    """Tell whether two counts, which may be rounded to five, can be those behind a published crude rate; a standardised rate has others."""
    if numerator < 0 or denominator <= 0:
        return False
    half = ROUNDED_TO / 2
    low = per * max(numerator - half, 0) / (denominator + half)
    high = per * (numerator + half) / max(denominator - half, half)
    return low * (1 - RATE_ROUNDING) - 0.5 <= value <= high * (1 + RATE_ROUNDING) + 0.5


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
    limits: Counts = lambda _: (None, None),
    within: str = "",
    meaning: KnownIndicator | None = None,
    notes: Sequence[str] = (),
    place: int = 0,
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
        counts: Gives the numerator and denominator of a group; for a rate the denominator may be None, as its figure implies it.
        order: Puts labels in the fixed order of their code list.
        limits: Gives the published limits of a group, used where there are no counts.
        within: The group of another characteristic that it is about.
        meaning: What the indicator means.
        notes: What to print under every number.
        place: The key of the place in the file.
    """
    known = meaning or known_indicator(indicator_id)
    rows = [_row(cell, statistic, counts(key), limits(key), known.per) for key, cell in cells.items()]
    ranks = {label: number for number, label in enumerate(order([row.group for row in rows]))}
    levels = ("broad", "detailed", "unknown", "total")
    rows.sort(key=lambda row: (levels.index(row.level) if row.level in levels else 1, ranks.get(row.group, 0)))
    known_share = completeness(rows, statistic)
    return Breakdown(
        indicator_id,
        indicator,
        statistic,
        characteristic,
        area,
        period,
        known_share,
        tuple(rows),
        within=within,
        meaning=known,
        notes=tuple(notes),
        place=place,
    )


_Pair = tuple[float | None, float | None]


def _row(cell: CellLike, statistic: str, counts: _Pair, limits: _Pair, per: int) -> BreakdownRow:
    if cell.value is not None and abs(cell.value) > HUGE:
        return BreakdownRow(cell.group, cell.level, None, TOO_LARGE, None, None, None, None, cell.parent or None)
    numerator, denominator = _counts_behind(cell.value, statistic, counts, per)
    lower, upper = _limits(cell.value, statistic, (numerator, denominator), per) if numerator is not None else limits
    if cell.value is None or lower is None or upper is None:
        lower = upper = None
    else:
        # The published figure is rounded: the limits are those of the counts, and must hold it.
        lower, upper = min(lower, cell.value), max(upper, cell.value)
    return BreakdownRow(
        cell.group, cell.level, cell.value, cell.status, numerator, denominator, lower, upper, cell.parent or None
    )


def _counts_behind(value: float | None, statistic: str, counts: _Pair, per: int) -> _Pair:
    """Return the counts if they are those behind the figure, else nothing."""
    numerator, denominator = counts
    if value is None or numerator is None:
        return None, None
    if kind_of(statistic) == "rate" and per and denominator is None:
        implied = numerator >= 0 and value > 0 and numerator > 0
        return (numerator, implied_population(numerator, value, multiplier=per)) if implied else (None, None)
    if denominator is None:
        return None, None
    if kind_of(statistic) == "rate":
        return (numerator, denominator) if rate_agrees(value, numerator, denominator, per or PER) else (None, None)
    fits = agrees(value * 100 / SHARES[statistic], numerator, denominator) if statistic in SHARES else False
    return (numerator, denominator) if fits else (None, None)


def _limits(value: float | None, statistic: str, counts: _Pair, per: int) -> _Pair:
    if value is None or counts[1] is None:
        return None, None
    estimate = (proportion if statistic in SHARES else rate)(*counts, multiplier=scale_of(statistic, per))
    return estimate.lower, estimate.upper


def completeness(rows: Sequence[BreakdownRow], statistic: str) -> float | None:
    """Return the share of people whose group is known, from 0 to 1, from the denominators or, for counts, the counts themselves.

    It is known / (known + unknown) over the broad groups; where some of them are hidden, (total - unknown) / total. None where it cannot be told: without
    a row for the unknown it is 1 only if the groups add up to the total.
    """

    def size(row: BreakdownRow) -> float | None:
        return row.value if statistic == "count" else row.denominator

    # Not `known_groups`: a group is weighed here by the level the file gave it, whatever its label, so that the parts add up to the total.
    level = "broad" if any(row.level == "broad" for row in rows) else "detailed"
    # Not stated and Not known stand below the Unknown that adds them up, and are no known group of their own.
    counted_rows = [row for row in rows if not row.is_part_of_unknown]
    known, unknown, totals = (
        [size(row) for row in counted_rows if row.level == wanted] for wanted in (level, "unknown", "total")
    )
    counted, missing = sum_of_all(known), sum_of_all(unknown)
    total = totals[0] if totals else None
    if missing is None or not known:
        return None
    if not unknown:
        short = None if counted is None or not total else total - counted
        return 1.0 if short is not None and short <= ROUNDED_TO / 2 * (len(known) + 1) else None
    if counted is not None:
        return counted / (counted + missing) if counted + missing > 0 else None
    return max(0.0, 1 - missing / total) if total else None


def sum_of_all(sizes: Sequence[float | None]) -> float | None:
    """Return the sum, or None where one of them is missing; of none at all it is 0."""
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None
