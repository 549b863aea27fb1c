"""What the guard hides and why, on the screen: a tired reader finds it by one key and understands it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from amhe_tui.cli import main
from amhe_tui.settings import Settings
from screens.identify.breakdown import BreakdownScreen
from screens.identify.sources import SourcesScreen
from screens.programme.hidden import HiddenScreen
from screens.programme.preferences import PreferencesDialog
from store import shown
from store.workspace import Workspace
from tests.support import new_file, press, running, settle, words_on

FIGURES = """Area,Period,Ethnic group,Seen
Northmere,2023-24,White,60
Northmere,2023-24,Asian,22
Northmere,2023-24,Mixed,31
Northmere,2023-24,Black,3
Northmere,2023-24,All,116
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path, data = new_file(tmp_path), tmp_path / "seen.csv"
    data.write_text(FIGURES, encoding="utf-8")
    assert main(["import", str(path), str(data)]) == 0
    return path


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_one_key_of_the_breakdown_tells_what_is_hidden_and_why(path: Path, size: tuple[int, int]) -> None:
    async with running(path, size) as (app, pilot):
        app.push_screen(BreakdownScreen())
        await settle(app, pilot)
        await press(app, pilot, "h")
        assert isinstance(app.screen, HiddenScreen)
        words = words_on(app)
        assert "5 counts were checked against one another: 2 are hidden." in words
        assert "Counts below 5 are hidden, 0 too; the others are rounded to the nearest 5." in words
        assert "Black (ethnic group) · Seen · Northmere, 2023-24" in words
        assert "Too small: fewer than 5 people" in words
        listed = app.screen.query_one(OptionList)
        every = " ".join(str(listed.get_option_at_index(place).prompt) for place in range(listed.option_count))
        assert "A small group would follow from the other groups and their total" in every
        assert "nobody here says that its publisher has dealt with small numbers" in every
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BreakdownScreen)
    with Workspace.open(path) as workspace:
        assert workspace.read(shown.key_of) is None, "to look is not to show"


async def test_the_report_tells_it_for_the_audience_chosen_there(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "r", "h")
        assert isinstance(app.screen, HiddenScreen)
        assert app.screen._audience.key == "public", "the team sees everything, so what others do not see is told"
        await press(app, pilot, "end", "enter")
        assert isinstance(app.screen, SourcesScreen)
        assert "Small numbers: Guarded: nobody here says" in words_on(app)


async def test_a_reason_for_weaker_rules_is_given_in_the_settings(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        app.settings.rounding = 0
        await press(app, pilot, "comma")
        assert isinstance(app.screen, PreferencesDialog)
        told = app.screen.query_one("#rules", Static)
        assert "the usual ones hold" in str(told.render())
        app.screen.query_one("#weaker-because", Input).value = "The board asked for exact counts."
        await settle(app, pilot)
        assert "The reason given: The board asked for exact counts." in str(told.render())
        await press(app, pilot, "escape")
        assert app.settings.weaker_because == "The board asked for exact counts."
        assert app.settings.policy("public").rounding == 0
    assert Settings().policy("public").rounding == 5
