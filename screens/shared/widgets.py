"""Textual's widgets that hold values, with the type of what they hold, steady in the hands of somebody in a hurry."""

from __future__ import annotations

import contextlib
from typing import Any, cast

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Checkbox, DataTable, OptionList, Select, SelectionList
from textual.widgets._select import SelectCurrent, SelectOverlay


class Rows(DataTable[Text]):
    """A table whose cells are text that no markup in it can bend."""

    def on_click(self, event: events.Click) -> None:
        """Choose nothing where nothing is any more: Textual fails on a click on a row or column that has gone since it was drawn."""
        row, column = event.style.meta.get("row", 0), event.style.meta.get("column", 0)
        if row >= self.row_count or column >= len(self.columns):
            event.prevent_default()


class Steady:
    """Part of every list to choose from. Textual's own fails on a click on what has gone since it was drawn, and on a key before it is drawn."""

    def on_click(self, event: events.Click) -> None:
        """Choose nothing where nothing is any more."""
        option = event.style.meta.get("option")
        if option is not None and option >= cast(OptionList, self).option_count:
            event.prevent_default()

    def _move_page(self, direction: Any) -> None:
        # KeyError: it asks for the place of a line it has not laid out yet.
        with contextlib.suppress(KeyError):
            cast(Any, super())._move_page(direction)


class Options(Steady, OptionList):
    """A list to choose from."""


class _Overlay(Steady, SelectOverlay):
    """The list that a choice opens."""


class OneOf(Select[str]):
    """A choice of one code."""

    def compose(self) -> ComposeResult:
        """Show what is chosen, and the list to choose from."""
        yield SelectCurrent(self.prompt)
        yield _Overlay(type_to_search=self._type_to_search).data_bind(compact=Select.compact)

    @property
    def code(self) -> str:
        """Return the code chosen, or ""."""
        return self.value if isinstance(self.value, str) else ""


class SeveralOf(Steady, SelectionList[str]):
    """A choice of several codes."""


class Tick(Checkbox):
    """A yes or no that can be told without colour: a tick or a blank, where Textual dims a cross."""

    def render(self) -> Content:
        """Draw the tick or the blank."""
        self.BUTTON_INNER = "✓" if self.value else " "
        return super().render()
