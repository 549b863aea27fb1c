"""Community assets found by whom they reach, where, in which language and how one gets in, and for whom none says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amhe_tui.errors import AmheError
from amhe_tui.intake.loading.bring import bring
from amhe_tui.method.groups.served import age_bounds, says
from amhe_tui.programme.assets import (
    assets,
    is_stale,
    mark_checked,
    need_asset,
    nothing_for,
    says_nothing_of_whom,
    values_there,
)
from store.records import Asset, GroupToSee
from store.workspace import Workspace
from tests.support import figures, new_file

TODAY = date(2026, 11, 23)
ASSETS = (
    {"name": "Circle", "reaches": "Somali mothers and other women", "languages": "Somali, English", "area": "Tollbrook, Marsh Lane", "access": "Step-free", "cost": "Free"},
    {"name": "Library", "reaches": "Anyone", "languages": "English", "area": "Kessmoor", "access": "Lift; hearing loop", "checked": "2026-11-01"},
    {"name": "Pantry", "reaches": "", "languages": "English, Polish", "address": "4 Chapel Lane, Kessmoor", "cost": "£4 a shop", "checked": "2025-11-22"},
    {"name": "Sixes", "reaches": "Young Black men", "ages": "16 to 25", "area": "Tollbrook", "checked": "2025-11-23"},
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.open(new_file(tmp_path)) as opened:
        with opened.change("Add") as change:
            for one in ASSETS:
                asset = Asset(name=one["name"])
                for name, value in one.items():
                    setattr(asset, name, value)
                change.add(asset)
        yield opened


def names(workspace: Workspace, **asked: str) -> list[str]:
    return [one.name for one in assets(workspace, **asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Circle", "Library", "Pantry", "Sixes"]),
        ({"population": "somali"}, ["Circle"]),
        ({"population": "Black or Black British"}, ["Circle", "Sixes"]),
        ({"population": "men"}, ["Sixes"]),  # not the women
        ({"population": "Male"}, ["Sixes"]),
        ({"population": "18 to 24"}, ["Sixes"]),
        ({"population": "Black women"}, ["Circle"]),  # both, not either
        ({"population": "65 and over"}, []),
        ({"population": "everyone"}, []),  # blank does not mean everyone
        ({"population": "Hearing"}, ["Library"]),
        ({"population": "White"}, []),  # a language spoken is not a group reached
        ({"population": "Christian"}, []),  # nor is the name of a lane
        ({"area": "TOLLBROOK"}, ["Circle", "Sixes"]),
        ({"area": "kessmoor"}, ["Library", "Pantry"]),
        ({"language": "polish"}, ["Pantry"]),
        ({"access": "step-free"}, ["Circle"]),
        ({"access": "£4"}, ["Pantry"]),
        ({"words": "lane chapel"}, ["Pantry"]),
        ({"area": "tollbrook", "language": "english"}, ["Circle"]),
    ],
)
def test_assets_are_found_by_everything_that_is_asked(
    workspace: Workspace, asked: dict[str, str], found: list[str]
) -> None:
    assert names(workspace, **asked) == found


def test_marking_as_checked_is_one_change_that_can_be_undone(workspace: Workspace) -> None:
    circle = need_asset(workspace, "circle")
    assert is_stale(circle, TODAY)
    assert mark_checked(workspace, circle.id, TODAY).checked == "2026-11-23"
    assert workspace.undo_label() == "Checked: Circle"
    workspace.undo()
    assert need_asset(workspace, circle.id).checked == ""
    with pytest.raises(AmheError, match="cannot be read as a date"):
        mark_checked(workspace, circle.id, "some day")


def test_stale_are_those_never_checked_or_not_in_twelve_months(workspace: Workspace) -> None:
    assert sorted(asset.name for asset in workspace.list(Asset) if is_stale(asset, TODAY)) == ["Circle", "Pantry"]
    assert is_stale(Asset(name="A", checked="2027-02-27"), date(2028, 2, 29))


def test_a_name_that_fits_two_assets_is_asked_back(workspace: Workspace) -> None:
    assert need_asset(workspace, "pan").name == "Pantry"
    with pytest.raises(AmheError, match="can be"):
        need_asset(workspace, "i")
    with pytest.raises(AmheError, match="no asset"):
        need_asset(workspace, "nowhere")


def test_groups_of_the_evidence_and_those_looked_for_that_no_asset_says_it_reaches(
    workspace: Workspace, tmp_path: Path
) -> None:
    bring(workspace, figures(tmp_path))
    with workspace.change("Look") as change:
        change.add(GroupToSee(name="Homeless people and rough sleepers"))
    found = {(one.by, one.name): one for one in nothing_for(workspace)}
    assert found["Ethnic Group", "Black or Black British"].assets == ("Circle", "Sixes")
    assert found["Ethnic Group", "White"].words == "No asset in this file says it reaches: White."
    assert found["Group to look for", "Homeless people and rough sleepers"].number == 0
    assert not any("known" in name for _, name in found)
    assert [one.number > 0 for one in nothing_for(workspace)] == [False, False, True]  # what is missing comes first


def test_languages_and_places_of_the_evidence_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "languages.csv"
    rows = "".join(
        f"{place},Main language,{one},5\n"
        for place in ("Tollbrook", "Fenholt")
        for one in ("English", "Polish", "Urdu", "Not known")
    )
    path.write_text("Area,Characteristic,Group,Count\n" + rows, encoding="utf-8")
    bring(workspace, path)
    found = {(one.by, one.name): one for one in nothing_for(workspace)}
    assert found["Language", "Urdu"].words == "No asset in this file says it offers: Urdu."
    assert found["Language", "Polish"].assets == ("Pantry",)
    assert found["Area", "Tollbrook"].assets == ("Circle", "Sixes")
    assert found["Area", "Fenholt"].words == "No asset in this file says it is in or reaches: Fenholt."
    path.write_text(
        "Name,Area,Address,Languages\nHall,Saltgate,1 High Street,Twi\nShed,Mere,2 High Street,Ga\n", encoding="utf-8"
    )
    assert bring(workspace, path).assets == 2
    assert {(one.by, one.name) for one in nothing_for(workspace)} == set(
        found
    )  # a list of assets says nothing of who lives here
    assert not {"English", "Not known"} & {name for _, name in found}


def test_what_blank_and_anyone_mean_is_counted_apart(workspace: Workspace) -> None:
    assert says_nothing_of_whom(workspace.list(Asset)) == (1, 1)


def test_values_there_with_how_many_say_them(workspace: Workspace) -> None:
    found = assets(workspace)
    assert values_there(found, "language") == [("English", 3), ("Polish", 1), ("Somali", 1)]
    assert values_there(found, "area")[0] == ("Tollbrook", 2)
    assert ("Step-free", 1) in values_there(found, "access")


@pytest.mark.parametrize(
    ("words", "bounds"),
    [("18 to 25", (18, 25)), ("65+", (65, 120)), ("Under 18", (0, 17)), ("from 16", (16, 120)), ("90 and over", (90, 120)), ("up to 25", (0, 25)), ("Anyone", None)],
)  # fmt: skip
def test_age_ranges_are_read(words: str, bounds: tuple[int, int] | None) -> None:
    assert age_bounds(words) == bounds


def test_older_and_younger_people_are_found_in_words() -> None:
    assert says("65 to 74", "african elders")
    assert not says("65 to 74", "adults of working age")
    assert says("Under 18", "for children")
    assert says("26 to 64", "adults")


def test_streets_and_names_that_only_look_like_a_group_are_none() -> None:
    assert not says("Christian", "churchill hospital, church street")
    assert says("Christian", "in the church hall")
    assert not says("Hearing", "hearing voices group")
    assert not says("Male", "for women and their mental health")
