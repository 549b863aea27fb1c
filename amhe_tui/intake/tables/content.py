"""What the figures themselves say of a table, against or beside the names of its columns: what cannot be, and what only stands for no figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

from amhe_tui.analysis.breakdown import rounded_to_five
from amhe_tui.intake.tables.column_mapping import columns_for, option, said
from amhe_tui.intake.tables.columns import Profile, statistic_in
from amhe_tui.intake.tables.helpers import names_one_group
from amhe_tui.method.groups.ages import looks_like_a_band
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.labels import characteristic_of_labels
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


_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(?:19|20)?\d\d")


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
        and (
            statistic_in(column, column.words)
            if statistic_in(column, column.words) not in ("", "figure")
            else statistic
        )
        == "percentage"
    ]


_THREE_BEHIND_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+")


_SURE_SHARE = 0.2


def in_which_unit(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence on each column whose numbers may be written in another unit than its name says, which only a person can tell."""
    remarks: list[str] = []
    for column in profiles:
        if column.name not in columns_for(mapping, "value"):
            continue
        name, statistic = shorten(column.name, 40), statistic_in(column, column.words)
        if statistic == "percentage" and column.percent:
            bare = [cell for cell in column.cells if not cell.endswith("%") and read_figure(cell) is not None]
            if bare:
                remarks.append(
                    f"{name}: most figures have a percent sign and {bare[0]} has none; it is read as {bare[0]} %. If that is wrong, change the file."
                )
        elif (
            statistic == "percentage" and column.decimals and _SURE_SHARE <= column.highest <= 1 and column.lowest >= 0
        ):
            remarks.append(
                f"{name} holds nothing above {column.highest:g}, which is read as {column.highest:g} %. If it is a share of 1, multiply it by 100 in the file."
            )
        elif statistic == "count":
            pointed = [cell for cell in column.cells if "." in cell]
            if pointed and all(map(_THREE_BEHIND_POINT.fullmatch, pointed)):
                remarks.append(
                    f"{name} holds {pointed[0]}, and what is counted is whole. If the point parts thousands, write {pointed[0].replace('.', '')} in the file."
                )
    return remarks


def bare_ages(mapping: Mapping[str, Any]) -> list[str]:
    """Return a sentence where columns are called 1, 2, 3 and so on, and nothing but that says that they are ages."""
    names = [name.rsplit(" | ", 1)[-1] for name in columns_for(mapping, "value") if not is_total(name)]
    if option(mapping, "columns_are") != "groups" or recognise(said(mapping, "characteristic") or "-") is None:
        return []
    if len(names) < 3 or names != [str(number + 1) for number in range(len(names))] or len(names) > _DECILES:
        return []
    return [
        f"The columns 1 to {len(names)} are read as ages. If they are tenths or fifths of places, or anything else, say so in their names, such as Decile 1."
    ]


_DECILES = 10


