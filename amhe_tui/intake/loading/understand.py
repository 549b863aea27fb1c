"""What was understood of a file before anything of it is written: its pages, its tables, what their columns mean, and what is odd about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, TypeVar

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import state_of
from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.files.pages import Opened, Page, first_rows, open_pages, rows_further_down
from amhe_tui.intake.files.sniff import FALLBACK, MOST_COLUMNS, Sniffed
from amhe_tui.intake.loading.keys import Entries, Figures
from amhe_tui.intake.loading.telling_apart import (
    called_after,
    doubts,
    further_groups,
    groups_of_sheets,
    of_sheets,
    says_only_how,
    tables_that_disagree,
    things_of_titles,
    told_by,
    with_groups,
    without_group,
)
from amhe_tui.intake.publishers.registry import missing, name_of_table, recognise
from amhe_tui.intake.tables.codes import settle_codes, without_codes_beside_names
from amhe_tui.intake.tables.column_mapping import (
    HIDDEN_ROLES,
    ROLES,
    ColumnMapping,
    columns_for,
    guess_mapping,
    option,
    settle_limits,
    settle_wider_places,
)
from amhe_tui.intake.tables.columns import Profile, profile, words_of
from amhe_tui.intake.tables.content import (
    above_all,
    added_up_in_between,
    ages_as_days,
    asked_in_between,
    bare_ages,
    comparisons_of_groups,
    figures_in_words,
    in_decimals,
    in_which_unit,
    letters_gone_wrong,
    limits_in_one,
    no_figures,
    perhaps_places,
    shares_of_counts,
    shares_of_rows,
    without_dates,
)
from amhe_tui.intake.tables.group_levels import group_levels
from amhe_tui.intake.tables.layout import Layout
from amhe_tui.intake.tables.normalising import normalised
from amhe_tui.intake.tables.people import left_out, never_taken_in
from amhe_tui.intake.tables.roles import family_of
from amhe_tui.intake.tables.shape import Note, Table, filled, find_tables, is_figure
from amhe_tui.intake.tables.tidy import tidy
from amhe_tui.intake.tables.titles import add_what_titles_say, names_a_figure, of_file, stem_of
from amhe_tui.method.periods import order_of_days
from amhe_tui.text import first_of, one_line, shorten

T = TypeVar("T")


SHOWN = 20


_PROFILED = 3_000


@dataclass(frozen=True)
class ImportOverrides:
    """What a person has corrected; what is left out is told from the file.

    Attributes:
        sheet: The sheet of a workbook.
        header: The rows that name the columns, counted from 1.
        encoding, delimiter: How the bytes are read.
        mapping: What the columns mean.
        period, area: Where and when, if the file does not say.
    """

    sheet: str = ""
    header: tuple[int, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    mapping: ColumnMapping | None = None


@dataclass(frozen=True)
class Part:
    """One table of one page, and how it is read.

    Attributes:
        page, table: Where it is.
        name: The name of its layout.
        family: Whether it holds ``figures``, ``answers`` of people, or a ``list`` of things.
        layout: How its rows become figures; None for the other families.
        mapping: What its columns were taken to mean; None for published layouts.
        profiles: What is in its columns.
        sample: The first rows, cleaned.
        width: How many cells its rows have.
        rows: Those of its rows that were looked at, by their number.
        figures: The figures in them; None where it is known how the file is laid out.
        remarks: What is worth saying of how it was understood.
        looked_at: How many of its rows were looked at.
    """

    page: Page
    table: Table
    name: str
    family: str
    layout: Layout | None
    mapping: Mapping[str, Any] | None
    profiles: tuple[Profile, ...]
    sample: tuple[tuple[str, ...], ...]
    width: int
    rows: Mapping[int, list[str]] = field(default_factory=dict[int, list[str]], repr=False)
    figures: Figures | None = field(default=None, repr=False)
    remarks: tuple[str, ...] = ()
    looked_at: int = 0


@dataclass(frozen=True)
class Understood:
    """What was understood of a file.

    Attributes:
        opened: Its pages.
        parts: Its tables, in their order; those of all pages that have any.
        warnings: What is odd about it, in plain sentences.
        left: Pages without a table, and why.
        doubts: What the rows that were looked at say twice and differently; the import checks all rows.
    """

    opened: Opened
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = field(default=())
    doubts: tuple[str, ...] = ()

    @property
    def main(self) -> Part:
        """The part that is shown first: the one with the most columns and rows looked at."""
        return max(self.parts, key=lambda part: len(part.table.columns) * max(len(part.sample), 1))


class DataFile:
    """A data file in hand: it is opened and understood once, from the first look at it until it is in, however many ask what is in it.

    It is understood again only where the file has changed, or where a person says something else of it. What was written out for it is removed by
    :meth:`close`, or when the last who reads it has done so.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._closed = False
        self._opened: tuple[object, Opened] | None = None
        self._known: tuple[object, Understood] | None = None
        self._pages, self._rewritten = ExitStack(), ExitStack()

    def close(self) -> None:
        """Remove what was written out for it; what somebody still reads, when they have done so."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._opened = self._known = None
                self._rewritten.close()
                self._pages.close()
            finally:
                self._lock.release()

    @contextmanager
    def understood(self, overrides: ImportOverrides | None = None) -> Generator[Understood]:
        """Give what was understood of it; its pages can be read until the end of the block. One reads at a time.

        Raises:
            AmheError: It cannot be read, or holds no table.
        """
        overrides = overrides or ImportOverrides()
        with self._reading():
            key = self._key(overrides)
            if self._known is None or self._known[0] != key:
                self._known = (key, self._understand(overrides))
            yield self._known[1]

    @contextmanager
    def understood_as_eight_bits(self, overrides: ImportOverrides) -> Generator[Understood]:
        """Give it as it is understood in :data:`FALLBACK`, for a file that turned out not to be UTF-8 further down; from now on that is what is understood."""
        with self._reading():
            self._known = (self._key(overrides), self._understood(replace(overrides, encoding=FALLBACK)))
            yield self._known[1]

    @contextmanager
    def _reading(self) -> Generator[None]:
        try:
            with self._lock:
                yield
        finally:
            if self._closed:
                self.close()

    def _key(self, *overrides: object) -> object:
        try:
            # What a person says is copied: the screen goes on changing its own.
            return deepcopy((state_of(self.path), overrides))
        except OSError:
            return object()  # it is gone, which opening it will say

    def _understand(self, overrides: ImportOverrides) -> Understood:
        try:
            return self._understood(overrides)
        except UnicodeDecodeError as error:
            if overrides.encoding and overrides.encoding != FALLBACK:
                raise AmheError(
                    "Other letters",
                    f"{self.path.name} is not written in {overrides.encoding}.",
                    "Choose another encoding.",
                ) from error
            # The part that was looked at first happened to be plain letters; what follows is not UTF-8.
            return self._understood(replace(overrides, encoding=FALLBACK))

    def _understood(self, overrides: ImportOverrides) -> Understood:
        self._known = None
        self._rewritten.close()
        folder = Path(self._rewritten.enter_context(TemporaryDirectory(prefix="amhe-")))
        return _understood(self.path, self._open(overrides), overrides, folder)

    def _open(self, overrides: ImportOverrides) -> Opened:
        key = self._key(overrides.encoding, overrides.delimiter)
        if self._opened is None or self._opened[0] != key:
            self._opened = None
            self._pages.close()
            pages = open_pages(self.path, encoding=overrides.encoding, delimiter=overrides.delimiter)
            self._opened = (key, self._pages.enter_context(pages))
        return self._opened[1]


@contextmanager
def in_hand(file: Path | DataFile) -> Generator[DataFile]:
    """Give a file that is in hand already, or take it in hand for as long as the block lasts."""
    if isinstance(file, DataFile):
        yield file
    else:
        with closing(DataFile(file)) as data_file:
            yield data_file


def _understood(path: Path, opened: Opened, overrides: ImportOverrides, folder: Path) -> Understood:
    pages = [page for page in opened.pages if overrides.sheet in ("", page.name)]
    if not pages:
        names = ", ".join(shorten(page.name, 30) for page in opened.pages)
        raise AmheError(
            "No such sheet", f"{path.name} has no sheet {shorten(overrides.sheet, 40)}.", f"It has: {names}."
        )
    parts: list[Part] = []
    left: list[tuple[str, str]] = []
    normalisations: list[str] = []
    entries = Entries()
    groups = groups_of_sheets([page.name for page in pages])
    for page in pages:
        whole, sentences = normalised(page, folder)
        page_parts = [
            part
            for side in whole
            for part in _parts_of(path, side, overrides, entries, beside=len(whole) > 1, only=groups.get(page.name, ""))
        ]
        parts += page_parts
        normalisations += [
            f"Sheet {page.name}: {sentence}" if page.name and len(pages) > 1 else sentence for sentence in sentences
        ]
        if not page_parts:
            left.append((page.name, page.remark or "no table: words only"))
    telling = _most_telling(parts)
    kept = {part.page.name for part in telling}
    left += [
        (name, "explains the others") for name in dict.fromkeys(part.page.name for part in parts) if name not in kept
    ]
    parts = telling
    if not parts:
        raise AmheError(
            "Not a table",
            f"{path.name} holds no table: nowhere do rows of several columns stand below their names.",
            "Choose a file whose columns are named, or copy the table into a CSV file.",
        )
    parts = _named_by_titles(parts, entries)
    parts, remarks = _told_apart(parts, entries)
    warnings = (*_warnings(opened, parts, left), *normalisations, *remarks)
    unsure = doubts([(part.page.name, part.figures) for part in parts], entries)
    return Understood(opened, tuple(parts), warnings, tuple(left), tuple(unsure))


def _named_by_titles(parts: list[Part], entries: Entries) -> list[Part]:
    """Return tables of which those with columns called Number or Rate count what their titles say, where these say different things."""
    places = [place for place, part in enumerate(parts) if part.layout is not None and says_only_how(part.layout)]
    things = things_of_titles([parts[place].table.title for place in places]) if len(places) > 1 else []
    named = list(parts)
    for place, thing in zip(places, things, strict=False):
        layout = parts[place].layout
        if thing and layout is not None:
            layout = called_after(layout, thing)
            named[place] = replace(parts[place], layout=layout, figures=_figures_of(layout, parts[place].rows, entries))
    return named


def _told_apart(parts: list[Part], entries: Entries) -> tuple[list[Part], list[str]]:
    """Let sheets, or the titles of tables, tell apart figures that would otherwise stand for one thing, and say so."""
    remarks: list[str] = []
    for places in tables_that_disagree(part.figures for part in parts):
        some = [parts[place] for place in sorted(places)]
        told = _by_names(some)
        if told is None:
            continue
        layouts, called = told
        names = " and ".join(shorten(part.page.name or part.table.title, 30) for part in some[:3])
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""
        remarks.append(f"{names}{more} give figures for the same groups; what each is called is read as {called}.")
        for place, part, layout in zip(sorted(places), some, layouts, strict=True):
            parts[place] = replace(part, layout=layout, figures=_figures_of(layout, part.rows, entries))
    return parts, remarks


def _by_names(some: Sequence[Part]) -> tuple[list[Layout], str] | None:
    layouts = [part.layout for part in some if part.layout is not None]
    placeless = not any(layout.area_columns for layout in layouts)
    timeless = not any(layout.period_columns for layout in layouts)
    for names in ([part.page.name for part in some], [part.table.title for part in some]):
        if all(names) and len(set(names)) == len(names) == len(layouts):
            told = of_sheets(names, layouts, placeless=placeless, timeless=timeless)
            if told is not None:
                return told
    return None


def _figures_of(layout: Layout, rows: Mapping[int, list[str]], entries: Entries) -> Figures:
    figures = Figures(entries)
    figures.add(layout, list(rows.items()))
    return figures


_NO_DATA = re.compile(
    r"((table|list) of )?(contents?|index|notes?|cover( ?(sheet|page))?|title( page)?|front page|read ?me|introduction|information|metadata|definitions?|glossary|"
    r"explanatory notes|data quality( statement)?|shorthand|footnotes|guidance|about)( and .*)?$",
    re.IGNORECASE,
)
"""Sheets that explain the others, though they may be laid out like a table."""


_NUMBERING = re.compile(
    r"(?:(?:foot)?notes?|table|sheet|worksheet|item|ref(?:erence)?|row|page)?(?: ?(?:number|no|id|ref))?", re.IGNORECASE
)


def _holds_figures(part: Part) -> bool:
    """Tell whether a sheet that is called as those of explanations are holds figures of places or times all the same, and not only numbers of notes."""
    mapping = part.mapping or {}
    values = [name for name in columns_for(mapping, "value") if not _NUMBERING.fullmatch(words_of(name))]
    placed = any(columns_for(mapping, role) for role in ("area", "area_code", "period"))
    return part.family == "figures" and bool(values) and placed and len(part.sample) > 1


def _most_telling(parts: list[Part]) -> list[Part]:
    """Leave out tables of explanations where others hold figures; what they say becomes notes of the one before them."""
    telling = [part for part in parts if not _NO_DATA.match(part.page.name.strip()) or _holds_figures(part)]
    parts = telling or parts
    figures = [part for part in parts if part.family == "figures"]
    if not figures:
        return parts
    kept: list[Part] = []
    for part in parts:
        if part.family == "figures":
            kept.append(part)
        elif kept and kept[-1].page is part.page:
            last = kept[-1]
            notes = [Note(row, "footer", " ".join(part.table.columns)) for row in part.table.header_rows]
            rows = range(part.table.first, part.table.first + len(part.sample))
            notes += [
                Note(row, "footer", " ".join(filter(None, cells))) for row, cells in zip(rows, part.sample, strict=True)
            ]
            kept[-1] = replace(last, table=replace(last.table, notes=(*last.table.notes, *notes, *part.table.notes)))
    return kept


def _parts_of(
    path: Path, page: Page, overrides: ImportOverrides, entries: Entries, *, beside: bool, only: str
) -> list[Part]:
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
    tables = [table for table in find_tables(rows, header=overrides.header, whole=whole) if len(table.columns) > 1]
    if whole and not overrides.header and not page.name and _is_prose(rows):
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
            overrides,
            entries,
            several=beside or len(tables) > 1,
            only=only,
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
    overrides: ImportOverrides,
    entries: Entries,
    *,
    several: bool,
    only: str,
) -> Part:
    numbered = [
        (number, row) for number, row in rows if number >= table.first and (not table.last or number <= table.last)
    ]
    below = [row for _, row in numbered]
    known = recognise(table.columns, table.places) if overrides.mapping is None else None
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
    spoilt = tuple(letters_gone_wrong(table.columns, profiles))
    part = Part(page, table, "", "figures", None, None, profiles, sample, width, remarks=spoilt, looked_at=len(cleaned))
    if known is not None:
        return replace(part, name=known.name, layout=known)
    titles = " ".join(note.words for note in table.notes[:40])
    family, name = family_of(table.columns, profiles, len(cleaned))
    if overrides.mapping is None and name == "list" and (unread := figures_in_words(profiles)) is not None:
        raise AmheError(
            "Figures that cannot be read",
            f"In {path.name}, {shorten(unread[0], 40)} holds {shorten(unread[1], 40)}, which is not read as a number.",
            "Write the number alone, and what stands beside it in a column of its own.",
        )
    if overrides.mapping is None and family != "figures":
        said = left_out(profiles, len(cleaned), name) if family == "answers" else ()
        return replace(part, name=name, family=family, remarks=(*spoilt, *said))
    as_written = profiles
    mapping = dict(overrides.mapping) if overrides.mapping is not None else guess_mapping(profiles, len(cleaned))
    remarks = [*spoilt]
    if overrides.mapping is None:
        remarks += never_taken_in(profiles)
        settle_wider_places(mapping, profiles, cleaned)
        remarks += settle_codes(mapping, profiles, cleaned)
        without_codes_beside_names(mapping, profiles, cleaned)
        settle_limits(mapping)
        remarks += limits_in_one(mapping, profiles)
        remarks += comparisons_of_groups(mapping, profiles)
        remarks += shares_of_rows(mapping, profiles, cleaned)
        profiles, on_shares = shares_of_counts(mapping, profiles, cleaned)
        remarks += on_shares
        remarks += add_what_titles_say(mapping, table, page, path.name)
        if not columns_for(mapping, "value"):
            return replace(part, name="list", family="list")
    name = "tidy" if overrides.mapping is not None else name_of_table(table.columns, titles, path.name)
    stem = stem_of(path, page, table)
    titled = page.name if stem == of_file(path, page) else stem
    stem, titled = without_group(stem, only), without_group(titled, only)
    values = columns_for(mapping, "value")
    if len(values) == 1 and not option(mapping, "columns_are") and names_a_figure(values[0], profiles):
        # The name of the only column of figures says more than that of the file.
        stem = values[0] if stem == without_group(of_file(path, page), only) else f"{stem}: {values[0]}"
        titled = stem
    rows_looked_at = {
        number: row
        for number, row in _spaced(numbered, _PROFILED)
        if len(row) > max(table.places) and sum(map(bool, row)) > 1
    }

    def read(meaning: Mapping[str, Any]) -> tuple[Layout, Figures, list[str]]:
        levels = group_levels(meaning, profiles, cleaned)
        how = tidy(
            table.columns,
            meaning,
            stem,
            table.places,
            profiles,
            own_totals=several,
            titled=titled,
            levels=levels,
            in_decimals=in_decimals(meaning, profiles, cleaned),
        )
        instead, below = no_figures(meaning, profiles)
        layout = replace(how, name=name, stands_for={**instead, **missing(table.columns)})
        content = [
            *below,
            *above_all(meaning, profiles),
            *in_which_unit(meaning, as_written),
            *bare_ages(meaning),
            *added_up_in_between(meaning, profiles),
            *asked_in_between(meaning, profiles),
            *ages_as_days(meaning, profiles),
            *perhaps_places(meaning, profiles),
            *without_dates(meaning, profiles),
        ]
        return layout, _figures_of(layout, rows_looked_at, entries), [*content, *levels.remarks()]

    layout, figures, on_groups = read(mapping)
    if overrides.mapping is None and (clashes := figures.disagreeing()):
        apart = further_groups(mapping, profiles, rows_looked_at, clashes)
        if apart:
            mapping = with_groups(mapping, apart, profiles)
            layout, figures, on_groups = read(mapping)
            remarks.append(told_by(apart))
    return replace(
        part,
        name=name,
        layout=layout,
        mapping=mapping,
        rows=rows_looked_at,
        figures=figures,
        remarks=(*remarks, *on_groups),
    )


def _spaced(rows: list[T], most: int) -> list[T]:
    if len(rows) <= most:
        return rows
    step = len(rows) // (most // 2)
    return [*rows[: most // 2], *rows[most // 2 :: step]]


def how_to_tell_apart(part: Part) -> str:
    """Return one remedy for figures that disagree: to say what a column means that was not used, where there is one, else to correct the file."""
    used = {name for role in (*dict(ROLES), *HIDDEN_ROLES) for name in columns_for(part.mapping or {}, role)}
    unused = [
        column.name
        for column in part.profiles
        if part.mapping is not None and column.name not in used and column.distinct > 1 and not column.is_figure
    ]
    if unused:
        return f"If {shorten(unused[0], 40)} tells them apart, say on the import screen, or with --map, that it is a group or a place."
    return "Correct the file, or add a column that says how they differ."


# --- warnings ---------------------------------------------------------------------------------------------------------------------------------------


def _warnings(opened: Opened, parts: Sequence[Part], left: Sequence[tuple[str, str]]) -> list[str]:
    warnings: list[str] = []
    # What is so of several tables is said once, and of none of them by name.
    said = Counter(sentence for part in parts for sentence in (*_of_days(part), *part.remarks))
    for part in parts:
        where = f"Sheet {part.page.name}: " if part.page.name and len(parts) > 1 else ""
        if part.page.hidden_rows:
            rows = first_of(list(map(str, part.page.hidden_rows)), 8)
            warnings.append(f"{where}The workbook hides rows {rows}; they are read like all others.")
        if part.page.hidden:
            warnings.append(
                f"{where}The workbook hides {', '.join(part.page.hidden[:8])}; what is there is read like all else."
            )
        if part.page.uncounted:
            warnings.append(
                f"{where}{part.page.uncounted} formulas have no result; open and save the workbook in a spreadsheet first."
            )
        if len(part.table.header_rows) > 1:
            warnings.append(f"{where}The columns are named by {len(part.table.header_rows)} rows, one above the other.")
        sentences = (*_of_days(part), *part.remarks)
        warnings += [sentence if said[sentence] > 1 else f"{where}{sentence}" for sentence in sentences]
    if len(parts) > 1 and len({part.page.number for part in parts}) == 1:
        warnings.append(f"{len(parts)} tables stand one below the other; each is read by its own columns.")
    if left and opened.kind == "workbook":
        warnings.append("Not read: " + "; ".join(f"{name} ({why})" for name, why in left) + ".")
    return list(dict.fromkeys(warnings))


def _of_days(part: Part) -> list[str]:
    names = [name for role in ("period", "period_starts") for name in columns_for(part.mapping or {}, role)]
    for column in part.profiles:
        if column.name in names and (order := order_of_days(column.cells)) in ("mixed", "month first", "either"):
            if order == "mixed":
                return [
                    f"{column.name} has days written in both orders, day first and month first: say which is meant."
                ]
            if order == "month first":
                return [f"{column.name} has the month before the day, as in the United States."]
            if any(re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", cell) for cell in column.cells[:5]):
                return [f"{column.name} could be read day first or month first; day first is taken."]
    return []


def text_of(part: Part) -> Sniffed:
    """Return how the page of a part is read as text."""
    return part.page.text
