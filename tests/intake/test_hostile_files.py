"""Files made to do harm, or not what they say: one sentence, one remedy, nothing left behind and never a wait."""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workbook_examples import (
    compound,
    ods,
    rows_of,
    save,
    sheet_xml,
    words,
    xls,
    xls_number,
    xls_words,
    xlsb,
    xlsx,
    xlsx_parts,
)

from amhe_tui.errors import AmheError
from amhe_tui.intake.files import archives
from amhe_tui.intake.files.archives import bounded, check_archive, copy_steady, open_regular, unchanged
from amhe_tui.intake.files.kinds import Kind, kind_of, refuse_what_is_no_table
from amhe_tui.intake.files.workbooks import parent
from amhe_tui.intake.files.workbooks.parent import is_workbook, json_table, workbook_sheets

HOUSE = Path(__file__).resolve().parents[2]
GOOD = sheet_xml(rows_of([["group", "n"], ["White", "5"]]))


@pytest.fixture(autouse=True)
def no_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Every temporary folder of a test is gone at its end."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    yield
    assert list((tmp_path / "temporary").iterdir()) == []


def refusal(path: Path, read: Callable[[Path], object] = workbook_sheets) -> AmheError:
    """Return what is said of a file that is refused; it is one sentence with one remedy."""
    with pytest.raises(AmheError) as caught, read(path):  # type: ignore[attr-defined]
        pass
    error = caught.value
    assert error.title
    for sentence in (error.what_happened, error.what_to_do):
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
        assert "/" not in sentence.replace("docs/", "")
        assert len(sentence) < 200
    return error


def test_a_part_that_swells(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(words("A1", "0" * 10_000_000))})
    assert path.stat().st_size < 100_000
    assert "swells" in refusal(path).what_happened


def test_a_part_that_is_larger_than_it_says(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(words("A1", "0" * 5_000_000))})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = next(part for part in archive.infolist() if part.filename.endswith("sheet1.xml"))
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"sheet1.xml"))
    assert struct.unpack_from("<I", data, place + 24)[0] == part.file_size
    struct.pack_into("<I", data, place + 24, 500)
    path.write_bytes(data)
    assert refusal(path).title == "Not safe to open"


def test_a_part_that_says_a_wrong_size_by_little(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": GOOD})
    data = bytearray(path.read_bytes())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"sheet1.xml"))
    struct.pack_into("<I", data, place + 24, struct.unpack_from("<I", data, place + 24)[0] - 1)
    path.write_bytes(data)
    assert "another size" in refusal(path).what_happened


def test_parts_that_are_large_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = random.Random(1)  # noqa: S311 - the same noise every time
    parts = {f"xl/media/{number}.png": noise.randbytes(60_000) for number in range(5)}
    path = save(tmp_path / "a.xlsx", {**xlsx_parts({"S": GOOD}), **parts})
    check_archive(path)
    monkeypatch.setattr(archives, "MOST_UNPACKED", 250_000)
    with pytest.raises(AmheError, match="more than 250 kB"):
        check_archive(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        {**xlsx_parts({"S": GOOD}), **{f"xl/{number}": "" for number in range(archives.MOST_ENTRIES)}},
    )
    assert "parts" in refusal(path).what_happened


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = xlsx(tmp_path / "inner.xlsx", {"S": GOOD}).read_bytes()
    assert (
        "an archive of files" in refusal(save(tmp_path / "a.xlsx", {"one.zip": inner, "two.zip": inner})).what_happened
    )


def test_a_cell_far_away(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    error = refusal(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(rows)}))
    assert "row 1,048,576 and column 16,384" in error.what_happened


def test_a_cell_that_says_another_row_than_its_own(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><f>1</f></c></row>'
    assert refusal(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(rows)})).title == "Too large"


def test_a_far_cell_without_anything_in_it_does_no_harm(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    with workbook_sheets(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(rows)})) as (sheet,):
        assert (sheet.rows, sheet.columns) == (1, 1)


@pytest.mark.parametrize("named", [True, False])
def test_a_million_columns(tmp_path: Path, named: bool) -> None:
    cells = '<c r="BDWGN1"><v>1</v></c>' if named else "<c><v>1</v></c>" * 20_000
    assert refusal(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(f'<row r="1">{cells}</row>')})).title in (
        "Too large",
        "Not safe to open",
    )


def test_repeated_cells_that_fill_a_sheet(tmp_path: Path) -> None:
    table = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="percentage" office:value="1"/></table:table-row></table:table>'
    )
    assert refusal(ods(tmp_path / "a.ods", table)).title == "Too large"


def test_what_brings_the_reader_down_ends_only_the_child(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", [(0, 0, "a"), (1_048_575, 16_383, 1.0)])
    assert "brought down" in refusal(path).what_happened


if sys.platform == "linux":

    def test_the_child_limits_its_memory_before_it_reads() -> None:
        code = "from amhe_tui.intake.files.workbooks.child import MEMORY, limit_self; limit_self(); bytearray(MEMORY)"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=HOUSE, capture_output=True, encoding="utf-8", check=False
        )
        assert "MemoryError" in done.stderr


