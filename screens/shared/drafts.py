"""A line that was being typed when the program was left, kept in the file and put back when its screen is opened again."""

from __future__ import annotations

from typing import Any

from amhe_tui.errors import AmheError
from screens.shared.base import AmheScreen
from screens.shared.fields import LineInput
from store.schema import meta, set_meta


def _name(record_id: str) -> str:
    return f"draft:line:{record_id}"


async def keep_line(screen: AmheScreen[Any], record_id: str) -> None:
    """Keep what stands on the line ``#line`` of a screen about a record, where it can be written; nothing clears what was kept before."""
    workspace = screen.amhe.workspace
    if not record_id or not screen.is_attached or workspace is None or workspace.read_only:
        return
    typed = screen.query_one("#line", LineInput).value

    def keep(raw: Any) -> None:
        if typed.strip() or meta(raw, _name(record_id)):
            set_meta(raw, **{_name(record_id): typed})

    try:
        await screen.ask(workspace.write, keep)
    except AmheError as error:
        screen.tell(error)


async def put_line_back(screen: AmheScreen[Any], record_id: str) -> None:
    """Put what was kept of a record's line back onto it, before what was typed meanwhile."""
    kept = await screen.ask(screen.workspace.read, lambda raw: meta(raw, _name(record_id)))
    if not kept:
        return
    line = screen.query_one("#line", LineInput)
    line.value = kept + line.value
    line.cursor_position = len(line.value)
    screen.notify("What you were typing when the program was left is here again.", timeout=8)
    if not screen.workspace.read_only:
        await screen.ask(screen.workspace.write, lambda raw: set_meta(raw, **{_name(record_id): ""}))
