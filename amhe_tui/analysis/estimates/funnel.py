"""Funnel limits: how far a place's figure can be from the average by chance alone, given its size; and which places are further."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.estimates.distributions import normal_quantile
from amhe_tui.analysis.estimates.intervals import byar_limits, exact_poisson_limits, wilson_limits
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.method.choices import Choice

TWO_SIGMA = 0.95


THREE_SIGMA = 0.998


_POINTS = 100


class Standing(Choice):
    """Where a place stands against the limits; ``label`` is the field's wording with the chance of being there by luck."""

    LOW_FAR = "low_far", "Low (0.001)"
    LOW = "low", "Low (0.025)"
    WITHIN = "within", "Not significant"
    HIGH = "high", "High (0.025)"
    HIGH_FAR = "high_far", "High (0.001)"


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """The limits for a place of ``population`` people, in the unit of the multiplier: ``lower`` and ``upper`` at 95 %, ``lower_far`` and ``upper_far`` at 99.8 %."""

    population: float
    lower: float
    upper: float
    lower_far: float
    upper_far: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """The average of all places, the limits over a row of sizes, and each place's standing (None where it has no people or no figure)."""

    baseline: float | None
    limits: tuple[FunnelPoint, ...]
    standings: tuple[Standing | None, ...]
    method: str
    reason: Undefined | None = None


def funnel_sizes(largest: float) -> list[int]:
    """Return a hundred sizes from one person to a little above the ``largest`` place, close at first and then ever wider.

    The last is 5 % above the largest, rounded up in its second digit; between, each size is a whole number at least one
    above the one before, spaced evenly on a logarithmic axis over what is left.

    Raises:
        ValueError: The largest is not above 0.
    """
    if largest <= 0:
        raise ValueError("A funnel needs at least one place with people.")
    above = 1.05 * largest
    unit = 10 ** max(0, math.floor(math.log10(above)) - 1)
    last = max(math.ceil(above / unit) * unit, _POINTS)
    sizes = [1]
    for left in range(_POINTS - 1, 0, -1):
        step = sizes[-1] * (last / sizes[-1]) ** (1 / left)
        sizes.append(max(round(step), sizes[-1] + 1))
    return sizes


def _check(numerators: Sequence[float | None], denominators: Sequence[float | None]) -> list[tuple[float, float]]:
    if len(numerators) != len(denominators):
        raise ValueError("Every place needs a numerator and a denominator.")
    known: list[tuple[float, float]] = []
    for count, total in zip(numerators, denominators, strict=True):
        if count is None or total is None:
            continue
        if not (math.isfinite(count) and math.isfinite(total)) or count < 0 or total < 0:
            raise ValueError("A count must be a finite number not below zero.")
        if total > 0:
            known.append((count, total))
    return known


def _together(known: Sequence[tuple[float, float]]) -> float:
    return math.fsum(count for count, _ in known) / math.fsum(total for _, total in known)


def proportion_limits(baseline: float, population: float, confidence: float) -> tuple[float, float]:
    """Return the normal limits of a proportion (a fraction) of ``population`` people around the ``baseline``, cut to [0, 1]."""
    half = _z(confidence) * math.sqrt(baseline * (1 - baseline) / population)
    return max(0.0, baseline - half), min(1.0, baseline + half)


def _z(confidence: float) -> float:
    return normal_quantile((1 + confidence) / 2)


