"""The Mental Health Services Data Set: monthly files, its variants, and the Mental Health Act figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from amhe_tui.intake.publishers.nhs_england import SUPPRESSED_BELOW_5
from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.cells import TOTAL, category, crossed
from amhe_tui.intake.tables.layout import (
    NOWHERE,
    Cells,
    Layout,
    Value,
    at_places,
    iso_day,
    monthly_period,
    span_label,
)
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.text import one_line
from store.evidence.datasets import Area, Category, Period, Quantity

BLANK = {"", "null", "none", "all", "na", "n/a"}


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
    if label.casefold() in BLANK:
        label = one_line(cells[1])
    return Category(characteristic, label, "unknown" if is_unknown(label) else "broad", "")


def _mhsds_quantity(cells: Cells, _statistic: str) -> Quantity:
    name = one_line(cells[1])
    lowered = name.casefold()
    statistic = next((kind for start, kind in _STATISTICS if lowered.startswith(start)), "count")
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
    code_names = [
        (one_line(code), one_line(name)) for code, name in zip(cells[1 : half + 1], cells[half + 1 :], strict=True)
    ]
    return (
        kind,
        [(code, code if name.upper() in NOWHERE else name) for code, name in code_names if code.upper() not in NOWHERE],
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
    named = [*by, *[f"Level {number}" for number in range(len(by) + 1, len(levels) + 1)]]
    groups = (category(characteristic, label) for characteristic, (_, label) in zip(named, levels, strict=False))
    return reduce(crossed, groups, TOTAL)


def data_quality(_at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return how the data quality file is read: how many records of a field are valid, missing or filled otherwise."""
    month, kind, code, name, measure, description, result, unit, value = place
    return Layout(
        "mhsds_data_quality", (kind, code, name), _area, (month,), monthly_period, (result,), lambda cells: category("Data quality", cells[0]),
        (measure, description, unit), _field,
        (Value(value, "value"),),
    )  # fmt: skip


def _field(cells: Cells, _part: str) -> Quantity:
    key, name, unit = (one_line(cell) for cell in cells)
    statistic = "percentage" if unit.casefold().startswith(("percent", "%", "rate")) else "count"
    return Quantity(f"{key}.{statistic}", name, statistic)


def _area(cells: Cells) -> Area:
    kind, code, name = (one_line(cell) for cell in cells)
    return Area("England" if name == "England" else kind, code, name)


_MONTHLY = {**SUPPRESSED_BELOW_5, "title": "Mental Health Services Data Set, monthly figures", "kind": "usage"}


PUBLICATIONS = (
    Publication(
        name="mhsds",
        called="the monthly Mental Health Services Data Set",
        family="figures",
        rank=10,
        about=_MONTHLY,
        signature=(MHSDS_SERIES,),
        layout=monthly_series,
    ),
    Publication(
        name="mhsds_levels",
        called="a monthly file of the Mental Health Services Data Set, its levels by number",
        family="figures",
        rank=20,
        about=_MONTHLY,
        signature=(MHSDS_LEVELS,),
        layout=levels,
    ),
    Publication(
        name="mhsds_data_quality",
        called="the data quality file of the Mental Health Services Data Set",
        family="figures",
        rank=30,
        about={**SUPPRESSED_BELOW_5, "title": "Mental Health Services Data Set, data quality", "kind": "other"},
        signature=(DATA_QUALITY,),
        layout=data_quality,
    ),
)
