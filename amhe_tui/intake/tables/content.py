"""What the figures themselves say of a table, against or beside the names of its columns: what cannot be, and what only stands for no figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from amhe_tui.intake.tables.column_mapping import columns_for, option
from amhe_tui.intake.tables.columns import Profile, statistic_in
from amhe_tui.method.groups.ages import looks_like_a_band
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.words import is_total
from amhe_tui.text import shorten
from store.evidence.datasets import read_figure

_STAND_FOR_NONE = frozenset(
    {-1.0, -8.0, -9.0, -95.0, -96.0, -97.0, -98.0, -99.0, -997.0, -998.0, -999.0, -9997.0, -9998.0, -9999.0, -99999.0}
)
"""Numbers that statistics programs and publishers write where there is none."""


_FAR_BELOW = -90


_MAY_BE_BELOW_ZERO = re.compile(
    r"\b(change|changes|changed|difference|diff|net|balance|growth|gap|score|index|z|sii|slope|coefficient|log|deviation|points?|longitude|latitude|easting|northing)\b"
)


_ABOVE_ALL = re.compile(
    r"\b(change|changes|changed|difference|increase|growth|ratio|of (?:plan|target|capacity)|occupancy|over|index)\b"
)


_PARTS = ("value", "numerator", "denominator", "lower", "upper", "standard_error")


_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]00:00.*)?")


_DAY_AND_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2})[- ](?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[- ](?P<last>\d{2}))",
    re.IGNORECASE,
)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


_MOJIBAKE = re.compile(
    rf"[ÃÂâ][\u0080-\u00bf{bytes(set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}).decode('cp1252')}]|\ufffd"
)
"""Letters beyond ASCII in UTF-8 that somebody read in the encoding of Windows, or that were lost."""


def _figures(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[Profile]:
    names = {name for role in _PARTS for name in columns_for(mapping, role)}
    return [column for column in profiles if column.name in names]


def no_figures(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> tuple[dict[str, str], list[str]]:
    """Return the numbers that stand for no figure in a table, with the reason, and a sentence on each thing below zero that cannot be."""
    columns = [column for column in _figures(mapping, profiles) if column.below]
    cannot = [column for column in columns if not _MAY_BE_BELOW_ZERO.search(column.words) or _all_far_below(column)]
    if not cannot:
        return {}, []
    names = shorten(", ".join(column.name for column in cannot), 80)
    written = {cell: read_figure(cell) for column in cannot for cell in column.below}
    shown = shorten(", ".join(sorted(written)), 40)
    if set(written.values()) <= _STAND_FOR_NONE and len(cannot) == len(columns):
        stands = "stands" if len(written) == 1 else "stand"
        return dict.fromkeys(written, "not available"), [
            f"{shown} {stands} for no figure in {names}: what is counted or measured there cannot be below zero. If that is wrong, change the file."
        ]
    return {}, [
        f"{names} holds {shown}, and cannot be below zero: say in the file what is meant, or leave these cells empty."
    ]


def _all_far_below(column: Profile) -> bool:
    """Tell whether a column that may be below zero is so only by the large numbers that stand for no figure."""
    below = {read_figure(cell) for cell in column.below}
    return below <= {number for number in _STAND_FOR_NONE if number < _FAR_BELOW} and column.highest > 0


def above_all(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence on each column of percentages that holds more than a hundred."""
    statistic = option(mapping, "statistic") if not columns_for(mapping, "statistic") else ""
    return [
        f"{shorten(column.name, 40)} holds {column.highest:g} %, and a share cannot be above 100 %: check it in the file."
        for column in profiles
        if column.name in columns_for(mapping, "value")
        and column.highest > 100
        and not _ABOVE_ALL.search(column.words)
        and "percentage" in (statistic_in(column, column.words), statistic)
    ]


# --- ages that became days ------------------------------------------------------------------------------------------------------------------------


def _age_of(cell: str) -> str:
    """Return the ages that a spreadsheet turned into a day, such as 5-9 of the fifth of September, or ""."""
    if match := _DAY.fullmatch(cell):
        day, month = int(match[3]), int(match[2])
    elif match := _DAY_AND_MONTH.fullmatch(cell):
        month = _MONTHS.index((match["month"] or match["name"]).casefold()) + 1
        day = int(match["day"] or match["last"])
        if match["name"]:
            return f"{month}-{day}" if day > month else ""
    else:
        return ""
    # Five to nine is the ninth of May where the month is written first, and the fifth of September elsewhere.
    first, last = sorted((day, month))
    return f"{first}-{last}" if first < last else ""


