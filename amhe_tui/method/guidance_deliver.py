"""The words of guidance for steps 3 and 4: (why, how, prompts, pitfalls, what good looks like, what it covers)."""

from __future__ import annotations

from amhe_tui.method.guidance_identify import Words

DELIVER: dict[str, Words] = {
    "3A": (
        "A goal that says who, how far and by when can be kept or missed; anything else cannot.",
        (
            "Write one goal for each priority; the SMART check at the side shows what is still missing.",
            "Draw the baseline from a finding, so that it can be checked.",
            "List the staff and facilities it needs, and whether they are secured.",
            "Set milestones and dates.",
            "Fill in the equality impact assessment now: it opened with the first draft (key m).",
        ),
        (
            "Whose figure is to change, and against whom?",
            "Is the target further away than chance alone could take us?",
            "Who might lose?",
            "Who answers for it, and who with lived experience keeps it honest?",
        ),
        (
            "Raising the average and leaving the gap.",
            "Assessing the impact after the decision.",
            "A budget line that nobody has agreed to.",
        ),
        "Each goal traces back to a finding and a vote, and its assessment was read before it was agreed.",
        ("smart", "resourcing", "timeframes", "eia"),
    ),
    "3B": (
        "Plans reach people where they live, in ways they can choose, through people they trust.",
        (
            "Choose what fits the needs found in step 1 and the ideas of step 2.",
            "For each action note the five things that help: near and affordable, choice, trained staff, online, partners.",
            "Say who answers for the plan, where it is discussed, and where it goes when it is stuck.",
            "Write down decisions with their reasons, who was there and who disagreed.",
            "Keep the risks in view, and look at them again on their dates.",
        ),
        (
            "How far is it, and what does it cost to get there?",
            "What can somebody choose who will not come to a clinic?",
            "Which team was trained, by whom?",
            "Who is left out by what is online?",
        ),
        (
            "Calling a leaflet an intervention.",
            "A partner that learns of its part from the plan.",
            "Governance that nobody with lived experience sits on.",
        ),
        "Somebody who has never used a service could say where to go, what it costs and what they can choose.",
        ("local_needs", "accessible_places", "choice", "training", "online", "collaboration", "governance"),
    ),
}  # fmt: skip

EVALUATE: dict[str, Words] = {
    "4A": (
        "Only figures by group can show whether a gap closes. An average can rise while it widens.",
        (
            "For each goal choose what tells: experience (PREM), outcome (PROM), access by group, self-assessment, a benchmark, a dashboard.",
            "Write down the definition once: who is counted, who is not.",
            "Record a figure for each group, each time.",
            "Set what people say beside what is counted, so that each explains the other.",
            "Note what changed at the time, so that a turn in the line has a reason.",
        ),
        (
            "Would this measure show harm as well as benefit?",
            "How many people does each figure rest on?",
            "Whom do we benchmark against, and are they like us?",
        ),
        (
            "Measuring what is easy.",
            "Reading a turn into two points.",
            "Dropping the groups with small numbers instead of saying that they are too few to tell.",
        ),
        "For each goal there are at least three figures for the group and for whom it is compared with.",
        ("prems", "proms", "self_assessment", "access_data", "dashboard", "benchmarking", "words_and_figures"),
    ),
    "4B": (
        "People who told you what is wrong are owed an answer. Feedback that nobody answers is the last you get.",
        (
            "Offer ways that are equal, accessible and fair, as in 1B: in person, in writing, by phone, online.",
            "Ask all four: people who use services, families and carers, the community, and staff.",
            "For staff: a place to speak, needs for training collected without names, a satisfaction survey.",
            "Put words and figures together; one without the other is half the picture.",
            "For each: you said, we did, or we could not and why. Then tell them.",
        ),
        (
            "Who has no way to tell us?",
            "What do staff see that nobody asks them about?",
            "Which promises are still open?",
        ),
        (
            "Collecting without answering.",
            "A staff survey in teams so small that everybody knows who said it.",
        ),
        "Every piece of feedback has an answer and a date on which people heard it.",
        ("feedback_people", "richer_picture", "equal_fair", "staff_feedback", "staff_training", "staff_survey"),
    ),
    "4C": (
        "Looking back together decides what goes on, what changes and what stops, and begins the next cycle.",
        (
            "Bring figures and feedback into one room with people with lived experience.",
            "For each goal: did the gap close? Continue, adapt, scale, stop or decommission.",
            "Write what commissioners and providers should decide.",
            "Mark what passes on to the next cycle.",
        ),
        (
            "For whom did it work, and for whom not?",
            "Would we choose it again?",
            "What is still unmet, and who says so?",
        ),
        (
            "Declaring success from the average.",
            "Leaving out the goals that failed.",
            "A review without the people it was for.",
        ),
        "Each goal has a decision with its reason, and the next cycle has its first entries.",
        ("lived_review", "commissioning", "what_works", "gaps_needs"),
    ),
}  # fmt: skip
