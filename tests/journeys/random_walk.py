"""A person in a hurry: seeded random keys, text, clicks and resizes on a copy of the sample programme.

``python -m tests.journeys.random_walk --seed 7 --size 80x24`` replays one walk; ``--count 100`` walks a hundred seeds from there at every size.
The keys follow from the seed and from what the screen offers, so a walk can be told apart from another only where the machine's pace
decides which of two things comes first; a fault is printed with the keys that led to it.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import os
import random
import shutil
import sys
import tempfile
import traceback
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

SIZES = ((60, 20), (80, 24), (120, 40))
STEPS = 150
TODAY = date(2026, 11, 23)
_TEXTS = ("P3: the clinic is two buses away #travel", "A C B", "12", "[bold]x[/]", "Zoë’s £5", "2026-02-31", "4 in 10")
_WANDER = (
    "down",
    "up",
    "left",
    "right",
    "tab",
    "shift+tab",
    "enter",
    "escape",
    "escape",
    "pagedown",
    "home",
    "end",
    "space",
)


@dataclass
class Walk:
    """One walk: where it began and what was pressed."""

    seed: int
    size: tuple[int, int]
    steps: int = STEPS
    pressed: list[str] = field(default_factory=list[str])
    fault: BaseException | None = None

    def __str__(self) -> str:
        columns, rows = self.size
        lines = [f"seed {self.seed}, {columns}x{rows}, {len(self.pressed)} steps: {' '.join(self.pressed)}"]
        if self.fault is not None:
            lines += traceback.format_exception(self.fault)
        return "\n".join(lines)


@functools.cache
def sample() -> Path:
    """Make the sample programme once for all walks of this process."""
    from sample_data.programme import build

    path = Path(tempfile.mkdtemp(prefix="walk-")) / "sample.amhe"
    build(path, today=TODAY)
    return path


def walk(folder: Path, seed: int, size: tuple[int, int], steps: int = STEPS) -> Walk:
    """Walk once in a folder of one's own, and return what was pressed and the fault met, if one was."""
    done = Walk(seed, size, steps)
    path = folder / f"walk-{seed}-{size[0]}.amhe"
    shutil.copy(sample(), path)
    try:
        asyncio.run(_walk(done, path))
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        done.fault = fault
    return done


async def _walk(done: Walk, path: Path) -> None:
    from amhe_tui.app import AmheApp
    from amhe_tui.settings import Settings

    chance = random.Random(f"{done.seed} {done.size}")  # noqa: S311 (a walk, not a secret)
    while len(done.pressed) < done.steps:
        app = AmheApp(path, today=lambda: TODAY, settings=Settings())
        async with app.run_test(size=done.size) as pilot:
            await pilot.pause()
            while len(done.pressed) < done.steps and app.is_running and not app._exit:
                await _step(app, chance, done)
        app.close_workspace()
        if app.failure is not None or app.return_code:
            raise AssertionError(f"the program ended with {app.return_code}")


async def _step(app: Any, chance: random.Random, done: Walk) -> None:
    from textual import events
    from textual.geometry import Size

    kind = chance.random()
    if kind < 0.05:
        columns, rows = chance.choice(SIZES)
        done.pressed.append(f"resize:{columns}x{rows}")
        size = Size(columns, rows)
        app.post_message(events.Resize(size, size, size))
    elif kind < 0.15:
        column, row = chance.randrange(app.size.width), chance.randrange(app.size.height)
        done.pressed.append(f"click:{column},{row}")
        for event in (events.MouseDown, events.MouseUp):
            app.post_message(event(app, column, row, 0, 0, 1, False, False, False, screen_x=column, screen_y=row))
    elif kind < 0.22:
        text = chance.choice(_TEXTS)
        done.pressed.append(f"paste:{text!r}")
        if app.focused is not None:
            app.focused.post_message(events.Paste(text))
    else:
        key = _key(app, chance)
        done.pressed.append(key)
        press_key(app, key)
    # Half of the time the next key comes before the program has dealt with this one.
    pause = chance.random()
    if pause < 0.5:
        await asyncio.sleep(0)
    elif pause < 0.9:
        await asyncio.sleep(0.01)
    else:
        await _settled(app)


def _key(app: Any, chance: random.Random) -> str:
    if chance.random() < 0.35:
        return chance.choice(_WANDER)
    if chance.random() < 0.05:
        return "ctrl+p"
    try:
        keys = sorted(key for key, active in app.screen.active_bindings.items() if active.enabled)
    except Exception:  # the screen is between two states
        keys = []
    # The way out is taken now and then, or the walk would only start again.
    keys = [key for key in keys if key not in ("q", "ctrl+q", "ctrl+c") or chance.random() < 0.05]
    return chance.choice(keys) if keys else "escape"


def press_key(app: Any, key: str) -> None:
    """Put a key into the program's queue, and wait for nothing."""
    from textual import events
    from textual.keys import _character_to_key, _get_unicode_name_from_key

    if len(key) == 1:
        key, character = _character_to_key(key), key
    else:
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(key))
        except KeyError:
            character = None
    app.post_message(events.Key(key, character))


async def _settled(app: Any) -> None:
    """Wait until nothing is under way, or until it takes too long to be worth it in a hurry."""
    for _ in range(50):
        await asyncio.sleep(0.01)
        if all(worker.is_finished for worker in app.workers):
            break


def main() -> int:
    """Walk from the command line, and print every fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--size", default="", help="such as 80x24; otherwise every size")
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    sizes = [tuple(int(part) for part in given.size.split("x"))] if given.size else list(SIZES)
    faults = walks = 0
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        for variable in ("AMHE_SETTINGS", "AMHE_STATE", "AMHE_DOCUMENTS"):
            os.environ[variable] = folder
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        for seed in range(given.seed, given.seed + given.count):
            for size in sizes:
                done = walk(Path(folder), seed, (size[0], size[1]), given.steps)
                walks += 1
                if done.fault is not None:
                    faults += 1
                    print(done, flush=True)
    print(f"{walks} walks, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
