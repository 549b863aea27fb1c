"""Signs that words may tell who somebody is: pointed out before they are kept, never blocked."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    """A place in the words that may tell who somebody is.

    Attributes:
        start, end: Where it stands, counted in characters.
        kind: What it looks like.
        sentence: What to say about it.
    """

    start: int
    end: int
    kind: str
    sentence: str


NHS_NUMBER_DIGITS = 10
_NHS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_NAME = r"((?-i:[^\W\d_])[\w'’-]*)"
_INTRODUCED = re.compile(
    r"\b(?:(?:my|his|her|their|whose) (?:first |last |sur)?name(?: is|'s|’s| was)|(?:I am|I'm|I’m|is|was|are) (?:called|named)|call me|"
    rf"(?-i:[Dd]r|DR|[Mm]rs?|MRS?|[Mm]s|[Mm]iss|[Pp]rof|Professor|Nurse|Doctor|Imam|Rabbi|Father)\.?)\s{{1,3}}{_NAME}",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -]\d{{2,4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{2,4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # Each run has a most, so that a long remark costs no more than its length.
    ("an e-mail address", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    # The second half of a postcode never holds C, I, K, M, O or V, which keeps "w1 3pm" out.
    ("a postcode", re.compile(r"\b(?:gir ?0aa|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)),
    ("a telephone number", re.compile(r"(?<![\d+])(?:(?:\+|00)44[ -]?(?:\(0\))?|\(?0)(?:[ -]?\)?[ -]?\d){9,10}(?!\d)")),
    ("a date of birth", re.compile(rf"\b(?:born|birthday|birth|d\.?o\.?b\.?)\b.{{0,20}}?{_DATE}", re.IGNORECASE)),
)


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are a valid NHS number, by its check digit (modulus 11, NHS Data Dictionary)."""
    if len(digits) != NHS_NUMBER_DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    # A remainder that asks for 10 has no digit: such a number is never given out.
    return (11 - total % 11) % 11 == int(digits[9])


def signs_in(text: str) -> tuple[Sign, ...]:
    """Return every place that may tell who somebody is, in order; it warns too often rather than too seldom, and cannot know every name."""
    signs = [_sign(match, kind) for kind, pattern in _PATTERNS for match in pattern.finditer(text)]
    signs += [_sign(match, "a name") for match in _INTRODUCED.finditer(text) if _begins_a_name(match[1])]
    numbers = [match for match in _NHS.finditer(text) if is_nhs_number("".join(match.groups()))]
    # Ten digits that begin with 0 and pass the check may be either; to say it once is enough.
    taken = {match.span() for match in numbers}
    signs = [sign for sign in signs if (sign.start, sign.end) not in taken]
    signs += [_sign(match, "an NHS number") for match in numbers]
    return tuple(sorted(signs, key=lambda sign: sign.start))


def warnings_in(text: str) -> list[str]:
    """Return one sentence for each sign."""
    return [sign.sentence for sign in signs_in(text)]


def _begins_a_name(word: str) -> bool:
    # Scripts without capitals count as names: a warning too many is better than a name kept.
    return not word[0].islower()


def _sign(match: re.Match[str], kind: str) -> Sign:
    return Sign(match.start(), match.end(), kind, f"This looks like {kind}: “{match[0].strip()}”.")
