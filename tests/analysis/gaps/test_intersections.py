"""Crossings of groups: nearer the truth than as counted, as an independent computation has it, and sensible where there is little or nothing to tell."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import optimize, special

from amhe_tui.analysis.gaps.intersections import (
    MOST,
    Multilevel,
    Smoothed,
    Stratum,
    bears_out,
    furthest,
    multilevel,
    part_words,
)

FEW = (3, 6, 12, 25, 60, 300)
"""How many people the strata of the generated sets have."""


def generated(
    seed: int, *, apart: float, shape: Sequence[int] = (2, 5, 3), effect: float = 0.5, people: Sequence[int] = FEW
) -> tuple[list[Stratum], np.ndarray]:
    """Return strata whose true shares are known: what their characteristics add up to, and how far each lies from that."""
    chance = np.random.default_rng(seed)
    effects = [chance.normal(0, effect, size) for size in shape]
    strata: list[Stratum] = []
    truth: list[float] = []
    for groups in itertools.product(*map(range, shape)):
        added = -0.6 + sum(each[group] for each, group in zip(effects, groups, strict=True))
        share = float(special.expit(added + chance.normal(0, apart) if apart else added))
        number = int(chance.choice(people))
        names = tuple(f"{letter}{group}" for letter, group in zip("abc", groups, strict=False))
        strata.append(Stratum(names, int(chance.binomial(number, share)), number))
        truth.append(share)
    return strata, np.array(truth)


def smoothed(found: Multilevel) -> list[Smoothed]:
    assert None not in found.strata
    return [one for one in found.strata if one is not None]


@pytest.mark.parametrize(("apart", "least"), [(0.0, 4.0), (0.3, 2.0), pytest.param(0.6, 1.3, marks=pytest.mark.faults)])
def test_smoothed_figures_are_nearer_the_truth_than_counted_ones(apart: float, least: float) -> None:
    crude, shrunken, held = [], [], []
    better = 0
    sets = 20
    for seed in range(sets):
        strata, truth = generated(seed, apart=apart)
        found = smoothed(multilevel(strata, "share"))
        errors = [
            np.mean((np.array(values) - truth) ** 2)
            for values in ([one.count / one.people for one in strata], [one.value for one in found])
        ]
        crude.append(errors[0])
        shrunken.append(errors[1])
        better += errors[1] < errors[0]
        held += [one.lower <= share <= one.upper for one, share in zip(found, truth, strict=True)]
    times = float(np.mean(crude) / np.mean(shrunken))
    print(
        f"beyond the sum {apart}: mean squared error as counted {np.mean(crude):.4f}, smoothed {np.mean(shrunken):.4f}, {times:.1f} times as near;"
        f" nearer in {better} of {sets} sets; 95 % limits hold {100 * np.mean(held):.1f} % of truths"
    )
    assert times > least
    assert better >= sets - 2
    assert (
        0.91 <= np.mean(held) <= 0.995
    )  # they are normal limits; with three people in a stratum they hold a little less than 95 % of truths


@pytest.mark.faults
def test_what_is_left_beyond_the_sum_is_found_and_not_made_up() -> None:
    people = (60, 150, 300)
    alone = [multilevel(generated(seed, apart=0.0, people=people)[0], "share") for seed in range(24)]
    crossed = [multilevel(generated(seed, apart=0.6, people=people)[0], "share") for seed in range(12)]
    assert sum(one.more_than_sum for one in alone) <= 4  # 5 % of 24 are 1
    assert np.median([one.pcv for one in alone if one.pcv is not None]) > 0.9
    assert sum(one.more_than_sum for one in crossed) >= 11
    assert 0.45 < np.mean([math.sqrt(one.left) for one in crossed]) < 0.75  # it was 0.6
    nothing = [multilevel(generated(seed, apart=0.0, effect=0.0, people=people)[0], "share") for seed in range(24)]
    assert sum(one.differ for one in nothing) <= 4


# --- beside an independent computation ---------------------------------------------------------------------------------------------------------------


def restricted(strata: Sequence[Stratum], spread: float, kind: str) -> float:
    """Return the restricted likelihood of a spread, the mean and every stratum integrated out by quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    counts, people = (np.array([getattr(one, name) for one in strata], dtype=float) for name in ("count", "people"))
    means = np.linspace(-9, 3, 1201)
    predicted = means[:, None, None] + spread * nodes
    told = counts[:, None] * predicted - people[:, None] * (
        np.logaddexp(0, predicted) if kind == "share" else np.exp(predicted)
    )
    return float(special.logsumexp(special.logsumexp(told, b=weights, axis=2).sum(axis=1)))


