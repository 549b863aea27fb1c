"""The door of trends: a breakdown over its periods, as an audience may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.disclosure.trend import Trend, trend_of
from amhe_tui.analysis.gaps.change import Change, change_between
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import JoinKind
from amhe_tui.method.periods import read_period
from amhe_tui.programme.breakdowns import indicators
from amhe_tui.programme.disclosed import disclosed_breakdown
from store.records import LabelJoin
from store.workspace import Workspace

_MOST = 120
"""So many periods are shown at most, the newest."""


_CLOSE = timedelta(days=3)


def disclosed_trend(
    workspace: Workspace,
    indicator: str,
    by: str,
    policy: Policy,
    *,
    periods: tuple[str, ...],
    area: str | None = None,
    within: str = "",
    level: str = "",
) -> Trend:
    """Return a breakdown over its periods; periods that are not there between others stand as gaps.

    Labels that differ only by capitals are one; others only where a person has said so.

    Raises:
        AmheError: No period has a figure.
    """
    by_period: list[tuple[str, Disclosed | None]] = []
    for period in with_gaps(periods)[-_MOST:]:
        breakdown: Disclosed | None = None
        if period in periods:
            try:
                breakdown = disclosed_breakdown(
                    workspace, indicator, by, policy, area=area, period=period, within=within
                )
            except AmheError:
                breakdown = None  # nothing for this place in this period: a gap
        by_period.append((period, breakdown))
    joined = {
        join.label.casefold(): join.joined_to.casefold()
        for join in workspace.list(LabelJoin)
        if join.kind == JoinKind.GROUP.value and join.characteristic.casefold() in ("", by.casefold())
    }
    try:
        return trend_of(by_period, lambda label: joined.get(label.casefold(), label.casefold()), level=level)
    except ValueError as error:
        raise AmheError("No trend", str(error), "Choose another place or characteristic.") from error


def disclosed_change(
    workspace: Workspace,
    shown: Disclosed,
    policy: Policy,
    *,
    group: str,
    compared_with: str,
    level: str = "",
    since: str = "",
    area: str | None = None,
) -> Change | None:
    """Return what became of a group's gap since an earlier period, as an audience may see it; without one, since the first there is of the same length.

    None where there is no earlier period, or no gap in it.
    """
    for before in earlier_breakdowns(workspace, shown, policy, since=since, area=area):
        change = change_between(before, shown, group=group, compared_with=compared_with, level=level)
        if change is not None or since:
            return change
    return None


def earlier_breakdowns(
    workspace: Workspace, shown: Disclosed, policy: Policy, *, since: str = "", area: str | None = None
) -> Iterator[Disclosed]:
    """Yield the same breakdown in an earlier period, or without one asked for in every earlier one of the same length, the first of them first.

    Raises:
        AmheError: There is nothing for the period that was asked for.
    """
    periods = next(
        (choice.periods for choice in indicators(workspace) if choice.id == shown.indicator_id), tuple[str, ...]()
    )
    earlier = periods[: periods.index(shown.period)] if shown.period in periods else ()
    for period in [since] if since else [name for name in earlier if _months(name) == _months(shown.period)]:
        try:
            yield disclosed_breakdown(
                workspace,
                shown.indicator_id,
                shown.characteristic,
                policy,
                area=area or shown.area,
                period=period,
                within=shown.within,
            )
        except AmheError:
            if since:
                raise
            continue  # nothing for this place in this period


def _months(period: str) -> int:
    """Return how many months a period has, 0 where that cannot be told."""
    known = read_period(period)
    if known is None or not known.starts or not known.ends:
        return 0
    return round((date.fromisoformat(known.ends) - date.fromisoformat(known.starts)).days / 30.4)


def with_gaps(periods: tuple[str, ...]) -> list[str]:
    """Return periods with those that are missing between them, named the same way: ``2020-21`` between ``2019-20`` and ``2021-22``."""
    filled: list[str] = []
    for period in periods:
        if filled:
            filled += _between(filled[-1], period)
        filled.append(period)
    return filled


def _between(earlier: str, later: str) -> list[str]:
    first, second = read_period(earlier), read_period(later)
    if first is None or second is None or not first.ends or not second.starts:
        return []
    begins, ends, comes = (date.fromisoformat(day) for day in (first.starts, first.ends, second.starts))
    months = round((ends - begins).days / 30.4)
    if months not in (1, 3, 12) or comes - ends <= _CLOSE:
        return []
    missing: list[str] = []
    start = ends + timedelta(days=1)
    while comes - start > _CLOSE and len(missing) < _MOST:
        missing.append(_named(start, months))
        start = _later(start, months)
    return missing


def _later(day: date, months: int) -> date:
    whole = day.month - 1 + months
    return date(day.year + whole // 12, whole % 12 + 1, 1)


def _named(start: date, months: int) -> str:
    if months == 12:
        return str(start.year) if start.month == 1 else f"{start.year}-{(start.year + 1) % 100:02}"
    return f"{start:%b %Y}" if months == 1 else f"{start:%b} to {_later(start, 2):%b %Y}"
