"""A vote in line mode, from opening it to its result."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.commands.output import open_for_lines

HELP = "open a vote and hand round secret ballots, line by line"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file."""
    parser.add_argument("file", type=Path)


def run(given: argparse.Namespace) -> int:
    """Hold a vote line by line."""
    from amhe_tui.plain import ballots

    return ballots.run(open_for_lines(given.file))
