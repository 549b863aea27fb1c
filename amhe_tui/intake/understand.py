"""What was understood of a file before anything of it is written: its pages, its tables, what their columns mean, and what is odd about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.intake.column_roles import guess_roles, role_by_name
from amhe_tui.intake.columns import Profile, profile, statistic_of
from amhe_tui.intake.layouts import Layout
from amhe_tui.intake.meaning import Meaning, columns_for, guess_meaning, last_part, option
from amhe_tui.intake.mending import mended
from amhe_tui.intake.published import GP_SURVEY_MISSING, name_of_table, recognise
from amhe_tui.intake.shape import BETWEEN, Note, Numbered, Table, filled, find_tables, is_figure
from amhe_tui.intake.sniff import FALLBACK, MOST_COLUMNS, Sniffed
from amhe_tui.intake.texts import Opened, Page, first_rows, open_pages, rows_further_down
from amhe_tui.intake.tidy import tidy
from amhe_tui.intake.wider_places import settle_wider_places
from amhe_tui.method.periods import order_of_days, read_period
from amhe_tui.text import one_line, shorten

SHOWN = 20
_PROFILED = 3_000


@dataclass(frozen=True)
class Choices:
    """What a person has corrected; what is left out is told from the file.

    Attributes:
        sheet: The sheet of a workbook.
        header: The rows that name the columns, counted from 1.
        encoding, delimiter: How the bytes are read.
        meaning: What the columns mean.
        period, area: Where and when, if the file does not say.
    """

    sheet: str = ""
    header: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    meaning: Meaning | None = None


@dataclass(frozen=True)
class Part:
    """One table of one page, and how it is read.

    Attributes:
        page, table: Where it is.
        name: The name of its layout.
        family: Whether it holds ``figures``, ``answers`` of people, or a ``list`` of things.
        layout: How its rows become figures; None for the other families.
        meaning: What its columns were taken to mean; None for published layouts.
        profiles: What is in its columns.
        sample: The first rows, cleaned.
        width: How many cells its rows have.
    """

    page: Page
    table: Table
    name: str
    family: str
    layout: Layout | None
    meaning: Mapping[str, Any] | None
    profiles: tuple[Profile, ...]
    sample: tuple[tuple[str, ...], ...]
    width: int


@dataclass(frozen=True)
class Understood:
    """What was understood of a file.

    Attributes:
        opened: Its pages.
        parts: Its tables, in their order; those of all pages that have any.
        warnings: What is odd about it, in plain sentences.
        left: Pages without a table, and why.
    """

    opened: Opened
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = field(default=())

    @property
    def main(self) -> Part:
        """The part that is shown first: the one with the most columns and rows looked at."""
        return max(self.parts, key=lambda part: len(part.table.columns) * max(len(part.sample), 1))


@contextmanager
def understand(path: Path, choices: Choices | None = None) -> Generator[Understood]:
    """Open a file and say what was understood of it; its pages can be read until the end of the block.

    Raises:
        AmheError: It cannot be read, or holds no table.
    """
    choices = choices or Choices()
    with ExitStack() as stack:
        try:
            seen = _understood(path, choices, stack)
        except UnicodeDecodeError as error:
            if choices.encoding and choices.encoding != FALLBACK:
                raise AmheError(
                    "Other letters", f"{path.name} is not written in {choices.encoding}.", "Choose another encoding."
                ) from error
            # The part that was looked at first happened to be plain letters; what follows is not UTF-8.
            seen = _understood(path, replace(choices, encoding=FALLBACK), stack)
        yield seen


def _understood(path: Path, choices: Choices, stack: ExitStack) -> Understood:
    opened = stack.enter_context(open_pages(path, encoding=choices.encoding, delimiter=choices.delimiter))
    pages = [page for page in opened.pages if choices.sheet in ("", page.name)]
    if not pages:
        names = ", ".join(shorten(page.name, 30) for page in opened.pages)
        raise AmheError("No such sheet", f"{path.name} has no sheet {shorten(choices.sheet, 40)}.", f"It has: {names}.")
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="amhe-")))
    parts: list[Part] = []
    left: list[tuple[str, str]] = []
    mendings: list[str] = []
    for page in pages:
        whole, said = mended(page, folder)
        found = [part for side in whole for part in _parts_of(path, side, choices, beside=len(whole) > 1)]
        parts += found
        mendings += [f"Sheet {page.name}: {words}" if page.name and len(pages) > 1 else words for words in said]
        if not found:
            left.append((page.name, page.remark or "no table: words only"))
    told = _most_telling(parts)
    kept = {part.page.name for part in told}
    left += [
        (name, "explains the others") for name in dict.fromkeys(part.page.name for part in parts) if name not in kept
    ]
    parts = told
    if not parts:
        raise AmheError(
            "Not a table",
            f"{path.name} holds no table: nowhere do rows of several columns stand below their names.",
            "Choose a file whose columns are named, or copy the table into a CSV file.",
        )
    return Understood(opened, tuple(parts), (*_warnings(opened, parts, left), *mendings), tuple(left))


_NO_DATA = re.compile(
    r"((table|list) of )?(contents?|index|notes?|cover( ?(sheet|page))?|title( page)?|front page|read ?me|introduction|information|metadata|definitions?|glossary|"
    r"explanatory notes|data quality( statement)?|shorthand|footnotes|guidance|about)( and .*)?$",
    re.IGNORECASE,
)
"""Sheets that explain the others, though they may be laid out like a table."""


def _most_telling(parts: list[Part]) -> list[Part]:
    """Leave out tables of explanations where others hold figures; what they say becomes notes of the one before them."""
    telling = [part for part in parts if not _NO_DATA.match(part.page.name.strip())]
    parts = telling or parts
    figures = [part for part in parts if part.family == "figures"]
    if not figures:
        return parts
    found: list[Part] = []
    for part in parts:
        if part.family == "figures":
            found.append(part)
        elif found and found[-1].page is part.page:
            last = found[-1]
            words = [Note(row, "footer", " ".join(part.table.columns)) for row in part.table.header_rows]
            rows = range(part.table.first, part.table.first + len(part.sample))
            words += [
                Note(row, "footer", " ".join(filter(None, cells))) for row, cells in zip(rows, part.sample, strict=True)
            ]
            found[-1] = replace(last, table=replace(last.table, notes=(*last.table.notes, *words, *part.table.notes)))
    return found


def _parts_of(path: Path, page: Page, choices: Choices, *, beside: bool) -> list[Part]:
    if page.remark:
        return []
    rows, whole = first_rows(page.text)
    if rows and max(len(row) for _, row in rows[:50]) > MOST_COLUMNS:
        raise AmheError(
            "Too wide",
            f"{path.name} has more than {MOST_COLUMNS:,} columns.",
            "Choose another separator, or another file.",
        )
    if whole and len([row for _, row in rows if any(row)]) == 1 and len(rows[0][1]) > 1:
        raise AmheError("No rows", f"{path.name} has a header and nothing below it.", "Choose another file.")
    tables = [table for table in find_tables(rows, header=choices.header, whole=whole) if len(table.columns) > 1]
    if whole and not choices.header and not page.name and _is_prose(rows):
        return []
    further = [] if whole else rows_further_down(page.text)
    titled = tables[0].title if tables else ""
    return [
        _part(
            path,
            page,
            table if table.title else replace(table, title=titled),
            rows,
            further,
            choices,
            several=beside or len(tables) > 1,
        )
        for table in tables
    ]


def _is_prose(rows: Sequence[Numbered]) -> bool:
    """Tell whether a text is one of sentences that only happen to hold commas: most lines have no second cell, or as many as they please."""
    widths = Counter(filled(row) for _, row in rows)
    figures = sum(is_figure(one_line(cell)) for _, row in rows for cell in row)
    return not figures and widths[1] * 2 >= sum(widths.values())


def _part(
    path: Path,
    page: Page,
    table: Table,
    rows: Sequence[Numbered],
    further: list[list[str]],
    choices: Choices,
    *,
    several: bool,
) -> Part:
    below = [row for number, row in rows if number >= table.first and (not table.last or number <= table.last)]
    known = recognise(table.columns, table.places) if choices.meaning is None else None
    # Of a layout that is known only examples are shown; of any other, what is in the columns tells what they mean.
    some = _spaced(below, SHOWN if known is not None else _PROFILED)
    looked_at = some if known is not None else [*some, *(row for row in further if len(row) > max(table.places))]
    cleaned = [[one_line(cell) for cell in row] for row in looked_at]
    profiles = profile(table.columns, table.places, cleaned)
    usual = Counter(len(row) for row in below[:2000]).most_common(1)
    width = max(max(table.places) + 1, usual[0][0] if usual else 0)
    sample = tuple(
        tuple(one_line(row[place]) if place < len(row) else "" for place in table.places) for row in below[:SHOWN]
    )
    part = Part(page, table, "", "figures", None, None, profiles, sample, width)
    if known is not None:
        return replace(part, name=known.name, layout=known)
    titles = " ".join(note.words for note in table.notes[:40])
    family, name = family_of(table.columns, profiles, len(cleaned))
    if choices.meaning is None and family != "figures":
        return replace(part, name=name, family=family)
    meaning = dict(choices.meaning) if choices.meaning is not None else guess_meaning(profiles, len(cleaned))
    if choices.meaning is None:
        settle_wider_places(meaning, profiles, cleaned)
        _add_what_titles_say(meaning, table, page, path.name)
        if not columns_for(meaning, "value"):
            return replace(part, name="list", family="list")
    name = "tidy" if choices.meaning is not None else name_of_table(table.columns, titles, path.name)
    stem = _stem(path, page, table)
    values = columns_for(meaning, "value")
    if len(values) == 1 and not option(meaning, "columns_are") and _names_a_figure(values[0], profiles):
        # The name of the only column of figures says more than that of the file.
        stem = values[0] if stem == _of_file(path, page) else f"{stem}: {values[0]}"
    how = tidy(table.columns, meaning, stem, table.places, profiles, own_totals=several)
    stands_for = GP_SURVEY_MISSING if "ad_practicecode" in map(str.casefold, table.columns) else {}
    return replace(part, name=name, layout=replace(how, name=name, stands_for=stands_for), meaning=meaning)


def _spaced(rows: list[list[str]], most: int) -> list[list[str]]:
    if len(rows) <= most:
        return rows
    step = len(rows) // (most // 2)
    return [*rows[: most // 2], *rows[most // 2 :: step]]


def _stem(path: Path, page: Page, table: Table) -> str:
    """Return what is counted where no column says so: what the lines above count, their last heading, or the file's name."""
    for note in table.notes:
        if found := re.match(r"counting: (.+)", note.words, re.IGNORECASE):
            return found[1]
    titles = [note.words for note in table.notes if note.kind == "title"]
    for title in (table.title, *reversed(titles)):
        if title and len(title) <= 120 and not _SAYS_LITTLE.match(title) and read_period(title) is None:
            return title
    return _of_file(path, page)


