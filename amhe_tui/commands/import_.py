"""Bring data files into a programme; named with a stroke because Python keeps the bare word for itself."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amhe_tui.commands.output import out, say
from amhe_tui.errors import AmheError

if TYPE_CHECKING:
    from amhe_tui.intake.loading.engine import ImportResult
    from amhe_tui.intake.loading.preview import Preview
    from store.workspace import Workspace

HELP = "bring data files into a programme"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, and what is told of their layout."""
    parser.add_argument("file", type=Path)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument(
        "--map",
        type=Path,
        default=None,
        help="what the columns mean, as JSON; --dry-run --json prints one to begin with",
    )
    parser.add_argument(
        "--treated",
        choices=("yes", "no"),
        default="",
        help="yes: their publisher has hidden and rounded small numbers; believed only where the figures show it too",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what was understood, and write nothing")
    parser.add_argument("--sheet", default=None, help="the sheet of a workbook; otherwise all that hold figures")
    parser.add_argument("--header", default=None, help="the rows that name the columns, such as 8 or 1,2,3")
    parser.add_argument("--encoding", default=None, help="how the letters are encoded; otherwise told from the file")
    parser.add_argument("--delimiter", default=None, help="what stands between cells; otherwise told from the file")
    parser.add_argument(
        "--save-set-aside", type=Path, default=None, help="save rows that could not be read in this workbook"
    )
    parser.add_argument("--json", action="store_true")


_SHOWN = 5


def _mapping(path: Path | None) -> Mapping[str, Any] | None:
    if path is None:
        return None
    try:
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AmheError(
            "No mapping",
            f"{path.name} cannot be read as JSON.",
            "Give a file such as one that --dry-run --json prints under “meaning”.",
        ) from error
    whole = cast("dict[str, object]", content) if isinstance(content, dict) else {}
    mapping = whole.get("meaning", whole)
    if not isinstance(mapping, dict) or not mapping:
        raise AmheError(
            "No mapping",
            f"{path.name} holds no mapping.",
            'It should name a column for each role, such as: {"value": "Count"}.',
        )
    return cast("dict[str, Any]", mapping)


def run(given: argparse.Namespace) -> int:
    """Import data files, each whole or not at all; with ``--dry-run`` only say what was understood."""
    from amhe_tui.intake.loading.understand import ImportOverrides

    header = tuple(int(row) for row in given.header.split(",")) if given.header else ()
    overrides = ImportOverrides(
        given.sheet or "", header, given.encoding or "", given.delimiter or "", _mapping(given.map)
    )
    if given.dry_run:
        return _dry_run(given, overrides)
    from amhe_tui.intake.loading.bring import bring
    from store.workspace import Workspace

    results: list[dict[str, object]] = []
    with Workspace.open(given.file) as workspace:
        for path in given.data:
            about = {"treated": given.treated} if given.treated else {}
            shown = _progress if sys.stderr.isatty() else None
            result = bring(workspace, path, overrides=overrides, about=about, progress=shown)
            if given.treated == "yes":
                _say_whether_believed(workspace, path.name, result.content_hash)
            _narrate(path, result)
            results.append(_result_json(path, result))
            if given.save_set_aside and result.rejected:
                from amhe_tui.intake.loading.bring import save_rejected_rows

                save_rejected_rows(workspace, result.content_hash, given.save_set_aside)
                say(f"The rows set aside are saved in {given.save_set_aside}")
    if given.json:
        out(json.dumps(results, ensure_ascii=False))
    return 0


def _say_whether_believed(workspace: Workspace, name: str, content_hash: str) -> None:
    from amhe_tui.programme.guard import unguarded_sets
    from store.records import DataSource

    raw_sources = set(unguarded_sets(workspace).values())
    if any(source.id in raw_sources for source in workspace.list(DataSource, content_hash=content_hash)):
        say(
            f"{name}: its figures do not show that small numbers were dealt with, so they are hidden and rounded for all but the team."
        )


def _dry_run(given: argparse.Namespace, overrides: Any) -> int:
    from amhe_tui.intake.loading.preview import preview

    previews = {path.name: preview(path, overrides) for path in given.data}
    if given.json:
        out(
            json.dumps(
                [{"file": name, **understood.to_json()} for name, understood in previews.items()], ensure_ascii=False
            )
        )
        return 0
    for name, understood in previews.items():
        _print_preview(name, understood)
    return 0


def _print_preview(name: str, seen: Preview) -> None:
    out(f"{name}: {seen.summary}")
    out(f"  columns are named in row {', '.join(map(str, seen.header_rows))}")
    for column in seen.columns:
        out(f"  {column.name}\t{column.role or '-'}\t{', '.join(column.examples[:3])}")
    for warning in seen.warnings:
        out(f"  ! {warning}")
    for note in seen.notes[:_SHOWN]:
        out(f"  {note.kind}, row {note.row}: {note.words}")


def _narrate(path: Path, result: ImportResult) -> None:
    missing = ", ".join(f"{number:,} {status}" for status, number in result.statuses.items()) or "none missing"
    say(f"{path.name}: {result.rows:,} rows in ({missing}).")
    if result.assets:
        say(f"  {result.assets:,} of them are community assets: amhe assets FILE lists them")
    for row, reason in result.rejected[:_SHOWN]:
        say(f"  set aside: row {row} {reason}")
    if len(result.rejected) > _SHOWN:
        say(f"  and {len(result.rejected) - _SHOWN:,} more rows; all are kept with the reason")
    for warning in result.warnings:
        say(f"  ! {warning}")


def _result_json(path: Path, result: ImportResult) -> dict[str, object]:
    return {
        "file": path.name,
        "rows": result.rows,
        "suppressed": result.suppressed,
        "not_collected": result.not_collected,
        "missing": dict(result.statuses),
        "layout": result.layout,
        "indicators": list(result.measures),
        "areas": len(result.areas),
        "periods": list(result.periods),
        "groups": {characteristic: list(labels) for characteristic, labels in result.labels.items()},
        "set_aside": [{"row": row, "reason": reason} for row, reason in result.rejected],
        "notes": result.notes,
        "assets": result.assets,
        "warnings": list(result.warnings),
    }


def _progress(done: int, total: int, rows: int) -> None:
    share = 100 * done // total if total else 0
    print(f"\r{share:3d} %  {rows:,} figures", end="" if done < total else "\n", file=sys.stderr, flush=True)
