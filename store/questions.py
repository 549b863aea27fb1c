"""The answer to a question about the evidence: a value, a sum, how many rows, how complete, what is hidden, which groups and places there are.

A sum keeps to one level: of groups, of places, and of counts, because rates and percentages do not add up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from amhe_tui.errors import AmheError
from amhe_tui.method.ordering import in_fixed_order
from amhe_tui.text import shorten
from store.bulk import VISIBLE, Category
from store.bulk_figures import read_figure
from store.question import Question
from store.records import DataSource
from store.vocabulary import Vocabulary, plain, statistic_word
from store.workspace import Workspace

_COUNTED = ("count", "numerator", "denominator")
_MOST_KEYS = 30_000
_ONE_BY_ONE = {
    "google_forms",
    "microsoft_forms",
    "lime_survey",
    "qualtrics",
    "survey_monkey",
    "smart_survey",
    "answers",
    "directory",
    "list",
}
"""Layouts whose rows were counted when they came in: one row a person or a thing."""


class _Seen(NamedTuple):
    quantity: int
    period: int
    area: int
    category: int
    row: int
    value: float | None
    status: str


def ask(workspace: Workspace, question: Question) -> object:
    """Return the answer to a question: a number, a share from 0 to 1, a list of names; None where there is no figure.

    Raises:
        AmheError: What is asked about is not there, several things fit, or it cannot be added up.
    """
    if question.want == "warnings":
        return [words for source in workspace.list(DataSource) for words in source.watch.splitlines() if words]
    return workspace.read(lambda raw: _Asked(raw, question).answer())


class _Asked:
    """One question on one connection."""

    def __init__(self, raw: sqlite3.Connection, question: Question) -> None:
        self._raw, self._question = raw, question
        self._words = Vocabulary(raw, question)

    def answer(self) -> object:
        """Return the answer."""
        asked = self._question
        if asked.want == "areas":
            return sorted({area.name for area in self._words.areas().values()})
        if asked.want == "groups":
            return self._group_names()
        if asked.want == "rows":
            return self._count_rows()
        if asked.want == "suppressed":
            return sum(1 for one in self._cells() if one.status == "suppressed")
        if asked.want == "completeness":
            return self._completeness()
        return self._number()

    # --- answers ------------------------------------------------------------------------------------------------------------------------------------

    def _cells(self, categories: Mapping[int, Category] | None = None) -> list[_Seen]:
        """Return the figures that fit, each once: the newest data set has the word."""
        wanted = categories if categories is not None else self._words.categories()
        filters: list[str] = []
        for column, found, there in (
            ("r.quantity", self._words.quantities(), self._words.all_quantities),
            ("r.period", self._words.periods(), self._words.all_periods),
            ("o.area", self._words.areas(), self._words.all_areas),
            ("o.category", wanted, self._words.all_categories),
        ):
            if len(found) < len(there):
                if len(found) > _MOST_KEYS:
                    raise AmheError("Too much", "Too many places fit.", "Name one kind of place.")
                filters.append(f"AND {column} IN ({', '.join(map(str, found))})")
        rows = self._raw.execute(
            "SELECT r.quantity, r.period, o.area, o.category, o.source_row, o.value, m.status FROM run r"
            " JOIN observed o ON o.key BETWEEN r.first AND r.last LEFT JOIN marker m ON m.dataset = r.dataset AND m.text = o.value"
            f" WHERE r.dataset IN ({VISIBLE}) {' '.join(filters)} ORDER BY r.dataset DESC, o.source_row"
        )
        status = self._question.status
        found_cells = [
            _Seen(
                quantity,
                period,
                area,
                category,
                row,
                None if why else read_figure(value) if isinstance(value, str) else value,
                why or "ok",
            )
            for quantity, period, area, category, row, value, why in rows
        ]
        return [one for one in found_cells if one.status == status] if status else found_cells

    def _count_rows(self) -> int:
        asked = self._question
        narrowed = any(
            (
                asked.indicator,
                asked.statistic,
                asked.characteristic,
                asked.group,
                asked.level,
                asked.within,
                asked.area,
                asked.area_type,
                asked.period,
                asked.status,
            )
        )
        layouts = [
            row[0]
            for row in self._raw.execute(
                "SELECT DISTINCT layout FROM data_source WHERE removed = 0 AND rows IS NOT NULL"
            )
        ]
        if not narrowed:
            return int(
                self._raw.execute("SELECT coalesce(sum(rows), 0) FROM data_source WHERE removed = 0").fetchone()[0]
            )
        if set(layouts) <= _ONE_BY_ONE and asked.group:
            # The rows were counted when they came in: one row a person or a thing.
            return int(sum(one.value or 0 for one in self._cells()))
        return len({one.row for one in self._cells()})

    def _group_names(self) -> list[str]:
        by: dict[str, list[str]] = {}
        for one in self._words.categories().values():
            if one.level != "total":
                by.setdefault(one.characteristic, []).append(one.label)
        return [
            label
            for characteristic, labels in by.items()
            for label in in_fixed_order(characteristic, list(dict.fromkeys(labels)))
        ]

    def _completeness(self) -> float | None:
        """Return the share of people whose group is known; without a characteristic, the share of cells that hold a figure."""
        if not self._question.characteristic:
            cells = self._cells()
            return sum(one.status == "ok" for one in cells) / len(cells) if cells else None
        cells = self._one_level(
            [one for one in self._cells() if self._words.all_quantities[one.quantity].statistic in _COUNTED]
        )
        known = sum(one.value or 0 for one in cells if self._words.all_categories[one.category].level != "unknown")
        unknown = sum(one.value or 0 for one in cells if self._words.all_categories[one.category].level == "unknown")
        return known / (known + unknown) if known + unknown else None

    def _number(self) -> float | None:
        asked = self._question
        cells = self._cells()
        statistics = {self._words.all_quantities[one.quantity].statistic for one in cells}
        shared = statistic_word(asked.statistic) == "percentage" and statistics == {"count"}
        cells = self._one_quantity(cells)
        if asked.want == "value" and not asked.period and cells:
            newest = max(
                cells,
                key=lambda one: (self._words.all_periods[one.period].starts, self._words.all_periods[one.period].label),
            ).period
            cells = [one for one in cells if one.period == newest]
        cells = self._one_level(self._one_kind_of_place(cells))
        if not cells:
            return None
        if shared:
            return self._share(cells)
        statistic = self._words.all_quantities[cells[0].quantity].statistic
        if len(cells) == 1:
            return cells[0].value
        if statistic not in _COUNTED:
            same = {one.value for one in cells}
            if len(same) == 1:
                return same.pop()
            raise AmheError(
                "Cannot be added up",
                f"{len(cells)} figures fit, and a {statistic} cannot be added to another.",
                "Name one group, place and period, or ask for the counts behind it.",
            )
        there = [one.value for one in cells if one.value is not None]
        return sum(there) if there else None

    def _share(self, cells: list[_Seen]) -> float | None:
        """Return a share in per cent of everybody in the same place and time, from counts."""
        mine = self._words.all_categories[cells[0].category]
        whole = {
            key: one
            for key, one in self._words.all_categories.items()
            if one.characteristic == mine.characteristic and one.within == mine.within
        }
        everybody = self._one_level(
            [one for one in self._one_quantity(self._cells(whole)) if one.period == cells[0].period], grouped=False
        )
        top, bottom = (sum(one.value or 0 for one in some) for some in (cells, everybody))
        return 100 * top / bottom if bottom else None

    # --- one of a kind ------------------------------------------------------------------------------------------------------------------------------

    def _one_quantity(self, cells: list[_Seen]) -> list[_Seen]:
        told = [one for one in cells if one.value is not None]
        there = {one.quantity: self._words.all_quantities[one.quantity] for one in told or cells}
        if len(there) < 2:
            return [one for one in cells if one.quantity in there]
        called = self._question.indicator.casefold()
        wanted = {plain(part) for part in called.split("|")}
        same = {key: len(wanted & {plain(part) for part in one.name.split("|")}) for key, one in there.items()}
        most = max(same.values())
        for fitting in (
            [key for key, number in same.items() if number == most > 0],
            [key for key, one in there.items() if called in (one.id.casefold(), one.name.casefold())],
            [key for key, one in there.items() if one.id.rsplit(".", 1)[0].casefold() == called.replace(" ", "_")],
            [key for key, one in there.items() if one.statistic == "count"],
        ):
            if len(fitting) == 1:
                return [one for one in cells if one.quantity == fitting[0]]
        names = ", ".join(shorten(one.id, 40) for one in list(there.values())[:5])
        raise AmheError("More than one fits", f"{len(there)} indicators fit.", f"Name one: {names}.")

    def _one_kind_of_place(self, cells: list[_Seen]) -> list[_Seen]:
        """Keep to the widest kind of place: those of another kind are parts of it, or overlap with it."""
        kinds: dict[str, set[int]] = {}
        for one in cells:
            kinds.setdefault(self._words.all_areas[one.area].type, set()).add(one.area)
        if len(kinds) < 2 or self._question.area_type:
            return cells
        widest = "England" if "England" in kinds else min(kinds, key=lambda kind: (len(kinds[kind]), kind))
        return [one for one in cells if self._words.all_areas[one.area].type == widest]

    def _one_level(self, cells: list[_Seen], *, grouped: bool | None = None) -> list[_Seen]:
        """Keep to figures that do not hold each other: totals where nobody asked for groups, else one level of one characteristic."""
        asked = self._question
        by_group = bool(asked.group) if grouped is None else grouped
        kinds = {one.category: self._words.all_categories[one.category] for one in cells}
        totals = [one for one in cells if kinds[one.category].level == "total"]
        if totals and not asked.characteristic and not asked.level and not by_group:
            return totals
        cells = [one for one in cells if kinds[one.category].level != "total"] if len(totals) < len(cells) else totals
        if by_group:
            return cells
        cells = [one for one in cells if not kinds[one.category].within] or cells
        first = next(iter(kinds.values())).characteristic if kinds else ""
        cells = [one for one in cells if kinds[one.category].characteristic == first] or cells
        levels = {kinds[one.category].level for one in cells}
        level = "broad" if "broad" in levels else "detailed"
        return (
            [one for one in cells if kinds[one.category].level in (level, "unknown")]
            if levels & {"broad", "detailed"}
            else cells
        )