@pytest.mark.parametrize("kind", ["share", "rate"])
def test_the_spread_is_that_of_the_whole_likelihood_integrated_out(kind: str) -> None:
    counts = [(12, 40), (30, 55), (9, 70), (44, 80), (25, 90), (5, 60), (33, 45), (20, 64)]
    strata = [
        Stratum((f"a{place // 4}", f"b{place % 4}"), count, people * (1 if kind == "share" else 10))
        for place, (count, people) in enumerate(counts)
    ]
    best = optimize.minimize_scalar(
        lambda spread: -restricted(strata, spread, kind), bounds=(0.05, 3), method="bounded", options={"xatol": 1e-3}
    )
    found = multilevel(strata, "share" if kind == "share" else "rate")
    assert math.sqrt(found.variance) == pytest.approx(best.x, rel=0.02)
    if kind == "share":
        assert found.vpc == pytest.approx(best.x**2 / (best.x**2 + math.pi**2 / 3), rel=0.04)


def test_strata_are_as_drawn_from_the_whole_posterior() -> None:
    """Draws from the joint normal around the mode, weighed by the exact likelihood and priors, have the means and limits that are given."""
    strata, _ = generated(5, apart=0.5, shape=(2, 3), people=(40, 90, 200))
    found = smoothed(multilevel(strata, "share"))
    counts = np.array([one.count for one in strata], dtype=float)
    people = np.array([one.people for one in strata], dtype=float)
    effects = np.array(
        [
            [1.0, *(one.groups[0] == f"a{k}" for k in range(2)), *(one.groups[1] == f"b{k}" for k in range(3))]
            for one in strata
        ],
        dtype=float,
    )
    size = effects.shape[1]

    def less_likely(at: np.ndarray) -> float:
        """Return minus the logarithm of the posterior at effects, strata in units of the spread, and the logarithm of the spread."""
        spread = math.exp(at[-1])
        predicted = effects @ at[:size] + spread * at[size:-1]
        likely = counts @ predicted - people @ np.logaddexp(0, predicted)
        prior = -np.sum(at[1:size] ** 2) / 50 - np.sum(at[size:-1] ** 2) / 2 - spread**2 / 2 + at[-1]
        return float(-(likely + prior))

    chance = np.random.default_rng(3)
    at = np.append(np.zeros(size + len(strata)), -0.5)
    here, kept, taken = less_likely(at), [], 0
    # A plain random walk: slow and beyond doubt.
    cov = optimize.minimize(less_likely, at, method="BFGS").hess_inv
    root = np.linalg.cholesky(cov + 1e-6 * np.eye(len(at)))
    for step in range(60_000):
        there = at + 0.6 * root @ chance.normal(size=len(at))
        level = less_likely(there)
        if math.log(chance.random()) < here - level:
            at, here = there, level
            taken += 1
        if step > 5_000:
            kept.append(effects @ at[:size] + math.exp(at[-1]) * at[size:-1])
    assert 0.05 < taken / 60_000 < 0.9
    drawn = np.array(kept)
    for place, one in enumerate(found):
        shares = special.expit(drawn[:, place])
        low, middle, high = np.quantile(shares, [0.025, 0.5, 0.975])
        assert one.value == pytest.approx(middle, abs=0.015)
        assert (one.lower, one.upper) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))


# --- where there is little to tell -------------------------------------------------------------------------------------------------------------------


def strata_of(*counts: tuple[int, int]) -> list[Stratum]:
    return [Stratum((f"a{place // 3}", f"b{place % 3}"), count, people) for place, (count, people) in enumerate(counts)]


