"""Groups that cross two or more characteristics."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.commands.output import add_audience, out, say, tell_of_guard, watch_guard, write_csv

if TYPE_CHECKING:
    from amhe_tui.programme.intersections import Crossing

HELP = "groups that cross two or more characteristics, smoothed so that few people are not noise"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is crossed with what, where and when."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--indicator", required=True, help="the id of an indicator, as listed by: amhe indicators FILE")
    parser.add_argument("--by", required=True, help="one characteristic")
    parser.add_argument(
        "--across",
        action="append",
        default=[],
        help="another one; give it again for a third; otherwise whatever the figures are crossed with",
    )
    parser.add_argument("--area", default=None)
    parser.add_argument("--period", default=None)
    add_audience(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Show every crossing of groups, as counted and smoothed, as the audience may see it."""
    from amhe_tui.method.number_methods import method_words
    from amhe_tui.programme.breakdowns import indicator_named
    from amhe_tui.programme.intersections import disclosed_crossing
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    watch_guard()
    with Workspace.open(given.file) as workspace:
        found = disclosed_crossing(
            workspace,
            indicator_named(workspace, given.indicator),
            given.by,
            policy,
            across=given.across,
            area=given.area,
            period=given.period,
        )
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps(found.to_json(), ensure_ascii=False))
    elif given.csv:
        _write_csv(found)
    else:
        _print(found)
    say(f"{found.method}: {method_words(found.method)}")
    if given.json or given.csv:
        say(found.note)
    return 0


def _write_csv(found: Crossing) -> None:
    rows = [asdict(row) for row in found.rows]
    header = [name for name in rows[0] if name != "groups"]
    write_csv(
        [*found.names, *header],
        [[*row["groups"], *("" if row[name] is None else row[name] for name in header)] for row in rows],
    )


def _print(found: Crossing) -> None:
    from amhe_tui.charts.draw import draw
    from amhe_tui.charts.evidence import crossing_figure, unit_of

    figure = crossing_figure(found.rows, found.title, unit_of(found.part.statistic))
    for line in draw(figure, 100, len(found.rows) + 4, colour=False):
        out("".join(text for text, _ in line).rstrip())
    out("")
    out(found.words)
    out(found.note)