def _of_file(path: Path, page: Page) -> str:
    return f"{path.name.split('.')[0]} {page.name}".strip()


def _names_a_figure(name: str, profiles: Sequence[Profile]) -> bool:
    """Tell whether a column's name says what is counted, and not only that something is."""
    one = next((one for one in profiles if one.name == name), None)
    return (
        one is not None
        and not role_by_name(one)
        and statistic_of(one.words) != one.words
        and not _GENERIC.fullmatch(one.words)
    )


_SAYS_LITTLE = re.compile(
    r".*:$|(source|date|units?|geography|population|contact|published|publication|release|last updated|coverage|note|period|status|filters?|default summation)\b.{0,40}:|"
    r"source\b|this (work)?sheet|this table|some (cells|shorthand)|freeze panes|default summation|back to|return to|contents|notes?\b|crown copyright|©|"
    r".*crown copyright|\[?[a-z]{1,4}\]? ?(=|means|denotes|indicates)\b",
    re.IGNORECASE,
)
"""Lines above a table that say where it comes from or how to read it, but not what it counts."""
_GENERIC = re.compile(
    r"(column \d+|obs|observations?|all|total|number of (people|persons)|people|persons|count|rate per [\d,]+|data|result|score|population)"
)
_SAYS_WHEN = re.compile(r"(?:date|year|period|time period)\s*:", re.IGNORECASE)
_CATEGORIES = re.compile(r"\(\d+ categories\)")
"""How the Office for National Statistics names the variables of its tables of the Census 2021."""
_SPOKEN_YEARS = re.compile(r"(?<!\d)(?<!from )(?<!since )((?:19|20)\d\d)(?:[-/_ ](\d\d|20\d\d)(?!\d))?(?!\d)")


