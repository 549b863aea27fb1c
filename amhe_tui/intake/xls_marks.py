"""What the sheets of an old xls workbook hold besides values, and whether somebody has locked it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.archives import damaged
from amhe_tui.intake.cell_text import PERCENT, mark_of_error, mark_of_format
from amhe_tui.intake.compound import Compound
from amhe_tui.intake.sheet_marks import Marks, protected

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _END, _LOCK, _FIRST, _COLUMN, _SHEET, _MANY, _STYLE = 0x06, 0x0A, 0x2F, 0x0809, 0x7D, 0x85, 0xBD, 0xE0
_NUMBER, _TRUTH, _ROW, _SHORT, _FORMAT = 0x0203, 0x0205, 0x0208, 0x027E, 0x041E
_DRAWINGS = (0x5D, 0xEC)
_OTHERS = {
    "WordDocument": ("a text document", "Copy the table into a spreadsheet and save it as CSV."),
    "PowerPoint Document": ("a set of slides", "Copy the table into a spreadsheet and save it as CSV."),
    "__properties_version1.0": ("an e-mail", "Save the file attached to it, then choose that."),
}


def xls_marks(path: Path) -> dict[str, Marks]:
    """Return the marks of every sheet by its name.

    Raises:
        AmheError: It is locked by a password, or is no workbook.
    """
    try:
        container = Compound(path.read_bytes())
        names = container.names
        if "EncryptedPackage" in names or "EncryptionInfo" in names:
            raise protected()
        name = next((name for name in ("Workbook", "WORKBOOK", "Book", "BOOK") if name in names), "")
        if not name:
            kind, advice = next(
                (found for sign, found in _OTHERS.items() if sign in names),
                ("an office file without a sheet", "Choose a CSV file, a workbook or a JSON file."),
            )
            raise AmheError("Not a workbook", f"It is {kind}, whatever its name says.", advice)
        data = container.stream(name)
    except ValueError as error:
        raise damaged() from error
    try:
        return _all_marks(data)
    except struct.error:
        # A record of an unusual length: the reader may still know it; only hidden rows and percentages go unseen.
        return {}


@dataclass
class _Book:
    sheets: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    formats: dict[int, int] = field(default_factory=lambda: {9: PERCENT, 10: PERCENT})
    styles: list[int] = field(default_factory=list[int])


def _records(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a position on up to the end of that part."""
    while position + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, position)
        yield kind, data[position + 4 : position + 4 + length]
        if kind == _END:
            return
        position += 4 + length


def _all_marks(data: bytes) -> dict[str, Marks]:
    book, wide = _Book(), True
    for kind, body in _records(data, 0):
        if kind == _FIRST:
            wide = struct.unpack_from("<H", body)[0] >= 0x0600
        elif kind == _LOCK:
            raise protected()
        elif kind == _SHEET:
            book.sheets.append((_name(body[6:], wide), struct.unpack_from("<I", body)[0]))
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", body)[0]
            if mark := mark_of_format(_long_name(body[2:], wide)):
                book.formats[number] = mark
        elif kind == _STYLE:
            book.styles.append(struct.unpack_from("<H", body, 2)[0])
    styles = [book.formats.get(number, 0) for number in book.styles]
    return {name: _sheet(data, position, styles) for name, position in book.sheets}


def _name(body: bytes, wide: bool) -> str:
    if not wide:
        return body[1 : 1 + body[0]].decode("cp1252", "replace")
    return (
        body[2 : 2 + 2 * body[0]].decode("utf-16-le", "replace")
        if body[1] & 1
        else body[2 : 2 + body[0]].decode("latin-1")
    )


def _long_name(body: bytes, wide: bool) -> str:
    if not wide:
        return body[1 : 1 + body[0]].decode("cp1252", "replace")
    length = struct.unpack_from("<H", body)[0]
    return (
        body[3 : 3 + 2 * length].decode("utf-16-le", "replace")
        if body[2] & 1
        else body[3 : 3 + length].decode("latin-1")
    )


def _sheet(data: bytes, position: int, styles: list[int]) -> Marks:
    marks = Marks()
    for kind, body in _records(data, position):
        if kind == _ROW:
            row, flags = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if flags & 0x20:
                marks.hidden_rows.add(row + 1)
        elif kind == _COLUMN:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                marks.hidden_columns.update(range(first + 1, min(last, 16_383) + 2))
        elif kind in (_NUMBER, _SHORT, _FORMULA, _TRUTH):
            _mark_cell(marks, kind, body, styles)
        elif kind == _MANY:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * place)[0]
                if style < len(styles) and styles[style]:
                    marks.mark(row + 1, first + place + 1, styles[style])
        elif kind in _DRAWINGS:
            marks.picture = True
    return marks


def _mark_cell(marks: Marks, kind: int, body: bytes, styles: list[int]) -> None:
    row, column, style = struct.unpack_from("<3H", body)
    mark = styles[style] if style < len(styles) else 0
    if kind == _TRUTH:
        mark = mark_of_error(_ERRORS.get(body[6], "")) if body[7] else 0
    elif kind == _FORMULA and body[12:14] == b"\xff\xff":
        mark = mark_of_error(_ERRORS.get(body[8], "")) if body[6] == 2 else 0
        marks.uncounted_formulas += body[6] == 3
    if mark:
        marks.mark(row + 1, column + 1, mark)
