"""The format of the file: frozen, the same as the declarations, and brought up to date whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel
from store_examples import new_workspace, put, refused

from store import backup, ballots, connection, journal, schema, shown
from store.evidence import datasets
from store.glance import glance
from store.records import Feedback, Remark, Theme, all_records
from store.workspace import Workspace

NEXT = connection.SCHEMA + 1


def _format(raw: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Return what every table of a file is: columns, keys, links, indexes and strictness."""
    tables = [row for row in raw.execute("PRAGMA table_list") if not row[1].startswith(("sqlite_", "alembic_"))]
    return {
        name: {"kind": kind, "without_rowid": bool(without), "strict": bool(strict), **_table(raw, name)}
        for _, name, kind, _, without, strict in tables
    }


def _table(raw: sqlite3.Connection, table: str) -> dict[str, Any]:
    indexes = raw.execute(f'PRAGMA index_list("{table}")').fetchall()
    links = raw.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    view = raw.execute("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", (table,)).fetchone()
    return {
        "columns": raw.execute(f'PRAGMA table_xinfo("{table}")').fetchall(),
        "view": " ".join(view[0].split()) if view else "",
        "links": sorted(row[2:] for row in links),
        "indexes": sorted(
            (name, unique, origin, tuple(raw.execute(f'PRAGMA index_info("{name}")')))
            for _, name, unique, origin, _ in indexes
        ),
    }


def _declared() -> dict[str, dict[str, Any]]:
    engine = create_engine("sqlite://")
    with engine.begin() as bound:
        SQLModel.metadata.create_all(bound)
        for statement in (*journal.TABLES, *ballots.TABLES, *shown.TABLES, *datasets.SCHEMA):
            bound.exec_driver_sql(statement)
        raw = bound.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return _format(raw)


def test_a_migrated_file_is_what_the_declarations_say(tmp_path: Path) -> None:
    """Where this fails, a declaration was changed without a migration: write one in store/migrations/versions."""
    with new_workspace(tmp_path) as workspace:
        found = workspace.read(_format)
    declared = _declared()
    assert set(found) == set(declared)
    for table, what in declared.items():
        assert found[table] == what, f"{table}: a declaration was changed without a migration"
    assert set(all_records()) <= set(found)


def test_every_table_is_strict(tmp_path: Path) -> None:
    with new_workspace(tmp_path) as workspace:
        found = workspace.read(_format)
    assert [table for table, what in found.items() if what["kind"] == "table" and not what["strict"]] == []
    assert found["ballot"]["without_rowid"], "a hidden number would tell the order"


def test_the_first_format_does_not_read_the_declarations() -> None:
    """Later declarations must not change what an old migration makes."""
    for path in sorted((schema.MIGRATIONS / "versions").glob("m*.py")):
        text = path.read_text()
        assert "create_all" not in text
        assert "from store" not in text
        assert "import store" not in text


HEADER = f"""
import os
from alembic import op
import sqlalchemy as sa
revision = "{NEXT}"
down_revision = "{connection.SCHEMA}"
branch_labels = None
depends_on = None
"""

