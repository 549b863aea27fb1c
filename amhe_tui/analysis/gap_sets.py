"""Many breakdowns side by side as columns of numbers: what the overview of a whole file is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
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

    def __len__(self) -> int:
        """Return how many sets there are."""
        return len(self.indicator)

    @property
    def of_row(self) -> Keys:
        """The set of each row."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.start))

    def rows(self, one: int) -> range:
        """Return the rows of a set."""
        return range(int(self.start[one]), int(self.start[one + 1]))

    def indicator_of(self, one: int) -> Indicator:
        """Return what a set is about."""
        return self.indicators[int(self.indicator[one])]

    def place_of(self, one: int) -> Place:
        """Return where a set is from."""
        return self.places[int(self.place[one])]

    def characteristic_of(self, one: int) -> str:
        """Return by what the people of a set are told apart."""
        return self.characteristics[int(self.characteristic[one])]

    def breakdown(self, one: int) -> Breakdown:
        """Return a set as a breakdown of one level; the unknown are not in it."""
        about = self.indicator_of(one)
        level = "detailed" if self.detailed[one] else "broad"
        rows = [
            _row(self.group[row], level, self.value[row], self.top[row], self.bottom[row], self.status[row])
            for row in self.rows(one)
        ]
        whole = _row("everybody", "total", self.all_value[one], self.all_top[one], self.all_bottom[one], "")
        return Breakdown(
            about.id,
            about.name,
            about.statistic,
            self.characteristic_of(one),
            self.place_of(one).name,
            about.period,
            None,
            (*rows, whole),
            meaning=about.meaning,
        )

    def with_rows(self, one: int, found: Breakdown) -> None:
        """Put the figures of a set in place of those it has, as an audience may see them; a group that is not there loses its figure."""
        level = "detailed" if self.detailed[one] else "broad"
        shown = {row.group: row for row in found.rows if row.level == level}
        for row in self.rows(one):
            seen = shown.get(self.group[row])
            self.value[row], self.top[row], self.bottom[row] = _numbers(seen)
        whole = next((row for row in found.rows if row.level == "total"), None)
        self.all_value[one], self.all_top[one], self.all_bottom[one] = _numbers(whole)

    def with_fewer_than(self, threshold: int) -> list[bool]:
        """Return for each set whether a count above 0 and below a threshold stands in it."""
        with np.errstate(invalid="ignore"):
            rows = ((self.top > 0) & (self.top < threshold)) | ((self.bottom > 0) & (self.bottom < threshold))
            whole = (self.all_top > 0) & (self.all_top < threshold)
        found: list[bool] = ((np.bincount(self.of_row, rows, len(self)) > 0) | whole).tolist()
        return found

    def copied(self) -> GapSets:
        """Return the sets with figures of their own, which can be changed."""
        names = ("value", "top", "bottom", "all_value", "all_top", "all_bottom")
        return replace(self, **{name: getattr(self, name).copy() for name in names})


def _numbers(row: BreakdownRow | None) -> tuple[float, float, float]:
    figures = (None, None, None) if row is None else (row.value, row.numerator, row.denominator)
    value, top, bottom = (NONE if figure is None else figure for figure in figures)
    return value, top, bottom


def _row(group: str, level: str, value: float, top: float, bottom: float, status: str) -> BreakdownRow:
    figures: Sequence[float | None] = [None if np.isnan(one) else float(one) for one in (value, top, bottom)]
    return BreakdownRow(group, level, figures[0], status or "ok", figures[1], figures[2], None, None)


def sets_of(breakdowns: Sequence[Breakdown]) -> GapSets:
    """Return breakdowns as sets, one for each level of groups they have; the places have no key."""
    parts = [
        (found, level, rows)
        for found in breakdowns
        for level in ("broad", "detailed")
        if (rows := [row for row in found.rows if row.level == level])
    ]
    every = [row for _, _, rows in parts for row in rows]
    whole = [next((row for row in found.rows if row.level == "total"), None) for found, _, _ in parts]
    names = list(dict.fromkeys(found.characteristic for found, _, _ in parts))
    places = list(dict.fromkeys(found.area for found, _, _ in parts))

    def columns(rows: Sequence[BreakdownRow | None]) -> list[Numbers]:
        figures = np.array([_numbers(row) for row in rows], dtype=np.float64).reshape(-1, 3)
        return [figures[:, place] for place in range(3)]

    value, top, bottom = columns(every)
    all_value, all_top, all_bottom = columns(whole)
    return GapSets(
        tuple(
            Indicator(found.indicator_id, found.indicator, found.statistic, found.period, found.known)
            for found, _, _ in parts
        ),
        tuple(Place(NO_PLACE, name, "") for name in places),
        tuple(names),
        np.arange(len(parts), dtype=np.int64),
        np.array([places.index(found.area) for found, _, _ in parts], dtype=np.int64),
        np.array([names.index(found.characteristic) for found, _, _ in parts], dtype=np.int64),
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
    )


def joined(one: GapSets, other: GapSets) -> GapSets:
    """Return the sets of both."""

    def both(name: str, shift: int = 0) -> npt.NDArray[Any]:
        return np.concatenate([getattr(one, name), getattr(other, name) + shift])

    numbers = ("value", "top", "bottom", "all_value", "all_top", "all_bottom")
    return GapSets(
        indicators=one.indicators + other.indicators,
        places=one.places + other.places,
        characteristics=one.characteristics + other.characteristics,
        indicator=both("indicator", len(one.indicators)),
        place=both("place", len(one.places)),
        characteristic=both("characteristic", len(one.characteristics)),
        detailed=np.concatenate([one.detailed, other.detailed]),
        start=np.concatenate([one.start[:-1], other.start + len(one.value)]),
        group=one.group + other.group,
        status=one.status + other.status,
        **{name: both(name) for name in numbers},
    )
