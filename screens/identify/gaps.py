"""Every gap of the programme in one list, so that nobody has to hunt: the sure ones, those too few to tell, and the rest, each a section of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, cast

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from amhe_tui.analysis.gaps.overview import ORDERS, GapLine, GapOverview, Order
from amhe_tui.analysis.gaps.sets import NO_PLACE
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience
from amhe_tui.method.gap_sections import SECTIONS, Section
from amhe_tui.programme.core20 import core20plus5
from amhe_tui.programme.gaps import about_people, disclosed_overview, places_with_gaps, sentence_of
from amhe_tui.settings import load_settings
from amhe_tui.text import shorten
from screens.identify.breakdown_views import BreakdownChoice, show, write_down
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog, ReadingDialog
from screens.shared.widgets import Rows

_MOST = 2_000


class GapsScreen(AmheScreen[None]):
    """A list of gaps with the marked one in words below it."""

    CSS_PATH = "gaps.tcss"
    where = "1A All gaps"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*(f"section_{name}" for name in SECTIONS)),
        *bind("open_gap", "finding", "order", "area", "everything", "core20", "undo", "help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: GapOverview | None = None
        self._section: Section = "sure"
        self._order: Order = "widest"
        self._area = ""
        self._everything = False

    def body(self) -> ComposeResult:
        """Show the sections, the gaps of one of them, and the marked gap in words."""
        with Vertical():
            yield Static(id="sections", markup=False)
            yield Rows(cursor_type="row", id="gaps")
            yield VerticalScroll(Static(id="gap", markup=False), id="told", can_focus=True)

    async def on_mount(self) -> None:
        """Read the gaps."""
        self.place(self.where)
        self.query_one("#sections", Static).update(plain("Working out every gap …", "$text-muted"))
        self.query_one("#gaps").focus()
        self._begin()

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        await self.guarded_reload()

    async def reload(self) -> None:
        """Work out every gap again."""
        keep = _every if self._everything else about_people
        self._found = await self.ask(
            disclosed_overview,
            self.workspace,
            load_settings().policy(Audience.TEAM.key),
            area=self._area,
            order=self._order,
            keep=keep,
            least=load_settings().least,
        )
        self._fill()

    def _lines(self) -> list[GapLine]:
        return [] if self._found is None else self._found.section(self._section)

    def on_resize(self) -> None:
        """Show as many columns as there is room for."""
        if self._found is not None:
            self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        table, lines = self.query_one("#gaps", Rows), self._lines()
        marked = table.cursor_row
        columns = _columns(self.size.width, several=len({line.area for line in lines}) > 1)
        table.clear(columns=True)
        table.add_columns(*(title for title, _ in columns))
        for line in lines[:_MOST]:
            table.add_row(*(cell(line) for _, cell in columns))
        table.move_cursor(row=min(marked, max(len(lines) - 1, 0)))
        self._show_sections()
        self._show()

    def _show_sections(self) -> None:
        overview = self._found
        if overview is None:
            return
        roomy = self.size.width >= _ROOMY
        parts: list[Content | str] = []
        for number, (name, called) in enumerate(SECTIONS.items(), 1):
            label = called.title if roomy else called.short
            before = " " if self.size.width >= _WIDE else ""
            told = f"{label} {len(overview.section(name)):,} "
            # The key stands out from the number of gaps before it.
            parts += (
                [plain(f"{before}{number} {told}", "bold reverse")]
                if name == self._section
                else [plain(f"{before}{number} ", "bold $accent"), plain(told, "$text-muted")]
            )
        meaning = plain(SECTIONS[self._section].about)
        # On a low screen the list comes first: how it was worked out then stands below the gap in words.
        told = Content.assemble(meaning) if self._is_low else Content.assemble(meaning, "\n", self._made())
        self.query_one("#sections", Static).update(Content.assemble(*parts, "\n", told))

    @property
    def _is_low(self) -> bool:
        return self.has_class("-low")

    def _made(self) -> Content:
        """Say of what places the gaps are, how they are sorted, and what being sure means among so many."""
        overview = self._found
        if overview is None:
            return Content("")
        where = {"": "the largest areas", "all": "every place"}.get(self._area, self._area)
        about = plain(f"Sorted by {ORDERS[self._order]} · {where}. {overview.chance_words}", "$text-muted")
        left = len(self._lines()) - _MOST
        more = plain(f" The first {_MOST:,} are listed; a names a place.", "$text-muted") if left > 0 else ""
        return Content.assemble(about, more)

    def on_data_table_row_highlighted(self) -> None:
        """Show the gap that is marked."""
        self._show()

    def _marked(self) -> GapLine | None:
        row, lines = self.query_one("#gaps", Rows).cursor_row, self._lines()
        return lines[row] if 0 <= row < len(lines) else None

    def _show(self) -> None:
        pane, line = self.query_one("#gap", Static), self._marked()
        if self._found is None:
            return
        if line is None:
            pane.update(plain("Nothing in this section." if self._found.lines else _NOTHING))
            return
        parts: list[Content | str] = [plain(sentence_of(self._found, line)), "\n"]
        if line.why and line.section != "none":
            parts += [plain(line.why, "$text-muted"), "\n"]
        if line.section == "sure":
            parts += [plain("It holds even when all these comparisons are allowed for.", "$text-muted"), "\n"]
        if line.also:
            parts += [plain("Also in this section: ", "$text-muted"), plain(", ".join(line.also)), "\n"]
        if self._is_low:
            parts.append(self._made())
        pane.update(Content.assemble(*parts))

    # --- what can be done ---------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="core20")
    async def action_core20(self) -> None:
        """Show the most deprived fifth against the rest, the PLUS groups and what there is on severe mental illness."""
        settings = load_settings()
        area = "" if self._area == "all" else self._area
        try:
            found = await self.ask(
                core20plus5, self.workspace, settings.policy(Audience.TEAM.key), area=area, least=settings.least
            )
        except AmheError as error:
            self.tell(error)
            return
        parts: list[Content | str] = []
        for heading, lines in found.parts():
            parts += [plain(heading, "bold"), "\n", plain("\n\n".join(lines)), "\n\n"]
        self.open(ReadingDialog("Core20PLUS5", Content.assemble(*parts)))

    def action_section(self, name: str) -> None:
        """Show another section."""
        self._section = cast("Section", name)
        self._fill()
        self.query_one("#gaps", Rows).move_cursor(row=0)

    def on_data_table_row_selected(self) -> None:
        """Enter looks closer."""
        self.action_open_gap()

    def action_open_gap(self) -> None:
        """Open the breakdown of the marked gap."""
        line = self._marked()
        if line is None:
            return
        self.open(
            "breakdown",
            indicator=line.indicator_id,
            characteristic=line.characteristic,
            area=line.area,
            period=line.period,
            group=line.group,
            compare=line.compared_with,
            level=line.level,
            view="population" if self._is_count(line) else "bars",
        )

    def _is_count(self, line: GapLine) -> bool:
        """Tell whether a line is the use of a service for those who live there, which is worked out from a count."""
        return self._found is not None and self._found.sets.place_of(line.set).key == NO_PLACE

    @work(exclusive=True, group="finding")
    async def action_finding(self) -> None:
        """Write the marked gap down as a finding."""
        line = self._marked()
        if line is None or line.section == "none":
            self.say("There is no gap to write down here.")
            return
        choice = BreakdownChoice(
            line.indicator_id,
            line.characteristic,
            "",
            line.area,
            line.period,
            line.level,
            line.compared_with,
            line.group,
        )
        view = "population" if self._is_count(line) else "bars"
        try:
            shown = await self.ask(
                show, self.workspace, load_settings().policy(Audience.TEAM.key), choice, view, (line.period,)
            )
        except AmheError as error:
            self.tell(error)
            return
        await write_down(self, shown.found, shown.reading, shown.sources)

    @work(exclusive=True, group="pick")
    async def action_order(self) -> None:
        """Choose the order."""
        chosen = await self.answer(PickDialog("Sort by what?", list(ORDERS.items())))
        if chosen is not None:
            self._order = cast("Order", chosen)
            await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_area(self) -> None:
        """Choose where."""
        places = await self.ask(places_with_gaps, self.workspace)
        named = [(name, name) for name in places]
        chosen = await self.answer(PickDialog("Where?", [("", "the largest areas"), ("all", "every place"), *named]))
        if chosen is not None:
            self._area = chosen
            await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_everything(self) -> None:
        """Look at all breakdowns, or only at those by who people are."""
        self._everything = not self._everything
        self.say("All breakdowns." if self._everything else "Only by who people are.")
        await self.guarded_reload()


_NOTHING = "No rates or shares by group yet. i in 1A brings a data file in; counts alone have no gap unless the file holds the population too."


def _every(_characteristic: str) -> bool:
    return True


_WIDE, _ROOMY = 100, 140


_Cell = Callable[["GapLine"], Text]


def _columns(width: int, *, several: bool) -> list[tuple[str, _Cell]]:
    """Return the columns there is room for, each with what stands in it."""
    wide, broad = width >= _WIDE, width >= 150
    by, group, indicator = (18, 26, 22) if wide else (12, 22, 14)
    by, group, indicator = (26, 44, 40) if broad else (by, group, indicator)
    columns: list[tuple[str, _Cell]] = [
        ("By", lambda line: Text(shorten(line.characteristic, by))),
        ("Group", lambda line: Text(shorten(line.group, group) + (f" +{len(line.also)}" if line.also else ""))),
        ("Indicator", lambda line: Text(shorten(line.indicator, indicator))),
        ("Theirs", lambda line: Text(_figure(line.value, line), justify="right")),
    ]
    if wide:
        columns.append(("Others", lambda line: Text(_figure(line.other, line), justify="right")))
    columns.append(("Gap", lambda line: Text(_gap(line), justify="right")))
    if wide and (broad or not several):
        columns.append(
            ("People", lambda line: Text("" if line.people is None else f"{line.people:,.0f}", justify="right"))
        )
    if several:
        where = 40 if broad else 26 if wide else 12
        columns.append(("Where", lambda line: Text(shorten(_place(line.area), where))))
    return columns


def _place(name: str) -> str:
    """Return a place's name without what all names of its kind share."""
    return name.removeprefix("NHS ").removesuffix(" INTEGRATED CARE BOARD").strip()


def _figure(number: float | None, line: GapLine) -> str:
    if number is None:
        return "–"
    return f"{number:.1f}{'%' if line.statistic == 'percentage' else ''}"


def _gap(line: GapLine) -> str:
    if line.difference is None:
        return "–"
    if line.statistic == "rate" and line.value and line.other:
        return f"× {line.value / line.other:.1f}"
    shown = f"{line.difference:+.1f}".replace("-", "−")
    return shown if shown.strip("+−0.") else "0.0"
