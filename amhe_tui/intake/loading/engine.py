"""The one engine that reads a file row by row and writes it in chunks: bounded memory, all of it or nothing, and no row lost."""

from __future__ import annotations

import csv
import gc
import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import unchanged
from amhe_tui.intake.files.batches import Batch, batches
from amhe_tui.intake.files.pages import unreadable
from amhe_tui.intake.files.sniff import LONGEST_CELL, opened
from amhe_tui.intake.loading.answers import tally_layout, tally_rows
from amhe_tui.intake.loading.checking import Checked, check_keys
from amhe_tui.intake.loading.encoder import Chunk, Encoder
from amhe_tui.intake.loading.keys import MOST_DISAGREEING, Clash, SeenKeys, sentence_on
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides, Part, Understood, how_to_tell_apart, in_hand
from amhe_tui.intake.tables.shape import as_wide, is_footer
from amhe_tui.text import one_line, shorten
from store.evidence.datasets import REJECTED, DatasetWriter, Write, has_source_of_size, source_with

CHUNK = 30_000
"""About so many rows are written at a time; between two chunks other work gets its turn and a person can stop."""


MOST_ROWS_OF_A_SHEET = 2_000_000
"""Rows of the second page are numbered from here on, those of the third from twice that, and so on."""


_REJECTED_SHOWN = 3


_REJECTED_KEPT = 20_000


_TOO_MANY_REJECTED = 0.5


_LONGEST_KEPT = 4_000


Progress = Callable[[int, int, int], None]
"""Called with the bytes read, the bytes in all and the rows so far."""


@dataclass(frozen=True)
class ImportResult:
    """What came in.

    Attributes:
        rows: Rows of the file that came in.
        suppressed, not_collected: Figures without a number, hidden by the publisher or missing for another reason.
        statuses: Those by their reason.
        measures, areas, periods: What the file holds, in its order.
        labels: The labels of each characteristic.
        content_hash: SHA-256 of the file.
        layout: How it was understood.
        rejected: Rows that could not be read, with the reason; they are kept beside the figures.
        notes: How many titles, notes and footers were kept beside the figures.
        warnings: What is odd about the file.
        mapping, heading: What the columns were taken to mean, and their names.
        assets: How many of its rows are community assets, new ones or such as were there already.
    """

    rows: int
    suppressed: int
    not_collected: int
    statuses: Mapping[str, int]
    measures: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    content_hash: str
    layout: str
    rejected: tuple[tuple[int, str], ...] = ()
    notes: int = 0
    warnings: tuple[str, ...] = ()
    mapping: Mapping[str, Any] | None = None
    heading: tuple[str, ...] = ()
    assets: int = 0


class _StoppedError(Exception):
    """A person stopped the import."""


