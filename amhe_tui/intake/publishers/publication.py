"""What is said of a kind of file that somebody publishes or a tool exports: how it is known, what it is called and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from amhe_tui.intake.files.batches import Numbered
from amhe_tui.intake.tables.layout import Layout


@dataclass(frozen=True, eq=False)
class Publication:
    """One kind of file. Several may go by one name, where they differ only in how they are laid out.

    Attributes:
        name: What its sources keep as their layout.
        called: What it is called on the screen.
        family: Whether it holds ``figures``, ``answers`` of people or a ``list`` of things.
        rank: Kinds of files are asked in this order whether a file is one of theirs; the first that says so has it.
        about: What is known of a source that is one: title, kind, publisher, licence, how small numbers are hidden.
        signature: The columns it is known by, in any order and case; where it comes in several forms, those of each.
        first: Whether the first column of the signature has to be the first of the table.
        words: What it is known by in the titles, the columns and the file's name, where its columns differ from table to table.
        layout: How it is read, from the places of all its columns and of those of the signature; without it, by what its columns seem to mean.
        header: Takes the lines at the head of a page that are only for machines out of its rows, and says which rows name the columns; else nothing.
        one_header: Makes one row of names out of several, and says so in a sentence; else nothing.
        before_words: What stands before the words of a column's name.
        behind_label: What stands behind the label of a group in a column's name.
        bookkeeping: Columns in which a tool keeps its own books on an answer.
        stamps: Those of them that say when somebody answered, by how they begin.
        topics: Pairs of columns of which the first names the characteristic and the second the group.
        missing: Numbers that stand for a reason why there is none.
        period: A pattern of names of columns, and the period that such names speak of.
    """

    name: str
    called: str
    family: str
    rank: int
    about: Mapping[str, str] = field(default_factory=dict[str, str])
    signature: Sequence[Sequence[str]] = ()
    first: bool = False
    words: str = ""
    layout: Callable[[Mapping[str, int], Sequence[int]], Layout] | None = None
    header: Callable[[list[Numbered]], tuple[list[Numbered], tuple[int, ...]] | None] | None = None
    one_header: Callable[[list[Numbered]], tuple[list[Numbered], str] | None] | None = None
    before_words: re.Pattern[str] | None = None
    behind_label: str = ""
    bookkeeping: str = ""
    stamps: str = ""
    topics: Sequence[tuple[str, str]] = ()
    missing: Mapping[str, str] = field(default_factory=dict[str, str])
    period: tuple[str, str] | None = None
