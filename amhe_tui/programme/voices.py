"""What people say: a note taken apart into who speaks, what was said and under which themes; checked for names, never blocked; kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amhe_tui.method.privacy import warnings_in
from store.records import Participant, Record, Remark, Theme, faces
from store.workspace import Workspace

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


def warnings_of(kind: type[Record], values: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each place in people's words that may tell who somebody is; the fields say which hold such words."""
    return [
        warning
        for name, field in faces(kind).items()
        if field.voice and name in values
        for warning in warnings_in(str(values[name] or ""))
    ]


def kept_with(warnings: list[str]) -> str:
    """Return what to say where words are kept that may tell who somebody is, or ""."""
    if not warnings:
        return ""
    more = f" And {len(warnings) - 1} more." if len(warnings) > 1 else ""
    return f"⚠ Kept as it is. {warnings[0]}{more} Change it if somebody could be known by it."


def keep_note(workspace: Workspace, activity_id: str, note: Note) -> list[str]:
    """Keep a note of an activity, its speaker and its themes among it, and return what in it may tell who somebody is."""
    themes = {theme.name.casefold(): theme for theme in workspace.list(Theme)}
    known = {person.code for person in workspace.list(Participant, activity_id=activity_id)}
    with workspace.change("Add remark") as change:
        if note.speaker and note.speaker not in known:
            change.add(Participant(code=note.speaker, activity_id=activity_id))
        remark = Remark(words=note.words, speaker=note.speaker, activity_id=activity_id)
        change.add(remark)
        for name in dict.fromkeys(note.themes):
            theme = themes.get(name.casefold())
            if theme is None:
                theme = Theme(name=name)
                change.add(theme)
            change.link(remark, "themes", "theme", theme.id)
    return warnings_of(Remark, {"words": note.words})
