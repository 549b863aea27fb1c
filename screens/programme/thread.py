"""The golden thread of one record: from the numbers and voices through vote and goal to the proof."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.programme.thread import STAGE_LABELS, thread_of
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Options
from store.records import Finding, Priority, record_type, title_of


class ThreadScreen(AmheScreen[None]):
    """Everything on one thread, in the order of the method; Enter goes to what is marked."""

    CSS_PATH = "thread.tcss"
    where = "The golden thread"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("open", "undo", "redo")]

    def __init__(self, table: str = "", record_id: str = "") -> None:
        super().__init__()
        self._table, self._record_id = table, record_id

    def body(self) -> ComposeResult:
        """Show the knots under each other."""
        yield Static(id="lead", markup=False)
        yield Options(markup=False, id="knots")

    def on_mount(self) -> None:
        """Choose whose thread, then follow it."""
        self.place(self.where)
        self._begin()

    @work(exclusive=True, group="begin")
    async def _begin(self) -> None:
        if not self._record_id:
            findings = await self.ask(self.workspace.list, Finding)
            priorities = await self.ask(self.workspace.list, Priority)
            choices = [(f"finding|{finding.id}", f"Finding: {title_of(finding)}") for finding in findings] + [
                (f"priority|{priority.id}", f"Priority: {title_of(priority)}") for priority in priorities
            ]
            if not choices:
                self.say("There is no finding yet; the thread begins with one.")
                self.dismiss()
                return
            chosen = await self.answer(PickDialog("Follow which thread?", choices))
            if not chosen:
                self.dismiss()
                return
            self._table, self._record_id = chosen.split("|")
        await self.guarded_reload()
        self.query_one("#knots").focus()

    async def reload(self) -> None:
        """Follow the thread again."""
        if not self._record_id:
            return
        thread = await self.ask(thread_of, self.workspace, self._table, self._record_id)
        knots = self.query_one("#knots", OptionList)
        knots.clear_options()
        stage = ""
        here = 0
        for knot in thread.knots:
            if knot.stage != stage:
                stage = knot.stage
                knots.add_option(Option(Content.styled(STAGE_LABELS[stage].upper(), "bold $primary"), disabled=True))
            mark = "▶ " if knot.record_id == self._record_id else "│ "
            knots.add_option(
                Option(
                    Content.assemble(
                        (mark, "$primary"),
                        plain(knot.title, "bold" if mark == "▶ " else ""),
                        plain(f"\n│   {knot.detail}", "dim") if knot.detail else "",
                    ),
                    id=f"{knot.table}|{knot.record_id}",
                )
            )
            if knot.record_id == self._record_id:
                here = knots.option_count - 1
        knots.highlighted = here
        if thread.beside or not thread.knots:
            gone = f"This {record_type(self._table).singular} is gone. Press Esc to go back."
            self.query_one("#lead", Static).update(plain(thread.beside or gone))
            return
        missing = [STAGE_LABELS[key] for key in thread.missing]
        self.query_one("#lead", Static).update(
            Content.assemble(
                "From the gap in the numbers to the proof that it closed. ",
                (
                    f"Not on this thread yet: {', '.join(missing).lower()}." if missing else "Every stage is there.",
                    "dim",
                ),
            )
        )

    def action_open(self) -> None:
        """Open what is marked."""
        self.query_one("#knots", OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the record."""
        table, record_id = (event.option.id or "|").split("|")
        kind = record_type(table)
        if kind.sub_step and kind.listed:
            self.open("step", kind.sub_step, table=table, record_id=record_id)
