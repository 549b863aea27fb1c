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
        self._short: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """Show what to do, the letters there are, and the line."""
        what = self._paper.scheme.to_write(self._paper.places)
        task = f"One paper at a time: {what}; then Enter. Shuffle the papers first, and check each before Enter."
        with Vertical(id="middle"):
            yield Static(plain(task), markup=False)
            yield Static(
                Content.assemble(
                    ("Letters on the ballot: ", "$text-muted"), plain(shorten(" ".join(self._paper.offered), 400))
                ),
                id="letters",
                markup=False,
            )
            yield LineInput(placeholder=self._paper.scheme.blank_hint, id="line")
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
        if not event.value.strip():
            return
        line, paper = event.input, self._paper
        try:
            ballot = paper.ballot(event.value)
            if paper.scheme.short_ballot and len(ballot) < paper.places and self._short != ballot:
                self._short = ballot
                self._trouble(
                    f"It has {len(ballot)} of {paper.places} letters. If the paper says so, press Enter again."
                )
                return
            await self.ask(self.workspace.cast, paper.round_id, ballot)
        except AmheError as error:
            self._trouble(f"{error.what_happened} {error.what_to_do}")
            return
        self._short = {}
        line.value = line.value.removeprefix(event.value)
        self._trouble("")
        await self.guarded_reload()

    def _trouble(self, words: str) -> None:
        self.query_one("#trouble", Static).update(plain(f"● {words}" if words else "", "bold $error"))
