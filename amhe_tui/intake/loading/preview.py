"""What was understood of a file, in plain data that outlives the opened file: for the import screen and ``amhe import --dry-run``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from amhe_tui.intake.files.sniff import DELIMITERS
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides, Part, Understood, in_hand
from amhe_tui.intake.publishers.registry import called
from amhe_tui.intake.tables.column_mapping import HIDDEN_ROLES, ROLES, columns_for, said
from amhe_tui.intake.tables.layout import Layout
from amhe_tui.intake.tables.shape import Note

_NOTES_SHOWN = 200


@dataclass(frozen=True)
class ColumnSeen:
    """One column: its name, what it was taken to mean, and some of what is in it."""

    name: str
    role: str
    examples: tuple[str, ...]
    filled: float


@dataclass(frozen=True)
class TableSeen:
    """One table: its sheet, the line above it, the rows that name its columns, and its layout."""

    sheet: str
    title: str
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[str, ...]
    layout: str
    family: str


@dataclass(frozen=True)
class Preview:
    """What was understood.

    Attributes:
        layout: The layout's name.
        family: Whether it holds ``figures``, ``answers`` of people or a ``list`` of things.
        summary: One sentence on it.
        columns: The columns of the table that is shown.
        rows: Its first rows, as text.
        encoding, delimiter, line_ends: How the bytes were read; "" for a workbook.
        header_rows: The rows that name the columns.
        sheets: The sheets of a workbook, and why one holds nothing to read.
        sheet: The sheet shown.
        tables: All tables of the file.
        mapping: What the columns were taken to mean; None for a layout that is known.
        notes: Titles, notes and footers around the table.
        hidden_rows: Rows the workbook hides.
        warnings: What is odd about the file.
    """

    layout: str
    family: str
    summary: str
    columns: tuple[ColumnSeen, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    delimiter: str
    line_ends: str
    header_rows: tuple[int, ...]
    sheets: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    tables: tuple[TableSeen, ...] = ()
    mapping: Mapping[str, Any] | None = None
    notes: tuple[Note, ...] = field(default=())
    hidden_rows: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as ``amhe import --dry-run --json`` prints it."""
        # Mappings that people have saved name theirs by this key.
        return {"meaning" if name == "mapping" else name: value for name, value in asdict(self).items()}


def preview(file: Path | DataFile, overrides: ImportOverrides | None = None) -> Preview:
    """Return what was understood of a file; nothing is written.

    Raises:
        AmheError: It is not a table that can be read.
    """
    with in_hand(file) as data_file, data_file.understood(overrides) as seen:
        return _preview(seen)


def _preview(seen: Understood) -> Preview:
    main = seen.main
    text = main.page.text
    is_text = seen.opened.kind == "text"
    return Preview(
        layout=main.name,
        family=main.family,
        summary=_summary(seen, main),
        columns=_columns(main),
        rows=main.sample,
        encoding=text.encoding if is_text else "",
        delimiter=text.delimiter if is_text else "",
        line_ends=text.lines if is_text else "",
        header_rows=main.table.header_rows,
        sheets=tuple((page.name, page.remark) for page in seen.opened.pages) if seen.opened.kind == "workbook" else (),
        sheet=main.page.name,
        tables=tuple(
            TableSeen(
                part.page.name,
                part.table.title,
                part.table.header_rows,
                part.table.first,
                part.table.columns,
                part.name,
                part.family,
            )
            for part in seen.parts
        ),
        mapping=dict(main.mapping) if main.mapping is not None else None,
        notes=main.table.notes[:_NOTES_SHOWN],
        hidden_rows=main.page.hidden_rows,
        warnings=(*seen.warnings, *seen.doubts),
    )


def _columns(part: Part) -> tuple[ColumnSeen, ...]:
    roles = {name: role for role in (*dict(ROLES), *HIDDEN_ROLES) for name in columns_for(part.mapping or {}, role)}
    if part.mapping is None and part.layout is not None:
        roles = _known_roles(part, part.layout)
    return tuple(
        ColumnSeen(profile.name, roles.get(profile.name, ""), profile.cells[:6], round(profile.filled, 3))
        for profile in part.profiles
    )


def _known_roles(part: Part, layout: Layout) -> dict[str, str]:
    """Return what each column means in a layout that is known; where a column says several things, the first of them."""
    roles = (
        ("value", tuple(value.column for value in layout.values)),
        ("indicator", layout.quantity_columns),
        ("period", layout.period_columns),
        ("area", layout.area_columns),
        ("group", (*layout.category_columns, *layout.category_otherwise)),
    )
    places = {column: role for role, columns in reversed(roles) for column in columns}
    names = dict(zip(part.table.places, part.table.columns, strict=False))
    return {names[place]: role for place, role in places.items() if place in names}


def _summary(seen: Understood, part: Part) -> str:
    """Return one sentence on what a file is."""
    text = part.page.text
    opening = f"Read as {called(part.name)}: {len(part.table.columns)} columns"
    if seen.opened.kind == "workbook":
        tables = len(seen.parts)
        return f"{opening}, sheet {part.page.name}" + (f"; {tables} tables in all." if tables > 1 else ".")
    if seen.opened.kind == "json":
        return f"{opening}, from a JSON list."
    packed = ", compressed" if text.compressed else ""
    return f"{opening}, separated by {DELIMITERS.get(text.delimiter, text.delimiter)}, {text.encoding}{packed}."


def says(preview_of: Preview, role: str) -> str:
    """Return the columns that have a role, or the word that stands for it, as a person reads them."""
    mapping = preview_of.mapping or {}
    return ", ".join(columns_for(mapping, role)) or said(mapping, role)
