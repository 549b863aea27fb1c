"""How much better a population's average would be if every group did as well as the best one."""

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
    broken_order,
    directions,
    ends,
    finish,
    has_order,
    refuse_few,
    refuse_unsized,
)


def scales(sets: Sets) -> Numbers:
    """Return each set's scale: the one given, or else the least of 1, 100, 1,000, 10,000 … that no figure is above."""
    most = np.where(sets.present, sets.estimates, 0).max(axis=1, initial=0)
    with np.errstate(divide="ignore"):
        power: Numbers = 10.0 ** np.ceil(np.log10(np.maximum(most, 1)))
    # A logarithm can fall a hair short of a whole power of ten.
    power = np.where(power < most, power * 10, power)
    guessed = np.where(most <= 1, 1.0, np.maximum(power, 100.0))
    return guessed if sets.scale is None else np.where(np.isnan(sets.scale), guessed, sets.scale)


def _best(sets: Sets, reasons: Reasons) -> tuple[Numbers, Numbers]:
    """Return the figure of the group to reach, and how many people stand in it.

    In ordered groups it is the best off; elsewhere the one with the best figure, of several the one of most people.
    """
    good = directions(sets) > 0
    reasons.refuse(directions(sets) == 0, Undefined.NO_DIRECTION)
    figures: Numbers = np.where(sets.present, sets.estimates * np.where(good, 1, -1)[:, None], -np.inf)
    sizes = np.zeros_like(figures) if sets.populations is None else sets.populations
    place = np.where(figures == figures.max(axis=1, keepdims=True), sizes, -1.0).argmax(axis=1)
    if sets.ranks is not None:
        ordered = has_order(sets)
        reasons.refuse(ordered & broken_order(np.where(sets.listed, sets.ranks, np.inf)), Undefined.ORDER_BROKEN)
        top, _ = ends(sets, sets.ranks)
        place = np.where(ordered, top, place)
    every = np.arange(len(sets))
    people = np.full(len(sets), np.nan) if sets.populations is None else sets.populations[every, place]
    return sets.estimates[every, place], people


def _fraction_error(sets: Sets, best: Numbers, people: Numbers, mean: Numbers) -> Numbers:
    """Return the standard error of the attributable fraction from the two-by-two table of the group to reach and the others."""
    scale = scales(sets)
    if sets.populations is None:
        return np.full(len(sets), np.nan)
    everyone = np.where(sets.present, sets.populations, 0).sum(axis=1)
    reached = best / scale * people
    not_reached = people - reached
    others = mean / scale * everyone - reached
    not_others = everyone - others - people
    inside = reached * everyone * (others * not_reached * (everyone - reached) + not_others * reached**2)
    inside /= (others + reached) ** 3 * people**3
    return np.sqrt(np.where(inside > -1e-12, np.maximum(inside, 0), np.nan))


def _found(sets: Sets, *, relative: bool, confidence: float, force: bool) -> Found:
    level = confidence_level(confidence)
    reasons = Reasons(len(sets))
    refuse_few(sets, reasons, every=True, force=force)
    averaged = np.zeros(len(sets), dtype=np.bool_) if sets.average is None else ~np.isnan(sets.average)
    sized = Reasons(len(sets))
    refuse_unsized(sets, sized)
    reasons.take(sized, ~averaged)
    with np.errstate(divide="ignore", invalid="ignore"):
        best, people = _best(sets, reasons)
        reasons.refuse(np.isnan(best), Undefined.GROUP_MISSING)
        mean = averages(sets)
        away = best - mean
        # Where the group to reach does worse than the average, nothing is to be gained by doing as it does.
        values = np.where(away * directions(sets) < 0, 0.0, away)
        error = _fraction_error(sets, best, people, mean)
        if relative:
            reasons.refuse(mean == 0, Undefined.ALL_ZERO)
            reasons.refuse(mean < 0, Undefined.BELOW_ZERO)
            values, error = 100 * values / mean, 100 * error
        else:
            error = mean * error
    method = "measure.paf@1" if relative else "measure.par@1"
    return finish(values, error, reasons, method=method, confidence=level, z=two_sided_z(level))


def attributable_risk(sets: Sets, confidence: float = 0.95, *, force: bool = False) -> Found:
    """Return the best group's figure less the average, in the unit of the figures, with normal limits; never on the wrong side of 0.

    The best group is the best off of ordered groups, and elsewhere the one with the best figure. Where a high figure is
    bad the number is below zero: so much could be avoided. The standard error is that of the attributable fraction of a
    two-by-two table (figures as shares of their scale) times the average; without sizes there is none.

    Raises:
        ValueError: The confidence is out of range.
    """
    return _found(sets, relative=False, confidence=confidence, force=force)


def attributable_fraction(sets: Sets, confidence: float = 0.95, *, force: bool = False) -> Found:
    """Return `attributable_risk` as a percentage of the average, its standard error and limits in percent too.

    Raises:
        ValueError: The confidence is out of range.
    """
    return _found(sets, relative=True, confidence=confidence, force=force)
