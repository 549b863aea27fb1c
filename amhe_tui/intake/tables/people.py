"""Lists of people: how a table is known that has a row for each person, and which of its columns would tell who somebody is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from amhe_tui.intake.tables.columns import Profile
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.privacy import NHS_NUMBER_DIGITS, is_nhs_number
from amhe_tui.text import shorten

_NAMED = re.compile(
    r"^(?:(?:first|last|full|fore|sur|family|given|middle|maiden|preferred|patient|client|person|service user|child|parent|carer|respondent|participant|contact|recipient|"
    r"recipient first|recipient last|staff|gp|user|your) ?)?names?$|^(?:forename|surname|initials|title and name|name of (?:the )?(?:patient|client|person|child))s?$"
)


_BORN = re.compile(r"\b(?:dob|d o b|birth ?date|date of birth|birthday|born)\b|^(?:birth|date born)$")


_REACHED = re.compile(
    r"\b(?:e ?mail(?: address)?|telephone|phone|mobile|tel|fax|ip ?address|home address|street|address ?(?:line)? ?\d?|post ?code)\b"
)


_NHS = re.compile(r"\bnhs ?(?:no|num|number|id)\b|^nhs$")


_PERSON_ID = re.compile(
    r"\b(?:patient|person|client|respondent|participant|response|submission|case|user|service user|hospital|local|unique|rio|systm ?one|emis|pseudo\w*|member|staff|employee)"
    r" ?(?:id|identifier|no|number|num|key|ref|reference|code)\b|^(?:uuid|guid|instance ?id|nino|ni number|national insurance(?: number)?|mrn|urn|upn|pseudonym)$"
)


_BARE_ID = re.compile(
    r"^(?:id|ref|reference|record|record id|no|s no|serial|serial no|serial number|key|#|row|row id|index|case|number|"
    r"respondent|participant|client|patient|person|response|submission|service user)$"
)


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_UUID = re.compile(r"(?:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+44|0044|0)\s?\(?\d(?:[\s()-]?\d){8,10}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d(?:[ T].*)?")


_NO_NUMBER_OF_PEOPLE = re.compile(
    r"\b(count|counts|total|people|persons|patients|rate|percent|percentage|per|value|figure|denominator|numerator|population|estimate|mean|median|average|proportion|"
    r"referrals|contacts|attendances|admissions|detentions|discharges|appointments|lower|upper|ci|n)\b|%"
)
"""What names a column of figures about many people, and no answer of one."""


_LIKERT = re.compile(
    r"(?:strongly|slightly|somewhat|mostly|completely|totally|tend to)? ?(?:dis)?agree(?: strongly| slightly| somewhat)?|neither(?: agree nor disagree)?.*|"
    r"(?:very |fairly |quite |not at all |extremely |slightly )?(?:dis|un)?satisfied|(?:very |extremely )?(?:un)?likely|"
    r"(?:not at all|several days|more than half the days|nearly every day)|"
    r"always|often|sometimes|rarely|never|(?:all|most|some|none) of the time|very (?:good|poor|bad)|good|fair|poor|excellent|neutral|n/a|not applicable|don'?t know",
    re.IGNORECASE,
)


_HIGHEST_ANSWER = 10


_OLDEST = 115


_FEWEST = 3


class Identifier(NamedTuple):
    """A column that would tell who somebody is, and what it holds."""

    name: str
    kind: str


def identifier_of(column: Profile) -> str:
    """Return what a column holds that would tell who a person is, or ""."""
    cells = column.cells[:200]
    if not cells:
        return ""
    if _share(cells, _is_nhs) >= 0.5 or (_NHS.search(column.words) and _share(cells, _is_ten_digits) >= 0.5):
        return "NHS numbers"
    for kind, pattern in (
        ("e-mail addresses", _EMAIL),
        ("codes of single people", _UUID),
        ("telephone numbers", _PHONE),
    ):
        if _share(cells, pattern.fullmatch) >= 0.6:
            return kind
    if _BORN.search(column.words):
        return "birth dates"
    if _NAMED.match(column.words) and not column.is_figure:
        return "names"
    if _PERSON_ID.search(column.words) and column.once > 0.9:
        return "codes of single people"
    if _REACHED.search(column.words):
        return "ways to reach people"
    return "postcodes" if _share(cells, _POSTCODE.fullmatch) >= 0.6 else ""


def _share(cells: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(cell)) for cell in cells) / len(cells)


def _digits(cell: str) -> str:
    return re.sub(r"[ -]", "", cell)


def _is_nhs(cell: str) -> bool:
    return is_nhs_number(_digits(cell))


def _is_ten_digits(cell: str) -> bool:
    digits = _digits(cell)
    return len(digits) == NHS_NUMBER_DIGITS and digits.isdigit()


def is_bare_id(column: Profile, rows: int) -> bool:
    """Tell whether a column numbers the rows of a list."""
    return _is_bare_id(column, rows)


def is_days(column: Profile) -> bool:
    """Tell whether a column holds days, of which few people share one."""
    return bool(column.cells) and _share(column.cells[:200], _DAY.fullmatch) > 0.8


def is_age(column: Profile) -> bool:
    """Tell whether a column holds people's ages in years."""
    return _is_age(column) and column.distinct > 1


