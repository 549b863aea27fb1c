"""Measures of how spread out groups are around their average, each group counting by its size.

Definitions: Schlotheuber and Hosseinpoor (2022); standard errors: Ahn and others (2018).
"""

from __future__ import annotations

import numpy as np

from amhe_tui.analysis.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.results import Undefined
from amhe_tui.analysis.summary_sets import (
    Found,
    Numbers,
    Reasons,
    Sets,
    averages,
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


def variances(sets: Sets) -> Numbers:
    """Return Σp(y − μ)² of each set, in the square of the unit."""
    return total(shares(sets) * (sets.estimates - averages(sets)[:, None]) ** 2, sets.present)


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
