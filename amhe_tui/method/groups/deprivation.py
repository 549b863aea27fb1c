"""Ranks of deprivation, read by their words: published files number deciles and quintiles from either end."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST, MORE, LESS, LEAST = range(4)


_RANK = re.compile(r"\s*[dq]?(\d{1,2})(?:st|nd|rd|th)?\b(?!\s*%|\s+quintiles|\s+deciles)")


_RANK_NAMED = re.compile(r"(?:decile|quintile|quartile|group)\s*\(?(\d{1,2})\b")


_TOWARDS = (("least", LEAST), ("less", LESS), ("most", MOST), ("more", MORE))


_BARE = re.compile(r"(?:imd\s*)?(?:(?:decile|quintile|[dq])\s*)?\d{1,2}(?:st|nd|rd|th)?(?:\s*(?:decile|quintile))?")


_ORDINALS = ("first", "second", "third", "fourth", "fifth")


_MIDDLE = 5


_NAMES = {
    10: r"decile|tenth|10\s*%|10 per ?cent",
    5: r"quintile|fifth\b(?! most| least| more| less)|20\s*%|20 per ?cent",
}


def towards(label: str) -> int | None:
    """Return whether a label says most, more, less or least deprived; None where it does not say."""
    letters = label.casefold()
    return next((side for word, side in _TOWARDS if re.search(rf"\b{word}\b", letters)), None)


def rank(label: str) -> int | None:
    """Return the number a label gives a rank, from whichever end."""
    letters = label.casefold()
    match = _RANK.match(letters) or _RANK_NAMED.search(letters)
    return int(match[1]) if match else None


def counts_from_least(labels: Sequence[str]) -> bool:
    """Tell from the labels themselves whether their numbers count from the least deprived end."""
    known = [(number, side) for number, side in map(_read, labels) if number is not None and side is not None]
    if len({side for _, side in known}) > 1:
        by_side = sorted(known, key=lambda pair: pair[1])
        return by_side[0][0] > by_side[-1][0]
    # One end alone: the extremes are 1 or the last; `more` and `less` are said of deciles, whose halves part after five.
    return any(
        (side == MOST and number > 1)
        or (side == MORE and number > _MIDDLE)
        or (side == LEAST and number == 1)
        or (side == LESS and number <= _MIDDLE)
        for number, side in known
    )


def _read(label: str) -> tuple[int | None, int | None]:
    return rank(label), towards(label)


def says_direction(labels: Sequence[str]) -> bool:
    """Tell whether any label has both a number and a word, so that the way it counts is known."""
    return any(number is not None and side is not None for number, side in map(_read, labels))


def ordinal_of(label: str) -> int:
    """Return the number that a label begins with as a word, such as 2 for ``Second most deprived``; 1 where there is none, as the most deprived is the first."""
    letters = label.casefold()
    return next((number for number, word in enumerate(_ORDINALS, 1) if letters.startswith(word)), 1)


def parts_named(text: str) -> int:
    """Return 10 where a text speaks of deciles, 5 of quintiles, 0 where it does neither."""
    return next((parts for parts, pattern in _NAMES.items() if re.search(pattern, text.casefold())), 0)


def position(label: str, parts: int, *, from_least: bool) -> int | None:
    """Return the place of a label counted from the most deprived, 1 to ``parts``; None where it is no such rank or its words speak against its number.

    Args:
        label: The label, such as ``02 More deprived`` or ``Most deprived decile``.
        parts: Into how many parts the ranks go, 10 or 5.
        from_least: Whether number 1 is the least deprived.
    """
    letters = " ".join(label.casefold().split())
    if parts_named(letters) not in (0, parts):
        return None
    number, side = rank(letters), towards(letters)
    if side is None:
        if number is None or not _BARE.fullmatch(letters):
            return None
    elif not re.search(r"depriv|^[dq]?\d", letters):
        return None
    if number is None:
        return _from_words(letters, side, parts)
    if not 1 <= number <= parts:
        return None
    place = parts + 1 - number if from_least else number
    return place if side is None or _agrees(place, side, parts) else None


def _agrees(place: int, side: int, parts: int) -> bool:
    if side == MOST:
        return place == 1
    if side == LEAST:
        return place == parts
    return 2 * place <= parts + 1 if side == MORE else 2 * place >= parts + 1


def _from_words(letters: str, side: int | None, parts: int) -> int | None:
    if side not in (MOST, LEAST):
        return None
    ordinal = ordinal_of(letters)
    return ordinal if side == MOST else parts + 1 - ordinal
