"""One rule for the letters of ideas: the sheet printed before a vote, its ballot, the scribe, line mode and the result say the same."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import new_file, press, running, screen_text, settle, write

from amhe_tui.app import AmheApp
from amhe_tui.errors import AmheError
from amhe_tui.plain import ballots
from amhe_tui.programme.snapshot import snapshot
from amhe_tui.programme.votes import (
    add_idea,
    close_round,
    freeze_letters,
    open_round,
    read_paper,
    read_result,
    read_session,
)
from screens.design.nominal_group import NominalGroupScreen
from screens.design.vote import VoteScreen
from screens.programme.printing import write_sheets
from store.records import Idea, NominalGroup, VotingRound
from store.workspace import Workspace
from tests.properties import examples

TODAY = date(2025, 5, 1)


def session_file(folder: Path, count: int) -> tuple[Path, str]:
    """Make a programme with one session and a number of ideas without letters, as the form leaves them."""
    path = new_file(folder)
    with Workspace.open(path) as workspace:
        with workspace.change("Add session") as change:
            session = NominalGroup(question="What would help?")
            change.add(session)
        for number in range(count):
            add_by_form(workspace, session.id, f"Idea number {number + 1}")
    return path, session.id


def add_by_form(workspace: Workspace, session_id: str, words: str) -> str:
    """Add an idea without letters."""
    with workspace.change("Add idea") as change:
        idea = Idea(nominal_group_id=session_id, words=words)
        change.add(idea)
    return idea.id


def printed(workspace: Workspace, session_id: str) -> dict[str, str]:
    """Print the sheet and return the letters on it by the words of the ideas."""
    _, sheet = write_sheets(workspace, session_id, TODAY)
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in sheet.read_text("utf-8").splitlines()]
    return {row[1]: row[0] for row in cells if len(row) == 3 and row[1].startswith("Idea number")}


def by_words(session_id: str, workspace: Workspace) -> dict[str, Idea]:
    """Return the ideas of a session by their words."""
    return {idea.words: idea for idea in read_session(workspace, session_id).ideas}


def change_after_printing(workspace: Workspace, session_id: str) -> None:
    """Remove the second idea, join the fifth with the first, and add two by form."""
    ideas = by_words(session_id, workspace)
    with workspace.change("Remove idea") as change:
        change.remove(ideas["Idea number 2"])
    with workspace.change("Merge ideas") as change:
        change.update(ideas["Idea number 5"], merged_into_id=ideas["Idea number 1"].id)
    add_by_form(workspace, session_id, "Idea number 6")
    add_by_form(workspace, session_id, "Idea number 7")


async def test_a_sheet_printed_before_the_vote_has_the_letters_of_ballot_scribe_line_mode_and_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, session_id = session_file(tmp_path, 5)
    # One is gone before the printing, and ideas come after it: letters by position would differ.
    with Workspace.open(path) as workspace, workspace.change("Remove idea") as change:
        change.remove(by_words(session_id, workspace)["Idea number 3"])
    async with running(path, (120, 40)) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        await press(app, pilot, "o")
        workspace = opened(app)
        sheet = printed(workspace, session_id)
        assert sheet == {"Idea number 1": "A", "Idea number 2": "B", "Idea number 4": "C", "Idea number 5": "D"}
        change_after_printing(workspace, session_id)
        round_id = open_round(workspace, session_id, name="First vote", voters=6, places=2)
        app.push_screen(VoteScreen(round_id))
        await settle(app, pilot)
        await press(app, pilot, "enter")
        ballot = screen_text(app)
        for letters, words in (("A", "1"), ("C", "4"), ("E", "6"), ("F", "7")):
            assert f"{letters}  Idea number {words}" in ballot
        await press(app, pilot, "escape", "s")
        assert "Letters on the ballot: A C E F" in screen_text(app)
        await write(pilot, "b c")
        await press(app, pilot, "enter")
        assert "Idea B (“Idea number 2”) was removed" in " ".join(screen_text(app).split())
        await press(app, pilot, *["backspace"] * 3)
        await write(pilot, "d c")
        await press(app, pilot, "enter")
        assert workspace.ballots_in(round_id) == 1
    answers = iter(["vote", "stop", "close", "show"])
    monkeypatch.setattr(ballots, "choose", lambda *_: next(answers))
    monkeypatch.setattr(ballots, "ask_text", lambda *_: "a e")
    ballots.run(Workspace.open(path))
    lines = capsys.readouterr().out
    assert "C  Idea number 4" in lines
    assert "A  Idea number 1: 4 points, chosen on 2 of 2 ballots" in lines
    with Workspace.open(path) as workspace:
        result = read_result(workspace, round_id)
        assert {result.words[key]: own for key, own in result.letters.items()} == {
            "Idea number 1": "A", "Idea number 4": "C", "Idea number 6": "E", "Idea number 7": "F",
        }  # fmt: skip
        assert snapshot(workspace).votes[round_id].letters == result.letters


def opened(app: AmheApp) -> Workspace:
    """Return the programme that is open."""
    assert app.workspace is not None
    return app.workspace


def test_two_letters_of_joined_ideas_on_an_old_sheet_are_refused_with_a_remedy(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 5)
    with Workspace.open(path) as workspace:
        printed(workspace, session_id)
        change_after_printing(workspace, session_id)
        paper = read_paper(workspace, open_round(workspace, session_id, name="First vote", voters=3, places=3))
        with pytest.raises(AmheError, match="A and E count as one idea, A"):
            paper.ballot("ACE")
        assert paper.ballot("EC") == paper.ballot("AC") != paper.ballot("CA")


@pytest.mark.parametrize(
    ("line", "order"),
    [("A1 C2 B3", "ACB"), ("1A 2C 3B", "ACB"), ("1. a, 2. c", "AC"), ("a 1, c, b 3", "ACB"), ("A2 C1", ""), ("2A 1C", ""), ("A1 C1", "")],
)  # fmt: skip
def test_numbers_on_a_ranked_paper_say_its_order_or_it_is_refused(tmp_path: Path, line: str, order: str) -> None:
    path, session_id = session_file(tmp_path, 4)
    with Workspace.open(path) as workspace:
        paper = read_paper(workspace, open_round(workspace, session_id, name="First vote", voters=3, places=3))
        if order:
            assert paper.ballot(line) == paper.ballot(order)
        else:
            with pytest.raises(AmheError, match="another order than the letters"):
                paper.ballot(line)


def test_an_idea_stays_as_it_is_while_people_vote_on_it_whoever_asks(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 4)
    with Workspace.open(path) as workspace:
        first, second, third, _ = read_session(workspace, session_id).ideas
        with workspace.change("Merge ideas") as change:
            change.update(third, merged_into_id=second.id)
        with workspace.change("Word an idea") as change:
            change.update(first, clarified="Another one altogether")
        round_id = open_round(workspace, session_id, name="First vote", voters=3, places=2)
        before = read_paper(workspace, round_id)
        change_to: tuple[tuple[Idea, dict[str, Any]], ...] = (
            (first, {"words": "Less of it"}),
            (first, {"clarified": ""}),
            (first, {"removed": True}),
            (first, {"merged_into_id": second.id}),
            (third, {"merged_into_id": None}),
        )
        for idea, values in change_to:
            with pytest.raises(AmheError, match="voting on these ideas"), workspace.change("Change idea") as change:
                change.update(idea, **values)
        with pytest.raises(AmheError, match="voting on these ideas"):
            workspace.undo()
        assert read_paper(workspace, round_id) == before
        late = add_by_form(workspace, session_id, "Idea number 9")
        with workspace.change("Remove idea") as change:
            change.remove(workspace.need(Idea, late))
        close_round(workspace, round_id)
        with workspace.change("Merge ideas") as change:
            change.update(first, merged_into_id=second.id)
        assert read_result(workspace, round_id).of(first.id) is None


def test_letters_of_an_open_vote_from_before_they_were_frozen_stay_when_an_earlier_vote_had_them(
    tmp_path: Path,
) -> None:
    path, session_id = session_file(tmp_path, 0)
    with Workspace.open(path) as workspace:
        keys: dict[str, str] = {}
        for words, letters in (("gone B", "B"), ("gone C", "C"), ("C", "C"), ("A", "A"), ("B", "B")):
            with workspace.change("Add idea") as change:
                idea = Idea(nominal_group_id=session_id, words=words, letter=letters)
                change.add(idea)
            keys[words] = idea.id
        for ballot, state in ((("gone B", "gone C"), "closed"), (("A", "B", "C"), "open")):
            with workspace.change("Open", sealed=True) as change:
                ideas = " ".join(keys[words] for words in ballot)
                change.add(VotingRound(nominal_group_id=session_id, ideas=ideas, state=state, places=2, voters=3))
            if state == "closed":
                with workspace.change("Remove ideas") as change:
                    change.remove(workspace.need(Idea, keys["gone B"]))
                    change.remove(workspace.need(Idea, keys["gone C"]))
        round_id = workspace.list(VotingRound)[-1].id
        on_paper = {"A": "A", "B": "B", "C": "C"}
        assert {words: own for own, _, words in read_paper(workspace, round_id).ideas} == on_paper
        session = read_session(workspace, session_id)
        assert {idea.words: session.letters[idea.id] for idea in session.ideas} == on_paper
        freeze_letters(workspace, session_id)
        assert {words: own for own, _, words in read_paper(workspace, round_id).ideas} == on_paper


def test_undo_after_printing_gives_no_letter_of_the_sheet_to_another_idea(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 3)
    with Workspace.open(path) as workspace:
        sheet = printed(workspace, session_id)
        entries = len(workspace.journal(50))
        assert printed(workspace, session_id) == sheet
        assert len(workspace.journal(50)) == entries
        workspace.undo()
        add_idea(workspace, session_id, "Idea number 9")
        later = printed(workspace, session_id)
        assert later["Idea number 9"] == "D"
        assert {words: own for words, own in later.items() if words in sheet}.items() <= sheet.items()


STEP = st.tuples(
    st.sampled_from(["add", "form", "letter", "remove", "merge", "print", "open", "close", "undo"]), st.integers(0, 9)
)


@examples(12)
@given(st.lists(STEP, min_size=4, max_size=14))
def test_a_letter_once_on_paper_or_ballot_stays_with_its_idea(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, session_id = session_file(Path(folder), 2)
        promised: dict[str, str] = {}
        with Workspace.open(path) as workspace:
            for number, (what, pick) in enumerate(steps):
                session = read_session(workspace, session_id)
                idea = session.ideas[pick % len(session.ideas)] if session.ideas else None
                try:
                    take(workspace, session_id, what, idea, f"Idea number {number + 10}", pick)
                except AmheError:
                    continue
                if what == "print":
                    remember(promised, printed(workspace, session_id))
                session = read_session(workspace, session_id)
                remember(
                    promised, {one.words: session.letters[one.id] for one in session.ideas if one.words in promised}
                )
                for vote in session.rounds:
                    if vote.state == "open":
                        remember(promised, {words: own for own, _, words in read_paper(workspace, vote.id).ideas})
                    else:
                        result = read_result(workspace, vote.id)
                        remember(promised, {result.words[key]: own for key, own in result.letters.items()})


def remember(promised: dict[str, str], letters: dict[str, str]) -> None:
    """Check letters against those that were shown before, and keep the new ones."""
    for words, own in letters.items():
        assert promised.setdefault(words, own) == own
    assert len(set(promised.values())) == len(promised)


def take(workspace: Workspace, session_id: str, what: str, idea: Idea | None, words: str, pick: int) -> None:
    """Do one step of a random session."""
    session = read_session(workspace, session_id)
    if what == "add":
        add_idea(workspace, session_id, words)
    elif what == "form":
        add_by_form(workspace, session_id, words)
    elif what == "undo":
        workspace.undo()
    elif what == "open":
        open_round(workspace, session_id, name="Vote", voters=9, places=2)
    elif what == "close" and session.open_round is not None:
        close_round(workspace, session.open_round.id)
    elif idea is not None and what in ("letter", "remove", "merge"):
        targets = session.can_join(idea)
        with workspace.change("Change idea") as change:
            if what == "letter":
                change.update(idea, letter="ABCDEFGHIJ"[pick])
            elif what == "remove":
                change.remove(idea)
            elif targets:
                change.update(idea, merged_into_id=targets[0].id)
