"""Layouts: for each kind of file, which columns say where, when, who and what, and what their text means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from amhe_tui.intake.levels import TOTAL
from amhe_tui.method.scheme_words import is_unknown
from amhe_tui.text import one_line
from store.bulk import Area, Category, Period, Quantity

Cells = tuple[str, ...]
NOWHERE = frozenset({"NONE", "NULL", "Null", ""})
"""What MHSDS files and their variants write in a level that a row does not have."""
_BLANK = {"", "null", "none", "all", "na", "n/a"}


@dataclass(frozen=True)
class Value:
    """A column that holds figures: its place in the row, and the statistic it gives; "" leaves that to the quantity's own columns.

    Where the table is wide, the column itself says what is counted, for which group or when: ``quantity`` and ``period`` take the place of what the row says,
    ``category`` is crossed with it, or stands ``instead`` of it.
    """

    column: int
    statistic: str = ""
    quantity: Quantity | None = None
    category: Category | None = None
    period: Period | None = None
    instead: bool = False


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


MHSDS = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "STATUS",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "PRIMARY_LEVEL_DESCRIPTION",
    "SECONDARY_LEVEL",
    "SECONDARY_LEVEL_DESCRIPTION",
    "MEASURE_ID",
    "MEASURE_NAME",
    "MEASURE_VALUE",
)
TALKING_THERAPIES = (
    "reporting_period",
    "start_date",
    "end_date",
    "org_type",
    "org_code",
    "org_name",
    "variable_type",
    "variable_a",
    "variable_b",
    "measure_name",
    "measure_statistic",
    "value",
)


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


# --- Mental Health Services Data Set, monthly -------------------------------------------------------------------------------------------------------


def mhsds() -> Layout:
    """Return how the monthly file of the Mental Health Services Data Set is read, its columns as in :data:`MHSDS`."""
    return Layout(
        name="mhsds",
        area_columns=(3, 4, 5),
        area=_mhsds_area,
        period_columns=(0, 1),
        period=_mhsds_period,
        # Below England the organisation is in the primary level and the category in the secondary; for England the category is in the primary.
        category_columns=(3, 6, 7),
        category=_mhsds_category,
        quantity_columns=(8, 9),
        quantity=_mhsds_quantity,
        values=(Value(10),),
        category_otherwise=(3, 4, 5),
        identified_by=(2, 2, 2, 1),
    )


def _split(breakdown: str) -> tuple[str, str]:
    place, _, characteristic = breakdown.partition(";")
    return one_line(place), one_line(characteristic)


def _mhsds_area(cells: Cells) -> Area:
    kind, _ = _split(cells[0])
    if kind == "England":
        return Area("England", "England", "England")
    return Area(kind, one_line(cells[1]), one_line(cells[2]))


def _mhsds_period(cells: Cells) -> Period:
    starts, ends = iso_day(cells[0]), iso_day(cells[1])
    return Period(span_label(starts, ends), starts, ends)


def _mhsds_category(cells: Cells) -> Category:
    _, characteristic = _split(cells[0])
    if not characteristic:
        return TOTAL
    label = one_line(cells[2])
    if label.casefold() in _BLANK:
        label = one_line(cells[1])
    return Category(characteristic, label, "unknown" if is_unknown(label) else "broad", "")


def _mhsds_quantity(cells: Cells, _statistic: str) -> Quantity:
    name = one_line(cells[1])
    words = name.casefold()
    statistic = next((kind for start, kind in _STATISTICS if words.startswith(start)), "count")
    return Quantity(one_line(cells[0]), name, statistic)


_STATISTICS = (
    ("proportion", "percentage"),
    ("percentage", "percentage"),
    ("median", "median"),
    ("90th percentile", "90th percentile"),
    ("mean", "mean"),
    ("crude rate", "rate"),
    ("rate", "rate"),
)


# --- NHS Talking Therapies, annual, one figure a row ------------------------------------------------------------------------------------------------


def talking_therapies() -> Layout:
    """Return how the annual file of NHS Talking Therapies is read, its columns as in :data:`TALKING_THERAPIES`."""
    return Layout(
        "talking_therapies", (3, 4, 5), _organisation, (0, 1, 2), _financial_year, (6, 7, 8), _variable, (9, 10), _measure, (Value(11),), (), (2, 1, 3, 2)
    )  # fmt: skip


def _organisation(cells: Cells) -> Area:
    kind, code, name = (one_line(cell) for cell in cells)
    return Area(kind, kind if code == "All" else code, kind if name == "All" else name)


def _financial_year(cells: Cells) -> Period:
    return Period(one_line(cells[0]), iso_day(cells[1]), iso_day(cells[2]))


def _variable(cells: Cells) -> Category:
    characteristic, first, second = (one_line(cell) for cell in cells)
    if characteristic == "Total":
        return TOTAL
    if is_unknown(first):
        return Category(characteristic, first, "unknown", "")
    # Within ethnic group, "All" is the broad group; within waiting time or problem there may be only details.
    if second.casefold() in _BLANK or (second == "Total" and first):
        return Category(characteristic, first, "broad", "")
    return Category(characteristic, second, "detailed", first)


def _measure(cells: Cells, _statistic: str) -> Quantity:
    name, statistic = one_line(cells[0]), one_line(cells[1])
    return Quantity(f"{name}.{statistic}", name, statistic)
