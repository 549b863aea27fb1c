"""List the data sources."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from amhe_tui.commands.output import add_audience, out, say, tell_of_guard, watch_guard, write_csv
from amhe_tui.method.audience import Audience

HELP = "list the data sources: where from, how whole, which findings rest on them"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file and the form of the list."""
    parser.add_argument("file", type=Path)
    add_audience(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


def run(given: argparse.Namespace) -> int:
    """List the data sources with their provenance, how whole they are, and which findings rest on each."""
    from amhe_tui.analysis.completeness import percent
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.programme.sources import disclosed_sources
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    watch_guard()
    with Workspace.open(given.file) as workspace:
        # What people wrote here names nobody by a code, not even to the team: a list of sources is passed on.
        narrowest = max(Audience.BOARD, Audience.of(given.audience))
        described = redaction_of(workspace, narrowest).values(disclosed_sources(workspace, policy))
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps([source.to_json() for source in described], ensure_ascii=False))
        return 0
    if given.csv:
        names = (
            "title",
            "kind",
            "publisher",
            "period",
            "geography",
            "licence",
            "file_name",
            "rows",
            "set_aside",
            "figures",
            "replaces",
            "replaced_by",
            "content_hash",
        )
        write_csv(
            (*names, "share_with_a_figure", "findings"),
            ([*(getattr(source, name) for name in names), source.known, len(source.findings)] for source in described),
        )
        return 0
    for source in described:
        rows = "described only" if source.rows is None else f"{source.rows:,} rows"
        known = "" if source.known is None else f", {percent(source.known)} % of the figures are there"
        out(f"{source.title}\t{source.period}\t{rows}{known}\t{len(source.findings)} findings")
    if not described:
        say("No source yet. Bring a file in with: amhe import FILE DATA.csv")
    return 0
