"""The door of groups that cross characteristics: which there are, and what each of them shows, as an audience may see it.

Everything is worked out from what that audience may see: a crossing that is hidden takes no part in the model, so nothing that is printed depends on it. The true
counts of those that are shown only decide whether the words hold that are said of the rounded ones.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations

from amhe_tui.analysis.breakdown import SHARES, BreakdownRow, known_groups
from amhe_tui.analysis.disclosure.breakdown import NO_COUNTS, Disclosed, Policy
from amhe_tui.analysis.disclosure.order import Pair, figure_of_counts, in_order, is_range
from amhe_tui.analysis.disclosure.relations import slices_in
from amhe_tui.analysis.gaps.intersections import Multilevel, Smoothed, Stratum, bears_out, furthest, multilevel
from amhe_tui.analysis.gaps.intersections import part_words as part_in_words
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.errors import AmheError
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.text import first_of
from store.evidence.datasets import VISIBLE
from store.workspace import Workspace

HOW_TO_GET_ONE = "Bring in a table with two label columns, such as Sex and Ethnic group, and the number of people beside each figure."


@dataclass(frozen=True)
class Crossed:
    """Characteristics that an indicator is there by at once.

    Attributes:
        names: Which, the one that is broken down within the others last.
        withins: The groups of the others, as the file names them, such as ``Sex: Female; Age group: 16 to 34``.
    """

    names: tuple[str, ...]
    withins: tuple[str, ...]


@dataclass(frozen=True)
class CrossedRow:
    """One crossing, in the unit of the indicator.

    Attributes:
        groups: Its group of each characteristic.
        value, lower, upper: As counted, with 95 % limits; None where it is hidden or empty, and then everything else is.
        count, people: The counts behind that.
        smoothed, smoothed_lower, smoothed_upper: Drawn towards what the characteristics add up to, with 95 % limits.
        expected: What they add up to.
        beyond_sum: 1 where it lies above that by more than chance, −1 below, 0 where nobody can tell.
        status: ``ok``, or why there is nothing.
    """

    groups: tuple[str, ...]
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    count: float | None = None
    people: float | None = None
    smoothed: float | None = None
    smoothed_lower: float | None = None
    smoothed_upper: float | None = None
    expected: float | None = None
    beyond_sum: int = 0
    status: str = "ok"

    @property
    def label(self) -> str:
        """Its groups in a line."""
        return ", ".join(self.groups)


@dataclass(frozen=True)
class Crossing:
    """All crossings of some characteristics, as an audience may see them.

    Attributes:
        part: One of the breakdowns it is made of, for what they share: indicator, place, period, rules.
        names: The characteristics.
        rows: The crossings.
        vpc, pcv: From 0 to 1, as `Multilevel` has them; None where the figures cannot carry them.
        method: The id of the method.
        words: What it shows, in sentences.
        note: What was done to the figures for their audience.
    """

    part: Disclosed
    names: tuple[str, ...]
    rows: tuple[CrossedRow, ...]
    vpc: float | None
    pcv: float | None
    method: str
    words: str
    note: str

    @property
    def title(self) -> str:
        """What is drawn, and by which signs."""
        about = ", ".join(filter(None, (self.part.indicator, self.part.area, self.part.period)))
        return f"Smoothed ●, as counted ×: {about}"

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {
            "indicator": self.part.indicator_id,
            "characteristics": list(self.names),
            "area": self.part.area,
            "period": self.part.period,
            "vpc": self.vpc,
            "pcv": self.pcv,
            "method": self.method,
            "words": self.words,
            "rows": [asdict(row) for row in self.rows],
        }


def crossings_of(workspace: Workspace, indicator: str) -> list[Crossed]:
    """Return every set of characteristics that an indicator is there by at once, the smallest sets first."""

    def read(raw: sqlite3.Connection) -> list[Crossed]:
        levels: dict[tuple[str, str], str] = {
            (str(name), str(label)): str(level)
            for name, label, level in raw.execute(
                "SELECT characteristic, label, level FROM category WHERE within = '' ORDER BY level = 'broad'"
            )
        }
        rows = raw.execute(
            "SELECT DISTINCT c.characteristic, c.within FROM quantity q JOIN covered_category v ON v.quantity = q.key JOIN category c ON c.key = v.category"
            f" WHERE q.id = ? AND v.dataset IN ({VISIBLE}) AND c.within <> '' AND c.level IN ('broad', 'detailed') ORDER BY c.key",
            (indicator,),
        )
        found: dict[tuple[str, ...], dict[tuple[str, ...], str]] = {}
        for characteristic, within in rows:
            parts = list(_parts(str(within)))
            if any(is_unknown(label) or levels.get((name, label)) in ("total", "unknown") for name, label in parts):
                continue
            names = (*(name for name, _ in parts), str(characteristic))
            found.setdefault(names, {})[tuple(label for _, label in parts)] = str(within)
        crossed = [Crossed(names, _of_one_level(names, withins, levels)) for names, withins in found.items()]
        return sorted(crossed, key=lambda each: len(each.names))

    return workspace.remembered(f"crossings of {indicator}", read)


def _parts(within: str) -> Iterator[tuple[str, str]]:
    """Yield characteristic and group of every part of a slice."""
    for piece in slices_in(within):
        name, _, label = piece.partition(": ")
        yield name, label


def _of_one_level(
    names: tuple[str, ...], withins: Mapping[tuple[str, ...], str], levels: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Return slices in order, without groups that stand below a broad one that is there as well: nobody may count twice."""
    kept = dict(withins)
    for place, name in enumerate(names[:-1]):
        if any(levels.get((name, labels[place])) == "broad" for labels in kept):
            kept = {
                labels: within for labels, within in kept.items() if levels.get((name, labels[place])) != "detailed"
            }
    ranks = [
        {label: rank for rank, label in enumerate(in_fixed_order(name, [labels[place] for labels in kept]))}
        for place, name in enumerate(names[:-1])
    ]
    order = sorted(kept, key=lambda labels: [rank[label] for rank, label in zip(ranks, labels, strict=True)])
    return tuple(kept[labels] for labels in order)


