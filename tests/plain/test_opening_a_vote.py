"""Line mode opens a vote as the screens do, takes its ballots and closes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amhe_tui.errors import AmheError
from amhe_tui.plain import ballots, linear
from amhe_tui.programme.votes import add_idea, read_session
from store.records import NominalGroup, VotingRound
from store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a programme with one session of five ideas, two of them joined."""
    made = tmp_path / "line.amhe"
    with Workspace.create(made, name="Fair start", area="Northmere", rehearsal=True) as workspace:
        with workspace.change("Add session") as change:
            session = NominalGroup(question="What would help?")
            change.add(session)
        keys = [add_idea(workspace, session.id, f"Idea number {number + 1}") for number in range(5)]
        ideas = {idea.id: idea for idea in read_session(workspace, session.id).ideas}
        with workspace.change("Merge ideas") as change:
            change.update(ideas[keys[4]], merged_into_id=keys[0])
    return made


class Answers:
    """Gives answers in turn and keeps what was offered with each question.

    An answer of a choice is a key, or the place of one among those offered.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str | int | list[int] | None) -> None:
        self.left = list(answers)
        self.asked: dict[str, list[str]] = {}
        for name in ("choose", "choose_several", "ask_text"):
            monkeypatch.setattr(ballots, name, getattr(self, f"_{name}"))

    def _choose(self, words: str, choices: list[tuple[str, str]], **_: Any) -> str | None:
        self.asked[words] = [label for _, label in choices]
        answer = self.left.pop(0)
        assert not isinstance(answer, list)
        if isinstance(answer, int):
            return choices[answer][0]
        assert answer is None or answer in [key for key, _ in choices], f"{answer} was not offered at: {words}"
        return answer

    def _choose_several(self, words: str, choices: list[tuple[str, str]], **_: Any) -> list[str] | None:
        self.asked[words] = [label for _, label in choices]
        answer = self.left.pop(0)
        return [choices[place][0] for place in answer] if isinstance(answer, list) else None

    def _ask_text(self, words: str, *, value: str = "", hint: str = "") -> str | None:
        self.asked[words] = [value, hint]
        answer = self.left.pop(0)
        assert answer is None or isinstance(answer, str)
        return answer


def the_vote(path: Path) -> VotingRound:
    """Return the one vote of a file."""
    with Workspace.open(path) as workspace:
        (vote,) = workspace.list(VotingRound)
        return vote


def test_a_vote_is_opened_held_and_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = Answers(monkeypatch, 0, "all", "0", "2", "9", "2", "open", "vote", "b a", "vote", "e d", "close", "show")
    assert ballots.run(Workspace.open(path)) == 0
    assert answers.left == []
    lines = capsys.readouterr().out
    assert "its ballots are secret" in lines
    assert "Say how many people vote, as a number such as 8." in lines
    assert "It can be from 1 to 4 for these 4 ideas." in lines
    assert answers.asked["On which question?"] == ["What would help?"]
    assert answers.asked["On which ideas?"][0] == "All 4"
    suggested, hint = answers.asked["How many ideas does each rank?"]
    assert suggested == "3"
    assert "Rule of thumb" in hint
    assert "With fewer than 5 people a result can tell how somebody voted" in hint
    # E was joined with A, and counts for it.
    assert "\n1  A  Idea number 1: 3 points, chosen on 2 of 2 ballots\n" in lines
    vote = the_vote(path)
    assert (vote.name, vote.state, vote.voters, vote.places) == ("First vote", "closed", 2, 2)
    with Workspace.open(path) as workspace:
        session = workspace.list(NominalGroup)[0]
        assert (session.stage, session.present) == ("vote", 2)


def test_a_second_vote_on_some_ideas_is_a_run_off(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Answers(monkeypatch, 0, "all", "3", "2", "open", "stop", "close")
    ballots.run(Workspace.open(path))
    answers = Answers(monkeypatch, 0, "some", [1], [1, 3], "3", "1", "open", "stop", "later")
    ballots.run(Workspace.open(path))
    assert answers.left == []
    assert answers.asked["Which ideas?"][1] == "B  Idea number 2"
    with Workspace.open(path) as workspace:
        session = read_session(workspace, workspace.list(NominalGroup)[0].id)
        first, second = session.rounds
        assert (first.name, second.name, second.state) == ("First vote", "Run-off", "open")
        assert second.ideas.split() == [session.ideas[1].id, session.ideas[3].id]
        assert session.group.stage == "final_vote"


@pytest.mark.parametrize(
    "answers",
    [
        [None],
        [0, None],
        [0, "some", None],
        [0, "all", None],
        [0, "all", "3", None],
        [0, "all", "3", "2", None],
        [0, "all", "3", "2", "later"],
    ],
)
def test_leaving_half_way_opens_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, answers: list[str | int | list[int] | None]
) -> None:
    given = Answers(monkeypatch, *answers)
    assert ballots.run(Workspace.open(path)) == 0
    assert given.left == []
    with Workspace.open(path) as workspace:
        assert workspace.list(VotingRound) == []


def test_with_nothing_to_vote_on_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "empty.amhe"
    with Workspace.create(made, name="Fair start", area="Northmere", rehearsal=True) as workspace:
        pass
    with pytest.raises(AmheError, match="no nominal group session"):
        ballots.run(Workspace.open(made))
    with Workspace.open(made) as workspace, workspace.change("Add session") as change:
        change.add(NominalGroup(question="What would help?"))
    Answers(monkeypatch, 0)
    with pytest.raises(AmheError, match="There are no ideas to vote on"):
        ballots.run(Workspace.open(made))


def test_the_whole_line_mode_leads_to_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = iter(["2B", "vote", "vote", "back", "quit"])

    def choose(words: str, choices: list[tuple[str, str]], **_: Any) -> str:
        wanted = next(steps)
        assert wanted in [key for key, _ in choices], words
        return wanted

    monkeypatch.setattr(linear, "choose", choose)
    Answers(monkeypatch, 0, "all", "3", "2", "open", "stop", "later", "stop", "later")
    linear.run(Workspace.open(path))
    assert "0 of 3 ballots are in the box." in capsys.readouterr().out
    assert the_vote(path).state == "open"


def test_a_refusal_does_not_end_line_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "empty.amhe"
    Workspace.create(made, name="Fair start", area="Northmere", rehearsal=True).close()
    steps = iter(["2B", "vote", "back", "quit"])
    monkeypatch.setattr(linear, "choose", lambda *_, **__: next(steps))
    assert linear.run(Workspace.open(made)) == 0
    assert "no nominal group session" in capsys.readouterr().out
