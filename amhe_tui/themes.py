"""The four looks of the program: paper, ink, high contrast, and one that needs no colour.

Every pair of text and ground that the screens use reaches the contrast of 4.5 to 1 that WCAG 2.2 asks of text (success
criterion 1.4.3), and error, warning and success stay apart for people who see red and green alike: a test computes
both.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme

LIGHT = "amhe-light"
DARK = "amhe-dark"
HIGH_CONTRAST = "amhe-high-contrast"
MONO = "amhe-mono"


def _light() -> Theme:
    ink, paper, teal = "#1c282c", "#fbf7ef", "#0b5a5c"
    return Theme(
        name=LIGHT,
        dark=False,
        background=paper,
        surface="#f4ede0",
        panel="#eae1d0",
        foreground=ink,
        primary=teal,
        secondary="#2b5582",
        accent="#8d4410",
        warning="#7a5600",
        error="#9b1248",
        success="#1e5fa0",
        variables={
            **_cursor(ground=teal, text="#ffffff", calm_ground="#d5e3dd", calm_text=ink),
            "text": "auto 92%",
            "text-muted": "auto 74%",
            "border-blurred": "#d3c8b3",
            "footer-key-foreground": "#8d4410",
            "input-selection-background": "#bcdcd6",
            "scrollbar": "#c9bda6",
            "scrollbar-hover": "#b5a88f",
        },
    )


def _dark() -> Theme:
    ink, teal = "#0e191e", "#62c6b6"
    return Theme(
        name=DARK,
        dark=True,
        background=ink,
        surface="#15242a",
        panel="#1c2f36",
        foreground="#e7ece7",
        primary=teal,
        secondary="#93bbe2",
        accent="#f2b36b",
        warning="#f0d070",
        error="#f28b78",
        success="#8ccbf2",
        variables={
            **_cursor(ground=teal, text=ink, calm_ground="#24454a", calm_text="#e7ece7"),
            "text": "auto 92%",
            "text-muted": "auto 68%",
            "border-blurred": "#2b444c",
            "footer-key-foreground": "#f2b36b",
            "input-selection-background": "#2c5a5b",
            "scrollbar": "#2b444c",
            "scrollbar-hover": "#3a5a63",
        },
    )


def _high_contrast() -> Theme:
    black, white, yellow = "#000000", "#ffffff", "#ffff00"
    return Theme(
        name=HIGH_CONTRAST,
        dark=True,
        background=black,
        surface=black,
        panel="#1a1a1a",
        foreground=white,
        primary=yellow,
        secondary=white,
        accent=yellow,
        warning=yellow,
        error=white,
        success=white,
        variables={
            **_cursor(ground=yellow, text=black, calm_ground=white, calm_text=black),
            "text": "auto 100%",
            "text-muted": "auto 90%",
            "border": yellow,
            "border-blurred": white,
            "footer-key-foreground": yellow,
            "input-selection-background": yellow,
            "input-selection-foreground": black,
            "link-style": "underline",
            "scrollbar": white,
            "scrollbar-hover": yellow,
        },
    )


def _mono() -> Theme:
    black, white = "#101010", "#f4f4f4"
    return Theme(
        name=MONO,
        dark=True,
        background=black,
        surface="#1a1a1a",
        panel="#242424",
        foreground=white,
        primary=white,
        secondary="#d2d2d2",
        accent=white,
        warning=white,
        error=white,
        success=white,
        variables={
            **_cursor(ground=white, text=black, calm_ground="#4a4a4a", calm_text=white),
            "text": "auto 96%",
            "text-muted": "auto 72%",
            "border-blurred": "#5a5a5a",
            "button-focus-text-style": "bold reverse",
            "footer-key-foreground": white,
            "input-selection-background": "#5a5a5a",
            "link-style": "underline",
            "scrollbar": "#5a5a5a",
            "scrollbar-hover": "#7a7a7a",
        },
    )


def _cursor(*, ground: str, text: str, calm_ground: str, calm_text: str) -> dict[str, str]:
    """Return the colours of what is chosen: bold on strong ground where the keys go, plain on calm ground elsewhere."""
    return {
        "block-cursor-background": ground,
        "block-cursor-foreground": text,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": calm_ground,
        "block-cursor-blurred-foreground": calm_text,
        "block-cursor-blurred-text-style": "none",
        "button-color-foreground": text,
    }


def themes() -> tuple[Theme, ...]:
    """Return the four themes, the usual one first."""
    return (_dark(), _light(), _high_contrast(), _mono())


def register_themes(app: App[Any]) -> None:
    """Make the four themes known to ``app``; it then takes one by its name."""
    for theme in themes():
        app.register_theme(theme)


def chart_styles(name: str) -> dict[str, str]:
    """Return how each style name of a drawn chart looks in the theme ``name``, in the words Rich and Textual share.

    Raises:
        ValueError: There is no such theme.
    """
    theme = next((theme for theme in themes() if theme.name == name), None)
    if theme is None:
        raise ValueError(f"There is no theme {name!r}.")
    quiet = _muted(theme)
    bars = {
        "bar": f"{theme.secondary}",
        "bar-reference": f"{quiet}" if name not in (HIGH_CONTRAST, MONO) else "#c8c8c8",
        "bar-focus": f"{theme.accent}",
    }
    # On a bar the limits are cut out of its colour; in one colour, they are its reverse.
    on_bars = {
        f"limit-on-{key}": "reverse" if name == MONO else f"bold {theme.background} on {colour}"
        for key, colour in bars.items()
    }
    return {
        **bars,
        "bar-focus": f"bold {theme.accent}",
        **on_bars,
        "limit": f"bold {theme.foreground}",
        "label": f"{theme.foreground}",
        "value": f"bold {theme.foreground}",
        "axis": quiet,
        "muted": f"italic {quiet}",
    }


def _muted(theme: Theme) -> str:
    from textual.color import Color

    ground, text = Color.parse(theme.background or "black"), Color.parse(theme.foreground or "white")
    return ground.blend(text, 0.72).hex
