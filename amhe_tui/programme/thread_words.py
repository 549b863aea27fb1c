"""What there is to say of a record in a sentence or two, beside its title on the golden thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amhe_tui.dates import british
from amhe_tui.method.equality_impact import grid_row
from amhe_tui.programme.snapshot import Snapshot
from amhe_tui.programme.votes import standing_words
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


def name_of(there: Snapshot, item: Record) -> str:
    """Return the words that name a record on a thread, where its own title alone would not say enough."""
    if type(item) is EqualityImpactRow:
        return grid_row(str(item.characteristic)).label
    if type(item) is ReviewedGoal:
        return f"{title_of(item)}: {there.title('goal', str(item.goal_id or ''))}"
    return title_of(item)


def detail_of(there: Snapshot, item: Record) -> str:
    """Return what there is to say of a record beside its title, or ""."""
    words = _WORDS.get(type(item))
    return words(there, item) if words else _columns(there, item)


def figure(value: float | None, unit: str) -> str:
    """Return a figure with its unit, or ""."""
    if value is None:
        return ""
    return f"{value:g} {unit}".strip() if unit != "%" else f"{value:g}%"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _sentence(*parts: str) -> str:
    """Join what there is into one sentence."""
    words = ", ".join(part.strip().rstrip(".") for part in parts if part.strip())
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _columns(there: Snapshot, item: Record) -> str:
    declared = faces(type(item))
    pairs = [(declared[name].label, shown(item, name, there.title)) for name in type(item).columns if name in declared]
    return ". ".join(f"{label}: {' '.join(value.split())}" for label, value in pairs if value)


def _source(there: Snapshot, item: DataSource) -> str:  # noqa: ARG001 - every writer of details is called alike
    rows = f"{item.rows:,} rows" if item.rows else ""
    return _sentence(shown(item, "kind"), item.publisher, item.period, item.geography, rows)


def _theme(there: Snapshot, item: Theme) -> str:
    remarks = len(there.behind("remark.themes", [item.id]))
    return _sentence(_count(remarks, "remark speaks", "remarks speak") + " to it", shown(item, "domain"))


def _remark(there: Snapshot, item: Remark) -> str:
    place = there.title("activity", item.activity_id or "")
    return _sentence(item.speaker, shown(item, "roles"), place, shown(item, "agreement").lower())


def _finding(there: Snapshot, item: Finding) -> str:  # noqa: ARG001
    own, other = figure(item.value, item.unit), figure(item.compared_value, item.unit)
    numbers = f"{own} against {other}" if own and other else own
    sure = f"How sure: {shown(item, 'sureness').lower()}." if item.sureness else ""
    return " ".join(part for part in (item.sentence or _sentence(item.group_name, numbers), sure) if part)


def _session(there: Snapshot, item: NominalGroup) -> str:
    ideas = len(there.behind("idea.nominal_group_id", [item.id]))
    return _sentence(british(item.held), _count(ideas, "idea", "ideas"), shown(item, "stage").lower())


def _round(there: Snapshot, item: VotingRound) -> str:
    if item.state != "closed":
        return "Open: nothing is counted before it is closed."
    vote = there.votes.get(item.id)
    if vote is None:
        return "Closed; its ballots cannot be counted."
    first = [vote.letters[str(row.idea)] for row in vote.tally.ideas if row.rank == 1]
    joint = "joint first" if len(first) > 1 else "first"
    named = f"{joint}: {', '.join(first)}" if first else ""
    return _sentence(f"Closed, {_count(vote.tally.ballots, 'ballot', 'ballots')}", named)


def _idea(there: Snapshot, item: Idea) -> str:
    into = there.title("idea", item.merged_into_id or "")
    if into:
        return f"Joined with: {into}"
    standing = there.standing_of(item.id)
    return standing_words(*standing) if standing else "Not counted yet."


def _goal(there: Snapshot, item: Goal) -> str:  # noqa: ARG001
    baseline, target = figure(item.baseline, item.unit), figure(item.target, item.unit)
    way = f"from {baseline} to {target}" if baseline and target else (f"to {target}" if target else "")
    return _sentence(way, f"by {british(item.due)}" if item.due else "", shown(item, "state").lower())


def _assessment(there: Snapshot, item: EqualityImpactAssessment) -> str:
    rows = there.some(EqualityImpactRow, there.behind("equality_impact_row.assessment_id", [item.id]))
    filled = sum(1 for row in rows if row.impact)
    when = (
        f"completed {british(item.completed)}"
        if item.completed
        else (f"due {british(item.due)}, not complete" if item.due else "not complete")
    )
    return _sentence(f"{filled} of {len(rows)} rows have an impact", when, shown(item, "outcome").lower())


def _row(there: Snapshot, item: EqualityImpactRow) -> str:  # noqa: ARG001
    return _sentence(shown(item, "impact"), item.mitigation)


def _resource(there: Snapshot, item: Resource) -> str:  # noqa: ARG001
    provider = f"from {item.provider}" if item.provider else ""
    return _sentence(shown(item, "kind"), item.amount, provider, "secured" if item.secured else "not secured yet")


def _milestone(there: Snapshot, item: Milestone) -> str:  # noqa: ARG001
    return _sentence(f"due {british(item.due)}" if item.due else "", "reached" if item.done else "not reached yet")


def _action(there: Snapshot, item: Action) -> str:  # noqa: ARG001
    due = f"due {british(item.due)}" if item.due else ""
    return _sentence(shown(item, "state"), due, f"owner {item.owner}" if item.owner else "")


def first_and_last(points: list[MeasurePoint]) -> list[tuple[str, MeasurePoint, MeasurePoint]]:
    """Return each group of a measure with its first and its latest figure, groups in the order they came."""
    known = sorted((one for one in points if one.value is not None), key=lambda one: one.measured)
    groups = dict.fromkeys(one.group_name for one in points)
    found: list[tuple[str, MeasurePoint, MeasurePoint]] = []
    for group in groups:
        own = [one for one in known if one.group_name == group]
        if own:
            found.append((group, own[0], own[-1]))
    return found


def _measure(there: Snapshot, item: Measure) -> str:
    points = there.some(MeasurePoint, there.behind("measure_point.measure_id", [item.id]))
    if not any(one.value is not None for one in points):
        return _sentence(shown(item, "kind"), "no figures yet")
    words = [
        f"{group} {first.value:g} ({british(first.measured)})"
        + (f" → {last.value:g} ({british(last.measured)})" if last is not first else "")
        for group, first, last in first_and_last(points)
    ]
    return "; ".join(words)


def _point(there: Snapshot, item: MeasurePoint) -> str:
    return _sentence(there.title("measure", item.measure_id or ""), figure(item.value, ""), british(item.measured))


def _feedback(there: Snapshot, item: Feedback) -> str:  # noqa: ARG001
    told = f" They were told on {british(item.told)}." if item.told else ""
    return f"We did: {' '.join(item.did.split())}{told}" if item.did else shown(item, "state")


def _decided(there: Snapshot, item: ReviewedGoal) -> str:
    gap = f"Did the gap close: {shown(item, 'gap').lower()}" if item.gap else ""
    review = there.title("review", item.review_id or "")
    return _sentence(gap, review, item.reason, "passed on to the next cycle" if item.carry_over else "")


def _review(there: Snapshot, item: Review) -> str:  # noqa: ARG001
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
