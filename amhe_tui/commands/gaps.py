"""List every gap."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

from amhe_tui.commands.output import add_audience, out, say, tell_of_guard, watch_guard, write_csv
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.analysis.gaps.overview import GapLine, GapOverview

HELP = "list every gap, by size and certainty, with those too few to tell apart"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the place, the order and the form of the list."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--area", default="", help="a place, or: all; otherwise the widest places there are")
    parser.add_argument(
        "--order", choices=("widest", "least", "size", "people"), default="widest", help="how the gaps are sorted"
    )
    parser.add_argument("--everything", action="store_true", help="also by what was done, not only by who people are")
    parser.add_argument("--limit", type=int, default=10, help="how many of each section to print; 0 for all")
    parser.add_argument(
        "--least",
        type=float,
        default=None,
        help="the least relative difference that matters, in %%; otherwise as the settings say",
    )
    add_audience(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


Words = Callable[[str], str]
"""The rule of redaction for the audience."""


def run(given: argparse.Namespace) -> int:
    """List every gap, as the audience may see it."""
    from amhe_tui.programme.gaps import about_people, disclosed_overview
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    settings = load_settings()
    policy = settings.policy(given.audience)
    least = settings.least if given.least is None else given.least / 100
    keep = _all if given.everything else about_people
    watch_guard()
    with Workspace.open(given.file) as workspace:
        overview = disclosed_overview(workspace, policy, area=given.area, order=given.order, keep=keep, least=least)
        redact = redaction_of(workspace, Audience.of(given.audience)).words
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps(_to_json(overview, redact), ensure_ascii=False))
    elif given.csv:
        _write_gaps_csv(overview, redact)
    else:
        _print(overview, given.limit, redact)
    return 0


def _all(_characteristic: str) -> bool:
    return True


def _line_json(overview: GapOverview, line: GapLine, redact: Words) -> dict[str, object]:
    from amhe_tui.programme.gaps import reading_for

    read = None if line.section == "none" else reading_for(overview, line)
    people = None if read is None or line.section != "sure" else read.people
    return {
        **{name: value for name, value in asdict(line).items() if name != "set"},
        # How many people is said of a gap that is sure, and rounded for whoever reads it.
        "people": None if people is None else people.number,
        "people_lower": None if people is None else people.lower,
        "people_upper": None if people is None else people.upper,
        "sentence": redact(line.why if read is None else read.sentence),
    }


def _to_json(overview: GapOverview, redact: Words) -> dict[str, object]:
    from amhe_tui.analysis.gaps.many_tests import FALSE_PART

    return {
        "compared": overview.compared,
        "by_chance": round(overview.by_chance, 1),
        "false_part": FALSE_PART,
        "least": overview.least,
        "gaps": [_line_json(overview, line, redact) for line in overview.lines],
    }


def _write_gaps_csv(overview: GapOverview, redact: Words) -> None:
    rows = [_line_json(overview, line, redact) for line in overview.lines]
    names = list(rows[0]) if rows else ["section"]
    write_csv(names, ([_cell(row[name]) for name in names] for row in rows))


def _cell(value: object) -> object:
    return "; ".join(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value


def _print(overview: GapOverview, limit: int, redact: Words) -> None:
    from amhe_tui.analysis.gaps.overview import ONE_OF_MANY
    from amhe_tui.method.gap_sections import SECTIONS
    from amhe_tui.programme.gaps import sentence_of

    if not overview.lines:
        say("No rates or shares by group yet. Bring a file in with: amhe import FILE DATA.csv")
        return
    for section, called in SECTIONS.items():
        lines = overview.section(section)
        out(f"{called.title} ({len(lines)})")
        for line in lines[: limit or None]:
            out(f"  {line.characteristic}: {line.group} · {line.indicator} · {line.area}, {line.period}")
            out(f"    {redact(sentence_of(overview, line))}")
            if line.why == ONE_OF_MANY:
                out(f"    {line.why}")  # its breakdown, which is read alone, says that it is wider than chance
            if line.also:
                out(f"    Also: {', '.join(line.also)}")
        if limit and len(lines) > limit:
            out(f"  and {len(lines) - limit:,} more; --limit 0 prints all")
        out("")
    say(overview.chance_words)
