"""The second format: what intake and the evidence need.

Sources say how they were understood, what they replace and what was set aside; labels that are one, the meaning of indicators and groups to look for have
tables; a group of people can be part of another; findings hold their gap; assets say who runs them and where.
"""

from __future__ import annotations

from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

# Each table is made anew and takes over the columns it had: SQLite adds columns only with defaults, which the declarations do not have.
REMADE = {
    "data_source": (
        """(id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, publisher TEXT NOT NULL, period TEXT NOT
        NULL, geography TEXT NOT NULL, licence TEXT NOT NULL, suppression TEXT NOT NULL, completeness TEXT NOT NULL, file_name TEXT NOT NULL, content_hash TEXT NOT NULL,
        layout TEXT NOT NULL, rows INTEGER, set_aside INTEGER, watch TEXT NOT NULL, schemes TEXT NOT NULL, heading TEXT NOT NULL, meaning TEXT NOT NULL, replaces_id
        TEXT, PRIMARY KEY (id), FOREIGN KEY(replaces_id) REFERENCES data_source (id)) STRICT""",
        ("watch", "schemes", "heading", "meaning"),
    ),
    "asset": (
        """(id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, description TEXT NOT NULL, organisation TEXT NOT
        NULL, area TEXT NOT NULL, reaches TEXT NOT NULL, languages TEXT NOT NULL, access TEXT NOT NULL, ages TEXT NOT NULL, cost TEXT NOT NULL, capacity TEXT NOT NULL,
        address TEXT NOT NULL, postcode TEXT NOT NULL, website TEXT NOT NULL, contact TEXT NOT NULL, checked TEXT NOT NULL, source_id TEXT, source_key TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(source_id) REFERENCES data_source (id)) STRICT""",
        ("description", "organisation", "ages", "cost", "address", "postcode", "website", "source_key"),
    ),
    "finding": (
        """(id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, title TEXT NOT NULL, domain TEXT NOT NULL, characteristic TEXT NOT NULL, group_name TEXT
        NOT NULL, compared_with TEXT NOT NULL, indicator TEXT NOT NULL, area TEXT NOT NULL, period TEXT NOT NULL, indicator_id TEXT NOT NULL, unit TEXT NOT NULL,
        direction TEXT NOT NULL, value REAL, lower REAL, upper REAL, compared_value REAL, gap_value REAL, gap_lower REAL, gap_upper REAL, figures TEXT NOT NULL, frozen
        TEXT NOT NULL, sentence TEXT NOT NULL, method TEXT NOT NULL, sureness TEXT NOT NULL, caveat TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
        ("figures", "frozen"),
    ),
    "category": (
        """(key INTEGER PRIMARY KEY, characteristic TEXT NOT NULL, label TEXT NOT NULL, level TEXT NOT NULL, parent TEXT NOT NULL, within TEXT NOT NULL, UNIQUE
        (characteristic, label, level, parent, within)) STRICT""",
        ("within",),
    ),
}
"""Each table's new columns, and which of them are blank texts in the rows that are there; other new columns are left without a value."""
ADDED = (
    "CREATE INDEX ix_data_source_replaces_id ON data_source (replaces_id)",
    "CREATE INDEX ix_asset_source_id ON asset (source_id)",
    """CREATE TABLE label_join (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, kind TEXT NOT NULL, characteristic TEXT NOT NULL, label TEXT NOT NULL,
        joined_to TEXT NOT NULL, quality TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE indicator_meaning (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, indicator_id TEXT NOT NULL, name TEXT NOT NULL, direction TEXT
        NOT NULL, domain TEXT NOT NULL, counted TEXT NOT NULL, outcome TEXT NOT NULL, reference TEXT NOT NULL, PRIMARY KEY (id)) STRICT""",
    """CREATE TABLE group_to_see (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, seen TEXT NOT NULL, where_seen
        TEXT NOT NULL, done TEXT NOT NULL, finding_id TEXT, PRIMARY KEY (id), FOREIGN KEY(finding_id) REFERENCES finding (id)) STRICT""",
    "CREATE INDEX ix_group_to_see_finding_id ON group_to_see (finding_id)",
    """CREATE TABLE beside (dataset INTEGER NOT NULL, source_row INTEGER NOT NULL, kind TEXT NOT NULL, cells TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (dataset,
        source_row, kind)) STRICT, WITHOUT ROWID""",
)


def upgrade() -> None:
    """Make the tables anew that have more columns, and add those that are new."""
    for table, (columns, blank) in REMADE.items():
        had = [row[1] for row in op.get_bind().exec_driver_sql(f'PRAGMA table_info("{table}")')]
        op.execute(f'CREATE TABLE "{table}_anew" {columns}')
        taken = ", ".join((*had, *blank))
        given = ", ".join((*had, *("''" for _ in blank)))
        op.execute(f'INSERT INTO "{table}_anew" ({taken}) SELECT {given} FROM "{table}"')
        op.execute(f'DROP TABLE "{table}"')
        op.execute(f'ALTER TABLE "{table}_anew" RENAME TO "{table}"')
    for statement in ADDED:
        op.execute(statement)