def chosen(crossings: Sequence[Crossed], by: str, across: Sequence[str] = ()) -> Crossed:
    """Return the crossing of a characteristic with others; without others asked for, the smallest there is.

    Raises:
        AmheError: There is none.
    """
    wanted = {name.casefold() for name in (by, *across)}
    fits = [each for each in crossings if wanted <= {name.casefold() for name in each.names}]
    exact = [each for each in fits if len(each.names) == len(wanted)]
    if exact or fits:
        return (exact or fits)[0]
    if not crossings:
        raise AmheError(
            "No crossed figures", "These figures are not broken down by two characteristics at once.", HOW_TO_GET_ONE
        )
    named = first_of([" and ".join(each.names) for each in crossings], 5, width=60)
    raise AmheError(
        "No such crossing",
        f"These figures are not broken down by {_listed((by, *across))} at once.",
        f"There is: {named}.",
    )


def disclosed_crossing(
    workspace: Workspace,
    indicator: str,
    by: str,
    policy: Policy,
    *,
    across: Sequence[str] = (),
    area: str | None = None,
    period: str | None = None,
    level: str = "",
) -> Crossing:
    """Return what groups that cross two or more characteristics show, as an audience may see it.

    Args:
        workspace: The open programme.
        indicator: The id of an indicator.
        by: One of the characteristics.
        policy: For whom, and by which rules.
        across: The others; without them, whatever it is crossed with.
        area: A place, as for `amhe_tui.programme.breakdowns.breakdown`.
        period: A period; without it the newest.
        level: Broad or detailed groups of the characteristic that is broken down within the others.

    Raises:
        AmheError: It is not in the file, or the figures cannot be shown so.
    """
    crossed = chosen(crossings_of(workspace, indicator), by, across)
    parts: list[tuple[tuple[str, ...], Disclosed]] = []
    missing: AmheError | None = None
    for within in crossed.withins:
        labels = tuple(label for _, label in _parts(within))
        try:
            part = disclosed_breakdown(
                workspace, indicator, crossed.names[-1], policy, area=area, period=period, within=within
            )
        except AmheError as error:
            missing = error  # this place may have nothing of that slice
            continue
        parts.append((labels, part))
    if not parts:
        raise missing or AmheError("No crossed figures", "There is nothing to cross here.", HOW_TO_GET_ONE)
    _refuse_what_cannot_be_smoothed(parts[0][1])
    there = level if any(row.level == level for _, part in parts for row in part.rows) else ""
    cells = _in_true_order([(labels, part, row) for labels, part in parts for row in known_groups(part.rows, there)])
    # What is given as a range takes part in the model with its rounded counts, and loses them before anybody sees it.
    rows = tuple(
        _as_counted((*labels, row.group), replace(row, value=figure_of_counts(row, own.scale)))
        for labels, own, row in cells
    )
    part = parts[0][1]
    found = _modelled(part, rows)
    rounded = any(each.judge is not None and each.judge.rounding > 1 for _, each in parts)
    true = _judged(cells, rows) if rounded else found
    holds = true is not None and bears_out(found, true)
    judges = found.strata if true is None else true.strata
    smoothed = tuple(
        _beside(row, one, other, part.scale) for row, one, other in zip(rows, found.strata, judges, strict=True)
    )
    if rounded:
        smoothed = _smoothed_in_true_order(smoothed, judges if true is not None else None)
    smoothed = tuple(_as_range(row, cell.status) for row, (*_, cell) in zip(smoothed, cells, strict=True))
    return Crossing(
        part,
        crossed.names,
        smoothed,
        found.vpc if holds else None,
        found.pcv if holds and found.differ else None,
        found.method,
        _words(part, crossed.names, smoothed, found, holds),
        _note([each for _, each in parts]),
    )


