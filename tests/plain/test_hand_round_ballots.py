"""Hand-round ballots line by line: each person's ballot goes into the box and off the screen, and the vote closes only when that is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from amhe_tui.cli import main
from amhe_tui.plain.ballots import CLEAR
from amhe_tui.programme.votes import open_round
from store.records import Idea, NominalGroup, VotingRound
from store.workspace import Workspace
from tests.plain.person import ENTER, answering

IDEAS = ("Evening appointments", "A peer worker", "Letters in plain words", "Childcare during groups")


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command believe that somebody sits at a terminal."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)


def with_vote(folder: Path, voters: int, *names: str) -> Path:
    """Make a programme with an open vote for each name, each in a session with its ideas."""
    path = folder / "vote.amhe"
    with Workspace.create(path, name="Fair start", area="Northmere") as workspace:
        for name in names:
            with workspace.change("Add session") as change:
                session = NominalGroup(question="What would help people to come earlier?")
                change.add(session)
                for letter, words in zip("ABCD", IDEAS, strict=True):
                    change.add(Idea(nominal_group_id=session.id, letter=letter, words=words))
            open_round(workspace, session.id, name=name, voters=voters, places=3, stage="vote")
    return path


def in_the_box(path: Path) -> list[tuple[str, str, int]]:
    """Return each vote's name, its state, and how many ballots it has."""
    with Workspace.open(path) as workspace:
        return [(vote.name, vote.state, workspace.ballots_in(vote.id)) for vote in workspace.list(VotingRound)]


def test_two_people_vote_and_the_vote_is_closed_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_vote(tmp_path, 2, "First vote")
    with answering(monkeypatch, "Vote", "a c b", "Vote", "A,D,C", "Close", "The group agrees"):
        assert main(["vote", str(path)]) == 0
    assert in_the_box(path) == [("First vote", "closed", 2)]
    told = capsys.readouterr().out
    assert "0 of 2 ballots are in the box. Hand the laptop to the next person." in told
    counted = told.rpartition(CLEAR)[2]
    assert counted.index(IDEAS[0]) < counted.index(IDEAS[2])
    assert f"A  {IDEAS[0]}: 6 points, chosen on 2 of 2 ballots" in counted


def test_a_result_of_few_people_stays_unseen_unless_they_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_vote(tmp_path, 1, "First vote")
    with answering(monkeypatch, "Vote", "a c b", "Close", "Leave it unseen"):
        assert main(["vote", str(path)]) == 0
    assert in_the_box(path) == [("First vote", "closed", 1)]
    assert "points" not in capsys.readouterr().out


def test_nothing_of_a_ballot_is_on_the_screen_for_the_next_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_vote(tmp_path, 2, "First vote")
    with answering(monkeypatch, "Vote", "d b a", "Stop", "Not yet"):
        assert main(["vote", str(path)]) == 0
    pages = capsys.readouterr().out.split(CLEAR)
    assert IDEAS[3] in pages[1]
    assert not any(words in page for page in pages[2:] for words in IDEAS)
    assert "1 of 2 ballots are in the box. Hand the laptop" in pages[2]
    assert "The vote stays open. Go on with: amhe vote FILE" in pages[-1]
    assert in_the_box(path) == [("First vote", "open", 1)]


@pytest.mark.parametrize(
    ("ballot", "sentence"),
    [
        ("a z b", "There is no idea Z"),
        ("a a b", "A is there twice. Write each idea once."),
        ("a b c d", "The ballot has 4 ideas, but only 3 places. Write the letters again."),
        ("!?", "There are no letters in it. Write the letters again."),
    ],
)
def test_a_ballot_that_cannot_count_is_refused_and_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ballot: str, sentence: str
) -> None:
    path = with_vote(tmp_path, 1, "First vote")
    with answering(monkeypatch, "Vote", ballot, "c a b", "Not yet"):
        assert main(["vote", str(path)]) == 0
    refusal = capsys.readouterr().out.split(CLEAR)[1].splitlines()[-1]
    assert sentence in refusal
    assert refusal.endswith(".")
    assert in_the_box(path) == [("First vote", "open", 1)]


def test_a_ballot_with_fewer_letters_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_vote(tmp_path, 1, "First vote")
    with answering(monkeypatch, "Vote", "d b", "Close", "Leave it unseen"):
        assert main(["vote", str(path)]) == 0
    with Workspace.open(path) as workspace:
        (ballot,) = workspace.ballots(workspace.list(VotingRound)[0].id)
        assert {workspace.need(Idea, idea).words: place for idea, place in ballot.items()} == {IDEAS[3]: 1, IDEAS[1]: 2}


@pytest.mark.parametrize("nothing", [ENTER, "   ", None])
def test_who_abstains_leaves_no_ballot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing: str | None) -> None:
    path = with_vote(tmp_path, 2, "First vote")
    with answering(monkeypatch, "Vote", nothing, "Stop", "Close"):
        assert main(["vote", str(path)]) == 0
    assert in_the_box(path) == [("First vote", "closed", 0)]


def test_of_two_open_votes_one_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_vote(tmp_path, 1, "First vote", "Second vote")
    with answering(monkeypatch, "Second", "Vote", "b c d", "Not yet"):
        assert main(["vote", str(path)]) == 0
    assert in_the_box(path) == [("First vote", "open", 0), ("Second vote", "open", 1)]


def test_leaving_the_choice_of_a_vote_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_vote(tmp_path, 1, "First vote", "Second vote")
    with answering(monkeypatch, None):
        assert main(["vote", str(path)]) == 0
    assert in_the_box(path) == [("First vote", "open", 0), ("Second vote", "open", 0)]


def test_without_a_session_to_vote_in_it_says_where_to_add_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = with_vote(tmp_path, 1)
    with answering(monkeypatch):
        assert main(["vote", str(path)]) == 1
    refusal = " ".join(capsys.readouterr().err.split())
    assert (
        "This programme has no nominal group session, and so no ideas to vote on. Add one with its ideas in 2B"
        in refusal
    )
