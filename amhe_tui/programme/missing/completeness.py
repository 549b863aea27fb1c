"""How complete the characteristics of people are in the data, source by source and period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from amhe_tui.analysis.breakdown import Breakdown, kind_of
from amhe_tui.analysis.completeness import LITTLE, combined_groups, completeness_of, direction
from amhe_tui.errors import AmheError
from amhe_tui.method.groups.characteristics import PROTECTED, characteristic, recognise
from amhe_tui.method.groups.labels import best_scheme, scheme
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.missing.groups import Label
from store.evidence import holdings
from store.evidence.holdings import IndicatorSummary
from store.workspace import Workspace

MOST_PERIODS = 12
"""So many of the newest periods are told of each characteristic."""


_MOST_ASKED = 16


_MOST_KINDS, _MOST_PLACES = 3, 12


@dataclass(frozen=True)
class CompletenessLine:
    """How many people have a known group, by one characteristic in one period.

    Attributes:
        characteristic: The file's own heading.
        code: The characteristic it means, or "".
        indicator_id, indicator, area, period: Which count it was told from, and where and when.
        places: How many places of that kind there are; where more than one, no figure is there for all of them together, and a large one stands for them.
        known, unknown: People; None where it cannot be told.
        share: The known of all, from 0 to 1; None where it cannot be told.
        why_not: Where there is no share, why.
        before: The share in the period before, of the same count and place.
        direction: Against the period before: better, worse, same or "".
        combined: In the newest period, labels that combine groups of people, each with its share of those whose group is known.
        found: The figures behind it; None where there are none.
    """

    characteristic: str
    code: str
    indicator_id: str
    indicator: str
    area: str
    period: str
    places: int
    known: float | None
    unknown: float | None
    share: float | None
    why_not: str
    before: float | None
    direction: str
    combined: tuple[tuple[str, float], ...]
    found: Breakdown | None

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it, without the figures behind it."""
        # What others read by its key keeps that key.
        keys = {"combined": "lumps"}
        return {
            keys.get(field.name, field.name): getattr(self, field.name)
            for field in fields(self)
            if field.name != "found"
        }

    @property
    def little(self) -> bool:
        """Whether so few have a known group that a gap may come from who was asked."""
        return self.share is not None and self.share < LITTLE


@dataclass(frozen=True)
class NotBrokenDown:
    """A characteristic that no source of services breaks down.

    Attributes:
        code, label: Which.
        note: Whether a source of the population does.
    """

    code: str
    label: str
    note: str


def code_of(heading: str) -> str:
    """Return the code of the characteristic a heading means, or ""."""
    known = recognise(heading)
    return known.code if known else ""


def not_broken_down(labels: list[Label], kinds: Mapping[str, str]) -> list[NotBrokenDown]:
    """Return the characteristics by which no source of a kind is broken down."""
    by: dict[str, set[str]] = {}
    for label in labels:
        by.setdefault(code_of(label.characteristic), set()).add(kinds.get(label.source_id, ""))
    lacking: list[NotBrokenDown] = []
    for asked in (*PROTECTED, characteristic("deprivation")):
        source_kinds = by.get(asked.code, set())
        if not source_kinds:
            lacking.append(NotBrokenDown(asked.code, asked.label, "No source here breaks anything down by it."))
        elif source_kinds == {"population"}:
            lacking.append(
                NotBrokenDown(asked.code, asked.label, "Residents are counted by it; no figure of a service is.")
            )
    return lacking


# --- completeness ----------------------------------------------------------------------------------------------------------------------------------


class Finder:
    """Finds the breakdowns at the widest place, each once."""

    def __init__(self, workspace: Workspace, held: list[IndicatorSummary]) -> None:
        self._workspace = workspace
        self.held = held
        self._found: dict[tuple[str, str, str], Breakdown | None] = {}
        self._place: dict[tuple[str, str], int] = {}
        self._many: dict[tuple[str, str], int] = {}

    def at_widest(self, held: IndicatorSummary, heading: str, period: str) -> Breakdown | None:
        """Return a breakdown at the widest place that has one, or None."""
        key = (held.id, heading, period)
        if key not in self._found:
            self._found[key] = self._look(held, heading, period)
        return self._found[key]

    def _look(self, held: IndicatorSummary, heading: str, period: str) -> Breakdown | None:
        settled = self._place.get((held.id, heading))
        places = self._workspace.remembered(
            f"places of {held.id} in {period}", lambda raw: holdings.areas_of(raw, held.id, period)
        )
        kinds = list(dict.fromkeys(area.type for _, area in places))[:_MOST_KINDS]
        keys = {kind: [key for key, area in places if area.type == kind][:_MOST_PLACES] for kind in kinds}
        looked = {"": [settled]} if settled in {key for key, _ in places} else keys
        for kind, place_keys in looked.items():
            candidates = [
                (key, figures) for key in place_keys if (figures := self._at(held, heading, period, key)) is not None
            ]
            if candidates:
                # Where no place is the whole, the largest stands for it, in every period.
                key, figures = max(candidates, key=lambda pair: _people(pair[1]))
                self._place.setdefault((held.id, heading), key)
                self._many.setdefault((held.id, heading), sum(area.type == kind for _, area in places))
                return figures
        return None

    def _at(self, held: IndicatorSummary, heading: str, period: str, place: int | None) -> Breakdown | None:
        try:
            return breakdown(self._workspace, held.id, heading, area=f"#{place}", period=period)
        except AmheError:
            return None  # a period may be there by another characteristic only, or for smaller places only

    def places(self, held: IndicatorSummary, heading: str) -> int:
        """Return how many places of the kind there are that a breakdown was taken from."""
        return self._many.get((held.id, heading), 1)

    def newest(self, held: IndicatorSummary, heading: str) -> Breakdown | None:
        """Return the newest breakdown that is there."""
        for period in list(reversed(held.periods))[:MOST_PERIODS]:
            figures = self.at_widest(held, heading, period)
            if figures is not None:
                return figures
        return None

    def size(self, held: IndicatorSummary, heading: str) -> float:
        """Return how many people a count is about in its newest period."""
        figures = self.newest(held, heading)
        return _people(figures) if figures else 0

    def is_shown(self, label: Label) -> bool:
        """Tell whether a label has a figure at the widest place of the newest period; where it cannot be told, that it has."""
        for held in self.held:
            if held.id in label.quantities and label.characteristic in held.characteristics:
                figures = self.newest(held, label.characteristic)
                rows = [row for row in figures.rows if row.group == label.label] if figures else []
                return not rows or any(row.value is not None for row in rows)
        return True


