"""The rehearsal: a copy of the sample programme in a folder of its own, made anew each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from amhe_tui.paths import state_folder


def make_demo(today: date) -> Path:
    """Make a rehearsal copy of the sample programme and return its path; the last rehearsal is replaced, unless it is open elsewhere."""
    from sample_data.programme import build

    folder = state_folder() / "rehearsal"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "northmere.amhe"
    part = folder / "northmere.part.amhe"
    part.unlink(missing_ok=True)
    build(part, rehearsal=True, today=today)
    part.replace(path)
    return path