def _refuse_what_cannot_be_smoothed(part: Disclosed) -> None:
    if part.kind == "count":
        raise AmheError(
            "Bare counts",
            "Bare counts say how many, and not how likely it is for a group.",
            "Choose a share or a rate.",
        )
    if part.kind == "mean":
        raise AmheError(
            "Neither shares nor rates",
            "These figures are averages, or nobody can tell what they are, so crossings of few people cannot be told from crossings of many.",
            "Choose a share or a rate.",
        )


def _as_range(row: CrossedRow, status: str) -> CrossedRow:
    """Return a crossing without its figure and counts where it is given as a range."""
    if not is_range(status):
        return row
    return replace(row, value=None, lower=None, upper=None, count=None, people=None, status=status)


def _as_counted(groups: tuple[str, ...], row: BreakdownRow) -> CrossedRow:
    if row.value is None:
        return CrossedRow(groups, status=row.status if row.status != "ok" else "no figure")
    if row.numerator is None or row.denominator is None:
        return CrossedRow(groups, status=NO_COUNTS.removeprefix("hidden: "))
    if row.denominator <= 0:
        return CrossedRow(groups, status="nobody is counted")
    return CrossedRow(groups, row.value, row.lower, row.upper, row.numerator, row.denominator)


def _modelled(part: Disclosed, rows: Sequence[CrossedRow]) -> Multilevel:
    strata = _strata(rows)
    if not strata and any("no counts" in row.status for row in rows):
        raise AmheError(
            "No counts behind them",
            "These figures come without the counts behind them, so crossings of few people cannot be told from crossings of many.",
            "Bring in a file that has the number of people beside each figure.",
        )
    try:
        found = multilevel(strata, "share" if part.kind == "share" else "rate")
    except ValueError as error:
        raise AmheError(
            "Cannot be smoothed",
            str(error) if part.policy.raw else f"As the {part.policy.audience} may see these figures: {error}",
            "Choose broader groups, a longer period or a larger place.",
        ) from error
    return replace(found, strata=tuple(_for_rows(rows, found.strata)))


