"""What there is to say of a record in a sentence or two, beside its title on the golden thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amhe_tui.dates import british
from amhe_tui.method.equality_impact import grid_row
from amhe_tui.programme.snapshot import Snapshot
from amhe_tui.programme.votes import standing_words
from amhe_tui.text import counted
from store.records import (
    Action,
    DataSource,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Feedback,
    Finding,
    Goal,
    Idea,
    Measure,
    MeasurePoint,
    Milestone,
    NominalGroup,
    Record,
    Remark,
    Resource,
    Review,
    ReviewedGoal,
    Theme,
    VotingRound,
    faces,
    shown,
    title_of,
)


def name_of(snapshot: Snapshot, item: Record) -> str:
    """Return the words that name a record on a thread, where its own title alone would not say enough."""
    if type(item) is EqualityImpactRow:
        return grid_row(str(item.characteristic)).label
    if type(item) is ReviewedGoal:
        return f"{title_of(item)}: {snapshot.title('goal', str(item.goal_id or ''))}"
    return title_of(item)


def detail_of(snapshot: Snapshot, item: Record) -> str:
    """Return what there is to say of a record beside its title, or ""."""
    writer = _WORDS.get(type(item))
    return writer(snapshot, item) if writer else _columns(snapshot, item)


def figure(value: float | None, unit: str) -> str:
    """Return a figure with its unit, or ""."""
    if value is None:
        return ""
    return f"{value:g} {unit}".strip() if unit != "%" else f"{value:g}%"


def _sentence(*parts: str) -> str:
    """Join what there is into one sentence."""
    sentence = ", ".join(part.strip().rstrip(".") for part in parts if part.strip())
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _columns(snapshot: Snapshot, item: Record) -> str:
    declared = faces(type(item))
    pairs = [
        (declared[name].label, shown(item, name, snapshot.title)) for name in type(item).columns if name in declared
    ]
    return ". ".join(f"{label}: {' '.join(value.split())}" for label, value in pairs if value)


def _source(_snapshot: Snapshot, item: DataSource) -> str:
    rows = f"{item.rows:,} rows" if item.rows else ""
    return _sentence(shown(item, "kind"), item.publisher, item.period, item.geography, rows)


def _theme(snapshot: Snapshot, item: Theme) -> str:
    remarks = len(snapshot.behind("remark.themes", [item.id]))
    return _sentence(counted(remarks, "remark speaks", "remarks speak") + " to it", shown(item, "domain"))


def _remark(snapshot: Snapshot, item: Remark) -> str:
    place = snapshot.title("activity", item.activity_id or "")
    return _sentence(item.speaker, shown(item, "roles"), place, shown(item, "agreement").lower())


def _finding(_snapshot: Snapshot, item: Finding) -> str:
    own, other = figure(item.value, item.unit), figure(item.compared_value, item.unit)
    numbers = f"{own} against {other}" if own and other else own
    sure = f"How sure: {shown(item, 'sureness').lower()}." if item.sureness else ""
    return " ".join(part for part in (item.sentence or _sentence(item.group_name, numbers), sure) if part)


def _session(snapshot: Snapshot, item: NominalGroup) -> str:
    ideas = len(snapshot.behind("idea.nominal_group_id", [item.id]))
    return _sentence(british(item.held), counted(ideas, "idea", "ideas"), shown(item, "stage").lower())


def _round(snapshot: Snapshot, item: VotingRound) -> str:
    if item.state != "closed":
        return "Open: nothing is counted before it is closed."
    vote = snapshot.votes.get(item.id)
    if vote is None:
        return "Closed; its ballots cannot be counted."
    first = [vote.letters[str(row.idea)] for row in vote.tally.ideas if row.rank == 1]
    joint = "joint first" if len(first) > 1 else "first"
    named = f"{joint}: {', '.join(first)}" if first else ""
    return _sentence(f"Closed, {counted(vote.tally.ballots, 'ballot', 'ballots')}", named)


def _idea(snapshot: Snapshot, item: Idea) -> str:
    into = snapshot.title("idea", item.merged_into_id or "")
    if into:
        return f"Joined with: {into}"
    standing = snapshot.standing_of(item.id)
    return standing_words(*standing) if standing else "Not counted yet."


def _goal(_snapshot: Snapshot, item: Goal) -> str:
    baseline, target = figure(item.baseline, item.unit), figure(item.target, item.unit)
    way = f"from {baseline} to {target}" if baseline and target else (f"to {target}" if target else "")
    return _sentence(way, f"by {british(item.due)}" if item.due else "", shown(item, "state").lower())


def _assessment(snapshot: Snapshot, item: EqualityImpactAssessment) -> str:
    rows = snapshot.some(EqualityImpactRow, snapshot.behind("equality_impact_row.assessment_id", [item.id]))
    filled = sum(1 for row in rows if row.impact)
    when = (
        f"completed {british(item.completed)}"
        if item.completed
        else (f"due {british(item.due)}, not complete" if item.due else "not complete")
    )
    return _sentence(f"{filled} of {len(rows)} rows have an impact", when, shown(item, "outcome").lower())


def _row(_snapshot: Snapshot, item: EqualityImpactRow) -> str:
    return _sentence(shown(item, "impact"), item.mitigation)


def _resource(_snapshot: Snapshot, item: Resource) -> str:
    provider = f"from {item.provider}" if item.provider else ""
    return _sentence(shown(item, "kind"), item.amount, provider, "secured" if item.secured else "not secured yet")


def _milestone(_snapshot: Snapshot, item: Milestone) -> str:
    return _sentence(f"due {british(item.due)}" if item.due else "", "reached" if item.done else "not reached yet")


def _action(_snapshot: Snapshot, item: Action) -> str:
    due = f"due {british(item.due)}" if item.due else ""
    return _sentence(shown(item, "state"), due, f"owner {item.owner}" if item.owner else "")


def first_and_last(points: list[MeasurePoint]) -> list[tuple[str, MeasurePoint, MeasurePoint]]:
    """Return each group of a measure with its first and its latest figure, groups in the order they came."""
    known = sorted((point for point in points if point.value is not None), key=lambda point: point.measured)
    groups = dict.fromkeys(point.group_name for point in points)
    ends: list[tuple[str, MeasurePoint, MeasurePoint]] = []
    for group in groups:
        own = [point for point in known if point.group_name == group]
        if own:
            ends.append((group, own[0], own[-1]))
    return ends


def _measure(snapshot: Snapshot, item: Measure) -> str:
    points = snapshot.some(MeasurePoint, snapshot.behind("measure_point.measure_id", [item.id]))
    if not any(point.value is not None for point in points):
        return _sentence(shown(item, "kind"), "no figures yet")
    parts = [
        f"{group} {first.value:g} ({british(first.measured)})"
        + (f" → {last.value:g} ({british(last.measured)})" if last is not first else "")
        for group, first, last in first_and_last(points)
    ]
    return "; ".join(parts)


def _point(snapshot: Snapshot, item: MeasurePoint) -> str:
    return _sentence(snapshot.title("measure", item.measure_id or ""), figure(item.value, ""), british(item.measured))


def _feedback(_snapshot: Snapshot, item: Feedback) -> str:
    when_told = f" They were told on {british(item.told)}." if item.told else ""
    return f"We did: {' '.join(item.did.split())}{when_told}" if item.did else shown(item, "state")


def _decided(snapshot: Snapshot, item: ReviewedGoal) -> str:
    gap = f"Did the gap close: {shown(item, 'gap').lower()}" if item.gap else ""
    review = snapshot.title("review", item.review_id or "")
    return _sentence(gap, review, item.reason, "passed on to the next cycle" if item.carry_over else "")


def _review(_snapshot: Snapshot, item: Review) -> str:
    return _sentence(british(item.held), item.who_took_part)


# Each takes the snapshot and a record of its own kind.
_WORDS: dict[type[Record], Callable[[Snapshot, Any], str]] = {
    DataSource: _source,
    Theme: _theme,
    Remark: _remark,
    Finding: _finding,
    NominalGroup: _session,
    VotingRound: _round,
    Idea: _idea,
    Goal: _goal,
    EqualityImpactAssessment: _assessment,
    EqualityImpactRow: _row,
    Resource: _resource,
    Milestone: _milestone,
    Action: _action,
    Measure: _measure,
    MeasurePoint: _point,
    Feedback: _feedback,
    ReviewedGoal: _decided,
    Review: _review,
}
