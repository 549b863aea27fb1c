"""A fourth round of files of the kinds that were once read wrongly: sheets of different things, shares beside rounded counts, two things in one heading, and their like."""

from __future__ import annotations

from typing import Any

import pytest

from amhe_tui.errors import AmheError
from amhe_tui.programme.bases import Base, bases_of
from store.evidence.holdings import held
from tests.intake_adapter import Tidy, ask, said, value


def statistics(found: Tidy) -> dict[str, str]:
    rows = found.workspace.read(lambda raw: raw.execute("SELECT id, statistic FROM quantity").fetchall())
    return {str(row[0]): str(row[1]) for row in rows}


def periods(found: Tidy) -> list[str]:
    return [str(row[0]) for row in found.workspace.read(lambda raw: raw.execute("SELECT label FROM period").fetchall())]


def bases(found: Tidy) -> list[Base]:
    return list(found.workspace.read(lambda raw: bases_of(raw, held(raw))).values())


# --- sheets of different things -------------------------------------------------------------------------------------------------------------------


def by_ethnicity(title: str, black: int) -> list[list[Any]]:
    rows = [["Ethnic group", "Number", "Rate"], ["White", 100, 1.5], ["Black", black, 2.9], ["Asian", 40, 1.1]]
    return [[title], [], *rows]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Detentions under the Act, 2022/23", "Community treatment orders, 2022/23"),
        ("Detentions under the Act, 2021/22", "Community treatment orders, 2022/23"),
        ("Table 1: Detentions under the Act by ethnicity", "Table 2: Community treatment orders by ethnicity"),
        ("Detentions under the Act, England, 2022/23", "Community treatment orders, England, 2022/23"),
    ],
)
def test_a_number_and_a_rate_are_those_of_what_their_title_says(read: Any, first: str, second: str) -> None:
    found = read({"Sheet A": by_ethnicity(first, 30), "Sheet B": by_ethnicity(second, 13)})
    assert value(found, indicator="Detentions under the Act: Number", group="Black") == 30
    assert value(found, indicator="Community treatment orders: Number", group="Black") == 13
    assert len(statistics(found)) == 4


def test_questions_of_a_survey_are_told_apart_by_their_titles_and_are_no_places(read: Any) -> None:
    def asked(title: str, men: int) -> list[list[Any]]:
        return [[title], ["Sex", "%", "Base"], ["Men", men, 500], ["Women", 12, 520]]

    found = read({"Q1": asked("Feeling lonely", 10), "Q2": asked("Feeling anxious", 20)})
    assert value(found, indicator="Feeling anxious: %", group="Men") == 20
    assert value(found, indicator="Feeling lonely: %", group="Men") == 10


def test_the_number_of_a_table_says_nothing_of_what_it_counts(read: Any) -> None:
    def sheet(title: str, first: int) -> list[list[Any]]:
        return [[title], ["Age", "2021", "2022"], ["0-17", first, 2], ["18+", 3, 4]]

    found = read({"Male": sheet("Table 1a", 1), "Female": sheet("Table 1b", 5)})
    assert value(found, group="0-17", within="Sex: Female", period="2021") == 5


def test_sheets_of_numbers_and_of_percentages_are_no_places(read: Any) -> None:
    rows = [["Ethnicity", "Detained", "Recalled"], ["White", 100, 110], ["Black", 30, 32]]
    with pytest.raises(AmheError, match="disagree"):
        read({"Numbers": rows, "Percentages": [rows[0], ["White", 77, 77], ["Black", 23, 23]]})


def test_a_sheet_of_everywhere_stands_beside_those_of_towns(read: Any) -> None:
    def sheet(by: int) -> list[list[Any]]:
        return [["Ethnicity", "Referred", "Accepted"], ["White", 10 * by, 5 * by], ["Black", 2 * by, by]]

    found = read({"Carr": sheet(1), "Mere": sheet(2), "Total": sheet(3)})
    assert value(found, area="Mere", group="Black", indicator="Referred") == 4


def test_titles_that_differ_by_time_or_place_alone_are_of_one_thing(read: Any) -> None:
    by_time = {"A": by_ethnicity("Detentions, 2021/22", 30), "B": by_ethnicity("Detentions, 2022/23", 13)}
    assert set(statistics(read(by_time))) == {"number.count", "rate.rate"}
    by_place = {"A": by_ethnicity("Detentions in Carr", 30), "B": by_ethnicity("Detentions in Mere", 13)}
    assert set(statistics(read(by_place))) == {"number.count", "rate.rate"}


