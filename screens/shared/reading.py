"""A long text to read: Markdown set in lines, a section after the other, so that its first page is there at once.

Textual's own Markdown makes a widget of every paragraph and every cell of a table, and is busy with a whole report for twenty seconds.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Mapping
from typing import Any, cast

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme
from textual import events, work
from textual.color import Color
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class _LeftHeading(Heading):
    """A heading where the text begins, as in a book."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        text: Text = self.text
        text.justify = "left"
        yield text


class _Set(Markdown):
    elements = {**Markdown.elements, "heading_open": _LeftHeading}  # noqa: RUF012 (Rich's own)


_LONGEST = 120
"""Cells in the longest line: the eye loses its way back from a longer one."""
_NEXT_SECTION = re.compile(r"\n(?=#{1,3} )")


def set_in_lines(section: str, width: int, styles: Mapping[str, Style]) -> list[Strip]:
    """Return a section of Markdown as lines of so many cells, with an empty line after it."""
    console = Console(
        file=io.StringIO(), width=width, color_system="truecolor", force_terminal=True, theme=Theme(styles)
    )
    lines = console.render_lines(_Set(section, hyperlinks=True), console.options.update(width=width))
    # A link within the report leads nowhere on this screen, and one out of it nowhere without a network: its words stay.
    return [*(Strip(_without_links(line), width) for line in lines), Strip.blank(width)]


def _without_links(line: list[Segment]) -> list[Segment]:
    return [
        Segment(
            segment.text, segment.style.update_link(None) if segment.style and segment.style.link else segment.style
        )
        for segment in line
    ]


class MarkdownReader(ScrollView, can_focus=True):
    """Markdown to scroll through by keys, wheel or bar."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._text = ""
        self._lines: list[Strip] = []
        self._width = 0

    def show(self, text: str) -> None:
        """Show another text from its beginning."""
        self._text, self._lines = text, []
        self.scroll_home(animate=False)
        self._set()

    def on_mount(self) -> None:
        """Set the text anew in the colours of another theme."""
        cast(Any, self).app.theme_changed_signal.subscribe(self, self._anew)

    def _anew(self, _theme: Any) -> None:
        self._set()

    def on_resize(self, _event: events.Resize) -> None:
        """Set the text anew where lines have become longer or shorter."""
        if self._room != self._width:
            self._set()

    @property
    def _room(self) -> int:
        # The bar beside the text takes its room whether or not it is there yet, or the lines would move when it comes.
        return min(max(self.size.width - self.styles.scrollbar_size_vertical, 20), _LONGEST)

    @work(exclusive=True)
    async def _set(self) -> None:
        width, styles = self._room, self._styles()
        lines: list[Strip] = []
        shown_before = self._lines
        for section in _NEXT_SECTION.split(self._text):
            lines += await asyncio.to_thread(set_in_lines, section, width, styles)
            if not shown_before:
                self._put(lines, width)
        if shown_before:
            read = self.scroll_offset.y / len(shown_before)
            self._put(lines, width)
            self.scroll_to(y=round(read * len(lines)), animate=False)

    def _put(self, lines: list[Strip], width: int) -> None:
        self._lines, self._width = lines, width
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    def _styles(self) -> dict[str, Style]:
        variables: dict[str, str] = cast(Any, self).app.theme_variables

        def ink(name: str) -> Style:
            return Style(color=Color.parse(variables[name]).rich_color)

        bold = Style(bold=True)
        return {
            "markdown.h1": ink("primary") + Style(bold=True, underline=True),
            "markdown.h2": ink("primary") + bold,
            "markdown.h3": ink("accent") + bold,
            "markdown.h4": bold,
            "markdown.link": Style(),
            "markdown.link_url": Style(),
            "markdown.item.bullet": ink("accent"),
            "markdown.item.number": ink("accent"),
            "markdown.table.header": ink("primary") + bold,
            "markdown.table.border": Style(dim=True),
            "markdown.block_quote": ink("secondary"),
            "markdown.code": ink("accent"),
        }

    def render_line(self, y: int) -> Strip:
        """Return a line of what is in sight."""
        across, down = self.scroll_offset
        line = self._lines[down + y] if down + y < len(self._lines) else Strip.blank(self.size.width)
        return line.crop_extend(across, across + self.size.width, self.rich_style).apply_style(self.rich_style)
