"""How likely a gap is by chance alone, and which of many gaps may be called sure.

Formulas: of two shares or two rates the more cautious of two tests, the score test with a correction for counts being whole (Yates 1934; for rates of
how the events fell, given their sum) and that of the logarithm of odds or rates with half an event added (Haldane 1956). Of many, Benjamini and Hochberg's (1995)
procedure, which holds down the part of the gaps called sure that are chance after all.
"""

from __future__ import annotations

import math

import numpy as np

from amhe_tui.analysis.estimates.columns import Mask, Numbers

FALSE_PART = 0.02
"""Of the gaps called sure, no more than this part is expected to be chance."""


def chances_of_shares(top: Numbers, bottom: Numbers, other_top: Numbers, other_bottom: Numbers) -> Numbers:
    """Return how likely a difference of two shares at least as wide is by chance alone (two-sided), NaN where counts are missing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole, events = bottom + other_bottom, top + other_top
        expected = events * bottom / whole
        variance = events * (whole - events) * bottom * other_bottom / (whole * whole * np.maximum(whole - 1, 1))
        score = _corrected(top - expected) / np.sqrt(variance)
        a, b, c, d = (count + 0.5 for count in (top, bottom - top, other_top, other_bottom - other_top))
        logs = (np.log(a / b) - np.log(c / d)) / np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return _two_sided(np.where(variance > 0, score, 0.0 * variance), logs)


def chances_of_rates(events: Numbers, people: Numbers, other: Numbers, other_people: Numbers) -> Numbers:
    """Return how likely a ratio of two rates at least as far from 1 is by chance alone (two-sided), NaN where counts are missing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole, part = events + other, people / (people + other_people)
        variance = whole * part * (1 - part)
        score = _corrected(events - whole * part) / np.sqrt(variance)
        a, c = events + 0.5, other + 0.5
        logs = (np.log(a / people) - np.log(c / other_people)) / np.sqrt(1 / a + 1 / c)
    return _two_sided(np.where(variance > 0, score, 0.0 * variance), logs)


def _corrected(apart: Numbers) -> Numbers:
    return np.maximum(np.abs(apart) - 0.5, 0.0)


def _two_sided(score: Numbers, logs: Numbers) -> Numbers:
    cautious = np.minimum(np.abs(score), np.abs(logs)) / math.sqrt(2)
    return np.array([math.erfc(z) for z in cautious.tolist()], dtype=np.float64)


def adjusted(chances: Numbers) -> Numbers:
    """Return for each of many chances the least part of false ones among all that are called sure with it (Benjamini and Hochberg 1995); NaN stays NaN."""
    known = np.flatnonzero(~np.isnan(chances))
    order = known[np.argsort(chances[known], kind="stable")]
    steps = chances[order] * len(order) / np.arange(1, len(order) + 1)
    parts = np.full(len(chances), np.nan)
    parts[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return parts


def is_wide(value: Numbers, other: Numbers, whole: Numbers, least: float) -> Mask:
    """Return whether figures differ from their comparison by at least a part ``least`` of it; of a share, of those it happened to or of those it did not.

    ``whole`` is the figure of all, such as 100; infinite for what has none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(value - other)
        nearest = np.minimum(np.abs(other), np.where(np.isfinite(whole), whole - other, np.inf))
        return apart >= least * nearest * (1 - 1e-9)
