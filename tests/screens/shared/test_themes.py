"""Every theme can be read: contrast and colour blindness are computed, not looked at."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.theme import Theme
from textual.widgets import Static

from amhe_tui.charts.draw import STYLES
from amhe_tui.themes import DARK, HIGH_CONTRAST, LIGHT, MONO, chart_styles, register_themes, themes

READABLE = 4.5
GROUNDS = ("background", "surface", "panel")
MEANINGS = ("primary", "secondary", "accent", "warning", "error", "success")
ALL = pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)

# How red, green and blue light reach people without red or green cones, as simulated by Machado, Oliveira and Fernandes
# (2009) at full severity; rows give the seen red, green and blue of linear light.
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: Color) -> float:
    red, green, blue = (linear(channel) for channel in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def laid_on(value: str, ground: Color) -> Color:
    """Return the colour that text has on a ground; "auto" is black or white, whichever is clearer."""
    if value.startswith("auto"):
        share = float(value.removeprefix("auto").strip().rstrip("%")) / 100
        return ground.blend(ground.get_contrast_text(1.0), share)
    colour = Color.parse(value)
    return ground.blend(colour.with_alpha(1.0), colour.a)


def colours(theme: Theme) -> dict[str, str]:
    return theme.to_color_system().generate()


@ALL
@pytest.mark.parametrize(
    "text", ["foreground", "text", "text-muted", *MEANINGS, *(f"text-{name}" for name in MEANINGS)]
)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    known = colours(theme)
    beneath = Color.parse(known[ground])
    assert contrast(laid_on(known[text], beneath), beneath) >= READABLE


@ALL
@pytest.mark.parametrize("ground", MEANINGS)
def test_text_is_readable_on_coloured_grounds(theme: Theme, ground: str) -> None:
    known = colours(theme)
    beneath = Color.parse(known[ground])
    for text in ("text", "button-color-foreground"):
        assert contrast(laid_on(known[text], beneath), beneath) >= READABLE


@ALL
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("block-cursor-foreground", "block-cursor-background"),
        ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
        ("footer-key-foreground", "footer-background"),
        ("footer-description-foreground", "footer-background"),
        ("input-cursor-foreground", "input-cursor-background"),
    ],
)
def test_pairs_that_textual_draws_are_readable(theme: Theme, text: str, ground: str) -> None:
    known = colours(theme)
    beneath = Color.parse(known[ground])
    assert contrast(laid_on(known[text], beneath), beneath) >= READABLE


@ALL
def test_selected_text_is_readable(theme: Theme) -> None:
    known = colours(theme)
    beneath = laid_on(known["input-selection-background"], Color.parse(known["surface"]))
    above = known.get("input-selection-foreground", known["foreground"])
    assert contrast(laid_on(above, beneath), beneath) >= READABLE


@ALL
def test_what_is_focused_stands_out_from_what_is_not(theme: Theme) -> None:
    known = colours(theme)
    # WCAG 2.2, success criterion 1.4.11: parts of a control reach 3 to 1.
    assert contrast(Color.parse(known["border"]), Color.parse(known["background"])) >= 3
    assert contrast(Color.parse(known["block-cursor-background"]), Color.parse(known["background"])) >= 3


def seen(colour: Color, blindness: str) -> tuple[float, ...]:
    light = [linear(channel) for channel in colour.rgb]
    mixed = [sum(weight * part for weight, part in zip(row, light, strict=True)) for row in BLINDNESS[blindness]]
    return tuple(max(part, 0) ** (1 / 2.2) for part in mixed)


@pytest.mark.parametrize(
    "theme", [theme for theme in themes() if theme.name in (LIGHT, DARK)], ids=lambda theme: theme.name
)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_meanings_stay_apart_without_red_or_green_cones(theme: Theme, blindness: str) -> None:
    known = colours(theme)
    for one, other in combinations(("error", "warning", "success"), 2):
        pair = (seen(Color.parse(known[name]), blindness) for name in (one, other))
        assert sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 >= 0.2, (one, other)
    styles = {name: Style.parse(style).color for name, style in chart_styles(theme.name).items()}
    bars = [styles[name] for name in ("bar", "bar-reference", "bar-focus")]
    for one_bar, other_bar in combinations(bars, 2):
        assert one_bar is not None
        assert other_bar is not None
        pair = (seen(Color(*colour.get_truecolor()), blindness) for colour in (one_bar, other_bar))
        assert sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 >= 0.12


@ALL
def test_charts_are_readable_in_every_style(theme: Theme) -> None:
    styles = chart_styles(theme.name)
    assert set(styles) == set(STYLES)
    beneath = Color.parse(colours(theme)["background"])
    for name, style in styles.items():
        parsed = Style.parse(style)
        if parsed.reverse:
            continue  # the two colours of another style, the other way round
        colour = parsed.color
        assert colour is not None
        if parsed.bgcolor is not None:
            assert contrast(Color(*colour.get_truecolor()), Color(*parsed.bgcolor.get_truecolor())) >= READABLE, name
            continue
        least = 3 if name.startswith("bar") else READABLE
        assert contrast(Color(*colour.get_truecolor()), beneath) >= least, name


def test_an_unknown_theme_has_no_chart_styles() -> None:
    with pytest.raises(ValueError, match="no theme"):
        chart_styles("solarized")


@pytest.mark.parametrize("name", [LIGHT, DARK, HIGH_CONTRAST, MONO])
async def test_an_app_can_wear_each_theme(name: str) -> None:
    class Small(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("words")

    app = Small()
    register_themes(app)
    async with app.run_test():
        app.theme = name
        assert app.current_theme.name == name


def test_mono_uses_no_hue() -> None:
    known = colours(next(theme for theme in themes() if theme.name == MONO))
    for name in (*GROUNDS, *MEANINGS, "foreground"):
        red, green, blue = Color.parse(known[name]).rgb
        assert red == green == blue
