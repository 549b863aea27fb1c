"""Values as people write them: read from what was typed, and written back to be changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from amhe_tui.dates import british, parse_day
from amhe_tui.errors import AmheError
from amhe_tui.method.equality_impact import GRID
from amhe_tui.text import one_line
from store.change import Change
from store.records import EqualityImpactAssessment, EqualityImpactRow, FieldSpec, Goal, Kind, Record

DAYS_TO_ASSESS = 14


def on_add(change: Change, item: Record, today: date) -> None:
    """Add to the same operation what comes with a record; call it right after the record itself was added."""
    if isinstance(item, Goal):
        due = item.start if item.start > today.isoformat() else (today + timedelta(days=DAYS_TO_ASSESS)).isoformat()
        assessment = EqualityImpactAssessment(goal_id=item.id, title=item.title, due=due)
        change.add(assessment)
        for row in GRID:
            change.add(EqualityImpactRow(assessment_id=assessment.id, characteristic=row.code))


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
    words = one_line(raw).replace(",", "").replace("%", "").replace("£", "").strip()
    if not words:
        return None
    whole = face.kind is Kind.COUNT
    if not _NUMBER.match(words) or (whole and "." in words):
        kind = "a whole number" if whole else "a number"
        raise AmheError(
            "Not a number",
            f"{face.label} cannot be read as {kind}: {one_line(raw)}.",
            f"Write {kind}, such as {'8' if whole else '51.7'}.",
        )
    return int(words) if whole else float(words)


def written_value(face: FieldSpec, value: Any) -> str:
    """Return a value as a person would write it, to be changed."""
    if value is None:
        return ""
    if face.kind is Kind.DATE:
        return british(str(value))
    if face.kind in (Kind.NUMBER, Kind.COUNT):
        return f"{value:.10g}"
    return str(value)
