"""Concentration indices and the places of groups on the ladder from the worst off to the best off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from amhe_tui.analysis.estimates.columns import Numbers, Reasons
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality.sets import (
    Found,
    Sets,
    finish,
    refuse_few,
    refuse_unordered,
    refuse_unsized,
    shares,
    some,
    total,
)

Kind = Literal["absolute", "relative", "wagstaff", "erreygers"]


_METHODS: dict[Kind, str] = {
    "absolute": "measure.aci@1",
    "relative": "measure.rci@1",
    "wagstaff": "measure.rci.wagstaff@1",
    "erreygers": "measure.rci.erreygers@1",
}


def ridits(sets: Sets) -> Numbers:
    """Return each group's place from 0 to 1: the share of people worse off plus half its own share; NaN without a figure.

    Only groups with a figure make up the population.
    """
    weight = shares(sets)
    if sets.ranks is None:
        return np.full_like(weight, np.nan)
    order = np.where(sets.present, sets.ranks, np.inf).argsort(axis=1, kind="stable")
    sorted_weight = np.take_along_axis(weight, order, axis=1)
    middle = sorted_weight.cumsum(axis=1) - sorted_weight / 2
    places = np.empty_like(middle)
    np.put_along_axis(places, order, middle, axis=1)
    return np.where(sets.present, places, np.nan)


def refuse_for_rank(sets: Sets, *, force: bool) -> Reasons:
    """Return the reasons of the sets that no measure along an order can speak for."""
    reasons = Reasons(len(sets))
    refuse_unordered(sets, reasons)
    refuse_few(sets, reasons, every=True, force=force)
    refuse_unsized(sets, reasons)
    return reasons


def _bounded(sets: Sets, bounds: Sequence[float] | None, reasons: Reasons) -> Numbers:
    if bounds is None:
        return sets.estimates
    low, high = bounds
    figures = np.where(sets.present, sets.estimates, low)
    reasons.refuse(some((figures < low) | (figures > high)), Undefined.OUT_OF_SCALE)
    return (sets.estimates - low) / (high - low)


def concentration(
    sets: Sets,
    confidence: float = 0.95,
    *,
    kind: Kind = "absolute",
    bounds: tuple[float, float] | None = None,
    force: bool = False,
) -> Found:
    """Return a concentration index, above zero where what is counted gathers among the better off.

    ``absolute`` is 2Σp(y − μ)(r − r̄) in the unit of the figures, ``relative`` that over μ. With ``bounds``, the least
    and the most a figure can be, figures are first put on a scale from 0 to 1; Wagstaff's (relative/(1 − μ)) and
    Erreygers' (4μ·relative) corrections need them. The standard error is that of the slope in the least-squares line
    of 2s²y on r (s² the variance of r) with the populations as weights, on N − 2 degrees of freedom; the limits are normal.

    Raises:
        ValueError: The confidence is out of range, the bounds are the wrong way round, or a correction lacks them.
    """
    level = confidence_level(confidence)
    if bounds is None and kind in ("wagstaff", "erreygers"):
        raise ValueError("This correction needs the least and the most that a figure can be.")
    if bounds is not None and bounds[0] >= bounds[1]:
        raise ValueError("The upper bound must be above the lower one.")
    reasons = refuse_for_rank(sets, force=force)
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = _bounded(sets, bounds, reasons)
        mean = total(shares(sets) * figures, sets.present)
        if kind != "absolute":
            reasons.refuse(some(np.where(sets.present, figures, 0) < 0), Undefined.BELOW_ZERO)
            reasons.refuse(mean == 0, Undefined.ALL_ZERO)
        scale = _correction(kind, mean)
        if kind == "wagstaff":
            reasons.refuse(mean >= 1, Undefined.NO_VARIATION)
        value, error = _index(sets, figures * scale[:, None])
    return finish(value, error, reasons, method=_METHODS[kind], confidence=level, z=two_sided_z(level))


def _correction(kind: Kind, mean: Numbers) -> Numbers:
    """Return what the absolute index is multiplied with."""
    if kind == "absolute":
        return np.ones_like(mean)
    if kind == "relative":
        return 1 / mean
    return 1 / (mean * (1 - mean)) if kind == "wagstaff" else np.full_like(mean, 4.0)


def _index(sets: Sets, figures: Numbers) -> tuple[Numbers, Numbers]:
    """Return 2Σp(y − μ)(r − r̄) and the standard error of the regression that gives the same slope."""
    weight, places, present = shares(sets), ridits(sets), sets.present
    away = places - total(weight * places, present)[:, None]
    # The mean ridit of a whole population is ½ whatever its groups are.
    spread = total(weight * (places - 0.5) ** 2, present)
    centred = figures - total(weight * figures, present)[:, None]
    value = 2 * total(weight * centred * away, present)
    left = 2 * spread[:, None] * centred - value[:, None] * away
    free = present.sum(axis=1) - 2
    return value, np.sqrt(total(weight * left**2, present) / free / spread)
