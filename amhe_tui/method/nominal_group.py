"""The nominal group technique: its stages, what the facilitator says and does, and what each stage allows."""

from __future__ import annotations

import re
from collections.abc import Callable
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
        minutes: How long it takes within the ninety-minute workshop.
        says: What the facilitator says.
        does: What the facilitator and scribe do.
        adds_ideas, merges, votes: What is allowed in it.
        rules: What holds for everybody in the room.
        unhurried: How many minutes it takes where the technique has a meeting to itself.
    """

    stage: NominalStage
    title: str
    minutes: int
    says: str
    does: str
    adds_ideas: bool = False
    merges: bool = False
    votes: bool = False
    rules: tuple[str, ...] = ()
    unhurried: int = 0


STAGES = (
    StageGuide(
        NominalStage.WELCOME,
        "Welcome",
        5,
        "Every voice counts the same here. We will collect ideas, make sure we understand them, and vote in secret. This is what will happen with the result.",
        "Read the question aloud and leave it up. Say how long it will take.",
        rules=(
            "Everybody's ideas count the same, whatever their title.",
            "What is said in the room is told outside without names.",
        ),
        unhurried=10,
    ),
    StageGuide(
        NominalStage.SILENT,
        "Silent writing",
        5,
        "Write down your own ideas, in silence. There are no wrong ones.",
        "No talking, no prompting. Sit beside anybody who would rather not write.",
        rules=(
            "No talking, also not in whispers.",
            "Words, drawings or a scribe: all are fine.",
        ),
        unhurried=5,
    ),
    StageGuide(
        NominalStage.ROUND_ROBIN,
        "Round robin",
        10,
        "One idea from each person in turn, in your words. You can pass and come in again.",
        "Type each idea as it is said. No discussion yet, and no names beside ideas.",
        adds_ideas=True,
        merges=True,
        rules=(
            "One idea a person a turn.",
            "Words are taken down as they are said.",
            "Passing is fine, and so is coming back.",
            "Building on somebody's idea is fine.",
            "No debate, no names.",
        ),
        unhurried=20,
    ),
    StageGuide(
        NominalStage.CLARIFY,
        "Clarification",
        7,
        "Is there an idea anybody would like explained? We are not arguing for or against.",
        "Go through the list in order. Merge two ideas only if those who had them agree.",
        adds_ideas=True,
        merges=True,
        rules=(
            "What it means, not whether it is good.",
            "In the order of the list, so that none is skipped.",
            "Two ideas become one only when those who had them agree.",
        ),
        unhurried=20,
    ),
    StageGuide(
        NominalStage.VOTE,
        "Vote",
        8,
        "Choose the ideas that matter most to you, and put them in order. Nobody will see your ballot.",
        "Hand the laptop round, or collect paper ballots. Nothing is counted yet.",
        votes=True,
        rules=(
            "Each votes alone, all at the same time or in turn.",
            "Nothing is counted before everybody has voted.",
            "Not voting is a choice and is counted as one.",
        ),
        unhurried=10,
    ),
    StageGuide(
        NominalStage.DISCUSS,
        "Discussion of the vote",
        10,
        "What surprises you? Where did we see it differently?",
        "Look at ties and at ideas some ranked high and others not at all. Ask what lies behind it; nobody has to say how they voted.",
        rules=(
            "Ideas are talked about, never voters.",
            "Nobody has to say how they voted.",
        ),
        unhurried=15,
    ),
    StageGuide(
        NominalStage.FINAL_VOTE,
        "Final vote",
        8,
        "Would you like to vote once more, knowing what we know now?",
        "Only if the group wants it. The first result stays on record.",
        votes=True,
        rules=(
            "Only if the group wants it.",
            "The first result stays on record.",
        ),
        unhurried=10,
    ),
    StageGuide(
        NominalStage.CLOSED,
        "Closed",
        0,
        "This is what we decided. Thank you.",
        "Say what happens next, and when people will hear.",
        rules=("What was decided is read back in the words of the list.",),
        unhurried=0,
    ),
)
"""The stages in order."""
_BY_CODE = {guide.stage: guide for guide in STAGES}

_CLOSED = frozenset({"do", "does", "did", "is", "are", "should", "can", "could", "would", "have", "has", "will"})
_LEADING = re.compile(r"\b(don't you|isn't it|aren't|surely|obviously|of course|wouldn't)\b")
_LONGEST_QUESTION = 25
_QUESTION_ADVICE: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda words: not words.endswith("?"), "End it with a question mark, so that people hear a question."),
    (
        lambda words: words.split(" ", 1)[0] in _CLOSED,
        "It can be answered with yes or no: begin with what, how or which.",
    ),
    (
        lambda words: " and " in words or "and/or" in words or words.count("?") > 1,
        "It may ask two things: ask one, and keep the other for another round.",
    ),
    (
        lambda words: _LEADING.search(words.replace("’", "'")) is not None,
        "It suggests its answer: ask as if you did not know.",
    ),
    (
        lambda words: len(words.split()) > _LONGEST_QUESTION,
        f"It is longer than {_LONGEST_QUESTION} words: say it to somebody and write down what they heard.",
    ),
)

SECRECY = (
    "Ballots have no name, no time and no order, in the file or its history; nobody can work out later who voted what.",
    "That does not hold for somebody who watches the screen, nor when everybody votes alike: with few people a result can tell on them.",
)
"""What secrecy is and is not promised, for the screen."""


OPENING = (
    ("purpose", "Why we are here, and the one question we will answer."),
    ("worth", "Why it matters to have these people in the room."),
    ("equal", "That each voice counts the same, and that quiet is allowed."),
    ("steps", "What will happen, in which order, and how long it takes."),
    ("secrecy", "That votes are secret, and what that cannot promise."),
    ("consent", "What is written down, that people may stop at any time, and what cannot be kept in confidence."),
    ("use", "Who gets the result, what they have promised to do with it, and when people will hear."),
)
"""What an opening statement says, as a list to tick."""

VOTING_HELP = (
    f"Everybody chooses the same number of ideas, from {FEWEST_PLACES} to {MOST_PLACES}, and ranks them.",
    "The first gets as many points as there are places, the last gets one; an idea left out gets none.",
    "Half the list and one more is a good number for a short list; five is usual, up to ten for a long one.",
    "Points tell how strongly, ballots tell how many: look at both, and let ties stand as ties.",
)
"""How the ranked vote works, in sentences for the screen."""


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
    """Return advice on the wording of a question; none for one that asks one open thing in few words."""
    words = " ".join(question.split())
    lowered = words.lower()
    return [advice for applies, advice in _QUESTION_ADVICE if words and applies(lowered)]


def size_advice(people: int) -> str:
    """Return a sentence where a table is smaller or larger than works well, or ""."""
    fewest, most = GROUP_SIZE
    if people and people < fewest:
        return f"With fewer than {fewest} people a result can tell how somebody voted; ask whether the group minds."
    if people > most:
        return f"With more than {most} people, split into tables and bring the results together."
    return ""
