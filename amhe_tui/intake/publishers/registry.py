"""Files of publishers that are known by their columns, and what others are called once their tables are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from amhe_tui.intake.publishers.fingertips import FINGERTIPS, fingertips
from amhe_tui.intake.publishers.heat_plus import HEAT_PLUS, heat_plus
from amhe_tui.intake.publishers.mhsds import (
    DATA_QUALITY,
    MHSDS,
    MHSDS_LEVELS,
    MHSDS_SERIES,
    data_quality,
    levels,
    mhsds,
    monthly_series,
)
from amhe_tui.intake.publishers.talking_therapies import (
    TALKING_THERAPIES,
    TALKING_THERAPIES_MONTHLY,
    TALKING_THERAPIES_SERIES,
    monthly_therapies,
    series,
    talking_therapies,
)
from amhe_tui.intake.tables.layout import Layout, at_places
from amhe_tui.text import one_line

NAMES: Mapping[str, str] = {
    "mhsds": "the monthly Mental Health Services Data Set",
    "mhsds_levels": "a monthly file of the Mental Health Services Data Set, its levels by number",
    "mhsds_data_quality": "the data quality file of the Mental Health Services Data Set",
    "talking_therapies": "the annual figures of NHS Talking Therapies",
    "talking_therapies_wide": "the annual figures of NHS Talking Therapies, one column a measure",
    "talking_therapies_monthly": "the monthly figures of NHS Talking Therapies",
    "talking_therapies_series": "the monthly time series of NHS Talking Therapies",
    "mental_health_act": "the annual figures on the Mental Health Act",
    "fingertips": "an export of Fingertips public health profiles",
    "heat_plus": "a table in the template of HEAT Plus",
    "census_2021": "a table of the Census 2021",
    "superweb": "an export of SuperWEB",
    "mid_year_estimates": "population estimates, one column an age",
    "deprivation": "indices of deprivation",
    "staff_survey": "tables of the NHS Staff Survey",
    "lime_survey": "answers exported from LimeSurvey",
    "microsoft_forms": "answers exported from Microsoft Forms",
    "google_forms": "answers exported from Google Forms",
    "qualtrics": "answers exported from Qualtrics",
    "survey_monkey": "answers exported from SurveyMonkey",
    "smart_survey": "answers exported from SmartSurvey",
    "answers": "answers, one row a person",
    "directory": "a directory of services and groups",
    "list": "a list, one row a thing",
    "tidy": "a table whose columns you name",
}
"""What each layout is called on the screen."""


ABOUT: Mapping[str, Mapping[str, str]] = {
    "mhsds": {"title": "Mental Health Services Data Set, monthly figures", "kind": "usage"},
    "mhsds_levels": {"title": "Mental Health Services Data Set, monthly figures", "kind": "usage"},
    "mhsds_data_quality": {"title": "Mental Health Services Data Set, data quality", "kind": "other"},
    "talking_therapies": {"title": "NHS Talking Therapies, annual figures", "kind": "outcome"},
    "talking_therapies_wide": {"title": "NHS Talking Therapies, annual figures", "kind": "outcome"},
    "talking_therapies_monthly": {"title": "NHS Talking Therapies, monthly figures", "kind": "outcome"},
    "talking_therapies_series": {"title": "NHS Talking Therapies, monthly time series", "kind": "outcome"},
    "mental_health_act": {"title": "Mental Health Act statistics, annual figures", "kind": "usage"},
    "census_2021": {"kind": "population", "publisher": "Office for National Statistics"},
    "superweb": {"kind": "population"},
    "mid_year_estimates": {"kind": "population", "publisher": "Office for National Statistics"},
    "deprivation": {"kind": "population"},
    "staff_survey": {"kind": "experience", "publisher": "NHS England"},
    "fingertips": {"publisher": "Office for Health Improvement and Disparities"},
    "lime_survey": {"kind": "experience"},
    "microsoft_forms": {"kind": "experience"},
    "google_forms": {"kind": "experience"},
    "qualtrics": {"kind": "experience"},
    "survey_monkey": {"kind": "experience"},
    "smart_survey": {"kind": "experience"},
    "answers": {"kind": "experience"},
    "directory": {"kind": "assets"},
}


_NHS = {"publisher": "NHS England", "licence": "Open Government Licence v3.0"}


_HIDDEN = {"suppression": "Counts below 5 are hidden and others rounded to 5 below England."}


GP_SURVEY_MISSING = {"-1": "suppressed", "-96": "not applicable", "-97": "not stated", "-99": "suppressed"}
"""Numbers that stand for a reason in the practice files of the GP Patient Survey."""


def about(layout: str) -> dict[str, str]:
    """Return what is known of a source by its layout: title, kind, publisher, licence, how small numbers are hidden."""
    found = dict(ABOUT.get(layout, {}))
    if layout.startswith(("mhsds", "talking", "mental_health_act")):
        found |= {**_NHS, **_HIDDEN}
    return found


def recognise(columns: Sequence[str], places: Sequence[int]) -> Layout | None:
    """Return the layout of a published file by its columns, or nothing where it is not one that is known.

    Upper and lower case, the order of the columns and columns besides those that are known make no difference.
    """
    names = [one_line(name).casefold() for name in columns]
    at = dict(zip(names, places, strict=True))
    for known, make in _KNOWN:
        wanted = [name.casefold() for name in known]
        if set(wanted) <= set(at):
            return make(at, [at[name] for name in wanted])
    return None


def name_of_table(columns: Sequence[str], titles: str, file_name: str) -> str:
    """Return the name of the layout a table has that was understood by its own columns."""
    words = f"{titles} {' '.join(columns[:60])} {file_name}".casefold()
    names = {name.casefold() for name in columns}
    for name, pattern in (
        ("superweb", r"superweb"),
        ("staff_survey", r"staff survey"),
        ("deprivation", r"\bimd\b|indices of (multiple )?deprivation|lsoas in most deprived"),
        ("census_2021", r"census ?2021|2021-03-21|census2021|\(\d+ categories\)"),
        ("mid_year_estimates", r"mid-?year|\bmye\d*\b|all_ages"),
    ):
        if re.search(pattern, words):
            return name
    if {"variabletype", "variable_type"} & names and {"variablea", "variable_a"} & names:
        return "talking_therapies_wide"
    if {"demographic", "demographicbreakdown", "cruderate"} <= names:
        return "mental_health_act"
    return "tidy"


_Make = Callable[[Mapping[str, int], Sequence[int]], Layout]


_KNOWN: tuple[tuple[tuple[str, ...], _Make], ...] = (
    (MHSDS, lambda _at, places: at_places(mhsds(), places)),
    (MHSDS_SERIES, monthly_series),
    (MHSDS_LEVELS, levels),
    (DATA_QUALITY, data_quality),
    (TALKING_THERAPIES, lambda _at, places: at_places(talking_therapies(), places)),
    (TALKING_THERAPIES_MONTHLY, monthly_therapies),
    ((*TALKING_THERAPIES_MONTHLY[:-1], "MEASURE_VALUE"), monthly_therapies),
    (TALKING_THERAPIES_SERIES, series),
    (FINGERTIPS, fingertips),
    (HEAT_PLUS, heat_plus),
)
