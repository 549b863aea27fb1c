"""Workbooks as plain text, one file a sheet: parsed by a second process that may die of a crafted file without harm to this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import amhe_tui
from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import copy_steady
from amhe_tui.intake.files.kinds import Kind, kind_of, refuse_what_is_no_table

MOST_BYTES = 100_000_000
"""The largest workbook, as it lies on the disk."""


SECONDS = 90
"""A child that takes longer is stopped; the largest workbook that is let through takes a third of it."""


_CONTAINERS = (Kind.ARCHIVE, Kind.COMPOUND)


ANSWER = "answer.json"


SOURCE = "source"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, as text.

    Attributes:
        name: What its tab says.
        path: A file of comma-separated values, UTF-8, lines ending in LF; record n is row n of the sheet and begins at column A. It is gone once the
            workbook is let go.
        rows, columns: The size up to the last row and column with something in them.
        hidden_rows, hidden_columns: Their numbers in the sheet, from 1; only those within the size. They are in the file like all others.
        hidden: The sheet itself is hidden.
        merged: Cells joined into one: first row, first column, last row, last column, from 1. The text stands in the first of them.
        note: Why there is nothing to read ("only a picture", "empty", "chart sheet"), or "".
        uncounted_formulas: Formulas that nobody has worked out yet: their cells are empty.
    """

    name: str
    path: Path
    rows: int
    columns: int
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    note: str = ""
    uncounted_formulas: int = 0


def is_workbook(path: Path) -> bool:
    """Say whether a file is in a container that spreadsheets use, whatever its name; only opening it tells what is inside.

    Raises:
        AmheError: It is no file, or may not be read.
    """
    return kind_of(path) in _CONTAINERS


@contextmanager
def workbook_sheets(path: Path) -> Generator[tuple[Sheet, ...]]:
    """Give all sheets of an xlsx, xlsm, xlsb, xls or ods workbook, in its order; what was unpacked is removed at the end.

    Raises:
        AmheError: It is no workbook, is damaged, protected by a password, too large or not safe to open, or changed meanwhile.
    """
    kind = refuse_what_is_no_table(path)
    if kind not in _CONTAINERS:
        raise AmheError(
            "Not a workbook",
            f"{path.name} is {kind.value}, whatever its name says.",
            "Import it under a name that ends in .json."
            if kind is Kind.JSON
            else "Import it under a name that ends in .csv.",
        )
    with child_sheets(path, "workbook") as sheets:
        yield sheets


@contextmanager
def child_sheets(path: Path, kind: str) -> Generator[tuple[Sheet, ...]]:
    """Give the sheets that a second process makes of a file; ``kind`` is "workbook" or "json"."""
    with TemporaryDirectory(prefix="amhe-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy_steady(path, folder / SOURCE, MOST_BYTES)
        _run(folder, kind, path.name)
        yield tuple(_sheet(folder, details) for details in _answer(folder, path.name))


def _run(folder: Path, kind: str, name: str) -> None:
    # Only what is installed beside this program is found: never a module that lies in the person's folder.
    house = str(Path(amhe_tui.__file__).resolve().parents[1])
    paths = os.pathsep.join([house, *(entry for entry in sys.path if entry and entry != house)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-m", "amhe_tui.intake.files.workbooks.child", kind, str(folder)]
    try:
        subprocess.run(  # noqa: S603 - our own program, with a folder that we made
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise AmheError(
            "Takes too long",
            f"{name} could not be read within {SECONDS} seconds; nothing of it was kept.",
            "Open it in a spreadsheet and save the sheet you need as CSV.",
        ) from error


def _answer(folder: Path, name: str) -> list[dict[str, Any]]:
    try:
        answer = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        # The child wrote nothing: it was killed, by its own limits or by a parser that gave up.
        raise AmheError(
            "Not safe to open",
            f"{name} brought down the program part that reads such files: it is damaged, far too large, or made to do harm.",
            "If you trust it, open it in a spreadsheet and save the sheet you need as CSV.",
        ) from error
    if refusal := answer.get("refusal"):
        title, what_happened, what_to_do = refusal
        raise AmheError(title, f"{name}: {what_happened[:1].lower()}{what_happened[1:]}", what_to_do)
    return answer["sheets"]


def _sheet(folder: Path, details: dict[str, Any]) -> Sheet:
    return Sheet(
        name=details["name"],
        path=folder / details["file"],
        rows=details["rows"],
        columns=details["columns"],
        hidden_rows=tuple(details["hidden_rows"]),
        hidden_columns=tuple(details["hidden_columns"]),
        hidden=details["hidden"],
        merged=tuple((first, left, last, right) for first, left, last, right in details["merged"]),
        note=details["note"],
        uncounted_formulas=details["uncounted_formulas"],
    )


@contextmanager
def json_table(path: Path) -> Generator[Sheet]:
    """Give the table in a JSON file, one row an object or a service; what was written is removed at the end.

    Raises:
        AmheError: It is not JSON, or holds no list of objects.
    """
    with child_sheets(path, "json") as (sheet,):
        yield sheet