def _add_what_titles_say(meaning: dict[str, Any], table: Table, page: Page, file_name: str) -> None:
    """Take from the lines above a table, its sheet's and its file's name what the columns do not say: when, where, and that all are percentages."""
    if "period" not in meaning and "period_starts" not in meaning and option(meaning, "columns_are") != "periods":
        titles = [note.words for note in table.notes if note.kind == "title"]
        # A line that says "date: 2021" knows better than one that says when the file was made.
        titles.sort(key=lambda words: _SAYS_WHEN.match(words) is None)
        places = {
            name
            for role in ("area", "area_code", "wider_area", "wider_area_code")
            for name in columns_for(meaning, role)
        }
        names = [name for name in table.columns[:2] if name not in places]  # a year there is that of the boundaries
        if any(_CATEGORIES.search(name) for name in table.columns):
            names = ["2021"]
        told = [_years_in(words) for words in (page.name, *titles, *names, file_name.split(".")[0])]
        found = next((one for one in told if one), "")
        if found:
            meaning["period"] = f"={found}"
    codes = columns_for(meaning, "area_code")
    if codes and BETWEEN in codes[0] and "area_type" not in meaning:
        meaning["area_type"] = f"={last_part(codes[0])}"
    if (
        not columns_for(meaning, "area")
        and not codes
        and re.search(r"(?<![a-z])england(?![a-z])", file_name.casefold())
    ):
        meaning["area"] = "=England"
    named = option(meaning, "columns_are") != "indicators"
    if "statistic" not in meaning and named and re.match(r"percentage|proportion|% ", table.title, re.IGNORECASE):
        meaning["statistic"] = "=percentage"


