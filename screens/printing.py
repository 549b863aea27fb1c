"""Writing the sheet of a session beside the programme file, to print: so that a flat battery does not end the workshop."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.text import safe
from screens.answers import answer_of
from screens.base import AmheScreen
from screens.dialogs import PickDialog
from store.records import NominalGroup, title_of
from store.workspace import Workspace

_WORDS = re.compile(r"[a-z0-9]{1,20}")
MOST_WORDS = 5


async def print_session(screen: AmheScreen[Any], nominal_group_id: str) -> None:
    """Write the sheet of a session as HTML and as text and say where it is; with no session given it asks which."""
    try:
        session_id = nominal_group_id or await _which(screen)
        if not session_id:
            return
        page, words = await screen.ask(write_sheets, screen.workspace, session_id, screen.today)
    except AmheError as error:
        screen.tell(error)
        return
    message = f"{page.name}\n{words.name}\nare in {page.parent}\nOpen the first in a browser and print it."
    screen.amhe.notify(safe(message), title="The sheet is written", timeout=12, markup=False)


async def _which(screen: AmheScreen[Any]) -> str:
    sessions = await screen.ask(screen.workspace.list, NominalGroup)
    if not sessions:
        raise AmheError("Nothing to print", "There is no nominal group session yet.", "Begin one with v in 2B.")
    if len(sessions) == 1:
        return sessions[0].id
    choices = [(one.id, title_of(one)) for one in reversed(sessions)]
    return await answer_of(screen, PickDialog("The sheet of which session?", choices)) or ""


def write_sheets(workspace: Workspace, nominal_group_id: str, today: date) -> tuple[Path, Path]:
    """Write the sheet of a session next to the programme file and return where its HTML and its text are.

    A sheet of the same session and day is replaced.

    Raises:
        AmheError: The session is not in the file, or the folder cannot be written.
    """
    from amhe_tui.report import html, markdown
    from amhe_tui.report.paper import session_sheet

    session = workspace.need(NominalGroup, nominal_group_id)
    document = session_sheet(workspace, nominal_group_id)
    topic = "-".join(_WORDS.findall(title_of(session).lower())[:MOST_WORDS]) or "session"
    # The end of the key tells two sessions with the same question apart.
    stem = f"{workspace.path.stem}-sheet-{today.isoformat()}-{topic}-{nominal_group_id[-4:]}"
    page, words = workspace.path.with_name(f"{stem}.html"), workspace.path.with_name(f"{stem}.md")
    _write(page, html.write(document))
    _write(words, markdown.write(document))
    return page, words


def _write(path: Path, words: str) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        what = f"{path.name} cannot be written: {error.strerror or 'it was refused'}."
        remedy = "Free some space, or copy the programme to a folder where you may write."
        raise AmheError("The sheet was not written", what, remedy) from error
