"""A way of voting is one thing: what is in the two tables can be opened, cast, counted, printed and put into words everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from support import new_file, running, see, settle

from amhe_tui.analysis.votes.agreement import Concordance, kendall_w
from amhe_tui.analysis.votes.counts import COUNTS, Counting
from amhe_tui.analysis.votes.nominal_group import IdeaTally, Tally
from amhe_tui.errors import AmheError
from amhe_tui.method.number_methods import method_words
from amhe_tui.method.vote_schemes import SCHEMES, CountedIdea, Mark, Numbers, Slip, VoteScheme
from amhe_tui.plain import ballots as line_mode
from amhe_tui.programme.votes import (
    about_to_open,
    add_idea,
    close_round,
    detail_words,
    line_words,
    marks_in,
    open_round,
    read_paper,
    read_result,
    standing_words,
    summary_words,
)
from amhe_tui.report import write_report
from amhe_tui.report.model import Table
from amhe_tui.report.paper import session_sheet
from screens.design.nominal_group import NominalGroupScreen
from store.records import Audience, NominalGroup, VotingRound
from store.workspace import Workspace

TODAY = date(2025, 5, 1)


class Ticks(VoteScheme):
    """A made-up way of voting that puts nothing in order: two ticks for what somebody likes best, one for what they like."""

    code = "made_up"
    title = "Made-up vote"
    about = "Ticks for whatever you like."
    method = "vote.made_up"
    counting = "Ticks are added up."
    unit = ("tick", "ticks")
    blank_hint = "letters of what you like"
    level = "level in ticks"

    def most(self, ideas: int) -> int:
        return ideas

    def usual(self, ideas: int) -> int:
        return ideas

    def numbers(self, marks: Sequence[Mark]) -> dict[str, int]:
        return {idea: number or 1 for idea, number in marks}

    def check(self, ballot: Numbers, ideas: Sequence[str], places: int) -> None:  # noqa: ARG002
        if not ballot or not set(ballot) <= set(ideas) or not set(ballot.values()) <= {1, 2}:
            raise ValueError("One or two ticks for an idea of this vote.")

    def fullest(self, ideas: Sequence[str], places: int) -> dict[str, int]:  # noqa: ARG002
        return dict.fromkeys(ideas, 2)

    def mark(self, number: int) -> str:
        return "✓" * number

    def task(self, places: int, ideas: int) -> str:  # noqa: ARG002
        return f"Each ticks any of {ideas} ideas."

    def to_choose(self, places: int) -> str:  # noqa: ARG002
        return "Tick what you like"

    def to_write(self, places: int) -> str:  # noqa: ARG002
        return "the letters of what you like, such as A2 C"

    def slip(self, places: int, letters: Sequence[str]) -> Slip:  # noqa: ARG002
        return ("Idea", "Ticks"), tuple((own, "□ □") for own in letters)

    def strokes(self, places: int) -> tuple[str, ...]:  # noqa: ARG002
        return ("Ticks",)

    def how_to_tally(self, places: int) -> str:  # noqa: ARG002
        return "A stroke for each tick."

    def worth(self, places: int) -> str:  # noqa: ARG002
        return "each tick counts one"

    def each(self, places: int) -> str:  # noqa: ARG002
        return "each ticking what they like."

    def agreement_of(self, places: int) -> str:  # noqa: ARG002
        return "ticks"

    def idea_words(self, row: CountedIdea, ballots: int) -> list[str]:
        return [f"{self.amount(row.score)} on {row.frequency} of {ballots}."]


def tally(ballots: Sequence[Numbers], ideas: Sequence[str], places: int, merged: Mapping[str, str]) -> Tally:  # noqa: ARG001
    """Add up the ticks."""
    given = {idea: sorted((ballot[idea] for ballot in ballots if idea in ballot), reverse=True) for idea in ideas}
    order = sorted(ideas, key=lambda idea: -sum(given[idea]))
    rows = [
        IdeaTally(
            idea, 1 + sum(sum(given[other]) > sum(given[idea]) for other in ideas), False, sum(given[idea]),
            len(given[idea]), 0, (), 0, 0, None, 0, 0, 0, 0, tuple(given[idea]), False,
        )
        for idea in order
    ]  # fmt: skip
    return Tally(tuple(rows), len(ballots), places, 0, 0, "vote.made_up@1")


def agreement(
    ballots: Sequence[Numbers],
    ideas: Sequence[str],
    places: int,  # noqa: ARG001
    merged: Mapping[str, str],  # noqa: ARG001
) -> Concordance:
    """Return W over the ticks."""
    return kendall_w([[-ballot.get(idea, 0) for idea in ideas] for ballot in ballots])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a programme with a session of four ideas, in a program that knows the made-up way of voting."""
    monkeypatch.setitem(SCHEMES, "made_up", Ticks())
    monkeypatch.setitem(COUNTS, "made_up", Counting(tally, agreement))
    made = new_file(tmp_path)
    with Workspace.open(made) as workspace:
        with workspace.change("Add session") as change:
            change.add(NominalGroup(question="What would help?"))
        for number in range(4):
            add_idea(workspace, session_of(workspace), f"Idea number {number + 1}")
    return made


def session_of(workspace: Workspace) -> str:
    """Return the key of the one session."""
    return workspace.list(NominalGroup)[0].id


