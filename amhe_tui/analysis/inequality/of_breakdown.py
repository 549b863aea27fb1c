"""Every summary measure of one breakdown, each with its limits or the reason why it has no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from amhe_tui.analysis.breakdown import Breakdown, known_groups
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.gaps.judging import CLOSE, TrueCounts, rounding_of
from amhe_tui.analysis.inequality import slope_ukhsa
from amhe_tui.analysis.inequality.measures import Measure, all_measures
from amhe_tui.analysis.inequality.sets import Sets, SummaryMeasure, sets_of
from amhe_tui.method.groups.characteristics import is_ordered


@dataclass(frozen=True, slots=True)
class BreakdownSets:
    """The ``sets`` of some breakdowns, in their order, and the names of the ``groups`` of each."""

    sets: Sets
    groups: tuple[tuple[str, ...], ...]


def breakdown_sets(
    breakdowns: Sequence[Breakdown],
    *,
    ranks: Callable[[Breakdown], Mapping[str, int] | None] = lambda _: None,
    reference: Callable[[Breakdown], str | None] = lambda _: None,
    favourable: Callable[[Breakdown], bool | None] = lambda _: None,
) -> BreakdownSets:
    """Return the sets of breakdowns for `summary_measures.measure`.

    ``ranks`` gives for a breakdown the place of each group from 1 for the worst off, or None for a characteristic without
    an order; ``reference`` the group to compare with, and ``favourable`` whether a high figure is good. The sizes are the
    denominators; for percentages the scale is 100.
    """
    # Groups without a figure stay: a measure refuses to speak for a set that misses too many.
    rows = [known_groups(breakdown.rows) for breakdown in breakdowns]
    places = [ranks(breakdown) for breakdown in breakdowns]
    named = [reference(breakdown) for breakdown in breakdowns]
    names = [tuple(row.group for row in level) for level in rows]
    return BreakdownSets(
        sets_of(
            [[row.value for row in level] for level in rows],
            errors=[[row.standard_error for row in level] for level in rows],
            populations=[[row.denominator for row in level] for level in rows],
            ranks=[
                [None if order is None else order.get(row.group) for row in level]
                for order, level in zip(places, rows, strict=True)
            ],
            reference=[
                groups.index(group) if group in groups else None for group, groups in zip(named, names, strict=True)
            ],
            favourable=[favourable(breakdown) for breakdown in breakdowns],
            scale=[100.0 if breakdown.statistic == "percentage" else None for breakdown in breakdowns],
        ),
        tuple(names),
    )


NO_COUNTS_MEASURE = "Bare counts have no inequality of their own: how many is not how likely."


@dataclass(frozen=True, slots=True)
class EnglishIndex:
    """An index as England's public health data give it, beside those of WHO; named like a `Measure`."""

    value: str
    label: str
    meaning: str