def about_people(columns: Sequence[Profile], rows: int) -> bool:
    """Tell whether a table has a row for each person: what tells who they are is in it, or all its numbers are answers of one person each."""
    if rows < 1:
        return False
    kinds = {column.name: identifier_of(column) for column in columns}
    if any(kind in ("NHS numbers", "birth dates") for kind in kinds.values()):
        return True
    numbers = [
        column for column in columns if column.is_figure and not kinds[column.name] and not _is_bare_id(column, rows)
    ]
    traits = [
        column for column in columns if recognise_characteristic(column.words) is not None and not kinds[column.name]
    ]
    if _one_of_each(columns, traits, numbers, rows):
        return True
    coded = [column for column in columns if kinds[column.name] in ("codes of single people", "e-mail addresses")]
    if traits and any(column.distinct >= rows > 1 for column in coded):
        return True
    if any(not _one_answer(column) for column in numbers):
        return False
    asked = [
        column
        for column in columns
        if not kinds[column.name] and column not in numbers and not _is_bare_id(column, rows)
    ]
    likert = [column for column in asked if _is_likert(column)]
    known_by = {kind for kind in kinds.values() if kind} - {
        "ways to reach people",
        "postcodes",
        "telephone numbers",
        "names",
    }
    if known_by and (traits or likert or numbers):
        return True
    if "names" in kinds.values() and traits and (numbers or len(traits) > 1 or _of_a_person(columns)):
        return True
    if rows < _FEWEST:
        return False
    repeated = rows > _kinds_of_people([column for column in asked if column.once < 0.9 or column in traits])
    if any(_is_bare_id(column, rows) for column in columns) and traits:
        return (
            bool(likert)
            or (bool(numbers) and (repeated or all(map(_is_yes_or_no, _but_ages(numbers)))))
            or len(traits) > 1 > len(numbers)
        )
    if likert:
        return len(likert) + len(numbers) > 1 or bool(traits)
    scales = _but_ages(numbers)
    if len(traits) > 1 and repeated and scales and all(map(_is_yes_or_no, scales)):
        return True
    return len(scales) > 1 and rows > _HIGHEST_ANSWER and all(_asks(column) for column in scales)


_OF_A_PERSON = re.compile(
    r"^(?:initials|sur ?name|fore ?name|(?:first|last|family|given|middle|patient|client) ?names?)$"
)


def _of_a_person(columns: Sequence[Profile]) -> bool:
    """Tell whether a column is called as only the names of people are, and not of services or places."""
    return any(_OF_A_PERSON.match(column.words) for column in columns)


_MEASURED_OF_ONE = re.compile(
    r"\b(?:wait(?:ed|ing)?|days?|weeks?|hours?|minutes?|sessions|length of stay|los|score|phq|gad|core|bmi|honos|wemwbs)\b"
)


