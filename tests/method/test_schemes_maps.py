from __future__ import annotations

import csv
import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.groups.labels import scheme, schemes
from amhe_tui.method.groups.lists import Scheme
from amhe_tui.method.groups.mapping import NOT_KNOWN, Link, map_labels, regroup

DATA = Path(__file__).parents[3] / "shared" / "data"
NORTHMERE = {
    "White: English, Welsh, Scottish, Northern Irish or British": 700.0,
    "White: Irish": 10.0,
    "White: Gypsy or Irish Traveller": 3.0,
    "White: Roma": 2.0,
    "White: Other White": 35.0,
    "Asian, Asian British or Asian Welsh: Chinese": 20.0,
    "Asian, Asian British or Asian Welsh: Indian": 50.0,
    "Asian, Asian British or Asian Welsh: Other Asian": 15.0,
    "Other ethnic group: Arab": 7.0,
    "Other ethnic group: Any other ethnic group": 8.0,
}


def ways() -> list[tuple[Scheme, Scheme, tuple[Link, ...]]]:
    found: list[tuple[Scheme, Scheme, tuple[Link, ...]]] = []
    for one, other in product(schemes(), schemes()):
        try:
            found.append((one, other, map_labels(one.id, other.id)))
        except ValueError:
            continue
    return found


def test_every_link_leads_from_a_group_to_groups_of_the_lists_and_says_what_it_costs() -> None:
    for one, other, links in ways():
        assert len({link.source for link in links}) == len(links), (one.id, other.id)
        for link in links:
            assert one.group(link.source).level in ("broad", "detailed")
            assert all(other.group(target).level in ("broad", "detailed") for target in link.targets)
            assert link.quality == "exact" or link.quality == "broader" or link.sentence, (one.id, other.id, link)
            assert len(link.targets) == 1 or link.quality == "lossy"
            assert not link.sentence or link.sentence.endswith(".")
    assert len(ways()) > len(schemes()) + 20


def test_lists_of_ethnic_groups_have_no_group_that_cannot_be_carried_over() -> None:
    for one, other, links in ways():
        if one.characteristic == "race" and one.id != "ethnicity_scotland_2022":
            details = {group.label for group in one.groups if group.level == "detailed"}
            assert not details or details <= {link.source for link in links}, (one.id, other.id)


def test_an_exact_link_is_the_only_one_into_its_group() -> None:
    for one, other, links in ways():
        for link in links:
            level = one.group(link.source).level
            beside = [two for two in links if two.target == link.target and one.group(two.source).level == level]
            assert link.quality != "exact" or len(beside) == 1, (one.id, other.id, link)


def test_chinese_goes_to_other_and_gypsy_and_roma_to_other_white_in_a_table_of_northmere() -> None:
    broad = regroup(NORTHMERE, "ethnicity_census_2021", "ethnicity_nhs_broad")
    assert broad.values == {"White": 750, "Asian or Asian British": 65, "Other Ethnic Groups": 35}
    assert broad.quality == "broader"
    assert any("Chinese" in note for note in broad.notes)
    detailed = regroup(NORTHMERE, "ethnicity_census_2021", "ethnicity_nhs_2001")
    assert detailed.values["Any other White background"] == 40
    assert detailed.values["Chinese"] == 20
    assert detailed.values["Any other ethnic group"] == 15
    assert regroup(NORTHMERE, "ethnicity_census_2021", "ethnicity_census_broad").values["Asian, Asian British or Asian Welsh"] == 85  # fmt: skip


@pytest.mark.parametrize("folder", [DATA] if (DATA / "answers.json").exists() else [])
def test_the_census_counts_of_a_city_come_out_as_the_nhs_would_group_them(folder: Path) -> None:
    name = "census2021_ethnic_group_la_gm.csv"
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))[name]
    wanted = next(one["answer"] for one in answers if "excl. Chinese" in one["question"])
    with (folder / name).open(encoding="utf-8") as file:
        counts = {
            row["ethnic_group"]: float(row["value"]) for row in csv.DictReader(file) if row["area_name"] == "Manchester"
        }
    found = regroup(counts, "ethnicity_census_2021", "ethnicity_nhs_broad").values
    assert [found["Asian or Asian British"], found["Other Ethnic Groups"]] == wanted
    assert sum(value or 0 for value in found.values()) == sum(counts.values())


