"""What the sheets of an xlsx workbook hold besides values; only attributes are looked at, so that a large sheet passes quickly and nothing is kept."""

from __future__ import annotations

import posixpath
import re
import zipfile
from urllib.parse import unquote
from xml.parsers import expat

from amhe_tui.intake.files.archives import damaged
from amhe_tui.intake.files.workbooks.cells import PERCENT, mark_of_error, mark_of_format
from amhe_tui.intake.files.workbooks.marks import MOST_COLUMNS, Attributes, Marks, parser_of, read_xml, well_formed

_PIECE = 1 << 18


_TRUE = ("1", "true")


_PERCENT_FORMATS = ("9", "10")
"""The numbers of the two percentage formats that every spreadsheet knows without being told."""


_LOOKED_AT = ("row", "c", "v", "f", "t", "col", "mergeCell", "drawing", "picture")


_LONGEST_NAME = 20


_REFERENCE = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")


def xlsx_marks(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Return the marks of every sheet by its name.

    Raises:
        AmheError: A part is broken, or a sheet is larger than is read.
    """
    parts = {name.lower(): name for name in archive.namelist()}
    book = next((to for kind, to in _relations(archive, parts, "").values() if kind == "officeDocument"), "")
    book = book if book.lower() in parts else "xl/workbook.xml"
    relations = _relations(archive, parts, book)
    styles = _styles(archive, parts, next((to for kind, to in relations.values() if kind == "styles"), ""))
    marks: dict[str, Marks] = {}
    for name, key in _sheets(archive, parts, book):
        kind, part = relations.get(key, ("", ""))
        if kind == "worksheet" and part.lower() in parts:
            marks[name] = sheet_marks(archive, parts[part.lower()], styles)
    return marks


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _relations(archive: zipfile.ZipFile, parts: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the archive: kind and path by key. What lies outside is left out, and never fetched."""
    folder, name = posixpath.split(part)
    targets: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    relations = posixpath.join(folder, "_rels", f"{name}.rels").lower()
    if relations in parts:
        with archive.open(parts[relations]) as stream:
            read_xml(stream, start)
    return targets


def _sheets(archive: zipfile.ZipFile, parts: dict[str, str], book: str) -> list[tuple[str, str]]:
    sheets: list[tuple[str, str]] = []

    def start(tag: str, attributes: Attributes) -> None:
        if _local(tag) == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), key))

    if book.lower() in parts:
        with archive.open(parts[book.lower()]) as stream:
            read_xml(stream, start)
    return sheets


def _styles(archive: zipfile.ZipFile, parts: dict[str, str], part: str) -> dict[str, int]:
    """Return the marks of the styles of cells that need one, by the number a cell names its style with."""
    formats: dict[str, int] = dict.fromkeys(_PERCENT_FORMATS, PERCENT)
    marks: dict[str, int] = {}
    inside, number = False, 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside, number
        name = _local(tag)
        if name == "cellXfs":
            inside = True
        elif name == "numFmt" and (mark := mark_of_format(attributes.get("formatCode", ""))):
            formats[attributes.get("numFmtId", "")] = mark
        elif name == "xf" and inside:
            if mark := formats.get(attributes.get("numFmtId", "0")):
                marks[str(number)] = mark
            number += 1

    def end(tag: str) -> None:
        nonlocal inside
        if _local(tag) == "cellXfs":
            inside = False

    if part.lower() in parts:
        with archive.open(parts[part.lower()]) as stream:
            read_xml(stream, start, end)
    return marks


def sheet_marks(archive: zipfile.ZipFile, part: str, styles: dict[str, int]) -> Marks:
    """Return the marks of one sheet.

    Raises:
        AmheError: It is broken, or larger than is read.
    """
    with archive.open(part) as stream, well_formed():
        scan = _Scan(styles)
        while piece := stream.read(_PIECE):
            scan.parser.Parse(piece, False)
        scan.parser.Parse(b"", True)
    return scan.end()


