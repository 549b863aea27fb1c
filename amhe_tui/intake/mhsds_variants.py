"""Variants of the files of the Mental Health Services Data Set: time series, restraint with its levels by number, and data quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from amhe_tui.intake.layouts import NOWHERE, Cells, Layout, Value, at_places, mhsds
from amhe_tui.intake.levels import TOTAL, category, crossed
from amhe_tui.method.periods import read_period
from amhe_tui.text import one_line
from store.bulk import Area, Category, Period, Quantity

MHSDS_LEVELS = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "BREAKDOWN",
    "LEVEL_ONE",
    "LEVEL_TWO",
    "METRIC",
    "METRIC_VALUE",
)
MHSDS_SERIES = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "SECONDARY_LEVEL",
    "MEASURE_ID",
    "MEASURE_VALUE",
)
DATA_QUALITY = (
    "Reporting_Period", "Reporting_Level", "Provider_Code", "Provider_Name", "DQ_Measure", "DQ_Measure_Name", "DQ_Result", "Unit", "Value",
)  # fmt: skip


def monthly_series(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return how the monthly file and its time series without the columns that only describe others are read."""
    starts, ends, by, first, second, measure, value = place
    described = [
        at.get(f"{name}_level_description", column) for name, column in (("primary", first), ("secondary", second))
    ]
    name = at.get("measure_name", measure)
    return at_places(
        mhsds(), (starts, ends, starts, by, first, described[0], second, described[1], measure, name, value)
    )


_NUMBERS = ("one", "two", "three", "four", "five", "six")


def levels(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return how variants of the monthly file are read, such as that on restraint: up to six levels by number, and 9999999 for what is hidden."""
    starts, ends, by, _, _, metric, value = place
    codes = [at[f"level_{number}"] for number in _NUMBERS if f"level_{number}" in at]
    names = [
        at.get(f"level_{number}_description", at[f"level_{number}"]) for number in _NUMBERS if f"level_{number}" in at
    ]
    columns = (by, *codes, *names)
    monthly = at_places(mhsds(), (starts, ends, *[by] * 6, metric, at.get("metric_name", metric), value))
    return replace(
        monthly, name="mhsds_levels", stands_for={"9999999": "suppressed"}, area_columns=columns, area=_place_of_levels, category_columns=columns,
        category=_group_of_levels, category_otherwise=(), identified_by=(0, 2, 0, 1),
    )  # fmt: skip


def _read_levels(cells: Cells) -> tuple[str, list[tuple[str, str]], list[str]]:
    """Return the kind of place, the levels that a row fills as code and name, and the characteristics it is broken down by."""
    kind, *by = (one_line(part) for part in cells[0].split(";"))
    half = (len(cells) - 1) // 2
    words = [
        (one_line(code), one_line(name)) for code, name in zip(cells[1 : half + 1], cells[half + 1 :], strict=True)
    ]
    return (
        kind,
        [(code, code if name.upper() in NOWHERE else name) for code, name in words if code.upper() not in NOWHERE],
        by,
    )


def _place_of_levels(cells: Cells) -> Area:
    kind, levels, _ = _read_levels(cells)
    if kind == "England" or not levels:
        return Area("England", "England", "England")
    return Area(kind, *levels[0])


def _group_of_levels(cells: Cells) -> Category:
    kind, levels, by = _read_levels(cells)
    # England as a whole may be left out of the levels, or stand in the first like any other place.
    if len(levels) > len(by) or kind != "England":
        levels = levels[1:]
    found = TOTAL
    for characteristic, (_, label) in zip(
        [*by, *[f"Level {number}" for number in range(len(by) + 1, len(levels) + 1)]], levels, strict=False
    ):
        one = category(characteristic, label)
        found = one if found.level == "total" else crossed(found, one)
    return found


def data_quality(_at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return how the data quality file is read: how many records of a field are valid, missing or filled otherwise."""
    month, kind, code, name, measure, words, result, unit, value = place
    return Layout(
        "mhsds_data_quality", (kind, code, name), _area, (month,), _month, (result,), lambda cells: category("Data quality", cells[0]), (measure, words, unit), _field,
        (Value(value, "value"),),
    )  # fmt: skip


def _field(cells: Cells, _part: str) -> Quantity:
    key, name, unit = (one_line(cell) for cell in cells)
    statistic = "percentage" if unit.casefold().startswith(("percent", "%", "rate")) else "count"
    return Quantity(f"{key}.{statistic}", name, statistic)


def _area(cells: Cells) -> Area:
    kind, code, name = (one_line(cell) for cell in cells)
    return Area("England" if name == "England" else kind, code, name)


def _month(cells: Cells) -> Period:
    found = read_period(cells[0], monthly=True)
    return Period(*found) if found else Period(one_line(cells[0]), "", "")
