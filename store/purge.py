"""Withdrawal: a person's words leave the file for good, and the note stays that they did."""

from __future__ import annotations

import sqlite3

from amhe_tui.errors import AmheError
from store import journal
from store.records import Feedback, Idea, Kind, Participant, Record, Remark, faces, table_of

WITHDRAWABLE = (Remark, Participant, Idea, Feedback)
"""The kinds of records that hold what one person said or is, and may take back."""

_EMPTY = "''"
_BLANK = {Kind.NUMBER: "NULL", Kind.COUNT: "NULL", Kind.FLAG: "0"}


def find(connection: sqlite3.Connection, kind: type[Record], row_id: str) -> bool:
    """Tell whether the row to withdraw is marked as removed already.

    Raises:
        AmheError: It is not in the file.
    """
    row = connection.execute(f'SELECT removed FROM "{table_of(kind)}" WHERE id = ?', (row_id,)).fetchone()
    if row is None:
        raise AmheError("Not in the file", f"This {kind.singular} is not in the file.", "Go back to the list.")
    return bool(row[0])


def withdraw(connection: sqlite3.Connection, kind: type[Record], row_id: str, entry_id: str) -> None:
    """Drop a row's values from the journal and blank the row, but for its links, inside the caller's transaction.

    Args:
        connection: The file.
        kind: The kind of record.
        row_id: The row.
        entry_id: The journal's entry that says the row was withdrawn.
    """
    journal.forget(connection, row_id, entry_id)
    blanks = [
        f'"{name}" = {_BLANK.get(face.kind, _EMPTY)}'
        for name, face in faces(kind).items()
        if face.kind is not Kind.LINK
    ]
    settings = ", ".join(["removed = 1", *blanks])
    connection.execute(f'UPDATE "{table_of(kind)}" SET {settings} WHERE id = ?', (row_id,))
