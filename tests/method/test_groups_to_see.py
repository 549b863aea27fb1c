"""The standing list of people whom numbers miss: whole, told apart by words, and matched to what somebody else calls them."""

from __future__ import annotations

import re

import pytest

from amhe_tui.method.choices import GroupKind
from amhe_tui.method.groups_to_see import STANDING, standing_for

BY_CODE = {group.code: group for group in STANDING}


def test_the_list_is_whole_and_every_entry_can_be_acted_on() -> None:
    codes = {one.code for one in STANDING}
    assert codes >= {"homeless", "substances", "migrants", "traveller", "sex_workers", "justice", "slavery"}
    assert codes >= {"care", "veterans", "carers", "learning_disability", "autism", "trans", "digital"}
    assert codes >= {
        "drug_use",
        "alcohol",
        "long_term",
        "with_learning_disability",
        "with_autism",
        "severe",
        "perinatal",
    }
    assert len(codes) == len(STANDING) == len({one.name for one in STANDING})
    for one in STANDING:
        assert one.why.endswith(".")
        assert one.route.endswith(".")
        re.compile(one.words)
        re.compile(one.partly)
        assert one.kind in set(GroupKind)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("homeless", "Rough sleeper"),
        ("migrants", "Asylum seeker status"),
        ("traveller", "White: Gypsy or Irish Traveller"),
        ("justice", "Prison referrals"),
        ("care", "Looked after child"),
        ("veterans", "Ex-British Armed Forces"),
        ("carers", "Unpaid Carer"),
        ("learning_disability", "04 Memory or ability to concentrate, learn or understand (Learning Disability)"),
        ("autism", "Autism spectrum"),
        ("trans", "Gender identity not the same as registered at birth"),
        ("perinatal", "People in contact with specialist perinatal services"),
        ("long_term", "Long Term Condition Status"),
    ],
)
def test_words_of_data_files_show_a_group(code: str, text: str) -> None:
    assert BY_CODE[code].shown_by(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("trans", "Transport difficulties"),
        ("traveller", "Any other White background"),
        ("homeless", "Home treatment"),
        ("carers", "Career break"),
        ("autism", "No Disability"),
        ("traveller", "Romanian"),
        ("sex_workers", "Sex"),
    ],
)
def test_words_that_only_look_alike_do_not(code: str, text: str) -> None:
    assert not BY_CODE[code].shown_by(text)
    partly = BY_CODE[code].partly
    assert not (partly and re.search(partly, text, re.IGNORECASE))


def test_a_name_in_other_words_means_the_same_group() -> None:
    for name, code in (
        ("Gypsy, Roma and Traveller communities", "traveller"),
        ("Refugees, asylum seekers and other migrants", "migrants"),
        ("Homeless people and rough sleepers", "homeless"),
    ):
        assert standing_for(name, "inclusion") is BY_CODE[code]
    assert standing_for("Autistic people", "condition") is BY_CODE["autism"]
    assert standing_for("Autism and low mood", "condition") is BY_CODE["with_autism"]
    assert standing_for("Fishermen") is None
    assert standing_for("Homeless refugees", "inclusion") is None, "two groups at once are a group of their own"
