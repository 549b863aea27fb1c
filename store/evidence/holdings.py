"""What the bulk evidence holds, and the figures of one breakdown: a few short ranges of rows, however long the file is."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from store.evidence.datasets import VISIBLE, Area, Category, read_figure


@dataclass(frozen=True)
class IndicatorSummary:
    """What the file holds of one quantity.

    Attributes:
        id, name, statistic: Those of the quantity.
        characteristics: By what it can be broken down.
        areas: The names of the places it is there for.
        periods: The periods it is there for, the one that ended first before the others, so that a whole year is newer than a quarter within it.
        sources: Ids of the data sources, the oldest first.
    """

    id: str
    name: str
    statistic: str
    characteristics: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    sources: tuple[str, ...]


def held(connection: sqlite3.Connection) -> list[IndicatorSummary]:
    """Return every quantity the visible data sets hold."""
    seen = [int(row[0]) for row in connection.execute(VISIBLE)]
    within = f"IN ({', '.join(map(str, seen))})"
    query = f"SELECT key, id, name, statistic FROM quantity WHERE key IN (SELECT quantity FROM run WHERE dataset {within}) ORDER BY key"
    summaries: list[IndicatorSummary] = []
    for key, identity, name, statistic in connection.execute(query).fetchall():
        where = f"WHERE v.quantity = {int(key)} AND v.dataset {within}"
        by = f"SELECT DISTINCT c.characteristic FROM covered_category v JOIN category c ON c.key = v.category {where} AND c.level <> 'total' ORDER BY 1"
        places = f"SELECT DISTINCT name FROM area WHERE key IN (SELECT v.area FROM covered_area v {where}) ORDER BY type <> 'England', name"
        times = f"SELECT DISTINCT label FROM period WHERE key IN (SELECT v.period FROM run v {where}) ORDER BY iif(ends = '', starts, ends), starts, label"
        sources = f"SELECT source_id FROM dataset WHERE key IN (SELECT v.dataset FROM run v {where}) ORDER BY key"
        summaries.append(
            IndicatorSummary(
                identity, name, statistic, *(_column(connection, sql) for sql in (by, places, times, sources))
            )
        )
    return summaries


def _column(connection: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row[0]) for row in connection.execute(query)))


def areas_of(connection: sqlite3.Connection, quantity: str, period: str) -> list[tuple[int, Area]]:
    """Return the places a quantity is there for in the data sets that hold the period.

    England comes first, then the types with the fewest places, which are the widest.
    """
    rows = connection.execute(
        "SELECT DISTINCT a.key, a.type, a.code, a.name FROM covered_area v JOIN area a ON a.key = v.area"
        f" JOIN quantity q ON q.key = v.quantity WHERE q.id = ? AND v.dataset IN ({VISIBLE})"
        " AND EXISTS (SELECT 1 FROM run r JOIN period p ON p.key = r.period AND p.label = ?"
        " WHERE r.dataset = v.dataset AND r.quantity = v.quantity)",
        (quantity, period),
    )
    areas = [(int(row[0]), Area(*row[1:])) for row in rows]
    of_type = Counter(area.type for _, area in areas)
    return sorted(
        areas,
        key=lambda entry: (entry[1].type != "England", of_type[entry[1].type], entry[1].type, entry[1].name, entry[0]),
    )


def widest(places: Sequence[tuple[int, Area]]) -> list[tuple[int, Area]]:
    """Return those of the widest kind: England, or the kind with the fewest places."""
    kinds: dict[str, list[tuple[int, Area]]] = {}
    for place in places:
        kinds.setdefault(place[1].type, []).append(place)
    return kinds[min(kinds, key=lambda kind: (kind != "England", len(kinds[kind]), kind))] if kinds else []


class CountRow(NamedTuple):
    """One count as a data set has it: the key of the data set, the quantity, the key of the place, the group, the period and the number."""

    dataset: int
    quantity: str
    area: int
    group: Category
    period: str
    value: float


COUNT_STATISTICS = ("count", "numerator", "denominator", "value", "number", "")
"""What the statistic of a quantity of counts can be called."""


def days_of(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return the first and the last day of every period by its label."""
    rows = connection.execute("SELECT label, starts, ends FROM period ORDER BY starts, ends, label")
    return {str(label): (str(starts), str(ends)) for label, starts, ends in rows}