def _years_in(words: str) -> str:
    """Return the period a title speaks of: a month, a year or two years that follow each other."""
    if read_period(words) is not None:
        return words
    found = _SPOKEN_YEARS.search(words)
    if found is None:
        return ""
    if found[2] and int(found[2]) % 100 == (int(found[1]) + 1) % 100:
        return f"{found[1]}-{found[2][-2:]}"
    return found[1]


# --- families ---------------------------------------------------------------------------------------------------------------------------------------


_FORMS = (
    ("google_forms", ("timestamp",)),
    ("microsoft_forms", ("start time", "completion time")),
    ("lime_survey", ("response id", "date submitted")),
    ("lime_survey", ("id", "submitdate")),
    ("lime_survey", ("id", "lastpage", "startlanguage")),
    ("qualtrics", ("start date", "end date", "response type", "progress")),
    ("qualtrics", ("startdate", "enddate", "status", "progress")),
    ("survey_monkey", ("respondent id", "collector id")),
    ("smart_survey", ("userno", "started", "ended")),
    ("smart_survey", ("user no", "started", "ended")),
    ("qualtrics", ("response id", "recorded date")),
    ("qualtrics", ("responseid", "recordeddate")),
    ("answers", ("unique response number",)),
)
_CODE_BEFORE = re.compile(r"^\w+(\[\w+\])*\. (?=\S)")
"""The code of a question, which LimeSurvey may write before its words."""
_PLACES_TO_GO = re.compile(
    r"\b(address ?\d?|address line ?\d?|post ?code|telephone|phone|website|web ?site|url|e-?mail|description|opening hours)\b|^(reaches|languages|access|capacity|contact)$",
    re.IGNORECASE,
)
_REACHED_BY = re.compile(r"address|post ?code|telephone|phone|website|web ?site|url|e-?mail|^contact$", re.IGNORECASE)
_NAMES = re.compile(r"(^|\b)(name|title|service|organisation ?name|service name)$", re.IGNORECASE)


