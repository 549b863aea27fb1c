from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.groups.labels import (
    Scheme,
    age_band,
    best_scheme,
    characteristic_of_labels,
    foreign_labels,
    free_list,
    is_unknown,
    level_of,
    levels_of,
    read_label,
    same_group,
    scheme,
    scheme_title,
    schemes,
)

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "ethnicity_2001_16plus1.csv"
CENSUS = "Asian, Asian British or Asian Welsh"
MONTHLY = ["01 Most deprived", "02 More deprived", "05 More deprived", "06 Less deprived", "10 Least deprived"]
ANNUAL = ["01 Least deprived", "02 Less deprived", "05 Less deprived", "06 More deprived", "10 Most deprived"]
HEADINGS = {
    "race": "Ethnic Group",
    "sex": "Gender",
    "gender_reassignment": "Gender identity",
    "deprivation": "IMD",
    "religion": "Religion",
    "sexual_orientation": "Sexual Orientation",
    "disability": "Disability",
    "age": "Age Group",
}


@pytest.mark.parametrize(
    ("heading", "label", "standard", "level", "parent"),
    [
        ("Ethnic Group", "White: Irish", "Irish", "detailed", "White"),
        ("Ethnic Group", "White - British", "British", "detailed", "White"),
        ("Ethnic Group", "WHITE BRITISH", "British", "detailed", "White"),
        ("Ethnic Group", "A - White British", "British", "detailed", "White"),
        ("Ethnic Group", "a1", "British", "detailed", "White"),
        ("Ethnic Group", "CA", "Any other White background", "detailed", "White"),
        ("Ethnic Group", "99", "Not known", "unknown", ""),
        ("Ethnic Group", "Z", "Not stated", "unknown", ""),
        ("Ethnic Group", "Irish2", "Irish", "detailed", "White"),
        ("Ethnic Group", "Indian [note 3]", "Indian", "detailed", "Asian or Asian British"),
        ("ethnic_group", "White: Total", "White", "broad", ""),
        ("ethnic_group", "African: Total", "African", "broad", ""),
        ("ethnic_group", f"{CENSUS}: Chinese", "Chinese", "detailed", CENSUS),
        ("ethnic_group", f"{CENSUS}: Bangladeshi", "Bangladeshi", "detailed", CENSUS),
        ("ethnic_group", "White: Roma", "Roma", "detailed", "White"),
        ("BME Group", "White British", "White British", "broad", ""),
        ("BME Group", "BME", "All other ethnic groups", "broad", ""),
        ("Religion", "Baha`i", "Baha'i", "broad", ""),
        ("Religion", "Christian staff", "Christian", "broad", ""),
        ("Disability Type", "01 Behaviour and Emotional", "Behaviour and Emotional", "broad", ""),
        ("Gender", "Indeterminate (unable to be classified as male or female)", "Indeterminate", "broad", ""),
        ("Sexual Orientation Type", "Bi-sexual", "Bisexual", "broad", ""),
        ("IMD Decile", "10 Most deprived", "Decile 1 (most deprived)", "broad", ""),
        ("IMD Decile", "01 Most deprived", "Decile 1 (most deprived)", "broad", ""),
        ("IMD Decile", "09 More deprived", "Decile 2 from the most deprived", "broad", ""),
        ("IMD Quintile", "05 Least deprived", "Quintile 5 (least deprived)", "broad", ""),
        ("Age", "Aged 16 to 24 years", "16 to 24", "broad", ""),
    ],
)
def test_a_label_is_read_however_it_is_worded(heading: str, label: str, standard: str, level: str, parent: str) -> None:
    found = read_label(heading, label)
    assert found is not None
    assert (found.label, found.level, found.parent) == (standard, level, parent)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Ethnic Group", "02 Less deprived"),
        ("Ethnic Group", "NA"),
        ("Ethnic Group", "Northmere"),
        ("IMD Decile", "03"),
        ("IMD Decile", "16 to 17"),
        ("Gender", "White"),
        ("Age", "29-56 days"),
    ],
)
def test_what_no_list_knows_is_not_guessed(heading: str, label: str) -> None:
    assert read_label(heading, label) is None


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.id)
def test_every_list_reads_its_own_labels_aliases_and_codes(one: Scheme) -> None:
    heading = HEADINGS[one.characteristic]
    for group in one.groups:
        for wording in (group.label, *group.aliases, *group.also, group.label.upper(), f" {group.label}. "):
            if one.characteristic != "age" or wording != f" {group.label}. ":
                found = read_label(heading, wording, one.id)
                assert found is not None, wording
                assert (found.level, found.parent) == (group.level, group.parent), wording
        if group.parent:
            assert one.group(group.parent).level == "broad"
            found = read_label(heading, f"{group.parent}: {group.label}", one.id)
            assert found is not None
            assert found.label == group.label
        if group.code and not one.parts:
            found = read_label(heading, group.code, one.id)
            assert found is not None
            assert found.label == group.label
    assert len({group.label for group in one.groups}) == len(one.groups)
    assert [group.order for group in one.groups] == list(range(len(one.groups)))


