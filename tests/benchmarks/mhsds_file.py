"""A file shaped like the monthly Mental Health Services Data Set, of any length, all of it made up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,"
    "SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE,SUBMISSION,LOADED"
)
CHARACTERISTICS = {
    "Upper Ethnicity": (
        "White",
        "Mixed",
        "Asian or Asian British",
        "Black or Black British",
        "Other Ethnic Groups",
        "UNKNOWN",
    ),
    "Gender": ("Male", "Female", "Non-binary", "UNKNOWN"),
    "Age Band": (
        "0 to 5",
        "6 to 10",
        "11 to 15",
        "16",
        "17",
        "18",
        "19",
        "20 to 24",
        "25 to 29",
        "30 to 34",
        "35 to 39",
        "90 or over",
    ),
    "IMD Quintile": ("01 Most deprived", "02", "03", "04", "05 Least deprived"),
    "LD Status": ("Confirmed", "Suspected", "None", "UNKNOWN"),
}
_MEASURES = 40
_PROVIDERS = 400
_STEP = 1_000_003
"""A prime that has no part in the number of keys."""


def write_file(path: Path, rows: int, *, in_order: bool = False, seed: int = 7) -> None:
    """Write a file of so many rows; in the publisher's order, measure by measure, or in none."""
    lines = _lines(rows, random.Random(seed))  # noqa: S311 - figures for a benchmark
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\n")
        if in_order:
            stream.writelines(sorted(lines, key=lambda line: line.rsplit(",", 5)[1]))
        else:
            stream.writelines(lines)


def _lines(rows: int, chance: random.Random) -> Iterator[str]:
    groups = [(name, label) for name, labels in CHARACTERISTICS.items() for label in labels]
    # A publisher gives one figure for each measure, month, group and place: keys are walked through out of order, and none comes twice.
    keys = _MEASURES * 12 * len(groups) * (_PROVIDERS + 1)
    for number in range(min(rows, keys)):
        key, measure = divmod(number * _STEP % keys, _MEASURES)
        key, month = divmod(key, 12)
        month += 1
        provider, group = divmod(key, len(groups))
        value = "*" if chance.random() < 0.2 else str(5 * chance.randrange(1, 400))
        name, label = groups[group]
        if provider == _PROVIDERS:
            where = f"England; {name},{label},{label},NONE,NONE"
        else:
            called = f"NORTHMERE AND SHIRE {provider} NHS TRUST"
            if provider % 12 == 0:  # about as many names hold a comma as in the real file
                called = f'"NORTHMERE, SHIRE AND MERE {provider} NHS TRUST"'
            where = f"Provider; {name},P{provider:03},{called},{label},{label}"
        yield (
            f"2024-{month:02}-01,2024-{month:02}-28,Performance,{where},MHS{measure:02},"
            f"People in contact with services of kind {measure} at the end of the month,{value},Final,2024-09-12\n"
        )
