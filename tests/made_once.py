"""What many tests begin with, made once in a process and copied for each: the sample programme, and a file with nothing in it yet."""

from __future__ import annotations

import atexit
import functools
import shutil
import sqlite3
import tempfile
from datetime import date
from pathlib import Path

from store import schema

TODAY = date(2026, 11, 23)
_migrate = schema.upgrade


@functools.cache
def _sample() -> Path:
    from sample_data.programme import build

    folder = Path(tempfile.mkdtemp(prefix="sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "northmere.amhe"
    build(path, today=TODAY)
    return path


def sample_copy(folder: Path, name: str = "northmere.amhe") -> Path:
    """Return a copy of the sample programme as it is made on ``TODAY``."""
    return Path(shutil.copy(_sample(), folder / name))


@functools.cache
def _empty(_migrations: Path, _format: int) -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(raw)
    return raw


def migrate(raw: sqlite3.Connection, to: str = "head") -> None:
    """Do what the migrations do; to a file with nothing in it by copying what they made of another one."""
    if to == "head" and raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        _empty(schema.MIGRATIONS, schema.SCHEMA).backup(raw)
    else:
        _migrate(raw, to)
