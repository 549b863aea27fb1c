from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.estimates import distributions
from amhe_tui.analysis.votes import elections
from amhe_tui.analysis.votes.nominal_group import Tally, drop_one_voter, tally
from amhe_tui.analysis.votes.pooling import PoolingMethod, pool
from amhe_tui.method.vote_schemes import check_ranking
from tests.properties import examples

SIX = [list(ballot) for ballot in ("ABCDE", "BADCF", "ACBEG", "HABFC", "BCAGD", "ABHCE")]
IDEAS = list("ABCDEFGH")
GROUPS = json.loads((Path(__file__).parents[2] / "vectors_sample" / "ngt_two_groups.json").read_text(encoding="utf-8"))
THEMES = [f"T{number}" for number in range(1, 8)]


def two_groups() -> dict[str, list[list[str]]]:
    return {name: [ballot.split() for ballot in ballots.values()] for name, ballots in GROUPS.items()}


@st.composite
def votes(draw: st.DrawFn) -> tuple[list[list[str]], list[str], int]:
    ideas = list("ABCDEFGHIJ"[: draw(st.integers(2, 10))])
    places = draw(st.integers(1, min(5, len(ideas))))
    ballots = draw(st.lists(st.permutations(ideas).map(lambda order: order[:places]), min_size=1, max_size=12))
    return ballots, ideas, places


def by_idea(found: Tally) -> dict[object, tuple[int, ...]]:
    return {row.idea: (row.rank, row.score, row.frequency, *row.place_counts) for row in found.ideas}


def test_six_ballots_over_eight_ideas() -> None:
    found = tally(SIX, IDEAS, 5)
    assert [(row.idea, row.score, row.frequency) for row in found.ideas] == [
        ("A", 26, 6),
        ("B", 24, 6),
        ("C", 16, 6),
        ("H", 8, 2),
        ("D", 6, 3),
        ("E", 4, 3),
        ("F", 3, 2),
        ("G", 3, 2),
    ]
    assert [row.rank for row in found.ideas] == [1, 2, 3, 4, 5, 6, 7, 7]
    assert [row.joint for row in found.ideas] == [False] * 6 + [True] * 2
    assert [round(row.relative_importance, 2) for row in found.ideas] == [
        28.89,
        26.67,
        17.78,
        8.89,
        6.67,
        4.44,
        3.33,
        3.33,
    ]
    assert [round(row.strength, 2) for row in found.ideas] == [86.67, 80, 53.33, 26.67, 20, 13.33, 10, 10]
    assert {row.idea: row.first_choices for row in found.ideas if row.first_choices} == {"A": 3, "B": 2, "H": 1}
    assert (found.points_cast, found.points_possible, found.most_for_one) == (90, 90, 30)
    assert found.of("H").spread == (5, 3)
    assert found.of("H").mean_among_voters == 4
    assert (found.of("D").score * found.of("D").frequency, found.of("H").score * found.of("H").frequency) == (18, 16)
    with pytest.raises(KeyError):
        found.of("Z")


def test_ties_go_by_frequency_then_firsts_then_seconds() -> None:
    # Two ballots with three places: P gets 3 + 1, Q gets 2 + 2, so score and frequency tie and the first place decides.
    found = tally([["P", "Q", "R"], ["S", "Q", "P"]], list("PQRS"), 3)
    assert [(row.idea, row.rank) for row in found.ideas] == [("P", 1), ("Q", 2), ("S", 3), ("R", 4)]


def test_what_the_vote_does_not_tell_apart_is_joint_and_not_alphabetical() -> None:
    found = tally([["Z", "A"], ["A", "Z"], ["M", "B"]], ["Z", "A", "M", "B"], 2)
    assert [(row.idea, row.rank) for row in found.ideas] == [("Z", 1), ("A", 1), ("M", 3), ("B", 4)]


def test_an_idea_that_splits_the_group_is_marked() -> None:
    split = [list("XAB"), list("XBA"), list("ABX"), list("BAX")]
    assert tally(split, list("XAB"), 3).of("X").polarised
    assert not tally(split[:3], list("XAB"), 3).of("X").polarised


def test_an_idea_nobody_named() -> None:
    row = tally([["A"]], ["A", "B"], 1).of("B")
    assert (row.score, row.frequency, row.mean_among_voters, row.spread) == (0, 0, None, ())


def test_no_ballots_give_no_order() -> None:
    found = tally([], ["A", "B"], 2)
    assert [(row.rank, row.joint, row.strength) for row in found.ideas] == [(1, True, 0), (1, True, 0)]


def test_a_shorter_ballot_scores_from_the_top() -> None:
    found = tally([["A"], ["B", "A", "C"]], list("ABC"), 3, allow_fewer=True)
    assert (found.of("A").score, found.of("B").score, found.points_cast, found.points_possible) == (5, 3, 9, 12)


@examples(60)
@given(votes(), st.randoms())
def test_order_of_voters_does_not_matter(vote: tuple[list[list[str]], list[str], int], random: object) -> None:
    ballots, ideas, places = vote
    shuffled = list(ballots)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tally(shuffled, ideas, places) == tally(ballots, ideas, places)