def test_the_nhs_list_agrees_with_the_table_beside_the_checkout() -> None:
    rows = list(csv.DictReader(VECTORS.open(encoding="utf-8"))) if VECTORS.exists() else []
    own = [{"code": "R", "label": "Chinese", "group_5": "Other Ethnic Groups"}, {"code": "99", "label": "Not known", "group_5": "Not known"}]  # fmt: skip
    for row in rows or own:
        found = read_label("Ethnicity", row["code"], "ethnicity_nhs_2001")
        assert found is not None
        assert (found.label, found.parent or found.label) == (row["label"], row["group_5"])


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("All people", "total"),
        ("Total", "total"),
        ("Persons", "total"),
        ("All usual residents", "total"),
        ("All ages", "total"),
        ("Both sexes", "total"),
        ("Total: All usual residents", "total"),
        ("Not stated", "unknown"),
        ("Prefer not to say", "unknown"),
        ("I would prefer not to say", "unknown"),
        ("Does not apply", "unknown"),
        ("Not answered", "unknown"),
        ("Missing/invalid", "unknown"),
        ("Not stated/Not known/Invalid", "unknown"),
        ("UNKNOWN", "unknown"),
        ("No Code Recorded", "unknown"),
        ("All other ethnic groups", "broad"),
        ("White: Total", "broad"),
    ],
)
@pytest.mark.parametrize("heading", ["Ethnicity", "Something else"])
def test_totals_and_people_not_known_are_told_from_groups(heading: str, label: str, level: str) -> None:
    assert level_of(heading, label) == (level, "")


def test_a_bare_chinese_has_no_broad_group_because_the_lists_differ() -> None:
    assert level_of("Ethnicity", "Chinese") == ("detailed", "")
    assert level_of("Ethnicity", "Pakistani") == ("detailed", "Asian or Asian British")
    assert level_of("Ethnicity", "White and Asian")[0] == "detailed"
    assert level_of("Waiting Time", "First treatment: over 90 days") == ("detailed", "First treatment")


def test_groups_that_part_people_once_are_all_broad() -> None:
    nine = ["White British", "White Other", "Black", "Indian", "Pakistani or Bangladeshi", "Chinese", "Mixed", "Other", "Total"]  # fmt: skip
    assert {level for label, (level, _) in levels_of("Race", nine).items() if label != "Total"} == {"broad"}
    assert levels_of("Race", ["White", "White: Irish", "Black"])["White: Irish"] == ("detailed", "White")
    assert levels_of("Race", ["Irish", "Indian"])["Irish"][0] == "detailed"


@pytest.mark.parametrize(
    ("heading", "labels", "best"),
    [
        ("IMD Decile", MONTHLY, "imd_decile_most_first"),
        ("Indices of Deprivation Decile", ANNUAL, "imd_decile_least_first"),
        ("IMD Quintile", ["01 Most deprived", "02", "03", "04", "05 Least deprived"], "imd_quintile_most_first"),
        ("IMD Decile", [str(number) for number in range(1, 11)], ""),
        ("IMD Core20", ["Most deprived quintile", "Other 4 quintiles", "UNKNOWN"], "imd_core20"),
        ("Age Group", ["Under 18", "18 to 25", "26 to 64", "65 to 74", "75 to 89", "90 and over"], "age_talking_therapies"),
        ("Age", ["15 and under", "16 to 17", "18 to 34", "65 and over"], "age_bands"),
        ("Ethnicity", ["White", "Mixed", "Asian or Asian British", "Black or Black British", "Other Ethnic Groups"], "ethnicity_nhs_broad"),
        ("Ethnicity", ["White: Irish", f"{CENSUS}: Chinese", "White: Roma", "Other ethnic group: Arab"], "ethnicity_census_2021"),
        ("Ethnicity", ["British", "Irish", "Any other White background", "Chinese", "Indian"], "ethnicity_nhs_2001"),
        ("Gender", ["Male", "Female", "Non-binary", "Other", "Not stated"], "gender_identity"),
        ("Sex", ["Female", "Male"], "sex"),
        ("Religion", ["No religion", "Christian", "Other religion"], "religion_census_2021"),
        ("Religion", ["Jain", "Pagan", "Other", "None"], "religion_nhs"),
        ("Agency", ["North", "South"], ""),
        ("Ethnicity", ["North", "South", "White"], ""),
        ("Ethnicity", [], ""),
    ],
)  # fmt: skip
def test_the_list_that_fits_a_column_is_found(heading: str, labels: list[str], best: str) -> None:
    assert best_scheme(heading, labels) == best
    assert best_scheme(heading, [*labels[::-1], "Total", "Not stated"]) == best
    assert not best or (scheme_title(best) and scheme_title(best) != best)


def test_labels_foreign_to_their_heading_are_found_and_no_others() -> None:
    mixed = ["Female", "Non-binary", "Other", "All genders", "Missing", "02 Less deprived", "10 Most deprived", "Male"]
    assert foreign_labels("IMD", mixed) == ["Female", "Non-binary", "Male"]
    assert foreign_labels("Ethnicity", ["White", "02 Less deprived", "Other", "18 to 25"]) == [
        "02 Less deprived",
        "18 to 25",
    ]
    assert foreign_labels("Agency", ["Male", "White"]) == []


