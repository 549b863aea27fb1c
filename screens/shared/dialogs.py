"""Small dialogs: a yes or no, one choice of a list, one line of text, something to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.shared.base import AmheDialog, bind, plain
from screens.shared.widgets import Options


class ConfirmDialog(AmheDialog[bool | None]):
    """Ask for a yes or no; the safe answer has the focus."""

    def __init__(self, title: str, message: str, *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self._title, self._message, self._yes, self._no = title, message, yes, no

    def compose(self) -> ComposeResult:
        """Show the question and two buttons."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            yield Static(plain(self._message), markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(plain(self._no), id="no")
                yield Button(plain(self._yes), id="yes", variant="primary")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")


_MOST_SHOWN = 300
"""So many choices are listed at once; the others are found by typing."""


class PickDialog(AmheDialog[str | None]):
    """Choose one of a list, narrowing it by typing; answers with the key of what was chosen."""

    DEFAULT_CSS = "PickDialog OptionList { height: auto; max-height: 50vh; margin-top: 1; }"

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, hint: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._hint = title, list(choices), hint

    def compose(self) -> ComposeResult:
        """Show a line to type in and the list below it."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            if self._hint:
                yield Static(plain(self._hint, "dim"), markup=False)
            yield Input(placeholder="Type to narrow the list", compact=True)
            yield Options(*self._options(""), markup=False, compact=True)

    def _options(self, letters: str) -> list[Option]:
        wanted = letters.casefold().split()
        fitting = [choice for choice in self._choices if all(word in choice[1].casefold() for word in wanted)]
        options = [Option(plain(label), id=key) for key, label in fitting[:_MOST_SHOWN]]
        left = len(fitting) - len(options)
        return [*options, Option(plain(f"and {left:,} more: type to narrow"), disabled=True)] if left else options

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(event.value))
        if options.option_count:
            options.highlighted = 0

    def on_mount(self) -> None:
        """Mark the first choice."""
        if self._choices:
            self.query_one(OptionList).highlighted = 0

    def on_input_submitted(self) -> None:
        """Take the marked choice."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_key(self, event: object) -> None:
        """Let the arrows move in the list while typing."""
        key = getattr(event, "key", "")
        options = self.query_one(OptionList)
        if key in ("down", "up") and self.query_one(Input).has_focus:
            options.action_cursor_down() if key == "down" else options.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice clicked."""
        self.dismiss(event.option.id)


class AskDialog(AmheDialog[str | None]):
    """Ask for one line of text."""

    def __init__(self, title: str, message: str = "", *, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title, self._message, self._value, self._placeholder = title, message, value, placeholder

    def compose(self) -> ComposeResult:
        """Show the question and a line to answer on."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            if self._message:
                yield Static(plain(self._message), markup=False)
            yield Input(value=self._value, placeholder=self._placeholder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        self.dismiss(event.value)


class Folded(Static):
    """Words that are laid out anew for the columns there are."""

    def __init__(self, lay_out: Callable[[int], Content]) -> None:
        super().__init__(lay_out(0), markup=False)
        self._lay_out = lay_out

    def on_resize(self, event: events.Resize) -> None:
        """Lay the words out for the new width."""
        self.update(self._lay_out(event.size.width))


class ReadingDialog(AmheDialog[None]):
    """Something to read; arrows scroll, Escape closes."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("close")]
    DEFAULT_CSS = """
    ReadingDialog > .dialog { width: 90; height: 90%; }
    ReadingDialog VerticalScroll { height: 1fr; }
    """
    way_out = ""

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title, self._content = title, content

    def compose(self) -> ComposeResult:
        """Show the words."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Folded(self.folded)
            yield Static(Content.styled("Esc closes · arrows scroll", "dim"), markup=False)

    def folded(self, _width: int) -> Content:
        """Return the words for so many columns."""
        return self._content

    def on_mount(self) -> None:
        """Put the focus where arrows scroll."""
        self.query_one(VerticalScroll).focus()
