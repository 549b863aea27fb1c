"""Step 4, EVALUATE: measures (4A), feedback (4B) and review (4C)."""

from __future__ import annotations

from amhe_tui.method.choices import (
    Direction,
    FeedbackChannel,
    GapState,
    MeasureKind,
    PersonKind,
    PromiseState,
    ReviewDecision,
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
    text,
)

_PUBLIC = Audience.PUBLIC
_BOARD = Audience.BOARD


@record
class Measure(Record, table=True):
    """What is measured to tell whether a goal works, for whom."""

    __tablename__ = "measure"
    __table_args__ = STRICT
    singular = "measure"
    plural = "measures"
    about = "What tells you whether inequality is narrowing: experience, outcomes, access, benchmarks."
    columns = ("kind", "frequency", "goal_id")
    sub_step = "4A"
    counted_as = Counted("measure", "measures", place=1)
    thread_stage = "measure"
    reached_by = ("measure.goal_id",)

    title: str = line("Measure", "What is measured.", required=True, audience=_PUBLIC)
    kind: str = choice(
        "Kind", "PREM, PROM, self-assessment, access, benchmark or dashboard.", MeasureKind, audience=_PUBLIC
    )
    goal_id: str | None = link("Goal", "Which goal it tells about.", "goal", audience=_PUBLIC)
    instrument: str = line(
        "Instrument or source", "Such as PHQ-9, a CCQI standard, an indicator of this file.", audience=_PUBLIC
    )
    definition: str = text("What is counted", "Numerator, denominator, who is left out.", audience=_PUBLIC)
    by_groups: str = line("Broken down by", "Characteristics it is looked at by.", audience=_PUBLIC)
    direction: str = choice("Better is", "Which way is better.", Direction, audience=_PUBLIC)
    target: float | None = number("Target", "The figure to reach.", audience=_PUBLIC)
    frequency: str = line("How often", "Such as every quarter.", audience=_PUBLIC)
    owner: str = line("Collected by", "Role or initials.", audience=_BOARD, names=Somebody.MEMBER)
    benchmark: str = text("Compared with", "Whose performance it is set against, and why theirs.", audience=_PUBLIC)


@record
class MeasurePoint(Record, table=True):
    """One value of a measure, for one group at one time."""

    __tablename__ = "measure_point"
    __table_args__ = STRICT
    singular = "measurement"
    plural = "measurements"
    about = "One figure, for one group, at one time."
    named_by = "group_name"
    columns = ("measured", "value", "measure_id")
    sub_step = "4A"
    counted_as = Counted("figure", "figures", place=2)
    thread_stage = "measure"
    reached_by = ("measure_point.measure_id measure.goal_id",)

    measure_id: str | None = link("Measure", "Of what.", "measure", required=True, audience=_BOARD)
    group_name: str = line("Group", "Whose figure it is; 'everyone' for the total.", required=True, audience=_BOARD)
    measured: str = day("Date", "The end of the period it is for.", required=True, audience=_BOARD)
    value: float | None = number("Value", "The figure.", audience=_BOARD)
    people: int | None = count("Out of how many", "The number of people it rests on.", audience=_BOARD)
    note: str = text("What changed", "Anything that happened then.", audience=_BOARD)


@record
class Feedback(Record, table=True):
    """What somebody told us, and what we did about it."""

    __tablename__ = "feedback"
    __table_args__ = STRICT
    singular = "feedback"
    plural = "feedback"
    about = "You said, we did: from people who use services, carers, communities and staff."
    named_by = "said"
    columns = ("person_kind", "channel", "state")
    sub_step = "4B"
    counted_as = Counted("thing said", "things said", place=1)
    thread_stage = "feedback"
    reached_by = (
        "feedback.themes <finding.themes",
        "feedback.goal_id",
        "feedback.action_id action.goal_id",
    )
    many = {"themes": Links("Themes", "What it speaks to.", "theme")}

    said: str = text("You said", "In their words, without names.", required=True, audience=_PUBLIC, voice=True)
    channel: str = choice("How it came", "The opportunity they used.", FeedbackChannel, audience=_PUBLIC)
    person_kind: str = choice("From", "Whose feedback it is.", PersonKind, audience=_PUBLIC)
    received: str = day("Date", "When.", audience=_PUBLIC)
    people: int | None = count("People", "How many said so.", audience=_BOARD)
    goal_id: str | None = link("Goal", "Which goal it is about.", "goal", audience=_BOARD)
    action_id: str | None = link("Action", "Which action it is about.", "action", audience=_BOARD)
    did: str = text("We did", "What was done, or why it could not be.", audience=_PUBLIC)
    told: str = day("Told them", "When they heard back.", audience=_PUBLIC)
    state: str = choice("State", "Whether it has an answer.", PromiseState, default=PromiseState.OPEN, audience=_PUBLIC)
    fair: str = text("Equal, accessible, fair", "Who could not have used this way of giving feedback.", audience=_BOARD)


