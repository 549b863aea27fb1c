from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.votes import agreement, coders
from tests.properties import examples


def test_three_items_of_four_judges() -> None:
    by_item = [[1, 1, 2, 3], [3, 2, 3, 1], [2, 3, 1, 2]]
    found = agreement.kendall_w(list(zip(*by_item, strict=True)))
    assert (found.sum_of_squares, found.w, found.band) == (2, 1 / 16, "very weak")


def test_five_items_of_four_judges() -> None:
    found = agreement.kendall_w([[1, 3, 2, 5, 4], [2, 1, 3, 4, 5], [3, 1, 2, 5, 4], [3, 2, 1, 4, 5]])
    assert found.rank_sums == (9, 7, 8, 18, 18)
    assert found.sum_of_squares == 122
    assert math.isclose(found.w or 0, 0.7625)
    assert found.band == "strong"


def test_ties_share_their_ranks() -> None:
    found = agreement.kendall_w([[2, 5, 4, 5, 1], [3, 3, 4, 5, 3], [3, 4, 4, 6, 2], [2, 4, 3, 6, 2]])
    assert found.rank_sums == (7.5, 14, 13.5, 19.5, 5.5)
    assert (found.sum_of_squares, found.ties, found.degrees_of_freedom) == (125, 42, 4)
    assert math.isclose(found.w or 0, 0.856164, abs_tol=5e-7)
    assert math.isclose(found.chi_square or 0, 13.69863, abs_tol=5e-6)
    assert math.isclose(found.p or 0, 0.0083217, abs_tol=5e-8)


def test_rank_sums_alone() -> None:
    sums = [14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36]
    found = agreement.concordance_of_rank_sums(sums, 3)
    assert found.sum_of_squares == 1175.5
    assert math.isclose(found.w or 0, 0.913364, abs_tol=5e-7)


def test_ballots_of_a_nominal_group() -> None:
    ballots = [list(ballot) for ballot in ("ABCDE", "BADCF", "ACBEG", "HABFC", "BCAGD", "ABHCE")]
    found = agreement.ballots_w(ballots, list("ABCDEFGH"), 5)
    assert found.ties == 144
    assert math.isclose(found.w or 0, 0.616667, abs_tol=5e-7)
    assert math.isclose(found.chi_square or 0, 25.9, abs_tol=5e-7)
    assert math.isclose(found.p or 0, 0.000525, abs_tol=5e-7)
    merged = agreement.ballots_w(ballots, list("ABCDEFGH"), 5, merged={"H": "A"})
    assert merged.items == 7


def test_what_has_no_agreement_to_measure_says_why() -> None:
    assert agreement.kendall_w([[2, 2, 2], [2, 2, 2]]).reason is Undefined.ALL_TIED
    assert agreement.kendall_w([[1, 2]]).reason is Undefined.TOO_FEW
    assert agreement.kendall_w([]).reason is Undefined.TOO_FEW
    assert agreement.ballots_w([["A"], ["A"]], ["A"], 1).band is None
    with pytest.raises(ValueError, match="Every rater"):
        agreement.kendall_w([[1, 2], [1]])


tables = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.lists(st.integers(1, 9), min_size=items, max_size=items), min_size=2, max_size=8)
)


@examples(60)
@given(tables)
def test_w_is_between_none_and_complete_and_is_friedmans(scores: list[list[int]]) -> None:
    found = agreement.kendall_w(scores)
    if found.w is None:
        assert all(len(set(row)) == 1 for row in scores)
        return
    assert -1e-12 <= found.w <= 1 + 1e-12
    if len(scores[0]) > 2:
        friedman = stats.friedmanchisquare(*zip(*scores, strict=True))
        assert math.isclose(found.chi_square or 0, float(friedman.statistic), rel_tol=1e-9, abs_tol=1e-9)


@examples(60)
@given(tables, st.randoms())
def test_order_of_raters_and_items_does_not_matter(scores: list[list[int]], random: object) -> None:
    rows = list(scores)
    random.shuffle(rows)  # type: ignore[attr-defined]
    columns = [list(column) for column in zip(*rows, strict=True)]
    random.shuffle(columns)  # type: ignore[attr-defined]
    here, there = agreement.kendall_w(scores), agreement.kendall_w(list(zip(*columns, strict=True)))
    assert here.w == pytest.approx(there.w, abs=1e-12) if here.w is not None else there.w is None


@examples(60)
@given(st.permutations(list("ABCDEFG")), st.integers(1, 7), st.integers(2, 9))
def test_identical_ballots_agree_completely(order: list[str], places: int, voters: int) -> None:
    found = agreement.ballots_w([order[:places]] * voters, list("ABCDEFG"), places)
    assert found.w == pytest.approx(1, abs=1e-12)
    assert found.band == "very strong"


