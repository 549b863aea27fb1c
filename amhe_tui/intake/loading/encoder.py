"""From rows of text to rows of small numbers: each different text is understood once, then looked up.

The work is done a column at a time by built-in functions, because this is the one place that meets every row of every file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Protocol, cast

import numpy as np

from amhe_tui.intake.files.batches import Batch
from amhe_tui.intake.tables.cells import crossed, read_marker
from amhe_tui.intake.tables.layout import NOWHERE, Cells, Layout, Value
from amhe_tui.text import one_line, shorten
from store.evidence.datasets import Area, Figure, Marker, Period, SortedRows, is_out_of_reach, stored_figure

_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
"""Odd numbers by which the parts of a key are spread over 64 bits."""


class Numbering(Protocol):
    """What gives numbers to areas, periods, categories and quantities, and notes the marks of a file: a data set, or somebody who only looks."""

    def key(self, entry: tuple[str, ...]) -> int:
        """Return the number of an entry."""
        ...

    def mark(self, marker: Marker) -> str:
        """Return what is stored in place of a number."""
        ...


class Chunk:
    """Rows on their way into the store, one list a column."""

    def __init__(self) -> None:
        self.quantities: list[int] = []
        self.periods: list[int] = []
        self.areas: list[int] = []
        self.categories: list[int] = []
        self.numbers: list[int] = []
        self.figures: list[Figure] = []

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.figures)

    def add(
        self,
        quantities: Iterable[int],
        periods: Iterable[int],
        areas: Iterable[int],
        categories: Iterable[int],
        numbers: Sequence[int],
        figures: Sequence[Figure],
    ) -> None:
        """Add rows; every column has one entry a row."""
        self.quantities += quantities
        self.periods += periods
        self.areas += areas
        self.categories += categories
        self.numbers += numbers
        self.figures += figures

    def extend(self, other: Chunk) -> None:
        """Add the rows of another chunk."""
        self.add(other.quantities, other.periods, other.areas, other.categories, other.numbers, other.figures)

    def take(self, most: int) -> Chunk:
        """Take rows away from the front and return them."""
        chunk = Chunk()
        for name, column in vars(self).items():
            setattr(chunk, name, column[:most])
            del column[:most]
        return chunk

    def sorted(self) -> tuple[SortedRows, np.ndarray[tuple[int], np.dtype[np.uint64]]]:
        """Return the rows by quantity, period and area, and the key of each as one number; rows of one place stay in the order of the file."""
        quantity, period, area, category, number = (
            np.array(column, dtype=np.int64)
            for column in (self.quantities, self.periods, self.areas, self.categories, self.numbers)
        )
        periods, areas, categories = int(period.max()) + 1, int(area.max()) + 1, int(category.max()) + 1
        run = quantity * periods + period
        order = np.argsort(run * areas + area, kind="stable")
        run = run[order]
        starts = np.flatnonzero(np.diff(run, prepend=-1))
        ends = [*starts[1:].tolist(), len(run)]
        runs = [
            (int(key) // periods, int(key) % periods, int(start), int(end))
            for key, start, end in zip(run[starts].tolist(), starts.tolist(), ends, strict=True)
        ]
        places = order.tolist()
        hashes = sum(
            (
                column.astype(np.uint64) * np.uint64(by)
                for column, by in zip((quantity, period, area, category), _MULTIPLIERS, strict=True)
            ),
            start=np.zeros(len(order), dtype=np.uint64),
        )[order]
        rows = SortedRows(
            runs=runs,
            areas=area[order].tolist(),
            categories=category[order].tolist(),
            numbers=number[order].tolist(),
            figures=list(map(self.figures.__getitem__, places)),
            with_areas=_pairs(quantity * areas + area, areas),
            with_categories=_pairs(quantity * categories + category, categories),
        )
        return rows, hashes


def _pairs(keys: np.ndarray[tuple[int], np.dtype[np.int64]], wide: int) -> set[tuple[int, int]]:
    return {(int(key) // wide, int(key) % wide) for key in np.unique(keys).tolist()}


_REMEMBERED = 1 << 16


LONGEST_LABEL = 2_000


class Remembered(dict[str, Figure]):
    """What texts were understood to mean; when there are too many it starts afresh, so that its size is bounded."""

    def __init__(self, understand: Callable[[str], Figure]) -> None:
        super().__init__()
        self._understand = understand

    def __missing__(self, text: str) -> Figure:
        """Understand a text that is new."""
        if len(self) >= _REMEMBERED:
            self.clear()
        figure = self[text] = self._understand(text)
        return figure


def _picker(columns: tuple[int, ...]) -> Callable[[list[str]], Any] | None:
    """Return what takes the cells of some columns from a row, or nothing where there are no columns."""
    if not columns:
        return None
    return cast("Callable[[list[str]], Any]", itemgetter(*columns))


class _Column:
    """One or several columns that together name something; each different one is understood once."""

    def __init__(
        self,
        columns: tuple[int, ...],
        key: Callable[[Cells], int],
        *,
        identified_by: int = 0,
        otherwise: tuple[int, ...] = (),
    ) -> None:
        self._columns, self._otherwise, self._key = columns, otherwise, key
        identity = identified_by or len(columns)
        self._pick = _picker(columns[:identity])
        self._pick_otherwise = _picker(otherwise[:identity])
        self._known: dict[Any, int] = {}
        self._constant = 0

    def keys(self, rows: Sequence[list[str]]) -> Iterable[int]:
        """Return one key a row.

        Raises:
            ValueError: What a row says cannot be understood.
        """
        if self._pick is None:
            self._constant = self._constant or self._key(())
            return [self._constant] * len(rows)
        picked: Iterable[Any] = map(self._pick, rows)
        if self._pick_otherwise is not None:
            second = list(map(itemgetter(self._columns[1]), rows))
            if not NOWHERE.isdisjoint(second):
                picked = list(picked)
                for place, cell in enumerate(second):
                    if cell in NOWHERE:
                        picked[place] = self._pick_otherwise(rows[place])
        try:
            return list(map(self._known.__getitem__, picked))
        except KeyError:
            return [self._learnt(row) for row in rows]

    def _is_otherwise(self, row: list[str]) -> bool:
        return self._pick_otherwise is not None and row[self._columns[1]] in NOWHERE

    def _pick_either(self, row: list[str]) -> Any:
        pick = self._pick_otherwise if self._is_otherwise(row) else self._pick
        return pick(row) if pick is not None else ()

    def _learnt(self, row: list[str]) -> int:
        picked = self._pick_either(row)
        row_key = self._known.get(picked)
        if row_key is None:
            columns = self._otherwise if self._is_otherwise(row) else self._columns
            cells = tuple(row[column] for column in columns)
            longest = max(map(len, cells))
            if longest > LONGEST_LABEL:
                raise ValueError(f"has a name of {longest:,} characters")
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            row_key = self._known[picked] = self._key(cells)
        return row_key


class Encoder:
    """Turns the rows of one file into those of the store, and keeps count of what stands in place of numbers.

    Attributes:
        areas, periods, quantities: The names met so far, in their order.
        labels: The labels met so far, by characteristic.
        statuses: How many figures are missing, by the reason.
    """

    def __init__(self, layout: Layout, writer: Numbering) -> None:
        self.areas: dict[str, None] = {}
        self.periods: dict[str, None] = {}
        self.labels: dict[str, dict[str, None]] = {}
        self.quantities: dict[str, None] = {}
        self.statuses: Counter[str] = Counter()
        self._layout, self._writer = layout, writer
        self._markers: dict[str, str] = {}
        area, period, category, self._quantity_by = layout.identified_by
        self._area = _Column(layout.area_columns, self._area_key, identified_by=area)
        self._period = _Column(layout.period_columns, self._period_key, identified_by=period)
        self._category = self._category_column(None, identified_by=category)
        self._values = [
            (
                itemgetter(value.column),
                self._quantity_column(value),
                self._category if value.category is None else self._category_column(value, identified_by=category),
                self._period if value.period is None else self._fixed(value.period),
                self._area if value.area is None else self._fixed_area(value.area),
            )
            for value in layout.values
        ]
        self._used = {column for _, _, category, period, area in self._values for column in (category, period, area)}
        self._figures = Remembered(self._figure)

    def encode(self, batch: Batch) -> Chunk:
        """Return the rows for the store; those of the batch are all as wide as the table.

        Raises:
            ValueError: A row cannot be read; `troubles` says which and why.
        """
        rows = batch.rows
        shared = {column: column.keys(rows) for column in {self._category, self._period, self._area} & self._used}
        chunk = Chunk()
        for pick, quantity, category, period, area in self._values:
            texts = list(map(pick, rows))
            figures = list(map(self._figures.__getitem__, texts))
            periods = shared[period] if period in shared else period.keys(rows)
            areas = shared[area] if area in shared else area.keys(rows)
            categories = shared[category] if category in shared else category.keys(rows)
            chunk.add(quantity.keys(rows), periods, areas, categories, batch.numbers, figures)
            for text, status in self._markers.items():
                self.statuses[status] += texts.count(text)
        return chunk

    def troubles(self, batch: Batch) -> list[tuple[int, str]]:
        """Return the number of each row of a batch that cannot be read, and what is wrong with it."""
        troubles: list[tuple[int, str]] = []
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            try:
                self.encode(Batch([number], [row]))
            except ValueError as error:
                troubles.append((number, str(error)))
        return troubles

    def _area_key(self, cells: Cells) -> int:
        area = self._layout.area(cells)
        self.areas[area.name] = None
        return self._writer.key(area)

    def _period_key(self, cells: Cells) -> int:
        period = self._layout.period(cells)
        self.periods[period.label] = None
        return self._writer.key(period)

    def _category_column(self, value: Value | None, *, identified_by: int) -> _Column:
        def key(cells: Cells) -> int:
            category = self._layout.category(cells)
            if value is not None and value.category is not None:
                category = value.category if value.instead else crossed(category, value.category)
            if category.level != "total":
                self.labels.setdefault(category.characteristic, {})[category.label] = None
            return self._writer.key(category)

        layout = self._layout
        return _Column(layout.category_columns, key, identified_by=identified_by, otherwise=layout.category_otherwise)

    def _fixed(self, period: Period) -> _Column:
        def key(_cells: Cells) -> int:
            self.periods[period.label] = None
            return self._writer.key(period)

        return _Column((), key)

    def _fixed_area(self, area: Area) -> _Column:
        def key(_cells: Cells) -> int:
            self.areas[area.name] = None
            return self._writer.key(area)

        return _Column((), key)

    def _quantity_column(self, value: Value) -> _Column:
        if value.quantity is not None:
            quantity = value.quantity

            def fixed(_cells: Cells) -> int:
                self.quantities[quantity.id] = None
                return self._writer.key(quantity)

            return _Column((), fixed)

        def key(cells: Cells) -> int:
            row_quantity = self._layout.quantity(cells, value.statistic)
            self.quantities[row_quantity.id] = None
            return self._writer.key(row_quantity)

        return _Column(self._layout.quantity_columns, key, identified_by=self._quantity_by)

    def _figure(self, text: str) -> Figure:
        cell = one_line(text)
        reason = self._layout.stands_for.get(cell)
        marker = read_marker(cell) if reason is None else Marker(cell, reason)
        if marker is not None:
            self._markers[text] = marker.status
            return self._writer.mark(marker)
        figure = stored_figure(cell)
        if figure is None:
            why = "which no figure can be: it is too large, or too near to nothing" if is_out_of_reach(cell) else ""
            raise ValueError(
                f"holds {shorten(cell, 30)}, {why}" if why else f"holds {shorten(cell, 30)} where a number should be"
            )
        return figure
