"""Everything by mouse: the board of the home screen, the key bar, a row of a list."""

from __future__ import annotations

from pathlib import Path

from amhe_tui.intake.loading.bring import bring
from screens.identify.breakdown import BreakdownScreen
from screens.identify.gaps import GapsScreen
from screens.programme.form import FormScreen
from screens.programme.home import HomeScreen
from screens.programme.step import StepScreen
from screens.shared.base import KeyBar
from store.records import Activity, Finding
from store.workspace import Workspace
from tests.programme.test_gaps_of_a_programme import service_file
from tests.support import new_file, press, running, screen_text, settle, words_on


async def click_key(app, pilot, name: str) -> None:
    bar = app.screen.query_one(KeyBar)
    start = next(start for start, _, active in bar._places if active.binding.id == name)
    await pilot.click(KeyBar, offset=(start + 1, 0))
    await settle(app, pilot)


async def test_a_card_a_key_and_a_row_can_be_clicked(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Add activity") as change:
        change.add(Activity(title="Harbour group"))
    async with running(path) as (app, pilot):
        await pilot.click("#board", offset=(3, 5))
        await settle(app, pilot)
        assert isinstance(app.screen, StepScreen)
        assert app.screen.sub_step == "1B"
        await click_key(app, pilot, "add")
        assert isinstance(app.screen, FormScreen)
        await click_key(app, pilot, "save_form")
        await pilot.click("#rows", offset=(4, 1))
        await settle(app, pilot)
        assert isinstance(app.screen, FormScreen)
        assert app.screen.query_one("#field-title").value == "Harbour group"  # type: ignore[attr-defined]
        await click_key(app, pilot, "save_form")
        await click_key(app, pilot, "back")
        assert isinstance(app.screen, HomeScreen)


async def test_from_the_list_of_gaps_to_a_finding_by_mouse_alone(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        bring(workspace, service_file(tmp_path))
    async with running(path, (160, 40)) as (app, pilot):
        await pilot.click("#board", offset=(3, 2))
        await settle(app, pilot)
        await click_key(app, pilot, "gaps")
        assert isinstance(app.screen, GapsScreen)
        await click_key(app, pilot, "section_none")
        await click_key(app, pilot, "section_sure")
        await pilot.click("#gaps", offset=(4, 1))
        await settle(app, pilot)
        assert isinstance(app.screen, BreakdownScreen)
        await click_key(app, pilot, "view_gap")
        assert "no gap" in screen_text(app)
        await click_key(app, pilot, "finding")
        assert isinstance(app.screen, FormScreen)
        await click_key(app, pilot, "save_form")
    with Workspace.open(path) as workspace:
        assert [one.group_name for one in workspace.list(Finding)] == ["Black or Black British"]


async def test_where_the_names_of_all_views_have_no_room_their_keys_stand_together_and_others_follow(
    tmp_path: Path,
) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        bring(workspace, service_file(tmp_path))
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b")
        line = screen_text(app).splitlines()[-1]
        assert "1 2 3 4 5 6 7 Views" in line
        assert "f Make a finding" in line
        await click_key(app, pilot, "view_gap")
        assert "no gap" in screen_text(app)
        await pilot.resize_terminal(120, 40)
        await settle(app, pilot)
        assert "6 Places  7 Crossed" in screen_text(app).splitlines()[-1]
        await pilot.resize_terminal(60, 20)
        await press(app, pilot, "escape", "G")
        line = screen_text(app).splitlines()[-1]
        assert "1 2 3 4 5 6 7 Sections" in line
        await click_key(app, pilot, "section_none")
        assert "no gap can be worked out" in words_on(app)
