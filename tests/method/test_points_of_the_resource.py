"""Every point of the resource's summary is answered by the guidance of its sub-step, in words and not by its key alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amhe_tui.method.access_needs import FOR_EVERYBODY, INFORMATION_STANDARD, NEEDS, access_need
from amhe_tui.method.challenges import CHALLENGES
from amhe_tui.method.choices import AccessNeedKind, ChallengeKind
from amhe_tui.method.facilitators import FACILITATORS, facilitators_blank
from amhe_tui.method.glossary import GLOSSARY
from amhe_tui.method.guidance import Guidance, guidance_for
from amhe_tui.method.nominal_group import OPENING, SECRECY, STAGES, VOTING_HELP
from amhe_tui.method.steps import SUB_STEPS, Step
from amhe_tui.method.thread import STAGES as THREAD
from amhe_tui.method.workshop import PARTS

# (how the point begins in the resource's summary, its key, its sub-step, words one of which the guidance has to use)
POINTS = (
    ("population and statistics", "population", "1A", "who lives here"),
    ("community assets", "assets", "1A", "assets"),
    ("data on service usage", "usage", "1A", "who uses services"),
    ("experience measures", "experience", "1A", "say of their care"),
    ("outcome measures", "outcomes", "1A", "how they fare"),
    ("", "breakdown", "1A", "Break each indicator down"),
    ("run focus groups", "focus_groups", "1B", "focus group"),
    ("distribute surveys", "surveys", "1B", "survey"),
    ("enable input from community groups", "community_groups", "1B", "community groups"),
    ("enable input from other services", "other_services", "1B", "services that work with people at risk"),
    ("make involvement accessible", "accessible", "1B", "easy and fair"),
    ("Demographic data is not always captured", "capture", "1B", "why you ask people who they are"),
    ("Data from difference sources", "amalgamation", "1A", "do not fit together"),
    ("Distrust in services", "distrust", "1B", "distrust"),
    ("Cultural and language barriers", "language", "1B", "language"),
    ("Service information is not always accessible", "information", "1B", "never heard of what is on offer"),
    ("Data can hide certain populations", "hidden", "1A", "refugees"),
    ("Data may not always be accurate", "accuracy", "1A", "accurate"),
    ("Co-occurring conditions", "co_occurring", "1A", "substance use"),
    ("", "challenges", "1B", "eight challenges"),
    ("Ask the community", "ask_community", "2A", "Ask the community"),
    ("See Methods of working with communities", "ask_community", "2A", "1B"),
    ("Identify positive practice", "positive_practice", "2A", "positive practice"),
    ("What action was taken?", "positive_practice", "2A", "how it was set up and delivered"),
    ("Services, areas or localities", "positive_practice", "2A", "what changed"),
    ("Refer to the existing evidence base", "evidence_base", "2A", "evidence"),
    ("Assess the effectiveness", "evidence_base", "2A", "does it work for people like those here"),
    ("", "local_initiatives", "2A", "being done locally"),
    ("Nominal group technique", "nominal_group", "2B", "Nominal group"),
    ("Quality improvement approaches", "quality_improvement", "2B", "Driver diagram"),
    ("", "lived_experience", "2B", "lived experience"),
    ("the immediate priorities", "immediate", "2C", "immediate"),
    ("what small changes", "small_changes", "2C", "small changes"),
    ("the short-term, medium-term", "horizons", "2C", "short, medium or long term"),
    ("", "views", "2C", "lived experience for their view"),
    ("", "smart", "3A", "SMART"),
    ("resourcing", "resourcing", "3A", "needs, and whether they are secured"),
    ("staff and facilities required", "resourcing", "3A", "staff and facilities"),
    ("timeframes and scheduling", "timeframes", "3A", "milestones and dates"),
    ("impact", "eia", "3A", "impact"),
    ("ensure equality impact assessments", "eia", "3A", "equality impact assessment"),
    ("", "local_needs", "3B", "needs found in step 1"),
    ("Maximise accessibility", "accessible_places", "3B", "near and affordable"),
    ("Provide choice in care", "choice", "3B", "choice"),
    ("Ensure staff are adequately trained", "training", "3B", "trained"),
    ("Offer services or activities online", "online", "3B", "online"),
    ("Take a collaborative agency approach", "collaboration", "3B", "partner"),
    ("", "governance", "3B", "Governance"),
    ("patient-reported experience", "prems", "4A", "PREM"),
    ("patient-reported outcome", "proms", "4A", "PROM"),
    ("self-assessment tools", "self_assessment", "4A", "self-assessment"),
    ("data on access", "access_data", "4A", "access by group"),
    ("NHS England STP Progress dashboard", "dashboard", "4A", "dashboard"),
    ("benchmarking performance", "benchmarking", "4A", "benchmark"),
    ("", "words_and_figures", "4A", "beside what is counted"),
    ("", "feedback_people", "4B", "families and carers"),
    ("", "richer_picture", "4B", "half the picture"),
    ("", "equal_fair", "4B", "equal, accessible and fair"),
    ("accessible platforms for staff", "staff_feedback", "4B", "a place to speak"),
    ("staff-identified training needs", "staff_training", "4B", "training"),
    ("staff satisfaction surveys", "staff_survey", "4B", "satisfaction survey"),
    ("", "lived_review", "4C", "lived experience"),
    ("", "commissioning", "4C", "commissioners"),
    ("", "what_works", "4C", "did it work"),
    ("", "gaps_needs", "4C", "unmet"),
)
SUMMARY = Path(__file__).parents[2].parent / "shared" / "seed.txt"


def _bullets() -> list[str]:
    """Return the points of the summary that lie beside the checkout; none on a clone that stands alone."""
    if not SUMMARY.is_file():
        return []
    steps = SUMMARY.read_text(encoding="utf-8").split("1A:", 1)[1].split("About the AMHE resource", 1)[0]
    return [line.strip().lstrip("•").strip() for line in steps.splitlines() if line.strip().startswith("•")]


def _words(found: Guidance) -> str:
    return " ".join((found.why, *found.how, *found.prompts, *found.pitfalls, found.good))


@pytest.mark.parametrize(("key", "sub_step", "says"), [point[1:] for point in POINTS])
def test_guidance_speaks_of_the_point(key: str, sub_step: str, says: str) -> None:
    found = guidance_for(sub_step)
    assert key in found.covers
    assert says.casefold() in _words(found).casefold()


def test_each_point_of_the_summary_beside_the_checkout_is_listed() -> None:
    starts = tuple(start for start, *_ in POINTS if start)
    assert [bullet for bullet in _bullets() if not bullet.startswith(starts)] == []
    assert not SUMMARY.is_file() or len(_bullets()) == len(starts)


@pytest.mark.parametrize("one", SUB_STEPS, ids=lambda one: one.code)
def test_guidance_claims_nothing_that_is_not_a_point(one: object) -> None:
    code = str(getattr(one, "code", ""))
    assert set(guidance_for(code).covers) == {key for _, key, sub_step, _ in POINTS if sub_step == code}


def test_ten_sub_steps_in_four_steps() -> None:
    assert [one.code for one in SUB_STEPS] == ["1A", "1B", "2A", "2B", "2C", "3A", "3B", "4A", "4B", "4C"]
    assert all(one.step == Step(int(one.code[0])) for one in SUB_STEPS)
    assert all(one.purpose.endswith(".") and one.purpose.count(".") == 1 for one in SUB_STEPS)


def test_eight_challenges_each_with_signs_and_responses() -> None:
    assert [one.kind for one in CHALLENGES] == list(ChallengeKind)
    assert all(len(one.signs) >= 3 and len(one.responses) >= 3 for one in CHALLENGES)


def test_five_facilitators_each_a_point_of_3b() -> None:
    assert len(FACILITATORS) == 5
    assert {one.code for one in FACILITATORS} < set(guidance_for("3B").covers)
    assert [one.code for one in facilitators_blank({})] == [one.code for one in FACILITATORS]
    told = {"cost": "nothing", "modes": "home", "training": " ", "online": None, "partners": "a mosque"}
    assert [one.code for one in facilitators_blank(told)] == ["training", "online"]


def test_every_access_need_has_its_question_and_its_answer() -> None:
    assert [one.kind for one in NEEDS] == list(AccessNeedKind)
    assert all(one.ask.endswith("?") for one in NEEDS)
    assert access_need("bsl").kind is AccessNeedKind.BSL
    with pytest.raises(ValueError, match="no access need"):
        access_need("moon")
    assert {"plain_english", "trauma_informed", "trusted_host"} <= {one.code for one in FOR_EVERYBODY}
    assert [code for code, _ in INFORMATION_STANDARD] == ["ask", "record", "flag", "share", "meet", "review"]


def test_the_thread_goes_on_from_stage_to_stage() -> None:
    keys = ["found", "heard", "prioritised", "planned", "under_way", "measured", "closed"]
    assert [stage.key for stage in THREAD] == keys


@pytest.mark.parametrize(
    "term",
    [
        "nominal group technique",
        "ridit",
        "PREM",
        "PROM",
        "SMART",
        "EIA",
        "PSED",
        "driver diagram",
        "theory of change",
        "suppression",
        "confidence limits",
        "Kendall's W",
        "PCREF",
        "Core20PLUS5",
        "lived experience",
    ],
)
def test_the_glossary_explains(term: str) -> None:
    assert GLOSSARY[term]


def test_glossary_is_one_sentence_a_term_in_alphabetical_order() -> None:
    assert len(GLOSSARY) >= 40
    assert list(GLOSSARY) == sorted(GLOSSARY, key=str.casefold)
    assert all(re.fullmatch(r"[A-Z].*[^.]\.", meaning) for meaning in GLOSSARY.values())


def _shown() -> list[str]:
    """Return every word of the method that meets the screen."""
    words = [*GLOSSARY.values(), *SECRECY, *VOTING_HELP, *(sentence for _, sentence in OPENING)]
    words += [_words(guidance_for(one.code)) for one in SUB_STEPS]
    words += [text for one in CHALLENGES for text in (one.explanation, *one.signs, *one.responses)]
    words += [text for one in FACILITATORS for text in (one.label, one.meaning, *one.prompts)]
    words += [text for one in NEEDS for text in (one.ask, one.provide)]
    words += [text for one in STAGES for text in (one.title, one.says, one.does, *one.rules)]
    return words + [text for one in PARTS for text in (one.title, one.instruction)]


def test_words_are_plain_and_hold_no_markup() -> None:
    assert not [words for words in _shown() if re.search(r"[\[\]<>*_`]|  ", words)]


def test_stages_have_rules_and_a_meeting_of_their_own_takes_ninety_minutes() -> None:
    assert all(one.rules for one in STAGES)
    assert all(one.unhurried >= one.minutes for one in STAGES)
    assert 90 <= sum(one.unhurried for one in STAGES) <= 120
    assert {code for code, _ in OPENING} >= {"worth", "equal", "use"}


def test_the_workshop_opens_what_a_first_session_needs() -> None:
    opened = [part.opens for part in PARTS]
    assert opened == ["welcome", "engagement", "nominal_group", "goal", "report"]
    assert all(part.minutes > 0 for part in PARTS)
