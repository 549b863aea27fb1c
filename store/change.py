"""What one operation does to rows, and how it is checked before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session

from amhe_tui.errors import AmheError
from amhe_tui.text import clean, one_line
from store.identity import uuid7
from store.journal import FieldChange
from store.records import Face, Kind, Link, Record, faces, record_type, table_of

Operation = tuple[str, str, str, tuple[tuple[str, Any], ...]]


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
        for one in present:
            if one.to_id not in wanted:
                self.remove(one)
        there = {one.to_id for one in present}
        for target in dict.fromkeys(wanted):
            if target not in there:
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
    return changes


def _cycle(session: Session) -> int:
    row = session.connection().exec_driver_sql("SELECT max(cycle_number) FROM programme WHERE removed = 0").fetchone()
    return int(row[0]) if row and row[0] else 1


def _add(session: Session, kind: type[Record], row_id: str, values: dict[str, Any]) -> list[FieldChange]:
    checked = {**values, **_checked(kind, values, whole=True), "id": row_id}
    if kind is Link:
        _check_ends(session, checked)
    session.add(kind(**checked))
    table = table_of(kind)
    return [
        FieldChange(table, row_id, name, None, value, is_new=True) for name, value in checked.items() if name != "id"
    ]


def _set(
    session: Session, kind: type[Record], row_id: str, values: dict[str, Any], *, check: bool
) -> list[FieldChange]:
    item = session.get(kind, row_id)
    if item is None:
        raise AmheError("Not in the file", f"This {kind.singular} is not in the file.", "Go back to the list.")
    wanted = {**values, **_checked(kind, values, whole=False)} if check else values
    changes: list[FieldChange] = []
    for name, value in wanted.items():
        before = getattr(item, name)
        if before != value:
            changes.append(FieldChange(table_of(kind), row_id, name, before, value))
            setattr(item, name, value)
    return changes


def _check_ends(session: Session, values: dict[str, Any]) -> None:
    for end in ("from", "to"):
        if session.get(record_type(values[f"{end}_table"]), values[f"{end}_id"]) is None:
            raise AmheError(
                "Not in the file", "One end of this link is not in the file.", "Choose a record from the list."
            )


def _checked(kind: type[Record], values: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    columns = inspect(kind).columns
    unknown = [name for name in values if name not in columns]
    if unknown:
        raise ValueError(f"{kind.__name__} has no field {unknown[0]}")
    checked: dict[str, Any] = {}
    for name, face in faces(kind).items():
        if name in values:
            checked[name] = check_value(kind, face, values[name])
        elif whole and face.required:
            raise missing(kind, face)
    return checked


def missing(kind: type[Record], face: Face) -> AmheError:
    """Return the refusal of a record whose required field is blank."""
    return AmheError(
        "Something is missing", f"A {kind.singular} needs: {face.label}.", f"Fill in {face.label}. {face.hint}"
    )


def check_value(kind: type[Record], face: Face, value: Any) -> Any:
    """Return a value as it is stored in a field: cleaned, and checked against its declaration.

    Raises:
        AmheError: It does not fit; one sentence says why and one what to do.
    """
    match face.kind:
        case Kind.LINE:
            value = one_line(str(value or ""))
        case Kind.TEXT:
            value = clean(str(value or "")).strip("\n")
        case Kind.NUMBER | Kind.COUNT:
            value = _check_number(face, value)
        case Kind.DATE:
            value = _check_date(face, one_line(str(value or "")))
        case Kind.CHOICE | Kind.CHOICES:
            value = _check_codes(face, one_line(str(value or "")))
        case Kind.FLAG:
            value = bool(value)
        case Kind.LINK:
            value = str(value) if value else None
    if face.required and (value is None or not str(value).strip()):
        raise missing(kind, face)
    return value


def _check_number(face: Face, value: Any) -> float | int | None:
    if value is None:
        return None
    ranges = f"from {face.low:g}" if face.low is not None else ""
    ranges += f" to {face.high:g}" if face.high is not None else ""
    if (face.low is not None and value < face.low) or (face.high is not None and value > face.high) or value != value:
        raise AmheError(
            "Out of range",
            f"{face.label} cannot be {value:g}.",
            f"Give a number {ranges or 'instead'}.".replace("  ", " "),
        )
    return int(value) if face.kind is Kind.COUNT else float(value)


def _check_date(face: Face, value: str) -> str:
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


def _check_codes(face: Face, value: str) -> str:
    assert face.choices is not None
    known = {member.value for member in face.choices}
    for code in value.split():
        if code not in known:
            raise AmheError(
                "Not on the list",
                f"{face.label} cannot be {code}.",
                "Choose one of: " + ", ".join(member.label for member in face.choices) + ".",
            )
    return value
