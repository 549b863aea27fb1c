"""Open the screen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from amhe_tui.errors import AmheError

HELP = "open a programme file on the screen"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> int:
    """Open a programme file on the screen."""
    return open_screen(given.file)


def open_screen(path: Path | None) -> int:
    """Show a programme, or the first screen where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AmheError(
            "No terminal",
            "The screen needs a terminal, and there is none here.",
            "Use a command that prints, such as: amhe report FILE",
        )
    if path is not None:
        from store.connection import check_header

        check_header(path)
    from amhe_tui import app

    return app.run(path)