def size_of(connection: sqlite3.Connection, datasets: Sequence[int], periods: Sequence[str]) -> int:
    """Return how many figures some data sets have for some periods."""
    marks = ", ".join("?" * len(periods))
    chosen = ", ".join(map(str, datasets))
    query = f"SELECT coalesce(sum(r.last - r.first + 1), 0) FROM run r JOIN period p ON p.key = r.period AND p.label IN ({marks}) WHERE r.dataset IN ({chosen})"
    return int(connection.execute(query, periods).fetchone()[0])


def counts_of(
    connection: sqlite3.Connection,
    datasets: Sequence[int],
    periods: Sequence[str],
    areas: Iterable[int] | None = None,
    *,
    also: Sequence[str] = (),
) -> list[CountRow]:
    """Return every count that some data sets have for some periods, in the order of the file; a figure given twice counts once.

    Args:
        connection: The programme file.
        datasets: Which data sets.
        periods: Which periods.
        areas: The keys of the places asked about; all where it is not given.
        also: The ids of quantities that are wanted although they are no counts.
    """
    chosen = ", ".join(map(str, datasets))
    statistics = ", ".join(f"'{name}'" for name in COUNT_STATISTICS)
    there = "" if areas is None else f" AND o.area IN ({', '.join(map(str, sorted(areas)))})"
    others = ", ".join("?" * len(also))
    marks = ", ".join("?" * len(periods))
    groups = {
        int(key): Category(*rest)
        for key, *rest in connection.execute("SELECT key, characteristic, label, level, parent, within FROM category")
    }
    rows = connection.execute(
        "SELECT r.dataset, q.id, o.area, o.category, p.label, o.value FROM period p JOIN run r ON r.period = p.key JOIN quantity q ON q.key = r.quantity"
        f" JOIN observed o ON o.key BETWEEN r.first AND r.last{there} WHERE p.label IN ({marks}) AND r.dataset IN ({chosen})"
        f" AND (q.statistic IN ({statistics}) OR q.id IN ({others})) ORDER BY r.dataset, o.source_row",
        (*periods, *also),
    )
    found: dict[tuple[int, str, int, int, str], CountRow] = {}
    marked: dict[int, set[str]] = {}
    for dataset, quantity, place, category, period, value in rows:
        if isinstance(value, str):
            if dataset not in marked:
                texts = connection.execute("SELECT text FROM marker WHERE dataset = ?", (dataset,))
                marked[dataset] = {str(row[0]) for row in texts.fetchall()}
            number = None if value in marked[dataset] else read_figure(value)
        else:
            number = value
        if number is not None:
            key = (int(dataset), str(quantity), int(place), int(category), str(period))
            found.setdefault(key, CountRow(*key[:3], groups[key[3]], key[4], float(number)))
    return list(found.values())


def shows_treatment(connection: sqlite3.Connection, dataset: int, exact: Sequence[str], threshold: int) -> bool:
    """Tell whether the figures of a data set show that small counts were hidden: none is small below the country, and they are rounded to five or marked.

    Args:
        connection: To the file.
        dataset: Which.
        exact: The places, in small letters, where publishers give exact figures.
        threshold: Counts below it are small.
    """
    statistics = ", ".join(f"'{name}'" for name in COUNT_STATISTICS[:3])
    names = ", ".join("?" * len(exact))
    query = (
        "SELECT count(*), sum(o.value > 0 AND o.value < ?), sum(o.value % 5 = 0) FROM run r JOIN quantity q ON q.key = r.quantity"
        " JOIN observed o ON o.key BETWEEN r.first AND r.last JOIN area a ON a.key = o.area"
        f" WHERE r.dataset = ? AND q.statistic IN ({statistics}) AND lower(a.name) NOT IN ({names}) AND typeof(o.value) IN ('integer', 'real')"
    )
    counts, small, fives = connection.execute(query, (threshold, dataset, *exact)).fetchone()
    marked = connection.execute(
        "SELECT 1 FROM marker WHERE dataset = ? AND status = 'suppressed'", (dataset,)
    ).fetchone()
    below = connection.execute(
        f"SELECT 1 FROM covered_area v JOIN area a ON a.key = v.area WHERE v.dataset = ? AND lower(a.name) NOT IN ({names})",
        (dataset, *exact),
    ).fetchone()
    if below is None:
        return True  # for the whole country, publishers give small numbers too
    return not small and (marked is not None or (bool(counts) and fives >= _NEARLY_ALL * counts))


_NEARLY_ALL = 0.98


class Cell(NamedTuple):
    """One figure: for which group, its value or why it has none."""

    group: str
    level: str
    parent: str
    value: float | None
    status: str


Cells = dict[tuple[str, str, str], Cell]
"""Figures by group, level and the broad group it is part of."""


