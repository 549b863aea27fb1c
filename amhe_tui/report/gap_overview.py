"""The door of the overview: every gap of a programme, as an audience may see them."""

from __future__ import annotations

from collections.abc import Callable

from amhe_tui.analysis.disclosure_breakdown import Policy
from amhe_tui.analysis.gap_overview import GapLine, GapOverview, Order, gap_overview
from amhe_tui.analysis.gap_sets import GapSets, joined, sets_of
from amhe_tui.analysis.reading import reading_of
from amhe_tui.errors import AmheError
from amhe_tui.report.guard import EXACT, disclosed, disclosed_breakdown, is_guarded
from amhe_tui.text import shorten
from store.gap_sets import WIDEST, about_people, gap_sets
from store.population import access_breakdowns
from store.workspace import Workspace


def disclosed_overview(
    workspace: Workspace,
    policy: Policy,
    *,
    area: str = WIDEST,
    order: Order = "widest",
    keep: Callable[[str], bool] = about_people,
) -> GapOverview:
    """Return every gap of a programme, worked out from what its audience may see.

    Args:
        workspace: The open programme.
        policy: For whom, and how small numbers are treated.
        area: "" for the widest kind of place of each indicator, ``all`` for every place, or the name or code of one.
        order: How the gaps of a section are sorted.
        keep: Which characteristics to look at.

    Raises:
        AmheError: No place is called so.
    """
    sets = gap_sets(workspace, area=area, keep=keep)
    if not policy.raw:
        sets = _disclosed(workspace, sets, policy)
    used = [
        disclosed(workspace, one, policy)
        for one in access_breakdowns(workspace, area, seen=lambda counts: disclosed(workspace, counts, policy))
    ]
    sets = joined(sets, sets_of(used)) if used else sets
    if area and not len(sets):
        raise AmheError(
            "No gaps there",
            f"There are no rates or shares by group for {shorten(area, 60)}.",
            "Name another place, or ask for all of them.",
        )
    return gap_overview(sets, order=order)


def sentence_of(found: GapOverview, line: GapLine) -> str:
    """Return a gap in words, or why there are none."""
    if line.section == "none":
        return line.why
    return reading_of(
        found.sets.breakdown(line.set), group=line.group, compared_with=line.compared_with, level=line.level
    ).sentence


def _disclosed(workspace: Workspace, sets: GapSets, policy: Policy) -> GapSets:
    """Return the sets with every figure that the audience may not see taken out; those their publishers dealt with stay as they are."""
    guarded = {one.id: is_guarded(workspace, one.id) for one in sets.indicators}
    # A small number of one level or characteristic is told by those of another, so each place is treated as a whole.
    few = {
        (int(sets.indicator[one]), int(sets.place[one]))
        for one, is_small in enumerate(sets.with_fewer_than(policy.threshold))
        if is_small
    }
    found = sets.copied()
    for one in range(len(sets)):
        about, place = sets.indicator_of(one), sets.place_of(one)
        if guarded[about.id] and (
            (int(sets.indicator[one]), int(sets.place[one])) not in few or place.name.casefold() in EXACT
        ):
            continue
        found.with_rows(
            one,
            disclosed_breakdown(
                workspace,
                about.id,
                sets.characteristic_of(one),
                policy,
                area=f"#{place.key}",
                period=about.period,
            ),
        )
    return found
