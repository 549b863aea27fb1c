"""Settings by keys: seen at once, kept over a restart, written beside changes; what cannot be kept is refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from amhe_tui.app import AmheApp
from amhe_tui.settings import Settings
from screens.programme.home import HomeScreen
from screens.programme.preferences import THEMES, PreferencesDialog
from store.workspace import Workspace
from tests.support import TODAY, new_file, press, screen_text, settle, told, write


@asynccontextmanager
async def started(path: Path) -> AsyncIterator[tuple[AmheApp, Pilot[int]]]:
    """Start the program as a person does, with the settings kept on this computer."""
    app = AmheApp(path, today=lambda: TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        yield app, pilot


def kept(home: Path) -> dict[str, object]:
    """Return what the file of settings says."""
    return json.loads((home / "settings" / "settings.json").read_text(encoding="utf-8"))


async def test_initials_are_kept_over_a_restart_and_stand_beside_changes(tmp_path: Path, own_folders: Path) -> None:
    path = new_file(tmp_path)
    async with started(path) as (app, pilot):
        await press(app, pilot, "comma")
        assert isinstance(app.screen, PreferencesDialog)
        await press(app, pilot, "tab")
        await write(pilot, "ÅB")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        await press(app, pilot, "down", "enter", "a")
        await write(pilot, "Harbour group")
        await press(app, pilot, "escape")
    assert kept(own_folders)["initials"] == "ÅB"
    async with started(path) as (app, pilot):
        assert app.settings.initials == "ÅB"
        await press(app, pilot, "comma")
        assert "ÅB" in screen_text(app)
    with Workspace.open(path) as workspace:
        assert workspace.journal(1)[0].actor == "ÅB"


@pytest.mark.parametrize(("down", "theme"), list(enumerate(key for _, key in THEMES)))
async def test_colours_are_shown_at_once_and_kept_over_a_restart(
    tmp_path: Path, own_folders: Path, down: int, theme: str
) -> None:
    path = new_file(tmp_path)
    async with started(path) as (app, pilot):
        await press(app, pilot, "comma", "enter", *["down"] * down, "enter")
        assert app.theme == theme
        await press(app, pilot, "escape")
    assert kept(own_folders)["theme"] == theme
    async with started(path) as (app, pilot):
        assert app.theme == theme


async def test_the_button_keeps_as_escape_does(tmp_path: Path, own_folders: Path) -> None:
    async with started(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "comma", "tab")
        await write(pilot, "EF")
        await press(app, pilot, "tab", "tab", "tab", "enter")
        assert isinstance(app.screen, HomeScreen)
    assert kept(own_folders)["initials"] == "EF"


async def test_more_than_initials_is_refused_in_a_sentence_and_stays_to_be_shortened(
    tmp_path: Path, own_folders: Path
) -> None:
    async with started(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "comma", "tab")
        await write(pilot, "Alexandra Bright")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, PreferencesDialog)
        assert "“Alexandra Bright” is longer than initials." in told(app)
        assert "Write at most 8 letters." in told(app)
        assert app.screen.query_one(Input).value == "Alexandra Bright"
        await press(app, pilot, *["backspace"] * 8, "escape")
        assert isinstance(app.screen, HomeScreen)
    assert kept(own_folders)["initials"] == "Alexandr"


@pytest.mark.parametrize(
    "written", ['{"theme": "no-such-theme", "initials": 7}', "[]", "not settings at all", '{"theme": null}']
)
async def test_a_file_of_settings_that_makes_no_sense_means_what_was_at_first(
    tmp_path: Path, own_folders: Path, written: str
) -> None:
    (own_folders / "settings" / "settings.json").write_text(written, encoding="utf-8")
    async with started(new_file(tmp_path)) as (app, pilot):
        assert (app.theme, app.settings.initials) == (Settings.theme, "")
        await press(app, pilot, "comma", "escape")
        assert isinstance(app.screen, HomeScreen)
    assert kept(own_folders)["theme"] == Settings.theme
