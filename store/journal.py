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
    "CREATE INDEX ix_journal_change_row ON journal_change (row_id, field)",
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


@dataclass(frozen=True)
class Entry(Header):
    """One operation as the journal tells it, with the tables it touched."""

    tables: tuple[str, ...] = ()


def _digest(salt: str, table: str, row_id: str, field: str, before: str | None, after: str) -> str:
    # A value before is JSON, never an empty string, so a row that is new cannot be taken for one whose value was blank.
    return hashlib.sha256("\x1f".join((salt, table, row_id, field, before or "", after)).encode()).hexdigest()


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
        digest = _digest(salt, change.table, change.row_id, change.field, before, after)
        rows.append((header.id, change.table, change.row_id, change.field, before, after, salt, digest))
    last = connection.execute(
        "SELECT hash FROM journal_entry WHERE replica = ? ORDER BY sequence DESC LIMIT 1", (header.replica,)
    ).fetchone()
    previous = str(last[0]) if last else ""
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


def label_of(connection: sqlite3.Connection, entry_id: str) -> str:
    """Return what an entry is called."""
    return str(connection.execute("SELECT label FROM journal_entry WHERE id = ?", (entry_id,)).fetchone()[0])


def undo_stacks(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return what can be undone and what can be redone, the next one last, as ids of entries.

    A sealed entry is passed over, and so is whatever was earlier done to the very fields it set: taking that back would take back the sealed one. An entry
    that is about purged rows alone has nothing to give back.
    """
    undoable: list[str] = []
    redoable: list[str] = []
    empty = _emptied(connection)
    fixed = _fixed_by_sealed(connection)
    for entry_id, kind, inverts in connection.execute("SELECT id, kind, inverts FROM journal_entry ORDER BY stamp"):
        if kind == "sealed":
            undoable = [earlier for earlier in undoable if earlier not in fixed.get(entry_id, ())]
            redoable.clear()
        elif kind == "change":
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
    return [entry for entry in undoable if entry not in empty], [entry for entry in redoable if entry not in empty]


def _emptied(connection: sqlite3.Connection) -> set[str]:
    return {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT entry_id FROM journal_change WHERE salt IS NULL"
            " EXCEPT SELECT entry_id FROM journal_change WHERE salt IS NOT NULL"
        )
    }


def _fixed_by_sealed(connection: sqlite3.Connection) -> dict[str, set[str]]:
    fixed: dict[str, set[str]] = {}
    for sealed, entry_id in connection.execute(
        "SELECT DISTINCT e.id, c.entry_id FROM journal_entry e JOIN journal_change s ON s.entry_id = e.id"
        " JOIN journal_change c ON c.row_id = s.row_id AND c.field = s.field WHERE e.kind = 'sealed' AND c.salt IS NOT NULL"
    ):
        fixed.setdefault(sealed, set()).add(entry_id)
    return fixed


def forget(connection: sqlite3.Connection, row_id: str, entry_id: str) -> None:
    """Drop every value of a row from the journal, inside the caller's transaction; the chain stays whole, for it holds their hashes alone.

    Args:
        connection: The file.
        row_id: The row that is withdrawn.
        entry_id: The entry that says so.
    """
    connection.execute("UPDATE journal_change SET before = NULL, after = NULL, salt = NULL WHERE row_id = ?", (row_id,))
    connection.execute("INSERT INTO purged VALUES (?, ?)", (row_id, entry_id))


def is_purged(connection: sqlite3.Connection, row_id: str) -> bool:
    """Tell whether a row was withdrawn, so that nothing of its words is left."""
    return connection.execute("SELECT 1 FROM purged WHERE row_id = ?", (row_id,)).fetchone() is not None


def examine(connection: sqlite3.Connection) -> list[str]:
    """Return a sentence for every fault of the file: of its pages, and of what :func:`verify` looks at."""
    faults: list[str] = []
    try:
        faults += [f"{row[0]}." for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        for sentence in verify(connection):
            faults.append(sentence)  # what was found before the reading broke off is kept
    except (sqlite3.DatabaseError, UnicodeError, TypeError, ValueError) as error:
        if (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_BUSY"):
            raise
        faults.append(f"A part of the file cannot be read ({error}).")
    return faults


def verify(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for everything the chain, the rows and the journal's own lists do not agree on.

    Whoever cuts off the newest entries and mends every row, head and list to match cannot be found out, for nothing outside the file knows how long the
    journal was; and as no key is involved, neither can somebody who writes the whole chain anew.
    """
    digests: dict[str, list[str]] = {}
    purged = {row[0] for row in connection.execute("SELECT row_id FROM purged")}
    for entry_id, table, row_id, field, before, after, salt, digest in connection.execute(
        "SELECT entry_id, table_name, row_id, field, before, after, salt, digest FROM journal_change"
    ):
        digests.setdefault(entry_id, []).append(digest)
        withdrawn = salt is None and after is None and before is None and row_id in purged
        if not withdrawn and _digest(str(salt), table, row_id, field, before, str(after)) != digest:
            yield f"The journal's record of {field} of {table} {row_id} was changed outside this program."
    yield from _broken_chain(connection, digests)
    yield from _lists_that_differ(connection)
    yield from _rows_that_differ(connection)


def _broken_chain(connection: sqlite3.Connection, digests: dict[str, list[str]]) -> Iterator[str]:
    previous: dict[str, tuple[int, str]] = {}
    for row in connection.execute(
        "SELECT id, replica, sequence, stamp, actor, label, kind, inverts, previous, hash FROM journal_entry ORDER BY replica, sequence"
    ):
        header = Header(*row[:8])
        number, newest = previous.get(header.replica, (0, ""))
        if header.sequence != number + 1:
            yield f"Entries of the journal before entry {header.sequence} ({header.label}) are missing."
        if row[8] != newest or _entry_hash(row[8], header, digests.pop(header.id, [])) != row[9]:
            yield f"Entry {header.sequence} of the journal ({header.label}) was changed outside this program."
        previous[header.replica] = header.sequence, row[9]
    for entry_id in digests:
        yield f"The journal has changes of an entry that is gone ({entry_id})."


def _lists_that_differ(connection: sqlite3.Connection) -> Iterator[str]:
    heads = "SELECT row_id, field, entry_id FROM journal_head"
    newest = (
        "SELECT row_id, field, entry_id FROM journal_change EXCEPT SELECT s.row_id, s.field, s.superseded FROM journal_supersedes s"
        " JOIN journal_change n ON n.entry_id = s.entry_id AND n.row_id = s.row_id AND n.field = s.field"
    )
    queries = (f"{first} EXCEPT SELECT * FROM ({other}) LIMIT 1" for first, other in ((heads, newest), (newest, heads)))
    if any(connection.execute(query).fetchone() for query in queries):
        yield "The journal's list of newest values does not fit its entries: it was changed outside this program."
    for (row_id,) in connection.execute(
        "SELECT row_id FROM purged p WHERE NOT EXISTS (SELECT 1 FROM journal_change c JOIN journal_entry e ON e.id = c.entry_id"
        " WHERE c.entry_id = p.entry_id AND c.row_id = p.row_id AND e.kind = 'sealed')"
    ):
        yield f"The journal says {row_id} was withdrawn, but no entry did so."


def _rows_that_differ(connection: sqlite3.Connection) -> Iterator[str]:
    for table in _record_tables(connection):
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        now = {str(row[0]): dict(zip(columns, row, strict=True)) for row in cursor}
        recorded = connection.execute(
            "SELECT c.row_id, c.field, c.after, c.salt FROM journal_head h JOIN journal_change c"
            " ON c.entry_id = h.entry_id AND c.row_id = h.row_id AND c.field = h.field WHERE c.table_name = ?"
            " AND (SELECT count(*) FROM journal_head o WHERE o.row_id = h.row_id AND o.field = h.field) = 1",
            (table,),
        )
        seen: set[str] = set()
        for row_id, field, after, salt in recorded:
            row = now.get(row_id)
            if row is None:
                if row_id not in seen:
                    yield f"The {table} {row_id} is gone from the file."
            elif salt is not None and field in row and json.dumps(row[field]) != _stored(after):
                yield f"The {field} of {table} {row_id} was changed outside this program."
            seen.add(row_id)
        for row_id in sorted(now.keys() - seen):
            yield f"The {table} {row_id} was added outside this program."


def _stored(after: str) -> str:
    """Return a journalled value as JSON of what its column holds: a yes or no is kept there as 1 or 0."""
    return {"true": "1", "false": "0"}.get(after, after)


def _record_tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'removed'"
        " UNION SELECT DISTINCT c.table_name FROM journal_change c JOIN sqlite_master m ON m.name = c.table_name"
    )
    return [str(row[0]) for row in rows]
