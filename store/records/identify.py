"""Step 1, IDENTIFY: what communities say (1B), and the findings that numbers and voices lead to; the sources of 1A have a file of their own."""

from __future__ import annotations

from amhe_tui.method.choices import (
    AccessNeedKind,
    ActivityKind,
    Agreement,
    ChallengeKind,
    ChallengeState,
    Direction,
    Domain,
    InvolvementLevel,
    NeedState,
    Payment,
    Place,
    Role,
    Sureness,
)
from store.records.declare import (
    STRICT,
    Audience,
    Beside,
    Counted,
    Links,
    Record,
    Somebody,
    choice,
    count,
    day,
    flag,
    line,
    link,
    number,
    record,
    several,
    text,
)

_PUBLIC = Audience.PUBLIC
_BOARD = Audience.BOARD


@record
class Activity(Record, table=True):
    """One way of hearing from people: a focus group, a survey, a community group's or another service's input."""

    __tablename__ = "activity"
    __table_args__ = STRICT
    singular = "activity"
    plural = "activities with communities"
    about = "Each focus group, survey or submission, and how it was made accessible, easy and fair."
    columns = ("kind", "held", "attended")
    sub_step = "1B"
    counted_as = Counted("activity", "activities", place=1)
    thread_stage = "voices"
    reached_by = (
        "<remark.activity_id remark.themes <finding.themes",
        "<nominal_group.activity_id nominal_group.findings",
    )

    title: str = line("Title", "A name the people in the room would recognise.", required=True, audience=_PUBLIC)
    kind: str = choice(
        "Kind", "How people were heard.", ActivityKind, default=ActivityKind.FOCUS_GROUP, audience=_PUBLIC
    )
    question: str = text("Question", "The open question that was asked, one at a time.", audience=_PUBLIC)
    population: str = line("With whom", "Which people it was meant to hear.", audience=_PUBLIC)
    held: str = day("Date", "When it was held or sent.", audience=_PUBLIC)
    place: str = choice("How", "In the room, online or in writing.", Place, audience=_PUBLIC)
    venue: str = line("Venue", "Where; a trusted place that people already go to is best.", audience=_BOARD)
    facilitator: str = line("Facilitator", "Initials.", names=Somebody.MEMBER)
    scribe: str = line("Scribe", "Initials; somebody other than the facilitator.", names=Somebody.MEMBER)
    invited: int | None = count("Invited or sent", "How many people were asked.", audience=_PUBLIC)
    attended: int | None = count("Took part or returned", "How many came or answered.", audience=_PUBLIC)
    left_early: int | None = count("Left early", "How many left before the end.", audience=_BOARD)
    recruitment: str = text(
        "How people were asked",
        "The route by which they heard of it, and who could not have.",
        audience=_BOARD,
        section="Accessible, easy and fair",
    )
    accessibility: str = text(
        "Made accessible",
        "Interpreters, step-free way in, Easy Read, times that suit.",
        audience=_PUBLIC,
        section="Accessible, easy and fair",
    )
    payment: str = choice(
        "Payment",
        "How people were paid for their time.",
        Payment,
        audience=_PUBLIC,
        section="Accessible, easy and fair",
    )
    payment_note: str = line(
        "About payment",
        "Rate, expenses paid up front, benefits advice given.",
        audience=_BOARD,
        section="Accessible, easy and fair",
    )
    level: str = choice(
        "Involvement, we say",
        "How much say people had, as the team sees it.",
        InvolvementLevel,
        audience=_PUBLIC,
        section="Accessible, easy and fair",
    )
    level_said: str = choice(
        "Involvement, they say",
        "How much say people felt they had; a difference is a finding.",
        InvolvementLevel,
        audience=_PUBLIC,
        section="Accessible, easy and fair",
    )
    consent: str = text(
        "Consent to take part", "How people agreed, to what, and until when they can withdraw.", section="Consent"
    )
    debrief: str = text(
        "Debrief", "What surprised you, who was quiet, what nobody said.", section="Afterwards", voice=True
    )


@record
class Participant(Record, table=True):
    """A person in the room, as a code and the capacities they speak in; never a name."""

    __tablename__ = "participant"
    __table_args__ = STRICT
    singular = "participant"
    plural = "participants"
    about = "Who is in the room, by code; names stay on paper."
    named_by = "code"
    columns = ("roles", "activity_id")
    sub_step = "1B"
    counted_as = Beside("people are counted nowhere on the home screen, where anybody may look")
    thread_stage = "voices"
    reached_by = ("participant.activity_id <remark.activity_id remark.themes <finding.themes",)

    code: str = line("Code", "P1, P2 and so on; never a name.", required=True, names=Somebody.PARTICIPANT)
    roles: str = several("Speaks as", "All that apply.", Role)
    activity_id: str | None = link("Activity", "Where they took part.", "activity", required=True)
    agreed: bool = flag("Agreed to be quoted", "Without their name.")


