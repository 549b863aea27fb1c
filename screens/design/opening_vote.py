"""Opening a vote: how many people, how many ideas each ranks; and holding it until its result is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from amhe_tui.errors import AmheError
from amhe_tui.method.nominal_group import DEFAULT_PLACES, MOST_PLACES, size_advice, suggested_places
from amhe_tui.programme.votes import FEWEST_IDEAS, RULE_OF_THUMB, Session, open_round, read_session
from screens.shared.base import AmheDialog, AmheScreen, plain
from screens.shared.fields import LineInput


class VoteSetup(AmheDialog[tuple[int, int]]):
    """Ask how many people vote and how many ideas each ranks; answers with both numbers.

    Args:
        ideas: How many ideas there are to choose from.
        voters: How many people are known to vote; None where it is not known.
        places: How many ideas each would rank.
        name: The name of the vote.
    """

    DEFAULT_CSS = """
    VoteSetup .asked { height: 1; margin-top: 1; }
    VoteSetup .asked > Label { width: 34; }
    VoteSetup .asked > Input { width: 10; background: $background; }
    VoteSetup .asked > Input:focus { background: $primary 20%; }
    VoteSetup #advice { margin-top: 1; height: auto; }
    """

    def __init__(self, ideas: int, voters: int | None, places: int, *, name: str) -> None:
        super().__init__()
        self._ideas, self._voters, self._places, self._title = ideas, voters, places, name

    def compose(self) -> ComposeResult:
        """Show both questions, the rule of thumb and what becomes of it."""
        with Vertical(classes="dialog"):
            yield Static(plain(f"{self._title}: {self._ideas} ideas"), classes="dialog-title", markup=False)
            yield Static(plain("Once it is open, the ideas stay as they are until it is closed."), markup=False)
            with Horizontal(classes="asked"):
                yield Label("How many people vote?", markup=False)
                yield LineInput(str(self._voters or ""), id="voters", compact=True, placeholder="such as 8")
            with Horizontal(classes="asked"):
                yield Label("How many ideas does each rank?", markup=False)
                yield LineInput(str(self._places), id="places", compact=True)
            yield Static(plain(RULE_OF_THUMB, "$text-muted"), id="advice", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Not yet", id="no")
                yield Button("Open the vote", id="yes", variant="primary")

    def on_mount(self) -> None:
        """Ask first for what is not known."""
        self.query_one("#places" if self._voters else "#voters").focus()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Say what the number of people means for the secret."""
        words = event.value.strip()
        if event.input.id == "voters":
            advice = size_advice(int(words)) if words.isascii() and words.isdecimal() else ""
            self.query_one("#advice", Static).update(plain(" ".join((RULE_OF_THUMB, advice)).strip(), "$text-muted"))

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Enter goes on to the next question, and from the last opens the vote."""
        if event.input.id == "voters":
            self.query_one("#places").focus()
        else:
            self._answer()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Open the vote, or leave it."""
        if event.button.id == "yes":
            self._answer()
        else:
            self.dismiss(None)

    def _answer(self) -> None:
        voters = self._number("voters", 1, 999, "Say how many people vote, as a number such as 8.")
        if voters is None:
            return
        most = min(MOST_PLACES, self._ideas)
        places = self._number("places", 1, most, f"Each can rank from 1 to {most} of these {self._ideas} ideas.")
        if places is not None:
            self.dismiss((voters, places))

    def _number(self, name: str, low: int, high: int, advice: str) -> int | None:
        line = self.query_one(f"#{name}", LineInput)
        words = line.value.strip()
        if words.isascii() and words.isdecimal() and low <= int(words) <= high:
            return int(words)
        self.query_one("#advice", Static).update(plain(f"● {advice}", "bold $error"))
        line.focus()
        return None


def _places_for(session: Session, ideas: int) -> int:
    wanted = session.group.places
    usual = suggested_places(ideas)
    # Five is what every session begins with, so nobody need have asked for it.
    return usual if wanted == DEFAULT_PLACES else min(wanted, ideas, MOST_PLACES)


async def ask_and_open(
    screen: AmheScreen[Any], nominal_group_id: str, *, name: str, stage: str = "", only: Sequence[str] = ()
) -> str:
    """Ask for people and places and open a vote; returns its key, or nothing where it was left.

    Raises:
        AmheError: There is nothing to choose between, or a vote is open already.
    """
    session = await screen.ask(read_session, screen.workspace, nominal_group_id)
    ideas = len([one for one in session.on_their_own if not only or one.id in only])
    if ideas < FEWEST_IDEAS:
        words = "There are no ideas yet." if not ideas else "There is only one idea."
        raise AmheError("Nothing to choose between", words, "A vote needs at least two: press a to add ideas.")
    answer = await screen.answer(VoteSetup(ideas, session.group.present, _places_for(session, ideas), name=name))
    if answer is None:
        return ""
    voters, places = answer
    return await screen.ask(
        open_round, screen.workspace, nominal_group_id, name=name, voters=voters, places=places, stage=stage, only=only
    )


async def hold_vote(screen: AmheScreen[Any], round_id: str) -> None:
    """Take ballots until the vote is closed or left, and show the result once it is closed; call it from a worker."""
    if await screen.answer("vote", round_id):
        await screen.answer("vote_result", round_id)
