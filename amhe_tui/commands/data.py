"""The commands for data files: bring them in, list the sources, hand figures on."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from amhe_tui.commands.figures import add_gaps
from amhe_tui.commands.output import add_audience, out, safe_cell, say, write_csv
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    from amhe_tui.intake.loading.engine import ImportResult
    from amhe_tui.intake.loading.preview import Preview


def add_data_commands(commands: Any) -> None:
    """Declare the commands for data files."""
    bring = commands.add_parser("import", help="bring data files into a programme")
    bring.add_argument("file", type=Path)
    bring.add_argument("data", type=Path, nargs="+")
    bring.add_argument(
        "--map",
        type=Path,
        default=None,
        help="what the columns mean, as JSON; --dry-run --json prints one to begin with",
    )
    bring.add_argument("--dry-run", action="store_true", help="say what was understood, and write nothing")
    bring.add_argument("--sheet", default=None, help="the sheet of a workbook; otherwise all that hold figures")
    bring.add_argument("--header", default=None, help="the rows that name the columns, such as 8 or 1,2,3")
    bring.add_argument("--encoding", default=None, help="how the letters are encoded; otherwise told from the file")
    bring.add_argument("--delimiter", default=None, help="what stands between cells; otherwise told from the file")
    bring.add_argument(
        "--save-set-aside", type=Path, default=None, help="save rows that could not be read in this workbook"
    )
    bring.add_argument("--json", action="store_true")
    sources = commands.add_parser(
        "sources", help="list the data sources: where from, how whole, which findings rest on them"
    )
    sources.add_argument("file", type=Path)
    sources.add_argument("--json", action="store_true")
    sources.add_argument("--csv", action="store_true")
    from amhe_tui.commands.missing import add_parser

    add_parser(commands)
    export = commands.add_parser("export", help="hand the figures on in the template of HEAT Plus")
    export.add_argument("file", type=Path)
    export.add_argument("--to", type=Path, required=True, help="a file ending in .csv")
    add_audience(export)
    indicators = commands.add_parser("indicators", help="list what can be broken down")
    indicators.add_argument("file", type=Path)
    indicators.add_argument("--json", action="store_true")
    breakdown = commands.add_parser("breakdown", help="break an indicator down by a characteristic")
    breakdown.add_argument("file", type=Path)
    breakdown.add_argument(
        "--indicator", required=True, help="the id of an indicator, as listed by: amhe indicators FILE"
    )
    breakdown.add_argument("--by", required=True, help="the characteristic")
    breakdown.add_argument("--area", default=None)
    breakdown.add_argument("--period", default=None)
    add_audience(breakdown)
    breakdown.add_argument("--within", default="", help="a group of another characteristic, such as: Sex: Females")
    breakdown.add_argument(
        "--group", default="", help="the group the sentence is about; otherwise the one that fares worst"
    )
    breakdown.add_argument("--compare", default="", help="everyone else, average, or a group; otherwise the usual one")
    breakdown.add_argument("--json", action="store_true")
    breakdown.add_argument("--csv", action="store_true")
    add_gaps(commands)


_SHOWN = 5


def _mapping(path: Path | None) -> Mapping[str, Any] | None:
    if path is None:
        return None
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AmheError(
            "No mapping",
            f"{path.name} cannot be read as JSON.",
            "Give a file such as one that --dry-run --json prints under “meaning”.",
        ) from error
    whole = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    meaning = whole.get("meaning", whole)
    if not isinstance(meaning, dict) or not meaning:
        raise AmheError(
            "No mapping",
            f"{path.name} holds no mapping.",
            'It should name a column for each role, such as: {"value": "Count"}.',
        )
    return cast("dict[str, Any]", meaning)


def bring_in(given: argparse.Namespace) -> int:
    """Import data files, each whole or not at all; with ``--dry-run`` only say what was understood."""
    from amhe_tui.intake.loading.understand import Choices

    header = tuple(int(one) for one in given.header.split(",")) if given.header else ()
    choices = Choices(given.sheet or "", header, given.encoding or "", given.delimiter or "", _mapping(given.map))
    if given.dry_run:
        return _dry_run(given, choices)
    from amhe_tui.intake.loading.bring import bring
    from store.workspace import Workspace

    results: list[dict[str, object]] = []
    with Workspace.open(given.file) as workspace:
        for path in given.data:
            result = bring(workspace, path, choices=choices, progress=_progress if sys.stderr.isatty() else None)
            _narrate(path, result)
            results.append(_result_json(path, result))
            if given.save_set_aside and result.set_aside:
                from amhe_tui.intake.loading.bring import save_set_aside

                save_set_aside(workspace, result.content_hash, given.save_set_aside)
                say(f"The rows set aside are saved in {given.save_set_aside}")
    if given.json:
        out(json.dumps(results, ensure_ascii=False))
    return 0


def _dry_run(given: argparse.Namespace, choices: Any) -> int:
    from amhe_tui.intake.loading.preview import preview

    seen = {path.name: preview(path, choices) for path in given.data}
    if given.json:
        out(json.dumps([{"file": name, **one.to_json()} for name, one in seen.items()], ensure_ascii=False))
        return 0
    for name, one in seen.items():
        _print_preview(name, one)
    return 0


def _print_preview(name: str, seen: Preview) -> None:
    out(f"{name}: {seen.summary}")
    out(f"  columns are named in row {', '.join(map(str, seen.header_rows))}")
    for column in seen.columns:
        out(f"  {column.name}\t{column.role or '-'}\t{', '.join(column.examples[:3])}")
    for words in seen.warnings:
        out(f"  ! {words}")
    for note in seen.notes[:_SHOWN]:
        out(f"  {note.kind}, row {note.row}: {note.words}")


def _narrate(path: Path, result: ImportResult) -> None:
    missing = ", ".join(f"{number:,} {status}" for status, number in result.statuses.items()) or "none missing"
    say(f"{path.name}: {result.rows:,} rows in ({missing}).")
    if result.assets:
        say(f"  {result.assets:,} of them are community assets: amhe assets FILE lists them")
    for row, reason in result.set_aside[:_SHOWN]:
        say(f"  set aside: row {row} {reason}")
    if len(result.set_aside) > _SHOWN:
        say(f"  and {len(result.set_aside) - _SHOWN:,} more rows; all are kept with the reason")
    for words in result.warnings:
        say(f"  ! {words}")


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
        "set_aside": [{"row": row, "reason": reason} for row, reason in result.set_aside],
        "notes": result.notes,
        "assets": result.assets,
        "warnings": list(result.warnings),
    }


def _progress(done: int, total: int, rows: int) -> None:
    share = 100 * done // total if total else 0
    print(f"\r{share:3d} %  {rows:,} figures", end="" if done < total else "\n", file=sys.stderr, flush=True)


def sources(given: argparse.Namespace) -> int:
    """List the data sources with their provenance, how whole they are, and which findings rest on each."""
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.programme.sources import sources as listed
    from store.workspace import Workspace

    with Workspace.open(given.file) as workspace:
        found = redaction_of(workspace, Audience.BOARD).values(listed(workspace))
    if given.json:
        out(json.dumps([one.to_json() for one in found], ensure_ascii=False))
        return 0
    if given.csv:
        names = (
            "title",
            "kind",
            "publisher",
            "period",
            "geography",
            "licence",
            "file_name",
            "rows",
            "set_aside",
            "figures",
            "replaces",
            "replaced_by",
            "content_hash",
        )
        write_csv(
            (*names, "share_with_a_figure", "findings"),
            ([*(getattr(one, name) for name in names), one.known, len(one.findings)] for one in found),
        )
        return 0
    for one in found:
        rows = "described only" if one.rows is None else f"{one.rows:,} rows"
        known = "" if one.known is None else f", {100 * one.known:.0f} % of the figures are there"
        out(f"{one.title}\t{one.period}\t{rows}{known}\t{len(one.findings)} findings")
    if not found:
        say("No source yet. Bring a file in with: amhe import FILE DATA.csv")
    return 0


def export(given: argparse.Namespace) -> int:
    """Hand the figures on in the template of HEAT Plus."""
    from amhe_tui.programme.disclosed import seen_by
    from amhe_tui.programme.heat_plus import COLUMNS, heat_plus_rows
    from amhe_tui.programme.redaction import redaction_of
    from amhe_tui.settings import load_settings
    from store.workspace import Workspace

    if given.to.suffix.lower() != ".csv":
        raise AmheError(
            "Unknown kind of file", f"{given.to.name} is no CSV file.", "End the name in .csv, such as: heat-plus.csv"
        )
    with Workspace.open(given.file) as workspace:
        rows = heat_plus_rows(workspace, seen_by(workspace, load_settings().policy(given.audience)))
        words = redaction_of(workspace, Audience.of(given.audience)).words
        place = COLUMNS.index("source")
        titles = {title: words(str(title)) for title in {row[place] for row in rows}}
        rows = [(*row[:place], titles[row[place]], *row[place + 1 :]) for row in rows]
    if not rows:
        raise AmheError(
            "Nothing to export",
            "There are no figures by group in this programme.",
            "Bring a file in with: amhe import FILE DATA.csv",
        )
    try:
        with given.to.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow(COLUMNS)
            writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    except OSError as error:
        raise AmheError(
            "Not written", f"{given.to} cannot be written ({error.strerror}).", "Choose another place with --to."
        ) from error
    say(f"{len(rows):,} rows are written to {given.to}")
    return 0
