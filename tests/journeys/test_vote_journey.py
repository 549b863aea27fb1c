"""A group of three votes in secret on one laptop, by keys through the real program."""

from __future__ import annotations

from pathlib import Path

from support import new_file, press, running, screen_text, settle
from textual.pilot import Pilot

from amhe_tui.app import AmheApp
from screens.ballot import BallotScreen
from screens.nominal_group import NominalGroupScreen
from screens.session import add_idea, open_round, read_session
from screens.vote import VoteScreen
from screens.vote_result import VoteResultScreen
from store.records import Finding, Link, NominalGroup, Priority, VotingRound
from store.workspace import Workspace

IDEAS = ("Evening appointments", "A peer worker", "Letters in plain words", "Childcare during groups")


def session_file(folder: Path, ideas: tuple[str, ...] = IDEAS) -> tuple[Path, str]:
    """Make a programme with one session and its ideas."""
    path = new_file(folder)
    with Workspace.open(path) as workspace:
        with workspace.change("Add session") as change:
            finding = Finding(title="Fewer Black men start treatment")
            change.add(finding)
            session = NominalGroup(question="What would help people to come earlier?")
            change.add(session)
            change.link(session, "findings", "finding", finding.id)
        for words in ideas:
            add_idea(workspace, session.id, words)
    return path, session.id


async def keys(app: AmheApp, pilot: Pilot[int], *pressed: str) -> None:
    """Press keys in one go, as somebody does who knows them, then wait."""
    await pilot.press(*pressed)
    await settle(app, pilot)


async def open_vote(app: AmheApp, pilot: Pilot[int], session_id: str, people: int = 3) -> None:
    """Put the session on the screen and open a vote on it, without the way there."""
    workspace = app.workspace
    assert workspace is not None
    open_round(workspace, session_id, name="First vote", voters=people, places=3, stage="vote")
    app.push_screen(NominalGroupScreen(session_id))
    await press(app, pilot, "v")
    assert isinstance(app.screen, VoteScreen)


async def walk_to_vote(app: AmheApp, pilot: Pilot[int], people: str = "3") -> None:
    """Go from the home screen through the stages to the empty ballot box."""
    await press(app, pilot, "2", "down", "enter", "v")
    assert isinstance(app.screen, NominalGroupScreen)
    await press(app, pilot, "n", "n")
    assert "Round robin" in screen_text(app).splitlines()[0]
    await press(app, pilot, "escape", "n", "n")
    await keys(app, pilot, *people, "enter", "enter")
    assert isinstance(app.screen, VoteScreen)


def no_trace(app: AmheApp) -> None:
    """Check that nothing on the screen, nor in any widget of it, comes from a ballot."""
    assert isinstance(app.screen, VoteScreen)
    assert not [one for one in app.screen_stack if isinstance(one, BallotScreen)]
    text = screen_text(app)
    for words in (*IDEAS, "1st", "2nd", "3rd"):
        assert words not in text


