"""Who is missing: how complete the data are, groups they lack, people numbers miss, and the eight challenges, each with what to do next."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import SeenState
from amhe_tui.programme.missing.board import MissingBoard, board
from amhe_tui.programme.missing.challenges import ChallengeLine
from amhe_tui.programme.missing.people import (
    PersonLine,
    ask_in_1b,
    finding_of_absence,
    fresh_challenge,
    fresh_group,
    note_group,
)
from amhe_tui.text import safe
from screens.identify.missing_words import ABOUT, HEADS, Row, absent_of, in_full, rows_of, sections_line
from screens.programme.form import FormScreen
from screens.shared.base import AmheScreen, bind
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import Challenge, GroupToSee

_PEOPLE = ("seen_state", "absence", "recruit")


class SectionLine(Static):
    """The four sections on one line; a click goes to one."""

    def __init__(self) -> None:
        super().__init__(id="sections", markup=False)
        self._ends: list[int] = []

    def show(self, section: int) -> None:
        """Mark the section that is shown, by an arrow and not by colour alone."""
        self._ends.clear()
        parts: list[Content | tuple[str, str]] = []
        at = 0
        for label, chosen in sections_line(section):
            text = f"{'▸' if chosen else ' '}{label} "
            parts.append((text, "bold $primary" if chosen else "$text-muted"))
            at += cell_len(text)
            self._ends.append(at)
        self.update(Content.assemble(*parts))

    async def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        for number, end in enumerate(self._ends, start=1):
            if event.x < end:
                await self.screen.run_action(f"section({number})")
                return


class MissingScreen(AmheScreen[None]):
    """Four tables, one at a time, with the marked row in full below."""

    CSS_PATH = "missing.tcss"
    where = "1A Who is missing"
    helped_by = "1A"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind("show_complete", "show_lacking", "show_people", "show_challenges"),
        *bind("edit_missing", "seen_state", "absence", "recruit", "look_for", "add_missing"),
        *bind("breakdown", "import", "undo", "redo", "help"),
    ]

    def __init__(self, section: int = 1) -> None:
        super().__init__()
        self._section = section - 1
        self._board: MissingBoard | None = None
        self._rows: list[Row] = []
        self._marks: dict[int, str] = {}

    def body(self) -> ComposeResult:
        """Show the sections, the table of one, and what is marked."""
        with Vertical():
            yield SectionLine()
            yield Static(id="about", markup=False)
            yield Rows(cursor_type="row", id="missing")
            yield VerticalScroll(Static(id="detail", markup=False))

    async def on_mount(self) -> None:
        """Read the board."""
        self.place(self.where)
        self.query_one("#detail", Static).update("Looking through the data…")
        await self.guarded_reload()
        self.query_one("#missing").focus()

    async def reload(self) -> None:
        """Read the board again; the marked row stays marked."""
        self._board = await self.ask(board, self.workspace)
        self._show_section()

    def on_resize(self) -> None:
        """Lay the rows out for the room there is."""
        if self._board is not None:
            self._show_section()

    def offers(self, name: str) -> bool:
        """Offer only what the section has."""
        if name in _PEOPLE:
            return self._section in (1, 2)
        if name == "look_for":
            return self._section == 1
        if name in ("add_missing", "edit_missing"):
            return self._section in (2, 3)
        return self._section < 2 if name in ("breakdown", "import") else True

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    def _show_section(self) -> None:
        assert self._board is not None
        wanted = self._marks.get(self._section, "")
        self.query_one(SectionLine).show(self._section)
        self.query_one("#about", Static).update(ABOUT[self._section])
        table = self.query_one("#missing", Rows)
        self._rows = rows_of(self._board, self._section, self.size.width)
        with self.prevent(Rows.RowHighlighted):
            table.clear(columns=True)
            for place, head in enumerate(HEADS[self._section]):
                table.add_column(
                    head, width=max(cell_len(head), *(cell_len(row.cells[place]) for row in self._rows), 0)
                )
            for row in self._rows:
                table.add_row(*(Text(safe(cell)) for cell in row.cells), key=row.key)
            keys = [row.key for row in self._rows]
            table.move_cursor(row=keys.index(wanted) if wanted in keys else 0)
        self._show_marked()
        self.refresh_bindings()

    def _show_marked(self) -> None:
        row = self._marked()
        if row is not None:
            self._marks[self._section] = row.key
        self.query_one("#detail", Static).update(in_full(row.item if row else None, self._board))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _marked(self) -> Row | None:
        at = self.query_one("#missing", Rows).cursor_row
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def on_data_table_row_highlighted(self) -> None:
        """Show what is marked in full."""
        self._show_marked()

    def on_data_table_row_selected(self) -> None:
        """Enter changes what is marked."""
        if self.offers("edit_missing"):
            self.action_edit_missing()

    def action_section(self, number: int) -> None:
        """Show another section."""
        self._section = number - 1
        if self._board is not None:
            self._show_section()

    # --- what can be done --------------------------------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="form")
    async def action_edit_missing(self) -> None:
        """Write down what is known of the marked group or challenge."""
        record, fresh = await self._record()
        if record is not None:
            await self._form(record, fresh=fresh)

    async def _record(self) -> tuple[GroupToSee | Challenge | None, bool]:
        """Return the record of the marked row, and whether it is not in the file yet."""
        row = self._marked()
        if row is not None and isinstance(row.item, PersonLine):
            if row.item.record_id:
                return await self.ask(self.workspace.need, GroupToSee, row.item.record_id), False
            return fresh_group(row.item.name), True
        if row is not None and isinstance(row.item, ChallengeLine):
            if not row.item.met:
                return fresh_challenge(row.item.kind), True
            chosen: str | None = row.item.met[0].record_id
            if len(row.item.met) > 1:
                choices = [(record.record_id, record.seen_in or record.state_words) for record in row.item.met]
                chosen = await self.answer(PickDialog("Which of them?", choices))
            if chosen is not None:
                return await self.ask(self.workspace.need, Challenge, chosen), False
        return None, False

    async def _form(self, record: GroupToSee | Challenge, *, fresh: bool) -> None:
        if await self.answer(FormScreen(record, fresh=fresh)):
            self.say("Saved.")

    @work(exclusive=True, group="form")
    async def action_add_missing(self) -> None:
        """Add a group of your own, or another place where a challenge was met."""
        row = self._marked()
        if row is not None and isinstance(row.item, ChallengeLine):
            await self._form(fresh_challenge(row.item.kind), fresh=True)
        else:
            await self._form(GroupToSee(kind="other"), fresh=True)

    async def _who(self) -> str:
        """Return the name of the marked group; where a row lacks several, the one that is chosen."""
        row = self._marked()
        if row is not None and isinstance(row.item, PersonLine):
            return row.item.name
        absent = absent_of(self._rows, self.query_one("#missing", Rows).cursor_row)
        if len(absent) > 1:
            choices = [(group, group) for group in absent]
            return await self.answer(PickDialog("Which group?", choices)) or ""
        if not absent:
            self.say("No group is named here. Mark one that is lacking, or go to 3.")
        return absent[0] if absent else ""

    @work(exclusive=True, group="pick")
    async def action_seen_state(self) -> None:
        """Say whether data see the marked group."""
        name = await self._who()
        if not name:
            return
        choices = [(state.value, state.label) for state in SeenState]
        chosen = await self.answer(PickDialog(f"{name}: can data see them?", choices))
        if chosen is None:
            return
        try:
            await self.ask(note_group, self.workspace, name, seen=chosen)
        except AmheError as error:
            self.tell(error)
            return
        self.say(f"{name}: {SeenState(chosen).label}.")
        await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_look_for(self) -> None:
        """Take a group the data lack among the people to look for."""
        name = await self._who()
        if name:
            try:
                await self.ask(note_group, self.workspace, name)
            except AmheError as error:
                self.tell(error)
                return
            self.say(f"{name} is among the people of 3 now.")
            await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_absence(self) -> None:
        """Make a finding of it that no data see the marked group."""
        row = self._marked()
        if row is not None and isinstance(row.item, PersonLine) and row.item.state == "seen":
            self.say("Data see them. If that is not so, s says it first.")
            return
        name = await self._who()
        if name:
            try:
                finding = await self.ask(finding_of_absence, self.workspace, name)
            except AmheError as error:
                self.tell(error)
                return
            self.say(f"Finding: {finding.title}.")
            await self.guarded_reload()

    @work(exclusive=True, group="pick")
    async def action_recruit(self) -> None:
        """Plan an activity of 1B with the marked group."""
        name = await self._who()
        if name:
            try:
                activity = await self.ask(ask_in_1b, self.workspace, name)
            except AmheError as error:
                self.tell(error)
                return
            self.say(f"Among the activities of 1B: {activity.title}.")
            await self.guarded_reload()
