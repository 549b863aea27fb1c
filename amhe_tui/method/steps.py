"""The four steps and their ten sub-steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Step(IntEnum):
    """The four steps of the method."""

    IDENTIFY = 1
    DESIGN = 2
    DELIVER = 3
    EVALUATE = 4

    @property
    def label(self) -> str:
        """Return the name of the step as it is shown."""
        return self.name.title()


@dataclass(frozen=True)
class SubStep:
    """One sub-step.

    Attributes:
        code: Such as ``1A``.
        title: Its name in full.
        short: Its name in a word, for narrow places.
        step: The step it belongs to.
        purpose: One sentence on what it is for.
    """

    code: str
    title: str
    short: str
    step: Step
    purpose: str


SUB_STEPS = (
    SubStep(
        "1A",
        "Use existing data and resources",
        "Data",
        Step.IDENTIFY,
        "Find out from what is already counted who fares worse, and whom the numbers miss.",
    ),
    SubStep(
        "1B",
        "Work with communities",
        "Voices",
        Step.IDENTIFY,
        "Hear from the people affected what the numbers cannot tell.",
    ),
    SubStep(
        "2A", "Research", "Research", Step.DESIGN, "Look for what could be done, and what is being done here already."
    ),
    SubStep(
        "2B",
        "Formulate plans",
        "Plans",
        Step.DESIGN,
        "Make plans together, by methods in which every voice counts the same.",
    ),
    SubStep(
        "2C",
        "Set out key priorities",
        "Priorities",
        Step.DESIGN,
        "Agree what comes first, what can start small, and what takes longer.",
    ),
    SubStep(
        "3A",
        "Create a strategy",
        "Strategy",
        Step.DELIVER,
        "Turn priorities into SMART goals, with what they need and an equality impact assessment.",
    ),
    SubStep(
        "3B",
        "Implement the strategy",
        "Delivery",
        Step.DELIVER,
        "Do it, near to where people live, and say who answers for it.",
    ),
    SubStep(
        "4A",
        "Collect data and measures",
        "Measures",
        Step.EVALUATE,
        "Measure, group by group, whether the gap is closing.",
    ),
    SubStep(
        "4B",
        "Provide opportunities to feedback",
        "Feedback",
        Step.EVALUATE,
        "Ask how it is going, and tell people what came of what they said.",
    ),
    SubStep(
        "4C",
        "Review data and feedback",
        "Review",
        Step.EVALUATE,
        "Look back together, decide on every goal, and pass on what is left.",
    ),
)
