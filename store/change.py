"""What one operation does to rows, and how it is checked before it is written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, cast

from sqlalchemy import inspect
from sqlmodel import Session

from amhe_tui.errors import AmheError
from amhe_tui.text import clean, one_line, with_article
from store.identity import uuid7
from store.journal import FieldChange
from store.records import FieldSpec, Kind, Link, Programme, Record, VotingRound, faces, record_type, table_of

Operation = tuple[str, str, str, tuple[tuple[str, Any], ...]]

# The largest whole number that a spreadsheet, JSON and SQLite all hold exactly.
_LARGEST_COUNT = 2**53
_LARGEST_NUMBER = 1e300

# Categories of Unicode that leave no mark: controls, joiners and other formats, line ends, spaces.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


@dataclass
class Change:
    """The rows one operation adds, updates and removes, collected before any is written."""

    operations: list[Operation] = field(default_factory=list[Operation])

    def add(self, item: Record) -> str:
        """Add a record and return its id, which is given to it here."""
        item.id = item.id or uuid7()
        values = {name: getattr(item, name) for name in type(item).model_fields}
        self.operations.append(("add", table_of(type(item)), item.id, tuple(values.items())))
        return item.id

    def update(self, item: Record, **values: Any) -> None:
        """Set fields of a record; only those that differ are written."""
        self.operations.append(("set", table_of(type(item)), item.id, tuple(values.items())))

    def remove(self, item: Record) -> None:
        """Mark a record as removed; its row stays, so that links hold and undo can bring it back."""
        self.operations.append(("set", table_of(type(item)), item.id, (("removed", True),)))

    def link(self, source: Record, name: str, target_table: str, target_id: str) -> None:
        """Add one link to a field of several links."""
        links = type(source).many[name]
        if links.to != target_table:
            raise ValueError(f"{name} of {type(source).singular} leads to {links.to}, not to {target_table}")
        self.add(
            Link(
                from_table=table_of(type(source)), from_id=source.id, name=name, to_table=target_table, to_id=target_id
            )
        )

    def set_links(self, source: Record, name: str, present: list[Link], wanted: list[str]) -> None:
        """Make a field of several links lead to exactly ``wanted``; ``present`` are its link rows now."""
        for link in present:
            if link.to_id not in wanted:
                self.remove(link)
        linked = {link.to_id for link in present}
        for target in dict.fromkeys(wanted):
            if target not in linked:
                self.link(source, name, type(source).many[name].to, target)


def apply(session: Session, operations: list[Operation], *, check: bool = True) -> list[FieldChange]:
    """Write operations inside the session's transaction and return what each field was and is.

    Args:
        session: A session whose transaction has begun.
        operations: Additions and settings, in order.
        check: Whether new values are checked against their declarations; an inverse is not, it was valid before.

    Raises:
        AmheError: A value does not fit its field, or a record or a link leads nowhere.
    """
    changes: list[FieldChange] = []
    cycle: int | None = None
    for verb, table, row_id, values in operations:
        kind = record_type(table)
        if verb == "add":
            if cycle is None:
                cycle = _cycle(session)
            changes += _add(
                session, kind, row_id, {"cycle": cycle, **{name: value for name, value in values if name != "cycle"}}
            )
        else:
            changes += _set(session, kind, row_id, dict(values), check=check)
        session.flush()
    return _folded(changes)


def _folded(changes: list[FieldChange]) -> list[FieldChange]:
    """Return one change a field: from what it was before the operation to what it is after it."""
    folded: dict[tuple[str, str], FieldChange] = {}
    for change in changes:
        key = (change.row_id, change.field)
        folded[key] = replace(folded[key], after=change.after) if key in folded else change
    return [change for change in folded.values() if change.is_new or change.before != change.after]


def _cycle(session: Session) -> int:
    row = session.connection().exec_driver_sql("SELECT max(cycle_number) FROM programme WHERE removed = 0").fetchone()
    return int(row[0]) if row and row[0] else 1


def _add(session: Session, kind: type[Record], row_id: str, values: dict[str, Any]) -> list[FieldChange]:
    checked: dict[str, Any] = {**values, **_checked(kind, values, whole=True), "id": row_id}
    if session.get(kind, row_id) is not None:
        raise ValueError(f"this {kind.singular} is in the file already")
    if kind is Programme and _holds_programme(session):
        raise ValueError("a file holds one programme")
    _check_links(session, kind, row_id, checked)
    session.add(cast("Any", kind)(**checked))
    table = table_of(kind)
    return [
        FieldChange(table, row_id, name, None, value, is_new=True) for name, value in checked.items() if name != "id"
    ]


def _holds_programme(session: Session) -> bool:
    return session.connection().exec_driver_sql("SELECT 1 FROM programme").fetchone() is not None


def _set(
    session: Session, kind: type[Record], row_id: str, values: dict[str, Any], *, check: bool
) -> list[FieldChange]:
    item = session.get(kind, row_id)
    if item is None:
        raise AmheError("Not in the file", f"This {kind.singular} is not in the file.", "Go back to the list.")
    item.refuse_change(session, values)
    wanted = values
    if check:
        wanted = {**values, **_checked(kind, values, whole=False)}
        _check_setting(session, item, wanted)
    changes: list[FieldChange] = []
    for name, value in wanted.items():
        before = getattr(item, name)
        if before != value:
            changes.append(FieldChange(table_of(kind), row_id, name, before, value))
            setattr(item, name, value)
    return changes


def _check_setting(session: Session, item: Record, values: dict[str, Any]) -> None:
    kind = type(item)
    if "id" in values or "cycle" in values:
        raise ValueError("the key and the cycle of a record stay what they are")
    if kind is Programme and values.get("removed"):
        raise ValueError("a file holds one programme")
    _check_links(session, kind, item.id, {**item.model_dump(), **values} if kind is Link else values)


def _check_links(session: Session, kind: type[Record], row_id: str, values: dict[str, Any]) -> None:
    if kind is Link:
        for end in ("from", "to"):
            if session.get(record_type(values[f"{end}_table"]), values[f"{end}_id"]) is None:
                raise AmheError(
                    "Not in the file", "One end of this link is not in the file.", "Choose a record from the list."
                )
        return
    for name, face in faces(kind).items():
        target = values.get(name)
        if face.kind is not Kind.LINK or not target:
            continue
        if target == row_id:
            raise AmheError(
                "Leads to itself", f"{face.label} cannot be this {kind.singular} itself.", "Choose another one."
            )
        if session.get(record_type(str(face.to)), target) is None:
            raise AmheError(
                "Not in the file",
                f"What {face.label} of this {kind.singular} leads to is not in the file.",
                "Choose a record from the list.",
            )


def _checked(kind: type[Record], values: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    columns = cast(Any, inspect(kind)).columns
    unknown = [name for name in values if name not in columns]
    if unknown:
        raise ValueError(f"{kind.__name__} has no field {unknown[0]}")
    checked: dict[str, Any] = {}
    for name, face in faces(kind).items():
        if name in values:
            checked[name] = check_value(kind, face, values[name])
            if checked[name] is None and not columns[name].nullable:
                raise missing(kind, face)
        elif whole and face.required:
            raise missing(kind, face)
    return checked


def missing(kind: type[Record], face: FieldSpec) -> AmheError:
    """Return the refusal of a record whose required field is blank."""
    return AmheError(
        "Something is missing",
        f"{with_article(kind.singular).capitalize()} needs: {face.label}.",
        f"Fill in {face.label}. {face.hint}",
    )


def check_value(kind: type[Record], face: FieldSpec, value: Any) -> Any:
    """Return a value as it is stored in a field: cleaned, and checked against its declaration.

    Raises:
        AmheError: It does not fit; one sentence says why and one what to do.
    """
    text = "" if value is None else str(value)
    match face.kind:
        case Kind.LINE:
            value = one_line(text)
        case Kind.TEXT:
            value = clean(text).strip("\n")
        case Kind.NUMBER | Kind.COUNT:
            value = _check_number(face, value)
        case Kind.DATE:
            value = _check_date(face, one_line(text))
        case Kind.CHOICE | Kind.CHOICES:
            value = _check_codes(face, one_line(text))
        case Kind.FLAG:
            value = bool(value)
        case Kind.LINK:
            value = one_line(text) or None
    if face.required and (value is None or not _can_be_seen(str(value))):
        raise missing(kind, face)
    return value


def _can_be_seen(text: str) -> bool:
    """Tell whether there is more than spaces and joiners in some words; letters newer than this Python's tables are seen."""
    return any(unicodedata.category(letter) not in _UNSEEN for letter in text)


