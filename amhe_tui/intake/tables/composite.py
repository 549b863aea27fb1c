"""Cells that hold more than one number: a figure and its limits, a count and its percentage, so many of so many. Each number gets a column of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.shape import BETWEEN, find_tables
from amhe_tui.text import shorten
from store.evidence.datasets import read_figure

_NUMBER = r"[+-]?£?\d[\d,]*(?:\.\d+)?"


_AND = r"\s*(?:to|-|–|—|−|,|;)\s*"


_LIMITS = re.compile(
    rf"(?P<figure>{_NUMBER}\s*%?)\s*[(\[]\s*(?:9\d ?%\s*)?(?:ci\s*:?\s*)?(?P<lower>{_NUMBER})\s*%?{_AND}(?P<upper>{_NUMBER})\s*%?\s*[)\]]",
    re.IGNORECASE,
)


_BRACKETS = re.compile(rf"(?P<figure>{_NUMBER}\s*%?)\s*[(\[]\s*(?P<inside>{_NUMBER}\s*%?)\s*[)\]]")


_OF = re.compile(
    r"(?P<figure>\d[\d,]*)\s*(?:/|\bof\b|\bout of\b)\s*(?P<whole>\d[\d,]*)(?:\s*\(\s*[\d.]+\s*%?\s*\))?", re.IGNORECASE
)


_YEARS = re.compile(r"(?:19|20)\d\d\s*/\s*(?:\d\d|(?:19|20)\d\d)")


_DATE = re.compile(r"\d{1,2}/\d{1,4}")


_WITHOUT_SIGNS = re.compile(
    r"\s*[,:]?\s*(?:[(\[]\s*(?:9\d ?% ?)?(?:cis?|cl|confidence (?:interval|limit)s?)\s*[)\]]|9\d ?% ?(?:ci|cl)|\(?n ?\(%\)\)?|\(?n/N\)?|\(%\)|\bn ?, ?%|\(n\))$",
    re.IGNORECASE,
)
"""What a heading says of the cells below it that hold several numbers: Rate (95% CI), Referred, n (%)."""


_BEGINS = re.compile(r"[+-]?£?\d")


_SHARE = "share"


_ENOUGH = 0.6
"""A column is one of such cells where so many of those that are no mark and no plain number are."""


_LOOKED_AT = 300


@dataclass(frozen=True)
class _Column:
    """How the cells of one column are taken apart: the pattern, the part that stays, and the columns that are added."""

    pattern: re.Pattern[str]
    stays: str
    added: tuple[tuple[str, str], ...]
    sentence: str


def holds_several(rows: Sequence[Numbered]) -> bool:
    """Tell whether some column near the head of a page holds cells with more than one number."""
    return bool(_columns(rows[:_LOOKED_AT]))


def taken_apart(rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Return the rows of a page with a column for each number that a cell holds, and a sentence on each column that was taken apart."""
    columns = _columns(rows)
    if not columns:
        return rows, []
    width = max(len(row) for _, row in rows)
    plain: list[Numbered] = []
    for number, row in rows:
        cells = [*row, *[""] * (width - len(row))]
        for place, column in columns.items():
            match = column.pattern.fullmatch(cells[place])
            if match is not None:
                cells[place] = match[column.stays].strip()
        plain.append((number, cells))
    heads = {table.header_rows[-1]: table for table in find_tables(plain) if table.header_rows}
    sentences: list[str] = []
    names: dict[int, str] = {}
    for table in heads.values():
        for name, place in zip(table.columns, table.places, strict=True):
            names.setdefault(place, name.rsplit(BETWEEN, 1)[-1])
    for place, column in columns.items():
        sentences.append(f"{shorten(names.get(place, f'Column {place + 1}'), 40)}: {column.sentence}")
    apart: list[Numbered] = []
    inside = False
    for (number, row), (_, before) in zip(plain, rows, strict=True):
        inside = inside or number in heads
        added: list[str] = []
        for place, column in columns.items():
            match = column.pattern.fullmatch(before[place]) if place < len(before) else None
            for group, called in column.added:
                if number in heads:
                    name = _WITHOUT_SIGNS.sub("", row[place] or names.get(place, "")).strip()
                    added.append(called.format(name) if name else "")
                else:
                    added.append(_part(match, group) if match is not None else _mark(before, place))
        if number in heads:
            row = [_WITHOUT_SIGNS.sub("", cell).strip() if place in columns else cell for place, cell in enumerate(row)]
        apart.append((number, [*row, *added] if any(row) else row))
    return apart, sentences


