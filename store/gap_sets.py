"""Every breakdown of a programme's newest figures at once, as columns of numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from amhe_tui.analysis.breakdown import PER, ROUNDED_TO, SHARES, kind_of
from amhe_tui.analysis.gap_sets import GapSets, Indicator, Keys, Numbers, Place
from amhe_tui.method.characteristics import recognise
from amhe_tui.method.indicators import KnownIndicator
from amhe_tui.method.ordering import in_fixed_order
from store.bulk import Area, Category
from store.bulk_figures import read_figure
from store.evidence import held_of, meanings
from store.holdings import Held, visible, widest
from store.workspace import Workspace

ALL = "all"
WIDEST = ""
_NO_COMPARISON = ("lower", "upper", "rank", "standard_error")
_LEVELS = {"broad": 0, "detailed": 1, "total": 2}
_LEFT_OUT = -1


def has_gaps(held: Held) -> bool:
    """Tell whether an indicator's figures can be compared between groups as they are: counts alone cannot."""
    return bool(held.characteristics) and kind_of(held.statistic) != "count" and held.statistic not in _NO_COMPARISON


def about_people(characteristic: str) -> bool:
    """Tell whether a breakdown is by who people are, and not by what was done for them."""
    return recognise(characteristic) is not None


def gap_sets(workspace: Workspace, *, area: str = WIDEST, keep: Callable[[str], bool] = about_people) -> GapSets:
    """Return the sets of every indicator that has gaps, each in its newest period.

    Args:
        workspace: The open programme.
        area: "" for the widest kind of place of each indicator, ``all`` for every place, or the name or code of one.
        keep: Which characteristics to look at.
    """
    wanted = [one for one in held_of(workspace) if has_gaps(one)]
    meaning = meanings(workspace)
    return workspace.read(lambda raw: _Reader(raw, area, keep).read(wanted, meaning))


@dataclass
class _Columns:
    """The figures of one quantity: place, group, number; one each, sorted by their keys."""

    key: Keys
    value: Numbers
    text: dict[int, str]

    def at(self, keys: Keys) -> Numbers:
        """Return the number of each key, NaN where there is none."""
        if not len(self.key):
            return np.full(len(keys), np.nan)
        place = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[place] == keys, self.value[place], np.nan)


