"""What the lines above a table, its sheet's and its file's name say that its columns do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from amhe_tui.intake.files.pages import Page
from amhe_tui.intake.publishers.registry import period_of
from amhe_tui.intake.tables.column_mapping import columns_for, last_part, option, read_stacks
from amhe_tui.intake.tables.columns import Profile, statistic_of
from amhe_tui.intake.tables.roles import role_by_name
from amhe_tui.intake.tables.shape import BETWEEN, Table
from amhe_tui.method.periods import read_period


def stem_of(path: Path, page: Page, table: Table) -> str:
    """Return what is counted where no column says so: what the lines above count, their last heading, or the file's name."""
    for note in table.notes:
        if match := re.match(r"counting: (.+)", note.words, re.IGNORECASE):
            return match[1]
    titles = [note.words for note in table.notes if note.kind == "title"]
    for title in (table.title, *reversed(titles)):
        if title and len(title) <= 120 and not _SAYS_LITTLE.match(title) and read_period(title) is None:
            return title
    return of_file(path, page)


def of_file(path: Path, page: Page) -> str:
    """Return what is counted by the names of the file and its sheet."""
    # A sheet that is called after a year holds the same as those of other years.
    sheet = "" if read_period(page.name) else page.name
    return f"{path.name.split('.')[0]} {sheet}".strip()


def names_a_figure(name: str, profiles: Sequence[Profile]) -> bool:
    """Tell whether a column's name says what is counted, and not only that something is."""
    column = next((profile for profile in profiles if profile.name == name), None)
    return (
        column is not None
        and not role_by_name(column)
        and statistic_of(column.words) != column.words
        and not _GENERIC.fullmatch(column.words)
    )


_SAYS_LITTLE = re.compile(
    r".*:$|(?:table|figure|chart|sheet|annex)\s*[\d.]+[a-z]?$|"
    r"(source|date|units?|geography|population|contact|published|publication|release|last updated|coverage|note|period|status|filters?|default summation)\b.{0,40}:|"
    r"source\b|this (work)?sheet|this table|some (cells|shorthand)|freeze panes|default summation|back to|return to|contents|notes?\b|crown copyright|©|"
    r".*crown copyright|\[?[a-z]{1,4}\]? ?(=|means|denotes|indicates)\b",
    re.IGNORECASE,
)
"""Lines above a table that say where it comes from or how to read it, but not what it counts."""


_GENERIC = re.compile(
    r"(column \d+|v4 \d+|data|data values?|obs values?|values?|"
    r"obs|observations?|all|total|number of (people|persons)|people|persons|count|rate per [\d,]+|data|result|score|population)"
)


_SAYS_WHEN = re.compile(r"(?:date|year|period|time period)\s*:", re.IGNORECASE)


_SPOKEN_YEARS = re.compile(
    r"(?<!\d)(?<!from )(?<!since )((?:19|20)\d\d)(?:[-/_ ](\d\d|20\d\d)(?!\d))?(?!\d)", re.IGNORECASE
)


_OF_AN_ACT = re.compile(r"\bact,? $", re.IGNORECASE)
"""Before the year in which a law was made; two years behind it, as in ``detained under the Act, 2022/23``, are when people were."""


_MONTH_WORD = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR_WORD = r"(?:19|20)\d\d"
_DAY_WORD = r"(?:\d{1,2}(?:st|nd|rd|th)? )?"


_SPOKEN_SPANS = tuple(
    re.compile(rf"(?<![\w-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        rf"(?P<first>{_DAY_WORD}{_MONTH_WORD},? {_YEAR_WORD})\s*(?:to|until|and|-|–|—)\s*(?P<last>{_DAY_WORD}{_MONTH_WORD},? {_YEAR_WORD})",
        rf"(?P<first>{_DAY_WORD}{_MONTH_WORD})\s*(?:to|until|and|-|–|—)\s*(?P<last>{_DAY_WORD}{_MONTH_WORD},? {_YEAR_WORD})",
        rf"(?P<first>\d{{1,2}}/\d{{1,2}}/{_YEAR_WORD})\s*(?:to|until|and|-|–|—)\s*(?P<last>\d{{1,2}}/\d{{1,2}}/{_YEAR_WORD})",
        rf"(?P<whole>(?:(?:financial )?year|(?:12|six|three|6|3) months|quarter|month|week) (?:to|ending|ended)(?: in)? {_DAY_WORD}{_MONTH_WORD},? {_YEAR_WORD})",
        rf"(?P<whole>(?:q|quarter )[1-4],? {_YEAR_WORD}(?:[-/]\d\d(?:\d\d)?)?|{_YEAR_WORD}(?:[-/]\d\d)? q[1-4]|h[12] {_YEAR_WORD}(?:[-/]\d\d)?)",
        rf"(?P<whole>(?:autumn|spring|summer) term,? {_YEAR_WORD}(?:[-/]\d\d)?)",
        rf"(?P<whole>{_DAY_WORD}{_MONTH_WORD},? {_YEAR_WORD})",
        rf"(?<!from )(?<!since )(?P<first>{_YEAR_WORD}(?:[-/]\d\d)?)\s*(?:to|until|–|—|-)\s*(?P<last>{_YEAR_WORD}(?:[-/]\d\d)?)",
    )
)
"""Periods as titles speak of them among other words, the longest first."""