def test_one_to_many_is_never_split() -> None:
    found = regroup({"C": 100, "A": 50}, "ethnicity_nhs_2001", "ethnicity_census_2021")
    assert found.quality == "lossy"
    assert set(found.values.values()) == {100, 50}
    kept = next(label for label, value in found.values.items() if value == 100)
    assert "Roma" in kept
    assert "not told apart" in kept
    assert any("cannot be told apart" in note for note in found.notes)


def test_broad_groups_cannot_move_chinese_people_and_say_so() -> None:
    found = regroup({"Asian": 10, "Other": 5, "White": 80}, "ethnicity_nhs_broad", "ethnicity_census_broad")
    assert found.quality == "lossy"
    assert found.values["Asian, Asian British or Asian Welsh"] == 10


def test_missing_parts_make_the_whole_missing_and_people_not_known_stay_so() -> None:
    values = {"White: Irish": None, "White: Roma": 3, "Other ethnic group: Arab": 4, "Not stated": 6, "Total": 13}
    found = regroup(values, "ethnicity_census_2021", "ethnicity_nhs_broad")
    assert found.values == {"White": None, "Other Ethnic Groups": 4, NOT_KNOWN: 6}
    assert any("White has no number" in note for note in found.notes)
    assert any("total" in note for note in found.notes)


def test_deciles_are_turned_round_by_their_words() -> None:
    values = {"01 Least deprived": 1.0, "02 Less deprived": 2.0, "09 More deprived": 9.0, "10 Most deprived": 10.0}
    fifths = regroup(values, "imd_decile_least_first", "imd_quintile_most_first")
    assert fifths.values == {"Quintile 1 (most deprived)": 19, "Quintile 5 (least deprived)": 3}
    turned = regroup({"10": 4.0}, "imd_decile_least_first", "imd_decile_most_first")
    assert turned.values == {"Decile 1 (most deprived)": 4}
    assert any("turned round" in note for note in turned.notes)


def test_bands_of_age_go_into_wider_ones_and_never_across() -> None:
    found = regroup(
        {"Under 18": 5, "18 to 25": 2, "26 to 64": 3, "65-74": 1}, "age_talking_therapies", "age_three_bands"
    )
    assert found.values == {"Under 18": 5, "18 to 64": 5, "65 and over": 1}
    with pytest.raises(ValueError, match="no place"):
        regroup({"18 to 25": 1}, "age_talking_therapies", "age_mhsds")


@pytest.mark.parametrize(
    ("values", "source", "target", "statistic", "said"),
    [
        ({"White": 1, "White: Irish": 1}, "ethnicity_nhs_2001", "ethnicity_nhs_broad", "count", "one level"),
        ({"Irish": 1, "B": 1}, "ethnicity_nhs_2001", "ethnicity_nhs_broad", "count", "two labels"),
        ({"Martian": 1}, "ethnicity_nhs_2001", "ethnicity_nhs_broad", "count", "no group of"),
        ({"British": 0.5, "Irish": 0.4}, "ethnicity_nhs_2001", "ethnicity_nhs_broad", "percentage", "added up"),
        ({"02 Hearing": 1}, "disability_nhs", "disability_yes_no", "count", "several groups"),
        ({"Male": 1}, "sex", "religion_nhs", "count", "no way"),
        ({"Male": 1}, "sex", "unheard_of", "count", "no code list"),
    ],
)
def test_what_would_mislead_is_refused(
    values: dict[str, float | None], source: str, target: str, statistic: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        regroup(values, source, target, statistic=statistic)


def test_a_rate_that_moves_alone_is_carried_over() -> None:
    found = regroup({"White": 51.7, "Mixed": 45.0}, "ethnicity_nhs_broad", "ethnicity_census_broad", statistic="percentage")  # fmt: skip
    assert found.values == {"White": 51.7, "Mixed or Multiple ethnic groups": 45.0}
    assert found.quality == "exact"


@given(st.data())
def test_nobody_is_lost_or_made(data: st.DataObject) -> None:
    one, other, links = data.draw(st.sampled_from([way for way in ways() if not way[0].several]))
    level = data.draw(st.sampled_from(["broad", "detailed"]))
    labels = [link.source for link in links if one.group(link.source).level == level]
    if not labels:
        return
    counts = data.draw(st.dictionaries(st.sampled_from(labels), st.integers(0, 10**6), min_size=1))
    values: dict[str, float | None] = dict(counts)
    if one.parts:
        values = {one.group(label).code: value for label, value in counts.items()}
    found = regroup(values, one.id, other.id)
    assert sum(value or 0 for value in found.values.values()) == sum(counts.values())
    assert len(found.values) <= len(counts)
    assert found.notes or one.id == other.id
    assert scheme(other.id) is other
