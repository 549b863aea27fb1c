"""Break an indicator down."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.commands.output import add_audience, out, safe_cell, say, tell_of_guard, watch_guard, write_csv
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
    from amhe_tui.analysis.gaps.change import Change
    from amhe_tui.analysis.inequality.of_breakdown import NamedMeasure
    from store.workspace import Workspace

HELP = "break an indicator down by a characteristic"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is broken down, by what, where and when."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--indicator", required=True, help="the id of an indicator, as listed by: amhe indicators FILE")
    parser.add_argument("--by", required=True, help="the characteristic")
    parser.add_argument("--area", default=None)
    parser.add_argument("--period", default=None)
    add_audience(parser)
    parser.add_argument("--within", default="", help="a group of another characteristic, such as: Sex: Females")
    parser.add_argument(
        "--group", default="", help="the group the sentence is about; otherwise the one that fares worst"
    )
    parser.add_argument("--compare", default="", help="everyone else, average, or a group; otherwise the usual one")
    parser.add_argument(
        "--measures", action="store_true", help="also every summary measure of inequality between the groups"
    )
    parser.add_argument(
        "--places", action="store_true", help="every place beside the country, with the limits of a funnel, instead"
    )
    parser.add_argument(
        "--peer",
        action="append",
        default=[],
        help="with --places, a place to name beside that of --area; again for more",
    )
    parser.add_argument("--since", default="", help="also say whether the gap became narrower since this period")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--csv", action="store_true")


def run(given: argparse.Namespace) -> int:
    """Break an indicator down by a characteristic, as the audience may see it."""
    from amhe_tui.programme.disclosed import disclosed_breakdown
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    policy = load_settings().policy(given.audience)
    watch_guard()
    if given.places or given.peer:
        return _side_by_side(given, policy)
    with Workspace.open(given.file) as workspace:
        shown = disclosed_breakdown(
            workspace,
            given.indicator,
            given.by,
            policy,
            area=given.area,
            period=given.period,
            within=given.within,
        )
        change = _change(workspace, shown, policy, given) if not given.csv else None
        measures = _measures(workspace, shown, given) if given.measures else []
        choice = _choice(workspace, shown, policy, given) if given.measures else []
        rule = redaction_of(workspace, Audience.of(given.audience))
        tell_of_guard(workspace, policy)
    # Labels of groups are those of the data; what else is in words, people here have written.
    shown = replace(shown, meaning=rule.values(shown.meaning), notes=rule.values(shown.notes))
    if given.json:
        _write_json(shown, change, measures, choice)
    elif given.csv:
        _write_csv(shown)
    else:
        _print_breakdown(shown, given.group, given.compare, change)
        for measure in measures:
            out(measure.words)
        for sentence in choice:
            out(sentence)
    if given.json or given.csv:
        say(shown.note)
    return 0


def _side_by_side(given: argparse.Namespace, policy: Policy) -> int:
    """Set the places of a kind side by side, as the audience may see them."""
    from amhe_tui.charts.draw import draw
    from amhe_tui.charts.evidence import places_figure
    from amhe_tui.programme.places import disclosed_places
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        places = disclosed_places(
            workspace,
            given.indicator,
            given.by,
            policy,
            area=given.area,
            period=given.period,
            group=given.group,
            within=given.within,
            peers=given.peer,
        )
        tell_of_guard(workspace, policy)
    if given.json:
        out(json.dumps(places.to_json(), ensure_ascii=False))
    elif given.csv:
        rows = [{**row, "place": safe_cell(str(row["place"]))} for row in places.rows()]
        write_csv(list(rows[0]), (list(row.values()) for row in rows))
    else:
        for line in draw(places_figure(places), 100, len(places.placed) + 5, colour=False):
            out("".join(text for text, _ in line).rstrip())
        out("")
        out(places.words)
        out(places.figures.note)
    if given.json or given.csv:
        say(places.figures.note)
    return 0


def _change(workspace: Workspace, shown: Disclosed, policy: Policy, given: argparse.Namespace) -> Change | None:
    """Return what became of the gap since an earlier period; without one asked for, since the first there is."""
    from amhe_tui.analysis.gaps.reading import reading_of, usual_comparison
    from amhe_tui.programme.trends import disclosed_change

    compared_with = given.compare or usual_comparison(shown)
    group = reading_of(shown, group=given.group, compared_with=compared_with).group
    if not group:
        return None
    return disclosed_change(
        workspace, shown, policy, group=group, compared_with=compared_with, since=given.since, area=given.area
    )


def _measures(workspace: Workspace, shown: Disclosed, given: argparse.Namespace) -> list[NamedMeasure]:
    """Return every summary measure of what is shown, the slope indices of WHO and of England side by side."""
    from amhe_tui.analysis.inequality.of_breakdown import english_slopes, measures_of
    from amhe_tui.errors import AmheError
    from amhe_tui.programme.breakdowns import said_ordered

    ordered = said_ordered(workspace, shown.indicator_id)
    try:
        return [*measures_of(shown, reference=given.compare, ordered=ordered), *english_slopes(shown, ordered=ordered)]
    except ValueError as error:
        raise AmheError("No measures", str(error), "Choose a share, a rate or an average.") from error


def _choice(workspace: Workspace, shown: Disclosed, policy: Policy, given: argparse.Namespace) -> list[str]:
    """Return where those measures disagree, and what each of them is for."""
    from amhe_tui.programme.choice import choice_of_measure

    return choice_of_measure(workspace, shown, policy, reference=given.compare, since=given.since, area=given.area)


def _write_json(
    shown: Disclosed,
    change: Change | None,
    measures: Sequence[NamedMeasure],
    choice: Sequence[str] = (),
) -> None:
    fields = shown.to_json()
    if change is not None:
        fields["change"] = change.to_json()
    if measures:
        fields["measures"] = [measure.to_json() for measure in measures]
        fields["choice"] = list(choice)
    out(json.dumps(fields, ensure_ascii=False))


def _write_csv(shown: Disclosed) -> None:
    from amhe_tui.analysis.disclosure.breakdown import breakdown_frame

    table = breakdown_frame(shown)
    for name in ("group", "level", "parent", "status"):
        table[name] = table[name].map(safe_cell)
    table.to_csv(sys.stdout, index=False)


def _print_breakdown(shown: Disclosed, group: str, compare: str, change: Change | None) -> None:
    from amhe_tui.analysis.gaps.reading import reading_of, usual_comparison
    from amhe_tui.charts.draw import draw
    from amhe_tui.charts.evidence import figure_of

    for line in draw(figure_of(shown), 100, 30, colour=False):
        out("".join(text for text, _ in line).rstrip())
    out("")
    out(reading_of(shown, group=group, compared_with=compare or usual_comparison(shown)).words)
    if change is not None:
        out(change.words)
    out(shown.note)
