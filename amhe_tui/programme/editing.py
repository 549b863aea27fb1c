"""What may be done to a record: saved with its links and what comes with it, removed with the same; and its values as people write them.

Every face (form, list, line mode) does it here, in one operation that one undo takes back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from amhe_tui.dates import british, parse_day
from amhe_tui.errors import AmheError
from amhe_tui.method.equality_impact import GRID
from amhe_tui.programme.voices import warnings_of
from amhe_tui.text import counted, one_line
from store.change import Change
from store.identity import uuid7
from store.records import (
    EqualityImpactAssessment,
    EqualityImpactRow,
    FieldSpec,
    Goal,
    Kind,
    Link,
    Record,
    all_records,
    faces,
    table_of,
)
from store.workspace import Workspace

DAYS_TO_ASSESS = 14


@dataclass(frozen=True)
class Removal:
    """What removing a record takes.

    Attributes:
        item: The record.
        along: What goes with it.
        filled: Those of them that hold more than they came with.
    """

    item: Record
    along: tuple[Record, ...]
    filled: tuple[Record, ...]

    @property
    def words(self) -> str:
        """Return what goes along, such as ``1 equality impact assessment and 18 rows of the grid``, or ""."""
        return counted_words(self.along)

    @property
    def question(self) -> str:
        """Return what to ask before removing, where something goes along that a person has filled in, or ""."""
        if not self.filled:
            return ""
        return f"With it go {self.words}; {counted_words(self.filled)} {'is' if len(self.filled) == 1 else 'are'} filled in. Undo brings all of it back."

    @property
    def done(self) -> str:
        """Return what was done, once it was."""
        return f"Removed, with {self.words}." if self.along else "Removed."


def counted_words(items: Iterable[Record]) -> str:
    """Return how many records of each kind there are, in words."""
    counts = Counter(type(item) for item in items)
    phrases = [counted(number, kind.singular, kind.plural) for kind, number in counts.items()]
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


def add_with_companions(change: Change, item: Record, today: date) -> None:
    """Add a record to an operation, and what comes with it: a goal's first draft opens its impact assessment."""
    change.add(item)
    for companion in _companions(item, today):
        change.add(companion)


def _companions(item: Record, today: date) -> list[Record]:
    if not isinstance(item, Goal):
        return []
    due = item.start if item.start > today.isoformat() else (today + timedelta(days=DAYS_TO_ASSESS)).isoformat()
    assessment = EqualityImpactAssessment(id=uuid7(), goal_id=item.id, title=item.title, due=due)
    rows = [EqualityImpactRow(assessment_id=assessment.id, characteristic=row.code) for row in GRID]
    return [assessment, *rows]


def save(
    workspace: Workspace,
    item: Record,
    values: Mapping[str, Any],
    links: Mapping[str, Sequence[str]],
    today: date,
    *,
    fresh: bool,
) -> list[str]:
    """Save a record with its links and what comes with it, in one operation, and return what in it may tell who somebody is.

    Args:
        workspace: The open programme.
        item: The record; a fresh one is given the values and its id.
        values: The fields to set.
        links: The ids each field of several links is to lead to.
        today: The day, by which what comes along is due.
        fresh: Whether the record is new.

    Raises:
        AmheError: A value does not fit its field; nothing is written.
    """
    kind = type(item)
    present = [] if fresh else workspace.list(Link, from_id=item.id)
    with workspace.change(f"{'Add' if fresh else 'Change'} {kind.singular}") as change:
        if fresh:
            for name, value in values.items():
                setattr(item, name, value)
            add_with_companions(change, item, today)
        else:
            change.update(item, **values)
        for name, wanted in links.items():
            change.set_links(item, name, [link for link in present if link.name == name], list(wanted))
    spoken = {name: getattr(item, name) for name in faces(kind)} if fresh else values
    return warnings_of(kind, spoken)


def removal_of(workspace: Workspace, item: Record, today: date) -> Removal:
    """Return what removing a record takes along, as the links of its kinds declare it."""
    along: dict[str, Record] = {}
    parents = [item]
    while parents:
        parent = parents.pop(0)
        for kind in all_records().values():
            for name, field in faces(kind).items():
                if field.goes_with and field.to == table_of(type(parent)):
                    fresh = {
                        record.id: record
                        for record in workspace.list(kind, **{name: parent.id})
                        if record.id not in along
                    }
                    along |= fresh
                    parents += fresh.values()
    brought: dict[type[Record], set[str]] = {}
    for companion in _companions(item, today):
        brought.setdefault(type(companion), set()).update(_differing(companion))
    filled = [
        record for record in along.values() if _differing(record) - brought.get(type(record), _required(type(record)))
    ]
    return Removal(item, tuple(along.values()), tuple(filled))


def _differing(item: Record) -> set[str]:
    """Return the fields that hold something else than a blank record does."""
    blank = type(item)()
    return {name for name in faces(type(item)) if getattr(item, name) != getattr(blank, name)}


def _required(kind: type[Record]) -> set[str]:
    return {name for name, field in faces(kind).items() if field.required}


def remove(workspace: Workspace, item: Record, today: date) -> Removal:
    """Remove a record and what goes with it, in one operation, and return what was taken."""
    removal = removal_of(workspace, item, today)
    with workspace.change(f"Remove {item.singular}") as change:
        for taken in (item, *removal.along):
            change.remove(taken)
    return removal


_NUMBER = re.compile(r"^[-+]?\d+(\.\d+)?$")


def typed_value(face: FieldSpec, raw: Any, today: date) -> Any:
    """Return the value a field holds, from what was typed or chosen for it.

    Raises:
        AmheError: A number or a date cannot be read.
    """
    match face.kind:
        case Kind.NUMBER | Kind.COUNT:
            return read_number(face, str(raw))
        case Kind.DATE:
            try:
                return parse_day(str(raw), today)
            except ValueError:
                raise AmheError(
                    "Not a date",
                    f"{face.label} cannot be read as a date: {one_line(str(raw))}.",
                    "Write it as day, month, year, such as 3 Dec 2026.",
                ) from None
        case Kind.LINK:
            return str(raw) or None
        case _:
            return raw


def read_number(face: FieldSpec, raw: str) -> float | int | None:
    """Return the number a person wrote: 1,234 and 51.7 % are read.

    Raises:
        AmheError: It is not a number.
    """
    text = one_line(raw).replace(",", "").replace("%", "").replace("£", "").strip()
    if not text:
        return None
    whole = face.kind is Kind.COUNT
    if not _NUMBER.match(text) or (whole and "." in text):
        kind = "a whole number" if whole else "a number"
        raise AmheError(
            "Not a number",
            f"{face.label} cannot be read as {kind}: {one_line(raw)}.",
            f"Write {kind}, such as {'8' if whole else '51.7'}.",
        )
    return int(text) if whole else float(text)


def written_value(face: FieldSpec, value: Any) -> str:
    """Return a value as a person would write it, to be changed."""
    if value is None:
        return ""
    if face.kind is Kind.DATE:
        return british(str(value))
    if face.kind in (Kind.NUMBER, Kind.COUNT):
        return f"{value:.10g}"
    return str(value)