def ages_as_days(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence on each column of groups, or on columns that are groups, in which ages were turned into dates."""
    remarks: list[str] = []
    of_groups = [(column.name, column.cells) for column in profiles if column.name in columns_for(mapping, "group")]
    if option(mapping, "columns_are") == "groups" or len(columns_for(mapping, "value")) > 2:
        of_groups.append(("The columns", columns_for(mapping, "value")))
    for name, cells in of_groups:
        turned = {cell: ages for cell in cells if (ages := _age_of(cell))}
        known = recognise(name)
        if turned and (any(map(looks_like_a_band, cells)) or (known is not None and known.code == "age")):
            cell, ages = next(iter(turned.items()))
            shown = ", ".join(f"{day} was probably {age}" for day, age in list(turned.items())[:4])
            remarks.append(
                f"{shorten(name, 40)}: a spreadsheet turned ages into dates: {shown}. Write {ages} for {cell} in the file, as text, and bring it in again."
            )
    return remarks


# --- letters read wrongly -------------------------------------------------------------------------------------------------------------------------


def _repaired(text: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            repaired = text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if repaired != text:
            return repaired
    return ""


def letters_gone_wrong(columns: Sequence[str], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence where letters were read in the wrong encoding before the file was written, with what they probably were."""
    for text in (*columns, *(cell for column in profiles for cell in column.cells)):
        if not _MOJIBAKE.search(text):
            continue
        if repaired := _repaired(text):
            return [
                f"Some letters were spoilt before this file was written: {shorten(text, 40)} was probably {shorten(repaired, 40)}. Ask for the file in UTF-8."
            ]
        if "\ufffd" in text:
            return [
                f"Some letters were lost before this file was written: {shorten(text, 40)}. Ask for the file in UTF-8."
            ]
    return []


# --- columns that may be places -------------------------------------------------------------------------------------------------------------------


def perhaps_places(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence where columns have names as places have them, and nothing says what they are."""
    names = columns_for(mapping, "value")
    if (
        len(names) < 3
        or option(mapping, "columns_are")
        or columns_for(mapping, "area")
        or columns_for(mapping, "area_code")
    ):
        return []
    figures = [column for column in profiles if column.name in names]
    if any(
        statistic_in(column, column.words) not in ("", "figure") or not _PROPER_NAME.fullmatch(column.name)
        for column in figures
    ):
        return []
    shown = shorten(", ".join(names), 60)
    return [
        f"{shown} are read as different things that were counted. If they are places, say so on the import screen, or with --map: columns_are places."
    ]


_PROPER_NAME = re.compile(r"(?:St\.? )?[A-Z][a-z’'-]+(?:[ -](?:[A-Z][a-z’'-]+|and|of|on|upon|the|in|under|with|le))*")


# --- rows that add up to a hundred, times without dates -------------------------------------------------------------------------------------------


def shares_of_rows(mapping: dict[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]) -> list[str]:
    """Say in a meaning that figures are percentages where those of nearly every row add up to a hundred, and return a sentence that says so."""
    figures = [
        column for column in profiles if column.name in columns_for(mapping, "value") and not is_total(column.name)
    ]
    unnamed = all(statistic_in(column, column.words) in ("", "figure") for column in figures)
    kind = option(mapping, "columns_are")
    if (
        len(figures) < 3
        or "statistic" in mapping
        or kind == "periods"
        or not unnamed
        or not any(column.decimals for column in figures)
    ):
        return []
    sums: list[float] = []
    for row in rows:
        numbers = [read_figure(row[column.place]) if column.place < len(row) else None for column in figures]
        known = [number for number in numbers if number is not None]
        if len(known) == len(figures):
            sums.append(sum(known))
    if len(sums) < 2 or sum(99 <= total <= 101 for total in sums) < 0.9 * len(sums):
        return []
    mapping["statistic"] = "=percentage"
    return ["The figures of each row add up to 100, so they are read as percentages."]


def without_dates(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence where a column of times names none that has a date."""
    names = columns_for(mapping, "period")
    if columns_for(mapping, "period_kind"):
        return []
    return [
        f"{shorten(column.name, 40)} says {shorten(', '.join(column.cells[:3]), 40)}, from which no date can be told: write the year beside it in the file."
        for column in profiles
        if column.name in names and column.cells and column.periods == 0 and not column.is_figure
    ]


def in_decimals(
    mapping: Mapping[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]
) -> frozenset[str]:
    """Return what is counted in the rows whose figures are no whole numbers: it is no count, whatever stands beside it in the same column."""
    names = columns_for(mapping, "indicator") or columns_for(mapping, "indicator_id")
    values = [
        column
        for column in profiles
        if column.name in columns_for(mapping, "value")
        and column.is_figure
        and statistic_in(column, column.words) in ("", "figure")
    ]
    named = next((column for column in profiles if column.name in names), None)
    if named is None or not any(
        read_figure(cell) is not None and "." in cell for column in values for cell in column.cells
    ):
        return frozenset()
    whole, broken = Counter[str](), Counter[str]()
    for row in rows:
        for column in values:
            number = read_figure(row[column.place]) if max(column.place, named.place) < len(row) else None
            if number is not None:
                (broken if number % 1 else whole)[row[named.place]] += 1
    return frozenset(name for name, number in broken.items() if number * 5 >= number + whole[name])
