"""What left the team, for whom: each count by a keyed hash of what it is about, with the figure it was shown as; and the key, which never leaves the file."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable, Sequence

TABLES = (
    # Nothing of a source stays behind here when the source goes.
    """CREATE TABLE shown_before (
        audience TEXT NOT NULL, cell BLOB NOT NULL, shown REAL NOT NULL, PRIMARY KEY (audience, cell)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE team_key (key BLOB NOT NULL) STRICT",
)


def key_of(connection: sqlite3.Connection) -> bytes | None:
    """Return the key of this file, or nothing where none was made yet."""
    row = connection.execute("SELECT key FROM team_key").fetchone()
    return None if row is None else bytes(row[0])


def made_key(connection: sqlite3.Connection) -> bytes:
    """Return the key of this file, made where there is none."""
    insert = "INSERT INTO team_key SELECT ? WHERE NOT EXISTS (SELECT 1 FROM team_key)"
    connection.execute(insert, (secrets.token_bytes(32),))
    return key_of(connection) or b""


def mark(key: bytes, text: str, *, size: int = 16) -> bytes:
    """Return a mark of a text: the same for the same text, and nobody without the key can try texts out."""
    return hashlib.blake2b(text.encode("utf-8"), key=key, digest_size=size).digest()


def remember(connection: sqlite3.Connection, audience: str, cells: Iterable[tuple[bytes, float]]) -> None:
    """Remember counts that an audience has seen, by their marks, as they were shown."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO shown_before VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET shown = excluded.shown",
        ((audience, cell, shown) for cell, shown in cells),
    )
    connection.execute("COMMIT")


def seen_by(connection: sqlite3.Connection, audiences: Sequence[str]) -> dict[bytes, list[float]]:
    """Return what some audiences have seen, by the marks of the counts."""
    marks = ", ".join("?" * len(audiences))
    before: dict[bytes, list[float]] = {}
    for cell, shown in connection.execute(
        f"SELECT cell, shown FROM shown_before WHERE audience IN ({marks})", audiences
    ):
        before.setdefault(bytes(cell), []).append(float(shown))
    return before
