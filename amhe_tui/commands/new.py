"""Begin a programme."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from amhe_tui.commands.output import say
from amhe_tui.dates import system_today
from amhe_tui.errors import AmheError
from amhe_tui.text import one_line

HELP = "begin a new programme file"

_OPTIONS = (
    ("name", "what people here call this work"),
    ("area", "the place it is about"),
    ("organisation", "who runs it"),
    ("data-controller", "who answers for personal data in the file"),
    ("lawful-basis", "why it may be held: consent, public_task, legitimate_interests…"),
    ("privacy-notice", "where people can read how their words are kept"),
    ("dpia", "reference of the data protection impact assessment"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is known of the programme at its beginning."""
    parser.add_argument("file", type=Path)
    for name, explanation in _OPTIONS:
        parser.add_argument(f"--{name}", default=None, help=explanation)
    parser.add_argument("--yes", action="store_true", help="ask nothing; what is not given stays blank")


def run(given: argparse.Namespace) -> int:
    """Begin a new programme file, asking for what is not given."""
    from store.workspace import Workspace

    names = [name.replace("-", "_") for name, _ in _OPTIONS]
    values = {name: getattr(given, name) for name in names}
    if not given.yes:
        if not sys.stdin.isatty():
            raise AmheError(
                "No terminal", "There is nobody to ask.", "Give --name and --area, and --yes to leave the rest blank."
            )
        from amhe_tui.plain.ask import ask_programme

        values = ask_programme(values)
    if not one_line(values["name"] or ""):
        values["name"] = given.file.stem
    values["lawful_basis"] = (values["lawful_basis"] or "").replace("legitimate_interests", "legitimate")
    Workspace.create(
        given.file, starts=system_today().isoformat(), **{name: value or "" for name, value in values.items()}
    ).close()
    say(f"{given.file} is there. Open it with: amhe {given.file}")
    missing = [name.replace("_", " ") for name in names[3:] if not values[name]]
    if missing:
        say(f"Not said yet: {', '.join(missing)}. It can wait; the home screen will remind you.")
    return 0
