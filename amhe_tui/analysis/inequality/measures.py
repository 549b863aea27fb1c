"""Every summary measure of inequality by name, for many sets of groups at once or for one.

`sets_of` puts the figures together; `measure` works one measure out for all of them, `all_measures` every one, and
`one_measure` one for a single set. What cannot be worked out has no number but a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amhe_tui.analysis.estimates.simulation import DRAWS
from amhe_tui.analysis.inequality import concentration, deviations, extremes, slope_who
from amhe_tui.analysis.inequality.sets import Found, Sets, SummaryMeasure, sets_of


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


__all__ = [
    "CLASSIC",
    "DRAWS",
    "Found",
    "Measure",
    "Sets",
    "SummaryMeasure",
    "all_measures",
    "measure",
    "one_measure",
    "sets_of",
]


CORRECTED = (Measure.CONCENTRATION_BOUNDED, Measure.CONCENTRATION_CORRECTED)
"""The two corrections of the concentration index, which need bounds."""


CLASSIC = tuple(which for which in Measure if which not in CORRECTED)
"""The measures that need nothing but the sets."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a measure is asked for."""

    sets: Sets
    confidence: float
    force: bool
    draws: int
    bounds: tuple[float, float] | None


def _deviation(asked: _Asked, *, relative: bool) -> Found:
    return deviations.standard_deviation(
        asked.sets, asked.confidence, relative=relative, force=asked.force, draws=asked.draws
    )


def _from_average(asked: _Asked, *, weighted: bool, relative: bool) -> Found:
    return deviations.from_average(
        asked.sets, asked.confidence, weighted=weighted, relative=relative, force=asked.force, draws=asked.draws
    )


def _from_best(asked: _Asked, *, weighted: bool) -> Found:
    return deviations.from_best(asked.sets, asked.confidence, weighted=weighted, force=asked.force, draws=asked.draws)


def _from_reference(asked: _Asked, *, weighted: bool) -> Found:
    return deviations.from_reference(
        asked.sets, asked.confidence, weighted=weighted, force=asked.force, draws=asked.draws
    )


def _concentration(asked: _Asked, kind: concentration.Kind) -> Found:
    return concentration.concentration(asked.sets, asked.confidence, kind=kind, bounds=asked.bounds, force=asked.force)


_WAYS: dict[Measure, Callable[[_Asked], Found]] = {
    Measure.DIFFERENCE: lambda asked: extremes.difference(asked.sets, asked.confidence),
    Measure.RATIO: lambda asked: extremes.ratio(asked.sets, asked.confidence),
    Measure.VARIANCE: lambda asked: deviations.variance(asked.sets, asked.confidence, force=asked.force),
    Measure.STANDARD_DEVIATION: lambda asked: _deviation(asked, relative=False),
    Measure.VARIATION: lambda asked: _deviation(asked, relative=True),
    Measure.LOG_DEVIATION: lambda asked: deviations.log_deviation(asked.sets, asked.confidence, force=asked.force),
    Measure.THEIL: lambda asked: deviations.theil(asked.sets, asked.confidence, force=asked.force),
    Measure.DISPARITY: lambda asked: _from_average(asked, weighted=False, relative=True),
    Measure.DISPARITY_WEIGHTED: lambda asked: _from_average(asked, weighted=True, relative=True),
    Measure.FROM_MEAN: lambda asked: _from_average(asked, weighted=False, relative=False),
    Measure.FROM_MEAN_WEIGHTED: lambda asked: _from_average(asked, weighted=True, relative=False),
    Measure.FROM_BEST: lambda asked: _from_best(asked, weighted=False),
    Measure.FROM_BEST_WEIGHTED: lambda asked: _from_best(asked, weighted=True),
    Measure.FROM_REFERENCE: lambda asked: _from_reference(asked, weighted=False),
    Measure.FROM_REFERENCE_WEIGHTED: lambda asked: _from_reference(asked, weighted=True),
    Measure.CONCENTRATION: lambda asked: _concentration(asked, "absolute"),
    Measure.RELATIVE_CONCENTRATION: lambda asked: _concentration(asked, "relative"),
    Measure.SLOPE: lambda asked: slope_who.slope_index(asked.sets, asked.confidence, force=asked.force),
    Measure.RELATIVE_SLOPE: lambda asked: slope_who.relative_index(asked.sets, asked.confidence, force=asked.force),
    Measure.AT_RISK: lambda asked: extremes.attributable_risk(asked.sets, asked.confidence, force=asked.force),
    Measure.ATTRIBUTABLE: lambda asked: extremes.attributable_fraction(asked.sets, asked.confidence, force=asked.force),
    Measure.CONCENTRATION_BOUNDED: lambda asked: _concentration(asked, "wagstaff"),
    Measure.CONCENTRATION_CORRECTED: lambda asked: _concentration(asked, "erreygers"),
}


def measure(
    which: Measure,
    sets: Sets,
    *,
    confidence: float = 0.95,
    force: bool = False,
    draws: int = DRAWS,
    bounds: tuple[float, float] | None = None,
) -> Found:
    """Return one measure of every set, with limits at ``confidence`` (a fraction, or a percentage).

    ``force`` works it out even where more groups have no figure than the measure allows. ``draws`` is how often figures
    are redrawn for the limits that are simulated, 0 for none. ``bounds`` are the least and the most a figure can be,
    for the concentration indices.

    Raises:
        ValueError: The confidence or the bounds are out of range, or a bounded index has no bounds.
    """
    return _WAYS[which](_Asked(sets, confidence, force, draws, bounds))


def all_measures(
    sets: Sets,
    *,
    confidence: float = 0.95,
    force: bool = False,
    draws: int = DRAWS,
    bounds: tuple[float, float] | None = None,
) -> dict[Measure, Found]:
    """Return every measure of every set; the corrected concentration indices only with ``bounds``, which no other measure uses here.

    Raises:
        ValueError: The confidence or the bounds are out of range.
    """
    results = {which: measure(which, sets, confidence=confidence, force=force, draws=draws) for which in CLASSIC}
    if bounds is not None:
        results |= {
            which: measure(which, sets, confidence=confidence, force=force, bounds=bounds) for which in CORRECTED
        }
    return results


def one_measure(
    which: Measure,
    estimates: Sequence[float | None],
    *,
    errors: Sequence[float | None] | None = None,
    populations: Sequence[float | None] | None = None,
    ranks: Sequence[float | None] | None = None,
    reference: int | None = None,
    favourable: bool | None = None,
    scale: float | None = None,
    average: float | None = None,
    confidence: float = 0.95,
    force: bool = False,
    draws: int = DRAWS,
    bounds: tuple[float, float] | None = None,
) -> SummaryMeasure:
    """Return one measure of a single set of groups; see `sets_of` for the figures and `measure` for the rest.

    Raises:
        ValueError: A list is not as long as ``estimates``, a number is out of range, or the confidence is.
    """
    sets = sets_of(
        [estimates],
        errors=None if errors is None else [errors],
        populations=None if populations is None else [populations],
        ranks=None if ranks is None else [ranks],
        reference=[reference],
        favourable=[favourable],
        scale=[scale],
        average=[average],
    )
    return measure(which, sets, confidence=confidence, force=force, draws=draws, bounds=bounds).of(0)
