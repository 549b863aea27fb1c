"""Running a nominal group: the question, the stage and its minutes, ideas one by one, and the way to the secret vote."""

from __future__ import annotations

import time
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Digits, Static

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import NominalStage
from amhe_tui.method.nominal_group import guide_to, next_stage, previous_stage
from amhe_tui.programme.votes import add_idea, read_session
from amhe_tui.text import shorten
from screens.design.nominal_ideas import BROAD, IdeasScreen
from screens.design.opening_vote import ask_and_open, hold_vote
from screens.design.stage_script import (
    LONGEST_SHOWN,
    Clock,
    StageTimer,
    minutes_and_seconds,
    script,
    stage_line,
    whole_script,
)
from screens.programme.form import FormScreen
from screens.programme.printing import print_session
from screens.shared.base import bind, plain
from screens.shared.dialogs import ConfirmDialog, PickDialog, ReadingDialog
from screens.shared.drafts import keep_line, put_line_back
from screens.shared.fields import LineInput
from screens.shared.widgets import Options
from store.records import NominalGroup, title_of

_WIDE = 100


_timers: dict[tuple[str, str], StageTimer] = {}
"""Timers by session and stage, so that going back to the programme and in again does not stop the clock."""


class NominalGroupScreen(IdeasScreen):
    """Lead one nominal group session; with no session given it asks which, or makes one.

    Args:
        nominal_group_id: The key of the session.
        clock: Returns seconds that only ever grow; tests give their own.
    """

    CSS_PATH = "nominal_group.tcss"
    where = "2B Nominal group"
    helped_by = "2B"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind(
            "add",
            "next_stage",
            "timer",
            "merge",
            "edit",
            "ballot_box",
            "print",
            "remove",
            "undo",
            "redo",
            "previous_stage",
            "minute",
            "unmerge",
            "guidance",
        ),
    ]

    def __init__(self, nominal_group_id: str = "", *, clock: Clock = time.monotonic) -> None:
        super().__init__()
        self._session_id = nominal_group_id
        self._clock = clock
        self._timer = StageTimer(0, clock)
        self._busy = False

    def body(self) -> ComposeResult:
        """Show question, stages, timer, what to say now, the ideas, and the line to type on."""
        yield Static(id="question", markup=False)
        yield Static(id="stages", markup=False)
        with Container(id="room"):
            with Vertical(id="side"):
                yield Digits("", id="digits")
                yield Static(id="timer", markup=False)
                yield VerticalScroll(Static(id="script", markup=False), id="script-box", can_focus=False)
            yield Options(id="ideas", markup=False, compact=True)
        yield Static(id="hint", markup=False)
        yield LineInput(
            placeholder="One idea as it was said; Enter keeps it (key a comes here)", id="line", compact=True
        )

    def on_mount(self) -> None:
        """Choose the session and let the timer be seen."""
        self.set_interval(0.5, self._show_timer)
        self._choose()

    @work(exclusive=True, group="choose")
    async def _choose(self) -> None:
        try:
            if not self._session_id:
                self._session_id = await self._which() or ""
            if not self._session_id:
                self.dismiss()
                return
            await self.reload()
            await put_line_back(self, self._session_id)
        except AmheError as error:
            self.tell(error)
            self.dismiss()
            return
        self._focus_for_stage()

    async def keep_typed(self) -> None:
        """Keep the idea that is half typed."""
        await keep_line(self, self._session_id)

    async def _which(self) -> str | None:
        sessions = await self.ask(self.workspace.list, NominalGroup)
        choices = [("new", "A new session"), *((session.id, title_of(session)) for session in reversed(sessions))]
        chosen = await self.answer(PickDialog("Which nominal group session?", choices)) if sessions else "new"
        if chosen != "new":
            return chosen
        return await self.answer(FormScreen(NominalGroup(held=self.today.isoformat()), fresh=True))

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    @property
    def stage(self) -> NominalStage:
        """Return the stage the session is in; an unknown one counts as the first."""
        return guide_to(self._session.group.stage if self._session else "").stage

    async def reload(self) -> None:
        """Read the session again."""
        if not self._session_id:
            return
        self._session = await self.ask(read_session, self.workspace, self._session_id)
        self.place(f"2B Nominal group: {self.stage.label}")
        key = (self._session_id, self.stage.value)
        if key not in _timers:
            _timers[key] = StageTimer(guide_to(self.stage).minutes, self._clock)
        self._timer = _timers[key]
        self._show_all()

    def on_resize(self) -> None:
        """Use the room there is."""
        if self._session is not None:
            self._show_all()

    def _show_all(self) -> None:
        assert self._session is not None
        self.query_one("#question", Static).update(plain(self._session.group.question, "bold"))
        self.query_one("#stages", Static).update(stage_line(self.stage, long=self.size.width >= BROAD))
        self.query_one("#script", Static).update(script(self.stage, spaced=self.size.width >= _WIDE))
        self.query_one("#script-box").scroll_home(animate=False)
        self._show_ideas()
        self._show_timer()
        self._show_hint()

    def _show_timer(self) -> None:
        if self._session is None or not self.is_mounted:
            return
        self.set_class(guide_to(self.stage).minutes == 0, "-untimed")
        self.query_one("#digits", Digits).update(minutes_and_seconds(self._timer.left))
        style = "bold $warning" if self._timer.cue else ("bold" if self._timer.running else "$text-muted")
        self.query_one("#timer", Static).update(plain(self._timer.words, style))

    def _show_hint(self) -> None:
        assert self._session is not None
        count, own = len(self._session.ideas), len(self._session.on_their_own)
        words = f"{count} ideas, all saved" if count != 1 else "1 idea, saved"
        if own != count:
            words += f"; {own} to vote on, {count - own} joined"
        if self._session.open_round is not None:
            words = f"A vote is open on these ideas; v goes on with it. {words}."
        elif self.query_one("#line").has_focus:
            words += f". Enter keeps the next as {self._session.next_letters()}, Esc goes to the list."
        else:
            words += ". a adds an idea."
        self.query_one("#hint", Static).update(plain(words, "$text-muted"))

    def on_descendant_focus(self) -> None:
        """Say which keys work where the focus is now."""
        if self._session is not None:
            self._show_hint()

    def _focus_for_stage(self) -> None:
        self.query_one("#line" if self.stage is NominalStage.ROUND_ROBIN else "#ideas").focus()

    # --- stages and timer --------------------------------------------------------------------------------------------------------------------------

    def action_timer(self) -> None:
        """Start or pause."""
        self._timer.turn()
        self._show_timer()

    def action_minute(self) -> None:
        """One minute more."""
        self._timer.add_minute()
        self._show_timer()

    def action_next_stage(self) -> None:
        """Go on."""
        self._move(forward=True)

    def action_previous_stage(self) -> None:
        """Go back."""
        self._move(forward=False)

    @work(group="stage")
    async def _move(self, *, forward: bool) -> None:
        stage = next_stage(self.stage) if forward else previous_stage(self.stage)
        if self._session is None or self._busy or stage is self.stage:
            return
        self._busy = True
        try:
            await self._enter(stage, forward=forward)
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    async def _enter(self, stage: NominalStage, *, forward: bool) -> None:
        assert self._session is not None
        voting = stage in (NominalStage.VOTE, NominalStage.FINAL_VOTE)
        needed = 1 if stage is NominalStage.VOTE else 2
        if forward and voting and self._session.open_round is None and len(self._session.rounds) < needed:
            wanted = stage is NominalStage.VOTE or await self._wants_final_vote()
            if wanted:
                await self._vote_anew(stage)
            if wanted or wanted is None:
                return
            stage = NominalStage.CLOSED
        await self.ask(self._write_stage, stage)
        await self.reload()
        self._focus_for_stage()

    async def _wants_final_vote(self) -> bool | None:
        words = "The final vote is for a group whose view moved in the discussion. Where the first result is clear, leave it out."
        return await self.answer(ConfirmDialog("Hold a final vote?", words, yes="Hold it", no="Leave it out"))

    def _write_stage(self, stage: NominalStage) -> None:
        assert self._session is not None
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        with self.workspace.change(f"Go to stage {stage.label}") as change:
            change.update(self._session.group, stage=stage.value, stage_started=started)

    async def _vote_anew(self, stage: NominalStage) -> None:
        name = "First vote" if stage is NominalStage.VOTE else "Final vote"
        opened = await ask_and_open(self, self._session_id, name=name, stage=stage.value)
        if opened:
            await self.reload()
            await hold_vote(self, opened)

    @work(group="stage")
    async def action_ballot_box(self) -> None:
        """Open the vote, go on with it, or see its result."""
        if self._session is None or self._busy:
            return
        self._busy = True
        try:
            under_way, closed = self._session.open_round, self._session.last_closed
            if under_way is not None:
                await hold_vote(self, under_way.id)
            elif closed is not None:
                await self.answer("vote_result", closed.id)
            else:
                await self._vote_anew(NominalStage.VOTE)
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    # --- around the session ------------------------------------------------------------------------------------------------------------------------

    def action_guidance(self) -> None:
        """Show everything there is to say and do at this stage."""
        question = self._session.group.question if self._session else ""
        self.open(ReadingDialog(self.stage.label, whole_script(self.stage, question)))

    @work(group="print")
    async def action_print(self) -> None:
        """Write the sheet of this session to print."""
        await print_session(self, self._session_id)

    async def action_back(self) -> None:
        """From the line to the list, from there to the programme; a half-typed idea is asked about."""
        if self.query_one("#line").has_focus:
            self.query_one("#ideas").focus()
        else:
            self._leave()

    @work(exclusive=True, group="dialog")
    async def _leave(self) -> None:
        line = self.query_one("#line", LineInput)
        if line.value.strip() and self._session is not None:
            words = f"“{shorten(line.value, LONGEST_SHOWN)}”"
            # Enter takes the first button, and whoever hurries out must lose nothing.
            question = ConfirmDialog("The last idea is not kept yet", words, yes="Leave it out", no="Keep it")
            leave_out = await self.answer(question)
            if leave_out is None:
                return
            try:
                if not leave_out:
                    await self.ask(add_idea, self.workspace, self._session_id, line.value)
            except AmheError as error:
                self.tell(error)
                return
        self.dismiss()
