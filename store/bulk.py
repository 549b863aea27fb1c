"""Bulk evidence: rows of data sets as small numbers, read once from a file and never edited.

What repeats is kept once, in dictionaries of areas, periods, categories, quantities and markers; an observation is a row of their keys. The rows are clustered
so that one breakdown, an indicator in an area and a period, is one short range. A data set is invisible until its last row is in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Write = Callable[[Callable[[sqlite3.Connection], object]], object]

SCHEMA = (
    "CREATE TABLE dataset (key INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, rows INTEGER NOT NULL, content_hash TEXT NOT NULL) STRICT",
    "CREATE TABLE area (key INTEGER PRIMARY KEY, type TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (type, code, name)) STRICT",
    "CREATE TABLE period (key INTEGER PRIMARY KEY, label TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, UNIQUE (label, starts, ends)) STRICT",
    """CREATE TABLE category (
        key INTEGER PRIMARY KEY, characteristic TEXT NOT NULL, label TEXT NOT NULL, level TEXT NOT NULL, parent TEXT NOT NULL,
        UNIQUE (characteristic, label, level, parent)) STRICT""",
    "CREATE TABLE quantity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, statistic TEXT NOT NULL) STRICT",
    "CREATE TABLE marker (key INTEGER PRIMARY KEY, text TEXT NOT NULL, status TEXT NOT NULL, UNIQUE (text, status)) STRICT",
    """CREATE TABLE observation (
        dataset INTEGER NOT NULL REFERENCES dataset(key), quantity INTEGER NOT NULL, period INTEGER NOT NULL, area INTEGER NOT NULL,
        category INTEGER NOT NULL, source_row INTEGER NOT NULL, value REAL, marker INTEGER NOT NULL,
        PRIMARY KEY (dataset, quantity, period, area, category, source_row)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE coverage (
        dataset INTEGER NOT NULL REFERENCES dataset(key), quantity INTEGER NOT NULL, period INTEGER NOT NULL, area INTEGER, characteristic TEXT) STRICT""",
)


class Area(NamedTuple):
    """A place or an organisation: its type, such as England or Provider, its code and its name."""

    type: str
    code: str
    name: str


class Period(NamedTuple):
    """A stretch of time: how it is called, and its first and last day as ``YYYY-MM-DD`` where the file says."""

    label: str
    starts: str
    ends: str


class Category(NamedTuple):
    """A group of people: by which characteristic, its label, whether broad, detailed, total or unknown, and the broad group it is part of."""

    characteristic: str
    label: str
    level: str
    parent: str


class Quantity(NamedTuple):
    """What is counted: a short stable id, its name and its statistic, such as count or percentage."""

    id: str
    name: str
    statistic: str


class Marker(NamedTuple):
    """What stands where a number would: its text and why there is no number."""

    text: str
    status: str


Row = tuple[int, int, int, int, int, int, float | None, int]
"""Dataset, quantity, period, area, category, row of the file, value, marker; in the order of the table."""

_TABLES: dict[type[tuple[str, ...]], tuple[str, str]] = {
    Area: ("area", "type, code, name"),
    Period: ("period", "label, starts, ends"),
    Category: ("category", "characteristic, label, level, parent"),
    Quantity: ("quantity", "id, name, statistic"),
    Marker: ("marker", "text, status"),
}


class Dictionary:
    """The keys of one dictionary table; new entries are numbered here and written with the next chunk."""

    def __init__(self, table: str, columns: str, known: dict[tuple[str, ...], int], *, by_first: bool = False) -> None:
        self._insert = f"INSERT INTO {table} (key, {columns}) VALUES (?{', ?' * len(columns.split(','))})"
        self._known = known
        self._new: list[tuple[object, ...]] = []
        self._next = max(known.values(), default=0) + 1
        self._by_first = by_first

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the key of an entry, giving it one if it is new."""
        look = entry[:1] if self._by_first else entry
        found = self._known.get(look)
        if found is None:
            found = self._known[look] = self._next
            self._new.append((found, *entry))
            self._next += 1
        return found

    def flush(self, connection: sqlite3.Connection) -> None:
        """Write the new entries inside the caller's transaction."""
        connection.executemany(self._insert, self._new)
        self._new.clear()


def _dictionary(connection: sqlite3.Connection, kind: type[tuple[str, ...]]) -> Dictionary:
    table, columns = _TABLES[kind]
    by_first = kind is Quantity  # the id alone says which quantity it is; a later file may call it otherwise
    rows = connection.execute(f"SELECT key, {columns} FROM {table}")
    known = {tuple(row[1:2] if by_first else row[1:]): int(row[0]) for row in rows}
    return Dictionary(table, columns, known, by_first=by_first)


@dataclass
class DatasetWriter:
    """Writes one data set, chunk by chunk, in transactions of its own, so that other work gets its turn between them."""

    write: Write
    source_id: str
    dataset: int = 0
    rows: int = 0
    dictionaries: dict[type[tuple[str, ...]], Dictionary] = field(
        default_factory=dict[type[tuple[str, ...]], Dictionary]
    )

    def begin(self) -> None:
        """Open the data set as loading; nothing of it can be seen yet."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            found = connection.execute(
                "INSERT INTO dataset (source_id, state, rows, content_hash) VALUES (?, 'loading', 0, '')",
                (self.source_id,),
            )
            self.dataset = int(found.lastrowid or 0)
            self.dictionaries = {kind: _dictionary(connection, kind) for kind in _TABLES}
            connection.execute("COMMIT")

        self.write(run)

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the key of an area, period, category, quantity or marker."""
        return self.dictionaries[type(entry)].key(entry)

    def add(self, chunk: list[Row]) -> None:
        """Write a chunk of rows; they are sorted first, so that the pages they belong on are touched once."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            for dictionary in self.dictionaries.values():
                dictionary.flush(connection)
            connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?)", chunk)
            connection.execute("COMMIT")

        chunk.sort(key=lambda row: row[:6])
        self.write(run)
        self.rows += len(chunk)

    def finish(self, content_hash: str) -> None:
        """Make the data set visible, with a summary of what it holds."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO coverage SELECT DISTINCT dataset, quantity, period, area, NULL FROM observation WHERE dataset = ?",
                (self.dataset,),
            )
            connection.execute(
                "INSERT INTO coverage SELECT DISTINCT o.dataset, o.quantity, o.period, NULL, c.characteristic FROM observation o"
                " JOIN category c ON c.key = o.category WHERE o.dataset = ?",
                (self.dataset,),
            )
            connection.execute(
                "UPDATE dataset SET state = 'ready', rows = ?, content_hash = ? WHERE key = ?",
                (self.rows, content_hash, self.dataset),
            )
            connection.execute("COMMIT")

        self.write(run)

    def abandon(self) -> None:
        """Take out again whatever of the data set was written."""
        self.write(lambda connection: _remove(connection, self.dataset))


