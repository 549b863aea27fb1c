"""The golden thread: from any record to everything on its thread, and what hangs loose beside it.

A thread is a chain, not a web. Its spine is findings, priorities and goals. From where one comes in, the spine is followed up towards the evidence and down
towards the delivery, never up and down again: a data source, a session or a review that many findings share shows on each of their threads and joins none of
them. What hangs on a record of the spine (its sources, voices, options, votes, assessment, actions and so on) is then added without going further.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amhe_tui.method.loose_ends import LOOSE_ENDS
from amhe_tui.programme.snapshot import Snapshot
from amhe_tui.programme.snapshot import snapshot as snapshot_of
from amhe_tui.programme.thread_words import detail_of, name_of
from store.glance import overview
from store.records import STAGES, Beside, Finding, Priority, Record, faces, record_type, title_of
from store.workspace import Workspace

STAGE_LABELS = {
    "evidence": "Numbers",
    "voices": "Voices",
    "finding": "Finding",
    "option": "Options and plans",
    "vote": "Vote",
    "priority": "Priority",
    "goal": "Goal",
    "assessment": "Equality impact assessment",
    "means": "Resources and milestones",
    "action": "Actions and accountability",
    "measure": "Measures",
    "feedback": "Feedback",
    "review": "Review",
}
"""The stages of a thread in their order, by key."""


# What hangs on a goal, in the order it is shown.
_ON_GOAL = (
    "equality_impact.goal_id",
    "resource.goal_id",
    "milestone.goal_id",
    "action.goal_id",
    "decision.goals",
    "governance.goal_id",
    "risk.goal_id",
    "measure.goal_id",
    "feedback.goal_id",
)


# The links that say what a record is part of, where that is not on the spine.
_PART_OF = ("activity_id", "source_id", "nominal_group_id", "assessment_id", "measure_id")


@dataclass(frozen=True)
class Knot:
    """One record on a thread.

    Attributes:
        table, record_id: Which record it is; each stands on a thread once.
        title: The words that name it.
        detail: What there is to say of it in a sentence or two, or "".
        stage: Its stage, a key of :data:`STAGE_LABELS`.
    """

    table: str
    record_id: str
    title: str
    detail: str
    stage: str


@dataclass(frozen=True)
class Thread:
    """Everything on the thread of one record.

    Attributes:
        table, record_id: The record it was followed from.
        knots: What is on it, in the order of the stages.
        beside: Where the record stands on no thread, a sentence that says why; its only knot is the record itself and what it is part of.
    """

    table: str
    record_id: str
    knots: tuple[Knot, ...]
    beside: str = ""

    def ids(self, table: str) -> list[str]:
        """Return the ids of the records of a table that are on the thread, in their order."""
        return [knot.record_id for knot in self.knots if knot.table == table]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the stages that have nothing on this thread yet."""
        stages = {knot.stage for knot in self.knots}
        return tuple(stage for stage in STAGE_LABELS if stage not in stages)


def thread_of(workspace: Workspace, table: str, record_id: str) -> Thread:
    """Return the thread of any record; one that is gone has no knots."""
    return thread_in(snapshot_of(workspace), table, record_id)


def threads(workspace: Workspace) -> list[Thread]:
    """Return the thread of every finding, and of every priority that answers none."""
    return threads_in(snapshot_of(workspace))


def threads_in(snapshot: Snapshot) -> list[Thread]:
    """Return the threads of a snapshot, as :func:`threads` does of a workspace."""
    from_findings = [thread_in(snapshot, "finding", finding.id) for finding in snapshot.all(Finding)]
    alone = [
        priority.id for priority in snapshot.all(Priority) if not snapshot.ahead("priority.findings", [priority.id])
    ]
    return from_findings + [thread_in(snapshot, "priority", priority_id) for priority_id in alone]


def thread_in(snapshot: Snapshot, table: str, record_id: str) -> Thread:
    """Return the thread of any record of a snapshot; one that is gone has no knots."""
    start = snapshot.one(table, record_id)
    if start is None:
        return Thread(table, record_id, ())
    findings, priorities, goals = _spine(snapshot, table, record_id)
    keys = [
        *_evidence(snapshot, findings),
        *[("finding", finding) for finding in findings],
        *_plans(snapshot, findings, priorities),
        *[("priority", priority) for priority in priorities],
        *[("goal", goal) for goal in goals],
        *_delivery(snapshot, findings, goals),
        *_around(snapshot, table, record_id),
    ]
    ordered = sorted(dict.fromkeys(keys), key=lambda key: STAGES.index(record_type(key[0]).thread_stage))
    return Thread(table, record_id, tuple(_knot(snapshot, *key) for key in ordered), _beside(record_type(table)))


