"""A facilitator's journeys by keys alone, through the real program and a real file."""

from __future__ import annotations

from pathlib import Path

import pytest

from amhe_tui.intake.loading.bring import bring
from screens.deliver.impact import ImpactScreen
from screens.identify.breakdown import BreakdownScreen
from screens.identify.capture import CaptureScreen
from screens.programme.form import FormScreen
from screens.programme.home import HomeScreen
from screens.programme.start import StartScreen
from screens.programme.step import StepScreen
from store.records import (
    Activity,
    DataSource,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Finding,
    Goal,
    Priority,
    Remark,
    Review,
    Theme,
)
from store.workspace import Workspace
from tests.support import figures, new_file, press, running, screen_text, settle, told, words_on, write


async def test_from_nothing_to_a_remark_on_the_disk(own_folders: Path) -> None:
    async with running(None, (80, 24)) as (app, pilot):
        assert isinstance(app.screen, StartScreen)
        await press(app, pilot, "n")
        await write(pilot, "Fair start")
        await press(app, pilot, "enter")
        await write(pilot, "Northmere")
        await pilot.click("#yes")
        await settle(app, pilot)
        assert isinstance(app.screen, HomeScreen), screen_text(app)
        assert "Northmere" in screen_text(app)
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, StepScreen)
        await press(app, pilot, "a")
        assert isinstance(app.screen, FormScreen)
        await write(pilot, "Harbour group")
        await press(app, pilot, "escape", "f")
        assert isinstance(app.screen, CaptureScreen)
        await write(pilot, "p3: It is [/b] two buses away #travel")
        await press(app, pilot, "enter")
        assert "two buses away" in screen_text(app)
        assert "[/b]" in screen_text(app)
    path = own_folders / "documents" / "fair-start.amhe"
    with Workspace.open(path) as workspace:
        remark = workspace.list(Remark)[0]
        assert (remark.words, remark.speaker) == ("It is [/b] two buses away", "P3")
        assert [one.name for one in workspace.list(Theme)] == ["travel"]
        assert workspace.verify() == []


async def test_a_gap_becomes_a_finding_with_its_numbers(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        bring(workspace, figures(tmp_path))
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b")
        assert isinstance(app.screen, BreakdownScreen)
        shown = words_on(app)
        assert "Black or Black British" in shown
        assert "39 of every 100" in shown
        assert "10 of every 100 people is not known" in shown
        await press(app, pilot, "t")
        assert "38.9" in screen_text(app)
        await press(app, pilot, "t", "f")
        assert isinstance(app.screen, FormScreen)
        await press(app, pilot, "escape", "escape")
    with Workspace.open(path) as workspace:
        finding = workspace.list(Finding)[0]
        assert finding.group_name == "Black or Black British"
        assert finding.value == 38.9
        assert finding.compared_with == "everyone else"
        assert finding.lower is not None
        assert finding.lower < 38.9
        assert workspace.linked(finding.id, "sources") == [workspace.list(DataSource)[0].id]


async def test_a_goal_opens_its_assessment_and_the_grid_knows_the_law(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "3", "enter", "a")
        await write(pilot, "Improve recovery")
        await press(app, pilot, "escape")
        assert "SMART check" in screen_text(app)
        await press(app, pilot, "m")
        assert isinstance(app.screen, ImpactScreen)
        await press(app, pilot, "down", "down", "down", "plus", "2")
        assert "counts only for aim 1" in told(app)
        await press(app, pilot, "1")
    with Workspace.open(path) as workspace:
        goal = workspace.list(Goal)[0]
        assessment = workspace.list(EqualityImpactAssessment)[0]
        assert assessment.goal_id == goal.id
        assert assessment.due > "2026-11-23"
        row = next(one for one in workspace.list(EqualityImpactRow) if one.characteristic == "marriage")
        assert (row.impact, row.aim_eliminate, row.aim_advance) == ("positive", True, False)


async def test_undo_goes_back_through_everything_after_closing(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        for number, kind in enumerate((Finding, Priority, Goal, Review)):
            with workspace.change(f"Add {kind.singular}") as change:
                change.add(kind(title=f"number {number}"))
    async with running(path) as (app, pilot):
        await press(app, pilot, "u", "u", "u", "u", "u")
        assert "Nothing to undo" in told(app)
        await press(app, pilot, "U", "U")
    with Workspace.open(path) as workspace:
        assert [len(workspace.list(kind)) for kind in (Finding, Priority, Goal, Review)] == [1, 1, 0, 0]


async def test_a_half_typed_form_is_offered_back(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "down", "enter", "a")
        await write(pilot, "Half a ti")
        await pilot.pause(0.6)
        await settle(app, pilot)
    async with running(path) as (app, pilot):
        await press(app, pilot, "down", "enter", "a")
        assert "Half a ti" in screen_text(app)
        await press(app, pilot, "ctrl+r")
    with Workspace.open(path) as workspace:
        assert workspace.list(Activity) == []


async def test_a_bad_date_and_a_bad_number_are_said_and_nothing_is_lost(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "down", "enter", "a")
        await write(pilot, "Harbour group")
        app.screen.query_one("#field-held").value = "the 45th of June"  # type: ignore[attr-defined]
        await press(app, pilot, "escape")
        assert isinstance(app.screen, FormScreen)
        assert "Write it as day, month, year" in screen_text(app)
        app.screen.query_one("#field-held").value = "3/12/26"  # type: ignore[attr-defined]
        app.screen.query_one("#field-attended").value = "eight"  # type: ignore[attr-defined]
        await press(app, pilot, "escape")
        assert "a whole number" in screen_text(app)
        app.screen.query_one("#field-attended").value = "1,008"  # type: ignore[attr-defined]
        await press(app, pilot, "escape")
    with Workspace.open(path) as workspace:
        activity = workspace.list(Activity)[0]
        assert (activity.title, activity.held, activity.attended) == ("Harbour group", "2026-12-03", 1008)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_sub_step_opens_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path = new_file(tmp_path)
    async with running(path, size) as (app, pilot):
        await press(app, pilot, "enter")
        seen: set[str] = set()
        for _ in range(10):
            assert isinstance(app.screen, StepScreen)
            seen.add(app.screen.sub_step)
            await press(app, pilot, "g")
            assert "Why" in screen_text(app)
            await press(app, pilot, "escape", "right_square_bracket")
        assert seen == {"1A", "1B", "2A", "2B", "2C", "3A", "3B", "4A", "4B", "4C"}


async def test_a_file_that_is_not_ours_leads_back_to_the_first_screen(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    holder = Workspace.open(path)
    try:
        async with running(path) as (app, pilot):
            await settle(app, pilot)
            assert isinstance(app.screen, StartScreen)
            assert "open in this window" in told(app)
    finally:
        holder.close()
