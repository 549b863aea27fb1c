"""How commands print: data on standard output, narration on standard error, and nothing a spreadsheet would run."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience, keys

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure.breakdown import Policy
    from store.workspace import Workspace


def add_audience(parser: argparse.ArgumentParser) -> None:
    """Declare for whom a command writes."""
    parser.add_argument(
        "--audience",
        choices=keys(),
        default=Audience.PUBLIC.key,
        help="for whom: small numbers are hidden from all but the team",
    )


_WORTH_TELLING = 200


def watch_guard() -> None:
    """Show on a terminal how far the guard over the programme is, where it takes a while."""
    from amhe_tui.programme.guard import watch

    def told(done: int, known: int) -> None:
        if known > _WORTH_TELLING and (done == known or not done % _WORTH_TELLING):
            end = "\n" if done == known else ""
            print(f"\r{done:,} of {known:,} small numbers are kept safe", end=end, file=sys.stderr, flush=True)

    watch(told if sys.stderr.isatty() else None)


def tell_of_guard(workspace: Workspace, policy: Policy) -> None:
    """Narrate what the guard over the programme hid from an audience and why, and remember what was shown; every command that prints numbers ends with it."""
    from amhe_tui.programme.guard import let_out, watch

    watch(None)
    for sentence in let_out(workspace, policy):
        say(sentence)


def say(sentence: str) -> None:
    """Narrate on standard error."""
    print(sentence, file=sys.stderr)


def out(text: str) -> None:
    """Print data on standard output."""
    print(text)


def safe_cell(value: object) -> object:
    """Return a cell that a spreadsheet shows rather than runs."""
    from amhe_tui.intake.files.saved_rows import harmless

    return harmless(value) if isinstance(value, str) else value


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as CSV that no spreadsheet runs."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def open_for_lines(path: Path) -> Workspace:
    """Open a programme for a face that asks questions line by line."""
    from store.workspace import Workspace

    if not sys.stdin.isatty():
        raise AmheError(
            "No terminal", "Line mode asks questions, and there is nobody to answer.", "Run it in a terminal."
        )
    return Workspace.open(path)
