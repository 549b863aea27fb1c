"""Files of publishers that are known by their columns, and what others are called once their tables are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from amhe_tui.intake.layouts import (
    MHSDS,
    NOWHERE,
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
MHSDS_LEVELS = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "BREAKDOWN",
    "LEVEL_ONE",
    "LEVEL_TWO",
    "METRIC",
    "METRIC_VALUE",
)
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


# --- variants of the monthly file -----------------------------------------------------------------------------------------------------------------------


def _monthly_series(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """The monthly file and its time series without the columns that only describe others."""
    starts, ends, by, first, second, measure, value = place
    described = [
        at.get(f"{name}_level_description", column) for name, column in (("primary", first), ("secondary", second))
    ]
    name = at.get("measure_name", measure)
    return at_places(
        mhsds(), (starts, ends, starts, by, first, described[0], second, described[1], measure, name, value)
    )


_NUMBERS = ("one", "two", "three", "four", "five", "six")


def _levels(at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """Variants of the monthly file, such as that on restraint: up to six levels by number, and 9999999 for what is hidden."""
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


def _data_quality(_at: Mapping[str, int], place: Sequence[int]) -> Layout:
    """The data quality file of the Mental Health Services Data Set: how many records of a field are valid, missing or filled otherwise."""
    month, kind, code, name, measure, words, result, unit, value = place
    return Layout(
        "mhsds_data_quality", (kind, code, name), _place, (month,), _month, (result,), lambda cells: category("Data quality", cells[0]), (measure, words, unit), _field,
        (Value(value, "value"),),
    )  # fmt: skip


def _field(cells: Cells, _part: str) -> Quantity:
    key, name, unit = (one_line(cell) for cell in cells)
    statistic = "percentage" if unit.casefold().startswith(("percent", "%", "rate")) else "count"
    return Quantity(f"{key}.{statistic}", name, statistic)


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


_MHSDS_SERIES = (
    "REPORTING_PERIOD_START",
    "REPORTING_PERIOD_END",
    "BREAKDOWN",
    "PRIMARY_LEVEL",
    "SECONDARY_LEVEL",
    "MEASURE_ID",
    "MEASURE_VALUE",
)
_DATA_QUALITY = (
    "Reporting_Period", "Reporting_Level", "Provider_Code", "Provider_Name", "DQ_Measure", "DQ_Measure_Name", "DQ_Result", "Unit", "Value",
)  # fmt: skip
_Make = Callable[[Mapping[str, int], Sequence[int]], Layout]
_KNOWN: tuple[tuple[tuple[str, ...], _Make], ...] = (
    (MHSDS, lambda _at, places: at_places(mhsds(), places)),
    (_MHSDS_SERIES, _monthly_series),
    (MHSDS_LEVELS, _levels),
    (_DATA_QUALITY, _data_quality),
    (TALKING_THERAPIES, lambda _at, places: at_places(talking_therapies(), places)),
    (TALKING_THERAPIES_MONTHLY, _monthly_therapies),
    ((*TALKING_THERAPIES_MONTHLY[:-1], "MEASURE_VALUE"), _monthly_therapies),
    (TALKING_THERAPIES_SERIES, _series),
    (FINGERTIPS, _fingertips),
    (HEAT_PLUS, _heat_plus),
)