@examples(60)
@given(votes(), st.randoms())
def test_order_of_ideas_does_not_matter(vote: tuple[list[list[str]], list[str], int], random: object) -> None:
    ballots, ideas, places = vote
    shuffled = list(ideas)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert by_idea(tally(ballots, shuffled, places)) == by_idea(tally(ballots, ideas, places))


@examples(60)
@given(votes())
def test_every_point_cast_is_counted(vote: tuple[list[list[str]], list[str], int]) -> None:
    ballots, ideas, places = vote
    found = tally(ballots, ideas, places)
    assert sum(row.score for row in found.ideas) == found.points_cast == found.points_possible
    assert found.points_cast == len(ballots) * places * (places + 1) // 2
    assert math.isclose(sum(row.relative_importance for row in found.ideas), 100)


@examples(60)
@given(votes(), st.data())
def test_promoting_an_idea_never_harms_it(vote: tuple[list[list[str]], list[str], int], data: st.DataObject) -> None:
    ballots, ideas, places = vote
    which = data.draw(st.integers(0, len(ballots) - 1))
    place = data.draw(st.integers(0, places - 1))
    idea = ballots[which][place]
    higher = data.draw(st.integers(0, place))
    promoted = [list(ballot) for ballot in ballots]
    promoted[which].insert(higher, promoted[which].pop(place))
    before, after = tally(ballots, ideas, places).of(idea), tally(promoted, ideas, places).of(idea)
    assert after.score == before.score + place - higher
    assert after.rank <= before.rank


@examples(60)
@given(votes(), st.data())
def test_merging_keeps_the_points_and_counts_a_voter_once(
    vote: tuple[list[list[str]], list[str], int], data: st.DataObject
) -> None:
    ballots, ideas, places = vote
    child, parent = data.draw(st.permutations(ideas))[:2]
    apart, together = tally(ballots, ideas, places), tally(ballots, ideas, places, merged={child: parent})
    one, other, both = apart.of(child), apart.of(parent), together.of(parent)
    assert both.score == one.score + other.score
    assert (
        both.frequency
        == sum(child in ballot or parent in ballot for ballot in ballots)
        <= one.frequency + other.frequency
    )
    assert both.place_counts == tuple(map(sum, zip(one.place_counts, other.place_counts, strict=True)))
    assert together.points_cast == apart.points_cast
    assert child not in {row.idea for row in together.ideas}


def test_merges_follow_their_chain_and_refuse_circles() -> None:
    found = tally([["A", "B"], ["C", "A"]], list("ABC"), 2, merged={"A": "B", "B": "C"})
    assert [(row.idea, row.score, row.frequency) for row in found.ideas] == [("C", 6, 2)]
    with pytest.raises(ValueError, match="circle"):
        tally([], list("AB"), 1, merged={"A": "B", "B": "A"})
    with pytest.raises(ValueError, match="not in this vote"):
        tally([], list("AB"), 1, merged={"A": "Z"})


