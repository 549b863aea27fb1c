"""Proportions and rates of many rows at once, with the limits of `intervals`: for whole files of figures.

The formulas are the same and so are the numbers; a row that has no answer has NaN and its reason, never an error, so
that one bad row cannot stop a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.columns import Mask, Numbers, Reasons, number_at
from amhe_tui.analysis.estimates.intervals import confidence_level, exact_poisson_limits, two_sided_z
from amhe_tui.analysis.estimates.results import Estimate, Undefined

Column: TypeAlias = Sequence[float | None] | npt.NDArray[np.float64] | npt.NDArray[np.int64]


EXACT_BELOW = 10


@dataclass(frozen=True, slots=True)
class Estimates:
    """A figure for every row with its limits, in the unit of the multiplier, NaN where there is none; ``reasons`` then say why.

    ``methods`` are the one or two formulas used and ``second`` is true in the rows of the second one.
    """

    values: Numbers
    lower: Numbers
    upper: Numbers
    reasons: tuple[Undefined | None, ...]
    confidence: float
    methods: tuple[str, str]
    second: Mask

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.values)

    def of(self, row: int) -> Estimate:
        """Return one row's figure."""
        value, lower, upper = (number_at(column, row) for column in (self.values, self.lower, self.upper))
        method = self.methods[int(self.second[row])]
        return Estimate(value, lower, upper, method, self.confidence, self.reasons[row])


def _column(figures: Column) -> Numbers:
    if isinstance(figures, np.ndarray):
        return figures.astype(np.float64)
    return np.array([np.nan if figure is None else figure for figure in figures], dtype=np.float64)


def _columns(count: Column, total: Column) -> tuple[Numbers, Numbers, Reasons]:
    first, second = _column(count), _column(total)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("Every row needs a count and a total.")
    reasons = Reasons(len(first))
    reasons.refuse(np.isnan(first) | np.isnan(second), Undefined.MISSING)
    beyond = (first < 0) | (second < 0) | np.isinf(first) | np.isinf(second)
    reasons.refuse(beyond, Undefined.IMPOSSIBLE_COUNT)
    return first, second, reasons


def _kept(reasons: Reasons, column: Numbers) -> Numbers:
    return np.where(reasons.open, column, np.nan)


def proportions(count: Column, total: Column, *, confidence: float = 0.95, multiplier: float = 1) -> Estimates:
    """Return ``count`` out of ``total`` in every row, times ``multiplier``, with Wilson (1927) score limits.

    A missing figure, a total of zero, a count below zero and one above its total give no number but a reason.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    level = confidence_level(confidence)
    z = two_sided_z(level)
    x, n, reasons = _columns(count, total)
    reasons.refuse(x > n, Undefined.IMPOSSIBLE_COUNT)
    reasons.refuse(n == 0, Undefined.NO_PEOPLE)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = x / n
        centre, scale = 2 * x + z * z, 2 * (n + z * z)
        half = z * np.sqrt(z * z + 4 * x * (1 - share))
        # Exact at the ends, where rounding would leave a trace of a limit beyond what is possible.
        lower = np.where(x == 0, 0.0, (centre - half) / scale)
        upper = np.where(x == n, 1.0, (centre + half) / scale)
    method = "proportion.wilson@1"
    return Estimates(
        _kept(reasons, share * multiplier),
        _kept(reasons, lower * multiplier),
        _kept(reasons, upper * multiplier),
        reasons.all(),
        level,
        (method, method),
        np.zeros(len(x), dtype=np.bool_),
    )


def _exact_limits(counts: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the exact Poisson limits of small counts, each different one worked out once."""
    different, where = np.unique(counts, return_inverse=True)
    limits = np.array([exact_poisson_limits(float(count), level) for count in different]).reshape(-1, 2)
    return limits[where, 0], limits[where, 1]


def rates(count: Column, population: Column, *, confidence: float = 0.95, multiplier: float = 100_000) -> Estimates:
    """Return ``count`` events over a ``population`` in every row, times ``multiplier``: exact Poisson limits below ten events, Byar's from ten on.

    A missing figure, a population of zero and a number below zero give no number but a reason.

    Raises:
        ValueError: The columns differ in length or the confidence is out of range.
    """
    level = confidence_level(confidence)
    z = two_sided_z(level)
    x, n, reasons = _columns(count, population)
    reasons.refuse(n == 0, Undefined.NO_PEOPLE)
    small = reasons.open & (x < EXACT_BELOW)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        above, root = x + 1, 3 * np.sqrt(x)
        lower = x * (1 - 1 / (9 * x) - z / root) ** 3
        upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
        if small.any():
            lower[small], upper[small] = _exact_limits(x[small], level)
        scale = multiplier / n
        columns = x * scale, lower * scale, upper * scale
    value, lower, upper = (_kept(reasons, column) for column in columns)
    return Estimates(
        value,
        lower,
        upper,
        reasons.all(),
        level,
        ("rate.byar@1", "rate.exact@1"),
        x < EXACT_BELOW,
    )