def _one_of_each(columns: Sequence[Profile], traits: Sequence[Profile], numbers: Sequence[Profile], rows: int) -> bool:
    """Tell whether rows say of one person each how old they are in years, who they are, and what was measured of them, such as days waited.

    A table of groups would have a column that counts people, and most ages of every group.
    """
    ages = [column for column in columns if _is_age(column) and column.distinct > 2]
    measured = [column for column in numbers if column not in ages]
    if rows < _FEWEST or not ages or len(traits) < 3 or not measured:
        return False
    kinds = 1
    for column in traits:
        kinds *= max(column.distinct, 1)
    return rows * 2 < kinds and all(
        _is_yes_or_no(column)
        or (_MEASURED_OF_ONE.search(column.words) and not _NO_NUMBER_OF_PEOPLE.search(column.words))
        for column in measured
    )


def _kinds_of_people(traits: Sequence[Profile]) -> int:
    """Return how many rows a table of groups could have at most: more than that are rows of people."""
    most = 1
    for column in traits:
        most *= 1 if _is_age(column) else max(column.distinct, 1)
    return most


def _but_ages(numbers: Sequence[Profile]) -> list[Profile]:
    return [column for column in numbers if not _is_age(column)]


def _is_yes_or_no(column: Profile) -> bool:
    return set(column.cells) <= {"0", "1"}


def _asks(column: Profile) -> bool:
    """Tell whether the name of a column is a question, or one item of a scale."""
    return (
        column.name.endswith("?")
        or len(column.name) > 30
        or bool(re.match(r"(q|item|question|statement) ?\d+|i (am|feel|can|have|was|felt)\b", column.words))
    )


def _is_bare_id(column: Profile, rows: int) -> bool:
    return bool(_BARE_ID.match(column.words)) and column.distinct >= rows > 1 and column.filled == 1


def _is_age(column: Profile) -> bool:
    return bool(re.search(r"\bage\b", column.words)) and _whole(column, _OLDEST)


def _whole(column: Profile, most: int) -> bool:
    numbers = [cell for cell in column.cells if cell.isdigit()]
    return len(numbers) >= 0.9 * len(column.cells) and all(int(cell) <= most for cell in numbers)


def _one_answer(column: Profile) -> bool:
    """Tell whether the numbers of a column may each be what one person is or said: yes or no, a point on a scale, an age, a score."""
    if _NO_NUMBER_OF_PEOPLE.search(column.words):
        return False
    if _is_age(column) or _whole(column, _HIGHEST_ANSWER):
        return True
    return bool(re.search(r"\b(phq|gad|core|score|wemwbs|swemwbs|rcads|sdq|q\d+)\b", column.words)) and _whole(
        column, 100
    )


def _is_likert(column: Profile) -> bool:
    return column.distinct > 1 and all(map(_LIKERT.fullmatch, column.cells[:12]))


OF_SINGLE_PEOPLE = frozenset(
    {"NHS numbers", "birth dates", "codes of single people", "e-mail addresses", "telephone numbers"}
)
"""What tells who somebody is in any table, be it one of people or of figures."""


def never_taken_in(columns: Sequence[Profile]) -> list[str]:
    """Return a sentence on each column of a table of figures that would tell who somebody is."""
    kinds = {column.name: identifier_of(column) for column in columns}
    return [
        f"{shorten(name, 30)} ({kind}) tells who somebody is, and was not taken in."
        for name, kind in kinds.items()
        if kind in OF_SINGLE_PEOPLE
    ]


def left_out(columns: Sequence[Profile], rows: int, layout: str) -> tuple[str, ...]:
    """Return a sentence that says of a list of people that its rows are counted, and which of its columns are never taken in."""
    kinds = {column.name: identifier_of(column) for column in columns}
    kinds |= {column.name: "row numbers" for column in columns if not kinds[column.name] and _is_bare_id(column, rows)}
    aside = {name: kind for name, kind in kinds.items() if kind}
    if not aside and layout != "answers":
        return ()
    shown = ", ".join(f"{shorten(name, 30)} ({kind})" for name, kind in list(aside.items())[:6])
    more = f" and {len(aside) - 6} more" if len(aside) > 6 else ""
    tells = f" What tells who somebody is was not taken in: {shown}{more}." if aside else ""
    return (f"Rows are people, one row a person: how many gave each answer is counted.{tells}",)
