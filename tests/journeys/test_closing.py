"""A screen that is closed while it works: its work ends with it, what was being written is written, and the program goes on."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from amhe_tui.app import AmheApp
from amhe_tui.errors import AmheError
from amhe_tui.paths import state_folder
from screens.design.nominal_group import NominalGroupScreen
from screens.identify.capture import CaptureScreen
from screens.identify.importing import ImportScreen
from screens.programme.form import FormScreen
from screens.programme.home import HomeScreen
from screens.shared.base import AmheScreen, TitleBar
from screens.shared.widgets import Rows
from store.records import Activity, DataSource, NominalGroup, Theme
from store.workspace import Workspace
from tests.journeys.random_walk import press_key
from tests.made_once import sample_copy
from tests.quiet import PATIENCE
from tests.support import figures, new_file, press, running, settle, told

TURNS = 12
"""So many turns of the loop are enough for a key to be dealt with while nothing else is allowed to end."""


class Gate:
    """Holds back what screens ask of the store while it is shut."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self.under_way = 0

    def shut(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    async def beside(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a function in a thread, as soon as the gate is open."""
        begun = threading.Lock()  # by the thread, or by the cancelling where that comes first
        self.under_way += 1

        def run() -> Any:
            if not begun.acquire(blocking=False):
                return None
            try:
                assert self._open.wait(PATIENCE)
                return function(*args, **kwargs)
            finally:
                self.under_way -= 1

        try:
            return await asyncio.get_running_loop().run_in_executor(None, contextvars.copy_context().run, run)
        except asyncio.CancelledError:
            if begun.acquire(blocking=False):  # it waited for a thread, and never gets one now
                self.under_way -= 1
            raise


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Return the gate that everything screens ask for must pass."""
    gate = Gate()
    monkeypatch.setattr(asyncio, "to_thread", gate.beside)
    yield gate
    gate.open()


async def turns(number: int = TURNS) -> None:
    """Let the loop turn without waiting for anything."""
    for _ in range(number):
        await asyncio.sleep(0)


async def until(what: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not what():  # noqa: ASYNC110 (no event tells of all that is asked for here)
            await asyncio.sleep(0.005)


def copy_of_sample(folder: Path) -> Path:
    """Return a copy of the sample programme."""
    return sample_copy(folder, "test.amhe")


def still_well(app: AmheApp) -> None:
    """Assert that the program runs on without a fault."""
    assert app.failure is None
    assert app._exception is None
    assert app.is_running
    assert app.return_code is None


async def test_escape_from_the_report_at_any_moment_of_its_making(
    tmp_path: Path, held: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amhe_tui.report.write_report", lambda *_: "# Report")
    async with running(new_file(tmp_path), (80, 24)) as (app, pilot):
        for moment in range(12):
            held.shut()
            press_key(app, "r")
            await until(lambda: held.under_way)
            press_key(app, "escape")
            await turns(moment * 2)
            held.open()
            await until(lambda: not held.under_way)
        await settle(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        still_well(app)


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(("r",), id="report"),
        pytest.param(("t",), id="thread"),
        pytest.param(("j",), id="history"),
        pytest.param(("l",), id="loose ends"),
        pytest.param(("w",), id="workshop"),
        pytest.param(("p",), id="form"),
        pytest.param(("1", "enter", "k"), id="sources"),
        pytest.param(("1", "enter", "x"), id="missing"),
        pytest.param(("1", "enter", "h"), id="assets"),
        pytest.param(("1", "enter", "b"), id="breakdown"),
        pytest.param(("1", "enter", "G"), id="gaps"),
        pytest.param(("2", "enter"), id="step"),
    ],
)
async def test_left_while_it_reads(tmp_path: Path, held: Gate, way: tuple[str, ...]) -> None:
    async with running(copy_of_sample(tmp_path), (80, 24)) as (app, pilot):
        await press(app, pilot, *way[:-1])
        before = app.screen
        held.shut()
        press_key(app, way[-1])
        await until(lambda: held.under_way)
        await turns()
        opened = app.screen
        press_key(app, "escape")
        await turns()
        held.open()
        await until(lambda: not held.under_way)
        await settle(app, pilot)
        still_well(app)
        assert before in app.screen_stack
        if opened is not before:
            assert opened not in app.screen_stack
            assert not opened.is_attached
            assert not [worker for worker in app.workers if worker.node is opened and not worker.is_finished]
        await press(app, pilot, "f1", "escape")
        still_well(app)


async def test_left_while_a_file_is_looked_at(tmp_path: Path, held: Gate) -> None:
    async with running(copy_of_sample(tmp_path)) as (app, pilot):
        held.shut()
        app.push_screen(ImportScreen(figures(tmp_path)))
        await until(lambda: held.under_way)
        press_key(app, "escape")
        await turns()
        held.open()
        await settle(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        still_well(app)


async def test_left_while_a_file_is_brought_in_keeps_nothing_of_it(tmp_path: Path, held: Gate) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(ImportScreen(figures(tmp_path)))
        await settle(app, pilot)
        held.shut()
        press_key(app, "ctrl+s")
        await until(lambda: held.under_way)
        press_key(app, "escape")
        await until(lambda: isinstance(app.screen, HomeScreen))
        held.open()
        await settle(app, pilot)
        still_well(app)
    with Workspace.open(path) as workspace:
        assert not workspace.list(DataSource)


# --- what every screen can rely on ---------------------------------------------------------------------------------------------------------------


class Working(AmheScreen[str]):
    """Adds a theme in a worker, and shows that it did."""

    def __init__(self, work: Callable[[Working], Any]) -> None:
        super().__init__()
        self._work = work

    def on_mount(self) -> None:
        self.run_worker(self._run)

    async def _run(self) -> None:
        try:
            await self.ask(self._work, self)
        except AmheError as error:
            self.query_one(TitleBar).place(error.title)
            return
        self.query_one(TitleBar).place("done")
        self.dismiss("done")


def add_theme(screen: Working) -> None:
    """Write one record."""
    with screen.workspace.change("Add theme") as change:
        change.add(Theme(name="Buses"))


async def left_at_work(app: AmheApp, pilot: Any, held: Gate, work: Callable[[Working], Any]) -> None:
    """Close a screen while it works, and only then let the work end."""
    held.shut()
    app.push_screen(Working(work))
    await until(lambda: held.under_way)
    press_key(app, "escape")
    await until(lambda: isinstance(app.screen, HomeScreen))
    await until(lambda: all(worker.is_finished for worker in app.workers))
    held.open()
    await until(lambda: not held.under_way)
    await settle(app, pilot)


def themes(path: Path) -> list[str]:
    """Return the themes of a programme file."""
    with Workspace.open(path) as workspace:
        return [theme.name for theme in workspace.list(Theme)]


async def test_work_that_ends_at_any_moment_of_the_closing(tmp_path: Path, held: Gate) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        for moment in range(20):
            held.shut()
            app.push_screen(Working(lambda _: None))
            await until(lambda: held.under_way)
            press_key(app, "escape")
            await turns(moment)
            held.open()
            await until(lambda: not held.under_way)
        await settle(app, pilot)
        still_well(app)


async def test_what_was_being_written_is_written(tmp_path: Path, held: Gate) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        await left_at_work(app, pilot, held, add_theme)
        still_well(app)
    assert themes(path) == ["Buses"]


async def test_what_was_being_written_is_written_when_the_program_is_left(tmp_path: Path, held: Gate) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, _):
        held.shut()
        app.push_screen(Working(add_theme))
        await until(lambda: held.under_way)
        asyncio.get_running_loop().call_later(0.05, held.open)
        app.exit(0)
    assert app.failure is None
    assert themes(path) == ["Buses"]


async def test_what_was_typed_just_before_quitting_is_there_again(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(Theme(name=""), fresh=True))
        await settle(app, pilot)
        await pilot.press("B", "u", "s")
        press_key(app, "ctrl+q")
        await until(lambda: not app.is_running)
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(Theme(name=""), fresh=True))
        await settle(app, pilot)
        assert app.screen.query_one("#field-name", Input).value == "Bus"


@pytest.mark.parametrize(("kind", "screen"), [(Activity, CaptureScreen), (NominalGroup, NominalGroupScreen)])
async def test_a_line_typed_just_before_quitting_is_there_again(
    tmp_path: Path, kind: type[Activity | NominalGroup], screen: type[CaptureScreen | NominalGroupScreen]
) -> None:
    path = new_file(tmp_path)
    item = kind.model_validate({kind.named_by: "What would help?"})
    with Workspace.open(path) as workspace, workspace.change("Add") as change:
        key = change.add(item)
    async with running(path) as (app, pilot):
        app.push_screen(screen(key))
        await settle(app, pilot)
        app.screen.query_one("#line").focus()
        await pilot.press("B", "u", "s")
        press_key(app, "ctrl+q")
        await until(lambda: not app.is_running)
    for typed in ("Bus", ""):  # once it was put back it is not kept twice
        async with running(path) as (app, pilot):
            app.push_screen(screen(key))
            await settle(app, pilot)
            assert app.screen.query_one("#line", Input).value == typed


async def test_a_refusal_is_told_though_its_screen_is_gone(tmp_path: Path, held: Gate) -> None:
    def refuse(_: Working) -> None:
        raise AmheError("Not saved", "The disk is full.", "Free some space.")

    async with running(new_file(tmp_path)) as (app, pilot):
        await left_at_work(app, pilot, held, refuse)
        still_well(app)
        assert told(app).count("The disk is full.") == 1


async def test_a_fault_is_a_fault_though_its_screen_is_gone(tmp_path: Path, held: Gate) -> None:
    def fail(_: Working) -> None:
        raise KeyError("P3: my own words")

    async def leave() -> None:
        async with running(new_file(tmp_path)) as (app, pilot):
            await left_at_work(app, pilot, held, fail)

    with pytest.raises(KeyError):
        await leave()
    assert "KeyError" in log_of_faults()


async def test_a_screen_below_another_closes_when_it_is_on_top_again(tmp_path: Path, held: Gate) -> None:
    answers: list[str | None] = []
    async with running(new_file(tmp_path)) as (app, pilot):
        held.shut()
        working = Working(add_theme)
        app.push_screen(working, answers.append)
        await until(lambda: held.under_way)
        press_key(app, "f1")
        await until(lambda: app.screen is not working)
        on_top = app.screen
        held.open()
        await settle(app, pilot)
        assert app.screen is on_top
        assert answers == []
        await press(app, pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert answers == ["done"]
        still_well(app)


async def test_a_screen_closed_twice_takes_no_other_with_it(tmp_path: Path) -> None:
    async with running(new_file(tmp_path)) as (app, pilot):
        below, above = AmheScreen[None](), AmheScreen[None]()
        app.push_screen(below)
        app.push_screen(above)
        await settle(app, pilot)
        above.dismiss()
        above.dismiss()
        await settle(app, pilot)
        assert app.screen is below
        still_well(app)


async def test_leaving_while_help_is_being_made(tmp_path: Path) -> None:
    for moment in range(8):
        async with running(new_file(tmp_path, f"{moment}.amhe"), (80, 24)) as (app, _):
            press_key(app, "f1")
            await turns(moment)
            press_key(app, "ctrl+q")
            await until(lambda app=app: not app.is_running)
            assert app.failure is None


async def test_a_row_of_a_table_just_emptied_is_no_row(tmp_path: Path) -> None:
    async with running(new_file(tmp_path), (80, 24)) as (app, pilot):
        await press(app, pilot, "1", "enter")
        rows = app.screen.query_one(Rows)
        nobody: Any = None
        rows.post_message(Rows.RowHighlighted(rows, 0, nobody))
        rows.post_message(Rows.RowSelected(rows, 0, nobody))
        await settle(app, pilot)
        still_well(app)


async def test_beginning_twice_in_a_hurry_begins_once(tmp_path: Path, held: Gate) -> None:
    async with running(None) as (app, pilot):
        await press(app, pilot, "n")
        app.screen.query_one("#name", Input).value = "Fair start"
        app.screen.query_one("#file", Input).value = str(tmp_path / "new.amhe")
        app.screen.query_one("#yes").focus()
        held.shut()
        press_key(app, "enter")
        await turns(TURNS)
        press_key(app, "enter")
        await turns(TURNS)
        held.open()
        await settle(app, pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "there already" not in told(app)
        still_well(app)


# --- the log -------------------------------------------------------------------------------------------------------------------------------------


class Failing(AmheScreen[None]):
    """Fails in the way it is asked to."""

    def __init__(self, way: str) -> None:
        super().__init__()
        self._way = way

    def on_mount(self) -> None:
        if self._way == "worker":
            self.run_worker(self._later)
        elif self._way == "timer":
            self.set_timer(0.001, self._fail)
        else:
            self.call_after_refresh(self._fail)

    async def _later(self) -> None:
        await self.ask(self._fail)

    def _fail(self) -> None:
        try:
            {}["P3: my own words"]
        except KeyError as error:
            raise LookupError("P3: my own words, said again") from error


async def fail_by(path: Path, way: str) -> None:
    """Run the program until it fails."""
    async with running(path) as (app, _):
        app.push_screen(Failing(way))
        await until(lambda: app.failure)


def log_of_faults() -> str:
    """Return what the log holds."""
    return (state_folder() / "faults.log").read_text(encoding="utf-8")


@pytest.mark.worker_may_fail
@pytest.mark.parametrize("way", ["worker", "timer", "callback"])
async def test_the_log_names_the_failure_itself_and_nobodys_words(tmp_path: Path, way: str) -> None:
    with pytest.raises(Exception, match="own words"):
        await fail_by(new_file(tmp_path), way)
    log = log_of_faults()
    assert log.splitlines()[0].endswith(" LookupError")
    assert "because of KeyError" in log
    assert f"test_closing.py:{Failing._fail.__code__.co_firstlineno + 2} _fail" in log
    assert log.count("LookupError") == 1
    assert "words" not in log
    assert "WorkerFailed" not in log
    assert "CallbackError" not in log


class Cancelled(AmheScreen[None]):
    """A screen whose making is cancelled."""

    async def on_mount(self) -> None:
        raise asyncio.CancelledError


async def test_a_screen_whose_making_was_cancelled_does_not_keep_the_program_from_closing(tmp_path: Path) -> None:
    path = copy_of_sample(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        app.push_screen(Cancelled())
        await settle(app, pilot)
    assert app.failure is None
    assert not app.is_running
    with Workspace.open(path):
        pass


async def test_what_the_store_still_tells_while_the_program_closes_is_heard(tmp_path: Path) -> None:
    """As when a file is brought in: the store waits until its progress is shown, and the closing waits for the store."""
    begun, heard = threading.Event(), list[bool]()

    async def hear() -> None:
        heard.append(True)

    async with running(new_file(tmp_path)) as (app, _pilot):
        loop, workspace = asyncio.get_running_loop(), app.workspace
        assert workspace is not None
        close = workspace.close

        def tell(_raw: object) -> None:
            begun.set()
            asyncio.run_coroutine_threadsafe(hear(), loop).result(timeout=20)

        def close_while_it_tells() -> None:
            storing = threading.Thread(target=workspace.read, args=(tell,))
            storing.start()
            begun.wait()
            close()
            storing.join()

        workspace.close = close_while_it_tells  # type: ignore[method-assign]
    assert heard == [True]
