"""Turns the plain rows of the sample scripts into changes of a workspace, the way a person's own work goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from amhe_tui.programme.editing import add_with_companions
from store.records import Kind, Record, faces
from store.workspace import Change, Workspace

R = TypeVar("R", bound=Record)
Row = Mapping[str, Any]
"""One record as data: its fields by name, and a ``key`` that other rows call it by.

Dates are days from today, links and several links are keys, several choices are tuples. ``{name}`` within words, and ``=name`` as a whole value, stand for a
figure that was read back from the imported files.
"""


class Maker:
    """Puts rows into a workspace, several to one operation.

    Attributes:
        workspace: The programme being made.
        today: The day all dates are counted from.
        ids: The id of every record that has a key.
        figures: What was read back from the imported files, by name.
    """

    def __init__(self, workspace: Workspace, today: date) -> None:
        self.workspace = workspace
        self.today = today
        self.ids: dict[str, str] = {}
        self.figures: dict[str, Any] = {}

    def day(self, offset: int) -> str:
        """Return the date ``offset`` days from today as ``YYYY-MM-DD``."""
        return (self.today + timedelta(days=offset)).isoformat()

    def put(self, label: str, *groups: tuple[type[Record], Sequence[Row]], sealed: bool = False) -> None:
        """Add rows of one or more kinds in one operation; what comes with a record comes as it does on the screen."""
        with self.workspace.change(label, sealed=sealed) as change:
            for kind, rows in groups:
                for row in rows:
                    self._add(change, kind, row)

    def update(self, label: str, changes: Sequence[tuple[Record, Row]]) -> None:
        """Set fields of records in one operation."""
        with self.workspace.change(label) as change:
            for item, row in changes:
                change.update(item, **self.fields(type(item), row))

    def get(self, kind: type[R], key: str) -> R:
        """Return the record that a key stands for."""
        return self.workspace.need(kind, self.ids[key])

    def fields(self, kind: type[Record], row: Row) -> dict[str, Any]:
        """Return the fields of a row as the store takes them.

        Raises:
            KeyError: A row names a field, a key or a figure that does not exist.
        """
        known = faces(kind)
        return {
            name: self._value(known[name].kind, value) for name, value in row.items() if name not in ("key", *kind.many)
        }

    def _value(self, kind: Kind, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("="):
            name, _, part = value[1:].partition(".")
            return getattr(self.figures[name], part)
        if kind is Kind.LINK:
            return self.ids[value]
        if kind is Kind.DATE and isinstance(value, int):
            return self.day(value)
        if kind is Kind.CHOICES and not isinstance(value, str):
            return " ".join(value)
        return value.format_map(self.figures) if kind in (Kind.LINE, Kind.TEXT) else value

    def _add(self, change: Change, kind: type[Record], row: Row) -> None:
        item = kind(**self.fields(kind, row))
        add_with_companions(change, item, self.today)
        if "key" in row:
            self.ids[row["key"]] = item.id
        for name, links in kind.many.items():
            for target in row.get(name, ()):
                change.link(item, name, links.to, self.ids[target])

    def only(self, kind: type[R], **equals: Any) -> R:
        """Return the one record of a kind whose fields equal those given.

        Raises:
            ValueError: There is none, or more than one.
        """
        (record,) = self.workspace.list(kind, **equals)
        return record

    def ids_of(self, keys: Sequence[str]) -> list[str]:
        """Return the ids that keys stand for."""
        return [self.ids[key] for key in keys]
