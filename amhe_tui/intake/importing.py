"""The one engine that reads a file row by row and writes it in chunks: bounded memory, whole or not at all."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from amhe_tui.errors import AmheError
from amhe_tui.intake.layouts import Cells, Layout, guess_roles, read_value, recognise, tidy
from amhe_tui.intake.sniff import LONGEST_CELL, Sniffed, opened, sniff
from amhe_tui.text import shorten
from store.bulk import DatasetWriter, Marker, Row, Write, source_with

CHUNK = 25_000
_BAD_SHOWN = 3
_BAD_KEPT = 50


@dataclass(frozen=True)
class ImportResult:
    """What came in."""

    rows: int
    suppressed: int
    not_collected: int
    measures: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    content_hash: str
    layout: str


class _StoppedError(Exception):
    """A person stopped the import."""


def layout_for(seen: Sniffed, mapping: Mapping[str, str] | None) -> Layout:
    """Return how a file is to be read: as a published layout, or as a tidy table with the columns named or guessed.

    Raises:
        AmheError: The columns do not say enough.
    """
    if mapping is None:
        known = recognise(seen.header)
        if known is not None:
            return known
        mapping = guess_roles(seen.header)
        if "value" not in mapping or "group" not in mapping:
            raise AmheError(
                "Unknown layout", f"The columns of {seen.path.name} are not those of a file that is known: {shorten(', '.join(seen.header), 90)}.",
                "Say which column means what: on the import screen, or with --map mapping.json.",
            )  # fmt: skip
    return tidy(seen.header, mapping, seen.path.name.split(".")[0])


def import_file(
    path: Path,
    write: Write,
    source_id: str,
    *,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Read a file into the bulk tables under the data source ``source_id``.

    Args:
        path: The file; a ``.gz`` is unpacked while it is read.
        write: Runs a function on the store's connection, such as ``workspace.write``.
        source_id: The id of the record that will describe it.
        mapping: Which column means what, where the layout is not a published one.
        progress: Told the bytes read, the bytes in all and the rows so far, after every chunk.
        cancelled: Asked after every chunk; true takes everything out again.

    Raises:
        AmheError: It is not a table that can be read, a row is wrong, the same bytes are here already, or it was stopped.
    """
    seen = sniff(path)
    engine = _Engine(seen, layout_for(seen, mapping), DatasetWriter(write, source_id), progress, cancelled)
    engine.writer.begin()
    try:
        result = engine.run()
        there = write(lambda connection: source_with(connection, result.content_hash))
        if there:
            raise AmheError(
                "Here already",
                f"The very same file is in this programme as: {there}.",
                "Remove that source first if you want to read it again.",
            )
        engine.writer.finish(result.content_hash)
    except _StoppedError:
        engine.writer.abandon()
        raise AmheError("Stopped", f"Nothing of {path.name} was kept.", "Import it again when you are ready.") from None
    except (csv.Error, UnicodeError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        engine.writer.abandon()
        raise AmheError(
            "Cannot be read",
            f"{path.name} cannot be read at row {engine.number}: {shorten(str(error), 80)}.",
            "Open it in a spreadsheet, save it again as CSV (UTF-8), and import that.",
        ) from error
    except BaseException:
        engine.writer.abandon()
        raise
    return result


def _picker(columns: tuple[int, ...]) -> Callable[[list[str]], Any]:
    """Return what takes the cells of some columns from a row: as a tuple for several, as text for one, as nothing for none."""
    return cast("Callable[[list[str]], Any]", itemgetter(*columns)) if columns else _nothing


def _nothing(_row: list[str]) -> tuple[()]:
    return ()


def _as_cells(columns: tuple[int, ...], picked: Any) -> Cells:
    return (picked,) if len(columns) == 1 else picked


@dataclass
class _Engine:
    """Reads one file. Each different text of the columns that say where, when, who and what is understood once, then looked up."""

    seen: Sniffed
    layout: Layout
    writer: DatasetWriter
    progress: Callable[[int, int, int], None] | None
    cancelled: Callable[[], bool] | None
    number: int = 1
    bad: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    names: dict[str, dict[str, None]] = field(default_factory=lambda: {"measure": {}, "area": {}, "period": {}})

    def run(self) -> ImportResult:
        """Read the whole file and return what came in; the data set is not visible yet."""
        csv.field_size_limit(LONGEST_CELL)
        total = self.seen.path.stat().st_size
        with opened(self.seen.path, compressed=self.seen.compressed, encoding=self.seen.encoding) as (text, counted):
            reader = csv.reader(text, delimiter=self.seen.delimiter, strict=True)
            next(reader)
            chunk: list[Row] = []
            for chunk in self._chunks(reader):
                self._refuse_bad()
                self.writer.add(chunk)
                if self.progress is not None:
                    self.progress(counted.done, total, self.writer.rows)
                if self.cancelled is not None and self.cancelled():
                    raise _StoppedError
            self._refuse_bad()
            content_hash = counted.hash.hexdigest()
        if not self.writer.rows:
            raise AmheError(
                "No rows", f"{self.seen.path.name} has a header and nothing below it.", "Choose another file."
            )
        missing = sum(count for status, count in self.statuses.items() if status not in ("suppressed",))
        names = {kind: tuple(found) for kind, found in self.names.items()}
        return ImportResult(
            self.writer.rows,
            self.statuses.get("suppressed", 0),
            missing,
            names["measure"],
            names["area"],
            names["period"],
            content_hash,
            self.layout.name,
        )

    def _chunks(self, reader: Any) -> Any:
        """Yield lists of encoded rows; this loop runs once a row, so what is constant is bound to a local name."""
        layout, width, dataset = self.layout, len(self.seen.header), self.writer.dataset
        pick_area, pick_period = _picker(layout.area_columns), _picker(layout.period_columns)
        pick_category, pick_quantity = _picker(layout.category_columns), _picker(layout.quantity_columns)
        areas: dict[Any, int] = {}
        periods: dict[Any, int] = {}
        categories: dict[Any, int] = {}
        quantities: list[tuple[int, str, dict[Any, int]]] = [
            (value.column, value.statistic, {}) for value in layout.values
        ]
        markers: dict[str, int] = {}
        chunk: list[Row] = []
        number = self.number
        for row in reader:
            number += 1
            if len(row) != width:
                if row:
                    self._note(number, f"has {len(row)} cells where the header has {width}")
                continue
            try:
                area = areas[picked] if (picked := pick_area(row)) in areas else self._area(areas, picked)
                period = periods[picked] if (picked := pick_period(row)) in periods else self._period(periods, picked)
                category = (
                    categories[picked]
                    if (picked := pick_category(row)) in categories
                    else self._category(categories, picked)
                )
            except ValueError as error:
                self._note(number, str(error))
                continue
            what = pick_quantity(row)
            for column, statistic, keys in quantities:
                quantity = keys[what] if what in keys else self._quantity(keys, what, statistic)
                text = row[column]
                try:
                    value = float(text)
                    if not -1e300 < value < 1e300 or "_" in text:
                        raise ValueError
                    chunk.append((dataset, quantity, period, area, category, number, value, 0))
                except ValueError:
                    marker = markers.get(text)
                    if marker is None:
                        marker = self._marker(markers, number, text)
                    if marker >= 0:
                        chunk.append((dataset, quantity, period, area, category, number, None, marker))
                        self._count[marker] = self._count.get(marker, 0) + 1
                    elif marker == _NUMBER:
                        found = read_value(text)
                        assert isinstance(found, float)
                        chunk.append((dataset, quantity, period, area, category, number, found, 0))
            if len(chunk) >= CHUNK:
                self.number = number
                self._tally_statuses()
                yield chunk
                chunk = []
        self.number = number
        self._tally_statuses()
        if chunk:
            yield chunk

    _count: dict[int, int] = field(default_factory=dict[int, int])
    _status_of: dict[int, str] = field(default_factory=dict[int, str])

    def _tally_statuses(self) -> None:
        for marker, count in self._count.items():
            status = self._status_of[marker]
            self.statuses[status] = self.statuses.get(status, 0) + count
        self._count.clear()

    def _area(self, keys: dict[Any, int], picked: Any) -> int:
        found = self.layout.area(_as_cells(self.layout.area_columns, picked))
        self.names["area"][found.name] = None
        return keys.setdefault(picked, self.writer.key(found))

    def _period(self, keys: dict[Any, int], picked: Any) -> int:
        found = self.layout.period(_as_cells(self.layout.period_columns, picked))
        self.names["period"][found.label] = None
        return keys.setdefault(picked, self.writer.key(found))

    def _category(self, keys: dict[Any, int], picked: Any) -> int:
        return keys.setdefault(
            picked, self.writer.key(self.layout.category(_as_cells(self.layout.category_columns, picked)))
        )

    def _quantity(self, keys: dict[Any, int], picked: Any, statistic: str) -> int:
        found = self.layout.quantity(_as_cells(self.layout.quantity_columns, picked), statistic)
        self.names["measure"][found.id] = None
        return keys.setdefault(picked, self.writer.key(found))

    def _marker(self, keys: dict[str, int], number: int, text: str) -> int:
        """Return the key of a marker, or say that the text is a number after all, or that it is neither."""
        found = read_value(text)
        if isinstance(found, Marker):
            key = self.writer.key(found)
            self._status_of[key] = found.status
            return keys.setdefault(text, key)
        if found is not None:
            return _NUMBER
        self._note(number, f"holds {shorten(text, 30) or 'nothing'} where a number should be")
        return _NEITHER

    def _note(self, number: int, reason: str) -> None:
        if len(self.bad) < _BAD_KEPT:
            self.bad.append((number, reason))

    def _refuse_bad(self) -> None:
        if self.bad:
            first = "; ".join(f"row {number} {reason}" for number, reason in self.bad[:_BAD_SHOWN])
            more = f"; and {len(self.bad) - _BAD_SHOWN} more near it" if len(self.bad) > _BAD_SHOWN else ""
            raise AmheError(
                "Rows that cannot be read",
                f"In {self.seen.path.name} {first}{more}. Nothing of it was kept.",
                "Correct these rows, or choose another column for the figures.",
            )


_NUMBER = -1
_NEITHER = -2
