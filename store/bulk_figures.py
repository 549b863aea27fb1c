"""Numbers as publishers write them: what counts as one, and what stays text so that nothing of it is lost."""

from __future__ import annotations

import re

# Publishers mark figures as revised, provisional, estimated or of low reliability after the number, and money before it.
_BESIDE = re.compile(r"\s*\[[a-z]\d?\]$|^£\s*", re.IGNORECASE)
_FIGURE = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?:\D|$))")
_IN_BRACKETS = re.compile(r"\(([\d,.]+%?)\)")
_MOST_DIGITS = 15
"""So many digits come back from a number exactly as they went in."""
_LARGEST = 1e300


def read_figure(text: str) -> float | None:
    """Return the number that ``text`` says, with thousands separators, a percent sign and a mark such as [r] read away; None where it says none.

    Thousands may be parted by commas or narrow spaces, and a number in brackets is below zero, as accountants write it.

    A percentage keeps its unit: ``34.9%`` is 34.9. Words for numbers that do not exist, such as nan and inf, are no figures.
    """
    words = text.strip()
    if words[-1:] == "]" or words[:1] == "£":
        words = _BESIDE.sub("", words).strip()
    if words[-1:] == ")" and (match := _IN_BRACKETS.fullmatch(words)):
        words = f"-{match[1]}"
    words = words.removesuffix("%").rstrip()
    if words[:1] == "\u2212":
        words = f"-{words[1:]}"
    if " " in words or not words.isascii():
        words = _SPACED.sub("", words)
    if not any(letter in "0123456789" for letter in words) or _FIGURE.fullmatch(words) is None:
        return None
    try:
        number = float(words.replace(",", ""))
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None


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
