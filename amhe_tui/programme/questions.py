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
        known = {field.name for field in fields(cls)}
        for name in given:
            if name not in known:
                raise AmheError(
                    "Unknown part", f"A question has no {shorten(name, 30)}.", f"Use: {', '.join(sorted(known))}."
                )
        question = cls(**{name: str(value) for name, value in given.items() if value not in (None, "")})
        if question.want not in WANTS:
            raise AmheError(
                "Unknown wish", f"{shorten(question.want, 30)} cannot be asked for.", f"Use: {', '.join(WANTS)}."
            )
        return question


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
        asked, quantities = self._question, self.all_quantities
        if asked.statistic:
            wanted = statistic_word(asked.statistic)
            quantities = {
                key: quantity for key, quantity in quantities.items() if statistic_word(quantity.statistic) == wanted
            } or (
                {key: quantity for key, quantity in quantities.items() if quantity.statistic == "count"}
                if wanted == "percentage"
                else {}
            )
        if not asked.indicator:
            return quantities
        matches = fitting(
            asked.indicator, quantities, lambda quantity: (quantity.id, quantity.id.rsplit(".", 1)[0], quantity.name)
        )
        if not matches and not self._as_group(asked.indicator):
            names = ", ".join(shorten(quantity.id, 40) for quantity in list(self.all_quantities.values())[:5])
            raise AmheError(
                "No such indicator", f"There is no indicator {shorten(asked.indicator, 60)}.", f"There is: {names}."
            )
        return matches or quantities

    def _as_group(self, name: str) -> bool:
        """Tell whether what is called an indicator is the name of a column of groups, or of everybody."""
        return bool(
            _EVERYBODY.match(plain(name))
            or fitting(name, self.all_categories, lambda category: (category.label,), loosely=False)
        )

    def periods(self) -> dict[int, Period]:
        """Return the periods asked about."""
        wanted, periods = self._question.period, self.all_periods
        if not wanted:
            return dict(periods)
        matches = {key: period for key, period in periods.items() if period.label.casefold() == wanted.casefold()}
        meant = read_period(wanted)
        if not matches and meant is not None:
            matches = {
                key: period
                for key, period in periods.items()
                if (period.starts, period.ends or period.starts) == (meant.starts, meant.ends)
            }
            matches = matches or {
                key: period
                for key, period in periods.items()
                if meant.starts <= period.starts and (period.ends or period.starts) <= meant.ends
            }
            matches = matches or {
                key: period
                for key, period in periods.items()
                if period.starts <= meant.starts and meant.ends <= (period.ends or period.starts)
            }
        if not matches:
            raise AmheError(
                "No such period",
                f"There is nothing for {shorten(wanted, 40)}.",
                f"There is: {', '.join(period.label for period in list(periods.values())[:6])}.",
            )
        return matches

    def areas(self) -> dict[int, Area]:
        """Return the places asked about."""
        asked, areas = self._question, self.all_areas
        if asked.area_type:
            areas = fitting(asked.area_type, areas, lambda area: (area.type,))
        if asked.area:
            matches = fitting(asked.area, areas, lambda area: (area.code, area.name))
            if not matches:
                raise AmheError(
                    "No such place", f"There is no place {shorten(asked.area, 60)}.", "Ask which places there are."
                )
            return matches
        return areas

    def categories(self) -> dict[int, Category]:
        """Return the groups asked about."""
        asked, categories = self._question, self.all_categories
        group = asked.group
        if (
            not group
            and asked.indicator
            and not fitting(
                asked.indicator,
                self.all_quantities,
                lambda quantity: (quantity.id, quantity.id.rsplit(".", 1)[0], quantity.name),
            )
        ):
            group = asked.indicator
        if asked.characteristic:
            by = fitting(asked.characteristic, categories, lambda category: (category.characteristic,))
            by = by or {
                key: category
                for key, category in categories.items()
                if _same_characteristic(asked.characteristic, category.characteristic)
            }
            if not by and categories:
                raise AmheError(
                    "No such characteristic",
                    f"Nothing is broken down by {shorten(asked.characteristic, 40)}.",
                    "Ask for the groups there are.",
                )
            categories = by
        if asked.within:
            categories = {
                key: category
                for key, category in categories.items()
                if f" {plain(asked.within)} " in f" {plain(category.within)} "
            }
        if asked.level:
            at_level = {key: category for key, category in categories.items() if category.level == asked.level}
            if not at_level and group and asked.level == "broad":
                return self._parts_of(group, categories)
            categories = at_level
        if group and _EVERYBODY.match(plain(group)):
            totals = {key: category for key, category in self.all_categories.items() if category.level == "total"}
            return {
                key: category for key, category in totals.items() if key in categories and asked.characteristic
            } or totals
        return self._of_group(group, categories) if group else dict(categories)

    def _of_group(self, group: str, categories: Mapping[int, Category]) -> dict[int, Category]:
        for matches in (
            fitting(group, categories, lambda category: (category.label,), loosely=False),
            {
                key: category
                for key, category in categories.items()
                if same_group(category.characteristic, group, category.label)
            },
            _broadest(fitting(group, categories, lambda category: (category.label,))),
            self._parts_of(group, categories),
        ):
            if matches:
                whole = {key: category for key, category in matches.items() if not category.within}
                return whole or matches
        raise AmheError("No such group", f"There is no group {shorten(group, 60)}.", "Ask which groups there are.")

    def _parts_of(self, group: str, categories: Mapping[int, Category]) -> dict[int, Category]:
        """Return the narrow groups that together are a broad one which has no figure of its own."""
        narrow = {
            key: category
            for key, category in self.all_categories.items()
            if category.level == "detailed"
            and category.parent
            and (not categories or key in categories or self._question.level == "broad")
        }
        matches = fitting(group, narrow, lambda category: (category.parent,))
        return matches or {
            key: category
            for key, category in narrow.items()
            if same_group(category.characteristic, group, category.parent)
        }


