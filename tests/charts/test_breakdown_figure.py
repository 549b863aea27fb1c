"""A breakdown becomes a figure without a number or a reason lost."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.charts.draw import draw, plain
from amhe_tui.charts.evidence import figure_of
from amhe_tui.charts.figure import Bar


@dataclass(frozen=True)
class Row:
    group: str
    level: str
    value: float | None
    status: str = "ok"
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Found:
    indicator: str
    statistic: str
    area: str
    period: str
    rows: tuple[Row, ...]


NORTHMERE = Found(
    "Recovery",
    "Percentage",
    "Northmere",
    "2031-32",
    (
        Row("White", "broad", 52.0, "ok", 51.0, 53.0),
        Row("Black", "broad", 44.0, "ok", 41.0, 47.0),
        Row("Other", "broad", None, "suppressed", 1.0, 2.0),
        Row("Black: Caribbean", "detailed", 43.0),
        Row("Not known", "unknown", 40.0),
        Row("All", "total", 50.0),
    ),
)


def test_every_row_is_a_bar_of_its_kind() -> None:
    figure = figure_of(NORTHMERE, compared_with="White", focus="Black")
    assert figure.title == "Recovery, Northmere, 2031-32"
    assert figure.unit == "%"
    assert figure.bars == (
        Bar("White", 52.0, 51.0, 53.0, "reference"),
        Bar("Black", 44.0, 41.0, 47.0, "focus"),
        Bar("Other", None, None, None, "plain", "suppressed"),
        Bar("Black: Caribbean", 43.0),
        Bar("Not known", 40.0, None, None, "unknown"),
        Bar("All", 50.0, None, None, "total"),
    )


def test_no_group_is_the_silent_norm() -> None:
    assert {bar.emphasis for bar in figure_of(NORTHMERE).bars} == {"plain", "unknown", "total"}


def test_levels_can_be_chosen() -> None:
    bars = figure_of(NORTHMERE, levels=("broad", "total")).bars
    assert [bar.label for bar in bars] == ["White", "Black", "Other", "All"]


def test_what_is_suppressed_is_said_on_the_chart() -> None:
    text = plain(draw(figure_of(NORTHMERE), 80, 24, colour=False))
    assert "suppressed" in text
    assert "Recovery, Northmere, 2031-32 (%)" in text
