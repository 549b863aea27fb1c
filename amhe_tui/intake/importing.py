"""The one engine that reads a file row by row and writes it in chunks: bounded memory, whole or not at all."""

from __future__ import annotations

import csv
import gc
import gzip
import hashlib
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.batches import Batch, batches
from amhe_tui.intake.encoder import Encoder
from amhe_tui.intake.layouts import Layout, guess_roles, recognise, tidy
from amhe_tui.intake.sniff import FALLBACK, LONGEST_CELL, Sniffed, opened, sniff
from amhe_tui.text import shorten
from store.bulk import DatasetWriter, Row, Write, has_source_of_size, source_with

CHUNK = 20_000
"""About so many rows are written at a time; between two chunks other work gets its turn and a person can stop."""
_BAD_SHOWN = 3
_BAD_KEPT = 1_000


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


Progress = Callable[[int, int, int], None]


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
            columns = shorten(", ".join(seen.header), 90)
            raise AmheError(
                "Unknown layout",
                f"The columns of {seen.path.name} are not those of a file that is known: {columns}.",
                "Say which column means what: on the import screen, or with --map mapping.json.",
            )
    return tidy(seen.header, mapping, seen.path.name.split(".")[0])


def import_file(
    path: Path,
    write: Write,
    source_id: str,
    *,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
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
    layout = layout_for(seen, mapping)
    _refuse_known(path, write)
    try:
        return _import(seen, layout, write, source_id, progress, cancelled)
    except UnicodeDecodeError:
        if not seen.encoding.startswith("utf-8"):
            raise
        # The part that was looked at first happened to be plain letters; what follows is not UTF-8.
        seen = replace(seen, encoding=FALLBACK)
        return _import(seen, layout_for(seen, mapping), write, source_id, progress, cancelled)


def _import(
    seen: Sniffed,
    layout: Layout,
    write: Write,
    source_id: str,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> ImportResult:
    writer = DatasetWriter(write, source_id, size=seen.path.stat().st_size)
    engine = _Engine(seen, layout, writer, progress, cancelled)
    writer.begin()
    try:
        with _without_collector():
            result = engine.run()
        if there := write(lambda connection: source_with(connection, result.content_hash)):
            raise _here_already(str(there))
        writer.finish(result.content_hash)
    except _StoppedError:
        writer.abandon()
        raise AmheError(
            "Stopped", f"Nothing of {seen.path.name} was kept.", "Import it again when you are ready."
        ) from None
    except UnicodeDecodeError as error:
        writer.abandon()
        if seen.encoding.startswith("utf-8"):
            raise
        raise engine.unreadable(error) from error
    except (csv.Error, EOFError, gzip.BadGzipFile, zlib.error) as error:
        writer.abandon()
        raise engine.unreadable(error) from error
    except BaseException:
        writer.abandon()
        raise
    return result


def _here_already(title: str) -> AmheError:
    return AmheError(
        "Here already",
        f"The very same file is in this programme as: {title}.",
        "Remove that source first if you want to read it again.",
    )


def _refuse_known(path: Path, write: Write) -> None:
    """Refuse a file that is here already before reading it all, where another of the same size is here."""
    size = path.stat().st_size
    if not write(lambda connection: has_source_of_size(connection, size)):
        return
    with path.open("rb") as stream:
        content_hash = hashlib.file_digest(stream, "sha256").hexdigest()
    if there := write(lambda connection: source_with(connection, content_hash)):
        raise _here_already(str(there))


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
    """Reads one file."""

    seen: Sniffed
    layout: Layout
    writer: DatasetWriter
    progress: Progress | None
    cancelled: Callable[[], bool] | None
    number: int = 1
    rows: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def run(self) -> ImportResult:
        """Read the whole file and return what came in; the data set is not visible yet."""
        csv.field_size_limit(LONGEST_CELL)
        total = self.seen.path.stat().st_size
        encoder = Encoder(self.layout, len(self.seen.header), self.writer)
        with opened(self.seen.path, compressed=self.seen.compressed, encoding=self.seen.encoding) as (text, counted):
            for chunk in self._chunks(encoder, batches(text, self.seen.delimiter)):
                if not self.bad:
                    self.writer.add(chunk)
                if self.progress is not None:
                    self.progress(counted.done, total, self.writer.rows)
                if self.cancelled is not None and self.cancelled():
                    raise _StoppedError
            content_hash = counted.hash.hexdigest()
        self._refuse_bad()
        if not self.rows:
            words = f"{self.seen.path.name} has a header and nothing below it."
            raise AmheError("No rows", words, "Choose another file.")
        missing = sum(encoder.statuses.values()) - encoder.statuses["suppressed"]
        return ImportResult(
            rows=self.rows,
            suppressed=encoder.statuses["suppressed"],
            not_collected=missing,
            measures=tuple(encoder.quantities),
            areas=tuple(encoder.areas),
            periods=tuple(encoder.periods),
            content_hash=content_hash,
            layout=self.layout.name,
        )

    def _chunks(self, encoder: Encoder, read: Iterator[Batch]) -> Generator[list[Row]]:
        """Yield lists of encoded rows; after a bad row only bad ones are looked for, up to a number that nobody would want to read."""
        chunk: list[Row] = []
        header = True
        for batch in read:
            here = _without_spacers(Batch(batch.numbers[1:], batch.rows[1:]) if header else batch)
            header = False
            self.number = batch.numbers[-1]
            self.rows += len(here.rows)
            try:
                chunk += encoder.encode(here) if here.rows else []
            except ValueError:
                self.bad += encoder.troubles(here)
            if len(self.bad) > _BAD_KEPT:
                break
            while len(chunk) >= CHUNK:
                yield chunk[:CHUNK]
                chunk = chunk[CHUNK:]
        if chunk:
            yield chunk

    def _refuse_bad(self) -> None:
        if self.bad:
            first = "; ".join(f"row {number} {reason}" for number, reason in self.bad[:_BAD_SHOWN])
            rest = len(self.bad) - _BAD_SHOWN
            more = "" if rest <= 0 else f"; and {'many' if rest >= _BAD_KEPT - _BAD_SHOWN else rest} more"
            raise AmheError(
                "Rows that cannot be read",
                f"In {self.seen.path.name} {first}{more}. Nothing of it was kept.",
                "Correct these rows, or choose another column for the figures.",
            )

    def unreadable(self, error: Exception) -> AmheError:
        """Return the refusal of a file that breaks off or is not what it seems."""
        return AmheError(
            "Cannot be read",
            f"{self.seen.path.name} cannot be read at row {self.number}: {shorten(str(error), 80)}.",
            "Open it in a spreadsheet, save it again as CSV (UTF-8), and import that.",
        )


def _without_spacers(batch: Batch) -> Batch:
    """Return a batch without the rows of empty cells that spreadsheets leave below a table."""
    if "" not in map(itemgetter(0), batch.rows):
        return batch
    kept = [(number, row) for number, row in zip(batch.numbers, batch.rows, strict=True) if any(row)]
    return Batch([number for number, _ in kept], [row for _, row in kept])
