"""The board of who is missing by keys: four sections, a state decided, a finding of absence, people asked in 1B, undo; and the command that prints it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from amhe_tui.cli import main
from screens.identify.missing import MissingScreen, SectionLine
from screens.programme.form import FormScreen
from screens.programme.step import StepScreen
from store.records import Activity, Challenge, Finding, GroupToSee
from store.workspace import Workspace
from tests.made_once import sample_copy
from tests.support import new_file, press, running, settle, told, words_on, write


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return sample_copy(tmp_path)


def _mark(app, name: str) -> None:  # type: ignore[no-untyped-def]
    screen = app.screen
    at = next(number for number, row in enumerate(screen._rows) if row.cells[0].startswith(name))
    screen.query_one("#missing").move_cursor(row=at)


async def test_a_journey_through_the_sample(sample: Path) -> None:
    async with running(sample, size=(80, 24)) as (app, pilot):
        app.push_screen(StepScreen("1A"))
        await settle(app, pilot)
        await press(app, pilot, "x")
        assert isinstance(app.screen, MissingScreen)
        assert "▸1 How complete" in words_on(app)
        assert "79.6 % few" in words_on(app)
        _mark(app, "Ethnic Group")
        await settle(app, pilot)
        assert "2022-23" in words_on(app)
        assert "▲ better" in words_on(app)
        await press(app, pilot, "2")
        assert "▸2 Groups lacking" in words_on(app)
        assert "nowhere here" in words_on(app)
        await press(app, pilot, "3")
        _mark(app, "Sex workers")
        await settle(app, pilot)
        assert "Nobody here has decided" in words_on(app)
        await press(app, pilot, "s")
        await write(pilot, "No data")
        await press(app, pilot, "enter")
        assert "Somebody here decided: No data can see them" in words_on(app)
        await press(app, pilot, "f")
        assert "Finding: No data here can see sex workers." in told(app)
        await press(app, pilot, "f", "r", "r")
        assert "Listening to sex workers" in told(app)
        await press(app, pilot, "4")
        assert "▸4 Eight challenges" in words_on(app)
        await press(app, pilot, "3")
        assert "Listening to sex workers" in words_on(app), "the marked row is the same one still"
    with Workspace.open(sample) as workspace:
        (group,) = [one for one in workspace.list(GroupToSee) if one.name == "Sex workers"]
        (finding,) = [one for one in workspace.list(Finding) if one.group_name == "Sex workers"]
        assert (group.seen, group.finding_id, group.kind) == ("unseen", finding.id, "inclusion")
        (activity,) = [one for one in workspace.list(Activity) if one.population == "Sex workers"]
        assert "Outreach" in activity.recruitment


async def test_a_lacking_group_is_looked_for_and_undone(sample: Path) -> None:
    async with running(sample) as (app, pilot):
        app.push_screen(MissingScreen(2))
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, MissingScreen)
        at = next(number for number, row in enumerate(screen._rows) if "Arab" in row.cells[1])
        screen.query_one("#missing").move_cursor(row=at)  # type: ignore[attr-defined]
        await settle(app, pilot)
        await press(app, pilot, "n")
        await write(pilot, "Arab")
        await press(app, pilot, "enter", "3")
        assert [row.cells[0] for row in screen._rows][-1] == "Arab"
        await press(app, pilot, "u")
        assert "Arab" not in [row.cells[0] for row in screen._rows]
        await press(app, pilot, "U")
        assert [row.cells[0] for row in screen._rows][-1] == "Arab"


async def test_forms_of_groups_and_challenges(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(MissingScreen())
        await settle(app, pilot)
        assert "not broken down" in words_on(app)
        await press(app, pilot, "s", "f", "r", "a", "e")
        assert isinstance(app.screen, MissingScreen), "these keys belong to other sections"
        await press(app, pilot, "2")
        assert "Bring a data file in" in words_on(app)
        await press(app, pilot, "3")
        assert "No data yet to look in" in words_on(app)
        await press(app, pilot, "a")
        assert isinstance(app.screen, FormScreen)
        await write(pilot, "Fishermen")
        await press(app, pilot, "escape", "4", "enter")
        assert isinstance(app.screen, FormScreen)
        await press(app, pilot, "escape")
        assert app.screen._rows[0].cells[1] == "Nobody has looked yet", "a form that was only opened says nothing"  # type: ignore[attr-defined]
    with Workspace.open(path) as workspace:
        assert [(one.name, one.kind) for one in workspace.list(GroupToSee)] == [("Fishermen", "other")]
        assert [one.kind for one in workspace.list(Challenge)] == ["capture"]


async def test_a_section_can_be_clicked(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        app.push_screen(MissingScreen())
        await settle(app, pilot)
        await pilot.click(SectionLine, offset=(44, 0))
        await settle(app, pilot)
        assert "▸3 People numbers miss" in words_on(app)


def test_the_command_prints_every_section(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["missing", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"completeness", "not_broken_down", "groups", "people", "challenges"}
    assert len(found["challenges"]) == 8
    assert "found" not in found["completeness"][0]
    assert main(["missing", str(sample), "--csv", "--audience", "team"]) == 0
    told_of = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(told_of.out)))
    assert {row["section"] for row in rows} == {
        "completeness",
        "thrown together",
        "not broken down",
        "groups lacking",
        "people",
        "challenges",
    }
    assert "team only" in told_of.err
    assert main(["missing", str(sample)]) == 0
    words = capsys.readouterr().out
    assert "Gypsy or Irish Traveller, Roma, Arab; no source here does." in words
    assert "No data can see them, it seems" in words


def test_the_command_hides_small_numbers_from_all_but_the_team(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, data = new_file(tmp_path), tmp_path / "raw.csv"
    data.write_text(
        "period,area,ethnic_group,people\n2025,Northmere,White,700\n2025,Northmere,Black,120\n2025,Northmere,Not stated,3\n2025,Northmere,Total,823\n"
    )
    assert main(["import", str(path), str(data)]) == 0
    capsys.readouterr()
    for audience, seen in (("team", 3), ("board", None), ("public", None)):
        assert main(["missing", str(path), "--json", "--audience", audience]) == 0
        (line,) = json.loads(capsys.readouterr().out)["completeness"]
        assert line["unknown"] == seen
        assert (line["share"] is None) == (seen is None)
