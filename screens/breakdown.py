"""A breakdown: the chart, its table twin, the gap as a sentence, the unknown and the doubt; every choice one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from amhe_tui.errors import AmheError
from amhe_tui.themes import chart_styles
from screens.base import AmheScreen, bind, plain
from screens.dialogs import PickDialog
from screens.widgets import Rows
from store.evidence import AreaChoice, IndicatorChoice, areas, indicators, sources_of
from store.records import Finding

if TYPE_CHECKING:
    from amhe_tui.analysis.breakdown import Breakdown
    from amhe_tui.analysis.disclosure_breakdown import Disclosed
    from amhe_tui.analysis.reading import Reading

_LEVELS = {"broad": ("broad", "unknown", "total"), "detailed": ("detailed", "unknown", "total")}


class BreakdownScreen(AmheScreen[None]):
    """Break an indicator down by a characteristic, in an area and a period."""

    CSS_PATH = "breakdown.tcss"
    where = "1A Breakdown"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "indicator", "Indicator", id="indicator", tooltip="Choose what is broken down"),
        Binding(
            "c", "characteristic", "Characteristic", id="characteristic", tooltip="Choose by what it is broken down"
        ),
        Binding("a", "area", "Area", id="area", tooltip="Choose where"),
        Binding("y", "period", "Year", id="period", tooltip="Choose when"),
        Binding("v", "level", "Level", id="level", tooltip="Broad groups, or those within them"),
        Binding("o", "compare", "Compare", id="compare", tooltip="Choose whom the group is compared with"),
        Binding("k", "group", "Group", id="group", tooltip="Choose which group the sentence is about"),
        Binding("t", "table", "Table", id="table", tooltip="Show the table instead of the chart, and back"),
        Binding(
            "f", "finding", "Make a finding", id="finding", tooltip="Write this gap down as a finding, with its numbers"
        ),
        *bind("help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._indicators: list[IndicatorChoice] = []
        self._areas: list[AreaChoice] = []
        self._indicator = self._characteristic = self._period = ""
        self._area = ""
        self._level = "broad"
        self._compare = "everyone else"
        self._group = ""
        self._found: Disclosed | None = None
        self._reading: Reading | None = None

    def body(self) -> ComposeResult:
        """Show what was chosen, the chart or its table, and the sentences."""
        with Vertical():
            yield Static(id="chosen", markup=False)
            yield VerticalScroll(Static(id="chart", markup=False), id="picture", can_focus=True)
            yield Rows(cursor_type="row", id="twin")
            yield Static(id="words", markup=False)

    def on_mount(self) -> None:
        """Choose what there is to see first."""
        self.query_one("#twin").display = False
        self.place(self.where)
        self._begin()

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        try:
            self._indicators = await self.ask(indicators, self.workspace)
            if not self._indicators:
                self.say("There is no data yet. Press i in 1A to bring a file in.")
                self.dismiss()
                return
            first = min(self._indicators, key=_interest)
            await self._choose_indicator(first)
            await self._load()
        except AmheError as error:
            self.tell(error)
        self.query_one("#picture").focus()

    async def _choose_indicator(self, one: IndicatorChoice) -> None:
        self._indicator = one.id
        if self._characteristic not in one.characteristics:
            self._characteristic = next(
                (name for name in one.characteristics if "ethnic" in name.lower()), next(iter(one.characteristics), "")
            )
        if self._period not in one.periods:
            self._period = one.periods[-1] if one.periods else ""
        self._areas = await self.ask(areas, self.workspace, one.id, self._period)
        if self._area not in {area.key for area in self._areas}:
            self._area = self._areas[0].key if self._areas else ""

    async def _load(self) -> None:
        from amhe_tui.analysis.reading import reading_of
        from amhe_tui.report.guard import disclosed_breakdown
        from amhe_tui.settings import load_settings

        self._found = await self.ask(
            disclosed_breakdown,
            self.workspace,
            self._indicator,
            self._characteristic,
            load_settings().policy("team"),
            area=self._area,
            period=self._period,
        )
        if not any(row.level == self._level for row in self._found.rows):
            self._level = "broad" if any(row.level == "broad" for row in self._found.rows) else "detailed"
        try:
            self._reading = reading_of(self._found, group=self._group, compared_with=self._compare)
        except ValueError as error:
            raise AmheError("No gap", str(error), "Choose another group, or compare with another.") from error
        self._draw()

    async def reload(self) -> None:
        """Read the figures again."""
        if self._indicator:
            await self._load()

    def on_resize(self) -> None:
        """Draw again to fit."""
        if self._found is not None:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        assert self._reading is not None
        self._show_words(self._reading)
        self._fill_table()
        self.call_after_refresh(self._paint)  # the sentences take their room first

    def _paint(self) -> None:
        from amhe_tui.charts.draw import draw
        from amhe_tui.charts.evidence import figure_of

        if self._found is None or self._reading is None or not self.is_attached:
            return
        reading = self._reading
        figure = figure_of(
            self._found, compared_with=reading.compared_with, focus=reading.group, levels=_LEVELS[self._level]
        )
        room = self.query_one("#picture").content_region
        width, height = max(room.width - 2, 40), max(room.height, len(figure.bars) + 3)
        styles = chart_styles(self.amhe.theme if self.amhe.theme.startswith("amhe-") else "amhe-dark")
        coloured = self.amhe.theme != "amhe-mono" and not self.amhe.no_color
        lines = [
            Content.assemble(*((text, styles[style]) for text, style in line))
            for line in draw(figure, width, height, colour=coloured)
        ]
        self.query_one("#chart", Static).update(Content("\n").join(lines))

    def _show_words(self, reading: Reading) -> None:
        one = self._one()
        area = next((choice.label for choice in self._areas if choice.key == self._area), self._area)
        self.query_one("#chosen", Static).update(
            Content.assemble(
                plain(f"{one.name} ({one.statistic})", "bold $primary"),
                plain(f" by {self._characteristic}"),
                plain(f" · {self._found.badge}" if self._found is not None else "", "$text-muted"),
                "\n",
                plain(f"{area} · {self._period} · {self._level} groups · compared with {self._compare}", "$text-muted"),
            )
        )
        self.query_one("#words", Static).update(plain(reading.words))

    def _fill_table(self) -> None:
        from amhe_tui.charts.evidence import figure_of
        from amhe_tui.charts.table import rows

        assert self._found is not None
        twin = rows(figure_of(self._found, levels=_LEVELS[self._level]))
        table = self.query_one("#twin", Rows)
        table.clear(columns=True)
        table.add_columns(*twin.header)
        for row in twin.rows:
            table.add_row(*(Text(cell) for cell in row))

    def _one(self) -> IndicatorChoice:
        return next(one for one in self._indicators if one.id == self._indicator)

    # --- choices -----------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="pick")
    async def _pick(self, title: str, choices: list[tuple[str, str]], name: str) -> None:
        chosen = await self.amhe.push_screen_wait(PickDialog(title, choices))
        if chosen is None:
            return
        try:
            if name == "_indicator":
                await self._choose_indicator(next(one for one in self._indicators if one.id == chosen))
            else:
                setattr(self, name, chosen)
            if name in ("_characteristic", "_indicator"):
                self._group = ""
                self._compare = "everyone else"
            await self._load()
        except AmheError as error:
            self.tell(error)

    def action_indicator(self) -> None:
        """Choose what is broken down."""
        self._pick(
            "Break down what?", [(one.id, f"{one.name} ({one.statistic})") for one in self._indicators], "_indicator"
        )

    def action_characteristic(self) -> None:
        """Choose by what."""
        self._pick(
            "By which characteristic?", [(name, name) for name in self._one().characteristics], "_characteristic"
        )

    def action_area(self) -> None:
        """Choose where."""
        self._pick("Where?", [(one.key, one.label) for one in self._areas], "_area")

    def action_period(self) -> None:
        """Choose when."""
        self._pick("When?", [(name, name) for name in reversed(self._one().periods)], "_period")

    def action_compare(self) -> None:
        """Choose whom the group is compared with."""
        from amhe_tui.analysis.reading import groups_of

        named = [(row.group, f"the group {row.group}") for row in groups_of(self._found)] if self._found else []
        self._pick(
            "Compare with whom?",
            [("everyone else", "everyone else"), ("average", "the average of this area"), *named],
            "_compare",
        )

    def action_group(self) -> None:
        """Choose which group the sentence is about."""
        from amhe_tui.analysis.reading import groups_of

        named = [(row.group, row.group) for row in groups_of(self._found)] if self._found else []
        self._pick("A sentence about which group?", [("", "the one that fares worst"), *named], "_group")

    async def action_level(self) -> None:
        """Go from broad groups to those within them, and back."""
        other = "detailed" if self._level == "broad" else "broad"
        if self._found is not None and any(row.level == other for row in self._found.rows):
            self._level = other
            self._draw()
        else:
            self.say("These figures have one level only.")

    def action_table(self) -> None:
        """Show the table instead of the chart, and back."""
        twin, picture = self.query_one("#twin"), self.query_one("#picture")
        twin.display = not twin.display
        picture.display = not twin.display
        (twin if twin.display else picture).focus()

    # --- a finding ---------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="finding")
    async def action_finding(self) -> None:
        """Write this gap down as a finding; its numbers, method and source are frozen into it."""
        from screens.form import FormScreen

        if self._found is None or self._reading is None or not self._reading.group:
            self.say("There is no gap to write down here.")
            return
        finding = finding_of(self._found, self._reading)
        saved = await self.amhe.push_screen_wait(FormScreen(finding, fresh=True))
        if not saved:
            return
        workspace = self.workspace
        indicator = self._indicator

        def link() -> None:
            with workspace.change("Link the finding to its sources") as change:
                for source in sources_of(workspace, indicator):
                    change.link(finding, "sources", "data_source", source)

        try:
            await self.ask(link)
            self.say("Written down as a finding, with its numbers.")
        except AmheError as error:
            self.tell(error)


def _interest(one: IndicatorChoice) -> tuple[bool, bool, bool]:
    """Put first what tells most: an outcome that is known, then any share, then what can be broken down at all."""
    return not one.characteristics, one.id != "recovery.percentage", one.statistic != "percentage"


def finding_of(found: Breakdown, reading: Reading) -> Finding:
    """Return a finding that holds the numbers of a gap as they are now."""
    from amhe_tui.method.indicators import known_indicator

    row = next(one for one in found.rows if one.group == reading.group)
    known = known_indicator(found.indicator_id)
    fares = "" if known.higher_is_better is None else "up" if known.higher_is_better else "down"
    return Finding(
        title=f"{reading.group}: {found.indicator} {reading.value:g} against {reading.compared_value:g} ({reading.compared_with})",
        domain=known.domain,
        characteristic=found.characteristic,
        group_name=reading.group,
        compared_with=reading.compared_with,
        indicator=found.indicator,
        indicator_id=found.indicator_id,
        unit="%" if found.statistic == "percentage" else "",
        direction=fares,
        area=found.area,
        period=found.period,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        compared_value=reading.compared_value,
        sentence=reading.sentence,
        method=reading.gap.method if reading.gap is not None else "published figures",
        caveat=reading.words.removeprefix(reading.sentence).strip(),
    )
