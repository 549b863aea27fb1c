"""The difference and the ratio between the two groups of a set that its order, its reference group or its extremes name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amhe_tui.analysis.estimates.columns import Numbers, Reasons
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality.sets import (
    Found,
    Places,
    Sets,
    averages,
    broken_order,
    directions,
    ends,
    finish,
    group_errors,
    has_order,
    refuse_few,
    refuse_unsized,
    some,
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


@dataclass(frozen=True, slots=True)
class Pair:
    """For each set, the place of the group that stands first in the difference, and of the one taken from it."""

    first: Places
    second: Places


def compared_pair(sets: Sets, reasons: Reasons) -> Pair:
    """Return which two groups of each set are compared.

    Ordered groups: the best off less the worst off where a high figure is good, the other way round where it is bad.
    A reference group: it less the lowest of the others, or the highest of the others less it. Neither: the highest
    less the lowest, whatever the direction. Of groups that tie, the least sure one stands for all.
    """
    low: Numbers = np.where(sets.present, sets.estimates, np.inf)
    high: Numbers = np.where(sets.present, sets.estimates, -np.inf)
    errors = np.where(np.isnan(group_errors(sets)), np.inf, group_errors(sets))
    first, second = _least_sure(high, errors), _least_sure(-low, errors)
    good, has_direction = directions(sets) > 0, directions(sets) != 0
    every = np.arange(len(sets))
    if sets.reference is not None:
        by_reference = some(sets.reference)
        place = sets.reference.argmax(axis=1)
        lowest = _least_sure(np.where(sets.reference, -np.inf, -low), errors)
        highest = _least_sure(np.where(sets.reference, -np.inf, high), errors)
        first = np.where(by_reference, np.where(good, place, highest), first)
        second = np.where(by_reference, np.where(good, lowest, place), second)
    else:
        by_reference = np.zeros(len(sets), dtype=np.bool_)
    ordered = has_order(sets)
    if sets.ranks is not None:
        reasons.refuse(ordered & broken_order(np.where(sets.listed, sets.ranks, np.inf)), Undefined.ORDER_BROKEN)
        top, bottom = ends(sets, sets.ranks)
        first = np.where(ordered, np.where(good, top, bottom), first)
        second = np.where(ordered, np.where(good, bottom, top), second)
        reasons.refuse(ordered & ~(sets.present[every, top] & sets.present[every, bottom]), Undefined.GROUP_MISSING)
    if sets.reference is not None:
        place = sets.reference.argmax(axis=1)
        reasons.refuse(by_reference & ~ordered & ~sets.present[every, place], Undefined.NO_REFERENCE)
    reasons.refuse((ordered | by_reference) & ~has_direction, Undefined.NO_DIRECTION)
    return Pair(first, second)


def _least_sure(figures: Numbers, errors: Numbers) -> Places:
    """Return the place of each set's highest figure, of several the one with the largest standard error."""
    return np.where(figures == figures.max(axis=1, keepdims=True), errors, -1.0).argmax(axis=1)


def _taken(sets: Sets, pair: Pair) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    every, errors = np.arange(len(sets)), group_errors(sets)
    return (
        sets.estimates[every, pair.first],
        sets.estimates[every, pair.second],
        errors[every, pair.first],
        errors[every, pair.second],
    )


def _both(sets: Sets) -> tuple[Reasons, Pair]:
    reasons = Reasons(len(sets))
    refuse_few(sets, reasons, least=2, force=True)
    return reasons, compared_pair(sets, reasons)


def difference(sets: Sets, confidence: float = 0.95) -> Found:
    """Return the difference of each set's compared pair, in the unit of the figures, with normal limits from √(se₁² + se₂²).

    Which groups are compared, `compared_pair` says. A single group has no difference.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    reasons, pair = _both(sets)
    figure, other, error, other_error = _taken(sets, pair)
    spread = np.hypot(error, other_error)
    return finish(figure - other, spread, reasons, method="measure.d@1", confidence=level, z=two_sided_z(level))


def ratio(sets: Sets, confidence: float = 0.95) -> Found:
    """Return the ratio of each set's compared pair, with limits from the standard error of its logarithm (delta method).

    That error, √((se₁/y₁)² + (se₂/y₂)²), is the one given back. A figure of zero or below leaves no ratio, or no limits.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    reasons, pair = _both(sets)
    figure, other, error, other_error = _taken(sets, pair)
    reasons.refuse((figure < 0) | (other < 0), Undefined.NOT_POSITIVE)
    reasons.refuse((figure == 0) & (other == 0), Undefined.NONE_EITHER)
    reasons.refuse(other == 0, Undefined.NONE_COMPARED)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.hypot(error / figure, other_error / other)
        spread[~np.isfinite(spread)] = np.nan
        return finish(
            figure / other,
            spread,
            reasons,
            method="measure.r@1",
            confidence=level,
            z=two_sided_z(level),
            neutral=1,
            logarithmic=True,
        )
