"""An open programme file, and the one door through which every change to it passes."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import uuid
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlmodel import Session, col, select

from amhe_tui.errors import AmheError
from store import backup, ballots, bulk, connection, journal, schema
from store.change import Change, apply
from store.identity import HybridClock, uuid7
from store.journal import Entry, EntryKind, FieldChange
from store.records import Link, Programme, Record, record_type, title_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
P = ParamSpec("P")

__all__ = ["Change", "Workspace"]


class Workspace:
    """An open programme file.

    One connection with an exclusive lock, owned by one thread that takes operations in turn; every method may be called from any thread and returns when its
    operation is done. What a method returns is detached: changing it changes nothing until it goes through :meth:`change`.
    """

    def __init__(self, path: Path, raw: sqlite3.Connection, *, read_only: bool, actor: str) -> None:
        self.path = path
        self.read_only = read_only
        self.actor = actor
        self.warnings: list[str] = []
        self._raw = raw
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._thread_id = self._thread.submit(threading.get_ident).result()
        self._engine = schema.transactional_engine(raw)
        self._clock = HybridClock("")
        self._sequence = 0
        self._changed = False
        self._closed = False

    # --- opening and closing -------------------------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path | str, *, actor: str = "", **fields: Any) -> Workspace:
        """Make a new programme file and open it; ``fields`` are those of :class:`store.records.Programme`.

        Raises:
            AmheError: Something is there already, or the folder cannot be written.
        """
        path = Path(path)
        if path.exists():
            raise AmheError(
                "There is a file already",
                f"{path.name} exists and is left as it is.",
                "Choose another name, or open it: amhe FILE",
            )
        if not path.parent.is_dir():
            raise AmheError(
                "No such folder", f"There is no folder {path.parent}.", "Make it first, or choose another place."
            )
        raw = connection.connect(path)
        try:
            schema.upgrade(raw)
            workspace = cls(path, raw, read_only=False, actor=actor)
            workspace._begin()
            with workspace.change("Start the programme", sealed=True) as change:
                change.add(Programme(**fields))
        except BaseException:
            raw.close()
            connection.release(path)
            path.unlink(missing_ok=True)
            raise
        return workspace

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False, actor: str = "") -> Workspace:
        """Open a programme file, bringing an older one up to date after a backup.

        Raises:
            AmheError: The file is not ours, newer, damaged, in use or cannot be read.
        """
        path = Path(path)
        version = connection.check_header(path)
        unclean = connection.ended_uncleanly(path)
        read_only = read_only or not connection.is_writable(path)
        if version < connection.SCHEMA and read_only:
            raise AmheError(
                "Older file",
                f"{path.name} has an older format and cannot be written here.",
                "Copy it to a folder where you may write, then open the copy.",
            )
        raw = connection.connect(path, read_only=read_only)
        try:
            workspace = cls._opened(path, raw, version, read_only=read_only, unclean=unclean, actor=actor)
        except BaseException as error:
            raw.close()
            connection.release(path)
            if isinstance(error, sqlite3.DatabaseError):
                raise connection.translate(error, path) from error
            raise
        return workspace

    @classmethod
    def _opened(
        cls, path: Path, raw: sqlite3.Connection, version: int, *, read_only: bool, unclean: bool, actor: str
    ) -> Workspace:
        if version < connection.SCHEMA:
            backup.save(raw, path, reason=f"before format {connection.SCHEMA}")
            schema.upgrade(raw)
        workspace = cls(path, raw, read_only=read_only, actor=actor)
        unclean = unclean or schema.meta(raw, "clean") == "0"
        if unclean:
            _refuse_if_corrupt(raw, path)
            workspace.warnings = list(journal.verify(raw))
        if not read_only:
            workspace._begin()
        return workspace

    def _begin(self) -> None:
        """Take a replica identity and the clock, sweep what an interrupted import left, and note that a session is under way."""
        bulk.sweep(self._raw)
        place = hashlib.sha256(f"{self.path.resolve()}|{uuid.getnode()}".encode()).hexdigest()
        replica = schema.meta(self._raw, "replica")
        if not replica or schema.meta(self._raw, "place") != place:
            # A copy made by hand would otherwise write on under the same name as the original.
            replica = uuid7()
            schema.set_meta(self._raw, replica=replica, place=place)
        self._clock = HybridClock(replica)
        newest = self._raw.execute("SELECT max(stamp) FROM journal_entry").fetchone()[0]
        if newest:
            self._clock.see(newest)
        found = self._raw.execute("SELECT max(sequence) FROM journal_entry WHERE replica = ?", (replica,)).fetchone()[0]
        self._sequence = int(found or 0)
        schema.set_meta(self._raw, clean="0")

    def close(self) -> None:
        """Finish what is under way, make a backup where something changed, and let go of the file."""
        if self._closed:
            return
        self._closed = True

        def finish() -> None:
            if not self.read_only:
                schema.set_meta(self._raw, clean="1")
                if self._changed and not _is_rehearsal(self._raw):
                    backup.save(self._raw, self.path, reason="on closing")
            self._engine.dispose()
            self._raw.close()

        try:
            self._thread.submit(finish).result()
        finally:
            self._thread.shutdown()
            connection.release(self.path)

    def __enter__(self) -> Workspace:
        """Return the workspace; it closes at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the workspace."""
        self.close()

    # --- the store thread ----------------------------------------------------------------------------------------------------------------------

    def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if threading.get_ident() == self._thread_id:
            return function(*args, **kwargs)
        try:
            return self._thread.submit(function, *args, **kwargs).result()
        except sqlite3.Error as error:
            raise connection.translate(error, self.path) from error

    def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Return ``function(connection)``, run on the store thread; for queries over bulk evidence and overviews."""
        return self._run(function, self._raw)

    def write(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Return ``function(connection)``, which writes bulk evidence or ballots in transactions of its own; records go through :meth:`change`."""
        self._must_write()

        def run() -> T:
            self._changed = True
            try:
                return function(self._raw)
            finally:
                if self._raw.in_transaction:
                    self._raw.rollback()

        return self._run(run)

    def _must_write(self) -> None:
        if self.read_only:
            raise AmheError(
                "Read-only",
                f"{self.path.name} is open for reading only.",
                "Save a copy where you may write: amhe backup FILE --to COPY",
            )

    # --- reading -------------------------------------------------------------------------------------------------------------------------------

    def list(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Return the records of a kind that are not removed, in the order they were made, whose fields equal those given."""

        def run() -> list[R]:
            with Session(self._engine, expire_on_commit=False) as session:
                query = select(kind).where(
                    col(kind.removed).is_(False), *(getattr(kind, name) == value for name, value in equals.items())
                )
                found = list(session.exec(query.order_by(col(kind.id))))
                session.expunge_all()
                return found

        return self._run(run)

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return one record, removed or not, or nothing."""

        def run() -> R | None:
            with Session(self._engine, expire_on_commit=False) as session:
                found = session.get(kind, record_id)
                session.expunge_all()
                return found

        return self._run(run)

    def need(self, kind: type[R], record_id: str) -> R:
        """Return one record.

        Raises:
            AmheError: It is not in the file.
        """
        found = self.get(kind, record_id)
        if found is None:
            raise AmheError("Not in the file", f"This {kind.singular} is not in the file.", "Go back to the list.")
        return found

    def programme(self) -> Programme:
        """Return the programme this file is about."""
        return self.list(Programme)[0]

    def linked(self, record_id: str, name: str) -> list[str]:
        """Return the ids a field of several links leads to."""
        return [link.to_id for link in self.list(Link, from_id=record_id, name=name)]

    def title(self, table: str, record_id: str) -> str:
        """Return the words that name a record."""
        found = self.get(record_type(table), record_id)
        return "" if found is None else title_of(found)

    # --- the door ------------------------------------------------------------------------------------------------------------------------------

    @contextmanager
    def change(self, label: str, *, sealed: bool = False) -> Generator[Change]:
        """Collect one operation; at the end of the block it is written whole, in one transaction with its journal entry, or not at all.

        Args:
            label: What a person would call it, such as ``Add remark``; undo shows it.
            sealed: It cannot be undone, as closing a vote cannot.

        Raises:
            AmheError: The file is read-only, a record is not valid, or the disk refuses.
        """
        self._must_write()
        change = Change()
        yield change
        if change.operations:
            self._run(self._commit, label, change, "sealed" if sealed else "change")

    def _commit(self, label: str, change: Change, kind: EntryKind) -> None:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            fields = apply(session, change.operations)
            if fields:
                self._journal(label, kind, None, fields)

    def _journal(self, label: str, kind: EntryKind, inverts: str | None, fields: list[FieldChange]) -> Entry:
        sequence = self._sequence + 1
        header = journal.Header(
            uuid7(), self._clock.replica, sequence, self._clock.tick(), self.actor, label, kind, inverts
        )
        journal.append(self._raw, header, fields)
        self._sequence = sequence
        self._changed = True
        tables = tuple(dict.fromkeys(change.table for change in fields))
        return Entry(header.id, header.replica, sequence, header.stamp, header.actor, label, kind, inverts, tables)

    # --- undo, redo and the trail --------------------------------------------------------------------------------------------------------------

    def undo(self) -> Entry | None:
        """Take back the newest operation that is not taken back yet, as a new entry; returns that entry, or nothing where there is none."""
        return self._run(self._invert, "undo")

    def redo(self) -> Entry | None:
        """Do again what was undone last; returns the new entry, or nothing where there is none."""
        return self._run(self._invert, "redo")

    def _invert(self, kind: EntryKind) -> Entry | None:
        self._must_write()
        undoable, redoable = journal.undo_stacks(self._raw)
        stack = undoable if kind == "undo" else redoable
        if not stack:
            return None
        target = stack[-1]
        label = str(self._raw.execute("SELECT label FROM journal_entry WHERE id = ?", (target,)).fetchone()[0])
        operations = [_inverse(change) for change in journal.changes_of(self._raw, target)]
        unique = list(dict.fromkeys(operations))
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            fields = apply(session, unique, check=False)
            return self._journal(label, kind, target, fields)

    def undo_label(self) -> str | None:
        """Return the label of what :meth:`undo` would take back."""

        def run(raw: sqlite3.Connection) -> str | None:
            undoable, _ = journal.undo_stacks(raw)
            return (
                None
                if not undoable
                else str(raw.execute("SELECT label FROM journal_entry WHERE id = ?", (undoable[-1],)).fetchone()[0])
            )

        return self.read(run)

    def journal(self, limit: int | None = None) -> list[Entry]:
        """Return the audit trail, newest first."""
        return self.read(lambda raw: journal.entries(raw, limit))

    def verify(self) -> list[str]:
        """Return a sentence for everything in the file that was not written by this program; none where all is well."""
        return self.read(
            lambda raw: [
                *(str(row[0]) for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"),
                *journal.verify(raw),
            ]
        )

    # --- ballots -------------------------------------------------------------------------------------------------------------------------------

    def cast(self, round_id: str, ranking: list[str]) -> int:
        """Put one secret ballot into the box; see :func:`store.ballots.cast`."""
        return self.write(lambda raw: ballots.cast(raw, round_id, ranking))

    def ballots_in(self, round_id: str) -> int:
        """Return how many ballots are in the box."""
        return self.read(lambda raw: ballots.count(raw, round_id))

    def ballots(self, round_id: str) -> list[tuple[str, ...]]:
        """Return the rankings of a closed vote; see :func:`store.ballots.opened`."""
        return self.read(lambda raw: ballots.opened(raw, round_id))

    def backup(self, to: Path | None = None) -> Path:
        """Save a verified copy, among the backups or at a path, and return where it is."""
        return self._run(backup.save, self._raw, self.path, reason="asked for", to=to)


def _inverse(change: FieldChange) -> Any:
    if change.is_new:
        return ("set", change.table, change.row_id, (("removed", True),))
    return ("set", change.table, change.row_id, ((change.field, change.before),))


def _refuse_if_corrupt(raw: sqlite3.Connection, path: Path) -> None:
    found = [row[0] for row in raw.execute("PRAGMA quick_check")]
    if found != ["ok"] or raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise connection.damaged(path)


def _is_rehearsal(raw: sqlite3.Connection) -> bool:
    row = raw.execute("SELECT rehearsal FROM programme WHERE removed = 0").fetchone()
    return bool(row and row[0])
