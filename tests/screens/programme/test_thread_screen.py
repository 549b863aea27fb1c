"""The golden thread by keys: from a finding to the proof in the order of the method, what is missing on it, and Enter to each record."""

from __future__ import annotations

from pathlib import Path

from screens.programme.form import FormScreen
from screens.programme.home import HomeScreen
from screens.programme.step import StepScreen
from screens.programme.thread import ThreadScreen
from screens.shared.dialogs import PickDialog
from store.records import Action, Finding, Goal, Measure, Priority
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, told, words_on, write

THREAD = (
    "Fewer Black men start",
    "Evening appointments [/b]",
    "Nobody waits longer",
    "Open the first clinic",
    "Weeks waited",
)


def with_thread(folder: Path) -> Path:
    """Make a programme with one thread from finding to measure, and a finding and a priority beside it."""
    path = new_file(folder)
    with Workspace.open(path) as workspace, workspace.change("Add a thread") as change:
        title, priority_title, goal_title, action_title, measure_title = THREAD
        finding, other = Finding(title=title), Finding(title="Older people are not asked")
        priority = Priority(title=priority_title)
        for record in (finding, other, Priority(title="Somewhere to wait"), priority):
            change.add(record)
        change.link(priority, "findings", "finding", finding.id)
        goal = Goal(title=goal_title, priority_id=priority.id, finding_id=finding.id)
        change.add(goal)
        change.add(Action(title=action_title, goal_id=goal.id))
        change.add(Measure(title=measure_title, goal_id=goal.id))
    return path


def order(text: str, *titles: str) -> list[int]:
    """Return the lines in which titles stand."""
    lines = text.splitlines()
    return [next(number for number, line in enumerate(lines) if title in line) for title in titles]


async def test_it_asks_whose_thread_and_shows_it_in_the_order_of_the_method(tmp_path: Path) -> None:
    async with running(with_thread(tmp_path)) as (app, pilot):
        await press(app, pilot, "t")
        assert isinstance(app.screen, PickDialog)
        assert "Follow which thread?" in words_on(app)
        await write(pilot, "Black")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ThreadScreen)
        text = screen_text(app)
        places = order(text, *THREAD)
        assert places == sorted(places)
        assert f"▶ {THREAD[0]}" in text
        assert "Older people are not asked" not in text


async def test_from_any_record_the_thread_is_the_same_and_its_own_knot_is_marked(tmp_path: Path) -> None:
    async with running(with_thread(tmp_path)) as (app, pilot):
        await press(app, pilot, "3", "enter", "t")
        assert isinstance(app.screen, ThreadScreen)
        assert f"▶ {THREAD[2]}" in screen_text(app)
        assert all(title in screen_text(app) for title in THREAD)


async def test_enter_goes_to_a_knot_and_escape_leads_back_to_the_thread(tmp_path: Path) -> None:
    async with running(with_thread(tmp_path), (80, 24)) as (app, pilot):
        await press(app, pilot, "t", "enter", "down", "enter")
        assert isinstance(app.screen, StepScreen)
        assert app.screen.sub_step == "2C"
        await press(app, pilot, "e")
        assert isinstance(app.screen, FormScreen)
        assert THREAD[1] in screen_text(app)
        await press(app, pilot, "escape", "escape")
        assert isinstance(app.screen, ThreadScreen)


async def test_what_is_not_on_the_thread_yet_is_said_and_what_is_undone_leaves_it(tmp_path: Path) -> None:
    path = with_thread(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Remove measure") as change:
        change.remove(workspace.list(Measure)[0])
    async with running(path) as (app, pilot):
        await press(app, pilot, "t", "enter")
        lacking = words_on(app).partition("Not on this thread yet: ")[2].partition(".")[0]
        assert "proof" in lacking or "measure" in lacking
        assert THREAD[4] not in screen_text(app)
        await press(app, pilot, "u")
        assert "Undone: Remove measure" in told(app)
        assert THREAD[4] in screen_text(app)
        assert words_on(app).partition("Not on this thread yet: ")[2].partition(".")[0] != lacking
        await press(app, pilot, "U")
        assert THREAD[4] not in screen_text(app)


async def test_a_finding_alone_has_a_thread_that_says_what_follows(tmp_path: Path) -> None:
    async with running(with_thread(tmp_path)) as (app, pilot):
        await press(app, pilot, "t")
        await write(pilot, "Older")
        await press(app, pilot, "enter")
        assert "▶ Older people are not asked" in screen_text(app)
        assert "Not on this thread yet: " in words_on(app)
        assert THREAD[1] not in screen_text(app)


async def test_leaving_the_question_goes_back_home(tmp_path: Path) -> None:
    async with running(with_thread(tmp_path)) as (app, pilot):
        await press(app, pilot, "t", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_without_a_finding_it_says_where_a_thread_begins(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "t")
        assert isinstance(app.screen, HomeScreen)
        assert "There is no finding yet; the thread begins with one." in told(app)
