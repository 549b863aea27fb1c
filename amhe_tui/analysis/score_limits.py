"""Score limits of the difference and the ratio of two proportions (Miettinen and Nurminen 1985).

Each limit is the value at which the score statistic, with the two proportions estimated under that value (closed forms
of the paper's appendix) and its variance enlarged by N/(N − 1), reaches the normal quantile. The statistic falls as the
value rises, so halving a bracket cannot miss, sparse tables included.
"""

from __future__ import annotations

import math
from collections.abc import Callable

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
