"""The mean distance of groups from their average, from the best group or from a reference group; and the measures whose limits are simulated.

Limits come from redrawing every figure from a normal distribution around it, cut to its scale, and working the measure
out anew (Ahn and others 2019): the share of draws outside the limits is split evenly between the two sides. They are
widened to hold the measure itself, which can lie below every draw, since chance alone sets equal groups apart. The
draws are the same for every set and every run, and do not depend on the order of the groups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.columns import Mask, Numbers, Reasons
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.estimates.simulation import DRAWS, normals, sets_at_once, tails
from amhe_tui.analysis.inequality.sets import (
    Found,
    Sets,
    averages,
    directions,
    finish,
    group_errors,
    refuse_few,
    refuse_unsized,
    shares,
    some,
    total,
)


def _sized(sets: Sets, *, force: bool) -> Reasons:
    reasons = Reasons(len(sets))
    refuse_few(sets, reasons, force=force)
    refuse_unsized(sets, reasons)
    return reasons


def variance(sets: Sets, confidence: float = 0.95, *, force: bool = False) -> Found:
    """Return the between-group variance Σp(y − μ)², in the square of the unit, with normal limits.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        reasons, weight = _sized(sets, force=force), shares(sets)
        squares = group_errors(sets) ** 2
        away = sets.estimates - averages(sets)[:, None]
        values = total(weight * away**2, sets.present)
        chance = (
            total(weight**2 * squares, sets.present) ** 2
            - total(weight**4 * squares**2, sets.present)
            + total((weight * (1 - weight) * squares) ** 2, sets.present)
        )
        error = np.sqrt(4 * total(weight**2 * squares * away**2, sets.present) + 2 * chance)
    return finish(values, error, reasons, method="measure.bgv@1", confidence=level, z=two_sided_z(level))


def _relative(sets: Sets, *, force: bool, logarithm: bool) -> Reasons:
    reasons = _sized(sets, force=force)
    figures = np.where(sets.present, sets.estimates, np.inf)
    reasons.refuse(some(figures < 0), Undefined.BELOW_ZERO)
    reasons.refuse(averages(sets) == 0, Undefined.ALL_ZERO)
    if logarithm:
        # A group of nobody has no part in the sum, so its zero does no harm.
        reasons.refuse(some((figures == 0) & (shares(sets) > 0)), Undefined.ZERO_FIGURE)
    return reasons


def log_deviation(sets: Sets, confidence: float = 0.95, *, force: bool = False) -> Found:
    """Return the mean log deviation, 1000·Σp·(−ln(y/μ)), with normal limits on the same scale.

    A figure of zero has no logarithm: the set is refused.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        reasons = _relative(sets, force=force, logarithm=True)
        weight, mean = shares(sets), averages(sets)[:, None]
        values = 1000 * total(np.where(weight > 0, -weight * np.log(sets.estimates / mean), 0), sets.present)
        # d/dy_i of Σp·(ln μ − ln y) is p_i(1/μ − 1/y_i).
        pull = np.where(weight > 0, weight * (1 / mean - 1 / sets.estimates), 0) * group_errors(sets)
        error = 1000 * np.sqrt(total(pull**2, sets.present))
    return finish(values, error, reasons, method="measure.mld@1", confidence=level, z=two_sided_z(level))


def theil(sets: Sets, confidence: float = 0.95, *, force: bool = False) -> Found:
    """Return the Theil index, 1000·Σp(y/μ)ln(y/μ), with normal limits on the same scale.

    A group at zero adds nothing to the index (the limit of its term), but leaves no standard error where it is not
    known to be without error.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        reasons = _relative(sets, force=force, logarithm=False)
        weight, mean = shares(sets), averages(sets)[:, None]
        part = sets.estimates / mean
        terms = np.where(part > 0, part * np.log(part), 0)
        values = total(weight * terms, sets.present)
        # d/dy_i of Σp(y/μ)ln(y/μ) is (p_i/μ)(ln(y_i/μ) − T), since Σp·y/μ = 1.
        pull = weight / mean * (np.log(part) - values[:, None]) * group_errors(sets)
        error = 1000 * np.sqrt(total(np.where(weight > 0, pull, 0) ** 2, sets.present))
        error[np.isinf(error)] = np.nan
    return finish(1000 * values, error, reasons, method="measure.ti@1", confidence=level, z=two_sided_z(level))


_ROUNDS = 40


_STRIDE = 3_571


