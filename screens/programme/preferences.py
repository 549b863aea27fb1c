"""The settings, one line each."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from amhe_tui.errors import AmheError
from amhe_tui.settings import MOST_LEAST_GAP, save_settings
from amhe_tui.text import one_line, shorten
from screens.shared.base import AmheDialog, bind
from screens.shared.widgets import OneOf

THEMES = (
    ("Dark", "amhe-dark"),
    ("Light", "amhe-light"),
    ("High contrast", "amhe-high-contrast"),
    ("One colour", "amhe-mono"),
)
MOST_INITIALS = 8


class PreferencesDialog(AmheDialog[None]):
    """Change the theme and the initials that stand beside changes."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("keep_settings")]
    DEFAULT_CSS = """
    PreferencesDialog .row { height: auto; margin-bottom: 1; }
    PreferencesDialog Label { width: 14; }
    PreferencesDialog Select, PreferencesDialog Input { width: 1fr; }
    """

    way_out = "Esc closes"

    def compose(self) -> ComposeResult:
        """Show the settings."""
        settings = self.amhe.settings
        with Vertical(classes="dialog"):
            yield Static("Settings", classes="dialog-title")
            with Horizontal(classes="row"):
                yield Label("Colours")
                yield OneOf(
                    THEMES,
                    value=settings.theme if settings.theme in {key for _, key in THEMES} else THEMES[0][1],
                    allow_blank=False,
                    compact=True,
                )
            with Horizontal(classes="row"):
                yield Label("Your initials")
                yield Input(
                    value=settings.initials,
                    placeholder="stand beside changes in the history; may stay blank",
                    id="initials",
                    compact=True,
                )
            with Horizontal(classes="row"):
                yield Label("Least gap, %")
                yield Input(
                    value=str(settings.least_gap),
                    placeholder="a narrower gap is not called sure; 10 at first",
                    type="integer",
                    id="least-gap",
                    compact=True,
                )
            with Horizontal(classes="dialog-buttons"):
                yield Button("Done", variant="primary")

    def on_select_changed(self, event: Select.Changed) -> None:
        """Show the colours at once."""
        self.amhe.settings.theme = str(event.value)
        self.amhe.theme = str(event.value)

    def on_button_pressed(self) -> None:
        """Keep the settings."""
        self.action_cancel()

    def action_cancel(self) -> None:
        """Keep the settings and close, unless what stands for initials is none."""
        initials = one_line(self.query_one("#initials", Input).value)
        if len(initials) > MOST_INITIALS:
            wrong = f"“{shorten(initials, 30)}” is longer than initials."
            self.tell(AmheError("Not kept", wrong, f"Write at most {MOST_INITIALS} letters."))
            return
        self.amhe.settings.initials = initials
        least = self.query_one("#least-gap", Input).value.strip()
        if least.isascii() and least.isdigit() and int(least) <= MOST_LEAST_GAP:
            self.amhe.settings.least_gap = int(least)
        if self.amhe.workspace is not None:
            self.amhe.workspace.actor = self.amhe.settings.initials
        save_settings(self.amhe.settings)
        self.dismiss(None)
