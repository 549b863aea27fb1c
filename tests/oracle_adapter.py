"""Route a vector's function and input to the library and give back the keys of its expected answer; no mathematics of its own."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any

from amhe_tui.analysis.disclosure import tables
from amhe_tui.analysis.estimates import distributions, funnel, intervals, standardisation
from amhe_tui.analysis.estimates.results import Estimate, Gap, Undefined
from amhe_tui.analysis.gaps import representation
from amhe_tui.analysis.gaps import shares as gaps
from amhe_tui.analysis.inequality import concentration, measures, sets, slope_ukhsa, slope_who
from amhe_tui.analysis.inequality.measures import Measure
from amhe_tui.analysis.votes import agreement, coders, elections, nominal_group

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
            "fisher_p": intervals.fisher_exact(*table),
            "chi2_p_uncorrected": intervals.chi_square_two_proportions(*table),
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
    found = nominal_group.tally(ballots, items, places, allow_fewer=True)
    rows = [found.of(item) for item in items]
    ranks = distributions.competition_ranks([(row.score, row.frequency) for row in rows])
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


_AS_NO_NUMBER = {Undefined.NONE_EITHER, Undefined.ALL_ZERO}
"""What the peer writes as not a number; it stops on every other reason."""


def _sets(given: Mapping[str, Any], *, ordered: bool) -> sets.Sets:
    """Put a vector's lists into a set; what it says once for every group is said once."""

    def once(key: str) -> list[Any] | None:
        return [given[key][0]] if key in given else None

    def each(key: str) -> list[Any] | None:
        return None if given.get(key) is None else [given[key]]

    reference, favourable = given.get("reference_subgroup"), once("favourable_indicator")
    return sets.sets_of(
        [given["est"]],
        errors=each("se"),
        populations=each("pop"),
        ranks=each("subgroup_order") if ordered else None,
        reference=None if reference is None else [reference.index(1) if 1 in reference else None],
        favourable=None if favourable is None else [bool(favourable[0])],
        scale=once("scaleval"),
        average=once("setting_average"),
    )


def _or_refused(found: sets.SummaryMeasure) -> sets.SummaryMeasure:
    refused = found.value is None and found.reason not in _AS_NO_NUMBER | {Undefined.NONE_COMPARED}
    if found.reason is not None and (refused or found.reason is Undefined.NO_VARIATION):
        raise ValueError(found.reason.label)
    return found


def _measured(found: sets.SummaryMeasure, *, given_error: bool) -> Answer:
    """Give the keys of the peer: what could not be worked out is not a number, what was never given is missing."""
    _or_refused(found)
    value = math.inf if found.reason is Undefined.NONE_COMPARED else _number(found.value)
    numbers = (found.error, found.lower, found.upper)
    error, lower, upper = ((_number(number) if given_error else number) for number in numbers)
    return {"estimate": value, "se": error, "lowerci": lower, "upperci": upper}


def _errors_given(given: Mapping[str, Any]) -> bool:
    return given.get("se") is not None and None not in given["se"]


def _level_of(given: Mapping[str, Any]) -> float:
    return given.get("conf.level", 0.95)


def _pair(which: Measure) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        groups = _sets(given, ordered=bool(given["ordered_dimension"][0]))
        found = measures.measure(which, groups, confidence=_level_of(given)).of(0)
        if found.reason is Undefined.ONE_GROUP:
            return _with_itself(which, given)
        answer_of = _measured(found, given_error=_errors_given(given))
        if which is Measure.RATIO and found.value == 0 and _errors_given(given):
            # The peer's standard error of the logarithm of nothing is without end.
            answer_of |= {"se": math.inf, "lowerci": 0.0}
        return answer_of

    return route


def _with_itself(which: Measure, given: Mapping[str, Any]) -> Answer:
    """Compare a single group with itself, as the peer does where the library says that one group has no gap."""
    place = next(place for place, figure in enumerate(given["est"]) if figure is not None)
    twice = {key: [given[key][place]] * 2 for key in ("est", "se") if given.get(key) is not None}
    found = measures.measure(which, _sets(twice, ordered=False), confidence=_level_of(given)).of(0)
    return _measured(found, given_error=_errors_given(twice))


def _spread(which: Measure) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        if which is Measure.THEIL:
            # The peer reads a zero as a millionth; the library takes the limit instead.
            given = {**given, "est": [1e-6 if figure == 0 else figure for figure in given["est"]]}
        groups = _sets(given, ordered=False)
        found = measures.measure(which, groups, confidence=_level_of(given), force=given.get("force", False)).of(0)
        return _measured(found, given_error=_errors_given(given))

    return route


def _simulated(which: Measure) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        groups = _sets(given, ordered=False)

        def ask(asked: sets.Sets) -> sets.SummaryMeasure:
            found = measures.measure(which, asked, confidence=_level_of(given), force=given.get("force", False))
            return _or_refused(found.of(0))

        found = ask(groups)
        limits = found
        if which is Measure.DISPARITY_WEIGHTED and groups.populations is not None and found.value is not None:
            # The peer holds the average where it was observed in this one measure; the library draws it anew.
            limits = ask(dataclasses.replace(groups, average=sets.averages(groups)))
        return {"estimate": _number(found.value), "ci_mc": [limits.lower, limits.upper]}

    return route


