"""Many sets of groups at once: what goes into the summary measures, and what comes out of them.

A set is one indicator by one characteristic in one area and period; its groups lie along the second axis of every
array. What is absent is NaN, in sets of fewer groups the rest of the row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.estimates.columns import Mask, Numbers, Reasons, number_at
from amhe_tui.analysis.estimates.results import Undefined, leaves_out

Places: TypeAlias = npt.NDArray[np.intp]


Rows = Sequence[Sequence[float | None]]


MOST_MISSING = 0.15
"""The share of a set's groups that may have no figure before a measure refuses to speak for all of them."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of groups, sets × groups in every array.

    ``estimates`` in any unit, NaN where a group has no figure; ``listed`` true for every group that the set has, with
    or without a figure. ``errors`` are the standard errors, ``populations`` the sizes, ``ranks`` the places from 1 for
    the worst off (ordered characteristics alone), ``reference`` true for the one group to compare with. For each set:
    ``favourable`` is 1 where a high figure is good, −1 where bad, 0 where not said; ``scale`` the most a figure can be
    (NaN: not said); ``average`` one that was given with the data (NaN: worked out from the groups).
    """

    estimates: Numbers
    listed: Mask
    errors: Numbers | None = None
    populations: Numbers | None = None
    ranks: Numbers | None = None
    reference: Mask | None = None
    favourable: npt.NDArray[np.int8] | None = None
    scale: Numbers | None = None
    average: Numbers | None = None

    @property
    def present(self) -> Mask:
        """True for every group with a figure."""
        return self.listed & ~np.isnan(self.estimates)

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self.estimates)


def _padded(rows: Rows, width: int) -> Numbers:
    filled = [[math.nan if cell is None else cell for cell in row] + [math.nan] * (width - len(row)) for row in rows]
    return np.array(filled, dtype=np.float64).reshape(len(rows), width)


def _finite(name: str, numbers: Numbers | None, *, least: float | None = None) -> None:
    if numbers is None:
        return
    if np.isinf(numbers).any():
        raise ValueError(f"Every {name} must be a finite number.")
    if least is not None and (numbers < least).any():
        raise ValueError(f"A {name} cannot be below {least:g}.")


def _one_a_set(values: Sequence[float | None] | None, size: int) -> Numbers | None:
    if values is None:
        return None
    if len(values) != size:
        raise ValueError("What is said once for every set must be as long as there are sets.")
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)


def sets_of(
    estimates: Rows,
    *,
    errors: Rows | None = None,
    populations: Rows | None = None,
    ranks: Rows | None = None,
    reference: Sequence[int | None] | None = None,
    favourable: Sequence[bool | None] | None = None,
    scale: Sequence[float | None] | None = None,
    average: Sequence[float | None] | None = None,
) -> Sets:
    """Return the sets of rows of figures, one row a set and None for a missing figure; rows may differ in length.

    ``reference`` is the place of each set's reference group in its row. The other arguments are as in `Sets`.

    Raises:
        ValueError: A row of another argument is not as long as the row of figures, a standard error or a population is
        below 0, or a number is infinite.
    """
    lengths = [len(row) for row in estimates]
    width, size = max([1, *lengths]), len(estimates)

    def grid(rows: Rows | None) -> Numbers | None:
        if rows is None:
            return None
        if [len(row) for row in rows] != lengths:
            raise ValueError("Every group needs a place in every list, even where its figure is missing.")
        return _padded(rows, width)

    figures = _padded(estimates, width)
    listed = np.arange(width)[None, :] < np.array(lengths, dtype=np.int64).reshape(-1, 1)
    chosen: Mask | None = None
    if reference is not None:
        chosen = np.zeros((size, width), dtype=np.bool_)
        for row, place in enumerate(reference):
            if place is not None:
                chosen[row, place] = True
    directions = None
    if favourable is not None:
        directions = np.array([0 if good is None else 1 if good else -1 for good in favourable], dtype=np.int8)
    spread, people = grid(errors), grid(populations)
    _finite("figure", figures)
    _finite("standard error", spread, least=0)
    _finite("population", people, least=0)
    return Sets(
        figures,
        listed,
        spread,
        people,
        grid(ranks),
        chosen,
        directions,
        _one_a_set(scale, size),
        _one_a_set(average, size),
    )


@dataclass(frozen=True, slots=True)
class SummaryMeasure:
    """One set's measure: ``value``, ``error`` (standard error, of the logarithm for a ratio) and limits, None where there is none and then ``reason`` says why."""

    value: float | None
    error: float | None
    lower: float | None
    upper: float | None
    neutral: float
    method: str
    confidence: float
    reason: Undefined | None = None

    @property
    def beyond_chance(self) -> bool | None:
        """True where the limits leave out the value that means no inequality, None where there are no limits."""
        return leaves_out(self.lower, self.upper, self.neutral)


@dataclass(frozen=True, slots=True)
class Found:
    """A measure of many sets: ``values``, standard ``errors``, ``lower`` and ``upper`` limits, NaN where there is none, and for each set the reason or None."""

    values: Numbers
    errors: Numbers
    lower: Numbers
    upper: Numbers
    neutral: float
    method: str
    confidence: float
    reasons: tuple[Undefined | None, ...]

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self.values)

    def of(self, place: int) -> SummaryMeasure:
        """Return the measure of the set at ``place``."""
        columns = (self.values, self.errors, self.lower, self.upper)
        value, error, lower, upper = (number_at(column, place) for column in columns)
        return SummaryMeasure(
            value, error, lower, upper, self.neutral, self.method, self.confidence, self.reasons[place]
        )


