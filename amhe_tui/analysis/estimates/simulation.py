"""Redrawing figures at random for limits that have no formula: the same numbers in every run, for every set."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from amhe_tui.analysis.estimates.columns import Numbers

DRAWS = 10_000
"""How often every figure is redrawn, unless said otherwise."""


_SEED = 20_260_101


_AT_ONCE = 500_000


@lru_cache(maxsize=4)
def _columns(groups: int, draws: int) -> Numbers:
    columns = [np.random.default_rng((_SEED, group)).standard_normal(draws) for group in range(groups)]
    return np.stack(columns, axis=1) if columns else np.zeros((draws, 0))


def normals(groups: int, draws: int) -> Numbers:
    """Return standard normal numbers, draws × groups; the same ones for a group however many follow it."""
    return _columns(-(-groups // 8) * 8, draws)[:, :groups]


def sets_at_once(draws: int, groups: int) -> int:
    """Return how many sets to redraw together, so that memory stays small."""
    return max(1, _AT_ONCE // max(1, draws * groups))


def tails(drawn: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    """Return for each set the limits that leave half of 1 − ``confidence`` of its draws (the first axis) on either side.

    Each lies on the line between two neighbouring draws.
    """
    where = np.array([(1 - confidence) / 2, (1 + confidence) / 2]) * (len(drawn) - 1)
    below = np.floor(where).astype(np.int64)
    part = (where - below)[:, None]
    cut = np.partition(drawn, sorted({*below.tolist(), *(below + 1).tolist()}), axis=0)
    limits = cut[below] * (1 - part) + cut[below + 1] * part
    return limits[0], limits[1]
