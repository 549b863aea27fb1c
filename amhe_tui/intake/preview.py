"""What was understood of a file, before anything of it is written."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.layouts import ROLES, guess_roles, recognise
from amhe_tui.intake.sniff import LONGEST_CELL, opened, sniff
from amhe_tui.text import one_line, shorten

NAMES = {
    "mhsds": "the monthly Mental Health Services Data Set",
    "talking_therapies": "the annual figures of NHS Talking Therapies",
    "tidy": "a table whose columns you name",
}


@dataclass(frozen=True)
class Preview:
    """What was understood.

    Attributes:
        layout: The layout's name.
        summary: One sentence on it.
        columns: The names in the header.
        rows: The first rows, as text.
        encoding, delimiter: How the bytes were read.
        roles: What a column can mean, where the person is to say; empty for a published layout.
        mapping: The best guess of which column means what.
    """

    layout: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    roles: tuple[tuple[str, str], ...] = ()
    mapping: dict[str, str] | None = None


def preview(path: Path, limit: int = 20) -> Preview:
    """Return what was understood of a file from its first rows.

    Raises:
        AmheError: It is not a table that can be read.
    """
    seen = sniff(path)
    csv.field_size_limit(LONGEST_CELL)
    try:
        with opened(path, compressed=seen.compressed, encoding=seen.encoding) as (text, _):
            found = list(islice(csv.reader(text, delimiter=seen.delimiter), 1, limit + 1))
    except (csv.Error, UnicodeError, EOFError, OSError) as error:
        raise AmheError(
            "Cannot be read",
            f"{path.name} cannot be read ({shorten(str(error), 80)}).",
            "Open it in a spreadsheet and save it again as CSV (UTF-8).",
        ) from error
    rows = tuple(tuple(one_line(cell) for cell in row) for row in found)
    known = recognise(seen.header)
    name = known.name if known is not None else "tidy"
    packed = ", compressed" if seen.compressed else ""
    separator = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar", "¬": "not sign"}[seen.delimiter]
    summary = f"Read as {NAMES[name]}: {len(seen.header)} columns, separated by {separator}, {seen.encoding}{packed}."
    if known is not None:
        return Preview(name, summary, seen.header, rows, seen.encoding, seen.delimiter)
    return Preview(name, summary, seen.header, rows, seen.encoding, seen.delimiter, ROLES, guess_roles(seen.header))
