"""The community assets: whom each reaches, where and how one gets in, when somebody checked it last, and for whom there is none that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from amhe_tui.dates import british
from amhe_tui.method.choices import AssetKind
from amhe_tui.programme.editing import remove
from amhe_tui.text import shorten
from screens.shared.base import AmheScreen, bind, guarded, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import Asset

if TYPE_CHECKING:
    from amhe_tui.programme.assets import Served


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
        Binding("n", "gaps", "Nothing for", id="asset-gaps", tooltip="Show for whom no asset here says that it is there; again shows the assets"),
        Binding("p", "pick('population')", "Population", id="asset-population", tooltip="Show only assets that say they reach a group"),
        Binding("w", "pick('area')", "Where", id="asset-area", tooltip="Show only assets of a place"),
        Binding("l", "pick('language')", "Language", id="asset-language", tooltip="Show only assets where a language is spoken"),
        Binding("x", "pick('access')", "Access", id="asset-access", tooltip="Show only assets that say this of cost or how people get in"),
        Binding("c", "checked", "Checked", id="asset-checked", tooltip="Note that somebody made sure today that the marked asset is right"),
        *bind("add", "edit", "remove", "filter", "import", "undo", "redo", "help"),
    ]  # fmt: skip

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
        from amhe_tui.programme.assets import assets, fitting, nothing_for
        from store.records import DataSource

        workspace = self.workspace
        self._all = assets(workspace)
        self._found = fitting(self._all, **self._asked)
        self._served = nothing_for(workspace) if self._gaps else []
        self._served_known = self._gaps
        self._sources = {one.id: one.title for one in workspace.list(DataSource)}

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
            next((at for at, one in enumerate(self._found) if one.id == self._wanted), marked)
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
        from amhe_tui.programme.assets import is_stale

        wide = self.size.width >= 100
        weights = {"Asset": 28, "Reaches": 27, "Area": 16} | ({"Languages": 18, "Access": 20} if wide else {})
        widths = self._columns(table, weights, ("Checked", 13))
        for one in self._found[:_MOST_ROWS]:
            when = british(one.checked) if one.checked else "never"
            cells = [one.name, one.reaches or "does not say", one.area or "–"]
            cells += [one.languages or "does not say", one.access or one.cost or "does not say"] if wide else []
            dim = [
                False,
                not one.reaches,
                not one.area,
                *([not one.languages, not (one.access or one.cost)] if wide else []),
            ]
            texts = [
                Text(shorten(cell, width), style="dim" if faint else "")
                for cell, width, faint in zip(cells, widths, dim, strict=False)
            ]
            texts.append(Text(f"{'▲ ' if is_stale(one, self.today) else ''}{when}"))
            table.add_row(*texts, key=one.id)
        return min(len(self._found), _MOST_ROWS)

    def _gap_rows(self, table: Rows) -> int:
        widths = self._columns(table, {"For whom": 40, "By": 24}, ("Assets", 8))
        for number, one in enumerate(self._served):
            count = f"{one.number:,}" if one.number else "▲ none"
            table.add_row(
                Text(shorten(one.name, widths[0])), Text(shorten(one.by, widths[1])), Text(count), key=str(number)
            )
        return len(self._served)

    def _say_what_is_asked(self) -> None:
        from amhe_tui.programme.assets import is_stale

        words = self.query_one("#asked", Static)
        if not self._all:
            words.update(plain("No asset yet.", "bold $primary"))
        elif self._gaps:
            none = sum(not one.number for one in self._served)
            said = f"For {none} of {len(self._served)} groups, languages and places no asset says it is there."
            words.update(plain(said, "bold $primary"))
        else:
            old = sum(is_stale(one, self.today) for one in self._found)
            shown = f"{len(self._found):,} of {len(self._all):,} assets"
            shown += f", the first {_MOST_ROWS:,} shown" if len(self._found) > _MOST_ROWS else ""
            asked = " · ".join(
                f"{_ASKS.get(name, 'Words')}: {shorten(value, 40)}" for name, value in self._asked.items()
            )
            beside = f" · {asked} (Esc shows all)" if asked else ""
            unchecked = f" · ▲ {old:,} not checked in 12 months" if old else ""
            words.update(Content.assemble(plain(shown, "bold $primary"), plain(beside), (unchecked, "$text-muted")))

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
        words = self.query_one("#asset", Static)
        one = self._marked()
        if self._gaps:
            words.update(self._group_words())
        elif not self._all:
            words.update(
                "Press i to bring in a list or directory of services, as CSV, a workbook or Open Referral JSON; a adds one by hand."
            )
        elif one is None:
            words.update(
                "No asset fits all of this. That none says so does not mean that there is none. Esc shows all again; n lists for whom there is none."
            )
        else:
            words.update(self._asset_words(one))

    def _asset_words(self, one: Asset) -> Content:
        parts: list[Content | str | tuple[str, str]] = [plain(one.name, "bold $primary")]
        if one.kind:
            parts.append((f"  {AssetKind(one.kind).label}", "$text-muted"))
        parts.append("\n")
        if one.description:
            parts += [plain(one.description), "\n"]
        place = ", ".join(filter(None, (one.address, one.postcode)))
        reached = " · ".join(filter(None, (one.contact, one.website)))
        for label, value, silent in (
            ("Reaches", one.reaches, "does not say"), ("Ages", one.ages, ""), ("Area", one.area, ""), ("Languages", one.languages, "does not say"),
            ("Access", one.access.replace("\n", "; "), "does not say"), ("Cost", one.cost, ""), ("Capacity", one.capacity, ""), ("Run by", one.organisation, ""),
            ("Address", place, ""), ("Contact", reached, ""), ("Read from", self._sources.get(one.source_id or "", ""), ""),
        ):  # fmt: skip
            if value or silent:
                parts += [(f"{label}: ", "$text-muted"), plain(value) if value else (silent, "$text-muted"), "\n"]
        parts += self._checked_words(one)
        return Content.assemble(*parts)

    def _checked_words(self, one: Asset) -> list[Content | str | tuple[str, str]]:
        from amhe_tui.programme.assets import is_stale

        when = british(one.checked) if one.checked else "never"
        parts: list[Content | str | tuple[str, str]] = [("Checked: ", "$text-muted"), when]
        if is_stale(one, self.today):
            parts += [("  ▲ ", "bold $warning"), "Ring or go there, then press c."]
        return parts

    def _group_words(self) -> Content:
        from amhe_tui.programme.assets import says_nothing_of_whom

        one = self._marked_group()
        if one is None:
            return Content(
                "No group is known yet. Bring in figures by characteristic, or note groups to look for in 1A."
            )
        if one.number:
            advice = "Enter shows them; n goes back to all assets."
        else:
            advice = "There may be something all the same: ask people of this group in 1B, and the assets themselves. n goes back to them; a adds one."
        silent, anybody = says_nothing_of_whom(self._all)
        beside = f"Of {len(self._all):,} assets {silent:,} do not say whom they reach, which is not everyone, and {anybody:,} say anybody."
        return Content.assemble(plain(one.words), "\n", advice, "\n", (beside, "$text-muted"))

    # --- asking -------------------------------------------------------------------------------------------------------------------------------------

    async def action_gaps(self) -> None:
        """Turn to the groups and back."""
        self._gaps = not self._gaps
        await self._know_served()
        self.query_one("#register", Rows).move_cursor(row=0)
        self._fill()

    async def _know_served(self) -> None:
        """Work out which groups are reached, where that is asked for the first time since something changed."""
        from amhe_tui.programme.assets import nothing_for

        if not self._served_known:
            self._served = await self.ask(nothing_for, self.workspace)
            self._served_known = True

    @work(exclusive=True, group="pick")
    async def action_pick(self, what: str) -> None:
        """Choose one of the values there are."""
        if what == "population":
            await self._know_served()
        there = self._choices(what)[:_MOST_CHOICES]
        if not there:
            self.say("No asset here says anything of that.")
            return
        labels = [f"{value} ({number:,})" if number else value for value, number in there]
        choices = [(str(number), label) for number, label in enumerate([_ANYTHING, *labels])]
        chosen = await self.amhe.push_screen_wait(PickDialog(f"{_ASKS[what]}?", choices))
        if chosen is not None:
            await self._ask_for(what, there[int(chosen) - 1][0] if chosen != "0" else "")

    def _choices(self, what: str) -> list[tuple[str, int]]:
        """Return what can be chosen and how many assets say it; for the population first the groups of the evidence, then what assets say, uncounted."""
        from amhe_tui.programme.assets import values_there

        there = values_there(self._all, what)
        if what != "population":
            return there
        groups = [(one.name, one.number) for one in self._served if one.number and one.by not in _LEFT]
        known = {name.casefold() for name, _ in groups}
        return [*groups, *((value, 0) for value, _ in there if value.casefold() not in known)]

    async def _ask_for(self, what: str, value: str) -> None:
        from amhe_tui.programme.assets import fitting

        self._asked = {name: words for name, words in {**self._asked, what: value}.items() if words.strip()}
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
            await self.action_gaps()
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
        from screens.programme.form import FormScreen

        one = self._marked()
        if one is not None:
            self._wanted = one.id
            await self.amhe.push_screen_wait(FormScreen(await self.ask(self.workspace.need, Asset, one.id)))
            await self.guarded_reload()

    @work(exclusive=True, group="form")
    async def action_add(self) -> None:
        """Write one down."""
        from screens.programme.form import FormScreen

        self._wanted = await self.amhe.push_screen_wait(FormScreen(Asset(name=""), fresh=True)) or ""
        await self.guarded_reload()

    @guarded
    async def action_checked(self) -> None:
        """Note that the marked asset is right as of today."""
        from amhe_tui.programme.assets import mark_checked

        one = self._marked()
        if one is None:
            self.say("Mark an asset first.")
            return
        await self.ask(mark_checked, self.workspace, one.id, self.today)
        self._wanted = one.id
        self.say(f"Checked today: {shorten(one.name, 50)}. u takes it back.")
        await self.reload()

    @guarded
    async def action_remove(self) -> None:
        """Remove the marked asset; undo brings it back."""
        one = self._marked()
        if one is None:
            return
        removal = await self.ask(remove, self.workspace, one, self.today)
        self.say(f"{removal.done} Press u to bring it back.")
        await self.reload()

    def action_import(self) -> None:
        """Bring in a list of services and groups."""
        from screens.identify.importing import ImportScreen

        def again(_: str | None) -> None:
            self.run_worker(self.guarded_reload())

        self.amhe.push_screen(ImportScreen(), again)