def test_without_any_variance_all_are_drawn_to_one_and_nothing_is_said_of_parts() -> None:
    found = multilevel(strata_of(*[(30, 100)] * 6), "share")
    assert (found.variance, found.vpc, found.pcv) == (0.0, 0.0, None)
    assert not found.differ
    assert not found.more_than_sum
    assert furthest(found) is None
    for one in smoothed(found):
        assert one.value == pytest.approx(0.3, abs=1e-3)
        assert one.lower < 0.3 < one.upper


def test_a_stratum_with_nobody_in_it_has_no_figure_and_changes_nothing() -> None:
    five = [(30, 100), (20, 100), (5, 12), (60, 100), (44, 100)]
    with_none = multilevel(strata_of(*five, (0, 0)), "share")
    without = multilevel(strata_of(*five), "share")
    assert with_none.strata[:5] == without.strata
    assert with_none.strata[5] is None


def test_none_and_all_of_a_stratum_are_drawn_in_with_limits_inside() -> None:
    found = smoothed(multilevel(strata_of((0, 4), (20, 60), (6, 30), (5, 5), (33, 60), (9, 30)), "share"))
    assert 0 < found[0].lower < found[0].value < found[0].upper < 1
    assert 0 < found[3].lower < found[3].value < found[3].upper < 1
    assert found[0].value > 0.05
    assert found[3].value < 0.95


def test_nobody_of_a_whole_group_breaks_nothing() -> None:
    found = smoothed(multilevel(strata_of((0, 40), (20, 60), (16, 30), (0, 35), (33, 60), (19, 30)), "share"))
    assert 0 < found[0].value < 0.05
    assert all(math.isfinite(number) for one in found for number in (one.value, one.lower, one.upper, one.expected))


@pytest.mark.parametrize(
    ("strata", "said"),
    [
        (strata_of((3, 10), (4, 10)), "too few crossings"),
        (strata_of((3, 10), (4, 10), (5, 10)), "too few crossings"),
        (strata_of((3, 10), (4, 10), (0, 0), (5, 10)), "too few crossings"),
        ([], "too few crossings"),
        (strata_of(*[(0, 10)] * 6), "nobody"),
        (strata_of(*[(10, 10)] * 6), "everybody"),
        (strata_of(*[(11, 10)] * 6), "between zero and its total"),
        (strata_of(*[(1, math.inf)] * 6), "between zero and its total"),
        ([Stratum((f"a{place // 30}", f"b{place % 30}"), 1, 3) for place in range(MOST + 1)], "more than"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_a_sentence(strata: list[Stratum], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        multilevel(strata, "share")


def test_two_by_two_is_the_least_there_is() -> None:
    four = [
        Stratum((a, b), count, 200)
        for (a, b), count in zip(itertools.product("ab", "cd"), (20, 40, 60, 170), strict=True)
    ]
    found = multilevel(four, "share")
    assert found.differ
    assert len(smoothed(found)) == 4


def test_rates_need_no_more_people_than_events() -> None:
    rates = [
        Stratum((f"a{place // 3}", f"b{place % 3}"), count, 20_000)
        for place, count in enumerate((2, 40, 33, 60, 90, 41))
    ]
    found = multilevel(rates, "rate")
    assert found.method == "crossing.rate@1"
    assert found.differ
    assert found.vpc < 0.02  # so rare that hardly anything of it sets people apart
    first = smoothed(found)[0]
    assert 2 / 20_000 < first.value < first.expected
    assert first.beyond in (0, -1)


@pytest.mark.parametrize(
    ("pcv", "words"),
    [
        (1.0, "All"),
        (0.8, "Most of the difference (80%)"),
        (0.5, "About half"),
        (0.3, "Less than half"),
        (0.1, "Little"),
        (-3, "None"),
    ],
)
def test_parts_in_words(pcv: float, words: str) -> None:
    assert part_words(pcv).startswith(words)


def test_other_sizes_or_another_stratum_bear_nothing_out() -> None:
    found = multilevel(generated(1, apart=0.6, people=(300,))[0], "share")
    assert bears_out(found, found)
    other = multilevel(generated(2, apart=0.6, people=(300,))[0], "share")
    assert furthest(other) != furthest(found)
    assert not bears_out(found, other)
    same = multilevel(generated(1, apart=0.0, people=(300,))[0], "share")
    assert not bears_out(found, same)
