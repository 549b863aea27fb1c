"""What is set in the dialog of settings is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from amhe_tui.settings import Settings, load_settings, save_settings
from screens.programme.preferences import PreferencesDialog
from tests.support import new_file, press, running


@pytest.mark.parametrize(("written", "kept"), [("25", 25), ("", 10), ("999999", 10)])
async def test_the_least_gap_that_matters_is_set_and_kept(tmp_path: Path, written: str, kept: int) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        app.push_screen(PreferencesDialog())
        await pilot.pause()
        app.screen.query_one("#least-gap", Input).value = written
        await press(app, pilot, "escape")
        assert app.settings.least_gap == kept
    assert load_settings().least_gap == kept


def test_a_least_gap_that_makes_no_sense_is_as_it_was_at_first() -> None:
    save_settings(Settings(least_gap=-5))
    assert load_settings().least == 0.1
