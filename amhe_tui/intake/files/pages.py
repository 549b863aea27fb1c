"""Any file as delimited text: a text file as it is, a sheet of a workbook or a list in JSON as the text it is written out to."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.batches import Numbered, batches
from amhe_tui.intake.files.sniff import Sniffed, check_file, opened, sniff
from amhe_tui.text import shorten

SMALL = 8 * 1024 * 1024
"""A file up to this size is looked at whole before it is read; of a larger one, the beginning and some places further down."""


_LOOKED_AT = 1_500


_PLACES = (0.3, 0.6, 0.9)


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook, or the whole of a file that has none.

    Attributes:
        name: The name of the sheet, "" for a text file.
        text: How it is read as text.
        number: Its place in the workbook, from 0.
        hidden_rows: The numbers of rows the workbook hides.
        merged: Its merged cells, as first row, first column, last row, last column, from 1.
        hidden: Whether the workbook hides all of it, and some of its columns.
        uncounted: How many formulas nobody has worked out yet; their cells are empty.
        remark: Why there is nothing to read in it, such as "only a picture".
    """

    name: str
    text: Sniffed
    number: int = 0
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    remark: str = ""
    hidden: tuple[str, ...] = ()
    uncounted: int = 0


@dataclass(frozen=True)
class Opened:
    """A file whose pages can be read as text for as long as it is open; ``kind`` is text, workbook or json."""

    path: Path
    kind: str
    pages: tuple[Page, ...]


@contextmanager
def open_pages(path: Path, *, encoding: str = "", delimiter: str = "") -> Generator[Opened]:
    """Open a file and give its pages; what was written out for it is removed at the end.

    Raises:
        AmheError: It cannot be read.
    """
    from amhe_tui.intake.files.kinds import Kind, refuse_what_is_no_table
    from amhe_tui.intake.files.workbooks.parent import is_workbook, json_table, workbook_sheets

    check_file(path)
    kind = refuse_what_is_no_table(path)
    if is_workbook(path):
        with workbook_sheets(path) as sheets:
            pages = tuple(
                Page(
                    sheet.name,
                    _written_out(sheet.path),
                    number,
                    sheet.hidden_rows,
                    sheet.merged,
                    sheet.note,
                    (("the whole sheet",) if sheet.hidden else ())
                    + tuple(f"column {place}" for place in sheet.hidden_columns),
                    sheet.uncounted_formulas,
                )
                for number, sheet in enumerate(sheets)
            )
            yield Opened(path, "workbook", pages)
    elif kind is Kind.JSON:
        with json_table(path) as sheet:
            yield Opened(path, "json", (Page("", _written_out(sheet.path)),))
    else:
        yield Opened(path, "text", (Page("", sniff(path, encoding=encoding, delimiter=delimiter)),))


def _written_out(path: Path) -> Sniffed:
    return Sniffed(path, compressed=False, encoding="utf-8", delimiter=",")


def rows_of(text: Sniffed) -> Iterator[Numbered]:
    """Yield the rows of a text that are not blank, with their numbers.

    Raises:
        AmheError: It breaks off, or is no table.
    """
    number = 0
    try:
        with opened(text.path, compressed=text.compressed, encoding=text.encoding) as (stream, _):
            for batch in batches(stream, text.delimiter):
                for number, row in zip(batch.numbers, batch.rows, strict=True):
                    yield number, row
    except (csv.Error, EOFError, OSError, zlib.error) as error:
        raise unreadable(text.path.name, number + 1, error) from error


def unreadable(name: str, row: int, error: Exception) -> AmheError:
    """Return the refusal of a file that breaks off or is not what it seems."""
    return AmheError(
        "Cannot be read",
        f"{name} cannot be read at row {row}: {shorten(str(error), 80)}.",
        "Open it in a spreadsheet, save it again as CSV (UTF-8), and import that.",
    )


def first_rows(text: Sniffed) -> tuple[list[Numbered], bool]:
    """Return the rows to look at before a text is read, and whether they are all there are."""
    small = text.path.stat().st_size <= (SMALL // 16 if text.compressed else SMALL)
    rows = rows_of(text)
    if small:
        return list(islice(rows, 200_000)), True
    return list(islice(rows, _LOOKED_AT)), False


def rows_further_down(text: Sniffed, number: int = 200) -> list[list[str]]:
    """Return some rows from further down in a large text that is not compressed, so that what is constant at its head is not taken for constant."""
    if text.compressed or text.encoding.startswith("utf-16"):
        return []
    size = text.path.stat().st_size
    rows: list[list[str]] = []
    with text.path.open("rb") as stream:
        for place in _PLACES:
            stream.seek(int(size * place))
            block = stream.read(number * 400).decode(text.encoding, errors="replace")
            lines = block.splitlines()[1:-1]
            rows += [
                row
                for row in csv.reader(
                    [line for line in lines if line.count('"') % 2 == 0][:number], delimiter=text.delimiter
                )
                if row
            ]
    return rows
