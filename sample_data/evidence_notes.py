"""What the team of the fictional Northmere noted about its sources: meanings, joined labels, and whom no data can see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Rows = tuple[Mapping[str, Any], ...]

MEANINGS: Rows = (
    {
        "indicator_id": "MHS01",
        "name": "People in contact with services at the end of the reporting period",
        "domain": "access",
        "counted": "people who live in Northmere",
        "outcome": "were in contact with mental health services",
    },
)

JOINS: Rows = (
    {
        "kind": "group",
        "characteristic": "Ethnic Group",
        "label": "Mixed or multiple",
        "joined_to": "Mixed",
        "quality": "exact",
        "reason": "The council and the trust mean the same four parts by it; the two analysts compared their lists.",
    },
)

GROUPS_TO_SEE: Rows = (
    {
        "name": "Gypsy, Roma and Traveller communities",
        "kind": "inclusion",
        "seen": "unseen",
        "where_seen": "The trust's list files them under other White groups, so no figure shows them.",
        "done": "Two women from the Marsh Lane site are paid to ask families what would make a first call worth it.",
    },
    {
        "name": "Refugees, asylum seekers and other migrants",
        "kind": "inclusion",
        "seen": "unseen",
        "where_seen": "No source here records immigration status, and people asked us not to start.",
        "done": "The Somali Women's Circle is asked to host one focus group a year.",
    },
    {
        "name": "Homeless people and rough sleepers",
        "kind": "inclusion",
        "seen": "partly",
        "where_seen": "The council counts them; the services do not.",
        "done": "The night shelter is among the places where people are invited to 1B.",
    },
    {
        "name": "People who use drugs or alcohol and are also unwell",
        "kind": "condition",
        "seen": "not_looked",
        "where_seen": "",
        "done": "",
    },
)
