"""The palette by keys: every action shown on a screen is found by its name, and taking it does what its key does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual import events
from textual.binding import Binding
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from amhe_tui.app import AmheApp
from screens.programme.home import HomeScreen
from screens.programme.preferences import PreferencesDialog
from screens.programme.step import StepScreen
from store.records import Activity, Finding, Theme
from store.workspace import Workspace
from tests.support import new_file, press, running, settle, told, until, words_on

WAYS = {"home": (), "1A": ("enter",), "1B": ("down", "enter"), "thread": ("t", "enter"), "loose": ("l",)}
"""The keys from home to each screen whose actions are tried."""
LEAVING = ("quit", "back")
"""Actions after which there is nothing to come back to; each has a test of its own."""


def with_something(folder: Path) -> Path:
    """Make a programme in which each of these screens has something to show."""
    path = new_file(folder)
    with Workspace.open(path) as workspace:
        for record in (Finding(title="Fewer Black men start"), Activity(title="Harbour group"), Theme(name="travel")):
            with workspace.change(f"Add {record.singular}") as change:
                change.add(record)
    return path


def shown_actions(app: AmheApp) -> dict[str, Binding]:
    """Return what can be done on the screen by a key that has a name, by that name."""
    bindings = [active.binding for active in app.screen.active_bindings.values() if active.enabled]
    return {binding.description: binding for binding in bindings if binding.show and binding.description}


def marked(app: AmheApp) -> str:
    """Return the name of the command that is marked in the palette, or "" while there is none."""
    if not isinstance(app.screen, CommandPalette):
        return ""
    commands = app.screen.query_one(OptionList)
    return "" if commands.highlighted is None else str(commands.get_option_at_index(commands.highlighted).prompt)


async def find(app: AmheApp, pilot: Pilot[int], name: str) -> None:
    """Open the palette and write a name, all at once because every letter costs a search, until it is marked."""
    await press(app, pilot, "ctrl+p")
    assert isinstance(app.screen, CommandPalette)
    assert app.focused is not None
    app.focused.post_message(events.Paste(name))
    await until(app, pilot, lambda: marked(app).splitlines()[:1] == [name], f"The command “{name}”")


async def take(app: AmheApp, pilot: Pilot[int], name: str) -> None:
    """Find a command by its name and take it."""
    await find(app, pilot, name)
    await press(app, pilot, "enter")
    await until(app, pilot, lambda: not isinstance(app.screen, CommandPalette), "The screen below the palette")
    await settle(app, pilot)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what the program says in passing, which is kept off the screen: there it would go away by the clock."""
    words: list[str] = []
    monkeypatch.setattr(AmheApp, "notify", lambda _, message, *, title="", **_more: words.append(f"{title} {message}"))
    return words


@pytest.mark.parametrize("screen", WAYS)
async def test_every_shown_action_is_found_by_name_and_does_what_its_key_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str], screen: str
) -> None:
    # A whole report takes Textual long to lay out, and the first lines of it say enough.
    monkeypatch.setattr("screens.programme.reporting.write_report", lambda *_: "# The report")
    made = with_something(tmp_path)
    by_key: dict[str, tuple[str, str, list[str]]] = {}
    by_name: dict[str, tuple[str, str, list[str]]] = {}
    for way, led in (("key", by_key), ("name", by_name)):
        (folder := tmp_path / "here").mkdir()
        async with running(Path(shutil.copy(made, folder)), (100, 30)) as (app, pilot):
            await press(app, pilot, *WAYS[screen])
            start, depth = app.screen, len(app.screen_stack)
            names = {name: bound for name, bound in shown_actions(app).items() if bound.id not in LEAVING}
            if screen == "1B":  # what 1A has too is tried there
                names = {name: bound for name, bound in names.items() if not StepScreen("1A").offers(str(bound.id))}
            assert len(names) > 1
            # What takes something away comes last: with nothing marked there is less to do.
            for name in sorted(names, key=("Undo", "Remove").count):
                binding = names[name]
                if way == "key":
                    await press(app, pilot, binding.key.split(",")[0])
                else:
                    await take(app, pilot, name)
                led[name] = (type(app.screen).__name__, words_on(app), said.copy())
                said.clear()
                while len(app.screen_stack) > depth or isinstance(app.focused, Input):
                    await press(app, pilot, "escape")
                assert app.screen is start, name
        shutil.rmtree(folder)  # what is said of files names the same folder both times
    assert by_name == by_key


async def test_back_and_quit_are_there_too(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "enter")
        assert isinstance(app.screen, StepScreen)
        await take(app, pilot, "Back")
        assert isinstance(app.screen, HomeScreen)
        await find(app, pilot, "Quit")
        await pilot.press("enter")
        await until(app, pilot, lambda: app._exit, "The end")
        assert app.return_code == 0


async def test_what_no_footer_shows_is_found_all_the_same(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        assert "Settings" not in shown_actions(app)
        await take(app, pilot, "Settings")
        assert isinstance(app.screen, PreferencesDialog)


async def test_an_action_is_found_by_the_sentence_that_tells_it(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "ctrl+p", *"initials")
        await until(app, pilot, lambda: marked(app).startswith("Settings"), "Settings")
        assert "initials" in words_on(app)


async def test_escape_leaves_everything_as_it_was(tmp_path: Path) -> None:
    async with running(with_something(tmp_path)) as (app, pilot):
        before = words_on(app)
        await press(app, pilot, "ctrl+p", "u", "n", "escape")
        await until(app, pilot, lambda: isinstance(app.screen, HomeScreen), "Home")
        assert words_on(app) == before
        assert told(app) == ""


async def test_words_that_name_nothing_find_nothing(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        await press(app, pilot, "ctrl+p", *"zzqx")
        await until(app, pilot, lambda: "No matches found" in words_on(app), "“No matches found”")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, CommandPalette)
        assert app.screen.query_one(Input).value == "zzqx"
