"""Hand the figures on."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from amhe_tui.atomic import atomic_write
from amhe_tui.commands.output import add_audience, safe_cell, say, tell_of_guard, watch_guard
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience

HELP = "hand the figures on in the template of HEAT Plus"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the figures go and for whom."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", type=Path, required=True, help="a file ending in .csv")
    add_audience(parser)


def run(given: argparse.Namespace) -> int:
    """Hand the figures on in the template of HEAT Plus."""
    from amhe_tui.programme.disclosed import seen_by
    from amhe_tui.programme.heat_plus import COLUMNS, heat_plus_rows, why_nothing
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    if given.to.suffix.lower() != ".csv":
        raise AmheError(
            "Unknown kind of file", f"{given.to.name} is no CSV file.", "End the name in .csv, such as: heat-plus.csv"
        )
    policy = load_settings().policy(given.audience)
    watch_guard()
    with Workspace.open(given.file) as workspace:
        rows = heat_plus_rows(workspace, seen_by(workspace, policy))
        nothing = "" if rows else why_nothing(workspace)
        redact = redaction_of(workspace, Audience.of(given.audience)).words
        place = COLUMNS.index("source")
        titles = {title: redact(str(title)) for title in {row[place] for row in rows}}
        rows = [(*row[:place], titles[row[place]], *row[place + 1 :]) for row in rows]
        tell_of_guard(workspace, policy)
    if not rows:
        raise AmheError(
            "Nothing to export",
            nothing,
            "Bring in a file with rates, percentages or means by group: amhe import FILE DATA.csv",
        )
    try:
        with atomic_write(given.to) as part, part.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    except OSError as error:
        raise AmheError(
            "Not written", f"{given.to} cannot be written ({error.strerror}).", "Choose another place with --to."
        ) from error
    say(f"{len(rows):,} rows are written to {given.to}")
    return 0
