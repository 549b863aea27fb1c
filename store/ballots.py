"""The ballot box: kept apart from the journal, with nothing that leads to a person, an order or a time.

A ballot is a number for each idea on it, whatever way the vote is held. Each has a random key. Casting one writes the whole box of its round anew in the order
of those keys, because a database page would otherwise keep its rows in the order they came; and all ballots of a round are filled up to one length, because
where one page ends and the next begins would otherwise tell when a long one came. Nothing here can be read before the round is closed, except how many ballots
there are.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from amhe_tui.errors import AmheError
from amhe_tui.method.vote_schemes import Numbers, scheme_of
from store.identity import random_key

TABLES = (
    """CREATE TABLE ballot (
        round_id TEXT NOT NULL REFERENCES voting_round(id), key TEXT NOT NULL, numbers TEXT NOT NULL, PRIMARY KEY (round_id, key)) STRICT, WITHOUT ROWID""",
)


@dataclass(frozen=True)
class _Round:
    state: str
    places: int
    voters: int
    ideas: tuple[str, ...]
    scheme: str


def _round(connection: sqlite3.Connection, round_id: str) -> _Round:
    row = connection.execute(
        "SELECT state, places, voters, ideas, scheme FROM voting_round WHERE id = ? AND removed = 0", (round_id,)
    ).fetchone()
    if row is None:
        raise AmheError("No such vote", "This vote is no longer in the file.", "Go back to the session.")
    return _Round(str(row[0]), int(row[1]), int(row[2]), tuple(str(row[3]).split()), str(row[4]))


def _written(ballot: Numbers) -> str:
    # In the order of the ideas' keys: the order in which they were chosen is nobody's business.
    return json.dumps(dict(ballot), sort_keys=True)


def cast(connection: sqlite3.Connection, round_id: str, ballot: Numbers) -> int:
    """Put one ballot, the number of each idea on it by its key, into an open round and return how many there are now.

    Raises:
        AmheError: The round is closed, every voter has voted, or the ballot is not valid.
    """
    vote = _round(connection, round_id)
    if vote.state != "open":
        raise AmheError(
            "The vote is closed", "No ballot can be added to it.", "Open a final vote if the group wants one."
        )
    try:
        scheme = scheme_of(vote.scheme)
    except ValueError as error:
        raise AmheError("Another way of voting", str(error), "Update this program.") from error
    try:
        scheme.check(ballot, vote.ideas, vote.places)
    except ValueError as error:
        raise AmheError("Not a valid ballot", scheme.task(vote.places, len(vote.ideas)), "Choose again.") from error
    connection.execute("BEGIN IMMEDIATE")
    try:
        box = connection.execute("SELECT key, numbers FROM ballot WHERE round_id = ?", (round_id,)).fetchall()
        if vote.voters and len(box) >= vote.voters:
            raise AmheError(
                "Everybody has voted",
                f"All {vote.voters} ballots are in the box.",
                "Close the vote, or raise the number of people voting.",
            )
        box.append((random_key(), _written(ballot)))
        longest = len(_written(scheme.fullest(vote.ideas, vote.places)))
        width = max(longest, *(len(text.rstrip()) for _, text in box))
        connection.execute("DELETE FROM ballot WHERE round_id = ?", (round_id,))
        connection.executemany(
            "INSERT INTO ballot VALUES (?, ?, ?)",
            sorted((round_id, key, text.rstrip().ljust(width)) for key, text in box),
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return len(box)


def count(connection: sqlite3.Connection, round_id: str) -> int:
    """Return how many ballots are in the box, the only thing that can be known while the vote is open."""
    return int(connection.execute("SELECT count(*) FROM ballot WHERE round_id = ?", (round_id,)).fetchone()[0])


def opened(connection: sqlite3.Connection, round_id: str) -> list[dict[str, int]]:
    """Return the ballots of a closed round, in the order of their random keys.

    Raises:
        AmheError: The vote is still open.
    """
    if _round(connection, round_id).state != "closed":
        raise AmheError("The vote is open", "Nothing is counted before it is closed.", "Close the vote first.")
    return [
        json.loads(row[0])
        for row in connection.execute("SELECT numbers FROM ballot WHERE round_id = ? ORDER BY key", (round_id,))
    ]
