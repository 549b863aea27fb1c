"""List the indicators."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from amhe_tui.commands.output import out, say

HELP = "list what can be broken down"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and the form of the list."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List what can be broken down."""
    from amhe_tui.programme import breakdowns
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        indicators = breakdowns.indicators(workspace)
    if given.json:
        out(json.dumps([indicator.to_json() for indicator in indicators], ensure_ascii=False))
        return 0
    for indicator in indicators:
        out(
            f"{indicator.id}\t{indicator.name} ({indicator.statistic})\tby {', '.join(indicator.characteristics)}\t{', '.join(indicator.periods)}"
        )
    if not indicators:
        say("No data yet. Bring a file in with: amhe import FILE DATA.csv")
    return 0
