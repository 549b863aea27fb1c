"""What the first screen shows: counts, the funnel and what hangs loose, against a programme small enough to count by hand."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_examples import KINDS, new_workspace, put

from store.glance import FUNNEL, LOOSE, Overview, glance, overview
from store.records import (
    Action,
    EqualityImpactAssessment,
    Feedback,
    Finding,
    Goal,
    Link,
    Measure,
    MeasurePoint,
    Milestone,
    Priority,
    Record,
    Review,
    ReviewedGoal,
    Risk,
    Theme,
    table_of,
)
from store.workspace import Workspace

TODAY = "2026-11-23"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def _look(workspace: Workspace) -> Overview:
    return workspace.read(lambda raw: overview(raw, TODAY))


def _tie(workspace: Workspace, source: Record, name: str, target: Record) -> None:
    with workspace.change("Link") as change:
        change.link(source, name, table_of(type(target)), target.id)


def test_a_new_file_is_empty(workspace: Workspace) -> None:
    seen = _look(workspace)
    assert seen.programme["name"] == "Fair start"
    assert seen.counts.pop("programme") == 1
    assert set(seen.counts) == {table_of(kind) for kind in KINDS} | {"link"}
    assert set(seen.counts.values()) == {0}
    assert seen.funnel == tuple((key, 0) for key, _ in FUNNEL)
    assert (seen.loose, seen.dates) == ({}, ())


def test_every_kind_of_record_is_counted(workspace: Workspace) -> None:
    for kind in KINDS:
        before = _look(workspace).counts[table_of(kind)]
        item = put(workspace, kind)
        assert _look(workspace).counts[table_of(kind)] == before + 1
        with workspace.change("Remove") as change:
            change.remove(item)
        assert _look(workspace).counts[table_of(kind)] == before


def test_a_finding_moves_down_the_funnel_step_by_step(workspace: Workspace) -> None:
    stages = [key for key, _ in FUNNEL]
    put(workspace, Finding, title="Nobody takes this one up")
    finding, theme, priority = put(workspace, Finding), put(workspace, Theme), put(workspace, Priority)

    def reached(*expected: int) -> None:
        assert _look(workspace).funnel == tuple(zip(stages, expected, strict=True))

    reached(2, 0, 0, 0, 0, 0, 0)
    _tie(workspace, finding, "themes", theme)
    reached(2, 1, 0, 0, 0, 0, 0)
    _tie(workspace, priority, "findings", finding)
    reached(2, 1, 1, 0, 0, 0, 0)
    goal = put(workspace, Goal, priority_id=priority.id)
    reached(2, 1, 1, 1, 0, 0, 0)
    action = put(workspace, Action, goal_id=goal.id, state="not_started")
    reached(2, 1, 1, 1, 0, 0, 0)
    with workspace.change("Begin") as change:
        change.update(action, state="under_way")
    reached(2, 1, 1, 1, 1, 0, 0)
    measure = put(workspace, Measure, goal_id=goal.id)
    reached(2, 1, 1, 1, 1, 0, 0)
    put(workspace, MeasurePoint, measure_id=measure.id)
    reached(2, 1, 1, 1, 1, 1, 0)
    put(workspace, ReviewedGoal, goal_id=goal.id, gap="closed")
    reached(2, 1, 1, 1, 1, 1, 1)
    with workspace.change("Remove") as change:
        change.remove(theme)
    reached(2, 0, 1, 1, 1, 1, 1)
    with workspace.change("Remove") as change:
        change.remove(priority)
    reached(2, 0, 0, 0, 0, 0, 0)
    with workspace.change("Straight to the finding") as change:
        change.update(goal, finding_id=finding.id)
    reached(2, 0, 0, 1, 1, 1, 1)
    with workspace.change("Remove") as change:
        change.remove(finding)
    reached(1, 0, 0, 0, 0, 0, 0)


def test_what_hangs_loose_is_named_until_it_is_tied(workspace: Workspace) -> None:
    finding, theme, priority = put(workspace, Finding), put(workspace, Theme), put(workspace, Priority)
    goal = put(workspace, Goal, due="2026-11-22")
    feedback = put(workspace, Feedback, goal_id=goal.id, state="open")
    about_goal = {
        "goal_without_finding": (goal.id,),
        "goal_without_assessment": (goal.id,),
        "goal_without_action": (goal.id,),
        "goal_without_measure": (goal.id,),
        "goal_not_reviewed": (goal.id,),
    }
    loose = {
        **about_goal,
        "finding_not_taken_up": (finding.id,),
        "theme_without_finding": (theme.id,),
        "priority_without_finding": (priority.id,),
        "priority_without_goal": (priority.id,),
        "promise_open": (feedback.id,),
    }
    assert set(loose) == {key for key, _, _ in LOOSE}
    assert _look(workspace).loose == loose

    def ties(*keys: str) -> None:
        for key in keys:
            del loose[key]
        assert _look(workspace).loose == loose

    _tie(workspace, finding, "themes", theme)
    ties("theme_without_finding")
    _tie(workspace, priority, "findings", finding)
    ties("priority_without_finding", "finding_not_taken_up")
    with workspace.change("Serve it") as change:
        change.update(goal, priority_id=priority.id)
    ties("priority_without_goal", "goal_without_finding")
    assessment = put(workspace, EqualityImpactAssessment, goal_id=goal.id)
    ties()
    with workspace.change("Complete it") as change:
        change.update(assessment, completed=TODAY)
    ties("goal_without_assessment")
    action, measure = put(workspace, Action, goal_id=goal.id), put(workspace, Measure, goal_id=goal.id)
    ties("goal_without_action", "goal_without_measure")
    with workspace.change("Answer") as change:
        change.update(feedback, state="done")
    ties("promise_open")
    put(workspace, ReviewedGoal, goal_id=goal.id, review_id=put(workspace, Review).id)
    ties("goal_not_reviewed")
    with workspace.change("Remove") as change:
        for one in (finding, action, measure):
            change.remove(one)
    assert _look(workspace).loose == {
        "theme_without_finding": (theme.id,),
        "priority_without_finding": (priority.id,),
        "goal_without_finding": (goal.id,),
        "goal_without_action": (goal.id,),
        "goal_without_measure": (goal.id,),
    }


def test_a_goal_is_due_for_review_after_its_day_and_not_on_it(workspace: Workspace) -> None:
    for due in ("2026-11-22", TODAY, "2026-11-24", ""):
        put(workspace, Goal, title=f"due {due}", due=due)
    late = _look(workspace).loose["goal_not_reviewed"]
    assert [workspace.need(Goal, key).title for key in late] == ["due 2026-11-22"]


def test_dates_to_come_are_listed_in_order(workspace: Workspace) -> None:
    with workspace.change("Review") as change:
        change.update(workspace.programme(), review_due="2027-03-01")
    put(workspace, Milestone, title="Opened", due="2026-12-01", done=True)
    put(workspace, Milestone, title="Staffed", due="2027-01-15", done=False)
    put(workspace, Risk, title="Nobody comes", review_due="2026-12-24")
    put(workspace, EqualityImpactAssessment, title="First", due="2026-12-03", completed="")
    put(
        workspace,
        EqualityImpactAssessment,
        title="Second",
        due="2026-01-01",
        completed="2026-01-01",
        review_due="2026-12-31",
    )
    assert _look(workspace).dates == (
        ("2026-12-03", "Equality impact assessment: First"),
        ("2026-12-24", "Risk: Nobody comes"),
        ("2026-12-31", "Review of assessment: Second"),
        ("2027-01-15", "Milestone: Staffed"),
        ("2027-03-01", "Review of the programme"),
    )


def _counted_in_python(workspace: Workspace) -> dict[str, int]:
    """Return the funnel worked out from the records, without a query."""
    findings = {one.id for one in workspace.list(Finding)}
    themes = {one.id for one in workspace.list(Theme)}
    priorities = {one.id for one in workspace.list(Priority)}
    links = workspace.list(Link)
    chosen = {
        (one.from_id, one.to_id)
        for one in links
        if one.name == "findings" and one.from_id in priorities and one.to_id in findings
    }
    serves: dict[str, set[str]] = {}
    for goal in workspace.list(Goal):
        through = {finding for priority, finding in chosen if priority == goal.priority_id}
        serves[goal.id] = {goal.finding_id} if goal.finding_id in findings else through
    acted = {one.goal_id for one in workspace.list(Action) if one.state in ("under_way", "done")}
    measured = {one.measure_id for one in workspace.list(MeasurePoint)}
    looked = {one.goal_id for one in workspace.list(Measure) if one.id in measured}
    closed = {one.goal_id for one in workspace.list(ReviewedGoal) if one.gap == "closed"}

    def of(goals: set[str | None]) -> int:
        return len(set().union(*(serves[goal] for goal in serves if goal in goals)))

    return {
        "found": len(findings),
        "heard": len({one.from_id for one in links if one.from_id in findings and one.to_id in themes}),
        "prioritised": len({finding for _, finding in chosen}),
        "planned": of(set(serves)),
        "under_way": of(acted),
        "measured": of(looked),
        "closed": of(closed),
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_funnel_counts_what_the_records_say(workspace: Workspace, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    with workspace.change("A tangle") as change:
        findings = [Finding(title=f"F{number}") for number in range(8)]
        themes = [Theme(name=f"T{number}") for number in range(4)]
        priorities = [Priority(title=f"P{number}") for number in range(4)]
        for one in (*findings, *themes, *priorities):
            change.add(one)
        for _ in range(8):
            change.link(chance.choice(findings), "themes", "theme", chance.choice(themes).id)
            change.link(chance.choice(priorities), "findings", "finding", chance.choice(findings).id)
        goals = [
            Goal(
                title=f"G{number}",
                priority_id=chance.choice([None, *(one.id for one in priorities)]),
                finding_id=chance.choice([None, None, *(one.id for one in findings)]),
            )
            for number in range(6)
        ]
        for goal in goals:
            change.add(goal)
        for number in range(5):
            state = chance.choice(["under_way", "done", "not_started"])
            change.add(Action(title=f"A{number}", goal_id=chance.choice(goals).id, state=state))
            measure = Measure(title=f"M{number}", goal_id=chance.choice(goals).id)
            change.add(measure)
            if chance.random() < 0.7:
                change.add(MeasurePoint(measure_id=measure.id, group_name="everyone", measured=TODAY))
        review = Review(title="First year")
        change.add(review)
        for goal in chance.sample(goals, 3):
            gap = chance.choice(["closed", "narrowed"])
            change.add(ReviewedGoal(review_id=review.id, goal_id=goal.id, decision="continue", gap=gap))
    everyone = [
        *findings,
        *themes,
        *priorities,
        *goals,
        *workspace.list(Action),
        *workspace.list(Measure),
        *workspace.list(Link),
    ]
    for _ in range(6):
        assert dict(_look(workspace).funnel) == _counted_in_python(workspace)
        with workspace.change("Remove some") as change:
            for one in chance.sample(everyone, 4):
                change.remove(one)


def test_a_glance_sees_a_closed_file_and_changes_nothing(workspace: Workspace) -> None:
    put(workspace, Finding)
    workspace.close()
    before = workspace.path.read_bytes()
    seen = glance(workspace.path, TODAY)
    assert seen.overview is not None
    assert (seen.overview.counts["finding"], seen.trouble) == (1, "")
    assert workspace.path.read_bytes() == before


def test_a_glance_at_a_file_open_in_this_program_disturbs_nothing(workspace: Workspace) -> None:
    seen = glance(workspace.path, TODAY)
    assert seen.overview is None
    assert "another window" in seen.trouble
    put(workspace, Finding)
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; from store.workspace import Workspace; Workspace.open(Path(sys.argv[1]))",
         str(workspace.path)], capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "open in another window" in done.stderr


LIGHT = """
import json, sys
from pathlib import Path
import store
assert "sqlmodel" not in sys.modules
from store.glance import glance
seen = glance(Path(sys.argv[1]), "2026-11-23")
heavy = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "pandas", "textual", "plotext")
print(json.dumps([seen.overview is not None, seen.trouble, [name for name in heavy if name in sys.modules]]))
"""


def test_a_glance_loads_no_heavy_library(workspace: Workspace) -> None:
    workspace.close()
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(workspace.path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == [True, "", []]


def test_the_room_s_names_are_loaded_when_asked_for() -> None:
    import store

    assert store.Workspace is Workspace
    with pytest.raises(AttributeError, match="store has no nonsense"):
        store.nonsense  # noqa: B018
