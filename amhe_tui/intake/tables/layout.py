"""Layouts: for each kind of file, which columns say where, when, who and what, and what their text means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from amhe_tui.method.periods import read_period
from amhe_tui.text import one_line
from store.evidence.datasets import Area, Category, Period, Quantity

Cells = tuple[str, ...]


NOWHERE = frozenset({"NONE", "NULL", "Null", ""})
"""What published files write in a level that a row does not have."""


@dataclass(frozen=True)
class Value:
    """A column that holds figures: its place in the row, and the statistic it gives; "" leaves that to the quantity's own columns.

    Where the table is wide, the column itself says what is counted, for which group, where or when: ``quantity``, ``area`` and ``period`` take the place of what the row says,
    ``category`` is crossed with it, or stands ``instead`` of it.
    """

    column: int
    statistic: str = ""
    quantity: Quantity | None = None
    category: Category | None = None
    period: Period | None = None
    instead: bool = False
    area: Area | None = None


@dataclass(frozen=True)
class Layout:
    """How to read a file.

    Each ``…_columns`` are places in the row; the function beside them is called once for each different text they hold. Where the second of
    ``category_columns`` says NONE, the columns of ``category_otherwise`` are read in their stead. ``stands_for`` names texts
    that stand for a reason in this layout alone, such as ``9999999``. ``identified_by`` says how many of the columns of
    area, period, category and quantity identify it, where those after them only give its name; 0 means all.
    """

    name: str
    area_columns: tuple[int, ...]
    area: Callable[[Cells], Area]
    period_columns: tuple[int, ...]
    period: Callable[[Cells], Period]
    category_columns: tuple[int, ...]
    category: Callable[[Cells], Category]
    quantity_columns: tuple[int, ...]
    quantity: Callable[[Cells, str], Quantity]
    values: tuple[Value, ...]
    category_otherwise: tuple[int, ...] = ()
    identified_by: tuple[int, int, int, int] = (0, 0, 0, 0)
    stands_for: Mapping[str, str] = field(default_factory=dict[str, str])


def iso_day(text: str) -> str:
    """Return a date of a published file, day first or ISO, as ``YYYY-MM-DD``; other text as it is."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    return text.strip()


def span_label(starts: str, ends: str) -> str:
    """Return how a reporting period is called: a month, or from a month to a month."""
    try:
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    except ValueError:
        return f"{starts} to {ends}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b %Y}"
    return f"{first:%b %Y} to {last:%b %Y}"


def at_places(layout: Layout, places: Sequence[int]) -> Layout:
    """Return a layout whose columns are where this file has them."""

    def moved(columns: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(places[column] for column in columns)

    return replace(
        layout,
        area_columns=moved(layout.area_columns),
        period_columns=moved(layout.period_columns),
        category_columns=moved(layout.category_columns),
        category_otherwise=moved(layout.category_otherwise),
        quantity_columns=moved(layout.quantity_columns),
        values=tuple(replace(value, column=places[value.column]) for value in layout.values),
    )


def any_period(cells: Cells) -> Period:
    """Return the period that a cell names in whatever wording."""
    label = one_line(cells[0])
    period = read_period(label)
    return Period(*period) if period else Period(label, label, "")


def monthly_period(cells: Cells) -> Period:
    """Return the period that a cell of a monthly file names; a first day stands for its month."""
    period = read_period(cells[0], monthly=True)
    return Period(*period) if period else Period(one_line(cells[0]), "", "")


def statistic_of_part(part: str) -> str:
    """Return the statistic of a part of a figure: numerators and denominators are counts."""
    return "count" if part in ("numerator", "denominator") else part
