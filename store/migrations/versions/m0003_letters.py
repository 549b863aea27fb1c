"""The third format: the letters of ideas, given for good once they stand on paper or on a ballot."""

from __future__ import annotations

from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None

ADDED = (
    """CREATE TABLE idea_letter (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, nominal_group_id TEXT, idea_id TEXT, letter TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY(nominal_group_id) REFERENCES nominal_group (id), FOREIGN KEY(idea_id) REFERENCES idea (id)) STRICT""",
    "CREATE INDEX ix_idea_letter_nominal_group_id ON idea_letter (nominal_group_id)",
    "CREATE INDEX ix_idea_letter_idea_id ON idea_letter (idea_id)",
)


def upgrade() -> None:
    """Add the table; a vote opened before it keeps the letters that were written on its ideas."""
    for statement in ADDED:
        op.execute(statement)
