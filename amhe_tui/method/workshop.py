"""The ninety-minute workshop: what a first real session needs, part by part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkshopPart:
    """One part.

    Attributes:
        title: What it is called.
        minutes: How long it takes.
        instruction: What the facilitator does and says.
        opens: Which screen it opens: ``welcome``, ``engagement``, ``nominal_group``, ``goal`` or ``report``.
    """

    title: str
    minutes: int
    instruction: str
    opens: str


PARTS = (
    WorkshopPart(
        "Welcome and agreement",
        8,
        "Say why you are here, what will happen with what people say, and that they can stop at any time. Names stay on paper; here everybody is P1, P2 and so on. "
        "Ask what each person needs to take part, and agree on how to listen.",
        "welcome",
    ),
    WorkshopPart(
        "Short focus group",
        22,
        "Ask one open question. Let people answer one after another, the quietest first if they wish. Take down their words, not a summary; give a remark a theme "
        "with #word while you type.",
        "engagement",
    ),
    WorkshopPart(
        "Nominal group and secret vote",
        35,
        "Write in silence, then one idea from each person in turn until there are no more. Make sure everybody understands every idea. Then hand the laptop round: "
        "each ranks up to five. Close the vote and look at the result together.",
        "nominal_group",
    ),
    WorkshopPart(
        "Up to three goals",
        17,
        "Take what came first. For up to three priorities write one sentence each: what will be different, for whom, by how much, by when. What is missing can wait; "
        "the checks show what to sharpen.",
        "goal",
    ),
    WorkshopPart(
        "Report and read-back",
        8,
        "Read back what was decided and who does what next. Write the report, and say when people will hear from you.",
        "report",
    ),
)
"""The parts in order; together ninety minutes."""
