"""What each stage of a nominal group allows, and what makes a good question."""

from __future__ import annotations

import pytest

from amhe_tui.method.choices import NominalStage
from amhe_tui.method.nominal_group import guide_to, question_advice


@pytest.mark.parametrize(
    ("stage", "adds", "merges", "votes"),
    [
        (NominalStage.WELCOME, False, False, False),
        (NominalStage.SILENT, False, False, False),
        (NominalStage.ROUND_ROBIN, True, True, False),
        (NominalStage.CLARIFY, True, True, False),
        (NominalStage.VOTE, False, False, True),
        (NominalStage.DISCUSS, False, False, False),
        (NominalStage.FINAL_VOTE, False, False, True),
        (NominalStage.CLOSED, False, False, False),
    ],
)
def test_each_stage_allows_its_own(stage: str, adds: bool, merges: bool, votes: bool) -> None:
    guide = guide_to(stage)
    assert (guide.adds_ideas, guide.merges, guide.votes) == (adds, merges, votes)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What would help people to come", "question mark"),
        ("Should we open later?", "yes or no"),
        ("What helps and what hinders?", "two things"),
        ("What helps? What hinders?", "two things"),
        ("What, don’t you think, would help?", "suggests"),
        ("What " + "very " * 30 + "small thing would help?", "longer"),
    ],
)
def test_a_question_is_advised_on_one_thing_at_a_time(question: str, said: str) -> None:
    (advice,) = question_advice(question)
    assert said in advice


def test_no_question_gets_no_advice() -> None:
    assert question_advice("  ") == []
