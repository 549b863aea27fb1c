"""Who uses a service against who lives in the place: a population of the same place and characteristic found in the file, its groups brought together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, kind_of
from amhe_tui.analysis.estimates.intervals import rate
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import Domain, SourceKind
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.labels import best_scheme, same_group
from amhe_tui.method.groups.mapping import regroup
from amhe_tui.method.indicators import KnownIndicator
from amhe_tui.programme.breakdowns import breakdown, held_of, meanings
from store.evidence.datasets import VISIBLE
from store.evidence.holdings import Cell, IndicatorSummary, areas_of, cells, widest
from store.workspace import Workspace

PER = 1_000
"""For how many people who live in a place the use of a service is given."""


LIVE_THERE = "people who live there"


@dataclass(frozen=True)
class Group:
    """One group: how many of it use the service and how many live in the place; None where it is hidden or missing."""

    label: str
    used: float | None
    lives: float | None


@dataclass(frozen=True)
class AgainstPopulation:
    """A count of a service beside the population of the same place.

    Attributes:
        found: The service's breakdown.
        groups: The groups that both have, in their order.
        unknown: How many people of the service have no known group.
        source, period: Of the population.
        source_id: The data source of the population.
        notes: What was done to bring the groups together, to be printed under every number.
        left_out: Groups of the service that the population does not have.
    """

    found: Breakdown
    groups: tuple[Group, ...]
    unknown: float
    source: str
    period: str
    source_id: str
    notes: tuple[str, ...]
    left_out: tuple[str, ...]

    def rates(self) -> Breakdown:
        """Return the use of the service for every 1,000 people who live there, as a breakdown."""
        why = {row.group: row.status for row in self.found.rows if row.status != "ok"}
        rows = tuple(_rate_row(group, why.get(group.label, "not known how many")) for group in self.groups)
        known = self.found.known
        meaning = KnownIndicator(
            denominator_words=LIVE_THERE,
            events=known.events,
            per=PER,
            higher_is_better=known.higher_is_better,
            domain=known.domain or Domain.ACCESS,
        )
        return replace(
            self.found,
            statistic="rate",
            rows=rows,
            place=0,
            meaning=meaning,
            notes=(*self.found.notes, f"People who live there: {self.source}, {self.period}.", *self.notes),
        )


def _rate_row(group: Group, why_not: str) -> BreakdownRow:
    if group.used is None or group.used < 0 or not group.lives or group.lives < 0:
        return BreakdownRow(group.label, "broad", None, why_not, None, None, None, None)
    estimate = rate(group.used, group.lives, multiplier=PER)
    return BreakdownRow(
        group.label, "broad", estimate.value, "ok", group.used, group.lives, estimate.lower, estimate.upper
    )


@dataclass(frozen=True)
class _Population:
    source_id: str
    title: str
    quantity: str
    characteristic: str
    period: str
    area: int


Hides = Callable[[str, str, int, str], frozenset[tuple[str, str]]]
"""Gives what is hidden of a population, by its quantity, characteristic, the key of the place and the period: groups with their level."""


def _hides_nothing(_quantity: str, _characteristic: str, _area: int, _period: str) -> frozenset[tuple[str, str]]:
    return frozenset()


def against_population(
    workspace: Workspace, counts: Breakdown, hides: Hides = _hides_nothing
) -> AgainstPopulation | None:
    """Return a breakdown of counts beside the newest population of the same place and characteristic, or nothing where the file has none.

    Args:
        workspace: The open programme.
        counts: Of a service.
        hides: What of the population is hidden from those who will see it.
    """
    if kind_of(counts.statistic) != "count":
        return None
    for population in workspace.read(lambda raw: _populations(raw, counts)):
        read = workspace.read(_reading(population))
        hidden = hides(population.quantity, population.characteristic, population.area, population.period)
        residents = {
            key: cell._replace(value=None) if key[:2] in hidden else cell
            for key, cell in read[population.quantity].items()
        }
        matched = _matched(counts, population.characteristic, residents)
        if matched is not None:
            groups, notes, left_out = matched
            unknown = sum(row.value or 0 for row in counts.rows if row.level == "unknown")
            return AgainstPopulation(
                counts, groups, unknown, population.title, population.period, population.source_id, notes, left_out
            )
    return None


def _reading(
    population: _Population,
) -> Callable[[sqlite3.Connection], Mapping[str, Mapping[tuple[str, str, str], Cell]]]:
    return lambda raw: cells(raw, [population.quantity], population.characteristic, population.area, population.period)


def _populations(raw: sqlite3.Connection, counts: Breakdown) -> list[_Population]:
    """Return the populations of a place by a characteristic, the newest first."""
    code = recognise(counts.characteristic)
    rows = raw.execute(
        "SELECT DISTINCT s.id, s.title, q.id, c.characteristic, q.statistic FROM data_source s JOIN dataset d ON d.source_id = s.id"
        " JOIN covered_category v ON v.dataset = d.key JOIN quantity q ON q.key = v.quantity JOIN category c ON c.key = v.category"
        f" WHERE s.kind = ? AND d.key IN ({VISIBLE}) AND c.level IN ('broad', 'detailed') AND c.within = '' ORDER BY d.key DESC",
        (SourceKind.POPULATION.value,),
    ).fetchall()
    populations: list[_Population] = []
    for source, title, quantity, characteristic, statistic in rows:
        same = characteristic.casefold() == counts.characteristic.casefold()
        if (
            kind_of(statistic) != "count"
            or quantity == counts.indicator_id
            or not (same or (code is not None and recognise(characteristic) == code))
        ):
            continue
        periods = raw.execute(
            "SELECT DISTINCT p.label FROM run r JOIN dataset d ON d.key = r.dataset JOIN quantity q ON q.key = r.quantity"
            " JOIN period p ON p.key = r.period WHERE d.source_id = ? AND q.id = ? ORDER BY p.starts DESC, p.label DESC",
            (source, quantity),
        ).fetchall()
        for (period,) in periods:
            populations += [
                _Population(str(source), str(title), str(quantity), str(characteristic), str(period), key)
                for key, area in areas_of(raw, quantity, period)
                if area.name.casefold() == counts.area.casefold()
            ]
    return populations


_Matched = tuple[tuple[Group, ...], tuple[str, ...], tuple[str, ...]]


def _matched(counts: Breakdown, heading: str, residents: Mapping[tuple[str, str, str], Cell]) -> _Matched | None:
    """Return the groups of the service with the people who live there: the same groups, or those of the one list taken together to the other's."""
    for level in ("broad", "detailed"):
        used = {row.group: row.value for row in counts.rows if row.level == level}
        for other in ("broad", "detailed"):
            lives = {label: cell.value for (label, of_level, _), cell in residents.items() if of_level == other}
            if len(used) < 2 or len(lives) < 2:
                continue
            matched = _same(counts.characteristic, used, lives) or _regrouped(
                (counts.characteristic, heading), used, lives
            )
            if matched is not None:
                return matched
    return None


