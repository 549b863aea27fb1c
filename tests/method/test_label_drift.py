from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.groups.drift import drifted, drifted_organisations

DATA = Path(__file__).parents[3] / "shared" / "data"
LABEL = st.text(alphabet="abcABC 019-/.,'<>+", min_size=1, max_size=12)


def test_labels_that_differ_in_writing_are_offered_and_others_left_alone() -> None:
    joins = drifted(
        {
            "2021-22": ["Any Other White Background", "Bi-sexual", "<6 weeks", "1-12", "Generalised anxiety"],
            "2022-23": ["Any other White background", "Bisexual", ">6 weeks", "11-2", "Generalized anxiety"],
        }
    )
    assert [(one.labels, one.quality) for one in joins] == [
        (("Any Other White Background", "Any other White background"), "exact"),
        (("Bi-sexual", "Bisexual"), "exact"),
    ]
    assert joins[0].sources == (("2021-22",), ("2022-23",))
    assert "capital letters." in joins[0].reason
    assert "punctuation" in joins[1].reason


def test_two_writings_in_one_source_may_be_two_groups() -> None:
    (join,) = drifted({"2022": ["OTHER", "Other"], "2023": ["Other"]})
    assert join.quality == "lossy"
    assert "2022" in join.reason


@pytest.mark.parametrize("folder", [DATA] if (DATA / "answers.json").exists() else [])
def test_exactly_the_pairs_of_a_real_file_are_found(folder: Path) -> None:
    name = "nhstt_annual_england_2017-22.csv"
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))[name]
    wanted = next(one["answer"] for one in answers if "letter case" in one["question"])
    by_year: dict[str, set[str]] = defaultdict(set)
    with (folder / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_year[row["reporting_period"]] |= {row["variable_type"], row["variable_a"], row["variable_b"]}
    joins = drifted(by_year)
    assert [list(one.labels) for one in joins] == wanted
    assert {one.quality for one in joins} == {"exact"}


def test_commissioners_that_changed_their_kind_are_offered_with_care() -> None:
    (whole,) = drifted(
        {"2021": ["NHS Northmere CCG", "NHS Southmere CCG"], "2023": ["NHS NORTHMERE INTEGRATED CARE BOARD"]}
    )
    assert whole.quality == "broader"
    assert "board" in whole.reason
    (part,) = drifted({"2021": ["NHS Northmere CCG"], "2023": ["NHS Northmere ICB - 99Z", "NHS Westmere ICB - 98Z"]})
    assert part.quality == "lossy"
    assert part.labels == ("NHS Northmere CCG", "NHS Northmere ICB - 99Z")
    assert drifted({"2021": ["NHS Northmere CCG"], "2023": ["Northmere Hospital"]}) == ()


def test_organisations_are_followed_by_code_and_by_name() -> None:
    joins = drifted_organisations(
        {
            "2021": [
                ("99Z", "NHS Northmere CCG"),
                ("X1", "Northmere Trust"),
                ("X3", "Hill Trust"),
                ("X5", "Lake House"),
            ],
            "2023": [
                ("99Z", "NHS Mere ICB - 99Z"),
                ("X2", "Northmere Trust"),
                ("X3", "HILL TRUST"),
                ("X5", "Sea House"),
            ],
        }
    )
    assert {one.labels: one.quality for one in joins} == {
        ("99Z NHS Mere ICB - 99Z", "99Z NHS Northmere CCG"): "exact",
        ("X1 Northmere Trust", "X2 Northmere Trust"): "lossy",
        ("X3 HILL TRUST", "X3 Hill Trust"): "exact",
        ("X5 Lake House", "X5 Sea House"): "broader",
    }


def test_two_of_one_name_side_by_side_are_no_drift() -> None:
    both = [("X1", "Park Surgery"), ("X2", "Park Surgery")]
    assert drifted_organisations({"2021": both, "2023": both}) == ()


@given(st.dictionaries(st.sampled_from(["2021", "2022", "2023"]), st.lists(LABEL)))
def test_nothing_is_joined_twice_by_its_writing_or_out_of_nothing(labels: dict[str, list[str]]) -> None:
    joins = drifted(labels)
    seen = [label for one in joins for label in one.labels]
    assert len(seen) == len(set(seen))
    for one in joins:
        assert len(one.labels) == len(one.sources) > 1
        for label, sources in zip(one.labels, one.sources, strict=True):
            assert all(label in labels[source] for source in sources)


@given(st.lists(LABEL, unique_by=str.casefold))
def test_one_source_alone_drifts_only_by_punctuation(labels: list[str]) -> None:
    assert all("capital letters." not in one.reason for one in drifted({"2021": labels}))