def import_file(
    file: Path | DataFile,
    write: Write,
    source_id: str,
    *,
    mapping: Mapping[str, Any] | None = None,
    overrides: ImportOverrides | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Read a file into the bulk tables under the data source ``source_id``.

    Args:
        file: The file; a ``.gz`` is unpacked while it is read, a workbook is written out as text first.
        write: Runs a function on the store's connection, such as ``workspace.write``.
        source_id: The id of the record that will describe it.
        mapping: Which column means what, where the layout is not a published one.
        overrides: What a person has corrected besides.
        progress: Told the bytes read, the bytes in all and the rows so far, after every chunk.
        cancelled: Asked after every chunk; true takes everything out again.

    Raises:
        AmheError: It is not a table that can be read, most rows are wrong, the same bytes are here already, or it was stopped.
    """
    chosen = overrides or ImportOverrides()
    if mapping is not None:
        chosen = replace(chosen, mapping=mapping)
    with in_hand(file) as data_file:
        path = data_file.path
        with data_file.understood(chosen) as seen:
            _refuse_known(path, write)
            _refuse_nameless(path, seen, chosen)
            try:
                return _import(path, seen, write, source_id, progress, cancelled)
            except UnicodeDecodeError:
                if chosen.encoding or not seen.main.page.text.encoding.startswith("utf-8"):
                    raise
        # The part that was looked at first happened to be plain letters; what follows is not UTF-8.
        with data_file.understood_as_eight_bits(chosen) as seen:
            return _import(path, seen, write, source_id, progress, cancelled)


def _import(
    path: Path,
    seen: Understood,
    write: Write,
    source_id: str,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> ImportResult:
    writer = DatasetWriter(write, source_id, size=path.stat().st_size)
    engine = _Engine(path, seen, writer, progress, cancelled)
    writer.begin()
    try:
        with unchanged(path), _without_collector():
            result = engine.run()
        content_hash = result.content_hash or _hash_of(path)
        title = write(lambda connection: source_with(connection, content_hash))
        if title is not None:
            raise _here_already(str(title))
        writer.keep_annotations(engine.annotations)
        writer.finish(content_hash)
    except _StoppedError:
        writer.abandon()
        raise AmheError("Stopped", f"Nothing of {path.name} was kept.", "Import it again when you are ready.") from None
    except UnicodeDecodeError as error:
        writer.abandon()
        if seen.main.page.text.encoding.startswith("utf-8"):
            raise
        raise unreadable(path.name, engine.number, error) from error
    except (csv.Error, EOFError, gzip.BadGzipFile, zlib.error) as error:
        writer.abandon()
        raise unreadable(path.name, engine.number, error) from error
    except BaseException:
        writer.abandon()
        raise
    return replace(result, content_hash=content_hash)


def _hash_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_nameless(path: Path, seen: Understood, chosen: ImportOverrides) -> None:
    """Refuse a table whose columns say neither who, where nor when, unless a person has said what they mean."""
    main = seen.main
    if (
        chosen.mapping is None
        and main.family == "figures"
        and main.mapping is not None
        and set(main.mapping) <= {"value", "columns_are"}
    ):
        columns = shorten(", ".join(main.table.columns), 90)
        raise AmheError(
            "Unknown layout",
            f"The columns of {path.name} are not those of a file that is known: {columns}.",
            "Say which column means what: on the import screen, or with --map mapping.json.",
        )


def _here_already(title: str) -> AmheError:
    return AmheError(
        "Here already",
        f"The very same file is in this programme as: {title or 'a source without a title'}.",
        "Remove that source first if you want to read it again.",
    )


def _refuse_known(path: Path, write: Write) -> None:
    """Refuse a file that is here already before reading it all, where another of the same size is here."""
    size = path.stat().st_size
    if not write(lambda connection: has_source_of_size(connection, size)):
        return
    content_hash = _hash_of(path)
    title = write(lambda connection: source_with(connection, content_hash))
    if title is not None:
        raise _here_already(str(title))


@contextmanager
def _without_collector() -> Generator[None]:
    """Leave the cycle collector alone meanwhile: rows hold no cycles, and looking for some takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Engine:
    """Reads one file, part by part."""

    path: Path
    seen: Understood
    writer: DatasetWriter
    progress: Progress | None
    cancelled: Callable[[], bool] | None
    number: int = 1
    rows: int = 0
    read: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    annotations: list[tuple[int, str, str, str]] = field(default_factory=list[tuple[int, str, str, str]])
    content_hash: str = ""
    keys: SeenKeys = field(default_factory=SeenKeys)

    def run(self) -> ImportResult:
        """Read all parts and return what came in; the data set is not visible yet."""
        csv.field_size_limit(LONGEST_CELL)
        encoders = [self._read_part(part) for part in self.seen.parts]
        self._refuse_mostly_rejected()
        if not self.rows:
            raise AmheError("No rows", f"{self.path.name} has a header and nothing below it.", "Choose another file.")
        warnings = self._check_keys()
        main = self.seen.main
        statuses = sum((encoder.statuses for encoder in encoders), Counter[str]())
        labels: dict[str, dict[str, None]] = {}
        for encoder in encoders:
            for characteristic, names in encoder.labels.items():
                labels.setdefault(characteristic, {}).update(names)
        return ImportResult(
            rows=self.rows,
            suppressed=statuses["suppressed"],
            not_collected=sum(statuses.values()) - statuses["suppressed"],
            statuses={status: number for status, number in statuses.items() if number},
            measures=_merged(encoder.quantities for encoder in encoders),
            areas=_merged(encoder.areas for encoder in encoders),
            periods=_merged(encoder.periods for encoder in encoders),
            labels={characteristic: tuple(names) for characteristic, names in labels.items()},
            content_hash=self.content_hash,
            layout=main.name,
            rejected=tuple(self.rejected),
            notes=sum(kind in ("title", "note", "footer") for _, kind, _, _ in self.annotations),
            warnings=(*self.seen.warnings, *warnings),
            mapping=main.mapping,
            heading=main.table.columns,
        )

    def _read_part(self, part: Part) -> Encoder:
        offset = part.page.number * MOST_ROWS_OF_A_SHEET
        for note in part.table.notes:
            self._keep(offset + note.row, note.kind, [note.words], "")
        for row in part.page.hidden_rows:
            self._keep(offset + row, "hidden", [], "The workbook hides this row; it was read like all others.")
        layout = part.layout or tally_layout(part)
        encoder = Encoder(layout, self.writer)
        total = part.page.text.path.stat().st_size
        text = part.page.text
        with opened(text.path, compressed=text.compressed, encoding=text.encoding) as (stream, counted):
            table_batches = self._table_of(part, offset, batches(stream, text.delimiter))
            if part.layout is None:
                table_batches = tally_rows(part, table_batches, self._count)
            for chunk in self._chunks(part, encoder, table_batches):
                rows, hashes = chunk.sorted()
                self.keys.add(hashes)
                self.writer.add_sorted(rows)
                if self.progress is not None:
                    self.progress(counted.done, total, self.writer.rows)
                self._heed()
            if text.path == self.path:
                while counted.read(
                    1 << 20
                ):  # below the last table there may be more, which belongs to the file all the same
                    pass
                self.content_hash = counted.hash.hexdigest()
        return encoder

    def _heed(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise _StoppedError

    # --- figures that stand twice -------------------------------------------------------------------------------------------------------------------

    def _check_keys(self) -> list[str]:
        """Refuse a file most of whose figures disagree with each other; of fewer keep none, and return a sentence on what was found."""
        checked = check_keys(self.keys, self.writer, self._heed)
        warnings: list[str] = []
        if checked.clashes:
            said = sentence_on(checked.clashes, checked.disagreeing, self._sheets_of(checked.clashes[0]))
            if checked.figures > MOST_DISAGREEING * self.writer.rows:
                raise AmheError(
                    "Figures that disagree",
                    f"In {self.path.name}, {_lowered(said)}. Nothing of it was kept.",
                    self._how_to_tell_apart(),
                )
            warnings.append(f"{said}; none of them is taken. {self._how_to_tell_apart()}")
            self._set_aside(checked)
        if checked.agreeing:
            again = (
                "figure stands there again and says" if checked.agreeing == 1 else "figures stand there again and say"
            )
            warnings.append(f"{checked.agreeing:,} {again} the same; each is counted once.")
        return warnings

    def _sheets_of(self, clash: Clash) -> tuple[str, str]:
        """Return the two sheets on which figures disagree; two times nothing where they stand on one."""
        numbers = list(dict.fromkeys(stated.row // MOST_ROWS_OF_A_SHEET for stated in clash.stated))
        names = {part.page.number: part.page.name for part in self.seen.parts}
        return (names[numbers[0]], names[numbers[1]]) if len(numbers) > 1 else ("", "")

    def _how_to_tell_apart(self) -> str:
        """Return one remedy for rows that disagree: the column that was not used, where there is one, else to correct them."""
        return how_to_tell_apart(self.seen.main)

    def _set_aside(self, checked: Checked) -> None:
        """Keep the rows whose figures disagree, with the reason."""
        for clash in checked.clashes:
            for stated in clash.stated:
                others = [
                    f"row {other.row % MOST_ROWS_OF_A_SHEET:,} gives {other.figure}"
                    for other in clash.stated
                    if other.row != stated.row
                ]
                reason = f"gives {stated.figure} for {clash.about or 'everybody'}, where {' and '.join(others[:3]) or 'the same row gives another figure'}"
                self.rejected.append((stated.row, reason))
                self._keep(stated.row, REJECTED, [clash.quantity, clash.about, str(stated.figure)], reason)

    def _count(self, rows: int) -> None:
        self.rows += rows
        self.read += rows

    def _table_of(self, part: Part, offset: int, page_batches: Iterator[Batch]) -> Iterator[Batch]:
        """Yield the rows of one table, all as wide as it is; what is no row of it becomes an annotation."""
        table = part.table
        for batch in page_batches:
            numbers, rows = batch.numbers, batch.rows
            self.number = numbers[-1]
            if table.last and numbers[0] > table.last:
                return
            if numbers[0] < table.first or (table.last and numbers[-1] > table.last):
                inside = [
                    place
                    for place, number in enumerate(numbers)
                    if number >= table.first and (not table.last or number <= table.last)
                ]
                numbers, rows = [numbers[place] for place in inside], [rows[place] for place in inside]
            if offset:
                numbers = [number + offset for number in numbers]
            here = self._as_wide(part, Batch(numbers, rows)) if rows else Batch((), [])
            if here.rows:
                yield here

    def _as_wide(self, part: Part, batch: Batch) -> Batch:
        """Return the rows of a batch that have the table's width; repair what is only padding, keep the rest as annotations or reject it."""
        width, first = part.width, part.table.places[0]
        # A line of one cell, such as a remark or a source, leaves all columns empty but its own; most batches have a second one that is never empty.
        if (
            set(map(len, batch.rows)) == {width}
            and "" not in map(itemgetter(first), batch.rows)
            and any("" not in map(itemgetter(place), batch.rows) for place in part.table.places if place != first)
        ):
            return batch
        numbers: list[int] = []
        rows: list[list[str]] = []
        needed = max(part.table.places) + 1
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            if not any(row):
                continue
            if is_footer(row, width):
                self._keep(number, "footer", row, "")
                continue
            wide = as_wide(row, width, needed)
            if wide is None:
                self._reject(number, row, f"has {len(row)} cells where the header has {width}")
                continue
            numbers.append(number)
            rows.append(wide)
        return Batch(numbers, rows)

    def _chunks(self, part: Part, encoder: Encoder, read: Iterator[Batch]) -> Generator[Chunk]:
        """Yield encoded rows, many together; rows that cannot be read are rejected with the reason."""
        chunk = Chunk()
        for batch in read:
            if part.layout is not None:
                self.read += len(batch.rows)
            good = batch
            try:
                encoded = encoder.encode(batch)
            except ValueError:
                good, encoded = self._without_rejected(encoder, batch)
            chunk.extend(encoded)
            if part.layout is not None:
                self.rows += len(good.rows)
            while len(chunk) >= 2 * CHUNK:  # a batch of a table with very many columns of figures
                yield chunk.take(CHUNK)
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = Chunk()
        if len(chunk):
            yield chunk

    def _without_rejected(self, encoder: Encoder, batch: Batch) -> tuple[Batch, Chunk]:
        troubles = dict(encoder.troubles(batch))
        pairs = list(zip(batch.numbers, batch.rows, strict=True))
        for number, row in pairs:
            if number in troubles:
                self._reject(number, row, troubles[number])
        good = [pair for pair in pairs if pair[0] not in troubles]
        rest = Batch([number for number, _ in good], [row for _, row in good])
        return rest, encoder.encode(rest) if good else Chunk()

    def _reject(self, number: int, row: Sequence[str], reason: str) -> None:
        self.rejected.append((number, reason))
        self._keep(number, REJECTED, row, reason)
        if len(self.rejected) > _REJECTED_KEPT:
            self._refuse_mostly_rejected(certain=True)

    def _keep(self, number: int, kind: str, row: Sequence[str], reason: str) -> None:
        cells = [shorten(one_line(cell), _LONGEST_KEPT) for cell in row]
        self.annotations.append((number, kind, json.dumps(cells, ensure_ascii=False), reason))

    def _refuse_mostly_rejected(self, *, certain: bool = False) -> None:
        """Refuse a file most of whose rows cannot be read: then it is the meaning of the columns that is wrong."""
        if not self.rejected or (
            not certain and len(self.rejected) <= _TOO_MANY_REJECTED * (self.rows + len(self.rejected))
        ):
            return
        first = "; ".join(f"row {number} {reason}" for number, reason in self.rejected[:_REJECTED_SHOWN])
        rest = len(self.rejected) - _REJECTED_SHOWN
        more = "" if rest <= 0 else f"; and {'many' if certain else rest} more"
        raise AmheError(
            "Rows that cannot be read",
            f"In {self.path.name} {first}{more}. Nothing of it was kept.",
            "Correct these rows, or choose another column for the figures.",
        )


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _merged(names: Iterator[Mapping[str, None]] | Generator[Mapping[str, None]]) -> tuple[str, ...]:
    merged: dict[str, None] = {}
    for mapping in names:
        merged.update(mapping)
    return tuple(merged)
