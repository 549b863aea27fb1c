"""Undo and redo: against a model of random histories, across closing, past sealed entries."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_examples import hurry, new_workspace, put, refused

from store.records import Finding, Goal, Idea, Link, Priority, Remark, Theme, VotingRound
from store.workspace import Workspace

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Zs"]), min_size=1, max_size=8)
Visible = dict[str, tuple[str, ...]]


class Histories(RuleBasedStateMachine):
    """Random operations on a file and on a model, which keeps whole states and knows nothing of entries."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = new_workspace(self.folder)
        self.now: Visible = {}
        self.sealed: Visible = {}
        self.past: list[Visible] = []
        self.future: list[Visible] = []

    def _done(self, state: Visible) -> None:
        if state != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = state

    def _some(self, number: int, kind: str) -> str | None:
        found = sorted(key for key, value in self.now.items() if value[0] == kind)
        return found[number % len(found)] if found else None

    @rule(words=WORDS, extra=WORDS, more=st.integers(0, 2))
    def add(self, words: str, extra: str, more: int) -> None:
        with self.workspace.change("Add") as change:
            theme = Theme(name=words, meaning=extra)
            change.add(theme)
            remarks = [Remark(words=f"{words}{number}") for number in range(more)]
            for remark in remarks:
                change.add(remark)
        added = {one.id: ("remark", one.words) for one in remarks}
        self._done({**self.now, theme.id: ("theme", words, extra), **added})

    @rule(number=st.integers(0, 99), words=WORDS)
    def update(self, number: int, words: str) -> None:
        key = self._some(number, "theme")
        if key is not None:
            with self.workspace.change("Change") as change:
                change.update(Theme(id=key), name=words)
            self._done({**self.now, key: ("theme", words, self.now[key][2])})

    @rule(number=st.integers(0, 99))
    def remove(self, number: int) -> None:
        key = self._some(number, "remark")
        if key is not None:
            with self.workspace.change("Remove") as change:
                change.remove(Remark(id=key))
            self._done({one: value for one, value in self.now.items() if one != key})

    @rule(one=st.integers(0, 99), other=st.integers(0, 99))
    def link(self, one: int, other: int) -> None:
        remark, theme = self._some(one, "remark"), self._some(other, "theme")
        if remark and theme:
            with self.workspace.change("Link") as change:
                change.link(Remark(id=remark), "themes", "theme", theme)
            (link,) = (row for row in self.workspace.list(Link) if row.id not in self.now)
            self._done({**self.now, link.id: ("link", remark, theme)})

    @rule(number=st.integers(0, 99))
    def fail(self, number: int) -> None:
        with refused("Theme"), self.workspace.change("Fail") as change:
            change.add(Theme(name=f"Never there {number}"))
            change.add(Theme(name=""))

    @rule(words=WORDS)
    def seal(self, words: str) -> None:
        with self.workspace.change("Seal", sealed=True) as change:
            change.add(finding := Finding(title=words))
        self.sealed[finding.id] = ("finding", words)
        self.future.clear()

    @rule()
    def undo(self) -> None:
        assert (self.workspace.undo() is not None) == bool(self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.workspace.redo() is not None
        self.past.append(self.now)
        self.now = self.future.pop()

    @rule()
    def nothing_to_redo(self) -> None:
        if not self.future:
            assert self.workspace.redo() is None

    @rule()
    def close_and_open(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.workspace.path)
        self.workspace.read(hurry)
        assert self.workspace.warnings == []

    @invariant()
    def looks_like_the_model(self) -> None:
        themes = {one.id: ("theme", one.name, one.meaning) for one in self.workspace.list(Theme)}
        remarks = {one.id: ("remark", one.words) for one in self.workspace.list(Remark)}
        links = {one.id: ("link", one.from_id, one.to_id) for one in self.workspace.list(Link)}
        findings = {one.id: ("finding", one.title) for one in self.workspace.list(Finding)}
        assert {**themes, **remarks, **links} == self.now
        assert findings == self.sealed
        assert (self.workspace.undo_label() is not None) == bool(self.past)

    def teardown(self) -> None:
        assert self.workspace.verify() == []
        end = self.now
        steps = len(self.past)
        for _ in range(steps):
            self.undo()
        self.looks_like_the_model()
        assert self.now == {}
        for _ in range(steps):
            self.redo()
        assert self.now == end
        self.looks_like_the_model()
        assert self.workspace.verify() == []
        self.workspace.close()
        shutil.rmtree(self.folder)


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def test_undo_and_redo_tell_what_they_did(workspace: Workspace) -> None:
    theme = put(workspace, Theme, "Add theme", name="Waiting")
    with workspace.change("Name it") as change:
        change.update(theme, name="Too long a wait")
    assert workspace.undo_label() == "Name it"
    undone = workspace.undo()
    assert undone is not None
    assert (undone.label, undone.kind, undone.tables) == ("Name it", "undo", ("theme",))
    redone = workspace.redo()
    assert redone is not None
    assert (redone.label, redone.kind, redone.inverts) == ("Name it", "redo", undone.id)
    assert workspace.need(Theme, theme.id).name == "Too long a wait"
    assert [entry.kind for entry in workspace.journal(3)] == ["redo", "undo", "change"]


def test_nothing_to_undo_in_a_new_file(workspace: Workspace) -> None:
    assert workspace.undo() is None
    assert workspace.redo() is None
    assert workspace.undo_label() is None
    assert workspace.programme().name == "Fair start"


def test_a_new_change_clears_redo(workspace: Workspace) -> None:
    put(workspace, Theme)
    workspace.undo()
    put(workspace, Remark)
    assert workspace.redo() is None
    assert workspace.list(Theme) == []


def test_undo_of_an_add_takes_its_fields_of_links_with_it(workspace: Workspace) -> None:
    finding, theme = put(workspace, Finding), put(workspace, Theme)
    with workspace.change("Add priority") as change:
        priority = Priority(title="Open on Saturdays")
        change.add(priority)
        change.link(priority, "findings", "finding", finding.id)
        goal = Goal(title="Half the wait", priority_id=priority.id, finding_id=finding.id)
        change.add(goal)
        change.link(finding, "themes", "theme", theme.id)
    workspace.undo()
    assert [*workspace.list(Priority), *workspace.list(Goal), *workspace.list(Link)] == []
    assert [one.id for one in workspace.list(Finding)] == [finding.id]
    workspace.redo()
    assert workspace.linked(priority.id, "findings") == [finding.id]
    assert workspace.linked(finding.id, "themes") == [theme.id]
    assert workspace.need(Goal, goal.id).priority_id == priority.id


def test_undo_brings_back_a_link_to_a_record(workspace: Workspace) -> None:
    first, second = put(workspace, Theme), put(workspace, Theme)
    child = put(workspace, Theme, parent_id=first.id)
    for parent in (second.id, None):
        with workspace.change("Move") as change:
            change.update(child, parent_id=parent)
    workspace.undo()
    assert workspace.need(Theme, child.id).parent_id == second.id
    workspace.undo()
    assert workspace.need(Theme, child.id).parent_id == first.id


def test_what_a_sealed_entry_set_is_not_taken_back_by_what_came_before_it(workspace: Workspace) -> None:
    """Undoing the opening of a vote after it was closed would take the closed vote away."""
    theme = put(workspace, Theme)
    round_ = put(workspace, VotingRound, "Open the vote")
    with workspace.change("Move the question", sealed=False) as change:
        change.update(theme, name="Something else")
    with workspace.change("Close the vote", sealed=True) as change:
        change.update(round_, state="closed")
    assert workspace.undo_label() == "Move the question"
    workspace.undo()
    assert workspace.undo_label() == "Add"
    workspace.undo()
    assert workspace.undo() is None
    found = workspace.need(VotingRound, round_.id)
    assert (found.state, found.removed) == ("closed", False)


def test_a_sealed_entry_clears_redo(workspace: Workspace) -> None:
    idea = put(workspace, Idea, letter="A")
    with workspace.change("Letter") as change:
        change.update(idea, letter="B")
    workspace.undo()
    with workspace.change("Open the vote", sealed=True) as change:
        change.update(idea, letter="C")
    assert workspace.redo() is None
    assert workspace.need(Idea, idea.id).letter == "C"


def test_closing_a_vote_is_sealed_whoever_closes_it(workspace: Workspace) -> None:
    round_ = put(workspace, VotingRound)
    with workspace.change("Close the vote") as change:
        change.update(round_, state="closed")
    assert workspace.journal()[0].kind == "sealed"
    while workspace.undo():
        pass
    assert workspace.need(VotingRound, round_.id).state == "closed"


@pytest.mark.parametrize(
    "values",
    [
        {"target": 0.1 + 0.2, "confidence": 7, "start": "2026-11-23", "state": "agreed", "who_gains": "Everyone\nhere"},
        {"target": None, "confidence": None, "start": "", "direction": "", "who_gains": ""},
    ],
)
def test_every_sort_of_value_comes_back_exactly(workspace: Workspace, values: dict[str, Any]) -> None:
    state = {"target": -1e-9, "confidence": 0, "start": "2027-01-01", "state": "draft", "who_gains": "“Some” 👍🏽"}
    goal = put(workspace, Goal, **state)
    fitting = {name: value for name, value in values.items() if name != "state" or value in _states()}
    with workspace.change("Change") as change:
        change.update(goal, **fitting)
    after = workspace.need(Goal, goal.id)
    assert {name: getattr(after, name) for name in fitting} == fitting
    workspace.undo()
    assert workspace.need(Goal, goal.id) == goal
    workspace.redo()
    assert workspace.need(Goal, goal.id) == after


def _states() -> set[str]:
    from amhe_tui.method.choices import GoalState

    return {state.value for state in GoalState}
