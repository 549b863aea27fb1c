"""What the goal checks teach, what an assessment lacks, and when it is late."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.method.equality_impact import (
    AIMS,
    GRID,
    LIKELIHOOD,
    PRINCIPLES,
    SEVERITY,
    absent_rows,
    aim_counts,
    blanks,
    is_late,
    late_reasons,
    missing_rows,
    unmet_principles,
)
from amhe_tui.method.smart import check_goal

TODAY = date(2026, 11, 23)
GOAL: dict[str, object] = {
    "title": "From 46 to 50 in 100",
    "group": "Black adults",
    "comparison_group": "White adults",
    "baseline": 46.4,
    "baseline_lower": 45.5,
    "baseline_upper": 47.2,
    "unit": "%",
    "target": 50.0,
    "direction": "up",
    "indicator_id": "recovery.percentage",
    "measure": "recovered",
    "resources": "two posts",
    "confidence": 7,
    "who_gains": "90 people",
    "who_might_lose": "waits of every group are watched",
    "start": "2027-01-01",
    "due": "2028-03-31",
    "owner": "AB",
    "lived_experience_sponsor": "P4",
    "finding_id": "f",
    "priority_id": "p",
    "state": "draft",
}


def _advice(**changed: object) -> list[tuple[str, str, str]]:
    return [(one.letter, one.field, one.severity) for one in check_goal({**GOAL, **changed}, today=TODAY)]


def test_a_whole_goal_gets_no_advice() -> None:
    assert _advice() == []
    assert _advice(eia_id="e") == []


@pytest.mark.parametrize(
    "field",
    [
        "group",
        "comparison_group",
        "target",
        "measure",
        "resources",
        "who_gains",
        "who_might_lose",
        "finding_id",
        "priority_id",
        "due",
        "owner",
        "lived_experience_sponsor",
    ],
)
@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_what_is_blank_is_named_once(field: str, nothing: object) -> None:
    assert [(name, severity) for _, name, severity in _advice(**{field: nothing})] == [(field, "missing")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "Supporting people better"}, "statement"),
        ({"title": "Promoting wellbeing"}, "statement"),
        ({"comparison_group": "black adults "}, "comparison_group"),
        ({"unit": ""}, "unit"),
        ({"target": 150.0}, "unit"),
        ({"direction": ""}, "direction"),
        ({"baseline": 44.0}, "baseline"),
        ({"target": 47.2}, "target"),
        ({"who_might_lose": "Nobody."}, "who_might_lose"),
        ({"who_might_lose": "n/a"}, "who_might_lose"),
        ({"due": "soon"}, "due"),
        ({"due": "2028-02-30"}, "due"),
        ({"start": "spring"}, "start"),
        ({"due": "2027-01-01"}, "due"),
        ({"confidence": 0}, "confidence"),
    ],
)
def test_what_could_be_sharper_is_hinted_at(changed: dict[str, object], field: str) -> None:
    assert [(name, severity) for _, name, severity in _advice(**changed)] == [(field, "hint")]


def test_nought_is_a_figure_and_no_figure_is_none() -> None:
    fell: dict[str, object] = {"baseline": 3.0, "baseline_lower": 1.0, "baseline_upper": 6.0, "direction": "down"}
    assert _advice(**fell, target=0) == []
    assert ("M", "target", "missing") in _advice(target=float("nan"))
    assert ("M", "baseline", "missing") in _advice(baseline=float("inf"))


def test_a_missing_assessment_is_named_only_where_it_is_asked_for() -> None:
    assert _advice(eia_id="") == [("R", "eia_id", "missing")]


def test_a_goal_that_is_done_is_not_told_that_its_day_has_passed() -> None:
    late: dict[str, object] = {"start": "2025-01-01", "due": "2026-01-01"}
    assert [name for _, name, _ in _advice(**late)] == ["due"]
    assert _advice(**late, state="achieved") == []
    assert _advice(start="2025-01-01", due=TODAY.isoformat()) == []


@given(
    st.dictionaries(
        st.sampled_from([*GOAL, "eia_id", "statement", "unheard of"]),
        st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans(),
    )
)
def test_advice_on_anything_teaches_in_the_order_of_the_letters_and_never_fails(goal: dict[str, object]) -> None:
    advice = check_goal(goal, today=TODAY)
    assert all("SMART".index(one.letter) <= "SMART".index(after.letter) for one, after in pairwise(advice))
    assert all(one.reason and one.example and one.severity in ("hint", "missing") for one in advice)


# --- the grid --------------------------------------------------------------------------------------------------------------------------------------


def test_the_grid_has_the_nine_others_and_several_at_once() -> None:
    assert [row.protected for row in GRID[:9]] == [True] * 9
    assert not any(row.protected for row in GRID[9:])
    assert GRID[-1].code == "together"
    assert [aim for aim in AIMS if aim_counts("marriage", aim)] == [1]
    assert [aim for aim in AIMS if aim_counts("race", aim)] == [1, 2, 3]
    assert [aim for aim in AIMS if aim_counts("together", aim)] == [1, 2, 3]
    assert not any(aim_counts("carers", aim) for aim in AIMS)
    assert list(SEVERITY) == list(LIKELIHOOD) == [1, 2, 3]


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ({}, ["impact", "evidence"]),
        ({"impact": "positive", "evidence": "   "}, ["evidence"]),
        ({"impact": "unknown", "evidence": "none yet; asked in March"}, []),
        ({"impact": "negative", "evidence": "asked"}, ["mitigation"]),
        ({"impact": "negative", "evidence": "asked", "mitigation": "a later bus"}, []),
        ({"impact": "neutral", "evidence": "asked", "mitigation": ""}, []),
    ],
)
def test_what_a_row_lacks_is_told_field_by_field(row: dict[str, object], fields: list[str]) -> None:
    found = blanks([{"characteristic": "race", **row}])
    assert [one.field for one in found] == fields
    assert all(one.sentence.startswith("Race: ") for one in found)
    assert missing_rows([{"characteristic": "race", **row}]) == (["Race"] if fields else [])


def test_rows_that_are_not_there_are_missed() -> None:
    assert absent_rows([{"characteristic": row.code} for row in GRID]) == []
    assert absent_rows([{"characteristic": row.code} for row in GRID if row.code != "race"]) == ["Race"]


def test_principles_not_ticked_are_named() -> None:
    ticked: dict[str, object] = {name: True for name, _ in PRINCIPLES}
    assert unmet_principles(ticked) == []
    assert unmet_principles({**ticked, "recorded": False}) == [dict(PRINCIPLES)["recorded"]]


DAY = timedelta(days=1)
BEFORE, AFTER = (TODAY - DAY).isoformat(), (TODAY + DAY).isoformat()


@pytest.mark.parametrize(
    ("assessment", "goal", "late"),
    [
        ({}, {"state": "draft"}, False),
        ({}, {"state": "agreed"}, True),
        ({}, {"state": "under_way"}, True),
        ({}, {"state": "achieved"}, True),
        ({}, {"state": "stopped", "start": BEFORE}, False),
        ({}, {"state": "draft", "start": TODAY.isoformat()}, True),
        ({}, {"state": "draft", "start": AFTER}, False),
        ({"due": BEFORE}, {"state": "draft"}, True),
        ({"due": TODAY.isoformat()}, {"state": "draft"}, False),
        ({"completed": BEFORE, "due": BEFORE}, {"state": "agreed", "start": AFTER}, False),
        ({"completed": TODAY.isoformat()}, {"state": "agreed", "start": BEFORE}, True),
        ({"completed": BEFORE, "review_due": BEFORE}, {"state": "agreed"}, True),
        ({"completed": BEFORE, "review_due": TODAY.isoformat()}, {"state": "agreed"}, False),
        ({"review_due": BEFORE}, {"state": "draft"}, False),
        ({"due": "some day"}, {"state": "draft", "start": "soon"}, False),
    ],
)
def test_an_assessment_is_late_by_its_goal_its_date_or_its_review(
    assessment: dict[str, object], goal: dict[str, object], late: bool
) -> None:
    assert is_late(assessment, goal, today=TODAY) is late
    assert all(reason.endswith(".") for reason in late_reasons(assessment, goal, today=TODAY))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 2000))
def test_what_is_late_stays_late(due: date, days: int) -> None:
    goal: dict[str, object] = {"state": "draft"}
    assert is_late({"due": due.isoformat()}, goal, today=due + timedelta(days=days))
    assert not is_late({"due": due.isoformat()}, goal, today=due - timedelta(days=days))
