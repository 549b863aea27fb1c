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

from amhe_tui.analysis.completeness import percent
from amhe_tui.errors import AmheError
from amhe_tui.programme.audit import believed_of
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
        self._believed: dict[str, str] = {}
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
        self._believed = await self.ask(believed_of, self.workspace)
        table = self.query_one("#register", Rows)
        marked = table.cursor_row
        table.clear()
        for source in self._found:
            known = "–" if source.known is None else f"{percent(source.known)} %"
            rows = "described" if source.rows is None else f"{source.rows:,}"
            newer = " (replaced)" if source.replaced_by else ""
            table.add_row(
                Text(shorten(source.title, 44) + newer),
                Text(source.kind),
                Text(shorten(source.period, 22)),
                Text(rows),
                Text(known),
                Text(str(len(source.findings))),
                key=source.id,
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
        source = self._marked()
        pane = self.query_one("#source", Static)
        if source is None:
            pane.update("No source yet. i brings a data file in; a source can also be described by hand in 1A.")
            return
        parts: list[Content | str | tuple[str, str]] = [plain(source.title, "bold $primary"), "\n"]
        for label, value in (
            ("Published by", source.publisher), ("Covers", f"{source.geography} · {source.period}".strip(" ·")), ("Licence", source.licence),
            ("Read from", f"{source.file_name} ({source.layout})" if source.file_name else ""), ("Its bytes", source.content_hash[:16]),
            ("Set aside", f"{source.set_aside} rows" if source.set_aside else ""), ("Takes over from", source.replaces), ("Replaced by", source.replaced_by),
            ("Groups named by", source.schemes.replace("\n", "; ")), ("Small numbers", self._believed.get(source.id, "")),
        ):  # fmt: skip
            if value:
                parts += [(f"{label}: ", "$text-muted"), plain(value), "\n"]
        if source.missing:
            parts += [
                ("Without a number: ", "$text-muted"),
                plain(", ".join(f"{number:,} {status}" for status, number in source.missing.items())),
                "\n",
            ]
        for characteristic, share in source.completeness.items():
            mark = "▲ " if share < 0.8 else "  "
            parts += [
                (mark, "bold $warning"),
                plain(f"{characteristic}: the group of {percent(share)} of every 100 people is known\n"),
            ]
        parts += [("Findings that rest on it: ", "$text-muted"), plain("; ".join(source.findings) or "none"), "\n"]
        for line in filter(None, source.watch.split("\n")):
            parts += [("▲ ", "bold $warning"), plain(f"{line}\n")]
        if self._changed[0] == source.id:
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
        source = self._marked()
        if source is None:
            return
        record = await self.ask(self.workspace.need, DataSource, source.id)
        await self.answer(FormScreen(record))
        await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_newer(self) -> None:
        """Say which source the marked one takes over from; both are kept."""
        source = self._marked()
        if source is None:
            return
        others = [
            (other.id, f"{other.title} ({other.period})")
            for other in self._found
            if other.id != source.id and other.rows is not None
        ]
        if not others or source.rows is None:
            self.say("There is no other source with figures.")
            return
        chosen = await self.answer(PickDialog(f"“{shorten(source.title, 40)}” takes over from which one?", others))
        if chosen is None:
            return
        workspace = self.workspace

        def replace_source() -> str:
            record = workspace.need(DataSource, source.id)
            with workspace.change(f"Newer edition: {source.title}") as change:
                change.update(record, replaces_id=chosen)
            return compare(workspace, chosen, source.id).words

        try:
            changes = await self.ask(replace_source)
        except AmheError as error:
            self.tell(error)
            return
        await self.guarded_reload()
        self._changed = (source.id, changes)
        self._show()

    @work(exclusive=True, group="pick")
    async def action_join(self) -> None:
        """Say that two labels are one."""
        if not self._offers:
            self.say("No labels of different sources look alike.")
            return
        choices = [
            (str(number), f"{shorten(offer.label, 34)} = {shorten(offer.joined_to, 34)} ({offer.reason})")
            for number, offer in enumerate(self._offers)
        ]
        chosen = await self.answer(
            PickDialog("Which two are one?", choices, hint="Only what you choose is joined; u parts them again.")
        )
        if chosen is None:
            return
        await self.ask(accept, self.workspace, self._offers[int(chosen)])
        self.say("Joined. It is noted, with the reason, among the joined labels of 1A.")
        await self.guarded_reload()
