"""A breakdown: seven ways to look at it, its table twin, the gap as a sentence, the unknown and the doubt; every choice one key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from amhe_tui.actions import ACTIONS
from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.gaps.reading import groups_of
from amhe_tui.charts.draw import LEAST_HEIGHT, draw
from amhe_tui.charts.figure import BarFigure, heading
from amhe_tui.charts.table import rows
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience
from amhe_tui.programme.breakdowns import AreaChoice, IndicatorChoice, areas, indicators, withins_of
from amhe_tui.settings import load_settings
from amhe_tui.themes import chart_styles
from screens.identify.breakdown_views import (
    VIEWS,
    BreakdownChoice,
    Shown,
    measure_lines,
    method_lines,
    show,
    write_down,
)
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog, ReadingDialog
from screens.shared.widgets import Rows
from store.records import IndicatorMeaning

_LAST: dict[Path, tuple[BreakdownChoice, str]] = {}
"""What was looked at last in each programme of this session."""


class BreakdownScreen(AmheScreen[None]):
    """Break an indicator down by a characteristic, in an area and a period."""

    CSS_PATH = "breakdown.tcss"
    where = "1A Breakdown"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(*(f"view_{name}" for name in VIEWS)),
        *bind("finding", "indicator", "characteristic", "group", "compare", "area", "period", "level", "within"),
        *bind("table", "measures", "method", "meaning", "hidden", "gaps", "undo", "help"),
    ]

    def __init__(
        self,
        *,
        indicator: str = "",
        characteristic: str = "",
        area: str = "",
        period: str = "",
        group: str = "",
        compare: str = "",
        level: str = "",
        view: str = "",
    ) -> None:
        super().__init__()
        self._asked = BreakdownChoice(indicator, characteristic, "", area, period, level, compare, group)
        self._choice = self._wanted = BreakdownChoice()
        self._looks = self._last_shown = 0
        self._view = view
        self._indicators: list[IndicatorChoice] = []
        self._areas: list[AreaChoice] = []
        self._shown: Shown | None = None

    def body(self) -> ComposeResult:
        """Show what was chosen, the chart or its table, and the sentences."""
        with Vertical():
            yield Static(id="chosen", markup=False)
            yield VerticalScroll(Static(id="chart", markup=False), id="picture", can_focus=True)
            yield Rows(cursor_type="row", id="twin")
            yield VerticalScroll(Static(id="words", markup=False), id="said", can_focus=True)

    def on_mount(self) -> None:
        """Choose what there is to see first."""
        self.query_one("#twin").display = False
        self.place(self.where)
        self._begin()

    def given_to(self, name: str) -> tuple[Any, ...]:
        """Let what is hidden begin with the place that is looked at."""
        return (Audience.PUBLIC.key, self._shown.found) if name == "hidden" and self._shown is not None else ()

    # --- what is shown ------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        try:
            last, view = _LAST.get(self.workspace.path, (BreakdownChoice(), ""))
            self._choice = self._asked if self._asked.indicator else last
            self._view = self._view or ("" if self._asked.indicator else view) or "bars"
            if not await self._read_indicators():
                return
            self.refresh_bindings()
            await self._try_each(self._choice, self._view, "bars")
        except AmheError as error:
            self.tell(error)
        self.query_one("#picture").focus()

    async def _read_indicators(self) -> bool:
        """Read what can be broken down; where there is nothing, or nothing any longer, say so and leave."""
        self._indicators = await self.ask(indicators, self.workspace)
        if any(indicator.characteristics for indicator in self._indicators):
            self._choice = self._known(self._choice)
            return True
        self.say("There are no figures by group yet. Press i in 1A to bring a file in.")
        self.dismiss()
        return False

    def offers(self, name: str) -> bool:
        """Offer what is asked of figures once it is known which there are."""
        return bool(self._indicators) or name in ("back", "help")

    def _known(self, choice: BreakdownChoice) -> BreakdownChoice:
        """Return a choice, or where the file no longer has its indicator that of the one that tells most."""
        known = choice.indicator in {indicator.id for indicator in self._indicators}
        return choice if known else BreakdownChoice(min(self._indicators, key=_interest).id)

    async def _fitting(self, choice: BreakdownChoice) -> BreakdownChoice:
        """Return a choice with whatever is not in the file, or the indicator does not have, put right."""
        choice = self._known(choice)
        indicator = self._one(choice.indicator)
        by, period, area = choice.characteristic, choice.period, choice.area
        if by not in indicator.characteristics:
            by = next((name for name in indicator.characteristics if "ethnic" in name.lower()), "") or next(
                iter(indicator.characteristics), ""
            )
            choice = replace(choice, group="", compare="", within="")
        if period not in indicator.periods:
            period = indicator.periods[-1] if indicator.periods else ""
        self._areas = await self.ask(areas, self.workspace, indicator.id, period)
        named = {place.name.casefold(): place.key for place in self._areas}
        area = named.get(area.casefold(), area)
        if area not in {place.key for place in self._areas}:
            area = self._areas[0].key if self._areas else ""
        return replace(choice, characteristic=by, period=period, area=area)

    async def _look(self, choice: BreakdownChoice, view: str) -> None:
        """Show a choice in a view, and remember it; where it cannot be shown, stay where we are, and of several the last that can be shown is."""
        self._wanted = choice
        self._looks += 1
        mine = self._looks
        try:
            choice = await self._fitting(choice)
            periods = self._one(choice.indicator).periods
            shown = await self.ask(show, self.workspace, self._policy, choice, view, periods)
        except AmheError:
            self._wanted = self._choice
            raise
        if mine < self._last_shown:
            return
        self._last_shown = mine
        self._choice = self._wanted = choice
        self._view, self._shown = view, shown
        _LAST[self.workspace.path] = (choice, view)
        self._draw()

    @property
    def _policy(self) -> Policy:
        return load_settings().policy(Audience.TEAM.key)

    async def reload(self) -> None:
        """Read the figures again."""
        under_way, looks = self._wanted is not self._choice, self._looks
        if self._shown is None or not await self._read_indicators():
            return
        if not under_way and looks == self._looks:  # what is asked for meanwhile is read just now
            await self._try_each(self._choice, self._view)

    def on_resize(self) -> None:
        """Draw again to fit."""
        if self._shown is not None:
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self._shown is None or not self.is_attached:
            return
        self._show_words(self._shown)
        self._fill_table(self._shown)
        self.call_after_refresh(self._paint)  # the sentences take their room first

    def _paint(self) -> None:
        if self._shown is None or not self.is_attached:
            return
        figure = self._shown.figure
        room = self.query_one("#picture").content_region
        least = min(len(figure.bars) + 3, 200) if isinstance(figure, BarFigure) else LEAST_HEIGHT
        width, height = max(room.width - 2, 40), max(room.height, least)
        styles = chart_styles(self.amhe.theme if self.amhe.theme.startswith("amhe-") else "amhe-dark")
        coloured = self.amhe.theme != "amhe-mono" and not self.amhe.no_color
        lines = [
            Content.assemble(*((text, styles[style]) for text, style in line))
            for line in draw(figure, width, height, colour=coloured)
        ]
        self.query_one("#chart", Static).update(Content("\n").join(lines))

    def _show_words(self, shown: Shown) -> None:
        indicator, choice = self._one(), self._choice
        area = next((place.label for place in self._areas if place.key == choice.area), choice.area)
        within = f" within {choice.within}" if choice.within else ""
        compare = (
            "" if shown.found.kind == "count" or shown.crossing is not None else f" · compared with {_whom(shown)}"
        )
        by = choice.characteristic
        if shown.crossing is not None:
            by, within = " and ".join(shown.crossing.names), ""
        view = ACTIONS[f"view_{self._view}"].label
        self.query_one("#chosen", Static).update(
            Content.assemble(
                plain(_called(indicator), "bold $primary"),
                plain(f" by {by}{within}"),
                plain(f" · {view}", "$text-muted"),
                "\n",
                plain(
                    f"{area} · {choice.period} · {_what(shown, compare)} · {shown.found.badge}",
                    "$text-muted",
                ),
            )
        )
        first = "" if shown.places is None else f"{shown.places.words}\nWithin {shown.found.area}: "
        text = f"{first}{shown.reading.words} {shown.words}".strip()
        self.query_one("#words", Static).update(plain(text))

    def _fill_table(self, shown: Shown) -> None:
        twin = rows(shown.figure)
        table = self.query_one("#twin", Rows)
        table.clear(columns=True)
        # The figure's title stands above; here it would push the limits off the screen.
        short = shown.figure.unit or "Figure"
        if shown.crossing is not None:
            short = f"Smoothed {shown.figure.unit}".strip()
        table.add_columns(*(short if title == heading(shown.figure) else title for title in twin.header))
        for row in twin.rows:
            table.add_row(*(Text(cell) for cell in row))

    def _one(self, indicator: str = "") -> IndicatorChoice:
        wanted = indicator or self._choice.indicator
        return next(choice for choice in self._indicators if choice.id == wanted)

    # --- choices -----------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="look")
    async def action_view(self, name: str) -> None:
        """Look at the same figures in another way."""
        if self._shown is not None:
            await self._try(self._choice, name)

    @work(exclusive=True, group="look")
    async def _pick(self, title: str, choices: list[tuple[str, str]], part: str) -> None:
        chosen = await self.answer(PickDialog(title, choices))
        if chosen is None:
            return
        choice = replace(self._choice, **{part: chosen})
        if part in ("indicator", "characteristic"):
            choice = replace(choice, group="", compare="", within="", level="")
        fallback = "bars" if part == "indicator" and self._view in ("population", "gap", "places") else self._view
        await self._try_each(choice, self._view, fallback)

    async def _try_each(self, choice: BreakdownChoice, *views: str) -> None:
        """Show a choice in the first of some views that can show it, in the end as crossed groups, which may be all there is; say why if none can."""
        refused: AmheError | None = None
        for view in dict.fromkeys((*views, "crossed")):
            try:
                await self._look(choice, view)
            except AmheError as error:
                refused = error if refused is None or view in views else refused
            else:
                return
        if refused is not None:
            self.tell(refused)

    async def _try(self, choice: BreakdownChoice, view: str) -> None:
        try:
            await self._look(choice, view)
        except AmheError as error:
            self.tell(error)

    def action_indicator(self) -> None:
        """Choose what is broken down."""
        offered = [indicator for indicator in self._indicators if indicator.characteristics]
        names = Counter(_called(indicator) for indicator in offered)
        choices = [(one.id, f"{_called(one)}{_part(one) if names[_called(one)] > 1 else ''}") for one in offered]
        self._pick("Break down what?", choices, "indicator")

    def action_characteristic(self) -> None:
        """Choose by what."""
        choices = [(name, name) for name in self._one().characteristics]
        self._pick("By which characteristic?", choices, "characteristic")

    @work(exclusive=True, group="within")
    async def action_within(self) -> None:
        """Choose one group of another characteristic to stay within."""
        groups = await self.ask(withins_of, self.workspace, self._choice.indicator, self._choice.characteristic)
        if not groups:
            self.say("These figures are not broken down by two characteristics at once.")
            return
        self._pick("Only among whom?", [("", "everybody"), *((group, group) for group in groups)], "within")

    def action_area(self) -> None:
        """Choose where."""
        self._pick("Where?", [(area.key, area.label) for area in self._areas], "area")

    def action_period(self) -> None:
        """Choose when."""
        self._pick("When?", [(name, name) for name in reversed(self._one().periods)], "period")

    def action_compare(self) -> None:
        """Choose whom the group is compared with, or in the view of places, a place to set beside the one that is meant."""
        if self._shown is not None and self._shown.places is not None:
            self._choose_peer()
            return
        where = self._shown.found.area if self._shown else "this area"
        named = [(name, f"the group {name}") for name in self._groups()]
        self._pick(
            "Compare with whom?",
            [("everyone else", "everyone else"), ("average", f"the average of {where}"), *named],
            "compare",
        )

    @work(exclusive=True, group="look")
    async def _choose_peer(self) -> None:
        peers = self._choice.peers
        named = [
            (place.key, f"{place.label}, a peer already: take it out" if place.key in peers else place.label)
            for place in self._areas
            if place.key != self._choice.area
        ]
        chosen = await self.answer(PickDialog("Set beside which peer?", named))
        if chosen is None:
            return
        kept = tuple(peer for peer in peers if peer != chosen)
        await self._try(replace(self._choice, peers=kept if chosen in peers else (*peers, chosen)), self._view)

    def action_group(self) -> None:
        """Choose which group the sentence is about."""
        named = [(name, name) for name in self._groups()]
        self._pick("A sentence about which group?", [("", "the one that fares worst"), *named], "group")

    def _groups(self) -> list[str]:
        return [row.group for row in groups_of(self._shown.found, self._shown.level)] if self._shown else []

    @work(exclusive=True, group="look")
    async def action_level(self) -> None:
        """Go from broad groups to those within them, and back."""
        if self._shown is None:
            return
        other = "detailed" if self._shown.level == "broad" else "broad"
        if any(row.level == other for row in self._shown.found.rows):
            await self._try(replace(self._choice, level=other, group=""), self._view)
        else:
            self.say("These figures have one level only.")

    def action_table(self) -> None:
        """Show the table instead of the chart, and back."""
        twin, picture = self.query_one("#twin"), self.query_one("#picture")
        twin.display = not twin.display
        picture.display = not twin.display
        (twin if twin.display else picture).focus()
        self.call_after_refresh(self._paint)  # what was drawn while it was hidden had no width to go by

    def action_method(self) -> None:
        """Say how these numbers were made."""
        if self._shown is not None:
            text = plain("\n\n".join(method_lines(self._shown)))
            self.open(ReadingDialog("How these numbers were made", text))

    @work(exclusive=True, group="measures")
    async def action_measures(self) -> None:
        """Show every summary measure of inequality for these groups, or why it has none."""
        if self._shown is None:
            return
        try:
            lines = await self.ask(measure_lines, self.workspace, self._shown, self._policy, self._choice.area)
        except ValueError as error:
            self.say(str(error))
            return
        text = plain("\n".join(lines))
        self.open(ReadingDialog("Summary measures of these groups", text))

    @work(exclusive=True, group="meaning")
    async def action_meaning(self) -> None:
        """Say what the indicator counts and which way is better, so that every sentence about it is true."""
        if self._shown is None:
            return
        indicator = self._one()
        meanings = await self.ask(self.workspace.list, IndicatorMeaning, indicator_id=indicator.id)
        fresh = IndicatorMeaning(indicator_id=indicator.id, name=indicator.name)
        await self.answer(FormScreen(meanings[-1]) if meanings else FormScreen(fresh, fresh=True))
        await self.guarded_reload()

    # --- a finding ---------------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="finding")
    async def action_finding(self) -> None:
        """Write this gap down as a finding; its numbers, method and source are frozen into it."""
        if self._shown is None or not self._shown.reading.group:
            self.say("There is no gap to write down here.")
            return
        await write_down(self, self._shown.found, self._shown.reading, self._shown.sources)


def _what(shown: Shown, compare: str) -> str:
    """Return which groups are shown and against whom; in the view of places, whose figures."""
    if shown.places is None:
        return f"{shown.level} groups{compare}"
    kind = f" ({shown.places.kind})" if shown.places.kind else ""
    return f"places side by side{kind}, {shown.places.group or 'everybody'}"


def _whom(shown: Shown) -> str:
    """Return whom the group is compared with, as it follows "compared with"."""
    whom = shown.reading.compared_with or shown.compare
    return "the average" if whom == "average" else whom


def _called(indicator: IndicatorChoice) -> str:
    return f"{indicator.name.replace('_', ' ')} ({indicator.statistic})"


def _part(indicator: IndicatorChoice) -> str:
    """Return which figure of its table an indicator is, to tell it from another of the same name."""
    return f", {indicator.id.rpartition('.')[2].replace('_', ' ')}"


def _interest(indicator: IndicatorChoice) -> tuple[bool, bool, bool]:
    """Put first what tells most: an outcome that is known, then any share or rate, then what can be broken down at all."""
    return (
        not indicator.characteristics,
        indicator.id != "recovery.percentage",
        indicator.statistic not in ("percentage", "rate"),
    )
