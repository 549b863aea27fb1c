"""The trail of a programme."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import out

HELP = "print everything that was changed"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> int:
    """Print everything that was changed, newest first."""
    from datetime import UTC, datetime

    from store.identity import stamp_milliseconds
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        for entry in workspace.journal():
            when = datetime.fromtimestamp(stamp_milliseconds(entry.stamp) / 1000, UTC).astimezone()
            out(f"{when:%d %b %Y %H:%M:%S}\t{entry.actor or '-'}\t{entry.kind}\t{entry.label}")
    return 0
