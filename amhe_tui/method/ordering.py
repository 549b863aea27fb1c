"""The fixed order of a code list's labels: never by value, and never by a leading number that may run either way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_AGE = re.compile(r"^(under\s+)?(\d{1,3})(?:\s*(?:to|-|–)\s*(\d{1,3}))?", re.IGNORECASE)
_ETHNIC = (
    "white",
    "british",
    "english",
    "irish",
    "gypsy",
    "roma",
    "any other white",
    "mixed",
    "white and black caribbean",
    "white and black african",
    "white and asian",
    "any other mixed",
    "asian",
    "indian",
    "pakistani",
    "bangladeshi",
    "any other asian",
    "black",
    "caribbean",
    "african",
    "any other black",
    "other ethnic",
    "chinese",
    "arab",
    "any other ethnic",
)
_LAST = ("other", "none", "not stated", "not known", "unknown", "total", "all")


def in_fixed_order(characteristic: str, labels: Sequence[str]) -> list[str]:
    """Return labels in the order of their code list.

    Deprivation runs from most to least deprived by its words, because published files number it both ways; ages run by their lower bound; ethnic groups in the
    order of the census; everything else by its letters, with ``other`` and the unknown at the end.
    """
    words = characteristic.casefold()
    if "depriv" in words or "imd" in words:
        return sorted(labels, key=_deprivation_key(labels))
    if "age" in words.split() or words.startswith("age"):
        return sorted(labels, key=_age_key)
    if "ethnic" in words:
        return sorted(labels, key=_ethnic_key)
    return sorted(labels, key=lambda label: (label.casefold().startswith(_LAST), label.casefold()))


def _deprivation_key(labels: Sequence[str]) -> Callable[[str], tuple[int, int, str]]:
    """Return a key that reads which end the numbers count from off the labels themselves."""
    number = {label: int(match[0]) for label in labels if (match := re.match(r"\d+", label))}
    most = [number[label] for label in number if "most deprived" in label.casefold()]
    least = [number[label] for label in number if "least deprived" in label.casefold()]
    downwards = bool(most and least and most[0] > least[0]) or bool(not least and most and most[0] > 1)

    def key(label: str) -> tuple[int, int, str]:
        if label in number:
            return 0, -number[label] if downwards else number[label], label
        words = label.casefold()
        return (0, 0, label) if "most deprived" in words and "other" not in words else (1, 0, label)

    return key


def _age_key(label: str) -> tuple[int, int, str]:
    match = _AGE.match(label.strip())
    if match is None:
        return 1, 0, label
    return 0, -1 if match[1] else int(match[2]), label


def _ethnic_key(label: str) -> tuple[int, str]:
    words = label.casefold()
    fits = [(len(start), place) for place, start in enumerate(_ETHNIC) if words.startswith(start)]
    return (max(fits)[1] if fits else len(_ETHNIC), words)
