"""Numbers as publishers write them: what counts as one, and what stays text so that nothing of it is lost."""

from __future__ import annotations

import re

# Publishers mark figures as revised, provisional, estimated or of low reliability after the number, and money before it.
_BESIDE = re.compile(r"\s*\[[a-z]\d?\]$|^£\s*", re.IGNORECASE)
_FIGURE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2009\u202f]\d{3})+(\.\d+)?")
_BELOW_NOTHING = re.compile(r"\(\s*£?\s*(\d[\d,.]*\s*%?)\s*\)")
"""How accounts write what is below nothing."""
_MINUS_SIGNS = str.maketrans("\u2212\u2012\u2013", "---")
_MOST_DIGITS = 15
"""So many digits come back from a number exactly as they went in."""
_LARGEST = 1e300


def read_figure(text: str) -> float | None:
    """Return the number that ``text`` says, with thousands separators, spaces between thousands, a percent sign and a mark such as [r] read away; None where it says none.

    A percentage keeps its unit: ``34.9%`` is 34.9. Words for numbers that do not exist, such as nan and inf, are no figures.
    """
    words = text.strip()
    if words[-1:] == "]" or words[:1] == "£":
        words = _BESIDE.sub("", words).strip()
    words = words.removesuffix("%").rstrip()
    if not any(letter in "0123456789" for letter in words):
        return None
    if _FIGURE.fullmatch(words) is None:
        words = _usual(words)
        if _FIGURE.fullmatch(words) is None:
            return None
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None


def _usual(words: str) -> str:
    """Return a number that is written in an unusual way in the usual one: ``1 204``, and ``(45)`` with its brackets for a minus sign."""
    if match := _BELOW_NOTHING.fullmatch(words):
        words = f"-{match[1]}"
    words = words.translate(_MINUS_SIGNS).removesuffix("%").rstrip()
    if _SPACED.fullmatch(words):
        return re.sub(r"\s", "", words)
    return words


def stored_figure(text: str) -> int | float | str | None:
    """Return a cell's number as it may be stored: itself where writing it again gives the same text, else the text as it came.

    So ``12`` is 12 and ``9.1`` is 9.1, but ``9.10``, ``1,204`` and ``34.9%`` stay text, to be read by :func:`read_figure`. None where it is no number.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and (text[0] != "0" or text == "0"):
        return int(text)
    number = read_figure(text)
    if number is None:
        return None
    return number if repr(number) == text else text
