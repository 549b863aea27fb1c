"""The door of the numbers: a breakdown leaves a programme file only through here, as its audience may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy, disclose, in_true_order
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.errors import AmheError
from amhe_tui.programme.ages import ages_within, is_age
from amhe_tui.programme.breakdowns import breakdown, sources_of
from amhe_tui.programme.guard import EXACT, JointGuard, guard_for_a_look, guard_of, unguarded_sets
from amhe_tui.programme.population import AgainstPopulation, Hides, against_population
from store.workspace import Workspace


def disclosed_breakdown(
    workspace: Workspace,
    indicator: str,
    by: str,
    policy: Policy,
    *,
    area: str | None = None,
    period: str | None = None,
    within: str = "",
    ages: bool = True,
) -> Disclosed:
    """Return an indicator broken down by a characteristic, as an audience may see it; asked like `amhe_tui.programme.breakdowns.breakdown`.

    With ``ages`` it has the breakdowns within each age too, where the file has them.

    Raises:
        AmheError: What is asked for is not in the file, or more than one thing fits.
    """
    shown = disclosed(workspace, breakdown(workspace, indicator, by, area=area, period=period, within=within), policy)
    if not ages or within or shown.kind == "count" or is_age(shown.characteristic):
        return shown
    return replace(shown, by_age=_by_age(workspace, shown, policy, area))


def _by_age(workspace: Workspace, shown: Disclosed, policy: Policy, area: str | None) -> tuple[Disclosed, ...]:
    """Return a breakdown within each age, as an audience may see it."""
    ages: list[Disclosed] = []
    for age in ages_within(workspace, shown.indicator_id, shown.characteristic):
        try:
            found = breakdown(
                workspace, shown.indicator_id, shown.characteristic, area=area, period=shown.period, within=age
            )
        except AmheError:
            continue  # this place has nothing of that age
        ages.append(disclosed(workspace, found, policy))
    return tuple(ages)


_Guards = Callable[[Workspace, Breakdown, Policy], JointGuard]


def disclosed(workspace: Workspace, figures: Breakdown, policy: Policy, *, guards: _Guards = guard_of) -> Disclosed:
    """Return a breakdown of a programme as an audience may see it, with what one guard over the whole programme hides; what its publisher has dealt with is not treated again.

    Figures that were worked out here, such as the use of a service for those who live there, come from counts that the guard let through, and are guarded by themselves.
    What is treated is rounded, so its gaps are judged by the true counts.
    """
    if policy.raw:
        return disclose(figures, policy)
    if not figures.place:
        shown = disclose(figures, policy)
    elif is_guarded(workspace, figures.indicator_id) and not _belies(figures, policy):
        return disclose(figures, policy, published=True)
    else:
        shown = disclose(figures, policy, settled=guards(workspace, figures, policy).settled(figures))
    return replace(shown, judge=TrueCounts(figures, policy.rounding))


def looked_at(workspace: Workspace, indicator: str, by: str, policy: Policy, *, area: str, period: str) -> Disclosed:
    """Return a breakdown as an audience would see it, for the team to look at: nothing of it counts as shown.

    Raises:
        AmheError: It is not in the file.
    """
    figures = breakdown(workspace, indicator, by, area=area, period=period)
    return disclosed(workspace, figures, policy, guards=guard_for_a_look)


def disclosed_access(
    workspace: Workspace, counts: Disclosed, policy: Policy
) -> tuple[Disclosed, AgainstPopulation] | None:
    """Return the use of a service for those who live there, worked out from counts as an audience may see them; None where the file has no population."""
    beside = against_population(workspace, counts, hidden_residents(workspace, policy))
    if beside is None:
        return None
    shown = disclosed(workspace, beside.rates(), policy)
    if shown.judge is not None:
        # What is shown rests on counts that are rounded and residents that may be hidden, and so would what judges it.
        true = against_population(workspace, counts.judge.figures if isinstance(counts.judge, TrueCounts) else counts)
        shown = replace(shown, judge=None)
        if true is not None:
            shown = replace(in_true_order(shown, true.rates()), judge=TrueCounts(true.rates(), policy.rounding))
    return shown if is_age(shown.characteristic) else replace(shown, by_age=()), beside


def hidden_residents(workspace: Workspace, policy: Policy) -> Hides:
    """Return what tells which groups of a population are hidden from an audience."""

    def hides(quantity: str, characteristic: str, area: int, period: str) -> frozenset[tuple[str, str]]:
        if policy.raw:
            return frozenset()
        shown = disclosed_breakdown(workspace, quantity, characteristic, policy, area=f"#{area}", period=period)
        return frozenset((row.group, row.level) for row in shown.rows if row.value is None)

    return hides


_SAME = 0.051
"""A figure that was written down with one place after the point is the one it was drawn from."""


def seen_instead(
    workspace: Workspace, shown: Disclosed, group: str, name: str, written: float
) -> tuple[bool, float | None]:
    """Tell whether a number was drawn from a group's figure (or a limit of it, by ``name``), and return what may be seen in its place."""
    figures: Breakdown = shown
    if shown.place:
        area = f"#{shown.place}"
        by, when = shown.characteristic, shown.period
        figures = breakdown(workspace, shown.indicator_id, by, area=area, period=when, within=shown.within)
    drawn = any(
        row.group == group and (figure := getattr(row, name)) is not None and abs(figure - written) <= _SAME
        for row in figures.rows
    )
    return drawn, next((getattr(row, name) for row in shown.rows if row.group == group), None) if drawn else None


def seen_by(workspace: Workspace, policy: Policy) -> Callable[[str, str, str, str], Mapping[str, float | None] | None]:
    """Return what gives, for an indicator by a characteristic in a place and period, each group's figure as an audience may see it; None for all as they are."""

    def seen(indicator: str, characteristic: str, area: str, period: str) -> Mapping[str, float | None] | None:
        if policy.raw:
            return None
        try:
            shown = disclosed_breakdown(workspace, indicator, characteristic, policy, area=area, period=period)
        except AmheError:
            return {}  # what cannot be asked for by its name is not handed on
        if shown.published:
            return None
        whole = next((row.value for row in shown.rows if row.level == "total"), None)
        return {**{row.group: row.value for row in shown.rows if row.level in ("broad", "detailed")}, "": whole}

    return seen


def is_guarded(workspace: Workspace, indicator: str) -> bool:
    """Tell whether the small numbers of an indicator were dealt with before it came here: of every source of it a person says so, and its figures show it."""
    raw_sources = set(unguarded_sets(workspace).values())
    return not raw_sources or (bool(wanted := sources_of(workspace, indicator)) and not raw_sources & set(wanted))


def _belies(figures: Breakdown, policy: Policy) -> bool:
    """Tell whether small counts stand in figures of a place below the country, whatever is said of their source."""
    if figures.area.casefold() in EXACT:
        return False
    counts = [row.value for row in figures.rows] if figures.statistic == "count" else []
    counts += [count for row in figures.rows for count in (row.numerator, row.denominator)]
    return any(count is not None and 0 < count < policy.threshold for count in counts)
