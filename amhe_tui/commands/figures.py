"""The commands that show figures: indicators, one breakdown, every gap."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amhe_tui.commands import output
from amhe_tui.commands.output import add_audience, out, say, write_csv
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure.breakdown import Disclosed
    from amhe_tui.analysis.gaps.overview import GapLine, GapOverview


Words = Callable[[str], str]


def add_gaps(commands: Any) -> None:
    """Declare the command that lists every gap."""
    gaps = commands.add_parser("gaps", help="list every gap, by size and certainty, with those too few to tell apart")
    gaps.add_argument("file", type=Path)
    gaps.add_argument("--area", default="", help="a place, or: all; otherwise the widest places there are")
    gaps.add_argument(
        "--order", choices=("widest", "least", "size", "people"), default="widest", help="how the gaps are sorted"
    )
    gaps.add_argument("--everything", action="store_true", help="also by what was done, not only by who people are")
    gaps.add_argument("--limit", type=int, default=10, help="how many of each section to print; 0 for all")
    add_audience(gaps)
    gaps.add_argument("--json", action="store_true")
    gaps.add_argument("--csv", action="store_true")


def indicators(given: argparse.Namespace) -> int:
    """List what can be broken down."""
    from amhe_tui.programme import breakdowns
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        found = breakdowns.indicators(workspace)
    if given.json:
        out(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return 0
    for one in found:
        out(f"{one.id}\t{one.name} ({one.statistic})\tby {', '.join(one.characteristics)}\t{', '.join(one.periods)}")
    if not found:
        say("No data yet. Bring a file in with: amhe import FILE DATA.csv")
    return 0


def breakdown(given: argparse.Namespace) -> int:
    """Break an indicator down by a characteristic, as the audience may see it."""
    from amhe_tui.programme.disclosed import disclosed_breakdown
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    with Workspace.open(given.file) as workspace:
        found = disclosed_breakdown(
            workspace,
            given.indicator,
            given.by,
            policy,
            area=given.area,
            period=given.period,
            within=given.within,
        )
        rule = redaction_of(workspace, Audience.of(given.audience))
    # Labels of groups are those of the data; what else is in words, people here have written.
    found = replace(found, meaning=rule.values(found.meaning), notes=rule.values(found.notes))
    if given.json:
        _write_json(found)
    elif given.csv:
        _write_csv(found)
    else:
        _print_breakdown(found, given.group, given.compare)
    if given.json or given.csv:
        say(found.note)
    return 0


def _write_json(found: Disclosed) -> None:
    out(json.dumps(found.to_json(), ensure_ascii=False))


def _write_csv(found: Disclosed) -> None:
    from amhe_tui.analysis.disclosure.breakdown import breakdown_frame

    table = breakdown_frame(found)
    for name in ("group", "level", "parent", "status"):
        table[name] = table[name].map(output.safe_cell)
    table.to_csv(sys.stdout, index=False)


def _print_breakdown(found: Disclosed, group: str, compare: str) -> None:
    from amhe_tui.analysis.gaps.reading import reading_of, usual_comparison
    from amhe_tui.charts.draw import draw
    from amhe_tui.charts.evidence import figure_of

    for line in draw(figure_of(found), 100, 30, colour=False):
        out("".join(text for text, _ in line).rstrip())
    out("")
    out(reading_of(found, group=group, compared_with=compare or usual_comparison(found)).words)
    out(found.note)


def gaps(given: argparse.Namespace) -> int:
    """List every gap, as the audience may see it."""
    from amhe_tui.programme.gaps import about_people, disclosed_overview
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    keep = _all if given.everything else about_people
    with Workspace.open(given.file) as workspace:
        found = disclosed_overview(workspace, policy, area=given.area, order=given.order, keep=keep)
        words = redaction_of(workspace, Audience.of(given.audience)).words
    if given.json:
        out(json.dumps(_to_json(found, words), ensure_ascii=False))
    elif given.csv:
        _write_gaps_csv(found, words)
    else:
        _print(found, given.limit, words)
    return 0


def _all(_characteristic: str) -> bool:
    return True


def _line_json(found: GapOverview, line: GapLine, words: Words) -> dict[str, object]:
    from amhe_tui.programme.gaps import sentence_of

    return {
        **{name: value for name, value in asdict(line).items() if name != "set"},
        "sentence": words(sentence_of(found, line)),
    }


def _to_json(found: GapOverview, words: Words) -> dict[str, object]:
    return {
        "compared": found.compared,
        "by_chance": round(found.by_chance, 1),
        "gaps": [_line_json(found, line, words) for line in found.lines],
    }


def _write_gaps_csv(found: GapOverview, words: Words) -> None:
    rows = [_line_json(found, line, words) for line in found.lines]
    names = list(rows[0]) if rows else ["section"]
    write_csv(names, ([_cell(row[name]) for name in names] for row in rows))


def _cell(value: object) -> object:
    return "; ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value


def _print(found: GapOverview, limit: int, words: Words) -> None:
    from amhe_tui.method.gap_sections import SECTIONS
    from amhe_tui.programme.gaps import sentence_of

    if not found.lines:
        say("No rates or shares by group yet. Bring a file in with: amhe import FILE DATA.csv")
        return
    for section, called in SECTIONS.items():
        lines = found.section(section)
        out(f"{called.title} ({len(lines)})")
        for line in lines[: limit or None]:
            out(f"  {line.characteristic}: {line.group} · {line.indicator} · {line.area}, {line.period}")
            out(f"    {words(sentence_of(found, line))}")
            if line.also:
                out(f"    Also: {', '.join(line.also)}")
        if limit and len(lines) > limit:
            out(f"  and {len(lines) - limit:,} more; --limit 0 prints all")
        out("")
    say(
        f"{found.compared:,} groups were compared. About {found.by_chance:.0f} of them would look wider than chance by chance alone."
    )
