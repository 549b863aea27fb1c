"""The command line: find the command, run it, turn a refusal into an exit code.

Standard output is data, standard error is narration. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping, Sequence

from amhe_tui import __version__
from amhe_tui.commands import Command, commands
from amhe_tui.commands.open import open_screen
from amhe_tui.errors import AmheError


def parser(known: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    main_parser = argparse.ArgumentParser(
        prog="amhe",
        description="Advancing mental health equity: from a gap in the numbers to the proof that it closed, in one file on this laptop.",
        epilog="amhe FILE opens a programme file; amhe alone shows the first screen; amhe demo tries the sample.",
    )
    main_parser.add_argument("--version", action="version", version=f"amhe {__version__}")
    main_parser.add_argument("--debug", action="store_true", help="show where a fault arose")
    by_name = main_parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in known.items():
        command.arguments(by_name.add_parser(name, help=command.HELP))
    return main_parser


def _with_open(arguments: Sequence[str], names: Collection[str]) -> list[str]:
    """Return the arguments with ``open`` put before a file that stands where a command would."""
    for place, argument in enumerate(arguments):
        if argument.startswith("-"):
            continue
        return list(arguments) if argument in names else [*arguments[:place], "open", *arguments[place:]]
    return list(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    known = commands()
    given = parser(known).parse_args(_with_open(sys.argv[1:] if arguments is None else arguments, known))
    try:
        return known[given.command].run(given) if given.command else open_screen(None)
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