def added_up_in_between(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence on each row of a table that adds up others and would be read as a place."""
    named = {name for role in ("area", "group") for name in columns_for(mapping, role)}
    return [
        f"“{shorten(cell, 40)}” adds up other rows, and is read as one of {shorten(column.name, 40)}: take the row out of the file."
        for column in profiles
        if column.name in named
        for cell in column.cells
        if _ADDED_UP.match(cell)
    ]


def asked_in_between(mapping: Mapping[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Return a sentence where rows that say how many people were asked stand among the answers or groups of a column."""
    names = columns_for(mapping, "group")
    return [
        f"{_list_of(bases)} in {shorten(column.name, 40)} say how many people were asked, and are read as groups beside the others, whose figures may be"
        " percentages of them: take these rows out, or write them in a column of their own."
        for column in profiles
        if column.name in names
        and (bases := [cell for cell in column.cells if _A_BASE.fullmatch(cell)])
        and len(bases) < len(column.cells)
    ]


def _list_of(cells: Sequence[str]) -> str:
    return " and ".join(f"“{shorten(cell, 30)}”" for cell in cells[:3])


_A_BASE = re.compile(
    r"(?:un-?weighted|weighted)(?: (?:base|total|sample|n|number|count)s?)?|(?:un-?weighted |weighted |total |effective )?(?:base|sample(?: size)?)"
    r"(?: \(?(?:un-?weighted|weighted|n)\)?)?"
    r"|base:.*|number of (?:respondents|responses)|respondents|responses|n ?=?",
    re.IGNORECASE,
)


_ADDED_UP = re.compile(r"(?:sub[ -]?total|running total|total so far|carried forward|brought forward)\b", re.IGNORECASE)


_NEARLY_A_NUMBER = re.compile(
    r"(?:n ?= ?|circa |c\.? ?|ca\.? ?|approx\.? |about |[~≈><≥≤(\[]|[a-z]{3} )?[-+]?£?\d[\d,.'’]*(?:\s*%)?(?: ?(?:k|m|bn|thousand|million)\b)?"
    r"(?:\s*(?:±|\+/-|[(\[/,;]|to\b|se\b|sd\b|n=).*)?",
    re.IGNORECASE,
)


_NO_FIGURE_BY_NAME = re.compile(
    r"\b(?:id|ref|reference|key|code|date|day|time|when|phone|telephone|mobile|tel|fax|post ?code|address|street|website|url|ages?|hours|opening)\b"
)


def figures_in_words(profiles: Sequence[Profile]) -> tuple[str, str] | None:
    """Return a column of numbers that are written with something else in their cells, and one of these, in a table whose rows are told apart by groups."""
    if not any(
        recognise(column.words) is not None
        or column.words in ("measure", "indicator")
        or characteristic_of_labels(column.cells)
        for column in profiles
    ):
        return None
    for column in profiles:
        if (
            not column.cells
            or _NO_FIGURE_BY_NAME.search(column.words)
            or (
                recognise(column.words) is not None
                and not names_one_group(column.name)
                and statistic_in(column, column.words) == ""
            )
        ):
            continue
        written = [cell for cell in column.cells if _NEARLY_A_NUMBER.fullmatch(cell)]
        odd = [cell for cell in written if read_figure(cell) is None]
        if odd and len(written) >= 0.8 * len(column.cells):
            return column.name, odd[0]
    return None


# --- ages that became days ------------------------------------------------------------------------------------------------------------------------


def _age_of(cell: str) -> str:
    """Return the ages that a spreadsheet turned into a day, such as 5-9 of the fifth of September, or ""."""
    if match := _DAY.fullmatch(cell):
        day, month = int(match[3]), int(match[2])
    elif match := _DAY_OF_YEAR.fullmatch(cell):
        day, month = int(match[1]), int(match[2])
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
    values = [
        column for column in profiles if column.name in columns_for(mapping, "value") and not is_total(column.name)
    ]
    asked = [column for column in values if _A_BASE.fullmatch(column.words) and column.lowest > _ALL_OF_THEM]
    figures = [column for column in values if column not in asked]
    unnamed = all(statistic_in(column, column.words) in ("", "figure") for column in figures)
    kind = option(mapping, "columns_are")
    in_decimals = any(column.decimals or any("." in cell for cell in column.cells) for column in figures)
    if len(figures) < 2 or "statistic" in mapping or kind == "periods" or not unnamed:
        return []
    sums: list[float] = []
    for row in rows:
        numbers = [read_figure(row[column.place]) if column.place < len(row) else None for column in figures]
        known = [number for number in numbers if number is not None]
        if len(known) == len(figures):
            sums.append(sum(known))
    if len(sums) < 2 or sum(99 <= total <= 101 for total in sums) < 0.9 * len(sums):
        return []
    if not asked and (len(figures) < _MORE_THAN_A_PAIR or not in_decimals):
        if any(total % 1 for total in sums) or len(sums) < _ROWS_OF_SHARES - (len(figures) > 2):
            return []
        return [
            "The figures of each row add up to 100 and are read as counts. If they are percentages, say so in the names of the columns,"
            f" such as {shorten(figures[0].name, 30)} (%)."
        ]
    mapping["statistic"] = "=percentage"
    return ["The figures of each row add up to 100, so they are read as percentages."]


def shares_of_counts(
    mapping: Mapping[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]
) -> tuple[tuple[Profile, ...], list[str]]:
    """Return columns of which those that are what one count is of another in every hundred are percentages, and a sentence on each."""
    values = [column for column in profiles if column.name in columns_for(mapping, "value")]
    if len(values) < 3 or len(values) > _MOST_COUNTS or option(mapping, "columns_are") not in ("", "indicators"):
        return tuple(profiles), []
    unnamed = [
        column
        for column in values
        if statistic_in(column, column.words) == "" and 0 <= column.lowest < column.highest <= 100
    ]
    counts = [
        column for column in values if statistic_in(column, column.words) in ("", "count") and not column.decimals
    ]
    known = {
        column.name: [read_figure(row[column.place]) if column.place < len(row) else None for row in rows]
        for column in values
    }
    shares: dict[str, Profile] = {}
    remarks: list[str] = []
    for column in unnamed:
        others = [other for other in counts if other.name != column.name and other.name not in shares]
        pair = next(
            (pair for pair in permutations(others, 2) if _is_share(*(known[one.name] for one in (column, *pair)))), None
        )
        if pair is not None:
            shares[column.name] = replace(column, percent=True)
            remarks.append(
                f"{shorten(column.name, 40)} is how many of every 100 in {shorten(pair[1].name, 40)} are in {shorten(pair[0].name, 40)}, so it is read as a percentage."
            )
    return tuple(shares.get(column.name, column) for column in profiles), remarks


def _is_share(figures: Sequence[float | None], tops: Sequence[float | None], bottoms: Sequence[float | None]) -> bool:
    """Tell whether figures are what counts are of others in every hundred, rounded to whole ones."""
    whole = [
        (figure, top, bottom)
        for figure, top, bottom in zip(figures, tops, bottoms, strict=True)
        if figure is not None and top is not None and bottom
    ]
    if len(whole) < _ROWS_OF_SHARES or len({figure for figure, _, _ in whole}) < _ROWS_OF_SHARES:
        return False
    slack = [rounded_to_five(top, bottom) for _, top, bottom in whole] if _in_fives(whole) else [0.0] * len(whole)
    if sum(slack) > _LEAST_TELLING * len(whole):
        return False
    return all(
        0 <= top <= bottom and abs(100 * top / bottom - figure) <= 0.51 + 100 * more
        for (figure, top, bottom), more in zip(whole, slack, strict=True)
    )


def _in_fives(whole: Sequence[tuple[float, float, float]]) -> bool:
    return all(top % 5 == 0 and bottom % 5 == 0 for _, top, bottom in whole)


_MOST_COUNTS = 12


_MORE_THAN_A_PAIR = 3


_ALL_OF_THEM = 101
"""No base of so many people or more is a sum of percentages."""


_ROWS_OF_SHARES = 3


_LEAST_TELLING = 0.04
"""Counts that were rounded so that shares are off by more than this tell nothing."""


def limits_in_one(mapping: dict[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Leave out columns that hold both limits of a figure in one cell, which would be read as groups, and return a sentence on each."""
    remarks: list[str] = []
    for column in profiles:
        both = [cell for cell in column.cells if _BOTH_IN_A_CELL.fullmatch(cell)]
        if not _OF_LIMITS.search(column.words) or not both or len(both) < 0.6 * len(column.cells):
            continue
        if recognise(column.words) is not None:
            continue  # a range of ages
        _leave_out(mapping, column.name)
        remarks.append(
            f"{shorten(column.name, 40)} holds two limits in a cell, such as {shorten(both[0], 30)}, and is left out: write the lower and the upper one in columns of their own."
        )
    return remarks


def _leave_out(mapping: dict[str, Any], name: str) -> None:
    for role in ("group", "subgroup", "area", "indicator", "value", "period"):
        if name in (names := columns_for(mapping, role)):
            left = [other for other in names if other != name]
            mapping[role] = left[0] if len(left) == 1 else left
            if not left:
                del mapping[role]


def comparisons_of_groups(mapping: dict[str, Any], profiles: Sequence[Profile]) -> list[str]:
    """Leave out columns that compare those beside them, such as a ratio of men to women, which would be read as a group, and return a sentence on each."""
    if option(mapping, "columns_are") != "groups" or len(columns_for(mapping, "value")) < 3:
        return []
    compared = [
        column
        for column in profiles
        if column.name in columns_for(mapping, "value") and _COMPARES.fullmatch(" ".join(column.words.split()))
    ]
    for column in compared:
        _leave_out(mapping, column.name)
    return [
        f"{shorten(column.name, 40)} compares the groups beside it, is none itself, and is left out."
        for column in compared
    ]


_COMPARES = re.compile(
    r"(?:(?:rate|risk|odds|gender|sex) )?(?:ratio|gap|difference|diff)(?: \(.*\))?|(?:%|percentage|absolute|relative) (?:change|difference)|p|p ?value|disparity",
    re.IGNORECASE,
)


_OF_LIMITS = re.compile(r"\b(?:ci|cis|confidence|limits?|iqr)\b")


_BOTH_IN_A_CELL = re.compile(r"[(\[]?\s*-?\d+(?:\.\d+)?\s*%?\s*(?:-|–|—|to|,|;)\s*-?\d+(?:\.\d+)?\s*%?\s*[)\]]?")


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
