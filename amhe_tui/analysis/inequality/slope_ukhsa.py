"""The slope and the relative index of inequality as England's public health data give them: a straight line over deprivation quantiles.

Not the same numbers as WHO's: see `slope_index_who`. The line is fitted by least squares on the middle of each quantile
on the ladder of people from the first quantile to the last, with the quantiles' shares of the population as weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.columns import Numbers, Reasons
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.estimates.simulation import normals, sets_at_once, tails
from amhe_tui.analysis.inequality.concentration import refuse_for_rank, ridits
from amhe_tui.analysis.inequality.sets import Found, Sets, SummaryMeasure, sets_of, shares, some

Kind = Literal["normal", "rate", "proportion"]
"""How a figure varies: as it stands, on the scale of its logarithm, or on that of its log odds."""


LEAST_QUANTILES = 5


DRAWS = 20_000
"""How often figures are redrawn for the limits that have no formula."""


_Z_OF_GIVEN_LIMITS = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slope index and the relative index of every set, and the line's figure at the bottom of the ladder in the unit of the figures."""

    slope: Found
    relative: Found
    intercept: Numbers


@dataclass(frozen=True, slots=True)
class Slope:
    """The slope index and the relative index of one set, and the line's figure at the bottom of the ladder in the unit of the figures."""

    slope: SummaryMeasure
    relative: SummaryMeasure
    intercept: float | None


@dataclass(frozen=True, slots=True)
class _Ladder:
    """What takes each set's figures, as a weighted sum, to the line's height at the bottom and at the top."""

    bottom: Numbers
    top: Numbers


def _there(values: Numbers, kind: Kind) -> Numbers:
    """Return figures on the scale on which they vary normally."""
    if kind == "normal":
        return values
    return np.log(values) if kind == "rate" else np.log(values / (1 - values))


def _back(values: Numbers, kind: Kind) -> Numbers:
    """Return figures from that scale."""
    if kind == "normal":
        return values
    return np.exp(values) if kind == "rate" else 1 / (1 + np.exp(-values))


def _ladder(sets: Sets) -> _Ladder:
    weight = shares(sets)
    away = np.where(sets.present, ridits(sets) - 0.5, 0.0)
    slope = weight * away / (weight * away**2).sum(axis=1, keepdims=True)
    return _Ladder(weight - slope / 2, weight + slope / 2)


def _errors(sets: Sets, lower: Numbers | None, upper: Numbers | None, kind: Kind) -> Numbers:
    """Return standard errors on the scale on which the figures vary, from those given or from 95 % limits."""
    if sets.errors is not None:
        given = sets.errors
        if kind == "rate":
            return given / sets.estimates
        return given if kind == "normal" else given / (sets.estimates * (1 - sets.estimates))
    if lower is None or upper is None:
        return np.full_like(sets.estimates, np.nan)
    return (_there(upper, kind) - _there(lower, kind)) / (2 * _Z_OF_GIVEN_LIMITS)


def _refused(sets: Sets, kind: Kind, *, transform: bool) -> Reasons:
    reasons = refuse_for_rank(sets, force=False)
    reasons.refuse(sets.present.sum(axis=1) < LEAST_QUANTILES, Undefined.TOO_FEW_QUANTILES)
    people = np.zeros_like(sets.estimates) if sets.populations is None else sets.populations
    reasons.refuse(some(sets.present & (people == 0)), Undefined.EMPTY_GROUP)
    if kind == "proportion":
        most = 1 - np.where(sets.present, sets.estimates, 0.5)
        least = np.where(sets.present, sets.estimates, 0.5)
        reasons.refuse(some((least < 0) | (most < 0)), Undefined.OUT_OF_SCALE)
        if transform:
            reasons.refuse(some((least == 0) | (most == 0)), Undefined.ZERO_FIGURE)
    elif kind == "rate":
        reasons.refuse(some(np.where(sets.present, sets.estimates, 1) < 0), Undefined.BELOW_ZERO)
        if transform:
            reasons.refuse(some(np.where(sets.present, sets.estimates, 1) == 0), Undefined.ZERO_FIGURE)
    return reasons


def _height(weights: Numbers, figures: Numbers) -> Numbers:
    return np.where(weights != 0, weights * figures, 0).sum(axis=-1)


