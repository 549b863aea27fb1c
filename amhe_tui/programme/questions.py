"""The answer to a question about the evidence: a value, a sum, how many rows, how complete, what is hidden, which groups and places there are.

A sum keeps to one level: of groups, of places, and of counts, because rates and percentages do not add up.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

from amhe_tui.errors import AmheError
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.labels import same_group
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.periods import read_period
from amhe_tui.text import shorten
from store.evidence.datasets import VISIBLE, Area, Category, Period, Quantity, read_figure
from store.records import DataSource
from store.workspace import Workspace

WANTS = ("value", "sum", "rows", "completeness", "suppressed", "groups", "areas", "warnings")
"""What can be asked for."""


@dataclass(frozen=True)
class Question:
    """What is asked; "" leaves it open.

    Attributes:
        indicator, statistic: What was counted, and as what.
        characteristic, group, level, within: Who.
        area, area_type: Where.
        period: When.
        status: Why there is no figure, for counting rows.
        want: One of :data:`WANTS`.
    """

    want: str = "value"
    indicator: str = ""
    statistic: str = ""
    characteristic: str = ""
    group: str = ""
    level: str = ""
    within: str = ""
    area: str = ""
    area_type: str = ""
    period: str = ""
    status: str = ""

    @classmethod
    def made(cls, given: Mapping[str, object]) -> Question:
        """Return a question from its parts by name.

        Raises:
            AmheError: A part has a name that no question has, or what is wanted cannot be asked for.
        """
        known = {one.name for one in fields(cls)}
        for name in given:
            if name not in known:
                raise AmheError(
                    "Unknown part", f"A question has no {shorten(name, 30)}.", f"Use: {', '.join(sorted(known))}."
                )
        found = cls(**{name: str(value) for name, value in given.items() if value not in (None, "")})
        if found.want not in WANTS:
            raise AmheError(
                "Unknown wish", f"{shorten(found.want, 30)} cannot be asked for.", f"Use: {', '.join(WANTS)}."
            )
        return found


T = TypeVar("T")


_EVERYBODY = re.compile(
    r"^(all( people| persons| ages| usual residents| residents)?|total|everyone|everybody|persons|people)$"
)


class Vocabulary:
    """The indicators, periods, places and groups of a programme, and those of them that fit a question.

    Attributes:
        all_quantities, all_periods, all_areas, all_categories: Everything there is, by key.
    """

    def __init__(self, raw: sqlite3.Connection, question: Question) -> None:
        self._question = question

        def there(columns: str, table: str, covered: str) -> list[tuple[Any, ...]]:
            visible = f"(SELECT {table} FROM {covered} WHERE dataset IN ({VISIBLE}))"
            return raw.execute(f"SELECT key, {columns} FROM {table} WHERE key IN {visible}").fetchall()

        self.all_quantities = {
            int(key): Quantity(*rest) for key, *rest in there("id, name, statistic", "quantity", "run")
        }
        self.all_periods = {int(key): Period(*rest) for key, *rest in there("label, starts, ends", "period", "run")}
        self.all_areas = {int(key): Area(*rest) for key, *rest in there("type, code, name", "area", "covered_area")}
        self.all_categories = {
            int(key): Category(*rest)
            for key, *rest in there("characteristic, label, level, parent, within", "category", "covered_category")
        }

    def quantities(self) -> dict[int, Quantity]:
        """Return the indicators asked about."""
        asked, there = self._question, self.all_quantities
        if asked.statistic:
            wanted = statistic_word(asked.statistic)
            there = {key: one for key, one in there.items() if one.statistic == wanted} or (
                {key: one for key, one in there.items() if one.statistic == "count"} if wanted == "percentage" else {}
            )
        if not asked.indicator:
            return there
        found = fitting(asked.indicator, there, lambda one: (one.id, one.id.rsplit(".", 1)[0], one.name))
        if not found and not self._as_group(asked.indicator):
            names = ", ".join(shorten(one.id, 40) for one in list(self.all_quantities.values())[:5])
            raise AmheError(
                "No such indicator", f"There is no indicator {shorten(asked.indicator, 60)}.", f"There is: {names}."
            )
        return found or there

    def _as_group(self, words: str) -> bool:
        """Tell whether what is called an indicator is the name of a column of groups, or of everybody."""
        return bool(
            _EVERYBODY.match(plain(words))
            or fitting(words, self.all_categories, lambda one: (one.label,), loosely=False)
        )

    def periods(self) -> dict[int, Period]:
        """Return the periods asked about."""
        wanted, there = self._question.period, self.all_periods
        if not wanted:
            return dict(there)
        found = {key: one for key, one in there.items() if one.label.casefold() == wanted.casefold()}
        meant = read_period(wanted)
        if not found and meant is not None:
            found = {
                key: one
                for key, one in there.items()
                if (one.starts, one.ends or one.starts) == (meant.starts, meant.ends)
            }
            found = found or {
                key: one
                for key, one in there.items()
                if meant.starts <= one.starts and (one.ends or one.starts) <= meant.ends
            }
            found = found or {
                key: one
                for key, one in there.items()
                if one.starts <= meant.starts and meant.ends <= (one.ends or one.starts)
            }
        if not found:
            raise AmheError(
                "No such period",
                f"There is nothing for {shorten(wanted, 40)}.",
                f"There is: {', '.join(one.label for one in list(there.values())[:6])}.",
            )
        return found

    def areas(self) -> dict[int, Area]:
        """Return the places asked about."""
        asked, there = self._question, self.all_areas
        if asked.area_type:
            there = fitting(asked.area_type, there, lambda one: (one.type,))
        if asked.area:
            found = fitting(asked.area, there, lambda one: (one.code, one.name))
            if not found:
                raise AmheError(
                    "No such place", f"There is no place {shorten(asked.area, 60)}.", "Ask which places there are."
                )
            return found
        return there

    def categories(self) -> dict[int, Category]:
        """Return the groups asked about."""
        asked, there = self._question, self.all_categories
        group = asked.group
        if (
            not group
            and asked.indicator
            and not fitting(
                asked.indicator, self.all_quantities, lambda one: (one.id, one.id.rsplit(".", 1)[0], one.name)
            )
        ):
            group = asked.indicator
        if asked.characteristic:
            by = fitting(asked.characteristic, there, lambda one: (one.characteristic,))
            by = by or {
                key: one for key, one in there.items() if _same_characteristic(asked.characteristic, one.characteristic)
            }
            if not by and there:
                raise AmheError(
                    "No such characteristic",
                    f"Nothing is broken down by {shorten(asked.characteristic, 40)}.",
                    "Ask for the groups there are.",
                )
            there = by
        if asked.within:
            there = {key: one for key, one in there.items() if plain(asked.within) in plain(one.within)}
        if asked.level:
            at_level = {key: one for key, one in there.items() if one.level == asked.level}
            if not at_level and group and asked.level == "broad":
                return self._parts_of(group, there)
            there = at_level
        if group and _EVERYBODY.match(plain(group)):
            totals = {key: one for key, one in self.all_categories.items() if one.level == "total"}
            return {key: one for key, one in totals.items() if key in there and asked.characteristic} or totals
        return self._of_group(group, there) if group else dict(there)

    def _of_group(self, group: str, there: Mapping[int, Category]) -> dict[int, Category]:
        for found in (
            fitting(group, there, lambda one: (one.label,), loosely=False),
            {key: one for key, one in there.items() if same_group(one.characteristic, group, one.label)},
            _broadest(fitting(group, there, lambda one: (one.label,))),
            self._parts_of(group, there),
        ):
            if found:
                whole = {key: one for key, one in found.items() if not one.within}
                return whole or found
        raise AmheError("No such group", f"There is no group {shorten(group, 60)}.", "Ask which groups there are.")

    def _parts_of(self, group: str, there: Mapping[int, Category]) -> dict[int, Category]:
        """Return the narrow groups that together are a broad one which has no figure of its own."""
        narrow = {
            key: one
            for key, one in self.all_categories.items()
            if one.level == "detailed" and one.parent and (not there or key in there or self._question.level == "broad")
        }
        found = fitting(group, narrow, lambda one: (one.parent,))
        return found or {key: one for key, one in narrow.items() if same_group(one.characteristic, group, one.parent)}


_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(words: str) -> str:
    """Return words in small letters without punctuation, joined words taken apart."""
    return " ".join(re.sub(r"[\W_]+", " ", _JOINED.sub(" ", words).casefold()).split())


def statistic_word(words: str) -> str:
    """Return a statistic as the evidence calls it."""
    said = words.casefold().strip()
    return "percentage" if said in ("%", "percent", "percentage", "proportion", "share", "per cent") else said


def fitting(
    wanted: str, there: Mapping[int, T], names: Callable[[T], Iterable[str]], *, loosely: bool = True
) -> dict[int, T]:
    """Return what is called so: exactly, else but for case and punctuation, else where all its words are in the name."""
    words = plain(wanted)
    several = set(words.split())
    tests: list[Callable[[str], bool]] = [
        lambda name: name == wanted,
        lambda name: name.casefold() == wanted.casefold(),
        lambda name: words != "" and plain(name) == words,
    ]
    loose: list[Callable[[str], bool]] = [
        lambda name: words != "" and f" {words} " in f" {plain(name)} ",
        lambda name: words != "" and several <= set(plain(name).split()),
    ]
    for test in (*tests, *(loose if loosely else ())):
        found = {key: one for key, one in there.items() if any(test(name) for name in names(one))}
        if found:
            return found
    return {}


def _broadest(found: dict[int, Category]) -> dict[int, Category]:
    """Of several groups whose names hold the words, keep the broad ones, and of those the one called most nearly so."""
    broad = {key: one for key, one in found.items() if one.level == "broad"} or found
    shortest = min((len(one.label) for one in broad.values()), default=0)
    return {key: one for key, one in broad.items() if len(one.label) == shortest}


def _same_characteristic(wanted: str, there: str) -> bool:
    one, other = recognise(wanted), recognise(there)
    return one is not None and other is not None and one.code == other.code


_COUNTED = ("count", "numerator", "denominator")


_MOST_KEYS = 30_000


_ONE_BY_ONE = {"answers", "list"}
"""Families of layouts whose rows were counted when they came in: one row a person or a thing."""


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
        from amhe_tui.intake.publishers.registry import family

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
        if set(map(family, layouts)) <= _ONE_BY_ONE and asked.group:
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
