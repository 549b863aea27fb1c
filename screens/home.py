"""The programme's home: the four steps, the golden thread, what hangs loose and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from amhe_tui.errors import AmheError
from amhe_tui.method.progress import FULL, LOOSE_WORDS, Suggestion, fullness, held, next_thing
from amhe_tui.method.steps import SUB_STEPS, SubStep
from amhe_tui.method.thread import STAGES
from screens.base import AmheScreen, bind, plain

if TYPE_CHECKING:
    from textual import events

    from store.glance import Glance
    from store.overview import Overview

_BLANK: dict[str, int] = {}


class SubStepCard(Static, can_focus=True):
    """One sub-step: its name, how full it is, what it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("open")]

    class Opened(Message):
        """A person wants to go to this sub-step."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, sub_step: SubStep) -> None:
        super().__init__(id=f"card-{sub_step.code}", markup=False)
        self.sub_step = sub_step

    def fill(self, counts: dict[str, int]) -> None:
        """Show what the sub-step holds."""
        dots = fullness(self.sub_step.code, counts)
        phrases = held(self.sub_step.code, counts, most=2) or ["none yet"]
        title = self.sub_step.short.ljust(10)
        lines = [
            Content.assemble((f"{self.sub_step.code} ", "bold"), (title, "bold"), " ", "●" * dots + "○" * (FULL - dots))
        ]
        lines += [Content.styled(f"   {phrase}", "$text-muted") for phrase in phrases]
        self.update(Content("\n").join(lines))

    def on_click(self) -> None:
        """Go there."""
        self.post_message(self.Opened(self.sub_step.code))

    def action_open(self) -> None:
        """Go there."""
        self.post_message(self.Opened(self.sub_step.code))


class HomeScreen(AmheScreen[None]):
    """The programme at a look; it is painted from a glance of the file, and the file is opened for work just after."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(
            "next",
            "loose",
            "workshop",
            "report",
            "thread",
            "undo",
            "redo",
            "history",
            "programme",
            "settings",
            "step(1)",
            "step(2)",
            "step(3)",
            "step(4)",
            "quit",
        ),
        Binding("left", "move(-1,0)", show=False),
        Binding("right", "move(1,0)", show=False),
        Binding("up", "move(0,-1)", show=False),
        Binding("down", "move(0,1)", show=False),
    ]

    def __init__(self, seen: Glance) -> None:
        super().__init__()
        self._seen = seen
        self._overview: Overview | None = seen.overview
        self._next: Suggestion | None = None

    def body(self) -> ComposeResult:
        """Show the four columns and, below them, the thread."""
        with Horizontal(id="columns"):
            for step in dict.fromkeys(one.step for one in SUB_STEPS):
                with Vertical(classes="column"):
                    yield Static(step.label.upper(), classes="heading")
                    yield from (SubStepCard(one) for one in SUB_STEPS if one.step is step)
        with Vertical(id="below"):
            for name in ("thread", "due", "next", "loose"):
                yield Static(id=name, markup=False)

    def on_mount(self) -> None:
        """Paint from the glance, then open the file."""
        self.query(SubStepCard).first().focus()
        if self._overview is not None:
            self._show(self._overview)
        self.call_after_refresh(self._open)

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        if self.amhe.workspace is not None and self.amhe.workspace.path == self._seen.path:
            return
        try:
            workspace = await self.ask(self.amhe.open_workspace, self._seen.path)
        except AmheError as error:
            await self._leave(error)
            return
        for warning in workspace.warnings[:3]:
            self.notify(warning, title="Changed outside this program", severity="warning", markup=False, timeout=15)
        await self.guarded_reload()

    async def _leave(self, error: AmheError) -> None:
        """Go back to the first screen, saying why: a dead end is never left standing."""
        from screens.start import StartScreen

        self.tell(error)
        if len(self.app.screen_stack) <= 2:
            self.app.switch_screen(StartScreen())
        else:
            self.dismiss()

    async def reload(self) -> None:
        """Read again what the programme holds."""
        from store.overview import overview

        if self.amhe.workspace is None:
            return
        day = self.today.isoformat()
        self._overview = await self.ask(self.workspace.read, lambda raw: overview(raw, day))
        self._show(self._overview)

    def _show(self, seen: Overview) -> None:
        programme = seen.programme
        self.place(
            f"{programme.get('area') or 'Programme'} · {programme.get('name', '')} · cycle {programme.get('cycle_number', '1')}"
        )
        for card in self.query(SubStepCard):
            card.fill(seen.counts)
        self._next = next_thing(seen.counts, seen.loose)
        labels = {stage.key: stage.label for stage in STAGES}
        funnel = " › ".join(f"{labels.get(key, key).lower()} {number}" for key, number in seen.funnel)
        self._line("thread", "Thread", funnel)
        self._line("next", "Next", f"{self._next.words} ({self._next.sub_step}, key n)")
        loose = [f"{len(ids)} {LOOSE_WORDS[key][len(ids) != 1]}" for key, ids in seen.loose.items()]
        self._line(
            "loose",
            "Loose",
            f"{' · '.join(loose[:2])}{' · and more' if len(loose) > 2 else ''} (key l)"
            if loose
            else "nothing hangs loose",
        )
        self._line("due", "Due", self._due(seen))

    def _due(self, seen: Overview) -> str:
        from amhe_tui.dates import british

        missing = [
            words
            for name, words in (
                ("data_controller", "data controller"),
                ("lawful_basis", "lawful basis"),
                ("privacy_notice", "privacy notice"),
            )
            if not seen.programme.get(name)
        ]
        late = [(day, words) for day, words in seen.dates if day < self.today.isoformat()]
        if late:
            return f"LATE since {british(late[0][0])}: {late[0][1]}"
        if missing:
            return f"not said yet: {', '.join(missing)} (key p)"
        return f"{british(seen.dates[0][0])}: {seen.dates[0][1]}" if seen.dates else "nothing has a date yet"

    def _line(self, name: str, label: str, words: str) -> None:
        self.query_one(f"#{name}", Static).update(Content.assemble((f"{label:<8}", "bold $primary"), plain(words)))

    def on_sub_step_card_opened(self, event: SubStepCard.Opened) -> None:
        """Go to a sub-step."""
        self.go(event.code)

    def go(self, code: str, table: str = "", record_id: str = "") -> None:
        """Go to a sub-step, and there to a kind of record and a record."""
        if self.amhe.workspace is None:
            self.say("One moment: the file is being opened.")
            return
        from screens.step import StepScreen

        self.app.push_screen(StepScreen(code, table=table, record_id=record_id))

    def action_step(self, number: int) -> None:
        """Put the focus on a step."""
        first = {1: "1A", 2: "2A", 3: "3A", 4: "4A"}[number]
        self.query_one(f"#card-{first}").focus()

    def action_move(self, across: int, down: int) -> None:
        """Move between the cards."""
        columns = [list(column.query(SubStepCard)) for column in self.query(".column")]
        for x, column in enumerate(columns):
            for y, card in enumerate(column):
                if card.has_focus:
                    target = columns[(x + across) % len(columns)]
                    target[min(max(y + down, 0), len(target) - 1)].focus()
                    return
        columns[0][0].focus()

    async def action_next(self) -> None:
        """Go to the next useful thing to do."""
        if self._next is not None:
            from store.records import record_type

            if self.amhe.workspace is None:
                self.say("One moment: the file is being opened.")
                return
            home = record_type(self._next.table).sub_step
            self.go(home or self._next.sub_step, self._next.table, self._next.record_id)

    def _push(self, module: str, name: str) -> None:
        if self.amhe.workspace is None:
            self.say("One moment: the file is being opened.")
            return
        from importlib import import_module

        self.app.push_screen(getattr(import_module(module), name)())

    def action_loose(self) -> None:
        """List what hangs loose."""
        self._push("screens.loose", "LooseScreen")

    def action_workshop(self) -> None:
        """Begin or go on with a first session in 90 minutes."""
        self._push("screens.workshop", "WorkshopScreen")

    def action_report(self) -> None:
        """Write the report."""
        self._push("screens.reporting", "ReportScreen")

    def action_thread(self) -> None:
        """Follow the golden thread."""
        self._push("screens.thread", "ThreadScreen")

    def action_history(self) -> None:
        """Show everything that was changed."""
        self._push("screens.history", "HistoryScreen")

    def action_settings(self) -> None:
        """Change the settings."""
        self._push("screens.preferences", "PreferencesDialog")

    @work
    async def action_programme(self) -> None:
        """Change what is said of the programme itself."""
        from screens.form import FormScreen

        await self.app.push_screen_wait(FormScreen(await self.ask(self.workspace.programme)))

    async def action_back(self) -> None:
        """Close this programme and go to the first screen."""
        from screens.start import StartScreen

        await self.ask(self.amhe.close_workspace)
        if len(self.app.screen_stack) <= 2:
            self.app.switch_screen(StartScreen())
        else:
            self.dismiss()

    async def action_quit(self) -> None:
        """End the program; everything is on the disk."""
        self.app.exit(0)

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the words of the title bar."""
        if self._overview is not None:
            self._show(self._overview)
