"""Guidance for each sub-step in our own words: why, how, what to ask yourselves, what to look out for."""

from __future__ import annotations

from dataclasses import dataclass

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


Words = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str, tuple[str, ...]]


IDENTIFY: dict[str, Words] = {
    "1A": (
        "Much is counted already. Looked at group by group, it shows who gets less help, worse help, or none, and whom the counting misses.",
        (
            "Bring in what exists: who lives here, who uses services, what the community has, what people say of their care, and how they fare (key i).",
            "See every gap at once, the sure ones apart from those too few to tell (key G). Break each indicator down by ethnic group, deprivation, age, sex, religion "
            "and whatever else is recorded (key b).",
            "Look at who is missing first: a group that is not counted cannot show a gap (key x).",
            "Note for each source what it counts, for when and by which list; where lists do not fit together, keep the figures apart and say so.",
            "Write down each inequality as a finding: who, compared with whom, in what, how large, how sure (key f in a breakdown).",
            "List community assets, or bring in a directory: groups, places and services people already trust, and for whom there is nothing (key h).",
            "Choose three populations at most for this cycle.",
        ),
        (
            "Who lives here but hardly appears in our figures?",
            "Who is in no table at all: refugees, asylum seekers, people without an address?",
            "Could substance use or another condition stand in front of a mental health need?",
            "Whom do we compare a group with, and why them?",
            "Could the gap be chance? Could it be larger than it looks?",
            "Which of these figures would people here recognise?",
        ),
        (
            "Adding up rates, or mixing broad groups with the groups inside them.",
            "Reading a leading number: one file counts deprivation from the most deprived, another from the least.",
            "Taking a hidden small number for nought.",
            "Stopping at the chart: numbers say that, never why.",
            "Taking a figure for accurate because it is printed: ask what a sudden jump was, and look for the gap in a second source.",
        ),
        "Each finding has a figure with its limits, a comparison that is named, the share unknown, and a sentence a lay person reads correctly.",
        ("population", "assets", "usage", "experience", "outcomes", "breakdown", "amalgamation", "hidden", "accuracy", "co_occurring"),
    ),
    "1B": (
        "People affected know what the numbers cannot tell: why, since when, what it is like, and what would help.",
        (
            "Run a focus group of five to nine people, with one open question at a time and a scribe (key f takes notes).",
            "Send a survey in the languages spoken here, and say how many it went to.",
            "Ask community groups to speak for themselves, and pay them for it.",
            "Ask services that work with people at risk: housing, advice, drug and alcohol, refugee support.",
            "Ask beforehand what each person needs to take part; note what was met and what was not.",
            "Make taking part easy and fair: near by, at a good hour, with an interpreter, costs paid beforehand and time paid for.",
            "Say why you ask people who they are, and that they may decline: figures by group begin with an answer that was freely given.",
            "Name themes together, and take down remarks in people's own words.",
            "Go through the eight challenges: which did you meet, and what did you do about each?",
        ),
        (
            "Who was not in the room, and why?",
            "What did nobody say?",
            "Who has never heard of what is on offer, and is it the words, the language or where it is written?",
            "Did people have as much say as we think they had?",
            "Who hears back, how and by when?",
        ),
        (
            "Asking the same few people again.",
            "Writing summaries instead of words.",
            "Names, places or rare details that tell who spoke.",
            "Taking distrust for lack of interest.",
        ),
        "People who are hardly ever asked were asked in a place they trust, were paid, and would come again.",
        ("focus_groups", "surveys", "community_groups", "other_services", "accessible", "distrust", "language", "information", "capture", "challenges"),
    ),
}  # fmt: skip


DESIGN: dict[str, Words] = {
    "2A": (
        "Somebody may have solved this already, here or elsewhere. Looking first saves money and respects what people have built.",
        (
            "Ask the community what would help: the remarks and themes of 1B are a start.",
            "Look for positive practice: what was done, how it was set up and delivered, what changed and for whom.",
            "Read the evidence: does it work for people like those here?",
            "List what is being done locally, and decide for each: join it, extend it, or leave it to them.",
        ),
        (
            "What did people themselves ask for?",
            "Would it work here, with these people, at this cost?",
            "Who is doing it already?",
            "Whom did the evidence leave out?",
        ),
        (
            "Choosing what is easy to fund over what was asked for.",
            "Counting a nice story as evidence.",
            "Starting a second service beside the first.",
        ),
        "For each finding there are options from more than one source, each with its evidence, its fit and its overlap noted.",
        ("ask_community", "positive_practice", "evidence_base", "local_initiatives"),
    ),
    "2B": (
        "In a discussion the loudest win. These methods give each voice the same weight and show how a plan is meant to work.",
        (
            "Nominal group: silent writing, one idea each in turn, clarification, secret ranked vote (key v).",
            "Driver diagram: the aim at the left, what drives it, and ideas to test (key y).",
            "Theory of change: what you put in, do, and expect to change, soon and later, with the assumption behind each arrow.",
            "Write down what could go wrong, and for whom.",
            "Plan with people with lived experience in the room, as many and with as much say as the rest.",
        ),
        (
            "Does the question ask one thing?",
            "Has everybody understood every idea before the vote?",
            "Who disagrees with the result, and what do they see?",
            "Which arrow are we least sure of?",
        ),
        (
            "Counting points alone: how many people chose an idea matters too.",
            "Breaking a tie in silence: show it as a tie.",
            "Merging ideas without asking those who had them.",
            "Outvoting the people it is about: look at their ranking by itself.",
        ),
        "Everybody's ideas are on the list in their words, the vote was secret, ties stand as ties, and the result was talked about.",
        ("nominal_group", "quality_improvement", "lived_experience"),
    ),
    "2C": (
        "Not everything can be first. A small change next week builds more trust than a large one next year.",
        (
            "Take the result of the vote; if you depart from it, say why, and leave it visible.",
            "Put each priority on a horizon: immediate, short, medium or long term.",
            "Mark the small changes, and write the smallest first step of each.",
            "Ask people with lived experience for their view of the list, and write it down in their words.",
        ),
        (
            "What could we do within a week?",
            "Which priority would people notice first?",
            "Who says that this is the right order?",
        ),
        (
            "A long list on which everything is a priority.",
            "Small changes that never lead to the large one.",
        ),
        "A short list that people with lived experience would sign, with something small on it that has begun.",
        ("immediate", "small_changes", "horizons", "views"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Guidance:
    """What helps with a sub-step.

    Attributes:
        why: Why it matters.
        how: What to do.
        prompts: Questions for the group.
        pitfalls: What goes wrong.
        good: What good looks like.
        covers: The points of the resource's own summary it answers to.
    """

    why: str
    how: tuple[str, ...]
    prompts: tuple[str, ...]
    pitfalls: tuple[str, ...]
    good: str
    covers: tuple[str, ...]


_GUIDANCE = {code: Guidance(*parts) for code, parts in {**IDENTIFY, **DESIGN, **DELIVER, **EVALUATE}.items()}


def guidance_for(sub_step: str) -> Guidance:
    """Return the guidance of a sub-step such as ``1A``.

    Raises:
        ValueError: There is no such sub-step.
    """
    if sub_step not in _GUIDANCE:
        raise ValueError(f"there is no sub-step {sub_step}")
    return _GUIDANCE[sub_step]