def test_a_reader_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "SECONDS", 0.001)
    assert refusal(xlsx(tmp_path / "a.xlsx", {"S": GOOD})).title == "Takes too long"


def test_a_cell_of_millions_of_letters(tmp_path: Path) -> None:
    text = random.Random(1).randbytes(1_000_000).hex()  # noqa: S311 - the same noise every time
    assert (
        refusal(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(f'<row r="1">{words("A1", text)}</row>')})).title
        == "Cell too long"
    )


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', '<!DOCTYPE x SYSTEM "secrets.txt">', '<!DOCTYPE x [<!ENTITY a SYSTEM "http://example.org/">]>'],
)  # fmt: skip
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_declarations_in_a_part(tmp_path: Path, declared: str, part: str) -> None:
    parts = xlsx_parts({"S": GOOD})
    head, _, rest = str(parts[part]).rpartition("?>")
    path = save(tmp_path / "a.xlsx", {**parts, part: f"{head}?>{declared}{rest}" if head else declared + rest})
    assert refusal(path).title == "Not safe to open"


def test_links_to_elsewhere_are_left_alone(tmp_path: Path) -> None:
    with socket.create_server(("localhost", 0)) as listener:
        listener.setblocking(False)
        address = f"http://localhost:{listener.getsockname()[1]}"
        cells = f'<c r="A1"><f>[1]Tab!A1</f><v>42</v></c><c r="B1"><f>WEBSERVICE("{address}")</f></c>'
        parts = xlsx_parts({"S": sheet_xml(f'<row r="1">{cells}</row>')})
        link = f'<Relationship Id="rId99" Type="x/externalLink" Target="{address}/a.xlsx" TargetMode="External"/></Relationships>'
        parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", link)
        path = save(tmp_path / "a.xlsx", {**parts, "xl/externalLinks/externalLink1.xml": "<externalLink/>"})
        with workbook_sheets(path) as (sheet,):
            assert sheet.path.read_text(encoding="utf-8").rstrip("\n,") == "42"
            assert sheet.uncounted_formulas == 1
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_controls_in_cells_do_not_end_the_text(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", xls_words(0, 0, "a\x00b") + xls_words(0, 1, "c"))
    with workbook_sheets(path) as (sheet,):
        assert sheet.path.read_text(encoding="utf-8") == "ab,c\n"


def encrypted_part(path: Path) -> Path:
    xlsx(path, {"S": GOOD})
    data = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(sign) + flags] |= 1
    path.write_bytes(data)
    return path


def sealed(path: Path) -> Path:
    path.write_bytes(compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(64)}))
    return path


def locked_document(path: Path) -> Path:
    manifest = '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"\x93\x01\xff" * 90}
    return save(path, {**parts, "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize(
    "make",
    [sealed, encrypted_part, locked_document, lambda path: xls(path, xls_number(0, 0, 0, 1.0), locked=True)],
    ids=["sealed", "part", "document", "old"],
)
def test_a_password(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    error = refusal(make(tmp_path / "a.xlsx"))
    assert error.title == "Password"
    assert "without" in error.what_to_do


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"\xff\xd8\xff\xe0", "picture"), (b"SQLite format 3\x00", "database"),
        (b"<!DOCTYPE html><html><table><tr><td>1", "web page"), (b"\xef\xbb\xbf\r\n<html><body>", "web page"), (b"<table border=1><tr>", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "saved as XML"),
        (b"{\\rtf1\\ansi", "document"), (b"\t\x08\x08\x00\x00\x05\x05\x00", "before 1995"), (b"7z\xbc\xaf\x27\x1c", "archive"), (b"\x7fELF\x02", "program"),
        ("<html><table>".encode("utf-16"), "web page"),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, head: bytes, kind: str) -> None:
    for name in ("table.xls", "table.csv", "table.xlsx"):
        path = tmp_path / name
        path.write_bytes(head)
        with pytest.raises(AmheError) as caught:
            refuse_what_is_no_table(path)
        assert kind in caught.value.what_happened
        assert not is_workbook(path)
        assert kind in refusal(path).what_happened


@pytest.mark.parametrize(
    "text", ["a,b\n", "<5,b\n1,2\n", "[a],b\n", "{a},b\n", "﻿group;n\n", "GIF,b\n1,2\n", "PAR1,PAR2\n", "BZh,b\n"]
)
def test_what_is_text_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text(text, encoding="utf-8")
    assert refuse_what_is_no_table(path) is Kind.TEXT
    assert "is a text file" in refusal(path).what_happened


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}, "a text document"),
        ({"ppt/presentation.xml": "<a/>"}, "a set of slides"),
        ({"a.csv": "a,b"}, "an archive of files"),
        ({}, "an empty archive"),
        (
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": "<a/>",
                "META-INF/manifest.xml": "<a/>",
            },
            "a text document",
        ),
    ],
)
def test_other_office_files(tmp_path: Path, parts: dict[str, str], kind: str) -> None:
    assert kind in refusal(save(tmp_path / "table.xlsx", parts)).what_happened


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("WordDocument", "a text document"), ("PowerPoint Document", "slides"), ("Other", "without a sheet")],
)
def test_other_old_office_files(tmp_path: Path, stream: str, kind: str) -> None:
    path = tmp_path / "table.xls"
    path.write_bytes(compound({stream: b"x"}))
    assert kind in refusal(path).what_happened


