"""The fixed order of a code list's labels: never by value, and never by a leading number that may run either way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from amhe_tui.method.characteristics import recognise
from amhe_tui.method.ethnic_order import place_of_ethnic_group

Place = tuple[float, ...]
_GROUP, _MISSING, _TOTAL = 0, 1, 2
_NOT_A_GROUP = (
    (_TOTAL, re.compile(r"(grand )?total\b|all\b(?! other)|overall\b|everyone\b|persons$")),
    (
        _MISSING,
        re.compile(
            r"(not (stated|known|recorded|answered|asked|specified|disclosed|collected)|unknown|unspecified|undisclosed|invalid|missing|"
            r"prefer not|declined|refused|asked but)"
        ),
    ),
)
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
    found = recognise(characteristic)
    place = _place_for(found.code if found else "", labels)

    def key(label: str) -> tuple[int, Place, str]:
        kind = _kind(label)
        return kind, place(label) if kind == _GROUP else (), label.casefold()

    # The labels themselves decide between those that are alike but for capitals, so that the order never hangs on the file's.
    return sorted(labels, key=lambda label: (*key(label), label))


def _kind(label: str) -> int:
    words = label.strip().casefold()
    return next((kind for kind, pattern in _NOT_A_GROUP if pattern.match(words)), _GROUP)


def _place_for(code: str, labels: Sequence[str]) -> Callable[[str], Place]:
    if code == "deprivation":
        return _deprivation(labels)
    if code == "age":
        return _age
    if code == "race":
        return place_of_ethnic_group(labels)
    return _listed(_FROM_CODE_LISTS.get(code, ()))


# --- deprivation -----------------------------------------------------------------------------------------------------------------------------------

_RANK = re.compile(r"\s*(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*%|\s+quintiles|\s+deciles)")
_RANK_NAMED = re.compile(r"(?:decile|quintile|quartile|group)\s*(\d{1,2})\b")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_TOWARDS = (("least", 3), ("less", 2), ("most", 0), ("more", 1))
_FAR_END = 100
_MIDDLE = 5


def _towards(words: str) -> int | None:
    """Return 0 for most, 1 for more, 2 for less, 3 for least deprived; None where the words do not say."""
    return next((side for word, side in _TOWARDS if re.search(rf"\b{word}\b", words)), None)


def _rank(words: str) -> int | None:
    match = _RANK.match(words) or _RANK_NAMED.search(words)
    return int(match[1]) if match else None


def _counts_from_least(labels: Sequence[str]) -> bool:
    """Tell from the labels themselves whether their numbers count from the least deprived end."""
    read = [(_rank(words), _towards(words)) for words in (label.casefold() for label in labels)]
    known = [(rank, side) for rank, side in read if rank is not None and side is not None]
    if len({side for _, side in known}) > 1:
        by_side = sorted(known, key=lambda one: one[1])
        return by_side[0][0] > by_side[-1][0]
    # One end alone: the extremes are 1 or the last; `more` and `less` are said of deciles, whose halves part after five.
    return any(
        (side == 0 and rank > 1) or (side == 1 and rank > _MIDDLE) or (side == 3 and rank == 1) or (side == 2 and rank <= _MIDDLE)
        for rank, side in known
    )  # fmt: skip


def _deprivation(labels: Sequence[str]) -> Callable[[str], Place]:
    from_least = _counts_from_least([label for label in labels if _kind(label) == _GROUP])

    def place(label: str) -> Place:
        words = label.strip().casefold()
        rank, side = _rank(words), _towards(words)
        if rank is not None:
            return ((_FAR_END - rank) if from_least else rank,)
        if side is None:
            # "Other 4 quintiles" stands behind the most deprived one; a middle group between the ends.
            return (_FAR_END / 2,)
        ordinal = next((number for number, word in enumerate(_ORDINALS, 1) if words.startswith(word)), 1)
        return (ordinal if side < 2 else _FAR_END - ordinal,)

    return place


# --- ages ------------------------------------------------------------------------------------------------------------------------------------------

_BELOW = re.compile(r"(?:under|below|less than|up to|<)\s*(\d{1,3})")
_ABOVE = re.compile(r"(?:over|above|more than|>)\s*(\d{1,3})")
_BETWEEN = re.compile(r"(\d{1,3})\s*(?:to|and|or|-|–|—)\s*(\d{1,3})")
_OPEN = re.compile(r"(\d{1,3})\s*(?:\+|plus|(?:and|or|years and|years or)\s+(?:over|older|above))")
_OLDEST = 200


def _age(label: str) -> Place:
    """Return the lower and upper bound in years, lowest band first; words without a number come after all bands."""
    words = label.casefold()
    if match := _BETWEEN.search(words):
        return float(match[1]), float(match[2])
    if match := _OPEN.search(words):
        return float(match[1]), _OLDEST
    if match := _BELOW.search(words):
        return 0, float(match[1]) - 1
    if match := _ABOVE.search(words):
        return float(match[1]) + 1, _OLDEST
    if match := _NUMBER.search(words):
        return float(match[0]), float(match[0])
    return _OLDEST, _OLDEST


# --- everything else -------------------------------------------------------------------------------------------------------------------------------


def _listed(starts: Sequence[str]) -> Callable[[str], Place]:
    """Return places by how a label begins; labels that begin with a number by that number, ``other`` and ``none`` last."""

    def place(label: str) -> Place:
        words = label.strip().casefold()
        if re.match(r"(any )?other\b", words):
            return len(starts) + 1, 0
        if re.match(r"(none|no)\b", words):
            return len(starts) + 2, 0
        if match := _NUMBER.match(words):
            return len(starts), int(match[0])
        listed = next((number for number, start in enumerate(starts) if words.startswith(start)), len(starts))
        return listed, _OLDEST

    return place
