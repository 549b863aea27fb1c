"""The eight challenges in identifying inequality that the resource names: what each is, how it shows, what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.method.choices import ChallengeKind


@dataclass(frozen=True)
class ChallengeGuide:
    """One challenge.

    Attributes:
        kind: Its code.
        explanation: What it is and why it matters.
        signs: How it shows in data and activities.
        responses: What can be done about it.
    """

    kind: ChallengeKind
    explanation: str
    signs: tuple[str, ...]
    responses: tuple[str, ...]


CHALLENGES = (
    ChallengeGuide(
        ChallengeKind.CAPTURE,
        "Who people are is not asked, or written down wrongly or vaguely. A gap cannot show for a group that nobody recorded.",
        (
            "More than one person in five has no known group for a characteristic.",
            "Large groups called other, or one code that a single clinic uses for nearly everybody.",
            "Some characteristics, such as sexual orientation or disability, are never broken down.",
        ),
        (
            "Show completeness before any gap, team by team.",
            "Sit with the people who ask: what makes it awkward, and does the form skip it?",
            "Tell people why it is asked, and that they may decline; keep declined apart from not asked.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.AMALGAMATION,
        "Health, council, police and voluntary services count the same people apart, so nobody sees the whole of it.",
        (
            "Two sources call the groups, ages or areas by different lists.",
            "The same question gets two figures.",
            "Numbers for a rate come from one scheme and the population from another.",
        ),
        (
            "Write down for each source what it counts, for when, where and by which list.",
            "Compare only groups that both lists share, and say so under the figure.",
            "Agree a sharing arrangement with your information governance lead before the next cycle.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.DISTRUST,
        "People who were let down, or fear what is done with their words, have reason not to speak. Silence is not contentment.",
        (
            "Few come, or they come and say that all is well.",
            "People ask who else will read it, or will not sign.",
            "A community is hardly ever heard in feedback and complaints.",
        ),
        (
            "Go through somebody they trust, to a place of theirs, and pay them for it.",
            "Say at the start what cannot be kept in confidence, and what can come of it.",
            "Go back with what changed before you ask for more.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.LANGUAGE,
        "Words for distress differ between languages and cultures. A translated form may ask something nobody would say.",
        (
            "Everybody who answered did so in English.",
            "Interpreters are not booked, or relatives interpret.",
            "People speak of the body, faith or family where the form asks of mood.",
        ),
        (
            "Book an interpreter people accept, and ask which language and whom they would rather not have.",
            "Try the question with two people from the community first.",
            "Keep words in the language they were said in, beside the translation.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.INFORMATION,
        "What is on offer is written for people who read well, see well, are online and know the system.",
        (
            "Leaflets in one language, no Easy Read, no recording, no telephone number.",
            "People in focus groups have never heard of a service that is round the corner.",
            "Few refer themselves.",
        ),
        (
            "Follow the Accessible Information Standard: ask, record, flag, share, meet and review each need.",
            "Have people who do not use the service look for it, and watch where they get lost.",
            "Put it where people are: shops, places of worship, schools, community radio.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.HIDDEN,
        "Refugees, asylum seekers, homeless people and others live here and stand in no table. Left out of the count, they are left out of the plan.",
        (
            "The group is in no code list, or is folded into other.",
            "Its numbers are always too small to show.",
            "Services that work with them name far more people than the figures do.",
        ),
        (
            "Ask the services that know them, and write down how they count.",
            "Put several years or areas together before giving up on small numbers.",
            "Say in the report who is missing, by name of the group.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.ACCURACY,
        "Figures hold mistakes, old addresses and changed definitions. A gap may come from the counting, and so may the lack of one.",
        (
            "A sudden jump when a system or definition changed.",
            "Parts that do not add up to their total.",
            "Staff do not recognise the figure.",
        ),
        (
            "Show limits, the period and the publisher with each figure.",
            "Check a handful of records by hand with the team that made them.",
            "Look for the same gap in a second source, and in what people say.",
        ),
    ),
    ChallengeGuide(
        ChallengeKind.CO_OCCURRING,
        "Substance use, a learning disability, autism or bodily illness can stand in front of a mental health need, so that nobody treats it.",
        (
            "People are sent back and forth between two services.",
            "Referrals are refused for drinking or drug use.",
            "Only one diagnosis is recorded for each person.",
        ),
        (
            "Ask drug and alcohol, homelessness and learning disability services whom they cannot place.",
            "Count refusals, with reasons, by group.",
            "Plan who holds the case when two services are needed.",
        ),
    ),
)
"""The eight challenges in the order of the resource."""
