"""Write the report of a programme."""

from __future__ import annotations

import argparse
from pathlib import Path

from amhe_tui.atomic import write_text_whole
from amhe_tui.commands.output import out, say, tell_of_guard, watch_guard
from amhe_tui.dates import system_today
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience, keys

HELP = "write the report"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare for whom the report is and where it goes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--audience", choices=keys(), default=Audience.TEAM.key)
    parser.add_argument(
        "--to", type=Path, default=None, help="a file ending in .md or .html; otherwise Markdown on standard output"
    )


def report_of(path: Path, audience: str, to: Path | None) -> str:
    """Return the report of a programme file in the form its target asks for."""
    from amhe_tui.report import write_report
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    ending = "html" if to is not None and to.suffix.lower() in (".html", ".htm") else "md"
    if to is not None and to.suffix.lower() not in (".html", ".htm", ".md"):
        raise AmheError(
            "Unknown kind of report",
            f"A report cannot be written as {to.suffix or 'a file without an ending'}.",
            "End the name in .html or .md.",
        )
    policy = load_settings().policy(audience)
    watch_guard()
    with Workspace.open(path) as workspace:
        written = write_report(workspace, Audience.of(audience), ending, system_today(), policy)
        tell_of_guard(workspace, policy)
    return written


def run(given: argparse.Namespace) -> int:
    """Write the report."""
    text = report_of(given.file, given.audience, given.to)
    if given.to is None:
        out(text)
        return 0
    try:
        write_text_whole(given.to, text)
    except OSError as error:
        raise AmheError(
            "Not written", f"{given.to} cannot be written ({error.strerror}).", "Choose another place with --to."
        ) from error
    say(f"Written to {given.to}")
    return 0
