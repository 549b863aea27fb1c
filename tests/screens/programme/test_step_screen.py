"""The screen of a sub-step by keys, in a hurry: what is shown belongs to the kind marked and the letters typed, in whatever order readings end."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from amhe_tui.app import AmheApp
from screens.programme.step import StepScreen
from screens.shared.widgets import Options, Rows
from store.records import DataSource, Finding, Population, Record
from store.workspace import Workspace
from tests.journeys.random_walk import press_key
from tests.quiet import running_loop
from tests.support import CLOCKS, new_file, press, running, settle

ROWS: dict[type[Record], tuple[str, str]] = {
    Finding: ("Harbour waits longer", "Market waits longer"),
    Population: ("Harbour families", "Market traders"),
    DataSource: ("Harbour survey", "Market survey"),
}
"""The first three kinds that 1A lists, in its order, with a row of each that holds “harbour” and one that does not."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_file(tmp_path_factory.mktemp("made"))
    with Workspace.open(path) as workspace:
        for kind, names in ROWS.items():
            for name in names:
                with workspace.change(f"Add {kind.singular} “{name}”") as change:
                    change.add(kind(**dict[str, Any]({kind.named_by: name})))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


@dataclass
class Slow:
    """Holds up readings of a kind: what was read is in hand, but not told until it may go on."""

    times: int = 0
    """How often the kind was read."""
    held_up: range = range(0)
    """Which of those times are held up."""
    arrivals: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    go_on: threading.Event = field(default_factory=threading.Event)

    def hold(self, nth: int = 1, *, many: int = 1) -> None:
        """Hold up the nth reading from now on, or so many from there."""
        self.held_up = range(self.times + nth, self.times + nth + many)

    def read(self) -> None:
        """Count a reading, and hold it up if it is one of those."""
        self.times += 1
        if self.times in self.held_up:
            self.arrivals.release()
            assert self.go_on.wait(CLOCKS)

    async def arrive(self) -> None:
        """Wait until one more reading is held up."""
        assert await asyncio.to_thread(self.arrivals.acquire, timeout=CLOCKS)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> dict[type[Record], Slow]:
    """Give what can hold up the readings of each kind."""
    kinds = {kind: Slow() for kind in ROWS}
    read = Workspace.list

    def slowly(self: Workspace, kind: Any, /, **equals: Any) -> list[Any]:
        rows = read(self, kind, **equals)
        if kind in kinds:
            kinds[kind].read()
        return rows

    monkeypatch.setattr(Workspace, "list", slowly)
    return kinds


@asynccontextmanager
async def kinds_of_1a(path: Path, slow: Mapping[type[Record], Slow]) -> AsyncIterator[tuple[AmheApp, Pilot[int]]]:
    """Open 1A and go to its kinds; whatever is held up at the end may go on, or the program would wait for it."""
    async with running(path) as (app, pilot):
        try:
            await press(app, pilot, "enter", "shift+tab")
            yield app, pilot
        finally:
            for held in slow.values():
                held.go_on.set()


async def hurry(app: AmheApp, *keys: str, held_up: int = 1) -> None:
    """Press keys while so many readings are held up: all that needs none of these is done."""
    for key in keys:
        press_key(app, key)
        await running_loop().quiet(held_up)


def step_screen(app: AmheApp) -> StepScreen:
    """Return the screen that is shown."""
    assert isinstance(app.screen, StepScreen)
    return app.screen


def read_again(app: AmheApp) -> None:
    """Begin to read the list again, as after a removal."""
    step_screen(app).run_worker(step_screen(app).reload)


def remove_first_finding(app: AmheApp) -> None:
    """Remove a finding, as another part of the program does."""
    assert app.workspace is not None
    with app.workspace.change("Remove finding") as change:
        change.remove(app.workspace.list(Finding)[0])


def titles(app: AmheApp) -> list[str]:
    """Return the first cell of every row."""
    table = app.screen.query_one(Rows)
    return [str(table.get_row_at(row)[0]) for row in range(table.row_count)]


def marked_kind(app: AmheApp) -> str | None:
    """Return the table of the kind that is marked at the left."""
    kinds = app.screen.query_one("#kinds", Options)
    return kinds.get_option_at_index(kinds.highlighted or 0).id


