"""Small numbers hidden in a table of counts, with secondary suppression, so that none can be worked out from what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.disclosure.network import Arc, Network
from amhe_tui.analysis.disclosure.secondary import Aim, Protection, protect

THRESHOLD = 5


ROUNDING = 5


ZERO_IS_SMALL = True
"""Counts below England in the mental health services data set: under five, zero among them, are hidden, and the others rounded to five."""


Cell = tuple[int, int]
"""A row and a column, counted from 0."""


@dataclass(frozen=True)
class Hidden:
    """A table as it may be shown.

    Attributes:
        rounded: Every count to the nearest multiple; those under the mask are not for showing.
        mask: The cells to hide, small ones and secondary ones together, in reading order.
        reasons: Why, in words, for each hidden cell; the same for all, because a reader who can tell a small one from a secondary one knows more than is shown.
        small: The cells that are hidden for their own sake.
        exposed: Cells of the mask that the margins give away all the same; only hiding a margin would help.
        narrow: Small cells that the margins keep within a range narrower than the threshold, or below it, whatever is hidden.
    """

    rounded: tuple[tuple[int, ...], ...]
    mask: tuple[Cell, ...]
    reasons: dict[Cell, str]
    small: frozenset[Cell]
    exposed: frozenset[Cell]
    narrow: frozenset[Cell]


def hide(
    table: Sequence[Sequence[int]],
    *,
    threshold: int = THRESHOLD,
    zero_is_small: bool = ZERO_IS_SMALL,
    rounding: int = ROUNDING,
    row_totals: Sequence[int | None] | None = None,
    column_totals: Sequence[int | None] | None = None,
    total: int | None = None,
) -> Hidden:
    """Hide the small counts of a table, and with them the secondary ones that they need.

    Args:
        table: Rows of counts, all of the same length.
        threshold: Counts below it are small.
        zero_is_small: Whether 0 is hidden as well. A 0 whose row or column is published as 0 in total stays: its total tells it.
        rounding: To multiples of this; 0 or 1 for none.
        row_totals: The totals of rows that a reader knows; None where one is not known.
        column_totals: Those of columns. The columns of a single row have no total of their own.
        total: The sum of all, where a reader knows it.

    Raises:
        ValueError: The table is ragged or empty, holds what is no count, or does not add up to its margins.
    """
    counts = _checked(table, threshold, rounding)
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    known = (_margin(row_totals, rows, "row"), _margin(column_totals, columns, "column"), total is not None)
    if len(rows) == 1 and len(columns) > 1 and any(known[1]):
        raise ValueError("The column totals of a single row are its cells; it has one margin, its total.")
    if total is not None and total != sum(rows):
        raise ValueError(f"The counts add up to {sum(rows)}, not to the total of {total}.")
    small = frozenset(
        row * len(columns) + column
        for row in range(len(rows))
        for column in range(len(columns))
        if is_small(counts[row][column], threshold, zero_is_small)
        and not (known[0][row] and not rows[row])
        and not (known[1][column] and not columns[column])
    )
    arcs = _arcs(counts, rows, columns)
    shown = [False] * (len(rows) * len(columns)) + [*known[0], *known[1], known[2]]
    margins = range(len(rows) * len(columns), len(arcs))
    aim = Aim(
        small,
        frozenset(place for place in margins if shown[place]),
        frozenset(place for place in margins if not shown[place]),
        prices([arc.value for arc in arcs]),
        threshold,
        zero_is_small,
    )
    return _told(counts, protect(Network(arcs), aim), small, threshold, rounding)


def _arcs(counts: list[list[int]], rows: list[int], columns: list[int]) -> list[Arc]:
    """Return the cells, the row totals, the column totals and the total as a flow that goes round: total, rows, columns, total."""
    height, width = len(rows), len(columns)
    all_rows, all_columns = height + width, height + width + 1
    arcs = [Arc(row, height + column, counts[row][column]) for row in range(height) for column in range(width)]
    arcs += [Arc(all_columns, row, rows[row]) for row in range(height)]
    arcs += [Arc(height + column, all_rows, columns[column]) for column in range(width)]
    return [*arcs, Arc(all_rows, all_columns, sum(rows))]


def _told(
    counts: list[list[int]], protection: Protection, small: frozenset[int], threshold: int, rounding: int
) -> Hidden:
    width = len(counts[0])

    def cells(places: frozenset[int]) -> list[Cell]:
        return [divmod(place, width) for place in sorted(places)]

    mask = tuple(cells(protection.hidden))
    return Hidden(
        tuple(tuple(rounded_to(count, rounding) for count in row) for row in counts),
        mask,
        dict.fromkeys(mask, why_hidden(threshold)),
        frozenset(cells(small)),
        frozenset(cells(protection.exposed)),
        frozenset(cells(protection.narrow)),
    )


def is_small(count: float, threshold: int, zero_is_small: bool) -> bool:
    """Tell whether a count is to be hidden for its own sake."""
    return count < threshold and (zero_is_small or count > 0)


def rounded_to(count: float, multiple: int) -> int:
    """Return a count to the nearest multiple, halves upwards; to a whole number where ``multiple`` is 0 or 1."""
    step = max(multiple, 1)
    return int((count + step / 2) // step) * step


def why_hidden(threshold: int) -> str:
    """Return why a number is hidden, in the same words for small ones and secondary ones."""
    return f"hidden: fewer than {threshold}, or would give one away"


def prices(values: Sequence[int]) -> tuple[float, ...]:
    """Return what it costs a reader to lose each count: small ones least, as little is lost; zeros most, as they hide worst."""
    dearest = sum(values) + 1.0
    return tuple(value + 10.0 if value else dearest for value in values)


def _checked(table: Sequence[Sequence[int]], threshold: int, rounding: int) -> list[list[int]]:
    if threshold < 1 or rounding < 0:
        raise ValueError("The threshold must be at least 1, and the rounding at least 0.")
    rows = [list(row) for row in table]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("A table needs at least one cell, and rows of the same length.")
    for count in (count for row in rows for count in row):
        if not 0 <= count < float("inf") or count != int(count):
            raise ValueError(f"A count is a whole number from 0 up, and here is {count}.")
    return [[int(count) for count in row] for row in rows]


def _margin(given: Sequence[int | None] | None, sums: list[int], what: str) -> list[bool]:
    """Return which margins are known, after checking that they are right."""
    if given is None:
        return [False] * len(sums)
    if len(given) != len(sums):
        raise ValueError(f"There are {len(given)} {what} totals for {len(sums)} {what}s.")
    for place, (total, right) in enumerate(zip(given, sums, strict=True)):
        if total is not None and total != right:
            raise ValueError(f"{what.capitalize()} {place + 1} adds up to {right}, not to its total of {total}.")
    return [total is not None for total in given]
