"""How numbers are made: what each id of a method means, for the reader who wants to know; a method has its words here and nowhere else.

An id names a formula and its version, such as ``proportion.wilson@1``. A finding keeps the ids of its numbers, so words stay for as long as a file may hold them.
"""

from __future__ import annotations

import re

from amhe_tui.method.vote_schemes import SCHEMES

_CHANCE = "Limits that leave out 0 mean a wider gap than chance alone would give."
_CHANCE_OF_RATIO = "Limits that leave out 1 mean a wider gap than chance alone would give."
_WHO = "as the World Health Organization works it out"
_ENGLAND = "as England's public health data give it"
_LADDER = "between the two ends of a line through all groups, from the worst off to the best off"
_REDRAWN = "Its 95% limits come from drawing every group's figure anew, many times."
_SAME_WEIGHT, _BY_SIZE = "every group counting alike", "every group counting by its size"
_EXACT = "With fewer than ten events its 95% limits are exact Poisson limits (Garwood 1936)."
_BYAR = "From ten events on, its 95% limits are Byar's (Breslow and Day 1987)."
_BAND = "Because counts were rounded, the true {} lies in a range: the least and the most that the rounding leaves room for."
_FUNNEL = "of a place of this size can be from that of the country, or of all places together, by chance alone: so far in 95, and further in 99.8, of 100 such places."
_CROSSED = (
    "Multilevel analysis of individual heterogeneity and discriminatory accuracy (MAIHDA; Evans and others 2018, Merlo 2018): each crossing of groups is drawn "
    "towards what its characteristics add up to, the more so the fewer people are in it, by restricted maximum likelihood, with 95% limits that allow for all of this."
)
_CROSSED_PARTS = "VPC is the part of what sets people apart that lies between crossings; PCV the part of that which follows from the characteristics added up."
_KAPPA = "How far two people who coded the same remarks agree beyond chance (Cohen), {}."
_RAND = "The agreement of ratings from 1 to 9 by the RAND/UCLA method (Fitch and others 2001), percentiles {}."

