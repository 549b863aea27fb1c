"""The audit trail: everything that was changed, by whom and when, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from amhe_tui.text import shorten
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.widgets import Rows
from store.identity import stamp_milliseconds

MOST = 500


_KINDS = {"change": "", "undo": "taken back", "redo": "done again", "sealed": "cannot be undone"}


class HistoryScreen(AmheScreen[None]):
    """Look at the history; undo and redo work here too."""

    where = "History"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("undo", "redo")]
    DEFAULT_CSS = (
        "HistoryScreen DataTable { height: 1fr; padding: 1; } HistoryScreen #next { height: auto; padding: 0 1; }"
    )

    def body(self) -> ComposeResult:
        """Show the entries."""
        yield Rows(cursor_type="row")
        yield Static(id="next", markup=False)

    async def on_mount(self) -> None:
        """Read the journal."""
        self.place(self.where)
        self.query_one(Rows).add_columns("When", "Who", "What", "")
        await self.guarded_reload()

    async def reload(self) -> None:
        """Read the journal again."""
        table = self.query_one(Rows)
        table.clear()
        for entry in await self.ask(self.workspace.journal, MOST):
            when = datetime.fromtimestamp(stamp_milliseconds(entry.stamp) / 1000, UTC).astimezone()
            table.add_row(
                Text(f"{when:%d %b %Y %H:%M:%S}"),
                Text(entry.actor or "–"),
                Text(shorten(entry.label, 60)),
                Text(_KINDS[entry.kind], style="dim"),
            )
        label = await self.ask(self.workspace.undo_label)
        self.query_one("#next", Static).update(
            plain(f"u takes back: {label}" if label else "There is nothing to take back.")
        )
