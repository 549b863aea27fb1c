"""The strategy (3A): goals, what they need and milestones; everything here is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

GOALS: Rows = (
    {
        "key": "g_black",
        "title": "More Black people recover in talking therapies, so that the gap at least halves",
        "statement": (
            "By the due date, of Black residents of Northmere who finish a course and could recover, {goals.black_target:.0f} in 100 do, up from "
            "{black.value:.0f}, while White residents stay at {black.other:.0f} or better."
        ),
        "priority_id": "p_walk",
        "finding_id": "f_black",
        "population": "Black residents who are referred to talking therapies",
        "characteristic": "Ethnic Group",
        "group": "Black or Black British",
        "comparison_group": "White",
        "indicator_id": "=black.indicator_id",
        "measure": "Recovery, as a share of those who finished and could recover",
        "baseline": "=black.value",
        "baseline_lower": "=black.lower",
        "baseline_upper": "=black.upper",
        "baseline_period": "=black.period",
        "unit": "%",
        "target": "=goals.black_target",
        "direction": "up",
        "resources": "Three peer workers at half time, a supervisor, the kitchen's back room. In the way: Lantern's recruitment takes four months.",
        "confidence": 6,
        "who_gains": "The eleven hundred or so Black residents referred each year; everyone who is met before they are assessed.",
        "who_might_lose": "Nobody's sessions are taken away. Watched: waits for others while peer workers are trained.",
        "start": -215,
        "due": 330,
        "owner": "AO",
        "lived_experience_sponsor": "LE1",
        "state": "under_way",
    },
    {
        "key": "g_deprived",
        "title": "More people from the most deprived streets recover",
        "statement": (
            "By the due date, of people from the most deprived tenth of streets who finish a course and could recover, {goals.deprived_target:.0f} in 100 do, "
            "up from {deprived.value:.0f}."
        ),
        "priority_id": "p_places",
        "finding_id": "f_deprived",
        "population": "People who live in the most deprived tenth of streets",
        "characteristic": "Indices of Deprivation Decile",
        "group": "10 Most deprived",
        "comparison_group": "01 Least deprived",
        "indicator_id": "=deprived.indicator_id",
        "measure": "Recovery, as a share of those who finished and could recover",
        "baseline": "=deprived.value",
        "baseline_lower": "=deprived.lower",
        "baseline_upper": "=deprived.upper",
        "baseline_period": "=deprived.period",
        "unit": "%",
        "target": "=goals.deprived_target",
        "direction": "up",
        "resources": "A therapist two days a week, the Pantry's side room, the front desk of Fenholt Community Minds.",
        "confidence": 5,
        "who_gains": "People on Fenholt and in Wharf ward first.",
        "who_might_lose": "People in villages north of Kessmoor see no more of us than before; named in the assessment.",
        "start": -75,
        "due": 420,
        "owner": "RT",
        "lived_experience_sponsor": "LE2",
        "state": "under_way",
    },
    {
        "key": "g_unknown",
        "title": "Kessmoor knows as well as Tollbrook whom it serves",
        "statement": (
            "By the due date the ethnic group of no more than {goals.unknown_target:.0f} in 100 people referred in Kessmoor is unknown, down from {unknown.value:.0f}, "
            "with “prefer not to say” kept as an answer of its own."
        ),
        "priority_id": "p_ask",
        "finding_id": "f_unknown",
        "population": "Everyone referred in Kessmoor",
        "characteristic": "Borough",
        "group": "Kessmoor",
        "comparison_group": "Tollbrook",
        "indicator_id": "=unknown.indicator_id",
        "measure": "Referrals whose ethnic group is not known, as a share of all referrals",
        "baseline": "=unknown.value",
        "baseline_period": "=unknown.period",
        "unit": "%",
        "target": "=goals.unknown_target",
        "direction": "down",
        "resources": "A changed form and half a day with each booking team.",
        "confidence": 9,
        "who_gains": "Whoever was invisible in the figures.",
        "who_might_lose": "People who fear the question: it can be left, and the reason is read out first.",
        "start": -260,
        "due": -20,
        "owner": "JM",
        "lived_experience_sponsor": "LE1",
        "state": "achieved",
    },
)

RESOURCES: Rows = (
    {
        "goal_id": "g_black",
        "title": "Peer workers",
        "kind": "staff",
        "amount": "3 at half time",
        "provider": "The Mango Tree Kitchen, paid by the ICB",
        "secured": True,
    },
    {
        "goal_id": "g_black",
        "title": "Supervision of peer workers",
        "kind": "skills",
        "amount": "1 hour a week each",
        "provider": "Lantern Talking Therapies",
        "secured": True,
    },
    {
        "goal_id": "g_black",
        "title": "Money for peer work",
        "kind": "money",
        "amount": "£46,000 a year (fictional)",
        "provider": "Northmere ICB",
        "secured": True,
    },
    {
        "goal_id": "g_deprived",
        "title": "A therapist on two days",
        "kind": "staff",
        "amount": "0.4 of a post",
        "provider": "Mere Valley Wellbeing",
        "secured": True,
    },
    {
        "goal_id": "g_deprived",
        "title": "Side room with a door that shuts",
        "kind": "facilities",
        "amount": "Two mornings a week",
        "provider": "Fenholt Pantry",
        "secured": True,
    },
    {
        "goal_id": "g_deprived",
        "title": "Fares in the hand",
        "kind": "money",
        "amount": "£3,000 a year (fictional)",
        "provider": "Not found yet",
    },
    {
        "goal_id": "g_unknown",
        "title": "A morning to change the web form",
        "kind": "staff",
        "amount": "Half a day",
        "provider": "Mere Valley Wellbeing",
        "secured": True,
    },
)

MILESTONES: Rows = (
    {"goal_id": "g_black", "title": "Peer workers in post", "due": -150, "done": True},
    {"goal_id": "g_black", "title": "Fifty people accompanied", "due": -60, "done": True},
    {"goal_id": "g_black", "title": "All new referrals offered company", "due": 45},
    {"goal_id": "g_deprived", "title": "First Tuesday in the side room", "due": -40, "done": True},
    {"goal_id": "g_deprived", "title": "Front desk shared with Fenholt Community Minds", "due": -10},
    {"goal_id": "g_deprived", "title": "A second place, in Wharf ward", "due": 120},
    {"goal_id": "g_unknown", "title": "The sentence is read out at every booking", "due": -240, "done": True},
    {"goal_id": "g_unknown", "title": "The web form asks everyone", "due": -200, "done": True},
)
