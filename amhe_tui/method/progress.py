"""The next useful thing to do in a programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.method.loose_ends import NEXT_STEPS, LooseKind


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
