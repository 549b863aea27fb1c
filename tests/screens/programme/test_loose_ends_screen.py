"""Loose ends by keys: each says what is wrong and what would tie it, Enter goes to the record, and what is tied is gone from the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from amhe_tui.app import AmheApp
from amhe_tui.method.loose_ends import NOTHING_LOOSE
from screens.programme.form import FormScreen
from screens.programme.loose import LooseScreen
from screens.programme.step import StepScreen
from store.records import Finding, Priority
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, told, words_on

FIRST, FINDING, PRIORITY = "Nobody asks older people", "Fewer Black men start", "Evening appointments [/b]"


def with_loose_ends(folder: Path) -> Path:
    """Make a programme with two findings that nobody took up, and a priority that answers none and has no goal."""
    path = new_file(folder)
    with Workspace.open(path) as workspace, workspace.change("Add them") as change:
        change.add(Finding(title=FIRST))
        change.add(Finding(title=FINDING))
        change.add(Priority(title=PRIORITY))
    return path


async def go_to(app: AmheApp, pilot: Pilot[int], wrong: str, title: str) -> None:
    """Go from home to the loose ends, and from there to a record of which something is wrong."""
    await press(app, pilot, "l")
    lines = [
        line for line in screen_text(app).splitlines() if any(named in line for named in (FIRST, FINDING, PRIORITY))
    ]
    place = next(number for number, line in enumerate(lines) if wrong in line and title in line)
    await press(app, pilot, *["down"] * place, "enter")


async def test_each_loose_end_says_what_is_wrong_and_what_would_tie_it(tmp_path: Path) -> None:
    async with running(with_loose_ends(tmp_path)) as (app, pilot):
        await press(app, pilot, "l")
        assert isinstance(app.screen, LooseScreen)
        shown = words_on(app)
        assert "Each of these stands alone. Enter goes there." in shown
        assert f"Nobody took up this finding {FINDING}" in shown
        assert "Set a priority that answers it, or write in the finding why it has to wait." in shown
        assert f"This priority answers no finding {PRIORITY}" in shown
        assert f"This priority has no goal {PRIORITY}" in shown
        assert "Write a SMART goal that serves it." in shown


@pytest.mark.parametrize(("wrong", "sub_step", "title"), [("Nobody", "1A", FINDING), ("answers no", "2C", PRIORITY)])
async def test_enter_goes_to_the_record_and_escape_back_to_the_list(
    tmp_path: Path, wrong: str, sub_step: str, title: str
) -> None:
    async with running(with_loose_ends(tmp_path), (80, 24)) as (app, pilot):
        await go_to(app, pilot, wrong, title)
        assert isinstance(app.screen, StepScreen)
        assert app.screen.sub_step == sub_step
        await press(app, pilot, "e")
        assert isinstance(app.screen, FormScreen)
        assert title in screen_text(app)
        await press(app, pilot, "escape", "escape")
        assert isinstance(app.screen, LooseScreen)


async def test_what_is_removed_hangs_no_longer_and_undo_brings_it_back(tmp_path: Path) -> None:
    path = with_loose_ends(tmp_path)
    async with running(path) as (app, pilot):
        await go_to(app, pilot, "Nobody", FINDING)
        await press(app, pilot, "d")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, LooseScreen)
        assert FINDING not in words_on(app)
        assert PRIORITY in words_on(app)
        await press(app, pilot, "u")
        assert "Undone: Remove finding" in told(app)
        assert f"Nobody took up this finding {FINDING}" in words_on(app)
        await press(app, pilot, "U")
        assert FINDING not in words_on(app)


async def test_where_nothing_hangs_loose_it_says_so_and_enter_does_nothing(tmp_path: Path) -> None:
    async with running(new_file(tmp_path), (60, 20)) as (app, pilot):
        await press(app, pilot, "l")
        assert NOTHING_LOOSE in words_on(app)
        await press(app, pilot, "down", "enter")
        assert isinstance(app.screen, LooseScreen)
        assert app.is_running
