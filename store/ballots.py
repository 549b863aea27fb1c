"""The ballot box: kept apart from the journal, with nothing that leads to a person, an order or a time.

Each ballot has a random key. Casting one writes the whole box of its round anew in the order of those keys, because a database page would otherwise keep its
rows in the order they came; and all ballots of a round are filled up to one length, because where one page ends and the next begins would otherwise tell when
a long one came. Nothing here can be read before the round is closed, except how many ballots there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from amhe_tui.errors import AmheError
from store.identity import random_key

TABLES = (
    """CREATE TABLE ballot (
        round_id TEXT NOT NULL REFERENCES voting_round(id), key TEXT NOT NULL, ranking TEXT NOT NULL, PRIMARY KEY (round_id, key)) STRICT, WITHOUT ROWID""",
)


def _state(connection: sqlite3.Connection, round_id: str) -> tuple[str, int, int, list[str]]:
    row = connection.execute(
        "SELECT state, places, voters, ideas FROM voting_round WHERE id = ? AND removed = 0", (round_id,)
    ).fetchone()
    if row is None:
        raise AmheError("No such vote", "This vote is no longer in the file.", "Go back to the session.")
    return str(row[0]), int(row[1]), int(row[2]), str(row[3]).split()


def _longest(places: int, ideas: list[str]) -> int:
    """Return how many characters the longest ballot of a round takes."""
    return len(json.dumps(sorted(ideas, key=len, reverse=True)[:places]))


def cast(connection: sqlite3.Connection, round_id: str, ranking: Sequence[str]) -> int:
    """Put one ballot, the keys of ideas from first to last place, into an open round and return how many there are now.

    Raises:
        AmheError: The round is closed, every voter has voted, or the ranking is not valid.
    """
    state, places, voters, ideas = _state(connection, round_id)
    if state != "open":
        raise AmheError(
            "The vote is closed", "No ballot can be added to it.", "Open a final vote if the group wants one."
        )
    if not ranking or len(ranking) > places or len(set(ranking)) != len(ranking) or not set(ranking) <= set(ideas):
        raise AmheError(
            "Not a valid ballot", f"A ballot ranks up to {places} different ideas of this vote.", "Choose again."
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        box = connection.execute("SELECT key, ranking FROM ballot WHERE round_id = ?", (round_id,)).fetchall()
        if voters and len(box) >= voters:
            raise AmheError(
                "Everybody has voted",
                f"All {voters} ballots are in the box.",
                "Close the vote, or raise the number of people voting.",
            )
        box.append((random_key(), json.dumps(list(ranking))))
        width = max(_longest(places, ideas), *(len(text.rstrip()) for _, text in box))
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


def opened(connection: sqlite3.Connection, round_id: str) -> list[tuple[str, ...]]:
    """Return the rankings of a closed round, in the order of their random keys.

    Raises:
        AmheError: The vote is still open.
    """
    state, *_ = _state(connection, round_id)
    if state != "closed":
        raise AmheError("The vote is open", "Nothing is counted before it is closed.", "Close the vote first.")
    return [
        tuple(json.loads(row[0]))
        for row in connection.execute("SELECT ranking FROM ballot WHERE round_id = ? ORDER BY key", (round_id,))
    ]
