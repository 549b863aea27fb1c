"""Writing the sheet of a session beside the programme file, to print: so that a flat battery does not end the workshop.

A nominal group's sheet has its ideas and ballots to fill in by hand; an activity's has its question and room for what people say.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from amhe_tui.atomic import write_text_whole
from amhe_tui.errors import AmheError
from amhe_tui.programme.votes import freeze_letters
from amhe_tui.report import html, markdown
from amhe_tui.report.paper import focus_sheet, session_sheet
from amhe_tui.text import safe
from screens.shared.base import AmheScreen
from screens.shared.dialogs import PickDialog
from store.records import Activity, NominalGroup, title_of
from store.workspace import Workspace

_WORDS = re.compile(r"[a-z0-9]{1,20}")


MOST_WORDS = 5


async def print_session(screen: AmheScreen[Any], nominal_group_id: str) -> None:
    """Write the sheet of a nominal group as HTML and as text and say where it is; with none given it asks which."""
    await _print(screen, NominalGroup, nominal_group_id, "Begin one with v in 2B.")


async def print_activity(screen: AmheScreen[Any], activity_id: str) -> None:
    """Write the sheet of an activity as HTML and as text and say where it is; with none given it asks which."""
    await _print(screen, Activity, activity_id, "Add one with a in 1B.")


async def _print(screen: AmheScreen[Any], kind: type[NominalGroup | Activity], record_id: str, remedy: str) -> None:
    try:
        chosen = record_id or await _which(screen, kind, remedy)
        if not chosen:
            return
        page, plain_page = await screen.ask(write_sheets, screen.workspace, chosen, screen.today, kind)
    except AmheError as error:
        screen.tell(error)
        return
    message = f"{page.name}\n{plain_page.name}\nare in {page.parent}\nOpen the first in a browser and print it."
    screen.amhe.notify(safe(message), title="The sheet is written", timeout=12, markup=False)


async def _which(screen: AmheScreen[Any], kind: type[NominalGroup | Activity], remedy: str) -> str:
    records = await screen.ask(screen.workspace.list, kind)
    if not records:
        raise AmheError("Nothing to print", f"There is no {kind.singular} yet.", remedy)
    if len(records) == 1:
        return records[0].id
    choices = [(record.id, title_of(record)) for record in reversed(records)]
    return await screen.answer(PickDialog(f"The sheet of which {kind.singular}?", choices)) or ""


def write_sheets(
    workspace: Workspace, record_id: str, today: date, kind: type[NominalGroup | Activity] = NominalGroup
) -> tuple[Path, Path]:
    """Write the sheet of a session or an activity next to the programme file and return where its HTML and its text are.

    A sheet of the same session and day is replaced.

    Raises:
        AmheError: The session is not in the file, or the folder cannot be written.
    """
    if kind is NominalGroup and not workspace.read_only:
        freeze_letters(workspace, record_id)
    document = (session_sheet if kind is NominalGroup else focus_sheet)(workspace, record_id)
    topic = "-".join(_WORDS.findall(document.title.lower())[:MOST_WORDS]) or "session"
    # The end of the key tells two sessions with the same question apart.
    stem = f"{workspace.path.stem}-sheet-{today.isoformat()}-{topic}-{record_id[-4:]}"
    page, plain_page = workspace.path.with_name(f"{stem}.html"), workspace.path.with_name(f"{stem}.md")
    _write(page, html.write(document))
    _write(plain_page, markdown.write(document))
    return page, plain_page


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        write_text_whole(path, text, newline="\n")
    except OSError as error:
        what = f"{path.name} cannot be written: {error.strerror or 'it was refused'}."
        remedy = "Free some space, or copy the programme to a folder where you may write."
        raise AmheError("The sheet was not written", what, remedy) from error
