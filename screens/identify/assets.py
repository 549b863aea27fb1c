"""The community assets: whom each reaches, where and how one gets in, when somebody checked it last, and for whom there is none that says so."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from amhe_tui.dates import british
from amhe_tui.method.choices import AssetKind
from amhe_tui.programme.assets import (
    Served,
    assets,
    fitting,
    is_stale,
    mark_checked,
    nothing_for,
    says_nothing_of_whom,
    values_there,
)
from amhe_tui.programme.editing import remove
from amhe_tui.text import shorten
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, guarded, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import Asset, DataSource

_MOST_ROWS = 1_000


_MOST_CHOICES = 300


_ANYTHING = "anything"


_ASKS = {"population": "Whom it reaches", "area": "Where", "language": "Language", "access": "How to get in"}


_LEFT = {"Language": "language", "Area": "area"}
"""The filter that shows the assets of a group of the other view; population for all others."""


class AssetsScreen(AmheScreen[None]):
    """A register with the marked asset below it, or the groups for whom there is none."""

    CSS_PATH = "assets.tcss"
    where = "1A Community assets"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("nothing_for", "pick_population", "pick_area", "pick_language", "pick_access", "checked"),
        *bind("add", "edit", "remove", "filter", "import", "undo", "redo", "help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked: dict[str, str] = {}
        self._all: list[Asset] = []
        self._found: list[Asset] = []
        self._served: list[Served] = []
        self._served_known = False
        self._sources: dict[str, str] = {}
        self._gaps = False
        self._wanted = ""

    def body(self) -> ComposeResult:
        """Show what is asked for, the register, and the marked asset."""
        with Vertical():
            yield Static(id="asked", markup=False)
            yield Input(placeholder="words to look for; Esc shows all again", id="words", compact=True)
            yield Rows(cursor_type="row", id="register")
            yield VerticalScroll(Static(id="asset", markup=False))

    async def on_mount(self) -> None:
        """Read the register."""
        self.place(self.where)
        self.query_one("#words").display = False
        await self.guarded_reload()
        self.query_one("#register").focus()

    async def reload(self) -> None:
        """Read the register again."""
        await self.ask(self._read)
        self._fill()

    def _read(self) -> None:
        workspace = self.workspace
        self._all = assets(workspace)
        self._found = fitting(self._all, **self._asked)
        self._served = nothing_for(workspace) if self._gaps else []
        self._served_known = self._gaps
        self._sources = {source.id: source.title for source in workspace.list(DataSource)}

    def on_resize(self) -> None:
        """Fill the table for the new width."""
        if self.is_mounted and self.query("#register"):
            self._fill()

    # --- showing ------------------------------------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        table = self.query_one("#register", Rows)
        marked = table.cursor_row
        table.clear(columns=True)
        rows = self._gap_rows(table) if self._gaps else self._asset_rows(table)
        place = (
            next((at for at, asset in enumerate(self._found) if asset.id == self._wanted), marked)
            if not self._gaps
            else marked
        )
        self._wanted = ""
        table.move_cursor(row=min(place, max(rows - 1, 0)))
        self._say_what_is_asked()
        self._show()

    def _columns(self, table: Rows, named: dict[str, int], last: tuple[str, int]) -> list[int]:
        """Add columns that share by weight the width that the last one leaves, and return their widths."""
        room = max(self.size.width - 5 - 2 * (len(named) + 1) - last[1], 40)
        widths = [room * weight // sum(named.values()) for weight in named.values()]
        for label, width in (*zip(named, widths, strict=True), last):
            table.add_column(label, width=width)
        return widths

    def _asset_rows(self, table: Rows) -> int:
        wide = self.size.width >= 100
        weights = {"Asset": 28, "Reaches": 27, "Area": 16} | ({"Languages": 18, "Access": 20} if wide else {})
        widths = self._columns(table, weights, ("Checked", 13))
        for asset in self._found[:_MOST_ROWS]:
            when = british(asset.checked) if asset.checked else "never"
            cells = [asset.name, asset.reaches or "does not say", asset.area or "–"]
            cells += [asset.languages or "does not say", asset.access or asset.cost or "does not say"] if wide else []
            dim = [
                False,
                not asset.reaches,
                not asset.area,
                *([not asset.languages, not (asset.access or asset.cost)] if wide else []),
            ]
            texts = [
                Text(shorten(cell, width), style="dim" if faint else "")
                for cell, width, faint in zip(cells, widths, dim, strict=False)
            ]
            texts.append(Text(f"{'▲ ' if is_stale(asset, self.today) else ''}{when}"))
            table.add_row(*texts, key=asset.id)
        return min(len(self._found), _MOST_ROWS)

    def _gap_rows(self, table: Rows) -> int:
        widths = self._columns(table, {"For whom": 40, "By": 24}, ("Assets", 8))
        for number, group in enumerate(self._served):
            count = f"{group.number:,}" if group.number else "▲ none"
            table.add_row(
                Text(shorten(group.name, widths[0])), Text(shorten(group.by, widths[1])), Text(count), key=str(number)
            )
        return len(self._served)

    def _say_what_is_asked(self) -> None:
        asked_line = self.query_one("#asked", Static)
        if not self._all:
            asked_line.update(plain("No asset yet.", "bold $primary"))
        elif self._gaps:
            none = sum(not group.number for group in self._served)
            sentence = f"For {none} of {len(self._served)} groups, languages and places no asset says it is there."
            asked_line.update(plain(sentence, "bold $primary"))
        else:
            old = sum(is_stale(asset, self.today) for asset in self._found)
            shown = f"{len(self._found):,} of {len(self._all):,} assets"
            shown += f", the first {_MOST_ROWS:,} shown" if len(self._found) > _MOST_ROWS else ""
            asked = " · ".join(
                f"{_ASKS.get(name, 'Words')}: {shorten(value, 40)}" for name, value in self._asked.items()
            )
            beside = f" · {asked} (Esc shows all)" if asked else ""
            unchecked = f" · ▲ {old:,} not checked in 12 months" if old else ""
            asked_line.update(
                Content.assemble(plain(shown, "bold $primary"), plain(beside), (unchecked, "$text-muted"))
            )

    def on_data_table_row_highlighted(self) -> None:
        """Show what is marked."""
        self._show()

    def _marked(self) -> Asset | None:
        at = self.query_one("#register", Rows).cursor_row
        return self._found[at] if not self._gaps and 0 <= at < min(len(self._found), _MOST_ROWS) else None

    def _marked_group(self) -> Served | None:
        at = self.query_one("#register", Rows).cursor_row
        return self._served[at] if self._gaps and 0 <= at < len(self._served) else None

    def _show(self) -> None:
        pane = self.query_one("#asset", Static)
        asset = self._marked()
        if self._gaps:
            pane.update(self._group_words())
        elif not self._all:
            pane.update(
                "Press i to bring in a list or directory of services, as CSV, a workbook or Open Referral JSON; a adds one by hand."
            )
        elif asset is None:
            pane.update(
                "No asset fits all of this. That none says so does not mean that there is none. Esc shows all again; n lists for whom there is none."
            )
        else:
            pane.update(self._asset_words(asset))

    def _asset_words(self, asset: Asset) -> Content:
        parts: list[Content | str | tuple[str, str]] = [plain(asset.name, "bold $primary")]
        if asset.kind:
            parts.append((f"  {AssetKind(asset.kind).label}", "$text-muted"))
        parts.append("\n")
        if asset.description:
            parts += [plain(asset.description), "\n"]
        place = ", ".join(filter(None, (asset.address, asset.postcode)))
        reached = " · ".join(filter(None, (asset.contact, asset.website)))
        for label, value, silent in (
            ("Reaches", asset.reaches, "does not say"), ("Ages", asset.ages, ""), ("Area", asset.area, ""), ("Languages", asset.languages, "does not say"),
            ("Access", asset.access.replace("\n", "; "), "does not say"), ("Cost", asset.cost, ""), ("Capacity", asset.capacity, ""), ("Run by", asset.organisation, ""),
            ("Address", place, ""), ("Contact", reached, ""), ("Read from", self._sources.get(asset.source_id or "", ""), ""),
        ):  # fmt: skip
            if value or silent:
                parts += [(f"{label}: ", "$text-muted"), plain(value) if value else (silent, "$text-muted"), "\n"]
        parts += self._checked_words(asset)
        return Content.assemble(*parts)

    def _checked_words(self, asset: Asset) -> list[Content | str | tuple[str, str]]:
        when = british(asset.checked) if asset.checked else "never"
        parts: list[Content | str | tuple[str, str]] = [("Checked: ", "$text-muted"), when]
        if is_stale(asset, self.today):
            parts += [("  ▲ ", "bold $warning"), "Ring or go there, then press c."]
        return parts

    def _group_words(self) -> Content:
        group = self._marked_group()
        if group is None:
            return Content(
                "No group is known yet. Bring in figures by characteristic, or note groups to look for in 1A."
            )
        if group.number:
            advice = "Enter shows them; n goes back to all assets."
        else:
            advice = "There may be something all the same: ask people of this group in 1B, and the assets themselves. n goes back to them; a adds one."
        silent, anybody = says_nothing_of_whom(self._all)
        beside = f"Of {len(self._all):,} assets {silent:,} do not say whom they reach, which is not everyone, and {anybody:,} say anybody."
        return Content.assemble(plain(group.words), "\n", advice, "\n", (beside, "$text-muted"))

    # --- asking -------------------------------------------------------------------------------------------------------------------------------------

    async def action_nothing_for(self) -> None:
        """Turn to the groups and back."""
        self._gaps = not self._gaps
        await self._know_served()
        self.query_one("#register", Rows).move_cursor(row=0)
        self._fill()

    async def _know_served(self) -> None:
        """Work out which groups are reached, where that is asked for the first time since something changed."""
        if not self._served_known:
            self._served = await self.ask(nothing_for, self.workspace)
            self._served_known = True

    @work(exclusive=True, group="pick")
    async def action_pick(self, what: str) -> None:
        """Choose one of the values there are."""
        if what == "population":
            await self._know_served()
        values = self._choices(what)[:_MOST_CHOICES]
        if not values:
            self.say("No asset here says anything of that.")
            return
        labels = [f"{value} ({number:,})" if number else value for value, number in values]
        choices = [(str(number), label) for number, label in enumerate([_ANYTHING, *labels])]
        chosen = await self.answer(PickDialog(f"{_ASKS[what]}?", choices))
        if chosen is not None:
            await self._ask_for(what, values[int(chosen) - 1][0] if chosen != "0" else "")

    def _choices(self, what: str) -> list[tuple[str, int]]:
        """Return what can be chosen and how many assets say it; for the population first the groups of the evidence, then what assets say, uncounted."""
        values = values_there(self._all, what)
        if what != "population":
            return values
        groups = [(group.name, group.number) for group in self._served if group.number and group.by not in _LEFT]
        known = {name.casefold() for name, _ in groups}
        return [*groups, *((value, 0) for value, _ in values if value.casefold() not in known)]

    async def _ask_for(self, what: str, value: str) -> None:
        self._asked = {name: text for name, text in {**self._asked, what: value}.items() if text.strip()}
        self._gaps = False
        self._found = await self.ask(fitting, self._all, **self._asked)
        self._fill()

    def action_filter(self) -> None:
        """Look for words."""
        line = self.query_one("#words", Input)
        line.display = True
        line.focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        await self._ask_for("words", event.value)

    def on_input_submitted(self) -> None:
        """Go to the narrowed list."""
        self.query_one("#register").focus()

    async def action_back(self) -> None:
        """Show the assets again, then all of them, then go back."""
        line = self.query_one("#words", Input)
        if self._gaps:
            await self.action_nothing_for()
        elif self._asked or line.display:
            with line.prevent(Input.Changed):
                line.value = ""
            line.display = False
            self.query_one("#register").focus()
            self._asked = {}
            await self._ask_for("words", "")
        else:
            self.dismiss()

    # --- changing -----------------------------------------------------------------------------------------------------------------------------------

    async def on_data_table_row_selected(self) -> None:
        """Enter opens the asset as a form, or shows the assets of a group."""
        group = self._marked_group()
        if group is None:
            self.action_edit()
        elif group.number:
            self._asked = {}
            await self._ask_for(_LEFT.get(group.by, "population"), group.name)
        else:
            self.say(group.words)

    @work(exclusive=True, group="form")
    async def action_edit(self) -> None:
        """Correct the marked asset."""
        asset = self._marked()
        if asset is not None:
            self._wanted = asset.id
            await self.answer(FormScreen(await self.ask(self.workspace.need, Asset, asset.id)))
            await self.guarded_reload()

    @work(exclusive=True, group="form")
    async def action_add(self) -> None:
        """Write one down."""
        self._wanted = await self.answer(FormScreen(Asset(name=""), fresh=True)) or ""
        await self.guarded_reload()

    @guarded
    async def action_checked(self) -> None:
        """Note that the marked asset is right as of today."""
        asset = self._marked()
        if asset is None:
            self.say("Mark an asset first.")
            return
        await self.ask(mark_checked, self.workspace, asset.id, self.today)
        self._wanted = asset.id
        self.say(f"Checked today: {shorten(asset.name, 50)}. u takes it back.")
        await self.reload()

    @guarded
    async def action_remove(self) -> None:
        """Remove the marked asset; undo brings it back."""
        asset = self._marked()
        if asset is None:
            return
        removal = await self.ask(remove, self.workspace, asset, self.today)
        self.say(f"{removal.done} Press u to bring it back.")
        await self.reload()