_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(text: str) -> str:
    """Return words in small letters without punctuation, joined words taken apart."""
    return " ".join(re.sub(r"[\W_]+", " ", _JOINED.sub(" ", text).casefold()).split())


def statistic_word(statistic: str) -> str:
    """Return a statistic as the evidence calls it."""
    letters = statistic.casefold().strip()
    return "percentage" if letters in ("%", "percent", "percentage", "proportion", "share", "per cent") else letters


def fitting(
    wanted: str, choices: Mapping[int, T], names: Callable[[T], Iterable[str]], *, loosely: bool = True
) -> dict[int, T]:
    """Return what is called so: exactly, else but for case and punctuation, else where all its words are in the name."""
    phrase = plain(wanted)
    several = set(phrase.split())
    tests: list[Callable[[str], bool]] = [
        lambda name: name == wanted,
        lambda name: name.casefold() == wanted.casefold(),
        lambda name: phrase != "" and plain(name) == phrase,
    ]
    loose: list[Callable[[str], bool]] = [
        lambda name: phrase != "" and f" {phrase} " in f" {plain(name)} ",
        lambda name: phrase != "" and several <= set(plain(name).split()),
    ]
    for test in (*tests, *(loose if loosely else ())):
        matches = {key: choice for key, choice in choices.items() if any(test(name) for name in names(choice))}
        if matches:
            return matches
    return {}


def _broadest(categories: dict[int, Category]) -> dict[int, Category]:
    """Of several groups whose names hold the words, keep the broad ones, and of those the one called most nearly so."""
    broad = {key: category for key, category in categories.items() if category.level == "broad"} or categories
    shortest = min((len(category.label) for category in broad.values()), default=0)
    return {key: category for key, category in broad.items() if len(category.label) == shortest}