def _part(match: re.Match[str], group: str) -> str:
    return _share(match) if group == _SHARE else match[group].strip()


def _share(match: re.Match[str]) -> str:
    """Return what percentage so many of so many are."""
    whole = _whole(match["whole"])
    return f"{100 * _whole(match['figure']) / whole:.10g}" if whole else ""


def _mark(row: Sequence[str], place: int) -> str:
    """Return the mark of a cell without figures: it speaks for all that the cell would hold."""
    cell = row[place] if place < len(row) else ""
    marker = read_marker(cell) if cell else None
    return cell if marker is not None else ""


def _columns(rows: Sequence[Numbered]) -> dict[int, _Column]:
    columns: dict[int, _Column] = {}
    width = max((len(row) for _, row in rows), default=0)
    for place in range(width):
        cells = [row[place] for _, row in rows if place < len(row) and _BEGINS.match(row[place])]
        several = [cell for cell in cells if read_figure(cell) is None and read_marker(cell) is None]
        if len(several) < 2:
            continue
        column = _how(several)
        if column is not None:
            columns[place] = column
    return columns


def _how(cells: Sequence[str]) -> _Column | None:
    """Return how most of some cells are taken apart, or nothing where they hold one thing each."""
    limits = [match for cell in cells if (match := _LIMITS.fullmatch(cell))]
    if len(limits) >= _ENOUGH * len(cells) and sum(map(_between, limits)) >= 0.9 * len(limits):
        cell = limits[0]
        return _Column(
            _LIMITS,
            "figure",
            (("lower", "{} lower CI"), ("upper", "{} upper CI")),
            f"{cell[0]} is read as {cell['figure'].strip()}, between {cell['lower']} and {cell['upper']}.",
        )
    parts = [match for cell in cells if (match := _OF.fullmatch(cell)) and not _YEARS.fullmatch(cell)]
    if len(parts) >= _ENOUGH * len(cells) and all(_whole(match["figure"]) <= _whole(match["whole"]) for match in parts):
        if any(_whole(match["whole"]) > 31 for match in parts):
            cell = parts[0]
            return _Column(
                _OF,
                "figure",
                (("whole", "{} denominator"), (_SHARE, "{} %")),
                f"{cell[0]} is read as {cell['figure']} of {cell['whole']}, which is {_share(cell)} %.",
            )
        return None
    pairs = [match for cell in cells if (match := _BRACKETS.fullmatch(cell))]
    return _of_brackets(pairs) if len(pairs) >= _ENOUGH * len(cells) else None


def _of_brackets(pairs: Sequence[re.Match[str]]) -> _Column:
    first, inside = [match["figure"] for match in pairs], [match["inside"] for match in pairs]
    cell = pairs[0]
    if _are_shares(inside) and _are_counts(first) and not _are_shares(first, sure=True):
        return _Column(
            _BRACKETS,
            "figure",
            (("inside", "{} %"),),
            f"{cell[0]} is read as {cell['figure'].strip()}, which is {cell['inside'].rstrip(' %')} %.",
        )
    if _are_shares(first) and _are_counts(inside):
        return _Column(
            _BRACKETS,
            "inside",
            (("figure", "{} %"),),
            f"{cell[0]} is read as {cell['inside']}, which is {cell['figure'].rstrip(' %')} %.",
        )
    return _Column(
        _BRACKETS,
        "figure",
        (),
        f"{cell[0]} is read as {cell['figure'].strip()}; what the brackets hold is left out. If it is needed, give it a column of its own.",
    )


def _between(match: re.Match[str]) -> bool:
    figure, lower, upper = (_number(match[part]) for part in ("figure", "lower", "upper"))
    return lower <= figure <= upper


def _number(text: str) -> float:
    return read_figure(text.strip()) or 0.0


def _whole(text: str) -> int:
    return int(text.replace(",", ""))


def _are_counts(texts: Sequence[str]) -> bool:
    return all(_number(text) % 1 == 0 and "%" not in text for text in texts)


def _are_shares(texts: Sequence[str], *, sure: bool = False) -> bool:
    """Tell whether numbers can be percentages; surely where they have a sign or decimals."""
    marked = any("%" in text or _number(text) % 1 for text in texts)
    return all(0 <= _number(text) <= 100 for text in texts) and (marked or not sure)