def _same(characteristic: str, used: Mapping[str, float | None], lives: Mapping[str, float | None]) -> _Matched | None:
    """Return the groups that have the same name or meaning in both; nothing where fewer than two or not most of them do."""
    pairs = {
        label: next((other for other in lives if same_group(characteristic, label, other)), None) for label in used
    }
    groups = tuple(Group(label, used[label], lives[other]) for label, other in pairs.items() if other is not None)
    left = tuple(label for label, other in pairs.items() if other is None)
    return (groups, _left_words(left), left) if len(groups) > max(1, len(left)) else None


def _left_words(left: Sequence[str]) -> tuple[str, ...]:
    return (f"The population has no {', '.join(left)}; they are left out.",) if left else ()


def _regrouped(
    headings: tuple[str, str], used: Mapping[str, float | None], lives: Mapping[str, float | None]
) -> _Matched | None:
    """Return the groups of the one list taken together to those of the other; nothing where the lists have no way to each other."""
    used_scheme, lives_scheme = best_scheme(headings[0], used), best_scheme(headings[1], lives)
    if not used_scheme or not lives_scheme:
        return None
    ways = (
        (lives, lives_scheme, used_scheme, used, headings[0]),
        (used, used_scheme, lives_scheme, lives, headings[1]),
    )
    for number, (values, source, target, fixed, heading) in enumerate(ways):
        try:
            moved = regroup(values, source, target)
        except ValueError:
            continue
        keys = {label: next((key for key in moved.values if same_group(heading, label, key)), None) for label in fixed}
        both = [(label, fixed[label], moved.values[key]) for label, key in keys.items() if key is not None]
        left = tuple(label for label, key in keys.items() if key is None)
        groups = tuple(Group(label, *((theirs, mine) if number else (mine, theirs))) for label, mine, theirs in both)
        if len(groups) > max(1, len(left)):
            return groups, (*moved.notes, *_left_words(left)), left
    return None


