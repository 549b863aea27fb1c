"""In which words a list of services and groups says whom it serves, so that a group of the evidence is found under other names than its own."""

from __future__ import annotations

import re
from functools import lru_cache

# What a label speaks of, and the beginnings of words by which a group or service would say it serves such people.
_SAID: tuple[tuple[str, str], ...] = (
    (r"\bmixed\b|dual heritage|multiple ethnic", r"mixed (?:race|heritage|ethnic|background)|dual heritage|biracial|multiple heritage"),
    (r"\bblack\b|\bafrican\b|\bcaribbean\b", r"black\b|african|caribbean|somali|nigeria|ghana|eritrea|ethiopia|congo|sudan|jamaica|windrush"),
    (r"\basian\b|\bindian\b|pakistani|bangladeshi|chinese", r"asian|india|pakistan|bangladesh|bengali|punjabi|gujarati|tamil|sri lanka|chinese|nepal"),
    (r"\barab\b", r"arab|iraqi|syria|yemen"),
    (r"gypsy|\broma\b|traveller", r"gypsy|gypsies|roma\b|traveller"),
    (r"^white\b", r"white\b|irish|polish|romanian|eastern european"),
    (r"\bfemales?\b|\bwom[ae]n\b|\bgirls?\b", r"women|woman|girls?\b|mothers?\b|grandmothers|female|ladies|sisters|mums?\b"),
    (r"\bmales?\b|\bm[ae]n\b|\bboys?\b", r"men\b|men's|boys?\b|fathers?\b|grandfathers|male\b|dads?\b|brothers"),
    (r"non.?binary|\btrans\b|transgender|gender (?:identity|reassign)", r"non.?binary|trans\b|transgender|gender identity|lgbt"),
    (r"\bgay\b|lesbian|homosexual", r"gay\b|lesbian|lgb|queer"),
    (r"\bbi.?sexual", r"bi.?sexual|lgb|queer"),
    (r"buddhist", r"buddhis"),
    (r"christian", r"christian|church(?:es)?\b(?! (?:street|lane|road|hill))|catholic|baptist|methodist|anglican|pentecostal"),
    (r"hindu", r"hindu|mandir"),
    (r"jewish|judaism", r"jew"),
    (r"muslim|islam", r"muslim|islam|mosque"),
    (r"sikh", r"sikh|gurdwara"),
    (r"\bhearing|\bdeaf", r"deaf|hearing(?! voices)|british sign|bsl\b"),
    (r"\bsight|\bblind|\bvisual", r"blind|sight loss|sight impair|visual|partially sighted|braille"),
    (r"learning (?:disab|diff)|ability to concentrate", r"learning disab|learning diff|easy read"),
    (r"mobility|physical disab|motor\b", r"wheelchair|mobility|physical(?:ly)? (?:disab|impair)|disabled people"),
    (r"autis|neurodiv|behaviour and emotional", r"autis|neurodiv|adhd|asperger"),
    (r"long.term condition|progressive condition", r"long.term condition|long.term health|chronic|cancer|hiv\b|multiple sclerosis|parkinson"),
    (r"most deprived", r"deprived|low income|poverty|hardship|food ?bank|short of money|debt|unemployed"),
    (r"\bcarers?\b", r"carers?\b|caring for|caregivers?"),
    (r"care leaver|looked.after", r"care leaver|looked.after|leaving care|care.experienced|foster"),
    (r"veteran|armed forces|military", r"veteran|armed forces|ex.service|military|forces famil"),
    (r"homeless|rough sleep", r"homeless|rough sleep|hostel|no fixed"),
    (r"refugee|asylum|migrant", r"refugee|asylum|migrant|sanctuary|newly arrived"),
    (r"drug|alcohol|substance", r"drug|alcohol|substance|addict|sober"),
    (r"sex work", r"sex work|street work"),
    (r"prison|justice|offend", r"prison|justice|offend|probation|ex.offender"),
    (r"slavery|traffick", r"slavery|traffick|exploit"),
    (r"pregnan|maternity|perinatal|postnatal", r"pregnan|maternity|perinatal|postnatal|new (?:mums?|mothers?|parents?)|expectant"),
    (r"rural|coastal|village", r"rural|village|farm|coastal"),
    (r"older people|elderly|pensioner", r"older|elder|pensioner|retired"),
    (r"young people|(?<!looked.after )children|teenager|youth", r"young|youth|child|teenage|students?\b"),
)  # fmt: skip


