"""The fifth format: who says that small numbers were dealt with, what left the team for whom, and the key of the marks that stand for files outside it."""

from __future__ import annotations

from alembic import op

revision = "5"
down_revision = "4"
branch_labels = None
depends_on = None

# Made anew, because SQLite adds columns only with defaults, which the declarations do not have.
SOURCES = """CREATE TABLE data_source_anew (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, publisher TEXT NOT
    NULL, period TEXT NOT NULL, geography TEXT NOT NULL, licence TEXT NOT NULL, suppression TEXT NOT NULL, treated TEXT NOT NULL, completeness TEXT NOT NULL, file_name TEXT
    NOT NULL, content_hash TEXT NOT NULL, layout TEXT NOT NULL, rows INTEGER, set_aside INTEGER, watch TEXT NOT NULL, schemes TEXT NOT NULL, heading TEXT NOT NULL, meaning
    TEXT NOT NULL, replaces_id TEXT, PRIMARY KEY (id), FOREIGN KEY(replaces_id) REFERENCES data_source (id)) STRICT"""
ADDED = (
    "DROP TABLE data_source",
    "ALTER TABLE data_source_anew RENAME TO data_source",
    "CREATE INDEX ix_data_source_replaces_id ON data_source (replaces_id)",
    "CREATE TABLE shown_before (audience TEXT NOT NULL, cell BLOB NOT NULL, shown REAL NOT NULL, PRIMARY KEY (audience, cell)) STRICT, WITHOUT ROWID",
    "CREATE TABLE team_key (key BLOB NOT NULL) STRICT",
)


def upgrade() -> None:
    """Add what the guard over the whole programme keeps; of sources from before, nobody has said that their publisher dealt with small numbers."""
    had = ", ".join(row[1] for row in op.get_bind().exec_driver_sql("PRAGMA table_info(data_source)"))
    op.execute(SOURCES)
    op.execute(f"INSERT INTO data_source_anew ({had}, treated) SELECT {had}, '' FROM data_source")
    for statement in ADDED:
        op.execute(statement)