@record
class TrainingNeed(Record, table=True):
    """A training need that staff named, without saying who."""

    __tablename__ = "training_need"
    __table_args__ = STRICT
    singular = "staff training need"
    plural = "staff training needs"
    about = "What staff say they need to learn, collected without names."
    named_by = "need"
    columns = ("team", "people", "met")
    sub_step = "4B"
    counted_as = Counted("training need", "training needs", place=2)
    thread_stage = "feedback"
    reached_by = Beside("a training need is collected without names and is tied to no goal")

    need: str = line("Need", "What staff want to learn.", required=True, audience=_PUBLIC)
    team: str = line("Team", "Large enough that nobody is recognised.", audience=_BOARD)
    people: int | None = count("Named by", "How many; never who.", audience=_BOARD)
    answer: str = text("What is offered", "Course, supervision, shadowing.", audience=_PUBLIC)
    met: bool = flag("Met", "It has been offered and taken up.", audience=_PUBLIC)


@record
class Review(Record, table=True):
    """A review: what works, what does not, what passes on."""

    __tablename__ = "review"
    __table_args__ = STRICT
    singular = "review"
    plural = "reviews"
    about = "Look back together, decide on every goal, and pass on what is left."
    columns = ("held", "who_took_part")
    sub_step = "4C"
    counted_as = Counted("review", "reviews", place=1)
    thread_stage = "review"
    reached_by = ("<reviewed_goal.review_id reviewed_goal.goal_id",)

    title: str = line("Review", "Such as: first year.", required=True, audience=_PUBLIC)
    held: str = day("Date", "When.", audience=_PUBLIC)
    who_took_part: str = text("Who took part", "By role; how many with lived experience.", audience=_PUBLIC)
    worked: str = text("What is working", "And for whom.", audience=_PUBLIC)
    not_worked: str = text("What is not working", "And for whom.", audience=_PUBLIC)
    gaps: str = text("Gaps and needs", "What is still unmet.", audience=_PUBLIC)
    to_commissioning: str = text(
        "For commissioning and service provision",
        "What commissioners and providers should decide now.",
        audience=_PUBLIC,
    )
    next_cycle: str = text("For the next cycle", "What passes on.", audience=_PUBLIC)


@record
class ReviewedGoal(Record, table=True):
    """What a review decided on one goal."""

    __tablename__ = "reviewed_goal"
    __table_args__ = STRICT
    singular = "decision on a goal"
    plural = "decisions on goals"
    about = "For each goal: did the gap close, and what now."
    named_by = "decision"
    columns = ("goal_id", "gap", "carry_over")
    sub_step = "4C"
    counted_as = Counted("goal decided", "goals decided", place=2)
    thread_stage = "review"
    reached_by = ("reviewed_goal.goal_id",)

    review_id: str | None = link("Review", "At which review.", "review", required=True, audience=_PUBLIC)
    goal_id: str | None = link("Goal", "On which goal.", "goal", required=True, audience=_PUBLIC)
    decision: str = choice("Decision", "What now.", ReviewDecision, required=True, audience=_PUBLIC)
    gap: str = choice("Did the gap close", "By the measures, not by hope.", GapState, audience=_PUBLIC)
    latest: float | None = number("Latest figure", "For the group the goal is about.", audience=_PUBLIC)
    latest_comparison: float | None = number(
        "Latest figure, compared with", "For whom it is measured against.", audience=_PUBLIC
    )
    reason: str = text("Why", "On what evidence.", audience=_PUBLIC)
    carry_over: bool = flag("Pass on to the next cycle", "It comes up again in the next 1A.", audience=_PUBLIC)
