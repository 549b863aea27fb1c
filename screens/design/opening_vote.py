"""Opening a vote: in which way, how many people, how many ideas each ranks; and holding it until its result is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from amhe_tui.errors import AmheError
from amhe_tui.method.vote_schemes import USUAL
from amhe_tui.programme.votes import Opening, about_to_open, open_round, ways_to_vote
from screens.shared.base import AmheDialog, AmheScreen, plain
from screens.shared.dialogs import PickDialog
from screens.shared.fields import LineInput


class VoteSetup(AmheDialog[tuple[int, int]]):
    """Ask how many people vote and what else the way of voting wants to know, such as how many ideas each ranks; answers with both numbers.

    Args:
        opening: The vote about to be opened.
        name: What it is called.
    """

    DEFAULT_CSS = """
    VoteSetup .asked { height: 1; margin-top: 1; }
    VoteSetup .asked > Label { width: 34; }
    VoteSetup .asked > Input { width: 10; background: $background; }
    VoteSetup .asked > Input:focus { background: $primary 20%; }
    VoteSetup #advice { margin-top: 1; height: auto; }
    """

    def __init__(self, opening: Opening, *, name: str) -> None:
        super().__init__()
        self._opening, self._title = opening, name

    def compose(self) -> ComposeResult:
        """Show the questions, the rule of thumb and what becomes of it."""
        opening = self._opening
        with Vertical(classes="dialog"):
            yield Static(plain(f"{self._title}: {len(opening.ideas)} ideas"), classes="dialog-title", markup=False)
            yield Static(plain("Once it is open, the ideas stay as they are until it is closed."), markup=False)
            with Horizontal(classes="asked"):
                yield Label("How many people vote?", markup=False)
                voters = str(opening.session.group.present or "")
                yield LineInput(voters, id="voters", compact=True, placeholder="such as 8")
            if opening.scheme.asked:
                with Horizontal(classes="asked"):
                    yield Label(opening.scheme.asked, markup=False)
                    yield LineInput(str(opening.places), id="places", compact=True)
            yield Static(plain(opening.advice(""), "$text-muted"), id="advice", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Not yet", id="no")
                yield Button("Open the vote", id="yes", variant="primary")

    def on_mount(self) -> None:
        """Ask first for what is not known."""
        known = self._opening.session.group.present and self._opening.scheme.asked
        self.query_one("#places" if known else "#voters").focus()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Say what the number of people means for the secret."""
        if event.input.id == "voters":
            advice = self._opening.advice(event.value)
            self.query_one("#advice", Static).update(plain(advice, "$text-muted"))

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Enter goes on to the next question, and from the last opens the vote."""
        if event.input.id == "voters" and self._opening.scheme.asked:
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
        opening = self._opening
        voters = self._number("voters", opening.voters_from)
        if voters is None:
            return
        places = self._number("places", opening.places_from) if opening.scheme.asked else opening.places
        if places is not None:
            self.dismiss((voters, places))

    def _number(self, name: str, understand: Callable[[str], int]) -> int | None:
        line = self.query_one(f"#{name}", LineInput)
        try:
            return understand(line.value)
        except AmheError as error:
            self.query_one("#advice", Static).update(plain(f"● {error.what_to_do}", "bold $error"))
            line.focus()
            return None


async def ask_and_open(
    screen: AmheScreen[Any], nominal_group_id: str, *, name: str, stage: str = "", only: Sequence[str] = ()
) -> str:
    """Ask how people vote, for people and places, and open a vote; returns its key, or nothing where it was left.

    Raises:
        AmheError: There is nothing to choose between, or a vote is open already.
    """
    ways = ways_to_vote()
    scheme = await screen.answer(PickDialog("How do people vote?", ways)) if len(ways) > 1 else USUAL
    if not scheme:
        return ""
    opening = await screen.ask(about_to_open, screen.workspace, nominal_group_id, only, scheme=scheme)
    answer = await screen.answer(VoteSetup(opening, name=name))
    if answer is None:
        return ""
    voters, places = answer
    return await screen.ask(
        open_round,
        screen.workspace,
        nominal_group_id,
        name=name,
        voters=voters,
        places=places,
        stage=stage,
        only=only,
        scheme=scheme,
    )


async def hold_vote(screen: AmheScreen[Any], round_id: str) -> None:
    """Take ballots until the vote is closed or left, and show the result once it is closed; call it from a worker."""
    if await screen.answer("vote", round_id):
        await screen.answer("vote_result", round_id)
