"""Put a backup in the place of a programme."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import say
from amhe_tui.errors import AmheError

HELP = "put the newest backup, or a given one, in place of a file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and which backup."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--from", dest="copy", type=Path, default=None, help="which backup")


def run(given: argparse.Namespace) -> int:
    """Put a backup in the place of a file."""
    from store import backup

    copy = given.copy
    if copy is None:
        copies = backup.backups(given.file)
        if not copies:
            raise AmheError(
                "No backup", f"There is no backup of {given.file.name} on this computer.", "Give one with --from COPY."
            )
        copy = copies[0]
    aside = backup.restore(given.file, copy)
    say(f"{given.file} is the backup {copy.name} now." + (f" What was there is kept as {aside}." if aside else ""))
    return 0
