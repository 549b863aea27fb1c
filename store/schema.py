"""The format of the file: made and brought up to date by Alembic migrations, and nothing else."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from amhe_tui.errors import AmheError
from store import backup
from store.connection import APPLICATION_ID, SCHEMA, damaged

MIGRATIONS = Path(__file__).with_name("migrations")
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what a migration runs on in one place for the whole process."""


def transactional_engine(raw: sqlite3.Connection) -> Engine:
    """Return an engine over the one connection, whose transactions take the write lock at once."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)

    def begin(bound: Connection) -> None:
        bound.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "begin", begin)
    return engine


def upgrade(raw: sqlite3.Connection, to: str = "head") -> None:
    """Run the migrations that the file has not seen, with foreign keys off while tables are rebuilt and checked afterwards.

    Raises:
        ValueError: A migration lost rows or broke a link; the transaction is rolled back and the file is as it was.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = transactional_engine(raw)
    before = row_counts(raw)
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with _ONE_AT_A_TIME, engine.begin() as bound:
            config.attributes["connection"] = bound
            command.upgrade(config, to)
            _check(raw, before)
            version = int(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            raw.execute(f"PRAGMA user_version={version}")
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if to == "head":
        assert version == SCHEMA, f"the newest migration is {version}, the program expects {SCHEMA}"


def bring_up_to_date(raw: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that a file has not seen, after a verified backup of it.

    Raises:
        AmheError: A migration would have lost something; the file is as it was.
    """
    backup.save(raw, path, reason=f"before format {SCHEMA}")
    try:
        upgrade(raw)
    except ValueError as error:
        raise AmheError(
            "Not brought up to date",
            f"{path.name} has an older format, and {error}; it is as it was.",
            "Open it with the version of this program that made it, and report this.",
        ) from error


def refuse_if_corrupt(raw: sqlite3.Connection, path: Path) -> None:
    """Refuse a file whose pages or links do not fit together.

    Raises:
        AmheError: They do not.
    """
    verdict = [row[0] for row in raw.execute("PRAGMA quick_check")]
    if verdict != ["ok"] or raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise damaged(path)


def row_counts(raw: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    tables = [
        row[0]
        for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    return {table: int(raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in tables}


def _check(raw: sqlite3.Connection, before: dict[str, int]) -> None:
    after = row_counts(raw)
    lost = [table for table, rows in before.items() if table != "alembic_version" and after.get(table, 0) < rows]
    if lost:
        raise ValueError(f"bringing the file up to date would have lost rows of {', '.join(lost)}")
    if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise ValueError("bringing the file up to date would have broken a link")


def meta(raw: sqlite3.Connection, name: str) -> str:
    """Return a note the program keeps in the file, or an empty string."""
    row = raw.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def set_meta(raw: sqlite3.Connection, **values: str) -> None:
    """Keep notes in the file."""
    raw.execute("BEGIN IMMEDIATE")
    try:
        raw.executemany(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            list(values.items()),
        )
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.rollback()
