"""All kinds of files that are known, found by listing this package, and what they say between them of a table."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from amhe_tui.intake import publishers
from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.layout import Layout
from amhe_tui.text import one_line


@cache
def publications() -> tuple[Publication, ...]:
    """Return all kinds of files, in the order in which they are asked."""
    collected: list[Publication] = []
    for module in pkgutil.iter_modules(publishers.__path__):
        contents = importlib.import_module(f"{publishers.__name__}.{module.name}")
        collected += getattr(contents, "PUBLICATIONS", ())
    return tuple(sorted(collected, key=lambda publication: publication.rank))


# --- by their name ----------------------------------------------------------------------------------------------------------------------------------


def _named(name: str) -> Publication | None:
    return next((publication for publication in publications() if publication.name == name), None)


def called(name: str) -> str:
    """Return what a layout is called on the screen."""
    publication = _named(name)
    return publication.called if publication else name


def about(name: str) -> dict[str, str]:
    """Return what is known of a source by its layout: title, kind, publisher, licence, how small numbers are hidden."""
    publication = _named(name)
    return dict(publication.about) if publication else {}


def family(name: str) -> str:
    """Return whether a layout is one of ``figures``, of ``answers`` or of a ``list``; "" for one that is not known."""
    publication = _named(name)
    return publication.family if publication else ""


# --- what a table is --------------------------------------------------------------------------------------------------------------------------------


def _has_signature(publication: Publication, names: Iterable[str]) -> bool:
    present = set(names)
    return any(present.issuperset(columns) for columns in publication.signature)


def recognise(columns: Sequence[str], places: Sequence[int]) -> Layout | None:
    """Return the layout of a published file by its columns, or nothing where it is not one that is known.

    Upper and lower case, the order of the columns and columns besides those that are known make no difference.
    """
    names = [one_line(name).casefold() for name in columns]
    at = dict(zip(names, places, strict=True))
    for publication in publications():
        if publication.layout is None:
            continue
        for known in publication.signature:
            wanted = [name.casefold() for name in known]
            if set(wanted) <= set(at):
                return publication.layout(at, [at[name] for name in wanted])
    return None


def name_of_answers(columns: Sequence[str]) -> str:
    """Return the name of the layout of a tool's export of answers, or "" where the columns are of none."""
    names = {spelling.casefold() for name in columns for spelling in (name, _words_of(name))}
    for publication in publications():
        if publication.family != "answers" or not _has_signature(publication, names):
            continue
        if not publication.first or columns[0].casefold() in {known[0] for known in publication.signature}:
            return publication.name
    return ""


def _words_of(column: str) -> str:
    for publication in publications():
        if publication.before_words is not None:
            column = publication.before_words.sub("", column)
    return column


def name_of_table(columns: Sequence[str], titles: str, file_name: str) -> str:
    """Return the name of the layout a table has that was understood by its own columns."""
    text = f"{titles} {' '.join(columns[:60])} {file_name}".casefold()
    names = [name.casefold() for name in columns]
    for publication in publications():
        if publication.family != "figures" or publication.layout is not None:
            continue
        if (publication.words and re.search(publication.words, text)) or _has_signature(publication, names):
            return publication.name
    return "tidy"


# --- how it is laid out -----------------------------------------------------------------------------------------------------------------------------


def header_of(rows: list[Numbered]) -> tuple[list[Numbered], tuple[int, ...]]:
    """Return the rows of a page without lines that are only for machines, and which of them name the columns; none where that is not known."""
    for publication in publications():
        if publication.header is not None and (header := publication.header(rows)) is not None:
            return header
    return rows, ()


def with_one_header(rows: list[Numbered]) -> tuple[list[Numbered], list[str]]:
    """Return the rows of a page with one row of names where a tool writes several, and a sentence that says so."""
    for publication in publications() if len(rows) > 2 else ():
        if publication.one_header is not None and (rewritten := publication.one_header(rows)) is not None:
            return rewritten[0], [rewritten[1]]
    return rows, []


def topics() -> list[tuple[str, str]]:
    """Return pairs of columns of which the first names the characteristic and the second the group."""
    return [pair for publication in publications() for pair in publication.topics]


def label_of(column: str) -> str:
    """Return a column's name without what is written behind the label of a group."""
    for publication in publications():
        column = column.removesuffix(publication.behind_label)
    return column


def period_of(columns: Sequence[str]) -> str:
    """Return the period that the names of columns speak of, or ""."""
    for publication in publications():
        if publication.period is not None and any(re.search(publication.period[0], name) for name in columns):
            return publication.period[1]
    return ""


def missing(columns: Sequence[str]) -> Mapping[str, str]:
    """Return the numbers that stand for a reason in a table with these columns."""
    names = [name.casefold() for name in columns]
    return {
        number: reason
        for publication in publications()
        if publication.missing and _has_signature(publication, names)
        for number, reason in publication.missing.items()
    }


def is_bookkeeping(column: str) -> bool:
    """Tell whether a tool keeps its own books in a column of answers."""
    return any(
        re.fullmatch(publication.bookkeeping, column, re.IGNORECASE)
        for publication in publications()
        if publication.bookkeeping
    )


def is_stamp(name: str) -> bool:
    """Tell whether a column of answers says when somebody answered."""
    return any(re.match(publication.stamps, name) for publication in publications() if publication.stamps)
