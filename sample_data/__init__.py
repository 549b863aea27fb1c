"""The fictional place Northmere: every person, organisation and figure in it is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def files() -> tuple[Path, ...]:
    """Return the sample data files, in the order of their names."""
    return tuple(sorted(Path(__file__).parent.glob("*.csv")))


def build(path: Path, *, rehearsal: bool = True, today: date) -> None:
    """Make the sample programme at ``path``; see :func:`sample_data.programme.build`."""
    from sample_data.programme import build as make

    make(path, rehearsal=rehearsal, today=today)
