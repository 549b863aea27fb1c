"""The fourth format: a vote says how it is held, and a ballot is a number for each idea on it."""

from __future__ import annotations

import json

from alembic import op

revision = "4"
down_revision = "3"
branch_labels = None
depends_on = None

ROUND = """CREATE TABLE voting_round_anew (id TEXT NOT NULL, cycle INTEGER NOT NULL, removed INTEGER NOT NULL, nominal_group_id TEXT, name TEXT NOT NULL, state TEXT NOT
    NULL, places INTEGER NOT NULL, voters INTEGER NOT NULL, ideas TEXT NOT NULL, scheme TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(nominal_group_id) REFERENCES
    nominal_group (id)) STRICT"""
BALLOT = """CREATE TABLE ballot (round_id TEXT NOT NULL REFERENCES voting_round(id), key TEXT NOT NULL, numbers TEXT NOT NULL, PRIMARY KEY (round_id, key)) STRICT, WITHOUT
    ROWID"""


def upgrade() -> None:
    """Call every vote so far a ranking, and write each of its ballots as the place of each idea."""
    bound = op.get_bind()
    rounds = {
        str(row[0]): (int(row[1]), str(row[2]).split())
        for row in bound.exec_driver_sql("SELECT id, places, ideas FROM voting_round")
    }
    ballots = sorted(
        (str(row[0]), str(row[1]), _by_place(json.loads(row[2])))
        for row in bound.exec_driver_sql("SELECT round_id, key, ranking FROM ballot")
    )
    op.execute("DROP TABLE ballot")
    op.execute(ROUND)
    op.execute("INSERT INTO voting_round_anew SELECT *, 'ranking' FROM voting_round")
    op.execute("DROP TABLE voting_round")
    op.execute("ALTER TABLE voting_round_anew RENAME TO voting_round")
    op.execute("CREATE INDEX ix_voting_round_nominal_group_id ON voting_round (nominal_group_id)")
    op.execute(BALLOT)
    for round_id, key, numbers in ballots:
        places, ideas = rounds[round_id]
        # As long as the longest ballot of the round, and in the order of the keys: neither may tell who voted when.
        longest = len(_by_place(sorted(ideas, key=len, reverse=True)[:places]))
        bound.exec_driver_sql("INSERT INTO ballot VALUES (?, ?, ?)", (round_id, key, numbers.ljust(longest)))


def _by_place(ranking: list[str]) -> str:
    return json.dumps({idea: place for place, idea in enumerate(ranking, start=1)}, sort_keys=True)
