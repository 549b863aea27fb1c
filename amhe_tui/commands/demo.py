"""Try the sample programme."""

from __future__ import annotations

import argparse
import sys

from amhe_tui.commands.output import out
from amhe_tui.dates import system_today
from amhe_tui.method.audience import Audience

HELP = "try the sample programme as a rehearsal; without a terminal, print its report"


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare nothing: the sample is all there is to open."""


def run(_given: argparse.Namespace) -> int:
    """Open a rehearsal copy of the sample programme; without a terminal, print its report."""
    from sample_data.rehearsal import make_demo

    path = make_demo(system_today())
    if sys.stdin.isatty() and sys.stdout.isatty():
        from amhe_tui import app

        return app.run(path)
    from amhe_tui.commands.report import report_of

    out(report_of(path, Audience.TEAM.key, None))
    return 0
