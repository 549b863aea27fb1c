"""Gaps of many pairs of groups at once, with the limits of `gaps` and `rate_gaps`: for the overview of a whole file.

The numbers are those of the functions for one pair. A pair that has no answer has NaN and its reason, never an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.columns import Mask, Numbers, Reasons, number_at
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.many_limits import Column, Estimates, proportions, rates
from amhe_tui.analysis.estimates.results import Gap, Undefined
from amhe_tui.analysis.gaps import rates as rate_gaps
from amhe_tui.analysis.gaps import shares


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gap of every pair with its limits, NaN where there is none; ``reasons`` then say why.

    ``methods`` are the one or two formulas used and ``second`` is true for the pairs of the second one.
    """

    values: Numbers
    lower: Numbers
    upper: Numbers
    reasons: tuple[Undefined | None, ...]
    neutral: float
    confidence: float
    methods: tuple[str, str]
    second: Mask

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.values)

    @property
    def beyond_chance(self) -> Mask:
        """True for every pair whose limits leave out the value that means no gap."""
        return (self.lower > self.neutral) | (self.upper < self.neutral)

    def of(self, row: int) -> Gap:
        """Return the gap of one pair."""
        value, lower, upper = (number_at(column, row) for column in (self.values, self.lower, self.upper))
        method = self.methods[int(self.second[row])]
        return Gap(value, lower, upper, self.neutral, method, self.confidence, self.reasons[row])


def _refusals(first: tuple[Undefined | None, ...], other: tuple[Undefined | None, ...]) -> Reasons:
    reasons = Reasons(len(first))
    if not any(first) and not any(other):
        return reasons
    for members in (first, other):
        given = np.array([reason is not None for reason in members], dtype=np.bool_)
        for reason in {reason for reason in members if reason is not None}:
            reasons.refuse(given & np.array([member is reason for member in members], dtype=np.bool_), reason)
    return reasons


def _difference(first: Estimates, second: Estimates, method: str) -> Gaps:
    """Return the one figure less the other of every pair, with limits put together from those of each figure (Newcombe 1998; Zou and Donner 2008)."""
    gap = first.values - second.values
    lower = gap - np.hypot(first.values - first.lower, second.upper - second.values)
    upper = gap + np.hypot(first.upper - first.values, second.values - second.lower)
    reasons, one_method = _refusals(first.reasons, second.reasons), np.zeros(len(gap), dtype=np.bool_)
    return Gaps(gap, lower, upper, reasons.all(), 0, first.confidence, (method, method), one_method)


def differences(count: Column, total: Column, other: Column, other_total: Column, *, confidence: float = 0.95) -> Gaps:
    """Return count/total − other/other_total of every pair, fractions, with Newcombe's (1998) hybrid score limits.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    first, second = (
        proportions(count, total, confidence=confidence),
        proportions(other, other_total, confidence=confidence),
    )
    return _difference(first, second, "gap.difference.newcombe@1")


def rate_differences(
    events: Column,
    population: Column,
    other: Column,
    other_population: Column,
    *,
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> Gaps:
    """Return the one rate less the other of every pair, per ``multiplier``, with limits as `rate_gaps.rate_difference`.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    first = rates(events, population, confidence=confidence, multiplier=multiplier)
    second = rates(other, other_population, confidence=confidence, multiplier=multiplier)
    return _difference(first, second, "gap.rate_difference.combined@1")


Pair = Callable[[float, float, float, float], Gap]


def _ratios(
    columns: tuple[Numbers, Numbers, Numbers, Numbers],
    reasons: Reasons,
    scarce: Mask,
    variance: Numbers,
    alone: Pair,
    methods: tuple[str, str],
    level: float,
) -> Gaps:
    """Return ratios with limits from ``variance`` of the logarithm, and those of ``scarce`` pairs one by one."""
    x, n, y, m = columns
    kept = reasons.open
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = np.where(kept, (x / n) / (y / m), np.nan)
        factor = np.exp(two_sided_z(level) * np.sqrt(np.maximum(variance, 0)))
        lower, upper = ratio / factor, ratio * factor
    for row in (scarce & kept).nonzero()[0].tolist():
        gap = alone(float(x[row]), float(n[row]), float(y[row]), float(m[row]))
        numbers = (np.nan if number is None else number for number in (gap.value, gap.lower, gap.upper))
        ratio[row], lower[row], upper[row] = numbers
        if gap.reason is not None:
            this: npt.NDArray[np.bool_] = np.arange(len(x)) == row
            reasons.refuse(this, gap.reason)
    return Gaps(ratio, lower, upper, reasons.all(), 1, level, methods, scarce)


def _numbers(columns: tuple[Column, Column, Column, Column]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    x, n, y, m = (
        np.array([np.nan if figure is None else figure for figure in column], dtype=np.float64) for column in columns
    )
    return x, n, y, m


def ratios(count: Column, total: Column, other: Column, other_total: Column, *, confidence: float = 0.95) -> Gaps:
    """Return (count/total)/(other/other_total) of every pair, with Katz's limits, and Miettinen and Nurminen's where a count is 0.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    level = confidence_level(confidence)
    first, second = proportions(count, total, confidence=level), proportions(other, other_total, confidence=level)
    reasons = _refusals(first.reasons, second.reasons)
    x, n, y, m = _numbers((count, total, other, other_total))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / x - 1 / n + 1 / y - 1 / m

    def alone(*pair: float) -> Gap:
        return shares.ratio_score(*pair, confidence=level)

    methods = "gap.ratio.katz@1", "gap.ratio.score@1"
    return _ratios((x, n, y, m), reasons, (x == 0) | (y == 0), variance, alone, methods, level)


def rate_ratios(
    events: Column, population: Column, other: Column, other_population: Column, *, confidence: float = 0.95
) -> Gaps:
    """Return the one rate over the other of every pair, with limits as `rate_gaps.rate_ratio`.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    level = confidence_level(confidence)
    first, second = rates(events, population, confidence=level), rates(other, other_population, confidence=level)
    reasons = _refusals(first.reasons, second.reasons)
    x, n, y, m = _numbers((events, population, other, other_population))
    with np.errstate(divide="ignore"):
        variance = 1 / x + 1 / y

    def alone(*pair: float) -> Gap:
        return rate_gaps.rate_ratio(*pair, confidence=level)

    methods = "gap.rate_ratio.log@1", "gap.rate_ratio.exact@1"
    scarce = np.minimum(x, y) < rate_gaps.EXACT_BELOW
    return _ratios((x, n, y, m), reasons, scarce, variance, alone, methods, level)
