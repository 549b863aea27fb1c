"""How people were heard (1B): activities, who came, what they needed; everything here is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

_CONSENT = "Read aloud and signed with a code; anyone can take their words back until four weeks after the meeting, without saying why."

ACTIVITIES: Rows = (
    {
        "key": "mango",
        "title": "Supper at the Mango Tree",
        "kind": "focus_group",
        "question": "Think of the last time you, or somebody close, was low and looked for help: what happened?",
        "population": "Black residents who were referred to talking therapies, or thought about it",
        "held": -351,
        "place": "in_person",
        "venue": "The Mango Tree Kitchen, Wharf ward",
        "facilitator": "LE1",
        "scribe": "RT",
        "invited": 22,
        "attended": 9,
        "left_early": 1,
        "recruitment": "By the kitchen's own messages and two barbers. People who do not go out in the evening could not have heard of it.",
        "accessibility": "Step-free hall, a meal, taxis booked by us, a quiet corner, a French interpreter in the room, a second evening for night workers.",
        "payment": "fee",
        "payment_note": "£25 an hour in cash on the evening, taxi on top; a note on benefits was read out first",
        "level": "co_design",
        "level_said": "engaged",
        "consent": _CONSENT,
        "debrief": "We had come to talk about waiting times; nobody did. They talked about being understood. Two people said nothing until the plates were cleared.",
    },
    {
        "key": "fenholt",
        "title": "Tuesday at the Fenholt Pantry",
        "kind": "focus_group",
        "question": "What would make it easier to keep going to therapy once you have started?",
        "population": "People from the most deprived streets of Kessmoor",
        "held": -344,
        "place": "mixed",
        "venue": "Fenholt Pantry, upstairs room, with a tablet for those at home",
        "facilitator": "LE2",
        "scribe": "AO",
        "invited": 30,
        "attended": 8,
        "left_early": 0,
        "recruitment": "A card in every shopping bag for three weeks. People who do not use the Pantry were not asked.",
        "accessibility": "Held while the shop was open so that nobody made an extra trip; children's table; a Polish interpreter by telephone; large-print cards.",
        "payment": "voucher",
        "payment_note": "£30 shopping voucher, data top-up for those online",
        "level": "engaged",
        "level_said": "engaged",
        "consent": _CONSENT,
        "debrief": "The stairs were a mistake: one person waited below until we moved. Nobody mentioned the website; we asked, and nobody had seen it.",
    },
    {
        "key": "survey",
        "title": "Three questions on a postcard",
        "kind": "survey",
        "question": "If you stopped before the end, what would have made you stay?",
        "population": "Everyone who started therapy in the year before",
        "held": -335,
        "place": "written",
        "invited": 600,
        "attended": 141,
        "recruitment": "Post and text message, in English and Polish. People who moved house will not have had it.",
        "accessibility": "Freepost, text or telephone; large print on the back; Easy Read on request.",
        "payment": "none",
        "payment_note": "A prize draw was offered at first and dropped: some found it improper",
        "level": "consulted",
        "level_said": "informed",
        "consent": "A tick on the card; no name asked.",
        "debrief": "Fewer than one in four came back, and one in ten of those from the most deprived streets.",
    },
    {
        "key": "circle",
        "title": "Letter from the Northmere Somali Women's Circle (fictional)",
        "kind": "community",
        "question": "What do women in your circle want the service to know?",
        "population": "Somali women in Tollbrook",
        "held": -330,
        "place": "written",
        "invited": 1,
        "attended": 1,
        "recruitment": "The circle wrote of its own accord after the supper.",
        "accessibility": "They held their own meeting, in Somali, without us; we paid for the room and for writing it down in English.",
        "payment": "fee",
        "payment_note": "£300 to the circle for its work",
        "level": "engaged",
        "level_said": "consulted",
        "consent": "The circle agreed to be quoted by name of the circle only.",
    },
    {
        "key": "housing",
        "title": "What the Kessmoor housing team sees (fictional)",
        "kind": "service",
        "question": "Whom do you meet who needs help and does not get it?",
        "population": "People at risk of losing their home",
        "held": -328,
        "place": "online",
        "facilitator": "JM",
        "scribe": "RT",
        "invited": 6,
        "attended": 4,
        "recruitment": "Through the manager; night staff could not come.",
        "accessibility": "Half an hour at the start of a shift; cameras off if wished.",
        "payment": "none",
        "payment_note": "In paid working time",
        "level": "consulted",
        "level_said": "consulted",
        "consent": "Spoke as a team; no tenant was described so that they could be recognised.",
    },
)

PARTICIPANTS: Rows = (
    *(
        {"code": f"P{number}", "roles": roles, "activity_id": "mango", "agreed": agreed}
        for number, (roles, agreed) in enumerate(
            (
                (("lived",), True),
                (("lived", "community"), True),
                (("community",), True),
                (("carer",), True),
                (("lived",), True),
                (("lived", "carer"), False),
                (("community", "vcse"), True),
                (("lived",), True),
                (("community",), False),
            ),
            start=1,
        )
    ),
    *(
        {"code": f"Q{number}", "roles": roles, "activity_id": "fenholt", "agreed": agreed}
        for number, (roles, agreed) in enumerate(
            (
                (("lived",), True),
                (("lived", "carer"), True),
                (("community",), True),
                (("lived",), True),
                (("carer",), True),
                (("lived",), False),
                (("vcse",), True),
                (("lived",), True),
            ),
            start=1,
        )
    ),
)

_MONITORING: Mapping[str, Mapping[str, Sequence[tuple[str, int]]]] = {
    "mango": {
        "Ethnic group": (("Black or Black British", 7), ("Mixed", 1), ("Prefer not to say", 1)),
        "Age": (("18 to 25", 2), ("26 to 64", 5), ("65 and over", 2)),
        "Sex": (("Female", 5), ("Male", 4)),
        "Carer": (("Yes", 2), ("No", 7)),
    },
    "fenholt": {
        "Ethnic group": (("White", 6), ("Asian or Asian British", 1), ("Prefer not to say", 1)),
        "Age": (("18 to 25", 1), ("26 to 64", 6), ("Prefer not to say", 1)),
        "Disability": (("Yes", 4), ("No", 3), ("Prefer not to say", 1)),
    },
    "survey": {
        "Ethnic group": (
            ("White", 92),
            ("Black or Black British", 14),
            ("Asian or Asian British", 13),
            ("Mixed", 6),
            ("Left blank", 16),
        ),
        "Street": (("Most deprived fifth", 15), ("Other four fifths", 110), ("Left blank", 16)),
    },
}
MONITORING: Rows = tuple(
    {"activity_id": activity, "characteristic": characteristic, "answer": answer, "people": people}
    for activity, characteristics in _MONITORING.items()
    for characteristic, answers in characteristics.items()
    for answer, people in answers
)

ACCESS_NEEDS: Rows = (
    {"activity_id": "mango", "kind": "travel", "state": "met", "people": 5},
    {"activity_id": "mango", "kind": "interpreter", "state": "met", "people": 1},
    {"activity_id": "mango", "kind": "food", "state": "met", "people": 3},
    {"activity_id": "mango", "kind": "quiet_room", "state": "met", "people": 1},
    {
        "activity_id": "mango",
        "kind": "childcare",
        "state": "not_met",
        "people": 2,
        "reason": "The sitter cancelled that afternoon. One mother left early, one did not come. Next time: two sitters, booked by us.",
    },
    {
        "activity_id": "fenholt",
        "kind": "step_free",
        "state": "not_met",
        "people": 1,
        "reason": "The lift had been out of order for a month and nobody told us. We moved down after ten minutes; next time somebody walks the way in the day before.",
    },
    {"activity_id": "fenholt", "kind": "large_print", "state": "met", "people": 2},
    {"activity_id": "fenholt", "kind": "interpreter", "state": "met", "people": 1},
    {"activity_id": "fenholt", "kind": "online", "state": "met", "people": 2},
    {"activity_id": "survey", "kind": "easy_read", "state": "met", "people": 3},
    {"activity_id": "circle", "kind": "gender_specific", "state": "met", "people": 20},
    {
        "activity_id": "housing",
        "kind": "timing",
        "state": "asked",
        "people": 2,
        "reason": "Night staff asked for a second call at six in the morning; not yet held.",
    },
)

THEMES: Rows = (
    {
        "key": "t_understood",
        "name": "I should not have to explain who I am first",
        "meaning": "Being understood as a Black, Muslim or working-class person without first teaching the therapist. Not: liking the therapist as a person.",
        "domain": "experience",
    },
    {
        "key": "t_trust",
        "name": "We have been let down before",
        "meaning": "Distrust earned by earlier treatment of oneself or one's family, and what might mend it.",
        "domain": "access",
    },
    {
        "key": "t_first_steps",
        "name": "The first three weeks are where you lose me",
        "meaning": "What happens between asking for help and the third session. Not: waiting lists as such.",
        "domain": "access",
    },
    {
        "key": "t_reach",
        "name": "Come to where we are",
        "meaning": "Place, distance, telephone or screen, and who never hears of the service.",
        "domain": "access",
    },
    {
        "key": "t_money",
        "name": "It is free, and I cannot afford it",
        "meaning": "Fares, data, lost shifts and childcare: what a free appointment costs.",
        "domain": "access",
    },
    {
        "key": "t_language",
        "name": "In my own words",
        "meaning": "Language, interpreters, letters, and words for distress that do not translate.",
        "domain": "experience",
    },
    {
        "key": "t_counted",
        "name": "Ask me kindly and say why",
        "meaning": "How people are asked about themselves, and what happens with the answer.",
        "domain": "access",
    },
    {
        "key": "t_time",
        "name": "My day is not mine",
        "meaning": "Carers, shift workers and parents whose time is not their own.",
        "domain": "access",
    },
    {
        "key": "t_worked",
        "name": "What got me through",
        "meaning": "What helped, so that we keep it. No finding speaks of it yet.",
        "domain": "outcomes",
    },
)
