"""The table twin says all that the chart shows."""

from __future__ import annotations

from amhe_tui.charts.figure import Bar, BarFigure, ReferenceLine, Series, TrendFigure
from amhe_tui.charts.sheet import ticks, write
from amhe_tui.charts.table import rows


def test_bars_with_limits_notes_and_reference() -> None:
    figure = BarFigure(
        "Recovery",
        "%",
        (
            Bar("White", 51.7, 51.4, 52.0, "reference"),
            Bar("Black", 46.4, None, None, "focus", note="2 providers"),
            Bar("Mixed", None, note="suppressed"),
            Bar("Other"),
        ),
        ReferenceLine(50.3, "England"),
    )
    table = rows(figure)
    assert table.header == ("Group", "Recovery (%)", "Lower limit", "Upper limit", "Note")
    assert table.rows == (
        ("White", "51.7", "51.4", "52.0", "compared with"),
        ("Black", "46.4", "", "", "in focus; 2 providers"),
        ("Mixed", "suppressed", "", "", ""),
        ("Other", "no figure", "", "", ""),
        ("England", "50.3", "", "", "line across the chart"),
    )


def test_no_columns_for_limits_that_are_not_there() -> None:
    assert rows(BarFigure("People", "", (Bar("a", 1200), Bar("b", -3)))) == (
        ("Group", "People", "Note"),
        (("a", "1,200", ""), ("b", "−3", "")),
    )


def test_trend_has_a_row_a_period_and_says_gaps() -> None:
    figure = TrendFigure("Rate", "%", ("2020", "2021"), (Series("Black", (40, None), (38, None), (42, None), "focus"),))
    assert rows(figure) == (
        ("Period", "Black (in focus)", "Black, lower limit", "Black, upper limit"),
        (("2020", "40", "38", "42"), ("2021", "no figure", "", "")),
    )


def test_text_is_cleaned() -> None:
    table = rows(BarFigure("A\x1b[2J", "", (Bar("b\x1b]0;x\x07\nc", None, note="d\u202e"),)))
    assert "\x1b" not in str(table)
    assert table.rows[0][:2] == ("b]0;x c", "d")


def test_numbers_are_written_in_full() -> None:
    assert write(-0.04, 1) == "0.0"
    assert write(-1234.5, 1) == "−1,234.5"
    assert [text for _, text in ticks(0, 0.9, 4)] == ["0.0", "0.5"]
    assert [text for _, text in ticks(-12, 31, 5)] == ["−10", "0", "10", "20", "30"]
    assert len(ticks(0, 1e14, 6)) <= 7