_WORDS = {
    "proportion.wilson": (
        "A share of people is their number over the number of all counted. Its limits are Wilson's (1927): "
        "if we could count again and again, 95 of 100 such ranges would hold the true share."
    ),
    "rate.byar": "A rate is events over people. From ten events on, its 95% limits are Byar's (Breslow and Day 1987).",
    "rate.exact": "A rate is events over people. Below ten events, its 95% limits are exact Poisson limits (Garwood 1936).",
    "rate.direct.dobson": "The rate if the ages here were those of a standard population, with 95% limits after Dobson and others (1991).",
    "rate.indirect.byar": f"The rate of the standard population times the events seen over those expected here from its ages. {_BYAR}",
    "rate.indirect.exact": f"The rate of the standard population times the events seen over those expected here from its ages. {_EXACT}",
    "ratio.indirect.byar": f"The events seen over those expected from the ages of the people here. {_BYAR}",
    "ratio.indirect.exact": f"The events seen over those expected from the ages of the people here. {_EXACT}",
    "mean.t": "An average is the sum of values over how many there are, with 95% limits from Student's t.",
    "funnel.proportion": f"How far the share {_FUNNEL}",
    "funnel.rate": f"How far the rate {_FUNNEL}",
    "band.share": _BAND.format("share"),
    "band.rate": _BAND.format("rate"),
    "band.difference": _BAND.format("difference"),
    "band.ratio": _BAND.format("ratio"),
    "gap.difference.newcombe": (
        "The gap is the one share less the other. Its 95% limits are Newcombe's (1998, method 10), put together from those of both shares. "
        f"{_CHANCE}"
    ),
    "gap.difference.score": f"The gap is the one share less the other, with the score limits of Miettinen and Nurminen (1985). {_CHANCE}",
    "gap.difference.wald": "The gap is the one share less the other, with plain normal limits, which are too narrow for small counts.",
    "gap.difference.agresti_caffo": f"The gap is the one share less the other, with the limits of Agresti and Caffo (2000). {_CHANCE}",
    "gap.difference.estimates": "The gap is the one figure less the other. Its 95% limits come from the published limits of both.",
    "gap.difference.part": (
        "The gap is the figure of the group less that of the whole it is part of. Chance is judged against the rest of that whole, and its limits are those of the "
        f"gap to the rest, brought over. {_CHANCE}"
    ),
    "gap.people": (
        "The people behind a gap: how many more, or fewer, of the group there would be were its figure that of the comparison. It is the people of the group times "
        "the gap, and its 95% limits are those of the gap times the same people."
    ),
    "gap.change": (
        "By how much a gap changed: the later one less the earlier, with 95% limits put together from those of both (Zou and Donner 2008). Limits that leave out 0 "
        "mean a change greater than chance alone would give."
    ),
    "gap.difference.same_ages": (
        "The gap if the people of both groups were of the same ages as all of them together: the one directly standardised figure less the other, with 95% limits "
        f"put together from those of both (Dobson and others 1991; Zou and Donner 2008). {_CHANCE}"
    ),
    "gap.ratio.part": (
        "How many times the figure of the whole that of a group in it is. Chance is judged against the rest of that whole, and its limits are those of the "
        f"ratio to the rest, brought over. {_CHANCE_OF_RATIO}"
    ),
    "gap.difference.part_of_estimates": (
        "The gap is the figure of the group less that of the whole it is part of. Its 95% limits come from the published limits of both; as the whole moves with the "
        "group, the one variance is taken from the other."
    ),
    "gap.ratio.katz": "How many times the one share is the other, with Katz's (1978) 95% limits on the logarithm.",
    "gap.ratio.score": f"How many times the one share is the other, with the score limits of Miettinen and Nurminen (1985). {_CHANCE_OF_RATIO}",
    "gap.ratio.estimates": "How many times the one figure is the other. Its 95% limits come from the published limits of both, on the logarithm.",
    "gap.rate_difference.combined": "The gap is the one rate less the other, with 95% limits put together from those of both rates (Zou and Donner 2008).",
    "gap.rate_ratio.log": f"How many times the one rate is the other. Its 95% limits are normal on the logarithm. {_CHANCE_OF_RATIO}",
    "gap.rate_ratio.exact": "How many times the one rate is the other. With fewer than ten events in a group its 95% limits are exact (Clopper and Pearson 1934).",
    "crossing.share": f"{_CROSSED} {_CROSSED_PARTS}",
    "crossing.rate": f"{_CROSSED} {_CROSSED_PARTS} Of what happens seldom the VPC is always small.",
    "representation": "Shares of the people known in the service against shares of those who live in the place; people whose group is not known are left out of both.",
    "measure.d": "The figure of one group less that of another: the two ends of an order, a group and its reference, or the highest and the lowest.",
    "measure.r": "The figure of one group over that of another: the two ends of an order, a group and its reference, or the highest and the lowest.",
    "measure.par": "By how much the average would be better if every group fared as the group to reach does.",
    "measure.paf": "By how much the average would be better if every group fared as the group to reach does, in per cent of it.",
    "measure.bgv": "Between-group variance: the squared distance of groups from their average, every group counting by its size.",
    "measure.bgsd": f"Between-group standard deviation: the root of the squared distance of groups from their average, by size. {_REDRAWN}",
    "measure.cov": f"Coefficient of variation: the between-group standard deviation in per cent of the average. {_REDRAWN}",
    "measure.mld": "Mean log deviation: how far groups are below their average on the logarithm, by size, times 1,000.",
    "measure.ti": "Theil index: how far groups are from their average, on the logarithm, by size and figure, times 1,000.",
    "measure.idisu": f"Index of disparity: the mean distance of groups from their average in per cent of it, {_SAME_WEIGHT}. {_REDRAWN}",
    "measure.idisw": f"Index of disparity: the mean distance of groups from their average in per cent of it, {_BY_SIZE}. {_REDRAWN}",
    "measure.mdmu": f"The mean distance of groups from their average, {_SAME_WEIGHT}. {_REDRAWN}",
    "measure.mdmw": f"The mean distance of groups from their average, {_BY_SIZE}. {_REDRAWN}",
    "measure.mdbu": f"The mean distance of groups from the one that fares best, {_SAME_WEIGHT}. {_REDRAWN}",
    "measure.mdbw": f"The mean distance of groups from the one that fares best, {_BY_SIZE}. {_REDRAWN}",
    "measure.mdru": f"The mean distance of groups from the one they are compared with, {_SAME_WEIGHT}. {_REDRAWN}",
    "measure.mdrw": f"The mean distance of groups from the one they are compared with, {_BY_SIZE}. {_REDRAWN}",
    "measure.aci": "Absolute concentration index: how far what is counted gathers at one end of the groups in order, in the unit of the figures.",
    "measure.rci": "Relative concentration index: how far what is counted gathers at one end of the groups in order, as a share of the average.",
    "measure.rci.wagstaff": "Concentration index of a share with Wagstaff's correction, so that a share and what it leaves out give the same, turned round.",
    "measure.rci.erreygers": "Concentration index of a share with Erreygers' correction, so that a share and what it leaves out give the same, turned round.",
    "slope.who.logistic": f"Slope index of inequality {_WHO}: the difference {_LADDER}, a logistic curve.",
    "slope.who.linear": f"Slope index of inequality {_WHO}: the difference {_LADDER}, a straight one.",
    "relative.who.logistic": f"Relative index of inequality {_WHO}: the ratio {_LADDER}, a logistic curve.",
    "relative.who.linear": f"Relative index of inequality {_WHO}: the ratio {_LADDER}, a straight one.",
    "slope.ukhsa.linear.exact": f"Slope index of inequality {_ENGLAND}: the difference {_LADDER}, with normal limits.",
    "slope.ukhsa.linear.redrawn": f"Slope index of inequality {_ENGLAND}: the difference {_LADDER}. {_REDRAWN}",
    "slope.ukhsa.log.redrawn": f"Slope index of inequality {_ENGLAND}: the difference {_LADDER}, fitted on the logarithm. {_REDRAWN}",
    "slope.ukhsa.logit.redrawn": f"Slope index of inequality {_ENGLAND}: the difference {_LADDER}, fitted on the log odds. {_REDRAWN}",
    "relative.ukhsa.linear.exact": f"Relative index of inequality {_ENGLAND}: the ratio {_LADDER}, with limits after Fieller.",
    "relative.ukhsa.linear.redrawn": f"Relative index of inequality {_ENGLAND}: the ratio {_LADDER}. {_REDRAWN}",
    "relative.ukhsa.log.redrawn": f"Relative index of inequality {_ENGLAND}: the ratio {_LADDER}, fitted on the logarithm. {_REDRAWN}",
    "relative.ukhsa.logit.redrawn": f"Relative index of inequality {_ENGLAND}: the ratio {_LADDER}, fitted on the log odds. {_REDRAWN}",
    **{scheme.method: scheme.counting for scheme in SCHEMES.values()},
    "vote.pooled": "The ballots of several groups, combined in four ways that can disagree, so that no order hides behind another.",
    "agreement.kendall_w": "Kendall’s coefficient of concordance over the ballots, corrected for ties; ideas a ballot leaves out share its last ranks.",
    "agreement.rand_ucla.linear": _RAND.format("as spreadsheets give them"),
    "agreement.rand_ucla.weibull": _RAND.format("as SPSS gives them"),
    "agreement.cohen_kappa.unweighted": _KAPPA.format("the same code alone counting as agreement"),
    "agreement.cohen_kappa.equal": _KAPPA.format("codes near each other counting in part"),
    "agreement.cohen_kappa.squared": _KAPPA.format(
        "codes near each other counting in part, by the square of their distance"
    ),
    "agreement.fleiss_kappa": "How far several people who coded the same remarks agree beyond chance (Fleiss 1971).",
}
_ID = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)*@\d+")

