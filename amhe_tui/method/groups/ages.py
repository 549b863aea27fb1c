"""Ages as files write them, read into their lowest and highest year."""

from __future__ import annotations

import re

OLDEST = 130
"""No age above this is one."""


_OLDER = r"over|older|above|more|upwards?"


_YOUNGER = r"under|younger|below|less"


_YEAR = r"(?:\s*(?:years?|yrs?|y)(?:\s*olds?|\s*of\s*age)?)?"


_AGED = r"(?:(?:aged?|ages)\s*:?\s*(?:group|band|range)?\s*)?"


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_AGED + pattern + _YEAR))
    for kind, pattern in (
        ("below", rf"(\d{{1,3}}){_YEAR}\s*(?:to|-|–|—)\s*(?:under|less than|<)\s*(\d{{1,3}})"),
        ("between", rf"(?:between\s*)?(\d{{1,3}}){_YEAR}\s*(?:to|and|or|-|–|—|−|&)\s*(\d{{1,3}})"),
        ("from", rf"(\d{{1,3}})s?{_YEAR}[\s-]*(?:\+|plus|(?:and|or|&)[\s-]*(?:{_OLDER}))"),
        ("from", r"(?:>=|≥|at least|from)\s*(\d{1,3})"),
        ("over", r"(?:over|above|older than|more than|>)[\s-]*(?:the age of\s*)?(\d{1,3})s?"),
        ("up to", rf"(\d{{1,3}})s?{_YEAR}[\s-]*(?:and|or|&)[\s-]*(?:{_YOUNGER})"),
        ("up to", r"(?:up to|<=|≤|at most)\s*(\d{1,3})"),
        ("under", r"(?:under|below|younger than|less than|<)[\s-]*(?:the age of\s*)?(\d{1,3})s?"),
        ("one", r"(\d{1,3})"),
    )
)


_IN_BRACKETS = re.compile(r"[^\d()]*\(([^()]*\d[^()]*)\)")


def age_band(label: str) -> tuple[int, int | None] | None:
    """Return the lowest and highest age in whole years, both counted in; None above where the band is open, None where it is no age.

    ``Under 18`` is 0 to 17, ``over 65`` begins at 66, ``65 or over`` at 65. Spans of time such as ``29-56 days`` and financial years are no ages.
    """
    letters = " ".join(label.replace("_", " ").casefold().split())
    bracketed = _IN_BRACKETS.fullmatch(letters)
    for text in (letters, bracketed[1] if bracketed else ""):
        for kind, shape in _SHAPES:
            match = shape.fullmatch(text.strip())
            if match:
                return _bounds(kind, [int(number) for number in match.groups()])
    return None


def _bounds(kind: str, numbers: list[int]) -> tuple[int, int | None] | None:
    first, last = numbers[0], numbers[-1]
    lower: int
    upper: int | None
    if kind in ("between", "below"):
        lower, upper = first, last - (kind == "below")
    elif kind in ("from", "over"):
        lower, upper = first + (kind == "over"), None
    elif kind in ("up to", "under"):
        lower, upper = 0, first - (kind == "under")
    else:
        lower, upper = first, first
    highest = lower if upper is None else upper
    return (lower, upper) if lower <= highest <= OLDEST else None


def age_label(lower: int, upper: int | None) -> str:
    """Return how a band is called: ``18 to 25``, ``90 and over``, ``16``."""
    if upper is None:
        return f"{lower} and over"
    return str(lower) if lower == upper else f"{lower} to {upper}"


def looks_like_a_band(label: str) -> bool:
    """Tell whether a label is a span of ages rather than a bare number, which could count anything."""
    return age_band(label) is not None and not label.strip().isdigit()


def age_order(lower: int, upper: int | None) -> int:
    """Return the place of a band: the lowest first, and of those that begin alike the narrowest."""
    return lower * (OLDEST + 2) + (OLDEST + 1 if upper is None else upper)
