"""The difference and the ratio between the two groups of a set that its order, its reference group or its extremes name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amhe_tui.analysis.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.results import Undefined
from amhe_tui.analysis.summary_sets import (
    Found,
    Numbers,
    Places,
    Reasons,
    Sets,
    broken_order,
    directions,
    ends,
    finish,
    group_errors,
    has_order,
    refuse_few,
    some,
)


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
    good, said = directions(sets) > 0, directions(sets) != 0
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
    reasons.refuse((ordered | by_reference) & ~said, Undefined.NO_DIRECTION)
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
    one, other, error, other_error = _taken(sets, pair)
    spread = np.hypot(error, other_error)
    return finish(one - other, spread, reasons, method="measure.d@1", confidence=level, z=two_sided_z(level))


def ratio(sets: Sets, confidence: float = 0.95) -> Found:
    """Return the ratio of each set's compared pair, with limits from the standard error of its logarithm (delta method).

    That error, √((se₁/y₁)² + (se₂/y₂)²), is the one given back. A figure of zero or below leaves no ratio, or no limits.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    reasons, pair = _both(sets)
    one, other, error, other_error = _taken(sets, pair)
    reasons.refuse((one < 0) | (other < 0), Undefined.NOT_POSITIVE)
    reasons.refuse((one == 0) & (other == 0), Undefined.NONE_EITHER)
    reasons.refuse(other == 0, Undefined.NONE_COMPARED)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.hypot(error / one, other_error / other)
        spread[~np.isfinite(spread)] = np.nan
        return finish(
            one / other,
            spread,
            reasons,
            method="measure.r@1",
            confidence=level,
            z=two_sided_z(level),
            neutral=1,
            logarithmic=True,
        )
