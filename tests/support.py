"""What journeys share: a real file, the real app, keys, and the text of the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from amhe_tui.app import AmheApp
from amhe_tui.settings import Settings
from store.workspace import Workspace
from tests.quiet import drawn_at_rest, wait_for_work_not_for_time

wait_for_work_not_for_time()

TODAY = date(2026, 11, 23)
CLOCKS = 60
"""Seconds after which no clock of the program's brings anything any more: each runs for a second at most."""


def new_file(folder: Path, name: str = "test.amhe", **fields: Any) -> Path:
    """Make a programme file and return its path."""
    path = folder / name
    Workspace.create(path, **{"name": "Fair start", "area": "Northmere", **fields}).close()
    return path


def screen_text(app: AmheApp) -> str:
    """Return the characters on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def words_on(app: AmheApp) -> str:
    """Return the words on the screen as one line, whatever way they were wrapped."""
    return " ".join(screen_text(app).split())


@asynccontextmanager
async def running(path: Path | None, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[AmheApp, Pilot[int]]]:
    """Run the real app on a file and wait until it is open."""
    app = AmheApp(path, today=lambda: TODAY, settings=Settings())
    drawn_at_rest.add(app)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        yield app, pilot
    app.close_workspace()


async def settle(_app: AmheApp, pilot: Pilot[int]) -> None:
    """Wait until nothing is under way but what waits for a person's answer."""
    await pilot.pause()


async def until(app: AmheApp, pilot: Pilot[int], what: Callable[[], object], looked_for: str) -> None:
    """Wait for something that a clock of the program's brings; everything else is there when a key has been dealt with."""
    try:
        async with asyncio.timeout(CLOCKS):
            while not what():
                await asyncio.sleep(0.01)
                await settle(app, pilot)
    except TimeoutError:
        raise AssertionError(f"{looked_for} never came:\n{screen_text(app)}") from None


async def see(app: AmheApp, pilot: Pilot[int], words: str, *keys: str) -> str:
    """Press keys as somebody does who knows them, wait until words are on the screen, and return all that is on it."""
    await pilot.press(*keys)
    await until(app, pilot, lambda: words in words_on(app), f"“{words}”")
    return screen_text(app)


async def press(app: AmheApp, pilot: Pilot[int], *keys: str) -> None:
    """Press keys one after another, each after the one before is dealt with."""
    for key in keys:
        await pilot.press(key)
        await settle(app, pilot)


TYPED = 6
"""So many letters are typed one by one; the rest of a longer line is pasted, as every key costs the test a while."""


async def write(pilot: Pilot[int], words: str) -> None:
    """Type words into what has the focus."""
    await pilot.press(*({" ": "space"}.get(letter, letter) for letter in words[:TYPED]))
    if words[TYPED:]:
        focused = pilot.app.focused
        assert focused is not None
        focused.post_message(events.Paste(words[TYPED:]))
        await pilot.pause()


def told(app: AmheApp) -> str:
    """Return what the program has said in passing."""
    return " | ".join(f"{one.title} {one.message}" for one in app._notifications)


HEADER = "reporting_period,start_date,end_date,org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,measure_statistic,value\n"


def figures(folder: Path) -> Path:
    """Write a small file of annual figures: two ethnic groups, the unknown and the total."""
    groups = {
        ("Total", "NULL", "NULL"): (1000, 100, 450),
        ("Ethnic Group", "White", "All"): (700, 70, 340),
        ("Ethnic Group", "Black or Black British", "All"): (200, 20, 70),
    }
    groups["Ethnic Group", "Not stated/Not known/Invalid", "All"] = (100, 10, 40)
    rows = []
    for (kind, a, b), (finished, well, recovered) in groups.items():
        share = round(100 * recovered / (finished - well), 1)
        for name, statistic, value in (
            ("finished_course_treatment", "count", finished),
            ("not_at_caseness", "count", well),
            ("recovery", "count", recovered),
            ("recovery", "percentage", share),
        ):
            rows.append(f"2024-25,2024-04-01,2025-03-31,England,All,All,{kind},{a},{b},{name},{statistic},{value}\n")
    path = folder / "figures.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path
