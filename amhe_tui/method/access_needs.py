"""What people may need in order to take part, what to ask, and what to see to for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.method.choices import AccessNeedKind


@dataclass(frozen=True)
class AccessNeed:
    """Something a person may need to take part.

    Attributes:
        kind: Its code.
        ask: How to ask about it.
        provide: What meeting it takes.
    """

    kind: AccessNeedKind
    ask: str
    provide: str


@dataclass(frozen=True)
class ForEverybody:
    """Something to see to without being asked.

    Attributes:
        code: Its name.
        label: What it is.
        why: What happens without it.
    """

    code: str
    label: str
    why: str


NEEDS = (
    AccessNeed(AccessNeedKind.INTERPRETER, "Which language do you think in? Whom should we not ask to interpret?", "Book early; never a relative; say what it will be about."),
    AccessNeed(AccessNeedKind.BSL, "Would you like a British Sign Language interpreter?", "Two interpreters for more than an hour; seats where they can be seen."),
    AccessNeed(AccessNeedKind.LARGE_PRINT, "What size of print can you read easily?", "Ballots and idea sheets in that size; read aloud what is on the wall."),
    AccessNeed(AccessNeedKind.EASY_READ, "Would short sentences with pictures help?", "Send them a week before; go through them together."),
    AccessNeed(AccessNeedKind.HEARING_LOOP, "Do you use a loop, captions or lip-reading?", "Test the loop; one person speaks at a time, facing the room."),
    AccessNeed(AccessNeedKind.STEP_FREE, "Do you need a way in without steps, and a toilet to match?", "Walk the way from the bus stop yourself."),
    AccessNeed(AccessNeedKind.QUIET_ROOM, "Would a room to step out to help?", "Open through the whole session, with somebody near."),
    AccessNeed(AccessNeedKind.PRAYER, "Do you need a place or a time to pray?", "A clean quiet room; a break at the right time."),
    AccessNeed(AccessNeedKind.FOOD, "What do you eat and drink, and what must you not?", "Labels on the food; no alcohol in the room."),
    AccessNeed(AccessNeedKind.CHILDCARE, "Who looks after those you care for, while you are here?", "A crèche, a sitter or respite, paid beforehand."),
    AccessNeed(AccessNeedKind.TRAVEL, "How will you get here and home?", "Fares in cash on the day, or a taxi booked and paid."),
    AccessNeed(AccessNeedKind.TIMING, "When can you not come: work, school, fasting, treatment?", "Ask before the date is set; offer a second time."),
    AccessNeed(AccessNeedKind.GENDER_SPECIFIC, "Would you rather be in a women-only or men-only group?", "A facilitator and an interpreter to match."),
    AccessNeed(AccessNeedKind.ONLINE, "Could you join online, and what would the data cost you?", "A number to ring as well; data paid for; a rehearsal."),
    AccessNeed(AccessNeedKind.BREAKS, "How long can you sit and listen at a time?", "A break every forty minutes, and leave to move about."),
    AccessNeed(AccessNeedKind.COMPANION, "Would you like to bring somebody?", "A seat and a fare for them; agree whether they speak."),
    AccessNeed(AccessNeedKind.CAMERA_OFF, "Would you rather keep your camera off?", "Say that nobody has to explain; read the chat aloud."),
    AccessNeed(AccessNeedKind.OTHER, "Is there anything else that would make it easier for you?", "Ask how; they know best."),
)  # fmt: skip
"""What each person is asked about beforehand."""

FOR_EVERYBODY = (
    ForEverybody("plain_english", "Plain words", "Initials and jargon tell people that the meeting is not theirs."),
    ForEverybody("trauma_informed", "Trauma-informed", "Without choice, warning and a way out, being asked can hurt."),
    ForEverybody("trusted_host", "A host the community trusts", "People come for whoever asks them."),
    ForEverybody("fair_payment", "Fair payment, and costs paid beforehand", "Those with least cannot lend you their fare."),
    ForEverybody("benefits_advice", "Advice on benefits before paying", "A fee can cost somebody more than it brings."),
    ForEverybody("distress", "Somebody to turn to", "Talking about hard things can go home with people."),
)  # fmt: skip
"""What to see to at every activity, without being asked."""

INFORMATION_STANDARD = (
    ("ask", "Ask whether somebody needs information or conversation in another form."),
    ("record", "Write the need down plainly, and not as a diagnosis."),
    ("flag", "Make it stand out, so that nobody has to look for it."),
    ("share", "Pass it on, with consent, to those who need to know."),
    ("meet", "Give what was asked for."),
    ("review", "Ask again: needs change."),
)
"""The six steps of the NHS Accessible Information Standard, in our own words."""
_BY_KIND = {str(need.kind): need for need in NEEDS}


def access_need(kind: str) -> AccessNeed:
    """Return what belongs to an access need by its code.

    Raises:
        ValueError: There is no such need.
    """
    if kind not in _BY_KIND:
        raise ValueError(f"there is no access need {kind!r}")
    return _BY_KIND[kind]
