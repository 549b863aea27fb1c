"""What the first screen shows of a file, read with the standard library's sqlite3 alone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from store.connection import APPLICATION_ID, SCHEMA
from store.overview import Overview, overview


@dataclass(frozen=True)
class Glance:
    """A file seen without opening it for work: its overview, or why there is none."""

    path: Path
    overview: Overview | None
    trouble: str = ""


def glance(path: Path, today: str) -> Glance:
    """Return what a programme file holds; never writes, never raises for a bad file."""
    if not path.is_file():
        return Glance(path, None, "not found")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.2)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return Glance(path, None, "not a programme file")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA:
                return Glance(path, None, "made by a newer version of this program")
            if version < SCHEMA:
                return Glance(path, None, "of an older format; opening it brings it up to date")
            return Glance(path, overview(connection, today))
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return Glance(path, None, "open in another window, or cannot be read")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return Glance(path, None, "cannot be read")
