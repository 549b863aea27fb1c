"""The nominal group technique: its stages, what the facilitator says and does, and what each stage allows."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.method.choices import NominalStage

FEWEST_PLACES, MOST_PLACES = 3, 10
DEFAULT_PLACES = 5
GROUP_SIZE = (5, 9)
"""The size of a table at which the technique works best."""


@dataclass(frozen=True)
class StageGuide:
    """One stage.

    Attributes:
        stage: Its code.
        title: What it is called.
        minutes: How long it usually takes.
        says: What the facilitator says.
        does: What the facilitator and scribe do.
        adds_ideas, merges, votes: What is allowed in it.
    """

    stage: NominalStage
    title: str
    minutes: int
    says: str
    does: str
    adds_ideas: bool = False
    merges: bool = False
    votes: bool = False


STAGES = (
    StageGuide(
        NominalStage.WELCOME,
        "Welcome",
        5,
        "Every voice counts the same here. We will collect ideas, make sure we understand them, and vote in secret. This is what will happen with the result.",
        "Read the question aloud and leave it up. Say how long it will take.",
    ),
    StageGuide(
        NominalStage.SILENT,
        "Silent writing",
        5,
        "Write down your own ideas, in silence. There are no wrong ones.",
        "No talking, no prompting. Sit beside anybody who would rather not write.",
    ),
    StageGuide(
        NominalStage.ROUND_ROBIN,
        "Round robin",
        10,
        "One idea from each person in turn, in your words. You can pass and come in again.",
        "Type each idea as it is said. No discussion yet, and no names beside ideas.",
        adds_ideas=True,
        merges=True,
    ),
    StageGuide(
        NominalStage.CLARIFY,
        "Clarification",
        7,
        "Is there an idea anybody would like explained? We are not arguing for or against.",
        "Go through the list in order. Merge two ideas only if those who had them agree.",
        adds_ideas=True,
        merges=True,
    ),
    StageGuide(
        NominalStage.VOTE,
        "Vote",
        8,
        "Choose the ideas that matter most to you, and put them in order. Nobody will see your ballot.",
        "Hand the laptop round, or collect paper ballots. Nothing is counted yet.",
        votes=True,
    ),
    StageGuide(
        NominalStage.DISCUSS,
        "Discussion of the vote",
        10,
        "What surprises you? Where did we see it differently?",
        "Look at ties and at ideas some ranked high and others not at all. Ask what lies behind it; nobody has to say how they voted.",
        merges=False,
    ),
    StageGuide(
        NominalStage.FINAL_VOTE,
        "Final vote",
        8,
        "Would you like to vote once more, knowing what we know now?",
        "Only if the group wants it. The first result stays on record.",
        votes=True,
    ),
    StageGuide(
        NominalStage.CLOSED,
        "Closed",
        0,
        "This is what we decided. Thank you.",
        "Say what happens next, and when people will hear.",
    ),
)
"""The stages in order."""
_BY_CODE = {guide.stage: guide for guide in STAGES}

SECRECY = (
    "Ballots have no name, no time and no order, in the file or its history; nobody can work out later who voted what.",
    "That does not hold for somebody who watches the screen, nor when everybody votes alike: with few people a result can tell on them.",
)
"""What secrecy is and is not promised, for the screen."""


def guide_to(stage: str) -> StageGuide:
    """Return the guide to a stage by its code; one that is not known counts as the welcome."""
    try:
        return _BY_CODE[NominalStage(stage)]
    except (ValueError, KeyError):
        return STAGES[0]


def next_stage(stage: str) -> NominalStage:
    """Return the stage after one, the last staying the last."""
    return _beside(stage, 1)


def previous_stage(stage: str) -> NominalStage:
    """Return the stage before one, the first staying the first."""
    return _beside(stage, -1)


def _beside(stage: str, by: int) -> NominalStage:
    order = [guide.stage for guide in STAGES]
    place = order.index(guide_to(stage).stage)
    return order[min(max(place + by, 0), len(order) - 1)]


def suggested_places(ideas: int) -> int:
    """Return how many ideas each person might rank: five as a rule, or half the list and one where that is less; never more than there are."""
    return max(1, min(DEFAULT_PLACES, ideas // 2 + 1, ideas))


def letter(number: int) -> str:
    """Return the letter of the idea with a number from 0: A to Z, then AA, AB and on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def question_advice(question: str) -> list[str]:
    """Return advice on the wording of a question; none for one that asks one open thing."""
    words = question.strip()
    lowered = words.lower()
    advice: list[str] = []
    if words and not words.endswith("?"):
        advice.append("End it with a question mark, so that people hear a question.")
    if lowered.split(" ", 1)[0] in {"do", "does", "is", "are", "should", "can", "would", "have", "has", "will"}:
        advice.append("It can be answered with yes or no: begin with what, how or which.")
    if " and " in lowered or "and/or" in lowered:
        advice.append("It may ask two things: ask one, and keep the other for another round.")
    return advice


def size_advice(people: int) -> str:
    """Return a sentence where a table is smaller or larger than works well, or ""."""
    fewest, most = GROUP_SIZE
    if people and people < fewest:
        return f"With fewer than {fewest} people a result can tell how somebody voted; ask whether the group minds."
    if people > most:
        return f"With more than {most} people, split into tables and bring the results together."
    return ""
