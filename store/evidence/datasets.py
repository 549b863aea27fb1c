"""Bulk evidence: rows of data sets as small numbers, read once from a file and never edited.

What repeats is kept once, in dictionaries of areas, periods, categories and quantities; an observation is a row of their keys and its value as published. Rows
are only ever appended: each chunk is sorted before it is written, and a *run* says which rows of it belong to one quantity and period. A page is thus written
once however long the file is, and a breakdown reads a few short ranges. A data set is invisible until its last row is in.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple, TypeVar, cast

from amhe_tui.errors import AmheError

# Publishers mark figures as revised, provisional, estimated or of low reliability after the number, and money before it.
_BESIDE = re.compile(r"\s*\[[a-z]\d?\]$|^£\s*", re.IGNORECASE)


_MARKED = re.compile(
    r"(.*[\d%])(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\s*[*†‡§#]{1,3}|\s*\((?:[a-z]|note \d+)\)|\s*\[(?:[a-z]{1,3}|note \d+|\d+)\]|\s+(?:[rpebufcnz]|[bdepru]{2}))",
    re.IGNORECASE,
)
"""A figure with the mark of a footnote behind it, or with the letter of one that is revised, provisional, estimated or of low reliability."""


_FIGURE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)


_SPACED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+(\.\d+)?")


_BELOW_NOTHING = re.compile(r"\(\s*£?\s*(\d[\d,.]*\s*%?)\s*\)")
"""How accounts write what is below nothing."""


_MINUS_SIGNS = str.maketrans("\u2212\u2012\u2013", "---")


_MOST_DIGITS = 15
"""So many digits come back from a number exactly as they went in."""


_LARGEST, _LEAST = 1e15, 1e-100
"""No figure about people, money or places is larger, nor so near to nothing without being it; a file that holds one is broken there."""


def read_figure(text: str) -> float | None:
    """Return the number that ``text`` says, with thousands separators, spaces between thousands, a percent sign and a mark such as [r] read away; None where it says none.

    A percentage keeps its unit: ``34.9%`` is 34.9. Words for numbers that do not exist, such as nan and inf, are no figures.
    """
    trimmed = text.strip()
    if trimmed[-1:] == "]" or trimmed[:1] == "£":
        trimmed = _BESIDE.sub("", trimmed).strip()
    digits = trimmed.removesuffix("%").rstrip()
    if not any(letter in "0123456789" for letter in digits):
        return None
    if _FIGURE.fullmatch(digits) is None:
        digits = _usual(digits)
        if _FIGURE.fullmatch(digits) is None:
            marked = None if trimmed[-1] in "0123456789" else _MARKED.fullmatch(trimmed)
            return read_figure(marked[1]) if marked else None
    try:
        number = float(digits.replace(",", ""))
    except ValueError:
        return None
    if number == 0:
        return 0.0  # nothing has no sign
    return number if _LEAST < abs(number) < _LARGEST else None


_OUT_OF_REACH = re.compile(
    r"[+-]?(?:(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:e[+-]?\d+)?|inf(?:inity)?)%?", re.IGNORECASE | re.ASCII
)


def is_out_of_reach(text: str) -> bool:
    """Tell whether a text is written as a number and is none that can be right: infinite, larger than any, or nearer to nothing than any."""
    trimmed = text.strip()
    said = any(letter in "0123456789i" for letter in trimmed.casefold()) and trimmed[:1].casefold() != "e"
    return said and read_figure(text) is None and _OUT_OF_REACH.fullmatch(trimmed) is not None


def _usual(text: str) -> str:
    """Return a number that is written in an unusual way in the usual one: ``1 204`` and ``(45)`` with its brackets for a minus sign."""
    if match := _BELOW_NOTHING.fullmatch(text):
        text = f"-{match[1]}"
    digits = text.translate(_MINUS_SIGNS).removesuffix("%").rstrip()
    if _SPACED.fullmatch(digits):
        return re.sub(r"\s", "", digits)
    return digits


def stored_figure(text: str) -> int | float | str | None:
    """Return a cell's number as it may be stored: itself where writing it again gives the same text, else the text as it came.

    So ``12`` is 12 and ``9.1`` is 9.1, but ``9.10``, ``1,204`` and ``34.9%`` stay text, to be read by :func:`read_figure`. None where it is no number.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and (text[0] != "0" or text == "0"):
        return int(text)
    number = read_figure(text)
    if number is None:
        return None
    return number if repr(number) == text else text


T = TypeVar("T")


E = TypeVar("E", bound=tuple[str, ...])


