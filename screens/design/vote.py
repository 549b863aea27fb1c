"""The ballot box on one laptop, handed round: a blank screen between people, and nothing counted before it is closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from amhe_tui.errors import AmheError
from amhe_tui.method.nominal_group import SECRECY
from amhe_tui.programme.votes import MOST_VOTERS, close_round, read_paper, scheme_of_vote, set_voters, whole_number
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.dialogs import AskDialog, ConfirmDialog
from store.records import NominalGroup, VotingRound
from store.workspace import Workspace

_HAND_OVER = "Hand the laptop to the next person."


_ALL_IN = "All ballots are in the box.\n\nThe facilitator closes the vote; then it is counted."


class VoteScreen(AmheScreen[bool]):
    """Take the ballots of one vote; answers with true when the vote was closed here.

    It never reads a ballot: what it shows is how many are in the box.
    """

    CSS_PATH = "vote.tcss"
    where = "2B Secret vote"
    helped_by = "2B"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("begin_ballot", "scribe", "people", "close_vote")]

    def __init__(self, round_id: str) -> None:
        super().__init__()
        self._round_id = round_id
        self._begun = False
        self._busy = False
        self._full = False

    def body(self) -> ComposeResult:
        """Show words in the middle of an otherwise blank screen, and one button."""
        with Vertical(id="middle"):
            yield Static(id="words", markup=False)
            with Center():
                yield Button("Begin", id="begin", variant="primary")
            yield Static(id="count", markup=False)

    async def on_mount(self) -> None:
        """Show what there is to know before the first ballot."""
        self.query_one("#begin").focus()

    async def reload(self) -> None:
        """Read how many ballots there are, and nothing else of them."""
        vote, question, count = await self.ask(_read, self.workspace, self._round_id)
        if vote.state != "open":
            self.tell(
                AmheError(
                    "The vote is closed", "No ballot can be added to it.", "See its result from the session: press v."
                )
            )
            self.dismiss(False)
            return
        self.place(f"2B {vote.name or 'Secret vote'}")
        full = count >= vote.voters > 0
        under_way = self._begun or count > 0
        words = _ALL_IN if full else _HAND_OVER if under_way else _welcome(vote, question)
        self.query_one("#words", Static).update(words)
        self.query_one("#count", Static).update(plain(f"{count} of {vote.voters} ballots in the box", "$text-muted"))
        button = self.query_one("#begin", Button)
        button.label = (
            "Close the vote and count"
            if full
            else "I am the next person: begin"
            if under_way
            else "Begin with the first person"
        )
        self._full = full

    async def on_button_pressed(self) -> None:
        """Do what the button says."""
        if self._full:
            self.action_close_vote()
        else:
            self.action_begin_ballot()

    async def _alone(self, task: Callable[[], Awaitable[None]]) -> None:
        """Do one thing at a time, and tell of trouble."""
        if self._busy:
            return
        self._busy = True
        try:
            await task()
        except AmheError as error:
            self.tell(error)
        finally:
            self._busy = False

    @work(group="vote")
    async def action_begin_ballot(self) -> None:
        """Give the next person an empty ballot."""
        await self._alone(self._one_ballot)

    async def _one_ballot(self) -> None:
        paper = await self.ask(read_paper, self.workspace, self._round_id)
        await self.answer("ballot", paper)
        self._begun = True
        await self.reload()

    @work(group="vote")
    async def action_scribe(self) -> None:
        """Type in ballots from paper."""
        await self._alone(self._from_paper)

    async def _from_paper(self) -> None:
        paper = await self.ask(read_paper, self.workspace, self._round_id)
        await self.answer("scribe", paper)
        self._begun = True
        await self.reload()

    @work(group="vote")
    async def action_people(self) -> None:
        """Change how many people vote."""
        await self._alone(self._ask_people)

    async def _ask_people(self) -> None:
        vote, _, count = await self.ask(_read, self.workspace, self._round_id)
        words = f"{count} of {vote.voters} ballots are in the box already."
        answer = await self.answer(AskDialog("How many people vote?", words, value=str(vote.voters)))
        if answer is None:
            return
        fewest = max(count, 1)
        voters = whole_number(answer, fewest, MOST_VOTERS)
        if voters is None:
            trouble = f"{answer.strip() or 'Nothing'} cannot be how many people vote."
            raise AmheError("Not a number of people", trouble, f"Give a number from {fewest} to {MOST_VOTERS}.")
        await self.ask(set_voters, self.workspace, vote, voters)
        await self.reload()

    @work(group="vote")
    async def action_close_vote(self) -> None:
        """Close the vote for good; with ballots missing it asks first."""
        await self._alone(self._close)

    async def _close(self) -> None:
        vote, _, count = await self.ask(_read, self.workspace, self._round_id)
        if count >= vote.voters or await self._sure(count, vote.voters):
            await self.ask(close_round, self.workspace, self._round_id)
            self.dismiss(True)

    async def _sure(self, count: int, voters: int) -> bool:
        words = f"{count} of {voters} ballots are in the box. Those who abstained have none; ask whether anybody is still to vote. A closed vote is never opened again."
        return bool(await self.answer(ConfirmDialog("Close the vote?", words, yes="Close and count", no="Not yet")))

    async def action_back(self) -> None:
        """Go back to the session; the vote stays open."""
        self.say("The vote stays open. Press v to go on with it.")
        self.dismiss(False)


def _read(workspace: Workspace, round_id: str) -> tuple[VotingRound, str, int]:
    vote = workspace.need(VotingRound, round_id)
    group = workspace.get(NominalGroup, vote.nominal_group_id or "")
    return vote, group.question if group else "", workspace.ballots_in(round_id)


def _welcome(vote: VotingRound, question: str) -> Content:
    each = scheme_of_vote(vote.scheme).task(vote.places, len(vote.ideas.split()))
    task = f"{vote.voters} people vote, one after another on this laptop. {each}"
    return Content.assemble(plain(question, "bold"), "\n\n", task, "\n\n", "\n\n".join(SECRECY))