def _strata(rows: Sequence[CrossedRow]) -> list[Stratum]:
    return [
        Stratum(row.groups, row.count, row.people) for row in rows if row.count is not None and row.people is not None
    ]


def _for_rows(rows: Sequence[CrossedRow], strata: Sequence[Smoothed | None]) -> list[Smoothed | None]:
    """Return what was found of strata beside the rows they are of; None for those that took no part."""
    given = iter(strata)
    return [next(given) if row.people is not None else None for row in rows]


_Cell = tuple[tuple[str, ...], Disclosed, BreakdownRow]


def _true_row(part: Disclosed, shown: BreakdownRow) -> BreakdownRow | None:
    """Return a row as the file has it."""
    figures = part.judge.figures if isinstance(part.judge, TrueCounts) else part
    return next((each for each in figures.rows if (each.group, each.level) == (shown.group, shown.level)), None)


def _in_true_order(cells: Sequence[_Cell]) -> list[_Cell]:
    """Return crossings without an order among them that the true counts deny: each slice is judged alone, and they stand beside each other here."""
    part = cells[0][1] if cells else None
    if part is None or part.policy.raw:
        return list(cells)
    pairs = [Pair(row, _true_row(own, row) or row) for _, own, row in cells]
    rows = in_order(pairs, part.scale, part.policy.rounding, share=part.statistic in SHARES)
    return [(labels, own, row) for (labels, own, _), row in zip(cells, rows, strict=True)]


def _judged(cells: Sequence[_Cell], rows: Sequence[CrossedRow]) -> Multilevel | None:
    """Return what the true counts say of the crossings that are shown, one entry a row; None where they cannot say anything."""
    true: list[CrossedRow] = []
    for row, (_, part, shown) in zip(rows, cells, strict=True):
        own = _true_row(part, shown)
        counts = (None, None) if own is None or row.people is None else (own.numerator, own.denominator)
        true.append(replace(row, count=counts[0], people=counts[1]))
    if any((one.people is None) != (other.people is None) for one, other in zip(true, rows, strict=True)):
        return None
    try:
        found = multilevel(_strata(true), "share" if cells[0][1].kind == "share" else "rate")
    except ValueError:
        return None
    return replace(found, strata=tuple(_for_rows(true, found.strata)))


def _beside(row: CrossedRow, found: Smoothed | None, true: Smoothed | None, scale: float) -> CrossedRow:
    """Return a row with its smoothed figure; a direction only where the true counts have the same."""
    if found is None:
        return row
    numbers = (_written(scale * number, scale) for number in (found.value, found.lower, found.upper, found.expected))
    value, lower, upper, expected = numbers
    beyond = found.beyond if true is None or true.beyond == found.beyond else 0
    return replace(
        row,
        smoothed=value,
        smoothed_lower=min(lower, value),
        smoothed_upper=max(upper, value),
        expected=expected,
        beyond_sum=beyond,
    )


def _smoothed_in_true_order(
    rows: Sequence[CrossedRow], true: Sequence[Smoothed | None] | None
) -> tuple[CrossedRow, ...]:
    """Return rows in which no two smoothed figures stand in an order that those of the true counts deny: as few as are needed lose theirs, those of few people first."""
    if true is None:
        return tuple(map(_without_smoothed, rows))
    able: dict[int, tuple[float, float]] = {
        place: (row.smoothed, own.value)
        for place, (row, own) in enumerate(zip(rows, true, strict=True))
        if row.smoothed is not None and own is not None
    }
    denied: list[tuple[int, int]] = [
        (one, other)
        for (one, mine), (other, its) in combinations(able.items(), 2)
        if mine[0] != its[0] and (mine[0] - its[0]) * (mine[1] - its[1]) <= 0
    ]
    lost: set[int] = set()
    while denied:
        often = Counter(place for pair in denied for place in pair)
        lost.add(min(often, key=lambda place: (-often[place], rows[place].people or 0, place)))
        denied = [(one, other) for one, other in denied if one not in lost and other not in lost]
    return tuple(_without_smoothed(row) if place in lost else row for place, row in enumerate(rows))


