"""Small workbooks, whole and hostile, made part by part, so that every byte of them is known."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="170" formatCode="0.0%"/><numFmt numFmtId="171" formatCode="00000"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="2"><xf numFmtId="9"/><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="9"/></cellXfs>'
    "</styleSheet>"
)
"""The styles of cells: 0 plain, 1 percentage with a place, 2 five digits, 3 date, 4 date and time, 5 whole percentage."""


def sheet_xml(rows: str, before: str = "", after: str = "", prefix: str = "") -> str:
    """Return a sheet; ``rows`` is the inside of its data."""
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{prefix}worksheet {name}="{MAIN}" xmlns:r="{OFFICE}">{before}'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData>{after}</{prefix}worksheet>"
    )


def words(reference: str, text: str) -> str:
    """Return a cell of text."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def rows_of(table: Sequence[Sequence[str]]) -> str:
    """Return rows of text cells."""
    lines: list[str] = []
    for number, row in enumerate(table, 1):
        cells = "".join(words(f"{chr(64 + column)}{number}", text) for column, text in enumerate(row, 1))
        lines.append(f'<row r="{number}">{cells}</row>')
    return "".join(lines)


def xlsx_parts(sheets: Mapping[str, str], *, hidden: Sequence[str] = ()) -> dict[str, str | bytes]:
    """Return the parts of a workbook with these sheets."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} r:id="rId{number}"/>'
        for number, name in numbered
    )
    to = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{to}'
        f'<Relationship Id="rId900" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    parts.update((f"xl/worksheets/sheet{number}.xml", sheets[name]) for number, name in numbered)
    return parts


def save(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write an archive of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, sheets: Mapping[str, str], *, hidden: Sequence[str] = (), **more: str) -> Path:
    """Write a workbook."""
    return save(path, {**xlsx_parts(sheets, hidden=hidden), **more})


def ods(path: Path, tables: str, **more: str) -> Path:
    """Write an OpenDocument spreadsheet; ``tables`` is the inside of it."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'  # noqa: E501
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }
    return save(path, {**parts, **more})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an old office container with these streams, each in sectors of its own."""
    sector, free, end, table_mark = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    body, table, entries = b"", [table_mark], [_entry("Root Entry", 5, end, 0, child=1)]
    names = list(streams)
    for number, name in enumerate(names, 1):
        content = streams[name].ljust(4096, b"\0")
        count = -(-len(content) // sector)
        first = len(table)
        table += [*range(first + 1, first + count), end]
        body += content.ljust(count * sector, b"\0")
        entries.append(_entry(name, 2, first, len(content), right=number + 1 if number < len(names) else free))
    folder = b"".join(entries)
    folder = folder.ljust(-(-len(folder) // sector) * sector, b"\0")
    start, count = len(table), len(folder) // sector
    table += [*range(start + 1, start + count), end]
    assert len(table) <= sector // 4, "one sector of the table is all that this builder makes"
    table += [free] * (sector // 4 - len(table))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, start, 0, 4096, end, 0, end, 0, 0
    )  # fmt: skip
    header = header[:76] + struct.pack("<109I", 0, *[free] * 108)
    return header + struct.pack(f"<{len(table)}I", *table) + body + folder


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    numbers = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBB", len(letters), kind, 1)
        + numbers
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(path: Path, cells: bytes, *, locked: bool = False, name: str = "Tab") -> Path:
    """Write an old workbook of one sheet; ``cells`` are its records. Styles: 0 plain, 1 percentage, 2 five digits."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1996, 0, 6))
    lock = record(0x2F, struct.pack("<HHH", 0, 1, 2)) if locked else b""
    five = b"00000"
    formats = record(0x041E, struct.pack("<HHB", 171, len(five), 0) + five)
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 10, 171))
    before = start + lock + record(0x42, struct.pack("<H", 1200)) + formats + styles
    tab = struct.pack("<BB", len(name), 0) + name.encode("latin-1")
    length = len(before) + len(record(0x85, bytes(6) + tab)) + len(record(0x0A))
    globals_ = before + record(0x85, struct.pack("<IBB", length, 0, 0) + tab) + record(0x0A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1996, 0, 6)) + cells + record(0x0A)
    path.write_bytes(compound({"Workbook": globals_ + sheet}))
    return path


def xls_number(row: int, column: int, style: int, value: float) -> bytes:
    """Return a cell with a number; row and column count from 0."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def xls_words(row: int, column: int, text: str) -> bytes:
    """Return a cell with text."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def xlsb(path: Path, cells: Sequence[tuple[int, int, str | float]]) -> Path:
    """Write a workbook in the binary form; a cell is row and column from 0, and what it holds."""

    def long_record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        size, length = len(body), b""
        while size > 127:
            length, size = length + bytes([size & 127 | 128]), size >> 7
        return number + length + bytes([size]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    book = long_record(131) + long_record(143) + long_record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Tab"))
    book += long_record(144) + long_record(132)
    rows, columns = max(cell[0] for cell in cells), max(cell[1] for cell in cells)
    sheet = long_record(129) + long_record(148, struct.pack("<IIII", 0, rows, 0, columns)) + long_record(145)
    last = -1
    for row, column, value in cells:
        if row != last:
            sheet, last = sheet + long_record(0, struct.pack("<I", row) + bytes(21)), row
        place = struct.pack("<II", column, 0)
        sheet += (
            long_record(6, place + wide(value))
            if isinstance(value, str)
            else long_record(5, place + struct.pack("<d", value))
        )
    sheet += long_record(146) + long_record(130)
    relations = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    return save(
        path, {"xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": relations, "xl/worksheets/sheet1.bin": sheet}
    )
