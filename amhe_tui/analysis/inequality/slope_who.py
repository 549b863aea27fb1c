"""The slope and the relative index of inequality as the World Health Organization works them out: a logistic curve over the ladder of groups.

Not the same numbers as England's: see `slope_index_ukhsa`. Schlotheuber and Hosseinpoor (2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amhe_tui.analysis.estimates.columns import Mask, Numbers, Reasons
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.inequality.concentration import refuse_for_rank, ridits
from amhe_tui.analysis.inequality.extremes import scales
from amhe_tui.analysis.inequality.sets import Found, Sets, finish, some

_STEPS = 60


_HALVINGS = 30


_CLOSE = 1e-12


_STEEPEST = 30


@dataclass(frozen=True, slots=True)
class _Line:
    """A line through each set: what it gives at the bottom and at the top, and the covariance of its two coefficients."""

    intercept: Numbers
    slope: Numbers
    weight: Numbers
    place: Numbers
    left: Numbers
    information: tuple[Numbers, Numbers, Numbers]


def _solved(information: tuple[Numbers, Numbers, Numbers], first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """Return the solution of two equations a set with the symmetric matrix ((a, b), (b, c))."""
    a, b, c = information
    size = a * c - b * b
    return (c * first - b * second) / size, (a * second - b * first) / size


def _moments(weight: Numbers, place: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    return weight.sum(axis=1), (weight * place).sum(axis=1), (weight * place**2).sum(axis=1)


def _straight(share: Numbers, weight: Numbers, place: Numbers) -> _Line:
    information = _moments(weight, place)
    intercept, slope = _solved(information, (weight * share).sum(axis=1), (weight * place * share).sum(axis=1))
    left = share - intercept[:, None] - slope[:, None] * place
    return _Line(intercept, slope, weight, place, left, information)


def _logistic(share: Numbers, weight: Numbers, place: Numbers) -> tuple[_Line, Mask]:
    """Fit every set at once by Newton's steps, halved where one would lose likelihood; and return which sets settled."""
    mean = np.clip((weight * share).sum(axis=1) / weight.sum(axis=1), 1e-9, 1 - 1e-9)
    intercept, slope = np.log(mean / (1 - mean)), np.zeros_like(mean)
    best = _likelihood(share, weight, place, intercept, slope)
    moved = np.full_like(mean, np.inf)
    for _ in range(_STEPS):
        fitted = _curve(intercept, slope, place)
        score = weight * (share - fitted)
        information = _moments(weight * fitted * (1 - fitted), place)
        step, turn = _solved(information, score.sum(axis=1), (score * place).sum(axis=1))
        moved = np.hypot(step, turn) / (1 + np.hypot(intercept, slope))
        length = np.ones_like(mean)
        for _ in range(_HALVINGS):
            reached = _likelihood(share, weight, place, intercept + length * step, slope + length * turn)
            worse = reached < best - 1e-9 * np.abs(best)
            if not worse.any():
                break
            length[worse] /= 2
        intercept, slope = intercept + length * step, slope + length * turn
        best = _likelihood(share, weight, place, intercept, slope)
        if ((moved <= _CLOSE) | ~np.isfinite(moved)).all():
            break
    fitted = _curve(intercept, slope, place)
    line = _Line(intercept, slope, weight, place, share - fitted, _moments(weight * fitted * (1 - fitted), place))
    steep = np.maximum(np.abs(intercept), np.abs(intercept + slope))
    return line, (steep < _STEEPEST) & (moved < 1e-6)


def _curve(intercept: Numbers, slope: Numbers, place: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-(intercept[:, None] + slope[:, None] * place)))


def _likelihood(share: Numbers, weight: Numbers, place: Numbers, intercept: Numbers, slope: Numbers) -> Numbers:
    along = intercept[:, None] + slope[:, None] * place
    return (weight * (share * along - np.logaddexp(0, along))).sum(axis=1)


