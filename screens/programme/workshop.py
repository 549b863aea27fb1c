"""A first session in ninety minutes: the parts, their minutes, and the ordinary screen each opens."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.method.workshop import PARTS, WorkshopPart
from amhe_tui.programme.goals import drawn
from amhe_tui.text import counted
from screens.programme.form import FormScreen
from screens.programme.printing import print_session
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Options
from store.records import Activity, Goal, NominalGroup, Priority, Remark, VotingRound, title_of

TOTAL = sum(part.minutes for part in PARTS)


class WorkshopScreen(AmheScreen[None]):
    """Lead a facilitator through a first session; nothing here is kept anywhere but in the ordinary records."""

    CSS_PATH = "workshop.tcss"
    where = f"Workshop in {TOTAL} minutes"
    helped_by = "2B"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("open", "print", "report", "undo", "redo", "start_clock")]

    def __init__(self) -> None:
        super().__init__()
        self._done: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Show the parts and the clock."""
        yield Static(id="clock", markup=False)
        yield Options(id="parts", markup=False)
        yield Static(id="tell", markup=False)

    async def on_mount(self) -> None:
        """Show where the session stands."""
        self.place(self.where)
        self.set_interval(1, self._show_clock)
        await self.guarded_reload()
        self.query_one(OptionList).focus()

    async def reload(self) -> None:
        """Count what the session has made."""
        workspace = self.workspace
        day = self.today.isoformat()

        def count() -> dict[str, str]:
            activities = [activity for activity in workspace.list(Activity) if activity.held == day]
            remarks = sum(len(workspace.list(Remark, activity_id=activity.id)) for activity in activities)
            sessions = [session for session in workspace.list(NominalGroup) if session.held in (day, "")]
            votes = [
                voting_round
                for voting_round in workspace.list(VotingRound)
                if voting_round.state == "closed"
                and voting_round.nominal_group_id in {session.id for session in sessions}
            ]
            goals = workspace.list(Goal)
            return {
                "engagement": counted(remarks, "remark today", "remarks today") if activities else "",
                "nominal_group": counted(len(votes), "vote closed", "votes closed")
                if votes
                else ("under way" if sessions else ""),
                "goal": counted(len(goals), "goal", "goals") if goals else "",
            }

        self._done = await self.ask(count)
        options = self.query_one(OptionList)
        marked = options.highlighted or 0
        options.clear_options()
        start = 0
        for number, part in enumerate(PARTS):
            done = self._done.get(part.opens, "")
            content = Content.assemble(
                (f"{start:>3}–{start + part.minutes:<3} min  ", "$text-muted"),
                ("✓ " if done else "  ", "$success"),
                plain(f"{number + 1}. {part.title}", "bold"),
                plain(f"   {done}", "$text-muted"),
            )
            options.add_option(Option(content, id=str(number)))
            start += part.minutes
        options.highlighted = min(marked, len(PARTS) - 1)

    def _show_clock(self) -> None:
        if not self.is_attached:
            return
        began = self.amhe.session_began
        if began is None:
            text = f"{TOTAL} minutes in {len(PARTS)} parts. Enter opens a part; s starts the clock."
        else:
            minutes = int((time.monotonic() - began) // 60)
            part = part_at(minutes)
            text = (
                f"{minutes} of {TOTAL} minutes gone. By the clock: {part.title}."
                if part
                else f"{minutes} minutes: over time. Read back what was agreed, and thank everybody."
            )
        self.query_one("#clock", Static).update(plain(text, "bold"))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what this part is."""
        part = PARTS[int(event.option.id or 0)]
        self.query_one("#tell", Static).update(
            Content.assemble(plain(part.title, "bold $primary"), "\n", plain(part.instruction))
        )
        self._show_clock()

    def action_open(self) -> None:
        """Open what is marked."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the screen of a part."""
        self._open(PARTS[int(event.option.id or 0)])

    def action_start_clock(self) -> None:
        """Start or stop the clock."""
        self.amhe.session_began = None if self.amhe.session_began is not None else time.monotonic()
        self._show_clock()

    @work(exclusive=True, group="part")
    async def _open(self, part: WorkshopPart) -> None:
        try:
            await self._open_part(part)
        except AmheError as error:
            self.tell(error)

    async def _open_part(self, part: WorkshopPart) -> None:
        if part.opens == "engagement":
            await self._notes()
        elif part.opens == "nominal_group":
            sessions = await self.ask(self.workspace.list, NominalGroup)
            today = [session for session in sessions if session.held in (self.today.isoformat(), "")]
            self.open("nominal_group", today[-1].id if today else "")
        elif part.opens == "goal":
            await self._goal()
        elif part.opens == "report":
            self.open("report")
        else:
            self.open("guidance", "1B", "Work with communities")

    async def _notes(self) -> None:
        day = self.today.isoformat()
        activities = [activity for activity in await self.ask(self.workspace.list, Activity) if activity.held == day]
        activity_id = activities[-1].id if activities else await self.answer(FormScreen(Activity(held=day), fresh=True))
        if activity_id:
            self.open("capture", activity_id)

    async def _goal(self) -> None:
        """Write a goal for a priority; the priority can be made here too."""
        priorities = await self.ask(self.workspace.list, Priority)
        with_goal = {goal.priority_id for goal in await self.ask(self.workspace.list, Goal)}
        choices = [
            (priority.id, title_of(priority) + ("  (has a goal)" if priority.id in with_goal else ""))
            for priority in priorities
        ]
        dialog = PickDialog("A goal for which priority?", [*choices, ("new", "A new priority…")])
        chosen = await self.answer(dialog) if choices else "new"
        if chosen == "new":
            chosen = await self.answer(FormScreen(Priority(), fresh=True))
        if not chosen:
            return
        follows = await self.ask(drawn, self.workspace, Goal, "priority_id", chosen)
        goal = Goal(priority_id=chosen, start=self.today.isoformat(), **follows)
        await self.answer(FormScreen(goal, fresh=True))
        await self.guarded_reload()

    @work
    async def action_print(self) -> None:
        """Write a sheet to print: where the session stands."""
        sessions = await self.ask(self.workspace.list, NominalGroup)
        if not sessions:
            self.say("There is no nominal group session yet; there is nothing to print.")
            return
        await print_session(self, sessions[-1].id)


def part_at(minutes: int) -> WorkshopPart | None:
    """Return the part that is on after so many minutes, or nothing when the time is over."""
    end = 0
    for part in PARTS:
        end += part.minutes
        if minutes < end:
            return part
    return None
