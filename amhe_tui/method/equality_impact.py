"""The rules of an equality impact assessment: the rows of its grid, which aims of the duty count for each, what is still blank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

AIMS = {
    1: "End discrimination, harassment and victimisation",
    2: "Advance equality of opportunity",
    3: "Foster good relations between groups",
}
"""The three aims of the public sector equality duty, Equality Act 2010, section 149."""
_ALL_AIMS = (1, 2, 3)


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


def _protected(code: str, label: str, prompt: str, aims: tuple[int, ...] = _ALL_AIMS) -> GridRow:
    return GridRow(code, label, aims, prompt, protected=True)


def _other(code: str, label: str, prompt: str) -> GridRow:
    return GridRow(code, label, (), prompt, protected=False)


GRID = (
    _protected("age", "Age", "Would children, working-age people or older people gain or lose by it?"),
    _protected(
        "disability",
        "Disability",
        "Physical, sensory, learning and mental-health disability, autism: who could not use this as planned?",
    ),
    _protected(
        "gender_reassignment", "Gender reassignment", "Would trans people be safe, and be asked no more than is needed?"
    ),
    # Section 149 leaves marriage and civil partnership out of the aims on opportunity and good relations.
    _protected(
        "marriage",
        "Marriage and civil partnership",
        "In work only, and only about discrimination: does it treat people differently for it?",
        (1,),
    ),
    _protected("pregnancy", "Pregnancy and maternity", "Would pregnant women and new mothers be able to take part?"),
    _protected(
        "race",
        "Race",
        "Colour, nationality, ethnic or national origin, Gypsy, Roma and Traveller people: who is reached, in which language?",
    ),
    _protected(
        "religion", "Religion or belief", "Times, food, places and beliefs, none among them: who would stay away?"
    ),
    _protected("sex", "Sex", "Do women and men gain alike, and is anybody less safe?"),
    _protected(
        "sexual_orientation", "Sexual orientation", "Would lesbian, gay and bisexual people expect to be welcome?"
    ),
    _other("deprivation", "Deprivation", "What does it cost to take part, in fares, fees, data and time off work?"),
    _other("carers", "Carers", "Who looks after the person they care for, while they are here?"),
    _other(
        "inclusion_health",
        "Inclusion health groups",
        "Homeless people, refugees and asylum seekers, people in contact with justice, sex workers: can they get in without papers or an address?",
    ),
    _other(
        "care_leavers", "Looked-after children and care leavers", "Does it hold when somebody moves or turns eighteen?"
    ),
    _other("veterans", "Armed forces community", "Does it know of service, and of families that move?"),
    _other("language", "Language and literacy", "Is it offered in the languages spoken here, and without reading?"),
    _other("digital", "Digital exclusion", "What is there for somebody without a device, data or confidence?"),
    _other("rural", "Rural and coastal places", "How far is it, and is there a bus back?"),
    _other("together", "Several of these at once", "Who carries more than one of these, and does the harm add up?"),
)
"""The rows of the grid: the nine protected characteristics, then others, then several at once."""
_BY_CODE = {row.code: row for row in GRID}


def grid_row(code: str) -> GridRow:
    """Return the row stored under a code; a code that is not known (from a newer program) is shown as it is."""
    return _BY_CODE.get(code) or GridRow(code, code, _ALL_AIMS, "", protected=False)


def missing_rows(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the labels of rows that have no impact, no evidence, or harm that nothing is done about.

    ``rows`` are mappings with the fields of the grid's records.
    """
    missing: list[str] = []
    for row in rows:
        impact = str(row.get("impact") or "")
        if not impact or not row.get("evidence") or (impact == "negative" and not row.get("mitigation")):
            missing.append(grid_row(str(row.get("characteristic"))).label)
    return missing


PRINCIPLES = (
    ("knows_duty", "Those who decide know what the duty asks of them."),
    ("before_decision", "It was weighed before and while deciding, not afterwards."),
    ("in_substance", "It was weighed with rigour and an open mind, not ticked off."),
    ("not_delegated", "Those who decide weighed it themselves."),
    ("continuing", "It will be weighed again as things change."),
    ("recorded", "What was weighed is written down."),
)
"""The six principles courts have drawn from the duty (R (Brown) v Secretary of State for Work and Pensions, 2008), in our own words."""
