"""A second round of files of the kinds that were once read wrongly, tried by somebody who had not built the intake: what they found wrong stays right here."""

from __future__ import annotations

from typing import Any

import pytest

from amhe_tui.errors import AmheError
from store.evidence.datasets import is_out_of_reach, read_figure
from tests.intake_adapter import Tidy, ask, said, value


def statistics(found: Tidy) -> set[str]:
    rows = found.workspace.read(lambda raw: raw.execute("SELECT DISTINCT statistic FROM quantity").fetchall())
    return {str(row[0]) for row in rows}


# --- lists of people ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Sex,Ethnicity,Age,Wait (weeks),Completed treatment\nF,White,34,6,Yes\nM,Asian,45,12,No\nF,Black,29,3,Yes\nM,White,61,8,Yes\nF,Asian,22,9,No\nM,Black,55,15,No\n",
        "Gender,Age at referral,Ethnicity,Days waited,Outcome score\nWoman,34,White,16,6\nMan,45,Asian,120,12\nWoman,29,Black,33,3\nMan,61,White,8,8\nWoman,22,Asian,90,9\n",
    ],
)
def test_rows_are_people_though_nothing_numbers_them(read: Any, words: str) -> None:
    found = read(words)
    assert "Rows are people" in said(found)
    assert value(found, indicator="Ethnicity", group="Asian") == 2


def test_a_table_by_single_years_of_age_is_none_of_people(read: Any) -> None:
    found = read(
        "Sex,Age,Ethnicity,Calls\nF,17,White,3\nF,18,White,4\nF,19,White,2\nM,17,White,1\nM,18,White,2\nM,19,White,5\nF,17,Black,1\nM,19,Black,1\n"
    )
    assert "Rows are people" not in said(found)
    assert value(found, group="White", within="Sex: M; Age: 18") == 2


def test_initials_are_never_taken_in(read: Any) -> None:
    found = read(
        "Initials,Sex,Ward,Referral date,Diagnosis\nAB,F,Oak,01/02/2024,Anxiety\nCD,M,Elm,03/02/2024,Low mood\nEF,F,Oak,04/02/2024,Low mood\n"
    )
    assert "Initials (names)" in said(found)
    held = found.workspace.read(lambda raw: raw.execute("SELECT label FROM category").fetchall())
    assert not {"AB", "CD", "EF"} & {str(row[0]) for row in held}


# --- what is in a column outranks its name --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "third"),
    [
        ("households not deprived,households deprived in one dimension,households deprived in two dimensions", 30),
        ("household is not deprived in any dimension,household is deprived in 1 dimension,household is deprived in 2 dimensions", 30),
    ],
)  # fmt: skip
def test_households_that_are_not_deprived_are_figures_too(read: Any, heads: str, third: int) -> None:
    found = read(f"lsoa,{heads}\nA,50,30,20\nB,20,50,30\nC,30,35,25\n")
    first = heads.split(",")[0]
    assert value(found, area="C", characteristic="Deprivation", group=first) == third
    assert ask(found, {"want": "rows"}) == 3


def test_shares_beside_an_all_of_100_are_percentages_though_they_are_whole(read: Any) -> None:
    found = read(
        "Religion,Less than 1 year,1-3 years,4+ years,All\nChristian,13.0,23.0,64.0,100\nMuslim,17.0,30.0,53.0,100\n"
    )
    assert statistics(found) == {"percentage"}


def test_columns_of_bare_numbers_are_asked_about(read: Any) -> None:
    words = "Indicator,1,2,3,4,5\nDetentions,90,80,70,60,50\nReferrals,900,850,800,700,650\n"
    assert "The columns 1 to 5 are read as ages" in said(read(words))
    assert "read as ages" not in said(read("Indicator,0,1,2,3,4\nDetentions,9,8,7,6,5\nReferrals,90,85,80,70,65\n"))


