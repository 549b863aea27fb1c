"""The document: what a report says, before it is written as HTML or Markdown.

Every text in it is plain text as a person gave it; making it harmless is the writers' work, in one place each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from amhe_tui.programme.redaction import NOTHING, Redaction

DEEPEST = 6
_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 and deeper (level 1 is the document's title); ``anchor`` is where a link can lead."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; a blank line in them begins a new paragraph, a newline a new line."""

    text: str
    lead: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Details:
    """What there is to say of one thing: its name, which may be "", and pairs of a label and a text."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        caption: What it shows, read out before it.
        header: One cell a column.
        rows: As many cells as the header each.
        row_headers: Whether the first cell of a row names it.
        numbers: The columns, counted from 0, that hold numbers.
        boxes: Whether it is to be filled in by hand: tall rows, lines around every cell.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_headers: bool = True
    numbers: tuple[int, ...] = ()
    boxes: bool = False

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the header."""
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"The table {self.caption!r} has rows that do not fit its header.")


@dataclass(frozen=True)
class Figure:
    """A chart as a table: a sentence that reads it aloud, the table, and for each row how long its bar is.

    Attributes:
        lead: What a lay person should take from it.
        table: Every number in it.
        bars: One share of the longest bar a row, from 0 to 1; None where there is no figure. Empty for no bars.
        notes: Whom it leaves out, and what it cannot tell.
    """

    lead: str
    table: Table
    bars: tuple[float | None, ...] = ()
    notes: str = ""


@dataclass(frozen=True)
class Quote:
    """Somebody's words, and who said them as far as that may be told.

    Attributes:
        words: As they were said.
        source: Who said so, or "".
        translation: In English, where it was said in another language.
        foreign: Whether it was said in another language than English.
    """

    words: str
    source: str = ""
    translation: str = ""
    foreign: bool = False


@dataclass(frozen=True)
class Note:
    """Something to mind: ``kind`` is ``warning``, ``missing`` or ``info``."""

    text: str
    kind: str = "info"


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page when printed."""


Block = Heading | Paragraph | Items | Details | Table | Figure | Quote | Note | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole document.

    Attributes:
        title: Its title, the only heading of level 1.
        subtitle: A line under it, or "".
        facts: Pairs of a label and a text at its head.
        blocks: Everything else, in order.
        contents: Whether it begins with a table of contents.
    """

    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = field(default=())
    contents: bool = True

    @property
    def headings(self) -> list[Heading]:
        """Return the headings in their order."""
        return [block for block in self.blocks if isinstance(block, Heading)]


def texts(document: Document) -> Iterator[str]:
    """Yield every text of a document."""
    yield from (document.title, document.subtitle)
    for pair in document.facts:
        yield from pair
    for block in document.blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph() | Note():
            yield block.text
        case Items():
            yield from block.items
        case Details():
            yield block.title
            for pair in block.rows:
                yield from pair
        case Table():
            yield block.caption
            for row in (block.header, *block.rows):
                yield from row
        case Figure():
            yield from (block.lead, block.notes)
            yield from _texts(block.table)
        case Quote():
            yield from (block.words, block.source, block.translation)
        case PageBreak():
            pass


def _reworded(block: Block, rule: Redaction) -> Block:
    reworded = rule.words
    match block:
        case Heading() | Paragraph() | Note():
            return replace(block, text=reworded(block.text))
        case Items():
            return replace(block, items=rule.values(block.items))
        case Details():
            return replace(
                block, title=reworded(block.title), rows=tuple((label, reworded(text)) for label, text in block.rows)
            )
        case Table():
            return _reworded_table(block, rule)
        case Figure():
            return replace(
                block, lead=reworded(block.lead), table=_reworded_table(block.table, rule), notes=reworded(block.notes)
            )
        case Quote():
            spoken, translated = reworded(block.words, spoken=True), reworded(block.translation, spoken=True)
            return replace(block, words=spoken, source=reworded(block.source), translation=translated)
        case PageBreak():
            return block


def _reworded_table(table: Table, rule: Redaction) -> Table:
    return replace(table, caption=rule.words(table.caption), rows=rule.values(table.rows))


class Builder:
    """Collects blocks, keeping the levels of headings in order and their anchors apart.

    Every text passes the rule for text that leaves the team on its way in, so that no writer and no anchor can tell a code.
    """

    def __init__(self, rule: Redaction = NOTHING) -> None:
        self._rule = rule
        self._blocks: list[Block] = []
        self._anchors = {"main"}  # the page itself has that one
        self._level = 1

    def heading(self, level: int, text: str, anchor: str = "") -> None:
        """Add a heading; it is never more than one level below the one before."""
        level = max(2, min(level, self._level + 1, DEEPEST))
        self._level = level
        text = self._rule.words(text)
        stem = _NOT_IN_ANCHORS.sub("-", (anchor or text).lower()).strip("-")[:40].strip("-") or "part"
        name, number = stem, 2
        while name in self._anchors:
            name, number = f"{stem}-{number}", number + 1
        self._anchors.add(name)
        self._blocks.append(Heading(level, text, name))

    def add(self, *blocks: Block | None) -> None:
        """Add blocks; nothing is added for None, nor for text, lists and details that are empty."""
        for block in blocks:
            match block:
                case None:
                    pass
                case Paragraph() | Note() if not block.text.strip():
                    pass
                case Items() if not block.items:
                    pass
                case Details() if not block.rows and not block.title:
                    pass
                case Heading():
                    raise TypeError("A heading is added with heading(), which keeps the levels in order.")
                case _:
                    self._blocks.append(_reworded(block, self._rule))

    def document(
        self, title: str, subtitle: str = "", facts: tuple[tuple[str, str], ...] = (), *, contents: bool = True
    ) -> Document:
        """Return what was collected as a document, its head reworded as its blocks are."""
        facts = tuple((label, self._rule.words(text)) for label, text in facts)
        return Document(self._rule.words(title), subtitle, facts, self.blocks, contents)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what was collected, without headings that nothing follows."""
        kept: list[Block] = []
        for block in reversed(self._blocks):
            below = kept[-1] if kept else None
            empty = below is None or (
                isinstance(below, Heading) and isinstance(block, Heading) and below.level <= block.level
            )
            if not (isinstance(block, Heading) and empty):
                kept.append(block)
        return tuple(reversed(kept))
