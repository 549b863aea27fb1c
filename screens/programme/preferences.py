"""The settings, one line each."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select, Static

from amhe_tui.analysis.disclosure.breakdown import weaker_words
from amhe_tui.errors import AmheError
from amhe_tui.method.audience import Audience
from amhe_tui.settings import MOST_LEAST_GAP, save_settings
from amhe_tui.text import one_line, shorten
from screens.shared.base import AmheDialog, bind, plain
from screens.shared.widgets import OneOf

THEMES = (
    ("Dark", "amhe-dark"),
    ("Light", "amhe-light"),
    ("High contrast", "amhe-high-contrast"),
    ("One colour", "amhe-mono"),
)
MOST_INITIALS = 8
USUAL_RULES = "Counts below 5, and 0, are hidden from others, the rest rounded to 5. Weaker rules, which the file of settings can name, need a reason here."
NEEDS_A_REASON = "The file of settings asks for weaker rules. Without a reason here the usual ones hold: below 5, and 0, hidden, the rest rounded to 5."


class PreferencesDialog(AmheDialog[None]):
    """Change the colours, the initials that stand beside changes, and what may be said of small numbers and narrow gaps."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind("keep_settings")]
    DEFAULT_CSS = """
    PreferencesDialog .row { height: auto; margin-bottom: 1; }
    PreferencesDialog #rules { margin: -1 0 1 0; height: auto; }
    PreferencesDialog Label { width: 14; }
    PreferencesDialog Select, PreferencesDialog Input { width: 1fr; }
    """

    way_out = "Esc closes"

    def compose(self) -> ComposeResult:
        """Show the settings."""
        settings = self.amhe.settings
        with Vertical(classes="dialog"):
            yield Static("Settings", classes="dialog-title")
            yield _row(
                "Colours",
                OneOf(
                    THEMES,
                    value=settings.theme if settings.theme in {key for _, key in THEMES} else THEMES[0][1],
                    allow_blank=False,
                    compact=True,
                ),
            )
            for label, key, value, hint in (
                ("Your initials", "initials", settings.initials, "stand beside changes in the history; may stay blank"),
                (
                    "Least gap, %",
                    "least-gap",
                    str(settings.least_gap),
                    "a narrower gap is not called sure; 10 at first",
                ),
                (
                    "Why weaker",
                    "weaker-because",
                    settings.weaker_because,
                    "blank: the usual rules for small numbers hold",
                ),
            ):
                kind = "integer" if key == "least-gap" else "text"
                yield _row(label, Input(value=value, placeholder=hint, type=kind, id=key, compact=True))
            yield Static(self._rules(settings.weaker_because), id="rules", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Done", variant="primary")

    def _rules(self, because: str) -> Content:
        """Say by which rules small numbers are treated for others, with and without a reason for weaker ones."""
        policy = replace(self.amhe.settings, weaker_because=because).policy(Audience.PUBLIC.key)
        told = weaker_words(policy)
        if told:
            return plain(f"{' '.join(told)} It is printed with the figures.", "$warning")
        asked = weaker_words(replace(self.amhe.settings, weaker_because="?").policy(Audience.PUBLIC.key))
        return plain(NEEDS_A_REASON if asked else USUAL_RULES, "$warning" if asked else "$text-muted")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what a reason for weaker rules does."""
        if event.input.id == "weaker-because":
            self.query_one("#rules", Static).update(self._rules(one_line(event.value)))

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
        self.amhe.settings.weaker_because = one_line(self.query_one("#weaker-because", Input).value)
        if self.amhe.workspace is not None:
            self.amhe.workspace.actor = self.amhe.settings.initials
        save_settings(self.amhe.settings)
        self.dismiss(None)


def _row(label: str, widget: Widget) -> Horizontal:
    """Return a setting beside its name."""
    return Horizontal(Label(label), widget, classes="row")
