"""The golden thread: reaches both ways from any record, never sideways, and names what hangs loose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amhe_tui.method.vote_schemes import ranked
from amhe_tui.programme.snapshot import snapshot
from amhe_tui.programme.thread import STAGE_LABELS, end_of, loose_ends, thread_of, threads
from store.glance import LOOSE
from store.records import (
    SPINE,
    STAGES,
    Action,
    Activity,
    Beside,
    DataSource,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Feedback,
    Finding,
    Goal,
    GroupToSee,
    Idea,
    Link,
    Measure,
    MeasurePoint,
    Milestone,
    NominalGroup,
    Option,
    Priority,
    Programme,
    Record,
    Remark,
    Resource,
    Review,
    ReviewedGoal,
    Theme,
    VotingRound,
    all_records,
    faces,
    record_type,
    table_of,
)
from store.workspace import Workspace
from tests.store.store_examples import add_example

TODAY = date(2026, 11, 23)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "thread.amhe", name="Fair start", area="Northmere") as made:
        yield made


class Chain:
    """One whole thread, from a source to a review, made the way a person makes it."""

    def __init__(
        self, workspace: Workspace, name: str, source: DataSource, review: Review, session: NominalGroup
    ) -> None:
        self.workspace, self.made = workspace, dict[str, Record]()
        with workspace.change(f"Make {name}") as change:

            def add(key: str, item: Record) -> str:
                self.made[key] = item
                return change.add(item)

            activity = add("activity", Activity(title=f"{name} group", held="2026-03-01"))
            theme = add("theme", Theme(name=f"{name} theme"))
            remark = Remark(words=f"{name} remark", activity_id=activity, speaker="P1")
            add("remark", remark)
            change.link(remark, "themes", "theme", theme)
            finding = Finding(title=f"{name} finding", group_name="Black", value=47.0, compared_value=51.7, unit="%")
            finding_id = add("finding", finding)
            change.link(finding, "themes", "theme", theme)
            change.link(finding, "sources", "data_source", source.id)
            option = Option(title=f"{name} option")
            option_id = add("option", option)
            change.link(option, "findings", "finding", finding_id)
            change.link(session, "findings", "finding", finding_id)
            idea = add("idea", Idea(words=f"{name} idea", letter=name[0], nominal_group_id=session.id))
            priority = Priority(title=f"{name} priority", idea_id=idea)
            priority_id = add("priority", priority)
            change.link(priority, "findings", "finding", finding_id)
            change.link(priority, "options", "option", option_id)
            goal = add("goal", Goal(title=f"{name} goal", priority_id=priority_id, finding_id=finding_id))
            assessment = add("equality_impact", EqualityImpactAssessment(title=f"{name} EIA", goal_id=goal))
            add("equality_impact_row", EqualityImpactRow(assessment_id=assessment, characteristic="race"))
            add("resource", Resource(title=f"{name} resource", goal_id=goal))
            add("milestone", Milestone(title=f"{name} milestone", goal_id=goal))
            action = add("action", Action(title=f"{name} action", goal_id=goal))
            measure = add("measure", Measure(title=f"{name} measure", goal_id=goal))
            add("measure_point", MeasurePoint(measure_id=measure, group_name="Black", measured="2026-06-30", value=48))
            add("feedback", Feedback(said=f"{name} feedback", action_id=action))
            add("reviewed_goal", ReviewedGoal(review_id=review.id, goal_id=goal, decision="continue", gap="narrowed"))

    def id(self, key: str) -> str:
        return self.made[key].id


@pytest.fixture
def two(workspace: Workspace) -> tuple[Chain, Chain, dict[str, Record]]:
    """Two whole threads that share a source, a session, a vote and a review."""
    source, review = DataSource(title="Shared source"), Review(title="Shared review")
    session = NominalGroup(question="Shared question?")
    with workspace.change("Share") as change:
        for item in (source, review, session):
            change.add(item)
    first, second = (Chain(workspace, name, source, review, session) for name in ("Alder", "Birch"))
    hubs: dict[str, Record] = {"data_source": source, "review": review, "nominal_group": session}
    with workspace.change("Open") as change:
        keys = f"{first.id('idea')} {second.id('idea')}"
        vote = VotingRound(nominal_group_id=session.id, name="Final vote", ideas=keys, places=2, voters=3)
        change.add(vote)
    hubs["voting_round"] = vote
    return first, second, hubs


ON_A_THREAD = (
    "activity",
    "theme",
    "remark",
    "finding",
    "option",
    "idea",
    "priority",
    "goal",
    "equality_impact",
    "equality_impact_row",
    "resource",
)
ON_A_THREAD += ("milestone", "action", "measure", "measure_point", "feedback", "reviewed_goal")
WHOLE = (
    "theme",
    "remark",
    "finding",
    "option",
    "idea",
    "priority",
    "goal",
    "equality_impact",
    "resource",
    "milestone",
    "action",
    "measure",
    "feedback",
    "reviewed_goal",
)


@pytest.mark.parametrize("start", ON_A_THREAD)
def test_every_record_of_a_thread_reaches_all_of_it_and_nothing_of_its_neighbour(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]], start: str
) -> None:
    first, second, hubs = two
    found = {(knot.table, knot.record_id) for knot in thread_of(workspace, start, first.id(start)).knots}
    assert {(table, first.id(table)) for table in WHOLE} <= found
    assert {(table, item.id) for table, item in hubs.items()} <= found
    assert (start, first.id(start)) in found
    assert not {(table, item.id) for table, item in second.made.items()} & found


def test_a_thread_goes_from_a_remark_to_the_review_and_back(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]]
) -> None:
    first, second, hubs = two
    there = thread_of(workspace, "remark", first.id("remark"))
    assert there.ids("review") == [hubs["review"].id]
    assert there.ids("reviewed_goal") == [first.id("reviewed_goal")]
    back = thread_of(workspace, "review", hubs["review"].id)
    assert set(back.ids("remark")) == {first.id("remark"), second.id("remark")}
    assert thread_of(workspace, "reviewed_goal", first.id("reviewed_goal")).ids("remark") == [first.id("remark")]


def test_a_hub_itself_shows_every_thread_it_is_part_of(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]]
) -> None:
    first, second, hubs = two
    for table, item in hubs.items():
        assert set(thread_of(workspace, table, item.id).ids("finding")) == {first.id("finding"), second.id("finding")}


def test_knots_stand_in_the_order_of_the_stages_and_once_each(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]]
) -> None:
    knots = thread_of(workspace, "goal", two[0].id("goal")).knots
    places = [list(STAGE_LABELS).index(knot.stage) for knot in knots]
    assert places == sorted(places)
    assert len({(knot.table, knot.record_id) for knot in knots}) == len(knots)
    assert thread_of(workspace, "goal", two[0].id("goal")).missing == ()


def test_a_priority_for_two_findings_gives_each_only_the_goal_that_names_it(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        findings = [Finding(title=f"Finding {name}") for name in "AB"]
        for one in findings:
            change.add(one)
        priority = Priority(title="Both")
        change.add(priority)
        for one in findings:
            change.link(priority, "findings", "finding", one.id)
        goals = [Goal(title=f"Goal {one.title}", priority_id=priority.id, finding_id=one.id) for one in findings]
        shared = Goal(title="Goal of both", priority_id=priority.id)
        for goal in (*goals, shared):
            change.add(goal)
    for finding, goal in zip(findings, goals, strict=True):
        found = thread_of(workspace, "finding", finding.id)
        assert set(found.ids("goal")) == {goal.id, shared.id}
        assert found.ids("finding") == [finding.id]
    assert set(thread_of(workspace, "priority", priority.id).ids("goal")) == {goals[0].id, goals[1].id, shared.id}


def test_an_ideas_tally_is_told_only_once_the_vote_is_closed(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]]
) -> None:
    first, second, hubs = two
    vote: Any = hubs["voting_round"]

    def idea_detail() -> str:
        knots = thread_of(workspace, "priority", first.id("priority")).knots
        return next(knot.detail for knot in knots if knot.table == "idea")

    workspace.cast(vote.id, ranked([first.id("idea"), second.id("idea")]))
    workspace.cast(vote.id, ranked([second.id("idea"), first.id("idea")]))
    assert idea_detail() == "Not counted yet."
    assert snapshot(workspace).votes == {}
    with workspace.change("Close", sealed=True) as change:
        change.update(vote, state="closed")
    assert idea_detail() == "Came joint 1st of 2 with 3 points, chosen on 2 of 2 ballots."


def test_a_merged_idea_is_told_by_the_one_it_was_joined_with(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        session = NominalGroup(question="What would help?")
        change.add(session)
        ideas = [Idea(words=f"Idea {letter}", letter=letter, nominal_group_id=session.id) for letter in "ABC"]
        for one in ideas:
            change.add(one)
    with workspace.change("Merge ideas") as change:
        change.update(ideas[2], merged_into_id=ideas[0].id)
    with workspace.change("Open") as change:
        vote = VotingRound(nominal_group_id=session.id, ideas=" ".join(idea.id for idea in ideas), places=3)
        change.add(vote)
    workspace.cast(vote.id, ranked([ideas[2].id, ideas[1].id]))
    workspace.cast(vote.id, ranked([ideas[1].id, ideas[0].id]))
    with workspace.change("Close", sealed=True) as change:
        change.update(vote, state="closed")
    counted = snapshot(workspace).votes[vote.id]
    assert [(row.idea, row.rank, row.score) for row in counted.tally.ideas] == [
        (ideas[0].id, 1, 5),
        (ideas[1].id, 1, 5),
    ]
    standing = snapshot(workspace).standing_of(ideas[2].id)
    assert standing is not None
    assert standing[1].idea == ideas[0].id


def test_removed_records_and_links_are_off_the_thread(
    workspace: Workspace, two: tuple[Chain, Chain, dict[str, Record]]
) -> None:
    first = two[0]
    with workspace.change("Remove") as change:
        change.remove(first.made["theme"])
    found = thread_of(workspace, "finding", first.id("finding"))
    assert found.ids("theme") == []
    assert found.ids("remark") == []
    assert thread_of(workspace, "theme", first.id("theme")).knots == ()
    workspace.undo()
    assert thread_of(workspace, "finding", first.id("finding")).ids("remark") == [first.id("remark")]


def test_a_circle_of_themes_ends(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        outer, inner = Theme(name="Outer"), Theme(name="Inner")
        change.add(outer)
        change.add(inner)
        remark = Remark(words="Said")
        change.add(remark)
        change.link(remark, "themes", "theme", inner.id)
        finding = Finding(title="Found")
        change.add(finding)
        change.link(finding, "themes", "theme", outer.id)
    with workspace.change("Put each within the other") as change:
        change.update(inner, parent_id=outer.id)
        change.update(outer, parent_id=inner.id)
    assert thread_of(workspace, "finding", finding.id).ids("remark") == [remark.id]
    assert thread_of(workspace, "remark", remark.id).ids("finding") == [finding.id]


@pytest.mark.parametrize("kind", [kind for kind in all_records().values() if kind is not Programme])
def test_every_kind_of_record_has_a_thread_or_says_why_not(workspace: Workspace, kind: type[Record]) -> None:
    with workspace.change("Make") as change:
        item = (
            Link(
                from_table="theme",
                from_id=add_example(change, Theme).id,
                name="x",
                to_table="theme",
                to_id=add_example(change, Theme).id,
            )
            if kind is Link
            else add_example(change, kind)
        )
        if kind is Link:
            change.add(item)
    followed = thread_of(workspace, table_of(kind), item.id)
    assert item.id in [knot.record_id for knot in followed.knots]
    assert all(knot.stage in STAGE_LABELS for knot in followed.knots)
    assert bool(followed.beside) == isinstance(kind.reached_by, Beside)
    assert thread_of(workspace, table_of(kind), "not there").knots == ()


def test_the_programme_says_that_it_stands_on_no_thread(workspace: Workspace) -> None:
    followed = thread_of(workspace, "programme", workspace.programme().id)
    assert followed.beside == "This programme stands on no thread: the programme holds every thread."


def test_every_declared_path_is_made_of_links_that_follow_one_another_to_the_spine() -> None:
    for table, kind in all_records().items():
        for path in () if isinstance(kind.reached_by, Beside) else kind.reached_by:
            place = table
            for hop in path.split():
                holder, name = hop.removeprefix("<").split(".")
                declared = record_type(holder)
                to = declared.many[name].to if name in declared.many else faces(declared)[name].to
                start, end = (to, holder) if hop.startswith("<") else (holder, to)
                assert start == place, path
                place = str(end)
            assert place in SPINE, path
            assert end_of(path) == place


def test_a_group_to_look_for_is_on_the_thread_of_the_finding_it_became(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        finding = add_example(change, Finding)
        group = add_example(change, GroupToSee, finding_id=finding.id)
    assert thread_of(workspace, "group_to_see", group.id).ids("finding") == [finding.id]


def test_every_stage_has_a_label_in_its_order() -> None:
    assert tuple(STAGE_LABELS) == STAGES


@pytest.mark.usefixtures("two")
def test_threads_are_one_a_finding_and_one_a_priority_without(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        change.add(Priority(title="Alone"))
    assert [one.table for one in threads(workspace)] == ["finding", "finding", "priority"]


def test_every_loose_end_has_words_and_a_place_to_go(workspace: Workspace) -> None:
    with workspace.change("Make") as change:
        change.add(Finding(title="Nobody's"))
        change.add(Theme(name="Unheard"))
        change.add(Priority(title="Alone"))
        change.add(Goal(title="Loose", due="2026-01-01"))
        change.add(Feedback(said="Open"))
    found = loose_ends(workspace, TODAY)
    assert {one.key for one in found} == {key for key, _, _ in LOOSE}
    for one in found:
        assert workspace.get(all_records()[one.table], one.record_id) is not None
        assert one.title in one.sentence
        assert one.sentence.endswith(".")
    assert not [one for one in loose_ends(workspace, date(2025, 1, 1)) if one.key == "goal_not_reviewed"]