def _knot(snapshot: Snapshot, table: str, record_id: str) -> Knot:
    item = snapshot.records[table][record_id]
    return Knot(table, record_id, name_of(snapshot, item), detail_of(snapshot, item), type(item).thread_stage)


def _beside(kind: type[Record]) -> str:
    """Return why a kind of record stands on no thread, as a sentence, or ""."""
    if not isinstance(kind.reached_by, Beside):
        return ""
    return f"This {kind.singular} stands on no thread: {kind.reached_by.why}."


# --- the spine ---------------------------------------------------------------------------------------------------------------------------------


def end_of(path: str) -> str:
    """Return the table that a declared path leads to."""
    hop = path.split()[-1]
    table, _, name = hop.removeprefix("<").partition(".")
    if hop.startswith("<"):
        return table
    kind = record_type(table)
    return kind.many[name].to if name in kind.many else str(faces(kind)[name].to)


def _reach(snapshot: Snapshot, table: str, record_id: str, spine: str) -> list[str]:
    """Return the ids of the records of one table of the spine to which a record's declared paths lead; a record of that table reaches itself."""
    if table == spine:
        return [record_id]
    declared = record_type(table).reached_by
    if isinstance(declared, Beside):
        return []
    reached: list[str] = []
    for path in declared:
        if end_of(path) == spine:
            ids = [record_id]
            for hop in path.split():
                ids = snapshot.behind(hop[1:], ids) if hop.startswith("<") else snapshot.ahead(hop, ids)
            reached += ids
    return list(dict.fromkeys(reached))


def _spine(snapshot: Snapshot, table: str, record_id: str) -> tuple[list[str], list[str], list[str]]:
    """Return the findings, priorities and goals on a record's thread, by the highest of them that it belongs to."""
    goals = _reach(snapshot, table, record_id, "goal")
    if goals:
        priorities = snapshot.ahead("goal.priority_id", goals)
        return _findings_of_goals(snapshot, goals), priorities, goals
    findings = _reach(snapshot, table, record_id, "finding")
    priorities = _reach(snapshot, table, record_id, "priority")
    if priorities:
        goals = snapshot.behind("goal.priority_id", priorities)
        answered = [*snapshot.ahead("priority.findings", priorities), *snapshot.ahead("goal.finding_id", goals)]
        # A session is about several findings: only those its priorities answer are on the thread of one of its ideas.
        own = findings if table in ("option", "diagram_node") else []
        return list(dict.fromkeys([*own, *answered])) or findings, priorities, goals
    priorities = snapshot.behind("priority.findings", findings)
    # A goal that names another finding belongs to that one's thread, though the priority answers both.
    served = [
        goal
        for goal in snapshot.behind("goal.priority_id", priorities)
        if not snapshot.ahead("goal.finding_id", [goal])
    ]
    goals = list(dict.fromkeys([*snapshot.behind("goal.finding_id", findings), *served]))
    named = snapshot.ahead("goal.priority_id", goals)
    return findings, list(dict.fromkeys([*priorities, *named])), goals


def _findings_of_goals(snapshot: Snapshot, goals: Iterable[str]) -> list[str]:
    findings: list[str] = []
    for goal in goals:
        own = snapshot.ahead("goal.finding_id", [goal])
        findings += own or snapshot.ahead("priority.findings", snapshot.ahead("goal.priority_id", [goal]))
    return list(dict.fromkeys(findings))


# --- what hangs on the spine -------------------------------------------------------------------------------------------------------------------

Key = tuple[str, str]


def _keys(table: str, ids: Iterable[str]) -> list[Key]:
    return [(table, record_id) for record_id in ids]