def family_of(columns: Sequence[str], profiles: Sequence[Profile], rows: int) -> tuple[str, str]:
    """Return whether a table holds figures, answers of people or a list of things, and what it is called."""
    names = {said for name in columns for said in (name.casefold(), _CODE_BEFORE.sub("", name).casefold())}
    for name, signs in _FORMS:
        if set(signs) <= names and (name != "google_forms" or columns[0].casefold() == "timestamp"):
            return "answers", name
    called = [one.name for one in profiles if _NAMES.search(" ".join(one.words.split()))]
    places = [one.words for one in profiles if _PLACES_TO_GO.search(one.words)]
    if called and len(places) >= 2 and any(map(_REACHED_BY.search, places)):
        return "list", "directory"
    if "value" not in guess_roles(profiles, rows).values():
        asks = sum(one.name.endswith("?") or len(one.name) > 40 for one in profiles)
        return ("answers", "answers") if asks * 3 >= len(profiles) else ("list", "list")
    return "figures", "tidy"


# --- warnings ---------------------------------------------------------------------------------------------------------------------------------------


def _warnings(opened: Opened, parts: Sequence[Part], left: Sequence[tuple[str, str]]) -> list[str]:
    found: list[str] = []
    for part in parts:
        where = f"Sheet {part.page.name}: " if part.page.name and len(parts) > 1 else ""
        if part.page.hidden_rows:
            rows = ", ".join(map(str, part.page.hidden_rows[:8]))
            more = f" and {len(part.page.hidden_rows) - 8} more" if len(part.page.hidden_rows) > 8 else ""
            found.append(f"{where}The workbook hides rows {rows}{more}; they are read like all others.")
        if part.page.hidden:
            found.append(
                f"{where}The workbook hides {', '.join(part.page.hidden[:8])}; what is there is read like all else."
            )
        if part.page.uncounted:
            found.append(
                f"{where}{part.page.uncounted} formulas have no result; open and save the workbook in a spreadsheet first."
            )
        if len(part.table.header_rows) > 1:
            found.append(f"{where}The columns are named by {len(part.table.header_rows)} rows, one above the other.")
        found += [f"{where}{words}" for words in _of_days(part)]
    if len(parts) > 1 and len({part.page.number for part in parts}) == 1:
        found.append(f"{len(parts)} tables stand one below the other; each is read by its own columns.")
    if left and opened.kind == "workbook":
        found.append("Not read: " + "; ".join(f"{name} ({why})" for name, why in left) + ".")
    return found


def _of_days(part: Part) -> list[str]:
    names = [name for role in ("period", "period_starts") for name in columns_for(part.meaning or {}, role)]
    for one in part.profiles:
        if one.name in names and (order := order_of_days(one.cells)) in ("mixed", "month first", "either"):
            if order == "mixed":
                return [f"{one.name} has days written in both orders, day first and month first: say which is meant."]
            if order == "month first":
                return [f"{one.name} has the month before the day, as in the United States."]
            if any(re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", cell) for cell in one.cells[:5]):
                return [f"{one.name} could be read day first or month first; day first is taken."]
    return []


def notes_of(part: Part) -> tuple[Note, ...]:
    """Return the titles, notes and footers around a table."""
    return part.table.notes


def text_of(part: Part) -> Sniffed:
    """Return how the page of a part is read as text."""
    return part.page.text