def visible(connection: sqlite3.Connection) -> list[int]:
    """Return the keys of the data sets that are whole and in use, the oldest first."""
    return sorted(int(row[0]) for row in connection.execute(VISIBLE))


def cells(
    connection: sqlite3.Connection,
    quantities: Iterable[str],
    characteristic: str,
    area: int,
    period: str,
    within: str = "",
) -> dict[str, Cells]:
    """Return the figures of some quantities in one place and period, by quantity and then by (group, level, parent).

    The rows of ``characteristic`` are there, and the total of the same place. All are of one data set, so that counts and percentages belong together: the
    newest that has the first quantity by this characteristic. Where it holds a figure twice, the first is taken.
    """
    wanted = list(quantities)
    groups = _groups(connection, characteristic, within)
    keys = _keys(connection, wanted)
    periods = [int(row[0]) for row in connection.execute("SELECT key FROM period WHERE label = ?", (period,))]
    figures: dict[str, Cells] = {identity: {} for identity in wanted}
    for dataset in reversed(visible(connection)):
        markers = dict(connection.execute("SELECT text, status FROM marker WHERE dataset = ?", (dataset,)).fetchall())
        figures = {
            identity: _figures(
                connection, _runs(connection, dataset, keys.get(identity), periods), area, groups, markers
            )
            for identity in wanted
        }
        if any(level != "total" for _, level, _ in figures[wanted[0]]):
            return figures
    return figures


def _keys(connection: sqlite3.Connection, wanted: list[str]) -> dict[str, int]:
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(f"SELECT id, key FROM quantity WHERE id IN ({marks})", wanted)
    return {str(identity): int(key) for identity, key in rows}


def _groups(connection: sqlite3.Connection, characteristic: str, within: str) -> dict[int, Category]:
    """Return the groups of a characteristic, taken from everybody or from one group of another, with the total."""
    rows = connection.execute(
        "SELECT key, characteristic, label, level, parent, within FROM category"
        " WHERE within = ? AND (characteristic = ? OR level = 'total' AND characteristic = 'Total') ORDER BY key",
        (within, characteristic),
    )
    return {int(row[0]): Category(*row[1:]) for row in rows}


def _runs(
    connection: sqlite3.Connection, dataset: int, quantity: int | None, periods: list[int]
) -> list[tuple[int, int]]:
    if quantity is None:
        return []
    marks = ", ".join("?" * len(periods))
    rows = connection.execute(
        f"SELECT first, last FROM run WHERE dataset = ? AND quantity = ? AND period IN ({marks}) ORDER BY first",
        (dataset, quantity, *periods),
    )
    return [(int(first), int(last)) for first, last in rows]


def _figures(
    connection: sqlite3.Connection,
    runs: list[tuple[int, int]],
    area: int,
    groups: dict[int, Category],
    markers: dict[str, str],
) -> Cells:
    """Return the figures of one place; the rows of a group stand in the order of the file, and the first has the word."""
    rows = [row for run in runs for row in _of_area(connection, run, area) if row[0] in groups]
    figures: Cells = {}
    # A total of the characteristic's own comes before that of the whole file.
    for key, _, value in sorted(rows, key=lambda row: (groups[row[0]].characteristic == "Total", row[0], row[1])):
        _, label, level, parent, _ = groups[key]
        status = markers.get(value) if isinstance(value, str) else None
        figure = None if status else read_figure(value) if isinstance(value, str) else value
        figures.setdefault((label, level, parent), Cell(label, level, parent, figure, status or "ok"))
    return figures


def _of_area(
    connection: sqlite3.Connection, run: tuple[int, int], area: int
) -> Iterator[tuple[int, int, int | float | str]]:
    """Give category, source row and value of one place out of a run, whose rows are sorted by place."""
    first, last = _first_at_least(connection, run, area), _first_at_least(connection, run, area + 1) - 1
    if first > last:
        return iter(())
    return iter(
        connection.execute(
            "SELECT category, source_row, value FROM observed WHERE key BETWEEN ? AND ?", (first, last)
        ).fetchall()
    )


def _first_at_least(connection: sqlite3.Connection, run: tuple[int, int], area: int) -> int:
    """Return the first key of a run whose place is this one or behind it, or the key after the run."""
    low, high = run[0], run[1] + 1
    while low < high:
        middle = (low + high) // 2
        (middle_area,) = connection.execute("SELECT area FROM observed WHERE key = ?", (middle,)).fetchone()
        if middle_area < area:
            low = middle + 1
        else:
            high = middle
    return low
