"""What a file is by its first bytes; the end of its name tells nothing that can be relied upon."""

from __future__ import annotations

import gzip
import re
import zlib
from enum import Enum
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import open_regular

_HEAD = 8192


ZIP = b"PK\x03\x04"


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_PLAIN_SHEET = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
"""How the workbooks of spreadsheets before 1995 begin, which stand in no container."""


class Kind(Enum):
    """What a file is; ``value`` is what it is called in a sentence."""

    TEXT = "a text file"
    JSON = "a JSON file"
    ARCHIVE = "a workbook or another archive"
    COMPOUND = "an old workbook or another old office file"
    OLD_SHEET = "a workbook of a spreadsheet before 1995"
    GZIP = "a compressed file"
    PDF = "a PDF document"
    IMAGE = "a picture"
    HTML = "a web page"
    FLAT_XML = "a spreadsheet saved as XML"
    XML = "an XML file"
    RICH_TEXT = "a text document"
    DATABASE = "a database"
    OTHER_ARCHIVE = "an archive"
    PROGRAM = "a program"
    PARQUET = "a Parquet file"


_SIGNS: tuple[tuple[bytes, Kind], ...] = (
    (ZIP, Kind.ARCHIVE),
    (b"PK\x05\x06", Kind.ARCHIVE),
    (COMPOUND, Kind.COMPOUND),
    (b"\x1f\x8b", Kind.GZIP),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"{\\rtf", Kind.RICH_TEXT),
    (b"SQLite format 3\x00", Kind.DATABASE),
    (b"7z\xbc\xaf\x27\x1c", Kind.OTHER_ARCHIVE),
    (b"Rar!\x1a\x07", Kind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.OTHER_ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Kind.OTHER_ARCHIVE),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ\x90\x00", Kind.PROGRAM),
    (b"PAR1\x15", Kind.PARQUET),
)


_SPREADSHEET_XML = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|office:document\b")


_WEB_PAGE = re.compile(r"<\s*(!doctype\s+html|html|head|body|table|meta|script|div)\b", re.IGNORECASE)


_ADVICE = {
    Kind.PDF: "Ask the publisher for the figures as CSV or as a workbook; tables in a PDF cannot be read safely.",
    Kind.IMAGE: "Ask the publisher for the figures as CSV or as a workbook.",
    Kind.HTML: "Open it in a spreadsheet and save it as CSV, or download the file behind the page.",
    Kind.FLAT_XML: "Open it in a spreadsheet and save it as an xlsx workbook or as CSV.",
    Kind.XML: "Ask the publisher for the figures as CSV, JSON or a workbook.",
    Kind.RICH_TEXT: "Copy the table into a spreadsheet and save it as CSV.",
    Kind.DATABASE: "Save the table you need from it as CSV.",
    Kind.OTHER_ARCHIVE: "Unpack it first, then choose the file inside.",
    Kind.OLD_SHEET: "Open it in a spreadsheet and save it as an xlsx workbook or as CSV.",
    Kind.PROGRAM: "Choose a CSV file, a workbook or a JSON file.",
    Kind.PARQUET: "Ask the publisher for the figures as CSV.",
}


def kind_of(path: Path) -> Kind:
    """Return what a file is by its content.

    Raises:
        AmheError: It is no file, or may not be read.
    """
    with open_regular(path) as stream:
        return kind_of_bytes(stream.read(_HEAD))


def kind_of_bytes(head: bytes) -> Kind:
    """Return what a file is by its first bytes."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.IMAGE
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return Kind.OTHER_ARCHIVE
    if _PLAIN_SHEET.match(head):
        return Kind.OLD_SHEET
    return _kind_of_words(_words(head))


def _words(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    return head.replace(b"\x00", b"").decode("utf-8", errors="ignore").removeprefix("\ufeff")


def _kind_of_words(text: str) -> Kind:
    text = text.lstrip()
    if text.startswith("<"):
        if _SPREADSHEET_XML.search(text):
            return Kind.FLAT_XML
        # A page that began with a remark or an XML line is one still.
        if _WEB_PAGE.match(text) or (text.startswith(("<?", "<!")) and _WEB_PAGE.search(text)):
            return Kind.HTML
        return Kind.XML if text.startswith("<?xml") else Kind.TEXT
    if re.match(r"\{\s*[\"}]|\[\s*[\[{\]\"\d]", text):
        return Kind.JSON
    return Kind.TEXT


def refuse_what_is_no_table(path: Path) -> Kind:
    """Return what a file is, where rows can come out of it: text, compressed text, JSON (compressed or not) or a workbook.

    Raises:
        AmheError: It is anything else: a PDF, a picture, a web page named like a workbook, a database.
    """
    kind = kind_of(path)
    if kind is Kind.GZIP:
        inside = _kind_inside(path)
        if inside is not Kind.TEXT and inside is not Kind.JSON:
            raise AmheError(
                "Compressed file",
                f"{path.name} holds {inside.value}, compressed.",
                "Unpack it first, then choose the file inside.",
            )
        return Kind.JSON if inside is Kind.JSON else kind
    if advice := _ADVICE.get(kind):
        raise AmheError("Not a table", f"{path.name} is {kind.value}, whatever its name says.", advice)
    return kind


def _kind_inside(path: Path) -> Kind:
    try:
        with open_regular(path) as stream, gzip.GzipFile(fileobj=stream) as unpacked:
            return kind_of_bytes(unpacked.read(_HEAD))
    except (OSError, EOFError, zlib.error) as error:
        raise AmheError("Damaged file", f"{path.name} cannot be unpacked ({error}).", "Download it again.") from error
