"""A group of three votes in secret on one laptop, by keys through the real program."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from amhe_tui.app import AmheApp
from amhe_tui.errors import AmheError
from amhe_tui.programme.votes import add_idea, open_round, read_session
from screens.design.ballot import BallotScreen
from screens.design.nominal_group import NominalGroupScreen
from screens.design.vote import VoteScreen
from screens.design.vote_result import VoteResultScreen
from store.records import Finding, Link, NominalGroup, Priority, VotingRound
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, see

IDEAS = ("Evening appointments", "A peer worker", "Letters in plain words", "Childcare during groups")


def session_file(folder: Path) -> tuple[Path, str]:
    """Make a programme with one session and its ideas."""
    path = new_file(folder)
    with Workspace.open(path) as workspace:
        with workspace.change("Add session") as change:
            finding = Finding(title="Fewer Black men start treatment")
            change.add(finding)
            session = NominalGroup(question="What would help people to come earlier?")
            change.add(session)
            change.link(session, "findings", "finding", finding.id)
        for words in IDEAS:
            add_idea(workspace, session.id, words)
    return path, session.id


def opened(app: AmheApp) -> Workspace:
    """Return the programme that is open."""
    assert app.workspace is not None
    return app.workspace


async def open_vote(app: AmheApp, pilot: Pilot[int], session_id: str, people: int = 3) -> None:
    """Put the session on the screen and open a vote on it, without the way there."""
    open_round(opened(app), session_id, name="First vote", voters=people, places=3, stage="vote")
    app.push_screen(NominalGroupScreen(session_id))
    await see(app, pilot, "A vote is open on these ideas")
    await see(app, pilot, "Begin with the first person", "v")
    assert isinstance(app.screen, VoteScreen)


def no_trace(app: AmheApp) -> None:
    """Check that nothing on the screen, nor in any widget of it, comes from a ballot."""
    assert isinstance(app.screen, VoteScreen)
    assert not [one for one in app.screen_stack if isinstance(one, BallotScreen)]
    text = screen_text(app)
    for words in (*IDEAS, "1st", "2nd", "3rd"):
        assert words not in text


async def vote(app: AmheApp, pilot: Pilot[int], letters: str, then: str) -> None:
    """Fill in one whole ballot and put it into the box."""
    await see(app, pilot, "Your secret ballot", "enter")
    await see(app, pilot, "Put this ballot into the box?", *letters, "enter")
    await see(app, pilot, then, "enter")
    no_trace(app)


async def test_three_people_vote_in_secret_and_joint_ranks_stay_joint(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "2", "down", "enter", "v")
        await see(app, pilot, "Nominal group: Silent writing", "n")
        await see(app, pilot, "Nominal group: Round robin", "n")
        await see(app, pilot, "Nominal group: Clarification", "escape", "n")
        await see(app, pilot, "How many people vote?", "n")
        welcome = " ".join((await see(app, pilot, "Begin with the first person", "3", "enter", "enter")).split())
        assert "nobody can work out later who voted what" in welcome
        assert "That does not hold for somebody who watches the screen" in welcome
        fresh = await see(app, pilot, IDEAS[0], "enter")
        await see(app, pilot, "Put this ballot into the box?", "a", "b", "c", "enter")
        await see(app, pilot, "1 of 3 ballots in the box", "enter")
        no_trace(app)

        assert await see(app, pilot, IDEAS[0], "enter") == fresh
        await see(app, pilot, "Put this ballot into the box?", "b", "a", "c", "enter")
        await see(app, pilot, "2 of 3 ballots in the box", "enter")
        no_trace(app)

        assert await see(app, pilot, IDEAS[0], "enter") == fresh
        await see(app, pilot, "You chose 2 of 3", "d", "c", "ctrl+s")
        await see(app, pilot, "All ballots are in the box.", "enter")
        no_trace(app)

        assert "Points" not in await see(app, pilot, "Ask the group first", "enter")
        shown = await see(app, pilot, "3 of 3 people voted", "enter")
        rows = [line.split()[:2] for line in shown.splitlines() if any(f"  {words[:6]}" in line for words in IDEAS)]
        ranks = [(rank.rstrip("~"), letter) for rank, letter in rows[:4]]
        assert ranks == [("=1", "A"), ("=1", "B"), ("3", "C"), ("4", "D")]
        assert "Kendall" in shown

    with Workspace.open(path) as workspace:
        found = read_session(workspace, session_id).rounds[0]
        assert found.state == "closed"
        assert len(workspace.ballots(found.id)) == 3


async def test_leaving_in_the_middle_of_a_ballot_leaves_nothing(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        fresh = await see(app, pilot, IDEAS[0], "enter")
        await see(app, pilot, "2nd A", "d", "a")
        await see(app, pilot, "Hand the laptop to the next person.", "escape")
        no_trace(app)
        assert "0 of 3 ballots in the box" in screen_text(app)
        assert await see(app, pilot, IDEAS[0], "enter") == fresh
        await see(app, pilot, "Put this ballot into the box?", "d", "a", "c", "enter")
        await see(app, pilot, "Your ballot is full.", "escape")
        assert await see(app, pilot, "Choose 3 ideas", *["backspace"] * 3, "home") == fresh
        await see(app, pilot, "Abstain?", "ctrl+a")
        await see(app, pilot, "Hand the laptop to the next person.", "enter")
        no_trace(app)
        assert "0 of 3 ballots in the box" in screen_text(app)
    with Workspace.open(path) as workspace:
        assert workspace.ballots_in(read_session(workspace, session_id).rounds[0].id) == 0


async def test_typing_letters_then_enter_gives_nothing_back(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await see(app, pilot, IDEAS[0], "enter")
        await see(app, pilot, "B is on your ballot already; 1 more to choose.", "a", "b", "enter")
        assert "2nd B" in await see(app, pilot, "There is no idea Z on this ballot.", "z")
        await see(app, pilot, "1st A 2nd – 3rd –", "space")
        await see(app, pilot, "2nd D", "end", "enter")


async def test_undo_never_opens_a_closed_vote_again(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id, people=1)
        await vote(app, pilot, "acd", "All ballots are in the box.")
        await see(app, pilot, "Ask the group first", "enter")
        await see(app, pilot, "Nominal group: Vote", "escape")
        for _ in range(8):
            await pilot.press("u")
        await press(app, pilot, "u")
        workspace = opened(app)
        assert workspace.undo() is None
        votes = workspace.list(VotingRound, nominal_group_id=session_id)
        assert [one.state for one in votes] == ["closed"]
        assert len(workspace.ballots(votes[0].id)) == 1
        for _ in range(8):
            await pilot.press("U")
        await press(app, pilot, "U")
        assert workspace.list(VotingRound, nominal_group_id=session_id)[0].state == "closed"
        assert IDEAS[0] in screen_text(app)


async def test_closing_with_ballots_missing_asks_first(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await see(app, pilot, "0 of 3 ballots are in the box", "c")
        await see(app, pilot, "Begin with the first person", "enter")
        workspace = opened(app)
        assert workspace.list(VotingRound, nominal_group_id=session_id)[0].state == "open"
        await see(app, pilot, "Nominal group: Vote", "escape")
        await press(app, pilot, "m", "u", "d")
        assert isinstance(app.screen, NominalGroupScreen)
        assert len(read_session(workspace, session_id).ideas) == len(IDEAS)
        await see(app, pilot, "Begin with the first person", "v")
        await see(app, pilot, "Close the vote?", "c")
        await see(app, pilot, "No ballot was put into the box.", "tab", "enter")


async def test_paper_ballots_are_typed_in_one_line_each(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await see(app, pilot, "Letters on the ballot: A B C D", "s")
        await see(app, pilot, "There is no idea Z on this ballot.", *"ABZ", "enter")
        await see(app, pilot, "A is there twice.", *["backspace"] * 3, *"ABA", "enter")
        line = [*["backspace"] * 3, "a", "space", "b", "space", "c", "enter"]
        assert "a b c" not in await see(app, pilot, "1 of 3 ballots in the box", *line)
        await see(app, pilot, "It has 2 of 3 letters", *"da", "enter")
        await see(app, pilot, "2 of 3 ballots in the box", "enter")
        await see(app, pilot, "Hand the laptop to the next person.", "escape")
        await see(app, pilot, "How many people vote?", "n")
        await see(app, pilot, "All ballots are in the box.", "backspace", "2", "enter")
    with Workspace.open(path) as workspace:
        session = read_session(workspace, session_id)
        with pytest.raises(AmheError, match="voting on these ideas"):
            workspace.undo()
        assert workspace.need(VotingRound, session.rounds[0].id).voters == 2
        assert workspace.ballots_in(session.rounds[0].id) == 2


async def test_the_mouse_votes_too(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await pilot.click("#begin")
        await see(app, pilot, IDEAS[0])
        for row in (0, 1, 2):
            await pilot.click("#ideas", offset=(8, row + 1))
        await pilot.click("#ideas", offset=(8, 2))  # the second is given back
        await pilot.click("#ideas", offset=(8, 4))
        await see(app, pilot, "3rd D")
        await pilot.click("#box")
        await see(app, pilot, "Put this ballot into the box?")
        await pilot.click("#yes")
        await see(app, pilot, "1 of 3 ballots in the box")
        no_trace(app)


async def test_a_priority_and_a_run_off_come_from_the_result(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id, people=2)
        await vote(app, pilot, "abc", "1 of 2 ballots in the box")
        await vote(app, pilot, "bac", "All ballots are in the box.")
        await see(app, pilot, "Ask the group first", "enter")
        await see(app, pilot, "2 of 2 people voted", "enter")
        await see(app, pilot, "New priority", "p")
        await see(app, pilot, f"★ {IDEAS[0]}", "escape")
        workspace = opened(app)
        priority = workspace.list(Priority)[0]
        session = read_session(workspace, session_id)
        assert (priority.title, priority.idea_id) == (IDEAS[0], session.ideas[0].id)
        assert len(workspace.list(Link, from_id=priority.id, name="findings")) == 1
        assert isinstance(app.screen, VoteResultScreen)
        await see(app, pilot, "A run-off between those at rank =1: A, B", "r")
        await see(app, pilot, "Run-off: 2 ideas", *"run-off", "enter")
        await see(app, pilot, "Begin with the first person", "enter")
        run_off = read_session(workspace, session_id).rounds[-1]
        assert run_off.name == "Run-off"
        assert run_off.ideas.split() == [one.id for one in session.ideas[:2]]
