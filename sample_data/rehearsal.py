"""The rehearsal: a copy of the sample programme in a folder of its own, made anew each time."""

from __future__ import annotations

import shutil
import time
import uuid
from contextlib import suppress
from datetime import date
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.paths import state_folder

_KEPT = 60 * 60
"""Seconds for which a rehearsal that is not open is left: another window may just be about to open it."""


def make_demo(today: date) -> Path:
    """Make a rehearsal copy of the sample programme and return its path.

    Each has a folder of its own, so two at once never meet; those that nobody has open any more are swept.
    """
    from sample_data.programme import build

    home = state_folder() / "rehearsal"
    _sweep(home)
    path = home / uuid.uuid4().hex[:12] / "northmere.amhe"
    path.parent.mkdir(parents=True)
    try:
        build(path, rehearsal=True, today=today)
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    return path


def _sweep(home: Path) -> None:
    from store.connection import refuse_if_in_use

    oldest = time.time() - _KEPT
    for folder in home.glob("*/"):
        with suppress(OSError, AmheError):
            if folder.stat().st_mtime < oldest:
                path = folder / "northmere.amhe"
                if path.exists():
                    refuse_if_in_use(path)
                shutil.rmtree(folder)
