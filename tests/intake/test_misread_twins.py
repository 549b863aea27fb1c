"""Twins of the files that were once read wrongly: other words, other columns and other numbers, so that a kind of fault is mended and not a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from amhe_tui.errors import AmheError
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.method.periods import is_part_of_year, read_period
from store.evidence.datasets import read_figure
from tests.intake_adapter import Tidy, ask, load, said, value


def statistic(found: Tidy, name: str) -> set[str]:
    rows = found.workspace.read(
        lambda raw: raw.execute("SELECT statistic FROM quantity WHERE name = ?", (name,)).fetchall()
    )
    return {str(row[0]) for row in rows}


# --- what is in a column outranks its name --------------------------------------------------------------------------------------------------------


def test_columns_named_after_how_deprived_people_are_hold_figures(read: Any) -> None:
    found = read(
        "local_authority,not deprived in any dimension,deprived in 1 dimension,deprived in 2 dimensions\n"
        "Northmere,40,30,20\nSouthmere,50,25,15\nTollbrook,30,35,25\n"
    )
    assert value(found, area="Tollbrook", characteristic="Deprivation", group="deprived in 2 dimensions") == 25


def test_two_columns_of_ages_are_figures_too(read: Any) -> None:
    found = read("School,Aged 5 to 10,Aged 11 to 16\nNorth,31,40\nSouth,28,33\nEast,12,14\n")
    assert ask(found, {"want": "rows"}) == 3
    assert value(found, area="South", group="Aged 11 to 16") == 33


@pytest.mark.parametrize(
    "heads",
    ["< 1 year,1-2 years,3-9 years,20+ years", "Under 2 years,2 to 4 years,5 to 9 years,10 years or more"],
)
def test_lengths_of_time_are_no_ages(read: Any, heads: str) -> None:
    found = read(f"Ethnic group,{heads}\nWhite,12.5,30.1,40.4,17.0\nBlack,14.5,32.1,33.4,20.0\n")
    last = heads.rsplit(",", 1)[-1]
    assert value(found, characteristic="Ethnic group", group="Black", indicator=last) == 20
    assert ask(found, {"want": "groups"}) == ["White", "Black"]
    assert value(found, characteristic="Ethnic group", group="White", indicator=last, statistic="percentage") == 17
    assert "add up to 100" in said(found)


def test_ages_in_years_are_still_ages(read: Any) -> None:
    found = read("Area,0-4 years,5-17 years,18-64 years,65+ years\nNorthmere,10,30,90,20\nSouthmere,11,31,91,21\n")
    assert value(found, area="Southmere", characteristic="Age", group="65+ years") == 21


def test_the_name_of_a_file_says_nothing_of_its_figures(read: Any) -> None:
    found = read(
        "Area,Ethnic group,Rate per 1000\nNorthmere,White,9.5\nNorthmere,Black,20.5\n", "mean-score-percent.csv"
    )
    assert value(found, group="Black", statistic="rate") == 20.5


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("proportion", ("0.8", "0.2"), "proportion"),
        ("Share of people %", ("0.8", "0.2"), "percentage"),
        ("le", ("78.4", "82.1"), "figure"),
        ("Life expectancy at birth", ("78.4", "82.1"), "years"),
        ("Spend", ("£120.50", "£99.10"), "money"),
        ("Contacts", ("120", "99"), "count"),
        ("Rate (95% CI)", ("7.4", "8.1"), "rate"),
    ],
)
def test_figures_are_called_what_they_are(read: Any, head: str, cells: tuple[str, str], expected: str) -> None:
    found = read(f'Area,Sex,Other,"{head}"\nNorthmere,Men,5,{cells[0]}\nNorthmere,Women,6,{cells[1]}\n')
    assert statistic(found, "Le" if head == "le" else head[:1].upper() + head[1:] if head.islower() else head) == {
        expected
    }


def test_of_figures_in_rows_only_those_with_decimals_are_no_counts(read: Any) -> None:
    found = read(
        "Measure,Sex,Value\nDetentions,Men,3\nDetentions,Women,12\nDays waited,Men,12.5\nDays waited,Women,14.25\n"
    )
    assert statistic(found, "Detentions") == {"count"}
    assert statistic(found, "Days waited") == {"figure"}


# --- cells that hold more than a number -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [("12.3¹", 12.3), ("45.1*", 45.1), ("15.2(r)", 15.2), ("1,234 p", 1234), ("22.0 [e]", 22), ("18.1†", 18.1), ("99[note 3]", 99), ("7.5%²", 7.5), ("12.3 be", 12.3),
     ("12 days", None), ("5a", None), ("E08000003", None), ("6 m", None), ("Q1 r", None), ("x¹", None)],
)  # fmt: skip
def test_the_mark_of_a_footnote_is_no_part_of_a_figure(written: str, number: float | None) -> None:
    assert read_figure(written) == number


@pytest.mark.parametrize(
    ("written", "status"),
    [(": u", "not available"), (":", "not available"), (": c", "suppressed"), (":c", "suppressed")],
)
def test_a_colon_with_a_letter_stands_for_no_figure(written: str, status: str) -> None:
    marker = read_marker(written)
    assert marker is not None
    assert marker.status == status


def test_limits_in_the_cell_are_limits(read: Any) -> None:
    found = read(
        "Area,Ethnic group,Rate (95% CI)\nNorthmere,White,12.3 (10.1–14.9)\nNorthmere,Black,45.1 (40.2 to 50.0)\n"
        'Southmere,White,"11.0 [9.1, 13.2]"\nSouthmere,Black,*\n'.replace("[9.1, 13.2]", "(9.1, 13.2)")
    )
    assert value(found, area="Northmere", group="Black", statistic="rate") == 45.1
    assert value(found, area="Southmere", group="White", statistic="lower") == 9.1
    assert value(found, area="Southmere", group="White", statistic="upper") == 13.2
    assert ask(found, {"status": "suppressed", "statistic": "rate", "want": "rows"}) == 1
    assert "12.3 (10.1–14.9) is read as 12.3, between 10.1 and 14.9" in said(found)


def test_so_many_of_so_many(read: Any) -> None:
    found = read(
        "Service,Sex,Recovered\nTalking,Women,120/240\nTalking,Men,90/200\nCrisis,Women,12/40\nCrisis,Men,[c]\n"
    )
    asked = {"group": "Men", "within": "Talking"}
    assert value(found, indicator="Recovered", **asked) == 90
    assert value(found, indicator="recovered.denominator", **asked) == 200
    assert value(found, indicator="recovered.percentage", **asked) == 45
    assert "120 of 240" in said(found)


def test_days_and_financial_years_are_not_so_many_of_so_many(read: Any) -> None:
    found = read(
        "Area,Year,Seen on,Count\nNorthmere,2021/22,3/4,10\nNorthmere,2022/23,5/6,12\nSouthmere,2022/23,7/8,13\n"
    )
    assert "is read as" not in said(found)
    assert value(found, area="Northmere", period="2022/23") == 12


@pytest.mark.parametrize("sign", ["", "%"])
def test_a_percentage_before_its_number(read: Any, sign: str) -> None:
    found = read(
        "Measure,Women,Men,Total\n"
        + "".join(
            f"{name},57.5{sign} (230),42.5{sign} (170),100.0{sign} (400)\n"
            for name in ("In contact", "Assessed", "Seen")
        )
    )
    assert value(found, indicator="Assessed", group="Women", statistic="count") == 230
    assert value(found, indicator="Assessed", group="Men", statistic="percentage") == 42.5


def test_two_decimals_in_a_cell_are_not_guessed(read: Any) -> None:
    found = read(
        "Measure,Women,Men\nAge,45.2 (12.1),44.1 (11.0)\nScore,10.2 (3.1),9.1 (2.2)\nStay,4.2 (1.1),4.0 (1.3)\n"
    )
    assert value(found, indicator="Age.women") == 45.2
    assert "what the brackets hold is left out" in said(found)


@pytest.mark.parametrize("none", ["-1", "-97", "-99", "-999"])
def test_numbers_below_zero_stand_for_no_figure_where_none_can_be(read: Any, none: str) -> None:
    found = read(f"Area,Sex,Count,Rate\nNorthmere,Men,{none},12.5\nNorthmere,Women,30,{none}\nSouthmere,Men,20,11.5\n")
    assert value(found, group="Women", indicator="Rate") is None
    assert value(found, group="Men", area="Northmere", indicator="Count") is None
    assert f"{none} stands for no figure in" in said(found)


def test_what_may_be_below_zero_stays_so(read: Any) -> None:
    found = read("Area,Sex,Change since 2020\nNorthmere,Men,-1\nNorthmere,Women,3\nSouthmere,Men,2\n")
    assert value(found, group="Men", area="Northmere") == -1
    assert "no figure" not in said(found)


def test_a_count_below_zero_that_no_publisher_writes_is_asked_about(read: Any) -> None:
    found = read("Area,Sex,Count\nNorthmere,Men,-17\nNorthmere,Women,3\nSouthmere,Men,2\n")
    assert "Count holds -17, and cannot be below zero" in said(found)


def test_a_share_above_all_is_asked_about(read: Any) -> None:
    assert "112.5 %, and a share cannot be above 100 %" in said(
        read("Area,Sex,Percentage\nA,Men,88.0\nA,Women,112.5\nB,Men,90.1\n")
    )
    assert "cannot be above" not in said(read("Area,Sex,Percentage change\nA,Men,88.0\nA,Women,112.5\nB,Men,90.1\n"))


def test_points_are_thousands_where_the_comma_is_the_decimal_sign(read: Any) -> None:
    found = read("Area;Ethnic group;Anteil;People\nA;White;88,5;1.204\nA;Black;11,5;12.345.678\n")
    assert value(found, group="White", indicator="People") == 1204
    assert value(found, group="Black", indicator="People") == 12_345_678


# --- headings -------------------------------------------------------------------------------------------------------------------------------------


def test_a_group_above_a_year_and_all_beside_it(read: Any) -> None:
    found = read(
        "Borough,Women,,Men,,All,\n,2021,2022,2021,2022,2021,2022\nNorthmere,60,63,55,57,115,120\nTollbrook,12,11,19,18,31,29\n"
    )
    assert value(found, area="Northmere", group="Men", period="2022") == 57
    assert value(found, area="Tollbrook", group="Total", period="2021") == 31


def test_two_things_counted_above_years_are_two_things(read: Any) -> None:
    found = read(
        "Area,Referrals,,Discharges,\n,2022/23,2023/24,2022/23,2023/24\nNorthmere,600,630,55,57\nTollbrook,120,110,19,18\n"
    )
    assert value(found, area="Northmere", indicator="Discharges", period="2022/23") == 55


def test_an_empty_heading_after_the_last_of_those_written_out_means_all(read: Any) -> None:
    found = read(
        ",Women,Women,Men,Men,,\n,Disabled,Not disabled,Disabled,Not disabled,Disabled,Not disabled\n"
        "Area,Staff,Staff,Staff,Staff,Staff,Staff\nNorthmere,10,90,20,80,30,170\nTollbrook,5,45,6,44,11,89\n"
    )
    assert value(found, area="Northmere", group="Disabled", within="Men") == 20
    assert value(found, area="Northmere", characteristic="Disability", group="Not disabled") == 170


def test_lines_of_units_part_numbers_from_percentages(read: Any) -> None:
    found = read(
        "Ethnic group,2021/22,2022/23\n,Number,Number\nWhite,100,120\nBlack,30,33\n,%,%\nWhite,76.9,78.4\nBlack,23.1,21.6\n"
    )
    assert value(found, group="Black", statistic="count", period="2022/23") == 33
    assert value(found, group="Black", statistic="percentage", period="2022/23") == 21.6


def test_places_across_columns_are_read_or_asked_about(read: Any) -> None:
    known = read("Ethnic group,England,North West,London\nWhite,100,20,30\nBlack,50,10,25\n")
    assert value(known, area="London", group="Black") == 25
    unknown = read("Ethnic group,Northmere,Tollbrook,Saltgate\nWhite,100,20,30\nBlack,50,10,25\n", "other.csv")
    assert "If they are places, say so" in said(unknown)


def test_columns_are_places_where_a_person_says_so(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Ethnic group,Northmere,Tollbrook\nWhite,100,20\nBlack,50,10\n", encoding="utf-8")
    meaning = {"columns_are": "places", "value": ["Northmere", "Tollbrook"], "group": "Ethnic group"}
    found = load(str(path), mapping=meaning)
    assert value(found, area="Tollbrook", group="Black") == 10
    found.close()


def test_a_row_put_in_by_hand_names_nothing(read: Any) -> None:
    found = read(
        "Area,Sex,2021,2022\nchecked by MK,,,\nNorthmere,Male,100,110\nNorthmere,Female,130,140\nnew boundary from here,,,\n"
        "Tollbrook,Male,40,41\nTollbrook,Female,50,51\n"
    )
    assert value(found, area="Tollbrook", group="Female", period="2022") == 51
    assert ask(found, {"want": "areas"}) == ["Northmere", "Tollbrook"]


def test_commas_in_names_between_tabs_part_nothing(read: Any) -> None:
    found = read(
        "Measure, per 1,000\tWomen, aged 16+\tMen, aged 16+\nReferrals, all\t12\t11\nContacts, all\t30\t28\nDischarges, all\t3\t2\n",
        "tabs.tsv",
    )
    assert value(found, group="Contacts, all", indicator="Men, aged 16+") == 28


def test_labels_joined_by_commas_before_tabs(read: Any) -> None:
    found = read(
        "freq,isced11,sex,geo\\TIME_PERIOD\t2021\t2022 \nA,ED0-2,F,NM\t22.1 b\t: c\nA,ED0-2,M,NM\t20.0\t19.5 \nA,ED5-8,F,TB\t7.5\t:\n",
        "tabs.tsv",
    )
    assert value(found, area="NM", group="F", within="ED0-2", period="2021") == 22.1
    assert ask(found, {"status": "suppressed", "want": "rows"}) == 1


def test_years_with_a_point_are_years(read: Any) -> None:
    found = read("Ethnic group,2019.0,2020.0,2021.0,2022.0\nWhite,10.5,11,12,13\nBlack,20.5,21,22,23\n")
    assert value(found, group="Black", period="2021") == 22


def test_a_long_series_may_begin_with_hardly_a_figure(read: Any) -> None:
    rows = "".join(f"2020-{month:02},North,,,\n" for month in range(1, 9))
    found = read(f"Month,Team,Referred,Seen,Left\n{rows}2020-09,North,7,6,\n2020-10,North,9,8,3\n")
    assert ask(found, {"want": "rows"}) == 10
    assert value(found, indicator="Seen", period="October 2020") == 8


# --- when -----------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "starts", "ends"),
    [("H2 2023-24", "2023-10-01", "2024-03-31"), ("2023 H1", "2023-01-01", "2023-06-30"), ("First half 2023/24", "2023-04-01", "2023-09-30"),
     ("Year to 31 March 2023", "2022-04-01", "2023-03-31"), ("Year ending 5 April 2023", "2022-04-06", "2023-04-05"), ("12 months ended June 2023", "2022-07-01", "2023-06-30"),
     ("Week commencing 03/04/2023", "2023-04-03", "2023-04-09"), ("2023W14", "2023-04-03", "2023-04-09"), ("Week 1 2021", "2021-01-04", "2021-01-10"),
     ("Autumn term 2023", "2023-09-01", "2023-12-31"), ("Spring term 2023/24", "2024-01-01", "2024-03-31"), ("2023/24 summer term", "2024-04-01", "2024-08-31"),
     ("Quarter ending June 2023", "2023-04-01", "2023-06-30"), ("January 2023/24", "2024-01-01", "2024-01-31"), ("2021.0", "2021-01-01", "2021-12-31"),
     ("2021/22 p", "2021-04-01", "2022-03-31"), ("2019¹", "2019-01-01", "2019-12-31"), ("Financial year ending 2023", "2022-04-01", "2023-03-31")],
)  # fmt: skip
def test_parts_of_years_have_their_days(written: str, starts: str, ends: str) -> None:
    span = read_period(written)
    assert span is not None
    assert (span.starts, span.ends) == (starts, ends)


@pytest.mark.parametrize(
    "written", ["14 2023", "2023 14", "Week 54 2023", "spring", "half", "12 days", "Year to date", "2023 r2"]
)
def test_words_that_are_no_part_of_a_year(written: str) -> None:
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("written", "part"),
    [("Q1", True), ("H2", True), ("April", True), ("Spring term", True), ("Q5", False), ("North", False)],
)
def test_which_words_leave_the_year_to_another_column(written: str, part: bool) -> None:
    assert is_part_of_year(written) is part


@pytest.mark.parametrize(
    ("head", "cells", "starts", "ends"),
    [("Year ending March", ("2022", "2023"), "2022-04-01", "2023-03-31"), ("Financial year ending", ("2022", "2023"), "2022-04-01", "2023-03-31"),
     ("Week commencing", ("03/04/2023", "10/04/2023"), "2023-04-10", "2023-04-16"), ("Month ending", ("30/04/2023", "31/05/2023"), "2023-05-01", "2023-05-31"),
     ("Month", ("30/04/2023", "31/05/2023"), "2023-05-01", "2023-05-31"), ("Academic year", ("2021/22", "2022/23"), "2022-09-01", "2023-08-31"),
     ("Quarter ending", ("March 2023", "June 2023"), "2023-04-01", "2023-06-30"), ("Half year", ("H1 2022/23", "H2 2022/23"), "2022-10-01", "2023-03-31")],
)  # fmt: skip
def test_a_heading_says_which_time_its_cells_mean(
    read: Any, head: str, cells: tuple[str, str], starts: str, ends: str
) -> None:
    found = read(f"{head},Sex,Calls\n{cells[0]},Women,10\n{cells[0]},Men,12\n{cells[1]},Women,11\n{cells[1]},Men,9\n")
    rows = found.workspace.read(lambda raw: raw.execute("SELECT starts, ends FROM period ORDER BY starts").fetchall())
    assert tuple(rows[-1]) == (starts, ends)


def test_the_quarter_stands_beside_its_year(read: Any) -> None:
    found = read(
        "Year,Quarter,Sex,Calls\n2023/24,Q1,Women,10\n2023/24,Q1,Men,12\n2023/24,Q2,Women,11\n2023/24,Q2,Men,9\n"
    )
    assert value(found, group="Men", period="Q2 2023/24") == 9


def test_months_without_a_year_are_said(read: Any) -> None:
    found = read("Month,Sex,Calls\nApril,Women,10\nApril,Men,12\nMay,Women,11\nMay,Men,9\n")
    assert value(found, group="Men", period="May") == 9
    assert "no date can be told" in said(found)


@pytest.mark.parametrize(
    ("title", "starts", "ends"),
    [("Referrals by sex, October 2022 to March 2023", "2022-10-01", "2023-03-31"), ("Referrals, October to March 2023", "2022-10-01", "2023-03-31"),
     ("Referrals between 1 April 2021 and 31 March 2022", "2021-04-01", "2022-03-31"), ("Referrals, year ending 31 March 2023, by sex", "2022-04-01", "2023-03-31"),
     ("Referrals by sex, Q2 2023/24", "2023-07-01", "2023-09-30"), ("Referrals by sex in 2021/22", "2021-04-01", "2022-03-31"),
     ("Referrals by sex, 2019 to 2021", "2019-01-01", "2021-12-31")],
)  # fmt: skip
def test_titles_speak_of_months(read: Any, title: str, starts: str, ends: str) -> None:
    found = read(f'"{title}",\n,\nSex,Referrals\nWomen,10\nMen,12\n')
    rows = found.workspace.read(lambda raw: raw.execute("SELECT starts, ends FROM period").fetchall())
    assert [tuple(row) for row in rows] == [(starts, ends)]


def test_what_only_the_name_of_the_file_says_is_said(read: Any) -> None:
    found = read("Sex,Referrals\nWomen,10\nMen,12\n", "referrals_england_2021-22.csv")
    assert "Only the name of the file says when: 2021-22" in said(found)
    assert "Only the name of the file says where: England" in said(found)


# --- columns for machines -------------------------------------------------------------------------------------------------------------------------


CENTRAL = (
    '"STATISTIC","Statistic Label","TLIST(A1)","Year","C02199V02655","Sex","C02076V03371","Age Group","UNIT","VALUE"\n'
    '"H1C1","Persons with a disability","2022","2022","1","Male","205","15 - 24 years","Number","1200"\n'
    '"H1C1","Persons with a disability","2022","2022","2","Female","205","15 - 24 years","Number","1300"\n'
    '"H1C1","Persons with a disability","2022","2022","1","Male","206","25 - 34 years","Number","1250"\n'
    '"H1C1","Persons with a disability","2022","2022","2","Female","206","25 - 34 years","Number","1350"\n'
)
LABOUR = (
    '"DATE","DATE_NAME","GEOGRAPHY","GEOGRAPHY_NAME","GEOGRAPHY_CODE","GEOGRAPHY_TYPE","C_SEX","C_SEX_NAME","C_SEX_SORTORDER","MEASURES","MEASURES_NAME","OBS_VALUE",'
    '"OBS_STATUS","RECORD_COUNT"\n'
    '2021,"2021",1820327937,"Northmere","E06000001","local authorities",1,"Female",1,20100,"Value",47500,"A",4\n'
    '2021,"2021",1820327937,"Northmere","E06000001","local authorities",2,"Male",2,20100,"Value",44800,"A",4\n'
    '2021,"2021",1820327938,"Tollbrook","E06000005","local authorities",1,"Female",1,20100,"Value",55500,"A",4\n'
    '2021,"2021",1820327938,"Tollbrook","E06000005","local authorities",2,"Male",2,20100,"Value",52300,"A",4\n'
)
OFFICE = (
    "V4_2,Lower limit,Upper limit,yyyy-yy,Time,nuts,Geography,ethnicity,EthnicGroup\n"
    "5.1,4.9,5.3,2022-23,2022-23,E12000001,Northmere,white,White\n6.1,5.0,7.3,2022-23,2022-23,E12000001,Northmere,black,Black\n"
    "7.1,6.9,7.3,2022-23,2022-23,E12000002,Tollbrook,white,White\n8.1,7.0,9.3,2022-23,2022-23,E12000002,Tollbrook,black,Black\n"
)
WELSH = (
    '"Data values","Data description","Year","Year_SortOrder","Area","AreaCode","Area_SortOrder","Sex","Sex_SortOrder","Notes"\n'
    '120,"Persons","2022-23",3,"Northmere","W92000004",1,"Male",1,\n130,"Persons","2022-23",3,"Northmere","W92000004",1,"Female",2,\n'
    '12,"Persons","2022-23",3,"Tollbrook","W06000015",2,"Male",1,\n13,"Persons","2022-23",3,"Tollbrook","W06000015",2,"Female",2,\n'
)


@pytest.mark.parametrize(
    ("words", "question", "number", "quantities"),
    [
        (
            CENTRAL,
            {"characteristic": "Age Group", "group": "25 - 34 years", "within": "Sex: Female", "period": "2022"},
            1350,
            1,
        ),
        (LABOUR, {"characteristic": "Sex", "group": "Male", "area": "E06000005", "period": "2021"}, 52300, 1),
        (OFFICE, {"group": "Black", "area": "Tollbrook", "period": "2022-23", "statistic": "upper"}, 9.3, 3),
        (WELSH, {"characteristic": "Sex", "group": "Female", "area": "W06000015", "period": "2022-23"}, 13, 1),
    ],
)
def test_columns_for_machines_are_used_or_left_out(
    read: Any, words: str, question: dict[str, Any], number: float, quantities: int
) -> None:
    found = read(words)
    assert value(found, **question) == number
    assert len(found.result.measures) == quantities


def test_numbers_of_rows_are_no_figures_and_figures_no_numbers_of_rows(read: Any) -> None:
    found = read("Unnamed: 0,Area,Sex,Calls\n1,Northmere,Men,7\n2,Northmere,Women,9\n3,Tollbrook,Men,8\n")
    assert len(found.result.measures) == 1
    named = read("Area,Sex,Calls,Visits\nA,Men,1,4\nA,Women,2,9\nB,Men,3,7\n", "two.csv")
    assert len(named.result.measures) == 2


# --- spoilt by a spreadsheet or by the wrong letters ----------------------------------------------------------------------------------------------


def test_ages_that_became_days_are_pointed_out(read: Any) -> None:
    found = read("Age band,Contacts\n0-4,100\n05-Sep,140\nOct-14,160\n15-19,210\n")
    assert "05-Sep was probably 5-9, Oct-14 was probably 10-14" in said(found)
    assert "was probably" not in said(read("Date,Sex,Contacts\n05-Sep,Men,10\n06-Sep,Men,12\n", "days.csv"))


def test_letters_read_wrongly_are_pointed_out_with_what_they_were(read: Any) -> None:
    found = read("Area,Service,Contacts\nA,CafÃ© Nord,100\nA,Women’s hub,140\nB,Men’s shed,30\n")
    assert "CafÃ© Nord was probably Café Nord" in said(found)
    assert "spoilt" not in said(read("Area,Service,Contacts\nA,Café Nord,1\nA,Âge d’or,2\n", "right.csv"))


# --- a sheet of figures, and the limits that are handed on ----------------------------------------------------------------------------------------


def test_a_sheet_called_information_may_hold_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        for name, rows in (
            ("Data quality", [["Area", "Year", "Known"], ["Northmere", 2022, 91], ["Tollbrook", 2022, 88]]),
            ("Table 1", [["Area", "Year", "Detentions"], ["Northmere", 2022, 10], ["Tollbrook", 2022, 12]]),
            ("Notes", [["Note number", "Note text"], [1, "Rounded to five"], [2, "Estimates of 2021"]]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = load(str(path))
    assert value(found, area="Tollbrook", indicator="Known") == 88
    assert "Note number" not in said(found)
    found.close()


@pytest.mark.faults
def test_a_large_file_with_several_things_in_a_cell_is_read_too(read: Any) -> None:
    rows = "".join(f"Area {number},Men,{number % 90 + 10}/{number % 90 + 140}\n" for number in range(60_000))
    found = read(f"Area,Sex,Recovered\n{rows}")
    assert value(found, area="Area 59999", indicator="Recovered") == 59999 % 90 + 10


def test_a_table_of_words_is_refused_with_advice(read: Any) -> None:
    with pytest.raises(AmheError, match="no table"):
        read("Dear all,\n\nplease find attached, with thanks, the notes.\nKind regards,\n\nMK\n", "letter.txt")


def test_what_is_so_of_several_tables_is_said_once(read: Any) -> None:
    table = "Area,Under 2 years,2-4 years,5+ years\nNorthmere,30.5,40.5,29.0\nTollbrook,20.5,40.5,39.0\n"
    found = read(f"Owned,,,\n{table}\nRented,,,\n{table.replace('30.5', '31.5').replace('40.5', '39.5')}", "homes.csv")
    assert said(found).count("add up to 100") == 1
