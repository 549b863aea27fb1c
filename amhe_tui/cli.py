"""The commands: parsing of arguments only; whatever a command needs is loaded inside it.

Standard output is data, standard error is narration. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from amhe_tui import __version__
from amhe_tui.commands import assets
from amhe_tui.commands.data import add_data_commands
from amhe_tui.commands.files import add_file_commands
from amhe_tui.errors import AmheError

COMMANDS = (
    "demo",
    "new",
    "plain",
    "vote",
    "import",
    "sources",
    "missing",
    "assets",
    "export",
    "indicators",
    "breakdown",
    "gaps",
    "report",
    "check",
    "backup",
    "restore",
    "log",
    "doctor",
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    main_parser = argparse.ArgumentParser(
        prog="amhe",
        description="Advancing mental health equity: from a gap in the numbers to the proof that it closed, in one file on this laptop.",
        epilog="amhe FILE opens a programme file; amhe alone shows the first screen; amhe demo tries the sample.",
    )
    main_parser.add_argument("--version", action="version", version=f"amhe {__version__}")
    main_parser.add_argument("--debug", action="store_true", help="show where a fault arose")
    commands = main_parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("demo", help="try the sample programme as a rehearsal; without a terminal, print its report")
    add_file_commands(commands)
    add_data_commands(commands)
    assets.add_parser(commands)
    return main_parser


def _with_open(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``open`` put before a file that stands where a command would."""
    given = list(arguments)
    for place, one in enumerate(given):
        if one.startswith("-"):
            continue
        return given if one in (*COMMANDS, "open") else [*given[:place], "open", *given[place:]]
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = parser().parse_args(_with_open(sys.argv[1:] if arguments is None else arguments))
    try:
        return _run(given)
    except AmheError as error:
        if given.debug:
            raise
        print(f"{error.title}: {error.what_happened}\n{error.what_to_do}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing half done was kept.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def _run(given: argparse.Namespace) -> int:
    if given.command in (None, "open"):
        return _open(getattr(given, "file", None))
    from amhe_tui.commands import files

    return files.RUN[given.command](given)


def _open(path: Path | None) -> int:
    _check_terminal()
    if path is not None:
        from store.connection import check_header

        check_header(path)
    from amhe_tui.app import run

    return run(path)


def _check_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AmheError(
            "No terminal",
            "The screen needs a terminal, and there is none here.",
            "Use a command that prints, such as: amhe report FILE",
        )
