"""The ideas of a nominal group session on its screen: taken down, worded anew, joined, taken apart, removed."""

from __future__ import annotations

from textual import work
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from amhe_tui.errors import AmheError
from amhe_tui.programme.editing import remove
from amhe_tui.programme.votes import Session, add_idea, meaning
from amhe_tui.text import clean, one_line, shorten
from screens.design.stage_script import LONGEST_SHOWN, idea_line
from screens.shared.base import AmheScreen, guarded
from screens.shared.dialogs import AskDialog, PickDialog
from screens.shared.fields import LineInput
from store.records import Idea

BROAD = 160
"""From this width on there is room between ideas."""


class IdeasScreen(AmheScreen[None]):
    """A screen with a session's ideas in a list ``#ideas`` and a line ``#line`` to type them on."""

    def __init__(self) -> None:
        super().__init__()
        self._session_id = ""
        self._session: Session | None = None

    def _show_ideas(self) -> None:
        assert self._session is not None
        ideas = self.query_one("#ideas", OptionList)
        marked = self._marked_id()
        session, spaced = self._session, self.size.width >= BROAD
        options = [
            Option(idea_line(session, idea, depth, spaced=spaced), id=idea.id) for idea, depth in session.in_order()
        ]
        ideas.clear_options()
        ideas.add_options(options)
        keys = [option.id for option in options]
        if keys:
            ideas.highlighted = keys.index(marked) if marked in keys else 0

    def _marked_id(self) -> str:
        ideas = self.query_one("#ideas", OptionList)
        if ideas.highlighted is None or ideas.highlighted >= ideas.option_count:
            return ""
        return str(ideas.get_option_at_index(ideas.highlighted).id)

    def _marked(self) -> Idea | None:
        key = self._marked_id()
        return next((idea for idea in self._session.ideas if idea.id == key), None) if self._session else None

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
            key = await self.ask(add_idea, self.workspace, self._session_id, words)
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
        as_said = f"As it was said: {shorten(idea.words, LONGEST_SHOWN)}"
        answer = await self.answer(AskDialog(title, as_said, value=one_line(meaning(idea))))
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
            (other.id, f"{self._session.letters[other.id]}  {shorten(meaning(other), 120)}")
            for other in self._session.can_join(idea)
        ]
        if not choices:
            self.say("There is no other idea to join it with.")
            return
        title = f"Join idea {self._session.letters[idea.id]} with which?"
        chosen = await self.answer(
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
        voted = self._session is not None and any(idea.id in vote.ideas.split() for vote in self._session.rounds)
        if voted and "merged_into_id" in values:
            self.say("The result of the vote now counts them this way.")

    @guarded
    async def action_remove(self) -> None:
        """Remove the marked idea; undo brings it back."""
        idea = self._marked()
        if idea is None or not self._may_change():
            return
        removal = await self.ask(remove, self.workspace, idea, self.today)
        self.say(f"{removal.done} Press u to bring it back.")
        await self.reload()

    async def action_undo(self) -> None:
        """Take back the last change, but never under people who are voting."""
        if self._may_change():
            await super().action_undo()

    async def action_redo(self) -> None:
        """Do again what was taken back, but never under people who are voting."""
        if self._may_change():
            await super().action_redo()