@pytest.mark.parametrize("one", schemes(), ids=lambda one: one.id)
def test_no_list_holds_labels_foreign_to_itself(one: Scheme) -> None:
    assert foreign_labels(HEADINGS[one.characteristic], [group.label for group in one.groups]) == []


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        (["Male", "Female", "Persons"], "sex"),
        (["White", "Black", "Asian", "Mixed", "Other"], "race"),
        (["0-4", "5-9", "10-14", "15-19", "90+"], "age"),
        (["16", "17", "18 to 19", "20 to 24"], "age"),
        (MONTHLY, "deprivation"),
        (["Christian staff", "Hindu staff", "No religion", "I would prefer not to say"], "religion"),
        (["Heterosexual", "Gay/Lesbian", "Bi-sexual"], "sexual_orientation"),
        (["02 Hearing", "03 Manual Dexterity", "09 Sight"], "disability"),
        (["1", "2", "3", "4"], ""),
        (["1-5", "6-10", "11-15"], ""),
        (["Yes", "No"], ""),
        (["Other", "None", "Total"], ""),
        (["Male"], ""),
        (["North West", "London", "South East"], ""),
        (["29-56 days", "57-90 days"], ""),
        ([], ""),
    ],
)
def test_a_column_is_told_by_its_labels_alone(labels: list[str], code: str) -> None:
    assert characteristic_of_labels(labels) == code


@pytest.mark.parametrize(
    ("label", "band"),
    [
        ("18 to 25", (18, 25)), ("0-4", (0, 4)), ("90+", (90, None)), ("90 and over", (90, None)), ("Under 18", (0, 17)), ("Aged 16 to 24 years", (16, 24)),
        ("65 or over", (65, None)), ("16", (16, 16)), ("15 and under", (0, 15)), ("over 65s", (66, None)), ("<18", (0, 17)), (">=65", (65, None)),
        ("Adults (18+)", (18, None)), ("18 to under 25", (18, 24)), ("Aged 4 years and under", (0, 4)), ("16 – 29", (16, 29)), ("29-56 days", None),
        ("2017-18", None), ("25-18", None), ("", None), ("All ages", None), ("<6 weeks", None), ("Decile 3", None),
    ],
)  # fmt: skip
def test_ages_are_read_into_their_bounds(label: str, band: tuple[int, int | None] | None) -> None:
    assert age_band(label) == band


@given(st.integers(0, 99), st.integers(1, 30), st.sampled_from(["{} to {}", "{}-{}", "Aged {} to {} years", "{} – {}"]))
def test_every_way_to_write_a_band_gives_its_bounds(lower: int, wide: int, way: str) -> None:
    assert age_band(way.format(lower, lower + wide)) == (lower, lower + wide)


@given(st.sampled_from([*HEADINGS.values(), "Something"]), st.text(max_size=40))
def test_any_text_at_all_gets_an_answer(heading: str, label: str) -> None:
    level, parent = level_of(heading, label)
    assert level in ("broad", "detailed", "total", "unknown")
    assert not parent or level == "detailed"
    found = read_label(heading, label)
    assert found is None or found.level == level
    assert level != "unknown" or is_unknown(label) or found is not None


@given(st.lists(st.text(max_size=20) | st.sampled_from([*MONTHLY, "Male", "White", "18 to 25", "Sikh"])))
def test_columns_of_anything_are_looked_at_without_failing(labels: list[str]) -> None:
    code = characteristic_of_labels(labels)
    assert code == characteristic_of_labels(labels[::-1])
    for heading in HEADINGS.values():
        assert set(foreign_labels(heading, labels)) <= set(labels)
        identity = best_scheme(heading, labels)
        assert identity in ("", "age_bands") or scheme(identity).id == identity


def test_one_group_is_known_in_two_wordings() -> None:
    assert same_group("Ethnicity", "Asian", CENSUS)
    assert same_group("Ethnicity", "White British", "White: English, Welsh, Scottish, Northern Irish or British")
    assert same_group("IMD Decile", "01 Most deprived", "10 Most deprived")
    assert same_group("Age", "Under 18", "0-17")
    assert not same_group("Ethnicity", "Asian", "Chinese")
    assert not same_group("IMD Decile", "02 More deprived", "02 Less deprived")


def test_a_programme_makes_a_list_of_its_own() -> None:
    own = free_list("Housing", ["Own home", "Hostel", "Hostel: for women", "Not known", "Total"])
    assert [(group.label, group.level, group.parent) for group in own.groups] == [
        ("Own home", "broad", ""),
        ("Hostel", "broad", ""),
        ("Hostel: for women", "detailed", "Hostel"),
        ("Not known", "unknown", ""),
    ]
    found = own.find("own HOME")
    assert found is not None
    assert found.label == "Own home"
    with pytest.raises(ValueError, match="twice"):
        free_list("Housing", ["Hostel", "hostel"])
    with pytest.raises(ValueError, match="at least one"):
        free_list("Housing", ["Total"])


def test_a_list_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no code list"):
        scheme("ethnicity_1801")
