"""Gaps between a group and its comparison: differences and ratios with limits, and the sentence that says them."""

from __future__ import annotations

import math
from collections.abc import Callable

from amhe_tui.analysis.estimates import intervals
from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z, wilson_limits
from amhe_tui.analysis.estimates.results import Gap, Undefined
from amhe_tui.analysis.gaps.sentence import Compared, Wording, gap_sentence, mean_gap_sentence, rate_gap_sentence

__all__ = [
    "Compared",
    "Gap",
    "Wording",
    "difference_agresti_caffo",
    "difference_newcombe",
    "difference_of_estimates",
    "difference_score",
    "difference_wald",
    "gap_sentence",
    "mean_gap_sentence",
    "rate_gap_sentence",
    "ratio_katz",
    "ratio_of_estimates",
    "ratio_score",
]


def _check(count: float, total: float, other: float, other_total: float) -> None:
    for part, whole in ((count, total), (other, other_total)):
        if not (math.isfinite(part) and math.isfinite(whole)):
            raise ValueError("Counts must be finite numbers.")
        if part < 0 or whole < 0:
            raise ValueError("A count of people cannot be below zero.")
        if part > whole:
            raise ValueError(f"The count ({part:g}) cannot be above the total it is a part of ({whole:g}).")


def _nothing(neutral: float, method: str, level: float, reason: Undefined) -> Gap:
    return Gap(None, None, None, neutral, method, level, reason)


Limits = Callable[[float, float, float, float, float], tuple[float, float]]


def _difference(
    method: str, limits: Limits, count: float, total: float, other: float, other_total: float, confidence: float
) -> Gap:
    level = confidence_level(confidence)
    _check(count, total, other, other_total)
    if total == 0 or other_total == 0:
        return _nothing(0, method, level, Undefined.NO_PEOPLE)
    lower, upper = limits(count, total, other, other_total, two_sided_z(level))
    return Gap(count / total - other / other_total, lower, upper, 0, method, level)


def _newcombe(count: float, total: float, other: float, other_total: float, z: float) -> tuple[float, float]:
    first, second = count / total, other / other_total
    low, high = wilson_limits(count, total, z)
    other_low, other_high = wilson_limits(other, other_total, z)
    gap = first - second
    return gap - math.hypot(first - low, other_high - second), gap + math.hypot(high - first, second - other_low)


def difference_newcombe(
    count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95
) -> Gap:
    """Return count/total − other/other_total with Newcombe's hybrid score limits (Newcombe 1998, method 10), fractions.

    An empty group gives no number but a reason.

    Raises:
        ValueError: A count is below 0 or above its total, or the confidence is out of range.
    """
    return _difference("gap.difference.newcombe@1", _newcombe, count, total, other, other_total, confidence)


def difference_score(count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95) -> Gap:
    """Do as `difference_newcombe`, with Miettinen and Nurminen's (1985) score limits."""
    return _difference(
        "gap.difference.score@1", intervals.difference_limits, count, total, other, other_total, confidence
    )


def _wald(count: float, total: float, other: float, other_total: float, z: float) -> tuple[float, float]:
    first, second = count / total, other / other_total
    half = z * math.sqrt(first * (1 - first) / total + second * (1 - second) / other_total)
    return first - second - half, first - second + half


def difference_wald(count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95) -> Gap:
    """Do as `difference_newcombe`, with the plain normal limits, which are too narrow for small counts."""
    return _difference("gap.difference.wald@1", _wald, count, total, other, other_total, confidence)


def _agresti_caffo(count: float, total: float, other: float, other_total: float, z: float) -> tuple[float, float]:
    return _wald(count + 1, total + 2, other + 1, other_total + 2, z)


def difference_agresti_caffo(
    count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95
) -> Gap:
    """Do as `difference_newcombe`, with Agresti and Caffo's (2000) limits: normal, with one more of each outcome."""
    return _difference("gap.difference.agresti_caffo@1", _agresti_caffo, count, total, other, other_total, confidence)


def _ratio_reason(count: float, total: float, other: float, other_total: float) -> Undefined | None:
    if total == 0 or other_total == 0:
        return Undefined.NO_PEOPLE
    if other == 0:
        return Undefined.NONE_EITHER if count == 0 else Undefined.NONE_COMPARED
    return None


