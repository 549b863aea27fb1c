"""An open programme file, and the one door through which every change to it passes."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import uuid
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from amhe_tui.atomic import atomic_write
from amhe_tui.errors import AmheError
from amhe_tui.text import one_line
from store import backup, ballots, connection, journal, purge, schema
from store.change import Change, apply, closes_a_vote, inverse
from store.evidence import datasets
from store.evidence.datasets import VISIBLE
from store.identity import HybridClock, uuid7
from store.journal import Entry, EntryKind, FieldChange
from store.purge import WITHDRAWABLE
from store.records import Link, Programme, Record, record_type, table_of, title_of

R = TypeVar("R", bound=Record)


T = TypeVar("T")


P = ParamSpec("P")


__all__ = ["WITHDRAWABLE", "Change", "Workspace"]


class Workspace:
    """An open programme file.

    One connection with an exclusive lock, owned by one thread that takes operations in turn; every method may be called from any thread and returns when its
    operation is done. What a method returns is detached: changing it changes nothing until it goes through :meth:`change`.
    """

    def __init__(self, path: Path, raw: sqlite3.Connection, *, read_only: bool, actor: str) -> None:
        self.path = path
        self._raw = raw
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._thread_id = self._thread.submit(threading.get_ident).result()
        self._engine = schema.transactional_engine(raw)
        self._closed = False
        self._remembered: dict[str, tuple[object, object]] = {}
        self.read_only = read_only
        self.actor = actor
        self.warnings: list[str] = []
        self._clock = HybridClock("")
        self._sequence = 0
        self._changed = False

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
        try:
            with atomic_write(path) as part:
                cls._make(path, part, actor, fields)
        except (OSError, sqlite3.Error, DBAPIError) as error:
            raise connection.plainly(error, path) from error
        return cls.open(path, actor=actor)

    @classmethod
    def _make(cls, path: Path, part: Path, actor: str, fields: dict[str, Any]) -> None:
        """Write a whole new file beside its place, so that one cut off half way never has the name of a programme."""
        raw = connection.connect(part, new=True)
        workspace: Workspace | None = None
        try:
            schema.upgrade(raw)
            workspace = cls(path, raw, read_only=False, actor=actor)
            workspace._begin()
            with workspace.change("Start the programme", sealed=True) as change:
                change.add(Programme(**fields))
            schema.set_meta(raw, clean="1")
        finally:
            if workspace is not None:
                workspace._thread.shutdown()
                workspace._engine.dispose()
            raw.close()
            connection.release(part)

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
            if version < connection.SCHEMA:
                schema.bring_up_to_date(raw, path)
            warnings: list[str] = []
            if unclean or schema.meta(raw, "clean") == "0":
                schema.refuse_if_corrupt(raw, path)
                warnings = journal.examine(raw)
            workspace = cls(path, raw, read_only=read_only, actor=actor)
            workspace.warnings = warnings
            if not read_only:
                try:
                    workspace._begin()
                except BaseException:
                    workspace._thread.shutdown()
                    raise
        except BaseException as error:
            raw.close()
            connection.release(path)
            if isinstance(error, sqlite3.Error | DBAPIError | UnicodeDecodeError):
                raise connection.plainly(error, path) from error
            raise
        return workspace

    def _begin(self) -> None:
        """Take a replica identity and the clock, sweep what an interrupted import left, and note that a session is under way."""
        datasets.sweep(self._raw)
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
        query = "SELECT max(sequence) FROM journal_entry WHERE replica = ?"
        (highest,) = self._raw.execute(query, (replica,)).fetchone()
        self._sequence = int(highest or 0)
        schema.set_meta(self._raw, clean="0")

    def close(self) -> None:
        """Finish what is under way, make a backup where something changed, and let go of the file."""
        if self._closed:
            return
        self._closed = True

        def finish() -> None:
            try:
                if not self.read_only:
                    schema.set_meta(self._raw, clean="1")
                    if self._changed and not _is_rehearsal(self._raw):
                        backup.save(self._raw, self.path, reason="on closing")
            finally:
                self._engine.dispose()
                self._raw.close()

        try:
            self._thread.submit(finish).result()
        except (sqlite3.Error, DBAPIError) as error:
            raise connection.plainly(error, self.path) from error
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
        if self._closed:
            raise AmheError("Closed", f"{self.path.name} is not open any more.", "Open it again.")
        try:
            return self._thread.submit(function, *args, **kwargs).result()
        except (sqlite3.Error, DBAPIError, UnicodeDecodeError) as error:
            raise connection.plainly(error, self.path) from error

    def read(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Return ``function(connection)``, run on the store thread; for queries over bulk evidence and overviews."""
        return self._run(function, self._raw)

    def remembered(self, name: str, function: Callable[[sqlite3.Connection], T]) -> T:
        """Return ``function(connection)``, worked out once as long as the same data sets are in use; for what depends on nothing else."""

        def run() -> T:
            in_use = self._raw.execute(f"SELECT key, source_id FROM dataset WHERE key IN ({VISIBLE})").fetchall()
            kept = self._remembered.get(name)
            if kept is None or kept[0] != in_use:
                kept = self._remembered[name] = (in_use, function(self._raw))
            return cast("T", kept[1])

        return self._run(run)

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
        entry: Entry | None = None
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            fields = apply(session, change.operations)
            if fields:
                entry = self._journal(label, "sealed" if closes_a_vote(fields) else kind, None, fields)
        if entry is not None:
            self._written(entry)

    def _journal(self, label: str, kind: EntryKind, inverts: str | None, fields: list[FieldChange]) -> Entry:
        label, actor, sequence = one_line(label), one_line(self.actor), self._sequence + 1
        header = journal.Header(uuid7(), self._clock.replica, sequence, self._clock.tick(), actor, label, kind, inverts)
        journal.append(self._raw, header, fields)
        tables = tuple(dict.fromkeys(change.table for change in fields))
        return Entry(header.id, header.replica, sequence, header.stamp, actor, label, kind, inverts, tables)

    def _written(self, entry: Entry) -> None:
        """Count an entry once its transaction is on the disk; one that the disk refused leaves no gap in the numbers."""
        self._sequence = entry.sequence
        self._changed = True

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
        label = journal.label_of(self._raw, target)
        operations = [inverse(change) for change in journal.changes_of(self._raw, target)]
        unique = list(dict.fromkeys(operations))
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            entry = self._journal(label, kind, target, apply(session, unique, check=False))
        self._written(entry)
        return entry

    def undo_label(self) -> str | None:
        """Return the label of what :meth:`undo` would take back."""

        def run(raw: sqlite3.Connection) -> str | None:
            undoable, _ = journal.undo_stacks(raw)
            return journal.label_of(raw, undoable[-1]) if undoable else None

        return self.read(run)

    def journal(self, limit: int | None = None) -> list[Entry]:
        """Return the audit trail, newest first."""
        return self.read(lambda raw: journal.entries(raw, limit))

    def verify(self) -> list[str]:
        """Return a sentence for everything in the file that was not written by this program; none where all is well."""
        return self.read(journal.examine)

    # --- withdrawing ---------------------------------------------------------------------------------------------------------------------------

    def purge(self, record: Record, label: str) -> list[Path]:
        """Take a person's words out of the file for good: out of their row, out of the journal, and off the free pages.

        The row stays, blank and removed, so that links to it hold; the journal keeps the hashes of what it held, so that its chain still verifies, and the
        note that the row was withdrawn, so that merging an older copy does not bring it back. It cannot be undone.

        Args:
            record: What is withdrawn; its kind is one of :data:`WITHDRAWABLE`.
            label: What the journal calls it; it stays, so it holds none of the words.

        Returns:
            The backups on this computer that still hold it, newest first.

        Raises:
            AmheError: The file is read-only, the record is not in it, or the disk refuses.
            ValueError: Records of this kind are not anybody's own words.
        """
        self._must_write()
        if not isinstance(record, WITHDRAWABLE):
            raise ValueError(f"a {record.singular} is not withdrawn but removed")
        return self._run(self._purge, type(record), record.id, label)

    def _purge(self, kind: type[Record], record_id: str, label: str) -> list[Path]:
        was_removed = purge.find(self._raw, kind, record_id)
        if not journal.is_purged(self._raw, record_id):
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                fact = FieldChange(table_of(kind), record_id, "removed", was_removed, True)
                entry = self._journal(label, "sealed", None, [fact])
                purge.withdraw(self._raw, kind, record_id, entry.id)
                self._raw.execute("COMMIT")
            finally:
                if self._raw.in_transaction:
                    self._raw.rollback()
            self._written(entry)
        self._raw.execute("VACUUM")  # a page that was rebuilt can still hold what stood on it before
        return [copy for copy in backup.backups(self.path) if backup.holds(copy, record_id)]

    # --- ballots -------------------------------------------------------------------------------------------------------------------------------

    def cast(self, round_id: str, ballot: Mapping[str, int]) -> int:
        """Put one secret ballot into the box; see :func:`store.ballots.cast`."""
        return self.write(lambda raw: ballots.cast(raw, round_id, ballot))

    def ballots_in(self, round_id: str) -> int:
        """Return how many ballots are in the box."""
        return self.read(lambda raw: ballots.count(raw, round_id))

    def ballots(self, round_id: str) -> list[dict[str, int]]:
        """Return the ballots of a closed vote; see :func:`store.ballots.opened`."""
        return self.read(lambda raw: ballots.opened(raw, round_id))

    def backup(self, to: Path | None = None) -> Path:
        """Save a verified copy, among the backups or at a path, and return where it is."""
        return self._run(backup.save, self._raw, self.path, reason="asked for", to=to)

    # --- reading -------------------------------------------------------------------------------------------------------------------------------

    def list(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Return the records of a kind that are not removed, in the order they were made, whose fields equal those given."""

        def run() -> list[R]:
            with Session(self._engine, expire_on_commit=False) as session:
                query = select(kind).where(
                    col(kind.removed).is_(False), *(getattr(kind, name) == value for name, value in equals.items())
                )
                records = list(session.exec(query.order_by(col(kind.id))))
                session.expunge_all()
                return records

        return self._run(run)

    def get(self, kind: type[R], record_id: str) -> R | None:
        """Return one record, removed or not, or nothing."""

        def run() -> R | None:
            with Session(self._engine, expire_on_commit=False) as session:
                record = session.get(kind, record_id)
                session.expunge_all()
                return record

        return self._run(run)

    def need(self, kind: type[R], record_id: str) -> R:
        """Return one record.

        Raises:
            AmheError: It is not in the file.
        """
        record = self.get(kind, record_id)
        if record is None:
            raise AmheError("Not in the file", f"This {kind.singular} is not in the file.", "Go back to the list.")
        return record

    def programme(self) -> Programme:
        """Return the programme this file is about."""
        return self.list(Programme)[0]

    def linked(self, record_id: str, name: str) -> list[str]:
        """Return the ids a field of several links leads to."""
        return [link.to_id for link in self.list(Link, from_id=record_id, name=name)]

    def title(self, table: str, record_id: str) -> str:
        """Return the words that name a record."""
        record = self.get(record_type(table), record_id)
        return "" if record is None else title_of(record)


def _is_rehearsal(raw: sqlite3.Connection) -> bool:
    row = raw.execute("SELECT rehearsal FROM programme WHERE removed = 0").fetchone()
    return bool(row and row[0])
