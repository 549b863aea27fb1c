"""Rates made comparable between populations of different ages: direct and indirect standardisation; and quantile groups.

The formulas are those used for English public health data: direct rates with limits after Dobson and others (1991),
indirect ones with the limits of the observed count. Ages (or other strata) are given as lists in the same order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.estimates.distributions import competition_ranks
from amhe_tui.analysis.estimates.intervals import byar_limits, confidence_level, count_limits
from amhe_tui.analysis.estimates.results import Estimate, Undefined

Figures = Sequence[float | None]


LEAST_EVENTS = 10
"""A directly standardised rate of fewer events than this is not given."""


@dataclass(frozen=True, slots=True)
class Standardised:
    """A standardised figure: the ``estimate`` with its limits, and the counts behind it.

    ``observed`` is the number of events and ``population`` the number of people they happened among; ``expected`` the
    number of events at the reference's rates and ``reference_rate`` the reference's crude rate in the unit of the
    estimate, both None for a direct rate.
    """

    estimate: Estimate
    observed: float
    population: float
    expected: float | None = None
    reference_rate: float | None = None


def _known(figures: Figures, name: str, *, missing_as_zero: bool = False) -> list[float]:
    known: list[float] = []
    for figure in figures:
        if figure is None and not missing_as_zero:
            raise ValueError(f"A {name} is missing; leave its stratum out everywhere, or say that missing means none.")
        if figure is not None and (not math.isfinite(figure) or figure < 0):
            raise ValueError(f"A {name} must be a finite number not below zero.")
        known.append(0.0 if figure is None else figure)
    return known


def _same_length(*lists: Sequence[object]) -> None:
    if len({len(figures) for figures in lists}) != 1 or not lists[0]:
        raise ValueError("Every stratum needs each of its figures, and there must be at least one stratum.")


def direct_rate(
    people: Figures,
    population: Figures,
    standard: Figures,
    *,
    events_each: Sequence[float] | None = None,
    confidence: float = 0.95,
    multiplier: float = 100_000,
    missing_as_zero: bool = False,
) -> Standardised:
    """Return the directly standardised rate of events, times ``multiplier``, with limits after Dobson and others (1991).

    Each stratum has the number of ``people`` an event happened to, its ``population`` and its weight in the
    ``standard`` population. Where a person can have several events, ``events_each`` says how many each of those people
    had, one stratum for every age and number of events; its variance is f² times that of single events. Fewer than 10
    events give no rate but a reason. For very few events spread over large weights, the lower limit of the method can
    fall below zero.

    Raises:
        ValueError: The lists differ in length, a population is not above zero, or a figure is missing (a missing count
        may be taken as none).
    """
    level, method = confidence_level(confidence), "rate.direct.dobson@1"
    each = [1.0] * len(people) if events_each is None else list(events_each)
    _same_length(people, population, standard, each)
    counts = _known(people, "count", missing_as_zero=missing_as_zero)
    sizes, weights = _known(population, "population"), _known(standard, "standard population")
    if any(size == 0 for size in sizes):
        raise ValueError("Every stratum needs a population above zero.")
    if len(set(Counter(each).values())) > 1:
        raise ValueError("Every number of events a person needs the same strata.")
    strata = list(zip(counts, sizes, weights, each, strict=True))
    events = math.fsum(count * frequency for count, _, _, frequency in strata)
    # The populations count once, however many numbers of events there are.
    living = math.fsum(size for _, size, _, frequency in strata if frequency == each[0])
    if events < LEAST_EVENTS:
        return Standardised(Estimate(None, None, None, method, level, Undefined.TOO_FEW_EVENTS), events, living)
    value, lower, upper = (None if figure is None else figure * multiplier for figure in _dobson(strata, events, level))
    return Standardised(Estimate(value, lower, upper, method, level), events, living)


def _dobson(
    strata: Sequence[tuple[float, float, float, float]], events: float, level: float
) -> tuple[float, float | None, float]:
    """Return the direct rate and its limits from strata of people, population, standard population, events a person."""
    whole = math.fsum(weight for _, _, weight, frequency in strata if frequency == strata[0][3])
    if whole == 0:
        raise ValueError("The standard population is empty.")
    rates = [(weight * frequency / size / whole, count) for count, size, weight, frequency in strata]
    value = math.fsum(share * count for share, count in rates)
    scale = math.sqrt(math.fsum(share**2 * count for share, count in rates) / events)
    lower, upper = byar_limits(events, level)
    return value, None if lower is None else value + scale * (lower - events), value + scale * (upper - events)


def _indirect(
    counts: Figures,
    population: Figures,
    reference_counts: Figures,
    reference_population: Figures,
    *,
    missing_as_zero: bool,
) -> tuple[float, float, float, float]:
    """Return the observed and the expected events, the population, and the crude rate of the reference."""
    _same_length(reference_counts, reference_population, population)
    observed = math.fsum(_known(counts, "count", missing_as_zero=missing_as_zero))
    sizes = _known(population, "population", missing_as_zero=missing_as_zero)
    cases, base = _known(reference_counts, "reference count"), _known(reference_population, "reference population")
    if any(size == 0 for size in base):
        raise ValueError("Every stratum needs a reference population above zero.")
    expected = math.fsum(size * case / people for size, case, people in zip(sizes, cases, base, strict=True))
    return observed, expected, math.fsum(sizes), math.fsum(cases) / math.fsum(base)


def _compared(observed: float, expected: float, unit: float, method: str, confidence: float) -> Estimate:
    level = confidence_level(confidence)
    lower, upper, formula = count_limits(observed, level)
    name = f"{method}.{formula}@1"
    if expected == 0:
        return Estimate(None, None, None, name, level, Undefined.NOTHING_EXPECTED)
    scale = unit / expected
    return Estimate(observed * scale, lower * scale, upper * scale, name, level)


def indirect_ratio(
    counts: Figures,
    population: Figures,
    reference_counts: Figures,
    reference_population: Figures,
    *,
    confidence: float = 0.95,
    reference_value: float = 100,
    missing_as_zero: bool = False,
) -> Standardised:
    """Return the indirectly standardised ratio, observed over expected events, times ``reference_value``, with limits of the observed count.

    The events expected are those that the strata's ``population`` would have at the rates of the reference. ``counts``
    may be one total.

    Raises:
        ValueError: The lists differ in length, a reference population is not above zero, or a figure is missing that
        may not be.
    """
    observed, expected, living, _ = _indirect(
        counts, population, reference_counts, reference_population, missing_as_zero=missing_as_zero
    )
    estimate = _compared(observed, expected, reference_value, "ratio.indirect", confidence)
    return Standardised(estimate, observed, living, expected)


def indirect_rate(
    counts: Figures,
    population: Figures,
    reference_counts: Figures,
    reference_population: Figures,
    *,
    confidence: float = 0.95,
    multiplier: float = 100_000,
    missing_as_zero: bool = False,
) -> Standardised:
    """Return the indirectly standardised rate: the ratio of `indirect_ratio` times the crude rate of the reference, times ``multiplier``."""
    observed, expected, living, crude = _indirect(
        counts, population, reference_counts, reference_population, missing_as_zero=missing_as_zero
    )
    estimate = _compared(observed, expected, crude * multiplier, "rate.indirect", confidence)
    return Standardised(estimate, observed, living, expected, crude * multiplier)


def quantile_groups(values: Figures, quantiles: int, *, highest_first: bool = True) -> list[int | None]:
    """Return for each value the quantile it falls in, from 1 to ``quantiles``; equal values share one, None stays None.

    With ``highest_first`` the highest values are in quantile 1. Fewer values than quantiles cannot be grouped and are
    all None.

    Raises:
        ValueError: There are fewer than two quantiles.
    """
    if quantiles < 2:
        raise ValueError("There must be at least two quantiles.")
    known = [value for value in values if value is not None]
    size = len(known)
    if size < quantiles:
        return [None] * len(values)
    ranks = dict(zip(known, competition_ranks(known if highest_first else [-value for value in known]), strict=True))
    return [None if value is None else _quantile_of(ranks[value], size, quantiles) for value in values]


def _quantile_of(rank: int, size: int, quantiles: int) -> int:
    """Return the quantile of a rank, whole-number arithmetic: (k + 1) − ⌈(N + 1 − rank)·k/N⌉, at least 1."""
    return max(1, quantiles + 1 + (-(size + 1 - rank) * quantiles) // size)
