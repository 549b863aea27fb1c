"""Signs that words may tell who somebody is: pointed out before they are kept, never blocked."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    """A place in the words that may tell who somebody is.

    Attributes:
        start, end: Where it stands.
        kind: What it looks like.
        sentence: What to say about it.
    """

    start: int
    end: int
    kind: str
    sentence: str


_NHS = re.compile(r"\b(\d{3})[ -]?(\d{3})[ -]?(\d{4})\b")
_INTRODUCED = re.compile(
    r"\b(?:my name is|I am called|I'm called|[Tt]his is|[Dd]r\.?|[Mm]rs?\.?|[Mm]s\.?|[Mm]iss)\s+([A-Z][\w'’-]+)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    ("a telephone number", re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[ -]?){9,10}(?!\d)")),
    (
        "a date of birth",
        re.compile(r"\b(?:born|birthday|date of birth|dob)\b.{0,20}?\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}", re.IGNORECASE),
    ),
    ("a name", _INTRODUCED),
)


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are a valid NHS number, by its check digit (modulus 11, NHS Data Dictionary)."""
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def signs_in(words: str) -> tuple[Sign, ...]:
    """Return every place that may tell who somebody is, in order."""
    found = [_sign(match, kind) for kind, pattern in _PATTERNS for match in pattern.finditer(words)]
    found += [_sign(match, "an NHS number") for match in _NHS.finditer(words) if is_nhs_number("".join(match.groups()))]
    return tuple(sorted(found, key=lambda sign: sign.start))


def _sign(match: re.Match[str], kind: str) -> Sign:
    return Sign(match.start(), match.end(), kind, f"This looks like {kind}: “{match[0].strip()}”.")


def warnings_in(words: str) -> list[str]:
    """Return one sentence for each sign."""
    return [sign.sentence for sign in signs_in(words)]
