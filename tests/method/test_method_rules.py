"""The rules of the method: what the checks teach, what the law leaves out, in which order groups stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.dates import british, parse_day
from amhe_tui.method.choices import ChallengeKind, Choice, NominalStage, label_of
from amhe_tui.method.equality_impact import GRID, PRINCIPLES, grid_row, missing_rows
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.guidance import guidance_for
from amhe_tui.method.nominal_group import (
    SECRECY,
    STAGES,
    guide_to,
    letter,
    next_stage,
    previous_stage,
    question_advice,
    size_advice,
    suggested_places,
)
from amhe_tui.method.privacy import is_nhs_number, warnings_in
from amhe_tui.method.progress import next_thing
from amhe_tui.method.smart import check_goal
from amhe_tui.method.steps import SUB_STEPS
from amhe_tui.method.workshop import PARTS as WORKSHOP
from amhe_tui.text import clean, one_line, shorten
from store.records import all_records

TODAY = date(2026, 11, 23)
SEED = {
    "1A": {"population", "assets", "usage", "experience", "outcomes", "breakdown"},
    "1B": {
        "focus_groups",
        "surveys",
        "community_groups",
        "other_services",
        "accessible",
        "distrust",
        "language",
        "information",
        "capture",
    },
    "2A": {"ask_community", "positive_practice", "evidence_base", "local_initiatives"},
    "2B": {"nominal_group", "quality_improvement", "lived_experience"},
    "2C": {"immediate", "small_changes", "horizons", "views"},
    "3A": {"smart", "resourcing", "timeframes", "eia"},
    "3B": {"accessible_places", "choice", "training", "online", "collaboration", "governance"},
    "4A": {"prems", "proms", "self_assessment", "access_data", "dashboard", "benchmarking"},
    "4B": {"feedback_people", "equal_fair", "staff_feedback", "staff_training", "staff_survey"},
    "4C": {"lived_review", "commissioning", "gaps_needs"},
}


@pytest.mark.parametrize("sub_step", [one.code for one in SUB_STEPS])
def test_guidance_answers_every_point_of_the_resource(sub_step: str) -> None:
    found = guidance_for(sub_step)
    assert set(found.covers) >= SEED[sub_step]
    assert found.why
    assert min(len(found.how), len(found.prompts), len(found.pitfalls)) >= 2
    assert not any(sign in " ".join((found.why, *found.how, *found.prompts, *found.pitfalls)) for sign in "[]")


def test_there_are_ten_sub_steps_eight_challenges_and_ninety_minutes() -> None:
    assert [one.code for one in SUB_STEPS] == list(SEED)
    assert len(ChallengeKind) == 8
    assert sum(part.minutes for part in WORKSHOP) == 90
    with pytest.raises(ValueError, match="no sub-step"):
        guidance_for("5A")


def test_marriage_counts_for_the_first_aim_only() -> None:
    assert grid_row("marriage").aims == (1,)
    assert [row.code for row in GRID if row.protected and row.aims != (1, 2, 3)] == ["marriage"]
    assert sum(row.protected for row in GRID) == 9
    assert len(PRINCIPLES) == 6
    assert grid_row("from a newer program").label == "from a newer program"


def test_a_row_needs_an_answer_evidence_and_for_harm_a_remedy() -> None:
    rows = [
        {"characteristic": "age", "impact": "positive", "evidence": "asked"},
        {"characteristic": "sex", "impact": "", "evidence": "asked"},
        {"characteristic": "race", "impact": "neutral", "evidence": ""},
        {"characteristic": "disability", "impact": "negative", "evidence": "asked", "mitigation": ""},
    ]
    assert missing_rows(rows) == ["Sex", "Race", "Disability"]


WHOLE = {
    "title": "From 46 to 50 in 100",
    "group": "Black adults",
    "comparison_group": "White adults",
    "baseline": 46.4,
    "baseline_lower": 45.5,
    "baseline_upper": 47.2,
    "target": 50.0,
    "direction": "up",
    "unit": "%",
    "indicator_id": "recovery.percentage",
    "measure": "recovered",
    "resources": "two posts",
    "who_gains": "90 people",
    "who_might_lose": "nobody's wait may grow; waits are watched by group",
    "start": "2027-01-01",
    "due": "2028-03-31",
    "owner": "AB",
    "lived_experience_sponsor": "P4",
    "finding_id": "f",
    "priority_id": "p",
    "state": "draft",
}


def test_a_whole_goal_gets_no_advice_and_a_blank_one_gets_all_letters() -> None:
    assert check_goal(WHOLE, today=TODAY) == ()
    advice = check_goal({"title": "Improve recovery"}, today=TODAY)
    assert {one.letter for one in advice} == set("SMART")
    assert all(one.reason and one.example for one in advice)
    assert "improve" in next(one.reason for one in advice if one.field == "statement").lower()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"target": 47.0}, "target", "chance alone"),
        ({"target": 40.0}, "target", "wrong way"),
        ({"target": 46.4}, "target", "nothing would have to change"),
        ({"direction": "down"}, "target", "wrong way"),
        ({"due": "2026-12-01"}, "due", "before it starts"),
        ({"start": "2025-01-01", "due": "2026-01-01"}, "due", "has passed"),
        ({"indicator_id": ""}, "indicator_id", "draw it"),
        ({"confidence": 3}, "confidence", "start smaller"),
        ({"finding_id": None}, "finding_id", "thread"),
    ],
)
def test_each_weakness_is_named_with_its_reason(changed: dict[str, object], field: str, said: str) -> None:
    advice = check_goal({**WHOLE, **changed}, today=TODAY)
    assert [one.field for one in advice] == [field]
    assert said in advice[0].reason


def test_deprivation_runs_from_most_to_least_whichever_way_it_is_numbered() -> None:
    monthly = ["01 Most deprived", "02 More deprived", "06 Less deprived", "10 Least deprived"]
    annual = ["01 Least deprived", "02 Less deprived", "09 More deprived", "10 Most deprived"]
    assert in_fixed_order("IMD Decile", monthly[::-1]) == monthly
    assert in_fixed_order("Indices of Deprivation Decile", annual) == annual[::-1]


def test_ages_and_ethnic_groups_stand_in_the_order_of_their_lists() -> None:
    ages = ["Under 18", "18 to 25", "26 to 64", "65 to 74", "75 to 89", "90 and over"]
    assert in_fixed_order("Age Group", sorted(ages)) == ages
    groups = ["White", "Mixed", "Asian or Asian British", "Black or Black British", "Other Ethnic Groups"]
    assert in_fixed_order("Ethnic Group", sorted(groups)) == groups
    assert in_fixed_order("Religion", ["Other", "Sikh", "Buddhist"]) == ["Buddhist", "Sikh", "Other"]


def test_stages_follow_each_other_and_the_ends_hold() -> None:
    assert [guide.stage for guide in STAGES] == list(NominalStage)
    assert next_stage("welcome") == NominalStage.SILENT
    assert previous_stage("welcome") == NominalStage.WELCOME
    assert next_stage("closed") == NominalStage.CLOSED
    assert guide_to("unheard of").stage == NominalStage.WELCOME
    assert [guide.stage for guide in STAGES if guide.votes] == [NominalStage.VOTE, NominalStage.FINAL_VOTE]
    assert "watches the screen" in SECRECY[1]


@given(st.integers(0, 5000))
def test_every_idea_has_a_letter_of_its_own(number: int) -> None:
    assert letter(number) != letter(number + 1)
    assert [letter(one) for one in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(st.integers(1, 100))
def test_nobody_is_asked_to_rank_more_than_there_is(ideas: int) -> None:
    assert 1 <= suggested_places(ideas) <= min(5, ideas)


def test_advice_on_question_and_size() -> None:
    assert question_advice("What would help people to come?") == []
    assert len(question_advice("Should we open late and hire staff")) == 3
    assert size_advice(7) == ""
    assert "tell how somebody voted" in size_advice(3)
    assert "tables" in size_advice(12)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("write to jo.bloggs@example.org", "e-mail"),
        ("I live at SE5 8AF", "postcode"),
        ("ring me on 07700 900123", "telephone"),
        ("my NHS number is 943 476 5919", "NHS number"),
        ("born on 3/4/1980", "date of birth"),
        ("my name is Amina", "name"),
    ],
)
def test_what_may_tell_who_somebody_is_is_pointed_out(words: str, kind: str) -> None:
    assert kind in " ".join(warnings_in(words))


def test_ordinary_words_and_a_wrong_check_digit_are_left_alone() -> None:
    assert warnings_in("The clinic is two buses away and shuts at 5, 10 minutes before I finish.") == []
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 Dec 2026", "2026-12-03"),
        ("3rd December 2026", "2026-12-03"),
        ("3/12/26", "2026-12-03"),
        ("2026-12-03", "2026-12-03"),
        ("Feb 2028", "2028-02-29"),
        ("Dec 2026", "2026-12-31"),
        ("3 jan", "2027-01-03"),
        ("today", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("in 3 months", "2027-02-23"),
        ("", ""),
    ],
)
def test_dates_are_read_as_people_here_write_them(written: str, meant: str) -> None:
    assert parse_day(written, TODAY) == meant


@pytest.mark.parametrize("written", ["31 Feb 2026", "the 45th", "13/13/2026", "3 foo 2026"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any reason will do
        parse_day(written, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_shown_is_a_date_read(day: date) -> None:
    assert parse_day(british(day.isoformat()), TODAY) == day.isoformat()


@given(st.text())
def test_cleaned_text_holds_nothing_that_commands_a_terminal(text: str) -> None:
    found = clean(text)
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in found)
    assert not any(
        0x7F <= ord(sign) <= 0x9F or sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069" for sign in found
    )
    assert clean(found) == found
    assert "\n" not in one_line(text)
    assert len(shorten(text, 10)) <= 10


def test_letters_of_every_script_and_joined_emoji_stay() -> None:
    for words in ("שלום", "مرحبا", "ਸਤ ਸ੍ਰੀ", "👩‍👩‍👧", "[/b] $nosuch [@click=app.quit]x[/]"):
        assert clean(words) == words


def test_home_says_what_comes_next() -> None:
    assert next_thing({}, {}).table == "population"
    assert next_thing({}, {"goal_without_assessment": ["g"]}).record_id == "g"
    everything = dict.fromkeys(all_records(), 1)
    assert next_thing(everything, {"promise_open": ["f"]}).table == "feedback"
    assert next_thing(everything, {}).sub_step == "4C"


def test_a_code_from_a_newer_program_is_shown_as_it_is() -> None:
    assert label_of(ChallengeKind, "distrust") == "Distrust in services"
    assert label_of(ChallengeKind, "new") == "new"
    assert issubclass(ChallengeKind, Choice)