def _covariance(line: _Line, present: Mask) -> tuple[Numbers, Numbers, Numbers]:
    """Return the heteroscedasticity-consistent covariance of the coefficients, with N/(N − 2) (known as HC1)."""
    squares = (line.weight * line.left) ** 2
    a, b, c = line.information
    size = a * c - b * b
    p, q, r = _moments(squares, line.place)
    groups = present.sum(axis=1)
    factor = groups / (groups - 2) / size**2
    # B·M·B with B = ((c, −b), (−b, a)) / size and M = ((p, q), (q, r)).
    return (
        factor * (c * c * p - 2 * b * c * q + b * b * r),
        factor * (-b * c * p + (a * c + b * b) * q - a * b * r),
        factor * (b * b * p - 2 * a * b * q + a * a * r),
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    """The fitted share at the bottom and the top of the ladder, and how fast each moves with its place on the line."""

    bottom: Numbers
    top: Numbers
    bottom_pull: Numbers
    top_pull: Numbers
    covariance: tuple[Numbers, Numbers, Numbers]
    scale: Numbers
    flat: Mask

    def error(self, bottom: Numbers, top: Numbers) -> Numbers:
        """Return the standard error of what moves by ``bottom`` and ``top`` for each step of the line at either end."""
        first, second = top - bottom, top
        a, b, c = self.covariance
        return np.sqrt(np.maximum(first * first * a + 2 * first * second * b + second * second * c, 0))


def _ends(sets: Sets, reasons: Reasons, *, linear: bool) -> _Ends:
    """Fit each set's line; figures are first put on a scale from 0 to 1."""
    scale = scales(sets)
    people = np.zeros_like(sets.estimates) if sets.populations is None else sets.populations
    # A group of nobody tells nothing and would count as a degree of freedom.
    present = sets.present & (people > 0)
    reasons.refuse(present.sum(axis=1) < 3, Undefined.TOO_FEW_GROUPS)
    share = np.where(present, sets.estimates, 0) / scale[:, None]
    reasons.refuse(some((share < 0) | (share > 1)), Undefined.OUT_OF_SCALE)
    flat = np.where(present, share, -np.inf).max(axis=1) == np.where(present, share, np.inf).min(axis=1)
    weight, place = np.where(present, people, 0.0), np.where(present, ridits(sets), 0.0)
    kept = reasons.open & ~flat
    share = np.where(kept[:, None], share, np.where(place > 0.5, 0.6, 0.4))
    if linear:
        line = _straight(share, weight, place)
        bottom, top = line.intercept, line.intercept + line.slope
        pulls = np.ones_like(top), np.ones_like(top)
    else:
        counted = np.where(present, np.round(share * people) / np.where(present, people, 1), 0)
        line, settled = _logistic(np.where(kept[:, None], counted, share), weight**2, place)
        reasons.refuse(kept & ~settled, Undefined.SEPARATED)
        zero = np.zeros((len(sets), 1))
        bottom = _curve(line.intercept, line.slope, zero)[:, 0]
        top = _curve(line.intercept, line.slope, zero + 1)[:, 0]
        pulls = bottom * (1 - bottom), top * (1 - top)
    return _Ends(bottom, top, *pulls, _covariance(line, present), scale, flat)


def slope_index(sets: Sets, confidence: float = 0.95, *, linear: bool = False, force: bool = False) -> Found:
    """Return the fitted figure of the best off end of the ladder less that of the worst off end, in the unit of the figures.

    The curve is a logistic regression of the counts (figure / scale × population, rounded to whole people) on the
    groups' ridits, each group weighted by its population once more, as WHO's own software does; ``linear``: a straight
    line weighted by population. The standard error is robust (HC1) and carried over by the delta method; the limits are
    normal. Groups that are all equal give 0 without limits; a split into all and nothing gives nothing but a reason.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    reasons = refuse_for_rank(sets, force=force)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ends = _ends(sets, reasons, linear=linear)
        values = np.where(ends.flat, 0.0, (ends.top - ends.bottom) * ends.scale)
        error = np.where(ends.flat, np.nan, ends.error(ends.bottom_pull, ends.top_pull) * ends.scale)
    method = "slope.who.linear@1" if linear else "slope.who.logistic@1"
    result = finish(values, error, reasons, method=method, confidence=level, z=two_sided_z(level))
    return _flat_said(result, ends.flat)


def relative_index(sets: Sets, confidence: float = 0.95, *, linear: bool = False, force: bool = False) -> Found:
    """Return the fitted figure of the best off end of the ladder over that of the worst off end, from the curve of `slope_index`.

    The standard error is that of the logarithm and the limits are normal on it. Groups that are all equal give 1
    without limits.

    Raises:
        ValueError: The confidence is out of range.
    """
    level = confidence_level(confidence)
    reasons = refuse_for_rank(sets, force=force)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ends = _ends(sets, reasons, linear=linear)
        reasons.refuse(~ends.flat & ((ends.bottom <= 0) | (ends.top <= 0)), Undefined.BASE_NOT_POSITIVE)
        values = np.where(ends.flat, 1.0, ends.top / ends.bottom)
        pulls = -ends.bottom_pull / ends.bottom, ends.top_pull / ends.top
        error = np.where(ends.flat, np.nan, ends.error(-pulls[0], pulls[1]))
        method = "relative.who.linear@1" if linear else "relative.who.logistic@1"
        result = finish(
            values,
            error,
            reasons,
            method=method,
            confidence=level,
            z=two_sided_z(level),
            neutral=1,
            logarithmic=True,
        )
    return _flat_said(result, ends.flat)


def _flat_said(result: Found, flat: Mask) -> Found:
    """Say of sets of equal groups why they have no limits."""
    if not flat.any():
        return result
    reasons = tuple(
        Undefined.NO_VARIATION if level and reason is Undefined.NO_ERROR else reason
        for level, reason in zip(flat.tolist(), result.reasons, strict=True)
    )
    return Found(
        result.values,
        result.errors,
        result.lower,
        result.upper,
        result.neutral,
        result.method,
        result.confidence,
        reasons,
    )
