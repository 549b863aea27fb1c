"""Measures (4A), feedback (4B) and the review (4C); the people, words and figures are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

MEASURES: Rows = (
    {
        "key": "m_recovery",
        "title": "Recovery, by ethnic group",
        "kind": "prom",
        "goal_id": "g_black",
        "instrument": "PHQ-9 and the anxiety measure that fits, first and last session",
        "definition": "Those who recovered, out of those who finished a course and began unwell enough to be able to recover.",
        "by_groups": "Ethnic group",
        "direction": "up",
        "target": "=goals.black_target",
        "frequency": "Every quarter",
        "owner": "JM",
    },
    {
        "key": "m_understood",
        "title": "“My therapist understood what matters to me”",
        "kind": "prem",
        "goal_id": "g_black",
        "instrument": "One question by text message, in six languages",
        "definition": "Those who answered “yes, fully”, out of all who answered.",
        "by_groups": "Ethnic group",
        "direction": "up",
        "target": 70.0,
        "frequency": "Every quarter",
        "owner": "LE1",
    },
    {
        "key": "m_self",
        "title": "How ready we are: our own list of twenty statements",
        "kind": "self_assessment",
        "goal_id": "g_black",
        "instrument": "Twenty statements the team and the peer workers wrote; marked together",
        "definition": "Statements met, out of twenty.",
        "by_groups": "Team",
        "direction": "up",
        "target": 18.0,
        "frequency": "Twice a year",
        "owner": "AO",
    },
    {
        "key": "m_unknown",
        "title": "Referrals whose ethnic group is not known",
        "kind": "access",
        "goal_id": "g_unknown",
        "instrument": "=unknown.indicator",
        "definition": "Referrals with no ethnic group, out of all referrals. “Prefer not to say” is an answer and counts as known.",
        "by_groups": "Borough",
        "direction": "down",
        "target": "=goals.unknown_target",
        "frequency": "Every month",
        "owner": "JM",
    },
    {
        "key": "m_benchmark",
        "title": "Recovery of Black residents, beside Southmere (fictional)",
        "kind": "benchmark",
        "goal_id": "g_black",
        "instrument": "A fictional exchange of figures with Southmere",
        "definition": "As for recovery, Black residents only.",
        "by_groups": "Place",
        "direction": "up",
        "frequency": "Twice a year",
        "owner": "JM",
        "benchmark": "Southmere, another made-up place, of like size and like streets. Chosen because it is alike, not because it does well.",
    },
    {
        "key": "m_dashboard",
        "title": "Days from referral to first appointment",
        "kind": "dashboard",
        "instrument": "Northmere ICB's dashboard (fictional)",
        "definition": "Middle value, in days; people who never got an appointment are left out, and should not be.",
        "by_groups": "Deprivation",
        "direction": "down",
        "target": 14.0,
        "frequency": "Every quarter",
        "owner": "RT",
    },
    {
        "key": "m_deprived",
        "title": "Recovery, by deprivation of the street",
        "kind": "prom",
        "goal_id": "g_deprived",
        "instrument": "PHQ-9 and the anxiety measure that fits, first and last session",
        "definition": "As for recovery by ethnic group. The first courses at the Pantry have not ended yet, so there is no figure.",
        "by_groups": "Deprivation decile",
        "direction": "up",
        "target": "=goals.deprived_target",
        "frequency": "Every quarter",
        "owner": "JM",
    },
)

# Measure, group, and per date: days from today, value, people it rests on, what happened.
_Point = tuple[int, float, int, str]
SERIES: Sequence[tuple[str, str, Sequence[_Point]]] = (
    (
        "m_recovery",
        "Black or Black British",
        ((-280, 42.7, 96, ""), (-190, 43.9, 98, "Peer work begins"), (-100, 45.3, 95, ""), (-10, 47.1, 102, "")),
    ),
    (
        "m_recovery",
        "White",
        ((-280, 51.2, 498, ""), (-190, 51.0, 504, ""), (-100, 51.4, 490, ""), (-10, 51.3, 511, "")),
    ),
    ("m_understood", "Black or Black British", ((-190, 48.0, 50, ""), (-100, 59.0, 61, ""), (-10, 66.0, 68, ""))),
    ("m_understood", "White", ((-190, 71.0, 212, ""), (-100, 70.0, 230, ""), (-10, 72.0, 241, ""))),
    (
        "m_self",
        "Wharf team",
        (
            (-200, 9.0, 14, "Marked without the peer workers"),
            (-15, 15.0, 17, "Marked with them: stricter, and still better"),
        ),
    ),
    ("m_benchmark", "Northmere", ((-190, 43.9, 98, ""), (-10, 47.1, 102, ""))),
    ("m_benchmark", "Southmere (fictional)", ((-190, 45.0, 120, ""), (-10, 45.5, 118, ""))),
    (
        "m_dashboard",
        "Most deprived fifth",
        ((-190, 24.0, 610, ""), (-100, 22.0, 633, ""), (-10, 19.0, 640, "One number that rings back")),
    ),
    ("m_dashboard", "Other four fifths", ((-190, 17.0, 1710, ""), (-100, 17.0, 1695, ""), (-10, 16.0, 1722, ""))),
)
_KESSMOOR = (13.9, 13.6, 12.8, 9.9, 8.1, 7.4, 6.8, 6.1, 6.3, 5.7, 5.4, 5.5, 5.2, 5.1, 5.3, 5.0)
_TOLLBROOK = (6.4, 6.3, 6.5, 6.2, 6.0, 6.1, 5.8, 5.9, 5.7, 5.6, 5.5, 5.6, 5.4, 5.3, 5.4, 5.3)
_EVENTS = {3: "The sentence is read out at booking", 5: "The web form asks everyone"}


def _monthly(values: Sequence[float], people: int, events: Mapping[int, str]) -> tuple[_Point, ...]:
    last = len(values) - 1
    return tuple((-12 - 30 * (last - at), value, people, events.get(at, "")) for at, value in enumerate(values))


POINTS: Rows = tuple(
    {"measure_id": measure, "group_name": group, "measured": when, "value": value, "people": people, "note": note}
    for measure, group, points in (
        *SERIES,
        ("m_unknown", "Kessmoor", _monthly(_KESSMOOR, 270, _EVENTS)),
        ("m_unknown", "Tollbrook", _monthly(_TOLLBROOK, 510, {})),
    )
    for when, value, people, note in points
)

FEEDBACK: Rows = (
    {
        "said": "She waited with me outside and didn't say much. I went in.",
        "channel": "in_person",
        "person_kind": "service_user",
        "received": -90,
        "people": 1,
        "goal_id": "g_black",
        "action_id": "a_walk",
        "did": "Told the peer workers. It is what they are for.",
        "told": -85,
        "state": "done",
        "fair": "Only people who came could say it.",
        "themes": ("t_first_steps", "t_worked"),
    },
    {
        "said": "The peer worker changed twice in a month. I had to start again with my story.",
        "channel": "phone",
        "person_kind": "service_user",
        "received": -70,
        "people": 3,
        "goal_id": "g_black",
        "action_id": "a_walk",
        "did": "Each person now has one peer worker and one who steps in, both known from the first day.",
        "told": -52,
        "state": "done",
        "themes": ("t_understood",),
    },
    {
        "said": "You booked my son and nobody asked who stays with his father.",
        "channel": "written",
        "person_kind": "carer",
        "received": -64,
        "people": 2,
        "did": "We could not change it that week, and rang to say so. It is why the sitting service is being tried.",
        "told": -60,
        "state": "could_not",
        "themes": ("t_time",),
    },
    {
        "said": "The board at the Pantry said THERAPY TODAY. In capitals.",
        "channel": "in_person",
        "person_kind": "community",
        "received": -33,
        "people": 6,
        "goal_id": "g_deprived",
        "action_id": "a_pantry",
        "did": "It says “room booked” now, and the side door is used.",
        "told": -26,
        "state": "done",
        "themes": ("t_trust", "t_reach"),
    },
    {
        "said": "Could the Sunday group have its own room? The café hears everything.",
        "channel": "forum",
        "person_kind": "community",
        "received": -12,
        "people": 4,
        "state": "open",
        "fair": "The forum is online only.",
        "themes": ("t_reach",),
    },
    {
        "said": "We are asked to be culturally competent and given a slide. Give us practice and somebody to ring afterwards.",
        "channel": "staff_survey",
        "person_kind": "workforce",
        "received": -80,
        "people": 17,
        "did": "One practice afternoon held with peer researchers; the second is booked. What research says is still to be found.",
        "told": -40,
        "state": "done",
        "themes": ("t_understood",),
    },
    {
        "said": "Asking about ethnic group is easier with the sentence. Two people thanked me for saying why.",
        "channel": "in_person",
        "person_kind": "workforce",
        "received": -150,
        "people": 5,
        "goal_id": "g_unknown",
        "action_id": "a_form",
        "did": "Read out at the board, with thanks.",
        "told": -130,
        "state": "done",
        "themes": ("t_counted",),
    },
)

TRAINING_NEEDS: Rows = (
    {
        "need": "Talking about racism in a session, with practice",
        "team": "Both providers, all therapists",
        "people": 17,
        "answer": "Two practice afternoons with peer researchers; supervision afterwards",
    },
    {
        "need": "Working with an interpreter, and with the same one each time",
        "team": "Both providers, all therapists",
        "people": 11,
        "answer": "A morning led by two interpreters",
        "met": True,
    },
    {
        "need": "Money worries: whom to send people to, and how to ask",
        "team": "Mere Valley Wellbeing",
        "people": 9,
        "answer": "Shadowing at the Pantry's advice desk",
        "met": True,
    },
)

REVIEW: Mapping[str, Any] = {
    "key": "review",
    "title": "First review, with supper",
    "held": -7,
    "who_took_part": "14: 5 with lived experience, 2 carers, 3 from community groups, 3 staff, 1 commissioner",
    "worked": "Company for the first three appointments, for Black residents and for anyone who asked. One number that rings back. Asking kindly, once.",
    "not_worked": "The Pantry started before its assessment was done. The postcard survey hardly reached the streets it was for.",
    "gaps": "Carers are still not counted. Older people have not been heard. Nobody has asked bisexual people anything. People without an address are in no table.",
    "to_commissioning": (
        "Keep paying for peer work beyond this year and write it into both contracts. Ask providers to count carers. Decide on the front "
        "desk at Fenholt before its grant ends."
    ),
    "next_cycle": "The gap by street, the carers, and the finding that nobody has taken up.",
}

REVIEWED: Rows = (
    {
        "review_id": "review",
        "goal_id": "g_black",
        "decision": "continue",
        "gap": "narrowed",
        "latest": 47.1,
        "latest_comparison": 51.3,
        "reason": (
            "From more than eight points to about four in nine months, with White residents no worse off. A hundred people a quarter: it could "
            "still be luck, so we go on and look again."
        ),
        "carry_over": True,
    },
    {
        "review_id": "review",
        "goal_id": "g_deprived",
        "decision": "adapt",
        "gap": "too_early",
        "reason": "The first courses have not ended. First the assessment, then more sessions.",
        "carry_over": True,
    },
    {
        "review_id": "review",
        "goal_id": "g_unknown",
        "decision": "scale",
        "gap": "closed",
        "latest": 5.0,
        "latest_comparison": 5.3,
        "reason": "Kessmoor has stood beside Tollbrook for half a year. The sentence goes to every service of the ICB.",
    },
)