@record
class Monitoring(Record, table=True):
    """What people said of themselves, as totals of an activity that cannot be joined to anybody."""

    __tablename__ = "monitoring"
    __table_args__ = STRICT
    singular = "monitoring total"
    plural = "monitoring totals"
    about = "Who took part, as totals only: how many people chose each answer."
    named_by = "answer"
    columns = ("characteristic", "people", "activity_id")
    sub_step = "1B"
    counted_as = Beside("what people said of themselves is summed up in its activity alone")
    thread_stage = "voices"
    reached_by = ("monitoring.activity_id <remark.activity_id remark.themes <finding.themes",)

    activity_id: str | None = link("Activity", "Where the forms were filled in.", "activity", required=True)
    characteristic: str = line("Characteristic", "What was asked, such as ethnic group.", required=True)
    answer: str = line("Answer", "One answer people could choose; 'prefer not to say' is an answer too.", required=True)
    people: int | None = count("People", "How many chose it.")


@record
class AccessNeed(Record, table=True):
    """An access need somebody told of, and whether it was met."""

    __tablename__ = "access_need"
    __table_args__ = STRICT
    singular = "access need"
    plural = "access needs"
    about = "What people needed in order to take part, and whether they got it."
    named_by = "kind"
    columns = ("state", "people", "activity_id")
    sub_step = "1B"
    counted_as = Beside("what people need to take part is kept to its activity")
    thread_stage = "voices"
    reached_by = ("access_need.activity_id <remark.activity_id remark.themes <finding.themes",)

    activity_id: str | None = link("Activity", "For which activity.", "activity", required=True)
    kind: str = choice("Need", "What was needed.", AccessNeedKind, required=True, audience=_BOARD)
    state: str = choice("State", "Asked for, met or not met.", NeedState, default=NeedState.ASKED, audience=_BOARD)
    people: int | None = count("People", "How many asked for it.")
    reason: str = text("If not met, why", "What stood in the way, and what would be done next time.", audience=_BOARD)


@record
class Theme(Record, table=True):
    """What several remarks have in common."""

    __tablename__ = "theme"
    __table_args__ = STRICT
    singular = "theme"
    plural = "themes"
    about = "What people's words have in common, named so that they would agree."
    named_by = "name"
    columns = ("domain", "meaning")
    sub_step = "1B"
    counted_as = Counted("theme", "themes", place=3)
    thread_stage = "voices"
    reached_by = (
        "<finding.themes",
        "theme.parent_id <finding.themes",
    )

    name: str = line("Theme", "A short phrase in people's own terms.", required=True, audience=_PUBLIC, voice=True)
    meaning: str = text("What it means", "What belongs to it, and what does not.", audience=_PUBLIC, voice=True)
    domain: str = choice("Shows in", "Access, experience or outcomes.", Domain, audience=_PUBLIC)
    parent_id: str | None = link("Part of", "A wider theme, if there is one.", "theme")


@record
class Remark(Record, table=True):
    """Something that was said or written, in the words it was said in."""

    __tablename__ = "remark"
    __table_args__ = STRICT
    singular = "remark"
    plural = "remarks"
    about = "People's words, as they said them."
    named_by = "words"
    columns = ("speaker", "activity_id")
    sub_step = "1B"
    counted_as = Counted("remark", "remarks", place=2)
    thread_stage = "voices"
    reached_by = (
        "remark.themes <finding.themes",
        "remark.themes theme.parent_id <finding.themes",
    )
    many = {"themes": Links("Themes", "What this remark speaks to.", "theme")}

    words: str = text("Words", "As they were said; no names.", required=True, voice=True)
    speaker: str = line("Speaker", "Their code, such as P3, or nothing.", names=Somebody.PARTICIPANT)
    roles: str = several("Speaking as", "The capacity they spoke in.", Role, audience=_BOARD)
    activity_id: str | None = link("Activity", "Where it was said.", "activity")
    language: str = line("Language", "If it was said in another language, which.", audience=_BOARD)
    translation: str = text("Translation", "In English, if it was said in another language.", voice=True)
    agreement: str = choice("Shared by", "How many in the room felt the same.", Agreement, audience=_BOARD)
    quote: bool = flag("May be quoted", "The person agreed, and nobody could be recognised by it.")


