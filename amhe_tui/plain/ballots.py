"""Hand-round ballots, line by line: nothing of one ballot is left on the screen when the next person sits down."""

from __future__ import annotations

from amhe_tui.errors import AmheError
from amhe_tui.plain.ask import ask_text, choose
from amhe_tui.text import one_line, safe
from store.records import Idea, VotingRound
from store.workspace import Workspace

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what was scrolled off it."""


def say(words: str) -> None:
    """Print one thing."""
    print(safe(words))


def run(workspace: Workspace) -> int:
    """Take ballots for an open vote until everybody has voted or the facilitator stops.

    Raises:
        AmheError: No vote is open.
    """
    with workspace:
        rounds = [one for one in workspace.list(VotingRound) if one.state == "open"]
        if not rounds:
            raise AmheError(
                "No open vote",
                "No vote of this programme is open.",
                "Open one in the nominal group session: amhe FILE, then 2B.",
            )
        chosen = (
            rounds[0].id
            if len(rounds) == 1
            else choose("Which vote?", [(one.id, one.name or "vote") for one in rounds])
        )
        vote = next((one for one in rounds if one.id == chosen), None)
        if vote is None:
            return 0
        ideas = {idea.id: idea for idea in workspace.list(Idea)}
        on_ballot = {ideas[key].letter.upper(): ideas[key] for key in vote.ideas.split() if key in ideas}
        while not vote.voters or workspace.ballots_in(vote.id) < vote.voters:
            print(CLEAR, end="")
            say(
                f"{workspace.ballots_in(vote.id)} of {vote.voters or '?'} ballots are in the box. Hand the laptop to the next person."
            )
            if choose("Ready?", [("vote", "Vote"), ("stop", "Stop taking ballots")]) != "vote":
                break
            _one(workspace, vote, on_ballot)
        print(CLEAR, end="")
        say(
            f"{workspace.ballots_in(vote.id)} ballots are in the box. The vote is closed and counted on the session's screen."
        )
    return 0


def _one(workspace: Workspace, vote: VotingRound, on_ballot: dict[str, Idea]) -> None:
    for letter, idea in on_ballot.items():
        say(f"{letter}  {idea.words}")
    while True:
        answer = ask_text(
            f"Up to {vote.places} letters, the most important first, such as A C B. Enter alone: abstain."
        )
        letters = one_line(answer or "").upper().replace(",", " ").split()
        if not letters:
            return
        unknown = [letter for letter in letters if letter not in on_ballot]
        if unknown:
            say(f"There is no idea {unknown[0]}. Write the letters again.")
            continue
        try:
            workspace.cast(vote.id, [on_ballot[letter].id for letter in letters])
        except AmheError as error:
            say(f"{error.what_happened} {error.what_to_do}")
            continue
        return
