"""Bring one data file into a programme: its record, its rows, what people wrote in it, and one journal entry that says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.intake.loading.answers import Voices, voices_in
from amhe_tui.intake.loading.assets import AssetList, add_assets, assets_in, match
from amhe_tui.intake.loading.engine import ImportResult, Progress, import_file
from amhe_tui.intake.loading.understand import DataFile, ImportOverrides, in_hand
from amhe_tui.intake.publishers.registry import about as known_about
from amhe_tui.intake.publishers.registry import family
from amhe_tui.intake.tables.column_mapping import option
from amhe_tui.method.choices import ActivityKind, Place, SourceKind
from amhe_tui.method.groups.labels import best_scheme, foreign_labels, scheme_title
from amhe_tui.method.privacy import signs_in
from amhe_tui.text import first_of, shorten
from store.evidence.datasets import REJECTED, annotations_of
from store.identity import uuid7
from store.records import Activity, DataSource, IndicatorMeaning, Remark
from store.workspace import Change, Workspace


def save_rejected_rows(workspace: Workspace, content_hash: str, target: Path) -> int:
    """Save the rejected rows of one file, and return how many there are.

    Raises:
        AmheError: None were, or the workbook cannot be written.
    """
    from amhe_tui.intake.files.saved_rows import save_rows_as_workbook

    rows = workspace.read(lambda raw: annotations_of(raw, content_hash, REJECTED))
    if not rows:
        raise AmheError("Nothing set aside", "Every row of this file could be read.", "There is nothing to save.")
    table = [[str(row), reason, *json.loads(cells)] for row, cells, reason in rows]
    width = max(map(len, table))
    header = ["Row in the file", "Why it was set aside", *(f"Cell {number}" for number in range(1, width - 1))]
    try:
        save_rows_as_workbook(target, header, table)
    except OSError as error:
        raise AmheError(
            "Not written", f"{target.name} cannot be written ({error.strerror}).", "Choose another folder."
        ) from error
    return len(table)


_SHOWN = 4


HEADING_SIGN = "\t"
"""What stands between the names of columns in a source's heading."""


def heading_of(columns: Sequence[str]) -> str:
    """Return the names of a table's columns as a source keeps them."""
    return HEADING_SIGN.join(columns)


def remembered(workspace: Workspace, columns: Sequence[str]) -> DataSource | None:
    """Return the newest source with the same columns for which a person has said what they mean."""
    heading = heading_of(columns)
    sources = [source for source in workspace.list(DataSource) if source.heading == heading and source.meaning]
    return max(sources, key=lambda source: source.id) if sources else None


