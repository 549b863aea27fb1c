"""The fixed order of a code list's labels: never by value, and never by a leading number that may run either way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from amhe_tui.method.groups.ages import age_band
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.deprivation import counts_from_least, ordinal_of, rank, towards
from amhe_tui.method.groups.words import is_total, is_unknown

_WHITE, _MIXED, _ASIAN, _BLACK, _OTHER, _NOT_LISTED = range(6)


_CHINESE = "chinese"


# The parts of each broad group in the order of the Census 2021 list; the first word found decides.
_PARTS: dict[int, tuple[str, ...]] = {
    _WHITE: (r"british|english|scottish|welsh", r"irish(?! travel)", r"gypsy|travel", r"\broma\b", r"other|polish"),
    _MIXED: (r"white and black caribbean", r"white and black african", r"white and asian", r"other"),
    _ASIAN: (r"indian", r"pakistani", r"bangladeshi", _CHINESE, r"other"),
    _BLACK: (r"african", r"caribbean", r"other"),
    _OTHER: (_CHINESE, r"\barab\b", r"any other|other background"),
}


# Words a broad group is told by, tried in this order: "White and Asian" is a mixed group, "Black British" is not a white one.
_BROAD = (
    (_MIXED, r"\bmixed\b|multiple|white (and|&) "),
    (_OTHER, r"non.white"),
    (_ASIAN, r"\basian\b"),
    (_BLACK, r"\bblack\b"),
    (_WHITE, r"\bwhite\b"),
    (_ASIAN, r"indian|pakistani|bangladeshi"),
    (_BLACK, r"african|caribbean"),
    (_WHITE, r"british|english|scottish|welsh|irish|gypsy|travel|\broma\b|polish"),
    (_OTHER, r"\barab\b|other"),
)


_NOT_STATED = re.compile(r"(z|x|99)$")


_WHOLE_BROAD = re.compile(r"or white british|black british|black welsh|asian british|asian welsh")


_ONLY_IN_CENSUS = re.compile(r"\broma\b|gypsy|\barab\b")


def place_of_ethnic_group(labels: Sequence[str]) -> Callable[[str], tuple[float, ...]]:
    """Return what tells the place of a label among ``labels``: its broad group, then its part (0 for the broad group itself).

    Chinese is an Asian group in the Census 2021 list and an other group in the NHS list of 2001: the labels show which list it is, by the groups that only the
    census has.
    """
    census = any(_ONLY_IN_CENSUS.search(label.casefold()) for label in labels)
    bare_chinese = _ASIAN if census else _OTHER

    def place(label: str) -> tuple[float, ...]:
        letters = label.casefold().replace("&", "and").strip()
        head, told_apart, part = letters.partition(":")
        if not told_apart:
            head, told_apart, part = letters.partition(" - ")
        broad = bare_chinese if head == _CHINESE else _broad(head)
        if told_apart:
            return broad, _part(broad, part)
        return broad, 0 if _WHOLE_BROAD.search(letters) and not _named_part(broad, letters) else _part(broad, letters)

    return place


def _broad(letters: str) -> int:
    if _NOT_STATED.match(letters):
        return _NOT_LISTED + 1
    return next((broad for broad, pattern in _BROAD if re.search(pattern, letters)), _NOT_LISTED)


def _part(broad: int, letters: str) -> int:
    parts = _PARTS.get(broad, ())
    return next((number for number, pattern in enumerate(parts, 1) if re.search(pattern, letters)), 0)


def _named_part(broad: int, letters: str) -> bool:
    """Tell whether a label without a colon names one Asian group behind the name of its broad group."""
    return broad == _ASIAN and _part(broad, letters) > 0


Place = tuple[float, ...]


_GROUP, _MISSING, _TOTAL = 0, 1, 2


_FROM_CODE_LISTS = {
    "sex": ("male", "female", "non", "indeterminate"),
    "sexual_orientation": ("hetero", "straight", "gay", "lesbian", "bi"),
}
"""How labels begin, in the order of the NHS Data Dictionary's lists."""


_NUMBER = re.compile(r"\d+")


def in_fixed_order(characteristic: str, labels: Sequence[str]) -> list[str]:
    """Return labels in the order of their code list.

    Deprivation runs from most to least deprived by its words, because published files number it both ways; ages run by their lower bound; ethnic groups in the
    order of the census, a broad group before its parts; others in the order of their list or by their letters, with ``other`` and ``none`` behind. People
    whose group is not known follow the groups, and a total comes last.
    """
    known = recognise(characteristic)
    place = _place_for(known.code if known else "", labels)

    def key(label: str) -> tuple[int, Place, str]:
        kind = _kind(label)
        return kind, place(label) if kind == _GROUP else (), label.casefold()

    # The labels themselves decide between those that are alike but for capitals, so that the order never hangs on the file's.
    return sorted(labels, key=lambda label: (*key(label), label))


def _kind(label: str) -> int:
    if is_total(label):
        return _TOTAL
    return _MISSING if is_unknown(label) else _GROUP


def _place_for(code: str, labels: Sequence[str]) -> Callable[[str], Place]:
    if code == "deprivation":
        return _deprivation(labels)
    if code == "age":
        return _age
    if code == "race":
        return place_of_ethnic_group(labels)
    return _listed(_FROM_CODE_LISTS.get(code, ()))


# --- deprivation -----------------------------------------------------------------------------------------------------------------------------------

_FAR_END = 100


def _deprivation(labels: Sequence[str]) -> Callable[[str], Place]:
    from_least = counts_from_least([label for label in labels if _kind(label) == _GROUP])

    def place(label: str) -> Place:
        letters = label.strip().casefold()
        number, side = rank(letters), towards(letters)
        if number is not None:
            return ((_FAR_END - number) if from_least else number,)
        if side is None:
            # "Other 4 quintiles" stands behind the most deprived one; a middle group between the ends.
            return (_FAR_END / 2,)
        ordinal = ordinal_of(letters)
        return (ordinal if side < 2 else _FAR_END - ordinal,)

    return place


# --- ages ------------------------------------------------------------------------------------------------------------------------------------------

_OLDEST = 200


def _age(label: str) -> Place:
    """Return the lower and upper bound in years, lowest band first; words that are no age come after all bands."""
    band = age_band(label)
    if band is None:
        return _OLDEST, _OLDEST
    return band[0], _OLDEST if band[1] is None else band[1]


# --- everything else -------------------------------------------------------------------------------------------------------------------------------


def _listed(starts: Sequence[str]) -> Callable[[str], Place]:
    """Return places by how a label begins; labels that begin with a number by that number, ``other`` and ``none`` last."""

    def place(label: str) -> Place:
        letters = label.strip().casefold()
        if re.match(r"(any )?other\b", letters):
            return len(starts) + 1, 0
        if re.match(r"(none|no)\b", letters):
            return len(starts) + 2, 0
        if match := _NUMBER.match(letters):
            return len(starts), int(match[0])
        listed = next((number for number, start in enumerate(starts) if letters.startswith(start)), len(starts))
        return listed, _OLDEST

    return place
