"""What people say: a note taken apart into who speaks, what was said and under which themes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPEAKER = re.compile(r"^\s*([A-Za-z]{1,3}\d{1,2})\s*[:.)]\s*(.+)$", re.DOTALL)


_THEME = re.compile(r"(?:^|\s)#([\w-]+)")


@dataclass(frozen=True)
class Note:
    """One typed line, taken apart: who spoke, what was said, which themes it was given."""

    speaker: str
    words: str
    themes: tuple[str, ...]


def read_note(line: str, last_speaker: str = "") -> Note:
    """Take ``P3: It is too far #travel`` apart; a line without a code goes on with the last speaker."""
    themes = tuple(match[1].replace("_", " ") for match in _THEME.finditer(line))
    rest = _THEME.sub("", line).strip()
    match = _SPEAKER.match(rest)
    return Note(match[1].upper(), match[2].strip(), themes) if match else Note(last_speaker, rest, themes)