@record
class Challenge(Record, table=True):
    """One of the eight challenges, where it was met and what was done about it."""

    __tablename__ = "challenge"
    __table_args__ = STRICT
    singular = "challenge"
    plural = "challenges in identifying inequality"
    about = "The eight ways inequality stays hidden; what you saw and what you did."
    named_by = "kind"
    columns = ("seen_in", "state", "result")
    sub_step = "1B"
    counted_as = Counted("challenge", "challenges", place=4)
    thread_stage = "evidence"
    reached_by = (
        "challenge.source_id <finding.sources",
        "challenge.activity_id <remark.activity_id remark.themes <finding.themes",
    )

    kind: str = choice("Challenge", "Which of the eight.", ChallengeKind, required=True, audience=_PUBLIC)
    seen_in: str = text(
        "Where it showed", "In which source or activity, and how you noticed.", audience=_PUBLIC, voice=True
    )
    source_id: str | None = link("Data source", "If it showed in a source.", "data_source", audience=_BOARD)
    activity_id: str | None = link("Activity", "If it showed in an activity.", "activity", audience=_BOARD)
    done: str = text("What was done", "The step that was taken.", audience=_PUBLIC)
    by_whom: str = line("By whom", "Role or initials.", audience=_BOARD, names=Somebody.MEMBER)
    result: str = text("With what result", "What became visible, or why not.", audience=_PUBLIC)
    state: str = choice(
        "State", "How far it is dealt with.", ChallengeState, default=ChallengeState.SEEN, audience=_PUBLIC
    )


@record
class Finding(Record, table=True):
    """An inequality: who, compared with whom, in what, how large and how sure."""

    __tablename__ = "finding"
    __table_args__ = STRICT
    singular = "finding"
    plural = "findings"
    about = "An inequality in one sentence, with the numbers and the voices behind it."
    columns = ("domain", "group_name", "sureness")
    sub_step = "1A"
    counted_as = Counted("finding", "findings", place=2)
    thread_stage = "finding"
    reached_by = ()
    many = {
        "themes": Links("Voices behind it", "Themes from the community that speak to it.", "theme"),
        "sources": Links("Sources behind it", "Where its numbers come from.", "data_source"),
    }

    title: str = line(
        "In one sentence", "Who fares worse, at what, compared with whom.", required=True, audience=_PUBLIC
    )
    domain: str = choice("Shows in", "Access, experience or outcomes.", Domain, audience=_PUBLIC)
    characteristic: str = line(
        "Characteristic", "Such as ethnic group or deprivation.", audience=_PUBLIC, section="Who and how large"
    )
    group_name: str = line("Who", "The group that fares worse.", audience=_PUBLIC, section="Who and how large")
    compared_with: str = line(
        "Compared with",
        "Everyone else, an average or a named group; say which.",
        audience=_PUBLIC,
        section="Who and how large",
    )
    indicator: str = line("Indicator", "What was measured.", audience=_PUBLIC, section="Who and how large")
    area: str = line("Area", "Where.", audience=_PUBLIC, section="Who and how large")
    period: str = line("Period", "When.", audience=_PUBLIC, section="Who and how large")
    indicator_id: str = line(
        "Indicator's key",
        "How this file knows the indicator; filled in from a breakdown.",
        audience=_BOARD,
        section="Who and how large",
    )
    unit: str = line("Unit", "Such as % or people.", audience=_PUBLIC, section="Who and how large")
    direction: str = choice(
        "Better is", "Which way is better.", Direction, audience=_PUBLIC, section="Who and how large"
    )
    value: float | None = number("Their value", "The group's figure.", audience=_BOARD, section="Who and how large")
    lower: float | None = number(
        "Lower limit", "Lower 95 % confidence limit.", audience=_BOARD, section="Who and how large"
    )
    upper: float | None = number(
        "Upper limit", "Upper 95 % confidence limit.", audience=_BOARD, section="Who and how large"
    )
    compared_value: float | None = number(
        "Other value", "The figure it is compared with.", audience=_BOARD, section="Who and how large"
    )
    gap_value: float | None = number(
        "The gap", "Their figure less the other.", audience=_BOARD, section="Who and how large"
    )
    gap_lower: float | None = number(
        "Gap, lower limit", "Lower 95 % limit of the gap.", audience=_BOARD, section="Who and how large"
    )
    gap_upper: float | None = number(
        "Gap, upper limit", "Upper 95 % limit of the gap.", audience=_BOARD, section="Who and how large"
    )
    figures: str = text(
        "All the figures",
        "Every group's figure as it was when this was written down.",
        section="Who and how large",
    )
    frozen: str = day("Written down on", "When the figures were taken.", audience=_BOARD, section="Who and how large")
    sentence: str = text(
        "The gap in words", "As a lay person would read it.", audience=_PUBLIC, section="Who and how large"
    )
    method: str = line("Method", "How the numbers were made.", audience=_BOARD, section="Who and how large")
    sureness: str = choice("How sure", "After weighing numbers and voices.", Sureness, audience=_PUBLIC)
    caveat: str = text("What it cannot tell", "Who is missing, what else could explain it.", audience=_PUBLIC)
