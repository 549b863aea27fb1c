"""How far a group agrees: Kendall's W on rankings, the RAND/UCLA statistics on ratings from 1 to 9."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from amhe_tui.analysis.estimates.distributions import chi_square_tail
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.votes.nominal_group import Ballot, Idea, ballot_points, resolve_merges

# Widely used words for W (Schmidt 1997), from the strongest down.
_BANDS = ((0.9, "very strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak"), (0.0, "very weak"))


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of ``raters`` who ranked ``items``.

    ``w`` is between 0 (no agreement) and 1 (complete), None with a ``reason`` where it does not exist.
    ``sum_of_squares`` is the S of the rank sums, ``ties`` the sum of t³ − t over all ties of all raters.
    ``chi_square``, ``degrees_of_freedom`` and ``p`` are the large-sample test, unreliable for few raters or items.
    """

    w: float | None
    chi_square: float | None
    degrees_of_freedom: int
    p: float | None
    items: int
    raters: int
    rank_sums: tuple[float, ...]
    sum_of_squares: float
    ties: float
    method: str = "agreement.kendall_w@1"
    reason: Undefined | None = None

    @property
    def band(self) -> str | None:
        """The strength of agreement in words, None where W does not exist."""
        if self.w is None:
            return None
        return next(words for least, words in _BANDS if self.w >= least)


def mid_ranks(scores: Sequence[float]) -> list[float]:
    """Return the rank of each score, the lowest first, equal scores sharing the mean of the ranks they cover."""
    times = Counter(scores)
    below, rank = 0, dict[float, float]()
    for score in sorted(times):
        rank[score] = below + (times[score] + 1) / 2
        below += times[score]
    return [rank[score] for score in scores]


def concordance_of_rank_sums(rank_sums: Sequence[float], raters: int, ties: float = 0) -> Concordance:
    """Return Kendall's W from the rank sums of the items over ``raters`` (Kendall and Babington Smith 1939).

    W = 12S/(m²(n³ − n) − m·T) and χ² = m(n − 1)W for m raters and n items.

    ``ties`` is T, the sum of t³ − t; 0 leaves the ties uncorrected. There is no W, but a reason, for fewer than two items
    or raters, and where all the ranks are tied.
    """
    items = len(rank_sums)
    method = "agreement.kendall_w@1"
    if raters < 2 or items < 2:
        return Concordance(
            None, None, max(0, items - 1), None, items, raters, tuple(rank_sums), 0.0, ties, method, Undefined.TOO_FEW
        )
    centre = raters * (items + 1) / 2
    squares = math.fsum((total - centre) ** 2 for total in rank_sums)
    most = raters**2 * (items**3 - items) - raters * ties
    freedom = items - 1
    if most <= 0:
        return Concordance(
            None, None, freedom, None, items, raters, tuple(rank_sums), squares, ties, method, Undefined.ALL_TIED
        )
    w = 12 * squares / most
    chi_square = raters * freedom * w
    return Concordance(
        w,
        chi_square,
        freedom,
        chi_square_tail(chi_square, freedom),
        items,
        raters,
        tuple(rank_sums),
        squares,
        ties,
        method,
    )


def kendall_w(scores: Sequence[Sequence[float | None]], *, correct_ties: bool = True) -> Concordance:
    """Return Kendall's W of a table of ``scores`` or ranks with one row per rater and one column per item.

    Ranks within a row are mid-ranks. Items that any rater left out (None) are dropped. Without ``correct_ties`` the
    ties lower W, as in some packages.

    Raises:
        ValueError: The rows have different lengths.
    """
    if len({len(row) for row in scores}) > 1:
        raise ValueError("Every rater needs a score for every item, or None.")
    columns = [column for column in zip(*scores, strict=True) if None not in column]
    complete: list[list[float]] = [
        [float(value) for value in row if value is not None] for row in zip(*columns, strict=True)
    ]
    ranks = [mid_ranks(row) for row in complete]
    ties = sum(times**3 - times for row in complete for times in Counter(row).values())
    sums = [math.fsum(column) for column in zip(*ranks, strict=True)]
    return concordance_of_rank_sums(sums, len(scores), ties if correct_ties else 0)


def ballots_w(
    ballots: Sequence[Ballot], ideas: Sequence[Idea], places: int, *, merged: Mapping[Any, Idea] | None = None
) -> Concordance:
    """Return Kendall's W, corrected for ties, of the ballots of a nominal group.

    The ideas that a ballot leaves out share its last ranks.

    Because of that shared tail the W of ballots of a few places is not that of full rankings; show it as "W (top
    ``places``, corrected for ties)".
    """
    counts_for = resolve_merges(ideas, merged)
    counted = [idea for idea in ideas if counts_for[idea] == idea]
    rows = [ballot_points(ballot, places, counts_for) for ballot in ballots]
    return kendall_w([[-row.get(idea, 0) for idea in counted] for row in rows])


