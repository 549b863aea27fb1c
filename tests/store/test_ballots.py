"""The ballot box: who may vote and how, and that nothing in the file leads from a ballot to a person, an order or a time."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_examples import everything, hurry, new_workspace, put, refused

from amhe_tui.method.vote_schemes import in_places, ranked
from store import ballots
from store.records import NominalGroup, VotingRound
from store.workspace import Workspace

IDEAS = [f"0190000{number}-0000-7000-8000-00000000000{number}" for number in range(8)]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def _round(workspace: Workspace, voters: int = 0, places: int = 3) -> VotingRound:
    session = put(workspace, NominalGroup)
    values = {"nominal_group_id": session.id, "ideas": " ".join(IDEAS), "voters": voters, "places": places}
    return put(workspace, VotingRound, "Open the vote", **values)


def _close(workspace: Workspace, vote: VotingRound) -> None:
    with workspace.change("Close the vote", sealed=True) as change:
        change.update(vote, state="closed")


def test_a_vote_is_counted_when_it_is_closed_and_not_before(workspace: Workspace) -> None:
    vote = _round(workspace)
    rankings = [tuple(IDEAS[:3]), (IDEAS[4],), tuple(IDEAS[2:4])]
    assert [workspace.cast(vote.id, ranked(list(ranking))) for ranking in rankings] == [1, 2, 3]
    assert workspace.ballots_in(vote.id) == 3
    with refused("before it is closed"):
        workspace.ballots(vote.id)
    _close(workspace, vote)
    assert sorted(tuple(in_places(ballot)) for ballot in workspace.ballots(vote.id)) == sorted(rankings)
    with refused("No ballot can be added"):
        workspace.cast(vote.id, ranked([IDEAS[0]]))
    assert workspace.ballots_in(vote.id) == 3


def test_a_closed_vote_is_not_opened_again(workspace: Workspace) -> None:
    vote = _round(workspace)
    workspace.cast(vote.id, ranked([IDEAS[0]]))
    _close(workspace, vote)
    with refused("stays closed"), workspace.change("Open it again") as change:
        change.update(vote, state="open")
    while workspace.undo():
        pass
    assert workspace.need(VotingRound, vote.id).state == "closed"
    assert workspace.ballots(vote.id) == [{IDEAS[0]: 1}]


def test_no_more_ballots_than_voters(workspace: Workspace) -> None:
    vote = _round(workspace, voters=2)
    workspace.cast(vote.id, ranked([IDEAS[0]]))
    workspace.cast(vote.id, ranked([IDEAS[1]]))
    before = workspace.read(everything)
    with refused("All 2 ballots"):
        workspace.cast(vote.id, ranked([IDEAS[2]]))
    assert workspace.read(everything) == before
    with workspace.change("One more person", sealed=True) as change:
        change.update(vote, voters=3)
    assert workspace.cast(vote.id, ranked([IDEAS[2]])) == 3


@pytest.mark.parametrize(
    "ballot",
    [
        {},
        {IDEAS[0]: 1, IDEAS[1]: 1},
        {IDEAS[0]: 2},
        {IDEAS[0]: 1, IDEAS[1]: 3},
        {IDEAS[0]: 0},
        ranked(IDEAS[:4]),
        ranked(["not an idea of this vote"]),
        ranked([IDEAS[0], ""]),
        ranked([IDEAS[0].upper() + " "]),
    ],
)
def test_a_ballot_that_is_not_valid_is_refused(workspace: Workspace, ballot: dict[str, int]) -> None:
    vote = _round(workspace)
    workspace.cast(vote.id, ranked([IDEAS[5]]))
    before = workspace.read(everything)
    with refused("up to 3 of 8 ideas"):
        workspace.cast(vote.id, ballot)
    assert workspace.read(everything) == before


def test_a_way_of_voting_that_is_not_known_takes_no_ballot(workspace: Workspace) -> None:
    vote = _round(workspace)
    with workspace.change("As a newer version would") as change:
        change.update(vote, scheme="by lot")
    with refused("does not know the way of voting called “by lot”"):
        workspace.cast(vote.id, ranked(IDEAS[:2]))


def test_the_order_in_which_ideas_were_chosen_is_not_kept(workspace: Workspace) -> None:
    vote = _round(workspace)
    workspace.cast(vote.id, {IDEAS[4]: 2, IDEAS[1]: 1})
    written = workspace.read(lambda raw: raw.execute("SELECT numbers FROM ballot").fetchone()[0])
    assert written.index(IDEAS[1]) < written.index(IDEAS[4])


def test_votes_that_are_not_there_take_no_ballot(workspace: Workspace) -> None:
    vote = _round(workspace)
    with refused("no longer in the file"):
        workspace.cast("nowhere", ranked([IDEAS[0]]))
    workspace.undo()
    with refused("no longer in the file"):
        workspace.cast(vote.id, ranked([IDEAS[0]]))
    with refused("no longer in the file"):
        workspace.ballots(vote.id)


def test_a_ballot_leaves_no_trace_but_itself(workspace: Workspace) -> None:
    vote, other = _round(workspace), _round(workspace)
    before = workspace.read(everything)
    workspace.cast(vote.id, ranked(IDEAS[:3]))
    after = workspace.read(everything)
    assert {table for table in after if after[table] != before[table]} == {"ballot"}
    columns = workspace.read(lambda raw: [row[1] for row in raw.execute("PRAGMA table_info(ballot)")])
    assert columns == ["round_id", "key", "numbers"]
    assert workspace.ballots_in(other.id) == 0
    assert workspace.undo_label() == "Open the vote"
    _close(workspace, vote)
    assert not any("ballot" in entry.tables for entry in workspace.journal())
    assert workspace.verify() == []


def _voted(
    path: Path, start: bytes, vote: str, cast: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> bytes:
    """Return the bytes of the file after some ballots, each under the key given with it."""
    path.write_bytes(start)
    keys = iter([key for key, _ in cast])
    monkeypatch.setattr(ballots, "random_key", lambda: next(keys))
    with Workspace.open(path) as workspace:
        workspace.read(hurry)
        for _, ranking in cast:
            workspace.cast(vote, ranked(ranking))
    return path.read_bytes()


@pytest.mark.parametrize("voters", [5, 9, 60])
@pytest.mark.parametrize("lengths", ["equal", "unequal"])
def test_the_order_of_voting_leaves_no_trace_in_the_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voters: int, lengths: str
) -> None:
    with new_workspace(tmp_path) as workspace:
        earlier, vote = _round(workspace), _round(workspace, places=5)
        for number in range(30):
            workspace.cast(earlier.id, ranked([IDEAS[number % 8]]))
    start, path = workspace.path.read_bytes(), workspace.path
    chance = random.Random(voters)  # noqa: S311
    orders = list(itertools.permutations(range(8), 5))
    size = (lambda: 5) if lengths == "equal" else (lambda: chance.randrange(1, 6))
    cast = [
        (f"{chance.getrandbits(128):032x}", [IDEAS[place] for place in chance.choice(orders)][: size()])
        for _ in range(voters)
    ]
    files: set[bytes] = set()
    for _ in range(4):
        chance.shuffle(cast)
        files.add(_voted(path, start, vote.id, cast, monkeypatch))
    assert len(files) == 1
    shorter = _voted(path, start, vote.id, cast[1:], monkeypatch)
    assert shorter not in files


def test_an_open_vote_is_left_out_of_backups_and_a_closed_one_is_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"{number:032x}" for number in range(0xABC0, 0xABD0)]
    dealt = iter(keys)
    monkeypatch.setattr(ballots, "random_key", lambda: next(dealt))
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        closed, open_ = _round(workspace), _round(workspace)
        for _ in range(8):
            workspace.cast(closed.id, ranked(IDEAS[:3]))
        for _ in range(8):
            workspace.cast(open_.id, ranked(IDEAS[3:6]))
        _close(workspace, closed)
        copies = [workspace.backup(), workspace.backup(tmp_path / "copy.amhe")]
        assert workspace.ballots_in(open_.id) == 8
    for copy in copies:
        content = copy.read_bytes()
        assert all(key.encode() in content for key in keys[:8])
        assert not any(key.encode() in content for key in keys[8:])
        assert IDEAS[3].encode() + b'"' not in content
    with Workspace.open(tmp_path / "copy.amhe") as workspace:
        assert len(workspace.ballots(closed.id)) == 8
        assert workspace.ballots_in(open_.id) == 0


def test_a_backup_on_closing_holds_no_open_vote(tmp_path: Path, own_folders: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        vote = _round(workspace)
        workspace.cast(vote.id, ranked(IDEAS[:3]))
    (copy,) = own_folders.rglob("*.amhe")
    with Workspace.open(copy, read_only=True) as kept:
        assert kept.ballots_in(vote.id) == 0
        assert kept.need(VotingRound, vote.id).state == "open"