def test_thousands_of_people_are_not_counted_one_by_one(read: Any) -> None:
    found = read("Population (thousands)\n\nAges,2020,2021\n0-14,210.0,208.0\n15-29,230.0,228.5\n30+,250.0,248.0\n")
    assert statistics(found) == {"figure"}


# --- cells ----------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["12.3 ± 1.2", "~120", "c. 150", '"n=520, 52%"', "approx. 90"])
def test_figures_with_something_in_their_cells_are_no_list_of_things(read: Any, cell: str) -> None:
    with pytest.raises(AmheError, match=r"Rate holds .* not read as a number"):
        read(f"Area,Sex,Rate\nA,Male,{cell}\nA,Female,{cell}\nB,Male,{cell}\nB,Female,90\n")


def test_a_list_of_services_is_still_one(read: Any) -> None:
    found = read(
        "Service,Ages,Opening hours,Cost\nLantern,16+,9-5,Free\nHarbour,18-25,10 to 4,£3\nMoor,All,9-5,Free\nQuay,65+,10-12,Free\n"
    )
    assert ask(found, {"want": "rows"}) is not None


@pytest.mark.parametrize(
    "cell", ["1e29", "-1E+30", "99999999999999999999999999999", "1e400", "inf", "-Infinity", "1e-320"]
)
def test_numbers_that_none_can_be_are_set_aside_with_the_reason(read: Any, cell: str) -> None:
    found = read(f"Team,Sex,Contacts\nA,Male,{cell}\nA,Female,5\nB,Male,12\nB,Female,9\n")
    assert [row for row, _ in found.result.rejected] == [2]
    assert "no figure can be" in found.result.rejected[0][1]
    assert value(found, group="Female", within="A") == 5


def test_a_column_of_such_numbers_is_refused_and_names_no_group(read: Any) -> None:
    with pytest.raises(AmheError, match="no figure can be"):
        read("Team,Sex,Rate\nA,Male,inf\nA,Female,1e-320\nB,Male,-inf\nB,Female,Infinity\n")


def test_no_number_is_no_figure_and_nothing_has_no_sign(read: Any) -> None:
    found = read("Team,Sex,Change\nA,Male,NaN\nA,Female,-0.0\nB,Male,1.2\nB,Female,0.9\n")
    assert ask(found, {"status": "not available", "want": "rows"}) == 1
    assert str(value(found, group="Female", within="A")) == "0.0"
    assert str(read_figure("-0.0")) == "0.0"


@pytest.mark.parametrize(
    ("text", "reach"),
    [("12", False), ("", False), ("info", False), ("1e5", False), ("1e16", True), ("e29", False), ("+inf", True)],
)
def test_which_numbers_are_out_of_reach(text: str, reach: bool) -> None:
    assert is_out_of_reach(text) is reach


def test_a_percentage_that_is_a_share_of_one_is_asked_about(read: Any) -> None:
    asked = "read as 0.67 %. If it is a share of 1"
    assert asked in said(read("Trust,Sex,% within 1 week\nA,Men,0.56\nA,Women,0.67\nB,Men,0.5\n"))
    assert asked not in said(read("Trust,Sex,% detained\nA,Men,0.06\nA,Women,0.07\nB,Men,0.05\n"))
    assert "0.11 has none" in said(read("Team,Sex,DNA rate\nA,Men,12%\nA,Women,8.5%\nB,Men,0.11\nB,Women,9%\n"))


def test_points_that_part_thousands_of_a_count_are_asked_about(read: Any) -> None:
    assert "write 1234" in said(read("Area;Group;Number\nA;White;1.234\nA;Black;2.340\nB;White;340\n"))
    assert "write" not in said(read("Area;Group;Number\nA;White;1.5\nA;Black;2.340\nB;White;340\n"))


# --- headings -------------------------------------------------------------------------------------------------------------------------------------


