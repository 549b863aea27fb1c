"""The one cleaner for every word that comes from a person or a file, and the ending of a place.

A terminal obeys what it is sent: an escape sequence in a remark could clear the screen, set the window title or write to the clipboard, and a direction
override can make one word look like another. Letters of every script, emoji and joiners stay; only characters that command the terminal go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# C0 and C1 controls but newline and tab; line and paragraph separators (read as newlines); direction overrides, isolates and marks; the byte-order mark;
# interlinear and tag characters, which hide text. Zero-width joiners stay: scripts and emoji need them.
_COMMANDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_SPACES = re.compile(r"\s+")
_SMALL_THEN_LARGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def clean(text: str) -> str:
    """Return ``text`` as it may be stored: line ends as newlines, no character that commands a terminal."""
    if text.isprintable():  # as nearly all words are: what commands a terminal is never printable
        return text
    return _COMMANDS.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return ``text`` cleaned, with every run of white space, new lines among them, as one space."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", clean(text)).strip()


def safe(text: object) -> str:
    """Return ``text`` as it may meet the screen; the last gate, for words that never passed the store."""
    return clean(str(text)).expandtabs(4)


def shorten(text: str, width: int) -> str:
    """Return ``text`` on one line of at most ``width`` characters, with an ellipsis where it was cut."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"


def ordinal(number: int) -> str:
    """Return a place in words, such as ``1st``."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def with_article(noun: str) -> str:
    """Return a noun with its article, such as ``an idea``."""
    article = "an" if noun[:1].lower() in tuple("aeiou") else "a"
    return f"{article} {noun}"


def split_joined(text: str, sign: str = " ") -> str:
    """Return ``text`` with a sign between words that only a capital parts: ``EthnicGroup`` is ``Ethnic Group``."""
    return _SMALL_THEN_LARGE.sub(sign, text)


def counted(number: int, singular: str, plural: str) -> str:
    """Return a number with what it counts, such as ``1 goal`` or ``2 goals``."""
    return f"{number} {singular if number == 1 else plural}"


def first_of(names: Sequence[str], most: int, *, width: int | None = None) -> str:
    """Return the first few of some names with commas between, and how many more there are.

    Args:
        names: All of them.
        most: How many to name.
        width: The most characters of each; None for all of them.
    """
    more = len(names) - most
    shown = ", ".join(name if width is None else shorten(name, width) for name in names[:most])
    return shown + (f" and {more:,} more" if more > 0 else "")