def _drawn(sets: Sets, draws: int) -> Numbers:
    """Return redrawn figures, draws × sets × groups, each between 0 and its set's scale where it has one."""
    centre, error = sets.estimates, group_errors(sets)
    drawn = normals(centre.shape[1], draws)
    figures = centre + error * drawn[:, None, :]
    if sets.scale is None or np.isnan(sets.scale).all():
        return figures
    top = np.where(np.isnan(sets.scale), np.inf, sets.scale)[:, None]
    bottom = np.where(np.isnan(sets.scale), -np.inf, 0.0)[:, None]
    reach = error * np.abs(drawn).max(axis=0)
    if not ((centre - reach < bottom) | (centre + reach > top)).any():
        return figures
    for again in range(1, _ROUNDS):
        draw, row, group = ((figures < bottom) | (figures > top)).nonzero()
        if not draw.size:
            return figures
        # What falls outside is drawn again: the number of another draw of the same group, far from it in the row.
        other = drawn[(draw + again * _STRIDE) % draws, group]
        figures[draw, row, group] = centre[row, group] + error[row, group] * other
    return np.clip(figures, bottom, top)


def _sorted_groups(sets: Sets) -> Sets:
    """Return the sets with their groups in an order of their own, so that the order given has no part in the draws."""
    people = np.zeros_like(sets.estimates) if sets.populations is None else sets.populations
    chosen = np.zeros_like(sets.estimates) if sets.reference is None else sets.reference
    order = np.lexsort((people, group_errors(sets), chosen, sets.estimates), axis=1)

    def turned(numbers: npt.NDArray[np.generic] | None) -> npt.NDArray[np.generic] | None:
        return None if numbers is None else np.take_along_axis(numbers, order, axis=1)

    return replace(
        sets,
        estimates=turned(sets.estimates),
        listed=turned(sets.listed),
        errors=turned(sets.errors),
        populations=turned(sets.populations),
        reference=turned(sets.reference),
        ranks=None,
    )


Spread = Callable[[Sets, Numbers], Numbers]
"""A measure of figures whose last axis is the groups and the one before it the sets."""


def _rows(sets: Sets, part: slice | Mask) -> Sets:
    def some(numbers: npt.NDArray[np.generic] | None) -> npt.NDArray[np.generic] | None:
        return None if numbers is None else numbers[part]

    fields = ("estimates", "listed", "errors", "populations", "ranks", "reference", "favourable", "scale", "average")
    return replace(sets, **{name: some(getattr(sets, name)) for name in fields})


def simulated_limits(sets: Sets, spread: Spread, confidence: float, draws: int) -> tuple[Numbers, Numbers]:
    """Return the lower and upper limits of a measure of every set from redrawn figures, NaN where a standard error is missing."""
    lower, upper = np.full(len(sets), np.nan), np.full(len(sets), np.nan)
    step = sets_at_once(draws, sets.estimates.shape[1])
    for start in range(0, len(sets), step):
        part = _sorted_groups(_rows(sets, slice(start, start + step)))
        measured = spread(part, _drawn(part, draws))
        lower[start : start + step], upper[start : start + step] = tails(measured, confidence)
    return lower, upper


