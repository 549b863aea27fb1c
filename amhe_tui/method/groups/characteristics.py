"""The nine protected characteristics, the other groups to think of, and which of them a data file's own heading means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from amhe_tui.text import split_joined

AIMS = {
    1: "End discrimination, harassment and victimisation",
    2: "Advance equality of opportunity",
    3: "Foster good relations between groups",
}
"""The three aims of the public sector equality duty, Equality Act 2010, section 149."""


_ALL_AIMS = (1, 2, 3)


@dataclass(frozen=True)
class Characteristic:
    """A characteristic or group that an inequality can follow.

    Attributes:
        code: What it is stored under.
        label: What it is called.
        psed_aims: The aims of the public sector equality duty that count for it; none where the Act does not name it.
        prompt: A question that helps to think of it.
        protected: Whether the Equality Act 2010 names it.
        ordered: Whether its groups have an order of their own, such as age bands.
        part_of: The row of the impact grid it belongs under, where it has none of its own.
    """

    code: str
    label: str
    psed_aims: tuple[int, ...]
    prompt: str
    protected: bool = False
    ordered: bool = False
    part_of: str = ""


def _protected(
    code: str, label: str, prompt: str, aims: tuple[int, ...] = _ALL_AIMS, *, ordered: bool = False
) -> Characteristic:
    return Characteristic(code, label, aims, prompt, protected=True, ordered=ordered)


def _other(code: str, label: str, prompt: str, *, ordered: bool = False) -> Characteristic:
    return Characteristic(code, label, (), prompt, ordered=ordered)


def _excluded(code: str, label: str, prompt: str) -> Characteristic:
    return Characteristic(code, label, (), prompt, part_of="inclusion_health")


PROTECTED = (
    _protected("age", "Age", "Would children, working-age people or older people gain or lose by it?", ordered=True),
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
)
"""The nine protected characteristics of the Equality Act 2010."""


OTHERS = (
    _other(
        "deprivation",
        "Deprivation",
        "What does it cost to take part, in fares, fees, data and time off work?",
        ordered=True,
    ),
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
)
"""Groups the Act does not name and the work has to think of all the same."""


INCLUSION_HEALTH = (
    _excluded("homeless", "Homeless people and rough sleepers", "Can somebody register without an address?"),
    _excluded("substances", "People dependent on drugs or alcohol", "Is anybody turned away until they stop?"),
    _excluded("migrants", "Refugees, asylum seekers and other migrants", "Who fears that their papers will be asked for?"),
    _excluded("traveller", "Gypsy, Roma and Traveller communities", "Does it follow people who move, and need reading?"),
    _excluded("sex_workers", "Sex workers", "Can they come without being judged or reported?"),
    _excluded("justice", "Prisoners and people in contact with justice", "What happens on the day of release?"),
    _excluded("slavery", "Victims of modern slavery", "Could somebody come without the person who controls them?"),
)  # fmt: skip
"""The inclusion health groups of Core20PLUS5, each under one row of the impact grid."""


# The Act's duty concerns people who share a protected characteristic; somebody with several may share any of them.
TOGETHER = Characteristic(
    "together", "Several of these at once", _ALL_AIMS, "Who carries more than one of these, and does the harm add up?"
)
"""People to whom more than one of these applies."""


CHARACTERISTICS = (*PROTECTED, *OTHERS, *INCLUSION_HEALTH, TOGETHER)


_BY_CODE = {entry.code: entry for entry in CHARACTERISTICS}


# The first pattern found in a heading decides; narrow ones stand before the wide ones whose words they contain.
_HEADINGS = (
    (r"depriv|\bimd\b|\bcore ?20", "deprivation"),
    (r"sexual orientation|sexuality|\bsogi\b", "sexual_orientation"),
    (r"\bsex work", "sex_workers"),
    (r"gender identity|gender reassign|\btrans(gender)?\b|registered at birth", "gender_reassignment"),
    (r"gypsy|\broma\b|traveller", "traveller"),
    (r"asylum|refugee|\b(im)?migra(nt|tion)", "migrants"),
    (r"ethnic|\bethnos\b|\brace\b|\bracial|\bb(a)?me\b|nationality|national origin", "race"),
    (r"religio|\bbelief|\bfaith\b", "religion"),
    (r"pregnan|maternity|perinatal|postnatal", "pregnancy"),
    (r"marital|marriage|civil partner|legal partnership", "marriage"),
    (r"care leaver|looked.after|care.experienc", "care_leavers"),
    (r"\b(unpaid |young )?carers?\b|unpaid care", "carers"),
    (r"disab|\bautis|\bld status\b|learning difficult|neurodiver", "disability"),
    (r"veteran|armed forces|military", "veterans"),
    (r"homeless|rough sleep", "homeless"),
    (r"substance|\bdrugs?\b|alcohol", "substances"),
    (r"prison|offend|\bjustice\b|probation", "justice"),
    (r"slavery|traffick", "slavery"),
    (r"inclusion health", "inclusion_health"),
    (r"language|interpreter|literacy", "language"),
    (r"digital|internet", "digital"),
    (r"\brural|coastal", "rural"),
    (r"\bsex\b|\bgender\b", "sex"),
    (r"\bage(s|d)?\b|under 18 or 18", "age"),
)


_PATTERNS = tuple((re.compile(pattern), code) for pattern, code in _HEADINGS)


def characteristic(code: str) -> Characteristic:
    """Return the characteristic stored under a code.

    Raises:
        ValueError: No characteristic has that code.
    """
    if code not in _BY_CODE:
        raise ValueError(f"there is no characteristic {code!r}")
    return _BY_CODE[code]


@lru_cache(maxsize=4096)
def recognise(heading: str) -> Characteristic | None:
    """Return the characteristic a data file's heading means, or None where nothing is sure.

    ``Ethnic Group`` is race, ``Gender`` is sex, ``Indices of Deprivation Decile`` is deprivation. A long-term condition is not taken for a disability: it
    may be one in law, and a column cannot tell.
    """
    plain_heading = re.sub(r"[\s_]+", " ", split_joined(heading)).casefold().strip()
    return next((_BY_CODE[code] for pattern, code in _PATTERNS if pattern.search(plain_heading)), None)


def is_ordered(heading: str) -> bool:
    """Tell whether the groups under a data file's heading have an order of their own, so that a gradient can be asked for."""
    known = recognise(heading)
    return known is not None and known.ordered
