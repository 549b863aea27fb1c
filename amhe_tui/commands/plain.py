"""Line mode."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import open_for_lines

HELP = "line mode: the same work, one question after another"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> int:
    """Run line mode."""
    from amhe_tui.plain import linear

    return linear.run(open_for_lines(given.file))
