"""NHS Talking Therapies: annual figures long and wide, monthly activity, and the time series."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from amhe_tui.intake.publishers.mhsds import BLANK
from amhe_tui.intake.publishers.nhs_england import SUPPRESSED_BELOW_5
from amhe_tui.intake.publishers.publication import Publication
from amhe_tui.intake.tables.cells import TOTAL
from amhe_tui.intake.tables.layout import Cells, Layout, Value, at_places, iso_day, monthly_period, span_label
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.method.periods import read_period
from amhe_tui.text import one_line, split_joined
from store.evidence.datasets import Area, Category, Period, Quantity

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
    if second.casefold() in BLANK or (second == "Total" and first):
        return Category(characteristic, first, "broad", "")
    return Category(characteristic, second, "detailed", first)


def _measure(cells: Cells, _statistic: str) -> Quantity:
    name, statistic = one_line(cells[0]), one_line(cells[1])
    return Quantity(f"{name}.{statistic}", name, statistic)


TALKING_THERAPIES_MONTHLY = (
    "REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "GROUP_TYPE", "ORG_CODE1", "ORG_NAME1", "ORG_CODE2", "ORG_NAME2", "MEASURE_ID", "MEASURE_NAME",
    "MEASURE_VALUE_SUPPRESSED",
)  # fmt: skip


TALKING_THERAPIES_SERIES = ("CCG Code", "CCG Name", "Provider Code", "Provider Name", "Group Type", "Month / Year")


def monthly_therapies(_at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return the layout of the monthly activity file."""
    return Layout(
        "talking_therapies_monthly", tuple(place[2:7]), _pair, tuple(place[0:2]), _span, (), _everybody, tuple(place[7:9]), _named_measure, (Value(place[9]),)
    )  # fmt: skip


def _pair(cells: Cells) -> Area:
    kind, code, name, other_code, other_name = (one_line(cell) for cell in cells)
    has_other = other_code.casefold() not in ("", "all", "none", "null")
    if kind == "England" or code.casefold() == "all":
        return Area(kind, other_code, other_name) if has_other else Area("England", "England", "England")
    if has_other:
        return Area(kind, f"{code}/{other_code}", f"{name} / {other_name}")
    return Area(kind, code, name)


def _span(cells: Cells) -> Period:
    first, last = (read_period(cell) for cell in cells)
    if first is None or last is None:
        return Period(" to ".join(map(one_line, cells)), "", "")
    return Period(span_label(first.starts, last.ends), first.starts, last.ends)


def _everybody(_cells: Cells) -> Category:
    return TOTAL


_MEASURE = re.compile(r"^(Count|Percentage|Mean|Median|Rate)_?(.+)$")


def _named_measure(cells: Cells, _part: str) -> Quantity:
    name = one_line(cells[1])
    match = _MEASURE.match(name)
    statistic, rest = (match[1].casefold(), match[2]) if match else ("count", name)
    slug = split_joined(rest, "_").casefold()
    return Quantity(f"{slug}.{statistic}", split_joined(rest), statistic)


_SERIES = {
    "recovery rate": ("recovery", "percentage"),
    "improvement rate": ("improvement", "percentage"),
    "reliable recovery rate": ("reliable_recovery", "percentage"),
    "first treatment within 6 weeks": ("first_treatment_within_6_weeks", "percentage"),
    "first treatment within 18 weeks": ("first_treatment_within_18_weeks", "percentage"),
    "finished a course of treatment": ("finished_course_treatment", "count"),
}


def series(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Return the layout of the monthly time series, a column for each measure."""
    values: list[Value] = []
    for name, column in at.items():
        if column not in place and name:
            slug, statistic = _SERIES.get(name, (re.sub(r"\W+", "_", name).strip("_"), "count"))
            values.append(
                Value(column, statistic, quantity=Quantity(f"{slug}.{statistic}", name.capitalize(), statistic))
            )
    kind, code, name, provider, provider_name = place[4], place[0], place[1], place[2], place[3]
    return Layout(
        "talking_therapies_series", (kind, code, name, provider, provider_name), _pair, (place[5],), monthly_period, (), _everybody, (), _no_quantity, tuple(values)
    )  # fmt: skip


def _no_quantity(_cells: Cells, _part: str) -> Quantity:
    raise ValueError("says nowhere what was counted")


_ANNUAL = {**SUPPRESSED_BELOW_5, "title": "NHS Talking Therapies, annual figures", "kind": "outcome"}


PUBLICATIONS = (
    Publication(
        name="talking_therapies",
        called="the annual figures of NHS Talking Therapies",
        family="figures",
        rank=40,
        about=_ANNUAL,
        signature=(TALKING_THERAPIES,),
        layout=lambda _at, places: at_places(talking_therapies(), places),
    ),
    Publication(
        name="talking_therapies_monthly",
        called="the monthly figures of NHS Talking Therapies",
        family="figures",
        rank=50,
        about={**SUPPRESSED_BELOW_5, "title": "NHS Talking Therapies, monthly figures", "kind": "outcome"},
        signature=(TALKING_THERAPIES_MONTHLY, (*TALKING_THERAPIES_MONTHLY[:-1], "MEASURE_VALUE")),
        layout=monthly_therapies,
    ),
    Publication(
        name="talking_therapies_series",
        called="the monthly time series of NHS Talking Therapies",
        family="figures",
        rank=60,
        about={**SUPPRESSED_BELOW_5, "title": "NHS Talking Therapies, monthly time series", "kind": "outcome"},
        signature=(TALKING_THERAPIES_SERIES,),
        layout=series,
    ),
    Publication(
        name="talking_therapies_wide",
        called="the annual figures of NHS Talking Therapies, one column a measure",
        family="figures",
        rank=260,
        about=_ANNUAL,
        signature=[(by, group) for by in ("variabletype", "variable_type") for group in ("variablea", "variable_a")],
    ),
)
