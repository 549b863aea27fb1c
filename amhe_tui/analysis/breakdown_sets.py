"""Breakdowns as sets of groups for the summary measures: one level of groups a set, the unknown and the totals left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.summary_sets import Sets, sets_of

_Z = 1.959963984540054
"""The limits of a breakdown's rows are 95 % limits."""


@dataclass(frozen=True, slots=True)
class BreakdownSets:
    """The ``sets`` of some breakdowns, in their order, and the names of the ``groups`` of each."""

    sets: Sets
    groups: tuple[tuple[str, ...], ...]


def one_level(found: Breakdown) -> tuple[BreakdownRow, ...]:
    """Return the rows of one level alone, broad groups where there are any, with those that have no figure; never the unknown or the total."""
    for level in ("broad", "detailed"):
        rows = tuple(row for row in found.rows if row.level == level)
        if rows:
            return rows
    return ()


def _error(row: BreakdownRow) -> float | None:
    """Return the standard error that a row's limits stand for, which unlike that of the bare count is above 0 at 0 and 100 %."""
    return None if row.lower is None or row.upper is None else (row.upper - row.lower) / (2 * _Z)


def breakdown_sets(
    breakdowns: Sequence[Breakdown],
    *,
    ranks: Callable[[Breakdown], Mapping[str, int] | None] = lambda _: None,
    reference: Callable[[Breakdown], str | None] = lambda _: None,
    favourable: Callable[[Breakdown], bool | None] = lambda _: None,
) -> BreakdownSets:
    """Return the sets of breakdowns for `summary_measures.measure`.

    ``ranks`` gives for a breakdown the place of each group from 1 for the worst off, or None for a characteristic without
    an order; ``reference`` the group to compare with, and ``favourable`` whether a high figure is good. The sizes are the
    denominators; for percentages the scale is 100.
    """
    rows = [one_level(found) for found in breakdowns]
    places = [ranks(found) for found in breakdowns]
    named = [reference(found) for found in breakdowns]
    names = [tuple(row.group for row in level) for level in rows]
    return BreakdownSets(
        sets_of(
            [[row.value for row in level] for level in rows],
            errors=[[_error(row) for row in level] for level in rows],
            populations=[[row.denominator for row in level] for level in rows],
            ranks=[
                [None if order is None else order.get(row.group) for row in level]
                for order, level in zip(places, rows, strict=True)
            ],
            reference=[
                groups.index(group) if group in groups else None for group, groups in zip(named, names, strict=True)
            ],
            favourable=[favourable(found) for found in breakdowns],
            scale=[100.0 if found.statistic == "percentage" else None for found in breakdowns],
        ),
        tuple(names),
    )