def test_a_second_table_may_be_headed_by_the_same_years(read: Any) -> None:
    found = read(
        "Referrals by sex\nSex,2021,2022\nMale,10,11\nFemale,20,21\n\nReferrals by ethnicity\nEthnicity,2021,2022\nWhite,25,26\nBlack,5,6\nAsian,3,4\n"
    )
    assert value(found, characteristic="Ethnicity", group="Black", period="2022") == 6
    labels = found.workspace.read(lambda raw: raw.execute("SELECT label FROM category").fetchall())
    assert "Ethnicity" not in {str(row[0]) for row in labels}


def test_a_label_may_stand_beside_the_units_of_each_part(read: Any) -> None:
    found = read(
        {
            "Table 1.1": [
                ["Table 1.1: Probable disorder, by age and sex"],
                ["", "2017", "", "2023", ""],
                ["", "Boys", "Girls", "Boys", "Girls"],
                ["8 to 16", "%", "%", "%", "%"],
                ["Unlikely", 76.1, 80.2, 70.1, 69.9],
                ["Probable", 23.9, 19.8, 29.9, 30.1],
                ["Unweighted base", 1500, 1400, 700, 750],
                [],
                ["17 to 19", "%", "%", "%", "%"],
                ["Unlikely", 80.1, 70.2, 72.1, 59.9],
                ["Probable", 19.9, 29.8, 27.9, 40.1],
                ["Unweighted base", 500, 480, 200, 250],
            ]
        }
    )
    asked = {"group": "Girls", "within": "17 to 19", "period": "2023"}
    assert value(found, indicator="Probable", statistic="percentage", **asked) == 40.1
    assert value(found, indicator="Unweighted base", statistic="count", **asked) == 250


def test_wards_are_places_though_their_columns_are_numbered(read: Any) -> None:
    def sheet(name: str, by: int) -> list[list[Any]]:
        return [
            [f"Ward estimates: {name}"],
            [],
            ["Ward Code 1", "Ward Name 1", "LA Code (2020 boundaries)", "LA name (2020 boundaries)", "All Ages", 0, 1, 2],
            ["E05000001", "Carr", "E08000009", "Northmere", 30 * by, 9 * by, 10 * by, 11 * by],
            ["E05000002", "Mere", "E08000009", "Northmere", 33 * by, 10 * by, 11 * by, 12 * by],
            ["E05000003", "Moss", "E08000003", "Tollbrook", 36 * by, 11 * by, 12 * by, 13 * by],
        ]  # fmt: skip

    found = read({name: sheet(name, by) for name, by in (("Persons", 2), ("Males", 1), ("Females", 1))})
    assert value(found, area="Mere", group="2", within="Males") == 12
    assert value(found, area="E05000003", group="0") == 22
    assert {"Carr", "Mere", "Moss"} <= set(map(str, ask(found, {"want": "areas"})))  # type: ignore[call-overload]


def test_a_row_that_adds_up_those_above_it_is_pointed_out(read: Any) -> None:
    found = read("Trust,Sex,2021/22,2022/23\nA,Women,10,11\nA,Men,20,21\nsubtotal so far,,30,32\nB,Women,30,31\n")
    assert "“subtotal so far” adds up other rows" in said(found)


def test_ages_that_became_whole_dates_are_pointed_out(read: Any) -> None:
    found = read("Age group,Referrals\n01/04/2024,40\n05/09/2024,50\n14/10/2024,60\n15-19,70\n")
    assert "05/09/2024 was probably 5-9, 14/10/2024 was probably 10-14" in said(found)


@pytest.mark.parametrize("title", ["Referrals by age: {}", "", "Referrals ({})"])
def test_a_sheet_for_each_sex_is_by_sex_though_its_title_says_so_too(read: Any, title: str) -> None:
    def sheet(name: str, by: int) -> list[list[Any]]:
        above = [[title.format(name.lower())], []] if title else []
        return [*above, ["Area", "18-64", "65+", "Under 18"], ["Carr", 9 * by, 8 * by, 7 * by], ["Mere", 6, 5, 4 * by]]

    found = read({name: sheet(name, by) for name, by in (("Persons", 3), ("Males", 1), ("Females", 2))})
    assert len(found.result.measures) == 1
    assert value(found, area="Carr", group="65+", within="Sex: Females") == 16
    assert value(found, area="Mere", group="Under 18") == 12


