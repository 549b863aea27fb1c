"""What a question's words mean in a programme: which indicators, periods, places and groups they fit.

Labels are found as people say them: upper and lower case, punctuation and the wording of a code list make no difference.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from amhe_tui.errors import AmheError
from amhe_tui.method.characteristics import recognise
from amhe_tui.method.periods import read_period
from amhe_tui.method.schemes import same_group
from amhe_tui.text import shorten
from store.bulk import VISIBLE, Area, Category, Period, Quantity
from store.question import Question

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
