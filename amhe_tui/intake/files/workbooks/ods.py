"""What the sheets of an ods workbook hold besides values, and how large they are before anything keeps a place for every cell."""

from __future__ import annotations

import zipfile

from amhe_tui.intake.files.workbooks.cells import PERCENT
from amhe_tui.intake.files.workbooks.marks import MOST_COLUMNS, MOST_ROWS, Attributes, Marks, protected, read_xml

_HIDDEN = ("collapse", "filter")


def ods_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of every sheet by its name.

    Raises:
        AmheError: It is locked by a password, the content is broken, or a sheet is larger than is read.
    """
    scan = _Scan()
    with archive.open("META-INF/manifest.xml") as stream:
        read_xml(stream, _refuse_locked)
    with archive.open("content.xml") as stream:
        read_xml(stream, scan.start, scan.end)
    return scan.found


def _refuse_locked(tag: str, _: Attributes) -> None:
    if tag.rpartition(":")[2] == "encryption-data":
        raise protected()


def _times(attributes: Attributes, name: str, most: int) -> int:
    number = attributes.get(name, "1")
    return min(int(number), most) if number.isascii() and number.isdecimal() and len(number) < 12 else 1


class _Scan:
    """Runs through all sheets; a row or cell said to be repeated counts as often."""

    def __init__(self) -> None:
        self.found: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = self.rows = self.wide = 0
        self.filled: list[tuple[int, int, bool]] = []
        self.inside = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """Look at one element."""
        if tag == "table:table":
            self.inside += 1
            if self.inside == 1:
                self.marks = self.found.setdefault(attributes.get("table:name", ""), Marks())
                self.row = self.rows = self.wide = 0
        elif self.inside != 1:
            return
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif tag == "table:table-row":
            self._row(attributes)
        elif tag == "table:table-column":
            self._column(attributes)
        elif tag in ("draw:frame", "draw:image", "draw:custom-shape"):
            self.marks.picture = True

    def end(self, tag: str) -> None:
        """End a sheet or a row."""
        if tag == "table:table":
            self.inside -= 1
        elif tag == "table:table-row" and self.inside == 1 and self.filled:
            last = self.row + self.rows - 1
            self.marks.grow(last, max(column + times - 1 for column, times, _ in self.filled))
            for column, times, percent in self.filled:
                for number in range(column, column + times) if percent else ():
                    for row in range(self.row, last + 1):
                        self.marks.mark(row, number, PERCENT)

    def _row(self, attributes: Attributes) -> None:
        self.row += self.rows or 1
        self.rows = _times(attributes, "table:number-rows-repeated", MOST_ROWS)
        self.column, self.filled = 1, []
        if attributes.get("table:visibility") in _HIDDEN:
            self.marks.hidden_rows.update(range(self.row, min(self.row + self.rows, MOST_ROWS + 1)))

    def _column(self, attributes: Attributes) -> None:
        times = _times(attributes, "table:number-columns-repeated", MOST_COLUMNS)
        if attributes.get("table:visibility") in _HIDDEN:
            self.marks.hidden_columns.update(range(self.wide + 1, min(self.wide + times, MOST_COLUMNS) + 1))
        self.wide += times

    def _cell(self, attributes: Attributes) -> None:
        times = _times(attributes, "table:number-columns-repeated", MOST_COLUMNS)
        kind = attributes.get("office:value-type", attributes.get("calcext:value-type", ""))
        if kind:
            self.filled.append((self.column, times, kind == "percentage"))
        elif "table:formula" in attributes:
            self.marks.uncounted_formulas += times * self.rows
        down = _times(attributes, "table:number-rows-spanned", MOST_ROWS)
        across = _times(attributes, "table:number-columns-spanned", MOST_COLUMNS)
        if down > 1 or across > 1:
            self.marks.join((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += times
