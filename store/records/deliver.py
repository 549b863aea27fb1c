"""Step 3, DELIVER: a strategy of SMART goals with their equality impact assessments (3A), and carrying it out (3B)."""

from __future__ import annotations

from amhe_tui.method.choices import CareMode, Direction, EiaOutcome, GoalState, Impact, Progress, ResourceKind
from store.records.declare import (
    STRICT,
    Audience,
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
class Goal(Record, table=True):
    """A SMART goal; its baseline is drawn from an indicator."""

    __tablename__ = "goal"
    __table_args__ = STRICT
    singular = "goal"
    plural = "SMART goals"
    about = "What will be different, for whom, by how much and by when."
    columns = ("state", "target", "due")
    sub_step = "3A"
    counted_as = Counted("goal", "goals", place=1)
    thread_stage = "goal"
    reached_by = ()

    title: str = line("Goal", "What will be different, for whom.", required=True, audience=_PUBLIC)
    statement: str = text("In full", "Who, what, from what to what, by when.", audience=_PUBLIC)
    priority_id: str | None = link("Priority", "The priority it serves.", "priority", audience=_PUBLIC)
    finding_id: str | None = link("Finding", "The inequality it is to narrow.", "finding", audience=_PUBLIC)
    population: str = line("For whom", "The people it is for.", audience=_PUBLIC, section="Specific")
    characteristic: str = line("Characteristic", "Such as ethnic group.", audience=_PUBLIC, section="Specific")
    group: str = line("Group", "The group whose figure is to change.", audience=_PUBLIC, section="Specific")
    comparison_group: str = line(
        "Compared with", "Whom the gap is measured against.", audience=_PUBLIC, section="Specific"
    )
    indicator_id: str = line(
        "Indicator", "The indicator in this file it is measured by.", audience=_PUBLIC, section="Measurable"
    )
    measure: str = line("Measure", "What is counted, in words.", audience=_PUBLIC, section="Measurable")
    baseline: float | None = number(
        "Baseline", "The figure today, drawn from the indicator.", audience=_PUBLIC, section="Measurable"
    )
    baseline_lower: float | None = number(
        "Baseline, lower limit", "95 % confidence limit.", audience=_BOARD, section="Measurable"
    )
    baseline_upper: float | None = number(
        "Baseline, upper limit", "95 % confidence limit.", audience=_BOARD, section="Measurable"
    )
    baseline_period: str = line("Baseline period", "When that figure is from.", audience=_PUBLIC, section="Measurable")
    unit: str = line("Unit", "Such as % or people.", audience=_PUBLIC, section="Measurable")
    target: float | None = number("Target", "The figure to reach.", audience=_PUBLIC, section="Measurable")
    direction: str = choice("Better is", "Which way is better.", Direction, audience=_PUBLIC, section="Measurable")
    resources: str = text(
        "What makes it achievable",
        "Staff, facilities, money, partners; and what stands in the way.",
        audience=_BOARD,
        section="Achievable",
    )
    confidence: int | None = count(
        "Confidence, 0 to 10",
        "How sure the group is that it can be done.",
        high=10,
        audience=_BOARD,
        section="Achievable",
    )
    who_gains: str = text("Who gains", "And by how much.", audience=_PUBLIC, section="Relevant")
    who_might_lose: str = text(
        "Who might lose", "Levelling up leaves nobody worse off.", audience=_PUBLIC, section="Relevant"
    )
    start: str = day("Starts", "When work begins.", audience=_PUBLIC, section="Timed")
    due: str = day("Due", "When the target is to be met.", audience=_PUBLIC, section="Timed")
    owner: str = line(
        "Owner", "Role or initials of whoever answers for it.", audience=_BOARD, names=Somebody.MEMBER, section="Timed"
    )
    lived_experience_sponsor: str = line(
        "Lived-experience sponsor",
        "Who keeps it honest, by code or role.",
        audience=_BOARD,
        names=Somebody.PARTICIPANT,
        section="Timed",
    )
    state: str = choice("State", "How it stands.", GoalState, default=GoalState.DRAFT, audience=_PUBLIC)


@record
class Resource(Record, table=True):
    """What a goal needs: staff, facilities, money, skills."""

    __tablename__ = "resource"
    __table_args__ = STRICT
    singular = "resource"
    plural = "resources"
    about = "The staff and facilities each goal needs, and who provides them."
    columns = ("kind", "amount", "goal_id")
    sub_step = "3A"
    counted_as = Counted("resource", "resources", place=3)
    thread_stage = "means"
    reached_by = ("resource.goal_id",)

    goal_id: str | None = link("Goal", "What it is for.", "goal", required=True, audience=_BOARD)
    title: str = line("What", "Such as two peer workers, a room, an interpreter.", required=True, audience=_BOARD)
    kind: str = choice("Kind", "Staff, facilities, money or skills.", ResourceKind, audience=_BOARD)
    amount: str = line("How much", "Such as 0.6 of a post, or £4,000 a year.", audience=_BOARD)
    provider: str = line("From whom", "Who provides it.", audience=_BOARD)
    secured: bool = flag("Secured", "Agreed by whoever provides it.", audience=_BOARD)


@record
class Milestone(Record, table=True):
    """A date on the way to a goal."""

    __tablename__ = "milestone"
    __table_args__ = STRICT
    singular = "milestone"
    plural = "milestones"
    about = "What is to be in place by when."
    columns = ("due", "done", "goal_id")
    sub_step = "3A"
    counted_as = Counted("milestone", "milestones", place=4)
    thread_stage = "means"
    reached_by = ("milestone.goal_id",)

    goal_id: str | None = link("Goal", "On the way to what.", "goal", required=True, audience=_PUBLIC)
    title: str = line("Milestone", "What will be in place.", required=True, audience=_PUBLIC)
    due: str = day("Due", "By when.", audience=_PUBLIC)
    done: bool = flag("Reached", "It is in place.", audience=_PUBLIC)


@record
class EqualityImpactAssessment(Record, table=True):
    """The equality impact assessment (EIA) of a goal; it opens with the goal's first draft."""

    __tablename__ = "equality_impact"
    __table_args__ = STRICT
    singular = "equality impact assessment"
    plural = "equality impact assessments"
    about = "Who would gain or lose by a goal, thought through before it is decided."
    columns = ("outcome", "due", "completed")
    sub_step = "3A"
    counted_as = Counted("assessment", "assessments", place=2)
    thread_stage = "assessment"
    reached_by = ("equality_impact.goal_id",)

    goal_id: str | None = link(
        "Goal", "What is being assessed.", "goal", required=True, goes_with=True, audience=_PUBLIC
    )
    title: str = line("Title", "What is being assessed, in a few words.", required=True, audience=_PUBLIC)
    due: str = day("Due", "Before the goal is agreed.", audience=_PUBLIC)
    completed: str = day("Completed", "When the whole grid was filled in.", audience=_PUBLIC)
    purpose: str = text("Purpose", "What the goal is meant to do, and how.", audience=_PUBLIC)
    affected: str = text("Who is affected", "Staff, people who use services, the public, partners.", audience=_PUBLIC)
    engagement: str = text("Who was asked", "Who, how, when, and what changed because of it.", audience=_PUBLIC)
    cumulative: str = text(
        "Several at once", "People to whom more than one of these applies, and effects that add up.", audience=_PUBLIC
    )
    human_rights: str = text("Human rights", "Dignity, privacy, liberty, family life.", audience=_BOARD)
    knows_duty: bool = flag(
        "The deciders know the duty",
        "They know what section 149 asks of them.",
        section="The six principles",
        audience=_BOARD,
    )
    before_decision: bool = flag(
        "Considered in time", "Before and while deciding, not after.", section="The six principles", audience=_BOARD
    )
    in_substance: bool = flag(
        "In substance", "With rigour and an open mind.", section="The six principles", audience=_BOARD
    )
    not_delegated: bool = flag(
        "Not delegated", "The deciders themselves have weighed it.", section="The six principles", audience=_BOARD
    )
    continuing: bool = flag("Continuing", "It will be looked at again.", section="The six principles", audience=_BOARD)
    recorded: bool = flag(
        "Recorded", "What was considered is written down.", section="The six principles", audience=_BOARD
    )
    outcome: str = choice(
        "Outcome", "What the assessment concludes.", EiaOutcome, audience=_PUBLIC, section="Conclusion"
    )
    monitoring: str = text(
        "How the real effect will be watched",
        "Which measures, by which groups.",
        audience=_PUBLIC,
        section="Conclusion",
    )
    review_due: str = day("Review due", "Six to twelve months after the start.", audience=_PUBLIC, section="Conclusion")
    signed_off: str = line(
        "Signed off by", "Role and date.", audience=_BOARD, names=Somebody.MEMBER, section="Conclusion"
    )
    published: str = line("Published", "Where people can read it, or why not.", audience=_PUBLIC, section="Conclusion")


@record
class EqualityImpactRow(Record, table=True):
    """One row of the grid: what a goal does to people with one characteristic."""

    __tablename__ = "equality_impact_row"
    __table_args__ = STRICT
    singular = "row of the grid"
    plural = "rows of the grid"
    about = "What the goal does to people with one characteristic."
    named_by = "characteristic"
    columns = ("impact", "evidence", "mitigation")
    sub_step = "3A"
    thread_stage = "assessment"
    reached_by = ("equality_impact_row.assessment_id equality_impact.goal_id",)
    listed = False

    assessment_id: str | None = link(
        "Assessment", "Whose row it is.", "equality_impact", required=True, goes_with=True, audience=_PUBLIC
    )
    characteristic: str = line("Characteristic", "Which row of the grid.", required=True, audience=_PUBLIC)
    impact: str = choice("Impact", "On these people.", Impact, audience=_PUBLIC)
    severity: int | None = count("Severity, 1 to 3", "How much it matters to them.", low=1, high=3, audience=_BOARD)
    likelihood: int | None = count("Likelihood, 1 to 3", "How likely it is.", low=1, high=3, audience=_BOARD)
    evidence: str = text(
        "Evidence", "What you know, from where; or why there is none and how the gap will be filled.", audience=_PUBLIC
    )
    aim_eliminate: bool = flag(
        "Aim 1: end discrimination", "It bears on discrimination, harassment or victimisation.", audience=_PUBLIC
    )
    aim_advance: bool = flag("Aim 2: advance opportunity", "It bears on equality of opportunity.", audience=_PUBLIC)
    aim_relations: bool = flag("Aim 3: good relations", "It bears on good relations between groups.", audience=_PUBLIC)
    mitigation: str = text(
        "What will be done", "To lessen harm or add benefit; or the justification.", audience=_PUBLIC
    )
    owner: str = line("By whom", "Role or initials.", audience=_BOARD, names=Somebody.MEMBER)
    due: str = day("By when", "Date.", audience=_BOARD)


@record
class Action(Record, table=True):
    """A piece of work, with the five things that help interventions reach people."""

    __tablename__ = "action"
    __table_args__ = STRICT
    singular = "action"
    plural = "actions"
    about = "What is being done, where people live, with choice, by trained staff, online too, and together."
    columns = ("state", "due", "owner")
    sub_step = "3B"
    counted_as = Counted("action", "actions", place=1)
    thread_stage = "action"
    reached_by = ("action.goal_id",)

    title: str = line("Action", "What is being done.", required=True, audience=_PUBLIC)
    goal_id: str | None = link("Goal", "What it serves.", "goal", audience=_PUBLIC)
    owner: str = line("Owner", "Role or initials.", audience=_BOARD, names=Somebody.MEMBER)
    start: str = day("Starts", "When.", audience=_PUBLIC)
    due: str = day("Due", "When.", audience=_PUBLIC)
    state: str = choice("State", "How it stands.", Progress, default=Progress.NOT_STARTED, audience=_PUBLIC)
    place: str = text(
        "Where, and how near", "Is it where people live?", audience=_PUBLIC, section="What helps it reach people"
    )
    cost: str = line(
        "Cost to the person", "Fares, fees, time off work.", audience=_PUBLIC, section="What helps it reach people"
    )
    modes: str = several(
        "Ways offered", "What people can choose from.", CareMode, audience=_PUBLIC, section="What helps it reach people"
    )
    training: str = text(
        "Training, by team",
        "Which team was trained in what, towards culturally appropriate care.",
        audience=_PUBLIC,
        section="What helps it reach people",
    )
    online: str = text(
        "Online",
        "What is offered online: when, how anonymous, and who is left out by it.",
        audience=_PUBLIC,
        section="What helps it reach people",
    )
    partners: str = text(
        "Partners and their roles",
        "Who works together, each doing what.",
        audience=_PUBLIC,
        section="What helps it reach people",
    )
    progress: str = text("How it is going", "Dated notes.", audience=_BOARD)
    blocker: str = text("What stands in the way", "And who can move it.", audience=_BOARD)


@record
class Governance(Record, table=True):
    """Who answers for the plan, and where it is taken when it is stuck."""

    __tablename__ = "governance"
    __table_args__ = STRICT
    singular = "governance arrangement"
    plural = "governance and accountability"
    about = "So that every action can be justified and somebody answers for it."
    named_by = "forum"
    columns = ("executive", "meets")
    sub_step = "3B"
    counted_as = Counted("forum", "forums", place=2)
    thread_stage = "action"
    reached_by = ("governance.goal_id",)

    forum: str = line("Forum", "The meeting that looks after this.", required=True, audience=_PUBLIC)
    executive: str = line("Accountable executive", "The role that answers for it.", audience=_PUBLIC)
    meets: str = line("Meets", "How often.", audience=_PUBLIC)
    lived_experience: str = text("People with lived experience", "How many, and with what say.", audience=_PUBLIC)
    escalation: str = text("Escalation", "Where it goes when it is stuck.", audience=_BOARD)
    goal_id: str | None = link("Goal", "If it is about one goal.", "goal", audience=_BOARD)


@record
class Decision(Record, table=True):
    """A decision, by whom, on what grounds, and who was in the room."""

    __tablename__ = "decision"
    __table_args__ = STRICT
    singular = "decision"
    plural = "decisions"
    about = "What was decided, why, and who was there."
    columns = ("decided", "forum")
    sub_step = "3B"
    counted_as = Counted("decision", "decisions", place=3)
    thread_stage = "action"
    reached_by = ("decision.goals",)
    many = {"goals": Links("About", "The goals it is about.", "goal")}

    title: str = line("Decision", "What was decided.", required=True, audience=_PUBLIC)
    decided: str = day("Date", "When.", audience=_PUBLIC)
    forum: str = line("Forum", "Where.", audience=_PUBLIC)
    options: str = text("Options considered", "What else could have been done.", audience=_BOARD)
    rationale: str = text("Why", "On what evidence.", audience=_PUBLIC)
    present: str = text("Who was there", "By role; how many with lived experience.", audience=_PUBLIC)
    dissent: str = text("Who disagreed, and why", "By role.", audience=_BOARD, voice=True)
    duty: bool = flag("Equality duty weighed", "The public sector equality duty was considered.", audience=_PUBLIC)
    interests: str = text("Conflicts of interest", "Declared by whom, and what was done.", audience=_BOARD)


@record
class Risk(Record, table=True):
    """Something that could go wrong."""

    __tablename__ = "risk"
    __table_args__ = STRICT
    singular = "risk"
    plural = "risks"
    about = "What could go wrong, how bad, and what is done about it."
    columns = ("likelihood", "consequence", "owner")
    sub_step = "3B"
    counted_as = Counted("risk", "risks", place=4)
    thread_stage = "action"
    reached_by = ("risk.goal_id",)

    title: str = line("Risk", "Cause, event and effect in a sentence.", required=True, audience=_BOARD)
    goal_id: str | None = link("Goal", "Which goal it threatens.", "goal", audience=_BOARD)
    likelihood: int | None = count("Likelihood, 1 to 5", "1 rare, 5 almost certain.", low=1, high=5, audience=_BOARD)
    consequence: int | None = count(
        "Consequence, 1 to 5", "1 negligible, 5 catastrophic.", low=1, high=5, audience=_BOARD
    )
    controls: str = text("What is done about it", "Controls in place and still to come.", audience=_BOARD)
    owner: str = line("Owner", "Role or initials.", audience=_BOARD, names=Somebody.MEMBER)
    review_due: str = day("Look again", "When.", audience=_BOARD)