@pytest.mark.parametrize(
    ("ranking", "places", "words"),
    [
        (["A", "A"], 2, "A is on the ballot more than once; each place needs a different idea."),
        (["A", "Z"], 2, "Z is not one of the ideas in this vote."),
        (["A"], 2, "The ballot ranks 1 of the 2 ideas it needs."),
        (["A", "B", "C"], 2, "The ballot has 3 ideas, but only 2 places."),
        ([], 2, "The ballot is empty; leave the vote out instead if you do not want to vote."),
        (["A"], 0, "A vote needs at least one place on the ballot."),
    ],
)
def test_a_bad_ballot_is_told_what_is_wrong(ranking: list[str], places: int, words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        check_ranking(ranking, list("ABCD"), places)
    assert str(caught.value) == words


def test_a_good_ballot_passes() -> None:
    check_ranking(["A", "B"], list("ABCD"), 2)
    check_ranking(["A"], list("ABCD"), 2, allow_fewer=True)
    check_ranking(["B", "A"], list("AB"), 5)


def test_a_bad_vote_is_refused_whole() -> None:
    with pytest.raises(ValueError, match="Ballot 2 of 2 cannot be counted: The ballot ranks 1"):
        tally([["A", "B"], ["A"]], list("AB"), 2)
    with pytest.raises(ValueError, match="listed twice"):
        tally([], ["A", "A"], 1)
    with pytest.raises(ValueError, match="at least one place"):
        tally([], ["A"], 0)


def test_what_hangs_on_a_single_voter() -> None:
    found = {row.idea: (row.rank, row.best, row.worst) for row in drop_one_voter(SIX, IDEAS, 5)}
    expected = {
        idea: {tally([*SIX[:out], *SIX[out + 1 :]], IDEAS, 5).of(idea).rank for out in range(6)} for idea in IDEAS
    }
    whole = {row.idea: row.rank for row in tally(SIX, IDEAS, 5).ideas}
    for idea, ranks in expected.items():
        ranks = ranks | {whole[idea]}
        assert found[idea] == (whole[idea], min(ranks), max(ranks))
    assert found["A"] == (1, 1, 1)
    assert any(best < worst for _, best, worst in found.values())
    with pytest.raises(ValueError, match="three ballots"):
        drop_one_voter(SIX[:2], IDEAS, 5)


def test_two_groups_where_the_third_priority_hangs_on_the_method() -> None:
    found = pool(two_groups(), THEMES, 5)
    table = {
        row.idea: (
            row.by_group["group1"],
            row.by_group["group2"],
            (row.score, row.frequency),
            round(row.relative_importance, 2),
            round(row.strength, 2),
            row.reversed_ranks,
        )
        for row in found.ideas
    }
    assert table == {
        "T1": ((18, 4), (18, 6), (36, 10), 24.00, 75.00, 12),
        "T6": ((9, 3), (26, 6), (35, 9), 23.33, 65.83, 11),
        "T7": ((0, 0), (26, 6), (26, 6), 17.33, 43.33, 8),
        "T2": ((15, 4), (7, 4), (22, 8), 14.67, 49.17, 9),
        "T3": ((11, 4), (4, 3), (15, 7), 10.00, 34.17, 7),
        "T5": ((3, 2), (9, 5), (12, 7), 8.00, 22.50, 6),
        "T4": ((4, 3), (0, 0), (4, 3), 2.67, 10.00, 4),
    }
    assert found.order(PoolingMethod.POOLED_SUM)[:4] == ("T1", "T6", "T7", "T2")
    assert found.order(PoolingMethod.EQUAL_GROUPS)[:4] == ("T1", "T6", "T2", "T7")
    assert found.order(PoolingMethod.CONSTITUENCIES)[:4] == ("T1", "T6", "T2", "T7")
    assert {row.idea for row in found.ideas if row.sensitive} == {"T7", "T2"}
    assert found.sensitive()
    assert not found.sensitive(first=2)
    assert {row.idea: row.groups_in_top for row in found.ideas} == {
        "T1": 2, "T6": 2, "T7": 1, "T2": 2, "T3": 1, "T5": 1, "T4": 1,
    }  # fmt: skip


def test_the_pool_of_one_group_is_that_group() -> None:
    found = pool({"only": SIX}, IDEAS, 5)
    assert [row.ranks[PoolingMethod.POOLED_SUM] for row in found.ideas] == [1, 2, 3, 4, 5, 6, 7, 7]
    assert not found.sensitive()


def test_constituencies_do_not_weigh_by_size() -> None:
    once, twice = two_groups(), two_groups()
    twice["group2"] = twice["group2"] * 2
    for method in (PoolingMethod.CONSTITUENCIES, PoolingMethod.EQUAL_GROUPS):
        ranks = [{row.idea: row.ranks[method] for row in pool(groups, THEMES, 5).ideas} for groups in (once, twice)]
        assert ranks[0] == ranks[1]
    assert {row.idea: row.score for row in pool(twice, THEMES, 5).ideas}["T7"] == 52


def test_two_ideas_of_a_theme_on_one_ballot_are_one_voter() -> None:
    found = pool({"a": [["A", "B"]], "b": [["C", "A"]]}, list("ABC"), 2, themes={"B": "A"})
    assert [(row.idea, row.score, row.frequency) for row in found.ideas] == [("A", 4, 2), ("C", 2, 1)]


def test_groups_that_cannot_be_weighed_are_refused() -> None:
    with pytest.raises(ValueError, match="no groups"):
        pool({}, ["A"], 1)
    with pytest.raises(ValueError, match="The group b has no ballots"):
        pool({"a": [["A"]], "b": []}, ["A"], 1)


def test_borda_of_the_tennessee_example() -> None:
    memphis, nashville, chattanooga, knoxville = range(4)
    orders = {
        (memphis, nashville, chattanooga, knoxville): 42,
        (nashville, chattanooga, knoxville, memphis): 26,
        (chattanooga, knoxville, nashville, memphis): 15,
        (knoxville, chattanooga, nashville, memphis): 17,
    }
    rankings = [order for order, times in orders.items() for _ in range(times)]
    assert elections.borda(rankings, 4) == [126, 194, 173, 107]
    assert elections.plurality(rankings, 4) == [memphis]
    assert elections.instant_runoff(rankings, 4) == [knoxville]
    table = elections.margins([elections.rank_numbers(ranking) for ranking in rankings], 4)
    assert elections.condorcet_winner(table) == nashville
    assert elections.schulze(table) == elections.minimax(table) == elections.copeland(table) == [nashville]


def test_elections_refuse_rankings_of_something_else() -> None:
    for ranking in ([0, 0], [0, 3]):
        with pytest.raises(ValueError, match="different candidates"):
            elections.borda([ranking], 3)
    with pytest.raises(ValueError, match="no rankings"):
        elections.mean_ranks([], 3)


def test_quantiles_of_points() -> None:
    assert distributions.quantile([0, 1, 2, 3], 0.25) == 0.75
    assert distributions.competition_ranks([5, 9, 9, 1]) == [3, 1, 1, 4]
