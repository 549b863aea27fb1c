"""A proportion, a rate and a mean, each with its confidence limits and the id of the method that made it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

from amhe_tui.analysis.estimates.distributions import (
    beta_quantile,
    chi_square_quantile,
    chi_square_tail,
    normal_quantile,
    t_quantile,
)
from amhe_tui.analysis.estimates.results import Estimate, Undefined

_HALVINGS = 200


def _difference_under(
    count: float, total: float, other: float, other_total: float, delta: float
) -> tuple[float, float]:
    """Return the maximum-likelihood proportions whose difference is ``delta``."""
    everyone, events = total + other_total, count + other
    cubic = everyone
    square = (total + 2 * other_total) * delta - everyone - events
    linear = (other_total * delta - everyone - 2 * other) * delta + events
    constant = other * delta * (1 - delta)
    shift = square / (3 * cubic)
    q = shift**3 - square * linear / (6 * cubic**2) + constant / (2 * cubic)
    p = math.copysign(math.sqrt(max(0.0, shift**2 - linear / (3 * cubic))), q)
    cosine = q / p**3 if p else 0.0
    angle = (math.pi + math.acos(min(1.0, max(-1.0, cosine)))) / 3
    second = 2 * p * math.cos(angle) - shift
    second = min(max(second, max(0.0, -delta)), min(1.0, 1 - delta))
    return min(1.0, max(0.0, second + delta)), second


def _difference_score(count: float, total: float, other: float, other_total: float, delta: float) -> float:
    first, second = _difference_under(count, total, other, other_total, delta)
    everyone = total + other_total
    variance = (first * (1 - first) / total + second * (1 - second) / other_total) * everyone / (everyone - 1)
    gap = count / total - other / other_total - delta
    return _standardised(gap, variance)


def _ratio_under(count: float, total: float, other: float, other_total: float, ratio: float) -> tuple[float, float]:
    """Return the maximum-likelihood proportions whose ratio is ``ratio``."""
    square = (total + other_total) * ratio
    linear = -(total * ratio + count + other_total + other * ratio)
    constant = count + other
    root = math.sqrt(max(0.0, linear * linear - 4 * square * constant))
    # The smaller root, written so that two nearly equal numbers are not subtracted.
    second = min(2 * constant / (-linear + root), 1.0, 1 / ratio)
    return min(1.0, second * ratio), second


def _ratio_score(count: float, total: float, other: float, other_total: float, ratio: float) -> float:
    first, second = _ratio_under(count, total, other, other_total, ratio)
    everyone = total + other_total
    variance = (
        (first * (1 - first) / total + ratio**2 * second * (1 - second) / other_total) * everyone / (everyone - 1)
    )
    return _standardised(count / total - ratio * other / other_total, variance)


def _standardised(gap: float, variance: float) -> float:
    if variance > 0:
        return gap / math.sqrt(variance)
    return 0.0 if abs(gap) < 1e-12 else math.copysign(math.inf, gap)


def _crossing(score: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Return where the falling function ``score`` passes ``level`` in a bracket, or the end it does not reach."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if score(middle) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def difference_limits(count: float, total: float, other: float, other_total: float, z: float) -> tuple[float, float]:
    """Return the score limits of count/total − other/other_total at the normal quantile ``z``, both totals above 0."""
    estimate = count / total - other / other_total

    def score(delta: float) -> float:
        return _difference_score(count, total, other, other_total, delta)

    lower = -1.0 if estimate == -1 else _crossing(score, z, -1.0, estimate)
    upper = 1.0 if estimate == 1 else _crossing(score, -z, estimate, 1.0)
    return lower, upper


def ratio_limits(count: float, total: float, other: float, other_total: float, z: float) -> tuple[float, float]:
    """Return the score limits of (count/total)/(other/other_total) at ``z``; not both counts are 0.

    The lower limit is 0 where ``count`` is 0, and the upper infinite where ``other`` is 0.
    """

    def score(logarithm: float) -> float:
        return _ratio_score(count, total, other, other_total, math.exp(logarithm))

    # Beyond these ends no ratio of two proportions of so many people can be told from nothing.
    low, high = -60.0, 60.0
    lower = 0.0 if count == 0 else math.exp(_crossing(score, z, low, high))
    upper = math.inf if other == 0 else math.exp(_crossing(score, -z, low, high))
    return lower, upper


def _log_choose(total: int, chosen: int) -> float:
    return math.lgamma(total + 1) - math.lgamma(chosen + 1) - math.lgamma(total - chosen + 1)


def fisher_exact(count: int, total: int, other: int, other_total: int) -> float:
    """Return the two-sided p-value of Fisher's exact test: the chance of every table no likelier than this one.

    Raises:
        ValueError: A count is not between 0 and its total.
    """
    if not (0 <= count <= total and 0 <= other <= other_total):
        raise ValueError("A count must lie between zero and its total.")
    events, everyone = count + other, total + other_total
    whole = _log_choose(everyone, events)

    def log_chance(first: int) -> float:
        return _log_choose(total, first) + _log_choose(other_total, events - first) - whole

    observed = log_chance(count)
    possible = range(max(0, events - other_total), min(events, total) + 1)
    # Tables that are equally likely differ in their last digits only.
    chances = [chance for chance in map(log_chance, possible) if chance <= observed + 1e-7]
    return min(1.0, math.fsum(map(math.exp, chances)))


def chi_square_two_proportions(count: float, total: float, other: float, other_total: float) -> float | None:
    """Return the p-value of the uncorrected chi-square test, None where a row or column of the table is empty."""
    events, everyone = count + other, total + other_total
    if not 0 < events < everyone or total <= 0 or other_total <= 0:
        return None
    cross = count * (other_total - other) - other * (total - count)
    statistic = everyone * cross**2 / (total * other_total * events * (everyone - events))
    return chi_square_tail(statistic, 1)


def confidence_level(confidence: float) -> float:
    """Return a confidence level as a fraction from a fraction in [0.9, 1) or a percentage in [90, 100).

    Raises:
        ValueError: The level is outside both.
    """
    if 0.9 <= confidence < 1:
        return confidence
    if 90 <= confidence < 100:
        return confidence / 100
    raise ValueError(f"A confidence level must be at least 90 % and below 100 %, not {confidence}.")


def two_sided_z(confidence: float) -> float:
    """Return the normal quantile that leaves half of 1 − ``confidence`` above it."""
    return normal_quantile(1 - (1 - confidence_level(confidence)) / 2)


def _finite(**figures: float | None) -> None:
    for name, figure in figures.items():
        if figure is not None and not math.isfinite(figure):
            raise ValueError(f"The {name} must be a finite number, not {figure}.")


def _check_proportion(count: float, total: float) -> None:
    _finite(count=count, total=total)
    if count < 0 or total < 0:
        raise ValueError("A count of people cannot be below zero.")
    if count > total:
        raise ValueError(f"The count ({count:g}) cannot be above the total it is a part of ({total:g}).")


def wilson_limits(count: float, total: float, z: float) -> tuple[float, float]:
    """Return the Wilson (1927) score limits of ``count`` out of ``total`` at the normal quantile ``z``.

    They are fractions, without continuity correction.

    Raises:
        ValueError: The count is below 0 or above the total, or the total is not above 0.
    """
    _check_proportion(count, total)
    if total == 0:
        raise ValueError("A proportion of nobody does not exist.")
    centre, half = 2 * count + z * z, z * math.sqrt(z * z + 4 * count * (1 - count / total))
    scale = 2 * (total + z * z)
    # Exact at the ends, where rounding would leave a trace of a limit beyond what is possible.
    lower = 0.0 if count == 0 else (centre - half) / scale
    upper = 1.0 if count == total else (centre + half) / scale
    return lower, upper


def proportion(
    count: float | None, total: float | None, *, confidence: float = 0.95, multiplier: float = 1
) -> Estimate:
    """Return ``count`` out of ``total`` people, times ``multiplier``, with Wilson (1927) score limits.

    A missing figure and a total of zero give an estimate without numbers and with its reason.

    Raises:
        ValueError: The count is below 0 or above the total, or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "proportion.wilson@1"
    _finite(multiplier=multiplier)
    if count is None or total is None:
        return Estimate(None, None, None, method, level, Undefined.MISSING)
    _check_proportion(count, total)
    if total == 0:
        return Estimate(None, None, None, method, level, Undefined.NO_PEOPLE)
    lower, upper = wilson_limits(count, total, two_sided_z(level))
    return Estimate(count / total * multiplier, lower * multiplier, upper * multiplier, method, level)


