"""Rows as a workbook to hand back: text cells only, nothing that a spreadsheet would work out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from amhe_tui.atomic import atomic_write
from amhe_tui.errors import AmheError
from amhe_tui.text import clean

MOST_ROWS = 1_048_575
"""Rows under a header in one sheet; what is more goes to the next."""


MOST_COLUMNS = 16_384


LONGEST_TEXT = 32_767


_CUT = " … (cut here)"


_ACTIVE = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - full-width signs are obeyed by some spreadsheets too


_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)%?|[-+=@]")
"""What may begin with a sign: a number, or a sign that stands alone."""


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, also after it was saved as CSV: an apostrophe goes before what begins like one."""
    text = clean(text)
    if _ACTIVE.match(text) and not _NUMBER.fullmatch(text):
        text = "'" + text
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def save_rows_as_workbook(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str = "Rows"
) -> int:
    """Write rows as an xlsx workbook, whole or not at all; an existing file of that name is replaced.

    Args:
        path: Where to; the folder is there.
        header: The names of the columns.
        rows: The rows, as text; they are taken one at a time.
        sheet: What its tab says.

    Returns:
        The number of rows written.

    Raises:
        AmheError: The file cannot be written, or has more columns than a spreadsheet.
    """
    try:
        with atomic_write(path) as part:
            number = _write(part, header, rows, sheet)
    except OSError as error:
        why = error.strerror or "the disk refused it"
        raise AmheError(
            "Not saved", f"{path.name} could not be written ({why}).", "Choose another folder, or make room."
        ) from error
    return number


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> int:
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
    from xlsxwriter.exceptions import XlsxFileError  # pyright: ignore[reportMissingTypeStubs]

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    number = 0
    try:
        with xlsxwriter.Workbook(os.fspath(path), options) as book:
            sheet = _sheet(book, name, header)
            for number, row in enumerate(rows, 1):
                place = (number - 1) % MOST_ROWS
                if number > 1 and place == 0:
                    sheet = _sheet(book, f"{name} {(number - 1) // MOST_ROWS + 1}", header)
                _line(sheet, place + 1, row)
    except XlsxFileError as error:
        raise OSError(str(error)) from error
    return number


def _sheet(book: Any, name: str, header: Sequence[str]) -> Any:
    sheet: Any = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", clean(name))[:31].strip("' ") or "Rows")
    sheet.freeze_panes(1, 0)
    _line(sheet, 0, header)
    return sheet


def _line(sheet: Any, number: int, row: Sequence[str]) -> None:
    if len(row) > MOST_COLUMNS:
        raise AmheError(
            "Not saved", f"A row has {len(row):,} cells, more than a spreadsheet holds.", "Save fewer columns."
        )
    for column, text in enumerate(row):
        if text:
            sheet.write_string(number, column, harmless(text))
