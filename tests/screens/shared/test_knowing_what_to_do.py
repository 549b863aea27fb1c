"""Somebody who has read nothing finds the way: how a dialog is left, which folder is shown, which keys matter here; and no word is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.screen import Screen

from amhe_tui.text import with_article
from screens.identify.capture import CaptureScreen
from screens.programme.new import NewDialog
from screens.programme.start import StartScreen
from screens.shared.base import AmheScreen
from screens.shared.dialogs import AskDialog, ConfirmDialog, PickDialog
from screens.shared.files import FileDialog
from store.records import Activity, Goal, Remark
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, settle


@pytest.mark.parametrize(
    "dialog",
    [
        ConfirmDialog("Remove it?", "It can be brought back."),
        PickDialog("Which one?", [("a", "This")]),
        AskDialog("What is it called?"),
        FileDialog("Which file?", (".csv",)),
        NewDialog(),
    ],
    ids=lambda dialog: type(dialog).__name__,
)
async def test_a_dialog_says_how_it_is_left_and_is_left_so(tmp_path: Path, dialog: Screen[None]) -> None:
    async with running(new_file(tmp_path), (80, 24)) as (app, pilot):
        below = app.screen
        app.push_screen(dialog)
        await settle(app, pilot)
        assert "Esc leaves" in screen_text(app)
        await press(app, pilot, "escape")
        assert app.screen is below


async def test_who_chooses_a_file_sees_in_which_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "empty").mkdir(parents=True)
    (folder / "figures.csv").write_text("a,b")
    async with running(new_file(tmp_path), (200, 50)) as (app, pilot):
        app.push_screen(FileDialog("Which file?", (".csv",), folder))
        await settle(app, pilot)
        seen = screen_text(app)
        assert folder.name in "".join(seen.split())
        assert "figures.csv" in seen
        assert "nothing here" not in seen
        await press(app, pilot, "tab", "down", "enter")
        seen = screen_text(app)
        assert "data/empty" in "".join(seen.replace("│", "").split())
        assert "nothing here that can be opened" in seen


async def test_no_hint_of_a_new_programme_is_cut_off(tmp_path: Path) -> None:
    async with running(new_file(tmp_path), (80, 24)) as (app, pilot):
        app.push_screen(NewDialog())
        await settle(app, pilot)
        seen = screen_text(app)
        for words in ("Where people can read how their words are kept", "What follows can wait.", "Keep it in"):
            assert words in seen


async def test_the_first_screen_offers_no_way_back() -> None:
    async with running(None, (80, 24)) as (app, pilot):
        await settle(app, pilot)
        assert isinstance(app.screen, StartScreen)
        assert "Back" not in screen_text(app).splitlines()[-1]
        await press(app, pilot, "escape")
        assert isinstance(app.screen, StartScreen)


@pytest.mark.parametrize(
    ("sub_step", "keys"),
    [("1A", ["i Import", "b Breakdown"]), ("1B", ["f Take notes"]), ("2B", ["v Run session", "o Print sheet"])],
)
async def test_a_narrow_key_line_shows_what_only_this_sub_step_has(
    tmp_path: Path, sub_step: str, keys: Sequence[str]
) -> None:
    async with running(new_file(tmp_path), (80, 24)) as (app, pilot):
        assert isinstance(app.screen, AmheScreen)
        app.screen.open("step", sub_step)
        await settle(app, pilot)
        line = screen_text(app).splitlines()[-1]
        assert [key for key in keys if key not in line] == []


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_help_keeps_what_a_key_does_in_its_own_column(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(new_file(tmp_path), size) as (app, pilot):
        await press(app, pilot, "question_mark")
        rows = screen_text(app).splitlines()
        at = next(number for number, row in enumerate(rows) if "What can be done" in row)
        goes_on = rows[at + 1].lstrip("│ ")
        assert goes_on.startswith(("and what", "is for", "this step", "for.", "here"))
        assert len(rows[at + 1]) - len(goes_on) == rows[at].index("What can be done")


async def test_one_remark_is_one(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Add activity") as change:
        activity = Activity(title="Harbour group")
        change.add(activity)
        change.add(Remark(words="Too far", activity_id=activity.id))
    async with running(path, (80, 24)) as (app, pilot):
        app.push_screen(CaptureScreen(activity.id))
        await settle(app, pilot)
        assert "1 remark, all saved." in screen_text(app)


async def test_loose_ends_stand_under_the_sentence_above_them(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Add goal") as change:
        change.add(Goal(title="Nobody waits longer"))
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "l")
        lines = screen_text(app).splitlines()
        above = next(line for line in lines if "Each of these stands alone" in line)
        end = next(line for line in lines if "Nobody waits longer" in line)
        assert len(end) - len(end.lstrip()) == len(above) - len(above.lstrip())


@pytest.mark.parametrize(
    ("noun", "words"), [("idea", "an idea"), ("goal", "a goal"), ("access need", "an access need")]
)
def test_a_noun_has_its_article(noun: str, words: str) -> None:
    assert with_article(noun) == words
