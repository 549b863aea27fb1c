"""Check a programme file."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import out, say

HELP = "check that every byte is as this program wrote it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> int:
    """Check that every byte is as this program wrote it."""
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        troubles = workspace.verify()
    for trouble in troubles:
        out(trouble)
    say(
        "Every record is as this program wrote it."
        if not troubles
        else "Restore the newest backup with: amhe restore FILE"
    )
    return 1 if troubles else 0