def _as_it_is(counts: Breakdown) -> Breakdown:
    return counts


def access_breakdowns(
    workspace: Workspace,
    area: str = "",
    *,
    seen: Callable[[Breakdown], Breakdown] = _as_it_is,
    hides: Hides = _hides_nothing,
) -> list[Breakdown]:
    """Return the use of services for every 1,000 people who live there: each count of access, by each characteristic, where the file holds the population.

    Args:
        workspace: The open programme.
        area: As in `amhe_tui.programme.gaps.gap_sets`.
        seen: Gives counts as their audience may see them, so that a rate tells no count that is hidden.
        hides: What of the population is hidden from them.
    """
    wanted = [summary for summary in held_of(workspace) if kind_of(summary.statistic) == "count"]
    populated = workspace.read(_populated)
    if not populated:
        return []
    meaning = meanings(workspace)
    # Where it is known which counts of a source are about access, its others are parts of other measures.
    access = {summary.id for summary in wanted if meaning(summary.id).domain == Domain.ACCESS.value}
    access_sources = {source for summary in wanted if summary.id in access for source in summary.sources}
    rates: list[Breakdown] = []
    for summary in wanted:
        if (summary.id in access or not set(summary.sources) & access_sources) and not set(
            summary.sources
        ) <= populated.keys():
            rates += _of_indicator(workspace, summary, area, set[str]().union(*populated.values()), seen, hides)
    return rates


def _populated(raw: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the names of the places of each population source."""
    places: dict[str, set[str]] = {}
    for source, name in raw.execute(
        "SELECT DISTINCT s.id, lower(a.name) FROM data_source s JOIN dataset d ON d.source_id = s.id JOIN covered_area v ON v.dataset = d.key"
        f" JOIN area a ON a.key = v.area WHERE s.kind = ? AND d.key IN ({VISIBLE})",
        (SourceKind.POPULATION.value,),
    ):
        places.setdefault(str(source), set()).add(str(name))
    return places


def _of_indicator(
    workspace: Workspace,
    summary: IndicatorSummary,
    area: str,
    named: set[str],
    seen: Callable[[Breakdown], Breakdown],
    hides: Hides,
) -> list[Breakdown]:
    period = summary.periods[-1]
    areas = workspace.read(lambda raw: areas_of(raw, summary.id, period))
    places = [
        (key, place)
        for key, place in (areas if area else widest(areas))
        if place.name.lower() in named and area.casefold() in ("", "all", place.name.casefold(), place.code.casefold())
    ]
    rates: list[Breakdown] = []
    for key, _ in places:
        for characteristic in summary.characteristics:
            if recognise(characteristic) is None:
                continue
            try:
                counts = breakdown(workspace, summary.id, characteristic, area=f"#{key}", period=period)
            except AmheError:
                continue  # this place has nothing by this characteristic
            beside = against_population(workspace, seen(counts), hides)
            if beside is not None:
                rates.append(beside.rates())
    return rates
