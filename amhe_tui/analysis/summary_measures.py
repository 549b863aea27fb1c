"""Every summary measure of inequality by name, for many sets of groups at once or for one.

`sets_of` puts the figures together; `measure` works one measure out for all of them, `all_measures` every one, and
`one_measure` one for a single set. What cannot be worked out has no number but a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amhe_tui.analysis import (
    slope_index_who,
    summary_attributable,
    summary_deviations,
    summary_gaps,
    summary_rank,
    summary_spread,
)
from amhe_tui.analysis.measure_names import Measure
from amhe_tui.analysis.simulation import DRAWS
from amhe_tui.analysis.summary_sets import Found, Sets, SummaryMeasure, sets_of

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
CLASSIC = tuple(one for one in Measure if one not in CORRECTED)
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
    return summary_deviations.standard_deviation(
        asked.sets, asked.confidence, relative=relative, force=asked.force, draws=asked.draws
    )


def _from_average(asked: _Asked, *, weighted: bool, relative: bool) -> Found:
    return summary_deviations.from_average(
        asked.sets, asked.confidence, weighted=weighted, relative=relative, force=asked.force, draws=asked.draws
    )


def _from_best(asked: _Asked, *, weighted: bool) -> Found:
    return summary_deviations.from_best(
        asked.sets, asked.confidence, weighted=weighted, force=asked.force, draws=asked.draws
    )


def _from_reference(asked: _Asked, *, weighted: bool) -> Found:
    return summary_deviations.from_reference(
        asked.sets, asked.confidence, weighted=weighted, force=asked.force, draws=asked.draws
    )


def _concentration(asked: _Asked, kind: summary_rank.Kind) -> Found:
    return summary_rank.concentration(asked.sets, asked.confidence, kind=kind, bounds=asked.bounds, force=asked.force)


_WAYS: dict[Measure, Callable[[_Asked], Found]] = {
    Measure.DIFFERENCE: lambda asked: summary_gaps.difference(asked.sets, asked.confidence),
    Measure.RATIO: lambda asked: summary_gaps.ratio(asked.sets, asked.confidence),
    Measure.VARIANCE: lambda asked: summary_spread.variance(asked.sets, asked.confidence, force=asked.force),
    Measure.STANDARD_DEVIATION: lambda asked: _deviation(asked, relative=False),
    Measure.VARIATION: lambda asked: _deviation(asked, relative=True),
    Measure.LOG_DEVIATION: lambda asked: summary_spread.log_deviation(asked.sets, asked.confidence, force=asked.force),
    Measure.THEIL: lambda asked: summary_spread.theil(asked.sets, asked.confidence, force=asked.force),
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
    Measure.SLOPE: lambda asked: slope_index_who.slope_index(asked.sets, asked.confidence, force=asked.force),
    Measure.RELATIVE_SLOPE: lambda asked: slope_index_who.relative_index(
        asked.sets, asked.confidence, force=asked.force
    ),
    Measure.AT_RISK: lambda asked: summary_attributable.attributable_risk(
        asked.sets, asked.confidence, force=asked.force
    ),
    Measure.ATTRIBUTABLE: lambda asked: summary_attributable.attributable_fraction(
        asked.sets, asked.confidence, force=asked.force
    ),
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
    found = {one: measure(one, sets, confidence=confidence, force=force, draws=draws) for one in CLASSIC}
    if bounds is not None:
        found |= {one: measure(one, sets, confidence=confidence, force=force, bounds=bounds) for one in CORRECTED}
    return found


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
