"""Where an ethnic group stands: the five broad groups in the order of the census, each before its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

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
        words = label.casefold().replace("&", "and").strip()
        head, told_apart, part = words.partition(":")
        if not told_apart:
            head, told_apart, part = words.partition(" - ")
        broad = bare_chinese if head == _CHINESE else _broad(head)
        if told_apart:
            return broad, _part(broad, part)
        return broad, 0 if _WHOLE_BROAD.search(words) and not _named_part(broad, words) else _part(broad, words)

    return place


def _broad(words: str) -> int:
    if _NOT_STATED.match(words):
        return _NOT_LISTED + 1
    return next((broad for broad, pattern in _BROAD if re.search(pattern, words)), _NOT_LISTED)


def _part(broad: int, words: str) -> int:
    parts = _PARTS.get(broad, ())
    return next((number for number, pattern in enumerate(parts, 1) if re.search(pattern, words)), 0)


def _named_part(broad: int, words: str) -> bool:
    """Tell whether a label without a colon names one Asian group behind the name of its broad group."""
    return broad == _ASIAN and _part(broad, words) > 0