def test_sheets_of_different_things_stay_so(read: Any) -> None:
    rows: list[list[Any]] = [["Area", "2021/22", "2022/23"], ["Carr", 9, 10], ["Mere", 3, 4]]
    assert len(read({"Referrals": rows, "Men": rows}).result.measures) == 2


# --- a third round --------------------------------------------------------------------------------------------------------------------------------


def labels_of(found: Tidy) -> set[str]:
    rows = found.workspace.read(lambda raw: raw.execute("SELECT label, within FROM category").fetchall())
    return {str(part) for row in rows for part in row}


def test_the_number_of_a_pupil_is_never_taken_in(read: Any) -> None:
    found = read("UPN,Sex,FSM,Absences\nA123456789012,F,1,3\nB123456789012,M,0,12\nC123456789012,F,0,4\n")
    assert "UPN (codes of single people)" in said(found)
    assert not any("123456789012" in label for label in labels_of(found))


def test_the_number_of_a_person_names_no_group_of_figures(read: Any) -> None:
    rows = "".join(f"A12345678901{number},{50 + number},{number}\n" for number in range(10, 40))
    with pytest.raises(AmheError):
        read(f"UPN,Attendance %,Referrals\n{rows}")


def test_columns_called_after_fifths_are_groups_by_deprivation(read: Any) -> None:
    found = read(
        "Indicator,Quintile 1,Quintile 2,Quintile 3,Quintile 4,Quintile 5\nDetentions,90,80,70,60,50\nReferrals,900,850,800,700,650\n"
    )
    assert value(found, characteristic="Deprivation", group="Quintile 2", indicator="Detentions") == 80
    assert statistics(found) == {"count"}


def test_codes_of_ethnos_are_those_of_ethnic_groups(read: Any) -> None:
    found = read("CCG,ETHNOS,Admissions\n00T,A,300\n00T,C,20\n00T,N,12\n00T,Z,30\n00T,P,4\n")
    levels = found.workspace.read(lambda raw: raw.execute("SELECT label, level, parent FROM category").fetchall())
    found_levels = {str(row[0]): (str(row[1]), str(row[2])) for row in levels}
    assert found_levels["Z"][0] == "unknown"
    assert found_levels["C"] == ("detailed", "White")


def test_limits_named_behind_a_figure_make_no_limit_of_it(read: Any) -> None:
    found = read("Area,Sex,Rate (LCL - UCL)\nA,F,12.3 (10.1 - 14.5)\nA,M,10.0 (8.0 - 12.0)\nB,F,9 (7 - 11)\n")
    assert value(found, area="A", group="M", statistic="rate") == 10
    assert value(found, area="A", group="M", statistic="upper") == 12


@pytest.mark.parametrize(
    ("cells", "share"),
    [(("52,3% (120)", "48,1% (90)"), 48.1), (("52,3 %", "48,1 %"), 48.1), (("12,5 %", "30,25 %"), 30.25)],
)
def test_percentages_with_a_decimal_comma(read: Any, cells: tuple[str, str], share: float) -> None:
    found = read(f"Sex;Recovered\nFemale;{cells[0]}\nMale;{cells[1]}\n")
    assert value(found, group="Male", statistic="percentage") == share


def test_a_flag_beside_a_figure_is_no_group(read: Any) -> None:
    found = read("Area,Sex,Value,Flag\nA,F,12.5,\nA,M,,x\nB,F,11.0,e\nB,M,9.9,\n")
    assert value(found, area="B", group="F") == 11
    assert value(found, area="A", group="M") is None
    assert ask(found, {"want": "groups"}) == ["F", "M"]


