"""Bring one data file into a programme: its record, its rows, and one journal entry that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from amhe_tui.intake.importing import ImportResult, import_file
from amhe_tui.method.choices import SourceKind
from store.identity import uuid7
from store.records import DataSource
from store.workspace import Workspace

Progress = Callable[[int, int, int], None]
"""Called with the bytes read, the bytes in all and the rows so far."""

_ABOUT: Mapping[str, Mapping[str, str]] = {
    "talking_therapies": {
        "title": "NHS Talking Therapies, annual figures",
        "kind": SourceKind.OUTCOME,
        "publisher": "NHS England",
        "licence": "Open Government Licence v3.0",
        "suppression": "Counts below 5 are hidden and others rounded to 5 below England.",
    },
    "mhsds": {
        "title": "Mental Health Services Data Set, monthly figures",
        "kind": SourceKind.USAGE,
        "publisher": "NHS England",
        "licence": "Open Government Licence v3.0",
        "suppression": "Counts below 5 are hidden and others rounded to 5 below England.",
    },
}


def bring(
    workspace: Workspace,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    about: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Read a file into the programme, whole or not at all; undo takes it out again.

    Args:
        workspace: The open programme.
        path: The file.
        mapping: Which column means what, for a tidy table whose layout is not known.
        about: Fields of the data source that the person gave.
        progress: Told how far it is.
        cancelled: Asked between chunks; true stops and leaves nothing behind.

    Raises:
        AmheError: The file cannot be read, is here already, or the person stopped.
    """
    source_id = uuid7()
    result = import_file(path, workspace.write, source_id, mapping=mapping, progress=progress, cancelled=cancelled)
    described: dict[str, Any] = {"title": path.stem.replace("_", " "), **_ABOUT.get(result.layout, {}), **(about or {})}
    source = DataSource(
        **described,
        id=source_id,
        period=_between(result.periods),
        geography=_some(result.areas),
        file_name=path.name,
        content_hash=result.content_hash,
        layout=result.layout,
        rows=result.rows,
    )
    with workspace.change(f"Import {path.name}") as change:
        change.add(source)
    return result


def _between(periods: tuple[str, ...]) -> str:
    ordered = sorted(periods)
    return "" if not ordered else ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def _some(areas: tuple[str, ...]) -> str:
    first = list(areas)[:3]
    more = len(areas) - len(first)
    return ", ".join(first) + (f" and {more:,} more" if more > 0 else "")