def test_a_compressed_file_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(xlsx(tmp_path / "a.xlsx", {"S": GOOD}).read_bytes()))
    with pytest.raises(AmheError, match="compressed"):
        refuse_what_is_no_table(path)
    path.write_bytes(gzip.compress(b"a,b\n"))
    assert refuse_what_is_no_table(path) is Kind.GZIP
    path.write_bytes(gzip.compress(b'[{"a": 1}]'))
    assert refuse_what_is_no_table(path) is Kind.JSON
    path.write_bytes(gzip.compress(b"a,b\n" * 9000)[:20])
    with pytest.raises(AmheError, match="cannot be unpacked"):
        refuse_what_is_no_table(path)


class Zeros(io.RawIOBase):
    """A stream that never ends."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self.given += len(buffer)
        return len(buffer)


def test_a_stream_without_end_is_cut() -> None:
    zeros = Zeros()
    stream = bounded(zeros, 5_000_000)
    with pytest.raises(AmheError, match="beyond 5 MB"):
        stream.read()
    assert zeros.given < 8_000_000
    assert bounded(io.BytesIO(b"abc"), 3).read() == b"abc"
    with pytest.raises(AmheError, match="beyond 2 bytes"):
        bounded(io.BytesIO(b"abc"), 2).read()


def test_compressed_zeros_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(bytes(20_000_000)))
    with (
        gzip.open(path) as stream,
        pytest.raises(AmheError, match="beyond 1 MB"),
        io.TextIOWrapper(bounded(stream, 1_000_000)) as text,
    ):
        text.read()


READERS = [workbook_sheets, json_table]
OPENERS: list[Callable[[Path], object]] = [kind_of, is_workbook, refuse_what_is_no_table, open_regular]


def refuse_everywhere(path: Path, what: str) -> None:
    for read in READERS:
        assert what in refusal(path, read).what_happened  # type: ignore[arg-type]
    for look in OPENERS:
        with pytest.raises(AmheError, match=what):
            look(path)


def test_a_folder(tmp_path: Path) -> None:
    refuse_everywhere(tmp_path, "is a folder")


def test_a_missing_file(tmp_path: Path) -> None:
    refuse_everywhere(tmp_path / "none.xlsx", "cannot be read")


if sys.platform != "win32":

    def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.csv")
        refuse_everywhere(tmp_path / "pipe.csv", "a pipe or a device")

    def test_devices() -> None:
        refuse_everywhere(Path("/dev/zero"), "a pipe or a device")


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    assert kind_of(path) is Kind.TEXT
    refusal(path)


@pytest.mark.parametrize("what", ["written", "replaced", "removed"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n")
    (tmp_path / "new").write_text("c,d\n")
    changes: dict[str, Callable[[], object]] = {
        "written": lambda: path.write_text("a,b\n1,2\n"),
        "removed": path.unlink,
        "replaced": lambda: (tmp_path / "new").replace(path),
    }
    with pytest.raises(AmheError, match="changed by another program"), unchanged(path):
        changes[what]()
    path.write_text("a,b\n")
    with unchanged(path):
        path.read_text()


def test_a_copy_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(1000))
    copy_steady(tmp_path / "a", tmp_path / "b", 1000)
    assert (tmp_path / "b").read_bytes() == bytes(1000)
    with pytest.raises(AmheError, match="beyond 999 bytes"):
        copy_steady(tmp_path / "a", tmp_path / "b", 999)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_damage_anywhere_is_refused_or_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    table = '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="float" office:value="7"/></table:table-row></table:table>'
    make: dict[str, Callable[[], Path]] = {
        "xlsx": lambda: xlsx(path, {"S": GOOD}),
        "xls": lambda: xls(path, xls_words(0, 0, "group") + xls_number(1, 0, 1, 0.5)),
        "ods": lambda: ods(path, table),
    }
    whole, luck = make[kind]().read_bytes(), random.Random(kind)  # noqa: S311 - the same damage every time
    refused = 0
    for attempt in range(12):
        data = bytearray(whole)
        if attempt % 2:
            del data[luck.randrange(8, len(data)) :]
        for _ in range(1 + attempt % 3):
            data[luck.randrange(8, len(data))] = luck.randrange(256)
        path.write_bytes(data)
        try:
            with workbook_sheets(path) as sheets:
                assert all(sheet.path.is_file() for sheet in sheets)
        except AmheError as error:
            refused += 1
            assert error.what_to_do  # noqa: PT017
    assert refused
