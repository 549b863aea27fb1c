"""How far people who code the same remarks agree: kappa of two coders or of many, and Krippendorff's alpha.

Each is 1 for complete agreement and 0 for what chance would give; it does not exist where everybody used one and the
same code.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from amhe_tui.analysis.estimates.distributions import chi_square_tail

Weights = Literal["unweighted", "equal", "squared"]


Level = Literal["nominal", "ordinal", "interval"]


@dataclass(frozen=True, slots=True)
class Kappa:
    """A kappa with ``z``, its size in standard errors under chance agreement, and the two-sided ``p``; None where it does not exist."""

    value: float | None
    z: float | None
    p: float | None
    method: str


def _weight(weights: Weights, place: int, other: int, codes: int) -> float:
    """Return the credit for two codes ``place`` and ``other`` places along a scale of ``codes``: 1 for the same code, 0 for the farthest apart."""
    if weights == "unweighted" or codes < 2:
        return float(place == other)
    apart = abs(place - other) / (codes - 1)
    return 1 - (apart if weights == "equal" else apart**2)


def _kappa(observed: float, chance: float, error: float, method: str) -> Kappa:
    if chance >= 1:
        return Kappa(None, None, None, method)
    value = (observed - chance) / (1 - chance)
    if error <= 0:
        return Kappa(value, None, None, method)
    z = value / error
    return Kappa(value, z, chi_square_tail(z * z, 1), method)


def cohen_kappa(first: Sequence[float], second: Sequence[float], *, weights: Weights = "unweighted") -> Kappa:
    """Return Cohen's kappa of two coders' codes for the same remarks, in the same order.

    ``weights`` "equal" and "squared" give credit for codes close together on an ordered scale (Cohen 1968), and the
    standard error is that of Fleiss, Cohen and Everitt (1969) under chance.

    Raises:
        ValueError: The two lists differ in length or are empty.
    """
    if len(first) != len(second) or not first:
        raise ValueError("Both coders need a code for each of the same remarks.")
    method = f"agreement.cohen_kappa.{weights}@1"
    codes = sorted({*first, *second})
    size, total = len(codes), len(first)
    pairs = Counter(zip(first, second, strict=True))
    rows, columns = ([count[code] / total for code in codes] for count in (Counter(first), Counter(second)))
    credit = [[_weight(weights, i, j, size) for j in range(size)] for i in range(size)]
    cells = [(i, j) for i in range(size) for j in range(size)]
    observed = math.fsum(credit[i][j] * pairs[codes[i], codes[j]] / total for i, j in cells)
    chance = math.fsum(credit[i][j] * rows[i] * columns[j] for i, j in cells)
    if chance >= 1:
        return Kappa(None, None, None, method)
    of_row = [math.fsum(columns[j] * credit[i][j] for j in range(size)) for i in range(size)]
    of_column = [math.fsum(rows[i] * credit[i][j] for i in range(size)) for j in range(size)]
    variance = (
        math.fsum(rows[i] * columns[j] * (credit[i][j] - of_row[i] - of_column[j]) ** 2 for i, j in cells) - chance**2
    )
    return _kappa(observed, chance, math.sqrt(max(0.0, variance)) / ((1 - chance) * math.sqrt(total)), method)


def fleiss_kappa(codes: Sequence[Sequence[float | None]]) -> Kappa:
    """Return Fleiss' kappa (1971) of a table with one row per remark and one column per coder; remarks with a code missing are left out.

    Raises:
        ValueError: No complete remark is left, the rows differ in length, or there is one coder.
    """
    complete = [row for row in codes if None not in row]
    if not complete or len({len(row) for row in complete}) != 1 or len(complete[0]) < 2:
        raise ValueError("Every remark needs a code from the same two or more coders.")
    remarks, coders = len(complete), len(complete[0])
    counts = [Counter(row) for row in complete]
    used = sorted({code for row in complete for code in row if code is not None})
    share = [sum(count[code] for count in counts) / (remarks * coders) for code in used]
    pairs = coders * (coders - 1)
    observed = math.fsum(times * (times - 1) / pairs for count in counts for times in count.values()) / remarks
    chance = math.fsum(part**2 for part in share)
    spread = math.fsum(part * (1 - part) for part in share)
    if spread <= 0:
        return Kappa(None, None, None, "agreement.fleiss_kappa@1")
    third = math.fsum(part * (1 - part) * (1 - 2 * part) for part in share)
    error = math.sqrt(2 * (spread**2 - third) / (remarks * pairs)) / spread
    return _kappa(observed, chance, error, "agreement.fleiss_kappa@1")


def _distance(level: Level, used: Sequence[float], totals: Sequence[int]) -> Callable[[int, int], float]:
    """Return the squared distance of two codes, given by their places among those ``used``, for a level of measurement."""

    def nominal(place: int, other: int) -> float:
        return float(place != other)

    def interval(place: int, other: int) -> float:
        return (used[place] - used[other]) ** 2

    def ordinal(place: int, other: int) -> float:
        low, high = sorted((place, other))
        return (sum(totals[low : high + 1]) - (totals[low] + totals[high]) / 2) ** 2

    return {"nominal": nominal, "interval": interval, "ordinal": ordinal}[level]


def krippendorff_alpha(codes: Sequence[Sequence[float | None]], *, level: Level = "nominal") -> float | None:
    """Return Krippendorff's alpha of a table with one row per remark and one column per coder, None where it does not exist.

    A code may be missing; remarks with fewer than two codes say nothing and are left out.
    """
    rows = [[code for code in row if code is not None] for row in codes]
    rows = [row for row in rows if len(row) > 1]
    used = sorted({code for row in rows for code in row})
    place = {code: index for index, code in enumerate(used)}
    totals = [sum(row.count(code) for row in rows) for code in used]
    everything = sum(totals)
    distance = _distance(level, used, totals)
    observed = math.fsum(
        times * other_times * distance(place[code], place[other]) / (len(row) - 1)
        for row in rows
        for code, times in Counter(row).items()
        for other, other_times in Counter(row).items()
    )
    expected = math.fsum(totals[i] * totals[j] * distance(i, j) for i in range(len(used)) for j in range(len(used)))
    return 1 - (everything - 1) * observed / expected if expected else None
