"""Quantiles and tails of the normal, chi-square, beta and t distributions, with the standard library alone.

The incomplete gamma and beta functions are evaluated by their power series or continued fraction, whichever converges
at the point asked for (Abramowitz and Stegun 1964, 6.5.29, 6.5.31, 26.5.8); quantiles are found by Newton steps kept
inside a bracket. Relative error is below 1e-10.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Any


def competition_ranks(keys: Sequence[Any]) -> list[int]:
    """Return the rank of each of ``keys``, the greatest first, equal keys sharing the better rank (1, 2, 2, 4)."""
    position: dict[Any, int] = {}
    for index, key in enumerate(sorted(keys, reverse=True), start=1):
        position.setdefault(key, index)
    return [position[key] for key in keys]


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996)."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


_STEPS = 10_000


_CLOSE = 1e-16


_TINY = 1e-300


def normal_quantile(probability: float) -> float:
    """Return the standard normal quantile of a ``probability`` strictly between 0 and 1.

    Raises:
        ValueError: The probability is not strictly between 0 and 1.
    """
    if not 0 < probability < 1:
        raise ValueError(f"A probability must lie strictly between 0 and 1, not {probability}.")
    return NormalDist().inv_cdf(probability)


def _continued_fraction(term: Callable[[int], tuple[float, float]]) -> float:
    """Evaluate a1/(b1 + a2/(b2 + …)) by the modified Lentz method, where ``term(i)`` gives (a_i, b_i) from i = 1."""
    value, ahead, behind = _TINY, _TINY, 0.0
    for step in range(1, _STEPS):
        above, below = term(step)
        behind = 1 / ((below + above * behind) or _TINY)
        ahead = (below + above / ahead) or _TINY
        change = ahead * behind
        value *= change
        if abs(change - 1) < _CLOSE:
            break
    return value


def _gamma_series(shape: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function by its power series, good where x < shape + 1."""
    term = total = 1 / shape
    for step in range(1, _STEPS):
        term *= x / (shape + step)
        total += term
        if term < total * _CLOSE:
            break
    return total * math.exp(-x + shape * math.log(x) - math.lgamma(shape))


def _gamma_fraction(shape: float, x: float) -> float:
    """Return the regularised upper incomplete gamma function by its continued fraction, good where x ≥ shape + 1."""

    def term(step: int) -> tuple[float, float]:
        above = 1.0 if step == 1 else -(step - 1) * (step - 1 - shape)
        return above, x + 2 * step - 1 - shape

    return math.exp(-x + shape * math.log(x) - math.lgamma(shape)) * _continued_fraction(term)


def gamma_lower(shape: float, x: float) -> float:
    """Return P(shape, x), the probability that a gamma variable of this ``shape`` and scale 1 is at most ``x``."""
    if shape <= 0 or x < 0:
        raise ValueError("A gamma probability needs a shape above 0 and a point not below 0.")
    if x == 0:
        return 0.0
    return _gamma_series(shape, x) if x < shape + 1 else 1 - _gamma_fraction(shape, x)


def gamma_upper(shape: float, x: float) -> float:
    """Return Q(shape, x) = 1 − P(shape, x), without losing the digits of a small tail."""
    if shape <= 0 or x < 0:
        raise ValueError("A gamma probability needs a shape above 0 and a point not below 0.")
    if x == 0:
        return 1.0
    return 1 - _gamma_series(shape, x) if x < shape + 1 else _gamma_fraction(shape, x)


def _solve(
    error: Callable[[float], float], slope: Callable[[float], float], low: float, high: float, start: float
) -> float:
    """Return the zero of an increasing function in a bracket: Newton steps, or halving where one would leave it."""
    x = min(max(start, low), high)
    for _ in range(400):
        gap = error(x)
        if gap == 0:
            return x
        low, high = (x, high) if gap < 0 else (low, x)
        steep = slope(x)
        proposed = x - gap / steep if steep > 0 else math.nan
        following = proposed if low < proposed < high else (low + high) / 2
        if abs(following - x) <= 1e-15 * abs(following):
            return following
        x = following
    return x


