"""The golden thread in a report, priority by priority: from the gap through voices and vote to what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from amhe_tui.programme.thread import Thread, thread_in
from amhe_tui.programme.thread_words import figure
from amhe_tui.report.evidence import gap_blocks
from amhe_tui.report.impact import add_grid
from amhe_tui.report.model import Builder, Details, Items, Note, Paragraph
from amhe_tui.report.reader import Reader
from amhe_tui.report.sections import add_points
from amhe_tui.report.voices import voices_behind
from amhe_tui.report.votes import TOO_FEW, came_words, may_show, vote_blocks
from store.records import (
    Action,
    EqualityImpactAssessment,
    Feedback,
    Finding,
    Goal,
    Measure,
    Milestone,
    Priority,
    Resource,
    ReviewedGoal,
    faces,
)

_PART = 4


def add_threads(reader: Reader, into: Builder) -> None:
    """Add the thread of every priority, then the findings nobody took up."""
    if not reader.is_team and not reader.there.all(Priority) and not reader.there.all(Finding):
        return
    into.heading(2, "The thread, priority by priority", "thread")
    into.add(Paragraph("Each priority from the gap it answers to the proof whether the gap closed.", lead=True))
    priorities = reader.there.all(Priority)
    taken_up: set[str] = set()
    for priority in priorities:
        into.heading(3, reader.name(priority))
        followed = thread_in(reader.there, "priority", priority.id)
        taken_up.update(followed.ids("finding"))
        _add_thread(reader, into, priority, followed)
    if not priorities and reader.is_team:
        into.add(Note("There is no priority yet. Set the first at 2C; a small one will do.", "missing"))
    left = [finding for finding in reader.there.all(Finding) if finding.id not in taken_up]
    if left:
        into.heading(3, "Found, and not among the priorities yet")
        into.add(Items(tuple(reader.name(finding) for finding in left)))


def _add_thread(reader: Reader, into: Builder, priority: Priority, thread: Thread) -> None:
    snapshot = reader.there
    findings, goals = snapshot.some(Finding, thread.ids("finding")), snapshot.some(Goal, thread.ids("goal"))
    _add_gap(reader, into, findings)
    into.heading(_PART, "The voices")
    into.add(
        *voices_behind(reader, thread.ids("finding")) or _missing(reader, "No theme is linked to its findings yet.")
    )
    into.heading(_PART, "The vote")
    _add_vote(reader, into, priority)
    into.heading(_PART, "The priority")
    into.add(Details("", tuple(reader.pairs(priority, ("findings",)))))
    into.heading(_PART, "The goal" if len(goals) == 1 else "The goals")
    into.add(*([] if goals else _missing(reader, "No goal serves it yet.")))
    for goal in goals:
        _add_goal(reader, into, goal)


def _missing(reader: Reader, text: str) -> list[Note]:
    return [Note(text, "missing")] if reader.is_team else []


def _add_gap(reader: Reader, into: Builder, findings: Sequence[Finding]) -> None:
    into.heading(_PART, "The gap")
    for finding in findings:
        into.add(Paragraph(reader.name(finding)), *gap_blocks(reader, finding))
        sure, caveat = reader.show(finding, "sureness"), reader.show(finding, "caveat")
        into.add(Details("", tuple(pair for pair in (("How sure", sure), ("What it cannot tell", caveat)) if pair[1])))
    if not findings:
        into.add(
            *_missing(reader, "This priority answers no finding. Open it at 2C and choose the findings it is about.")
        )


def _add_vote(reader: Reader, into: Builder, priority: Priority) -> None:
    standing = reader.there.standing_of(priority.idea_id or "") if reader.sees_field(Priority, "idea_id") else None
    if standing is None:
        into.add(*_missing(reader, "It does not come from a vote that is closed."))
        return
    vote, row = standing
    if not may_show(reader, vote):
        into.add(Note(TOO_FEW))
        return
    idea = " ".join(reader.title("idea", str(row.idea)).rstrip(".").split())
    into.add(Paragraph(f"{idea}. {came_words(reader, vote, row)}"), *vote_blocks(reader, vote))


def _add_goal(reader: Reader, into: Builder, goal: Goal) -> None:
    snapshot = reader.there
    into.add(Paragraph(goal_words(reader, goal), lead=True), reader.details(goal, ("priority_id",)))
    means = [
        reader.table(
            "What it needs",
            snapshot.some(Resource, snapshot.behind("resource.goal_id", [goal.id])),
            ("title", "kind", "amount", "provider", "secured"),
        ),
        reader.table(
            "Milestones",
            snapshot.some(Milestone, snapshot.behind("milestone.goal_id", [goal.id])),
            ("title", "due", "done"),
        ),
    ]
    into.add(*means)
    labels = faces(EqualityImpactAssessment)
    for assessment in snapshot.some(EqualityImpactAssessment, snapshot.behind("equality_impact.goal_id", [goal.id])):
        into.heading(_PART, "Who would gain or lose")
        short = ("outcome", "completed", "due", "review_due")
        into.add(
            Details(
                "", tuple((labels[name].label, value) for name in short if (value := reader.show(assessment, name)))
            )
        )
        add_grid(reader, into, assessment)
    _add_delivery(reader, into, goal)


def goal_words(reader: Reader, goal: Goal) -> str:
    """Return a goal in one sentence, from where to where and by when, or "" where it has no figures yet."""
    unit = reader.show(goal, "unit")
    baseline = figure(reader.number(goal, "baseline"), unit)
    target, due = figure(reader.number(goal, "target"), unit), reader.show(goal, "due")
    if not target:
        return ""
    period = reader.show(goal, "baseline_period")
    start = (f"From {baseline} ({period})" if period else f"From {baseline}") if baseline else ""
    return f"{start} to {target}".strip().capitalize() + (f" by {due}." if due else ".")


def _add_delivery(reader: Reader, into: Builder, goal: Goal) -> None:
    snapshot = reader.there
    actions = snapshot.some(Action, snapshot.behind("action.goal_id", [goal.id]))
    into.heading(_PART, "What is being done")
    into.add(reader.table("Actions", actions, ("title", "state", "start", "due", "owner")))
    into.add(*([] if actions else _missing(reader, "No action is planned for this goal yet.")))
    measures = snapshot.some(Measure, snapshot.behind("measure.goal_id", [goal.id]))
    into.heading(_PART, "How it is measured")
    for measure in measures:
        short = [reader.show(measure, name) for name in ("kind", "by_groups", "frequency")]
        into.add(Paragraph(". ".join([reader.name(measure), *(part for part in short if part)]) + "."))
        add_points(reader, into, measure)
    into.add(*([] if measures else _missing(reader, "Nothing measures this goal yet.")))
    feedback_ids = [
        *snapshot.behind("feedback.goal_id", [goal.id]),
        *snapshot.behind("feedback.action_id", [action.id for action in actions]),
    ]
    feedback = snapshot.some(Feedback, dict.fromkeys(feedback_ids))
    into.heading(_PART, "You said, we did")
    into.add(reader.table("Feedback", feedback, ("said", "person_kind", "did", "state")))
    decided = snapshot.some(ReviewedGoal, snapshot.behind("reviewed_goal.goal_id", [goal.id]))
    into.heading(_PART, "Did the gap close?")
    into.add(*(reader.details(decision, ("goal_id",)) for decision in decided))
    into.add(*([] if decided else _missing(reader, "This goal was not reviewed yet.")))