def _people(figures: Breakdown) -> float:
    total = next((row.value for row in figures.rows if row.level == "total"), None)
    return sum(row.value or 0 for row in figures.rows if row.level in ("broad", "unknown")) if total is None else total


def completeness(finder: Finder, labels: list[Label]) -> list[CompletenessLine]:
    """Return how complete each characteristic is, by source and period."""
    headings = dict.fromkeys(label.characteristic for label in labels)
    with_unknown: dict[str, set[str]] = {}
    for label in labels:
        if label.unknown:
            with_unknown.setdefault(label.characteristic, set()).update(label.quantities)
    all_lines: list[CompletenessLine] = []
    for heading in sorted(headings, key=lambda heading: (_place(code_of(heading)), heading)):
        lines = _of_heading(finder, heading, with_unknown.get(heading, set()))
        # What divides treatments or waits rather than people is told only where somebody is counted as not known.
        all_lines += [line for line in lines if line.code or line.share is not None]
    return all_lines


_ORDER = [protected.code for protected in PROTECTED] + ["deprivation"]


def _place(code: str) -> int:
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def counts_several(figures: Breakdown) -> bool:
    """Tell whether several groups of a breakdown can hold for one person, so that they do not add up to people."""
    fits = best_scheme(
        figures.characteristic, [row.group for row in figures.rows if row.level in ("broad", "detailed")]
    )
    return bool(fits and fits != "age_bands") and scheme(fits).several


def _of_heading(finder: Finder, heading: str, with_unknown: set[str]) -> list[CompletenessLine]:
    counts = [held for held in finder.held if heading in held.characteristics and kind_of(held.statistic) == "count"]
    if not counts:
        return [_nothing(heading, "only shares or rates are given by it, and no counts")]
    telling = [count for count in counts if count.id in with_unknown][:_MOST_ASKED]
    if not telling:
        newest = max(counts[:_MOST_ASKED], key=lambda count: finder.size(count, heading))
        return [_without_unknown(finder, newest, heading)]
    covered: set[str] = set()
    lines: list[CompletenessLine] = []
    for held in sorted(telling, key=lambda held: -finder.size(held, heading)):
        if set(held.periods) - covered:
            lines += _of_quantity(finder, held, heading, covered)
            covered |= set(held.periods)
    return lines


def _of_quantity(finder: Finder, held: IndicatorSummary, heading: str, covered: set[str]) -> list[CompletenessLine]:
    lines: list[CompletenessLine] = []
    last: CompletenessLine | None = None
    for period in held.periods[-MOST_PERIODS - 1 :]:
        figures = finder.at_widest(held, heading, period)
        if figures is None or period in covered:
            continue
        line = _line_of(figures, last, finder.places(held, heading))
        lines.append(line)
        last = line
    told_of = any(line.share is not None for line in lines)
    kept = list(reversed(lines))[: MOST_PERIODS if told_of else 1]
    return [_with_combined(kept[0]), *kept[1:]] if kept else []


def _line_of(figures: Breakdown, last: CompletenessLine | None, places: int) -> CompletenessLine:
    """Return how complete a breakdown is, beside the period before where that is of the same place."""
    counted = completeness_of(figures, several=counts_several(figures))
    before = last.share if last is not None and last.area == figures.area else None
    return CompletenessLine(
        figures.characteristic,
        code_of(figures.characteristic),
        figures.indicator_id,
        figures.indicator,
        figures.area,
        figures.period,
        places,
        counted.known,
        counted.unknown,
        counted.share,
        counted.why_not,
        before,
        direction(counted.share, before),
        (),
        figures,
    )


def _with_combined(line: CompletenessLine) -> CompletenessLine:
    return line if line.found is None else replace(line, combined=tuple(combined_groups(line.found, line.found.rows)))


def _without_unknown(finder: Finder, held: IndicatorSummary, heading: str) -> CompletenessLine:
    figures = finder.newest(held, heading)
    if figures is None:
        return _nothing(heading, "no place has figures of everybody")
    line = _line_of(figures, None, finder.places(held, heading))
    return _with_combined(line)


def _nothing(heading: str, why: str) -> CompletenessLine:
    return CompletenessLine(heading, code_of(heading), "", "", "", "", 0, None, None, None, why, None, "", (), None)