Write = Callable[[Callable[[sqlite3.Connection], object]], object]


SCHEMA = (
    """CREATE TABLE dataset (
        key INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('loading', 'ready')),
        rows INTEGER NOT NULL, size INTEGER NOT NULL, content_hash TEXT NOT NULL) STRICT""",
    "CREATE TABLE area (key INTEGER PRIMARY KEY, type TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (type, code, name)) STRICT",
    "CREATE TABLE period (key INTEGER PRIMARY KEY, label TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, UNIQUE (label, starts, ends)) STRICT",
    """CREATE TABLE category (
        key INTEGER PRIMARY KEY, characteristic TEXT NOT NULL, label TEXT NOT NULL, level TEXT NOT NULL, parent TEXT NOT NULL,
        within TEXT NOT NULL, UNIQUE (characteristic, label, level, parent, within)) STRICT""",
    "CREATE TABLE quantity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, statistic TEXT NOT NULL) STRICT",
    # The value is a number where the file wrote it just so, else the text the file has: a marker such as *, or a number written another way such as 1,204.
    """CREATE TABLE observed (
        key INTEGER PRIMARY KEY, area INTEGER NOT NULL, category INTEGER NOT NULL, source_row INTEGER NOT NULL, value ANY NOT NULL) STRICT""",
    """CREATE TABLE run (
        dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, period INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (dataset, quantity, period, first)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE marker (dataset INTEGER NOT NULL, text TEXT NOT NULL, status TEXT NOT NULL, PRIMARY KEY (dataset, text)) STRICT, WITHOUT ROWID",
    "CREATE TABLE covered_area (dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, area INTEGER NOT NULL, PRIMARY KEY (dataset, quantity, area)) STRICT, WITHOUT ROWID",
    """CREATE TABLE covered_category (
        dataset INTEGER NOT NULL, quantity INTEGER NOT NULL, category INTEGER NOT NULL, PRIMARY KEY (dataset, quantity, category)) STRICT, WITHOUT ROWID""",
    # What a file holds beside its figures, so that nothing of it is lost: titles, notes, hidden rows, and rows that could not be read, with the reason.
    """CREATE TABLE beside (
        dataset INTEGER NOT NULL, source_row INTEGER NOT NULL, kind TEXT NOT NULL, cells TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (dataset, source_row, kind)) STRICT, WITHOUT ROWID""",
    # The same for whoever asks with tools of their own: one row an observation, all its keys beside it.
    """CREATE VIEW observation AS
        SELECT r.dataset, r.quantity, r.period, o.area, o.category, o.source_row, iif(m.text IS NULL, o.value, NULL) AS value, m.text AS marker
        FROM run r JOIN observed o ON o.key BETWEEN r.first AND r.last LEFT JOIN marker m ON m.dataset = r.dataset AND m.text = o.value""",
)


MOST_ENTRIES = 200_000
"""More different areas, periods, groups or quantities than this and the wrong column was taken for one of them; it also bounds the memory."""


_REMEMBERED = 250_000


_STEP = 50_000


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
    """A group of people: by which characteristic, its label, whether broad, detailed, total or unknown, and the broad group it is part of.

    ``within`` names the group of another characteristic that it is taken from, such as ``Sex: Females``; "" is everybody.
    """

    characteristic: str
    label: str
    level: str
    parent: str
    within: str = ""


class Quantity(NamedTuple):
    """What is counted: a short stable id, its name and its statistic, such as count or percentage."""

    id: str
    name: str
    statistic: str


class Marker(NamedTuple):
    """What stands where a number would: its text and why there is no number."""

    text: str
    status: str


Figure = int | float | str


Row = tuple[int, int, int, int, int, Figure]
"""Quantity, period, area, category, row of the file, value as stored."""


class StoredRow(NamedTuple):
    """A row as it was written: its key, its quantity, period, area and category, its row of the file, and its figure."""

    key: int
    about: tuple[int, int, int, int]
    number: int
    figure: Figure


class SortedRows(NamedTuple):
    """Rows by quantity, period and area, a column at a time.

    Attributes:
        runs: Quantity, period, and where their rows begin and end.
        areas, categories, numbers, figures: The columns.
        with_areas, with_categories: The pairs of quantity and area, and of quantity and category, that are there.
    """

    runs: list[tuple[int, int, int, int]]
    areas: list[int]
    categories: list[int]
    numbers: list[int]
    figures: list[Figure]
    with_areas: set[tuple[int, int]]
    with_categories: set[tuple[int, int]]


_TABLES: dict[type[tuple[str, ...]], tuple[str, str, str]] = {
    Area: ("area", "type, code, name", "places"),
    Period: ("period", "label, starts, ends", "periods"),
    Category: ("category", "characteristic, label, level, parent, within", "groups"),
    Quantity: ("quantity", "id, name, statistic", "indicators"),
}


class Dictionary:
    """The keys of one dictionary table; new entries are numbered here and written with the next chunk."""

    def __init__(self, connection: sqlite3.Connection, kind: type[tuple[str, ...]]) -> None:
        table, columns, self._plural = _TABLES[kind]
        self._insert = f"INSERT INTO {table} (key, {columns}) VALUES (?{', ?' * len(columns.split(','))})"
        # The id alone says which quantity it is; a later file may call it otherwise.
        self._width = 1 if kind is Quantity else len(columns.split(","))
        self._known = {
            tuple(str(cell) for cell in row[1 : self._width + 1]): int(row[0])
            for row in connection.execute(f"SELECT key, {columns} FROM {table}")
        }
        self._next = max(self._known.values(), default=0) + 1
        self._new: list[tuple[object, ...]] = []

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the key of an entry, giving it one if it is new.

        Raises:
            ValueError: There are more different entries than a file of figures has.
        """
        look = tuple(entry[: self._width])
        key = self._known.get(look)
        if key is None:
            if len(self._known) >= MOST_ENTRIES:
                raise ValueError(
                    f"is one of more than {MOST_ENTRIES:,} different {self._plural}: this column seems to mean something else"
                )
            key = self._known[look] = self._next
            self._new.append((key, *entry))
            self._next += 1
        return key

    def flush(self, connection: sqlite3.Connection) -> None:
        """Write the new entries inside the caller's transaction."""
        connection.executemany(self._insert, self._new)
        self._new.clear()


class Covered:
    """Which areas or categories a quantity is there for; what was written already is remembered, up to a bound."""

    def __init__(self, table: str) -> None:
        self._insert = f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)"
        self._seen: set[tuple[int, int]] = set()

    def add(self, connection: sqlite3.Connection, dataset: int, pairs: set[tuple[int, int]]) -> None:
        """Write the pairs of quantity and area, or quantity and category, that are new."""
        connection.executemany(self._insert, [(dataset, *pair) for pair in pairs - self._seen])
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        self._seen |= pairs


