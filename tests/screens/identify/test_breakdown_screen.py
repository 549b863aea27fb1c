"""Gaps by keys: five views of a breakdown, every choice, the list of all gaps, and a finding made of one and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from amhe_tui.intake.loading.bring import bring
from screens.identify.breakdown import _LAST, BreakdownScreen
from screens.identify.gaps import GapsScreen
from screens.programme.form import FormScreen
from screens.shared.dialogs import PickDialog
from screens.shared.widgets import Rows
from store.records import DataSource, Finding, IndicatorMeaning
from store.workspace import Workspace
from tests.programme.test_crossed_groups import BIG, brought
from tests.programme.test_crossed_groups import table as crossed
from tests.programme.test_gaps_of_a_programme import service_file, with_population
from tests.support import new_file, press, running, screen_text, settle, told, words_on, write


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    found = new_file(tmp_path)
    with Workspace.open(found) as workspace:
        bring(workspace, service_file(tmp_path))
    yield found
    _LAST.clear()


async def test_each_view_shows_the_same_gap_in_its_own_way(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b")
        assert isinstance(app.screen, BreakdownScreen)
        assert "38.1" in screen_text(app)
        await press(app, pilot, "2")
        assert "◆" in screen_text(app)
        assert "▾ everyone else" in screen_text(app)
        await press(app, pilot, "3")
        assert "2030-31" in screen_text(app)
        await press(app, pilot, "5")
        assert "no gap" in screen_text(app)
        assert "−13.3" in screen_text(app)
        await press(app, pilot, "t")
        assert "Lower limit" in screen_text(app)
        await press(app, pilot, "t", "m")
        assert "Newcombe" in words_on(app)
        await press(app, pilot, "escape", "4")
        assert "Only how many people used a service" in told(app)
        assert "no gap" in screen_text(app)  # where it cannot be shown, we stay where we are


async def test_every_choice_has_a_key_and_is_said(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b", "v")
        assert "detailed groups" in screen_text(app)
        assert "Caribbean" in screen_text(app)
        await press(app, pilot, "v", "a")
        await write(pilot, "Toll")
        await press(app, pilot, "enter")
        assert "Tollbrook" in screen_text(app)
        await press(app, pilot, "o")
        await write(pilot, "average")
        await press(app, pilot, "enter")
        assert "in Tollbrook as a whole" in words_on(app)
        assert "compared with the average" in screen_text(app)
        await press(app, pilot, "k")
        await write(pilot, "White")
        await press(app, pilot, "enter")
        assert "in the group White recovered" in words_on(app)
        await press(app, pilot, "w")
        assert "not broken down by two characteristics" in told(app)
        await press(app, pilot, "escape", "b")
        assert "Tollbrook" in screen_text(app)  # the last choices are there again
        assert "in the group White recovered" in words_on(app)


async def test_who_uses_a_service_against_who_lives_here(path: Path, tmp_path: Path) -> None:
    with Workspace.open(path) as workspace:
        with_population(workspace, tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b", "i")
        await write(pilot, "referrals")
        await press(app, pilot, "enter")
        assert "how many, not how likely" in words_on(app)
        await press(app, pilot, "4")
        assert "Black or Black British: live here" in screen_text(app)
        assert "People who live there: People here" in words_on(app)
        assert "there were 10 referrals received, against" in words_on(app)
        await press(app, pilot, "t")
        table = screen_text(app)
        assert "Black or Black British: use it" in table  # a row is read alone, where a bar leans on the one above it
        await press(app, pilot, "t")
        await press(app, pilot, "f")
        assert isinstance(app.screen, FormScreen)
        await press(app, pilot, "escape")
    with Workspace.open(path) as workspace:
        finding = workspace.list(Finding)[0]
        assert finding.unit == "for every 1,000 people who live there"
        assert finding.value == 10.0
        assert len(workspace.linked(finding.id, "sources")) == 2


async def test_nobody_has_to_hunt_for_a_gap_and_it_is_written_down_once(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "G")
        assert isinstance(app.screen, GapsScreen)
        shown = words_on(app)
        assert "1 Sure" in shown
        assert "Black or Black British" in shown
        assert "a wider gap than chance alone would give" in shown
        await press(app, pilot, "f")
        assert isinstance(app.screen, FormScreen)
        await press(app, pilot, "escape", "f")
        assert "Already written down" in screen_text(app)
        await press(app, pilot, "escape", "2")
        assert "ask people in 1B" in words_on(app)
        await press(app, pilot, "1", "enter")
        assert isinstance(app.screen, BreakdownScreen)
        assert "Northmere ICB" in screen_text(app)
    with Workspace.open(path) as workspace:
        (finding,) = workspace.list(Finding)
        assert (finding.group_name, finding.frozen) == ("Black or Black British", "2026-11-23")
        assert finding.gap_lower is not None
        assert workspace.linked(finding.id, "sources") == [workspace.list(DataSource)[0].id]


async def test_the_gaps_of_one_place_and_in_another_order(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "G", "a")
        await write(pilot, "Toll")
        await press(app, pilot, "enter")
        assert "Tollbrook" in words_on(app)
        await press(app, pilot, "z")
        await write(pilot, "people")
        await press(app, pilot, "enter")
        assert "by how many people it is about" in words_on(app)
        await press(app, pilot, "7")
        assert "a figure is hidden or missing" in words_on(app)
        assert "suppressed" in words_on(app)


async def test_which_way_is_better_can_be_said_and_turns_who_fares_worst(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b", "e")
        assert isinstance(app.screen, FormScreen)
        await press(app, pilot, "escape")
    with Workspace.open(path) as workspace:
        said = workspace.list(IndicatorMeaning)
        assert [one.indicator_id for one in said] == ["recovery.percentage"]
        with workspace.change("Turn it") as change:
            change.update(said[0], direction="down")
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b")
        assert "in the group White recovered" in words_on(app)
        assert "the lower the figure the better" in words_on(app)


@pytest.mark.parametrize("key", ["y", "c", "i", "w", "a", "o", "g", "v", "2", "t", "m", "s", "e", "f", "G", "u"])
async def test_a_key_before_it_is_known_what_there_is_ends_nothing(path: Path, key: str) -> None:
    """As when somebody types ahead while a large file is looked through."""
    async with running(path) as (app, pilot):
        app.push_screen(screen := BreakdownScreen())
        await pilot.press(key)
        await settle(app, pilot)
        assert app.failure is None
        screen._indicators = []
        await press(app, pilot, key)
        assert app.failure is None


async def test_figures_that_are_undone_while_they_are_looked_at_make_room_for_others(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b")
        shown = app.screen
        assert isinstance(shown, BreakdownScreen)
        shown._indicators = [indicator for indicator in shown._indicators if indicator.id == shown._choice.indicator]
        shown._choice = shown._wanted = replace(shown._choice, indicator="one that is gone")
        shown.query_one("#chart", Static).update("")
        await shown.reload()
        await settle(app, pilot)
        assert "38.1" in screen_text(app)
        assert shown._choice is shown._wanted
        await press(app, pilot, "u")  # the import itself
        assert not isinstance(app.screen, BreakdownScreen), screen_text(app)
        assert "There are no figures by group yet" in told(app)


async def test_without_figures_it_says_what_to_do(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "enter", "b")
        assert "Press i in 1A" in told(app)
        await press(app, pilot, "G")
        assert "brings a data file in" in words_on(app)


async def test_crossed_groups_are_smoothed_with_a_table_and_their_method(tmp_path: Path) -> None:
    path = brought(tmp_path, crossed(BIG))
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b", "7")
        assert "by Sex and Ethnic group · Crossed" in words_on(app)
        assert "Smoothed ●, as counted ×" in screen_text(app)
        assert "Male, Black" in screen_text(app)
        assert "the 6 crossings of Sex and Ethnic group run from" in words_on(app)
        await press(app, pilot, "t")
        assert "Smoothed %" in screen_text(app)
        assert "As counted" in screen_text(app)
        await press(app, pilot, "t", "m")
        assert "MAIHDA" in words_on(app)
        await press(app, pilot, "escape", "f")
        assert "There is no gap to write down here" in told(app)
        await press(app, pilot, "1")
        assert "by Ethnic group · Bars" in words_on(app)
    _LAST.clear()


async def test_a_file_of_crossed_groups_alone_opens_crossed(tmp_path: Path) -> None:
    path = brought(tmp_path, crossed(BIG, totals=False))
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b")
        assert "by Sex and Ethnic group · Crossed" in words_on(app)
        assert "No figures" not in told(app)
        await press(app, pilot, "1")
        assert "No figures" in told(app)
        assert "by Sex and Ethnic group · Crossed" in words_on(app)


async def test_an_indicator_of_crossed_groups_alone_is_chosen_without_a_complaint(path: Path, tmp_path: Path) -> None:
    data = tmp_path / "crossed.csv"
    data.write_text(crossed(BIG, totals=False), encoding="utf-8")
    with Workspace.open(path) as workspace:
        bring(workspace, data)
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b", "i")
        await write(pilot, "crossed (percentage")
        await press(app, pilot, "enter")
        assert "by Sex and Ethnic group · Crossed" in words_on(app)
        assert "No figures" not in told(app)
    _LAST.clear()


async def test_without_crossed_figures_it_is_said_how_to_get_them(path: Path) -> None:
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "b", "7")
        assert "not broken down by two characteristics at once" in told(app)
        assert "Bring in a table with two label columns" in told(app)
        assert "38.1" in screen_text(app)


async def test_a_chart_chosen_while_the_table_is_shown_is_as_wide_as_the_screen_once_it_is_back(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b", "2")
        wide = app.screen.query_one("#chart").render()
        await press(app, pilot, "1", "t", "2", "t")
        assert str(app.screen.query_one("#chart").render()) == str(wide)


async def test_the_last_of_a_long_list_is_in_sight_on_a_small_screen(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b")
        app.push_screen(PickDialog("Which?", [(str(number), f"choice {number}") for number in range(40)]))
        await press(app, pilot, "up")
        assert "choice 39" in screen_text(app)
        await pilot.resize_terminal(60, 20)
        await settle(app, pilot)
        await press(app, pilot, "down", "up")
        assert "choice 39" in screen_text(app)


async def test_indicators_that_are_called_alike_can_be_told_apart(tmp_path: Path) -> None:
    async with running(brought(tmp_path, crossed(BIG))) as (app, pilot):
        await press(app, pilot, "enter", "b", "i")
        shown = screen_text(app)
        assert "(count), numerator" in shown
        assert "(count), denominator" in shown


async def test_the_list_of_gaps_shows_gaps_on_a_very_small_screen_too(path: Path) -> None:
    async with running(path, (60, 20)) as (app, pilot):
        await press(app, pilot, "enter", "G")
        table = app.screen.query_one("#gaps", Rows)
        assert table.scrollable_content_region.height >= 4  # the header and at least three gaps
        assert "Benjamini" not in words_on(app)
        await press(app, pilot, "tab", "end")
        assert "Benjamini" in words_on(app)
        await pilot.resize_terminal(80, 24)
        await settle(app, pilot)
        assert words_on(app).count("Benjamini") == 1
        await press(app, pilot, "shift+tab", "enter")
        await pilot.resize_terminal(60, 20)
        await settle(app, pilot)
        assert isinstance(app.screen, BreakdownScreen)
        assert "This cannot tell why" not in words_on(app)
        await press(app, pilot, "tab", "end")
        assert "This cannot tell why" in words_on(app)