def _check_number(face: FieldSpec, value: Any) -> float | int | None:
    if value is None:
        return None
    whole = face.kind is Kind.COUNT
    if not isinstance(value, int | float) or not abs(value) <= _LARGEST_NUMBER or (whole and value != int(value)):
        kind = "a whole number" if whole else "a number"
        raise AmheError(
            "Not a number",
            f"{face.label} cannot be read as {kind}: {one_line(str(value))}.",
            f"Write {kind}, such as {'8' if whole else '51.7'}.",
        )
    high = _LARGEST_COUNT if whole and face.high is None else face.high
    if (face.low is not None and value < face.low) or (high is not None and value > high):
        bounds = [f"from {face.low:g}"] if face.low is not None else []
        bounds += [f"to {face.high:g}"] if face.high is not None else []
        raise AmheError(
            "Out of range",
            f"{face.label} cannot be {value:g}.",
            f"Give a number {' '.join(bounds) or 'that is smaller'}.",
        )
    return int(value) if whole else float(value)


def _check_date(face: FieldSpec, value: str) -> str:
    from datetime import date

    if not value:
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise AmheError(
            "Not a date",
            f"{face.label} cannot be read as a date: {value}.",
            "Write it as day, month, year, such as 3 Dec 2026.",
        ) from None


def _check_codes(face: FieldSpec, value: str) -> str:
    assert face.choices is not None
    known = {member.value for member in face.choices}
    chosen = list(dict.fromkeys(value.split()))
    strange = next((code for code in chosen if code not in known), None)
    if strange is None and face.kind is Kind.CHOICE and len(chosen) > 1:
        strange = value
    if strange is not None:
        raise AmheError(
            "Not on the list",
            f"{face.label} cannot be {strange}.",
            "Choose one of: " + ", ".join(member.label for member in face.choices) + ".",
        )
    return " ".join(chosen)


def inverse(change: FieldChange) -> Operation:
    """Return what takes back the change of one field; a row that was new is marked as removed."""
    if change.is_new:
        return ("set", change.table, change.row_id, (("removed", True),))
    return ("set", change.table, change.row_id, ((change.field, change.before),))


def closes_a_vote(fields: list[FieldChange]) -> bool:
    """Tell whether an operation closes a vote, which nothing may take back, for its result has been seen."""
    return any(
        change.table == VotingRound.__tablename__ and change.field == "state" and change.after == "closed"
        for change in fields
    )
