"""Layouts of publishers and survey tools beyond those shipped as examples: what is in them comes in, each figure where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from amhe_tui.method.periods import read_period
from store.evidence.datasets import read_figure
from tests.intake_adapter import ask, load

DFE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,la_name,characteristic_group,characteristic,pupils,percent_absent\n"
    "202324,Academic year,National,E92000001,England,,,,,Total,Total,1000,20.1\n"
    "202324,Academic year,National,E92000001,England,,,,,Ethnicity Major,White,700,19.0\n"
    "202324,Academic year,National,E92000001,England,,,,,Ethnicity Major,Black,c,c\n"
    "202324,Academic year,National,E92000001,England,,,,,Ethnicity Major,Unclassified,z,z\n"
    "202324,Academic year,Regional,E92000001,England,E12000002,North West,,,Ethnicity Major,White,low,x\n"
    "202324,Academic year,Local authority,E92000001,England,E12000002,North West,E08000009,Trafford,Gender,Girls,490,19.5\n"
)
CENSUS = (
    "date,geography,geography code,Ethnic group: Total: All usual residents; measures: Value,Ethnic group: Asian or Asian British; measures: Value,"
    "Ethnic group: Asian or Asian British: Bangladeshi; measures: Value,Ethnic group: White; measures: Value\n"
    "2021,Trafford,E08000009,1000,200,50,700\n2021,Stockport,E08000007,2000,150,20,1700\n"
)
QUALTRICS = (
    "StartDate,EndDate,Status,Progress,Q1,Q2\nStart Date,End Date,Response Type,Progress,How old are you?,What would help?\n"
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""progress""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
    "2026-03-01 10:00:00,2026-03-01 10:05:00,IP Address,100,18 to 25,Somebody who calls back when they say so\n"
    "2026-03-02 10:00:00,2026-03-02 10:05:00,IP Address,100,26 to 64,\n"
)
SURVEY_MONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,What is your gender?,Anything else?\n,,,,Response,Open-Ended Response\n"
    "111,55,03/01/2026 10:00,03/01/2026 10:10,Female,It was quick and kind and I was heard\n112,55,13/02/2026 10:00,13/02/2026 10:10,Male,\n"
)


def tidy(folder: Path, words: str, name: str = "odd.csv") -> Any:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return load(path)


def test_a_table_of_the_department_for_education_keeps_its_levels_of_place_and_its_marks(tmp_path: Path) -> None:
    found = tidy(tmp_path, DFE)
    assert ask(found, {"want": "areas"}) == ["England", "North West", "Trafford"]
    assert ask(found, {"indicator": "pupils", "group": "White", "area": "England"}) == 700
    assert ask(found, {"indicator": "pupils", "group": "Girls", "area": "Trafford", "period": "2023-24"}) == 490
    assert ask(found, {"indicator": "pupils", "want": "suppressed"}) == 1
    assert ask(found, {"indicator": "pupils", "status": "rounds to zero", "want": "rows"}) == 1
    assert ask(found, {"characteristic": "Ethnicity Major", "level": "unknown", "want": "groups"}) == ["Unclassified"]


def test_a_wide_census_table_is_one_count_by_group_with_its_levels(tmp_path: Path) -> None:
    found = tidy(tmp_path, CENSUS)
    assert ask(found, {"group": "White", "area": "Trafford"}) == 700
    assert ask(found, {"group": "Bangladeshi", "level": "detailed", "area": "Stockport"}) == 20
    assert ask(found, {"area": "Trafford", "level": "total"}) == 1000
    assert ask(found, {"characteristic": "Ethnic group", "level": "broad", "area": "Trafford", "want": "sum"}) == 900


LIME = (
    '"id. Response ID","submitdate. Date submitted","lastpage. Last page","Q00. How old are you?"\n"1","2024-05-01 10:00:00","3","18-24"\n'
    '"2","2024-05-13 10:00:00","3","25-34"\n"3","","1",""\n'
)
SMART = (
    "UserNo,UserID,Name,Email,IP Address,Started,Ended,Q1. What is your gender?\n1,90001,,,,01/05/2024 09:00:00,01/05/2024 09:04:00,Woman\n"
    "2,90002,,,,13/05/2024 09:00:00,13/05/2024 09:04:00,Man\n"
)


@pytest.mark.parametrize(
    ("words", "rows"),
    [(QUALTRICS, 2), (SURVEY_MONKEY, 2), (LIME, 3), (SMART, 2)],
    ids=["qualtrics", "survey monkey", "lime survey", "smart survey"],
)
def test_lines_of_a_survey_for_machines_are_no_answers(tmp_path: Path, words: str, rows: int) -> None:
    found = tidy(tmp_path, words)
    assert ask(found, {"want": "rows"}) == rows
    aside = ("ImportId", "2024-05", "2026-03", "90001")
    assert not any(
        label == "Response" or any(sign in label for sign in aside) for label in ask(found, {"want": "groups"})
    )


def test_the_time_series_of_mhsds_is_read_like_its_months(tmp_path: Path) -> None:
    found = tidy(
        tmp_path,
        "REPORTING_PERIOD_START,REPORTING_PERIOD_END,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_VALUE\n"
        "01/04/2023,30/04/2023,England,England,England,NONE,NONE,MHS01,1700\n01/04/2023,30/04/2023,England; Ethnicity,A,British,NONE,NONE,MHS01,*\n"
        "01/05/2023,31/05/2023,ICB,QXX,NHS NORTHMERE ICB,NONE,NONE,MHS01,90\n",
    )
    assert ask(found, {"indicator": "MHS01", "area": "England", "level": "total"}) == 1700
    assert ask(found, {"indicator": "MHS01", "characteristic": "Ethnicity", "want": "suppressed"}) == 1
    assert ask(found, {"want": "areas"}) == ["England", "NHS NORTHMERE ICB"]


def test_population_estimates_with_all_ages_beside_single_years(tmp_path: Path) -> None:
    path = tmp_path / "mye.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("MYE2 - Persons")
        sheet.write(0, 0, "MYE2: Population estimates: Persons by single year of age, mid-2024")
        for place, name in enumerate(["Code", "Name", "Geography", "All ages", *map(str, range(5)), "90+"]):
            sheet.write(7, place, name)
        for row, (code, name, kind) in enumerate(
            (("K02000001", "UNITED KINGDOM", "Country"), ("E08000009", "Trafford", "Metropolitan District")), 8
        ):
            for place, cell in enumerate([code, name, kind, 100, 10, 11, 12, 13, 14, 40]):
                sheet.write(row, place, cell)
    found = load(path)
    assert ask(found, {"group": "3", "area": "Trafford"}) == 13
    assert ask(found, {"level": "total", "area": "Trafford"}) == 100
    assert ask(found, {"area": "Trafford", "area_type": "Metropolitan District", "level": "total"}) == 100


def test_years_above_figures_are_periods_and_the_first_row_of_figures_is_no_header(tmp_path: Path) -> None:
    found = tidy(tmp_path, ",Count,Count,Count\n,2022,2023,2024\nWhite,10,12,13\nBlack,5,6,*\nTotal,15,18,20\n")
    assert ask(found, {"group": "White", "period": "2023"}) == 12
    assert ask(found, {"want": "rows"}) == 3
    assert ask(found, {"want": "suppressed"}) == 1


def test_numbers_as_people_and_accountants_write_them() -> None:
    figures = {
        "12 345": 12345,
        "11\u202f222": 11222,
        "(120)": -120,
        "\u2212 3": None,
        "\u22123": -3,
        "(1,204.5)": -1204.5,
        "12 34": None,
        "1 2": None,
    }
    for words, number in figures.items():
        assert read_figure(words) == number, words


def test_small_numbers_that_are_only_said_to_be_small_are_suppressed(tmp_path: Path) -> None:
    found = tidy(
        tmp_path, "Area,Religion,Count\nA,Christian,50\nA,Muslim,1–4\nA,Hindu,≤5\nA,Jewish,<=5\nA,Sikh,~\nA,None,30\n"
    )
    assert ask(found, {"want": "suppressed"}) == 4
    assert ask(found, {"want": "rows"}) == 6


def years() -> Iterator[tuple[str, str | None]]:
    yield "202324", "2023-04-01"
    yield "202312", "2023-12-01"
    yield "201920", "2019-04-01"
    yield "202399", None


@pytest.mark.parametrize(("words", "starts"), list(years()))
def test_two_years_run_together(words: str, starts: str | None) -> None:
    found = read_period(words)
    if starts is None:
        assert found is None or found.starts != "2023-04-01"
    else:
        assert found is not None
        assert found.starts == starts
