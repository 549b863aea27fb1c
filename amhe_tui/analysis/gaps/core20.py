"""The most deprived fifth against the other four: a breakdown by deciles or fifths of deprivation, added up into two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, known_groups
from amhe_tui.analysis.disclosure.breakdown import Disclosed, in_true_order
from amhe_tui.analysis.disclosure.order import figure_of_counts
from amhe_tui.analysis.estimates.intervals import proportion, rate
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.method.groups.deprivation import (
    MOST,
    counts_from_least,
    parts_named,
    position,
    rank,
    says_direction,
    towards,
)

MOST_DEPRIVED = "Most deprived fifth"
THE_REST = "Other four fifths"

Figures = TypeVar("Figures", bound=Breakdown)

_HALF = 5


def fifths_of(labels: Sequence[str], heading: str = "") -> dict[str, bool] | None:
    """Return for each label whether it is of the most deprived fifth; None where the labels are not all ranks of deprivation, or nobody can tell which end is which.

    Deciles 1 and 2, quintile 1, and the most deprived quintile beside all others are such fifths, by their words and never by a bare number.
    """
    if len(labels) == 2:
        return _two(labels)
    parts = parts_named(" ".join((heading, *labels))) or len(labels)
    if parts not in (_HALF, 2 * _HALF) or len(labels) != parts:
        return None
    if not says_direction(labels) and any(rank(label) is not None for label in labels):
        return None  # files number the ranks from either end
    from_least = counts_from_least(labels)
    places = [_place(label, parts, from_least=from_least) for label in labels]
    if sorted(place or 0 for place in places) != list(range(1, parts + 1)):
        return None
    return {label: (place or 0) * _HALF <= parts for label, place in zip(labels, places, strict=True)}


def _place(label: str, parts: int, *, from_least: bool) -> int | None:
    if parts == _HALF and re.match(r"\s*(middle|third)\b(?!.*\b(most|least)\b)", label.casefold()):
        return 3
    return position(label, parts, from_least=from_least)


def _two(labels: Sequence[str]) -> dict[str, bool] | None:
    """Return which of two labels is the most deprived fifth, where the other is all the rest."""
    most = [label for label in labels if towards(label) == MOST and parts_named(label) == _HALF]
    rest = [label for label in labels if re.match(r"\s*(the )?(other|rest|remaining|all other)", label.casefold())]
    return {label: label in most for label in labels} if len(most) == len(rest) == 1 else None


def core20_of(figures: Figures) -> Figures | None:
    """Return a breakdown by deprivation as the most deprived fifth and the rest; None where it cannot be made so.

    A part whose ranks are not all there, or have no counts to be added up, has no figure. What judges the figures by the true counts is added up too.
    """
    rows = known_groups(figures.rows)
    fifths = fifths_of([row.group for row in rows], figures.characteristic)
    if fifths is None:
        return None
    parts = tuple(
        _together(figures, name, [row for row in rows if fifths[row.group] is most])
        for name, most in ((MOST_DEPRIVED, True), (THE_REST, False))
    )
    beside = tuple(replace(row, parent=None) for row in figures.rows if row.stands_for_unknown or row.level == "total")
    ages = None if figures.by_age is None else tuple(core20_of(age) for age in figures.by_age)
    judge = figures.judge
    if isinstance(judge, TrueCounts):
        true = core20_of(judge.figures)
        judge = None if true is None else TrueCounts(true, judge.rounding)
    together = replace(
        figures,
        rows=(*parts, *beside),
        by_age=None if ages is None else tuple(age for age in ages if age is not None) if all(ages) else (),
        judge=judge,
    )
    if isinstance(together, Disclosed) and isinstance(judge, TrueCounts):
        # The rounding of several ranks adds up, and their sums can stand in an order of their own.
        most = sum(fifths.values())
        summed = (most, len(fifths) - most, *(1 for _ in beside))
        return in_true_order(together, judge.figures, parts=summed)
    return together


def _together(figures: Breakdown, name: str, rows: Sequence[BreakdownRow]) -> BreakdownRow:
    """Return several ranks as one row."""
    if len(rows) == 1:
        return replace(rows[0], group=name, level="broad", parent=None)
    # A range is of one rank alone; their sum has a figure, or a range, of its own.
    rows = [replace(row, value=figure_of_counts(row, figures.scale)) for row in rows]
    missing = next((row.status for row in rows if row.value is None), "")
    tops, bottoms = ([getattr(row, part) for row in rows] for part in ("numerator", "denominator"))
    if missing or None in tops or None in bottoms or not sum(bottoms):
        return BreakdownRow(name, "broad", None, missing or "no counts to add up", None, None, None, None)
    top, bottom = float(sum(tops)), float(sum(bottoms))
    estimate = (proportion if figures.kind == "share" else rate)(top, bottom, multiplier=figures.scale)
    value = figures.scale * top / bottom
    return BreakdownRow(name, "broad", value, "ok", top, bottom, estimate.lower, estimate.upper)
