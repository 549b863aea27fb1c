"""Hand-round ballots, line by line: nothing of one ballot is left on the screen when the next person sits down."""

from __future__ import annotations

from collections.abc import Callable

from amhe_tui.errors import AmheError
from amhe_tui.method.vote_schemes import USUAL
from amhe_tui.plain.ask import HOW, ask_text, choose, choose_several
from amhe_tui.programme.votes import (
    FEWEST_IDEAS,
    about_to_open,
    close_round,
    few_words,
    line_words,
    meaning,
    next_vote,
    open_round,
    read_paper,
    read_result,
    read_session,
    summary_words,
    ways_to_vote,
)
from amhe_tui.text import one_line, safe, shorten
from store.records import NominalGroup, VotingRound, title_of
from store.workspace import Workspace

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what was scrolled off it."""
_LONGEST_IDEA = 100


def say(words: str) -> None:
    """Print one thing."""
    print(safe(words))


def run(workspace: Workspace) -> int:
    """Take ballots for an open vote, opening one where none is, until everybody has voted or the facilitator stops; then close it where that is wanted.

    Raises:
        AmheError: No vote is open, and there is no session to open one in.
    """
    say(HOW)
    with workspace:
        hold(workspace)
    return 0


def hold(workspace: Workspace) -> None:
    """Do the same in a programme that stays open.

    Raises:
        AmheError: No vote is open, and there is no session to open one in.
    """
    rounds = [vote for vote in workspace.list(VotingRound) if vote.state == "open"]
    choices = [(vote.id, vote.name or "vote") for vote in rounds]
    chosen = choices[0][0] if len(choices) == 1 else choose("Which vote?", choices) if choices else _open(workspace)
    if not chosen:
        return
    vote = workspace.need(VotingRound, chosen)
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


def _open(workspace: Workspace) -> str | None:
    """Ask for what a vote needs and open it; returns its key, or nothing where the person left."""
    sessions = workspace.list(NominalGroup)
    if not sessions:
        raise AmheError(
            "No session to vote in",
            "This programme has no nominal group session, and so no ideas to vote on.",
            "Add one with its ideas in 2B: amhe plain FILE",
        )
    say("No vote is open. Open one: its ballots are secret, and once it is open its ideas stay as they are.")
    session_id = choose("On which question?", [(session.id, title_of(session)) for session in reversed(sessions)])
    scheme = _which_way() if session_id else None
    if not session_id or not scheme:
        return None
    only = _which_ideas(workspace, session_id)
    if only is None:
        return None
    opening = about_to_open(workspace, session_id, only, scheme=scheme)
    name, stage = next_vote(opening.session, only)
    voters = _number(
        "How many people vote?", str(opening.session.group.present or ""), "such as 8", opening.voters_from
    )
    if voters is None:
        return None
    places: int | None = opening.places
    if opening.scheme.asked:
        places = _number(opening.scheme.asked, str(places), opening.advice(str(voters)), opening.places_from)
    if places is None or choose("Open it now?", [("open", f"Open the {name.lower()}"), ("later", "Not yet")]) != "open":
        return None
    return open_round(
        workspace, session_id, name=name, voters=voters, places=places, stage=stage, only=only, scheme=scheme
    )


def _which_way() -> str | None:
    ways = ways_to_vote()
    return choose("How do people vote?", ways) if len(ways) > 1 else USUAL


def _which_ideas(workspace: Workspace, session_id: str) -> list[str] | None:
    """Return the keys of some of the ideas that stand on their own, an empty list for all of them, or nothing where the person left."""
    session = read_session(workspace, session_id)
    ideas = session.on_their_own
    if len(ideas) <= FEWEST_IDEAS:
        return []
    which = choose("On which ideas?", [("all", f"All {len(ideas)}"), ("some", "Some of them")])
    if which != "some":
        return [] if which else None
    titles = [(idea.id, f"{session.letters[idea.id]}  {shorten(meaning(idea), _LONGEST_IDEA)}") for idea in ideas]
    while (chosen := choose_several("Which ideas?", titles)) is not None and len(chosen) < FEWEST_IDEAS:
        say("A vote needs at least two ideas.")
    return chosen


def _number(question: str, suggested: str, hint: str, understand: Callable[[str], int]) -> int | None:
    """Ask until there is a number, or nothing where the person left."""
    while (typed := ask_text(question, value=suggested, hint=hint)) is not None:
        try:
            return understand(typed)
        except AmheError as error:
            say(f"{error.what_happened} {error.what_to_do}")
    return None


def _in_the_box(workspace: Workspace, vote: VotingRound) -> str:
    return f"{workspace.ballots_in(vote.id)} of {vote.voters or '?'} ballots are in the box."


def _ballot(workspace: Workspace, vote: VotingRound) -> None:
    paper = read_paper(workspace, vote.id)
    for letters, _, words in paper.ideas:
        say(f"{letters}  {one_line(words)}")
    what = paper.scheme.to_write(paper.places)
    while True:
        line = one_line(ask_text(f"{what[:1].upper()}{what[1:]}. Enter alone: abstain.") or "")
        if not line:
            return
        try:
            workspace.cast(vote.id, paper.ballot(line))
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
        say(line_words(result, row))
