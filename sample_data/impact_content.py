"""The equality impact assessments of the goals (3A): one complete, one late, one complete and short; everything here is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SIX = {
    "knows_duty": True,
    "before_decision": True,
    "in_substance": True,
    "not_delegated": True,
    "continuing": True,
    "recorded": True,
}

# One complete, one late (due and not completed), one complete and short.
ASSESSMENTS: Mapping[str, Mapping[str, Any]] = {
    "g_black": {
        "title": "Company for the first three appointments",
        "due": -225,
        "completed": -231,
        "purpose": "Peer workers from Black communities meet people before their first appointment and go with them to the first three, if they want that.",
        "affected": "People referred to Lantern, their families, therapists, the peer workers themselves, the Mango Tree Kitchen.",
        "engagement": (
            "The supper, the circle's letter, and two readings of this grid with LE1, LE2 and the Sixes. Because of them the offer is made to "
            "everyone, by letter and by voice."
        ),
        "cumulative": "Black women who care for somebody, and young Black men: both are named in the plan, and their figures are looked at together where numbers allow.",
        "human_rights": "Private life: a peer worker may know somebody's cousin. People choose, and can change, who walks with them.",
        **_SIX,
        "outcome": "adjust",
        "monitoring": "Recovery, third sessions and experience, by ethnic group, sex and age, each quarter; complaints by theme.",
        "review_due": 120,
        "signed_off": "SD, accountable executive, with LE1",
        "published": "On the programme's page, in plain English and Easy Read (fictional)",
    },
    "g_deprived": {
        "title": "Therapy at the Pantry",
        "due": -30,
        "purpose": "Sessions on shop days in a side room of the Fenholt Pantry.",
        "affected": "People who use the Pantry, people who would rather not be seen there, volunteers, therapists.",
        "engagement": "The Tuesday group only, so far.",
        "knows_duty": True,
    },
    "g_unknown": {
        "title": "Asking about ethnic group at booking",
        "due": -262,
        "completed": -264,
        "purpose": "Everyone is asked, told why, and may decline.",
        "affected": "Everyone who books.",
        "engagement": "LE1 wrote the sentence; six people tried it out and two words were changed.",
        **_SIX,
        "outcome": "no_change",
        "monitoring": "Share unknown and share declined, by borough, each month.",
        "review_due": 90,
        "signed_off": "SD, accountable executive",
        "published": "On the programme's page (fictional)",
    },
}

# The whole grid of the first goal: impact, severity, likelihood, aims 1 to 3, evidence, what will be done.
Line = tuple[str, int, int, str, str, str]
FULL_GRID: Mapping[str, Line] = {
    "age": (
        "positive",
        1,
        2,
        "12",
        "The youngest adults recover least often in the annual figures.",
        "A peer worker under 30 among the three.",
    ),
    "disability": (
        "negative",
        2,
        2,
        "12",
        "The kitchen's back room has one narrow door; the disability figures are too small to read by borough.",
        "Meet at the library where that is easier; the door is widened by spring.",
    ),
    "gender_reassignment": (
        "unknown",
        2,
        1,
        "12",
        "No figure is collected. Pride Tea told us that people fear being asked in front of family.",
        "Peer workers trained by Pride Tea; a private word before any joint meeting.",
    ),
    "marriage": ("neutral", 1, 1, "1", "Nothing in the offer depends on it.", "No questions about it are asked."),
    "pregnancy": (
        "positive",
        2,
        2,
        "12",
        "Two of those who stopped early had newborn babies (fictional telephone calls).",
        "Company at home or by telephone until three months after the birth.",
    ),
    "race": (
        "positive",
        3,
        3,
        "123",
        "{black.sentence}",
        "Company is offered to everyone; Black residents are told of it first, by people they know.",
    ),
    "religion": (
        "positive",
        2,
        2,
        "13",
        "{muslim.sentence}",
        "Peer workers know prayer and fasting times; bookings follow the calendar.",
    ),
    "sex": (
        "negative",
        2,
        2,
        "12",
        "All three who applied at first were women, and men come less often.",
        "Advertised again through the Sixes; one man is now in post.",
    ),
    "sexual_orientation": (
        "unknown",
        2,
        1,
        "13",
        "Fewer bisexual people recover; nobody has asked them why.",
        "Asked at the next Pride Tea; see the finding that nobody has taken up.",
    ),
    "deprivation": (
        "positive",
        2,
        2,
        "",
        "{deprived.sentence}",
        "Fares in the hand; company also on Fenholt from next year.",
    ),
    "carers": (
        "negative",
        2,
        2,
        "",
        "Three more meetings are three more times when somebody has to sit with a mother or a brother.",
        "By telephone where wished; the sitting service is tried out for these meetings too.",
    ),
    "inclusion_health": (
        "unknown",
        2,
        2,
        "",
        "People without an address are in no figure; the housing team wrote what it sees.",
        "A letter can go to the housing team's desk; asked again at the review.",
    ),
    "care_leavers": (
        "unknown",
        1,
        1,
        "",
        "Nothing is known here. The leaving-care team has been asked.",
        "Their answer goes into the review.",
    ),
    "veterans": (
        "neutral",
        1,
        1,
        "",
        "Nobody in any room spoke of it, and no figure is held.",
        "Looked at again at the review.",
    ),
    "language": (
        "positive",
        2,
        3,
        "",
        "The circle's letter, and remarks in French, Polish and Spanish.",
        "One of the three speaks French; the same interpreter each time for the others.",
    ),
    "digital": (
        "positive",
        1,
        2,
        "",
        "At Fenholt nobody had seen the website.",
        "A person instead of a page; texting is offered, never required.",
    ),
    "rural": (
        "negative",
        1,
        2,
        "",
        "No peer worker lives north of Kessmoor, and the last bus is at six.",
        "Company by telephone there, and said plainly in the letter.",
    ),
    "together": (
        "positive",
        2,
        2,
        "12",
        "Black women who care for somebody, and young Black men who have little money, spoke of more than one thing at once.",
        "Third sessions are counted for both, where ten or more people stand behind a figure.",
    ),
}
SHORT_GRID: Mapping[str, Line] = {
    "race": (
        "positive",
        2,
        3,
        "12",
        "{unknown.sentence}",
        "Told why, may decline; the answer follows them so that nobody is asked twice.",
    ),
}
SHORT_OTHERS: Line = ("neutral", 1, 1, "1", "The same question, put the same way, to everyone.", "None needed.")
# The late one: two rows are answered, the rest are blank.
LATE_GRID: Mapping[str, Line] = {
    "disability": ("negative", 2, 2, "12", "The stairs at the first meeting shut somebody out.", "Downstairs only."),
    "race": ("unknown", 2, 1, "1", "Not looked at yet.", ""),
}
