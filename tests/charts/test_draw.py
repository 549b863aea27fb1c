"""Drawings hold their size, say what is missing, and let nothing through that a terminal would obey."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from amhe_tui.charts.canvas import Mark, paint
from amhe_tui.charts.draw import STYLES, Line, draw, plain
from amhe_tui.charts.figure import Bar, BarFigure, Figure, ReferenceLine, Series, TrendFigure
from amhe_tui.charts.sheet import fit, width_of

SIZES = ((24, 6), (40, 12), (80, 24), (120, 40), (200, 60))
HARD_LABELS = (
    "Asian or Asian British, any other background than those named before, as recorded",
    "亚洲人和英国亚裔以及其他任何背景的人",
    "👨‍👩‍👧 family 🏳️‍🌈 🇬🇧",
    "é́ combining",
    "عربي",
    "",
    "two\nlines\tand a tab",
)


def bars(count: int = 7) -> BarFigure:
    made = [
        Bar(HARD_LABELS[index % len(HARD_LABELS)], 10.0 * index, 9.0 * index, 11.0 * index) for index in range(count)
    ]
    made[0] = Bar("White British", 55.5, 54.0, 57.0, "reference")
    made[-1] = Bar("Gypsy or Irish Traveller", None, note="suppressed (under 5)")
    return BarFigure("Recovery", "%", tuple(made), ReferenceLine(50, "England"))


def trend(periods: int = 12) -> TrendFigure:
    values = tuple(None if index == 4 else 40.0 + index for index in range(periods))
    limits = tuple(None if value is None else value - 2 for value in values)
    focus = Series("Black or Black British", values, limits, values, "focus")
    names = tuple(f"20{10 + index}-{11 + index}" for index in range(periods))
    return TrendFigure(
        "Recovery", "%", names, (focus, Series(HARD_LABELS[1], (60.0,) * periods)), ReferenceLine(49, "Target")
    )


def one(bar: Bar, colour: bool = True) -> str:
    return plain(draw(BarFigure("A", "", (Bar("other", 10), bar)), 80, 4, colour)).splitlines()[2]


def assert_holds(lines: tuple[Line, ...], width: int, height: int) -> None:
    assert 0 < len(lines) <= height
    for line in lines:
        assert sum(cell_len(text) for text, _ in line) <= width
        assert all(style in STYLES for _, style in line)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    "figure", [bars(), bars(2), bars(40), trend(), trend(1), trend(60)], ids=lambda figure: type(figure).__name__
)
def test_every_size_holds(figure: Figure, width: int, height: int) -> None:
    for colour in (True, False):
        assert_holds(draw(figure, width, height, colour), width, height)


def test_a_large_terminal_is_used_although_this_one_is_small() -> None:
    lines = plain(draw(BarFigure("A", "", (Bar("a", 1), Bar("b", 2))), 200, 60, colour=True)).splitlines()
    assert max(cell_len(line) for line in lines) == 200


def test_values_stand_in_one_column_beside_wide_labels() -> None:
    lines = plain(draw(bars(6), 80, 10, colour=True)).splitlines()
    axes = {cell_len(line[: line.index("│")]) for line in lines if "│" in line}
    assert len(axes) == 1
    assert axes.pop() <= 80 // 3 + 1


def test_long_labels_end_in_an_ellipsis_within_a_third() -> None:
    label = one(Bar("x" * 200, 5)).split("│")[0].rstrip()
    assert label.endswith("x…")
    assert cell_len(label) == 26


def test_suppressed_draws_no_bar_and_says_why() -> None:
    line = one(Bar("small group", None, note="suppressed (under 5)"))
    assert "suppressed (under 5)" in line
    assert not set(line) & set("█▓▒░▏▎▍▌▋▊▉┼├┤")
    assert line.endswith("–")


def test_missing_without_a_note_is_said_too() -> None:
    assert "no figure" in one(Bar("nobody asked"))


def test_zero_draws_no_bar_but_its_number() -> None:
    line = one(Bar("none", 0))
    assert line.endswith(" 0")
    assert "█" not in line


def test_small_is_not_nothing() -> None:
    assert "▏" in one(Bar("few", 0.0001))


@pytest.mark.parametrize("emphasis", ["reference", "unknown", "total", "focus"])
def test_what_a_bar_is_does_not_hang_on_colour(emphasis: str) -> None:
    same = Bar("group", 5)
    told = Bar("group", 5, emphasis=emphasis)  # type: ignore[arg-type]
    assert one(same, colour=False) != one(told, colour=False)
    assert one(same) != one(told)


def test_styles_name_what_a_bar_is() -> None:
    figure = BarFigure("A", "", (Bar("a", 5, emphasis="reference"), Bar("b", 5, 4, 6, "focus"), Bar("c", 5)))
    styles = {style for line in draw(figure, 80, 6, colour=True) for _, style in line}
    assert {"bar", "bar-reference", "bar-focus", "limit", "label", "value", "axis"} <= styles


def test_reference_line_is_named_and_drawn_where_it_belongs() -> None:
    figure = BarFigure("A", "", (Bar("half", 50), Bar("whole", 100)), ReferenceLine(75, "England"))
    lines = plain(draw(figure, 80, 4, colour=True)).splitlines()
    column = lines[2].index("┊")
    assert "England 75" in lines[1]
    assert lines[1].index("▾") == column
    left, right = lines[3].index("│"), lines[3].rindex("█")
    assert (column - left) / (right - left) == pytest.approx(0.75, abs=0.03)


def test_bars_without_room_are_counted_and_the_telling_ones_stay() -> None:
    many = (*(Bar(f"group {index}", index) for index in range(30)), Bar("the one meant", 7, emphasis="focus"))
    text = plain(draw(BarFigure("A", "", many), 80, 12, colour=True))
    assert "the one meant" in text
    assert "… and 21 more, all in the table" in text


def test_axis_has_plain_round_numbers() -> None:
    text = plain(draw(BarFigure("People", "", (Bar("a", 1_200_000), Bar("b", 400_000))), 80, 12, colour=True))
    assert "1,000,000" in text
    assert "e+" not in text
    assert "1,200,000" in text


def test_no_bars_and_only_suppressed_bars_are_drawn_as_such() -> None:
    assert "nothing to draw" in plain(draw(BarFigure("A", "%", ()), 80, 24, colour=True))
    assert (
        plain(draw(BarFigure("A", "%", (Bar("a", None, note="suppressed"),)), 80, 24, colour=True)).count("suppressed")
        == 1
    )
    assert "no number" in plain(draw(TrendFigure("A", "%", ("2020",), (Series("a", (None,)),)), 80, 24, colour=True))


ATTACKS = (
    "\x1b[2J\x1b]0;owned\x07",
    "\x1b]52;c;aGk=\x07",
    "\u009b31m",
    "\u202eevil",
    "a\x00b",
    "[@click=app.quit]x[/]",
    "\r\n\x08",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_command_passes_from_any_text(attack: str) -> None:
    figure = BarFigure(
        attack, attack, (Bar(attack, 5, note=attack), Bar(attack, None, note=attack)), ReferenceLine(4, attack)
    )
    line = TrendFigure(attack, attack, (attack, attack), (Series(attack, (1, 2)),), ReferenceLine(4, attack))
    for one_figure in (figure, line):
        text = plain(draw(one_figure, 80, 24, colour=True)).replace("\n", "")
        assert not [sign for sign in text if ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u202e\u2066\u200e"]


@given(label=st.text(max_size=60), width=st.integers(24, 120))
def test_any_label_keeps_the_line_within_its_width(label: str, width: int) -> None:
    figure = BarFigure(label, "%", (Bar(label, 5, note=label), Bar(label, None, note=label)), ReferenceLine(3, label))
    for line in draw(figure, width, 8, colour=True):
        assert width_of("".join(text for text, _ in line)) <= width


@given(text=st.text(max_size=40), width=st.integers(0, 30))
def test_fitted_text_is_within_its_width(text: str, width: int) -> None:
    assert width_of(fit(text, width)) <= width


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 1e16])
def test_numbers_that_cannot_be_drawn_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        Bar("a", number)
    with pytest.raises(ValueError, match="cannot be drawn"):
        Series("a", (number,))
    with pytest.raises(ValueError, match="cannot be drawn"):
        ReferenceLine(number, "a")


def test_limits_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="wrong order"):
        Bar("a", 5, 6, 7)


def test_a_series_must_fit_its_periods() -> None:
    with pytest.raises(ValueError, match="one entry for each of 2 periods"):
        TrendFigure("A", "", ("1", "2"), (Series("a", (1.0,)),))


def test_too_little_room_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 24 by 4"):
        draw(bars(), 23, 24, colour=True)


def test_a_gap_in_a_trend_is_not_joined_over() -> None:
    whole = TrendFigure("A", "", tuple("12345"), (Series("a", (5, 5, 5, 5, 5)),))
    gap = TrendFigure("A", "", tuple("12345"), (Series("a", (5, 5, None, 5, 5)),))
    drawn, broken = (plain(draw(figure, 60, 12, colour=True)) for figure in (whole, gap))
    row = next(line for line in broken.splitlines() if line.count("●") == 4)
    assert max(len(run) for run in row.split("│")[-1].split("●") if not run.strip()) > 10
    assert next(line for line in drawn.splitlines() if "●" in line and "│" in line).count("●") == 5
    assert "?" in broken
    assert "?" not in drawn


def test_series_are_told_apart_by_signs() -> None:
    text = plain(draw(trend(), 100, 20, colour=False))
    assert "● Black or Black British" in text
    assert "◆ 亚洲人" in text
    assert text.count("●") == 1 + 11


def test_the_canvas_draws_true_in_many_threads() -> None:
    def drawn(length: int) -> int:
        cells = paint(60, 3, (Mark("bars", (length,), (1,)),))
        return sum(mark == 0 for _, mark in cells[1])

    lengths = [5, 20, 40, 59] * 10
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(drawn, lengths)) == [length + 1 for length in lengths]


def test_nothing_is_left_in_the_global_figure_of_plotext() -> None:
    draw(bars(), 80, 24, colour=True)
    assert "█" not in sys.modules["plotext"].build()