async def test_three_people_vote_in_secret_and_joint_ranks_stay_joint(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await walk_to_vote(app, pilot)
        welcome = " ".join(screen_text(app).split())
        assert "nobody can work out later who voted what" in welcome
        assert "That does not hold for somebody who watches the screen" in welcome
        await press(app, pilot, "enter")
        fresh = screen_text(app)
        assert "Evening appointments" in fresh
        await keys(app, pilot, "a", "b", "c", "enter", "enter")
        no_trace(app)
        assert "1 of 3 ballots in the box" in screen_text(app)

        await press(app, pilot, "enter")
        assert screen_text(app) == fresh
        await keys(app, pilot, "b", "a", "c", "enter", "enter")
        no_trace(app)

        await press(app, pilot, "enter")
        assert screen_text(app) == fresh
        await keys(app, pilot, "d", "c", "ctrl+s")
        assert "You chose 2 of 3" in screen_text(app)
        await press(app, pilot, "enter")
        no_trace(app)
        assert "All ballots are in the box." in screen_text(app)

        await press(app, pilot, "enter")
        assert isinstance(app.screen, VoteResultScreen)
        asked = screen_text(app)
        assert "Ask the group first" in asked
        assert "Points" not in asked
        await press(app, pilot, "enter")
        shown = screen_text(app)
        rows = [line.split()[:2] for line in shown.splitlines() if any(f"  {words[:6]}" in line for words in IDEAS)]
        assert [(rank.rstrip("~"), letter) for rank, letter in rows[:4]] == [
            ("=1", "A"),
            ("=1", "B"),
            ("3", "C"),
            ("4", "D"),
        ]
        assert "3 of 3 people voted" in shown
        assert "Kendall" in shown

    with Workspace.open(path) as workspace:
        vote = read_session(workspace, session_id).rounds[0]
        assert vote.state == "closed"
        assert len(workspace.ballots(vote.id)) == 3


async def test_leaving_in_the_middle_of_a_ballot_leaves_nothing(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await press(app, pilot, "enter")
        fresh = screen_text(app)
        await keys(app, pilot, "d", "a")
        assert "2nd" in screen_text(app)
        await press(app, pilot, "escape")
        no_trace(app)
        assert "0 of 3 ballots in the box" in screen_text(app)
        await press(app, pilot, "enter")
        assert screen_text(app) == fresh
        await keys(app, pilot, "d", "a", "c", "enter", "escape")
        assert isinstance(app.screen, BallotScreen)
        await keys(app, pilot, "backspace", "backspace", "backspace")
        assert screen_text(app) == fresh
        await keys(app, pilot, "ctrl+a", "enter")
        no_trace(app)
        assert "0 of 3 ballots in the box" in screen_text(app)
    with Workspace.open(path) as workspace:
        assert workspace.ballots_in(read_session(workspace, session_id).rounds[0].id) == 0


async def test_undo_never_opens_a_closed_vote_again(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id, people=1)
        await press(app, pilot, "enter")
        await keys(app, pilot, "a", "c", "d", "enter", "enter")
        await press(app, pilot, "enter", "escape")
        assert isinstance(app.screen, NominalGroupScreen)
        for _ in range(14):
            await pilot.press("u")
        await settle(app, pilot)
        workspace = app.workspace
        assert workspace is not None
        assert workspace.undo() is None
        votes = workspace.list(VotingRound, nominal_group_id=session_id)
        assert [one.state for one in votes] == ["closed"]
        assert len(workspace.ballots(votes[0].id)) == 1
        for _ in range(14):
            await pilot.press("U")
        await settle(app, pilot)
        assert workspace.list(VotingRound, nominal_group_id=session_id)[0].state == "closed"
        assert "Evening appointments" in screen_text(app)


async def test_closing_with_ballots_missing_asks_first(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await press(app, pilot, "c")
        assert "0 of 3 ballots are in the box" in screen_text(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, VoteScreen)
        workspace = app.workspace
        assert workspace is not None
        assert workspace.list(VotingRound, nominal_group_id=session_id)[0].state == "open"
        await press(app, pilot, "escape")
        assert isinstance(app.screen, NominalGroupScreen)
        await press(app, pilot, "m")
        assert isinstance(app.screen, NominalGroupScreen)
        await press(app, pilot, "u")
        assert len(read_session(workspace, session_id).ideas) == len(IDEAS)
        await press(app, pilot, "v", "c", "tab", "enter")
        assert "No ballot was put into the box." in screen_text(app)


async def test_paper_ballots_are_typed_in_one_line_each(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await press(app, pilot, "s")
        await keys(app, pilot, *"ABZ", "enter")
        assert "Z is not one of the ideas in this vote." in screen_text(app)
        await keys(app, pilot, *["backspace"] * 3, *"ABA", "enter")
        assert "A is on the ballot more than once" in screen_text(app)
        await keys(app, pilot, *["backspace"] * 3, "a", "space", "b", "space", "c", "enter")
        assert "1 of 3 ballots in the box" in screen_text(app)
        assert "a b c" not in screen_text(app)
        await keys(app, pilot, *"da", "enter")
        assert "It has 2 of 3 letters" in screen_text(app)
        await press(app, pilot, "enter")
        assert "2 of 3 ballots in the box" in screen_text(app)
        await press(app, pilot, "escape", "n")
        await keys(app, pilot, "backspace", "2", "enter")
        assert "All ballots are in the box." in screen_text(app)
    with Workspace.open(path) as workspace:
        session = read_session(workspace, session_id)
        workspace.undo()
        assert workspace.need(VotingRound, session.rounds[0].id).voters == 2
        assert workspace.ballots_in(session.rounds[0].id) == 2


async def test_the_mouse_votes_too(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id)
        await pilot.click("#begin")
        await settle(app, pilot)
        for row in (0, 1, 2):
            await pilot.click("#ideas", offset=(8, row + 1))
        await pilot.click("#ideas", offset=(8, 2))  # the second is given back
        await pilot.click("#ideas", offset=(8, 4))
        assert "3rd D" in screen_text(app)
        await pilot.click("#box")
        await settle(app, pilot)
        await pilot.click("#yes")
        await settle(app, pilot)
        no_trace(app)
        assert "1 of 3 ballots in the box" in screen_text(app)


async def test_a_priority_and_a_run_off_come_from_the_result(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path)
    async with running(path) as (app, pilot):
        await open_vote(app, pilot, session_id, people=2)
        for letters in ("abc", "bac"):
            await press(app, pilot, "enter")
            await keys(app, pilot, *letters, "enter", "enter")
        await press(app, pilot, "enter", "enter", "p")
        await press(app, pilot, "escape")
        workspace = app.workspace
        assert workspace is not None
        priority = workspace.list(Priority)[0]
        session = read_session(workspace, session_id)
        assert priority.title == IDEAS[0]
        assert priority.idea_id == session.ideas[0].id
        assert len(workspace.list(Link, from_id=priority.id, name="findings")) == 1
        assert "★ Evening appointments" in screen_text(app)
        await press(app, pilot, "r")
        await keys(app, pilot, *"run-off", "enter")
        await keys(app, pilot, "enter")
        assert isinstance(app.screen, VoteScreen)
        run_off = read_session(workspace, session_id).rounds[-1]
        assert run_off.name == "Run-off"
        assert run_off.ideas.split() == [one.id for one in session.ideas[:2]]
