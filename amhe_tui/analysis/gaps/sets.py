"""Many breakdowns side by side as columns of numbers: what the overview of a whole file is worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.breakdown import (
    PER,
    RATE_ROUNDING,
    ROUNDED_TO,
    SHARES,
    Breakdown,
    BreakdownRow,
    kind_of,
    known_groups,
)
from amhe_tui.analysis.disclosure.order import figure_of_counts, is_range
from amhe_tui.method.indicators import KnownIndicator

Numbers: TypeAlias = npt.NDArray[np.float64]


Keys: TypeAlias = npt.NDArray[np.int64]


NONE = np.nan


NO_PLACE = -1
"""The key of a place that is not looked up by it."""


class Indicator(NamedTuple):
    """What a set is about: id, name in words, statistic, the period of its figures, and what it means."""

    id: str
    name: str
    statistic: str
    period: str
    meaning: KnownIndicator


class Place(NamedTuple):
    """Where a set is from: the key of the place in the file, its name and its type."""

    key: int
    name: str
    type: str


@dataclass(frozen=True)
class GapSets:
    """Sets of groups that can be compared: one indicator, place, characteristic and level each.

    The rows of a set stand together, sets in their order; a number that is not there is NaN.

    Attributes:
        indicators, places, characteristics: What the codes below stand for.
        indicator, place, characteristic: One code a set.
        detailed: One flag a set: whether its groups are parts of broad ones.
        start: Where the rows of each set begin, and at last how many rows there are.
        group: The label of each row.
        value, top, bottom: Each row's figure and the counts behind it.
        status: Why a row has no figure, or "".
        all_value, all_top, all_bottom: The same of everybody in the place, one a set.
        ranges, all_ranges: The ranges that rows, and everybody of sets, are given as; their figures are then for judging alone.
    """

    indicators: tuple[Indicator, ...]
    places: tuple[Place, ...]
    characteristics: tuple[str, ...]
    indicator: Keys
    place: Keys
    characteristic: Keys
    detailed: npt.NDArray[np.bool_]
    start: Keys
    group: tuple[str, ...]
    value: Numbers
    top: Numbers
    bottom: Numbers
    status: tuple[str, ...]
    all_value: Numbers
    all_top: Numbers
    all_bottom: Numbers
    ranges: dict[int, str] = field(default_factory=dict[int, str])
    all_ranges: dict[int, str] = field(default_factory=dict[int, str])

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self.indicator)

    @property
    def of_row(self) -> Keys:
        """The set of each row."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.start))

    def rows(self, set_index: int) -> range:
        """Return the rows of a set."""
        return range(int(self.start[set_index]), int(self.start[set_index + 1]))

    def indicator_of(self, set_index: int) -> Indicator:
        """Return what a set is about."""
        return self.indicators[int(self.indicator[set_index])]

    def place_of(self, set_index: int) -> Place:
        """Return where a set is from."""
        return self.places[int(self.place[set_index])]

    def characteristic_of(self, set_index: int) -> str:
        """Return by what the people of a set are told apart."""
        return self.characteristics[int(self.characteristic[set_index])]

    def breakdown(self, set_index: int) -> Breakdown:
        """Return a set as a breakdown of one level; the unknown are not in it."""
        about = self.indicator_of(set_index)
        level = "detailed" if self.detailed[set_index] else "broad"
        rows = [
            _row(
                self.group[row],
                level,
                NONE if row in self.ranges else self.value[row],
                self.top[row],
                self.bottom[row],
                self.ranges.get(row, self.status[row]),
            )
            for row in self.rows(set_index)
        ]
        whole = _row(
            "everybody",
            "total",
            NONE if set_index in self.all_ranges else self.all_value[set_index],
            self.all_top[set_index],
            self.all_bottom[set_index],
            self.all_ranges.get(set_index, ""),
        )
        return Breakdown(
            about.id,
            about.name,
            about.statistic,
            self.characteristic_of(set_index),
            self.place_of(set_index).name,
            about.period,
            None,
            (*rows, whole),
            meaning=about.meaning,
        )

    def with_rows(self, set_index: int, breakdown: Breakdown) -> None:
        """Put the figures of a set in place of those it has, as an audience may see them; a group that is not there loses its figure."""
        level = "detailed" if self.detailed[set_index] else "broad"
        shown = {row.group: row for row in breakdown.rows if row.level == level}
        for row in self.rows(set_index):
            seen = shown.get(self.group[row])
            self.value[row], self.top[row], self.bottom[row] = _numbers(seen, breakdown.scale)
            if seen is not None and is_range(seen.status):
                self.ranges[row] = seen.status
        whole = next((row for row in breakdown.rows if row.level == "total"), None)
        self.all_value[set_index], self.all_top[set_index], self.all_bottom[set_index] = _numbers(
            whole, breakdown.scale
        )
        if whole is not None and is_range(whole.status):
            self.all_ranges[set_index] = whole.status

    def differs(self, other: GapSets, set_index: int) -> bool:
        """Tell whether a set has other figures than the same set of another."""
        return bool(self.differing(other)[set_index])

    def differing(self, other: GapSets) -> npt.NDArray[np.bool_]:
        """Return for each set whether it has other figures than the same set of another."""
        pairs = [(self.value, other.value), (self.top, other.top), (self.bottom, other.bottom)]
        wholes = [(self.all_value, other.all_value), (self.all_top, other.all_top), (self.all_bottom, other.all_bottom)]
        rows = np.any([(mine != theirs) & ~(np.isnan(mine) & np.isnan(theirs)) for mine, theirs in pairs], axis=0)
        sets = np.any([(mine != theirs) & ~(np.isnan(mine) & np.isnan(theirs)) for mine, theirs in wholes], axis=0)
        return sets | (np.bincount(self.of_row, rows, len(self)) > 0)

    def with_fewer_than(self, threshold: int) -> list[bool]:
        """Return for each set whether a count above 0 and below a threshold stands in it."""
        with np.errstate(invalid="ignore"):
            rows = ((self.top > 0) & (self.top < threshold)) | ((self.bottom > 0) & (self.bottom < threshold))
            whole = (self.all_top > 0) & (self.all_top < threshold)
        few: list[bool] = ((np.bincount(self.of_row, rows, len(self)) > 0) | whole).tolist()
        return few

    def copied(self) -> GapSets:
        """Return the sets with figures of their own, which can be changed."""
        names = ("value", "top", "bottom", "all_value", "all_top", "all_bottom")
        return replace(self, **{name: getattr(self, name).copy() for name in (*names, "ranges", "all_ranges")})

    def given_as_ranges(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which rows are given as a range, and of which rows everybody is."""
        rows, sets = np.zeros(len(self.value), dtype=np.bool_), np.zeros(len(self), dtype=np.bool_)
        rows[list(self.ranges)] = True
        sets[list(self.all_ranges)] = True
        return rows, sets[self.of_row]


def _numbers(row: BreakdownRow | None, scale: float) -> tuple[float, float, float]:
    figures = (None, None, None) if row is None else (figure_of_counts(row, scale), row.numerator, row.denominator)
    value, top, bottom = (NONE if figure is None else figure for figure in figures)
    return value, top, bottom


def _row(group: str, level: str, value: float, top: float, bottom: float, status: str) -> BreakdownRow:
    figures: Sequence[float | None] = [None if np.isnan(figure) else float(figure) for figure in (value, top, bottom)]
    return BreakdownRow(group, level, figures[0], status or "ok", figures[1], figures[2], None, None)


def sets_of(breakdowns: Sequence[Breakdown]) -> GapSets:
    """Return breakdowns as sets, one for each level of groups they have; the places have no key."""
    parts = [
        (breakdown, level, rows)
        for breakdown in breakdowns
        for level in ("broad", "detailed")
        if (rows := known_groups(breakdown.rows, level))
    ]
    every = [row for _, _, rows in parts for row in rows]
    whole = [next((row for row in breakdown.rows if row.level == "total"), None) for breakdown, _, _ in parts]
    scales = [breakdown.scale for breakdown, _, _ in parts]
    names = list(dict.fromkeys(breakdown.characteristic for breakdown, _, _ in parts))
    places = list(dict.fromkeys(breakdown.area for breakdown, _, _ in parts))

    def columns(rows: Sequence[BreakdownRow | None], own: Sequence[float]) -> list[Numbers]:
        numbers = [_numbers(row, scale) for row, scale in zip(rows, own, strict=True)]
        figures = np.array(numbers, dtype=np.float64).reshape(-1, 3)
        return [figures[:, place] for place in range(3)]

    value, top, bottom = columns(every, [scale for scale, part in zip(scales, parts, strict=True) for _ in part[2]])
    all_value, all_top, all_bottom = columns(whole, scales)
    return GapSets(
        tuple(
            Indicator(
                breakdown.indicator_id, breakdown.indicator, breakdown.statistic, breakdown.period, breakdown.known
            )
            for breakdown, _, _ in parts
        ),
        tuple(Place(NO_PLACE, name, "") for name in places),
        tuple(names),
        np.arange(len(parts), dtype=np.int64),
        np.array([places.index(breakdown.area) for breakdown, _, _ in parts], dtype=np.int64),
        np.array([names.index(breakdown.characteristic) for breakdown, _, _ in parts], dtype=np.int64),
        np.array([level == "detailed" for _, level, _ in parts], dtype=np.bool_),
        np.cumsum([0, *(len(rows) for _, _, rows in parts)], dtype=np.int64),
        tuple(row.group for row in every),
        value,
        top,
        bottom,
        tuple("" if row.status == "ok" else row.status for row in every),
        all_value,
        all_top,
        all_bottom,
        {place: row.status for place, row in enumerate(every) if is_range(row.status)},
        {place: row.status for place, row in enumerate(whole) if row is not None and is_range(row.status)},
    )


def joined(sets: GapSets, other: GapSets) -> GapSets:
    """Return the sets of both."""

    def both(name: str, shift: int = 0) -> npt.NDArray[Any]:
        return np.concatenate([getattr(sets, name), getattr(other, name) + shift])

    numbers = ("value", "top", "bottom", "all_value", "all_top", "all_bottom")
    return GapSets(
        indicators=sets.indicators + other.indicators,
        places=sets.places + other.places,
        characteristics=sets.characteristics + other.characteristics,
        indicator=both("indicator", len(sets.indicators)),
        place=both("place", len(sets.places)),
        characteristic=both("characteristic", len(sets.characteristics)),
        detailed=np.concatenate([sets.detailed, other.detailed]),
        start=np.concatenate([sets.start[:-1], other.start + len(sets.value)]),
        group=sets.group + other.group,
        status=sets.status + other.status,
        ranges=sets.ranges | {row + len(sets.value): words for row, words in other.ranges.items()},
        all_ranges=sets.all_ranges | {place + len(sets): words for place, words in other.all_ranges.items()},
        **{name: both(name) for name in numbers},
    )


LEFT_OUT = -1


_LEVELS = {"broad": 0, "detailed": 1, "total": 2}


@dataclass(frozen=True)
class GroupCodes:
    """What the code of each group means, as columns that the code is the place in; -1 for groups that are left out.

    Attributes:
        characteristics: The names of the characteristics.
        characteristic, level, order: Of each group: its characteristic, its level, and its place in the order of its list.
        label: The label of each group.
    """

    characteristics: tuple[str, ...]
    characteristic: Keys
    level: Keys
    order: Keys
    label: tuple[str, ...]

    @classmethod
    def of(
        cls, size: int, groups: Mapping[str, Sequence[tuple[int, str, str, int]]], totals: Sequence[int]
    ) -> GroupCodes:
        """Return the codes of groups, each with its code, label, level and place, by characteristic; ``totals`` are the codes of everybody."""
        char, level, order = (np.full(size, LEFT_OUT, dtype=np.int64) for _ in range(3))
        label = [""] * size
        for number, members in enumerate(groups.values()):
            for code, name, of_level, place in members:
                char[code], level[code], order[code], label[code] = number, _LEVELS[of_level], place, name
        level[list(totals)] = _LEVELS["total"]
        return cls(tuple(groups), char, level, order, tuple(label))


@dataclass(frozen=True)
class Columns:
    """The figures of one quantity, one for each place and group.

    Attributes:
        key: The place times the number of groups, and the group; ascending.
        value: The number, NaN where there is none.
        missing: Why there is none, by key.
    """

    key: Keys = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    value: Numbers = field(default_factory=lambda: np.empty(0))
    missing: Mapping[int, str] = field(default_factory=dict[int, str])

    @classmethod
    def read(cls, keys: str, numbers: str, written: Mapping[int, float], missing: Mapping[int, str]) -> Columns:
        """Return the columns of two lines of text with commas between; a number that is ``nan`` in it may stand in ``written``.

        Where a key is there twice, the first has the word.
        """
        key = np.fromstring(keys, dtype=np.int64, sep=",")
        value = np.fromstring(numbers, dtype=np.float64, sep=",")
        different, first = np.unique(key, return_index=True)
        value = value[first]
        if written:
            place = np.searchsorted(different, np.fromiter(written, dtype=np.int64, count=len(written)))
            empty = np.isnan(value[place])
            value[place[empty]] = np.fromiter(written.values(), dtype=np.float64, count=len(written))[empty]
        return cls(different, value, missing)

    def below(self, most: float, why: str) -> Columns:
        """Return the columns without figures that are too large, with the reason."""
        with np.errstate(invalid="ignore"):
            large = np.abs(self.value) > most
        if not large.any():
            return self
        missing = {**self.missing, **dict.fromkeys(self.key[large].tolist(), why)}
        return Columns(self.key, np.where(large, np.nan, self.value), missing)

    def at(self, keys: Keys) -> Numbers:
        """Return the number of each key, NaN where there is none."""
        if not len(self.key):
            return np.full(len(keys), np.nan)
        place = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return np.where(self.key[place] == keys, self.value[place], np.nan)


class SetBuilder:
    """Puts the sets of many indicators one behind the other."""

    def __init__(self, codes: GroupCodes) -> None:
        self._codes = codes
        self._wide = len(codes.level)
        self._indicators: list[Indicator] = []
        self._numbers: dict[str, list[Numbers]] = {}
        self._keys: dict[str, list[Keys]] = {}
        self._status: list[str] = []
        self._rows = 0

    def add(self, about: Indicator, figures: Columns, companions: Mapping[str, Columns]) -> None:
        """Add the sets of one indicator, with the counts behind it by their ids."""
        char, level, order = self._codes.characteristic, self._codes.level, self._codes.order
        area, category = figures.key // self._wide, figures.key % self._wide
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
        at = np.array([totals.get(int(area_key), LEFT_OUT) for area_key in of_area[heads]], dtype=np.int64)
        missing = at == LEFT_OUT
        for name, column in (("value", figures.value), ("top", top), ("bottom", bottom)):
            self._numbers.setdefault(name, []).append(column[rows])
            self._numbers.setdefault(f"all_{name}", []).append(np.where(missing, np.nan, column[at]))
        codes = {
            "place": of_area[heads],
            "characteristic": of_char[heads],
            "detailed": of_level[heads],
            "indicator": np.full(len(heads), len(self._indicators), dtype=np.int64),
            "start": heads + self._rows,
            "group": category[rows],
        }
        for name, column in codes.items():
            self._keys.setdefault(name, []).append(column)
        self._status += _statuses(figures, rows)
        self._indicators.append(about)
        self._rows += len(rows)

    def built(self, places: Mapping[int, Place]) -> GapSets:
        """Return everything that was added."""

        def codes(name: str) -> Keys:
            return np.concatenate(self._keys[name]) if name in self._keys else np.empty(0, dtype=np.int64)

        def numbers(name: str) -> Numbers:
            return np.concatenate(self._numbers[name]) if name in self._numbers else np.empty(0)

        used, place = np.unique(codes("place"), return_inverse=True)
        return GapSets(
            indicators=tuple(self._indicators),
            places=tuple(places[key] for key in used.tolist()),
            characteristics=self._codes.characteristics,
            indicator=codes("indicator"),
            place=place.astype(np.int64),
            characteristic=codes("characteristic"),
            detailed=codes("detailed") == _LEVELS["detailed"],
            start=np.append(codes("start"), self._rows),
            group=tuple(self._codes.label[int(code)] for code in codes("group")),
            value=numbers("value"),
            top=numbers("top"),
            bottom=numbers("bottom"),
            status=tuple(self._status),
            all_value=numbers("all_value"),
            all_top=numbers("all_top"),
            all_bottom=numbers("all_bottom"),
        )


def _statuses(figures: Columns, rows: Keys) -> list[str]:
    statuses = [""] * len(rows)
    for place in np.flatnonzero(np.isnan(figures.value[rows])).tolist():
        statuses[place] = figures.missing.get(int(figures.key[rows[place]]), "not a number")
    return statuses


def _counts(about: Indicator, figures: Columns, companions: Mapping[str, Columns]) -> tuple[Numbers, Numbers]:
    """Return the counts behind the figures, NaN where there are none or they are not those behind the figure; see `amhe_tui.analysis.breakdown`."""
    known, keys, value = about.meaning, figures.key, figures.value
    nothing = np.full(len(keys), np.nan)
    if not known.numerator:
        return nothing, nothing
    top = companions[known.numerator].at(keys)
    if known.implied:
        top = np.round(value / SHARES.get(about.statistic, 100) * top)
    rate = kind_of(about.statistic) == "rate"
    with np.errstate(divide="ignore", invalid="ignore"):
        if rate and not known.plus:
            bottom = np.where((top > 0) & (value > 0), top / value * (known.per or PER), np.nan)
        else:
            bottom = sum((companions[quantity].at(keys) for quantity in known.plus), np.zeros(len(keys)))
            bottom = bottom - sum((companions[quantity].at(keys) for quantity in known.minus), np.zeros(len(keys)))
        sound = (top >= 0) & (bottom > 0)
        half, scale = ROUNDED_TO / 2, float(known.per or PER) if rate else 100.0
        low = scale * np.maximum(top - half, 0) / (bottom + half)
        high = scale * (top + half) / np.maximum(bottom - half, half)
        if rate and known.plus:
            sound &= (low * (1 - RATE_ROUNDING) - 0.5 <= value) & (value <= high * (1 + RATE_ROUNDING) + 0.5)
        elif not rate:
            share = value * 100 / SHARES.get(about.statistic, 100)
            sound &= (top <= bottom) & (low - 0.5 <= share) & (share <= high + 0.5) & (about.statistic in SHARES)
    return np.where(sound, top, np.nan), np.where(sound, bottom, np.nan)
