"""One widget for each kind of field, and what it holds."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea
from textual.widgets.selection_list import Selection

from amhe_tui.programme.editing import written_value
from amhe_tui.text import clean, one_line
from screens.shared.base import plain
from screens.shared.widgets import OneOf, SeveralOf, Tick
from store.records import FieldSpec, Kind, codes

Titles = list[tuple[str, str]]
"""Pairs of id and title of the records a link can lead to."""


class LineInput(Input):
    """A one-line field; several pasted lines are joined rather than cut, and nothing pasted can command the terminal."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = clean(event.text).split("\n")
        line = lines[0] if len(lines) == 1 else one_line(event.text)
        if len(lines) > 1:
            self.notify("The lines were joined into one.", timeout=4)
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)


class WordsArea(TextArea):
    """A field for words of any length; Tab goes on to the next field."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            text,
            id=id,
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
        )

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(clean(event.text))


def widget_for(name: str, face: FieldSpec, value: Any, titles: Titles) -> Widget:
    """Return the widget that asks for a field, filled with its value."""
    key = f"field-{name}"
    match face.kind:
        case Kind.TEXT:
            return WordsArea(str(value or ""), id=key)
        case Kind.CHOICE:
            assert face.choices is not None
            options = [(choice.label, choice.value) for choice in face.choices]
            return OneOf(
                options,
                value=value if value in {code for _, code in options} else Select.NULL,
                id=key,
                compact=True,
                prompt="choose",
            )
        case Kind.CHOICES:
            assert face.choices is not None
            chosen = codes(str(value or ""))
            return SeveralOf(
                *(Selection(choice.label, choice.value, choice.value in chosen) for choice in face.choices),
                id=key,
                compact=True,
            )
        case Kind.FLAG:
            return Tick("yes", bool(value), id=key, compact=True)
        case Kind.LINK:
            known = {code for code, _ in titles}
            return OneOf(
                [(plain(title), code) for code, title in titles],
                value=value if value in known else Select.NULL,
                id=key,
                compact=True,
                prompt="choose",
            )
        case Kind.DATE:
            return LineInput(written_value(face, value), id=key, compact=True, placeholder="such as 3 Dec 2026")
        case Kind.NUMBER | Kind.COUNT:
            return LineInput(written_value(face, value), id=key, compact=True)
        case _:
            return LineInput(str(value or ""), id=key, compact=True)


def links_widget(name: str, chosen: list[str], titles: Titles) -> Widget:
    """Return the widget that asks for a field of several links."""
    return SeveralOf(
        *(Selection(plain(title), code, code in chosen) for code, title in titles), id=f"field-{name}", compact=True
    )


def raw_value(widget: Widget) -> Any:
    """Return what a widget holds, as it can be kept in a draft."""
    if isinstance(widget, TextArea):
        return widget.text
    if isinstance(widget, OneOf):
        return "" if widget.value is Select.NULL else str(widget.value)
    if isinstance(widget, SeveralOf):
        return " ".join(str(value) for value in widget.selected)
    if isinstance(widget, Tick):
        return widget.value
    assert isinstance(widget, Input)
    return widget.value


def put_raw(widget: Widget, value: Any) -> None:
    """Fill a widget with what a draft kept, or what follows from another field."""
    if isinstance(widget, TextArea):
        widget.text = str(value)
    elif isinstance(widget, OneOf):
        widget.value = value or Select.NULL
    elif isinstance(widget, SeveralOf):
        widget.deselect_all()
        for code in str(value).split():
            widget.select(code)
    elif isinstance(widget, Tick):
        widget.value = bool(value)
    elif isinstance(widget, Input):
        widget.value = str(value)