_TABLE = tuple((re.compile(label), expression) for label, expression in _SAID)


_IDLE = frozenset(
    (
        "people", "persons", "groups", "communities", "community", "other", "others", "also", "with", "from", "their", "they", "them", "that", "this", "those",
        "whom", "whose", "which", "have", "been", "unwell", "living", "live", "lives", "users",
    )
)  # fmt: skip


_ANYBODY = re.compile(
    r"\b(any(?:one|body)|every(?:one|body)|open to all|all (?:welcome|ages|communities|residents))\b", re.IGNORECASE
)


_NUMBERS = re.compile(r"\d{1,3}")


_GROWN_UP, _YOUNG, _OLD = 18, 25, 60


_OLDEST = 120


@lru_cache(maxsize=1024)
def said_as(label: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns, in small letters, that all find the beginning of a word where somebody says they serve a group.

    A label that speaks of several things at once, such as young Black men, has a pattern for each.
    """
    letters = label.casefold()
    expressions = [expression for pattern, expression in _TABLE if pattern.search(letters)] or _ages_said(label)
    if not expressions:
        words = [word for word in re.findall(r"[^\W\d_]{4,}", letters) if word not in _IDLE]
        expressions = ["|".join(map(re.escape, words or [letters.strip()]))]
    return tuple(re.compile(expression) for expression in expressions)


def _ages_said(label: str) -> list[str]:
    """Return the words for people of an age that a label gives in numbers; none where it gives none."""
    bounds = age_bounds(label)
    if bounds is None:
        return []
    if bounds[1] <= _YOUNG:
        return [r"young|youth|child|teenage|students?\b"]
    if bounds[0] >= _OLD:
        return [r"older|elder|pensioner|retired"]
    return [r"adults?\b|working.age"] if bounds[0] >= _GROWN_UP else []


def says(label: str, text: str) -> bool:
    """Tell whether a text, in small letters, says that a group is served."""
    return all(_begins_a_word(pattern, text) for pattern in said_as(label))


def _begins_a_word(pattern: re.Pattern[str], text: str) -> bool:
    # Looking behind in the pattern itself would keep it from skipping to letters it can begin with, which is ten times slower.
    return any(match.start() == 0 or not text[match.start() - 1].isalnum() for match in pattern.finditer(text))


@lru_cache(maxsize=1024)
def is_known(label: str) -> bool:
    """Tell whether a label speaks of a group that is known by other words too."""
    return any(pattern.search(label.casefold()) for pattern, _ in _TABLE)


@lru_cache(maxsize=1024)
def is_about_access(label: str) -> bool:
    """Tell whether what is there for a group often stands under access or languages, such as a hearing loop or Easy Read."""
    return (
        re.search(
            r"hearing|\bdeaf|\bsight|\bblind|visual|learning (?:disab|diff)|mobility|physical disab", label.casefold()
        )
        is not None
    )


@lru_cache(maxsize=4096)
def age_bounds(text: str) -> tuple[int, int] | None:
    """Return the youngest and the oldest age a text names, such as ``18 to 25``, ``under 18``, ``65+`` or ``from 16``; None where it names none."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if not numbers or max(numbers) > _OLDEST:
        return None
    letters = text.casefold()
    if len(numbers) >= 2:
        return min(numbers), max(numbers)
    if re.search(r"\bunder\b|\bup to\b|\bbelow\b|younger|<", letters):
        return 0, numbers[0] - 1 if re.search(r"under|below|<", letters) else numbers[0]
    if re.search(r"\+|\bover\b|\bfrom\b|\bolder\b|\babove\b|plus|>", letters):
        return numbers[0], _OLDEST
    return numbers[0], numbers[0]


def is_for_anybody(text: str) -> bool:
    """Tell whether a text says that everybody is welcome, which names no group."""
    return _ANYBODY.search(text) is not None