def agresti_coull_limits(count: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Agresti–Coull (1998) limits of a proportion, fractions cut to [0, 1]."""
    _check_proportion(count, total)
    z = two_sided_z(confidence)
    adjusted = total + z * z
    centre = (count + z * z / 2) / adjusted
    half = z * math.sqrt(centre * (1 - centre) / adjusted)
    return max(0.0, centre - half), min(1.0, centre + half)


def clopper_pearson_limits(count: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Clopper and Pearson 1934) limits of a proportion, fractions."""
    _check_proportion(count, total)
    tail = (1 - confidence_level(confidence)) / 2
    lower = 0.0 if count == 0 else beta_quantile(tail, count, total - count + 1)
    upper = 1.0 if count == total else beta_quantile(1 - tail, count + 1, total - count)
    return lower, upper


def jeffreys_limits(count: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Jeffreys limits of a proportion, fractions, also at the ends: quantiles under a Beta(½, ½) prior."""
    _check_proportion(count, total)
    tail = (1 - confidence_level(confidence)) / 2
    a, b = count + 0.5, total - count + 0.5
    return beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b)


def byar_limits(count: float, confidence: float = 0.95) -> tuple[float | None, float]:
    """Return Byar's limits of a count of events (Breslow and Day 1987).

    The lower one is None where it does not exist or falls below zero.

    Raises:
        ValueError: The count is below 0 or the confidence is out of range.
    """
    z = two_sided_z(confidence)
    _finite(count=count)
    if count < 0:
        raise ValueError("A count of events cannot be below zero.")
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    if count == 0:
        return None, upper
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    return (lower if lower >= 0 else None), upper


def exact_poisson_limits(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact Poisson limits of a count of events (Garwood 1936), by way of the chi-square distribution.

    Raises:
        ValueError: The count is below 0 or the confidence is out of range.
    """
    _finite(count=count)
    if count < 0:
        raise ValueError("A count of events cannot be below zero.")
    tail = (1 - confidence_level(confidence)) / 2
    lower = 0.0 if count == 0 else chi_square_quantile(tail, 2 * count) / 2
    return lower, chi_square_quantile(1 - tail, 2 * count + 2) / 2


def count_limits(count: float, confidence: float = 0.95) -> tuple[float, float, str]:
    """Return the limits of a count of events and which formula made them, by the rule of UKHSA.

    They are "exact" Poisson limits below 10 and "byar" ones from 10 on.

    Raises:
        ValueError: The count is below 0 or the confidence is out of range.
    """
    if count < 10:
        return *exact_poisson_limits(count, confidence), "exact"
    lower, upper = byar_limits(count, confidence)
    return lower or 0.0, upper, "byar"


def rate(
    count: float | None, population: float | None, *, confidence: float = 0.95, multiplier: float = 100_000
) -> Estimate:
    """Return ``count`` events over a ``population``, times ``multiplier``, with limits as in `count_limits`.

    The count may be above the population, since one person can have several events. A missing figure and a population
    of zero give no number but a reason.

    Raises:
        ValueError: The count or the population is below 0, or the confidence is out of range.
    """
    level = confidence_level(confidence)
    method = "rate.exact@1" if count is not None and count < 10 else "rate.byar@1"
    _finite(count=count, population=population, multiplier=multiplier)
    if (count is not None and count < 0) or (population is not None and population < 0):
        raise ValueError("A count of events or people cannot be below zero.")
    if count is None or population is None:
        return Estimate(None, None, None, method, level, Undefined.MISSING)
    if population == 0:
        return Estimate(None, None, None, method, level, Undefined.NO_PEOPLE)
    lower, upper, _ = count_limits(count, level)
    scale = multiplier / population
    return Estimate(count * scale, lower * scale, upper * scale, method, level)


def standard_deviation(values: Sequence[float]) -> float | None:
    """Return the sample standard deviation (divisor n − 1) of ``values``, or None for fewer than two."""
    return statistics.stdev(values) if len(values) > 1 else None


def mean(values: Sequence[float | None], *, confidence: float = 0.95, multiplier: float = 1) -> Estimate:
    """Return the mean of ``values`` with Student's t limits from the sample standard deviation, times ``multiplier``.

    No values, and a missing one among them, give no number but a reason; a single value gives a mean without limits.

    Raises:
        ValueError: A value is not finite or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "mean.t@1"
    if not values:
        return Estimate(None, None, None, method, level, Undefined.NO_VALUES)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Estimate(None, None, None, method, level, Undefined.MISSING)
    if not all(math.isfinite(value) for value in known):
        raise ValueError("Every value must be a finite number.")
    centre = statistics.fmean(known)
    spread = standard_deviation(known)
    if spread is None:
        return Estimate(centre * multiplier, None, None, method, level, Undefined.ONE_VALUE)
    half = t_quantile(1 - (1 - level) / 2, len(known) - 1) * spread / math.sqrt(len(known))
    return Estimate(centre * multiplier, (centre - half) * multiplier, (centre + half) * multiplier, method, level)


def implied_population(events: float, rate: float, *, multiplier: float = 100_000) -> float | None:
    """Return the population that a published number of events and crude rate (per ``multiplier``) must have had, None where there were no events.

    Raises:
        ValueError: A number is below 0 or not finite, or there are events without a rate.
    """
    if not (math.isfinite(events) and math.isfinite(rate)) or events < 0 or rate < 0:
        raise ValueError("Events and a rate must be finite numbers not below zero.")
    if events == 0:
        return None
    if rate == 0:
        raise ValueError("There are events, so their rate cannot be zero.")
    return events / rate * multiplier