def _remove(connection: sqlite3.Connection, dataset: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, column in (("observation", "dataset"), ("coverage", "dataset"), ("dataset", "key")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (dataset,))
    connection.execute("COMMIT")


def sweep(connection: sqlite3.Connection) -> int:
    """Take out data sets that an interrupted import left half loaded, and return how many there were."""
    left = [int(row[0]) for row in connection.execute("SELECT key FROM dataset WHERE state = 'loading'")]
    for dataset in left:
        _remove(connection, dataset)
    return len(left)


def source_with(connection: sqlite3.Connection, content_hash: str) -> str | None:
    """Return the title of a data source in use that was read from the very same bytes."""
    row = connection.execute(
        "SELECT s.title FROM dataset d JOIN data_source s ON s.id = d.source_id WHERE d.state = 'ready' AND s.removed = 0 AND d.content_hash = ?",
        (content_hash,),
    ).fetchone()
    return str(row[0]) if row else None


_VISIBLE = (
    "SELECT d.key FROM dataset d JOIN data_source s ON s.id = d.source_id AND s.removed = 0 WHERE d.state = 'ready'"
)


@dataclass(frozen=True)
class Held:
    """What the file holds of one quantity.

    Attributes:
        id, name, statistic: Those of the quantity.
        characteristics: By what it can be broken down.
        areas: The names of the places it is there for.
        periods: The periods it is there for, oldest first.
        sources: Ids of the data sources, the oldest first.
    """

    id: str
    name: str
    statistic: str
    characteristics: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    sources: tuple[str, ...]


def held(connection: sqlite3.Connection) -> list[Held]:
    """Return every quantity the visible data sets hold."""
    quantities = connection.execute(
        f"SELECT key, id, name, statistic FROM quantity WHERE key IN (SELECT quantity FROM coverage WHERE dataset IN ({_VISIBLE})) ORDER BY key"
    ).fetchall()
    found: list[Held] = []
    for key, identity, name, statistic in quantities:
        where = f"FROM coverage v WHERE v.quantity = {int(key)} AND v.dataset IN ({_VISIBLE})"
        found.append(
            Held(
                identity,
                name,
                statistic,
                _column(
                    connection,
                    f"SELECT DISTINCT v.characteristic {where} AND v.characteristic IS NOT NULL AND v.characteristic <> 'Total' ORDER BY 1",
                ),
                _column(
                    connection,
                    f"SELECT DISTINCT name FROM area WHERE key IN (SELECT v.area {where}) ORDER BY type <> 'England', name",
                ),
                _column(
                    connection,
                    f"SELECT DISTINCT label FROM period WHERE key IN (SELECT v.period {where}) ORDER BY starts, label",
                ),
                _column(
                    connection, f"SELECT source_id FROM dataset WHERE key IN (SELECT v.dataset {where}) ORDER BY key"
                ),
            )
        )
    return found


def _column(connection: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(query))


def areas_of(connection: sqlite3.Connection, quantity: str, period: str) -> list[tuple[int, Area]]:
    """Return the places a quantity is there for in a period: England first, then the types with the fewest places, which are the widest."""
    rows = connection.execute(
        "WITH there AS (SELECT DISTINCT a.key, a.type, a.code, a.name FROM coverage v JOIN area a ON a.key = v.area"
        " JOIN quantity q ON q.key = v.quantity JOIN period p ON p.key = v.period"
        f" WHERE q.id = ? AND p.label = ? AND v.dataset IN ({_VISIBLE}))"
        " SELECT key, type, code, name FROM there t"
        " ORDER BY type <> 'England', (SELECT count(*) FROM there o WHERE o.type = t.type), type, name",
        (quantity, period),
    )
    return [(int(row[0]), Area(*row[1:])) for row in rows]


class Cell(NamedTuple):
    """One figure: for which group, its value or why it has none."""

    group: str
    level: str
    parent: str
    value: float | None
    status: str


def cells(
    connection: sqlite3.Connection, quantities: Iterable[str], characteristic: str, area: int, period: str
) -> dict[str, dict[tuple[str, str, str], Cell]]:
    """Return the figures of some quantities in one place and period, by quantity and then by (group, level, parent).

    The rows of ``characteristic`` are there, and the total of the same place. Where several data sets hold a figure, the newest is taken; where one data set
    holds it twice, the first.
    """
    wanted = list(quantities)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        "SELECT q.id, c.label, c.level, c.parent, o.value, coalesce(m.status, 'ok') FROM observation o JOIN quantity q ON q.key = o.quantity"
        " JOIN category c ON c.key = o.category JOIN period p ON p.key = o.period LEFT JOIN marker m ON m.key = o.marker"
        f" WHERE o.dataset IN ({_VISIBLE}) AND q.id IN ({marks}) AND p.label = ? AND o.area = ? AND (c.characteristic = ? OR c.level = 'total')"
        " ORDER BY o.dataset DESC, c.key, o.source_row",
        (*wanted, period, area, characteristic),
    )
    found: dict[str, dict[tuple[str, str, str], Cell]] = {identity: {} for identity in wanted}
    for identity, label, level, parent, value, status in rows:
        found[identity].setdefault((label, level, parent), Cell(label, level, parent, value, status))
    return found
