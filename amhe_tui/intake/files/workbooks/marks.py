"""What the reader of workbooks does not tell of a sheet: hidden rows, joined cells, percentages, errors, formulas nobody worked out."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import damaged

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The size of a sheet in today's spreadsheets."""


MOST_AREA = 10_000_000
"""Rows times columns that are read; the reader keeps a place for every one of them, filled or not."""


_MOST_MERGED = 100_000


_PIECE = 1 << 18


Attributes = dict[str, str]


@dataclass
class Marks:
    """What was found in one sheet; rows and columns count from 1.

    Attributes:
        cells: By row, one byte a column from A: what ``cell_text`` is to know of the cell.
        last_row, last_column: How far cells with something in them go.
        picture: The sheet shows a drawing.
    """

    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    cells: dict[int, bytearray] = field(default_factory=dict[int, bytearray])
    last_row: int = 0
    last_column: int = 0
    uncounted_formulas: int = 0
    picture: bool = False

    def grow(self, row: int, column: int) -> None:
        """Take note that a cell holds something.

        Raises:
            AmheError: The sheet is larger than is read.
        """
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if self.last_row * self.last_column > MOST_AREA or column > MOST_COLUMNS or row > MOST_ROWS:
            raise AmheError(
                "Too large",
                f"A sheet goes on to row {self.last_row:,} and column {self.last_column:,}, more than is read at once.",
                "Delete the cells far away from the table, or save the sheet you need as CSV.",
            )

    def mark(self, row: int, column: int, mark: int) -> None:
        """Take note of what a cell is."""
        line = self.cells.setdefault(row, bytearray())
        if len(line) < column:
            line.extend(bytes(column - len(line)))
        line[column - 1] = mark

    def join(self, area: tuple[int, int, int, int]) -> None:
        """Take note of joined cells.

        Raises:
            AmheError: There are more than any table has.
        """
        self.merged.append(area)
        if len(self.merged) > _MOST_MERGED:
            raise AmheError(
                "Not a table",
                f"A sheet has more than {_MOST_MERGED:,} joined cells.",
                "Open it in a spreadsheet and save the sheet you need as CSV.",
            )


def protected() -> AmheError:
    """Return the refusal of a workbook that nobody but its owner can open."""
    return AmheError(
        "Password",
        "The workbook is protected by a password.",
        "Open it in a spreadsheet, save it without a password, and import it again.",
    )


def read_xml(
    stream: IO[bytes], start: Callable[[str, Attributes], None], end: Callable[[str], None] | None = None
) -> None:
    """Run through an XML part without keeping it; entities and document types are refused, since no spreadsheet writes them.

    Raises:
        AmheError: It is no well-formed XML, or declares a document type.
    """
    parser = parser_of(start, end)
    with well_formed():
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def parser_of(
    start: Callable[[str, Attributes], None], end: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """Return a parser that refuses entities and document types."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    return parser


@contextmanager
def well_formed() -> Generator[None]:
    """Say in plain words that an XML part is broken."""
    try:
        yield
    except (expat.ExpatError, UnicodeError) as error:
        raise damaged() from error


def _refuse(*_: object) -> int:
    raise AmheError(
        "Not safe to open",
        "The workbook holds declarations that no spreadsheet writes.",
        "If you trust it, open it in a spreadsheet and save the sheet as CSV.",
    )
