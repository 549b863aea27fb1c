"""What can hang loose on the golden thread: each loose end once, with its words for every face; the rule that finds it is a query of `store.glance`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amhe_tui.text import counted


@dataclass(frozen=True)
class LooseKind:
    """A kind of loose end.

    Attributes:
        key: Its name, by which `store.glance` keeps its rule.
        table: The kind of record that hangs loose.
        one, several: What hangs loose, after a number.
        wrong: What is wrong, in a few words, before the name of the record.
        remedy: The one thing that would tie it, as a sentence.
        next_step: What is offered on the home screen as the next useful thing to do, or "" where it never is.
        sub_step: Where that is done.
        turn: Its place among the next useful things, the most useful having the lowest.
    """

    key: str
    table: str
    one: str
    several: str
    wrong: str
    remedy: str
    next_step: str = ""
    sub_step: str = ""
    turn: int = 0

    def counted(self, number: int) -> str:
        """Return how many of them there are, in words."""
        return counted(number, self.one, self.several)


_KINDS = (
    LooseKind(
        "finding_not_taken_up",
        "finding",
        "finding nobody took up",
        "findings nobody took up",
        "Nobody took up this finding",
        "Set a priority that answers it, or write in the finding why it has to wait.",
        "Take up a finding that nobody has taken up",
        "1A",
        2,
    ),
    LooseKind(
        "theme_without_finding",
        "theme",
        "theme no finding speaks of",
        "themes no finding speaks of",
        "No finding speaks of this theme",
        "Link it to the finding it speaks to, or write a new finding from it.",
        "Link a theme to the finding it speaks to",
        "1A",
        8,
    ),
    LooseKind(
        "priority_without_finding",
        "priority",
        "priority without a finding",
        "priorities without a finding",
        "This priority answers no finding",
        "Open the priority and choose the findings it is about.",
        "Say which finding a priority answers",
        "2C",
        9,
    ),
    LooseKind(
        "priority_without_goal",
        "priority",
        "priority without a goal",
        "priorities without a goal",
        "This priority has no goal",
        "Write a SMART goal that serves it.",
        "Turn a priority into a SMART goal",
        "3A",
        3,
    ),
    LooseKind(
        "goal_without_finding",
        "goal",
        "goal without a finding",
        "goals without a finding",
        "This goal is tied to no finding",
        "Open the goal and name the inequality it is to narrow, or give its priority a finding.",
    ),
    LooseKind(
        "goal_without_assessment",
        "goal",
        "goal whose impact assessment is not complete",
        "goals whose impact assessment is not complete",
        "The impact assessment of this goal is not complete",
        "Fill in what is blank in the grid, before the goal is agreed.",
        # An assessment opens with the first draft of its goal: it is never to be left for later.
        "Finish the equality impact assessment of a goal",
        "3A",
        1,
    ),
    LooseKind(
        "goal_without_action",
        "goal",
        "goal without an action",
        "goals without an action",
        "Nothing is being done for this goal",
        "Plan a first action, a small one will do.",
        "Plan an action for a goal that has none",
        "3B",
        4,
    ),
    LooseKind(
        "goal_without_measure",
        "goal",
        "goal without a measure",
        "goals without a measure",
        "Nothing measures this goal",
        "Choose a measure, by the groups the gap is between.",
        "Choose a measure for a goal that has none",
        "4A",
        5,
    ),
    LooseKind(
        "promise_open",
        "feedback",
        "promise still open",
        "promises still open",
        "This feedback has no answer yet",
        "Write what was done, or why it could not be, and tell people.",
        "Answer feedback: you said, we did",
        "4B",
        7,
    ),
    LooseKind(
        "goal_not_reviewed",
        "goal",
        "goal past its date and not reviewed",
        "goals past their date and not reviewed",
        "This goal is past its date and was not reviewed",
        "Look at its figures together and decide what becomes of it.",
        "Review a goal that is past its date",
        "4C",
        6,
    ),
)

NOTHING_LOOSE = "Nothing hangs loose: every finding, priority and goal is tied in."


LOOSE_ENDS: Mapping[str, LooseKind] = {kind.key: kind for kind in _KINDS}
"""The kinds by their keys, in the order of the method."""


NEXT_STEPS = tuple(sorted((kind for kind in _KINDS if kind.next_step), key=lambda kind: kind.turn))
"""Those that are ever the next useful thing to do, the most useful first."""
