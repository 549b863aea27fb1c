"""A record is saved with what comes with it and removed with the same, in one operation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from amhe_tui.programme.editing import removal_of, remove, save
from amhe_tui.programme.snapshot import snapshot
from amhe_tui.programme.thread import loose_ends
from store.glance import GOES_WITH, overview
from store.records import (
    DiagramLink,
    DiagramNode,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Goal,
    Milestone,
    Remark,
    Risk,
    all_records,
    faces,
)
from store.workspace import Workspace

TODAY = date(2026, 11, 23)
LATER = "2027-11-23"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "editing.amhe", name="Fair start", area="Northmere", rehearsal=True) as made:
        yield made


@pytest.fixture
def goal(workspace: Workspace) -> Goal:
    made = Goal()
    save(workspace, made, {"title": "Nobody waits longer"}, {}, TODAY, fresh=True)
    return made


def held(workspace: Workspace) -> tuple[int, int, int]:
    goals, assessments, rows = (
        len(workspace.list(kind)) for kind in (Goal, EqualityImpactAssessment, EqualityImpactRow)
    )
    return goals, assessments, rows


def test_a_removed_goal_takes_along_what_it_brought_and_one_undo_brings_all_of_it_back(
    workspace: Workspace, goal: Goal
) -> None:
    assert held(workspace) == (1, 1, 18)
    removal = remove(workspace, goal, TODAY)
    assert removal.words == "1 equality impact assessment and 18 rows of the grid"
    assert held(workspace) == (0, 0, 0)
    seen = workspace.read(lambda raw: overview(raw, LATER))
    assert seen.dates == ()
    assert seen.loose == {}
    assert loose_ends(workspace, date(2027, 11, 23)) == []
    workspace.undo()
    assert held(workspace) == (1, 1, 18)
    workspace.redo()
    assert held(workspace) == (0, 0, 0)


def test_nothing_is_asked_before_a_person_has_filled_anything_in(workspace: Workspace, goal: Goal) -> None:
    assert removal_of(workspace, goal, TODAY).question == ""


def test_what_a_person_filled_in_goes_too_and_the_question_counts_it(workspace: Workspace, goal: Goal) -> None:
    rows = workspace.list(EqualityImpactRow)
    with workspace.change("Fill in") as change:
        change.update(rows[0], impact="positive")
        change.update(rows[1], impact="negative")
    assert removal_of(workspace, goal, TODAY).question == (
        "With it go 1 equality impact assessment and 18 rows of the grid; 2 rows of the grid are filled in. Undo brings all of it back."
    )
    remove(workspace, goal, TODAY)
    assert held(workspace) == (0, 0, 0)
    workspace.undo()
    assert [row.impact for row in workspace.list(EqualityImpactRow)][:2] == ["positive", "negative"]


def test_a_removed_assessment_takes_its_rows_and_leaves_the_goal(workspace: Workspace, goal: Goal) -> None:
    remove(workspace, workspace.list(EqualityImpactAssessment, goal_id=goal.id)[0], TODAY)
    assert held(workspace) == (1, 0, 0)


def test_another_goal_keeps_its_own(workspace: Workspace, goal: Goal) -> None:
    other = Goal()
    save(workspace, other, {"title": "Everybody is heard"}, {}, TODAY, fresh=True)
    remove(workspace, goal, TODAY)
    assert held(workspace) == (1, 1, 18)
    assert workspace.list(EqualityImpactAssessment)[0].goal_id == other.id


def test_a_removed_box_takes_its_arrows(workspace: Workspace) -> None:
    boxes = [DiagramNode(title=name, level="aim") for name in ("A", "B")]
    with workspace.change("Make") as change:
        for box in boxes:
            change.add(box)
        change.add(DiagramLink(cause_id=boxes[0].id, effect_id=boxes[1].id))
    assert remove(workspace, boxes[1], TODAY).done == "Removed, with 1 arrow of a diagram."
    assert workspace.list(DiagramLink) == []


def test_what_hangs_on_a_goal_that_was_removed_before_is_neither_late_nor_counted(
    workspace: Workspace, goal: Goal
) -> None:
    with workspace.change("Make") as change:
        change.add(Milestone(title="Room found", goal_id=goal.id, due="2026-12-01"))
        change.add(Risk(title="No room", goal_id=goal.id, review_due="2026-12-01"))
        change.add(Risk(title="Nobody comes", review_due="2026-12-02"))
    assert len(workspace.read(lambda raw: overview(raw, LATER)).dates) == 4
    with workspace.change("Remove goal") as change:
        change.remove(goal)
    seen = workspace.read(lambda raw: overview(raw, LATER))
    assert seen.dates == (("2026-12-02", "Risk: Nobody comes"),)
    assert (seen.counts["equality_impact"], seen.counts["equality_impact_row"]) == (0, 0)
    there = snapshot(workspace)
    assert there.all(EqualityImpactAssessment) == []
    assert there.all(EqualityImpactRow) == []


def test_the_overview_knows_what_goes_with_what_as_the_records_declare_it() -> None:
    declared = {
        table: tuple((name, field.to) for name, field in faces(kind).items() if field.goes_with)
        for table, kind in all_records().items()
    }
    assert {table: fields for table, fields in declared.items() if fields} == GOES_WITH


def test_words_that_look_like_a_name_are_kept_and_pointed_out(workspace: Workspace) -> None:
    remark = Remark()
    warned = save(workspace, remark, {"words": "My name is Joan Bell."}, {}, TODAY, fresh=True)
    assert warned == ["This looks like a name: “My name is Joan”."]
    assert workspace.need(Remark, remark.id).words == "My name is Joan Bell."
    assert save(workspace, remark, {"language": "Welsh"}, {}, TODAY, fresh=False) == []
    assert save(workspace, remark, {"translation": "Ring 07700 900123"}, {}, TODAY, fresh=False)