def test_two_years_behind_an_act_are_when_and_one_is_that_of_the_law(read: Any) -> None:
    found = read({"A": by_ethnicity("Detentions under the Mental Health Act, 2022/23", 30)})
    assert periods(found) == ["2022-23"]
    law = read({"A": by_ethnicity("Detentions under the Mental Health Act, 1983", 30)})
    assert periods(law) == ["one time"]


# --- shares and the counts behind them ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Ethnicity,Left,Finished,Leaving\nWhite,153,396,39\nBlack,64,126,51\nAsian,91,222,41\n",
        "Ethnicity,Left,Finished,Leaving\nWhite,155,390,39\nBlack,65,130,51\nAsian,90,225,41\n",
        "Ethnicity,Left,Finished,Leaving %\nWhite,155,390,39\nBlack,65,130,51\nAsian,90,225,41\n",
    ],
    ids=["whole and without a sign", "beside counts in fives", "with its sign, beside counts in fives"],
)
def test_whole_percentages_are_shares_of_the_counts_beside_them(read: Any, words: str) -> None:
    found = read(words)
    assert statistics(found)["leaving.percentage"] == "percentage"
    assert [(base.numerator, base.denominator) for base in bases(found)] == [("left.count", "finished.count")]
    assert "percent sign" not in said(found)


@pytest.mark.parametrize(
    "rows", ["White,39,155,390\nBlack,51,65,130\nAsian,41,90,225", "White,39,155,390\nBlack,51,65,130"]
)
def test_a_value_beside_numerator_and_denominator_in_fives_is_their_share(read: Any, rows: str) -> None:
    found = read(f"Ethnicity,Value,Numerator,Denominator\n{rows}\n")
    assert [base.statistic for base in bases(found)] == ["percentage"]


@pytest.mark.parametrize(
    "words",
    [
        "Team,Sex,Cases,Visits,Calls\nA,F,10,20,30\nA,M,12,24,31\nB,F,9,18,12\nB,M,4,9,40\n",
        "Sex,Cases,Visits,Calls\nF,10,20,50\nM,12,24,50\n",
        "Team,Sex,Cases,Visits,Calls\nA,F,5,10,30\nA,M,5,10,60\nB,F,5,10,70\nB,M,5,15,20\n",
    ],
)
def test_counts_that_tell_nothing_of_each_other_stay_counts(read: Any, words: str) -> None:
    assert set(statistics(read(words)).values()) == {"count"}


def test_two_groups_of_people_asked_are_a_base(read: Any) -> None:
    [base] = bases(read("Sex,% lonely,n\nMale,20,150\nFemale,30,200\n"))
    assert (base.denominator, base.implied) == ("n.count", True)


def test_every_question_has_its_own_base(read: Any) -> None:
    questions = range(30)
    heads = ",".join(f"Q{number} Felt heard (%),Q{number} Base (n)" for number in questions)
    rows = "".join(
        f"{sex},{','.join(f'{50 + number + by},{200 + number * by}' for number in questions)}\n"
        for sex, by in (("F", 1), ("M", 2))
    )
    found = read(f"Sex,{heads}\n{rows}")
    assert len(bases(found)) == len(questions)
    assert all(base.numerator.split("_")[0] == base.denominator.split("_")[0] for base in bases(found))
    by_id = found.workspace.read(lambda raw: bases_of(raw, held(raw)))
    assert by_id["q7_felt_heard.percentage"].denominator.startswith("q7_base")


def test_how_people_are_spread_over_the_groups_is_no_share_of_each(read: Any) -> None:
    found = read(
        "category,subcategory,n,pct\nGender,Male,40,44.4\nGender,Female,45,50\nGender,Other,5,5.6\nAge,<18,10,11.1\nAge,18-64,60,66.7\nAge,65+,20,22.2\n"
    )
    assert not bases(found)
    assert not bases(read("Sex,proportion,n\nMale,0.471,40\nFemale,0.529,45\n"))
    assert bases(read("Sex,pct,n\nMale,44.4,40\nFemale,30.0,45\n"))


def test_a_count_beside_a_value_and_a_denominator_is_its_numerator(read: Any) -> None:
    found = read("Sex,Value,Lower CI,Upper CI,Count,Denominator\nF,12.5,10,15,125,1000\nM,10.0,8,12,90,900\n")
    assert [(base.statistic, base.numerator.rpartition(".")[2]) for base in bases(found)] == [
        ("percentage", "numerator")
    ]


def test_a_figure_without_a_name_is_the_share_of_counts_that_give_it(read: Any) -> None:
    found = read(
        "GP practice,List size,SMI register,SMI prevalence\nOak,10000,100,1.0\nElm,8000,120,1.5\nAsh,5000,25,0.5\n"
    )
    assert [(base.statistic, base.denominator) for base in bases(found)] == [("percentage", "list_size.count")]


