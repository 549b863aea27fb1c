"""The command that lists every gap of a programme."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from amhe_tui.commands_data import out, say, write_csv

if TYPE_CHECKING:
    from amhe_tui.analysis.gap_overview import GapLine, GapOverview

TITLES = {
    "sure": "Sure: wider than chance",
    "few": "Too few people to tell",
    "alike": "About the same",
    "bare": "No counts to judge by",
    "none": "Cannot be computed",
}
"""What each section is called."""


def gaps(given: argparse.Namespace) -> int:
    """List every gap, as the audience may see it."""
    from amhe_tui.report.gap_overview import disclosed_overview
    from amhe_tui.settings import load_settings
    from store.gap_sets import about_people
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    keep = _all if given.everything else about_people
    with Workspace.open(given.file) as workspace:
        found = disclosed_overview(workspace, policy, area=given.area, order=given.order, keep=keep)
    if given.json:
        out(json.dumps(_to_json(found), ensure_ascii=False))
    elif given.csv:
        _write_csv(found)
    else:
        _print(found, given.limit)
    return 0


def _all(_characteristic: str) -> bool:
    return True


def _line_json(found: GapOverview, line: GapLine) -> dict[str, object]:
    from amhe_tui.report.gap_overview import sentence_of

    return {
        **{name: value for name, value in asdict(line).items() if name != "set"},
        "sentence": sentence_of(found, line),
    }


def _to_json(found: GapOverview) -> dict[str, object]:
    return {
        "compared": found.compared,
        "by_chance": round(found.by_chance, 1),
        "gaps": [_line_json(found, line) for line in found.lines],
    }


def _write_csv(found: GapOverview) -> None:
    rows = [_line_json(found, line) for line in found.lines]
    names = list(rows[0]) if rows else ["section"]
    write_csv(names, ([_cell(row[name]) for name in names] for row in rows))


def _cell(value: object) -> object:
    return "; ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value


def _print(found: GapOverview, limit: int) -> None:
    from amhe_tui.analysis.gap_overview import SECTIONS
    from amhe_tui.report.gap_overview import sentence_of

    if not found.lines:
        say("No rates or shares by group yet. Bring a file in with: amhe import FILE DATA.csv")
        return
    for section in SECTIONS:
        lines = found.section(section)
        out(f"{TITLES[section]} ({len(lines)})")
        for line in lines[: limit or None]:
            out(f"  {line.characteristic}: {line.group} · {line.indicator} · {line.area}, {line.period}")
            out(f"    {sentence_of(found, line)}")
            if line.also:
                out(f"    Also: {', '.join(line.also)}")
        if limit and len(lines) > limit:
            out(f"  and {len(lines) - limit:,} more; --limit 0 prints all")
        out("")
    say(
        f"{found.compared:,} groups were compared. About {found.by_chance:.0f} of them would look wider than chance by chance alone."
    )
