"""The append-only journal: one entry an operation, chained by hashes, with what undo and merging need.

An entry names, for every row, the columns it changed with their values before and after, and the entries whose values it supersedes, so that two copies can
later be joined as a union with nothing lost. Each value is hashed with a salt of its own; dropping the value and its salt, for a withdrawal, leaves the chain
whole and the words gone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Value = str | int | float | bool | None
EntryKind = Literal["change", "undo", "redo", "sealed"]

TABLES = (
    """CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT""",
    """CREATE TABLE journal_entry (
        id TEXT PRIMARY KEY, replica TEXT NOT NULL, sequence INTEGER NOT NULL, stamp TEXT NOT NULL, actor TEXT NOT NULL, label TEXT NOT NULL,
        kind TEXT NOT NULL, inverts TEXT REFERENCES journal_entry(id), previous TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (replica, sequence)) STRICT""",
    """CREATE TABLE journal_change (
        entry_id TEXT NOT NULL REFERENCES journal_entry(id), table_name TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,
        before TEXT, after TEXT, salt TEXT, digest TEXT NOT NULL, PRIMARY KEY (entry_id, row_id, field)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE journal_supersedes (
        entry_id TEXT NOT NULL REFERENCES journal_entry(id), row_id TEXT NOT NULL, field TEXT NOT NULL, superseded TEXT NOT NULL,
        PRIMARY KEY (entry_id, row_id, field, superseded)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE journal_head (
        row_id TEXT NOT NULL, field TEXT NOT NULL, entry_id TEXT NOT NULL, PRIMARY KEY (row_id, field, entry_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE purged (row_id TEXT PRIMARY KEY, entry_id TEXT NOT NULL) STRICT, WITHOUT ROWID""",
)


@dataclass(frozen=True)
class FieldChange:
    """One column of one row, before and after; a row that is new has no value before."""

    table: str
    row_id: str
    field: str
    before: Value
    after: Value
    is_new: bool = False


@dataclass(frozen=True)
class Entry:
    """One operation as the journal tells it."""

    id: str
    replica: str
    sequence: int
    stamp: str
    actor: str
    label: str
    kind: EntryKind
    inverts: str | None
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """What is known of an entry before it is written."""

    id: str
    replica: str
    sequence: int
    stamp: str
    actor: str
    label: str
    kind: EntryKind
    inverts: str | None


def _digest(salt: str, table: str, row_id: str, field: str, after: str) -> str:
    return hashlib.sha256("\x1f".join((salt, table, row_id, field, after)).encode()).hexdigest()


def _entry_hash(previous: str, header: Header, digests: list[str]) -> str:
    body = json.dumps(
        [
            header.id,
            header.replica,
            header.sequence,
            header.stamp,
            header.actor,
            header.label,
            header.kind,
            header.inverts,
            sorted(digests),
        ]
    )
    return hashlib.sha256((previous + body).encode()).hexdigest()


def append(connection: sqlite3.Connection, header: Header, changes: list[FieldChange]) -> None:
    """Write an entry and its changes inside the caller's transaction, and make it the head of every field it changed."""
    rows: list[tuple[str, str, str, str, str | None, str, str, str]] = []
    for change in changes:
        salt, after = secrets.token_hex(8), json.dumps(change.after)
        before = None if change.is_new else json.dumps(change.before)
        digest = _digest(salt, change.table, change.row_id, change.field, after)
        rows.append((header.id, change.table, change.row_id, change.field, before, after, salt, digest))
    found = connection.execute(
        "SELECT hash FROM journal_entry WHERE replica = ? ORDER BY sequence DESC LIMIT 1", (header.replica,)
    ).fetchone()
    previous = str(found[0]) if found else ""
    connection.execute(
        "INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (header.id, header.replica, header.sequence, header.stamp, header.actor, header.label, header.kind, header.inverts, previous,
         _entry_hash(previous, header, [row[7] for row in rows])),
    )  # fmt: skip
    connection.executemany("INSERT INTO journal_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    keys = [(header.id, change.row_id, change.field) for change in changes]
    connection.executemany(
        "INSERT INTO journal_supersedes SELECT ?1, row_id, field, entry_id FROM journal_head WHERE row_id = ?2 AND field = ?3",
        keys,
    )
    connection.executemany("DELETE FROM journal_head WHERE row_id = ?2 AND field = ?3 AND entry_id <> ?1", keys)
    connection.executemany("INSERT INTO journal_head VALUES (?2, ?3, ?1)", keys)


def entries(connection: sqlite3.Connection, limit: int | None = None) -> list[Entry]:
    """Return the entries, newest first."""
    rows = connection.execute(
        "SELECT e.id, replica, sequence, stamp, actor, label, kind, inverts,"
        " (SELECT group_concat(DISTINCT table_name) FROM journal_change c WHERE c.entry_id = e.id)"
        " FROM journal_entry e ORDER BY stamp DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [Entry(*row[:8], tables=tuple((row[8] or "").split(","))) for row in rows]


def changes_of(connection: sqlite3.Connection, entry_id: str) -> list[FieldChange]:
    """Return what an entry changed; values that were purged are left out."""
    rows = connection.execute(
        "SELECT table_name, row_id, field, before, after FROM journal_change WHERE entry_id = ? AND salt IS NOT NULL",
        (entry_id,),
    )
    return [
        FieldChange(
            table,
            row_id,
            field,
            None if before is None else json.loads(before),
            json.loads(after),
            is_new=before is None,
        )
        for table, row_id, field, before, after in rows
    ]


def undo_stacks(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return what can be undone and what can be redone, the next one last, as ids of entries."""
    undoable: list[str] = []
    redoable: list[str] = []
    for entry_id, kind, inverts in connection.execute("SELECT id, kind, inverts FROM journal_entry ORDER BY stamp"):
        if kind == "change":
            undoable.append(entry_id)
            redoable.clear()
        elif kind == "undo":
            if inverts in undoable:
                undoable.remove(inverts)
            redoable.append(entry_id)
        elif kind == "redo":
            if inverts in redoable:
                redoable.remove(inverts)
            undoable.append(entry_id)
    return undoable, redoable


def verify(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for every entry whose hash no longer fits and every row that differs from what the journal last said of it."""
    previous: dict[str, str] = {}
    digests: dict[str, list[str]] = {}
    for entry_id, table, row_id, field, after, salt, digest in connection.execute(
        "SELECT entry_id, table_name, row_id, field, after, salt, digest FROM journal_change"
    ):
        digests.setdefault(entry_id, []).append(digest)
        if salt is not None and _digest(salt, table, row_id, field, after) != digest:
            yield f"The journal's record of {field} of {table} {row_id} was changed outside this program."
    for row in connection.execute(
        "SELECT id, replica, sequence, stamp, actor, label, kind, inverts, previous, hash FROM journal_entry ORDER BY replica, sequence"
    ):
        header = Header(*row[:8])
        if (
            row[8] != previous.get(header.replica, "")
            or _entry_hash(row[8], header, digests.get(header.id, [])) != row[9]
        ):
            yield f"Entry {header.sequence} of the journal ({header.label}) was changed outside this program."
        previous[header.replica] = row[9]
    yield from _rows_that_differ(connection)


def _rows_that_differ(connection: sqlite3.Connection) -> Iterator[str]:
    tables = [row[0] for row in connection.execute("SELECT DISTINCT table_name FROM journal_change")]
    for table in tables:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        now = {row[0]: dict(zip(columns, row, strict=True)) for row in connection.execute(f'SELECT * FROM "{table}"')}
        said = connection.execute(
            "SELECT c.row_id, c.field, c.after FROM journal_head h JOIN journal_change c"
            " ON c.entry_id = h.entry_id AND c.row_id = h.row_id AND c.field = h.field WHERE c.table_name = ? AND c.salt IS NOT NULL"
            " AND (SELECT count(*) FROM journal_head o WHERE o.row_id = h.row_id AND o.field = h.field) = 1",
            (table,),
        )
        for row_id, field, after in said:
            row = now.get(row_id)
            if row is None:
                yield f"The {table} {row_id} is gone from the file."
            elif field in row and row[field] != json.loads(after):
                yield f"The {field} of {table} {row_id} was changed outside this program."
