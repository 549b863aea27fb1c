"""Back a programme up."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import out

HELP = "save a verified copy"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and where its copy goes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", type=Path, default=None, help="where; otherwise among the backups of this computer")


def run(given: argparse.Namespace) -> int:
    """Save a verified copy."""
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        out(str(workspace.backup(given.to)))
    return 0
