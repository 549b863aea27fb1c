"""Community assets by keys: brought in, found, checked, corrected, taken back, and for whom there is none."""

from __future__ import annotations

from pathlib import Path

from screens.identify.assets import AssetsScreen
from screens.identify.importing import ImportScreen
from store.records import Asset, GroupToSee
from store.workspace import Workspace
from tests.support import new_file, press, running, settle, told, words_on, write

LIST = (
    "Name,What it offers,Area,Reaches,Languages,Access,Address,Postcode,Phone,Last checked\n"
    'Circle,Tea and talk,Tollbrook,Somali mothers,"Somali, English",Free; step-free,1 Marsh Lane,NM1 1AA,01632 960 127,2026-11-09\n'
    'Pantry,A cheap shop,Kessmoor,,"English, Polish",Open on Tuesday,4 Chapel Lane,NM2 2BB,01632 960 144,2025-01-02\n'
    "Sixes,Five-a-side,Tollbrook,Young Black men,English,Free; no forms,2 Pitch Road,NM1 3CC,,\n"
)


def programme(folder: Path) -> tuple[Path, Path]:
    data = folder / "assets.csv"
    data.write_text(LIST, encoding="utf-8")
    path = new_file(folder)
    with Workspace.open(path) as workspace, workspace.change("Look") as change:
        change.add(GroupToSee(name="Homeless people and rough sleepers"))
        change.add(GroupToSee(name="Black people"))
    return path, data


async def bring_in(app, pilot, data: Path) -> None:  # type: ignore[no-untyped-def]
    app.push_screen(ImportScreen(data))
    await settle(app, pilot)
    await press(app, pilot, "n", "n", "ctrl+s")
    assert "3 community assets" in words_on(app)
    await press(app, pilot, "escape")


async def test_an_empty_register_says_what_to_do_and_a_list_fills_it(tmp_path: Path) -> None:
    path, data = programme(tmp_path)
    async with running(path, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "h")
        assert isinstance(app.screen, AssetsScreen)
        assert "No asset yet." in words_on(app)
        assert "Press i to bring in a list" in words_on(app)
        await press(app, pilot, "i")
        assert any(isinstance(one, ImportScreen) for one in app.screen_stack)
        await press(app, pilot, "escape")
        await bring_in(app, pilot, data)
        assert isinstance(app.screen, AssetsScreen)
        assert "3 of 3 assets" in words_on(app)
        assert "2 not checked in 12 months" in words_on(app)
        assert "Somali mothers" in words_on(app)
        await press(app, pilot, "down")
        assert "Reaches: does not say" in words_on(app)
        await press(app, pilot, "u")
        assert "No asset yet." in words_on(app)
        await press(app, pilot, "U")
        assert "3 of 3 assets" in words_on(app)


async def test_filters_say_what_is_asked_and_escape_shows_all(tmp_path: Path) -> None:
    path, data = programme(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "h")
        await bring_in(app, pilot, data)
        await press(app, pilot, "w")
        await write(pilot, "toll")
        await press(app, pilot, "enter")
        assert "2 of 3 assets · Where: Tollbrook" in words_on(app)
        await press(app, pilot, "p")
        assert "Black people (2)" in words_on(app)
        await write(pilot, "young")
        await press(app, pilot, "enter")
        assert "1 of 3 assets · Where: Tollbrook · Whom it reaches: Young Black men" in words_on(app)
        await press(app, pilot, "l")
        await write(pilot, "polish")
        await press(app, pilot, "enter")
        assert "0 of 3 assets" in words_on(app)
        assert "does not mean that there is none" in words_on(app)
        await press(app, pilot, "escape")
        assert "3 of 3 assets" in words_on(app)
        await press(app, pilot, "slash")
        await write(pilot, "lane tea")
        await settle(app, pilot)
        assert "1 of 3 assets · Words: lane tea" in words_on(app)
        await press(app, pilot, "enter", "x", "enter")
        assert "1 of 3 assets" in words_on(app)  # anything of access asks for nothing
        await press(app, pilot, "escape", "escape")
        assert not isinstance(app.screen, AssetsScreen)


async def test_checked_today_corrected_added_removed_and_taken_back(tmp_path: Path) -> None:
    path, data = programme(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "enter", "h")
        await bring_in(app, pilot, data)
        await press(app, pilot, "down", "down", "c")
        assert "Checked today: Sixes" in told(app)
        assert "Checked: 23 Nov 2026" in words_on(app)
        await press(app, pilot, "u")
        assert "Checked: never" in words_on(app)
        await press(app, pilot, "U", "enter")
        await write(pilot, "Six a side")
        await press(app, pilot, "escape")
        assert "Six a side" in words_on(app)
        await press(app, pilot, "a")
        await write(pilot, "Allotment")
        await press(app, pilot, "escape")
        assert "4 of 4 assets" in words_on(app)
        await press(app, pilot, "home", "d")
        assert "3 of 3 assets" in words_on(app)
    with Workspace.open(path) as workspace:
        found = workspace.list(Asset)
        assert [one.checked for one in found].count("2026-11-23") == 1
        assert "Allotment" not in [one.name for one in found]


async def test_for_whom_there_is_nothing_and_back_to_those_there_are(tmp_path: Path) -> None:
    path, data = programme(tmp_path)
    async with running(path, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "h")
        await bring_in(app, pilot, data)
        await press(app, pilot, "n")
        assert "For 1 of 2 groups" in words_on(app)
        assert "Of 3 assets 1 do not say whom they reach, which is not everyone" in words_on(app)
        assert "No asset in this file says it reaches: Homeless people" in words_on(app)
        await press(app, pilot, "c")
        assert "Mark an asset first." in told(app)
        await press(app, pilot, "down", "enter")
        assert "2 of 3 assets · Whom it reaches: Black people" in words_on(app)
        await press(app, pilot, "escape", "n", "escape")
        assert "3 of 3 assets" in words_on(app)
