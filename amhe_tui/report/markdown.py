"""A document as Markdown: CommonMark with tables as GitHub reads them.

What people wrote stays text: nothing in it can become a heading, a link, HTML, a table of its own or the end of a cell.
"""

from __future__ import annotations

import re

from amhe_tui.report.model import (
    Block,
    Details,
    Document,
    Figure,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Table,
)
from amhe_tui.text import safe

# Characters that mean something within a line. A colon before slashes, the dot of www and @ would make a link where bare addresses are linked.
_INLINE = re.compile(r"([\\`*_\[\]|~$@])|(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What can begin a block at the start of a line.
_LINE_START = re.compile(r"^(#|[-+=:](?=[-+=:\s]|$)|\d+(?=[.)](?:\s|$)))")
_BAR_CELLS = 20
_IN_CONTENTS = 3
_MARKS = {"warning": "**Please note.** ", "missing": "*Missing.* ", "info": ""}


def write(document: Document) -> str:
    """Return a document as Markdown, ending in a newline."""
    parts = [f"# {_line(document.title)}"]
    if document.subtitle:
        parts.append(f"*{_line(document.subtitle)}*")
    if document.facts:
        parts.append(_pairs(document.facts))
    if document.contents:
        parts.append(_contents(document))
    parts += [_block(block) for block in document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(text: str) -> str:
    """Return text as it stands within a line, with nothing in it that Markdown obeys."""
    line = " ".join(safe(text).split())
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _INLINE.sub(lambda match: "\\" + match.group(0), line)
    return _LINE_START.sub(_not_a_block, line)


def _not_a_block(match: re.Match[str]) -> str:
    mark = match.group(0)
    return f"{mark}\\" if mark.isdecimal() else f"\\{mark}"


def _lines(text: str, start: str = "") -> str:
    """Return text of several lines: new lines kept, blank lines beginning a new paragraph, ``start`` before each line."""
    paragraphs = re.split(r"\n\s*\n", safe(text).strip())
    joined = [
        "  \n".join(start + _line(line) for line in paragraph.splitlines() if line.strip()) for paragraph in paragraphs
    ]
    return f"\n{start.rstrip()}\n".join(joined)


def _contents(document: Document) -> str:
    """Return a list of links to the headings, by the names that readers of Markdown give headings themselves."""
    lines: list[str] = []
    times: dict[str, int] = {_slug(document.title): 1}
    for heading in document.headings:
        slug = _slug(heading.text)
        number = times.get(slug, 0)
        times[slug] = number + 1
        if heading.level <= _IN_CONTENTS:
            name = f"{slug}-{number}" if number else slug
            lines.append(f"{'  ' * (heading.level - 2)}- [{_line(heading.text)}](#{name})")
    return "\n".join(lines)


def _slug(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", " ".join(safe(text).lower().split())).replace(" ", "-")


def _pairs(rows: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(
        f"- **{_line(label)}:** {_lines(value, '').replace(chr(10), chr(10) + '  ')}" for label, value in rows
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_line(block.text)}"
        case Paragraph():
            return _lines(block.text)
        case Items():
            return _items(block)
        case Details():
            title = [f"**{_line(block.title)}**"] if block.title else []
            return "\n\n".join([*title, *([_pairs(block.rows)] if block.rows else [])])
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Quote():
            return _quote(block)
        case Note():
            return f"> {_MARKS.get(block.kind, '')}{_line(block.text)}"
        case PageBreak():
            return "---"


def _items(block: Items) -> str:
    marks = [f"{place}." if block.numbered else "-" for place in range(1, len(block.items) + 1)]
    return "\n".join(f"{mark} {_line(item)}" for mark, item in zip(marks, block.items, strict=True))


def _table(block: Table, extra: tuple[str, ...] = ()) -> str:
    header = (*block.header, *(("",) if extra else ()))
    rules = ["---:" if place in block.numbers else "---" for place in range(len(header))]
    rows = [(*row, *((extra[place],) if extra else ())) for place, row in enumerate(block.rows)]
    lines = [_row(header), f"| {' | '.join(rules)} |", *(_row(row) for row in rows)]
    caption = f"**{_line(block.caption)}**\n\n" if block.caption else ""
    return caption + "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_line(cell) for cell in cells)} |"


def _figure(block: Figure) -> str:
    bars = tuple("" if share is None else "█" * round(_BAR_CELLS * share) for share in block.bars)
    parts = [_lines(block.lead), _table(block.table, bars), _lines(block.notes)]
    return "\n\n".join(part for part in parts if part)


def _quote(block: Quote) -> str:
    parts = [_lines(f"“{block.words.strip()}”", "> ")]
    if block.translation:
        parts.append("> " + _line(f"In English: “{block.translation.strip()}”"))
    if block.source:
        parts.append(f"> — {_line(block.source)}")
    return "\n>\n".join(parts)
