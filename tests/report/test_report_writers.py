"""What people wrote stays text in both writers, and the page is sound: one file, no request, headings in order, tables that can be read aloud."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from amhe_tui.errors import AmheError
from amhe_tui.report import html, markdown, write_document
from amhe_tui.report.model import (
    Builder,
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

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title></table><h1>Mine</h1>",
    "[click](javascript:alert(1))",
    "![picture](http://example.org/x.png)",
    "[ref]: http://example.org",
    "http://example.org/a and www.example.org and a@example.org",
    "<http://example.org>",
    "a | b\n--- | ---\nc | d",
    "a\n:-:\nb",
    "# Heading",
    "Title\n===",
    "Title\n---",
    "> quoted\n\n- item\n1. one\n1) two",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "    four spaces",
    "*bold* __bold__ ~~gone~~ `code` $x$",
    "&lt;script&gt; &amp; &#60;b&#62;",
    "\\[escaped\\](x) \\<b>",
    '" onmouseover="alert(1)',
    "\x1b]0;title\x07 \x1b[2J\u202ereversed\u2066",
    "[bold red]markup[/]",
    "{{ template }} {% if %}",
    "=1+1 | +2 | @SUM(A1)",
    "سلام 👩‍👩‍👧‍👦 日本語",
    "long " * 2000,
)


def document_of(text: str) -> Document:
    """Return a document with a text in every place a text can stand."""
    into = Builder()
    into.heading(2, text)
    table = Table(text, (text, "Second"), ((text, text),), numbers=(1,))
    into.add(
        Paragraph(text, lead=True),
        Items((text, text)),
        Items((text,), numbered=True),
        Details(text, ((text, text),)),
        table,
        Figure(text, table, (0.5,), text),
        Quote(text, text, text, foreign=True),
        Note(text, "warning"),
        PageBreak(),
    )
    into.heading(3, text)
    into.add(Paragraph("End."))
    return Document(text, text, ((text, text),), into.blocks)


class Page(HTMLParser):
    """Reads a page strictly: what is open, every tag and attribute, the text outside tags."""

    VOID = ("meta", "br", "hr")

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.levels: list[int] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def sound(page: Page) -> None:
    """Assert what every page promises."""
    assert page.every("html")[0]["lang"] == "en-GB"
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    anchors = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(anchors)) == len(anchors)
    for link in page.every("a"):
        assert str(link["href"]).removeprefix("#") in anchors
    assert page.every("a")[0]["href"] == "#main"
    assert len(page.every("table")) == len(page.every("caption"))
    assert all(heading.get("scope") in ("col", "row") for heading in page.every("th"))
    allowed = {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "dl",
        "dt",
        "dd",
        "nav",
    }
    allowed |= {
        "ul",
        "ol",
        "li",
        "main",
        "div",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "footer",
        "br",
        "hr",
        "strong",
        "span",
    }
    assert {tag for tag, _ in page.tags} <= allowed
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "action")]


SHAPE = [tag for tag, _ in Page(html.write(document_of("word"))).tags if tag != "br"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_becomes_a_tag(text: str) -> None:
    page = Page(html.write(document_of(text)))
    sound(page)
    # A text can add lines and paragraphs, nothing else.
    assert [tag for tag, _ in page.tags if tag not in ("br", "p")] == [tag for tag in SHAPE if tag != "p"]


@given(st.text(max_size=60))
def test_no_text_at_all_becomes_a_tag(text: str) -> None:
    sound(Page(html.write(document_of(text))))


def test_a_page_asks_for_nothing_and_fits_every_reader() -> None:
    page = html.write(document_of("word"))
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page
    assert "url(" not in page
    assert "@import" not in page
    for needed in (
        "default-src 'none'",
        "width=device-width",
        "prefers-color-scheme: dark",
        "@media print",
        'class="skip"',
    ):
        assert needed in page


def tokens(text: str) -> list[Token]:
    """Return what a reader that turns bare addresses into links and obeys HTML makes of a Markdown text."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    flat: list[Token] = []
    for token in reader.parse(text):
        flat.append(token)
        flat += token.children or []
    return flat


def shape(text: str) -> list[tuple[str, str]]:
    """Return the structure of a Markdown text without what texts may add: lines and paragraphs."""
    free = ("text", "softbreak", "hardbreak", "paragraph_open", "paragraph_close", "inline", "text_special")
    return [(token.type, token.tag) for token in tokens(text) if token.type not in free]