class _Reader:
    """Reads on one connection."""

    def __init__(self, raw: sqlite3.Connection, area: str, keep: Callable[[str], bool]) -> None:
        self._raw, self._area, self._keep = raw, area, keep
        self._datasets = list(reversed(visible(raw)))
        self._areas = {int(key): Area(*rest) for key, *rest in raw.execute("SELECT key, type, code, name FROM area")}
        self._categories = {
            int(key): Category(*rest)
            for key, *rest in raw.execute("SELECT key, characteristic, label, level, parent, within FROM category")
        }
        self._wide = max(self._categories, default=0) + 1
        self._names: list[str] = []
        self._seen: dict[object, _Columns] = {}
        self._char, self._level, self._order = self._coded()
        self._markers = {
            (int(dataset), str(text)): str(status)
            for dataset, text, status in raw.execute("SELECT dataset, text, status FROM marker")
        }

    def _coded(self) -> tuple[Keys, Keys, Keys]:
        """Return for each group its characteristic, its level and its place in the order of its list; -1 for groups that are left out."""
        char, level, order = (np.full(self._wide, _LEFT_OUT, dtype=np.int64) for _ in range(3))
        there: dict[str, list[int]] = {}
        for key, one in self._categories.items():
            if one.within:
                continue
            if one.level == "total":
                level[key] = _LEVELS["total"]
            elif one.level in _LEVELS and self._keep(one.characteristic):
                there.setdefault(one.characteristic, []).append(key)
        for number, (name, keys) in enumerate(there.items()):
            self._names.append(name)
            ranks = {
                label: rank
                for rank, label in enumerate(in_fixed_order(name, [self._categories[k].label for k in keys]))
            }
            for key in keys:
                char[key], level[key] = number, _LEVELS[self._categories[key].level]
                order[key] = ranks[self._categories[key].label]
        return char, level, order

    def read(self, wanted: Sequence[Held], meaning: Callable[[str], KnownIndicator]) -> GapSets:
        """Return the sets of some indicators."""
        builder = _Builder(self._names)
        for one in wanted:
            known = meaning(one.id)
            about = Indicator(one.id, one.name.replace("_", " "), one.statistic, one.periods[-1], known)
            dataset, areas = self._where(one, about.period)
            if areas:
                self._add(builder, about, dataset, areas)
        return builder.built(self._areas, self._categories)

    def _where(self, one: Held, period: str) -> tuple[int, list[int]]:
        """Return the newest data set with these figures and the places asked for."""
        for dataset in self._datasets:
            rows = self._raw.execute(
                "SELECT DISTINCT v.area FROM quantity q JOIN covered_area v ON v.quantity = q.key AND v.dataset = ? WHERE q.id = ?"
                " AND EXISTS (SELECT 1 FROM run r JOIN period p ON p.key = r.period WHERE r.dataset = v.dataset AND r.quantity = q.key AND p.label = ?)",
                (dataset, one.id, period),
            )
            found = [int(row[0]) for row in rows]
            if found:
                return dataset, self._asked(found)
        return 0, []

    def _asked(self, there: Sequence[int]) -> list[int]:
        if self._area == ALL:
            return list(there)
        if self._area == WIDEST:
            return [key for key, _ in widest([(key, self._areas[key]) for key in there])]
        letters = self._area.casefold()
        return [key for key in there if letters in (self._areas[key].name.casefold(), self._areas[key].code.casefold())]

    def _add(self, builder: _Builder, about: Indicator, dataset: int, areas: Sequence[int]) -> None:
        every = len(areas) == len(self._areas)
        figures = self._columns(dataset, about.id, about.period, None if every else areas)
        known = about.meaning
        companions = {
            one: self._columns(dataset, one, about.period, None if every else areas)
            for one in dict.fromkeys([known.numerator, *known.plus, *known.minus])
            if one
        }
        builder.add(
            about, figures, companions, self._char, self._level, self._order, self._wide, self._markers, dataset
        )

    def _columns(self, dataset: int, quantity: str, period: str, areas: Sequence[int] | None) -> _Columns:
        """Return the figures of a quantity, read once: several indicators share the counts behind them."""
        asked = (dataset, quantity, period, None if areas is None else tuple(areas))
        if asked not in self._seen:
            self._seen[asked] = self._read(dataset, quantity, period, areas)
        return self._seen[asked]

    def _read(self, dataset: int, quantity: str, period: str, areas: Sequence[int] | None) -> _Columns:
        within = "" if areas is None else f" AND o.area IN ({', '.join(map(str, areas))})"
        # The numbers come as two long lines of text, which is several times quicker than a tuple a row; what is text stands as nan in them, and follows.
        lines, texts = (
            self._raw.execute(
                f"SELECT {columns} FROM quantity q CROSS JOIN period p ON p.label = ?"
                " CROSS JOIN run r ON r.dataset = ? AND r.quantity = q.key AND r.period = p.key"
                f" CROSS JOIN observed o ON o.key BETWEEN r.first AND r.last{within}{only} WHERE q.id = ?",
                (period, dataset, quantity),
            ).fetchall()
            for columns, only in (
                (
                    f"group_concat(o.area * {self._wide} + o.category), group_concat(iif(typeof(o.value) = 'text', 'nan', o.value))",
                    "",
                ),
                (f"o.area * {self._wide} + o.category, o.value", " AND typeof(o.value) = 'text'"),
            )
        )
        if not lines[0][0]:
            return _Columns(np.empty(0, dtype=np.int64), np.empty(0), {})
        keys = np.fromstring(lines[0][0], dtype=np.int64, sep=",")
        numbers = np.fromstring(lines[0][1], dtype=np.float64, sep=",")
        different, first = np.unique(keys, return_index=True)
        found = _Columns(different, numbers[first], dict(reversed(texts)))
        found.value = _with_texts(found)
        return found


def _with_texts(found: _Columns) -> Numbers:
    """Return the numbers with those that were written as text, such as 1,204, read."""
    read = {text: read_figure(text) for text in set(found.text.values())}
    numbers = {key: number for key, text in found.text.items() if (number := read[text]) is not None}
    if not numbers:
        return found.value
    value = found.value.copy()
    place = np.searchsorted(found.key, np.fromiter(numbers, dtype=np.int64, count=len(numbers)))
    written = np.isnan(value[place])
    value[place[written]] = np.fromiter(numbers.values(), dtype=np.float64, count=len(numbers))[written]
    return value


