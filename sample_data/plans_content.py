"""A nominal group, a driver diagram and a theory of change (2B); the people, ideas and ballots are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

SESSION: Mapping[str, Any] = {
    "key": "session",
    "question": "What would help people who have been let down before to get well with talking therapy?",
    "held": -285,
    "present": 8,
    "places": 5,
    "stage": "vote",
    "who": "3 people with lived experience, 1 carer, 2 from community groups, 2 therapists",
    "findings": ("f_black", "f_deprived"),
}

# Letter, words, clarified, merged into. The last but one was joined with C by the group: both stay, and are linked.
_IDEAS: Sequence[tuple[str, str, str, str]] = (
    (
        "A",
        "Sessions at the Mango Tree, the Pantry, places we already trust",
        "Not a leaflet there: a therapist there.",
        "",
    ),
    (
        "B",
        "Let me choose my therapist, also by background",
        "Asked at booking, with an honest answer about the wait.",
        "",
    ),
    (
        "C",
        "Therapists who can talk about racism without flinching",
        "Training with practice and supervision, for everyone, not for a few.",
        "",
    ),
    ("D", "Ring me and talk, no form first", "From a number that shows, twice, at a time I named.", ""),
    (
        "E",
        "Somebody like me goes with me for the first three times",
        "A peer worker, paid; in the waiting room, not in the session.",
        "",
    ),
    ("F", "Evenings and Saturdays", "For shifts, school runs and carers.", ""),
    ("G", "Bus fare, in the hand, on the day", "Or a taxi where there is no bus after six.", ""),
    ("H", "My language, and the same interpreter every time", "Letters too. A woman for a woman.", ""),
    ("I", "Ask me once who I am, say why, and write it down properly", "Not on every form again.", ""),
    ("J", "A group for young Black men, run with the barbers", "On a Sunday, after football.", ""),
    ("K", "Somebody to sit with my mum while I am in therapy", "Booked together with the appointment.", ""),
    ("L", "Teach staff what racism does to a mind", "The group found that this is the same as C.", "idea_C"),
)
IDEAS: Rows = tuple(
    {"key": f"idea_{letter}", "nominal_group_id": "session", "letter": letter, "words": idea, "clarified": clarified}
    | ({"merged_into_id": into} if into else {})
    for letter, idea, clarified, into in _IDEAS
)
ON_BALLOT = tuple(row["key"] for row in IDEAS if "merged_into_id" not in row)
ROUND: Mapping[str, Any] = {
    "key": "round",
    "nominal_group_id": "session",
    "name": "Final vote",
    "places": 5,
    "voters": 8,
}
# Eight secret ballots, first to fifth place. A and C end up level in every respect: a joint second rank.
BALLOTS = ("EACDG", "ECADH", "AEBCI", "CEFAK", "EBFID", "JEAHB", "EJCFG", "FDEJK")

NODES: Rows = (
    {
        "key": "aim",
        "level": "aim",
        "title": "Of every 100 Black people treated, as many recover as of White people, within two years",
        "measure": "Recovery by ethnic group, each quarter",
        "finding_id": "f_black",
    },
    {
        "key": "d_start",
        "level": "primary",
        "title": "People are met before they are assessed",
        "measure": "Share who come to a third session",
    },
    {
        "key": "d_understood",
        "level": "primary",
        "title": "People are understood without explaining themselves first",
        "measure": "Experience: “my therapist understood what matters to me”",
    },
    {
        "key": "d_place",
        "level": "primary",
        "title": "Therapy is where life is",
        "measure": "Sessions held outside clinics",
    },
    {"key": "s_peer", "level": "secondary", "title": "Peer workers at the door"},
    {"key": "s_call", "level": "secondary", "title": "Calls that can be answered and called back"},
    {"key": "s_skill", "level": "secondary", "title": "Therapists who can work with racism, faith and money"},
    {"key": "s_rooms", "level": "secondary", "title": "Rooms that are trusted, step-free and shut properly"},
    {
        "key": "c_walk",
        "level": "change_idea",
        "title": "To test: LE1 meets five people before their first appointment",
        "idea_id": "idea_E",
    },
    {
        "key": "c_ring",
        "level": "change_idea",
        "title": "To test: ring twice from a number that shows, at a time the person named",
        "idea_id": "idea_D",
    },
    {
        "key": "c_practise",
        "level": "change_idea",
        "title": "To test: one practice afternoon on talking about racism, with peer researchers",
        "idea_id": "idea_C",
    },
    {
        "key": "c_tuesday",
        "level": "change_idea",
        "title": "To test: four Tuesdays in the Pantry's side room",
        "idea_id": "idea_A",
    },
    {
        "key": "tn",
        "diagram": "theory",
        "level": "need",
        "title": "People in the most deprived streets start therapy and do not get as well",
        "finding_id": "f_deprived",
    },
    {
        "key": "ti",
        "diagram": "theory",
        "level": "input",
        "title": "A therapist, a peer worker and a side room on two days a week",
    },
    {
        "key": "ta",
        "diagram": "theory",
        "level": "activity",
        "title": "Sessions while the shop is open, booked at the till",
    },
    {
        "key": "to",
        "diagram": "theory",
        "level": "output",
        "title": "Twelve people a week seen within ten minutes' walk of home",
        "measure": "Sessions held",
    },
    {
        "key": "ts",
        "diagram": "theory",
        "level": "short",
        "title": "Fewer stop after the first session",
        "measure": "Share who come to a third session",
    },
    {
        "key": "tm",
        "diagram": "theory",
        "level": "medium",
        "title": "More finish a course",
        "measure": "Finished courses by deprivation",
    },
    {
        "key": "tl",
        "diagram": "theory",
        "level": "long",
        "title": "More recover, and the street you live in matters less",
        "measure": "Recovery by deprivation",
    },
    {
        "key": "tx",
        "diagram": "theory",
        "level": "impact",
        "title": "On Fenholt you can say the other thing, not only the bad back",
    },
)

ARROWS: Rows = (
    {
        "cause_id": "d_start",
        "effect_id": "aim",
        "why": "Many are lost before the third session, and cannot recover if they are not there.",
        "strength": "moderate",
    },
    {
        "cause_id": "d_understood",
        "effect_id": "aim",
        "why": "People who hold back what hurts get less good from the hour.",
        "strength": "low",
    },
    {"cause_id": "d_place", "effect_id": "aim", "why": "A trusted room lowers the first hurdle.", "strength": "low"},
    {
        "cause_id": "s_peer",
        "effect_id": "d_start",
        "why": "Somebody who knows both sides.",
        "strength": "low",
        "unintended": "Peer workers carry too much. Supervision every week, and a second one to share it.",
    },
    {
        "cause_id": "s_peer",
        "effect_id": "d_understood",
        "why": "They can say beforehand what matters to a person, if asked to.",
        "strength": "very_low",
    },
    {
        "cause_id": "s_call",
        "effect_id": "d_start",
        "why": "Three missed calls from a hidden number end a referral today.",
        "strength": "moderate",
    },
    {
        "cause_id": "s_skill",
        "effect_id": "d_understood",
        "why": "Skill is needed as well as good will.",
        "strength": "very_low",
    },
    {
        "cause_id": "s_rooms",
        "effect_id": "d_place",
        "why": "Without a door that shuts nobody will speak.",
        "strength": "moderate",
    },
    {"cause_id": "c_walk", "effect_id": "s_peer", "why": "Small enough to learn from in a month.", "strength": "low"},
    {"cause_id": "c_ring", "effect_id": "s_call", "why": "Costs nothing.", "strength": "low"},
    {"cause_id": "c_practise", "effect_id": "s_skill", "why": "Practice rather than slides.", "strength": "very_low"},
    {"cause_id": "c_tuesday", "effect_id": "s_rooms", "why": "Shows what the room lacks.", "strength": "low"},
    {"cause_id": "tn", "effect_id": "ti", "why": "The estate asked for it.", "strength": "moderate"},
    {"cause_id": "ti", "effect_id": "ta", "why": "The Pantry opens its side room.", "strength": "high"},
    {
        "cause_id": "ta",
        "effect_id": "to",
        "why": "People are there already.",
        "strength": "moderate",
        "unintended": "Being seen: somebody may stay away from the shop because of us. The side door is used, and the board says only “room booked”.",
    },
    {"cause_id": "to", "effect_id": "ts", "why": "No fare, no second trip.", "strength": "low"},
    {"cause_id": "ts", "effect_id": "tm", "why": "Whoever comes three times mostly stays.", "strength": "low"},
    {
        "cause_id": "tm",
        "effect_id": "tl",
        "why": "A finished course helps more than half a one.",
        "strength": "moderate",
    },
    {"cause_id": "tl", "effect_id": "tx", "why": "People tell each other.", "strength": "very_low"},
)