def voices(snapshot: Snapshot, findings: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return the themes behind findings, those within them included, each with its remarks; a remark stands under the first of its themes only."""
    themes = snapshot.ahead("finding.themes", findings)
    for theme in themes:
        themes += [within for within in snapshot.behind("theme.parent_id", [theme]) if within not in themes]
    by_theme: list[tuple[str, list[str]]] = []
    seen: set[str] = set()
    for theme in themes:
        remarks = [remark for remark in snapshot.behind("remark.themes", [theme]) if remark not in seen]
        seen.update(remarks)
        by_theme.append((theme, remarks))
    return by_theme


def _evidence(snapshot: Snapshot, findings: list[str]) -> list[Key]:
    keys = _keys("data_source", snapshot.ahead("finding.sources", findings))
    for theme, remarks in voices(snapshot, findings):
        keys += [("theme", theme), *_keys("remark", remarks)]
    return keys


def _plans(snapshot: Snapshot, findings: list[str], priorities: list[str]) -> list[Key]:
    options = [*snapshot.behind("option.findings", findings), *snapshot.ahead("priority.options", priorities)]
    voted = snapshot.ahead("priority.idea_id", priorities)
    ideas = [*voted, *snapshot.behind("idea.merged_into_id", voted)]
    boxes = [*snapshot.behind("diagram_node.finding_id", findings), *snapshot.behind("diagram_node.idea_id", ideas)]
    sessions = [*snapshot.behind("nominal_group.findings", findings), *snapshot.ahead("idea.nominal_group_id", ideas)]
    rounds = snapshot.behind("voting_round.nominal_group_id", sessions)
    return [
        *_keys("option", options),
        *_keys("diagram_node", boxes),
        *_keys("nominal_group", sessions),
        *_keys("voting_round", rounds),
        *_keys("idea", ideas),
    ]


def _delivery(snapshot: Snapshot, findings: list[str], goals: list[str]) -> list[Key]:
    keys = [key for field in _ON_GOAL for key in _keys(field.split(".")[0], snapshot.behind(field, goals))]
    keys += _keys("feedback", snapshot.behind("feedback.action_id", snapshot.behind("action.goal_id", goals)))
    themes = [theme for theme, _ in voices(snapshot, findings)]
    for feedback in snapshot.behind("feedback.themes", themes):
        # Feedback that is about a goal or an action hangs there, not on every finding its theme speaks to.
        if not snapshot.ahead("feedback.goal_id", [feedback]) and not snapshot.ahead("feedback.action_id", [feedback]):
            keys.append(("feedback", feedback))
    decided = snapshot.behind("reviewed_goal.goal_id", goals)
    return [
        *keys,
        *_keys("reviewed_goal", decided),
        *_keys("review", snapshot.ahead("reviewed_goal.review_id", decided)),
    ]


def _around(snapshot: Snapshot, table: str, record_id: str) -> list[Key]:
    """Return a record itself and the ones next to it that say what it is part of."""
    keys = [(table, record_id)]
    for name, face in faces(record_type(table)).items():
        if name in _PART_OF:
            keys += _keys(str(face.to), snapshot.ahead(f"{table}.{name}", [record_id]))
    return keys


# --- what hangs loose --------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LooseEnd:
    """A record that hangs loose.

    Attributes:
        key: Which loose end, a key of :data:`amhe_tui.method.loose_ends.LOOSE_ENDS`.
        words: What is wrong, in a few words.
        title: The words that name the record.
        remedy: The one thing that would tie it, as a sentence.
        table, record_id: Where to go.
    """

    key: str
    words: str
    title: str
    remedy: str
    table: str
    record_id: str

    @property
    def sentence(self) -> str:
        """Return all of it as sentences."""
        return f"{self.words}: {self.title.rstrip('.')}. {self.remedy}"


def loose_ends(workspace: Workspace, today: date) -> list[LooseEnd]:
    """Return whatever hangs loose on the thread, in the order of the method, each with its remedy."""
    loose = workspace.read(lambda raw: overview(raw, today.isoformat())).loose
    ends: list[LooseEnd] = []
    for kind in LOOSE_ENDS.values():
        if ids := loose.get(kind.key):
            titles = {item.id: title_of(item) for item in workspace.list(record_type(kind.table))}
            ends += [
                LooseEnd(kind.key, kind.wrong, titles[record_id], kind.remedy, kind.table, record_id)
                for record_id in ids
                if record_id in titles
            ]
    return ends