def _ranked(which: Measure) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        given = {"pop": [1] * len(given["est"]), **given}
        groups, level, force = _sets(given, ordered=True), _level_of(given), given.get("force", False)
        if which in (Measure.SLOPE, Measure.RELATIVE_SLOPE):
            ask = slope_who.slope_index if which is Measure.SLOPE else slope_who.relative_index
            found = ask(groups, level, linear=given.get("linear", False), force=force)
        else:
            kinds: dict[str | None, concentration.Kind] = {"wagstaff": "wagstaff", "erreygers": "erreygers"}
            plain: concentration.Kind = "absolute" if which is Measure.CONCENTRATION else "relative"
            kind = kinds.get(given.get("method"), plain)
            bounds = (given["lmin"], given["lmax"]) if "lmin" in given else None
            found = concentration.concentration(groups, level, kind=kind, bounds=bounds, force=force)
        return _measured(found.of(0), given_error=True)

    return route


def _attributable(which: Measure) -> Callable[[Mapping[str, Any]], Answer]:
    def route(given: Mapping[str, Any]) -> Answer:
        groups = _sets(given, ordered=bool(given["ordered_dimension"][0]))
        found = measures.measure(which, groups, confidence=_level_of(given), force=given.get("force", False)).of(0)
        return _measured(found, given_error=given.get("pop") is not None)

    return route


def _ukhsa_slope(given: Mapping[str, Any]) -> Answer:
    errors = given.get("se")
    found = slope_ukhsa.slope_index(
        given["value"],
        given["population"],
        ranks=given["quantile"],
        errors=errors,
        lower=given.get("lower_cl") if errors is None else None,
        upper=given.get("upper_cl") if errors is None else None,
        kind=given["value_type"],
        transform=given["transform"],
        multiplier=given["multiplier"],
        confidence=given["confidence"],
    )
    if found.slope.value is None and found.slope.reason is not None:
        raise ValueError(found.slope.reason.label)
    # The peer gives the bottom of a transformed line in the unit of the multiplier, and no limits for it.
    unit = abs(given["multiplier"]) if given["transform"] else 1
    intercept = None if found.intercept is None else found.intercept * unit

    def limits(index: sets.SummaryMeasure) -> list[float | None]:
        return [None, None] if given["transform"] else [index.lower, index.upper]

    return {
        "sii": found.slope.value,
        "rii": found.relative.value,
        "intercept": intercept,
        "sii_ci": limits(found.slope),
        "rii_ci": limits(found.relative),
    }


def _funnel(given: Mapping[str, Any]) -> Answer:
    found = funnel.funnel_of_proportions(given["numerator"], given["denominator"], multiplier=given["multiplier"])
    points = len(found.limits)
    return {
        "significance": [None if standing is None else standing.label for standing in found.standings],
        "limits": {
            "Population": [point.population for point in found.limits],
            "lower_2s_limit": [point.lower for point in found.limits],
            "upper_2s_limit": [point.upper for point in found.limits],
            "lower_3s_limit": [point.lower_far for point in found.limits],
            "upper_3s_limit": [point.upper_far for point in found.limits],
            "baseline": [found.baseline] * points,
            "statistic": ["proportion"] * points,
            "method": ["Wilson"] * points,
        },
    }


def _represented(given: Mapping[str, Any]) -> Answer:
    found = representation.representation(
        given["service"],
        given["population"],
        unknown=given.get("unknown", 0),
        reference=given.get("reference_index"),
    )
    return {
        "groups": [
            {
                "service_share": group.service_share,
                "population_share": group.population_share,
                "representation_ratio": group.ratio,
                "pp_gap": group.points,
                "expected": group.expected,
                "access_rate": group.access,
                "access_ratio_to_ref": group.access_ratio,
            }
            for group in found.groups
        ],
        "dissimilarity_index": found.dissimilarity,
        "completeness": found.completeness,
        "pct_unknown": found.unknown_percent,
    }


def _hidden(given: Mapping[str, Any]) -> Answer:
    found = tables.hide(
        given["table"],
        threshold=given["threshold"],
        rounding=given["rounding_base"],
        row_totals=given.get("row_totals"),
        column_totals=given.get("col_totals"),
        total=given.get("total"),
    )
    return {"rounded": [list(row) for row in found.rounded], "mask": [list(cell) for cell in found.mask]}


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
    "sii_ukhsa": _ukhsa_slope,
    "funnel_proportion": _funnel,
    "representation": _represented,
    "suppression": _hidden,
    "d": _pair(Measure.DIFFERENCE),
    "r": _pair(Measure.RATIO),
    "bgv": _spread(Measure.VARIANCE),
    "mld": _spread(Measure.LOG_DEVIATION),
    "ti": _spread(Measure.THEIL),
    "bgsd": _simulated(Measure.STANDARD_DEVIATION),
    "covar": _simulated(Measure.VARIATION),
    "idisu": _simulated(Measure.DISPARITY),
    "idisw": _simulated(Measure.DISPARITY_WEIGHTED),
    "mdmu": _simulated(Measure.FROM_MEAN),
    "mdmw": _simulated(Measure.FROM_MEAN_WEIGHTED),
    "mdbu": _simulated(Measure.FROM_BEST),
    "mdbw": _simulated(Measure.FROM_BEST_WEIGHTED),
    "mdru": _simulated(Measure.FROM_REFERENCE),
    "mdrw": _simulated(Measure.FROM_REFERENCE_WEIGHTED),
    "aci": _ranked(Measure.CONCENTRATION),
    "rci": _ranked(Measure.RELATIVE_CONCENTRATION),
    "sii": _ranked(Measure.SLOPE),
    "rii": _ranked(Measure.RELATIVE_SLOPE),
    "parisk": _attributable(Measure.AT_RISK),
    "paf": _attributable(Measure.ATTRIBUTABLE),
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
