"""From a gap to a finding: shown as a form to correct, with its numbers and sources frozen into it, and never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amhe_tui.errors import AmheError
from screens.dialogs import ConfirmDialog

if TYPE_CHECKING:
    from amhe_tui.analysis.breakdown import Breakdown
    from amhe_tui.analysis.reading import Reading
    from screens.base import AmheScreen


async def write_down(
    screen: AmheScreen[Any], found: Breakdown, reading: Reading, sources: tuple[str, ...] = ()
) -> None:
    """Write a gap down as a finding, or open the one that is there about it."""
    from screens.form import FormScreen
    from store.findings import finding_of, link_sources, same_finding

    try:
        finding = finding_of(found, reading, screen.today)
    except ValueError as error:
        screen.say(str(error))
        return
    there = await screen.ask(same_finding, screen.workspace, finding)
    if there is not None:
        again = await screen.amhe.push_screen_wait(
            ConfirmDialog("Already written down", f"“{there.title}” is about this gap.", yes="Open it", no="Leave it")
        )
        if again:
            await screen.amhe.push_screen_wait(FormScreen(there))
        return
    if not await screen.amhe.push_screen_wait(FormScreen(finding, fresh=True)):
        return
    try:
        await screen.ask(link_sources, screen.workspace, finding, *sources)
        screen.say("Written down as a finding, with its numbers.")
    except AmheError as error:
        screen.tell(error)
