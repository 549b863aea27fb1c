"""Lists of services and groups as community assets: every row one, none twice, nothing typed by a person lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import sample_data
from amhe_tui.intake.loading.asset_columns import asset_columns, values_of
from amhe_tui.intake.loading.assets import MOST_ASSETS, assets_in
from amhe_tui.intake.loading.bring import bring
from store.records import Asset, DataSource
from store.workspace import Workspace
from tests.support import figures, new_file

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADING = "Service name,What it offers,Address 1,Town,Postcode,Phone,Client group,Languages spoken,Opening times,Cost\n"
KITCHEN = 'Mango Tree Kitchen,Lunch and company,1 Chapel Lane,Tollbrook,NM1 1AA,01632 960 100,Caribbean elders,"English, Patois",Fri 12-2,Free\n'


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.open(new_file(tmp_path)) as opened:
        yield opened


def save(folder: Path, words: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def row(**cells: str) -> Mapping[str, str]:
    columns = asset_columns(list(cells), range(len(cells)), [list(cells.values())])
    assert columns is not None
    return values_of(list(cells.values()), columns)


def test_a_row_fills_the_fields_its_columns_name(workspace: Workspace, tmp_path: Path) -> None:
    result = bring(workspace, save(tmp_path, HEADING + KITCHEN + "Open Door,Hall,2 Saltgate,Tollbrook,NM1 2BB,,,,,\n"))
    assert (result.rows, result.assets, result.warnings) == (2, 2, ())
    kitchen, door = sorted(workspace.list(Asset), key=lambda one: one.name)
    assert kitchen.model_dump(exclude={"id", "source_id", "cycle", "removed"}) == {
        **dict.fromkeys(("kind", "organisation", "ages", "capacity", "website", "checked", "source_key"), ""),
        "name": "Mango Tree Kitchen",
        "description": "Lunch and company",
        "area": "Tollbrook",
        "reaches": "Caribbean elders",
        "languages": "English, Patois",
        "access": "Opening times: Fri 12-2",
        "cost": "Free",
        "address": "1 Chapel Lane",
        "postcode": "NM1 1AA",
        "contact": "01632 960 100",
    }
    assert (door.reaches, door.languages, door.access) == ("", "", "")  # what a row does not say stays blank
    [source] = workspace.list(DataSource)
    assert source.kind == "assets"
    assert kitchen.source_id == source.id


def test_one_undo_takes_out_the_source_and_every_asset_and_redo_brings_them_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    bring(workspace, save(tmp_path, HEADING + KITCHEN + KITCHEN.replace("Mango", "Fig")))
    workspace.undo()
    assert (workspace.list(Asset), workspace.list(DataSource)) == ([], [])
    workspace.redo()
    assert len(workspace.list(Asset)) == 2


def services(*changes: Mapping[str, object]) -> str:
    plain = {
        "id": "one",
        "name": "Listening line",
        "description": "Somebody listens",
        "organization": {"name": "Night Kettle"},
    }
    return json.dumps({"contents": [{**plain, **change} for change in changes]})


def test_services_with_one_id_are_all_there_and_it_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, services({}, {}, {"name": "Walking group", "organization": None}), "services.json")
    result = bring(workspace, path)
    assert sorted(one.name for one in workspace.list(Asset)) == ["Listening line", "Listening line", "Walking group"]
    assert [one.organisation for one in workspace.list(Asset)].count("") == 1
    said = " ".join(result.warnings)
    assert "All 3 services have the same id" in said
    assert "1 of 3 services names no organisation" in said
    assert "2 of 3 services are the same as another one in every field" in said
    assert workspace.list(DataSource)[0].watch == "\n".join(result.warnings)


def test_a_newer_edition_adds_what_is_new_and_keeps_what_a_person_typed(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, save(tmp_path, HEADING + KITCHEN.replace("Free", "")))
    [kitchen] = workspace.list(Asset)
    with workspace.change("Correct") as change:
        change.update(kitchen, reaches="Caribbean elders and their neighbours", contact="")
    newer = HEADING + KITCHEN.replace("NM1 1AA", "nm11aa") + KITCHEN.replace("Mango Tree", "Fig Tree")
    result = bring(workspace, save(tmp_path, newer, "newer.csv"))
    fig, mango = sorted(workspace.list(Asset), key=lambda one: one.name)
    assert fig.name == "Fig Tree Kitchen"
    assert (mango.id, mango.reaches, mango.contact, mango.cost) == (
        kitchen.id,
        "Caribbean elders and their neighbours",
        "01632 960 100",
        "Free",
    )
    assert "1 entry was here already; 1 of them got details that were blank." in result.warnings
    assert any("1 says something else" in words for words in result.warnings)
    workspace.undo()
    [again] = workspace.list(Asset)
    assert (again.cost, again.contact) == ("", "")


def test_as_many_doubles_as_the_list_has_and_no_more_on_reading_it_again(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, save(tmp_path, services({}, {}), "a.json"))
    bring(workspace, save(tmp_path, services({}, {}, {}), "b.json"))
    assert len(workspace.list(Asset)) == 3


def test_keys_that_differ_find_an_asset_that_was_renamed(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, save(tmp_path, services({"id": "a"}, {"id": "b"}), "a.json"))
    bring(workspace, save(tmp_path, services({"id": "a", "name": "Night line"}, {"id": "c"}), "b.json"))
    found = sorted((one.source_key, one.name) for one in workspace.list(Asset))
    assert found == [("a", "Listening line"), ("b", "Listening line"), ("c", "Listening line")]


def test_an_asset_written_by_hand_is_found_by_its_name_and_gets_what_was_blank(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.change("Add") as change:
        change.add(Asset(name="mango tree kitchen", reaches="Everybody on the lane"))
    bring(workspace, save(tmp_path, HEADING + KITCHEN))
    [one] = workspace.list(Asset)
    assert (one.name, one.reaches, one.postcode) == ("mango tree kitchen", "Everybody on the lane", "NM1 1AA")
    assert one.source_id == workspace.list(DataSource)[0].id


def test_branches_of_one_name_in_two_places_stay_two(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, save(tmp_path, HEADING + KITCHEN + KITCHEN.replace("NM1 1AA", "NM9 9ZZ")))
    assert len(workspace.list(Asset)) == 2


def test_figures_answers_and_what_a_person_calls_otherwise_are_no_assets(workspace: Workspace, tmp_path: Path) -> None:
    assert bring(workspace, figures(tmp_path)).assets == 0
    assert bring(workspace, save(tmp_path, HEADING + KITCHEN), about={"kind": "usage"}).assets == 0
    assert workspace.list(Asset) == []


def test_a_national_register_is_counted_but_not_listed(tmp_path: Path) -> None:
    rows = "".join(KITCHEN.replace("Mango", f"Mango {number}") for number in range(MOST_ASSETS + 1))
    found = assets_in(save(tmp_path, HEADING + rows))
    assert found.rows == ()
    assert "5,001" in found.warnings[-1]


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"name": "A", "minimum_age": "12", "maximum_age": "25"}, "ages", "12 to 25"),
        ({"name": "A", "Min age": "18", "Max age": ""}, "ages", "from 18"),
        ({"name": "A", "Last checked": "03/12/2025"}, "checked", "2025-12-03"),
        ({"name": "A", "Last checked": "12/31/2025"}, "checked", "2025-12-31"),
        ({"name": "A", "address": "5 Richmond Street, Manchester"}, "area", "Manchester"),
        (
            {"name": "A", "Address": "The Hall", "City": "Hull", "County": "East Yorkshire"},
            "area",
            "Hull, East Yorkshire",
        ),
        ({"OrganisationName": "A", "ParentName": "B", "Phone": "1"}, "organisation", "B"),
        ({"name": "A", "Serves": "Polish families", "Gender": "Women"}, "reaches", "Polish families; Gender: Women"),
        ({"name": "A", "Type": "Mosque", "area": "X"}, "kind", "faith"),
        ({"name": "A", "Type": "Mosque", "area": "X"}, "description", "Type: Mosque"),
        ({"name": "A", "area": "X", "Meeting room": "Upstairs"}, "description", "Meeting room: Upstairs"),
        ({"name": "A\x1b[2J", "area": "X"}, "name", "A[2J"),
    ],
)
def test_columns_are_known_by_their_names(cells: dict[str, str], field: str, value: str) -> None:
    assert row(**cells)[field] == value


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"name": "A", "area": "X", "Latitude": "51.3", "Status": "active", "Sector": ""}, "description"),
        ({"name": "A", "address": "Unit 4, Chester Road"}, "area"),  # a street is no place
        ({"name": "A", "Last checked": "2"}, "checked"),
        ({"name": "A", "area": "X", "Sector": "Independent"}, "reaches"),  # who pays for it is not whom it serves
    ],
)
def test_what_a_list_does_not_say_stays_blank(cells: dict[str, str], field: str) -> None:
    assert field not in row(**cells)


def test_a_list_of_names_alone_is_no_list_of_assets() -> None:
    assert asset_columns(["id", "name"], [0, 1], [["1", "A"]]) is None


def test_the_sample_is_read_with_whom_it_reaches() -> None:
    path = next(one for one in sample_data.files() if one.name == "assets_northmere.csv")
    found = assets_in(path).rows
    assert len(found) == 12
    assert all(one["reaches"] and one["languages"] and one["access"] for one in found)


REAL = {
    "assets_trafford_mental_health_services.csv": (60, 60, ()),
    "nhs_hospitals_not-sign_latin1.csv": (1231, 1231, ()),
    "open_referral_uk_services_mock.json": (
        128,
        85,
        ("All 128 services have the same id", "43 of 128 services name no organisation"),
    ),
}


@pytest.mark.parametrize("name", [name for name in REAL if (SHARED / name).exists()])
def test_real_directories_come_in_whole(workspace: Workspace, name: str) -> None:
    number, other, said = REAL[name]
    result = bring(workspace, SHARED / name)
    assert (result.rows, result.assets, len(workspace.list(Asset))) == (number, number, number)
    field = {60: "website", 1231: "organisation", 128: "organisation"}[number]
    assert sum(bool(getattr(one, field)) for one in workspace.list(Asset)) == other
    for words in said:
        assert any(one.startswith(words) for one in result.warnings)
    workspace.undo()
    assert workspace.list(Asset) == []
