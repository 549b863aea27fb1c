"""A person in a hurry: seeded random keys, text, clicks and resizes on a copy of the sample programme.

``python -m tests.journeys.random_walk --seed 7 --size 80x24`` walks once; ``--count 100`` walks a hundred seeds from there at every size.
A fault is printed with the steps that led to it, each with the pause after it, and ``--replay`` takes these steps again.

What is chosen follows from the seed and from which keys work at that moment. Not everything is settled by that: the store answers from a thread of
its own, so whether a screen is there before the next key depends on the machine's pace. Replaying takes the same steps with the same pauses whatever
the screen offers, which is as near as a program of threads allows; replay a few times.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import faulthandler
import io
import os
import random
import shlex
import shutil
import sys
import tempfile
import traceback
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from tests.made_once import TODAY, sample_copy
from tests.quiet import PATIENCE

SIZES = ((60, 20), (80, 24), (120, 40))
STEPS = 150
LONGEST = PATIENCE * 2
"""Seconds after which a walk that has not come to its end is a fault."""
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
    """One walk: where it began, the steps to take if they are known, and those taken."""

    seed: int
    size: tuple[int, int]
    length: int = STEPS
    given: list[str] | None = None
    longest: float = LONGEST
    taken: list[str] = field(default_factory=list[str])
    fault: BaseException | None = None
    waits: str = ""

    def __str__(self) -> str:
        columns, rows = self.size
        lines = [f"seed {self.seed}, {columns}x{rows}, {len(self.taken)} steps: {shlex.join(self.taken)}"]
        if self.fault is not None:
            lines += [*traceback.format_exception(self.fault), self.waits]
        return "\n".join(lines)


def _copy_sample(path: Path, **_: Any) -> None:
    sample_copy(path.parent, path.name)


async def walk(folder: Path, asked: Walk) -> Walk:
    """Walk once in a folder of one's own; the walk comes back with the steps taken and the fault met, if one was."""
    path = sample_copy(folder, f"walk-{asked.seed}-{asked.size[0]}.amhe")
    watch = asyncio.get_running_loop().call_later(asked.longest, _give_up, asked, asyncio.current_task())
    faulthandler.dump_traceback_later(asked.longest + 15, exit=True)  # where even the loop stands still
    try:
        # Names that are typed without a folder are names in this one; a rehearsal is copied, because making one takes as long as the walk.
        with contextlib.chdir(folder), mock.patch("sample_data.programme.build", _copy_sample):
            await _walk(asked, path)
    except (Exception, asyncio.CancelledError) as fault:
        asked.fault = fault
    finally:
        watch.cancel()
        faulthandler.cancel_dump_traceback_later()
    return asked


def _give_up(asked: Walk, walking: asyncio.Task[Any]) -> None:
    """End a walk that waits for what never comes, and tell where everything in it waits."""
    places = io.StringIO()
    for task in asyncio.all_tasks():
        task.print_stack(file=places)
    asked.waits = places.getvalue()
    walking.cancel()


async def _walk(asked: Walk, path: Path) -> None:
    from amhe_tui.app import AmheApp
    from amhe_tui.settings import Settings

    chance = random.Random(f"{asked.seed} {asked.size}")  # noqa: S311 (a walk, not a secret)
    length = asked.length if asked.given is None else len(asked.given)
    while len(asked.taken) < length:
        app = AmheApp(path, today=lambda: TODAY, settings=Settings())
        async with app.run_test(size=asked.size):
            await _settled(app)
            while len(asked.taken) < length and app.is_running and not app._exit:
                step = _choose(app, chance) if asked.given is None else asked.given[len(asked.taken)]
                asked.taken.append(step)
                await _take(app, step)
        app.close_workspace()
        assert app.failure is None, "the program ended because of a fault of its own"
        assert not app.return_code, f"the program ended with {app.return_code}"


_PAUSES = {"!": 0.5, "": 0.4, ".": 0.1}
"""How often the next step comes at once, soon, and when the program has dealt with this one: the sign after a step says which."""


def _choose(app: Any, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.05:
        columns, rows = chance.choice(SIZES)
        step = f"resize:{columns},{rows}"
    elif kind < 0.15:
        step = f"click:{chance.randrange(app.size.width)},{chance.randrange(app.size.height)}"
    elif kind < 0.22:
        step = f"text:{chance.choice(_TEXTS)}"
    else:
        step = f"key:{_key(app, chance)}"
    return step + ">" + chance.choices(list(_PAUSES), list(_PAUSES.values()))[0]


async def _take(app: Any, step: str) -> None:
    from textual import events
    from textual.geometry import Size

    action, _, pause = step.rpartition(">")
    kind, _, what = action.partition(":")
    if kind == "resize":
        size = Size(*map(int, what.split(",")))
        app.post_message(events.Resize(size, size, size))
    elif kind == "click":
        column, row = map(int, what.split(","))
        for event in (events.MouseDown, events.MouseUp):
            app.post_message(event(None, column, row, 0, 0, 1, False, False, False, screen_x=column, screen_y=row))
    elif kind == "text":
        if app.focused is not None:
            app.focused.post_message(events.Paste(what))
    else:
        press_key(app, what)
    if pause == "!":
        await asyncio.sleep(0)
    elif pause == "":
        await asyncio.sleep(0.01)
    else:
        await _settled(app)


def _key(app: Any, chance: random.Random) -> str:
    if chance.random() < 0.35:
        return chance.choice(_WANDER)
    if chance.random() < 0.05:
        return "ctrl+p"
    # Between two states there is no screen to ask.
    keys = (
        sorted(key for key, active in app.screen.active_bindings.items() if active.enabled) if app._screen_stack else []
    )
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
    parser.add_argument("--replay", default="", help="the steps of a walk, as they were printed")
    parser.add_argument(
        "--longest", type=float, default=LONGEST, help="seconds after which a walk that does not end is a fault"
    )
    given = parser.parse_args()
    sizes = [tuple(int(part) for part in given.size.split("x"))] if given.size else list(SIZES)
    steps = shlex.split(given.replay) or None
    faults = walks = 0
    with tempfile.TemporaryDirectory(prefix="walk-") as folder:
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        for seed in range(given.seed, given.seed + given.count):
            for columns, rows in sizes:
                inside = Path(tempfile.mkdtemp(dir=folder))
                for variable in ("AMHE_SETTINGS", "AMHE_STATE", "AMHE_DOCUMENTS", "HOME"):
                    os.environ[variable] = str(inside)
                done = asyncio.run(walk(inside, Walk(seed, (columns, rows), given.steps, steps, given.longest)))
                shutil.rmtree(inside)
                walks += 1
                if done.fault is not None:
                    faults += 1
                    print(done, flush=True)
    print(f"{walks} walks, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