def test_an_empty_heading_takes_nothing_from_below_another(read: Any) -> None:
    found = read(
        ",,,Aged 65+,Aged 65+,Aged 65+\n,Women,Men,,Women,Men\nTown,Falls,Falls,Falls,Falls,Falls\nA,10,20,11,5,6\nB,11,21,13,6,7\n"
    )
    assert value(found, group="Men", within="A", indicator="Aged 65+ / Falls") == 6
    assert value(found, characteristic="Town", group="A", indicator="Aged 65+ / Falls") == 11
    assert not {"11", "13", "5", "6"} & labels_of(found)


@pytest.mark.parametrize(
    ("head", "cell", "starts", "ends"),
    [("Six months to", "Sep-23", "2023-04-01", "2023-09-30"), ("Year to end of March", "2023", "2022-04-01", "2023-03-31"),
     ("Twelve months to", "June 2023", "2022-07-01", "2023-06-30"), ("Three months ending", "Dec-23", "2023-10-01", "2023-12-31")],
)  # fmt: skip
def test_headings_say_in_words_how_long_a_time_is(read: Any, head: str, cell: str, starts: str, ends: str) -> None:
    found = read(f"{head},Gender,Calls\n{cell},F,10\n{cell},M,12\n")
    rows = found.workspace.read(lambda raw: raw.execute("SELECT starts, ends FROM period").fetchall())
    assert [tuple(row) for row in rows] == [(starts, ends)]


def test_how_a_figure_was_measured_names_no_place_and_its_order_is_no_figure(read: Any) -> None:
    found = read(
        "FeatureCode,DateCode,Measurement,Units,Value,Age,Gender\nS12000033,2021,Count,People,100,16-64,Female\nS12000033,2021,Count,People,110,16-64,Male\n"
        "S12000034,2021,Count,People,50,16-64,Female\nS12000033,2021,Ratio,Percent,10.5,16-64,Female\n"
    )
    assert ask(found, {"want": "areas"}) == ["S12000033", "S12000034"]
    assert value(found, area="S12000033", group="Female", statistic="percentage") == 10.5
    ordered = read("Age group,Area,Number,Sort\n16-24,A,120,1\n25+,A,1200,2\n16-24,B,10,1\n25+,B,140,2\n")
    assert len(ordered.result.measures) == 1


def test_addresses_of_people_make_a_list_of_people(read: Any) -> None:
    found = read("Email address,Team,Sex,Sessions\na@x.org,N,F,3\nb@x.org,N,M,12\nc@x.org,S,F,14\n")
    assert "Rows are people" in said(found)
    assert value(found, indicator="Sex", group="F") == 2


def test_the_figures_of_those_of_no_known_age_name_no_group(read: Any) -> None:
    found = read("Service,Age: 0-17,Age: 18-64,Age: 65+,Age: not known\nN,3,9,2,1\nS,2,8,1,0\nE,1,4,0,2\n")
    assert value(found, group="18-64", within="S") == 8
    assert value(found, group="not known", within="E") == 2


def test_dimensions_of_a_census_are_called_by_what_they_are_of(read: Any) -> None:
    head = '"DATE","GEOGRAPHY_NAME","GEOGRAPHY_CODE","C2021_ETH_6","C2021_ETH_6_NAME","MEASURES_NAME","OBS_VALUE"'
    rows = [f'2021,"Northmere","E08000001",{code},"{name}","Value",{number}' for code, name, number in
            ((0, "Total: All usual residents", 1000), (1, "Asian, Asian British or Asian Welsh", 200), (2, "White", 800))]  # fmt: skip
    found = read("\n".join([head, *rows, ""]))
    assert value(found, characteristic="Ethnic group", group="White") == 800


def test_beside_a_region_code_and_name_are_those_of_a_narrower_place(read: Any) -> None:
    found = read(
        "Region,Code,Name,0-1 week,1-4 weeks,Total\nNorth,Q1,Carr Trust,5,2,7\nNorth,Q2,Mere Trust,6,3,9\nSouth,Q3,Moss Trust,1,1,2\n"
    )
    assert value(found, area="Mere Trust", indicator="1-4 weeks") == 3
    assert value(found, area="Q3", indicator="Total") == 2