def columns(app: AmheApp) -> list[str]:
    """Return what stands over the columns."""
    return [str(column.label) for column in app.screen.query_one(Rows).columns.values()]


async def test_letters_typed_while_another_kind_is_read_narrow_what_is_shown_and_then_what_comes(
    path: Path, slow: dict[type[Record], Slow]
) -> None:
    populations = slow[Population]
    async with kinds_of_1a(path, slow) as (app, pilot):
        over_findings = columns(app)
        populations.hold()
        await hurry(app, "down")
        await populations.arrive()
        await hurry(app, "slash", *"harb")
        assert app.failure is None
        assert titles(app) == ["Harbour waits longer"]
        assert columns(app) == over_findings
        populations.go_on.set()
        await settle(app, pilot)
        assert titles(app) == ["Harbour families"]
        assert columns(app) != over_findings
        await press(app, pilot, "escape")
        assert titles(app) == list(ROWS[Population])


async def test_a_kind_left_before_it_was_read_is_not_shown_any_more(path: Path, slow: dict[type[Record], Slow]) -> None:
    populations = slow[Population]
    async with kinds_of_1a(path, slow) as (app, pilot):
        before = populations.times
        await press(app, pilot, "down")
        often = populations.times - before
        await press(app, pilot, "up")
        populations.hold(often)  # the last thing that is read of it
        await hurry(app, "down")
        await populations.arrive()
        await hurry(app, "down")
        assert titles(app) == list(ROWS[DataSource])
        populations.go_on.set()
        await settle(app, pilot)
        await press(app, pilot, "slash", *"harb")
        assert app.failure is None
        assert titles(app) == ["Harbour survey"]


async def test_a_late_reading_of_the_kind_before_is_not_shown_in_place_of_the_kind_marked(
    path: Path, slow: dict[type[Record], Slow]
) -> None:
    findings, populations = slow[Finding], slow[Population]
    async with kinds_of_1a(path, slow) as (app, pilot):
        findings.hold()
        read_again(app)
        await findings.arrive()
        populations.hold()
        await hurry(app, "down", held_up=2)
        await populations.arrive()
        findings.go_on.set()
        await running_loop().quiet(held_up=1)
        assert marked_kind(app) == "population"
        populations.go_on.set()
        await settle(app, pilot)
        assert titles(app) == list(ROWS[Population])


async def test_an_earlier_reading_that_ends_last_is_not_shown(path: Path, slow: dict[type[Record], Slow]) -> None:
    findings = slow[Finding]
    async with kinds_of_1a(path, slow) as (app, pilot):
        findings.hold()
        read_again(app)
        await findings.arrive()
        remove_first_finding(app)
        read_again(app)
        await running_loop().quiet(held_up=1)
        assert titles(app) == [ROWS[Finding][1]]
        findings.go_on.set()
        await settle(app, pilot)
        assert titles(app) == [ROWS[Finding][1]]


async def test_a_kind_marked_again_before_it_was_read_is_shown(path: Path, slow: dict[type[Record], Slow]) -> None:
    populations = slow[Population]
    async with kinds_of_1a(path, slow) as (app, pilot):
        populations.hold()
        await hurry(app, "down")
        await populations.arrive()
        press_key(app, "down")
        press_key(app, "up")  # at once: the kind between is never read
        populations.go_on.set()
        await settle(app, pilot)
        assert titles(app) == list(ROWS[Population])


async def test_what_was_changed_while_another_kind_was_read_is_shown_in_the_kind_gone_back_to(
    path: Path, slow: dict[type[Record], Slow]
) -> None:
    populations = slow[Population]
    async with kinds_of_1a(path, slow) as (app, pilot):
        populations.hold(many=2)
        await hurry(app, "down")
        await populations.arrive()
        remove_first_finding(app)
        read_again(app)
        await populations.arrive()
        await hurry(app, "up", held_up=2)
        assert titles(app) == [ROWS[Finding][1]]
        populations.go_on.set()
        await settle(app, pilot)
        assert titles(app) == [ROWS[Finding][1]]