MARKDOWN_SHAPE = shape(markdown.write(document_of("word")))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_becomes_markdown(text: str) -> None:
    found = shape(markdown.write(document_of(text)))
    assert found == MARKDOWN_SHAPE
    assert not [token for token in tokens(markdown.write(document_of(text))) if token.type.startswith("html")]


@given(st.text(alphabet=st.sampled_from("ab \n#*_`~<>[]()!|\\-+=:.1@&;$/w\"'{}\t"), min_size=1, max_size=30))
def test_no_mix_of_marks_becomes_markdown(text: str) -> None:
    words = f"x{text}x"
    assert shape(markdown.write(document_of(words))) == MARKDOWN_SHAPE


@given(st.text(alphabet=st.sampled_from("#*_`~<>[]()!|\\-+=:.1@&;$ \n\t"), min_size=1, max_size=12))
def test_marks_at_the_start_of_a_line_stay_text(text: str) -> None:
    document = Document("Title", blocks=(Paragraph(f"first\n{text}x\n\n{text}y"),), contents=False)
    assert {kind for kind, _ in shape(markdown.write(document))} == {"heading_open", "heading_close"}


@pytest.mark.parametrize(
    "text", [one for one in HOSTILE if "\n" not in one and "\x1b" not in one and "    " not in one]
)
def test_texts_are_read_as_they_were_written(text: str) -> None:
    said = " ".join(text.split())
    read = "".join(
        token.content
        for token in tokens(markdown.write(Document("T", blocks=(Paragraph(text),), contents=False)))
        if token.type in ("text", "text_special")
    )
    assert said in read
    assert said in "".join(Page(html.write(Document("T", blocks=(Paragraph(text),)))).words)


def test_controls_never_reach_a_report() -> None:
    for written in (html.write(document_of(HOSTILE[21])), markdown.write(document_of(HOSTILE[21]))):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", written)


def test_headings_never_skip_a_level_and_empty_ones_go() -> None:
    into = Builder()
    into.heading(2, "Empty")
    into.heading(5, "Also empty")
    into.heading(2, "Kept")
    into.heading(6, "Deep")
    into.add(Paragraph("Words."), Paragraph("  "), None, Items(()))
    into.heading(3, "Nothing follows")
    found = [block for block in into.blocks if isinstance(block, Heading)]
    assert [(one.level, one.text) for one in found] == [(2, "Kept"), (3, "Deep")]
    assert len(into.blocks) == 3


def test_a_table_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Table("Odd", ("One", "Two"), (("1",),))


def test_bars_are_as_long_as_their_share_and_hidden_from_ears() -> None:
    table = Table("Bars", ("Group", "Value"), (("A", "40"), ("B", "20"), ("C", "no figure")), numbers=(1,))
    figure = Document("T", blocks=(Figure("Read me.", table, (1.0, 0.5, None)),))
    page = Page(html.write(figure))
    assert [one["style"] for one in page.every("span")] == ["width:100%", "width:50%"]
    assert [one.get("aria-hidden") for one in page.every("td") if one.get("class") == "bar"] == ["true"] * 3
    lines = [line for line in markdown.write(figure).splitlines() if line.startswith("| ") and "---" not in line]
    assert [line.count("█") for line in lines] == [0, 20, 10, 0]


@pytest.mark.parametrize(
    ("form", "begins"), [("md", "# "), ("html", "<!DOCTYPE"), ("report.HTML", "<!DOCTYPE"), (Path("a.b.md"), "# ")]
)
def test_the_ending_says_as_what_it_is_written(form: str | Path, begins: str) -> None:
    assert write_document(document_of("word"), form).startswith(begins)


@pytest.mark.parametrize("form", ["pdf", "report.pdf", Path("report")])
def test_an_unknown_ending_is_refused(form: str | Path) -> None:
    with pytest.raises(AmheError, match=r"\.html or \.md"):
        write_document(document_of("word"), form)


def test_a_heading_never_takes_the_anchor_of_the_page() -> None:
    into = Builder()
    into.heading(2, "MAIN")
    into.add(Paragraph("Words below it."))
    sound(Page(html.write(into.document("A title"))))
