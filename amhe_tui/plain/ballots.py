"""Hand-round ballots, line by line: nothing of one ballot is left on the screen when the next person sits down."""

from __future__ import annotations

from amhe_tui.errors import AmheError
from amhe_tui.plain.ask import ask_text, choose
from amhe_tui.programme.votes import (
    close_round,
    few_words,
    place_words,
    read_paper,
    read_result,
    summary_words,
)
from amhe_tui.text import one_line, safe
from store.records import VotingRound
from store.workspace import Workspace

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what was scrolled off it."""


def say(words: str) -> None:
    """Print one thing."""
    print(safe(words))


def run(workspace: Workspace) -> int:
    """Take ballots for an open vote until everybody has voted or the facilitator stops, then close it where that is wanted.

    Raises:
        AmheError: No vote is open.
    """
    with workspace:
        rounds = [vote for vote in workspace.list(VotingRound) if vote.state == "open"]
        if not rounds:
            raise AmheError(
                "No open vote",
                "No vote of this programme is open.",
                "Open one in the nominal group session: amhe FILE, then 2B.",
            )
        chosen = (
            rounds[0].id
            if len(rounds) == 1
            else choose("Which vote?", [(vote.id, vote.name or "vote") for vote in rounds])
        )
        vote = next((vote for vote in rounds if vote.id == chosen), None)
        if vote is None:
            return 0
        while not vote.voters or workspace.ballots_in(vote.id) < vote.voters:
            print(CLEAR, end="")
            say(f"{_in_the_box(workspace, vote)} Hand the laptop to the next person.")
            answer = choose("Ready?", [("vote", "Vote"), ("stop", "Stop taking ballots")])
            if answer != "vote":
                break
            _ballot(workspace, vote)
        print(CLEAR, end="")
        if _close(workspace, vote):
            _show_result(workspace, vote.id)
    return 0


def _in_the_box(workspace: Workspace, vote: VotingRound) -> str:
    return f"{workspace.ballots_in(vote.id)} of {vote.voters or '?'} ballots are in the box."


def _ballot(workspace: Workspace, vote: VotingRound) -> None:
    paper = read_paper(workspace, vote.id)
    for letters, _, words in paper.ideas:
        say(f"{letters}  {one_line(words)}")
    while True:
        answer = ask_text(
            f"Up to {paper.places} letters, the most important first, such as A C B. Enter alone: abstain."
        )
        if not one_line(answer or ""):
            return
        letters = paper.letters_in(answer or "")
        try:
            if not letters:
                raise AmheError("Not a valid ballot", "There are no letters in it.", "Write the letters again.")
            workspace.cast(vote.id, paper.ranking(letters))
        except AmheError as error:
            say(f"{error.what_happened} {error.what_to_do}")
            continue
        return


def _close(workspace: Workspace, vote: VotingRound) -> bool:
    say(f"{_in_the_box(workspace, vote)} Those who abstained have none. A closed vote is never opened again.")
    answer = choose("Close the vote?", [("later", "Not yet"), ("close", "Close and count")])
    if answer != "close":
        say("The vote stays open. Go on with: amhe vote FILE")
        return False
    close_round(workspace, vote.id)
    return True


def _show_result(workspace: Workspace, round_id: str) -> None:
    result = read_result(workspace, round_id)
    if result.few and result.tally.ballots:
        say(f"{few_words(result)} Ask the group whether it should be shown.")
        answer = choose("Show it?", [("hide", "Leave it unseen"), ("show", "The group agrees: show it")])
        if answer != "show":
            return
    say(result.question)
    for line in summary_words(result):
        say(line)
    for row in result.rows if result.tally.ballots else ():
        key = str(row.idea)
        points = "1 point" if row.score == 1 else f"{row.score} points"
        say(
            f"{place_words(result, row)}  {result.letters[key]}  {result.words[key]}: {points}, chosen on {row.frequency} of {result.tally.ballots} ballots"
        )
