"""The rules of an equality impact assessment: the rows of its grid, which aims of the duty count for each, what is still blank, what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amhe_tui.dates import british
from amhe_tui.method.choices import GoalState, Impact
from amhe_tui.method.groups.characteristics import AIMS, OTHERS, PROTECTED, TOGETHER, Characteristic

__all__ = [
    "AIMS",
    "GRID",
    "LIKELIHOOD",
    "PRINCIPLES",
    "SEVERITY",
    "Blank",
    "GridRow",
    "absent_rows",
    "aim_counts",
    "blanks",
    "grid_row",
    "is_late",
    "late_reasons",
    "missing_rows",
    "unmet_principles",
]


@dataclass(frozen=True)
class GridRow:
    """A row of the grid.

    Attributes:
        code: What the row is stored under.
        label: What it is called.
        aims: The aims of the duty that count for it; none for groups the Act does not name.
        prompt: A question that helps to fill it in.
        protected: Whether the Equality Act names it.
    """

    code: str
    label: str
    aims: tuple[int, ...]
    prompt: str
    protected: bool


@dataclass(frozen=True)
class Blank:
    """Something a row of the grid does not say.

    Attributes:
        code: The row.
        label: What the row is called.
        field: The field that is blank: ``impact``, ``evidence`` or ``mitigation``.
        sentence: What to do about it.
    """

    code: str
    label: str
    field: str
    sentence: str


def _row(characteristic: Characteristic) -> GridRow:
    return GridRow(
        characteristic.code,
        characteristic.label,
        characteristic.psed_aims,
        characteristic.prompt,
        characteristic.protected,
    )


GRID = tuple(_row(characteristic) for characteristic in (*PROTECTED, *OTHERS, TOGETHER))
"""The rows of the grid: the nine protected characteristics, then others, then several at once."""
_BY_CODE = {row.code: row for row in GRID}

SEVERITY = {1: "Slight: a nuisance", 2: "Real: people lose something", 3: "Grave: people come to harm"}
"""How much an impact matters to the people it falls on."""
LIKELIHOOD = {1: "Unlikely", 2: "Possible", 3: "Likely"}
"""How likely an impact is."""

PRINCIPLES = (
    ("knows_duty", "Those who decide know what the duty asks of them."),
    ("before_decision", "It was weighed before and while deciding, not afterwards."),
    ("in_substance", "It was weighed with rigour and an open mind, not ticked off."),
    ("not_delegated", "Those who decide weighed it themselves."),
    ("continuing", "It will be weighed again as things change."),
    ("recorded", "What was weighed is written down."),
)
"""The six principles courts have drawn from the duty (R (Brown) v Secretary of State for Work and Pensions, 2008), in our own words."""

_DECIDED = frozenset({GoalState.AGREED, GoalState.UNDER_WAY, GoalState.ACHIEVED, GoalState.PARTLY, GoalState.NOT_MET})
"""States of a goal that a decision lies behind."""


def grid_row(code: str) -> GridRow:
    """Return the row stored under a code; a code that is not known (from a newer program) is shown as it is."""
    return _BY_CODE.get(code) or GridRow(code, code, tuple(AIMS), "", protected=False)


def aim_counts(code: str, aim: int) -> bool:
    """Tell whether an aim of the duty (1 to 3) counts for a row of the grid."""
    return aim in grid_row(code).aims


# --- what is blank ---------------------------------------------------------------------------------------------------------------------------------


def blanks(rows: Sequence[Mapping[str, object]]) -> tuple[Blank, ...]:
    """Return what the given rows do not say, in their order: no impact, no evidence nor reason for none, or harm that nothing is done about.

    ``rows`` are mappings with the fields of the grid's records. ``Not known`` is an answer; blank is not.
    """
    return tuple(blank for row in rows for blank in _blanks_of(row))


def _blanks_of(row: Mapping[str, object]) -> list[Blank]:
    code = _words(row, "characteristic")
    label = grid_row(code).label
    blank_fields: list[Blank] = []
    if not _words(row, "impact"):
        blank_fields.append(
            Blank(code, label, "impact", f"{label}: say whether people gain, lose, neither, or that it is not known.")
        )
    if not _words(row, "evidence"):
        sentence = f"{label}: say what you know and from where, or why there is nothing and how you will find out."
        blank_fields.append(Blank(code, label, "evidence", sentence))
    if _words(row, "impact") == str(Impact.NEGATIVE) and not _words(row, "mitigation"):
        blank_fields.append(
            Blank(code, label, "mitigation", f"{label}: say what will lessen the harm, or what justifies it.")
        )
    return blank_fields  # fmt: skip


def missing_rows(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the labels of the given rows that do not yet say enough; :func:`blanks` tells what each lacks."""
    return list(dict.fromkeys(blank.label for blank in blanks(rows)))


def absent_rows(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the labels of rows that the grid should have and that are not among the given ones."""
    present = {_words(row, "characteristic") for row in rows}
    return [row.label for row in GRID if row.code not in present]


def unmet_principles(assessment: Mapping[str, object]) -> list[str]:
    """Return those of the six principles, as sentences, that an assessment does not yet tick."""
    return [sentence for name, sentence in PRINCIPLES if not assessment.get(name)]


# --- what is late ----------------------------------------------------------------------------------------------------------------------------------


def late_reasons(assessment: Mapping[str, object], goal: Mapping[str, object], *, today: date) -> tuple[str, ...]:
    """Return why an assessment is late, in sentences; nothing for one that is in time.

    It is late when the goal was agreed or has started before the assessment was complete, when its own date has passed, or when its review is overdue. A date
    that is today is not overdue yet; a goal starts on its date.

    Args:
        assessment: With ``completed``, ``due`` and ``review_due``, ISO dates or blank.
        goal: With ``state`` and ``start``, an ISO date or blank.
        today: The day it is asked.
    """
    completed, due, review = (_day(assessment, name) for name in ("completed", "due", "review_due"))
    start, state = _day(goal, "start"), _words(goal, "state")
    if state == str(GoalState.STOPPED):
        return ()
    reasons: list[str] = []
    if completed is None:
        if state in _DECIDED:
            reasons.append("The goal was decided on before its impact was assessed.")
        if start and start <= today and state not in _DECIDED:
            reasons.append(f"Work was to start on {british(start.isoformat())}, and its impact is not assessed.")
        if due and due < today:
            reasons.append(f"The assessment was due on {british(due.isoformat())}.")
    elif start and completed > start:
        reasons.append(f"It was completed on {british(completed.isoformat())}, after the day work was to start.")
    if completed and review and review < today:
        reasons.append(f"Its review was due on {british(review.isoformat())}.")
    return tuple(reasons)


def is_late(assessment: Mapping[str, object], goal: Mapping[str, object], *, today: date) -> bool:
    """Tell whether an assessment is late; :func:`late_reasons` says why."""
    return bool(late_reasons(assessment, goal, today=today))


def _words(row: Mapping[str, object], name: str) -> str:
    return str(row.get(name) or "").strip()


def _day(row: Mapping[str, object], name: str) -> date | None:
    """Return a date; None where there is none, or words that are no date."""
    try:
        return date.fromisoformat(_words(row, name))
    except ValueError:
        return None
