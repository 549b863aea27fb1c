"""The programme's home: the four steps, the golden thread, what hangs loose and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from amhe_tui.dates import british
from amhe_tui.errors import AmheError
from amhe_tui.method.loose_ends import LOOSE_ENDS
from amhe_tui.method.progress import Suggestion, next_thing
from amhe_tui.method.steps import SUB_STEPS, SubStep
from amhe_tui.method.thread import STAGES
from screens.shared.base import AmheScreen, bind, motions, plain

if TYPE_CHECKING:
    from amhe_tui.programme.progress import Standing
    from store.glance import Glance, Overview


class Board(Widget, can_focus=True):
    """The four steps as columns, drawn as one: each sub-step with how full it is and what it holds.

    One widget instead of fifteen, because this is what a person waits for when the program starts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("open"),
        *motions(left="move(-1,0)", right="move(1,0)", up="move(0,-1)", down="move(0,1)"),
    ]
    marked = reactive("1A")

    class Opened(Message):
        """A person wants to go to this sub-step."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self) -> None:
        super().__init__(id="board")
        self._standings: dict[str, Standing] = {}

    def fill(self, standings: dict[str, Standing]) -> None:
        """Show where the sub-steps stand."""
        self._standings = standings
        self.refresh()

    @property
    def _high(self) -> int:
        """Return how many lines a sub-step takes."""
        return 3 if self.size.height < _ROOMY else 4

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the lines of the longest column and the headings."""
        return 1 + max(len(column) for column in _COLUMNS) * (3 if viewport.height < _ROOMY_SCREEN else 4)

    def render(self) -> Content:
        """Draw the columns."""
        wide = self.size.width // len(_COLUMNS)
        headings = (shorten_cells(column[0].step.label.upper(), wide - 1).ljust(wide) for column in _COLUMNS)
        lines = [Content.assemble(*((heading, "bold $primary") for heading in headings))]
        for row in range(max(len(column) for column in _COLUMNS)):
            cards = [
                self._card(column[row], wide) if row < len(column) else [Content(" " * wide)] * self._high
                for column in _COLUMNS
            ]
            lines += [Content.assemble(*(card[number] for card in cards)) for number in range(self._high)]
        return Content("\n").join(lines)

    def _card(self, sub_step: SubStep, wide: int) -> list[Content]:
        style = "bold $foreground on $primary 25%" if sub_step.code == self.marked and self.has_focus else ""
        standing = self._standings.get(sub_step.code)
        dots = standing.dots if standing else ""
        phrases = [] if standing is None else standing.phrases or ["none yet"]
        dotted = wide >= _DOTTED
        title = f"{sub_step.code} {sub_step.short:<10} {dots}" if dotted else f"{sub_step.code} {sub_step.short}"
        lines = [title, *(f"  {phrase}" if dotted else phrase for phrase in phrases)]
        texts = [shorten_cells(line, wide - 1) for line in lines] + [""] * self._high
        looks = [style or "bold", *([style or "$text-muted"] * (self._high - 1))]
        return [
            Content.assemble((text + " " * (wide - 1 - cell_len(text)), look), " ")
            for text, look in zip(texts[: self._high], looks, strict=True)
        ]

    def action_move(self, across: int, down: int) -> None:
        """Move the mark between sub-steps."""
        x, y = next(
            (x, y)
            for x, column in enumerate(_COLUMNS)
            for y, sub_step in enumerate(column)
            if sub_step.code == self.marked
        )
        column = _COLUMNS[(x + across) % len(_COLUMNS)]
        self.marked = column[min(max(y + down, 0), len(column) - 1)].code

    def action_open(self) -> None:
        """Go to the marked sub-step."""
        self.post_message(self.Opened(self.marked))

    def on_click(self, event: events.Click) -> None:
        """Go to the sub-step that was clicked."""
        x, y = min(event.x // max(self.size.width // len(_COLUMNS), 1), len(_COLUMNS) - 1), (event.y - 1) // self._high
        if event.y > 0 and y < len(_COLUMNS[x]):
            self.marked = _COLUMNS[x][y].code
            self.action_open()


_COLUMNS = tuple(
    tuple(sub_step for sub_step in SUB_STEPS if sub_step.step is step)
    for step in dict.fromkeys(sub_step.step for sub_step in SUB_STEPS)
)


_ROOMY, _ROOMY_SCREEN = 13, 32
_DOTTED = 19
"""Cells of a column from which there is room for how full a sub-step is, beside its name."""
_LABEL, _AROUND = 8, 6
"""Cells that a label takes, and the margin, padding and scroll bar left and right of what stands below the board."""


def shorten_cells(text: str, width: int) -> str:
    """Return text cut to a width in cells."""
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"


class HomeScreen(AmheScreen[None]):
    """The programme at a look; it is painted from a glance of the file, which is opened for work just after; then what the steps hold is there too."""

    # In the class, not in a file beside it: Textual does not read the style file of the screen it starts with.
    DEFAULT_CSS = """
    HomeScreen #board { height: auto; margin: 1 1 0 1; }
    HomeScreen #below { height: auto; border-top: solid $primary 40%; padding: 0 1; margin: 1 1 0 1; }
    """
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
            "step_1",
            "step_2",
            "step_3",
            "step_4",
            "quit",
        ),
    ]

    def __init__(self, seen: Glance) -> None:
        super().__init__()
        self._seen = seen
        self._overview: Overview | None = seen.overview
        self._next: Suggestion | None = None

    def body(self) -> ComposeResult:
        """Show the four steps and, below them, the thread."""
        yield Board()
        yield Static(id="below", markup=False)

    def on_mount(self) -> None:
        """Paint from the glance, then open the file."""
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
        self.tell(error)
        if len(self.amhe.screen_stack) <= 2:
            self.open("start")
        else:
            self.dismiss()

    async def reload(self) -> None:
        """Read again what the programme holds."""
        from store.glance import overview

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
        if self.amhe.workspace is not None:
            # What is counted is said by the records, and they take longer to load than all of this screen.
            from amhe_tui.programme.progress import standing

            self.query_one(Board).fill({sub_step.code: standing(sub_step.code, seen.counts) for sub_step in SUB_STEPS})
        self._next = next_thing(seen.counts, seen.loose)
        labels = {stage.key: stage.label for stage in STAGES}
        funnel = " › ".join(f"{labels.get(key, key).lower()} {number}" for key, number in seen.funnel)
        loose = [LOOSE_ENDS[key].counted(len(ids)) for key, ids in seen.loose.items()]
        hanging = (
            f"{' · '.join(loose[:2])}{' · and more' if len(loose) > 2 else ''} (key l)"
            if loose
            else "nothing hangs loose"
        )
        lines = (
            ("Thread", funnel),
            ("Next", f"{self._next.words} ({self._next.sub_step}, key n)"),
            ("Due", self._due(seen)),
            ("Loose", hanging),
        )
        apart = "\n\n" if self.size.height >= _ROOMY_SCREEN else "\n"
        self.query_one("#below", Static).update(
            Content(apart).join(
                Content.assemble((f"{label:<{_LABEL}}", "bold $primary"), self._beside(text)) for label, text in lines
            )
        )

    def _beside(self, text: str) -> Content:
        """Return a text broken into lines that stand below one another, beside their label."""
        room = max(self.size.width - _AROUND - _LABEL, 10)
        return Content("\n" + " " * _LABEL).join(plain(text).wrap(room))

    def _due(self, seen: Overview) -> str:
        missing = [
            label
            for name, label in (
                ("data_controller", "data controller"),
                ("lawful_basis", "lawful basis"),
                ("privacy_notice", "privacy notice"),
            )
            if not seen.programme.get(name)
        ]
        late = [(day, what) for day, what in seen.dates if day < self.today.isoformat()]
        if late:
            return f"LATE since {british(late[0][0])}: {late[0][1]}"
        if missing:
            return f"not said yet: {', '.join(missing)} (key p)"
        return f"{british(seen.dates[0][0])}: {seen.dates[0][1]}" if seen.dates else "nothing has a date yet"

    def on_board_opened(self, event: Board.Opened) -> None:
        """Go to a sub-step."""
        self.go(event.code)

    def go(self, code: str, table: str = "", record_id: str = "") -> None:
        """Go to a sub-step, and there to a kind of record and a record."""
        if self._is_open():
            self.open("step", code, table=table, record_id=record_id)

    def action_open_screen(self, name: str) -> None:
        """Open a screen of the programme, once its file is open."""
        if self._is_open():
            super().action_open_screen(name)

    def _is_open(self) -> bool:
        """Tell whether the file is open for work; where it is not yet, say so."""
        if self.amhe.workspace is None:
            self.say("One moment: the file is being opened.")
        return self.amhe.workspace is not None

    def action_step(self, number: int) -> None:
        """Put the focus on a step."""
        first = {1: "1A", 2: "2A", 3: "3A", 4: "4A"}[number]
        board = self.query_one(Board)
        board.marked = first
        board.focus()

    async def action_next(self) -> None:
        """Go to the next useful thing to do."""
        if self._next is not None and self._is_open():
            from store.records import record_type

            home = record_type(self._next.table).sub_step
            self.go(home or self._next.sub_step, self._next.table, self._next.record_id)

    @work
    async def action_programme(self) -> None:
        """Change what is said of the programme itself."""
        await self.answer("form", await self.ask(self.workspace.programme))

    async def action_back(self) -> None:
        """Close this programme and go to the first screen."""
        await self.ask(self.amhe.close_workspace)
        if len(self.amhe.screen_stack) <= 2:
            self.open("start")
        else:
            self.dismiss()

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the words of the title bar."""
        if self._overview is not None:
            self._show(self._overview)
