"""The drawn files of Northmere: their layouts, their arithmetic, and the traps planted in them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sample_data import figures, files
from sample_data.generate import apportion, main, published_count, published_percentage

FOLDER = files()[0].parent
ANNUAL = [path for path in files() if "talking_therapies" in path.name]
LARGEST = 300_000
Key = tuple[str, str, str, str]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def by_cell(path: Path) -> dict[Key, dict[str, str]]:
    """Return the values of each organisation's group by measure and statistic."""
    found: dict[Key, dict[str, str]] = {}
    for row in rows_of(path):
        key = (row["org_code"], row["variable_type"], row["variable_a"], row["variable_b"])
        cell = found.setdefault(key, {})
        name = f"{row['measure_name']} {row['measure_statistic']}"
        assert name not in cell
        cell[name] = row["value"]
    return found


def test_drawing_again_gives_the_committed_files(tmp_path: Path) -> None:
    main(tmp_path)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    assert drawn == [path.name for path in files() if path.name != "assets_northmere.csv"]
    for name in drawn:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_every_file_is_small_and_named_in_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "Northmere does not exist" in readme
    assert len(files()) == 7
    for path in files():
        assert path.stat().st_size < LARGEST, path.name
        year = path.stem.rpartition("_")[2]
        assert path.name in readme or f"…_{year}.csv" in readme


def test_no_code_or_name_of_a_real_publication() -> None:
    codes = {row["org_code"] for path in ANNUAL for row in rows_of(path)}
    assert codes == {"QNM", "NM1", "NM2", "NMP01", "NMP02"}
    for path in files():
        assert "NHS England" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ANNUAL, ids=lambda path: path.stem[-7:])
def test_annual_header_and_rows_are_those_of_the_long_form(path: Path) -> None:
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert header == (
        "reporting_period,start_date,end_date,org_type,org_code,org_name,variable_type,variable_a,variable_b,"
        "measure_name,measure_statistic,value"
    )
    rows = rows_of(path)
    assert {row["org_type"] for row in rows} == {"STP", "CCG", "Provider"}
    assert {row["variable_type"] for row in rows} == {
        "Total", "Age Group", "Ethnic Group", "Gender", "Indices of Deprivation Decile", "Religion",
        "Sexual Orientation Type", "Disability Type",
    }  # fmt: skip
    assert {"01 Least deprived", "10 Most deprived"} <= {row["variable_a"] for row in rows}
    year = path.stem.rpartition("_")[2]
    assert {row["reporting_period"] for row in rows} == {year}
    assert {row["start_date"] for row in rows} == {f"{year[:4]}-04-01"}


@pytest.mark.parametrize("path", ANNUAL, ids=lambda path: path.stem[-7:])
def test_counts_are_rounded_to_five_and_small_ones_hidden(path: Path) -> None:
    counts = [row["value"] for row in rows_of(path) if row["measure_statistic"] == "count"]
    assert all(value == "*" or (int(value) >= 5 and int(value) % 5 == 0) for value in counts)
    assert "*" in counts


_PARTS = {
    "recovery": ("finished_course_treatment", "not_at_caseness"),
    "reliable_recovery": ("finished_course_treatment", "not_at_caseness"),
    "improvement": ("finished_course_treatment", None),
    "deterioration": ("finished_course_treatment", None),
    "no_reliable_change": ("finished_course_treatment", None),
}


@pytest.mark.parametrize("path", ANNUAL, ids=lambda path: path.stem[-7:])
def test_percentages_follow_from_the_counts(path: Path) -> None:
    """Each count stands for up to 2 more or fewer people, and a percentage for up to half a point more or less."""
    checked = 0
    for key, cell in by_cell(path).items():
        for measure, (whole, less) in _PARTS.items():
            texts = [cell[f"{measure} percentage"], cell[f"{measure} count"], cell[f"{whole} count"]]
            if less is not None:
                texts.append(cell[f"{less} count"])
            if "*" in texts[:3]:
                assert texts[0] == "*", f"{key} {measure}: a percentage of a hidden count"
                continue
            if "*" in texts:
                continue
            share, top, bottom = int(texts[0]), int(texts[1]), int(texts[2]) - (int(texts[3]) if less else 0)
            slack = 4 if less else 2
            low = 100 * (top - 2) / (bottom + slack)
            high = 100 * (top + 2) / max(bottom - slack, 1)
            assert low - 0.5 <= share <= high + 0.5, f"{key} {measure}: {share} of {top}/{bottom}"
            checked += 1
    assert checked > 200


