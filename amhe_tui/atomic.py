"""Files written whole or not at all: every file this program makes gets its name only when it is complete."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".amhe-", ".part"

_ABANDONED = 24 * 60 * 60
"""Seconds after which a part is taken to be left by a process that was cut off; no writing takes nearly as long."""


def fsync_file(path: Path) -> None:
    """Make sure that a file written whole, and its name in its folder, are on the disk and not only on their way to it."""
    _fsync(os.open(path, os.O_RDWR))
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk; Windows opens no folders, and keeps names by itself."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    _fsync(number)


def _fsync(number: int) -> None:
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def atomic_write(path: Path) -> Generator[Path]:
    """Give the path to write a new file under; at the end of the block it gets the name ``path``, and after an error nothing is left of it.

    The name in between is of this writing alone, so two that write the same file at once do not touch each other's parts: the one that ends last stays.
    A link is followed, as in any other writing.
    """
    path = path.resolve()
    _sweep(path.parent)
    part = path.with_name(f"{_PREFIX}{uuid.uuid4().hex}{_SUFFIX}")
    try:
        yield part
        fsync_file(part)
        part.replace(path)
        fsync_folder(path.parent)  # the file itself may have been replaced already by another writing
    finally:
        _discard(part)


def write_text_whole(path: Path, text: str, *, newline: str | None = None) -> None:
    """Write a text as UTF-8, whole or not at all."""
    with atomic_write(path) as part:
        part.write_text(text, encoding="utf-8", newline=newline)


def _sweep(folder: Path) -> None:
    """Remove what writings that were cut off left in a folder, so that no words withdrawn since stay behind in it."""
    oldest = time.time() - _ABANDONED
    with suppress(OSError):
        for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):
                if part.stat().st_mtime < oldest:
                    _discard(part)


def _discard(part: Path) -> None:
    """Remove a part with the journal that SQLite may keep beside it."""
    for path in (part, part.with_name(part.name + "-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