def _normal_limits(ladder: _Ladder, figures: Numbers, errors: Numbers, z: float) -> tuple[Numbers, ...]:
    """Return the limits of top − bottom, and of top / bottom after Fieller, where both are sums of normal figures."""
    bottom, top = _height(ladder.bottom, figures), _height(ladder.top, figures)
    spread = np.sqrt(_height((ladder.top - ladder.bottom) ** 2, errors**2))
    low_own, high_own = _height(ladder.bottom**2, errors**2), _height(ladder.top**2, errors**2)
    shared = _height(ladder.bottom * ladder.top, errors**2)
    square = bottom**2 - z * z * low_own
    middle = bottom * top - z * z * shared
    inside = middle**2 - square * (top**2 - z * z * high_own)
    root = np.sqrt(np.maximum(inside, 0))
    bounded = (square > 0) & (bottom > 0)
    lower, upper = (np.where(bounded, (middle + side * root) / square, np.nan) for side in (-1, 1))
    return top - bottom - z * spread, top - bottom + z * spread, lower, upper


def _drawn_limits(
    ladder: _Ladder, figures: Numbers, errors: Numbers, kind: Kind, *, transform: bool, level: float, draws: int
) -> tuple[Numbers, ...]:
    """Return the same limits from figures redrawn on the scale on which they vary."""
    size, groups = figures.shape
    limits = np.full((4, size), np.nan)
    step = sets_at_once(draws, groups)
    for start in range(0, size, step):
        part = slice(start, start + step)
        drawn = _there(figures[part], kind) + errors[part] * normals(groups, draws)[:, None, :]
        bottom, top = _fitted(
            _Ladder(ladder.bottom[part], ladder.top[part]), drawn if transform else _back(drawn, kind), kind, transform
        )
        limits[0, part], limits[1, part] = tails(top - bottom, level)
        # Where the line can reach zero at the bottom, the ratio has no end.
        low, high = tails(top / bottom, level)
        safe = np.logical_and.reduce(bottom > 0, axis=0)
        limits[2, part], limits[3, part] = np.where(safe, low, np.nan), np.where(safe, high, np.nan)
    return limits[0], limits[1], limits[2], limits[3]


def _fitted(ladder: _Ladder, figures: Numbers, kind: Kind, transform: bool) -> tuple[Numbers, Numbers]:
    """Return the line's height at the bottom and the top, in the unit of the figures."""
    bottom, top = _height(ladder.bottom, figures), _height(ladder.top, figures)
    return (_back(bottom, kind), _back(top, kind)) if transform else (bottom, top)


def _found(
    value: Numbers, limits: tuple[Numbers, Numbers], reasons: Reasons, method: str, level: float, neutral: float
) -> Found:
    kept = reasons.open & ~np.isnan(value)
    value, lower, upper = (np.where(kept, numbers, np.nan) for numbers in (value, *limits))
    without = reasons.copy()
    without.refuse(np.isnan(lower) | np.isnan(upper), Undefined.NO_ERROR)
    nothing = np.full_like(value, np.nan)
    return Found(value, nothing, lower, upper, neutral, method, level, without.all())


Limited = tuple[Numbers, tuple[Numbers, Numbers]]


def _turned(slope: Numbers, ratio: Numbers, limits: tuple[Numbers, ...], multiplier: float) -> tuple[Limited, Limited]:
    """Return the two indices with their limits in the unit of the multiplier, turned round where it is below zero."""
    low, high, ratio_low, ratio_high = limits
    if multiplier < 0:
        return (slope * multiplier, (high * multiplier, low * multiplier)), (1 / ratio, (1 / ratio_high, 1 / ratio_low))
    return (slope * multiplier, (low * multiplier, high * multiplier)), (ratio, (ratio_low, ratio_high))


def _in_order(numbers: Numbers | None, order: npt.NDArray[np.intp]) -> Numbers | None:
    return None if numbers is None else np.take_along_axis(numbers, order, axis=1)


def _sorted(sets: Sets) -> tuple[Sets, npt.NDArray[np.intp]]:
    """Return the sets with their groups from the first quantile to the last, so that the order given has no part in the draws."""
    ranks = np.zeros_like(sets.estimates) if sets.ranks is None else sets.ranks
    order = np.where(sets.listed, ranks, np.inf).argsort(axis=1, kind="stable")
    turned = Sets(
        np.take_along_axis(sets.estimates, order, axis=1),
        np.take_along_axis(sets.listed, order, axis=1),
        _in_order(sets.errors, order),
        _in_order(sets.populations, order),
        _in_order(sets.ranks, order),
    )
    return turned, order


