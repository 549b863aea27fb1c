"""List who is missing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.commands.output import add_audience, out, say, tell_of_guard, watch_guard, write_csv
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.programme.missing.board import MissingBoard


_COLUMNS = (
    "section",
    "characteristic",
    "who_or_what",
    "period",
    "area",
    "known",
    "unknown",
    "share_known",
    "state",
    "words",
)


HELP = "list who is missing: completeness, groups the data lack, people numbers miss, the eight challenges"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare for whom the list is and its form."""
    parser.add_argument("file", type=Path)
    add_audience(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List who is missing, as the audience may see it."""
    from amhe_tui.programme.missing.board import disclosed_board
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    watch_guard()
    with Workspace.open(given.file) as workspace:
        board = disclosed_board(workspace, policy)
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps(board.to_json(), ensure_ascii=False))
    elif given.csv:
        write_csv(_COLUMNS, _rows(board))
    else:
        _print(board)
    if not board.has_data:
        say("No data yet to look in. Bring a file in with: amhe import FILE DATA.csv")
    if caution := Audience.of(given.audience).caution:
        say(caution)
    return 0


def _rows(board: MissingBoard) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for line in board.completeness:
        rows.append(
            (
                "completeness",
                line.characteristic,
                line.indicator,
                line.period,
                line.area,
                line.known,
                line.unknown,
                line.share,
                line.direction,
                line.why_not,
            )
        )
        rows += [
            (
                "thrown together",
                line.characteristic,
                label,
                line.period,
                line.area,
                None,
                None,
                None,
                share,
                "share of those whose group is known",
            )
            for label, share in line.combined
        ]
    rows += [
        ("not broken down", item.label, "", "", "", None, None, None, "", item.note) for item in board.not_broken_down
    ]
    rows += [
        (
            "groups lacking",
            item.characteristic,
            ", ".join(item.absent),
            "",
            "; ".join(item.sources),
            None,
            None,
            None,
            "",
            item.words,
        )
        for item in board.groups
    ]
    rows += [
        (
            "people",
            "",
            item.name,
            "",
            "",
            None,
            None,
            None,
            item.state_words,
            "; ".join(sighting.sentence for sighting in item.sightings) or item.where_seen,
        )
        for item in board.people
    ]
    rows += [
        (
            "challenges",
            "",
            item.label,
            "",
            "",
            None,
            None,
            None,
            item.state_words,
            " ".join((*(met.done for met in item.met), *item.shows)),
        )
        for item in board.challenges
    ]
    return rows  # fmt: skip


def _print(board: MissingBoard) -> None:
    from amhe_tui.analysis.completeness import percent

    out("How complete: of how many people the group is known")
    for line in board.completeness:
        share = f"{percent(line.share)} %" if line.share is not None else f"cannot be told: {line.why_not}"
        out(f"  {line.characteristic}\t{line.period}\t{share}\t{line.direction}".rstrip())
        for label, part in line.combined:
            out(f"    “{label}” holds {100 * part:.0f} of every 100 people whose group is known")
    for item in board.not_broken_down:
        out(f"  {item.label}\t{item.note}")
    out("\nGroups that code lists have and the data lack")
    for gap in board.groups:
        out(f"  {gap.characteristic}\t{'; '.join(gap.sources) or 'nowhere'}\t{gap.words}")
    out("\nPeople numbers miss")
    for person in board.people:
        asked = f"\tasked: {'; '.join(person.activities)}" if person.activities else ""
        out(f"  {person.name}\t{person.state_words}{asked}")
    out("\nThe eight challenges")
    for challenge in board.challenges:
        out(f"  {challenge.label}\t{challenge.state_words}")
        for sign in challenge.shows:
            out(f"    {sign}")
