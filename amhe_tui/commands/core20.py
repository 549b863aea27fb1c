"""Core20PLUS5 of a programme."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from amhe_tui.commands.output import add_audience, out, tell_of_guard, watch_guard
from amhe_tui.method.audience import Audience

HELP = "Core20PLUS5: the most deprived fifth against the rest, the PLUS groups, severe mental illness"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the place, for whom, and the form."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--area", default="", help="a place; otherwise the country, or the only one there is")
    add_audience(parser)
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Print what the programme can say on Core20PLUS5, as the audience may see it."""
    from amhe_tui.programme.core20 import core20plus5
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    settings = load_settings()
    policy = settings.policy(given.audience)
    watch_guard()
    with Workspace.open(given.file) as workspace:
        found = core20plus5(workspace, policy, area=given.area, least=settings.least)
        redact = redaction_of(workspace, Audience.of(given.audience)).words
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps(found.to_json(), ensure_ascii=False))
        return 0
    for heading, lines in found.parts():
        out(heading)
        for line in lines:
            out(f"  {redact(line)}")
        out("")
    for note in dict.fromkeys(line.figures.note for line in found.core):
        out(note)
    return 0