def slope_indices(
    sets: Sets,
    *,
    lower: Numbers | None = None,
    upper: Numbers | None = None,
    kind: Kind = "normal",
    transform: bool = False,
    multiplier: float = 1,
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Slopes:
    """Return England's slope and relative indices of every set of at least five ordered quantiles, rank 1 first on the ladder.

    The slope index is the line's height at the last end less that at the first, times ``multiplier``; the relative index
    the one over the other. A multiplier below zero turns both round. ``transform`` fits the line on the logarithms of
    rates or the log odds of proportions (fractions from 0 to 1). Standard errors come from the sets (in the unit of the
    figures) or from the ``lower`` and ``upper`` 95 % limits of every figure. For ``kind`` "normal" the limits are exact:
    normal for the slope and Fieller's for the ratio; for others figures are redrawn ``draws`` times on their own scale.

    Raises:
        ValueError: The confidence is out of range or the multiplier is zero.
    """
    level = confidence_level(confidence)
    if multiplier == 0:
        raise ValueError("The multiplier cannot be zero.")
    sets, order = _sorted(sets)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        reasons = _refused(sets, kind, transform=transform)
        errors = _errors(sets, _in_order(lower, order), _in_order(upper, order), kind)
        errors = np.where(np.isfinite(errors), errors, np.nan)
        ladder = _ladder(sets)
        figures = _there(sets.estimates, kind) if transform else sets.estimates
        bottom, top = _fitted(ladder, figures, kind, transform)
        if kind == "normal":
            limits = _normal_limits(ladder, sets.estimates, errors, two_sided_z(level))
        else:
            known = ~some(np.isnan(errors) & sets.present)[:, None]
            errors = np.where(known, errors, np.nan)
            limits = _drawn_limits(ladder, sets.estimates, errors, kind, transform=transform, level=level, draws=draws)
        slope, relative = _turned(top - bottom, top / bottom, limits, multiplier)
        ratio_reasons = reasons.copy()
        ratio_reasons.refuse(~((bottom > 0) & (top > 0)), Undefined.BASE_NOT_POSITIVE)
    way = {"normal": "exact", "rate": "redrawn", "proportion": "redrawn"}[kind]
    fit = {"normal": "linear", "rate": "log", "proportion": "logit"}[kind] if transform else "linear"
    return Slopes(
        _found(*slope, reasons, f"slope.ukhsa.{fit}.{way}@1", level, 0),
        _found(*relative, ratio_reasons, f"relative.ukhsa.{fit}.{way}@1", level, 1),
        np.where(reasons.open, bottom, np.nan),
    )


def slope_index(
    values: Sequence[float | None],
    populations: Sequence[float | None],
    *,
    ranks: Sequence[float | None] | None = None,
    errors: Sequence[float | None] | None = None,
    lower: Sequence[float | None] | None = None,
    upper: Sequence[float | None] | None = None,
    kind: Kind = "normal",
    transform: bool = False,
    multiplier: float = 1,
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Slope:
    """Return the indices of one set, as `slope_indices`; ``ranks`` are the quantiles' numbers, None: no order.

    Raises:
        ValueError: A list is not as long as ``values``, the confidence is out of range or the multiplier is zero.
    """

    def grid(row: Sequence[float | None] | None) -> Numbers | None:
        return None if row is None else sets_of([row]).estimates

    sets = sets_of(
        [values],
        populations=[populations],
        ranks=None if ranks is None else [ranks],
        errors=None if errors is None else [errors],
    )
    if any(row is not None and len(row) != len(values) for row in (lower, upper)):
        raise ValueError("Every group needs a place in every list, even where its figure is missing.")
    indices = slope_indices(
        sets,
        lower=grid(lower),
        upper=grid(upper),
        kind=kind,
        transform=transform,
        multiplier=multiplier,
        confidence=confidence,
        draws=draws,
    )
    intercept = float(indices.intercept[0])
    return Slope(indices.slope.of(0), indices.relative.of(0), None if np.isnan(intercept) else intercept)