@lru_cache(maxsize=4096)
def chi_square_quantile(probability: float, degrees_of_freedom: float) -> float:
    """Return the chi-square quantile of a ``probability`` in [0, 1) with ``degrees_of_freedom`` above 0.

    Raises:
        ValueError: The probability or the degrees of freedom are out of range.
    """
    if not 0 <= probability < 1 or degrees_of_freedom <= 0:
        raise ValueError("A chi-square quantile needs a probability in [0, 1) and degrees of freedom above 0.")
    if probability == 0:
        return 0.0
    shape = degrees_of_freedom / 2
    high = shape + 10.0
    while gamma_lower(shape, high) < probability:
        high *= 2

    # The smaller tail is the one that keeps its digits.
    def error(x: float) -> float:
        if probability < 0.5:
            return gamma_lower(shape, x) - probability
        return (1 - probability) - gamma_upper(shape, x)

    spread = normal_quantile(probability) / (3 * math.sqrt(shape))
    guess = shape * (1 - 1 / (9 * shape) + spread) ** 3
    if guess <= 0:
        guess = math.exp((math.log(probability) + math.lgamma(shape + 1)) / shape)
    return 2 * _solve(error, lambda x: _gamma_density(shape, x), 0.0, high, guess)


def _gamma_density(shape: float, x: float) -> float:
    if x <= 0:
        return 0.0
    # Next to nothing the density of a small shape is larger than any number; the solver then halves its bracket.
    log = (shape - 1) * math.log(x) - x - math.lgamma(shape)
    return math.exp(log) if log < _LARGEST_LOG else math.inf


_LARGEST_LOG = 709.0


def chi_square_tail(value: float, degrees_of_freedom: float) -> float:
    """Return the probability that a chi-square variable is above ``value`` (not below 0)."""
    return gamma_upper(degrees_of_freedom / 2, value / 2)


def _beta_front(a: float, b: float, x: float) -> float:
    return math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function by its continued fraction, good where x < (a + 1)/(a + b + 2)."""

    def term(step: int) -> tuple[float, float]:
        if step == 1:
            return 1.0, 1.0
        m, odd = divmod(step - 1, 2)
        if odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    return _beta_front(a, b, x) / a * _continued_fraction(term)


def beta_lower(a: float, b: float, x: float) -> float:
    """Return the probability that a beta variable with ``a`` and ``b`` above 0 is at most ``x`` in [0, 1]."""
    if a <= 0 or b <= 0 or not 0 <= x <= 1:
        raise ValueError("A beta probability needs parameters above 0 and a point between 0 and 1.")
    if x in (0, 1):
        return float(x)
    return _beta_fraction(a, b, x) if x < (a + 1) / (a + b + 2) else 1 - _beta_fraction(b, a, 1 - x)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the beta quantile of a ``probability`` in [0, 1] with parameters ``a`` and ``b`` above 0."""
    if not 0 <= probability <= 1:
        raise ValueError("A beta quantile needs a probability between 0 and 1.")
    if probability in (0, 1):
        return float(probability)
    return _solve(
        lambda x: beta_lower(a, b, x) - probability,
        lambda x: _beta_front(a, b, x) / (x * (1 - x)) if 0 < x < 1 else 0.0,
        0.0,
        1.0,
        a / (a + b),
    )


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees_of_freedom: float) -> float:
    """Return Student's t quantile of a ``probability`` strictly between 0 and 1.

    Raises:
        ValueError: The probability or the degrees of freedom are out of range.
    """
    if not 0 < probability < 1 or degrees_of_freedom <= 0:
        raise ValueError("A t quantile needs a probability strictly between 0 and 1 and degrees of freedom above 0.")
    if probability == 0.5:
        return 0.0
    # With x = t²/(t² + df), the two tails together are I(1 − x; df/2, 1/2).
    rest = beta_quantile(2 * min(probability, 1 - probability), degrees_of_freedom / 2, 0.5)
    return math.copysign(math.sqrt(degrees_of_freedom * (1 - rest) / rest), probability - 0.5)