def ratio_katz(count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95) -> Gap:
    """Return (count/total)/(other/other_total) with limits from the logarithm's standard error (Katz and others 1978).

    Where ``other`` is 0 there is no ratio; where only ``count`` is 0 the ratio is 0 without limits. The reason is
    given; `ratio_score` has limits for both.

    Raises:
        ValueError: A count is below 0 or above its total, or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "gap.ratio.katz@1"
    _check(count, total, other, other_total)
    reason = _ratio_reason(count, total, other, other_total)
    if reason is not None:
        return _nothing(1, method, level, reason)
    if count == 0:
        return Gap(0.0, None, None, 1, method, level, Undefined.NONE_IN_GROUP)
    ratio = (count / total) / (other / other_total)
    error = math.sqrt(max(0.0, 1 / count - 1 / total + 1 / other - 1 / other_total))
    factor = math.exp(two_sided_z(level) * error)
    return Gap(ratio, ratio / factor, ratio * factor, 1, method, level)


def ratio_score(count: float, total: float, other: float, other_total: float, *, confidence: float = 0.95) -> Gap:
    """Return (count/total)/(other/other_total) with Miettinen and Nurminen's (1985) score limits.

    Where ``other`` alone is 0 there is no ratio, but a lower limit, and the upper one is infinite; where both counts
    are 0 there is nothing but a reason.

    Raises:
        ValueError: A count is below 0 or above its total, or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "gap.ratio.score@1"
    _check(count, total, other, other_total)
    reason = _ratio_reason(count, total, other, other_total)
    if reason is not None and reason is not Undefined.NONE_COMPARED:
        return _nothing(1, method, level, reason)
    lower, upper = intervals.ratio_limits(count, total, other, other_total, two_sided_z(level))
    ratio = None if other == 0 else (count / total) / (other / other_total)
    return Gap(ratio, lower, upper, 1, method, level, reason)


def _check_errors(*errors: float | None) -> None:
    if any(error is not None and (error < 0 or not math.isfinite(error)) for error in errors):
        raise ValueError("A standard error must be a finite number not below zero.")


def difference_of_estimates(
    estimate: float | None,
    error: float | None,
    other: float | None,
    other_error: float | None,
    *,
    confidence: float = 0.95,
) -> Gap:
    """Return ``estimate`` − ``other`` with normal limits, in their unit, from √(error² + other_error²).

    A missing estimate gives no number, a missing standard error no limits; both give a reason.

    Raises:
        ValueError: A standard error is below 0 or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "gap.difference.estimates@1"
    _check_errors(error, other_error)
    if estimate is None or other is None:
        return _nothing(0, method, level, Undefined.MISSING)
    gap = estimate - other
    if error is None or other_error is None:
        return Gap(gap, None, None, 0, method, level, Undefined.NO_ERROR)
    half = two_sided_z(level) * math.hypot(error, other_error)
    return Gap(gap, gap - half, gap + half, 0, method, level)


def ratio_of_estimates(
    estimate: float | None,
    error: float | None,
    other: float | None,
    other_error: float | None,
    *,
    confidence: float = 0.95,
) -> Gap:
    """Return ``estimate``/``other`` with limits from the standard error of its logarithm (delta method).

    That error is √((error/estimate)² + (other_error/other)²).

    Both estimates must be above 0, or there is no ratio; a missing estimate gives no number, a missing standard error
    no limits; each gives a reason.

    Raises:
        ValueError: A standard error is below 0 or the confidence is out of range.
    """
    level, method = confidence_level(confidence), "gap.ratio.estimates@1"
    _check_errors(error, other_error)
    if estimate is None or other is None:
        return _nothing(1, method, level, Undefined.MISSING)
    if estimate <= 0 or other <= 0:
        return _nothing(1, method, level, Undefined.NOT_POSITIVE)
    ratio = estimate / other
    if error is None or other_error is None:
        return Gap(ratio, None, None, 1, method, level, Undefined.NO_ERROR)
    factor = math.exp(two_sided_z(level) * math.hypot(error / estimate, other_error / other))
    return Gap(ratio, ratio / factor, ratio * factor, 1, method, level)
