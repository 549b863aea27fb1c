"""Every summary measure of one breakdown, each with its limits or the reason why it has no number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.breakdown_sets import breakdown_sets, one_level
from amhe_tui.analysis.measure_names import Measure
from amhe_tui.analysis.results import Undefined
from amhe_tui.analysis.summary_measures import all_measures
from amhe_tui.analysis.summary_sets import SummaryMeasure
from amhe_tui.method.characteristics import is_ordered

NO_COUNTS_MEASURE = "Bare counts have no inequality of their own: how many is not how likely."


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure with its name and what it says."""

    which: Measure
    found: SummaryMeasure

    @property
    def words(self) -> str:
        """The measure in a line: its number with its limits, or why there is none, and what it says."""
        found = self.found
        if found.value is None:
            return f"{self.which.label}: none. {found.reason.label if found.reason else ''}".strip()
        limits = "" if found.lower is None or found.upper is None else f" ({found.lower:.3g} to {found.upper:.3g})"
        return f"{self.which.label}: {found.value:.3g}{limits}. {self.which.meaning}"

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        found = self.found
        return {
            "measure": self.which.value,
            "name": self.which.label,
            "value": found.value,
            "lower": found.lower,
            "upper": found.upper,
            "method": found.method,
            "reason": "" if found.reason is None else found.reason.label,
        }


def measures_of(
    found: Breakdown, *, level: str = "", reference: str = "", ordered: bool | None = None
) -> list[NamedMeasure]:
    """Return every summary measure of a breakdown's groups of one level.

    Args:
        found: The figures; shares, rates or averages.
        level: Which level; the broad groups where it is not given and there are any.
        reference: The group that others are compared with, where it is a named one.
        ordered: Whether the groups have an order, worst off first as they stand; None for what is known of the characteristic.

    Raises:
        ValueError: The figures are bare counts.
    """
    if found.kind == "count":
        raise ValueError(NO_COUNTS_MEASURE)
    rows = tuple(row for row in found.rows if row.level == level) if level else one_level(found)
    # Broad, because what is asked for is one level, whatever it is called.
    alone = replace(found, rows=tuple(replace(row, level="broad") for row in rows))
    in_order = is_ordered(found.characteristic) if ordered is None else ordered
    sets = breakdown_sets(
        [alone],
        ranks=lambda _: {row.group: place for place, row in enumerate(rows, 1)} if in_order else None,
        reference=lambda _: reference or None,
        favourable=lambda _: found.known.higher_is_better,
    ).sets
    if not rows:
        return [NamedMeasure(one, _nothing()) for one in Measure]
    return [NamedMeasure(which, one.of(0)) for which, one in all_measures(sets).items()]


def _nothing() -> SummaryMeasure:
    return SummaryMeasure(None, None, None, None, 0, "", 0.95, Undefined.NO_VALUES)