def _spoken_span(title: str) -> str:
    """Return the months, quarters or years that a title names among other words, or ""."""
    for pattern in _SPOKEN_SPANS:
        for match in pattern.finditer(title):
            found = match.groupdict()
            if whole := found.get("whole"):
                said_words = whole.replace(",", "")
            else:
                first, last = found["first"].replace(",", ""), found["last"].replace(",", "")
                if not re.search(_YEAR_WORD, first):
                    year = re.findall(_YEAR_WORD, last)[-1]
                    begins, ends = read_period(f"{first} {year}"), read_period(last)
                    # From October to March is from October of the year before.
                    late = begins is not None and ends is not None and begins.starts > ends.ends
                    first = f"{first} {int(year) - late}"
                said_words = f"{first} to {last}"
            if read_period(said_words) is not None:
                return said_words
    return ""


def add_what_titles_say(mapping: dict[str, Any], table: Table, page: Page, file_name: str) -> list[str]:
    """Take from the lines above a table, its sheet's and its file's name what the columns do not say: when, where, and that all are percentages.

    Returns:
        A sentence on each thing that only the file's name says, which a person should look at.
    """
    remarks: list[str] = []
    stacked = any(column.period for column in read_stacks(columns_for(mapping, "value")).values())
    by_columns = stacked or option(mapping, "columns_are") == "periods"
    if "period" not in mapping and "period_starts" not in mapping and not by_columns:
        titles = [note.words for note in table.notes if note.kind == "title"]
        # A line that says "date: 2021" knows better than one that says when the file was made.
        titles.sort(key=lambda title: _SAYS_WHEN.match(title) is None)
        places = {
            name
            for role in ("area", "area_code", "wider_area", "wider_area_code")
            for name in columns_for(mapping, role)
        }
        names = [name for name in table.columns[:2] if name not in places]  # a year there is that of the boundaries
        if known := period_of(table.columns):
            names = [known]
        times = {time for name in columns_for(mapping, "value") if (time := time_in(name))}
        if len(times) > 1:
            names = []  # columns of several times are not all of the first of them
        period = next((spoken for text in (page.name, *titles, *names) if (spoken := time_in(text))), "")
        if not period and (period := time_in(file_name.split(".")[0])):
            remarks.append(
                f"Only the name of the file says when: {period} is taken. If that is wrong, say the time on the import screen or with --map."
            )
        if period:
            mapping["period"] = f"={period}"
    codes = columns_for(mapping, "area_code")
    if codes and BETWEEN in codes[0] and "area_type" not in mapping:
        mapping["area_type"] = f"={last_part(codes[0])}"
    if (
        not columns_for(mapping, "area")
        and not codes
        and re.search(r"(?<![a-z])england(?![a-z])", file_name.casefold())
    ):
        mapping["area"] = "=England"
        remarks.append(
            "Only the name of the file says where: England is taken. If that is wrong, say the place on the import screen or with --map."
        )
    named = option(mapping, "columns_are") != "indicators"
    if "statistic" not in mapping and named and re.match(r"percentage|proportion|% ", table.title, re.IGNORECASE):
        mapping["statistic"] = "=percentage"
    return remarks


def time_in(title: str) -> str:
    """Return the period a title speaks of: a month, a year or two years that follow each other."""
    if read_period(title) is not None:
        return title
    if spoken := _spoken_span(title):
        return spoken
    matches = list(_SPOKEN_YEARS.finditer(title))
    for match in matches:
        if match[2] and int(match[2]) % 100 == (int(match[1]) + 1) % 100:
            return f"{match[1]}-{match[2][-2:]}"
    return next((match[1] for match in matches if not match[2] and not _OF_AN_ACT.search(title[: match.start()])), "")
