"""A goal draws its figures from the priority and the finding that it is led to, and nobody types them twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Select

from screens.programme.form import FormScreen
from store.records import Finding, Goal, Priority
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, settle, told, write

FIELDS = {
    "group_name": "Bengali",
    "compared_with": "White British",
    "indicator": "Recovery",
    "value": 38.125,
    "lower": 31.5,
    "upper": 45.0,
    "unit": "%",
    "period": "2024-25",
    "direction": "up",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = new_file(tmp_path)
    workspace = Workspace.open(path)
    with workspace.change("What is known") as change:
        finding = change.add(Finding(title="Fewer recover", **FIELDS))
        change.add(Finding(title="Fewer come", group_name="Deaf people", value=12.0, unit="people"))
        change.add(priority := Priority(title="Letters in our languages"))
        change.link(priority, "findings", "finding", finding)
    workspace.close()
    return path


async def lead(form: FormScreen, field: str, title: str) -> None:
    chooser = form.query_one(f"#field-{field}", Select)
    chooser.value = next(value for label, value in chooser._options if str(label) == title)


async def test_a_priority_brings_its_finding_and_the_figures(path: Path) -> None:
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(Goal(), fresh=True))
        await settle(app, pilot)
        form = app.screen
        assert isinstance(form, FormScreen), screen_text(app)
        await lead(form, "priority_id", "Letters in our languages")
        await settle(app, pilot)
        assert "baseline" in told(app)
        await press(app, pilot, "escape")
        (goal,) = app.workspace.list(Goal)
    assert goal.title == "Letters in our languages"
    assert (goal.baseline, goal.baseline_lower, goal.baseline_upper) == (38.125, 31.5, 45.0)
    assert (goal.group, goal.comparison_group, goal.measure) == ("Bengali", "White British", "Recovery")
    assert (goal.unit, goal.baseline_period, goal.direction) == ("%", "2024-25", "up")


async def test_another_finding_takes_its_own_figures_along_and_what_a_person_wrote_stays(path: Path) -> None:
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(Goal(), fresh=True))
        await settle(app, pilot)
        form = app.screen
        assert isinstance(form, FormScreen)
        await write(pilot, "Ours")
        await lead(form, "priority_id", "Letters in our languages")
        await settle(app, pilot)
        form.query_one("#field-population").focus()
        await press(app, pilot, "end", "ctrl+u")
        await write(pilot, "Families")
        await lead(form, "finding_id", "Fewer come")
        await settle(app, pilot)
        await press(app, pilot, "escape")
        (goal,) = app.workspace.list(Goal)
    assert (goal.title, goal.population) == ("Ours", "Families")
    assert (goal.baseline, goal.unit, goal.group) == (12.0, "people", "Deaf people")
    assert (goal.baseline_lower, goal.baseline_upper, goal.comparison_group) == (None, None, "")
    assert (goal.measure, goal.baseline_period, goal.direction) == ("", "", "")


async def test_opening_a_goal_changes_nothing_in_it(path: Path) -> None:
    workspace = Workspace.open(path)
    finding = workspace.list(Finding)[0]
    with workspace.change("Add goal") as change:
        goal_id = change.add(Goal(title="Ours", finding_id=finding.id, baseline=40.0))
    workspace.close()
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(app.workspace.need(Goal, goal_id)))
        await settle(app, pilot)
        await press(app, pilot, "escape")
        kept = app.workspace.need(Goal, goal_id)
    assert (kept.baseline, kept.unit, kept.population) == (40.0, "", "")


async def test_a_choice_that_was_taken_back_before_the_program_was_left_is_not_there_again(path: Path) -> None:
    workspace = Workspace.open(path)
    with workspace.change("Add goal") as change:
        goal_id = change.add(Goal(title="Ours", direction="up"))
    workspace.close()
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(app.workspace.need(Goal, goal_id)))
        await settle(app, pilot)
        app.screen.query_one("#field-direction", Select).clear()
        await settle(app, pilot)
        await press(app, pilot, "ctrl+q")
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(app.workspace.need(Goal, goal_id)))
        await settle(app, pilot)
        assert "here again" in told(app)
        await press(app, pilot, "escape")
        assert app.workspace.need(Goal, goal_id).direction == ""
