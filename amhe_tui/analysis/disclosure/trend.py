"""One breakdown over its periods: a series a group, open where a period has no figure, and what was joined to draw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import SHARES, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.disclosure.order import Pair, is_range, out_of_order
from amhe_tui.analysis.gaps.judging import TrueCounts

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
    unsure = {
        key: _out_of_order(by_period, same, key, rows)
        | {place for place, by in enumerate(rows) if key in by and is_range(by[key].status)}
        for key in order
    }
    rows = [{key: row for key, row in by.items() if place not in unsure.get(key, ())} for place, by in enumerate(rows)]
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
        (*_joined(breakdowns, same, level), *_left_out(order, unsure, level)),
    )


def _out_of_order(
    by_period: Sequence[tuple[str, Disclosed | None]],
    same: Callable[[str], str],
    key: tuple[str, str],
    rows: Sequence[dict[tuple[str, str], BreakdownRow]],
) -> set[int]:
    """Return the places of the periods whose rounded figure would make a group's line rise or fall where the true counts deny it."""
    pairs: dict[int, Pair] = {}
    for place, (_, breakdown) in enumerate(by_period):
        judge = None if breakdown is None else breakdown.judge
        shown = rows[place].get(key)
        true_rows = judge.figures.rows if isinstance(judge, TrueCounts) else ()
        true = next((row for row in true_rows if (same(row.group), row.level) == key), None)
        if shown is not None and true is not None:
            pairs[place] = Pair(shown, true)
    newest = next(breakdown for _, breakdown in reversed(by_period) if breakdown is not None)
    step, share = newest.policy.rounding, newest.statistic in SHARES
    found = out_of_order(list(pairs.values()), newest.scale, step, share=share)
    return {list(pairs)[number] for number in found}


def _left_out(
    order: dict[tuple[str, str], str], unsure: dict[tuple[str, str], set[int]], level: str
) -> tuple[str, ...]:
    """Return of which groups a figure is left out because of rounding."""
    names = [label for key, label in order.items() if unsure[key] and level in ("", key[1])]
    if not names:
        return ()
    return (
        f"Figures of some periods are left out for {', '.join(names)}: rounded, they would stand in the wrong order.",
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
