"""What each method id means, for the reader who wants to know how a number was made."""

from __future__ import annotations

_WORDS = {
    "proportion.wilson": (
        "A share of people is their number over the number of all counted. Its limits are Wilson's (1927): "
        "if we could count again and again, 95 of 100 such ranges would hold the true share."
    ),
    "rate.byar": "A rate is events over people. From ten events on, its 95 % limits are Byar's (Breslow and Day 1987).",
    "rate.exact": "A rate is events over people. Below ten events, its 95 % limits are exact Poisson limits (Garwood 1936).",
    "gap.difference.newcombe": (
        "The gap is the one share less the other. Its 95 % limits are Newcombe's (1998, method 10), put together from those of both shares. "
        "Limits that leave out 0 mean a wider gap than chance alone would give."
    ),
    "gap.difference.estimates": "The gap is the one figure less the other. Its 95 % limits come from the published limits of both.",
    "gap.rate_difference.combined": "The gap is the one rate less the other, with 95 % limits put together from those of both rates (Zou and Donner 2008).",
    "gap.rate_ratio.log": (
        "How many times the one rate is the other. Its 95 % limits are normal on the logarithm. "
        "Limits that leave out 1 mean a wider gap than chance alone would give."
    ),
    "gap.rate_ratio.exact": "How many times the one rate is the other. With fewer than ten events in a group its 95 % limits are exact (Clopper and Pearson 1934).",
    "gap.ratio.katz": "How many times the one share is the other, with Katz's (1978) 95 % limits on the logarithm.",
    "representation": "Shares of the people known in the service against shares of those who live in the place; people whose group is not known are left out of both.",
}


PUBLISHED = (
    "These figures are as published; there are no counts behind them in the file, so no limits can be worked out."
)


COUNTS = "These are counts as the file has them; a count has no limits of its own, and no gap until it is put against how many people there are."


EVERYONE_ELSE = "Everyone else is all other groups of the same level taken together, from their counts; people whose group is not known are in neither."


def method_words(method: str) -> str:
    """Return what a method id such as ``proportion.wilson@1`` means, or "" for one that is not known."""
    return _WORDS.get(method.partition("@")[0], "")
