"""What a board or the public does not get to see, and why, for the team to read before anything is handed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience
from amhe_tui.programme.audit import TOO_SMALL, Audit, Withheld, audit
from amhe_tui.settings import load_settings
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.widgets import OneOf, Options

_AUDIENCES = tuple((audience.choice, audience.key) for audience in Audience if not audience.raw)
_MOST = 400
"""So many figures of one reason are listed; nobody reads more."""


class HiddenScreen(AmheScreen[None]):
    """List what is hidden from an audience, each figure with its reason; Enter looks closer."""

    CSS_PATH = "hidden.tcss"
    where = "What is hidden, and why"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("look_closer", "settings", "help")]

    def __init__(self, audience: str = "", about: Disclosed | None = None) -> None:
        super().__init__()
        self._asked = audience if audience in {key for _, key in _AUDIENCES} else Audience.PUBLIC.key
        self._about = about
        self._listed: list[Withheld] = []

    def body(self) -> ComposeResult:
        """Show for whom, what was checked, and the list."""
        with Horizontal(id="choices"):
            yield Static("Hidden from", classes="word")
            yield OneOf(_AUDIENCES, value=self._asked, allow_blank=False, id="audience", compact=True)
        yield VerticalScroll(Static(id="told", markup=False), id="summary", can_focus=False)
        yield Options(markup=False, id="figures")

    def on_mount(self) -> None:
        """Put the focus where arrows move."""
        self.place(self.where)
        self.query_one("#figures").focus()

    def on_select_changed(self) -> None:
        """Look again for the audience chosen."""
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        await self.guarded_reload()

    async def reload(self) -> None:
        """Read what the guard hides."""
        policy = load_settings().policy(self._audience.key)
        self._say_how_far(0, 0)
        try:
            found = await self.ask(audit, self.workspace, policy, about=self._about, progress=self._watch)
        except AmheError:
            self.query_one("#told", Static).update("")
            raise
        self._fill(found)

    @property
    def _audience(self) -> Audience:
        return Audience.of(self.query_one("#audience", OneOf).code or self._asked)

    def _watch(self, done: int, known: int) -> None:
        """Tell how far it is, from beside the screen; not of every figure, as there are thousands."""
        if done % 250 == 0 and not self.gone:
            self.amhe.call_from_thread(self._say_how_far, done, known)

    def _say_how_far(self, done: int, known: int) -> None:
        if self.gone:
            return
        far = f" {done:,} of {known:,} hidden figures so far." if known else ""
        self.query_one("#told", Static).update(plain(f"Every figure is being checked against the others …{far}", "dim"))

    def _fill(self, found: Audit) -> None:
        self.query_one("#told", Static).update(self._summary(found))
        self._listed = []
        options = self.query_one("#figures", OptionList)
        options.clear_options()
        figures = (*found.hidden, *found.ranges, *found.still_open)
        reasons = Counter(one.why for one in figures)
        smallest_first = sorted(reasons, key=lambda why: (not why.startswith(TOO_SMALL), -reasons[why]))
        for why in smallest_first:
            self._add(options, why, [one for one in figures if one.why == why])
        if found.sources:
            options.add_option(Option(plain("Where the figures come from", "bold $primary"), disabled=True))
        for words in dict.fromkeys(words for _, words in found.sources):
            titles = "; ".join(title for title, reason in found.sources if reason == words)
            content = Content.assemble(plain(titles, "bold"), "\n", plain(words))
            options.add_option(Option(content, id=f"source {words}"))
        if options.option_count:
            options.highlighted = next(
                (place for place in range(options.option_count) if not options.get_option_at_index(place).disabled),
                None,
            )

    def _add(self, options: OptionList, why: str, figures: Sequence[Withheld]) -> None:
        """List the figures that have one reason, below it."""
        title = f"{why[:1].upper()}{why[1:]} ({len(figures):,})"
        options.add_option(Option(plain(title, "bold $primary"), disabled=True))
        for one in figures[:_MOST]:
            instead = f": {one.instead}" if one.instead else ""
            content = Content.assemble(plain(one.whom, "bold"), plain(f" · {one.what} · {one.where}{instead}"))
            options.add_option(Option(content, id=f"figure {len(self._listed)}"))
            self._listed.append(one)
        if len(figures) > _MOST:
            options.add_option(Option(plain(f"and {len(figures) - _MOST:,} more like these", "dim"), disabled=True))

    def _summary(self, found: Audit) -> Content:
        number = len(found.hidden)
        hides = "none has to be hidden" if not number else f"{number:,} {'is' if number == 1 else 'are'} hidden"
        lines = [
            plain(f"{found.checked:,} counts were checked against one another: {hides}.", "bold")
            if found.checked
            else plain(NOTHING_TO_CHECK, "bold"),
        ]
        lines += [plain(rule) for rule in found.rules]
        if found.hidden:
            lines.append(plain("A share is hidden wherever a count behind it is. Enter looks closer."))
        if found.shown_before:
            lines.append(plain(f"{found.shown_before:,} were shown before; hiding those would protect nobody."))
        if found.left_out:
            lines.append(plain(f"Too many to check at once: {', '.join(found.left_out)}. {ONE_PLACE}"))
        return Content("\n").join(lines)

    def action_look_closer(self) -> None:
        """Open what is marked."""
        self.query_one("#figures", OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the breakdown of the figure, or to the sources."""
        what, _, number = (event.option.id or "").partition(" ")
        if what == "source":
            self.open("sources")
            return
        one = self._listed[int(number)]
        if not one.indicator or not one.characteristic:
            self.say("This is of everybody, or stands in no breakdown of its own.")
            return
        self.open(
            "breakdown",
            indicator=one.indicator,
            characteristic=one.characteristic,
            area=one.area,
            period=one.period,
        )


NOTHING_TO_CHECK = "No counts had to be checked: the sources below are dealt with, or hold none."
ONE_PLACE = "Break one of its indicators down (b) and press h there: its place is then looked at."
