"""Which figures stand twice for one indicator, group, place and time: over a whole file by small numbers, or over the rows that were looked at first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from amhe_tui.intake.files.batches import Batch
from amhe_tui.intake.loading.encoder import Chunk, Encoder
from amhe_tui.intake.tables.layout import Layout
from amhe_tui.text import shorten
from store.evidence.datasets import Area, Category, Figure, Marker, Period, Quantity, read_figure

MOST_FIGURES_LOOKED_AT = 20_000
"""So many figures are compared before a file is brought in; all of them are when it is."""


MOST_DISAGREEING = 0.5
"""Where more of the figures than this disagree, it is the meaning of the columns that is wrong, and the file is refused."""


DISAGREEING = Marker("≠", "two figures disagree")
"""What is kept in place of each of several figures that cannot all be right."""


EXAMPLES = 2

Key = tuple[int, int, int, int]
"""Quantity, period, area and category by their numbers."""

Hashes = np.ndarray[tuple[int], np.dtype[np.uint64]]


class Stated(NamedTuple):
    """One of several figures for the same key: the row it stands in, and itself as it is stored."""

    row: int
    figure: Figure


@dataclass(frozen=True)
class Clash:
    """Figures that disagree on one indicator, group, place and time."""

    quantity: str
    period: Period
    area: Area
    category: Category
    stated: tuple[Stated, ...]

    @property
    def about(self) -> str:
        """Who, where and when they are about, in words."""
        groups = [self.category.label, *(part.partition(": ")[2] for part in self.category.within.split("; "))]
        parts = [*groups, self.area.name, self.period.label]
        return ", ".join(
            shorten(part, 40) for part in parts if part and part not in ("one time", "everywhere in the file")
        )


def verdict(figures: Sequence[Figure], blanks: frozenset[str]) -> str:
    """Return whether figures for one key ``agree``, whether only blank cells stand beside one (``blank``), or whether they ``disagree``."""
    told = {_number(figure) for figure in figures if not (isinstance(figure, str) and figure in blanks)}
    # Two marks are two reasons why there is no figure, and neither is a wrong one.
    if len(told) > 1 and any(isinstance(one, float) for one in told):
        return "disagree"
    return "blank" if told and any(isinstance(figure, str) and figure in blanks for figure in figures) else "agree"


def _number(figure: Figure) -> float | str:
    if isinstance(figure, str):
        number = read_figure(figure)
        return figure if number is None else number
    return float(figure)


# --- over a whole file ------------------------------------------------------------------------------------------------------------------------------


class SeenKeys:
    """Remembers the keys of all rows of a file as one number each, eight bytes a row, and finds those that stand more than once."""

    def __init__(self) -> None:
        self._hashes: list[Hashes] = []

    def add(self, hashes: Hashes) -> None:
        """Remember rows in the order in which they are stored."""
        self._hashes.append(hashes)

    def repeated(self) -> Iterator[list[int]]:
        """Yield the places of rows that seem to have one key, counted from the first row of the file; two keys may share a number, though hardly ever do."""
        every = np.concatenate(self._hashes) if self._hashes else np.empty(0, dtype=np.uint64)
        ordered = np.sort(every)
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        if not len(twice):
            return
        places = np.flatnonzero(np.isin(every, twice))
        places = places[np.argsort(every[places], kind="stable")]
        numbers = every[places]
        edges = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist(), len(places)]
        listed = places.tolist()
        for start, end in pairwise(edges):
            yield listed[start:end]


# --- over the rows that were looked at --------------------------------------------------------------------------------------------------------------


@dataclass
class Entries:
    """Numbers areas, periods, categories and quantities as a data set would, and writes nothing."""

    numbered: dict[Any, int] = field(default_factory=dict[Any, int])
    entries: list[Any] = field(default_factory=list[Any])
    statuses: dict[str, str] = field(default_factory=dict[str, str])

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the number of an entry."""
        look = (type(entry), entry[:1] if isinstance(entry, Quantity) else entry)
        number = self.numbered.get(look)
        if number is None:
            number = self.numbered[look] = len(self.entries)
            self.entries.append(entry)
        return number

    def mark(self, marker: Marker) -> str:
        """Return what is stored in place of a number."""
        self.statuses[marker.text] = marker.status
        return marker.text

    @property
    def blanks(self) -> frozenset[str]:
        """The texts that stand where nothing was written."""
        return blanks_of(self.statuses)


def blanks_of(statuses: dict[str, str]) -> frozenset[str]:
    """Return the texts that stand where nothing was written."""
    return frozenset(text for text, status in statuses.items() if status == "blank")


class Figures:
    """The figures of the rows that were looked at, each under what it is about."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self.by_key: dict[Key, list[Stated]] = {}

    def add(self, layout: Layout, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Add the figures of some rows; rows that cannot be read are left out."""
        most = max(1, MOST_FIGURES_LOOKED_AT // max(1, len(layout.values)))
        rows = rows[:most]
        encoder = Encoder(layout, self._entries)
        batch = Batch([number for number, _ in rows], [row for _, row in rows])
        if not batch.rows:
            return
        try:
            chunk = encoder.encode(batch)
        except ValueError:
            troubles = dict(encoder.troubles(batch))
            good = [(number, row) for number, row in rows if number not in troubles]
            batch = Batch([number for number, _ in good], [row for _, row in good])
            chunk = encoder.encode(batch) if good else Chunk()
        for quantity, period, area, category, number, figure in zip(
            chunk.quantities, chunk.periods, chunk.areas, chunk.categories, chunk.numbers, chunk.figures, strict=True
        ):
            self.by_key.setdefault((quantity, period, area, category), []).append(Stated(number, figure))

    def disagreeing(self) -> list[Clash]:
        """Return the figures that disagree."""
        blanks = self._entries.blanks
        entry = self._entries.entries
        return [
            Clash(entry[key[0]].name, entry[key[1]], entry[key[2]], entry[key[3]], tuple(stated))
            for key, stated in self.by_key.items()
            if len(stated) > 1 and verdict([one.figure for one in stated], blanks) == "disagree"
        ]


# --- in words ---------------------------------------------------------------------------------------------------------------------------------------


def sentence_on(clashes: Sequence[Clash], count: int, where: tuple[str, str] = ("", "")) -> str:
    """Return a sentence that names rows, or the two sheets they stand on, whose figures disagree; ``count`` is in how many cases they do."""
    first = clashes[0]
    rows = list(dict.fromkeys(one.row for one in first.stated))
    values = list(dict.fromkeys(str(one.figure) or "nothing" for one in first.stated))
    said = f"{' and '.join(shorten(value, 20) for value in values[:3])} for {shorten(first.about, 90) or 'everybody'}"
    if all(where):
        opening = f"Sheets {shorten(where[0], 30)} and {shorten(where[1], 30)} disagree"
    elif len(rows) > 1:
        opening = f"Rows {', '.join(f'{row:,}' for row in rows[:3][:-1])} and {rows[:3][-1]:,} disagree"
    else:
        opening = f"Two figures in row {rows[0]:,} disagree"
    more = count - 1
    rest = "" if more <= 0 else f", and {more:,} more {'case does' if more == 1 else 'cases do'} the same"
    return f"{opening}: they give {said}{rest}"
