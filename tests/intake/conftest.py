"""What tests of misread files share: a file of one's own words, read as the program reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.intake_adapter import Tidy, load


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Any]:
    """Read words as a file, or rows by sheet as a workbook; each file stands in a folder of its own."""
    opened: list[Tidy] = []

    def reading(words: str | dict[str, list[list[Any]]], name: str = "") -> Tidy:
        folder = tmp_path / str(len(opened))
        folder.mkdir(exist_ok=True)
        path = folder / (name or f"northmere.{'csv' if isinstance(words, str) else 'xlsx'}")
        if isinstance(words, str):
            path.write_text(words, encoding="utf-8")
        else:
            with Workbook(path) as book:
                for sheet_name, rows in words.items():
                    sheet = book.add_worksheet(sheet_name)
                    for number, row in enumerate(rows):
                        sheet.write_row(number, 0, row)
        opened.append(load(str(path)))
        return opened[-1]

    yield reading
    for found in opened:
        found.close()
