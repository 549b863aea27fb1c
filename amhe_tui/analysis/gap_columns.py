"""Columns of figures as a file holds them, put together to sets of groups that can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from amhe_tui.analysis.breakdown import PER, RATE_ROUNDING, ROUNDED_TO, SHARES, kind_of
from amhe_tui.analysis.gap_sets import GapSets, Indicator, Keys, Numbers, Place

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
        at = np.array([totals.get(int(one), LEFT_OUT) for one in of_area[heads]], dtype=np.int64)
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
    found = [""] * len(rows)
    for place in np.flatnonzero(np.isnan(figures.value[rows])).tolist():
        found[place] = figures.missing.get(int(figures.key[rows[place]]), "not a number")
    return found


def _counts(about: Indicator, figures: Columns, companions: Mapping[str, Columns]) -> tuple[Numbers, Numbers]:
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
        half, scale = ROUNDED_TO / 2, float(known.per or PER) if rate else 100.0
        low = scale * np.maximum(top - half, 0) / (bottom + half)
        high = scale * (top + half) / np.maximum(bottom - half, half)
        if rate and known.plus:
            sound &= (low * (1 - RATE_ROUNDING) - 0.5 <= value) & (value <= high * (1 + RATE_ROUNDING) + 0.5)
        elif not rate:
            share = value * 100 / SHARES.get(about.statistic, 100)
            sound &= (top <= bottom) & (low - 0.5 <= share) & (share <= high + 0.5) & (about.statistic in SHARES)
    return np.where(sound, top, np.nan), np.where(sound, bottom, np.nan)