def funnel_of_proportions(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    *,
    multiplier: float = 100,
    around: float | None = None,
) -> Funnel:
    """Return the funnel of proportions, times ``multiplier``, around that of all places together, or ``around`` a fraction from elsewhere, such as that of the country.

    The limits are normal around the average. A place stands outside where the Wilson limits of its own proportion leave
    out the average, which is the same test.

    Raises:
        ValueError: The lists differ in length, a count is below 0, a numerator is above its denominator, or what it is to be around is no fraction.
    """
    known = _check(numerators, denominators)
    if any(count > total for count, total in known):
        raise ValueError("A count cannot be above the total it is a part of.")
    if around is not None and not 0 <= around <= 1:
        raise ValueError("A funnel of proportions is around a fraction from 0 to 1.")
    method = "funnel.proportion@1"
    if not known:
        return Funnel(None, (), (None,) * len(numerators), method, Undefined.NO_PEOPLE)
    baseline = _together(known) if around is None else around

    def standing(count: float | None, total: float | None) -> Standing | None:
        if count is None or not total:
            return None
        near, far = (wilson_limits(count, total, _z(level)) for level in (TWO_SIGMA, THREE_SIGMA))
        return _standing(baseline, near, far)

    limits = tuple(
        point_of_proportions(size, baseline, multiplier) for size in funnel_sizes(max(total for _, total in known))
    )
    standings = tuple(standing(count, total) for count, total in zip(numerators, denominators, strict=True))
    return Funnel(baseline * multiplier, limits, standings, method)


def point_of_proportions(size: float, baseline: float, multiplier: float) -> FunnelPoint:
    """Return the limits for one place of so many people, around a ``baseline`` that is a fraction."""
    near, far = (proportion_limits(baseline, size, level) for level in (TWO_SIGMA, THREE_SIGMA))
    return FunnelPoint(size, *(limit * multiplier for limit in (*near, *far)))


def _standing(baseline: float, near: tuple[float, float], far: tuple[float, float]) -> Standing:
    if baseline < far[0]:
        return Standing.HIGH_FAR
    if baseline > far[1]:
        return Standing.LOW_FAR
    if baseline < near[0]:
        return Standing.HIGH
    return Standing.LOW if baseline > near[1] else Standing.WITHIN


def _count_range(expected: float, confidence: float) -> tuple[float, float]:
    """Return the limits of a count around what is expected: Byar's from ten on, exact Poisson below, as for a count itself."""
    lower, upper = (byar_limits if expected >= 10 else exact_poisson_limits)(expected, confidence)
    return lower or 0.0, upper


def funnel_of_rates(
    counts: Sequence[float | None],
    populations: Sequence[float | None],
    *,
    multiplier: float = 100_000,
    around: float | None = None,
) -> Funnel:
    """Return the funnel of rates, times ``multiplier``, around that of all places together, or ``around`` a rate for one person from elsewhere.

    The limits are those of a count as large as the one expected (Byar's, or exact ones below ten). A place stands outside
    where the limits of its own count leave out the number expected.

    Raises:
        ValueError: The lists differ in length, or a count or what it is to be around is below 0.
    """
    known, method = _check(counts, populations), "funnel.rate@1"
    if around is not None and not (math.isfinite(around) and around >= 0):
        raise ValueError("A funnel of rates is around a rate that is not below 0.")
    if not known:
        return Funnel(None, (), (None,) * len(counts), method, Undefined.NO_PEOPLE)
    baseline = _together(known) if around is None else around

    def standing(count: float | None, total: float | None) -> Standing | None:
        if count is None or not total:
            return None
        return _standing(baseline * total, _count_range(count, TWO_SIGMA), _count_range(count, THREE_SIGMA))

    limits = [point_of_rates(size, baseline, multiplier) for size in funnel_sizes(max(total for _, total in known))]
    standings = tuple(standing(count, total) for count, total in zip(counts, populations, strict=True))
    return Funnel(baseline * multiplier, tuple(limits), standings, method)


def point_of_rates(size: float, baseline: float, multiplier: float) -> FunnelPoint:
    """Return the limits for one place of so many people, around a ``baseline`` that is a rate for one person."""
    ranges = (*_count_range(baseline * size, TWO_SIGMA), *_count_range(baseline * size, THREE_SIGMA))
    return FunnelPoint(size, *(limit / size * multiplier for limit in ranges))
