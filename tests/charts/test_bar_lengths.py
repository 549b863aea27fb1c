"""A bar is as long as its value says, whatever the order, the sign and the width."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amhe_tui.charts.draw import draw, plain
from amhe_tui.charts.figure import Bar, BarFigure, Emphasis

EIGHTHS = {sign: eighths / 8 for eighths, sign in enumerate(" ▏▎▍▌▋▊▉█")} | {
    "▓": 1,
    "▒": 1,
    "░": 1,
    "▐": 0.5,
    "▕": 0.125,
}
EMPHASES: tuple[Emphasis, ...] = ("plain", "reference", "focus", "unknown", "total")
WIDTHS = (40, 80, 120, 200)
NUMBERS = st.one_of(st.just(0.0), st.floats(0.001, 1e6), st.integers(0, 100).map(float))


def drawn_lengths(figure: BarFigure, width: int, *, colour: bool) -> list[tuple[float, float]]:
    """Read back, for each bar, the cells drawn to the left and to the right of the axis."""
    text = plain(draw(figure, width, max(len(figure.bars) + 1, 4), colour))
    lengths = []
    for line in text.splitlines()[1 : 1 + len(figure.bars)]:
        left, _, right = line.partition("│")
        area = left[len(left.rstrip("█▐▕▓▒░")) :]
        lengths.append((sum(EIGHTHS[sign] for sign in area), sum(EIGHTHS[sign] for sign in right.split(" ")[0])))
    return lengths


def canvas_of(lengths: list[tuple[float, float]], values: list[float]) -> float:
    """Return the cells a unit that the longest bar implies."""
    longest = max(range(len(values)), key=lambda index: abs(values[index]))
    return sum(lengths[longest]) / abs(values[longest]) if values[longest] else 0.0


@given(values=st.lists(NUMBERS, min_size=1, max_size=20), width=st.sampled_from(WIDTHS), colour=st.booleans())
@example(values=[10.0, 20.0, 80.0], width=80, colour=True)
@example(values=[80.0, 20.0, 10.0], width=80, colour=False)
@example(values=[0.0], width=40, colour=True)
def test_drawn_length_is_proportional(values: list[float], width: int, colour: bool) -> None:
    bars = tuple(Bar(f"group {index}", value, emphasis=EMPHASES[index % 5]) for index, value in enumerate(values))
    lengths = drawn_lengths(BarFigure("A figure", "", bars), width, colour=colour)
    scale = canvas_of(lengths, values)
    assert len(lengths) == len(values)
    assert scale > 0 or not any(values)
    for value, (left, right) in zip(values, lengths, strict=True):
        assert left == 0
        assert right == pytest.approx(value * scale, abs=1.5)
        assert (right > 0) == (value > 0)


@given(
    values=st.lists(st.one_of(st.just(0.0), st.floats(-100, -0.001), st.floats(0.001, 100)), min_size=1, max_size=20)
)
@example(values=[-5.3, 2.0, 0.0, -6.4])
@example(values=[-100.0, 0.001])
def test_negative_bars_go_left_of_zero_on_one_scale(values: list[float]) -> None:
    figure = BarFigure("Gap", "points", tuple(Bar(f"g{index}", value) for index, value in enumerate(values)))
    lengths = drawn_lengths(figure, 100, colour=True)
    scale = canvas_of(lengths, values)
    for value, (left, right) in zip(values, lengths, strict=True):
        assert (left > 0, right > 0) == (value < 0, value > 0)
        assert left + right == pytest.approx(abs(value) * scale, abs=1.5)


def test_the_longest_bar_uses_the_room_there_is() -> None:
    figure = BarFigure("A", "", (Bar("a", 20), Bar("b", 80)))
    (_, short), (_, long) = drawn_lengths(figure, 80, colour=True)
    assert long == 80 - len("a│") - len(" 80") - 1
    assert short == pytest.approx(long / 4, abs=0.1)


@given(
    value=st.floats(0, 100),
    below=st.floats(0, 60),
    above=st.floats(0, 60),
    emphasis=st.sampled_from(EMPHASES),
)
def test_whisker_stands_at_its_limits(value: float, below: float, above: float, emphasis: Emphasis) -> None:
    measured = Bar("measured", value, value - below, value + above, emphasis)
    figure = BarFigure("A", "", (Bar("longest", 200), measured, Bar("lowest", -60)))
    _, longest, line, lowest = plain(draw(figure, 120, 4, colour=True)).splitlines()
    axis = longest.index("│")
    assert lowest.index("│") == axis
    scale = longest.count("█") / 200
    ends = [index - axis for index, sign in enumerate(line) if sign in "├─┼┤"]
    assert line.count("┼") == 1
    assert ends == list(range(ends[0], ends[-1] + 1))
    assert ends[0] == pytest.approx((value - below) * scale, abs=1.5)
    assert line.index("┼") - axis == pytest.approx(value * scale, abs=1.5)
    assert ends[-1] == pytest.approx((value + above) * scale, abs=1.5)
