"""Route a vector's function and input to the library and give back the keys of its expected answer; no mathematics of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from amhe_tui.analysis import agreement, coders, elections, gaps, intervals, significance, standardisation, voting
from amhe_tui.analysis.results import Estimate, Gap, Undefined

Answer = dict[str, Any]


def answer(fn: str, input: Mapping[str, Any]) -> Answer:  # noqa: A002
    """Return the library's answer to one vector.

    Raises:
        ValueError: The library refuses the input, or nothing here answers ``fn``.
    """
    if fn not in _ROUTES:
        raise ValueError(f"The library does not answer {fn} yet.")
    return _ROUTES[fn](input)


def _level(confidence: float | str) -> float:
    return float(confidence.rstrip("%")) if isinstance(confidence, str) else confidence


def _number(value: float | None) -> float:
    """Give what does not exist as not a number; what is missing stays None."""
    return math.nan if value is None else value


def _limits(value: Gap | Estimate) -> list[float]:
    return [_number(value.lower), _number(value.upper)]


def _several(given: Mapping[str, Any], ask: Callable[[float], Estimate]) -> Answer:
    """Ask for one confidence level, or for each of several, whose limits then carry it in their name."""
    levels = given["confidence"]
    if not isinstance(levels, list):
        found = ask(levels)
        return {"value": found.value, "lowercl": found.lower, "uppercl": found.upper}
    answers: Answer = {}
    for level in levels:
        found = ask(level)
        name = f"{level * 100:.1f}".replace(".", "_")
        answers |= {"value": found.value, f"lower{name}cl": found.lower, f"upper{name}cl": found.upper}
    return answers


def _refuse_nobody(found: Estimate) -> Estimate:
    if found.reason is Undefined.NO_PEOPLE:
        raise ValueError(found.reason.label)
    return found


def _proportion(given: Mapping[str, Any]) -> Answer:
    x, n, multiplier = given["x"], given["n"], given["multiplier"]
    return _several(
        given, lambda level: _refuse_nobody(intervals.proportion(x, n, confidence=level, multiplier=multiplier))
    )


def _rate(given: Mapping[str, Any]) -> Answer:
    x, n, multiplier = given["x"], given["n"], given["multiplier"]
    method = ""

    def ask(level: float) -> Estimate:
        nonlocal method
        found = _refuse_nobody(intervals.rate(x, n, confidence=level, multiplier=multiplier))
        method = found.method
        return found

    answers = _several(given, ask)
    name = {"rate.exact@1": "Exact", "rate.byar@1": "Byars"}[method]
    return answers | {"method": None if x is None else name}


def _byars(given: Mapping[str, Any]) -> Answer:
    lower, upper = intervals.byar_limits(given["x"], _level(given["confidence"]))
    return {"lower": math.nan if given["x"] == 0 else lower, "upper": upper}


def _wilson(given: Mapping[str, Any]) -> Answer:
    found = intervals.proportion(given["x"], given["n"], confidence=_level(given["confidence"]))
    return {"lower": found.lower, "upper": found.upper}


def _mean(given: Mapping[str, Any]) -> Answer:
    values = given["values"]
    answers = _several(given, lambda level: intervals.mean(values, confidence=level))
    if len(values) == 1:
        answers |= {"lowercl": math.nan, "uppercl": math.nan}
    missing = None in values
    return answers | {
        "value_sum": None if missing else sum(values),
        "value_count": len(values),
        "stdev": None if missing else intervals.standard_deviation(values),
    }


def _ratio_value(found: Gap) -> float:
    return math.inf if found.reason is Undefined.NONE_COMPARED else _number(found.value)


def _two_proportions(given: Mapping[str, Any]) -> Answer:
    table = given["a"], given["n1"], given["b"], given["n2"]
    level = given["confidence"]
    first, second = (
        intervals.proportion(*table[:2], confidence=level),
        intervals.proportion(*table[2:], confidence=level),
    )
    shares: Answer = {"p1": first.value, "p2": second.value}
    if first.value is None or second.value is None:
        return shares
    differences = {
        "newcomb": gaps.difference_newcombe,
        "wald": gaps.difference_wald,
        "agresti-caffo": gaps.difference_agresti_caffo,
        "score": gaps.difference_score,
    }
    katz, score = gaps.ratio_katz(*table, confidence=level), gaps.ratio_score(*table, confidence=level)
    return (
        shares
        | {f"diff_ci_{name}": _limits(ask(*table, confidence=level)) for name, ask in differences.items()}
        | {
            "difference": gaps.difference_newcombe(*table, confidence=level).value,
            "ratio": _ratio_value(katz),
            "ratio_ci_katz": _limits(katz),
            "ratio_ci_score": _limits(score),
            "fisher_p": significance.fisher_exact(*table),
            "chi2_p_uncorrected": significance.chi_square_two_proportions(*table),
        }
    )


def _one_proportion(given: Mapping[str, Any]) -> Answer:
    x, n, level = given["x"], given["n"], given["confidence"]
    return {
        "wilson": _limits(intervals.proportion(x, n, confidence=level)),
        "agresti_coull": list(intervals.agresti_coull_limits(x, n, level)),
        "beta": list(intervals.clopper_pearson_limits(x, n, level)),
        "jeffreys": list(intervals.jeffreys_limits(x, n, level)),
    }


def _kendall(*, correct_ties: bool) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        by_rater = list(zip(*given["items_by_raters"], strict=True))
        found = agreement.kendall_w(by_rater, correct_ties=correct_ties)
        return {
            "w": _number(found.w),
            "chisq": _number(found.chi_square),
            "df": found.degrees_of_freedom,
            "p": _number(found.p),
            "items": found.items,
            "raters": found.raters,
        }

    return route


def _cohen(weights: coders.Weights) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        found = coders.cohen_kappa(given["a"], given["b"], weights=weights)
        return {"kappa": _number(found.value), "z": _number(found.z), "p": _number(found.p)}

    return route


def _fleiss(given: Mapping[str, Any]) -> Answer:
    found = coders.fleiss_kappa(given["items_by_raters"])
    return {"kappa": _number(found.value), "z": _number(found.z)}


def _krippendorff(level: coders.Level) -> Callable[[Mapping[str, Any]], Answer]:
    return lambda given: {"alpha": _number(coders.krippendorff_alpha(given["items_by_raters"], level=level))}


def _ipras(given: Mapping[str, Any]) -> Answer:
    rules: dict[str, agreement.PercentileRule] = {"type7": "linear", "type6": "weibull"}
    found = {name: agreement.rand_ucla(given["ratings"], percentiles=rule) for name, rule in rules.items()}
    first = found["type7"]
    return {
        "n": first.ratings,
        "median": first.median,
        "n_1_3": first.low,
        "n_7_9": first.high,
    } | {
        name: {
            "p30": one.percentile_30,
            "p70": one.percentile_70,
            "ipr": one.inter_percentile_range,
            "ai": one.asymmetry_index,
            "ipras": one.adjusted_range,
            "disagreement_index": one.disagreement_index,
            "disagreement": one.disagreement,
        }
        for name, one in found.items()
    }


def _ranked_full(given: Mapping[str, Any]) -> Answer:
    ballots, size = given["ballots"], given["n_candidates"]
    table = elections.margins([elections.rank_numbers(ballot) for ballot in ballots], size)
    scores = elections.borda(ballots, size)
    return {
        "borda_scores": scores,
        "borda": elections.best(scores),
        "plurality": elections.plurality(ballots, size),
        "copeland": elections.copeland(table),
        "minimax": elections.minimax(table),
        "schulze": elections.schulze(table),
        "condorcet_winner": elections.condorcet_winner(table),
        "instant_runoff_parallel": elections.instant_runoff(ballots, size),
        "mean_rank": elections.mean_ranks(ballots, size),
    }


def _ranked_ties(given: Mapping[str, Any]) -> Answer:
    ballots = [{int(candidate): rank for candidate, rank in ballot.items()} for ballot in given["ballots"]]
    table = elections.margins(ballots, given["n_candidates"])
    scores = elections.symmetric_borda(table)
    return {
        "margin_matrix": table,
        "symmetric_borda": scores,
        "borda_winners": elections.best(scores),
        "copeland": elections.copeland(table),
        "condorcet_winner": elections.condorcet_winner(table),
    }


def _runoff(given: Mapping[str, Any]) -> Answer:
    return {"winners": elections.instant_runoff(given["ballots"], given["n_candidates"], later_places=True)}


def _points(given: Mapping[str, Any]) -> Answer:
    items, places = list(range(given["n_items"])), given["top_k"]
    ballots = [[int(item) for item in sorted(vote, key=vote.__getitem__, reverse=True)] for vote in given["votes"]]
    found = voting.tally(ballots, items, places, allow_fewer=True)
    rows = [found.of(item) for item in items]
    ranks = voting.competition_ranks([(row.score, row.frequency) for row in rows])
    return {
        "total": [row.score for row in rows],
        "voters": [row.frequency for row in rows],
        "rank_competition": ranks,
        "order": sorted(items, key=lambda item: ranks[item]),
        "max_possible": found.most_for_one,
        "pct_of_max": [row.strength for row in rows],
    }


def _direct(given: Mapping[str, Any]) -> Answer:
    found: list[standardisation.Standardised] = []

    def ask(level: float) -> Estimate:
        found.append(
            standardisation.direct_rate(
                given["x"],
                given["n"],
                given["stdpop"],
                events_each=given.get("eventfreq"),
                confidence=level,
                multiplier=given["multiplier"],
                missing_as_zero=True,
            )
        )
        return found[-1].estimate

    answers = _several(given, ask)
    few = found[0].estimate.reason is Undefined.TOO_FEW_EVENTS
    statistic = "dsr NA for total count < 10" if few else f"dsr per {given['multiplier']}"
    return answers | {"total_count": found[0].observed, "total_pop": found[0].population, "statistic": statistic}


def _indirect(given: Mapping[str, Any]) -> Answer:
    strata = given["x"], given["n"], given["x_ref"], given["n_ref"]
    found: list[standardisation.Standardised] = []

    def ask(level: float) -> Estimate:
        if "refvalue" in given:
            ratio = standardisation.indirect_ratio(
                *strata, confidence=level, reference_value=given["refvalue"], missing_as_zero=True
            )
            found.append(ratio)
        else:
            rate = standardisation.indirect_rate(
                *strata, confidence=level, multiplier=given["multiplier"], missing_as_zero=True
            )
            found.append(rate)
        return found[-1].estimate

    answers = _several(given, ask)
    if found[0].estimate.reason is Undefined.NOTHING_EXPECTED:
        answers = dict.fromkeys(answers, math.inf if "refvalue" in given else math.nan)
    return answers | {
        "observed": found[0].observed,
        "expected": found[0].expected,
        "ref_rate": found[0].reference_rate,
        "method": {"exact@1": "Exact", "byar@1": "Byars"}[found[0].estimate.method.rsplit(".", 1)[1]],
    }


def _quantiles(given: Mapping[str, Any]) -> Answer:
    groups = standardisation.quantile_groups(given["values"], given["nquantiles"], highest_first=given["invert"])
    return {"quantile": groups}


_ROUTES: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "proportion_wilson": _proportion,
    "rate_byar_exact": _rate,
    "byars": _byars,
    "wilson": _wilson,
    "mean_t": _mean,
    "dsr_dobson": _direct,
    "dsr_nonindependent": _direct,
    "is_ratio": _indirect,
    "is_rate": _indirect,
    "quantile_groups": _quantiles,
    "two_proportions": _two_proportions,
    "one_proportion_methods": _one_proportion,
    "kendall_w_ties": _kendall(correct_ties=True),
    "kendall_w_plain": _kendall(correct_ties=False),
    "cohen_kappa_unweighted": _cohen("unweighted"),
    "cohen_kappa_equal": _cohen("equal"),
    "cohen_kappa_squared": _cohen("squared"),
    "fleiss_kappa": _fleiss,
    "krippendorff_alpha_nominal": _krippendorff("nominal"),
    "krippendorff_alpha_ordinal": _krippendorff("ordinal"),
    "krippendorff_alpha_interval": _krippendorff("interval"),
    "ipras": _ipras,
    "ranked_full": _ranked_full,
    "ranked_ties_truncated": _ranked_ties,
    "irv": _runoff,
    "ngt_points": _points,
}

ANSWERED = frozenset(_ROUTES)