ENGLISH_SLOPE = EnglishIndex(
    "sii_ukhsa", "Slope index of inequality (England, straight line)", "From worst off to best off."
)
ENGLISH_RELATIVE = EnglishIndex("rii_ukhsa", "Relative index of inequality (England)", "Best off over worst off.")


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure with its name and what it says."""

    which: Measure | EnglishIndex
    found: SummaryMeasure

    @property
    def words(self) -> str:
        """The measure in a line: its number with its limits, or why there is none, and what it says."""
        result = self.found
        if result.value is None:
            return f"{self.which.label}: none. {result.reason.label if result.reason else ''}".strip()
        limits = "" if result.lower is None or result.upper is None else f" ({result.lower:.3g} to {result.upper:.3g})"
        return f"{self.which.label}: {result.value:.3g}{limits}. {self.which.meaning}"

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        result = self.found
        return {
            "measure": self.which.value,
            "name": self.which.label,
            "value": result.value,
            "lower": result.lower,
            "upper": result.upper,
            "method": result.method,
            "reason": "" if result.reason is None else result.reason.label,
        }


def measures_of(
    breakdown: Breakdown, *, level: str = "", reference: str = "", ordered: bool | None = None
) -> list[NamedMeasure]:
    """Return every summary measure of a breakdown's groups of one level.

    Args:
        breakdown: The figures; shares, rates or averages.
        level: Which level; the broad groups where it is not given and there are any.
        reference: The group that others are compared with, where it is a named one.
        ordered: Whether the groups have an order, worst off first as they stand; None for what is known of the characteristic.

    Raises:
        ValueError: The figures are bare counts.
    """
    if breakdown.kind == "count":
        raise ValueError(NO_COUNTS_MEASURE)
    rows = known_groups(breakdown.rows, level)
    # Broad, because what is asked for is one level, whatever it is called.
    alone = replace(breakdown, rows=tuple(replace(row, level="broad") for row in rows))
    in_order = is_ordered(breakdown.characteristic) if ordered is None else ordered
    sets = breakdown_sets(
        [alone],
        ranks=lambda _: {row.group: place for place, row in enumerate(rows, 1)} if in_order else None,
        reference=lambda _: reference or None,
        favourable=lambda _: breakdown.known.higher_is_better,
    ).sets
    if not rows:
        return [NamedMeasure(which, _nothing()) for which in Measure]
    found = {which: result.of(0) for which, result in all_measures(sets).items()}
    if rounding_of(breakdown) > 1:
        true = _true_figures(breakdown)
        judges = [] if true is None else measures_of(true, level=level, reference=reference, ordered=ordered)
        by_which = {judge.which: judge.found for judge in judges}
        found = {which: _as_judged(result, by_which.get(which)) for which, result in found.items()}
    return [NamedMeasure(which, result) for which, result in found.items()]


def _true_figures(breakdown: Breakdown) -> Breakdown | None:
    return breakdown.judge.figures if isinstance(breakdown.judge, TrueCounts) else None


def _as_judged(shown: SummaryMeasure, true: SummaryMeasure | None) -> SummaryMeasure:
    """Return a measure of rounded figures as far as the true counts bear it out: its way, about its size, and what its limits say of chance."""
    if shown.value is None:
        return shown
    apart = shown.value - shown.neutral
    truly = None if true is None or true.value is None else true.value - true.neutral
    if true is None or not truly or not 1 / CLOSE <= apart / truly <= CLOSE:
        if apart == truly:
            return shown
        return replace(shown, value=None, error=None, lower=None, upper=None, reason=Undefined.ROUNDED)
    return shown if shown.beyond_chance == true.beyond_chance else replace(shown, error=None, lower=None, upper=None)


SLOPES_DIFFER = (
    "The slope indices are not the same numbers: WHO fits a logistic curve, England a straight line over at least five groups, and each weighs the groups by its "
    "people. Where one falls outside the other's limits, the gradient is not straight: look at the groups themselves."
)


def english_slopes(breakdown: Breakdown, *, level: str = "", ordered: bool | None = None) -> list[NamedMeasure]:
    """Return the slope and the relative index of a breakdown's groups as England's public health data give them; asked like `measures_of`."""
    rows = known_groups(breakdown.rows, level)
    in_order = is_ordered(breakdown.characteristic) if ordered is None else ordered
    found = slope_ukhsa.slope_index(
        [row.value for row in rows],
        [row.denominator for row in rows],
        ranks=list(range(1, len(rows) + 1)) if in_order else None,
        errors=[row.standard_error for row in rows],
    )
    slope, relative = found.slope, found.relative
    if rounding_of(breakdown) > 1:
        true = _true_figures(breakdown)
        judges = (
            [None, None] if true is None else [one.found for one in english_slopes(true, level=level, ordered=ordered)]
        )
        slope, relative = _as_judged(slope, judges[0]), _as_judged(relative, judges[1])
    return [NamedMeasure(ENGLISH_SLOPE, slope), NamedMeasure(ENGLISH_RELATIVE, relative)]


def _nothing() -> SummaryMeasure:
    return SummaryMeasure(None, None, None, None, 0, "", 0.95, Undefined.NO_VALUES)