def _without_smoothed(row: CrossedRow) -> CrossedRow:
    return replace(row, smoothed=None, smoothed_lower=None, smoothed_upper=None, expected=None, beyond_sum=0)


def _written(number: float, scale: float) -> float:
    """Return a figure with as many places as a reader can use: one, and more where it would vanish."""
    if scale == 1:
        return round(number, 3)
    return round(number, 1) if number >= 1 or scale == 100 else float(f"{number:.2g}")


# --- in words ----------------------------------------------------------------------------------------------------------------------------------------


def _words(part: Disclosed, names: Sequence[str], rows: Sequence[CrossedRow], found: Multilevel, holds: bool) -> str:
    unit = "%" if part.statistic == "percentage" else ""
    counted, smoothed = (
        [number for row in rows if (number := getattr(row, name)) is not None] for name in ("value", "smoothed")
    )
    sentences = [
        "; ".join(
            f"{how}{_number(min(numbers))} to {_number(max(numbers))}{unit}"
            for how, numbers in (
                (f"As counted, the {len(counted)} crossings of {_listed(names)} run from ", counted),
                ("smoothed, so that few people are not noise, from ", smoothed),
            )
            if numbers
        )
        + "."
    ]
    unsmoothed = sum(row.people is not None and row.smoothed is None for row in rows)
    if unsmoothed and smoothed:
        sentences.append(
            f"{unsmoothed} {'has' if unsmoothed == 1 else 'have'} no smoothed figure: rounded, it would stand in the wrong order."
        )
    ranges = sum(is_range(row.status) for row in rows)
    if ranges:
        sentences.append(
            f"{ranges} more {'is' if ranges == 1 else 'are'} given as a range, as rounding would put them in the wrong order."
        )
    left_out = len(rows) - len(counted) - ranges
    if left_out:
        sentences.append(
            f"{left_out} more {'has' if left_out == 1 else 'have'} no figure that may be seen, and took no part."
        )
    if not holds:
        sentences.append("The counts are rounded, and too few to say how much of the difference adds up.")
    elif not found.differ:
        sentences.append("They differ no more than chance alone would give.")
    else:
        sentences += _of_the_difference(names, rows, found, unit)
        share = 100 * found.vpc
        amount = "Less than 1" if share < 1 else f"{share:.0f}"
        sentences.append(
            f"{amount}% of what sets people apart in this lies between these crossings, the rest within them."
        )
    return " ".join(sentences)


def _of_the_difference(names: Sequence[str], rows: Sequence[CrossedRow], found: Multilevel, unit: str) -> list[str]:
    pcv = found.pcv or 0.0
    added = f"{_listed(names)} added up"
    if not found.more_than_sum:
        if pcv < _TELLS:
            return [f"There are too few crossings, or people, to say how much of the difference follows from {added}."]
        if pcv > _ALL:
            return [f"Their difference follows from {added}; there is no sign of anything beyond that."]
        return [f"{part_in_words(pcv)} follows from {added}; what is left beyond that is no more than chance."]
    place = furthest(found)
    told = ""
    if place is not None:
        row = rows[place]
        told = f", most of all for {row.label}"
        if row.smoothed is not None:
            told += f": {_number(row.smoothed)} where they add up to {_number(row.expected)}{unit}"
    return [f"{part_in_words(pcv)} follows from {added}; what is left beyond that is more than chance{told}."]


_TELLS = 0.4
"""Where nothing beyond the sum is certain and less than this follows from it, neither is."""
_ALL = 0.99


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _note(parts: Sequence[Disclosed]) -> str:
    """Return what was done to the figures of all parts together."""
    return replace(parts[0], hidden=sum(part.hidden for part in parts)).note