@dataclass
class DatasetWriter:
    """Writes one data set, chunk by chunk, in transactions of its own, so that other work gets its turn between them.

    ``write`` runs a function on the store's connection, such as ``workspace.write``. One data set is written at a time.
    """

    write: Write
    source_id: str
    size: int = 0
    dataset: int = 0
    rows: int = 0
    dictionaries: dict[type[tuple[str, ...]], Dictionary] = field(
        default_factory=dict[type[tuple[str, ...]], Dictionary]
    )
    _markers: dict[str, str] = field(default_factory=dict[str, str])
    _areas: Covered = field(default_factory=lambda: Covered("covered_area"))
    _categories: Covered = field(default_factory=lambda: Covered("covered_category"))

    def begin(self) -> None:
        """Open the data set as loading; nothing of it can be seen yet.

        Raises:
            AmheError: Another one is being written: the keys of dictionaries are given out by one writer at a time.
        """

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM dataset WHERE state = 'loading'").fetchone() is not None:
                connection.execute("ROLLBACK")
                raise AmheError(
                    "An import is under way",
                    "Another file is being read into this programme.",
                    "Wait until it is done, or stop it.",
                )
            insert = "INSERT INTO dataset (source_id, state, rows, size, content_hash) VALUES (?, 'loading', 0, ?, '')"
            self.dataset = int(connection.execute(insert, (self.source_id, self.size)).lastrowid or 0)
            self.dictionaries = {kind: Dictionary(connection, kind) for kind in _TABLES}
            connection.execute("COMMIT")

        self.write(run)

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the key of an area, period, category or quantity."""
        return self.dictionaries[type(entry)].key(entry)

    def mark(self, marker: Marker) -> str:
        """Note a marker of this data set and return what is stored in place of a number."""
        self._markers[marker.text] = marker.status
        return marker.text

    def add(self, rows: list[Row]) -> None:
        """Write a few rows as one transaction, in any order; `add_sorted` is for many."""
        rows.sort()
        self.add_sorted(_sorted(rows))

    def add_sorted(self, rows: SortedRows) -> None:
        """Write rows as one transaction."""
        self.write(lambda connection: self._write_rows(connection, rows))
        self.rows += len(rows.figures)

    def _write_rows(self, connection: sqlite3.Connection, rows: SortedRows) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for dictionary in self.dictionaries.values():
            dictionary.flush(connection)
        first = int(connection.execute("SELECT coalesce(max(key), 0) + 1 FROM observed").fetchone()[0])
        _insert(connection, rows)
        connection.executemany(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?)",
            [
                (self.dataset, quantity, period, first + start, first + end - 1)
                for quantity, period, start, end in rows.runs
            ],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO marker VALUES (?, ?, ?)",
            [(self.dataset, *marker) for marker in self._markers.items()],
        )
        self._areas.add(connection, self.dataset, rows.with_areas)
        self._categories.add(connection, self.dataset, rows.with_categories)
        connection.execute("COMMIT")

    def first_key(self) -> int:
        """Return the key of the first row that was written; those after it follow without a gap."""
        query = "SELECT coalesce(min(first), 0) FROM run WHERE dataset = ?"
        return cast("int", self.write(lambda connection: int(connection.execute(query, (self.dataset,)).fetchone()[0])))

    def rows_at(self, keys: Sequence[int]) -> list[StoredRow]:
        """Return the rows with some keys, in their order."""

        def run(connection: sqlite3.Connection) -> list[StoredRow]:
            runs = connection.execute(
                "SELECT first, quantity, period FROM run WHERE dataset = ? ORDER BY first", (self.dataset,)
            ).fetchall()
            firsts = [int(row[0]) for row in runs]
            stored: dict[int, StoredRow] = {}
            for start in range(0, len(keys), _AT_ONCE):
                wanted = ", ".join(str(int(key)) for key in keys[start : start + _AT_ONCE])
                query = f"SELECT key, area, category, source_row, value FROM observed WHERE key IN ({wanted})"
                for key, area, category, number, figure in connection.execute(query):
                    _, quantity, period = runs[bisect_right(firsts, key) - 1]
                    stored[key] = StoredRow(key, (quantity, period, area, category), number, figure)
            return [stored[key] for key in keys]

        return cast("list[StoredRow]", self.write(run))

    def entries(self, kind: type[E], keys: Iterable[int]) -> dict[int, E]:
        """Return the areas, periods, categories or quantities that have some keys."""
        table, columns, _ = _TABLES[kind]
        made = cast("Callable[..., E]", kind)
        wanted = sorted(set(keys))

        def run(connection: sqlite3.Connection) -> dict[int, E]:
            found: dict[int, E] = {}
            for start in range(0, len(wanted), _AT_ONCE):
                some = ", ".join(str(int(key)) for key in wanted[start : start + _AT_ONCE])
                for key, *rest in connection.execute(f"SELECT key, {columns} FROM {table} WHERE key IN ({some})"):
                    found[key] = made(*rest)
            return found

        return cast("dict[int, E]", self.write(run))

    def replace_figures(self, figures: Sequence[tuple[Figure, int]], marker: Marker | None = None) -> None:
        """Write other figures into rows, each with the key of its row; ``marker`` is one that was not in the file."""

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            if marker is not None:
                connection.execute("INSERT OR IGNORE INTO marker VALUES (?, ?, ?)", (self.dataset, *marker))
            connection.executemany("UPDATE observed SET value = ? WHERE key = ?", figures)
            connection.execute("COMMIT")

        self.write(run)

    def markers(self) -> dict[str, str]:
        """Return the marks met so far, and what each stands for."""
        return dict(self._markers)

    def keep_annotations(self, entries: Sequence[tuple[int, str, str, str]]) -> None:
        """Keep the annotations of a file, which is what it holds beside its figures: row, kind, cells and reason of each."""
        rows = [(self.dataset, *entry) for entry in entries]

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")  # without it each row would be a transaction, and wait for the disk
            connection.executemany("INSERT OR REPLACE INTO beside VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")

        self.write(run)

    def finish(self, content_hash: str) -> None:
        """Make the data set visible."""
        query = "UPDATE dataset SET state = 'ready', rows = ?, content_hash = ? WHERE key = ?"
        self.write(lambda connection: connection.execute(query, (self.rows, content_hash, self.dataset)))

    def abandon(self) -> None:
        """Take out again whatever of the data set was written, a step at a time."""
        while self.write(lambda connection: _remove_step(connection, self.dataset)):
            pass


_AT_ONCE = 500
"""So many rows go into one statement, which takes half the time of a statement each."""


_INSERT = "INSERT INTO observed (area, category, source_row, value) VALUES "


def _insert(connection: sqlite3.Connection, rows: SortedRows) -> None:
    columns = (rows.areas, rows.categories, rows.numbers, rows.figures)
    cells: list[Any] = [None] * (4 * len(rows.figures))
    for place, column in enumerate(columns):
        cells[place::4] = column
    together = _INSERT + ", ".join(["(?, ?, ?, ?)"] * _AT_ONCE)
    step = 4 * _AT_ONCE
    whole = len(cells) - len(cells) % step
    for start in range(0, whole, step):
        connection.execute(together, cells[start : start + step])
    connection.executemany(
        _INSERT + "(?, ?, ?, ?)", zip(*(cells[whole + place :: 4] for place in range(4)), strict=True)
    )


def _sorted(rows: Sequence[Row]) -> SortedRows:
    """Return sorted rows a column at a time."""
    runs: list[tuple[int, int, int, int]] = []
    for (quantity, period), group in groupby(range(len(rows)), lambda place: rows[place][:2]):
        places = list(group)
        runs.append((quantity, period, places[0], places[-1] + 1))
    _, _, areas, categories, numbers, figures = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 6
    )
    return SortedRows(
        runs,
        areas,
        categories,
        numbers,
        figures,
        {(row[0], row[2]) for row in rows},
        {(row[0], row[3]) for row in rows},
    )


def _remove_step(connection: sqlite3.Connection, dataset: int) -> bool:
    """Delete some of a data set in one transaction and tell whether there is more."""
    connection.execute("BEGIN IMMEDIATE")
    first, last = connection.execute("SELECT min(first), max(last) FROM run WHERE dataset = ?", (dataset,)).fetchone()
    if first is not None:
        # The rows of a data set are one range of keys, because one is written at a time; its upper end goes first.
        start = max(int(first), int(last) - _STEP + 1)
        connection.execute("DELETE FROM observed WHERE key >= ? AND key <= ?", (start, last))
        connection.execute("DELETE FROM run WHERE dataset = ? AND first >= ?", (dataset, start))
        connection.execute("UPDATE run SET last = ? WHERE dataset = ? AND last >= ?", (start - 1, dataset, start))
    else:
        for table in ("marker", "covered_area", "covered_category", "beside"):
            connection.execute(f"DELETE FROM {table} WHERE dataset = ?", (dataset,))
        connection.execute("DELETE FROM dataset WHERE key = ?", (dataset,))
    connection.execute("COMMIT")
    return first is not None


def sweep(connection: sqlite3.Connection) -> int:
    """Take out data sets that an interrupted import left, half loaded or without the record that describes them; return how many there were."""
    left = [
        int(row[0])
        for row in connection.execute(
            "SELECT key FROM dataset WHERE state = 'loading' OR source_id NOT IN (SELECT id FROM data_source)"
        )
    ]
    for dataset in left:
        while _remove_step(connection, dataset):
            pass
    return len(left)


VISIBLE = (
    "SELECT d.key FROM dataset d JOIN data_source s ON s.id = d.source_id AND s.removed = 0 WHERE d.state = 'ready'"
)


def has_source_of_size(connection: sqlite3.Connection, size: int) -> bool:
    """Tell whether a data source in use was read from a file of so many bytes, so that comparing the bytes themselves is worth while."""
    return (
        connection.execute(f"SELECT 1 FROM dataset WHERE size = ? AND key IN ({VISIBLE})", (size,)).fetchone()
        is not None
    )


def source_with(connection: sqlite3.Connection, content_hash: str) -> str | None:
    """Return the title of a data source in use that was read from the very same bytes."""
    row = connection.execute(
        "SELECT s.title FROM dataset d JOIN data_source s ON s.id = d.source_id WHERE d.state = 'ready' AND s.removed = 0 AND d.content_hash = ?",
        (content_hash,),
    ).fetchone()
    return str(row[0]) if row else None


REJECTED = "set aside"
"""The kind of the annotations that are rows which could not be read, as programme files have it."""


def annotations_of(connection: sqlite3.Connection, content_hash: str, kind: str) -> list[tuple[int, str, str]]:
    """Return the annotations of one kind that a file holds beside its figures, such as its titles: row, cells as JSON, and reason."""
    rows = connection.execute(
        f"SELECT b.source_row, b.cells, b.reason FROM beside b JOIN dataset d ON d.key = b.dataset WHERE d.key IN ({VISIBLE})"
        " AND d.content_hash = ? AND b.kind = ? ORDER BY b.source_row",
        (content_hash, kind),
    )
    return [(int(row), str(cells), str(reason)) for row, cells, reason in rows]
