"""Textual's widgets that hold values, with the type of what they hold."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content
from textual.widgets import Checkbox, DataTable, Select, SelectionList


class Rows(DataTable[Text]):
    """A table whose cells are text that no markup in it can bend."""


class OneOf(Select[str]):
    """A choice of one code."""

    @property
    def code(self) -> str:
        """Return the code chosen, or ""."""
        return self.value if isinstance(self.value, str) else ""


class SeveralOf(SelectionList[str]):
    """A choice of several codes."""


class Tick(Checkbox):
    """A yes or no that can be told without colour: a tick or a blank, where Textual dims a cross."""

    def render(self) -> Content:
        """Draw the tick or the blank."""
        self.BUTTON_INNER = "✓" if self.value else " "
        return super().render()
