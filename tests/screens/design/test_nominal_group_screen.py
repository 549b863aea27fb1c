"""The nominal group by keys: ideas, merging, stages, timer, and the diagrams beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import new_file, press, running, screen_text, settle, write
from textual.widgets import Button, OptionList

from amhe_tui.app import AmheApp
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import DiagramKind
from amhe_tui.method.nominal_group import letter
from amhe_tui.method.vote_schemes import ranked
from amhe_tui.programme.votes import (
    Session,
    add_idea,
    agreement_words,
    close_round,
    letters_in,
    letters_index,
    open_round,
    read_paper,
    read_result,
    read_session,
    sensitivity_words,
)
from amhe_tui.text import ordinal
from screens.design.ballot import BallotScreen
from screens.design.diagram import DiagramScreen
from screens.design.diagram_tree import Diagram, advice
from screens.design.nominal_group import NominalGroupScreen
from screens.design.stage_script import StageTimer
from screens.design.vote_result import VoteResultScreen, bar
from store.records import DiagramLink, DiagramNode, Idea, NominalGroup
from store.workspace import Workspace

QUESTION = "What would help people to come earlier?"


class FakeClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


def session_file(folder: Path, count: int = 0, **fields: object) -> tuple[Path, str]:
    """Make a programme with one session and a number of ideas."""
    path = new_file(folder)
    with Workspace.open(path) as workspace:
        with workspace.change("Add session") as change:
            session = NominalGroup(question=QUESTION, **fields)
            change.add(session)
        for number in range(count):
            add_idea(workspace, session.id, f"Idea number {number + 1}")
    return path, session.id


def opened(app: AmheApp) -> Workspace:
    """Return the programme that is open."""
    assert app.workspace is not None
    return app.workspace


def files_in(folder: Path, pattern: str) -> list[Path]:
    """Return the files of a folder whose names fit a pattern."""
    return sorted(folder.glob(pattern))


async def test_ideas_are_taken_down_one_by_one_and_undone(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, stage="round_robin")
    async with running(path, (80, 24)) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        for words in ("evening hours", "peer worker", "plain letters"):
            await write(pilot, words)
            await pilot.press("enter")
        await settle(app, pilot)
        text = screen_text(app)
        assert QUESTION in text
        assert [
            line.strip(" ▁▂▃▄▅▆▇█")
            for line in text.splitlines()
            if line[1:4].strip() in ("A", "B", "C") and line[2:4] == "  "
        ] == ["A  evening hours", "B  peer worker", "C  plain letters"]
        assert "Enter keeps the next as D" in text
        workspace = opened(app)
        assert [entry.label for entry in workspace.journal(3)] == ["Add idea"] * 3
        await press(app, pilot, "escape", "u")
        assert [one.words for one in workspace.list(Idea)] == ["evening hours", "peer worker"]
        await press(app, pilot, "home", "d")
        assert [one.words for one in workspace.list(Idea)] == ["peer worker"]
        await press(app, pilot, "u")
        assert [one.letter for one in workspace.list(Idea)] == ["A", "B"]


async def test_twelve_ideas_merge_and_come_apart_with_nothing_lost(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 12, stage="clarify")
    async with running(path, (80, 24)) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await press(app, pilot, "down", "down", "m")
        await pilot.press(*"number", "space", *"12", "enter")
        await settle(app, pilot)
        workspace = opened(app)
        session = read_session(workspace, session_id)
        assert session.joined_with(session.ideas[2]) is session.ideas[11]
        assert len(session.ideas) == 12
        assert len(session.on_their_own) == 11
        assert "12 ideas, all saved; 11 to vote on, 1 joined." in screen_text(app)
        await pilot.press("end")
        assert "↳ C  Idea number 3" in screen_text(app)
        await press(app, pilot, "x")
        session = read_session(workspace, session_id)
        assert len(session.on_their_own) == 12
        assert session.letters[session.ideas[2].id] == "C"
        await press(app, pilot, "u")
        assert len(read_session(workspace, session_id).on_their_own) == 11


async def test_wording_an_idea_keeps_what_was_said(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 2, stage="clarify")
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await press(app, pilot, "e")
        await pilot.press(*["backspace"] * 13, *"evenings", "enter")
        await settle(app, pilot)
        assert "A  evenings  (said: Idea number 1)" in screen_text(app)
        idea = opened(app).list(Idea)[0]
        assert (idea.words, idea.clarified) == ("Idea number 1", "evenings")


async def test_markup_and_escapes_in_ideas_are_words(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, stage="clarify")
    words = "[bold]loud[/bold] [/ [$nosuch] \x1b[31mred\x1b[0m \u202eback 🧑‍🤝‍🧑 مرحبا"
    with Workspace.open(path) as workspace:
        add_idea(workspace, session_id, words)
        add_idea(workspace, session_id, "x" * 10_000)
        round_id = open_round(workspace, session_id, name="First vote", voters=1, places=1)
        workspace.cast(round_id, ranked([workspace.list(Idea)[0].id]))
        close_round(workspace, round_id)
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        assert "A  [bold]loud[/bold] [/ [$nosuch] [31mred[0m back" in screen_text(app)
        app.push_screen(VoteResultScreen(round_id))
        await press(app, pilot, "enter")
        assert "[bold]loud[/bold] [/" in screen_text(app)


async def test_the_timer_pauses_cues_and_never_moves_anybody_on(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, stage="round_robin")
    clock = FakeClock()
    async with running(path, (80, 24)) as (app, pilot):
        screen = NominalGroupScreen(session_id, clock=clock)
        app.push_screen(screen)
        await settle(app, pilot)
        await press(app, pilot, "escape")
        assert "10:00 left of 10 min" in screen_text(app)
        clock.now += 60
        await press(app, pilot, "space")
        assert "10:00 left" in screen_text(app)
        clock.now += 301
        await press(app, pilot, "space")
        assert "4:59 left of 10 min  paused  ◑ last five minutes" in screen_text(app)
        clock.now += 1000
        await press(app, pilot, "plus")
        assert "5:59 left of 11 min" in screen_text(app)
        await press(app, pilot, "space")
        clock.now += 360
        await press(app, pilot, "space")
        assert "■ time is up" in screen_text(app)
        assert screen.stage.value == "round_robin"
        await press(app, pilot, "escape")
        app.push_screen(NominalGroupScreen(session_id, clock=clock))
        await settle(app, pilot)
        assert "■ time is up" in screen_text(app)


async def test_stages_go_on_and_back_and_ideas_stay(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 3)
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await press(app, pilot, "n", "p", "p", "n", "n", "escape", "n")
        workspace = opened(app)
        assert workspace.need(NominalGroup, session_id).stage == "clarify"
        assert "Merge two ideas only if" in " ".join(screen_text(app).split())
        await press(app, pilot, "n")
        assert "How many people vote?" in screen_text(app)
        await pilot.press(*"none", "enter", "enter")
        await settle(app, pilot)
        assert "Say how many people vote, as a number such as 8." in screen_text(app)
        await press(app, pilot, "escape")
        assert workspace.need(NominalGroup, session_id).stage == "clarify"
        assert not read_session(workspace, session_id).rounds
        assert len(workspace.list(Idea)) == 3


async def test_it_asks_which_session_or_makes_one(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 1)
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen())
        await settle(app, pilot)
        await press(app, pilot, "enter")
        await write(pilot, "What else?")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, NominalGroupScreen)
        assert "What else?" in screen_text(app)
        assert len(opened(app).list(NominalGroup)) == 2
        await press(app, pilot, "escape")
        app.push_screen(NominalGroupScreen())
        await settle(app, pilot)
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, NominalGroupScreen)
    assert session_id


async def test_a_half_typed_idea_is_asked_about(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, stage="round_robin")
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        await write(pilot, "half")
        await press(app, pilot, "escape", "escape")
        assert "The last idea is not kept yet" in screen_text(app)
        await press(app, pilot, "enter")
        assert [one.words for one in opened(app).list(Idea)] == ["half"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_part_of_it_is_seen_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path, session_id = session_file(tmp_path, 12)
    async with running(path, size) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        text = screen_text(app)
        for words in (
            QUESTION,
            "▐Welcome▌",
            "5:00",
            "Every voice counts",
            "Read the question aloud",
            "A  Idea number 1",
            "One idea as it was said",
        ):
            assert words in text
        app.push_screen(DiagramScreen())
        await settle(app, pilot)
        assert "No box yet. Press a to add one." in screen_text(app)


async def test_one_key_prints_the_sheet_beside_the_programme(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 3, stage="clarify")
    with Workspace.open(path) as workspace:
        add_idea(workspace, session_id, "<b>loud</b> & [bold]louder[/bold]")
    async with running(path) as (app, pilot):
        app.push_screen(NominalGroupScreen(session_id))
        await settle(app, pilot)
        await press(app, pilot, "o")
        told = " ".join(one.message for one in app._notifications)
    page, words = files_in(tmp_path, "test-sheet-*")
    assert page.name in told
    assert words.name in told
    assert page.suffix == ".html"
    shown = page.read_text(encoding="utf-8")
    assert QUESTION in shown
    assert "Idea number 3" in shown
    assert "&lt;b&gt;loud&lt;/b&gt; &amp; [bold]louder[/bold]" in shown
    assert "Idea number 3" in words.read_text(encoding="utf-8")
    assert not files_in(tmp_path, ".*.part")


# --- the diagrams ------------------------------------------------------------------------------------------------------------------------------------


def node(key: str, level: str, title: str = "", **fields: object) -> DiagramNode:
    """Make a box."""
    return DiagramNode(id=key, diagram="driver", level=level, title=title or key, **fields)


def arrow(cause: str, effect: str, why: str = "because") -> DiagramLink:
    """Make an arrow."""
    return DiagramLink(id=f"{cause}{effect}", cause_id=cause, effect_id=effect, why=why)


def test_a_box_with_two_parents_is_drawn_under_each_and_marked() -> None:
    nodes = [
        node("aim", "aim"),
        node("p", "primary"),
        node("q", "primary"),
        node("s", "secondary"),
        node("i", "change_idea"),
    ]
    diagram = Diagram(
        DiagramKind.DRIVER,
        nodes,
        [arrow("p", "aim"), arrow("q", "aim"), arrow("s", "p"), arrow("s", "q"), arrow("i", "s")],
    )
    rows = [(row.lines + row.node.id, row.parents, row.again) for row in diagram.rows()]
    assert rows == [
        ("aim", 0, False),
        ("├─ p", 1, False),
        ("│  └─ s", 2, False),
        ("│     └─ i", 1, False),
        ("└─ q", 1, False),
        ("   └─ s", 2, True),
    ]
    assert {one.id for one in diagram.can_lead_to("p")} == {"q"}
    assert {one.id for one in diagram.can_lead_to("i")} == {"aim", "p", "q"}


def test_a_circle_ends_and_is_told() -> None:
    diagram = Diagram(
        DiagramKind.DRIVER, [node("p", "primary"), node("s", "secondary")], [arrow("p", "s"), arrow("s", "p")]
    )
    rows = diagram.rows()
    assert [row.node.id for row in rows] == ["p", "s", "p"]
    assert rows[-1].circle
    assert any("round in a circle" in line for line in advice(diagram))


def test_advice_on_a_driver_diagram() -> None:
    bare = Diagram(
        DiagramKind.DRIVER,
        [node("a", "aim", "People start treatment"), node("p", "primary"), node("i", "change_idea")],
        [arrow("p", "a", "")],
    )
    told = " ".join(advice(bare))
    for words in (
        "has no number",
        "has no date",
        "has no secondary driver",
        "leads to nothing yet",
        "1 of 1 arrows do not say why",
        "two to five",
    ):
        assert words in told
    nodes = [
        node("a", "aim", "60 of 100 Black men referred start within 6 weeks by March 2028", measure="share"),
        node("p", "primary", measure="x"), node("q", "primary"), node("s", "secondary", measure="x"), node("t", "secondary"), node("i", "change_idea", measure="x"),
    ]  # fmt: skip
    links = [arrow("p", "a"), arrow("q", "a"), arrow("s", "p"), arrow("t", "q"), arrow("i", "s")]
    assert advice(Diagram(DiagramKind.DRIVER, nodes, links)) == []
    assert any(
        "has no number" in line
        for line in advice(Diagram(DiagramKind.DRIVER, [node("a", "aim", "Better by 2028")], []))
    )


async def test_boxes_are_added_linked_and_unlinked_by_keys(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path, (80, 24)) as (app, pilot):
        app.push_screen(DiagramScreen())
        await settle(app, pilot)
        await press(app, pilot, "a")
        await write(pilot, "Start earlier")
        await press(app, pilot, "escape")
        await press(app, pilot, "a")
        await write(pilot, "[b]Evening[/b] hours")
        await press(app, pilot, "escape")
        assert "Draw an arrow?" in screen_text(app)
        await press(app, pilot, "tab", "enter")
        await write(pilot, "shift work")
        await press(app, pilot, "escape")
        text = screen_text(app)
        assert "Aim: Start earlier" in text
        assert "└─ Primary: [b]Evening[/b] hours" in text
        assert "because shift work" in text
        await press(app, pilot, "x", "enter")
        assert "└─" not in screen_text(app)
        await press(app, pilot, "u")
        assert "└─ Primary" in screen_text(app)
        assert app.screen.query_one("#tree", OptionList).option_count


# --- the parts ---------------------------------------------------------------------------------------------------------------------------------------


@given(st.integers(0, 5000))
def test_letters_and_their_place_belong_together(index: int) -> None:
    assert letters_index(letter(index)) == index


def test_ideas_without_letters_get_the_next_ones() -> None:
    ideas = [
        Idea(id="1", words="a", letter="B"),
        Idea(id="2", words="b"),
        Idea(id="3", words="c", letter="B"),
        Idea(id="4", words="d", letter="x9"),
    ]
    session = Session(NominalGroup(question="?"), tuple(ideas), {}, ())
    from amhe_tui.programme.votes import lettered

    assert lettered(session.ideas) == {"1": "B", "2": "C", "3": "D", "4": "E"}


def test_joins_in_a_circle_lose_nothing() -> None:
    ideas = (
        Idea(id="1", words="a", merged_into_id="2"),
        Idea(id="2", words="b", merged_into_id="1"),
        Idea(id="3", words="c", merged_into_id="gone"),
    )
    session = Session(NominalGroup(question="?"), ideas, {"1": "A", "2": "B", "3": "C"}, ())
    assert [idea.id for idea, _ in session.in_order()] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("line", "known", "expected"),
    [
        ("acb", "ABC", ["A", "C", "B"]),
        ("A, c; b", "ABC", ["A", "C", "B"]),
        ("a ab", ["A", "AB"], ["A", "AB"]),
        ("1. a 2. b", "ABC", ["A", "B"]),
        ("  ", "ABC", []),
    ],
)
def test_letters_of_a_paper_ballot(line: str, known: list[str], expected: list[str]) -> None:
    assert letters_in(line, list(known)) == expected


def test_ordinals_and_bars() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
    ]
    assert bar(10, 10, 8) == "█" * 8
    assert bar(5, 10, 8) == "█" * 4
    assert bar(1, 64, 8) == "▏"
    assert bar(0, 0, 8) == ""


def test_a_timer_with_an_end_of_five_minutes_gives_no_cue_at_its_start() -> None:
    clock = FakeClock()
    timer = StageTimer(5, clock)
    timer.turn()
    assert timer.cue == ""
    clock.now += 241
    assert timer.cue == "◕ last minute"


def test_a_vote_needs_two_ideas_and_is_opened_once(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 1)
    with Workspace.open(path) as workspace:
        with pytest.raises(AmheError, match="at least two"):
            open_round(workspace, session_id, name="First vote", voters=2, places=1)
        add_idea(workspace, session_id, "another")
        open_round(workspace, session_id, name="First vote", voters=2, places=1)
        with pytest.raises(AmheError, match="not closed yet"):
            open_round(workspace, session_id, name="Final vote", voters=2, places=1)


def test_a_merge_after_the_vote_counts_both_as_one(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 4)
    with Workspace.open(path) as workspace:
        round_id = open_round(workspace, session_id, name="First vote", voters=6, places=2)
        a, b, c, d = workspace.need(type(read_session(workspace, session_id).rounds[0]), round_id).ideas.split()
        for ballot in ([a, b], [a, c], [b, a], [c, d], [a, d]):
            workspace.cast(round_id, ranked(ballot))
        with pytest.raises(AmheError, match="open"):
            read_result(workspace, round_id)
        close_round(workspace, round_id)
        before = read_result(workspace, round_id)
        assert before.tally.of(a).score == 7
        assert "Kendall" in agreement_words(before)
        assert sensitivity_words(before)
        ideas = read_session(workspace, session_id).ideas
        with workspace.change("Merge ideas") as change:
            change.update(ideas[3], merged_into_id=c)
        after = read_result(workspace, round_id)
        assert {str(row.idea) for row in after.rows} == {a, b, c}
        assert after.tally.of(c).score == before.tally.of(c).score + before.tally.of(d).score
        assert after.tally.of(c).frequency == 3


def test_a_first_place_that_one_voter_would_make_joint_is_not_called_certain(tmp_path: Path) -> None:
    path, session_id = session_file(tmp_path, 4)
    with Workspace.open(path) as workspace:
        round_id = open_round(workspace, session_id, name="First vote", voters=3, places=3)
        a, b, c, d = workspace.need(type(read_session(workspace, session_id).rounds[0]), round_id).ideas.split()
        # Points 6, 5, 4 and 3: A stays first without anybody, but without the first voter all four have 3.
        for ballot in ([a, b, c], [c, b, a], [d, a, b]):
            workspace.cast(round_id, ranked(ballot))
        close_round(workspace, round_id)
        result = read_result(workspace, round_id)
        assert not result.movable(a)
        assert sensitivity_words(result) == "Sensitive to one vote: without one voter first place could be shared (~)."


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_button_of_a_ballot_is_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    path, session_id = session_file(tmp_path, 4)
    async with running(path, size) as (app, pilot):
        round_id = open_round(opened(app), session_id, name="First vote", voters=2, places=2)
        app.push_screen(BallotScreen(read_paper(opened(app), round_id)))
        await settle(app, pilot)
        box = app.screen.query_one("#side").content_region
        assert [button.id for button in app.screen.query(Button) if not box.contains_region(button.region)] == []
