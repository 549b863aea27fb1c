"""Who works on it, for whom, from which sources (1A); everything here is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

PROGRAMME: Mapping[str, Any] = {
    "name": "Northmere (fictional): talking therapies for everyone",
    "area": "Northmere, a made-up place",
    "organisation": "Northmere ICB with Lantern Talking Therapies and Mere Valley Wellbeing (all fictional)",
    "scope": (
        "NHS talking therapies for adults in the two boroughs of Northmere, from the first thought of asking for help to six months after the last session. "
        "It leaves out inpatient care and services for children, which other programmes look after. Northmere does not exist: every person, word and figure "
        "in this file was made up, so that you can try everything without harm."
    ),
    "vision": "Whoever you are and wherever in Northmere you live, talking therapy is as easy to reach, as kind and as likely to help you as anybody else.",
    "starts": -400,
    "review_due": 60,
    "data_controller": "Northmere ICB (fictional)",
    "lawful_basis": "public_task",
    "privacy_notice": "Northmere privacy notice, version 2 (fictional): on the back of every invitation, and read aloud",
    "dpia": "DPIA NM-07 (fictional)",
}

MEMBERS: Rows = (
    {"initials": "AO", "duty": "Facilitator", "roles": ("staff", "carer")},
    {"initials": "RT", "duty": "Scribe", "roles": ("staff",)},
    {"initials": "JM", "duty": "Analyst", "roles": ("staff",)},
    {
        "initials": "LE1",
        "duty": "Peer researcher, chairs every other meeting",
        "roles": ("lived", "community"),
        "paid": True,
    },
    {"initials": "LE2", "duty": "Peer researcher", "roles": ("lived", "carer"), "paid": True},
    {
        "initials": "BK",
        "duty": "Community partner, the Mango Tree Kitchen",
        "roles": ("vcse", "community"),
        "paid": True,
    },
    {"initials": "SD", "duty": "Sponsor, deputy chief executive", "roles": ("commissioner",)},
)

POPULATIONS: Rows = (
    {
        "name": "Black residents who are referred to talking therapies",
        "why": "People kept telling the Mango Tree Kitchen that therapy was not made for them, and the figures agree: fewer recover than among White residents.",
        "involved": "LE1 and BK sit on the team; the Sixes read every draft.",
    },
    {
        "name": "People who live in the most deprived fifth of streets",
        "why": "They are the largest group by need, and the further down the list of streets one goes, the fewer people finish or get well.",
        "involved": "LE2 lives on the Fenholt estate; the Pantry's volunteers meet us once a month.",
    },
    {
        "name": "Unpaid carers",
        "why": "They came up in every room without anybody asking, and hardly appear in the figures at all.",
        "involved": "LE2 and AO are carers; the Carers' Kettle chose a reader for this plan.",
    },
)

# Sources without a file, beside the imported ones.
DESCRIBED_SOURCES: Rows = (
    {
        "key": "waiting_list",
        "title": "Waiting list audit of Mere Valley Wellbeing (fictional)",
        "kind": "usage",
        "publisher": "Mere Valley Wellbeing (fictional)",
        "period": "Six weeks of last winter",
        "geography": "Kessmoor",
        "licence": "Shared within the programme, not for publication",
        "suppression": "None: it was looked at by two people on a screen and only totals left the room",
        "completeness": "Telephone referrals only; people who filled in the web form are missing.",
    },
    {
        "key": "peq",
        "title": "Patient experience questionnaires of Lantern (fictional)",
        "kind": "experience",
        "publisher": "Lantern Talking Therapies (fictional)",
        "period": "2024-25",
        "geography": "Tollbrook",
        "licence": "Shared within the programme",
        "suppression": "Groups of fewer than 10 are left out",
        "completeness": "Two in five people send it back; people who stopped early are never asked.",
    },
    {
        "key": "assets",
        "title": "Community assets of Northmere (fictional)",
        "kind": "assets",
        "publisher": "Collected by the project team and the Mango Tree Kitchen",
        "period": "This year",
        "geography": "Both boroughs",
        "licence": "May be shown to anyone",
        "completeness": "Little is known about the villages north of Kessmoor.",
        "file_name": "assets_northmere.csv",
    },
)

# Imported file: what the team noted about it.
FILES: Mapping[str, Mapping[str, Any]] = {
    "northmere_talking_therapies_2022-23.csv": {
        "key": "tt_2022",
        "title": "Talking Therapies in Northmere, annual, 2022-23 (fictional)",
        "kind": "usage",
        "completeness": "Some groups are named differently in this year: 'Any Other Black Background', 'Bisexual'.",
    },
    "northmere_talking_therapies_2023-24.csv": {
        "key": "tt_2023",
        "title": "Talking Therapies in Northmere, annual, 2023-24 (fictional)",
        "kind": "usage",
        "completeness": "The ethnic group of about 9 in 100 people is not known.",
    },
    "northmere_talking_therapies_2024-25.csv": {
        "key": "tt_2024",
        "title": "Talking Therapies in Northmere, annual, 2024-25 (fictional)",
        "kind": "outcome",
        "completeness": "The ethnic group of about 9 in 100 people is not known: far more in Kessmoor than in Tollbrook.",
    },
    "northmere_mhsds_2025.csv": {
        "key": "mhsds",
        "title": "Mental health services, monthly, January to June 2025 (fictional)",
        "kind": "usage",
        "completeness": "Ethnic group unknown for about 10 in 100; gender codes 3 and 4 are too few to show at the smaller provider.",
    },
    "northmere_population.csv": {
        "key": "population",
        "title": "Adult residents of Northmere (fictional)",
        "kind": "population",
        "completeness": "People without a fixed address, and people seeking asylum, are not in the register.",
    },
    "northmere_recovery_crossed.csv": {
        "key": "crossed",
        "title": "Recovery by gender and ethnic group at once, 2024-25 (fictional)",
        "kind": "outcome",
        "completeness": "People whose gender or ethnic group is not known are left out.",
    },
}
FILE_FACTS: Mapping[str, Any] = {
    "publisher": "Made up for this programme; no real publisher",
    "licence": "Sample data of this program; may be shown to anyone",
    "suppression": "Rounded to 5; fewer than 5 shown as *",
    "treated": "yes",
}
POPULATION_MAPPING: Mapping[str, str] = {
    "area": "area",
    "characteristic": "characteristic",
    "group": "group",
    "value": "count",
    "indicator": "=Adult residents",
    "statistic": "=count",
    "period": "=2024",
}

FINDINGS: Rows = (
    {
        "key": "f_black",
        "title": "Fewer Black people than White people recover in talking therapies",
        "domain": "outcomes",
        "characteristic": "Ethnic Group",
        "group_name": "Black or Black British",
        "compared_with": "White",
        "indicator": "=black.indicator",
        "area": "=black.area",
        "period": "=black.period",
        "value": "=black.value",
        "lower": "=black.lower",
        "upper": "=black.upper",
        "compared_value": "=black.other",
        "sentence": "{black.sentence}",
        "method": "=black.method",
        "sureness": "high",
        "caveat": (
            "It cannot tell why, nor speak for the people whose ethnic group nobody wrote down. The figures are whole percentages of rounded counts, so a point "
            "either way means nothing."
        ),
        "themes": ("t_understood", "t_trust", "t_first_steps"),
        "sources": ("tt_2024", "tt_2023", "peq"),
    },
    {
        "key": "f_deprived",
        "title": "Fewer people from the most deprived streets recover than people from the least deprived",
        "domain": "outcomes",
        "characteristic": "Indices of Deprivation Decile",
        "group_name": "10 Most deprived",
        "compared_with": "01 Least deprived",
        "indicator": "=deprived.indicator",
        "area": "=deprived.area",
        "period": "=deprived.period",
        "value": "=deprived.value",
        "lower": "=deprived.lower",
        "upper": "=deprived.upper",
        "compared_value": "=deprived.other",
        "sentence": "{deprived.sentence}",
        "method": "=deprived.method",
        "sureness": "high",
        "caveat": "Streets are not people: some who are poor live in better-off streets. Beware that 10 is the most deprived in this file.",
        "themes": ("t_reach", "t_money", "t_first_steps"),
        "sources": ("tt_2024", "waiting_list"),
    },
    {
        "key": "f_unknown",
        "title": "In Kessmoor the service does not know the ethnic group of far more people than in Tollbrook",
        "domain": "access",
        "characteristic": "Borough",
        "group_name": "Kessmoor",
        "compared_with": "Tollbrook",
        "indicator": "=unknown.indicator",
        "area": "=unknown.area",
        "period": "=unknown.period",
        "value": "=unknown.value",
        "compared_value": "=unknown.other",
        "sentence": "{unknown.sentence}",
        "method": "=unknown.method",
        "sureness": "high",
        "caveat": "Not knowing is not itself worse care, but nobody can see unequal care of people who are not counted.",
        "themes": ("t_counted",),
        "sources": ("tt_2024",),
    },
    {
        "key": "f_older",
        "title": "People over 65 are few among those referred, and many among those who live here",
        "domain": "access",
        "characteristic": "Age Group",
        "group_name": "65 and over",
        "compared_with": "Their share of adult residents",
        "indicator": "=older.indicator",
        "area": "=older.area",
        "period": "=older.period",
        "value": "=older.value",
        "compared_value": "=older.other",
        "sentence": "{older.sentence}",
        "method": "=older.method",
        "sureness": "moderate",
        "caveat": "Need may differ by age, and the register of residents is not from the same year.",
        "themes": ("t_reach",),
        "sources": ("tt_2024", "population"),
    },
    {
        "key": "f_muslim",
        "title": "Fewer Muslim people than Christian people recover in talking therapies",
        "domain": "outcomes",
        "characteristic": "Religion",
        "group_name": "Muslim",
        "compared_with": "Christian",
        "indicator": "=muslim.indicator",
        "area": "=muslim.area",
        "period": "=muslim.period",
        "value": "=muslim.value",
        "lower": "=muslim.lower",
        "upper": "=muslim.upper",
        "compared_value": "=muslim.other",
        "sentence": "{muslim.sentence}",
        "method": "=muslim.method",
        "sureness": "moderate",
        "caveat": "Religion, ethnic group and street overlap: part of this is the same gap seen from another side.",
        "themes": ("t_understood", "t_language"),
        "sources": ("tt_2024",),
    },
    {
        "key": "f_carers",
        "title": "Unpaid carers say that they cannot come at the times that are offered",
        "domain": "experience",
        "characteristic": "Unpaid carers",
        "group_name": "Carers",
        "compared_with": "Everyone else who answered the survey",
        "area": "Northmere",
        "period": "Last year's survey",
        "sentence": "Nobody counts carers in the figures we have; every group we met spoke of them.",
        "method": "Voices, not figures",
        "sureness": "low",
        "caveat": "There is no figure at all: the services do not ask whether somebody is a carer.",
        "themes": ("t_time",),
        "sources": ("population",),
    },
    {
        "key": "f_bisexual",
        "title": "Fewer bisexual people than heterosexual people recover in talking therapies",
        "domain": "outcomes",
        "characteristic": "Sexual Orientation Type",
        "group_name": "Bi-sexual",
        "compared_with": "Heterosexual",
        "indicator": "=bisexual.indicator",
        "area": "=bisexual.area",
        "period": "=bisexual.period",
        "value": "=bisexual.value",
        "lower": "=bisexual.lower",
        "upper": "=bisexual.upper",
        "compared_value": "=bisexual.other",
        "sentence": "{bisexual.sentence}",
        "method": "=bisexual.method",
        "sureness": "low",
        "caveat": "We have not yet asked anybody. Many bisexual people referred are young, and young people recover less often whoever they are.",
        "sources": ("tt_2024",),
    },
)
