"""The thread that owns the connection, and what can be asked of a file without changing it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from amhe_tui.errors import AmheError
from store import connection, schema
from store.bulk import VISIBLE
from store.records import Link, Programme, Record, record_type, title_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
P = ParamSpec("P")


class Reading:
    """A file whose one connection belongs to one thread, which takes what is asked of it in turn."""

    def __init__(self, path: Path, raw: sqlite3.Connection) -> None:
        self.path = path
        self._raw = raw
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._thread_id = self._thread.submit(threading.get_ident).result()
        self._engine = schema.transactional_engine(raw)
        self._closed = False
        self._remembered: dict[str, tuple[object, object]] = {}

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
            there = self._raw.execute(f"SELECT key, source_id FROM dataset WHERE key IN ({VISIBLE})").fetchall()
            kept = self._remembered.get(name)
            if kept is None or kept[0] != there:
                kept = self._remembered[name] = (there, function(self._raw))
            return cast("T", kept[1])

        return self._run(run)

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
