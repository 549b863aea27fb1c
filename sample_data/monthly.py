"""Draw the monthly file of Northmere in the 11-column layout of the mental health services data set; every figure is made up."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

HEADER = [
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
]
MONTHS = (
    ("01/01/2025", "31/01/2025"),
    ("01/02/2025", "28/02/2025"),
    ("01/03/2025", "31/03/2025"),
    ("01/04/2025", "30/04/2025"),
    ("01/05/2025", "31/05/2025"),
    ("01/06/2025", "30/06/2025"),
)
# Provider: (name, people in contact at the end of a month).
PROVIDERS: Mapping[str, tuple[str, int]] = {
    "NMP03": ("Northmere Mental Health NHS Trust", 6230),
    "NMP04": ("Fenholt Community Minds", 385),
}
# Measure: (name, size beside the people in contact).
MEASURES: Mapping[str, tuple[str, float]] = {
    "MHS01": ("People in contact with services at the end of the reporting period", 1.0),
    "MHS32": ("Referrals starting in the reporting period", 0.31),
}
# Breakdown: (code, description, share in per cent); only people whose characteristic adds up within each.
BREAKDOWNS: Mapping[str, Sequence[tuple[str, str, float]]] = {
    "Provider; Upper Ethnicity": (
        ("Asian or Asian British", "Asian or Asian British", 8.1),
        ("Black or Black British", "Black or Black British", 14.6),
        ("Mixed", "Mixed", 3.7),
        ("Other Ethnic Groups", "Other Ethnic Groups", 2.4),
        ("White", "White", 61.0),
        ("UNKNOWN", "UNKNOWN", 10.2),
    ),
    "Provider; Gender": (
        ("1", "Male", 46.2),
        ("2", "Female", 52.1),
        ("3", "Non-binary", 0.4),
        ("4", "Other (not listed)", 0.1),
        ("UNKNOWN", "UNKNOWN", 1.2),
    ),
    "Provider; IMD Quintile": (
        ("01 Most deprived", "01 Most deprived", 29.5),
        ("02", "02", 23.4),
        ("03", "03", 19.1),
        ("04", "04", 15.2),
        ("05 Least deprived", "05 Least deprived", 11.0),
        ("UNKNOWN", "UNKNOWN", 1.8),
    ),
    "Provider; Age Band": (
        ("Under 18", "Under 18", 21.5),
        ("18-64", "18-64", 62.3),
        ("65+", "65+", 16.2),
    ),
}


def _published(number: float) -> str:
    return "*" if number < 5 else str(5 * round(number / 5))


def monthly_rows() -> tuple[Sequence[str], Iterable[list[str]]]:
    """Return the header and the rows of the monthly file; counts rounded to 5, fewer than 5 as ``*``."""
    return HEADER, _rows()


def _rows() -> Iterable[list[str]]:
    chance = random.Random("Northmere monthly")  # noqa: S311 - made-up figures, nothing to guard
    for starts, ends in MONTHS:
        for code, (name, people) in PROVIDERS.items():
            for measure, (measure_name, size) in MEASURES.items():
                number = people * size * (0.96 + 0.08 * chance.random())
                row = [starts, ends, "Performance"]
                yield [*row, "Provider", code, name, "NONE", "NONE", measure, measure_name, _published(number)]
                for breakdown, categories in BREAKDOWNS.items():
                    for secondary, description, share in categories:
                        value = _published(number * share / 100)
                        yield [*row, breakdown, code, name, secondary, description, measure, measure_name, value]
