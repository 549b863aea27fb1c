"""A document as one HTML file that needs nothing else: no script, no request, readable by ear, on a phone, in the dark and on paper."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

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

# Even if something slipped through, the browser is told to fetch and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MARKS = {"warning": "Please note.", "missing": "Missing."}
_IN_CONTENTS = 3


def write(document: Document) -> str:
    """Return a document as one HTML page."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    main = "\n".join(_block(block) for block in document.blocks)
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<title>{_line(document.title)}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header>
<h1 dir="auto">{_line(document.title)}</h1>
{_subtitle(document)}{_pairs(document.facts)}
</header>
{_contents(document)}<main id="main" tabindex="-1">
{main}
</main>
</body>
</html>
"""


def _line(text: str) -> str:
    """Return text on one line with nothing in it that HTML obeys."""
    return escape(" ".join(safe(text).split()), quote=True)


def _lines(text: str) -> str:
    """Return text of one paragraph, new lines kept."""
    return "<br>".join(_line(line) for line in safe(text).strip().splitlines())


def _paragraphs(text: str, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return "\n".join(f'<p{mark} dir="auto">{_lines(part)}</p>' for part in re.split(r"\n\s*\n", safe(text).strip()))


def _subtitle(document: Document) -> str:
    return f'<p class="subtitle" dir="auto">{_line(document.subtitle)}</p>\n' if document.subtitle else ""


def _pairs(rows: tuple[tuple[str, str], ...]) -> str:
    lines = [f'<dt>{_line(label)}</dt><dd dir="auto">{_lines(value)}</dd>' for label, value in rows]
    return "<dl>\n" + "\n".join(lines) + "\n</dl>" if lines else ""


def _contents(document: Document) -> str:
    """Return the table of contents: headings of level 2, those of level 3 within them."""
    headings = [heading for heading in document.headings if heading.level <= _IN_CONTENTS] if document.contents else []
    lines: list[str] = []
    level = 1
    for heading in headings:
        if heading.level > level:
            lines += ["<ul>"] * (heading.level - level)
        else:
            lines += ["</li>", *(["</ul></li>"] * (level - heading.level))]
        lines.append(f'<li><a href="#{heading.anchor}" dir="auto">{_line(heading.text)}</a>')
        level = heading.level
    if not lines:
        return ""
    closing = "</li></ul>" * (level - 1)
    return '<nav aria-label="Contents">\n' + "\n".join(lines) + f"{closing}\n</nav>\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f'<h{block.level} id="{block.anchor}" dir="auto">{_line(block.text)}</h{block.level}>'
        case Paragraph():
            return _paragraphs(block.text, "lead" if block.lead else "")
        case Items():
            kind = "ol" if block.numbered else "ul"
            return (
                f"<{kind}>\n"
                + "\n".join(f'<li dir="auto">{_lines(item)}</li>' for item in block.items)
                + f"\n</{kind}>"
            )
        case Details():
            name = f'<p class="name" dir="auto">{_lines(block.title)}</p>\n' if block.title else ""
            return f'<div class="entry">\n{name}{_pairs(block.rows)}\n</div>'
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Quote():
            return _quote(block)
        case Note():
            mark = f"<strong>{_MARKS[block.kind]}</strong> " if block.kind in _MARKS else ""
            return f'<p class="note {escape(block.kind)}" dir="auto">{mark}{_lines(block.text)}</p>'
        case PageBreak():
            return '<hr class="page">'


def _cell(text: str, place: int, block: Table, *, row_header: bool) -> str:
    number = ' class="number"' if place in block.numbers else ""
    if row_header:
        return f'<th scope="row"{number} dir="auto">{_lines(text)}</th>'
    return f'<td{number} dir="auto">{_lines(text)}</td>'


def _table(block: Table, bars: tuple[float | None, ...] = ()) -> str:
    head = "".join(
        f'<th scope="col"{" class=" + chr(34) + "number" + chr(34) if place in block.numbers else ""}>{_line(cell)}</th>'
        for place, cell in enumerate(block.header)
    )
    rows: list[str] = []
    for number, row in enumerate(block.rows):
        cells = [
            _cell(text, place, block, row_header=block.row_headers and place == 0) for place, text in enumerate(row)
        ]
        rows.append(f"<tr>{''.join(cells)}{_bar(bars[number]) if bars else ''}</tr>")
    # What a bar shows stands in the row as a number; to a reader by ear it would only be noise.
    more = '<td aria-hidden="true"></td>' if bars else ""
    boxes = ' class="boxes"' if block.boxes else ""
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{_line(block.caption)}">\n<table{boxes}>\n'
        f"<caption>{_line(block.caption)}</caption>\n<thead><tr>{head}{more}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>\n</div>"
    )


def _bar(share: float | None) -> str:
    width = 0 if share is None else round(100 * share, 1)
    inside = f'<span style="width:{width:g}%"></span>' if width > 0 else ""
    return f'<td class="bar" aria-hidden="true">{inside}</td>'


def _figure(block: Figure) -> str:
    parts = [_paragraphs(block.lead) if block.lead else "", _table(block.table, block.bars)]
    return "\n".join([*(part for part in parts if part), *([_paragraphs(block.notes, "quiet")] if block.notes else [])])


def _quote(block: Quote) -> str:
    # Words in another language are not to be read out as if they were English.
    language = ' lang=""' if block.foreign else ""
    parts = [f'<p dir="auto"{language}>“{_lines(block.words)}”</p>']
    if block.translation:
        parts.append(f"<p>In English: “{_lines(block.translation)}”</p>")
    if block.source:
        parts.append(f'<footer dir="auto">{_line(block.source)}</footer>')
    return "<blockquote>\n" + "\n".join(parts) + "\n</blockquote>"
