"""The door of the numbers: a breakdown leaves a programme file only through here, as its audience may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy, disclose
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.errors import AmheError
from amhe_tui.programme.ages import ages_within, is_age
from amhe_tui.programme.breakdowns import breakdown, sources_of
from amhe_tui.programme.population import AgainstPopulation, against_population
from store.records import DataSource
from store.workspace import Workspace

_NOTHING_DONE = ("no", "none", "not", "nothing", "never", "unknown", "raw")


EXACT = ("england",)
"""Where publishers give exact figures, small ones too."""


def disclosed_breakdown(
    workspace: Workspace,
    indicator: str,
    by: str,
    policy: Policy,
    *,
    area: str | None = None,
    period: str | None = None,
    within: str = "",
) -> Disclosed:
    """Return an indicator broken down by a characteristic, as an audience may see it; asked like `amhe_tui.programme.breakdowns.breakdown`.

    Raises:
        AmheError: What is asked for is not in the file, or more than one thing fits.
    """
    shown = disclosed(workspace, breakdown(workspace, indicator, by, area=area, period=period, within=within), policy)
    if within or shown.kind == "count" or is_age(shown.characteristic):
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


def disclosed(workspace: Workspace, figures: Breakdown, policy: Policy) -> Disclosed:
    """Return a breakdown of a programme as an audience may see it; what its publisher has hidden and rounded is not treated again."""
    shown = disclose(
        figures, policy, published=is_guarded(workspace, figures.indicator_id) and not _belies(figures, policy)
    )
    return shown if policy.raw or shown.published else replace(shown, judge=TrueCounts(figures, policy.rounding))


def disclosed_access(
    workspace: Workspace, counts: Disclosed, policy: Policy
) -> tuple[Disclosed, AgainstPopulation] | None:
    """Return the use of a service for those who live there, worked out from counts as an audience may see them; None where the file has no population."""
    beside = against_population(workspace, counts)
    if beside is None:
        return None
    shown = disclosed(workspace, beside.rates(), policy)
    if isinstance(counts.judge, TrueCounts) and shown.judge is not None:
        # What is shown rests on rounded counts, and so would what judges it.
        true = against_population(workspace, counts.judge.figures)
        shown = replace(shown, judge=None if true is None else TrueCounts(true.rates(), policy.rounding))
    return shown if is_age(shown.characteristic) else replace(shown, by_age=()), beside


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
    """Tell whether every source of an indicator says that its small numbers were dealt with before it came here, or is a known publication."""
    says = {source.id: _says_so(source) for source in workspace.list(DataSource)}
    if len(set(says.values())) == 1:
        return next(iter(says.values()))  # which of them it is makes no difference, and looking that up takes a while
    wanted = sources_of(workspace, indicator)
    return bool(wanted) and all(says.get(source, False) for source in wanted)


def _says_so(source: DataSource) -> bool:
    from amhe_tui.intake.publishers.registry import about

    words = re.findall(r"\w+", source.suppression.casefold())
    return words[0] not in _NOTHING_DONE if words else bool(about(source.layout).get("publisher"))


def _belies(figures: Breakdown, policy: Policy) -> bool:
    """Tell whether small counts stand in figures of a place below the country, whatever their source says: a raw extract in the columns of a publication."""
    if figures.area.casefold() in EXACT:
        return False
    counts = [row.value for row in figures.rows] if figures.statistic == "count" else []
    counts += [count for row in figures.rows for count in (row.numerator, row.denominator)]
    return any(count is not None and 0 < count < policy.threshold for count in counts)