def test_a_published_panel() -> None:
    ratings = [4, 5, 6, *[7] * 5, *[8] * 5, *[9] * 2]
    found = agreement.rand_ucla(ratings)
    assert (found.ratings, found.median, found.percentile_30, found.percentile_70) == (15, 7, 7, 8)
    assert (found.inter_percentile_range, found.range_central_point, found.asymmetry_index) == (1, 7.5, 2.5)
    assert (found.adjusted_range, found.disagreement, found.verdict) == (6.1, False, "accepted")
    assert (found.outside_band, found.panel_agreement) == (3, True)


def test_a_panel_that_disagrees() -> None:
    found = agreement.rand_ucla([1, 1, 2, 3, 5, 7, 8, 9, 9])
    assert (found.median, found.percentile_30, found.percentile_70) == (5, 2.4, 7.6)
    assert (found.inter_percentile_range, found.adjusted_range, round(found.disagreement_index, 3)) == (
        5.2,
        2.35,
        2.213,
    )
    assert (found.disagreement, found.verdict) == (True, "uncertain")
    assert (found.median_absolute_deviation, found.interquartile_range) == (3, 6)
    assert (found.low, found.middle, found.high, found.panel_agreement) == (4, 1, 4, False)


def test_a_panel_that_agrees() -> None:
    found = agreement.rand_ucla([7, 7, 8, 8, 8, 9, 9, 9, 6])
    assert (found.median, found.percentile_30, found.percentile_70, found.inter_percentile_range) == (8, 7.4, 8.6, 1.2)
    assert (found.adjusted_range, round(found.disagreement_index, 3)) == (6.85, 0.175)
    assert (found.median_absolute_deviation, found.interquartile_range, found.verdict) == (1, 2, "accepted")
    assert agreement.rand_ucla([1, 1, 2, 2, 3]).verdict == "rejected"
    assert agreement.rand_ucla([1, 1, 2, 2, 3]).panel_agreement is None


def test_a_range_equal_to_its_limit_is_no_disagreement() -> None:
    # P30 3.9 and P70 6.7: the range 2.8 is exactly the limit 2.35 + 1.5 × 0.3, which binary fractions would miss.
    found = agreement.rand_ucla([3, 3, 3, 3, 6, 6, 6, 6, 7, 7, 7, 7])
    assert (found.inter_percentile_range, found.adjusted_range) == (2.8, 2.8)
    assert not found.disagreement


@pytest.mark.parametrize(
    ("panel", "allowed"), [(7, None), (8, 2), (10, 2), (11, 3), (14, 4), (16, 4), (19, 5), (22, 6), (25, 7), (26, None)]
)
def test_the_classic_rule_for_panels(panel: int, allowed: int | None) -> None:
    assert agreement.allowed_outside(panel) == allowed


def test_ratings_outside_the_scale_are_refused() -> None:
    for ratings in ([], [None], [0, 5], [10]):
        with pytest.raises(ValueError, match="rating"):
            agreement.rand_ucla(ratings)


def test_coders_who_agree_or_use_one_code() -> None:
    assert coders.cohen_kappa([1, 2, 3], [1, 2, 3]).value == pytest.approx(1)
    assert coders.cohen_kappa([1, 1], [1, 1]).value is None
    assert coders.fleiss_kappa([[1, 1], [1, 1]]).value is None
    assert coders.krippendorff_alpha([[1, 1], [1, 1]]) is None
    assert coders.krippendorff_alpha([[1, None], [None, 2]]) is None
    with pytest.raises(ValueError, match="same remarks"):
        coders.cohen_kappa([1], [1, 2])
    with pytest.raises(ValueError, match="two or more coders"):
        coders.fleiss_kappa([[1]])


codes = st.integers(2, 5).flatmap(
    lambda people: st.lists(st.lists(st.integers(1, 4), min_size=people, max_size=people), min_size=2, max_size=12)
)


@examples(60)
@given(codes)
def test_alpha_of_a_full_table_follows_from_fleiss_kappa(table: list[list[int]]) -> None:
    # Krippendorff (2004): on complete nominal data 1 − alpha is (1 − kappa)(N − 1)/N, N being the number of codes given.
    kappa, alpha = coders.fleiss_kappa(table).value, coders.krippendorff_alpha(table)
    if kappa is None or alpha is None:
        assert kappa is alpha
        return
    given_codes = len(table) * len(table[0])
    assert math.isclose(1 - alpha, (1 - kappa) * (given_codes - 1) / given_codes, rel_tol=1e-9, abs_tol=1e-12)


def test_codes_close_on_a_scale_count_for_more_on_that_scale() -> None:
    near, far = [[1, 2], [2, 3], [3, 4], [4, 3]], [[1, 4], [2, 4], [3, 1], [4, 1]]
    assert coders.krippendorff_alpha(near, level="interval") > coders.krippendorff_alpha(near)  # type: ignore[operator]
    assert coders.krippendorff_alpha(near, level="ordinal") > coders.krippendorff_alpha(far, level="ordinal")  # type: ignore[operator]