class _Scan:
    """Runs through a sheet, cell by cell; the handlers are called for every element, so they do as little as they can.

    A plain cell is done with as soon as its value begins; only formulas and errors wait for the words that follow.
    """

    def __init__(self, styles: dict[str, int]) -> None:
        self.marks = Marks()
        self.styles = styles
        self.columns: dict[str, int] = {}
        self.row = self.column = self.mark = 0
        self.row_text = ""
        self.formula = self.error = self.waiting = self.inside_value = False
        self.words = ""
        self.parser: expat.XMLParserType = parser_of(self.root)

    def root(self, name: str, _: Attributes) -> None:
        """Look at the first element only, which tells the prefix that all others have."""
        prefix = name[: -len(_local(name))]
        handlers = {f"{prefix}{tag}": getattr(self, f"on_{tag}") for tag in _LOOKED_AT}
        get = handlers.get

        def start(tag: str, attributes: Attributes) -> None:
            if handler := get(tag):
                handler(attributes)

        self.parser.StartElementHandler = start

    def on_row(self, attributes: Attributes) -> None:
        """Begin a row; one that does not say its number follows the last."""
        if self.waiting:
            self.finish()
        number = attributes.get("r", "")
        self.row = whole(number) if number else self.row + 1
        self.row_text, self.column = str(self.row), 0
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.marks.hidden_rows.add(self.row)

    def on_c(self, attributes: Attributes) -> None:
        """Begin a cell; one that does not say its place follows the last."""
        if self.waiting:
            self.finish()
        if reference := attributes.get("r"):
            letters = reference.rstrip("0123456789")
            self.column = self.columns.get(letters) or self.columns.setdefault(letters, column_number(letters))
            if reference[len(letters) :] != self.row_text:
                self.row = whole(reference[len(letters) :])
                self.row_text = str(self.row)
        else:
            self.column += 1
        kind = attributes.get("t", "n")
        self.mark = self.styles.get(attributes.get("s", ""), 0) if kind == "n" else 0
        if kind == "e":
            self.error = self.waiting = True
            self.parser.CharacterDataHandler = self.on_words

    def on_v(self, _: Attributes) -> None:
        """Begin a value."""
        if self.waiting:
            self.inside_value = True
            return
        if self.column > self.marks.last_column or self.row > self.marks.last_row:
            self.marks.grow(self.row, self.column)
        if self.mark:
            self.marks.mark(self.row, self.column, self.mark)

    on_t = on_v

    def on_f(self, _: Attributes) -> None:
        """Begin a formula: only whether a value follows it matters."""
        self.formula = self.waiting = True
        self.inside_value, self.parser.CharacterDataHandler = False, self.on_words

    def on_words(self, text: str) -> None:
        """Take note of what a formula came to, or of an error's name."""
        if self.inside_value and len(self.words) < _LONGEST_NAME:
            self.words += text

    def finish(self) -> None:
        """End a formula or an error."""
        self.marks.grow(self.row, self.column)
        if self.formula and not self.words:
            self.marks.uncounted_formulas += 1
        if self.words and (self.error or self.mark):
            self.marks.mark(self.row, self.column, mark_of_error(self.words.strip()) if self.error else self.mark)
        self.parser.CharacterDataHandler = None
        self.formula = self.error = self.waiting = self.inside_value = False
        self.mark, self.words = 0, ""

    def end(self) -> Marks:
        """End the sheet and return what was found."""
        if self.waiting:
            self.finish()
        return self.marks

    def on_col(self, attributes: Attributes) -> None:
        """Take note of hidden columns."""
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            first, last = whole(attributes.get("min", "1")), whole(attributes.get("max", "1"))
            self.marks.hidden_columns.update(range(max(first, 1), min(last, MOST_COLUMNS) + 1))

    def on_mergeCell(self, attributes: Attributes) -> None:  # noqa: N802 - named as the element is
        """Take note of joined cells."""
        corners = _REFERENCE.findall(attributes.get("ref", ""))
        if len(corners) == 2:
            (left, first), (right, last) = corners
            self.marks.join((int(first), column_number(left), int(last), column_number(right)))

    def on_drawing(self, _: Attributes) -> None:
        """Take note that the sheet shows a drawing."""
        self.marks.picture = True

    on_picture = on_drawing


def whole(text: str) -> int:
    """Return a row or column number.

    Raises:
        AmheError: It is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise damaged()
    return int(text)


def column_number(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.replace("$", "").upper()[:8]:
        number = number * 26 + ord(letter) - 64
    return number