PUBLISHED_FIGURES = "published figures"
"""What a finding names as its method where no limits were worked out."""


PUBLISHED = (
    "These figures are as published; there are no counts behind them in the file, so no limits can be worked out."
)


COUNTS = "These are counts as the file has them; a count has no limits of its own, and no gap until it is put against how many people there are."


EVERYONE_ELSE = "Everyone else is all other groups of the same level taken together, from their counts; people whose group is not known are in neither."


UNKNOWN = "A method that this version of the program does not know."


def method_words(method: str) -> str:
    """Return what a method id such as ``proportion.wilson@1`` means, or "" for one that is not known."""
    return PUBLISHED if method == PUBLISHED_FIGURES else _WORDS.get(method.partition("@")[0], "")


def is_method(method: str) -> bool:
    """Tell whether words are the id of a method, and not what somebody wrote down of how a number was made."""
    return _ID.fullmatch(method) is not None


def methods_in(named: str) -> list[str]:
    """Return the methods that a finding names; what is no list of ids is one, as somebody wrote it."""
    parts = [part.strip() for part in named.split(",") if part.strip()]
    return parts if all(map(is_method, parts)) else [named.strip()]


def known_methods() -> tuple[str, ...]:
    """Return the ids that have words, without their versions."""
    return tuple(_WORDS)
