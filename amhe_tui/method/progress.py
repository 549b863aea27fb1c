"""Where a programme stands: what each sub-step holds, how full it is, and the next useful thing to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.method.loose_ends import NEXT_STEPS, LooseKind

# What each sub-step is made of: (table, one, several); the first ones matter most.
PARTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "1A": (
        ("data_source", "source", "sources"),
        ("finding", "finding", "findings"),
        ("asset", "asset", "assets"),
        ("population", "population", "populations"),
    ),
    "1B": (
        ("activity", "activity", "activities"),
        ("remark", "remark", "remarks"),
        ("theme", "theme", "themes"),
        ("challenge", "challenge", "challenges"),
    ),
    "2A": (("option", "option", "options"),),
    "2B": (
        ("nominal_group", "session", "sessions"),
        ("idea", "idea", "ideas"),
        ("voting_round", "vote", "votes"),
        ("diagram_node", "diagram box", "diagram boxes"),
    ),
    "2C": (("priority", "priority", "priorities"),),
    "3A": (
        ("goal", "goal", "goals"),
        ("equality_impact", "assessment", "assessments"),
        ("resource", "resource", "resources"),
        ("milestone", "milestone", "milestones"),
    ),
    "3B": (
        ("action", "action", "actions"),
        ("governance", "forum", "forums"),
        ("decision", "decision", "decisions"),
        ("risk", "risk", "risks"),
    ),
    "4A": (("measure", "measure", "measures"), ("measure_point", "figure", "figures")),
    "4B": (
        ("feedback", "thing said", "things said"),
        ("training_need", "training need", "training needs"),
    ),
    "4C": (("review", "review", "reviews"), ("reviewed_goal", "goal decided", "goals decided")),
}
FULL = 4


@dataclass(frozen=True)
class Suggestion:
    """Something useful to do next.

    Attributes:
        words: The sentence on the home screen.
        sub_step: Where it is done.
        table: The kind of record it is about.
        record_id: The record, where it is about one.
    """

    words: str
    sub_step: str
    table: str
    record_id: str = ""


def held(sub_step: str, counts: Mapping[str, int], most: int = 2) -> list[str]:
    """Return what a sub-step holds, in at most ``most`` phrases such as ``4 sources``."""
    phrases = [
        f"{counts[table]} {one if counts[table] == 1 else many}"
        for table, one, many in PARTS[sub_step]
        if counts.get(table)
    ]
    return phrases[:most]


def fullness(sub_step: str, counts: Mapping[str, int]) -> int:
    """Return how much of a sub-step is there, from 0 to 4; a first record of the main kind counts half."""
    parts = PARTS[sub_step]
    present = [bool(counts.get(table)) for table, _, _ in parts]
    if not any(present):
        return 0
    if len(parts) == 1:
        return min(FULL, 1 + int(counts.get(parts[0][0], 0)))
    return max(1, round(FULL * sum(present) / len(parts)))


# In the order of the method: (condition, words, sub-step, table).
_FIRST_STEPS: Sequence[tuple[str, str, str, str]] = (
    ("population", "Say which people this cycle is about", "1A", "population"),
    ("data_source", "Bring in a data file, or note a source you know of", "1A", "data_source"),
    ("finding", "Write down the first inequality you see in the numbers", "1A", "finding"),
    ("activity", "Plan a first focus group", "1B", "activity"),
    ("remark", "Take down what people say", "1B", "remark"),
    ("theme", "Name what their words have in common", "1B", "theme"),
    ("option", "Look for what could be done, and what is done already", "2A", "option"),
    ("nominal_group", "Hold a nominal group: everybody's ideas, one secret vote", "2B", "nominal_group"),
    ("priority", "Set the first priority, a small one will do", "2C", "priority"),
    ("goal", "Turn a priority into a SMART goal", "3A", "goal"),
    ("action", "Plan the first action", "3B", "action"),
    ("governance", "Say who answers for the plan", "3B", "governance"),
    ("measure", "Choose how you will know that the gap closes", "4A", "measure"),
    ("feedback", "Ask people how it is going", "4B", "feedback"),
    ("review", "Look back together and decide on every goal", "4C", "review"),
)


def next_thing(counts: Mapping[str, int], loose: Mapping[str, Sequence[str]]) -> Suggestion:
    """Return the next useful thing to do: the first piece of the method that is not there, then what hangs loose."""
    hanging = [(kind, loose[kind.key][0]) for kind in NEXT_STEPS if loose.get(kind.key)]
    if hanging and hanging[0][0] is NEXT_STEPS[0]:
        return _tied(*hanging[0])
    for table_needed, words, sub_step, table in _FIRST_STEPS:
        if not counts.get(table_needed):
            return Suggestion(words, sub_step, table)
    if hanging:
        return _tied(*hanging[0])
    return Suggestion("Write the report, and begin the next cycle with what is left", "4C", "review")


def _tied(kind: LooseKind, record_id: str) -> Suggestion:
    return Suggestion(kind.next_step, kind.sub_step, kind.table, record_id)