def finish(
    values: Numbers,
    errors: Numbers,
    reasons: Reasons,
    *,
    method: str,
    confidence: float,
    z: float,
    neutral: float = 0,
    logarithmic: bool = False,
) -> Found:
    """Return what was found: normal limits around each value (of its logarithm where asked), and nothing but a reason where a set is refused."""
    kept = reasons.open
    values = np.where(kept, values, np.nan)
    errors = np.where(kept, errors, np.nan)
    if logarithmic:
        factor = np.exp(z * errors)
        lower, upper = values / factor, values * factor
    else:
        lower, upper = values - z * errors, values + z * errors
    without = reasons.copy()
    without.refuse(np.isnan(errors), Undefined.NO_ERROR)
    return Found(values, errors, lower, upper, neutral, method, confidence, without.all())


def some(mask: Mask) -> Mask:
    """Return which sets have at least one true group."""
    return np.logical_or.reduce(mask, axis=1)


def refuse_few(sets: Sets, reasons: Reasons, *, least: int = 3, every: bool = False, force: bool = False) -> None:
    """Refuse the sets with fewer than ``least`` figures, or with too many groups (with ``every``: any) missing, unless forced."""
    listed, present = sets.listed.sum(axis=1), sets.present.sum(axis=1)
    reasons.refuse(present == 0, Undefined.NO_VALUES)
    if least > 2:
        reasons.refuse(listed < least, Undefined.TOO_FEW_GROUPS)
    if not force:
        missing = listed - present
        if every:
            reasons.refuse(missing > 0, Undefined.GROUP_MISSING)
        else:
            reasons.refuse(missing > MOST_MISSING * listed, Undefined.TOO_MANY_MISSING)
    reasons.refuse(present < least, Undefined.ONE_GROUP if least == 2 else Undefined.TOO_FEW_GROUPS)


def refuse_unsized(sets: Sets, reasons: Reasons) -> None:
    """Refuse the sets whose groups' sizes are not all known, or in which nobody is counted."""
    if sets.populations is None:
        reasons.refuse(np.ones(len(sets), dtype=np.bool_), Undefined.NO_POPULATION)
        return
    unknown = some(np.isnan(sets.populations) & sets.present)
    reasons.refuse(unknown, Undefined.NO_POPULATION)
    reasons.refuse(np.where(sets.present, sets.populations, 0).sum(axis=1) == 0, Undefined.NO_PEOPLE)


def refuse_unordered(sets: Sets, reasons: Reasons) -> None:
    """Refuse the sets whose groups have no order, or one with gaps or shared places."""
    if sets.ranks is None:
        reasons.refuse(np.ones(len(sets), dtype=np.bool_), Undefined.UNORDERED)
        return
    ranks = np.where(sets.listed, sets.ranks, np.inf)
    unranked = some(np.isnan(ranks))
    reasons.refuse(unranked, Undefined.UNORDERED)
    reasons.refuse(broken_order(ranks), Undefined.ORDER_BROKEN)


def broken_order(ranks: Numbers) -> Mask:
    """Return which sets' places, infinite where there is no group, are not 1, 2, 3 … each taken once."""
    ordered: Numbers = np.sort(ranks, axis=1)
    places: Numbers = np.arange(1.0, ranks.shape[1] + 1)
    return some((ordered != places) & np.isfinite(ordered))


def has_order(sets: Sets) -> Mask:
    """Return which sets have groups in an order."""
    if sets.ranks is None:
        return np.zeros(len(sets), dtype=np.bool_)
    return some(~np.isnan(sets.ranks) & sets.listed)


def ends(sets: Sets, ranks: Numbers) -> tuple[Places, Places]:
    """Return the places of each set's best off and worst off groups."""
    high: Numbers = np.where(sets.listed, ranks, -np.inf)
    low: Numbers = np.where(sets.listed, ranks, np.inf)
    return high.argmax(axis=1), low.argmin(axis=1)


def shares(sets: Sets) -> Numbers:
    """Return each group's share of its set's population, 0 for a group without a figure; NaN without sizes."""
    if sets.populations is None:
        return np.full_like(sets.estimates, np.nan)
    people = np.where(sets.present, sets.populations, 0.0)
    with np.errstate(invalid="ignore"):
        return people / people.sum(axis=1, keepdims=True)


def total(values: Numbers, where: Mask) -> Numbers:
    """Return the sum of each set's ``values`` over the groups of ``where``."""
    return np.where(where, values, 0.0).sum(axis=1)


def averages(sets: Sets) -> Numbers:
    """Return each set's average: the one given with the data, or else the groups' weighted by their sizes."""
    worked_out = total(shares(sets) * sets.estimates, sets.present)
    if sets.average is None:
        return worked_out
    return np.where(np.isnan(sets.average), worked_out, sets.average)


def directions(sets: Sets) -> npt.NDArray[np.int8]:
    """Return for each set 1 where a high figure is good, −1 where bad, 0 where it was not said."""
    return np.zeros(len(sets), dtype=np.int8) if sets.favourable is None else sets.favourable


def group_errors(sets: Sets) -> Numbers:
    """Return the standard errors, NaN where none was given."""
    return np.full_like(sets.estimates, np.nan) if sets.errors is None else sets.errors


Maker = Callable[[Sets, float, bool], Found]
"""A measure: from sets, the confidence level and whether missing groups are forced, to what is found."""
