"""What people said (1B), in their words; the people and the words are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]

REMARKS: Rows = (
    # --- supper at the Mango Tree
    {"words": "I spent four sessions explaining my family. Then they told me I had two left.", "speaker": "P1", "roles": ("lived",), "activity_id": "mango", "agreement": "most", "quote": True, "themes": ("t_understood", "t_first_steps")},
    {"words": "When I said the word racism she looked at her notes. So I stopped saying it.", "speaker": "P2", "roles": ("lived", "community"), "activity_id": "mango", "agreement": "some", "quote": True, "themes": ("t_understood",)},
    {"words": "My uncle went in by the front door and came out by the police. You think I'm filling in a web form?", "speaker": "P3", "roles": ("community",), "activity_id": "mango", "agreement": "some", "quote": False, "themes": ("t_trust",)},
    {"words": "He was a good man, my therapist. He asked what my church means to me and he waited for the answer.", "speaker": "P5", "roles": ("lived",), "activity_id": "mango", "agreement": "one", "quote": True, "themes": ("t_worked", "t_understood")},
    {"words": "They ring from a number you can't call back. Three missed calls and you're off the list.", "speaker": "P8", "roles": ("lived",), "activity_id": "mango", "agreement": "all", "quote": True, "themes": ("t_first_steps",)},
    {"words": "If somebody like me had walked in with me the first time, I would have gone the second time.", "speaker": "P1", "roles": ("lived",), "activity_id": "mango", "agreement": "most", "quote": True, "themes": ("t_first_steps", "t_trust")},
    {"words": "On me donne un formulaire avec des petites cases. Ma tristesse ne rentre pas dans ces cases.", "speaker": "P6", "roles": ("lived", "carer"), "activity_id": "mango", "language": "French", "translation": "They give me a form with little boxes. My sadness does not fit in those boxes.", "agreement": "some", "quote": False, "themes": ("t_language", "t_understood")},
    {"words": "Le soir, je garde ma mère. Le jour, je travaille. Alors, la thérapie, c'est quand ?", "speaker": "P6", "roles": ("carer",), "activity_id": "mango", "language": "French", "translation": "In the evening I look after my mother. In the day I work. So therapy is when?", "agreement": "some", "quote": False, "themes": ("t_time",)},
    {"words": "At the kitchen nobody asks what's wrong with you. They ask if you've eaten. Then it comes out.", "speaker": "P7", "roles": ("community", "vcse"), "activity_id": "mango", "agreement": "all", "quote": True, "themes": ("t_reach", "t_worked")},
    {"words": "Is it on my record? Will they see it if I go for my nursing job? No one would say yes or no.", "speaker": "P3", "roles": ("community",), "activity_id": "mango", "agreement": "some", "quote": True, "themes": ("t_trust",)},
    {"words": "I ticked 'prefer not to say' because nobody told me what it's for.", "speaker": "P9", "roles": ("community",), "activity_id": "mango", "agreement": "most", "quote": False, "themes": ("t_counted",)},
    {"words": "I care for my brother. When he's bad I miss my session, and then I'm the one who 'did not attend'.", "speaker": "P4", "roles": ("carer",), "activity_id": "mango", "agreement": "some", "quote": True, "themes": ("t_time", "t_first_steps")},
    {"words": "My granddaughter got therapy on her phone. At my age I want to sit across from a face.", "speaker": "P2", "roles": ("community",), "activity_id": "mango", "agreement": "some", "quote": True, "themes": ("t_reach",)},
    # --- Tuesday at the Fenholt Pantry
    {"words": "It's two buses and £5.20 there and back. That's a tea for the kids.", "speaker": "Q1", "roles": ("lived",), "activity_id": "fenholt", "agreement": "all", "quote": True, "themes": ("t_money", "t_reach")},
    {"words": "They said it could be on a video call. I've a cracked phone and two gigs a month.", "speaker": "Q4", "roles": ("lived",), "activity_id": "fenholt", "agreement": "most", "quote": True, "themes": ("t_money", "t_reach")},
    {"words": "My rota comes on a Thursday for the Monday. You can't book a life round that.", "speaker": "Q6", "roles": ("lived",), "activity_id": "fenholt", "agreement": "some", "quote": False, "themes": ("t_time",)},
    {"words": "First call, she read me forty questions off a screen. I cried and she said 'not at all, several days, or more than half the days?'", "speaker": "Q8", "roles": ("lived",), "activity_id": "fenholt", "agreement": "some", "quote": True, "themes": ("t_first_steps",)},
    {"words": "I'd have kept on if it was here, upstairs, while I wait for my bag. Well. Downstairs.", "speaker": "Q1", "roles": ("lived",), "activity_id": "fenholt", "agreement": "most", "quote": True, "themes": ("t_reach",)},
    {"words": "I've mum in the front room and dad in the back. Who sits with them while I sort my head out?", "speaker": "Q2", "roles": ("lived", "carer"), "activity_id": "fenholt", "agreement": "some", "quote": True, "themes": ("t_time",)},
    {"words": "Dzwonią zawsze, kiedy jestem na zmianie. Nie mogę odebrać, a potem piszą, że nie jestem zainteresowana.", "speaker": "Q5", "roles": ("carer",), "activity_id": "fenholt", "language": "Polish", "translation": "They always ring when I am on shift. I cannot pick up, and then they write that I am not interested.", "agreement": "some", "quote": True, "themes": ("t_first_steps", "t_language")},
    {"words": "Po polsku umiem powiedzieć, że mnie boli dusza. Po angielsku mówię tylko, że jestem zmęczona.", "speaker": "Q5", "roles": ("carer",), "activity_id": "fenholt", "language": "Polish", "translation": "In Polish I can say that my soul hurts. In English I only say that I am tired.", "agreement": "one", "quote": True, "themes": ("t_language",)},
    {"words": "They never asked was there drink involved, and I never said. We were both being polite.", "speaker": "Q4", "roles": ("lived",), "activity_id": "fenholt", "agreement": "one", "quote": False, "themes": ("t_first_steps",)},
    {"words": "What helped? Same woman every week, and she remembered the dog's name.", "speaker": "Q8", "roles": ("lived",), "activity_id": "fenholt", "agreement": "most", "quote": True, "themes": ("t_worked",)},
    {"words": "Round here you say you've a bad back. Nobody says the other thing.", "speaker": "Q3", "roles": ("community",), "activity_id": "fenholt", "agreement": "most", "quote": True, "themes": ("t_trust",)},
    {"words": "We hand out forty bags a day. Not one leaflet of yours has ever gone in them, because you've never brought any.", "speaker": "Q7", "roles": ("vcse",), "activity_id": "fenholt", "agreement": "all", "quote": True, "themes": ("t_reach",)},
    # --- the postcard
    {"words": "An evening slot. That is all.", "roles": ("lived",), "activity_id": "survey", "quote": True, "themes": ("t_time",)},
    {"words": "Someone who did not look surprised by my life.", "roles": ("lived",), "activity_id": "survey", "quote": True, "themes": ("t_understood",)},
    {"words": "Nothing, it was good. I got a job and felt well enough to stop.", "roles": ("lived",), "activity_id": "survey", "quote": True, "themes": ("t_worked",)},
    {"words": "The therapist assumed I have a wife. I let it go, and then I let the whole thing go.", "roles": ("lived",), "activity_id": "survey", "quote": True, "themes": ("t_understood",)},
    {"words": "Nadie me dijo que podía pedir un intérprete. Mi hija de doce años traducía por mí.", "roles": ("lived",), "activity_id": "survey", "language": "Spanish", "translation": "Nobody told me that I could ask for an interpreter. My twelve-year-old daughter translated for me.", "quote": True, "themes": ("t_language",)},
    {"words": "Your letter has six telephone numbers on it. I rang the first and it was a fax.", "roles": ("carer",), "activity_id": "survey", "quote": True, "themes": ("t_first_steps",)},
    # --- the circle's letter
    {"words": "We do not have one word for depression. We say that the heart is heavy, or that somebody is thinking too much. Ask about the heart.", "roles": ("vcse", "community"), "activity_id": "circle", "agreement": "all", "quote": True, "themes": ("t_language", "t_understood")},
    {"words": "A woman will not speak of these things through a male interpreter who knows her husband's cousin.", "roles": ("vcse", "community"), "activity_id": "circle", "agreement": "all", "quote": True, "themes": ("t_language", "t_trust")},
    {"words": "Fasting, prayer and school times are known a year ahead. Please own a calendar.", "roles": ("vcse", "community"), "activity_id": "circle", "agreement": "most", "quote": True, "themes": ("t_time", "t_understood")},
    # --- the housing team
    {"words": "The people we worry about most have no address, so they have no appointment letter, so to you they do not exist.", "roles": ("staff",), "activity_id": "housing", "agreement": "all", "quote": True, "themes": ("t_reach", "t_counted")},
    {"words": "Therapy says 'sort out the drinking first'. The drinking service says 'sort out the trauma first'. They stand in our car park between the two.", "roles": ("staff",), "activity_id": "housing", "agreement": "most", "quote": True, "themes": ("t_first_steps", "t_trust")},
    {"words": "The form has no box for Roma, so we tick 'other white' and somebody disappears.", "roles": ("staff",), "activity_id": "housing", "agreement": "some", "quote": True, "themes": ("t_counted",)},
)  # fmt: skip

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
        "seen_in": "The housing team: people without an address and people seeking asylum are in no figure we hold. Groups below 5 are hidden by rounding, the Chinese group among them.",
        "activity_id": "housing",
        "done": "Asked the housing team and the night line to write to us twice a year, so that these people are in the plan though not in the table.",
        "by_whom": "AO",
        "result": "A page of words instead of a row of figures. It is the best we have.",
        "state": "accepted",
    },
    {
        "kind": "accuracy",
        "seen_in": "2022-23 uses other labels for the same groups, so the Black group seemed to lose a third of its people overnight.",
        "source_id": "tt_2022",
        "done": "Matched the labels by hand and checked that the parts add up to the whole.",
        "by_whom": "JM",
        "result": "The three years can be read in a row; the drop was never there.",
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
)  # fmt: skip
