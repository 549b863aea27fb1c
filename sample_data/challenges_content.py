"""The eight challenges in identifying inequality (1B), where they were met here and what was done; all of it is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

CHALLENGES: Rows = (
    {
        "kind": "capture",
        "seen_in": "The annual figures: the ethnic group of about 9 in 100 people referred is not known, mostly in Kessmoor.",
        "source_id": "tt_2024",
        "done": "Sat beside the Kessmoor booking team for a morning: the web form skipped the question when the referral came from a GP. Changed the form.",
        "by_whom": "JM with the booking team",
        "result": "The share not known has fallen month by month since; see the measure for 4A.",
        "state": "eased",
    },
    {
        "kind": "amalgamation",
        "seen_in": "The residents' register, the annual file and the monthly file put people into different age groups and call deprivation by opposite numbers.",
        "source_id": "population",
        "done": "Wrote down for each source which groups can be set side by side, and which cannot.",
        "by_whom": "JM",
        "result": "Age and broad ethnic group can be compared; religion cannot.",
        "state": "working",
    },
    {
        "kind": "distrust",
        "seen_in": "At the Mango Tree two people would not sign anything, and one asked who else would read it.",
        "activity_id": "mango",
        "done": "Tore up the long form; LE1 read half a page aloud, people agreed by code, and we left the notes on the table for anyone to strike out.",
        "by_whom": "LE1, BK",
        "result": "Seven of nine agreed to be quoted; one remark was struck out.",
        "state": "eased",
    },
    {
        "kind": "language",
        "seen_in": "The circle wrote that 'depression' has no Somali word; the questionnaires rest on it.",
        "activity_id": "circle",
        "done": "Asked the circle to explain in its own words what each question is after; paid for it. The scores themselves were left as they are.",
        "by_whom": "Northmere Somali Women's Circle",
        "result": "A page in plain words for therapists; too early to say whether it changes what people answer.",
        "state": "working",
    },
    {
        "kind": "information",
        "seen_in": "The invitation letter: six telephone numbers, twelve-point grey print, English only.",
        "activity_id": "survey",
        "done": "Four readers from the Pantry rewrote it: one number, large print, Polish and Urdu on the back.",
        "by_whom": "LE2 with the Pantry's volunteers",
        "result": "Fewer calls that ask what the letter means, says the booking team; nobody counted them before.",
        "state": "eased",
    },
    {
        "kind": "hidden",
        "seen_in": (
            "The housing team: people without an address and people seeking asylum are in no figure we hold. Groups below 5 are hidden by "
            "rounding, the Chinese group among them."
        ),
        "activity_id": "housing",
        "done": "Asked the housing team and the night line to write to us twice a year, so that these people are in the plan though not in the table.",
        "by_whom": "AO",
        "result": "A page of words instead of a row of figures. It is the best we have.",
        "state": "accepted",
    },
    {
        "kind": "accuracy",
        "seen_in": "2022-23 uses other labels for the same groups, so groups seem to vanish in one year and to appear from nowhere in the next.",
        "source_id": "tt_2022",
        "done": "Matched the labels by hand and checked that the parts add up to the whole.",
        "by_whom": "JM",
        "result": "The three years can be read in a row; nobody had vanished.",
        "state": "eased",
    },
    {
        "kind": "co_occurring",
        "seen_in": "Fenholt and the housing team: drinking hides low mood, and each service sends people to the other.",
        "activity_id": "fenholt",
        "done": "A joint first conversation once a fortnight at the drop-in, one worker from each service.",
        "by_whom": "Fenholt Community Minds",
        "result": "Begun this spring; eleven people seen, none sent away.",
        "state": "working",
    },
)
