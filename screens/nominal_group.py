"""Running a nominal group: the question, the stage and its minutes, ideas one by one, and the way to the secret vote."""

from __future__ import annotations

import time
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, OptionList, Static
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import NominalStage
from amhe_tui.text import clean, one_line, shorten
from screens.answers import answer_of
from screens.base import AmheScreen, bind, guarded, plain
from screens.dialogs import AskDialog, ConfirmDialog, PickDialog
from screens.fields import LineInput
from screens.opening_vote import ask_and_open, hold_vote
from screens.session import Session, add_idea, meaning, read_session
from screens.stage_script import minutes_of, script_lines, whole_script
from screens.stage_timer import Clock, StageTimer, minutes_and_seconds
from store.records import Idea, NominalGroup, title_of

STAGES = tuple(NominalStage)
_SHORT = {
    NominalStage.WELCOME: "Welcome",
    NominalStage.SILENT: "Silent",
    NominalStage.ROUND_ROBIN: "Round robin",
    NominalStage.CLARIFY: "Clarify",
    NominalStage.VOTE: "Vote",
    NominalStage.DISCUSS: "Discuss",
    NominalStage.FINAL_VOTE: "Final",
    NominalStage.CLOSED: "Closed",
}
_LONGEST_SHOWN = 400
_WIDE, _BROAD = 100, 160
_timers: dict[tuple[str, str], StageTimer] = {}
"""Timers by session and stage, so that going back to the programme and in again does not stop the clock."""