def open_made_up(workspace: Workspace) -> str:
    """Open a vote of the made-up kind."""
    opening = about_to_open(workspace, session_of(workspace), scheme="made_up")
    assert (opening.most, opening.places, len(opening.ideas)) == (4, 4, 4)
    return open_round(
        workspace, session_of(workspace), name="First vote", voters=6, places=opening.places, scheme="made_up"
    )


def test_every_way_of_voting_is_counted_and_has_words() -> None:
    assert list(COUNTS) == list(SCHEMES)
    for code, scheme in SCHEMES.items():
        assert scheme.code == code
        assert method_words(scheme.method) == scheme.counting
        letters = [chr(ord("A") + number) for number in range(12)]
        places = scheme.usual(len(letters))
        assert 1 <= places <= scheme.most(len(letters))
        scheme.check(scheme.fullest(letters, places), letters, places)
        assert all(len(scheme.mark(number)) <= 4 for number in scheme.fullest(letters, places).values())
        header, rows = scheme.slip(places, letters)
        assert {len(row) for row in rows} == {len(header)}


def test_a_made_up_vote_is_cast_counted_and_said_in_words(path: Path) -> None:
    with Workspace.open(path) as workspace:
        round_id = open_made_up(workspace)
        paper = read_paper(workspace, round_id)
        with pytest.raises(AmheError, match="One or two ticks"):
            paper.ballot("A3")
        with pytest.raises(AmheError, match="no letters"):
            paper.ballot("2 1")
        for line in ("a2 c", "CA", "c", "b 2, c", "C1"):
            workspace.cast(round_id, paper.ballot(line))
        lengths = workspace.read(lambda raw: raw.execute("SELECT DISTINCT length(numbers) FROM ballot").fetchall())
        assert len(lengths) == 1
        with pytest.raises(AmheError, match="Each ticks any of 4 ideas"):
            workspace.cast(round_id, {"nowhere": 1})
        ballots = [
            block for block in session_sheet(workspace, session_of(workspace)).blocks if isinstance(block, Table)
        ]
        slips = [block for block in ballots if block.caption.startswith("Secret ballot")]
        assert slips[0].rows == (("A", "□ □"), ("B", "□ □"), ("C", "□ □"), ("D", "□ □"))
        close_round(workspace, round_id)
        result = read_result(workspace, round_id)
        assert [(result.letters[str(row.idea)], row.score) for row in result.rows] == [
            ("C", 5),
            ("A", 3),
            ("B", 2),
            ("D", 0),
        ]
        first = result.rows[0]
        assert summary_words(result)[0] == "5 of 6 people voted; each tick counts one."
        assert "(ticks), where 0 is none" in summary_words(result)[1]
        assert detail_words(result, first) == ["5 ticks on 5 of 5."]
        assert line_words(result, first) == "1  C  Idea number 3: 5 ticks, chosen on 5 of 5 ballots"
        assert standing_words(result, first) == "Came 1st of 4 with 5 ticks, chosen on 5 of 5 ballots."
        written = write_report(workspace, Audience.TEAM, "md", TODAY)
        assert "5 ballots of 6 people, each ticking what they like." in written
        assert "Share of all ticks" in written


def test_line_mode_asks_how_people_vote_where_there_is_a_choice(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(path) as workspace:
        key = session_of(workspace)
    choices, typed = iter([key, "made_up", "all", "open", "vote", "close", "show"]), iter(["1", "d2 a"])
    monkeypatch.setattr(line_mode, "choose", lambda *_: next(choices))
    monkeypatch.setattr(line_mode, "ask_text", lambda *_, **__: next(typed))
    line_mode.run(Workspace.open(path))
    assert "1  D  Idea number 4: 2 ticks" in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        (vote,) = workspace.list(VotingRound)
        assert (vote.scheme, vote.places, vote.state) == ("made_up", 4, "closed")


async def test_the_screens_ask_show_and_count_a_made_up_vote(path: Path) -> None:
    async with running(path, (120, 40)) as (app, pilot):
        assert app.workspace is not None
        app.push_screen(NominalGroupScreen(session_of(app.workspace)))
        await settle(app, pilot)
        await see(app, pilot, "Made-up vote: Ticks for whatever you like.", "v")
        asked = await see(app, pilot, "How many people vote?", *"made", "enter")
        assert "How many ideas does each rank?" not in asked
        await see(app, pilot, "Each ticks any of 4 ideas.", "1", "enter")
        await see(app, pilot, "Tick what you like", "enter")
        await see(app, pilot, "✓ B Idea number 2", "b", "d")
        assert "You chose 2 of 4" not in await see(app, pilot, "Put this ballot into the box?", "ctrl+s")
        await see(app, pilot, "All ballots are in the box.", "enter")
        await see(app, pilot, "Ask the group first", "enter")
        shown = await see(app, pilot, "1 of 1 people voted; each tick counts one.", "enter")
        assert "Ticks" in shown
        assert "1st" not in shown


@pytest.mark.parametrize(
    ("line", "known", "expected"),
    [
        ("a3 c", "ABC", [("A", 3), ("C", None)]),
        ("A 3, B: 12; c1", "ABC", [("A", 3), ("B", 12), ("C", 1)]),
        ("ab2", "ABC", [("A", None), ("B", 2)]),
        ("ab2 b", ["A", "AB", "B"], [("AB", 2), ("B", None)]),
        ("a" + "9" * 5000, "ABC", [("A", 999_999_999)]),
        ("7", "ABC", []),
    ],
)
def test_a_number_stands_behind_its_letters(line: str, known: Sequence[str], expected: list[Mark]) -> None:
    assert marks_in(line, list(known)) == expected
