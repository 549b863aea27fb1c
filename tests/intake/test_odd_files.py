"""Layouts of real publishers that trip readers up, in small files of a made-up place: what a careful person would read is what comes in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from amhe_tui.errors import AmheError
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.method.periods import read_period
from store.evidence.datasets import read_figure
from tests.intake_adapter import Tidy, ask, load

Rows = Sequence[Sequence[object]]


def text(folder: Path, content: str, name: str = "northmere.csv", encoding: str = "utf-8") -> Tidy:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return load(str(path))


def book(folder: Path, sheets: dict[str, Rows], merged: Sequence[tuple[int, int, int, int]] = ()) -> Tidy:
    path = folder / "northmere.xlsx"
    with Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for first, left, last, right in merged:
                sheet.merge_range(first, left, last, right, "")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return load(str(path))


def values(found: Tidy, **question: Any) -> object:
    return ask(found, {"want": "value", **question})


def warned(found: Tidy, words: str) -> bool:
    said = ask(found, {"want": "warnings"})
    return isinstance(said, list) and any(words in str(one) for one in said)


# --- numbers and what stands in their place -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [("1\u2009204", 1204), ("1\u00a0204,", None), ("1 204 000.5", 1204000.5), ("(45)", -45), ("(1,234)", -1234), ("\u221212", -12), ("\u22124.5%", -4.5),
     ("01990 000001", None), ("12 34", None), ("(a)", None), ("1,3", None)],
)  # fmt: skip
def test_numbers_in_unusual_dress(written: str, number: float | None) -> None:
    assert read_figure(written) == number


@pytest.mark.parametrize("written", ["≤5", "<=5", "< 5", "1-4", "1 to 4", "0-4", "~", "#", "<0.5%", "5 or fewer"])
def test_small_numbers_are_hidden_in_many_ways(written: str) -> None:
    marker = read_marker(written)
    assert marker is not None
    assert marker.status == "suppressed"


@pytest.mark.parametrize("written", ["5-9", "10-14", "100", "White"])
def test_bands_and_labels_are_no_marks(written: str) -> None:
    assert read_marker(written) is None


def test_decimal_commas_are_read_where_nothing_else_can_be_meant_and_said(tmp_path: Path) -> None:
    found = text(tmp_path, "Area;Ethnic group;Rate\nNorthmere;White;95,3\nNorthmere;Black;1.289,1\n")
    assert values(found, group="White") == 95.3
    assert values(found, group="Black") == 1289.1
    assert warned(found, "decimal comma")


def test_thousands_in_a_file_with_semicolons_stay_thousands(tmp_path: Path) -> None:
    found = text(tmp_path, "Area;Ethnic group;People\nNorthmere;White;1,204\nNorthmere;Black;2,500\n")
    assert ask(found, {"want": "sum"}) == 3704


def test_a_column_in_which_every_figure_is_hidden_is_kept(tmp_path: Path) -> None:
    found = text(tmp_path, "Month,Male,Female,Unknown\nApr-24,10,12,..\nMay-24,11,13,..\nJun-24,12,14,..\n")
    assert ask(found, {"status": "not available", "want": "rows"}) == 3


# --- where tables are ---------------------------------------------------------------------------------------------------------------------------------


def test_a_second_table_whose_columns_are_years_begins_with_its_own_names(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        {"S": [["Table 1: Detentions by ethnic group"], ["Ethnic group", "2022/23", "2023/24"], ["White", 100, 110], ["Black", 50, 60], [],
               ["Table 2: Detentions by sex"], ["Sex", "2022/23", "2023/24"], ["Male", 80, 90], ["Female", 70, 80]]},
    )  # fmt: skip
    assert found.result.rejected == ()
    assert values(found, group="Female", period="2023/24") == 80
    assert values(found, group="Black", period="2022/23") == 50


def test_tables_side_by_side_are_read_apart(tmp_path: Path) -> None:
    rows = [["Detentions"], [], ["Ethnic group", "Number", "Rate", "", "Sex", "Number", "Rate"], ["White", 100, 10.1, "", "Male", 80, 9],
            ["Black", 50, 40.1, "", "Female", 75, 8.5], ["Not known", 5, "", "", "Total", 155, 8.8]]  # fmt: skip
    found = book(tmp_path, {"S": rows})
    assert values(found, group="Black", statistic="rate") == 40.1
    assert values(found, group="Female", statistic="count") == 75
    assert warned(found, "side by side")


def test_an_empty_column_inside_one_table_parts_nothing(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        {
            "S": [
                ["", "Area", "", "Male", "", "Female"],
                ["", "Northmere", "", 10, "", 12],
                ["", "Southmere", "", 11, "", 13],
            ]
        },
    )
    assert ask(found, {"want": "areas"}) == ["Northmere", "Southmere"]


def test_lines_between_rows_say_the_characteristic(tmp_path: Path) -> None:
    rows = [["Table 3: People in contact, 2023-24"], [], ["", "Number", "Percent"], ["Sex"], ["Male", 100, 40], ["Female", 150, 60], ["Ethnic group"],
            ["White", 200, 80], ["Black", 40, 16], ["Not known", 10, 4], ["Total", 250, 100]]  # fmt: skip
    found = book(tmp_path, {"S": rows})
    assert found.result.rows == 6
    assert values(found, characteristic="ethnic group", group="Black", statistic="count") == 40
    assert ask(found, {"characteristic": "sex", "statistic": "count", "want": "sum"}) == 250
    assert ask(
        found, {"characteristic": "ethnic group", "statistic": "count", "want": "completeness"}
    ) == pytest.approx(0.96)


def test_broad_groups_on_lines_of_their_own_are_those_of_the_rows_below(tmp_path: Path) -> None:
    rows = [["Table 2: Admissions, 2023/24"], [], ["Ethnic group", "Admissions", "Rate"], ["White"], ["British", 100, 10], ["Irish", 5, 9],
            ["Black or Black British"], ["African", 20, 50], ["Caribbean", 30, 60], ["Not stated", 4]]  # fmt: skip
    found = book(tmp_path, {"S": rows})
    assert values(found, group="White: Irish", indicator="Admissions") == 5
    assert (
        ask(found, {"characteristic": "ethnic group", "level": "detailed", "indicator": "Admissions", "want": "sum"})
        == 155
    )
    assert (
        ask(found, {"characteristic": "ethnic group", "level": "unknown", "indicator": "Admissions", "want": "sum"})
        == 4
    )


def test_a_column_of_characteristics_is_known_by_its_cells(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "Measure,Category,Sub-category,2022-23,2023-24\nReferrals,Gender,Man,10,12\nReferrals,Gender,Woman,20,22\n"
        "Referrals,Sexual orientation,Gay or lesbian,2,3\nReferrals,Sexual orientation,Heterosexual,20,30\nReferrals,Total,Total,31,35\n",
    )
    assert values(found, characteristic="sexual orientation", group="Gay or lesbian", period="2023-24") == 3
    assert values(found, level="total", period="2022-23") == 31


@pytest.mark.parametrize(
    ("written", "starts", "ends"),
    [("202404 (Apr-24)", "2024-04-01", "2024-04-30"), ("Jan-Mar 2024", "2024-01-01", "2024-03-31"), ("2021/22 - 23/24", "2021-04-01", "2024-03-31"),
     ("2023-04", "2023-04-01", "2023-04-30"), ("2016-18", "2016-01-01", "2018-12-31"), ("As at 31 March 2024", "2024-03-31", "2024-03-31"),
     ("2023-24 [p]", "2023-04-01", "2024-03-31"), ("Week ending 05/04/2024", "2024-03-30", "2024-04-05"), ("12 months ending March 2024", "2023-04-01", "2024-03-31"),
     ("Apr 2023-Mar 2024", "2023-04-01", "2024-03-31")],
)  # fmt: skip
def test_periods_as_publishers_write_them(written: str, starts: str, ends: str) -> None:
    assert read_period(written) == (written, starts, ends)


@pytest.mark.parametrize("written", ["at home", "of", "Q1", "1-4", "2023 to be confirmed"])
def test_words_that_only_look_like_periods(written: str) -> None:
    assert read_period(written) is None


def test_a_label_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    rows = [
        ["Area", "Ethnic group", "2022", "2023"],
        ["Northmere", "White", 1, 2],
        ["", "Black", 3, 4],
        ["Southmere", "White", 10, 20],
        ["", "Black", 30, 40],
    ]
    found = book(tmp_path, {"S": rows}, merged=[(1, 0, 2, 0), (3, 0, 4, 0)])
    assert values(found, area="Northmere", group="Black", period="2023") == 4
    assert values(found, area="Southmere", group="Black", period="2022") == 30


def test_a_label_written_once_in_text_counts_for_each_and_a_blank_one_does_not(tmp_path: Path) -> None:
    found = text(tmp_path, "Area,Sex,People\nNorthmere,Male,1\n,Female,2\nSouthmere,Male,3\n,Female,4\n")
    assert values(found, area="Northmere", group="Female") == 2
    blank = text(
        tmp_path, "Area,Sex,People\nNorthmere,Male,1\n,Male,2\nSouthmere,Male,3\nNorthmere,Female,4\n", "blank.csv"
    )
    assert values(blank, area="Northmere", group="Male") == 1


def test_stacked_names_say_time_group_and_figure(tmp_path: Path) -> None:
    rows = [["NHS Staff Survey, weighted"], [], ["", "", "q3a I know my duties", "", "", "", "q3b I am trusted"], ["", "", 2022, "", 2023, "", 2022, "", 2023, ""],
            ["Organisation", "Ethnic background", *["Base", "Agree"] * 4], ["Northmere Trust", "White", 1000, 87, 1100, 88, 1000, 90, 1100, 91],
            ["Northmere Trust", "Black", 100, 80, 110, 79, 100, 81, 110, 82]]  # fmt: skip
    found = book(tmp_path, {"S": rows}, merged=[(2, 2, 2, 5), (2, 6, 2, 9)])
    assert found.result.layout == "staff_survey"
    assert values(found, indicator="q3b I am trusted | Agree", group="Black", period="2023") == 82


def test_stacked_groups_are_crossed_and_not_laid_over_each_other(tmp_path: Path) -> None:
    rows = [["Ethnic group by sex"], ["Counting: All people"], [], ["", "Ethnic group", "White: Scottish", "", "African", ""],
            ["", "Sex", "Female", "Male", "Female", "Male"], ["Council Area 2019"], ["Northmere", "", 100, 90, 10, 9], ["Southmere", "", 200, 190, 20, 19]]  # fmt: skip
    found = book(tmp_path, {"Data Sheet 0": rows})
    assert values(found, area="Northmere", group="Male", within="African") == 9


def test_tables_of_stat_xplore_come_in_with_months_written_once(tmp_path: Path) -> None:
    rows = [["PIP Cases with Entitlement from 2019"], [], ["Counting: PIP Cases with Entitlement"], [], ["", "Gender", "Male", "Female", "Unknown", "Total"],
            ["Month", "Ethnic Group"], ["April 2024", "White", 100, 120, "..", 220], ["", "Black", 20, 30, "..", 50], ["May 2024", "White", 101, 121, "..", 222],
            ["", "Black", 21, 31, "..", 52], [], ["INFO", "Data has been adjusted"]]  # fmt: skip
    found = book(tmp_path, {"Data Sheet 0": rows})
    assert values(found, group="Female", within="Black", period="May 2024") == 31
    assert ask(found, {"status": "not available", "want": "rows"}) == 4


def test_sheets_that_explain_and_lines_on_the_sheet_are_no_figures(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        {"Notes": [["Notes"], ["Note number", "Note text"], [1, "Below five is [c]"], [2, "Rates use estimates"]],
         "Table 1": [["Table 1: People in contact by ethnic group, 2023-24"], ["This worksheet contains one table."], ["Source: made up"], [],
                     ["Ethnic group", "People"], ["White [note 1]", 2000], ["Any other Black background", "[c]"], ["Not stated", 100]]},
    )  # fmt: skip
    assert found.result.rows == 3
    assert (
        found.result.measures == ("Table 1: People in contact by ethnic group, 2023-24",)
        or "Source" not in found.result.measures[0]
    )
    assert ask(found, {"want": "suppressed"}) == 1


def test_a_letter_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(AmheError, match="no table"):
        text(
            tmp_path,
            "Dear colleague,\n\nThis is a letter, and it holds no table.\nKind regards,\n\nSomebody\n",
            "letter.txt",
        )


# --- publishers ---------------------------------------------------------------------------------------------------------------------------------------


def test_census_tables_of_nomis_have_groups_across(tmp_path: Path) -> None:
    named = [
        "Total: All usual residents",
        "White",
        "White: English",
        "White: Irish",
        "Black, Black British, Caribbean or African",
    ]
    head = ",".join(f'"Ethnic group: {one}; measures: Value"' for one in named)
    found = text(
        tmp_path,
        f"date,geography,geography code,{head}\n2021,Northmere,E06000999,1000,800,750,50,200\n2021,Southmere,E06000998,500,400,390,10,100\n",
    )
    assert ask(found, {"area": "Northmere", "want": "sum"}) == 1000
    assert ask(found, {"area": "Northmere", "characteristic": "ethnic group", "level": "broad", "want": "sum"}) == 1000
    assert values(found, area="Southmere", group="White: Irish") == 10


def test_census_tables_say_their_year_by_how_they_name_columns(tmp_path: Path) -> None:
    head = "Lower tier local authorities Code,Lower tier local authorities,Ethnic group (6 categories) Code,Ethnic group (6 categories),Observation"
    found = text(
        tmp_path,
        f"{head}\nE06000999,Northmere,1,White,90\nE06000999,Northmere,2,Black,10\n",
        "custom-filtered-2024-05-01.csv",
    )
    assert (found.result.layout, found.result.periods) == ("census_2021", ("2021",))


def test_percentages_beside_groups_are_no_groups(tmp_path: Path) -> None:
    head = "Geography,Geography code,All usual residents,White,Black,Mixed,Black: percentage of all"
    found = text(tmp_path, f"{head}\nBelfast,N09000003,100,80,15,5,15.0\nDerry,N09000005,200,180,15,5,7.5\n")
    assert values(found, area="Derry", group="Black", statistic="percentage") == 7.5
    assert values(found, area="Derry", group="Black", statistic="count") == 15


def test_a_region_is_where_a_row_lies_and_no_group_of_people(tmp_path: Path) -> None:
    head = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),Index of Multiple Deprivation (IMD) Score"
    head += ",Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"
    lines = "".join(
        f"E0100000{number},Northmere 00{number}A,E08000999,Northmere,{number}.5,{number}\n" for number in range(1, 6)
    )
    found = text(tmp_path, f"{head}\n{lines}", "IoD2019_File_7.csv")
    assert values(found, area="Northmere 003A", statistic="decile") == 3
    assert values(found, area="Northmere 003A", statistic="score", level="total") == 3.5
    assert found.result.periods == ("2019",)


def test_open_data_of_schools_in_england(tmp_path: Path) -> None:
    head = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,la_name,new_la_code,ethnicity,headcount,percent"
    england = "202324,Academic year,National,E92000001,England,,,,"
    place = "202324,Academic year,Local authority,E92000001,England,E12000002,North West,Northmere,E08000999"
    found = text(
        tmp_path,
        f"{head}\n{england},Total,9000,100\n{england},White,5600,62.6\n{place},Total,300,100\n{place},White,c,low\n{place},Black,40,k\n",
    )
    assert found.result.rejected == ()
    assert values(found, area="England", level="total", indicator="headcount") == 9000
    assert values(found, area="Northmere", group="Black", indicator="headcount") == 40
    assert read_period("academic year 2023/24") == ("academic year 2023/24", "2023-09-01", "2024-08-31")
    assert found.workspace.read(lambda raw: raw.execute("SELECT starts, ends FROM period").fetchall()) == [
        ("2023-09-01", "2024-08-31")
    ]


def test_a_row_that_adds_up_the_places_is_no_place_beside_them(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        'HSC Trust,Quarter Ending,0-9 weeks,> 9 weeks\nBelfast,31/03/2024,"1,204",-\nNorthern,31/03/2024,904,~\nTotal,31/03/2024,"2,108",10\n',
    )
    assert ask(found, {"indicator": "0-9 weeks", "want": "sum"}) == 2108
    assert values(found, indicator="> 9 weeks", area="Total") == 10


def test_practice_files_of_the_gp_survey_hide_with_a_number(tmp_path: Path) -> None:
    head = "ad_practicecode,ad_practicename,ad_icscode,ad_icsname,distributed,q1_pct,q1_base"
    found = text(
        tmp_path,
        f"{head}\nA1001,ONE,QXX,NORTH ICB,300,0.81,98\nA1002,TWO,QXX,NORTH ICB,250,-1,7\nA1003,THREE,QYY,SOUTH ICB,250,0.7,70\n",
    )
    assert ask(found, {"want": "suppressed"}) == 1
    assert values(found, area="THREE", indicator="q1 base") == 70


def test_levels_of_restraint_files_are_all_read(tmp_path: Path) -> None:
    head = "REPORTING_PERIOD_START,REPORTING_PERIOD_END,BREAKDOWN,LEVEL_ONE,LEVEL_ONE_DESCRIPTION,LEVEL_TWO,LEVEL_TWO_DESCRIPTION,LEVEL_THREE,LEVEL_THREE_DESCRIPTION"
    month = "2024-04-01,2024-04-30"
    found = text(
        tmp_path,
        f"{head},METRIC,METRIC_NAME,METRIC_VALUE\n{month},England; Gender,1,Male,NULL,NULL,NULL,NULL,MHS76,People restrained,150\n"
        f"{month},Provider; Restraint Type; Gender,RXX,NORTHMERE,01,Prone,2,Female,MHS76,People restrained,15\n"
        f"{month},Provider,RXX,NORTHMERE,NULL,NULL,NULL,NULL,MHS76,People restrained,9999999\n",
    )
    assert values(found, area="England", group="Male") == 150
    assert values(found, area="NORTHMERE", group="Female", within="Prone") == 15
    assert ask(found, {"want": "suppressed"}) == 1


def test_monthly_files_without_names_of_measures_are_still_known(tmp_path: Path) -> None:
    head = "REPORTING_PERIOD_START,REPORTING_PERIOD_END,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_VALUE"
    found = text(
        tmp_path,
        f"{head}\n01/05/2023,31/05/2023,England; Ethnicity,A,British,NONE,NONE,MHS01,900\n01/05/2023,31/05/2023,ICB,QXX,NORTH,NONE,NONE,MHS01,41\n",
    )
    assert found.result.layout == "mhsds"
    assert values(found, group="British", area="England") == 900


def test_data_quality_of_a_field_is_how_many_records_fill_it(tmp_path: Path) -> None:
    head = "Month_Id,Reporting_Period,Status,Reporting_Level,Provider_Code,Provider_Name,DQ_Measure,DQ_Measure_Name,DQ_Result,DQ_Dataset_Metric_ID,Unit,Value"
    row = "1489,01/04/2024,Final,Provider,RXX,NORTHMERE,DQM07,ETHNIC CATEGORY"
    found = text(
        tmp_path, f"{head}\n{row},Valid,DQM07,Count,90\n{row},Missing,DQM07,Count,10\n{row},Valid,DQM07,Percentage,90\n"
    )
    assert values(found, indicator="ETHNIC CATEGORY", group="Valid", statistic="count") == 90
    assert ask(
        found,
        {
            "indicator": "ETHNIC CATEGORY",
            "statistic": "count",
            "characteristic": "Data quality",
            "want": "completeness",
        },
    ) == pytest.approx(0.9)


def test_days_kept_as_serial_numbers_are_months(tmp_path: Path) -> None:
    found = book(
        tmp_path, {"S": [["Month", "Trust", "Referrals"], [45383, "Northmere", 100], [45413, "Northmere", 110]]}
    )
    assert found.result.periods == ("Apr 2024", "May 2024")
    assert values(found, indicator="Referrals", period="May 2024") == 110


def test_a_change_beside_years_is_of_no_year(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        ",2021/22,2022/23,2023/24,Change\nWhite,100,110,120,10\nBlack,50,60,70,10\nNot stated,5,6,7,1\nTotal,155,176,197,21\n",
    )
    assert values(found, characteristic="ethnic group", group="Black", period="2022/23") == 60
    assert values(found, group="Black", indicator="Change") == 10


def test_the_year_of_an_act_is_not_that_of_the_figures(tmp_path: Path) -> None:
    rows = [["Table 4: Detentions under the Mental Health Act 1983 by gender, England, 2023-24"], [], ["", "All", "", "Male", "", "Female"],
            ["Age group", *["Number", "Crude rate"] * 3], ["All ages", "52,458", 91.5, 26000, 92, 26400, 91], ["Under 18", 500, 5, "*", "*", 300, 6],
            ["Unknown", 20, "[z]", 10, "[z]", 10, "[z]"]]  # fmt: skip
    found = book(tmp_path, {"Table 4": rows})
    assert found.result.periods == ("2023-24",)
    assert values(found, within="Under 18", group="Female", indicator="Number") == 300
    assert values(found, level="total", indicator="Crude rate") == 91.5


def test_the_measure_is_not_taken_for_its_statistic(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "Year,Geography,Geography Code,Ethnicity,Measure,Unit,Value,Marker\n2023,England,E92000001,Asian,Detention rate,Rate per 100000,95.2,\n"
        "2023,England,E92000001,Black,Detention rate,Rate per 100000,,c\n2023,England,E92000001,Unknown,Detention rate,Rate per 100000,,x\n",
    )
    assert values(found, indicator="Detention rate", statistic="rate", group="Asian") == 95.2
    assert ask(found, {"want": "suppressed"}) == 1
    assert ask(found, {"status": "not available", "want": "rows"}) == 1


def test_names_at_the_left_may_stand_below_those_at_the_right(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        '"","","Area","Betsi","Powys"\n"Year","Ethnic group","","",""\n"2022-23","White","","100","20"\n"2023-24","Mixed","","6","*"\n',
    )
    assert found.result.rows == 2
    assert values(found, indicator="Betsi", group="White", period="2022-23") == 100


# --- survey tools -------------------------------------------------------------------------------------------------------------------------------------


def test_survey_monkey_names_columns_in_two_rows(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "Respondent ID,Collector ID,Start Date,End Date,Email Address,Which have you used?,,What is your ethnic group?\n,,,,,Talking,Crisis line,Response\n"
        "1,4,04/23/2024 10:03:04 AM,04/23/2024 10:10:04 AM,,Talking,,Black African\n2,4,04/24/2024 10:03:04 AM,04/24/2024 10:10:04 AM,,,Crisis line,White British\n",
    )
    assert found.result.rows == 2
    assert ask(found, {"indicator": "Which have you used?: Crisis line", "group": "Crisis line", "want": "value"}) == 1


def test_qualtrics_names_columns_in_three_rows(tmp_path: Path) -> None:
    codes = ",".join(f'"{{""ImportId"":""QID{number}""}}"' for number in range(4))
    found = text(
        tmp_path,
        f"StartDate,RecordedDate,ResponseId,Q1\nStart Date,Recorded Date,Response ID,What is your ethnic group?\n{codes}\n"
        "2024-04-23 10:00:00,2024-04-23 10:05:00,R_1,Asian\n2024-04-24 10:00:00,2024-04-24 10:05:00,R_2,White\n",
    )
    assert found.result.rows == 2
    assert values(found, indicator="What is your ethnic group?", group="Asian") == 1


def test_lime_survey_may_write_a_code_before_each_question(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        '"id. Response ID","submitdate. Date submitted","lastpage. Last page","startlanguage. Start language","Q00. How old are you?"\n'
        '"1","2024-05-01 10:00:00","3","en","18-24"\n"2","2024-05-02 10:00:00","3","en","25-34"\n',
    )
    assert found.result.layout == "lime_survey"
    assert values(found, indicator="Q00. How old are you?", group="25-34") == 1
    assert len(found.result.measures) == 2
