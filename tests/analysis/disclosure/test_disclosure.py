"""Small numbers hidden in a table: what a reader with a linear programme can still find out, asked of scipy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from amhe_tui.analysis.disclosure.tables import Cell, Hidden, hide, rounded_to, why_hidden
from tests.properties import examples

Table = list[list[int]]
HERE = Path(__file__).parents[2] / "vectors_sample" / "suppression.json"
ALL = Path(__file__).parents[3].parent / "shared" / "vectors" / "suppression.json"


def ranges(
    table: Sequence[Sequence[int]], mask: Sequence[Cell], *, margins: str = "rows columns total"
) -> dict[Cell, tuple[float, float]]:
    """The least and the most that each hidden cell can be, from the cells that are shown and the margins."""
    place = {cell: number for number, cell in enumerate(mask)}
    height, width = len(table), len(table[0])
    lines = [[(row, column) for column in range(width)] for row in range(height) if "rows" in margins]
    lines += [
        [(row, column) for row in range(height)] for column in range(width) if "columns" in margins and height > 1
    ]
    lines += [[(row, column) for row in range(height) for column in range(width)]] if "total" in margins else []
    matrix = np.zeros((len(lines), len(mask)))
    right = np.zeros(len(lines))
    for number, line in enumerate(lines):
        for cell in line:
            if cell in place:
                matrix[number, place[cell]] = 1
                right[number] += table[cell[0]][cell[1]]
    found: dict[Cell, tuple[float, float]] = {}
    for cell, number in place.items():
        aim = np.zeros(len(mask))
        aim[number] = 1
        given = {"A_eq": matrix, "b_eq": right, "bounds": (0, None)} if lines else {"bounds": (0, None)}
        least, most = linprog(aim, **given), linprog(-aim, **given)
        found[cell] = (least.fun, -most.fun if most.status == 0 else float("inf"))
    return found


def pinned(found: dict[Cell, tuple[float, float]]) -> set[Cell]:
    return {cell for cell, (least, most) in found.items() if most - least < 1e-6}


def margins_of(table: Table) -> dict[str, Any]:
    rows = {"row_totals": [sum(row) for row in table], "total": sum(map(sum, table))}
    return rows if len(table) == 1 else rows | {"column_totals": [sum(column) for column in zip(*table, strict=True)]}


def vectors() -> list[Any]:
    found = {
        case["id"]: case
        for path in (HERE, ALL)
        if path.exists()
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
    }
    return [pytest.param(case, id=key) for key, case in found.items()]


@pytest.mark.parametrize("case", vectors())
@pytest.mark.parametrize("zero_is_small", [True, False])
def test_the_vectors(case: dict[str, Any], zero_is_small: bool) -> None:
    given, expected = case["input"], case["expected"]
    table = given["table"]
    found = hide(
        table,
        threshold=given["threshold"],
        rounding=given["rounding_base"],
        zero_is_small=zero_is_small,
        row_totals=given["row_totals"],
        column_totals=given.get("col_totals"),
        total=given["total"],
    )
    assert [list(row) for row in found.rounded] == expected["rounded"]
    primary = expected["primary_under_5_incl_zero" if zero_is_small else "primary_1_to_4"]
    assert {tuple(cell) for cell in primary} <= set(found.mask)
    assert not pinned(ranges(table, found.mask))
    assert not found.exposed


@pytest.mark.parametrize("case", vectors())
def test_the_audit_finds_what_primary_suppression_alone_leaves_open(case: dict[str, Any]) -> None:
    expected = case["expected"]
    mask = [(row, column) for row, column in expected["primary_1_to_4"]]
    assert pinned(ranges(case["input"]["table"], mask)) == {tuple(cell) for cell in expected["exposed_if_primary_only"]}


counts = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(5, 400))
tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=5)
)


def check(table: Table, found: Hidden, threshold: int, zero_is_small: bool) -> None:
    found_ranges = ranges(table, found.mask)
    everything = [(row, column) for row in range(len(table)) for column in range(len(table[0]))]
    best = ranges(table, everything)
    assert pinned(found_ranges) == set(found.exposed)
    assert set(found.exposed) <= pinned(best), "given away although hiding more would have helped"
    for cell in found.small - found.narrow - found.exposed:
        least, most = found_ranges[cell]
        assert most >= threshold
        assert most - least >= threshold
    for row, line in enumerate(table):
        for column, count in enumerate(line):
            is_empty = sum(line) == 0 or (len(table) > 1 and sum(other[column] for other in table) == 0)
            if (0 < count < threshold) or (count == 0 and zero_is_small and not is_empty):
                assert (row, column) in found.mask
    assert set(found.reasons) == set(found.mask)
    assert set(found.reasons.values()) <= {why_hidden(threshold)}


@given(tables, st.sampled_from([5, 7, 10]), st.booleans())
@examples(40)
def test_no_hidden_cell_can_be_worked_out(table: Table, threshold: int, zero_is_small: bool) -> None:
    found = hide(table, threshold=threshold, zero_is_small=zero_is_small, **margins_of(table))
    check(table, found, threshold, zero_is_small)


@given(tables)
@examples(25)
def test_a_reader_who_sees_zeros_elsewhere_cannot_tell_that_a_hidden_number_is_small(table: Table) -> None:
    found = hide(table, zero_is_small=False, **margins_of(table))
    secondary = set(found.mask) - found.small
    if any(table[row][column] == 0 for row, column in secondary):
        return  # then a hidden number can be 0 as well
    lessened = [
        [count - ((row, column) in found.mask) for column, count in enumerate(line)] for row, line in enumerate(table)
    ]
    for cell, (_, most) in ranges(lessened, found.mask).items():
        if cell in found.small - found.narrow - found.exposed:
            assert most + 1 >= 5


@given(tables)
@examples(25)
def test_no_secondary_suppression_is_needless(table: Table) -> None:
    found = hide(table, **margins_of(table))
    whole = found.small - found.narrow - found.exposed
    for place in set(found.mask) - found.small:
        mask = [cell for cell in found.mask if cell != place]
        without = ranges(table, mask)
        reached = ranges(table, found.mask)
        open_still = all(most >= 5 and most - least >= 5 for cell, (least, most) in without.items() if cell in whole)
        as_wide = all(
            without[cell][1] - without[cell][0] >= min(reached[cell][1] - reached[cell][0], 5) - 1e-6
            for cell in found.small
        )
        assert not (open_still and as_wide and not pinned(without)), place


def test_a_row_with_one_small_number_hides_the_next_smallest_with_it() -> None:
    found = hide([[30, 333, 186, 4, 397, 12]], row_totals=[962], total=962)
    assert found.mask == ((0, 3), (0, 5))
    assert found.small == {(0, 3)}
    assert "fewer than 5" in found.reasons[0, 5]


def test_two_small_numbers_whose_sum_is_small_need_a_third() -> None:
    assert hide([[1, 2, 44, 92]], row_totals=[139], total=139).mask == ((0, 0), (0, 1), (0, 2))


def test_without_margins_nothing_needs_secondary_suppression() -> None:
    assert hide([[1, 20], [30, 40]]).mask == ((0, 0),)


def test_what_the_margins_give_away_is_said() -> None:
    found = hide([[234, 4], [0, 0]], **margins_of([[234, 4], [0, 0]]))
    assert found.exposed == {(0, 1)}
    assert hide([[3]], total=3).exposed == {(0, 0)}


def test_a_zero_in_a_row_published_as_zero_stays() -> None:
    assert hide([[0, 0], [20, 30]], **margins_of([[0, 0], [20, 30]])).mask == ()


def test_zeros_are_hidden_or_shown_as_the_setting_says() -> None:
    assert hide([[0, 20, 30]], total=50).mask == ((0, 0), (0, 1))
    assert hide([[0, 20, 30]], total=50, zero_is_small=False).mask == ()


def test_rounding() -> None:
    assert [rounded_to(count, 5) for count in (0, 2, 3, 7, 8, 254)] == [0, 0, 5, 5, 10, 255]
    assert [rounded_to(count, 10) for count in (4, 5, 15)] == [0, 10, 20]
    assert [rounded_to(count, 0) for count in (4, 5)] == [4, 5]


@pytest.mark.parametrize(
    ("table", "more"),
    [
        ([], {}),
        ([[]], {}),
        ([[1, 2], [3]], {}),
        ([[-1]], {}),
        ([[1.5]], {}),
        ([[float("nan")]], {}),
        ([[1, 2]], {"total": 4}),
        ([[1, 2]], {"row_totals": [4]}),
        ([[1, 2]], {"row_totals": [3, 3]}),
        ([[1, 2]], {"column_totals": [1, 2]}),
        ([[1, 2]], {"threshold": 0}),
        ([[1, 2]], {"rounding": -5}),
    ],
)
def test_what_is_no_table_of_counts_is_refused(table: Any, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        hide(table, **more)
