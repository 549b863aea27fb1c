"""Rates: the counts behind them are those that give the figure, and what leaves the room cannot be turned back into an exact count."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow, assemble
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.gaps.reading import EVERYONE_ELSE, reading_of
from amhe_tui.analysis.gaps.sets import Columns, GroupCodes, Indicator, Place, SetBuilder
from amhe_tui.method.indicators import KnownIndicator
from store.evidence.holdings import Cell

MEANING = KnownIndicator("x.numerator", ("x.denominator",))
FIGURES = {"A": (3.5, 350.0, 100_000.0), "B": (7.0, 1_400.0, 200_000.0)}
"""Rates for every 1,000, which nobody has said."""


def per_thousand() -> Breakdown:
    cells = {(group, "broad", ""): Cell(group, "broad", "", value, "ok") for group, (value, _, _) in FIGURES.items()}
    return assemble(
        indicator_id="x.value",
        indicator="x",
        statistic="rate",
        characteristic="Sex",
        area="Northmere",
        period="2024",
        cells=cells,
        counts=lambda key: FIGURES[key[0]][1:],
        order=lambda labels: labels,
        meaning=MEANING,
    )


def test_counts_that_do_not_give_the_rate_are_not_taken_for_those_behind_it() -> None:
    found = per_thousand()
    assert [row.numerator for row in found.rows] == [None, None]
    assert reading_of(found, group="A", compared_with=EVERYONE_ELSE).group == ""
    assert reading_of(found, group="A", compared_with="B").compared_value == 7


def test_the_overview_takes_them_no_more() -> None:
    codes = GroupCodes.of(2, {"Sex": [(0, "A", "broad", 0), (1, "B", "broad", 1)]}, [])
    builder = SetBuilder(codes)
    keys = np.arange(2)

    def columns(place: int) -> Columns:
        return Columns(keys, np.array([one[place] for one in FIGURES.values()]))

    builder.add(
        Indicator("x.value", "x", "rate", "2024", MEANING),
        columns(0),
        {"x.numerator": columns(1), "x.denominator": columns(2)},
    )
    sets = builder.built({0: Place(0, "Northmere", "")})
    assert np.isnan(sets.top).all()
    assert np.isnan(sets.bottom).all()


@given(
    events=st.lists(st.integers(5, 400), min_size=2, max_size=6),
    people=st.integers(1_000, 90_000),
    rounding=st.sampled_from([5, 10]),
)
def test_a_rate_that_is_shown_says_no_more_than_the_rounded_count(
    events: list[int], people: int, rounding: int
) -> None:
    rows = tuple(
        BreakdownRow(str(place), "broad", 100_000 * one / people, "ok", one, people, None, None)
        for place, one in enumerate(events)
    )
    found = Breakdown(
        "x", "x", "crude_rate", "Sex", "Northmere", "2024", None, rows, meaning=KnownIndicator(per=100_000)
    )
    for row in disclose(found, Policy("public", rounding=rounding)).rows:
        assert row.value is not None
        assert row.numerator is not None
        assert row.denominator is not None
        assert abs(row.value * row.denominator / 100_000 - row.numerator) < 0.06 * row.denominator / 100_000
        assert row.lower is not None
        assert row.upper is not None
        assert row.lower <= row.value <= row.upper
