"""Removing what is marked: asked about first where it takes along what somebody has filled in."""

from __future__ import annotations

from typing import Any

from amhe_tui.programme.editing import removal_of, remove
from screens.shared.base import AmheScreen, answer_of
from screens.shared.dialogs import ConfirmDialog
from store.records import Record


async def remove_marked(screen: AmheScreen[Any], item: Record) -> bool:
    """Remove a record and what goes with it, and say so; tell whether it was removed. Call it from a worker, as it may ask."""
    workspace, today = screen.workspace, screen.today
    removal = await screen.ask(removal_of, workspace, item, today)
    if removal.question:
        title = f"Remove this {item.singular}?"
        if not await answer_of(screen, ConfirmDialog(title, removal.question, yes="Remove", no="Keep")):
            return False
    removal = await screen.ask(remove, workspace, item, today)
    screen.say(f"{removal.done} Press u to bring {'all of it' if removal.along else 'it'} back.")
    return True
