"""Files of publishers that are known by their columns, and what others are called once their tables are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from amhe_tui.intake.layouts import (
    MHSDS,
    TALKING_THERAPIES,
    Cells,
    Layout,
    Value,
    at_places,
    mhsds,
    span_label,
    talking_therapies,
)
from amhe_tui.intake.levels import TOTAL, category, crossed
from amhe_tui.intake.mhsds_variants import (
    DATA_QUALITY,
    MHSDS_LEVELS,
    MHSDS_SERIES,
    data_quality,
    levels,
    monthly_series,
)
from amhe_tui.method.periods import read_period
from amhe_tui.text import one_line
from store.bulk import Area, Category, Period, Quantity

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
TALKING_THERAPIES_MONTHLY = (
    "REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "GROUP_TYPE", "ORG_CODE1", "ORG_NAME1", "ORG_CODE2", "ORG_NAME2", "MEASURE_ID", "MEASURE_NAME",
    "MEASURE_VALUE_SUPPRESSED",
)  # fmt: skip
TALKING_THERAPIES_SERIES = ("CCG Code", "CCG Name", "Provider Code", "Provider Name", "Group Type", "Month / Year")
FINGERTIPS = (
    "Area Code", "Area Name", "Area Type", "Time period", "Category Type", "Category", "Sex", "Indicator ID", "Indicator Name", "Age", "Value",
)  # fmt: skip
GP_SURVEY_MISSING = {"-1": "suppressed", "-96": "not applicable", "-97": "not stated", "-99": "suppressed"}
"""Numbers that stand for a reason in the practice files of the GP Patient Survey."""
_FINGERTIPS_PARTS = {
    "lower ci 95.0 limit": "lower",
    "upper ci 95.0 limit": "upper",
    "count": "numerator",
    "denominator": "denominator",
}
HEAT_PLUS = (
    "setting",
    "date",
    "dimension",
    "subgroup",
    "indicator_abbr",
    "indicator_name",
    "indicator_scale",
    "estimate",
)
_HEAT_PARTS = {"ci_lb": "lower", "ci_ub": "upper", "se": "standard_error", "population": "denominator"}


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


# --- Mental Health Services Data Set and NHS Talking Therapies ----------------------------------------------------------------------------------------


def _monthly_therapies(_at: Mapping[str, int], place: Sequence[int]) -> Layout:
    return Layout(
        "talking_therapies_monthly", tuple(place[2:7]), _pair, tuple(place[0:2]), _span, (), _everybody, tuple(place[7:9]), _named_measure, (Value(place[9]),)
    )  # fmt: skip


def _pair(cells: Cells) -> Area:
    kind, code, name, other_code, other_name = (one_line(cell) for cell in cells)
    if kind == "England" or code.casefold() == "all":
        if other_code and other_code.casefold() not in ("all", "none", "null"):
            return Area(kind, other_code, other_name)
        return Area("England", "England", "England")
    if other_code and other_code.casefold() not in ("all", "none", "null"):
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
_SMALL_THEN_LARGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _named_measure(cells: Cells, _part: str) -> Quantity:
    name = one_line(cells[1])
    match = _MEASURE.match(name)
    statistic, rest = (match[1].casefold(), match[2]) if match else ("count", name)
    slug = _SMALL_THEN_LARGE.sub("_", rest).casefold()
    return Quantity(f"{slug}.{statistic}", _SMALL_THEN_LARGE.sub(" ", rest), statistic)


_SERIES = {
    "recovery rate": ("recovery", "percentage"),
    "improvement rate": ("improvement", "percentage"),
    "reliable recovery rate": ("reliable_recovery", "percentage"),
    "first treatment within 6 weeks": ("first_treatment_within_6_weeks", "percentage"),
    "first treatment within 18 weeks": ("first_treatment_within_18_weeks", "percentage"),
    "finished a course of treatment": ("finished_course_treatment", "count"),
}


def _series(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    values: list[Value] = []
    for name, column in at.items():
        if column not in place and name:
            slug, statistic = _SERIES.get(name, (re.sub(r"\W+", "_", name).strip("_"), "count"))
            values.append(
                Value(column, statistic, quantity=Quantity(f"{slug}.{statistic}", name.capitalize(), statistic))
            )
    kind, code, name, provider, provider_name = place[4], place[0], place[1], place[2], place[3]
    return Layout(
        "talking_therapies_series", (kind, code, name, provider, provider_name), _pair, (place[5],), _month, (), _everybody, (), _no_quantity, tuple(values)
    )  # fmt: skip


def _month(cells: Cells) -> Period:
    found = read_period(cells[0], monthly=True)
    return Period(*found) if found else Period(one_line(cells[0]), "", "")


def _no_quantity(_cells: Cells, _part: str) -> Quantity:
    raise ValueError("says nowhere what was counted")


# --- Fingertips ---------------------------------------------------------------------------------------------------------------------------------------


def _fingertips(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    code, name, kind, period, by, group, sex, key, title, age, value = place
    parts = [Value(at[column], part) for column, part in _FINGERTIPS_PARTS.items() if column in at]
    return Layout(
        "fingertips", (kind, code, name), _place, (period,), _any_period, (by, group, sex), _inequality, (key, title, age), _indicator, (Value(value, "value"), *parts)
    )  # fmt: skip


def _place(cells: Cells) -> Area:
    kind, code, name = (one_line(cell) for cell in cells)
    return Area("England" if name == "England" else kind, code, name)


def _any_period(cells: Cells) -> Period:
    words = one_line(cells[0])
    found = read_period(words)
    return Period(*found) if found else Period(words, words, "")


def _inequality(cells: Cells) -> Category:
    by, group, sex = (one_line(cell) for cell in cells)
    found = category(by, group) if group else TOTAL
    return crossed(category("Sex", sex), found)


def _indicator(cells: Cells, part: str) -> Quantity:
    from amhe_tui.intake.columns import statistic_of

    key, title, age = (one_line(cell) for cell in cells)
    name = title if not age or age.casefold() == "all ages" else f"{title} ({age})"
    statistic = statistic_of(title.casefold()) or "value"
    return Quantity(f"{key} {age}.{part}".replace(" .", "."), name, statistic if part == "value" else _statistic(part))


def _statistic(part: str) -> str:
    return "count" if part in ("numerator", "denominator") else part


# --- HEAT Plus ----------------------------------------------------------------------------------------------------------------------------------------


def _heat_plus(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    setting, date, dimension, subgroup, key, name, scale, estimate = place
    parts = [Value(at[column], part) for column, part in _HEAT_PARTS.items() if column in at]
    if "setting_average" in at:
        parts.append(Value(at["setting_average"], "value", category=TOTAL, instead=True))
    return Layout(
        "heat_plus", (setting,), _setting, (date,), _any_period, (dimension, subgroup), _subgroup, (key, name, scale), _scaled, (Value(estimate, "value"), *parts)
    )  # fmt: skip


def _setting(cells: Cells) -> Area:
    name = one_line(cells[0])
    return Area("England" if name == "England" else "", name, name)


def _subgroup(cells: Cells) -> Category:
    return category(one_line(cells[0]), cells[1])


def _scaled(cells: Cells, part: str) -> Quantity:
    key, name, scale = (one_line(cell) for cell in cells)
    statistic = {"100": "percentage", "1": "proportion"}.get(scale, "rate")
    return Quantity(f"{key}.{part}", name, statistic if part == "value" else _statistic(part))


_Make = Callable[[Mapping[str, int], Sequence[int]], Layout]
_KNOWN: tuple[tuple[tuple[str, ...], _Make], ...] = (
    (MHSDS, lambda _at, places: at_places(mhsds(), places)),
    (MHSDS_SERIES, monthly_series),
    (MHSDS_LEVELS, levels),
    (DATA_QUALITY, data_quality),
    (TALKING_THERAPIES, lambda _at, places: at_places(talking_therapies(), places)),
    (TALKING_THERAPIES_MONTHLY, _monthly_therapies),
    ((*TALKING_THERAPIES_MONTHLY[:-1], "MEASURE_VALUE"), _monthly_therapies),
    (TALKING_THERAPIES_SERIES, _series),
    (FINGERTIPS, _fingertips),
    (HEAT_PLUS, _heat_plus),
)
