"""Draw the sample files of Northmere; run by hand: ``python -m sample_data.generate``. The same numbers come out every time.

Every figure comes from the made-up shares of :mod:`sample_data.figures`. Counts are drawn exactly per borough and provider, added up, and only then
rounded to 5 with fewer than 5 hidden, as the publishers of the real layouts do.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sample_data import figures
from sample_data.figures import NOTHING, UNKNOWN, YEARS, Category, Stream
from sample_data.monthly import monthly_rows

FOLDER = Path(__file__).parent
ANNUAL_HEADER = [
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
]
# Places in a row of counts.
REFERRED, FINISHED, AT, NOT_AT, IMPROVED, WORSE, SAME, RELIABLE, RECOVERED = range(9)
Counts = list[int]
Table = dict[tuple[str, Category], Counts]
"""Counts by (variable_type, category)."""

# The order of the rows as the annual files have it: measure, statistic, numerator, denominator.
MEASURES: Sequence[tuple[str, str, int, int | None]] = (
    ("referrals_received", "count", REFERRED, None),
    ("finished_course_treatment", "count", FINISHED, None),
    ("at_caseness", "count", AT, None),
    ("not_at_caseness", "count", NOT_AT, None),
    ("improvement", "count", IMPROVED, None),
    ("improvement", "percentage", IMPROVED, FINISHED),
    ("deterioration", "count", WORSE, None),
    ("deterioration", "percentage", WORSE, FINISHED),
    ("no_reliable_change", "count", SAME, None),
    ("no_reliable_change", "percentage", SAME, FINISHED),
    ("reliable_recovery", "count", RELIABLE, None),
    ("reliable_recovery", "percentage", RELIABLE, AT),
    ("recovery", "count", RECOVERED, None),
    ("recovery", "percentage", RECOVERED, AT),
)


def apportion(total: int, weights: Sequence[float], capacities: Sequence[int] | None = None) -> list[int]:
    """Return whole numbers in proportion to ``weights`` that add up to ``total``, none above its capacity (largest remainders).

    Raises:
        ValueError: The capacities do not hold the total.
    """
    room = list(capacities) if capacities is not None else [total] * len(weights)
    if sum(room) < total:
        raise ValueError(f"{total} do not fit into {sum(room)} places.")
    whole = sum(weights) or 1.0
    ideal = [total * weight / whole for weight in weights]
    shares = [min(int(value), most) for value, most in zip(ideal, room, strict=True)]
    order = sorted(range(len(weights)), key=lambda index: (shares[index] - ideal[index], index))
    while sum(shares) < total:
        for index in order:
            if sum(shares) < total and shares[index] < room[index]:
                shares[index] += 1
    return shares


def split(total: Counts, categories: Sequence[tuple[float, float, float]]) -> list[Counts]:
    """Return ``total`` divided among categories of given (share, finishing, recovery), so that every count adds up again."""
    rows = [[0] * 9 for _ in categories]

    def put(place: int, whole: int, weights: Sequence[float], room: Sequence[int] | None = None) -> None:
        for row, number in zip(rows, apportion(whole, weights, room), strict=True):
            row[place] = number

    put(REFERRED, total[REFERRED], [share for share, _, _ in categories])
    put(
        FINISHED,
        total[FINISHED],
        [row[REFERRED] * category[1] for row, category in zip(rows, categories, strict=True)],
        [row[REFERRED] for row in rows],
    )
    finished = [row[FINISHED] for row in rows]
    put(NOT_AT, total[NOT_AT], finished, finished)
    for row in rows:
        row[AT] = row[FINISHED] - row[NOT_AT]
    able = [row[AT] for row in rows]
    rates = [row[AT] * category[2] for row, category in zip(rows, categories, strict=True)]
    put(RECOVERED, total[RECOVERED], rates, able)
    recovered = [row[RECOVERED] for row in rows]
    put(RELIABLE, total[RELIABLE], recovered, recovered)
    put(
        IMPROVED,
        total[IMPROVED],
        [row[FINISHED] * (0.4 + 0.6 * category[2]) for row, category in zip(rows, categories, strict=True)],
        finished,
    )
    left = [row[FINISHED] - row[IMPROVED] for row in rows]
    put(
        WORSE, total[WORSE], [row[FINISHED] / category[2] for row, category in zip(rows, categories, strict=True)], left
    )
    for row in rows:
        row[SAME] = row[FINISHED] - row[IMPROVED] - row[WORSE]
    return rows


def stream_totals(stream: Stream, year: str, chance: random.Random) -> Counts:
    """Return the counts of one borough and provider in a year."""
    row = [0] * 9
    row[REFERRED] = round(stream.referrals * figures.GROWTH[year] * (0.99 + 0.02 * chance.random()))
    row[FINISHED] = round(row[REFERRED] * (0.36 + 0.02 * chance.random()))
    row[NOT_AT] = round(row[FINISHED] * 0.062)
    row[AT] = row[FINISHED] - row[NOT_AT]
    row[RECOVERED] = round(row[AT] * (stream.recovery + 0.01 * (chance.random() - 0.5)))
    row[RELIABLE] = round(row[RECOVERED] * 0.943)
    row[IMPROVED] = round(row[FINISHED] * 0.667)
    row[WORSE] = round(row[FINISHED] * 0.061)
    row[SAME] = row[FINISHED] - row[IMPROVED] - row[WORSE]
    return row


def _ethnic_categories(stream: Stream, year: str) -> dict[Category, tuple[float, float, float]]:
    column = 0 if stream.borough == "NM1" else 1
    whole = sum(weights[column] for weights in figures.ETHNICITY.values())
    known = 1 - stream.unknown_ethnicity[year]
    # The gap for Black residents was a little narrower two years earlier.
    eased = {"2022-23": 0.35, "2023-24": 0.2, "2024-25": 0.0}[year]
    categories: dict[Category, tuple[float, float, float]] = {}
    for category, weights in figures.ETHNICITY.items():
        rate = weights[2] + eased * (1 - weights[2]) if category[0].startswith("Black") else weights[2]
        categories[category] = (known * weights[column] / whole, 1.0, rate)
    categories[(UNKNOWN, "All")] = (stream.unknown_ethnicity[year], 0.97, 0.99)
    return categories


def stream_table(stream: Stream, year: str, chance: random.Random) -> Table:
    """Return every count of one borough and provider in a year."""
    total = stream_totals(stream, year, chance)
    table: Table = {("Total", (NOTHING, NOTHING)): total}

    def add(variable: str, categories: Mapping[Category, tuple[float, float, float]], whole: Counts) -> None:
        for category, row in zip(categories, split(whole, list(categories.values())), strict=True):
            table[(variable, category)] = row

    ethnic = _ethnic_categories(stream, year)
    add("Ethnic Group", ethnic, total)
    for broad in figures.BROAD:
        parts = [table[("Ethnic Group", category)] for category in ethnic if category[0] == broad]
        table[("Ethnic Group", (broad, "All"))] = [sum(column) for column in zip(*parts, strict=True)]
    for variable, plain in (
        ("Age Group", figures.AGE),
        ("Gender", figures.GENDER),
        ("Indices of Deprivation Decile", figures.DEPRIVATION),
        ("Religion", figures.RELIGION),
        ("Sexual Orientation Type", figures.ORIENTATION),
    ):
        add(variable, {(name, NOTHING): weights for name, weights in plain.items()}, total)
    several = sum(weights[0] for weights in figures.DISABILITY.values()) / 100
    add(
        "Disability Type",
        {(name, NOTHING): weights for name, weights in figures.DISABILITY.items()},
        _times(total, several),
    )
    return table


def _times(total: Counts, factor: float) -> Counts:
    row = [round(number * factor) for number in total]
    row[AT] = row[FINISHED] - row[NOT_AT]
    row[SAME] = row[FINISHED] - row[IMPROVED] - row[WORSE]
    return row


def year_tables(year: str) -> dict[tuple[str, str, str], Table]:
    """Return the counts of a year by organisation: (type, code, name)."""
    chance = random.Random(f"Northmere {year}")  # noqa: S311 - made-up figures, nothing to guard
    added: dict[tuple[str, str, str], Table] = {}
    for stream in figures.STREAMS:
        table = stream_table(stream, year, chance)
        for organisation in (
            ("STP", *figures.ICB),
            ("CCG", stream.borough, figures.BOROUGHS[stream.borough]),
            ("Provider", stream.provider, figures.PROVIDERS[stream.provider]),
        ):
            into = added.setdefault(organisation, defaultdict(lambda: [0] * 9))
            for key, row in table.items():
                into[key] = [count + other for count, other in zip(into[key], row, strict=True)]
    return added


def published_count(number: int) -> str:
    """Return a count as it is published below the national level: rounded to 5, fewer than 5 hidden."""
    return "*" if number < 5 else str(5 * round(number / 5))


def published_percentage(numerator: int, denominator: int) -> str:
    """Return a percentage as it is published below the national level: whole, hidden where either count is below 5."""
    return "*" if numerator < 5 or denominator < 5 else str(int(100 * numerator / denominator + 0.5))


# What is published of each kind of organisation: (variable_type, whether detailed ethnic groups too).
_PUBLISHED = {
    "STP": ("Total", "Age Group", "Ethnic Group", "Gender", "Indices of Deprivation Decile", "Religion",
            "Sexual Orientation Type", "Disability Type"),
    "CCG": ("Total", "Age Group", "Ethnic Group", "Gender", "Indices of Deprivation Decile"),
    "Provider": ("Total", "Ethnic Group", "Gender"),
}  # fmt: skip


def annual_rows(year: str) -> Iterable[list[str]]:
    """Yield the rows of the annual file of a year."""
    starts, ends = f"{year[:4]}-04-01", f"20{year[5:]}-03-31"
    drift: Mapping[str, str] = figures.DRIFT if year == figures.DRIFT_YEAR else {}
    tables = year_tables(year)
    for kind in _PUBLISHED:
        for organisation in sorted(organisation for organisation in tables if organisation[0] == kind):
            table = tables[organisation]
            for variable in _PUBLISHED[kind]:
                for (of, (first, second)), row in sorted(table.items()):
                    if of != variable or (of == "Ethnic Group" and kind != "STP" and second != "All"):
                        continue
                    for measure, statistic, numerator, denominator in MEASURES:
                        value = (
                            published_count(row[numerator])
                            if denominator is None
                            else published_percentage(row[numerator], row[denominator])
                        )
                        labels = [drift.get(label, label) for label in (first, second)]
                        yield [year, starts, ends, *organisation, variable, *labels, measure, statistic, value]


def population_rows() -> Iterable[list[str]]:
    """Yield the rows of the tidy population file: each borough, then Northmere as a whole."""
    whole: dict[tuple[str, str], int] = defaultdict(int)
    for area, characteristics in figures.POPULATION.items():
        for characteristic, groups in characteristics.items():
            for group, number in groups.items():
                whole[characteristic, group] += number
                yield [area, characteristic, group, str(number)]
    for (characteristic, group), number in whole.items():
        yield [figures.ICB[1], characteristic, group, str(number)]


def crossed_rows() -> Iterable[list[str]]:
    """Yield recovery by gender and ethnic group at once, from the counts by ethnic group of the newest year; rounded and hidden like all others."""
    (table,) = (table for (kind, *_), table in year_tables(YEARS[-1]).items() if kind == "STP")
    for broad in figures.BROAD:
        counts = table["Ethnic Group", (broad, "All")]
        shares = [share for share, _ in figures.CROSSED.values()]
        able = apportion(counts[AT], shares)
        rates = [
            people * rate * figures.CROSSED_LESS.get((gender, broad), 1.0)
            for people, (gender, (_, rate)) in zip(able, figures.CROSSED.items(), strict=True)
        ]
        recovered = apportion(counts[RECOVERED], rates, able)
        for gender, well, people in zip(figures.CROSSED, recovered, able, strict=True):
            counts_shown = published_count(well), published_count(people)
            share = "*" if "*" in counts_shown else f"{100 * int(counts_shown[0]) / int(counts_shown[1]):.1f}"
            yield [figures.ICB[1], YEARS[-1], gender, broad, share, *counts_shown]


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], folder: Path = FOLDER) -> None:
    """Write one CSV file into ``folder``."""
    with (folder / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder: Path = FOLDER) -> None:
    """Write every drawn file anew."""
    for year in YEARS:
        write(f"northmere_talking_therapies_{year}.csv", ANNUAL_HEADER, annual_rows(year), folder)
    header, rows = monthly_rows()
    write("northmere_mhsds_2025.csv", header, rows, folder)
    write("northmere_population.csv", ("area", "characteristic", "group", "count"), population_rows(), folder)
    header = ("Area", "Period", "Gender", "Ethnic Group", "Value", "Numerator", "Denominator")
    write("northmere_recovery_crossed.csv", header, crossed_rows(), folder)


if __name__ == "__main__":
    main()
