"""The five things that help an intervention reach people (3B), each with questions that help to plan it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Facilitator:
    """Something that helps an intervention reach people.

    Attributes:
        code: Its name, which is also the point of the resource that the guidance of 3B covers.
        label: What it is called.
        fields: The fields of an action that tell about it.
        meaning: What it comes to, in a sentence.
        prompts: Questions for the group.
    """

    code: str
    label: str
    fields: tuple[str, ...]
    meaning: str
    prompts: tuple[str, ...]


FACILITATORS = (
    Facilitator(
        "accessible_places",
        "Near and affordable",
        ("place", "cost"),
        "Help is where people live, and getting it costs them next to nothing.",
        (
            "How long is the way on foot and by bus, and back again in the evening?",
            "What does one visit cost in fares, childcare and lost pay, and who carries it?",
            "Can somebody using a wheelchair get in by the same door?",
        ),
    ),
    Facilitator(
        "choice",
        "Choice in care",
        ("modes",),
        "People choose how they are helped: outreach, at home, on the street, over the phone, in a group, in a clinic.",
        (
            "What can somebody choose who will not come to a clinic?",
            "Who chooses: the person, or the referral form?",
            "What would people here call help that we do not offer?",
        ),
    ),
    Facilitator(
        "training",
        "Trained staff",
        ("training",),
        "Staff can offer care that fits people's culture, as well as the usual kind.",
        (
            "Which team has learnt what, from whom, and who has not yet?",
            "Did people from the community teach it, and were they paid?",
            "What do staff do differently since?",
        ),
    ),
    Facilitator(
        "online",
        "Online too",
        ("online",),
        "Help can be had online, at one's own time, with little effort and without a name where that is safe.",
        (
            "At which hours, on which devices, in which languages?",
            "Can somebody look first without giving a name?",
            "What is there for people without data, a private room or confidence?",
        ),
    ),
    Facilitator(
        "collaboration",
        "Working together",
        ("partners",),
        "Services join up around a community, so that people tell their story once.",
        (
            "Who does what, and who pays for it?",
            "Who holds the case when two services are needed?",
            "Which community organisation leads rather than helps?",
        ),
    ),
)
"""The five in the order of the resource."""


def facilitators_blank(action: Mapping[str, object]) -> list[Facilitator]:
    """Return those of the five that an action, given its fields by name, says nothing about."""
    return [
        facilitator
        for facilitator in FACILITATORS
        if not any(str(action.get(name) or "").strip() for name in facilitator.fields)
    ]
