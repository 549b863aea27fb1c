"""What the sheets of an old xls workbook hold besides values, and whether somebody has locked it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import damaged
from amhe_tui.intake.files.workbooks.cells import PERCENT, mark_of_error, mark_of_format
from amhe_tui.intake.files.workbooks.marks import Marks, protected

_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIIII")


_END_OF_CHAIN = 0xFFFFFFFA
"""Numbers from here upward are no sectors but ends and gaps."""


_ENTRY = 128


@dataclass(frozen=True)
class _Entry:
    start: int
    size: int
    root: bool


class Compound:
    """The streams of a container that is wholly in memory.

    Raises:
        ValueError: It is no such container, or its chains run in circles or out of it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, UnicodeError) as error:
            raise ValueError("The container is not whole.") from error

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream.

        Raises:
            ValueError: There is none of that name, or it is not whole.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise ValueError("There is no such stream.")
        if entry.size < self._cutoff:
            return self._chain(self._short, entry.start, self._table(self._short_start, self._short_count), 64)[
                : entry.size
            ]
        return self._chain(self._data, entry.start, self._table_of_all, self._sector)[: entry.size]

    def _open(self) -> None:
        header = _HEADER.unpack_from(self._data)
        if header[0] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or header[4] not in (9, 12):
            raise ValueError("It is no container.")
        self._sector = 1 << header[4]
        _, count, folder, _, self._cutoff, self._short_start, self._short_count, more, more_count = header[6:15]
        tables = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(min(more_count, 1000)):
            if more >= _END_OF_CHAIN:
                break
            numbers = struct.unpack_from(f"<{self._sector // 4}I", self._data, self._at(more))
            tables += numbers[:-1]
            more = numbers[-1]
        used = [number for number in tables if number < _END_OF_CHAIN][:count]
        self._table_of_all = [
            number
            for table in used
            for number in struct.unpack_from(f"<{self._sector // 4}I", self._data, self._at(table))
        ]
        self._entries = self._folder(folder)
        root = next((entry for entry in self._entries.values() if entry.root), None)
        self._short = self._chain(self._data, root.start, self._table_of_all, self._sector) if root else b""

    def _at(self, number: int) -> int:
        return (number + 1) * self._sector

    def _folder(self, start: int) -> dict[str, _Entry]:
        listing = self._chain(self._data, start, self._table_of_all, self._sector)
        entries: dict[str, _Entry] = {}
        for offset in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listing, offset + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = listing[offset : offset + length - 2].decode("utf-16-le", "replace")
                first, size = struct.unpack_from("<II", listing, offset + 116)
                entries.setdefault(name, _Entry(first, size, kind == 5))
        return entries

    def _table(self, start: int, count: int) -> list[int]:
        if not count or start >= _END_OF_CHAIN:
            return []
        raw = self._chain(self._data, start, self._table_of_all, self._sector)
        return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))

    def _chain(self, data: bytes, start: int, table: list[int], size: int) -> bytes:
        pieces: list[bytes] = []
        before = size if data is self._data else 0
        number = start
        while number < _END_OF_CHAIN:
            if number >= len(table) or len(pieces) > len(table):
                raise ValueError("A chain runs out of the container.")
            pieces.append(data[before + number * size : before + (number + 1) * size])
            number = table[number]
        return b"".join(pieces)


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
                (refusal for sign, refusal in _OTHERS.items() if sign in names),
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
