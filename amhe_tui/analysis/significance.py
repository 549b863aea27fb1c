"""Tests of whether two proportions could be one: Fisher's exact and the uncorrected chi-square test."""

from __future__ import annotations

import math

from amhe_tui.analysis.distributions import chi_square_tail


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