def test_answers_that_add_up_to_100_beside_how_many_were_asked_are_percentages(read: Any) -> None:
    answers = "Strongly agree,Agree,Disagree,Strongly disagree"
    found = read(f"Question,{answers},Base\nI felt listened to,30,40,20,10,250\nStaff were kind,40,40,15,5,248\n")
    assert statistics(found)["Staff were kind.agree"] == "percentage"
    assert statistics(found)["Staff were kind.base"] == "count"
    assert "250 %" not in said(found)


def test_whole_figures_that_add_up_to_100_are_asked_about(read: Any) -> None:
    asked = "add up to 100 and are read as counts"
    assert asked in said(read("Borough,White,Black,Asian,Other\nA,60,20,15,5\nB,70,10,10,10\nC,50,30,10,10\n"))
    assert asked not in said(read("Borough,White,Black,Asian,Other\nA,60,20,15,5\nB,70,10,10,21\nC,50,31,10,20\n"))


# --- what is counted, and what is not ---------------------------------------------------------------------------------------------------------------


def test_orders_and_decimals_of_a_publisher_are_no_figures(read: Any) -> None:
    found = read(
        "TimePeriodSort,Year,Sex,Unit,Decimals,Value\n1,2022,Male,Persons,0,100\n1,2022,Female,Persons,0,120\n2,2023,Male,Persons,0,110\n2,2023,Female,Persons,0,130\n"
    )
    assert len(statistics(found)) == 1
    assert value(found, group="Male", period="2023") == 110


def test_quartiles_and_deviations_are_no_counts(read: Any) -> None:
    found = read("Sex,Median wait (days),LQ,UQ,SD,Referrals\nMale,12,3,20,4,100\nFemale,14,4,30,5,120\n")
    assert [name for name, statistic in statistics(found).items() if statistic == "count"] == ["referrals.count"]


def test_a_ratio_of_rates_is_no_rate(read: Any) -> None:
    found = read("Ethnicity,Rate ratio,Lower,Upper\nWhite,1,,\nBlack,3.5,3.1,3.9\nAsian,1.1,0.9,1.3\n")
    assert statistics(found)["Rate ratio.value"] == "ratio"


def test_numbers_for_each_patient_are_no_counts(read: Any) -> None:
    found = read(
        "Ethnicity,Patients,Restraints,Restraints per patient\nWhite,100,200,2\nBlack,40,120,3\nAsian,30,30,1\n"
    )
    assert statistics(found)["restraints_per_patient.ratio"] == "ratio"


def test_two_limits_in_one_cell_are_no_groups(read: Any) -> None:
    found = read("Ethnicity,%,95% CI,N\nWhite,12.5,10.1-14.9,600\nBlack,20.5,15.1-25.9,200\n")
    assert "95% CI holds two limits in a cell, such as 10.1-14.9, and is left out" in said(found)
    assert value(found, characteristic="Ethnicity", group="Black", statistic="percentage") == 20.5
    assert ask(found, {"want": "groups"}) == ["White", "Black"]


def test_a_range_of_ages_is_a_group(read: Any) -> None:
    found = read("Area,Age range,Calls\nA,10-14,5\nA,15-19,7\nB,10-14,5\nB,15-19,7\n")
    assert value(found, area="A", group="15-19") == 7
    assert "left out" not in said(found)


@pytest.mark.parametrize("name", ["Ratio", "Difference", "Gap"])
def test_what_compares_two_groups_is_none(read: Any, name: str) -> None:
    found = read(f"Age,Male,Female,{name}\n0-17,10,20,0.5\n18+,30,40,0.75\n")
    assert f"{name} compares the groups beside it" in said(found)
    assert ask(found, {"want": "groups", "characteristic": "Sex"}) == ["Male", "Female"]


@pytest.mark.parametrize("cell", ["1'234", "1.2k", "£1.2m", "3 million"])
def test_shortened_numbers_are_no_list_of_things(read: Any, cell: str) -> None:
    with pytest.raises(AmheError, match=r"Number holds .* not read as a number"):
        read(f"Area,Sex,Number\nA,F,{cell}\nA,M,{cell}\nB,F,{cell}\nB,M,950\n")


def test_rows_that_say_how_many_were_asked_are_pointed_out(read: Any) -> None:
    found = read("Answer,Men,Women\nUnweighted,480,520\nWeighted,490,510\nOften,10,14\nSometimes,30,26\nNever,60,60\n")
    assert "“Unweighted” and “Weighted” in Answer say how many people were asked" in said(found)
    assert "were asked" not in said(read("Answer,Men,Women\nOften,10,14\nSometimes,30,26\nNever,60,60\n"))


