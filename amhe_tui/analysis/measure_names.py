"""The summary measures of inequality of the World Health Organization by name: what each says and what it needs."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """A summary measure; the code is the field's abbreviation.

    ``label`` is its name, ``meaning`` what it says in plain words, ``relative`` whether it is a ratio or share rather
    than in the unit of the figures, ``ordered`` whether it needs groups in an order, ``weighted`` whether it needs
    their sizes, ``neutral`` the value that means no inequality.
    """

    label: str
    meaning: str
    relative: bool
    ordered: bool
    weighted: bool

    DIFFERENCE = "d", "Difference", "How far apart two groups are."
    RATIO = "r", "Ratio", "How many times one group's figure is the other's.", "relative"
    VARIANCE = "bgv", "Between-group variance", "How spread out the groups are, squared.", "weighted"
    STANDARD_DEVIATION = "bgsd", "Between-group standard deviation", "How spread out the groups are.", "weighted"
    VARIATION = "cov", "Coefficient of variation", "The spread as a percentage of the average.", "relative weighted"
    LOG_DEVIATION = "mld", "Mean log deviation", "Spread that counts the low end most.", "relative weighted"
    THEIL = "ti", "Theil index", "Spread that counts the high end most.", "relative weighted"
    DISPARITY = "idisu", "Index of disparity", "The usual distance from the average, in percent.", "relative weighted"
    DISPARITY_WEIGHTED = (
        "idisw",
        "Index of disparity, weighted",
        "The usual person's group's distance from the average, in percent.",
        "relative weighted",
    )
    FROM_MEAN = "mdmu", "Mean difference from the average", "The usual distance from the average.", "weighted"
    FROM_MEAN_WEIGHTED = (
        "mdmw",
        "Mean difference from the average, weighted",
        "The usual person's group's distance from the average.",
        "weighted",
    )
    FROM_BEST = "mdbu", "Mean difference from the best group", "How far groups are behind the best one."
    FROM_BEST_WEIGHTED = (
        "mdbw",
        "Mean difference from the best group, weighted",
        "How far the usual person's group is behind the best one.",
        "weighted",
    )
    FROM_REFERENCE = "mdru", "Mean difference from the reference group", "How far groups are from the one named."
    FROM_REFERENCE_WEIGHTED = (
        "mdrw",
        "Mean difference from the reference group, weighted",
        "How far the usual person's group is from the one named.",
        "weighted",
    )
    CONCENTRATION = (
        "aci",
        "Absolute concentration index",
        "Above zero where it is gathered among the better off, below where among the worse off.",
        "ordered weighted",
    )
    RELATIVE_CONCENTRATION = (
        "rci",
        "Relative concentration index",
        "The concentration as a share of the average.",
        "relative ordered weighted",
    )
    SLOPE = "sii", "Slope index of inequality (WHO, logistic)", "From worst off to best off.", "ordered weighted"
    RELATIVE_SLOPE = (
        "rii",
        "Relative index of inequality (WHO, logistic)",
        "How many times the best off have what the worst off have.",
        "relative ordered weighted",
    )
    AT_RISK = (
        "par",
        "Population attributable risk",
        "How much better the average would be if all were as the best group.",
        "weighted",
    )
    ATTRIBUTABLE = (
        "paf",
        "Population attributable fraction",
        "How much better the average would be if all were as the best group, in percent.",
        "relative weighted",
    )
    CONCENTRATION_BOUNDED = (
        "rci_wagstaff",
        "Concentration index after Wagstaff",
        "The relative concentration, for figures that cannot go beyond an upper bound.",
        "relative ordered weighted",
    )
    CONCENTRATION_CORRECTED = (
        "rci_erreygers",
        "Concentration index after Erreygers",
        "The concentration as a share of the largest that the bounds allow.",
        "relative ordered weighted",
    )

    def __new__(cls, code: str, label: str, meaning: str, traits: str = "") -> Measure:
        """Make the member from its ``code``, its name, its plain words and its traits."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.meaning = label, meaning
        words = traits.split()
        member.relative, member.ordered, member.weighted = (
            word in words for word in ("relative", "ordered", "weighted")
        )
        return member

    @property
    def neutral(self) -> float:
        """The value that means no inequality: 1 for the two ratios, 0 for all others."""
        return 1.0 if self in (Measure.RATIO, Measure.RELATIVE_SLOPE) else 0.0