ADDS = """
def upgrade():
    step(0)
    with op.batch_alter_table("theme", recreate="always", table_kwargs={"sqlite_strict": True}) as theme:
        theme.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="none"))
    step(1)
    op.execute("UPDATE theme SET colour = 'blue'")
    step(2)
    op.execute("CREATE TABLE extra (id TEXT NOT NULL PRIMARY KEY) STRICT")
    step(3)
"""
STEP = """
def step(number):
    if os.environ.get("KILL_AT") == str(number):
        os.kill(os.getpid(), 9)
"""
LOSES = """
def upgrade():
    op.execute("DELETE FROM remark WHERE id IN (SELECT id FROM remark LIMIT 1)")
"""
BREAKS = """
def upgrade():
    op.execute("UPDATE theme SET parent_id = 'nowhere' WHERE parent_id IS NOT NULL")
"""
FAILS = """
def upgrade():
    op.execute("UPDATE theme SET name = 'changed'")
    op.execute("DROP TABLE no_such_table")
"""
DROPS = """
def upgrade():
    op.execute("DROP TABLE remark")
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        outer = put(workspace, Theme, name="Access")
        put(workspace, Theme, name="Waiting", parent_id=outer.id)
        for number in range(5):
            put(workspace, Remark, words=f"Remark {number}")
        put(workspace, Feedback)
    for copy in backup.backups(workspace.path):
        copy.unlink()
    return workspace.path


def _newer_program(folder: Path, monkeypatch: pytest.MonkeyPatch, migration: str) -> None:
    """Make this program one that knows one format more."""
    migrations = folder / "newer" / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / f"m{NEXT:04}_next.py").write_text(HEADER + STEP + migration)
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    for module in (schema, connection, sys.modules["store.glance"]):
        monkeypatch.setattr(module, "SCHEMA", NEXT)


def test_an_older_file_is_copied_and_brought_up_to_date(
    tmp_path: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _dump(older)
    _newer_program(tmp_path, monkeypatch, ADDS)
    assert "older format" in glance(older, "2026-11-23").trouble
    with refused("older format"):
        monkeypatch.setattr(connection, "is_writable", lambda _: False)
        Workspace.open(older)
    monkeypatch.setattr(connection, "is_writable", lambda _: True)
    with Workspace.open(older) as workspace:
        assert [theme.name for theme in workspace.list(Theme)] == ["Access", "Waiting"]
        assert workspace.read(lambda raw: raw.execute("SELECT DISTINCT colour FROM theme").fetchall()) == [("blue",)]
        assert workspace.read(lambda raw: raw.execute("PRAGMA user_version").fetchone()) == (NEXT,)
        assert workspace.read(lambda raw: raw.execute("PRAGMA foreign_keys").fetchone()) == (1,)
        assert workspace.read(_format)["theme"]["strict"]
        assert workspace.verify() == []
        assert put(workspace, Theme).name
        for _ in range(9):
            workspace.undo()
        assert workspace.list(Theme) == workspace.list(Remark) == []
    saved = [copy for copy in backup.backups(older) if f"before format {NEXT}" in copy.name]
    assert len(saved) == 1
    assert {table: rows for table, rows in _dump(saved[0]).items() if table != "meta"} == {
        table: rows for table, rows in before.items() if table != "meta"
    }
    with Workspace.open(older) as again:
        assert len(again.journal()) > 9
    assert len([copy for copy in backup.backups(older) if "before format" in copy.name]) == 1


def _dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite3.connect(path)
    try:
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(raw.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in tables}
    finally:
        raw.close()


@pytest.mark.parametrize(
    ("migration", "words"),
    [
        (LOSES, "lost rows of remark"),
        (DROPS, "lost rows of remark"),
        (BREAKS, "broken a link"),
        (FAILS, "no_such_table"),
    ],
)
def test_a_migration_that_harms_is_refused_and_the_file_stays(
    tmp_path: Path, older: Path, monkeypatch: pytest.MonkeyPatch, migration: str, words: str
) -> None:
    before = older.read_bytes()
    with monkeypatch.context() as newer:
        _newer_program(tmp_path, newer, migration)
        with refused(words):
            Workspace.open(older)
        assert older.read_bytes() == before
    with Workspace.open(older) as workspace:
        assert len(workspace.list(Remark)) == 5
        assert workspace.verify() == []


NEWER = """
import sys
from pathlib import Path
from store import connection, schema
from store.workspace import Workspace
schema.MIGRATIONS = Path(sys.argv[2])
schema.SCHEMA = connection.SCHEMA = int(sys.argv[3])
Workspace.open(Path(sys.argv[1])).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by signal 9")
@pytest.mark.parametrize("step", [0, 1, 2, 3])
def test_a_migration_that_is_killed_leaves_the_old_format(
    tmp_path: Path, older: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    before = {table: rows for table, rows in _dump(older).items() if table != "meta"}
    with monkeypatch.context() as newer:
        _newer_program(tmp_path, newer, ADDS)
        command = [sys.executable, "-c", NEWER, str(older), str(schema.MIGRATIONS), str(NEXT)]
        newer.setenv("KILL_AT", str(step))
        killed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert killed.returncode == -9, killed.stderr
    with Workspace.open(older) as workspace:
        assert workspace.verify() == []
        assert workspace.read(lambda raw: raw.execute("PRAGMA user_version").fetchone()) == (connection.SCHEMA,)
        assert len(workspace.list(Remark)) == 5
    assert {table: rows for table, rows in _dump(older).items() if table != "meta"} == before
    _newer_program(tmp_path / "after", monkeypatch, ADDS)
    with Workspace.open(older) as workspace:
        assert workspace.read(lambda raw: raw.execute("PRAGMA user_version").fetchone()) == (NEXT,)
        assert len(workspace.list(Remark)) == 5


def test_a_new_file_has_the_newest_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _newer_program(tmp_path, monkeypatch, ADDS)
    with Workspace.create(tmp_path / "new.amhe", name="Fair start", rehearsal=True) as workspace:
        assert workspace.read(lambda raw: raw.execute("PRAGMA user_version").fetchone()) == (NEXT,)
        assert backup.backups(workspace.path) == []


def test_the_newest_migration_is_the_format_the_program_expects(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "SCHEMA", NEXT)
    monkeypatch.setattr(schema, "SCHEMA", NEXT)
    with pytest.raises(AssertionError, match="newest migration"):
        Workspace.open(older)


def test_files_made_side_by_side_are_each_whole(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        paths = [tmp_path / f"{number}.amhe" for number in range(12)]
        for workspace in pool.map(lambda path: Workspace.create(path, name="Fair start", area="Northmere"), paths):
            workspace.close()
    for path in paths:
        with Workspace.open(path) as workspace:
            assert workspace.verify() == []


def test_votes_of_before_are_rankings_and_their_ballots_keep_their_places(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "third.amhe", isolation_level=None)
    try:
        schema.upgrade(raw, "3")
        raw.execute("INSERT INTO voting_round VALUES ('r', 1, 0, NULL, 'First vote', 'closed', 2, 3, 'aa b ccc')")
        raw.executemany("INSERT INTO ballot VALUES ('r', ?, ?)", [("k2", '["ccc", "aa"]'), ("k1", '["b"]         ')])
        schema.upgrade(raw)
        assert raw.execute("SELECT scheme, ideas FROM voting_round").fetchall() == [("ranking", "aa b ccc")]
        ballots_now = raw.execute("SELECT key, numbers FROM ballot").fetchall()
        assert [(key, json.loads(numbers)) for key, numbers in ballots_now] == [
            ("k1", {"b": 1}),
            ("k2", {"ccc": 1, "aa": 2}),
        ]
        assert len({len(numbers) for _, numbers in ballots_now}) == 1, "the shorter one could be told from the other"
        assert ballots.opened(raw, "r") == [{"b": 1}, {"ccc": 1, "aa": 2}]
    finally:
        raw.close()