class _Builder:
    """Puts the sets of many indicators one behind the other."""

    def __init__(self, characteristics: Sequence[str]) -> None:
        self._characteristics = tuple(characteristics)
        self._indicators: list[Indicator] = []
        self._parts: dict[str, list[np.ndarray[tuple[int], np.dtype[np.float64]]]] = {}
        self._keys: dict[str, list[Keys]] = {}
        self._status: list[str] = []
        self._rows = 0

    def add(
        self,
        about: Indicator,
        figures: _Columns,
        companions: Mapping[str, _Columns],
        char: Keys,
        level: Keys,
        order: Keys,
        wide: int,
        markers: Mapping[tuple[int, str], str],
        dataset: int,
    ) -> None:
        """Add the sets of one indicator."""
        area, category = figures.key // wide, figures.key % wide
        chosen = (level[category] >= 0) & (char[category] >= 0)
        if not chosen.any():
            return
        top, bottom = _counts(about, figures, companions)
        rows = np.flatnonzero(chosen)
        sort = np.lexsort((order[category[rows]], level[category[rows]], char[category[rows]], area[rows]))
        rows = rows[sort]
        of_area, of_char, of_level = area[rows], char[category[rows]], level[category[rows]]
        new = np.ones(len(rows), dtype=np.bool_)
        new[1:] = (np.diff(of_area) != 0) | (np.diff(of_char) != 0) | (np.diff(of_level) != 0)
        heads = np.flatnonzero(new)
        whole = level[category] == _LEVELS["total"]
        totals = {int(area[place]): int(place) for place in np.flatnonzero(whole)[::-1].tolist()}
        at = np.array([totals.get(int(one), _LEFT_OUT) for one in of_area[heads]], dtype=np.int64)
        missing = at == _LEFT_OUT
        for name, column in (("value", figures.value), ("top", top), ("bottom", bottom)):
            self._parts.setdefault(name, []).append(column[rows])
            self._parts.setdefault(f"all_{name}", []).append(np.where(missing, np.nan, column[at]))
        for name, codes in (
            ("place", of_area[heads]),
            ("characteristic", of_char[heads]),
            ("detailed", of_level[heads]),
        ):
            self._keys.setdefault(name, []).append(codes)
        self._keys.setdefault("indicator", []).append(np.full(len(heads), len(self._indicators), dtype=np.int64))
        self._keys.setdefault("start", []).append(heads + self._rows)
        self._keys.setdefault("group", []).append(category[rows])
        self._status += _statuses(figures, rows, markers, dataset)
        self._indicators.append(about)
        self._rows += len(rows)

    def built(self, areas: Mapping[int, Area], categories: Mapping[int, Category]) -> GapSets:
        """Return everything that was added."""

        def codes(name: str) -> Keys:
            return np.concatenate(self._keys[name]) if name in self._keys else np.empty(0, dtype=np.int64)

        def numbers(name: str) -> Numbers:
            return np.concatenate(self._parts[name]) if name in self._parts else np.empty(0)

        used, place = np.unique(codes("place"), return_inverse=True)
        return GapSets(
            indicators=tuple(self._indicators),
            places=tuple(Place(key, areas[key].name, areas[key].type) for key in used.tolist()),
            characteristics=self._characteristics,
            indicator=codes("indicator"),
            place=place.astype(np.int64),
            characteristic=codes("characteristic"),
            detailed=codes("detailed") == _LEVELS["detailed"],
            start=np.append(codes("start"), self._rows),
            group=tuple(categories[key].label for key in codes("group").tolist()),
            value=numbers("value"),
            top=numbers("top"),
            bottom=numbers("bottom"),
            status=tuple(self._status),
            all_value=numbers("all_value"),
            all_top=numbers("all_top"),
            all_bottom=numbers("all_bottom"),
        )


def _statuses(figures: _Columns, rows: Keys, markers: Mapping[tuple[int, str], str], dataset: int) -> list[str]:
    empty, keys = np.isnan(figures.value[rows]), figures.key[rows]
    found = [""] * len(rows)
    for place in np.flatnonzero(empty).tolist():
        found[place] = markers.get((dataset, figures.text.get(int(keys[place]), "")), "not a number")
    return found


def _counts(about: Indicator, figures: _Columns, companions: Mapping[str, _Columns]) -> tuple[Numbers, Numbers]:
    """Return the counts behind the figures, NaN where there are none or they are not those behind the figure; see `amhe_tui.analysis.breakdown`."""
    known, keys, value = about.meaning, figures.key, figures.value
    nothing = np.full(len(keys), np.nan)
    if not known.numerator:
        return nothing, nothing
    top = companions[known.numerator].at(keys)
    rate = kind_of(about.statistic) == "rate"
    with np.errstate(divide="ignore", invalid="ignore"):
        if rate and not known.plus:
            bottom = np.where((top > 0) & (value > 0), top / value * (known.per or PER), np.nan)
        else:
            bottom = sum((companions[one].at(keys) for one in known.plus), np.zeros(len(keys)))
            bottom = bottom - sum((companions[one].at(keys) for one in known.minus), np.zeros(len(keys)))
        sound = (top >= 0) & (bottom > 0)
        if not rate:
            half, share = ROUNDED_TO / 2, value * 100 / SHARES.get(about.statistic, 100)
            low = 100 * np.maximum(top - half, 0) / (bottom + half)
            high = 100 * (top + half) / np.maximum(bottom - half, half)
            sound &= (top <= bottom) & (low - 0.5 <= share) & (share <= high + 0.5) & (about.statistic in SHARES)
    return np.where(sound, top, np.nan), np.where(sound, bottom, np.nan)
