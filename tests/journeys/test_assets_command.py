"""Community assets from the command line: listed as data, narrated beside it, marked as checked, and for whom there is none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from amhe_tui.cli import main
from store.records import Asset, GroupToSee
from store.workspace import Workspace
from tests.support import new_file

LIST = (
    "Name,Area,Reaches,Languages,Access,Address,Phone\n"
    'Circle,Tollbrook,Somali mothers,"Somali, English",Free,1 Marsh Lane,01632 960 127\n'
    '=Pantry,Kessmoor,,"English, Polish",Tuesdays,4 Chapel Lane,01632 960 144\n'
)


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    data = tmp_path / "assets.csv"
    data.write_text(LIST, encoding="utf-8")
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Look") as change:
        change.add(GroupToSee(name="Homeless people"))
    assert main(["import", str(path), str(data)]) == 0
    return path


def test_the_list_is_data_and_what_is_said_of_it_is_not(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["assets", str(programme), "--language", "polish", "--csv"]) == 0
    said = capsys.readouterr()
    [row] = csv.DictReader(io.StringIO(said.out))
    assert (row["name"], row["languages"], row["reaches"]) == (
        "'=Pantry",
        "English, Polish",
        "",
    )  # no spreadsheet runs it
    assert "1 of 2 assets." in said.err
    assert main(["assets", str(programme), "--population", "somali", "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["Circle"]
    assert main(["assets", str(programme)]) == 0
    assert "does not say whom it reaches" in capsys.readouterr().out


def test_bringing_a_list_in_says_how_many_assets_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "assets.csv"
    data.write_text(LIST, encoding="utf-8")
    assert main(["import", str(new_file(tmp_path)), str(data), "--json"]) == 0
    said = capsys.readouterr()
    assert "2 of them are community assets" in said.err
    assert json.loads(said.out)[0]["assets"] == 2


def test_for_whom_there_is_nothing(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["assets", str(programme), "--nothing-for"]) == 0
    said = capsys.readouterr()
    assert said.out == "Group to look for\tNo asset in this file says it reaches: Homeless people.\n"
    assert "1 of 2 assets do not say whom they reach" in said.err
    assert main(["assets", str(programme), "--nothing-for", "--json"]) == 0
    [one] = json.loads(capsys.readouterr().out)
    assert (one["name"], one["number"], one["assets"]) == ("Homeless people", 0, [])


def test_marked_as_checked_on_a_day(programme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assets", str(programme), "--checked", "circle", "1 Nov 2026"]) == 0
    assert "1 Nov 2026" in capsys.readouterr().err
    with Workspace.open(programme) as workspace:
        assert sorted(one.checked for one in workspace.list(Asset)) == ["", "2026-11-01"]
    assert main(["assets", str(programme), "--checked", "circle", "someday"]) == 1
    assert main(["assets", str(programme), "--checked", "nobody"]) == 1
    assert main(["assets", str(programme), "--checked", "a", "b", "c"]) == 1
