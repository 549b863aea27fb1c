"""The data sources: where each comes from, how whole it is, which findings rest on it, and labels that could be one."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from amhe_tui.errors import AmheError
from amhe_tui.programme.sources import Offer, SourceLine, accept, compare, offered, sources
from amhe_tui.text import shorten
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import DataSource


class SourcesScreen(AmheScreen[None]):
    """A register with the marked source below it."""

    CSS_PATH = "sources.tcss"
    where = "1A Data sources"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("edit_source", "newer", "join", "import", "breakdown", "undo", "redo", "help")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[SourceLine] = []
        self._offers: list[Offer] = []
        self._changed: tuple[str, str] = ("", "")

    def body(self) -> ComposeResult:
        """Show the register and the marked source."""
        with Vertical():
            yield Rows(cursor_type="row", id="register")
            yield VerticalScroll(Static(id="source", markup=False))

    async def on_mount(self) -> None:
        """Read the register."""
        self.place(self.where)
        self.query_one("#register", Rows).add_columns(
            "Source", "Tells about", "Period", "Rows", "Figures there", "Findings"
        )
        await self.guarded_reload()
        self.query_one("#register").focus()

    async def reload(self) -> None:
        """Read the register again."""
        self._found = await self.ask(sources, self.workspace)
        self._offers = await self.ask(offered, self.workspace)
        table = self.query_one("#register", Rows)
        marked = table.cursor_row
        table.clear()
        for one in self._found:
            known = "–" if one.known is None else f"{100 * one.known:.0f} %"
            rows = "described" if one.rows is None else f"{one.rows:,}"
            newer = " (replaced)" if one.replaced_by else ""
            table.add_row(
                Text(shorten(one.title, 44) + newer),
                Text(one.kind),
                Text(shorten(one.period, 22)),
                Text(rows),
                Text(known),
                Text(str(len(one.findings))),
                key=one.id,
            )
        table.move_cursor(row=marked)
        self._show()

    def on_data_table_row_highlighted(self) -> None:
        """Show the source that is marked."""
        self._show()

    def _marked(self) -> SourceLine | None:
        table = self.query_one("#register", Rows)
        return self._found[table.cursor_row] if 0 <= table.cursor_row < len(self._found) else None

    def _show(self) -> None:
        one = self._marked()
        words = self.query_one("#source", Static)
        if one is None:
            words.update("No source yet. i brings a data file in; a source can also be described by hand in 1A.")
            return
        parts: list[Content | str | tuple[str, str]] = [plain(one.title, "bold $primary"), "\n"]
        for label, value in (
            ("Published by", one.publisher), ("Covers", f"{one.geography} · {one.period}".strip(" ·")), ("Licence", one.licence),
            ("Read from", f"{one.file_name} ({one.layout})" if one.file_name else ""), ("Its bytes", one.content_hash[:16]),
            ("Set aside", f"{one.set_aside} rows" if one.set_aside else ""), ("Takes over from", one.replaces), ("Replaced by", one.replaced_by),
            ("Groups named by", one.schemes.replace("\n", "; ")),
        ):  # fmt: skip
            if value:
                parts += [(f"{label}: ", "$text-muted"), plain(value), "\n"]
        if one.missing:
            parts += [
                ("Without a number: ", "$text-muted"),
                plain(", ".join(f"{number:,} {status}" for status, number in one.missing.items())),
                "\n",
            ]
        for characteristic, share in one.completeness.items():
            mark = "▲ " if share < 0.8 else "  "
            parts += [
                (mark, "bold $warning"),
                plain(f"{characteristic}: the group of {100 * share:.0f} of every 100 people is known\n"),
            ]
        parts += [("Findings that rest on it: ", "$text-muted"), plain("; ".join(one.findings) or "none"), "\n"]
        for line in filter(None, one.watch.split("\n")):
            parts += [("▲ ", "bold $warning"), plain(f"{line}\n")]
        if self._changed[0] == one.id:
            parts += [("What changed: ", "bold"), plain(f"{self._changed[1]}\n")]
        if self._offers:
            parts.append(
                (
                    f"{len(self._offers)} labels could be the same in several sources: k lists them. Nothing is joined until you say so.",
                    "$text-muted",
                )
            )
        self.query_one("#source", Static).update(Content.assemble(*parts))

    # --- what can be done ---------------------------------------------------------------------------------------------------------------------------

    def on_data_table_row_selected(self) -> None:
        """Enter opens the source as a form."""
        self.action_edit_source()

    @work(exclusive=True, group="form")
    async def action_edit_source(self) -> None:
        """Correct what is known of the marked source."""
        one = self._marked()
        if one is None:
            return
        record = await self.ask(self.workspace.need, DataSource, one.id)
        await self.answer(FormScreen(record))
        await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_newer(self) -> None:
        """Say which source the marked one takes over from; both are kept."""
        one = self._marked()
        if one is None:
            return
        others = [
            (other.id, f"{other.title} ({other.period})")
            for other in self._found
            if other.id != one.id and other.rows is not None
        ]
        if not others or one.rows is None:
            self.say("There is no other source with figures.")
            return
        chosen = await self.answer(PickDialog(f"“{shorten(one.title, 40)}” takes over from which one?", others))
        if chosen is None:
            return
        workspace = self.workspace

        def replace_source() -> str:
            record = workspace.need(DataSource, one.id)
            with workspace.change(f"Newer edition: {one.title}") as change:
                change.update(record, replaces_id=chosen)
            return compare(workspace, chosen, one.id).words

        try:
            words = await self.ask(replace_source)
        except AmheError as error:
            self.tell(error)
            return
        await self.guarded_reload()
        self._changed = (one.id, words)
        self._show()

    @work(exclusive=True, group="pick")
    async def action_join(self) -> None:
        """Say that two labels are one."""
        if not self._offers:
            self.say("No labels of different sources look alike.")
            return
        choices = [
            (str(number), f"{shorten(one.label, 34)} = {shorten(one.joined_to, 34)} ({one.reason})")
            for number, one in enumerate(self._offers)
        ]
        chosen = await self.answer(
            PickDialog("Which two are one?", choices, hint="Only what you choose is joined; u parts them again.")
        )
        if chosen is None:
            return
        await self.ask(accept, self.workspace, self._offers[int(chosen)])
        self.say("Joined. It is noted, with the reason, among the joined labels of 1A.")
        await self.guarded_reload()