def bring(
    workspace: Workspace,
    file: Path | DataFile,
    *,
    mapping: Mapping[str, Any] | None = None,
    overrides: ImportOverrides | None = None,
    about: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Read a file into the programme, whole or not at all; undo takes it out again.

    Args:
        workspace: The open programme.
        file: The file, in hand already where somebody has looked at it.
        mapping: Which column means what, for a table whose layout is not known.
        overrides: What a person has corrected besides.
        about: Fields of the data source that the person gave.
        progress: Told how far it is.
        cancelled: Asked between chunks; true stops and leaves nothing behind.

    Raises:
        AmheError: The file cannot be read, is here already, or the person stopped.
    """
    chosen = overrides or ImportOverrides()
    if mapping is not None:
        chosen = replace(chosen, mapping=mapping)
    with in_hand(file) as data_file:
        return _bring(workspace, data_file, chosen, dict(about or {}), progress, cancelled)


def _bring(
    workspace: Workspace,
    file: DataFile,
    chosen: ImportOverrides,
    given: dict[str, str],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> ImportResult:
    source_id = uuid7()
    result = import_file(file, workspace.write, source_id, overrides=chosen, progress=progress, cancelled=cancelled)
    result = replace(result, warnings=(*result.warnings, *_odd_labels(result.labels)))
    asset_list = assets_in(file, chosen) if _may_be_assets(result, given) else AssetList()
    matched = match(workspace, heading_of(result.heading), asset_list)
    result = replace(
        result, warnings=(*result.warnings, *asset_list.warnings, *matched.words), assets=len(asset_list.rows)
    )
    if asset_list.rows:
        given.setdefault("kind", SourceKind.ASSETS)
    voices = voices_in(file, chosen) if family(result.layout) == "answers" else ()
    result = replace(result, warnings=(*result.warnings, *_told_of(voices)))
    source = _source(source_id, file.path, result, given, chosen.mapping)
    with workspace.change(f"Import {file.path.name}") as change:
        change.add(source)
        add_assets(change, source, matched)
        for question in voices:
            _add_voices(change, source, question)
        _keep_mapping(workspace, change, result.measures, chosen.mapping or {})
    return result


def _keep_mapping(workspace: Workspace, change: Change, indicators: Sequence[str], mapping: Mapping[str, Any]) -> None:
    """Keep which way is better and whom groups are compared with, as a person said it of the whole table, for each of its indicators."""
    stated: dict[str, Any] = {
        name: value
        for name, value in (("direction", option(mapping, "better")), ("reference", option(mapping, "reference")))
        if value
    }
    if not stated:
        return
    meanings = {meaning.indicator_id: meaning for meaning in workspace.list(IndicatorMeaning)}
    for indicator in indicators:
        if indicator in meanings:
            change.update(meanings[indicator], **stated)
        else:
            change.add(IndicatorMeaning(indicator_id=indicator, name=indicator, **stated))


def _may_be_assets(result: ImportResult, given: Mapping[str, str]) -> bool:
    """Tell whether a file lists things, and nobody has said that it tells about something else."""
    return family(result.layout) == "list" and given.get("kind", "") in ("", SourceKind.ASSETS)


def _source(
    source_id: str, path: Path, result: ImportResult, given: Mapping[str, str], mapping: Mapping[str, Any] | None
) -> DataSource:
    described: dict[str, Any] = {"title": path.stem.replace("_", " "), **known_about(result.layout), **given}
    return DataSource(
        **described,
        id=source_id,
        period=_between(result.periods),
        geography=first_of(result.areas, 3),
        file_name=path.name,
        content_hash=result.content_hash,
        layout=result.layout,
        rows=result.rows,
        set_aside=len(result.rejected) or None,
        watch="\n".join(result.warnings),
        schemes=_schemes(result.labels),
        heading=heading_of(result.heading),
        meaning=json.dumps(mapping, ensure_ascii=False) if mapping else "",
    )


def _odd_labels(labels: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a sentence for each characteristic that has labels of another among its groups."""
    sentences: list[str] = []
    for characteristic, names in labels.items():
        foreign = foreign_labels(characteristic, names)
        if foreign:
            shown = ", ".join(f"“{shorten(name, 30)}”" for name in foreign[:_SHOWN])
            sentences.append(
                f"{shown} stand{'s' if len(foreign) == 1 else ''} among the groups of {characteristic}, where they do not seem to belong."
            )
    return sentences


def _schemes(labels: Mapping[str, Sequence[str]]) -> str:
    lines: list[str] = []
    for characteristic, names in labels.items():
        scheme = best_scheme(characteristic, names)
        if scheme:
            lines.append(f"{characteristic}: {scheme_title(scheme)}")
    return "\n".join(lines)


def _add_voices(change: Change, source: DataSource, voices: Voices) -> None:
    """Add one question's answers in people's own words as remarks of a survey."""
    activity = Activity(
        title=f"{source.title}: {voices.question}"[:200],
        kind=ActivityKind.SURVEY,
        question=voices.question,
        held=voices.held,
        place=Place.WRITTEN,
        attended=voices.answered,
        recruitment=f"Read from {source.file_name}.",
    )
    change.add(activity)
    for answer in voices.words:
        change.add(Remark(words=answer, activity_id=activity.id))


def _told_of(voices: Sequence[Voices]) -> list[str]:
    """Return a sentence that says how many answers may tell who somebody is, and where they are found; they are kept as they are."""
    answers = [answer for question in voices for answer in question.words]
    telling = sum(bool(signs_in(answer)) for answer in answers)
    if not telling:
        return []
    looks = "answer looks as though it holds" if telling == 1 else "answers look as though they hold"
    return [
        f"{telling:,} {looks} a name, number or address (of {len(answers):,} in people's own words): "
        "in 1B, under remarks, look for “looks like” and take out what tells who somebody is."
    ]


def _between(periods: tuple[str, ...]) -> str:
    if len(periods) < 2:
        return "".join(periods)
    from amhe_tui.method.periods import read_period

    ordered = sorted(periods, key=lambda label: (period.starts if (period := read_period(label)) else label, label))
    return f"{ordered[0]} to {ordered[-1]}"
