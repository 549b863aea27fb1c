"""One breakdown over its periods: a series a group, open where a period has no figure, and what was joined to draw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed

Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class TrendSeries:
    """One group over the periods: its figures with their limits, None where there is none."""

    label: str
    level: str
    values: Numbers
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True)
class Trend:
    """Some groups over some periods.

    Attributes:
        indicator, statistic, characteristic, area: What it is about.
        periods: In order, those without any figure among them.
        missing: Those of them the file has nothing for.
        series: One a group, in the order of the newest period.
        notes: What was joined, to be printed with it.
    """

    indicator: str
    statistic: str
    characteristic: str
    area: str
    periods: tuple[str, ...]
    missing: tuple[str, ...]
    series: tuple[TrendSeries, ...]
    notes: tuple[str, ...]


def trend_of(
    by_period: Sequence[tuple[str, Disclosed | None]], same: Callable[[str], str], *, level: str = ""
) -> Trend:
    """Return breakdowns of several periods as series.

    Args:
        by_period: Each period in order with its breakdown, None where there is none; at least one is there.
        same: Gives labels that are one group the same name.
        level: Of which level the notes are to speak; all where it is not given.

    Raises:
        ValueError: There is no breakdown at all.
    """
    breakdowns = [breakdown for _, breakdown in by_period if breakdown is not None]
    if not breakdowns:
        raise ValueError("There is no figure in any period.")
    newest = breakdowns[-1]
    order: dict[tuple[str, str], str] = {}
    for breakdown in reversed(breakdowns):
        for row in breakdown.rows:
            order.setdefault((same(row.group), row.level), row.group)
    rows = [
        {(same(row.group), row.level): row for row in reversed(breakdown.rows)} if breakdown else {}
        for _, breakdown in by_period
    ]
    series = tuple(
        TrendSeries(
            label, key[1], *(tuple(_number(by.get(key), name) for by in rows) for name in ("value", "lower", "upper"))
        )
        for key, label in order.items()
    )
    return Trend(
        newest.indicator,
        newest.statistic,
        newest.characteristic,
        newest.area,
        tuple(period for period, _ in by_period),
        tuple(period for period, breakdown in by_period if breakdown is None),
        series,
        _joined(breakdowns, same, level),
    )


def _number(row: BreakdownRow | None, name: str) -> float | None:
    return None if row is None else getattr(row, name)


def _joined(breakdowns: Sequence[Disclosed], same: Callable[[str], str], level: str) -> tuple[str, ...]:
    """Return which labels are shown as one."""
    names: dict[str, list[str]] = {}
    for breakdown in breakdowns:
        for row in breakdown.rows:
            labels = names.setdefault(same(row.group), [])
            if row.group not in labels and level in ("", row.level):
                labels.append(row.group)
    together = [labels for labels in names.values() if len(labels) > 1]
    if not together:
        return ()
    listed = "; ".join(" and ".join(f"“{label}”" for label in labels) for labels in together[:3])
    more = f" and {len(together) - 3} more" if len(together) > 3 else ""
    return (f"Shown as one group: {listed}{more}.",)
