"""Which characteristic a heading means, and the fixed order in which its groups stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.groups.characteristics import (
    AIMS,
    CHARACTERISTICS,
    INCLUSION_HEALTH,
    OTHERS,
    PROTECTED,
    characteristic,
    is_ordered,
    recognise,
)
from amhe_tui.method.groups.order import in_fixed_order

FINGERTIPS = [
    "Most deprived decile (IMD2019)",
    "Second most deprived decile (IMD2019)",
    "Third more deprived decile (IMD2019)",
    "Fourth more deprived decile (IMD2019)",
    "Fifth more deprived decile (IMD2019)",
    "Fifth less deprived decile (IMD2019)",
    "Fourth less deprived decile (IMD2019)",
    "Third less deprived decile (IMD2019)",
    "Second least deprived decile (IMD2019)",
    "Least deprived decile (IMD2019)",
]
MONTHLY = [
    "01 Most deprived",
    "02 More deprived",
    "05 More deprived",
    "06 Less deprived",
    "09 Less deprived",
    "10 Least deprived",
]
ANNUAL = [
    "10 Most deprived",
    "09 More deprived",
    "06 More deprived",
    "05 Less deprived",
    "02 Less deprived",
    "01 Least deprived",
]
CENSUS = [
    "White: English, Welsh, Scottish, Northern Irish or British",
    "White: Irish",
    "White: Gypsy or Irish Traveller",
    "White: Roma",
    "White: Other White",
    "Mixed or Multiple ethnic groups: White and Black Caribbean",
    "Mixed or Multiple ethnic groups: White and Black African",
    "Mixed or Multiple ethnic groups: White and Asian",
    "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups",
    "Asian, Asian British or Asian Welsh: Indian",
    "Asian, Asian British or Asian Welsh: Pakistani",
    "Asian, Asian British or Asian Welsh: Bangladeshi",
    "Asian, Asian British or Asian Welsh: Chinese",
    "Asian, Asian British or Asian Welsh: Other Asian",
    "Black, Black British, Black Welsh, Caribbean or African: African",
    "Black, Black British, Black Welsh, Caribbean or African: Caribbean",
    "Black, Black British, Black Welsh, Caribbean or African: Other Black",
    "Other ethnic group: Arab",
    "Other ethnic group: Any other ethnic group",
]
NHS_2001 = [
    "White",
    "White British",
    "White Irish",
    "Any other White background",
    "Mixed",
    "White and Black Caribbean",
    "White and Black African",
    "White and Asian",
    "Any other Mixed background",
    "Asian or Asian British",
    "Indian",
    "Pakistani",
    "Bangladeshi",
    "Any other Asian background",
    "Black or Black British",
    "African",
    "Caribbean",
    "Any other Black background",
    "Other Ethnic Groups",
    "Chinese",
    "Any other ethnic group",
    "Not stated",
]
ORDERS = [
    ("IMD Decile", MONTHLY),
    ("Indices of Deprivation Decile", ANNUAL),
    ("IMD Quintile", ["01 Most deprived", "02", "03", "04", "05 Least deprived", "UNKNOWN"]),
    ("IMD Core20", ["Most deprived quintile", "Other 4 quintiles", "UNKNOWN"]),
    ("Deprivation deciles", FINGERTIPS),
    ("Deprivation", ["Decile 1 (most deprived)", "Decile 2", "Decile 9", "Decile 10 (least deprived)"]),
    ("Deprivation", ["Most deprived 20%", "Middle 20%", "Least deprived 20%"]),
    ("Ethnicity", CENSUS),
    ("Ethnic Group", NHS_2001),
    ("ethnic_group", ["White", "Mixed", "Indian", "Pakistani or Bangladeshi", "Chinese", "Arab", "Total"]),
    ("Ethnicity", ["White British", "Non-White British", "Not known"]),
    ("Age Group", ["Under 18", "18 to 25", "26 to 64", "65 to 74", "75 to 89", "90 and over", "Unknown"]),
    ("Age Band", ["0 to 5", "6 to 10", "11 to 15", "16", "17", "18", "20 to 24", "90 or over", "All ages"]),
    ("Age", ["0-4", "5-9", "10-14", "100+"]),
    ("Age", ["<18", "18-64", "65+"]),
    ("Gender", ["Male", "Female", "Non-binary", "Other (not listed)", "Not known"]),
    ("Sexual Orientation Type", ["Heterosexual", "Gay/Lesbian", "Bi-sexual", "Not stated/known/invalid"]),
    ("Religion", ["Baha`i", "Buddhist", "Sikh", "Other", "None", "Not stated/Not known/Invalid code"]),
    ("Indices of Deprivation Decile", ["05 Less deprived", "02 Less deprived"]),
    ("Indices of Deprivation Decile", ["09 More deprived", "06 More deprived"]),
    ("IMD Decile", ["02 More deprived", "05 More deprived"]),
    ("Age", ["0 to 4", "Under 18", "0 to 25"]),
    ("Ethnicity", ["White", "All other ethnic groups", "Not known", "All"]),
    ("Agency", ["2 north", "10 south"]),
]


@pytest.mark.parametrize(("heading", "ordered"), ORDERS, ids=[f"{heading}: {them[0]}" for heading, them in ORDERS])
def test_groups_stand_in_their_fixed_order_whatever_the_file_does(heading: str, ordered: list[str]) -> None:
    assert in_fixed_order(heading, ordered) == ordered
    assert in_fixed_order(heading, ordered[::-1]) == ordered
    assert in_fixed_order(heading, sorted(ordered)) == ordered


@given(st.sampled_from([MONTHLY, ANNUAL]), st.data())
def test_deprivation_is_never_turned_round_by_leaving_groups_out(ordered: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(ordered), min_size=1))
    assert in_fixed_order("Deprivation", sorted(kept)) == [label for label in ordered if label in kept]


@given(
    st.sampled_from(["Ethnicity", "Age", "IMD Decile", "Gender", "Religion", "Something"]),
    st.lists(st.text() | st.sampled_from([*CENSUS, *NHS_2001, *MONTHLY, *ANNUAL, *FINGERTIPS])),
    st.randoms(),
)
def test_the_order_never_hangs_on_the_files_order_and_loses_nothing(
    heading: str, labels: list[str], chance: object
) -> None:
    mixed = [*labels]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_fixed_order(heading, mixed) == in_fixed_order(heading, labels)
    assert sorted(in_fixed_order(heading, labels)) == sorted(labels)


def test_chinese_stands_where_the_list_at_hand_puts_it() -> None:
    assert in_fixed_order("Ethnicity", ["Chinese", "Other Asian", "Any other ethnic group"])[1] == "Chinese"
    assert in_fixed_order("Ethnicity", ["Chinese", "Other Asian", "Arab"])[0] == "Chinese"


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Ethnic Group", "race"),
        ("ethnic_group", "race"),
        ("Upper Ethnicity", "race"),
        ("BME Group", "race"),
        ("Race", "race"),
        ("Gender", "sex"),
        ("Sex", "sex"),
        ("Gender identity same as sex registered at birth", "gender_reassignment"),
        ("Indices of Deprivation Decile", "deprivation"),
        ("IMD Quintile", "deprivation"),
        ("IMD Core20", "deprivation"),
        ("Age Group", "age"),
        ("AgeBand", "age"),
        ("Under 18 or 18 and over", "age"),
        ("Sexual Orientation Type", "sexual_orientation"),
        ("Religion", "religion"),
        ("Religious affiliation", "religion"),
        ("Disability Type", "disability"),
        ("Autism Status", "disability"),
        ("LD Status", "disability"),
        ("Perinatal", "pregnancy"),
        ("Marital status", "marriage"),
        ("Unpaid care", "carers"),
        ("Care leaver", "care_leavers"),
        ("Ex-British Armed Forces", "veterans"),
        ("Main language", "language"),
        ("Rural urban classification", "rural"),
        ("Asylum status", "migrants"),
        ("Sex workers", "sex_workers"),
        ("Long Term Condition Status", None),
        ("Presenting Complaint", None),
        ("Percentage", None),
        ("Waiting Time", None),
        ("Stage", None),
        ("", None),
    ],
)
def test_a_heading_is_recognised_or_left_alone(heading: str, code: str | None) -> None:
    found = recognise(heading)
    assert (found.code if found else None) == code


def test_only_ages_and_deprivation_have_an_order_of_their_own() -> None:
    assert {one.code for one in CHARACTERISTICS if one.ordered} == {"age", "deprivation"}
    assert is_ordered("Age Band")
    assert not is_ordered("Ethnicity")
    assert not is_ordered("Waiting Time")


def test_the_act_names_nine_and_marriage_counts_for_the_first_aim_only() -> None:
    assert len(PROTECTED) == 9
    assert all(one.protected for one in PROTECTED)
    assert {one.code: one.psed_aims for one in PROTECTED if one.psed_aims != tuple(AIMS)} == {"marriage": (1,)}
    assert not any(one.psed_aims for one in (*OTHERS, *INCLUSION_HEALTH))
    assert {one.part_of for one in INCLUSION_HEALTH} == {"inclusion_health"}


def test_codes_are_told_apart_and_found_again() -> None:
    codes = [one.code for one in CHARACTERISTICS]
    assert len(set(codes)) == len(codes)
    assert all(characteristic(code).code == code and characteristic(code).prompt.endswith("?") for code in codes)
    with pytest.raises(ValueError, match="no characteristic"):
        characteristic("star sign")
