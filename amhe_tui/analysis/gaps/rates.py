"""Differences and ratios of two rates from their events and populations: people or events, where one person can have several."""

from __future__ import annotations

import math

from amhe_tui.analysis.estimates.intervals import clopper_pearson_limits, confidence_level, count_limits, two_sided_z
from amhe_tui.analysis.estimates.results import Gap, Undefined

EXACT_BELOW = 10
"""Below this many events in either group the limits of a ratio are exact."""


def _check(*numbers: float) -> None:
    if any(not math.isfinite(number) or number < 0 for number in numbers):
        raise ValueError("A count of events or people must be a finite number not below zero.")


def rate_difference(
    events: float,
    population: float,
    other: float,
    other_population: float,
    *,
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> Gap:
    """Return the one rate less the other, per ``multiplier``, with limits put together from those of each rate (Zou and Donner 2008).

    The limits of each rate are those of `intervals.rate`. A population of nobody gives no number but a reason.

    Raises:
        ValueError: A number is below 0 or not finite, or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "gap.rate_difference.combined@1"
    _check(events, population, other, other_population)
    if population == 0 or other_population == 0:
        return Gap(None, None, None, 0, method, level, Undefined.NO_PEOPLE)
    scale, other_scale = multiplier / population, multiplier / other_population
    low, high, _ = count_limits(events, level)
    other_low, other_high, _ = count_limits(other, level)
    gap = events * scale - other * other_scale
    lower = gap - math.hypot((events - low) * scale, (other_high - other) * other_scale)
    upper = gap + math.hypot((high - events) * scale, (other - other_low) * other_scale)
    return Gap(gap, lower, upper, 0, method, level)


def rate_ratio(
    events: float, population: float, other: float, other_population: float, *, confidence: float = 0.95
) -> Gap:
    """Return the one rate over the other.

    From ten events on in both groups the limits are normal on the logarithm, with standard error √(1/events + 1/other);
    below, they are exact: of all the events, the share that fell in the first group has Clopper and Pearson's limits.
    Where ``other`` is 0 there is no ratio but a lower limit, and the upper one is infinite; where both are 0 there is
    nothing but a reason.

    Raises:
        ValueError: A number is below 0 or not finite, or the confidence is out of range.
    """
    level = confidence_level(confidence)
    _check(events, population, other, other_population)
    exact = min(events, other) < EXACT_BELOW
    method = f"gap.rate_ratio.{'exact' if exact else 'log'}@1"
    if population == 0 or other_population == 0:
        return Gap(None, None, None, 1, method, level, Undefined.NO_PEOPLE)
    if events == other == 0:
        return Gap(None, None, None, 1, method, level, Undefined.NONE_EITHER)
    people = other_population / population
    if exact:
        low, high = clopper_pearson_limits(events, events + other, level)
        upper = math.inf if high == 1 else high / (1 - high) * people
        lower = low / (1 - low) * people
    else:
        factor = math.exp(two_sided_z(level) * math.sqrt(1 / events + 1 / other))
        lower, upper = events / other * people / factor, events / other * people * factor
    if other == 0:
        return Gap(None, lower, upper, 1, method, level, Undefined.NONE_COMPARED)
    return Gap(events / other * people, lower, upper, 1, method, level)