class NominalGroupScreen(AmheScreen[None]):
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
        self._id = nominal_group_id
        self._clock = clock
        self._session: Session | None = None
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
            yield OptionList(id="ideas", markup=False, compact=True)
        yield Static(id="hint", markup=False)
        yield LineInput(placeholder="Type one idea as it was said; Enter keeps it", id="line", compact=True)

    def on_mount(self) -> None:
        """Choose the session and let the timer be seen."""
        self.set_interval(0.5, self._show_timer)
        self._choose()

    @work(exclusive=True, group="choose")
    async def _choose(self) -> None:
        try:
            if not self._id:
                self._id = await self._which() or ""
            if not self._id:
                self.dismiss()
                return
            await self.reload()
        except AmheError as error:
            self.tell(error)
            self.dismiss()
            return
        self._focus_for_stage()

    async def _which(self) -> str | None:
        sessions = await self.ask(self.workspace.list, NominalGroup)
        choices = [("new", "A new session"), *((one.id, title_of(one)) for one in reversed(sessions))]
        chosen = await answer_of(self, PickDialog("Which nominal group session?", choices))
        if chosen != "new":
            return chosen
        from screens.form import FormScreen

        return await answer_of(self, FormScreen(NominalGroup(held=self.today.isoformat()), fresh=True))

    # --- showing -----------------------------------------------------------------------------------------------------------------------------------

    @property
    def stage(self) -> NominalStage:
        """Return the stage the session is in; an unknown one counts as the first."""
        code = self._session.group.stage if self._session else ""
        return NominalStage(code) if code in {one.value for one in STAGES} else STAGES[0]

    async def reload(self) -> None:
        """Read the session again."""
        if not self._id:
            return
        self._session = await self.ask(read_session, self.workspace, self._id)
        self.place(f"2B {title_of(self._session.group)}")
        key = (self._id, self.stage.value)
        if key not in _timers:
            _timers[key] = StageTimer(minutes_of(self.stage), self._clock)
        self._timer = _timers[key]
        self._show_all()

    def on_resize(self) -> None:
        """Use the room there is."""
        if self._session is not None:
            self._show_all()

    def _show_all(self) -> None:
        assert self._session is not None
        self.query_one("#question", Static).update(plain(self._session.group.question, "bold"))
        self.query_one("#stages", Static).update(self._stage_line())
        self._show_script()
        self._show_ideas()
        self._show_timer()
        self._show_hint()

    def _stage_line(self) -> Content:
        wide = self.size.width >= _BROAD
        parts: list[Content | str | tuple[str, str]] = []
        for place, stage in enumerate(STAGES):
            words = stage.label if wide else _SHORT[stage]
            if parts:
                parts.append((" › " if wide else "›", "$text-muted"))
            if stage is self.stage:
                parts.append((f"▐{words}▌", "bold $primary"))
            else:
                parts.append((words, "" if place < STAGES.index(self.stage) else "$text-muted"))
        return Content.assemble(*parts)

    def _show_script(self) -> None:
        lines = script_lines(self.stage)
        parts: list[Content | str | tuple[str, str]] = []
        for head, words in lines:
            parts += ["\n" if parts else "", (f"{head} ", "bold $primary"), words]
            if self.size.width >= _WIDE:
                parts.append("\n")
        self.query_one("#script", Static).update(Content.assemble(*parts))
        self.query_one("#script-box").scroll_home(animate=False)

    def _show_ideas(self) -> None:
        assert self._session is not None
        ideas = self.query_one("#ideas", OptionList)
        marked = self._marked_id()
        options: list[Option] = []
        for idea, depth in self._session.in_order():
            options.append(Option(self._idea_line(idea, depth), id=idea.id))
        ideas.clear_options()
        ideas.add_options(options)
        keys = [one.id for one in options]
        if keys:
            ideas.highlighted = keys.index(marked) if marked in keys else len(keys) - 1

    def _idea_line(self, idea: Idea, depth: int) -> Content:
        assert self._session is not None
        letter = self._session.letters[idea.id]
        said = one_line(idea.words)
        parts: list[Content | str | tuple[str, str]] = []
        if depth:
            parts += ["   " * depth, ("↳ ", "$text-muted")]
        parts += [
            plain(f"{letter:<3}", "bold $primary"),
            plain(shorten(meaning(idea), _LONGEST_SHOWN), "$text-muted" if depth else ""),
        ]
        if idea.clarified.strip() and one_line(idea.clarified) != said:
            parts.append(plain(f"  (said: {shorten(said, 120)})", "$text-muted"))
        if self.size.width >= _BROAD:
            parts.append("\n")
        return Content.assemble(*parts)

    def _show_timer(self) -> None:
        if self._session is None or not self.is_mounted:
            return
        self.query_one("#digits", Digits).update(minutes_and_seconds(self._timer.left))
        style = "bold $warning" if self._timer.cue else ("bold" if self._timer.running else "$text-muted")
        self.query_one("#timer", Static).update(plain(self._timer.words, style))

    def _show_hint(self) -> None:
        assert self._session is not None
        count, own = len(self._session.ideas), len(self._session.on_their_own)
        words = f"{count} ideas, all saved" if count != 1 else "1 idea, saved"
        if own != count:
            words += f"; {own} to vote on, {count - own} joined with another"
        if self._session.open_round is not None:
            words = f"A vote is open on these ideas; v goes on with it. {words}."
        elif self.query_one("#line").has_focus:
            words += f". Enter keeps the next one as {self._session.next_letters()}; Esc goes to the list and its keys."
        else:
            words += ". a adds an idea, n goes to the next stage."
        self.query_one("#hint", Static).update(plain(words, "$text-muted"))

    def on_descendant_focus(self) -> None:
        """Say which keys work where the focus is now."""
        if self._session is not None:
            self._show_hint()

    def _focus_for_stage(self) -> None:
        typing = self.stage in (NominalStage.SILENT, NominalStage.ROUND_ROBIN)
        self.query_one("#line" if typing else "#ideas").focus()

    def _marked_id(self) -> str:
        ideas = self.query_one("#ideas", OptionList)
        if ideas.highlighted is None or ideas.highlighted >= ideas.option_count:
            return ""
        return str(ideas.get_option_at_index(ideas.highlighted).id)

    def _marked(self) -> Idea | None:
        key = self._marked_id()
        return next((one for one in self._session.ideas if one.id == key), None) if self._session else None

    # --- ideas -------------------------------------------------------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Go to the line where ideas are typed."""
        self.query_one("#line").focus()

    async def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Keep an idea; the line is free for the next one at once."""
        words = clean(event.value).strip()
        line = event.input
        if not words or self._session is None:
            return
        line.value = line.value.removeprefix(event.value)
        try:
            key = await self.ask(add_idea, self.workspace, self._id, words)
            await self.reload()
        except AmheError as error:
            line.value = event.value + line.value
            self.tell(error)
            return
        ideas = self.query_one("#ideas", OptionList)
        ideas.highlighted = ideas.get_option_index(key)

    def _may_change(self) -> bool:
        """Tell whether ideas may change; while people vote on them they may not."""
        if self._session is not None and self._session.open_round is not None:
            self.tell(
                AmheError(
                    "A vote is open",
                    "People are voting on these ideas as they are.",
                    "Close the vote first: press v, then c.",
                )
            )
            return False
        return True

    def _write(self, label: str, idea: Idea, **values: object) -> None:
        with self.workspace.change(label) as change:
            change.update(idea, **values)

    async def on_option_list_option_selected(self) -> None:
        """Word the marked idea anew."""
        self.action_edit()

    @work(exclusive=True, group="dialog")
    async def action_edit(self) -> None:
        """Say what the group understands by the marked idea; its own words are kept."""
        idea = self._marked()
        if idea is None or not self._may_change():
            return
        title = f"Idea {self._session.letters[idea.id] if self._session else ''}: what does the group understand by it?"
        said = f"As it was said: {shorten(idea.words, _LONGEST_SHOWN)}"
        answer = await answer_of(self, AskDialog(title, said, value=one_line(meaning(idea))))
        if answer is None:
            return
        clarified = "" if one_line(answer) == one_line(idea.words) else answer
        await self._change("Word an idea", idea, clarified=clarified)

    @work(exclusive=True, group="dialog")
    async def action_merge(self) -> None:
        """Join the marked idea with another; both are kept."""
        idea = self._marked()
        if idea is None or self._session is None or not self._may_change():
            return
        choices = [
            (one.id, f"{self._session.letters[one.id]}  {shorten(meaning(one), 120)}")
            for one in self._session.can_join(idea)
        ]
        if not choices:
            self.say("There is no other idea to join it with.")
            return
        title = f"Join idea {self._session.letters[idea.id]} with which?"
        chosen = await answer_of(
            self,
            PickDialog(title, choices, hint="Only when the group agrees. Both are kept; x takes them apart again."),
        )
        if chosen:
            await self._change("Merge ideas", idea, merged_into_id=chosen)

    @guarded
    async def action_unmerge(self) -> None:
        """Take the marked idea apart from the one it was joined with."""
        idea = self._marked()
        if idea is None or not self._may_change():
            return
        if not idea.merged_into_id:
            self.say("Mark the joined idea, the one with ↳ before it.")
            return
        await self._change("Unmerge ideas", idea, merged_into_id=None)

    async def _change(self, label: str, idea: Idea, **values: object) -> None:
        try:
            await self.ask(self._write, label, idea, **values)
            await self.reload()
        except AmheError as error:
            self.tell(error)
            return
        voted = self._session is not None and any(idea.id in one.ideas.split() for one in self._session.rounds)
        if voted and "merged_into_id" in values:
            self.say("The result of the vote now counts them this way.")

    @guarded
    async def action_remove(self) -> None:
        """Remove the marked idea; undo brings it back."""
        idea = self._marked()
        if idea is None or not self._may_change():
            return
        workspace = self.workspace

        def remove() -> None:
            with workspace.change("Remove idea") as change:
                change.remove(idea)

        await self.ask(remove)
        self.say("Removed. Press u to bring it back.")
        await self.reload()

    async def action_undo(self) -> None:
        """Take back the last change, but never under people who are voting."""
        if self._may_change():
            await super().action_undo()

    async def action_redo(self) -> None:
        """Do again what was taken back, but never under people who are voting."""
        if self._may_change():
            await super().action_redo()

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
        self._move(1)

    def action_previous_stage(self) -> None:
        """Go back."""
        self._move(-1)

    @work(group="stage")
    async def _move(self, by: int) -> None:
        place = STAGES.index(self.stage) + by
        if self._session is None or self._busy or not 0 <= place < len(STAGES):
            return
        self._busy = True
        try:
            await self._enter(STAGES[place], forward=by > 0)
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
        return await answer_of(self, ConfirmDialog("Hold a final vote?", words, yes="Hold it", no="Leave it out"))

    def _write_stage(self, stage: NominalStage) -> None:
        assert self._session is not None
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        with self.workspace.change(f"Go to stage {stage.label}") as change:
            change.update(self._session.group, stage=stage.value, stage_started=started)

    async def _vote_anew(self, stage: NominalStage) -> None:
        name = "First vote" if stage is NominalStage.VOTE else "Final vote"
        opened = await ask_and_open(self, self._id, name=name, stage=stage.value)
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
                from screens.vote_result import VoteResultScreen

                await answer_of(self, VoteResultScreen(closed.id))
            else:
                await self._vote_anew(NominalStage.VOTE)
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    # --- around the session ------------------------------------------------------------------------------------------------------------------------

    def action_guidance(self) -> None:
        """Show everything there is to say and do at this stage."""
        from screens.help import ReadingDialog

        self.amhe.push_screen(ReadingDialog(self.stage.label, whole_script(self.stage)))

    @work(exit_on_error=False, group="print")
    async def action_print(self) -> None:
        """Write the sheet of this session to print."""
        from screens.printing import print_session

        await print_session(self, self._id)

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
            words = f"“{shorten(line.value, _LONGEST_SHOWN)}”"
            question = ConfirmDialog("The last idea is not kept yet", words, yes="Keep it", no="Leave it out")
            keep = await answer_of(self, question)
            if keep is None:
                return
            try:
                if keep:
                    await self.ask(add_idea, self.workspace, self._id, line.value)
            except AmheError as error:
                self.tell(error)
                return
        self.dismiss()