# --- two things in one heading ----------------------------------------------------------------------------------------------------------------------


def test_women_aged_are_by_sex_and_by_age(read: Any) -> None:
    found = read(
        "Area,Women aged 18-64,Men aged 18-64,Women aged 65+,Men aged 65+\nA,30,20,10,5\nB,31,22,13,6\nC,12,9,8,7\n"
    )
    assert value(found, area="B", group="aged 65+", within="Sex: Women") == 13
    assert value(found, area="C", group="aged 18-64", within="Sex: Men") == 9


def test_years_before_a_number_and_a_percentage_are_times(read: Any) -> None:
    found = read(
        "Place,Ethnicity,2021/22 Number,2021/22 %,2022/23 Number,2022/23 %\nA,White,100,40,110,41\nA,Black,20,50,22,52\nB,White,90,39,80,38\nB,Black,10,48,12,49\n"
    )
    assert value(found, area="B", group="Black", period="2022/23", statistic="percentage") == 49
    assert value(found, area="A", group="White", period="2021/22", statistic="count") == 100


def test_a_total_may_stand_beside_women_aged(read: Any) -> None:
    found = read("Area,Female 18-64,Male 18-64,Female 65+,Male 65+,Total\nA,10,11,12,13,46\nB,1,2,3,4,10\n")
    assert value(found, area="A", group="65+", within="Sex: Male") == 13
    assert value(found, area="B", characteristic="Total") == 10


def test_columns_of_two_years_are_not_both_of_the_first(read: Any) -> None:
    found = read("Age band,Prevalence 2014,Prevalence 2023\n16-24,18.9,25.8\n25-34,17.0,20.0\n35+,14,15\n")
    assert value(found, group="16-24", period="2023") == 25.8
    assert value(found, group="16-24", period="2014") == 18.9
    beside = read("Group,2022 (%),2023 (%),Change\nMen,10,12,2\nWomen,14,13,-1\n")
    assert periods(beside) == ["one time"]


def test_a_year_before_men_and_women_is_a_time(read: Any) -> None:
    found = read("Trust,2022 Male,2022 Female,2023 Male,2023 Female\nA,10,12,11,13\nB,9,8,7,6\n")
    assert value(found, area="B", group="Female", period="2023") == 6


def test_people_in_decimals_are_no_count_and_the_type_of_a_value_is_used(read: Any) -> None:
    head = "Indicator name,Indicator value,Ethnicity,Reporting period"
    rows = [("People in contact", 70.1, "White"), ("People in contact", 60.1, "Black"), ("Age at contact", 40, "White")]
    plain = "\n".join([head, *(f"{name},{number},{group},2021/22" for name, number, group in rows), ""])
    assert statistics(read(plain))["People in contact.value"] == "figure"
    kinds = ["Percentage", "Percentage", "Mean"]
    typed = [f"{name},{number},{group},2021/22,{kind}" for (name, number, group), kind in zip(rows, kinds, strict=True)]
    found = statistics(read("\n".join([f"{head},Indicator value type", *typed, ""])))
    assert found == {"People in contact.percentage": "percentage", "Age at contact.mean": "mean"}


def test_ages_with_hyphens_are_ages(read: Any) -> None:
    found = read("Local authority,Under-18s,18-and-over,Not recorded,All ages\nA,10,20,3,33\nB,15,25,2,42\n")
    assert value(found, area="B", characteristic="Age", group="Under-18s") == 15
    assert value(found, area="A", characteristic="Total") == 33


def test_a_type_of_group_says_what_the_groups_beside_it_are_of(read: Any) -> None:
    found = read(
        "Group type,Group,Number,Percent\nAge,16-24,100,20\nAge,25-64,300,60\nAge,65+,100,20\nSex,Men,240,48\nSex,Women,260,52\n"
        "Ethnicity,White,450,90\nEthnicity,Other than White,50,10\n"
    )
    assert value(found, characteristic="Sex", group="Women", statistic="count") == 260
    assert ask(found, {"want": "groups", "characteristic": "Sex"}) == ["Men", "Women"]


def test_the_other_groups_of_one_list_are_part_of_one_group(read: Any) -> None:
    found = read(
        "Ethnic group,Calls\nOther ethnic group: Arab,10\nOther ethnic group: Any other ethnic group,20\nWhite: Irish,30\n"
    )
    rows = found.workspace.read(
        lambda raw: raw.execute("SELECT DISTINCT parent FROM category ORDER BY parent").fetchall()
    )
    assert [str(row[0]) for row in rows] == ["Other ethnic group", "White"]
