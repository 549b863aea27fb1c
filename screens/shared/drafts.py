"""What was being typed when the program stopped or was left, kept in the file and there again when its screen is opened."""

from __future__ import annotations

from typing import Any

from amhe_tui.errors import AmheError
from screens.shared.base import AmheScreen
from screens.shared.fields import LineInput
from store.schema import meta, set_meta


def _entry(name: str) -> str:
    return f"draft:{name}"


async def kept_draft(screen: AmheScreen[Any], name: str) -> str:
    """Return what was kept under a name, "" where nothing was."""
    return await screen.ask(screen.workspace.read, lambda raw: meta(raw, _entry(name)))


async def keep_draft(screen: AmheScreen[Any], name: str, typed: str) -> None:
    """Keep what is typed under a name, or nothing any longer where it is ""; a file that cannot be written is left alone."""
    workspace = screen.amhe.workspace
    if workspace is None or workspace.read_only:
        return

    def keep(raw: Any) -> None:
        if typed or meta(raw, _entry(name)):
            set_meta(raw, **{_entry(name): typed})

    try:
        await screen.ask(workspace.write, keep)
    except AmheError as error:
        screen.tell(error)


async def keep_line(screen: AmheScreen[Any], record_id: str) -> None:
    """Keep what stands on the line ``#line`` of a screen about a record."""
    if record_id and screen.is_attached:
        typed = screen.query_one("#line", LineInput).value
        await keep_draft(screen, f"line:{record_id}", typed if typed.strip() else "")


async def put_line_back(screen: AmheScreen[Any], record_id: str) -> None:
    """Put what was kept of a record's line back onto it, before what was typed meanwhile."""
    kept = await kept_draft(screen, f"line:{record_id}")
    if not kept:
        return
    line = screen.query_one("#line", LineInput)
    line.value = kept + line.value
    line.cursor_position = len(line.value)
    screen.notify("What you were typing when the program was left is here again.", timeout=8)
    await keep_draft(screen, f"line:{record_id}", "")
