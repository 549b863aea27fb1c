"""Ballots filled in on paper, typed in by a scribe: letters in order of preference, Enter, the next one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from amhe_tui.errors import AmheError
from amhe_tui.programme.votes import Paper
from amhe_tui.text import shorten
from screens.shared.base import AmheScreen, bind, plain
from screens.shared.fields import LineInput
from store.records import VotingRound


class ScribeScreen(AmheScreen[None]):
    """Type in paper ballots; each is gone from the screen as soon as it is in the box."""

    CSS_PATH = "scribe.tcss"
    where = "2B Paper ballots"
    BINDINGS: ClassVar[list[BindingType]] = [*bind("leave_scribe", "help", help="f1")]

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._short: list[str] = []

    def body(self) -> ComposeResult:
        """Show what to do, the letters there are, and the line."""
        task = f"One paper at a time, most important first: up to {self._paper.places} letters, then Enter. Shuffle the papers first, and check each before Enter."
        with Vertical(id="middle"):
            yield Static(plain(task), markup=False)
            yield Static(
                Content.assemble(
                    ("Letters on the ballot: ", "$text-muted"), plain(shorten(" ".join(self._paper.offered), 400))
                ),
                id="letters",
                markup=False,
            )
            yield LineInput(placeholder="letters, most important first", id="line")
            yield Static(id="trouble", markup=False)
            yield Static(id="count", markup=False)

    def on_mount(self) -> None:
        """Begin with the line."""
        self.query_one("#line").focus()

    async def reload(self) -> None:
        """Show how many ballots there are."""
        workspace, key = self.workspace, self._paper.round_id
        count = await self.ask(workspace.ballots_in, key)
        vote = await self.ask(workspace.need, VotingRound, key)
        words = f"{count} of {vote.voters} ballots in the box" + (
            ". All are in: Esc, then close the vote." if count >= vote.voters > 0 else ""
        )
        self.query_one("#count", Static).update(plain(words, "$text-muted"))

    async def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Put one paper ballot into the box."""
        letters = self._paper.letters_in(event.value)
        if not letters:
            return
        line = event.input
        try:
            ranking = self._paper.ranking(letters)
            if len(ranking) < self._paper.places and self._short != letters:
                self._short = letters
                self._trouble(
                    f"It has {len(ranking)} of {self._paper.places} letters. If the paper says so, press Enter again."
                )
                return
            await self.ask(self.workspace.cast, self._paper.round_id, ranking)
        except AmheError as error:
            self._trouble(f"{error.what_happened} {error.what_to_do}")
            return
        self._short = []
        line.value = line.value.removeprefix(event.value)
        self._trouble("")
        await self.guarded_reload()

    def _trouble(self, words: str) -> None:
        self.query_one("#trouble", Static).update(plain(f"● {words}" if words else "", "bold $error"))
