"""The commands: parsing of arguments only; whatever a command needs is loaded inside it.

Standard output is data, standard error is narration. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from amhe_tui import __version__, commands_assets
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
    _add_file_commands(commands)
    _add_data_commands(commands)
    commands_assets.add_parser(commands)
    return main_parser


def _add_file_commands(commands: Any) -> None:
    new = commands.add_parser("new", help="begin a new programme file")
    new.add_argument("file", type=Path)
    for name, words in (
        ("name", "what people here call this work"), ("area", "the place it is about"), ("organisation", "who runs it"),
        ("data-controller", "who answers for personal data in the file"), ("lawful-basis", "why it may be held: consent, public_task, legitimate_interests…"),
        ("privacy-notice", "where people can read how their words are kept"), ("dpia", "reference of the data protection impact assessment"),
    ):  # fmt: skip
        new.add_argument(f"--{name}", default=None, help=words)
    new.add_argument("--yes", action="store_true", help="ask nothing; what is not given stays blank")
    for name, words in (
        ("open", "open a programme file on the screen"), ("plain", "line mode: the same work, one question after another"), ("vote", "hand-round secret ballots, line by line"),
        ("check", "check that every byte is as this program wrote it"), ("log", "print everything that was changed"),
    ):  # fmt: skip
        commands.add_parser(name, help=words).add_argument("file", type=Path)
    backup = commands.add_parser("backup", help="save a verified copy")
    backup.add_argument("file", type=Path)
    backup.add_argument("--to", type=Path, default=None, help="where; otherwise among the backups of this computer")
    restore = commands.add_parser("restore", help="put the newest backup, or a given one, in place of a file")
    restore.add_argument("file", type=Path)
    restore.add_argument("--from", dest="copy", type=Path, default=None, help="which backup")
    report = commands.add_parser("report", help="write the report")
    report.add_argument("file", type=Path)
    report.add_argument("--audience", choices=("team", "board", "public"), default="team")
    report.add_argument(
        "--to", type=Path, default=None, help="a file ending in .md or .html; otherwise Markdown on standard output"
    )
    commands.add_parser("doctor", help="check this terminal and computer")


def _add_data_commands(commands: Any) -> None:
    bring = commands.add_parser("import", help="bring data files into a programme")
    bring.add_argument("file", type=Path)
    bring.add_argument("data", type=Path, nargs="+")
    bring.add_argument(
        "--map",
        type=Path,
        default=None,
        help="what the columns mean, as JSON; --dry-run --json prints one to begin with",
    )
    bring.add_argument("--dry-run", action="store_true", help="say what was understood, and write nothing")
    bring.add_argument("--sheet", default=None, help="the sheet of a workbook; otherwise all that hold figures")
    bring.add_argument("--header", default=None, help="the rows that name the columns, such as 8 or 1,2,3")
    bring.add_argument("--encoding", default=None, help="how the letters are encoded; otherwise told from the file")
    bring.add_argument("--delimiter", default=None, help="what stands between cells; otherwise told from the file")
    bring.add_argument(
        "--save-set-aside", type=Path, default=None, help="save rows that could not be read in this workbook"
    )
    bring.add_argument("--json", action="store_true")
    sources = commands.add_parser(
        "sources", help="list the data sources: where from, how whole, which findings rest on them"
    )
    sources.add_argument("file", type=Path)
    sources.add_argument("--json", action="store_true")
    sources.add_argument("--csv", action="store_true")
    from amhe_tui.commands_missing import add_parser

    add_parser(commands)
    export = commands.add_parser("export", help="hand the figures on in the template of HEAT Plus")
    export.add_argument("file", type=Path)
    export.add_argument("--to", type=Path, required=True, help="a file ending in .csv")
    _add_audience(export)
    indicators = commands.add_parser("indicators", help="list what can be broken down")
    indicators.add_argument("file", type=Path)
    indicators.add_argument("--json", action="store_true")
    breakdown = commands.add_parser("breakdown", help="break an indicator down by a characteristic")
    breakdown.add_argument("file", type=Path)
    breakdown.add_argument(
        "--indicator", required=True, help="the id of an indicator, as listed by: amhe indicators FILE"
    )
    breakdown.add_argument("--by", required=True, help="the characteristic")
    breakdown.add_argument("--area", default=None)
    breakdown.add_argument("--period", default=None)
    _add_audience(breakdown)
    breakdown.add_argument("--within", default="", help="a group of another characteristic, such as: Sex: Females")
    breakdown.add_argument(
        "--group", default="", help="the group the sentence is about; otherwise the one that fares worst"
    )
    breakdown.add_argument("--compare", default="", help="everyone else, average, or a group; otherwise the usual one")
    breakdown.add_argument("--json", action="store_true")
    breakdown.add_argument("--csv", action="store_true")
    _add_gaps(commands)


def _add_audience(command: Any) -> None:
    command.add_argument(
        "--audience",
        choices=("team", "board", "public"),
        default="public",
        help="for whom: small numbers are hidden from all but the team",
    )


def _add_gaps(commands: Any) -> None:
    gaps = commands.add_parser("gaps", help="list every gap, by size and certainty, with those too few to tell apart")
    gaps.add_argument("file", type=Path)
    gaps.add_argument("--area", default="", help="a place, or: all; otherwise the widest places there are")
    gaps.add_argument(
        "--order", choices=("widest", "least", "size", "people"), default="widest", help="how the gaps are sorted"
    )
    gaps.add_argument("--everything", action="store_true", help="also by what was done, not only by who people are")
    gaps.add_argument("--limit", type=int, default=10, help="how many of each section to print; 0 for all")
    _add_audience(gaps)
    gaps.add_argument("--json", action="store_true")
    gaps.add_argument("--csv", action="store_true")


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
    from amhe_tui import commands

    return commands.RUN[given.command](given)


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