def from_draws(
    sets: Sets,
    spread: Spread,
    reasons: Reasons,
    *,
    method: str,
    confidence: float,
    draws: int,
) -> Found:
    """Return a measure of every set that is not refused, with simulated limits where every group has a standard error.

    With ``draws`` 0 there are no limits. The standard errors are left out: the limits do not come from one.
    """
    level = confidence_level(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(reasons.open, spread(sets, sets.estimates), np.nan)
        lower, upper = np.full(len(sets), np.nan), np.full(len(sets), np.nan)
        known = ~some(np.isnan(group_errors(sets)) & sets.present) & reasons.open
        if draws and known.any():
            asked = _rows(sets, known)
            low, high = simulated_limits(asked, spread, level, draws)
            lower[known] = np.minimum(low, values[known])
            upper[known] = np.maximum(high, values[known])
    without = reasons.copy()
    without.refuse(~known, Undefined.NO_ERROR)
    return Found(values, np.full(len(sets), np.nan), lower, upper, 0.0, method, level, without.all())


def _mean_of(sets: Sets, figures: Numbers) -> Numbers:
    """Return the averages of redrawn figures: the one given, or else by size."""
    drawn = np.where(sets.present, shares(sets) * figures, 0).sum(axis=-1)
    return drawn if sets.average is None else np.where(np.isnan(sets.average), drawn, sets.average)


def _about(sets: Sets, away: Numbers, *, weighted: bool) -> Numbers:
    """Return the mean of distances over groups, or over the people in them."""
    weight = shares(sets) if weighted else 1 / sets.present.sum(axis=1)[:, None]
    return np.where(sets.present, weight * np.abs(away), 0).sum(axis=-1)


def _deviation(sets: Sets, figures: Numbers) -> Numbers:
    mean = _mean_of(sets, figures)
    return np.sqrt(np.where(sets.present, shares(sets) * (figures - mean[..., None]) ** 2, 0).sum(axis=-1))


def _weighable(sets: Sets, *, force: bool, weighted: bool) -> Reasons:
    reasons = Reasons(len(sets))
    refuse_few(sets, reasons, force=force)
    sized = Reasons(len(sets))
    refuse_unsized(sets, sized)
    averaged = np.zeros(len(sets), dtype=np.bool_) if sets.average is None else ~np.isnan(sets.average)
    reasons.take(sized, np.full(len(sets), weighted) | ~averaged)
    return reasons


def _refuse_relative(sets: Sets, reasons: Reasons) -> None:
    mean = averages(sets)
    reasons.refuse(some(np.where(sets.present, sets.estimates, 0) < 0), Undefined.BELOW_ZERO)
    reasons.refuse(mean == 0, Undefined.ALL_ZERO)


def standard_deviation(
    sets: Sets, confidence: float = 0.95, *, relative: bool = False, force: bool = False, draws: int = DRAWS
) -> Found:
    """Return the between-group standard deviation √Σp(y − μ)² in the unit of the figures, or with ``relative`` as a percentage of the average.

    Raises:
        ValueError: The confidence is out of range.
    """
    reasons = _weighable(sets, force=force, weighted=True)
    if not relative:
        return from_draws(sets, _deviation, reasons, method="measure.bgsd@1", confidence=confidence, draws=draws)
    _refuse_relative(sets, reasons)

    def spread(part: Sets, figures: Numbers) -> Numbers:
        return 100 * _deviation(part, figures) / _mean_of(part, figures)

    return from_draws(sets, spread, reasons, method="measure.cov@1", confidence=confidence, draws=draws)


def from_average(
    sets: Sets,
    confidence: float = 0.95,
    *,
    weighted: bool,
    relative: bool,
    force: bool = False,
    draws: int = DRAWS,
) -> Found:
    """Return the mean distance of groups (``weighted``: of the people in them) from the average; with ``relative``, the index of disparity, as a percentage of it.

    The average is worked out anew from each draw, unless it was given with the data.

    Raises:
        ValueError: The confidence is out of range.
    """
    reasons = _weighable(sets, force=force, weighted=weighted)
    if relative:
        _refuse_relative(sets, reasons)

    def spread(part: Sets, figures: Numbers) -> Numbers:
        mean = _mean_of(part, figures)
        distance = _about(part, figures - mean[..., None], weighted=weighted)
        return 100 * distance / mean if relative else distance

    method = f"measure.{'idis' if relative else 'mdm'}{'w' if weighted else 'u'}@1"
    return from_draws(sets, spread, reasons, method=method, confidence=confidence, draws=draws)


def from_best(
    sets: Sets, confidence: float = 0.95, *, weighted: bool, force: bool = False, draws: int = DRAWS
) -> Found:
    """Return the mean distance of groups (``weighted``: of the people in them) from the group with the best figure, itself counted in.

    The best group is found anew in each draw.

    Raises:
        ValueError: The confidence is out of range.
    """
    reasons = _unweighable(sets, force=force, weighted=weighted)
    reasons.refuse(directions(sets) == 0, Undefined.NO_DIRECTION)

    def spread(part: Sets, figures: Numbers) -> Numbers:
        good = directions(part)[:, None]
        best = np.where(part.present, figures * good, -np.inf).max(axis=-1, keepdims=True) * good
        return _about(part, figures - best, weighted=weighted)

    method = f"measure.mdb{'w' if weighted else 'u'}@1"
    return from_draws(sets, spread, reasons, method=method, confidence=confidence, draws=draws)


def _unweighable(sets: Sets, *, force: bool, weighted: bool) -> Reasons:
    """Return the refusals of a measure that needs the groups' sizes only where it is weighted by them."""
    if weighted:
        return _weighable(sets, force=force, weighted=True)
    reasons = Reasons(len(sets))
    refuse_few(sets, reasons, force=force)
    return reasons


def from_reference(
    sets: Sets, confidence: float = 0.95, *, weighted: bool, force: bool = False, draws: int = DRAWS
) -> Found:
    """Return the mean distance of groups (``weighted``: of the people in them) from the reference group, itself counted in.

    Raises:
        ValueError: The confidence is out of range.
    """
    reasons = _unweighable(sets, force=force, weighted=weighted)
    chosen = np.zeros_like(sets.present) if sets.reference is None else sets.reference
    reasons.refuse(~some(chosen & sets.present), Undefined.NO_REFERENCE)

    def spread(part: Sets, figures: Numbers) -> Numbers:
        named = np.zeros_like(part.present) if part.reference is None else part.reference
        reference = np.where(named & part.present, figures, 0).sum(axis=-1)
        return _about(part, figures - reference[..., None], weighted=weighted)

    method = f"measure.mdr{'w' if weighted else 'u'}@1"
    return from_draws(sets, spread, reasons, method=method, confidence=confidence, draws=draws)
