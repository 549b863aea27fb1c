"""Layouts: for each kind of file, which columns say where, when, who and what, and what their text means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from amhe_tui.errors import AmheError
from amhe_tui.text import one_line
from store.bulk import Area, Category, Marker, Period, Quantity

Cells = tuple[str, ...]
TOTAL = Category("Total", "Total", "total", "")
_UNKNOWN = re.compile(
    r"^(unknown|not (stated|known|recorded|specified|available)|missing|invalid)\b|not stated/not known", re.IGNORECASE
)
NOWHERE = frozenset({"NONE", ""})
"""What MHSDS files write in a level that a row does not have."""
_BLANK = {"", "null", "none", "all", "na", "n/a"}
MARKERS: Mapping[str, str] = {
    "*": "suppressed",
    "c": "suppressed",
    "[c]": "suppressed",
    "null": "not collected",
    "-": "not given",
    "": "blank",
    "na": "not applicable",
    "n/a": "not applicable",
    "[x]": "not available",
    "..": "not available",
    ":": "not available",
    "u": "unreliable",
    "[u]": "unreliable",
}


@dataclass(frozen=True)
class Value:
    """A column that holds figures: its place in the row, and the statistic it gives; "" leaves that to the quantity's own columns."""

    column: int
    statistic: str = ""


@dataclass(frozen=True)
class Layout:
    """How to read a file.

    Each ``…_columns`` are places in the row; the function beside them is called once for each different text they hold. Where the second of
    ``category_columns`` says NONE, the columns of ``category_otherwise`` are read in their stead. ``identified_by`` says how many of the columns of
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
ROLES = (
    ("value", "The figure"),
    ("indicator", "What was counted"),
    ("statistic", "Count, percentage or rate"),
    ("area", "The place"),
    ("period", "The time"),
    ("characteristic", "The characteristic"),
    ("group", "The group of people"),
    ("numerator", "Numerator"),
    ("denominator", "Denominator"),
)
"""What a column of a tidy table can mean, in the words of the import screen."""
_GUESSES = {
    "value": ("value", "figure", "estimate", "count", "number", "observation", "percentage", "percent", "rate", "n"),
    "indicator": ("indicator", "indicator_name", "indicator name", "measure", "measure_name", "metric"),
    "statistic": ("statistic", "measure_statistic", "unit", "value_type"),
    "area": (
        "area",
        "area_name",
        "area name",
        "geography",
        "local authority",
        "la_name",
        "place",
        "organisation",
        "org_name",
        "setting",
    ),
    "period": ("period", "year", "date", "time period", "time_period", "reporting_period"),
    "characteristic": ("characteristic", "dimension", "breakdown", "variable_type", "category type"),
    "group": (
        "group",
        "subgroup",
        "category",
        "variable_a",
        "label",
        "ethnic group",
        "ethnicity",
        "religion",
        "age group",
    ),
    "numerator": ("numerator", "num"),
    "denominator": ("denominator", "den", "population", "base"),
}


def is_unknown(label: str) -> bool:
    """Tell whether a label stands for people whose group is not known."""
    return bool(_UNKNOWN.search(label))


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


def recognise(header: Sequence[str]) -> Layout | None:
    """Return the layout of a published file by its header, or nothing where it is not one that is known.

    Upper and lower case, the order of the columns and columns besides those that are known make no difference.
    """
    names = [one_line(name).casefold() for name in header]
    for known, layout in ((MHSDS, _mhsds), (TALKING_THERAPIES, _talking_therapies)):
        wanted = [name.casefold() for name in known]
        if set(wanted) <= set(names):
            return _moved(layout(), [names.index(name) for name in wanted])
    return None


def _moved(layout: Layout, places: Sequence[int]) -> Layout:
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


def _mhsds() -> Layout:
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


def _talking_therapies() -> Layout:
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


# --- any tidy table -----------------------------------------------------------------------------------------------------------------------------------


def guess_roles(header: Sequence[str]) -> dict[str, str]:
    """Return the best guess of which column means what, from their names."""
    names = {one_line(name).casefold(): name for name in header}
    found: dict[str, str] = {}
    for role, guesses in _GUESSES.items():
        for guess in guesses:
            if guess in names and names[guess] not in found.values():
                found[role] = names[guess]
                break
    return found


def tidy(header: Sequence[str], mapping: Mapping[str, str], stem: str) -> Layout:
    """Return the layout of a tidy table from which column means what.

    A role may name a column, or hold a word of its own after an equals sign, such as ``=England``.

    Raises:
        AmheError: A column that is named is not there, or nothing says where the figures are.
    """
    places = {name: number for number, name in enumerate(header)}
    columns: dict[str, int] = {}
    constants: dict[str, str] = {}
    for role, name in mapping.items():
        if role not in dict(ROLES):
            raise AmheError(
                "Unknown meaning",
                f"A column cannot mean {one_line(role)}.",
                f"Use: {', '.join(key for key, _ in ROLES)}.",
            )
        if name.startswith("="):
            constants[role] = one_line(name[1:])
        elif name in places:
            columns[role] = places[name]
        else:
            raise AmheError(
                "No such column",
                f"The file has no column {one_line(name)}.",
                f"It has: {', '.join(one_line(one) for one in header[:12])}.",
            )
    if "value" not in columns:
        raise AmheError(
            "Which column holds the figures?",
            "Nothing says where the figures are.",
            "Choose the column of the figures.",
        )
    return _tidy_layout(columns, constants, stem)


def _tidy_layout(columns: Mapping[str, int], constants: Mapping[str, str], stem: str) -> Layout:
    def places(*roles: str) -> tuple[int, ...]:
        return tuple(columns[role] for role in roles if role in columns)

    def reader(*roles: str) -> Callable[[Cells], list[str]]:
        order = [role for role in roles if role in columns]

        def read(cells: Cells) -> list[str]:
            given = {role: one_line(cell) for role, cell in zip(order, cells, strict=True)}
            return [given.get(role, constants.get(role, "")) for role in roles]

        return read

    where, when, who, what = (
        reader("area"),
        reader("period"),
        reader("characteristic", "group"),
        reader("indicator", "statistic"),
    )

    def area(cells: Cells) -> Area:
        name = where(cells)[0] or "everywhere in the file"
        return Area("England" if name == "England" else "", name, name)

    def period(cells: Cells) -> Period:
        label = when(cells)[0] or "one time"
        return Period(label, iso_day(label) if label[:1].isdigit() else label, "")

    def category(cells: Cells) -> Category:
        characteristic, group = who(cells)
        if group.casefold() in {"", "total", "all", "everyone"}:
            return TOTAL
        return Category(characteristic or "Group", group, "unknown" if is_unknown(group) else "broad", "")

    def quantity(cells: Cells, part: str) -> Quantity:
        name, statistic = what(cells)
        name = name or stem
        statistic = statistic.casefold() or "count"
        statistic = "percentage" if statistic in ("%", "percent", "proportion", "percentage") else statistic
        return Quantity(f"{name}.{part}", name, statistic if part == "value" else part)

    values = tuple(Value(columns[role], role) for role in ("value", "numerator", "denominator") if role in columns)
    return Layout(
        "tidy", places("area"), area, places("period"), period, places("characteristic", "group"), category, places("indicator", "statistic"), quantity, values
    )  # fmt: skip


def read_marker(words: str) -> Marker | None:
    """Return the marker that a cell, cleaned and on one line, holds in place of a number; nothing where it holds none."""
    status = MARKERS.get(words.casefold())
    return None if status is None else Marker(words, status)
