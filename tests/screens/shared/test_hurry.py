"""Lists and tables in the hands of somebody in a hurry: a click on what has gone, a key before anything is drawn."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual import events
from textual.command import CommandList
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets._select import SelectOverlay
from textual.widgets.selection_list import Selection

from screens.programme.reporting import ReportScreen
from screens.programme.step import StepScreen
from screens.shared.base import AmheScreen
from screens.shared.dialogs import AskDialog
from screens.shared.routes import make as make_screen
from screens.shared.widgets import OneOf, Options, Rows, SeveralOf, Steady
from tests.support import new_file, press, running, settle


class Holding(AmheScreen[None]):
    """Shows one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._widget = widget

    def body(self):
        yield self._widget


def click_on(widget: Widget, **meta: Any) -> None:
    """Click on a place that was drawn with this meaning."""
    style = Style.from_meta(meta)
    widget.post_message(events.Click(widget, 1, 1, 0, 0, 1, False, False, False, screen_x=1, screen_y=1, style=style))


@pytest.mark.parametrize("make", [Options, Rows, SeveralOf])
async def test_a_click_on_what_has_gone_chooses_nothing(tmp_path: Path, make: Callable[[], Widget]) -> None:
    widget = make()
    async with running(new_file(tmp_path)) as (app, pilot):
        app.push_screen(Holding(widget))
        await settle(app, pilot)
        for row in (-1, 3):
            click_on(widget, option=3, row=row, column=2)
            await settle(app, pilot)
        assert app.failure is None
        assert widget.is_attached


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
@pytest.mark.parametrize("make", [lambda: Options("one", "two"), lambda: SeveralOf(Selection("one", "1"))])
async def test_a_key_before_the_list_is_drawn_is_let_go(tmp_path: Path, key: str, make: Callable[[], Options]) -> None:
    widget = make()
    widget.display = False  # it is never laid out
    async with running(new_file(tmp_path)) as (app, pilot):
        app.push_screen(Holding(widget))
        await settle(app, pilot)
        widget.highlighted = 0
        widget.action_page_down() if key == "pagedown" else widget.action_page_up()
        assert app.failure is None


async def test_the_list_of_a_choice_and_of_the_palette_are_as_steady(tmp_path: Path) -> None:
    choice = OneOf([("one", "1"), ("two", "2")], allow_blank=False)
    async with running(new_file(tmp_path)) as (app, pilot):
        app.push_screen(Holding(choice))
        await settle(app, pilot)
        assert isinstance(choice.query_one(SelectOverlay), Steady)
        choice.focus()
        await press(app, pilot, "enter", "down", "enter")
        assert choice.value == "2"
        await press(app, pilot, "ctrl+p")
        commands = app.screen.query_one(CommandList)
        assert isinstance(commands, Steady)
        click_on(commands, option=999)
        await settle(app, pilot)
        assert app.failure is None


@pytest.mark.parametrize(
    ("make", "choose"),
    [
        (lambda: StepScreen("1A"), StepScreen.on_data_table_row_selected),
        (ReportScreen, ReportScreen.on_button_pressed),
    ],
)
async def test_work_that_a_screen_is_left_before_it_begins_is_never_called_for(
    tmp_path: Path, make: Callable[[], Screen[Any]], choose: Callable[[Any], None]
) -> None:
    """A coroutine made for it would be left lying, and Python complains of it on the person's terminal."""
    async with running(new_file(tmp_path)) as (app, pilot):
        screen = make()
        app.push_screen(screen)
        await settle(app, pilot)
        choose(screen)
        screen.workers.cancel_node(screen)  # as leaving does
        await settle(app, pilot)
        left = [
            thing.__qualname__
            for thing in gc.get_objects()
            if inspect.iscoroutine(thing) and inspect.getcoroutinestate(thing) == inspect.CORO_CREATED
        ]
        assert left == []


async def test_what_the_palette_begins_waits_for_the_screen_below_it_to_be_made(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        below, above = StepScreen("1A"), Holding(Options("one"))
        app.push_screen(below)
        app.push_screen(above)
        assert not below.is_mounted
        await app.run_action("filter", below)
        assert below.is_mounted
        await settle(app, pilot)
        assert app.failure is None


async def test_the_thread_asked_for_twice_at_once_opens(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        for _ in range(2):
            app.push_screen(make_screen("thread"))
        await settle(app, pilot)
        assert app.failure is None


async def test_what_the_palette_begins_is_let_go_when_its_screen_was_closed(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        step = StepScreen("1A")
        app.push_screen(step)
        await settle(app, pilot)
        rows = step.query_one(Rows)
        app.pop_screen()
        await settle(app, pilot)
        for namespace in (step, rows):
            assert await app.run_action("screen.filter" if namespace is rows else "filter", namespace)
        assert app.failure is None


@pytest.mark.parametrize("cut_off", [False, True])
async def test_a_key_waits_for_no_screen_that_the_closing_program_never_makes(tmp_path: Path, cut_off: bool) -> None:
    async with running(new_file(tmp_path)) as (app, _pilot):
        app._running = False  # as Textual has it from the moment it begins to close
        app.push_screen(step := StepScreen("1A"))
        if cut_off:
            step._task = asyncio.create_task(asyncio.sleep(0))
        async with asyncio.timeout(5):
            assert await app.run_action("home", step)
            assert await app.run_action("app.help_quit")
        app._running = True
        app._screen_stack.pop()


async def test_a_size_that_the_terminal_no_longer_has_lays_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sizes under way at once followed one another for ever, each laid out and told of once more."""
    async with running(new_file(tmp_path), (120, 40)) as (app, pilot):
        laid_out: list[Size | None] = []
        for screen in (app.screen, AskDialog("What?")):
            if screen is not app.screen:
                app.push_screen(screen)
                await settle(app, pilot)
            lay_out = screen._refresh_layout
            monkeypatch.setattr(screen, "_refresh_layout", lambda size=None, *_, **__: laid_out.append(size))
            screen.post_message(events.Resize(Size(60, 20), Size(60, 20)))
            await settle(app, pilot)
            assert Size(60, 20) not in laid_out
            assert not screen.has_class("-narrow")
            screen.post_message(events.Resize(app.size, app.size))
            await settle(app, pilot)
            assert app.size in laid_out
            monkeypatch.setattr(screen, "_refresh_layout", lay_out)
            laid_out.clear()
