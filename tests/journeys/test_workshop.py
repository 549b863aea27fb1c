"""The ninety minutes as a new facilitator with eight people walks them: by keys alone, from the first screen to the report."""

from __future__ import annotations

from pathlib import Path

from screens.design.nominal_group import NominalGroupScreen
from screens.identify.capture import CaptureScreen
from screens.programme.form import FormScreen
from screens.programme.home import HomeScreen
from screens.programme.reporting import ReportScreen
from screens.programme.workshop import WorkshopScreen
from store.records import EqualityImpactAssessment, Goal, Idea, Priority, Remark, Theme, VotingRound
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, settle, words_on, write

SAID = (
    "P1: Two buses and then a hill, with my knees #travel",
    "P2: They wrote to me in English, my son read it to me #language",
    "P3: I would go if somebody came with me the first time #company",
    "P4: Nine to five. I work nine to five #times",
    "P5: Nobody asked what happened to me, only what is wrong with me",
    "P6: At the church hall I would not be seen going in #places",
    "P7: I cancelled once and they closed my file",
    "P8: My mother cannot be left alone, so I cannot come #times",
)
IDEAS = (
    "Evening appointments",
    "Somebody to come along the first time",
    "Letters in our languages",
    "A room at the church hall",
    "Bus fare in the hand",
    "Ring before closing a file",
    "Somebody to sit with my mother",
    "Ask what happened, not what is wrong",
)
BALLOTS = ("badch", "bacdf", "abdhg", "bdaec", "hbacd", "badfc", "dbahg", "bcade")


def report_in(folder: Path) -> str:
    """Return the one report that was written."""
    (written,) = folder.glob("test report team *.html")
    return written.read_text(encoding="utf-8")


async def test_from_the_first_remark_to_the_written_report(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        assert isinstance(app.screen, HomeScreen)
        await press(app, pilot, "w", "down", "enter")
        assert isinstance(app.screen, FormScreen), screen_text(app)
        await write(pilot, "Harbour evening")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, CaptureScreen), screen_text(app)
        for line in SAID:
            await write(pilot, line)
            await press(app, pilot, "enter")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, WorkshopScreen), screen_text(app)
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, FormScreen), screen_text(app)
        await write(pilot, "What would help you to come, and to stay?")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, NominalGroupScreen), screen_text(app)
        await press(app, pilot, "n", "n")
        for idea in IDEAS:
            await write(pilot, idea)
            await press(app, pilot, "enter")
        await press(app, pilot, "escape", "n", "n")
        await write(pilot, "8")
        await press(app, pilot, "enter")
        await press(app, pilot, "tab", "tab", "enter") if "Open the vote" in words_on(app) else None
        for ballot in BALLOTS:
            assert "in the box" in words_on(app), screen_text(app)
            await press(app, pilot, "enter", *ballot, "enter", "enter")
        assert "8 of 8 ballots" in words_on(app), screen_text(app)
        await press(app, pilot, "c")
        assert "8 of 8 people voted" in words_on(app), screen_text(app)
        await press(app, pilot, "p", "escape", "down", "p", "escape", "down", "p", "escape")
        while not isinstance(app.screen, WorkshopScreen):
            await press(app, pilot, "escape")
        await press(app, pilot, "down")
        for number in range(3):
            await press(app, pilot, "enter")
            await press(app, pilot, *["down"] * number, "enter")
            assert isinstance(app.screen, FormScreen), screen_text(app)
            await press(app, pilot, "escape")
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, ReportScreen), screen_text(app)
        await settle(app, pilot)
        await press(app, pilot, "ctrl+s")
        assert "Written to" in words_on(app), screen_text(app)
    assert "Somebody to come along the first time" in report_in(tmp_path)
    with Workspace.open(path) as workspace:
        counts = [len(workspace.list(kind)) for kind in (Remark, Theme, Idea, Priority, Goal, EqualityImpactAssessment)]
        assert counts == [8, 5, 8, 3, 3, 3]
        vote = workspace.list(VotingRound)[0]
        assert (vote.state, len(workspace.ballots(vote.id))) == ("closed", 8)
        first = workspace.list(Priority)[0]
        assert first.title == IDEAS[1]
        assert {goal.priority_id for goal in workspace.list(Goal)} == {one.id for one in workspace.list(Priority)}
        assert workspace.verify() == []
