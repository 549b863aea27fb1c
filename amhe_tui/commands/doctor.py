"""What this terminal and computer can do, in sentences."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys

from amhe_tui.commands.output import out
from amhe_tui.paths import documents_folder, settings_folder, state_folder

_WIDE, _HIGH = 80, 24

_FREE = 200 * 1024 * 1024


HELP = "check this terminal and computer"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare nothing: it looks at this computer."""


def run(_given: argparse.Namespace) -> int:
    """Check this terminal and computer."""
    looked_at = findings()
    for good, sentence in looked_at:
        out(f"{'ok ' if good else 'NOT'}  {sentence}")
    return 0 if all(good for good, _ in looked_at) else 1


def findings() -> list[tuple[bool, str]]:
    """Return what was looked at: whether it is well, and a sentence with a remedy where it is not."""
    size = shutil.get_terminal_size()
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    looked_at: list[tuple[bool, str]] = [
        (
            size.columns >= _WIDE and size.lines >= _HIGH,
            f"The terminal has {size.columns} columns and {size.lines} lines; {_WIDE} by {_HIGH} are needed, 120 by 40 are comfortable.",
        ),
        (
            encoding == "utf8",
            f"The terminal's encoding is {encoding or 'unknown'}; utf8 is needed to draw charts (on Windows: chcp 65001).",
        ),
        (
            True,
            f"Colours: {'off, by NO_COLOR' if os.environ.get('NO_COLOR') else os.environ.get('COLORTERM') or os.environ.get('TERM') or 'as the terminal says'}.",
        ),
        (sqlite3.sqlite_version_info >= (3, 37), f"SQLite {sqlite3.sqlite_version}; 3.37 or newer is needed."),
    ]
    for purpose, folder in (
        ("settings", settings_folder()),
        ("drafts and backups", state_folder()),
        ("new programmes", documents_folder()),
    ):
        nearest = folder
        while not nearest.exists() and nearest != nearest.parent:
            nearest = nearest.parent
        writable = os.access(nearest, os.W_OK)
        looked_at.append((writable, f"The folder for {purpose} {'can' if writable else 'cannot'} be written."))
    free = shutil.disk_usage(documents_folder() if documents_folder().exists() else ".").free
    looked_at.append((free > _FREE, f"{free // 1024 // 1024:,} MB of disk are free."))
    looked_at.append((True, "Nothing here calls out to a network."))
    return looked_at