@pytest.mark.parametrize("path", ANNUAL, ids=lambda path: path.stem[-7:])
def test_parts_add_up_to_the_whole_within_rounding(path: Path) -> None:
    cells = by_cell(path)
    for organisation in ("QNM", "NM1", "NM2"):
        total = int(cells[organisation, "Total", "NULL", "NULL"]["referrals_received count"])
        for characteristic in ("Ethnic Group", "Age Group", "Gender", "Indices of Deprivation Decile"):
            groups = [
                cell["referrals_received count"]
                for (code, of, _, detail), cell in cells.items()
                if code == organisation and of == characteristic and detail in ("All", "NULL")
            ]
            known = sum(int(value) for value in groups if value != "*")
            hidden = groups.count("*")
            assert abs(total - known) <= 2 * (len(groups) - hidden + 1) + 4 * hidden, (organisation, characteristic)


def test_about_nine_in_a_hundred_have_no_known_ethnic_group_and_more_in_kessmoor() -> None:
    cells = by_cell(FOLDER / "northmere_talking_therapies_2024-25.csv")

    def unknown(code: str) -> float:
        groups = {
            a: int(cell["referrals_received count"])
            for (org, of, a, b), cell in cells.items()
            if (org, of, b) == (code, "Ethnic Group", "All")
        }
        return 100 * groups[figures.UNKNOWN] / sum(groups.values())

    assert unknown("QNM") == pytest.approx(9, abs=0.5)
    assert unknown("NM2") > 2 * unknown("NM1")


def test_a_small_group_is_hidden_where_its_broad_group_is_not() -> None:
    cells = by_cell(FOLDER / "northmere_talking_therapies_2024-25.csv")
    assert cells["QNM", "Ethnic Group", "Other Ethnic Groups", "Chinese"]["recovery percentage"] == "*"
    assert cells["QNM", "Ethnic Group", "Other Ethnic Groups", "All"]["recovery percentage"] != "*"


def test_labels_drift_in_one_year_only() -> None:
    labels = {path.stem[-7:]: {(row["variable_a"], row["variable_b"]) for row in rows_of(path)} for path in ANNUAL}
    assert labels["2023-24"] == labels["2024-25"]
    drifted = labels["2022-23"] - labels["2024-25"]
    assert {text for pair in drifted for text in pair} >= set(figures.DRIFT.values())
    assert len(drifted) == len(figures.DRIFT) == len(labels["2024-25"] - labels["2022-23"])


def test_monthly_file_has_the_eleven_columns_and_providers() -> None:
    rows = rows_of(FOLDER / "northmere_mhsds_2025.csv")
    assert len(rows[0]) == 11
    assert list(rows[0])[:4] == ["REPORTING_PERIOD_START", "REPORTING_PERIOD_END", "STATUS", "BREAKDOWN"]
    breakdowns = Counter(row["BREAKDOWN"] for row in rows)
    assert breakdowns["Provider"] == 24
    assert len(breakdowns) == 5
    assert {row["PRIMARY_LEVEL"] for row in rows} == {"NMP03", "NMP04"}
    assert all(row["SECONDARY_LEVEL"] == "NONE" for row in rows if row["BREAKDOWN"] == "Provider")
    assert "*" in {row["MEASURE_VALUE"] for row in rows}


def test_population_adds_up_over_boroughs_and_characteristics() -> None:
    counts: dict[tuple[str, str], int] = Counter()
    for row in rows_of(FOLDER / "northmere_population.csv"):
        counts[row["area"], row["characteristic"]] += int(row["count"])
    for characteristic in {of for _, of in counts}:
        assert (
            counts["Northmere ICB", characteristic]
            == counts["Tollbrook", characteristic] + counts["Kessmoor", characteristic]
        )
    for area in ("Tollbrook", "Kessmoor"):
        assert len({counts[area, of] for _, of in counts}) == 1, area


def test_every_asset_says_that_it_is_fictional() -> None:
    rows = rows_of(FOLDER / "assets_northmere.csv")
    assert len(rows) == 12
    for row in rows:
        assert row["name"].endswith("(fictional)")
        assert row["contact"].endswith(".example") or row["contact"].startswith("01632 960 ")


def test_apportion_keeps_the_total_and_the_capacities() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(10, [8, 1, 1], [5, 5, 5]) == [5, 3, 2]
    with pytest.raises(ValueError, match="do not fit"):
        apportion(10, [1, 1], [4, 5])


@pytest.mark.parametrize(("number", "shown"), [(0, "*"), (4, "*"), (5, "5"), (7, "5"), (8, "10"), (254, "255")])
def test_published_counts(number: int, shown: str) -> None:
    assert published_count(number) == shown


def test_published_percentages() -> None:
    assert published_percentage(4, 100) == "*"
    assert published_percentage(5, 8) == "63"
    assert published_percentage(1, 3) == "*"
