"""Workbooks to plain text; runs in the second process only."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import check_archive, damaged
from amhe_tui.intake.files.kinds import Kind, kind_of
from amhe_tui.intake.files.workbooks.cells import Value, cell_text
from amhe_tui.intake.files.workbooks.marks import Marks, protected
from amhe_tui.intake.files.workbooks.ods import ods_marks
from amhe_tui.intake.files.workbooks.xls import xls_marks
from amhe_tui.intake.files.workbooks.xlsx import xlsx_marks
from amhe_tui.text import one_line

MOST_SHEETS = 500


@dataclass(frozen=True)
class Found:
    """One sheet as it is handed to the first process; the names are those of ``Sheet``."""

    name: str
    file: str
    rows: int
    columns: int
    hidden_rows: list[int]
    hidden_columns: list[int]
    hidden: bool
    merged: list[tuple[int, int, int, int]]
    note: str
    uncounted_formulas: int


def read_workbook(path: Path, folder: Path) -> list[Found]:
    """Read all sheets of a workbook and write one text file a sheet into ``folder``.

    Raises:
        AmheError: It is no workbook, or one that cannot or shall not be read.
    """
    kind, marks = _marks(path)
    # The reader goes by the end of the name, and only then says what is wrong.
    path = path.rename(path.with_suffix(f".{kind}"))
    try:
        with CalamineWorkbook.from_path(path) as workbook:  # pyright: ignore[reportUnknownMemberType] - its types leave PathLike open
            if len(workbook.sheets_metadata) > MOST_SHEETS:
                raise AmheError(
                    "Too large",
                    f"The workbook has {len(workbook.sheets_metadata):,} sheets.",
                    "Save the sheets you need as a workbook of their own.",
                )
            return [
                _read(workbook, number, about, marks.get(about.name, Marks()), folder)
                for number, about in enumerate(workbook.sheets_metadata)
            ]
    except PasswordError as error:
        raise protected() from error
    except CalamineError as error:
        raise damaged() from error


def _marks(path: Path) -> tuple[str, dict[str, Marks]]:
    """Return what a workbook is and, by the names of its sheets, what the reader does not tell; it reads nothing before this has let it pass."""
    if kind_of(path) is Kind.COMPOUND:
        return "xls", xls_marks(path)
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        kind = archive_kind(archive)
        if kind not in _READ:
            raise AmheError("Not a workbook", f"It is {kind}, whatever its name says.", _ADVICE.get(kind, _OTHERWISE))
        try:
            return kind, xlsx_marks(archive) if kind == "xlsx" else ods_marks(archive) if kind == "ods" else {}
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise damaged() from error


_READ = ("xlsx", "xlsb", "ods")


_OTHERWISE = "Choose a CSV file, a workbook or a JSON file."


_ADVICE = {
    "a text document": "Copy the table into a spreadsheet and save it as CSV.",
    "a set of slides": "Copy the table into a spreadsheet and save it as CSV.",
    "an archive of files": "Unpack it first, then choose the file inside.",
    "an empty archive": "Download it again.",
}


_SIGNS = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("word/", "a text document"),
    ("ppt/", "a set of slides"),
)


def archive_kind(archive: zipfile.ZipFile) -> str:
    """Return what a zip archive is by the names of its parts: xlsx, xlsb, ods, or in words what else."""
    lowered = {name.lower(): name for name in archive.namelist()}
    for sign, kind in _SIGNS:
        if sign in lowered or (sign.endswith("/") and any(name.startswith(sign) for name in lowered)):
            return kind
    if "content.xml" in lowered and "meta-inf/manifest.xml" in lowered:
        with archive.open(lowered.get("mimetype", lowered["content.xml"])) as stream:
            what = stream.read(200)
        if b"opendocument" in what and b"spreadsheet" not in what:
            return "a set of slides" if b"presentation" in what else "a text document"
        return "ods"
    return "an archive of files" if lowered else "an empty archive"


def _read(workbook: CalamineWorkbook, number: int, about: SheetMetadata, marks: Marks, folder: Path) -> Found:
    file = f"{number + 1}.csv"
    rows = columns = 0
    note = "" if about.typ is SheetTypeEnum.WorkSheet else "chart sheet"
    merged = marks.merged
    with (folder / file).open("w", encoding="utf-8", newline="") as text:
        if not note:
            try:
                sheet = workbook.get_sheet_by_index(number)
            except WorksheetNotFound:
                note = "chart sheet"
            else:
                merged = merged or _merged(sheet)
                rows, columns = write_rows(text_rows(sheet, marks), text)
    if not note and not rows:
        note = "only a picture" if marks.picture else "empty"
    return Found(
        name=one_line(about.name),
        file=file,
        rows=rows,
        columns=columns,
        hidden_rows=sorted(row for row in marks.hidden_rows if row <= rows),
        hidden_columns=sorted(column for column in marks.hidden_columns if column <= columns),
        hidden=about.visible is not SheetVisibleEnum.Visible,
        merged=merged,
        note=note,
        uncounted_formulas=marks.uncounted_formulas,
    )


def _merged(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    return [
        (first + 1, left + 1, last + 1, right + 1) for (first, left), (last, right) in sheet.merged_cell_ranges or []
    ]


def text_rows(sheet: CalamineSheet, marks: Marks) -> Iterator[list[str]]:
    """Yield every row of a sheet from its first, each from column A, as text."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        line = marks.cells.get(number)
        cells: list[Value] = [*left, *row]
        if line is None:
            yield [cell_text(value) for value in cells]
        else:
            line = line.ljust(len(cells), b"\0")
            yield list(map(cell_text, cells, line))


def write_rows(rows: Iterable[list[str]], text: object) -> tuple[int, int]:
    """Write rows as comma-separated values and return how many rows and columns they have; empty ones at the end are left out.

    All rows but the last empty ones are written, so that the number of a record in the file is the row's.
    """
    writer = csv.writer(text, lineterminator="\n")  # type: ignore[arg-type]
    blank = number = columns = 0
    for row in rows:
        if not any(row):
            blank += 1
            continue
        while blank:
            writer.writerow([""] * len(row))
            blank -= 1
            number += 1
        writer.writerow(row)
        number += 1
        columns = max(columns, len(row))
    return number, columns
