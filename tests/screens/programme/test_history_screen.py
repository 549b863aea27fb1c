"""The history by keys: every change with who and when, newest first, and undo and redo from where it is read."""

from __future__ import annotations

from pathlib import Path

from screens.programme.history import HistoryScreen
from screens.programme.home import HomeScreen
from store.records import Finding, Theme, title_of
from store.workspace import Workspace
from tests.support import new_file, press, running, screen_text, told, words_on


def with_changes(folder: Path) -> Path:
    """Make a programme in which two people changed something."""
    path = new_file(folder)
    for actor, record in (("AB", Finding(title="Fewer Black men start")), ("CD", Theme(name="travel [/b]"))):
        label = f"Add {record.singular} “{title_of(record)}”"
        with Workspace.open(path, actor=actor) as workspace, workspace.change(label) as change:
            change.add(record)
    return path


def rows(text: str) -> list[str]:
    """Return the lines of the table below its heading."""
    return [
        line for line in text.splitlines() if ("Add " in line or "Start the" in line) and "u takes back" not in line
    ]


async def test_the_history_says_what_was_changed_by_whom_newest_first(tmp_path: Path) -> None:
    async with running(with_changes(tmp_path)) as (app, pilot):
        await press(app, pilot, "j")
        assert isinstance(app.screen, HistoryScreen)
        newest, older, first = rows(screen_text(app))
        assert "CD" in newest
        assert "Add theme “travel [/b]”" in newest
        assert "AB" in older
        assert "Fewer Black men start" in older
        assert "Start the programme" in first
        assert "cannot be undone" in first
        assert "u takes back: Add theme “travel [/b]”" in words_on(app)


async def test_undo_and_redo_are_told_where_they_are_pressed_and_noted(tmp_path: Path) -> None:
    path = with_changes(tmp_path)
    async with running(path) as (app, pilot):
        await press(app, pilot, "j", "u")
        assert "Undone: Add theme" in told(app)
        assert "taken back" in rows(screen_text(app))[0]
        assert "u takes back: Add finding" in words_on(app)
        await press(app, pilot, "U")
        assert "Done again: Add theme" in told(app)
        assert "done again" in rows(screen_text(app))[0]
        await press(app, pilot, "u", "u", "u")
        assert "Nothing to undo." in told(app)
        assert "There is nothing to take back." in words_on(app)
    with Workspace.open(path) as workspace:
        assert (workspace.list(Finding), workspace.list(Theme)) == ([], [])


async def test_escape_goes_home_where_the_undone_is_gone(tmp_path: Path) -> None:
    async with running(with_changes(tmp_path)) as (app, pilot):
        assert "finding nobody took up" in words_on(app)
        await press(app, pilot, "j", "u", "u", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "nothing hangs loose" in words_on(app)


async def test_a_new_programme_has_its_beginning_and_nothing_to_take_back(tmp_path: Path) -> None:
    async with running(new_file(tmp_path), (60, 20)) as (app, pilot):
        await press(app, pilot, "j")
        assert "Start the programme" in words_on(app)
        assert "There is nothing to take back." in words_on(app)
