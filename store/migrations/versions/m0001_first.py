"""The first format: every record, the journal, the ballot box and the evidence tables."""

from __future__ import annotations

from alembic import op
from sqlmodel import SQLModel

from store import ballots, bulk, journal

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    SQLModel.metadata.create_all(op.get_bind())
    for statement in (*journal.TABLES, *ballots.TABLES, *bulk.SCHEMA):
        op.execute(statement)