Verdict = Literal["accepted", "rejected", "uncertain"]


PercentileRule = Literal["linear", "weibull"]


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """The RAND/UCLA statistics of one item's ratings from 1 to 9 (Fitch and others 2001).

    ``percentile_30`` and ``percentile_70`` bound the inter-percentile range; ``range_central_point`` is its middle;
    ``asymmetry_index`` how far that lies from 5; ``adjusted_range`` (IPRAS) is the range above which there is
    ``disagreement``; ``disagreement_index`` is range over adjusted range. ``low``, ``middle`` and ``high`` count the
    ratings 1–3, 4–6, 7–9; ``outside_band`` those outside the median's third. ``panel_agreement`` is the classic rule
    for panels of 8 to 25, None elsewhere.
    """

    ratings: int
    median: float
    percentile_30: float
    percentile_70: float
    inter_percentile_range: float
    range_central_point: float
    asymmetry_index: float
    adjusted_range: float
    disagreement_index: float
    disagreement: bool
    verdict: Verdict
    low: int
    middle: int
    high: int
    outside_band: int
    panel_agreement: bool | None
    median_absolute_deviation: float
    interquartile_range: float
    method: str = "agreement.rand_ucla.linear@1"


def _percentile(ordered: Sequence[Fraction], share: Fraction, rule: PercentileRule) -> Fraction:
    """Return an exact percentile of sorted values by type 7 ("linear") or 6 ("weibull") of Hyndman and Fan (1996)."""
    count = len(ordered)
    place = share * (count - 1) if rule == "linear" else share * (count + 1) - 1
    place = min(max(place, Fraction(0)), Fraction(count - 1))
    below = math.floor(place)
    above = min(below + 1, count - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def allowed_outside(panel: int) -> int | None:
    """Return how many of a ``panel`` of 8 to 25 may rate outside the median's third and still agree; else None."""
    return (panel - 8) // 3 + 2 if 8 <= panel <= 25 else None


def _third(value: Fraction) -> int:
    """Return 0, 1 or 2 for the third of the scale a value lies in; a median between two thirds is in the middle one."""
    return 0 if value <= 3 else 2 if value >= 7 else 1


def rand_ucla(ratings: Sequence[int | None], *, percentiles: PercentileRule = "linear") -> RatingSummary:
    """Return the RAND/UCLA statistics of ``ratings`` from 1 to 9, None left out.

    IPRAS = 2.35 + 1.5·|5 − centre of the range|; there is disagreement where the range is above it.

    ``percentiles`` is the rule for the 30th and 70th: "linear" as spreadsheets do, "weibull" as SPSS does; the
    published formula leaves it open. The arithmetic is exact, so that a range equal to its limit is never called above
    it.

    Raises:
        ValueError: There are no ratings, or one is not a whole number from 1 to 9.
    """
    known = [rating for rating in ratings if rating is not None]
    if not known:
        raise ValueError("There are no ratings to summarise.")
    if any(rating != int(rating) or not 1 <= rating <= 9 for rating in known):
        raise ValueError("Every rating must be a whole number from 1 to 9.")
    ordered = sorted(Fraction(rating) for rating in known)
    half, low, high = (
        _percentile(ordered, share, percentiles) for share in (Fraction(1, 2), Fraction(3, 10), Fraction(7, 10))
    )
    middle_of_range = (low + high) / 2
    asymmetry = abs(5 - middle_of_range)
    adjusted = Fraction(47, 20) + Fraction(3, 2) * asymmetry
    spread = high - low
    thirds = Counter(_third(rating) for rating in ordered)
    outside, allowed = len(ordered) - thirds[_third(half)], allowed_outside(len(ordered))
    verdict: Verdict = "uncertain"
    if spread <= adjusted and _third(half) != 1:
        verdict = "accepted" if half >= 7 else "rejected"
    return RatingSummary(
        ratings=len(ordered),
        median=float(half),
        percentile_30=float(low),
        percentile_70=float(high),
        inter_percentile_range=float(spread),
        range_central_point=float(middle_of_range),
        asymmetry_index=float(asymmetry),
        adjusted_range=float(adjusted),
        disagreement_index=float(spread / adjusted),
        disagreement=spread > adjusted,
        verdict=verdict,
        low=thirds[0],
        middle=thirds[1],
        high=thirds[2],
        outside_band=outside,
        panel_agreement=None if allowed is None else outside <= allowed,
        median_absolute_deviation=float(
            _percentile(sorted(abs(rating - half) for rating in ordered), Fraction(1, 2), "linear")
        ),
        interquartile_range=float(
            _percentile(ordered, Fraction(3, 4), percentiles) - _percentile(ordered, Fraction(1, 4), percentiles)
        ),
        method=f"agreement.rand_ucla.{percentiles}@1",
    )
