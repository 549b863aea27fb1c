"""Killed at any moment: everything that was said to be saved is there, nothing is half there, and opening asks nothing."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from store_examples import new_workspace, put
from store_writer import IDEAS, write_and_boast, write_in_halves, write_until_killed

from store.glance import glance
from store.records import Link, NominalGroup, Remark, Theme, VotingRound
from store.workspace import Workspace

Writer = Callable[[Path, str, Connection, int], None]


class LostError(AssertionError):
    """A promise about killing was broken."""


class Killing:
    """One file, written by processes that are killed one after another."""

    def __init__(self, folder: Path, writer: Writer, seed: int) -> None:
        with new_workspace(folder) as workspace:
            session = put(workspace, NominalGroup)
            vote = VotingRound(nominal_group_id=session.id, ideas=" ".join(IDEAS), places=3)
            with workspace.change("Open the vote", sealed=True) as change:
                change.add(vote)
        self.path, self.round_id, self.writer = workspace.path, vote.id, writer
        self.chance = random.Random(seed)  # noqa: S311
        # A server that has imported the store once forks a writer in milliseconds; where there is none, each starts anew.
        method = "spawn" if sys.platform == "win32" else "forkserver"
        self.context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            os.environ["PYTHONPATH"] = os.pathsep.join(
                path for path in sys.path if path
            )  # or the server imports nothing
            self.context.set_forkserver_preload(["store_writer"])
        self.saved: set[int] = set()
        self.votes = 0
        self.next = 1

    def kill_once(self) -> None:
        mine, theirs = self.context.Pipe(duplex=False)
        process = self.context.Process(target=self.writer, args=(self.path, self.round_id, theirs, self.next))
        process.start()
        theirs.close()
        try:
            for _ in range(self.chance.randrange(1, 8)):
                assert mine.poll(30), "the writer does not go on"
                self._hear(mine)
            time.sleep(self.chance.random() * 0.01)
        finally:
            process.kill()
            process.join()
        while self._hear(mine):
            pass
        mine.close()
        self._look()

    def _hear(self, said: Connection) -> bool:
        try:
            what, value = said.recv()
        except EOFError:
            return False
        if what == "open" and value:
            raise LostError(f"opening asked about {value}")
        if what == "saved":
            self.saved.add(value)
        if what == "voted":
            self.votes += 1
        return True

    def _look(self) -> None:
        with Workspace.open(self.path) as workspace:
            if workspace.warnings or workspace.verify():
                raise LostError(f"not sound: {workspace.warnings} {workspace.verify()}")
            themes = {one.id: int(one.name.split()[1]) for one in workspace.list(Theme)}
            remarks = {one.id: int(one.words.split()[1]) for one in workspace.list(Remark)}
            pairs = {(remarks.get(one.from_id), themes.get(one.to_id)) for one in workspace.list(Link)}
            there, ballots = set(themes.values()), workspace.ballots_in(self.round_id)
        if not (there == set(remarks.values()) and pairs == {(number, number) for number in there}):
            raise LostError("something is half there")
        if not self.saved <= there:
            raise LostError(f"acknowledged and gone: {sorted(self.saved - there)}")
        if len(there - self.saved) > 1 or not self.votes <= ballots <= self.votes + 1:
            raise LostError("more is there than was in flight")
        if glance(self.path, "2026-11-23").overview is None:
            raise LostError("the first screen cannot show it")
        self.saved, self.votes, self.next = there, ballots, max(there, default=0) + 1


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "")  # put back afterwards, whatever the harness sets


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    killing = Killing(tmp_path, write_until_killed, seed=20)
    for _ in range(20):
        killing.kill_once()
    assert len(killing.saved) > 20
    assert killing.votes > 5


@pytest.mark.faults
def test_three_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    for seed in range(6):
        folder = tmp_path / str(seed)
        folder.mkdir()
        killing = Killing(folder, write_until_killed, seed=seed)
        for _ in range(50):
            killing.kill_once()
        assert len(killing.saved) > 50


@pytest.mark.faults
@pytest.mark.parametrize("writer", [write_and_boast, write_in_halves])
def test_the_harness_catches_a_planted_defect(tmp_path: Path, writer: Writer) -> None:
    killing = Killing(tmp_path, writer, seed=1)

    def kill_often() -> None:
        for _ in range(40):
            killing.kill_once()

    with pytest.raises(LostError):
        kill_often()