def _same_characteristic(wanted: str, heading: str) -> bool:
    known, other = recognise(wanted), recognise(heading)
    return known is not None and other is not None and known.code == other.code


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
        return [warning for source in workspace.list(DataSource) for warning in source.watch.splitlines() if warning]
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
            return sum(1 for cell in self._cells() if cell.status == "suppressed")
        if asked.want == "completeness":
            return self._completeness()
        return self._number()

    # --- answers ------------------------------------------------------------------------------------------------------------------------------------

    def _cells(self, categories: Mapping[int, Category] | None = None) -> list[_Seen]:
        """Return the figures that fit, each once: the newest data set has the word."""
        wanted = categories if categories is not None else self._words.categories()
        filters: list[str] = []
        for column, asked, every in (
            ("r.quantity", self._words.quantities(), self._words.all_quantities),
            ("r.period", self._words.periods(), self._words.all_periods),
            ("o.area", self._words.areas(), self._words.all_areas),
            ("o.category", wanted, self._words.all_categories),
        ):
            if len(asked) < len(every):
                if len(asked) > _MOST_KEYS:
                    raise AmheError("Too much", "Too many places fit.", "Name one kind of place.")
                filters.append(f"AND {column} IN ({', '.join(map(str, asked))})")
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
        once: dict[tuple[int, int, int, int], _Seen] = {}
        for cell in found_cells:
            once.setdefault((cell.quantity, cell.period, cell.area, cell.category), cell)
        return [cell for cell in once.values() if cell.status == status or not status]

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
            return int(sum(cell.value or 0 for cell in self._cells()))
        return len({cell.row for cell in self._cells()})

    def _group_names(self) -> list[str]:
        by: dict[str, list[str]] = {}
        for category in self._words.categories().values():
            if category.level != "total":
                by.setdefault(category.characteristic, []).append(category.label)
        return [
            label
            for characteristic, labels in by.items()
            for label in in_fixed_order(characteristic, list(dict.fromkeys(labels)))
        ]

    def _completeness(self) -> float | None:
        """Return the share of people whose group is known; without a characteristic, the share of cells that hold a figure."""
        if not self._question.characteristic:
            cells = self._cells()
            return sum(cell.status == "ok" for cell in cells) / len(cells) if cells else None
        cells = self._one_level(
            [cell for cell in self._cells() if self._words.all_quantities[cell.quantity].statistic in _COUNTED]
        )
        known = sum(cell.value or 0 for cell in cells if self._words.all_categories[cell.category].level != "unknown")
        unknown = sum(cell.value or 0 for cell in cells if self._words.all_categories[cell.category].level == "unknown")
        return known / (known + unknown) if known + unknown else None

    def _number(self) -> float | None:
        asked = self._question
        cells = self._cells()
        statistics = {self._words.all_quantities[cell.quantity].statistic for cell in cells}
        shared = statistic_word(asked.statistic) == "percentage" and statistics == {"count"}
        cells = self._one_quantity(cells)
        if asked.want == "value" and not asked.period and cells:
            newest = max(
                cells,
                key=lambda cell: (
                    self._words.all_periods[cell.period].starts,
                    self._words.all_periods[cell.period].label,
                ),
            ).period
            cells = [cell for cell in cells if cell.period == newest]
        cells = self._one_level(self._one_kind_of_place(cells))
        if not cells:
            return None
        if shared:
            return self._share(cells)
        statistic = self._words.all_quantities[cells[0].quantity].statistic
        if len(cells) == 1:
            return cells[0].value
        if statistic not in _COUNTED:
            same = {cell.value for cell in cells}
            if len(same) == 1:
                return same.pop()
            raise AmheError(
                "Cannot be added up",
                f"{len(cells)} figures fit, and a {statistic} cannot be added to another.",
                "Name one group, place and period, or ask for the counts behind it.",
            )
        known = [cell.value for cell in cells if cell.value is not None]
        return sum(known) if known else None

    def _share(self, cells: list[_Seen]) -> float | None:
        """Return a share in per cent of everybody in the same place and time, from counts."""
        mine = self._words.all_categories[cells[0].category]
        whole = {
            key: category
            for key, category in self._words.all_categories.items()
            if category.characteristic == mine.characteristic and category.within == mine.within
        }
        everybody = self._one_level(
            [cell for cell in self._one_quantity(self._cells(whole)) if cell.period == cells[0].period], grouped=False
        )
        top, bottom = (sum(cell.value or 0 for cell in some) for some in (cells, everybody))
        return 100 * top / bottom if bottom else None

    # --- one of a kind ------------------------------------------------------------------------------------------------------------------------------

    def _one_quantity(self, cells: list[_Seen]) -> list[_Seen]:
        known = [cell for cell in cells if cell.value is not None]
        quantities = {cell.quantity: self._words.all_quantities[cell.quantity] for cell in known or cells}
        if len(quantities) < 2:
            return [cell for cell in cells if cell.quantity in quantities]
        called = self._question.indicator.casefold()
        wanted = {plain(part) for part in called.split("|")}
        same = {
            key: len(wanted & {plain(part) for part in quantity.name.split("|")})
            for key, quantity in quantities.items()
        }
        most = max(same.values())
        for fitting in (
            [key for key, number in same.items() if number == most > 0],
            [
                key
                for key, quantity in quantities.items()
                if called in (quantity.id.casefold(), quantity.name.casefold())
            ],
            [
                key
                for key, quantity in quantities.items()
                if quantity.id.rsplit(".", 1)[0].casefold() == called.replace(" ", "_")
            ],
            [key for key, quantity in quantities.items() if quantity.statistic == "count"],
        ):
            if len(fitting) == 1:
                return [cell for cell in cells if cell.quantity == fitting[0]]
        names = ", ".join(shorten(quantity.id, 40) for quantity in list(quantities.values())[:5])
        raise AmheError("More than one fits", f"{len(quantities)} indicators fit.", f"Name one: {names}.")

    def _one_kind_of_place(self, cells: list[_Seen]) -> list[_Seen]:
        """Keep to the widest kind of place: those of another kind are parts of it, or overlap with it."""
        kinds: dict[str, set[int]] = {}
        for cell in cells:
            kinds.setdefault(self._words.all_areas[cell.area].type, set()).add(cell.area)
        if len(kinds) < 2 or self._question.area_type:
            return cells
        widest = "England" if "England" in kinds else min(kinds, key=lambda kind: (len(kinds[kind]), kind))
        return [cell for cell in cells if self._words.all_areas[cell.area].type == widest]

    def _refuse_several_totals(self, totals: list[_Seen], kinds: Mapping[int, Category]) -> None:
        """Refuse to take one of several totals where each characteristic has its own and they differ."""
        figures: dict[tuple[int, int, int], float | None] = {}
        for cell in totals:
            if figures.setdefault((cell.quantity, cell.period, cell.area), cell.value) != cell.value:
                names = dict.fromkeys(kinds[total.category].characteristic for total in totals)
                raise AmheError(
                    "More than one fits",
                    "Each characteristic has a total of its own, and they differ.",
                    f"Name one: {', '.join(shorten(name, 40) for name in names)}.",
                )

    def _one_level(self, cells: list[_Seen], *, grouped: bool | None = None) -> list[_Seen]:
        """Keep to figures that do not hold each other: totals where nobody asked for groups, else one level of one characteristic."""
        asked = self._question
        by_group = bool(asked.group) if grouped is None else grouped
        kinds = {cell.category: self._words.all_categories[cell.category] for cell in cells}
        totals = [cell for cell in cells if kinds[cell.category].level == "total"]
        if totals and not asked.characteristic:
            self._refuse_several_totals(totals, kinds)
        if totals and not asked.characteristic and not asked.level and not by_group:
            return totals
        cells = (
            [cell for cell in cells if kinds[cell.category].level != "total"] if len(totals) < len(cells) else totals
        )
        if by_group:
            return cells
        cells = [cell for cell in cells if not kinds[cell.category].within] or cells
        first = next(iter(kinds.values())).characteristic if kinds else ""
        cells = [cell for cell in cells if kinds[cell.category].characteristic == first] or cells
        levels = {kinds[cell.category].level for cell in cells}
        level = "broad" if "broad" in levels else "detailed"
        return (
            [cell for cell in cells if kinds[cell.category].level in (level, "unknown")]
            if levels & {"broad", "detailed"}
            else cells
        )
