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
        return {keys.get(one.name, one.name): getattr(self, one.name) for one in fields(self) if one.name != "found"}

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
    found = recognise(heading)
    return found.code if found else ""


def not_broken_down(labels: list[Label], kinds: Mapping[str, str]) -> list[NotBrokenDown]:
    """Return the characteristics by which no source of a kind is broken down."""
    by: dict[str, set[str]] = {}
    for one in labels:
        by.setdefault(code_of(one.characteristic), set()).add(kinds.get(one.source_id, ""))
    found: list[NotBrokenDown] = []
    for one in (*PROTECTED, characteristic("deprivation")):
        there = by.get(one.code, set())
        if not there:
            found.append(NotBrokenDown(one.code, one.label, "No source here breaks anything down by it."))
        elif there == {"population"}:
            found.append(NotBrokenDown(one.code, one.label, "Residents are counted by it; no figure of a service is."))
    return found


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
        for kind, there in looked.items():
            found = [(key, one) for key in there if (one := self._at(held, heading, period, key)) is not None]
            if found:
                # Where no place is the whole, the largest stands for it, in every period.
                key, one = max(found, key=lambda pair: _people(pair[1]))
                self._place.setdefault((held.id, heading), key)
                self._many.setdefault((held.id, heading), sum(area.type == kind for _, area in places))
                return one
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
            found = self.at_widest(held, heading, period)
            if found is not None:
                return found
        return None

    def size(self, held: IndicatorSummary, heading: str) -> float:
        """Return how many people a count is about in its newest period."""
        found = self.newest(held, heading)
        return _people(found) if found else 0

    def is_shown(self, one: Label) -> bool:
        """Tell whether a label has a figure at the widest place of the newest period; where it cannot be told, that it has."""
        for held in self.held:
            if held.id in one.quantities and one.characteristic in held.characteristics:
                found = self.newest(held, one.characteristic)
                rows = [row for row in found.rows if row.group == one.label] if found else []
                return not rows or any(row.value is not None for row in rows)
        return True


def _people(found: Breakdown) -> float:
    total = next((row.value for row in found.rows if row.level == "total"), None)
    return sum(row.value or 0 for row in found.rows if row.level in ("broad", "unknown")) if total is None else total


def completeness(finder: Finder, labels: list[Label]) -> list[CompletenessLine]:
    """Return how complete each characteristic is, by source and period."""
    headings = dict.fromkeys(one.characteristic for one in labels)
    with_unknown: dict[str, set[str]] = {}
    for one in labels:
        if one.unknown:
            with_unknown.setdefault(one.characteristic, set()).update(one.quantities)
    found: list[CompletenessLine] = []
    for heading in sorted(headings, key=lambda one: (_place(code_of(one)), one)):
        lines = _of_heading(finder, heading, with_unknown.get(heading, set()))
        # What divides treatments or waits rather than people is told only where somebody is counted as not known.
        found += [line for line in lines if line.code or line.share is not None]
    return found


_ORDER = [one.code for one in PROTECTED] + ["deprivation"]


def _place(code: str) -> int:
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def counts_several(found: Breakdown) -> bool:
    """Tell whether several groups of a breakdown can hold for one person, so that they do not add up to people."""
    fits = best_scheme(found.characteristic, [row.group for row in found.rows if row.level in ("broad", "detailed")])
    return bool(fits and fits != "age_bands") and scheme(fits).several


def _of_heading(finder: Finder, heading: str, with_unknown: set[str]) -> list[CompletenessLine]:
    counts = [one for one in finder.held if heading in one.characteristics and kind_of(one.statistic) == "count"]
    if not counts:
        return [_nothing(heading, "only shares or rates are given by it, and no counts")]
    telling = [one for one in counts if one.id in with_unknown][:_MOST_ASKED]
    if not telling:
        newest = max(counts[:_MOST_ASKED], key=lambda one: finder.size(one, heading))
        return [_without_unknown(finder, newest, heading)]
    told: set[str] = set()
    found: list[CompletenessLine] = []
    for one in sorted(telling, key=lambda one: -finder.size(one, heading)):
        if set(one.periods) - told:
            found += _of_quantity(finder, one, heading, told)
            told |= set(one.periods)
    return found


def _of_quantity(finder: Finder, held: IndicatorSummary, heading: str, told: set[str]) -> list[CompletenessLine]:
    lines: list[CompletenessLine] = []
    last: CompletenessLine | None = None
    for period in held.periods[-MOST_PERIODS - 1 :]:
        found = finder.at_widest(held, heading, period)
        if found is None or period in told:
            continue
        line = _line_of(found, last, finder.places(held, heading))
        lines.append(line)
        last = line
    told_of = any(line.share is not None for line in lines)
    kept = list(reversed(lines))[: MOST_PERIODS if told_of else 1]
    return [_with_combined(kept[0]), *kept[1:]] if kept else []


def _line_of(found: Breakdown, last: CompletenessLine | None, places: int) -> CompletenessLine:
    """Return how complete a breakdown is, beside the period before where that is of the same place."""
    told = completeness_of(found, several=counts_several(found))
    before = last.share if last is not None and last.area == found.area else None
    return CompletenessLine(
        found.characteristic,
        code_of(found.characteristic),
        found.indicator_id,
        found.indicator,
        found.area,
        found.period,
        places,
        told.known,
        told.unknown,
        told.share,
        told.why_not,
        before,
        direction(told.share, before),
        (),
        found,
    )


def _with_combined(line: CompletenessLine) -> CompletenessLine:
    return line if line.found is None else replace(line, combined=tuple(combined_groups(line.found, line.found.rows)))


def _without_unknown(finder: Finder, held: IndicatorSummary, heading: str) -> CompletenessLine:
    found = finder.newest(held, heading)
    if found is None:
        return _nothing(heading, "no place has figures of everybody")
    line = _line_of(found, None, finder.places(held, heading))
    return _with_combined(line)


def _nothing(heading: str, why: str) -> CompletenessLine:
    return CompletenessLine(heading, code_of(heading), "", "", "", "", 0, None, None, None, why, None, "", (), None)
