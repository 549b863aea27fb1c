"""The gap of a group to a whole that it is itself part of, such as the average of its place.

The whole is no second sample: it moves with the group. With w for the part of the people that are in the group, its share or rate less that of the whole is 1 − w
times its difference from the rest, and its ratio to the whole is R / (wR + 1 − w), where R is its ratio to the rest; so the limits are those of the rest, brought
over. Whether there is a gap is the same question for both.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from amhe_tui.analysis.estimates.intervals import confidence_level, two_sided_z
from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.rates import rate_difference, rate_ratio
from amhe_tui.analysis.gaps.shares import difference_newcombe, ratio_katz

DIFFERENCE = "gap.difference.part@1"


RATIO = "gap.ratio.part@1"


ESTIMATES = "gap.difference.part_of_estimates@1"


def part_of_whole(
    count: float,
    total: float,
    rest: float,
    rest_total: float,
    *,
    multiplier: float | None = None,
    confidence: float = 0.95,
) -> tuple[Gap, Gap]:
    """Return the difference and the ratio of a group to the whole that it makes with the ``rest``; of rates, times ``multiplier``, where one is given, else of shares.

    Raises:
        ValueError: A count is out of range, or the confidence is.
    """
    if multiplier is None:
        apart = difference_newcombe(count, total, rest, rest_total, confidence=confidence)
        times = ratio_katz(count, total, rest, rest_total, confidence=confidence)
    else:
        apart = rate_difference(count, total, rest, rest_total, confidence=confidence, multiplier=multiplier)
        times = rate_ratio(count, total, rest, rest_total, confidence=confidence)
    everybody = total + rest_total
    part = total / everybody if everybody else 0.0
    difference = _over(apart, DIFFERENCE, lambda number: (1 - part) * number)
    ratio = _over(times, RATIO, lambda number: _to_whole(number, part))
    if ratio.value is None and count > 0 and rest == 0:
        ratio = Gap(1 / part, ratio.lower, ratio.upper, 1, RATIO, ratio.confidence)
    return difference, ratio


def _to_whole(ratio: float, part: float) -> float:
    return 1 / part if math.isinf(ratio) else ratio / (part * ratio + 1 - part)


def _over(gap: Gap, method: str, bring: Callable[[float], float]) -> Gap:
    value, lower, upper = (None if number is None else bring(number) for number in (gap.value, gap.lower, gap.upper))
    return Gap(value, lower, upper, gap.neutral, method, gap.confidence, gap.reason)


def difference_of_part(
    estimate: float, error: float, whole: float, whole_error: float, *, confidence: float = 0.95
) -> Gap:
    """Return an estimate less that of the whole it is part of, with normal limits: their variances are taken from each other, as the one moves with the other.

    Where the error of the whole is the larger one, it is no such whole, and there are no limits.

    Raises:
        ValueError: The confidence is out of range.
    """
    level, gap = confidence_level(confidence), estimate - whole
    if whole_error >= error:
        return Gap(gap, None, None, 0, ESTIMATES, level)
    half = two_sided_z(level) * math.sqrt(error**2 - whole_error**2)
    return Gap(gap, gap - half, gap + half, 0, ESTIMATES, level)
