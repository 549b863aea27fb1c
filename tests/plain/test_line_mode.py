"""Line mode through its real prompts: whatever is answered is kept at once, what cannot be is refused in a sentence, and leaving loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amhe_tui.cli import main
from amhe_tui.programme.votes import close_round, open_round
from store.records import (
    Activity,
    DataSource,
    Finding,
    Goal,
    Idea,
    Member,
    Milestone,
    NominalGroup,
    Participant,
    Record,
    Remark,
    Review,
    Theme,
    faces,
)
from store.workspace import Workspace
from tests.plain.person import END_OF_FILE, ENTER, answering

TO_1B = ("1B", "activities")
OUT = ("Back", "Back", "Quit")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "fair.amhe"
    Workspace.create(made, name="Fair start", area="Northmere").close()
    return made


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command believe that somebody sits at a terminal."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)


def kept(path: Path, kind: type[Record]) -> list[Any]:
    with Workspace.open(path) as workspace:
        return workspace.list(kind)


def add(path: Path, *records: Record) -> None:
    with Workspace.open(path) as workspace, workspace.change("Add") as change:
        for record in records:
            change.add(record)


def blank(number: int) -> tuple[str, ...]:
    """Return so many answers that take what is offered."""
    return (ENTER,) * number


def test_a_programme_is_set_up_one_question_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "new.amhe"
    answers = ("Fair start", "Northmere", "Northmere Council", ENTER, "Consent", "example.org/privacy", ENTER)
    with answering(monkeypatch, *answers):
        assert main(["new", str(made)]) == 0
    assert "Not said yet: data controller, dpia. It can wait" in capsys.readouterr().err
    with Workspace.open(made) as workspace:
        programme = workspace.programme()
    assert (programme.name, programme.area, programme.organisation) == ("Fair start", "Northmere", "Northmere Council")
    assert (programme.lawful_basis, programme.privacy_notice) == ("consent", "example.org/privacy")


def test_leaving_the_set_up_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "new.amhe"
    with answering(monkeypatch, "Fair start", None):
        assert main(["new", str(made)]) != 0
    assert "No programme was made. Begin again when you are ready." in " ".join(capsys.readouterr().err.split())
    assert not made.exists()


def test_an_activity_is_added_and_each_answer_becomes_what_it_means(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = (
        "Harbour group",
        "Focus",
        "What stands in the way?",
        ENTER,
        "3/12/26",
        *blank(4),
        "12",
        "1,008",
        *blank(9),
    )
    with answering(monkeypatch, *TO_1B, "Add", *fields, *OUT) as person:
        assert main(["plain", str(path)]) == 0
    assert "Saved." in capsys.readouterr().out
    (activity,) = kept(path, Activity)
    assert (activity.title, activity.kind, activity.held) == ("Harbour group", "focus_group", "2026-12-03")
    assert (activity.invited, activity.attended) == (12, 1008)
    assert "1B Work with communities: 1 activity" in person.offered


def test_what_cannot_be_is_refused_in_a_sentence_and_asked_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = (
        *("", "Harbour group", *blank(3)),  # a title is needed
        *("the 45th of June", "3/12/26", *blank(4)),
        *("many", "12", "-3", "8", *blank(9)),
    )
    with answering(monkeypatch, *TO_1B, "Add", *fields, *OUT):
        assert main(["plain", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Write it as day, month, year" in told
    assert told.count("whole number") >= 2
    (activity,) = kept(path, Activity)
    assert (activity.title, activity.held, activity.invited, activity.attended) == (
        "Harbour group",
        "2026-12-03",
        12,
        8,
    )


@pytest.mark.parametrize(
    ("answer", "title"),
    [("Keep what was answered", "Quay group"), ("Leave it as it was", "Harbour group"), (None, "Harbour group")],
)
def test_who_leaves_half_way_says_what_becomes_of_what_was_answered(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str | None,
    title: str,
) -> None:
    add(path, Activity(title="Harbour group", venue="Church hall"))
    with answering(monkeypatch, *TO_1B, "Harbour", "Change it", "Quay group", None, answer, *OUT):
        assert main(["plain", str(path)]) == 0
    assert ("Saved." if title == "Quay group" else "Left as it was.") in capsys.readouterr().out
    assert [(activity.title, activity.venue) for activity in kept(path, Activity)] == [(title, "Church hall")]


def test_who_left_by_mistake_goes_on_where_the_question_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(path, Activity(title="Harbour group", venue="Church hall"))
    left = ("Quay group", None, "Go on with this question")
    with answering(monkeypatch, *TO_1B, "Harbour", "Change it", *left, *blank(19), *OUT):
        assert main(["plain", str(path)]) == 0
    assert [(activity.title, activity.venue) for activity in kept(path, Activity)] == [("Quay group", "Church hall")]


def test_leaving_before_anything_was_answered_asks_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Activity(title="Harbour group"))
    with answering(monkeypatch, *TO_1B, "Harbour", "Change it", None, *OUT):
        assert main(["plain", str(path)]) == 0
    assert "Left as it was." in capsys.readouterr().out


def test_line_mode_says_first_how_a_question_is_answered_and_left(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with answering(monkeypatch, *TO_1B, *OUT) as person:
        assert main(["plain", str(path)]) == 0
    assert "Ctrl+C leaves a question" in capsys.readouterr().out.splitlines()[0]
    with answering(monkeypatch, *TO_1B, "Add an activity", None, *OUT) as person:
        assert main(["plain", str(path)]) == 0
    assert "Title, needed" in person.asked


@pytest.mark.parametrize("leaving", [None, END_OF_FILE])
def test_what_was_answered_before_leaving_half_way_can_be_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch, leaving: str | None
) -> None:
    add(path, Activity(title="Harbour group", venue="Church hall"))
    with answering(monkeypatch, *TO_1B, "Add", "Quay group", "Focus", leaving, "Keep", *OUT):
        assert main(["plain", str(path)]) == 0
    with answering(monkeypatch, *TO_1B, "Harbour", "Change it", "Harbour walk", None, "Keep", *OUT):
        assert main(["plain", str(path)]) == 0
    activities = kept(path, Activity)
    assert [(activity.title, activity.venue) for activity in activities] == [
        ("Harbour walk", "Church hall"),
        ("Quay group", ""),
    ]
    assert activities[1].kind == "focus_group"


def test_what_cannot_be_saved_is_offered_again_and_nothing_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = NominalGroup(question="What would help?")
    idea, other = Idea(words="A bus", letter="A"), Idea(words="A tram", letter="B")
    with Workspace.open(path) as workspace:
        with workspace.change("Add") as change:
            idea.nominal_group_id = other.nominal_group_id = change.add(session)
        with workspace.change("Add ideas") as change:
            change.add(idea)
            change.add(other)
        round_id = open_round(workspace, session.id, name="First vote", voters=3, places=2)
    again = ("Change it", ENTER, ENTER, "A bus on Sundays", ENTER, ENTER)
    asked_anew = (ENTER, ENTER, "A bus", ENTER, ENTER)
    with answering(
        monkeypatch, "2B", "ideas", "A bus", *again, *asked_anew, "A bus", "Remove it", "Back", "Back", "Undo", "Quit"
    ):
        assert main(["plain", str(path)]) == 0
    assert capsys.readouterr().out.count("People are voting on these ideas as they are.") == 3
    assert [idea.words for idea in kept(path, Idea)] == ["A bus", "A tram"]
    with Workspace.open(path) as workspace:
        close_round(workspace, round_id)


def test_a_record_is_shown_and_changed_and_what_is_not_touched_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Activity(title="Harbour group", kind="focus_group", venue="Church hall", attended=8))
    with answering(monkeypatch, *TO_1B, "Harbour", "Change it", "Quay group", *blank(19), *OUT):
        assert main(["plain", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "Church hall" in shown
    assert "Focus group" in shown
    (activity,) = kept(path, Activity)
    assert (activity.title, activity.kind, activity.venue, activity.attended) == (
        "Quay group",
        "focus_group",
        "Church hall",
        8,
    )


def test_words_are_cleaned_before_they_are_kept_and_before_they_are_shown(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Theme(name="travel"))
    fields = ("It is [/b] two buses away", "P3", ENTER, ENTER, ENTER, ENTER, ENTER, True, ["travel"])
    with answering(monkeypatch, "1B", "remarks", "Add", *fields, "It is", "Back", *OUT):
        assert main(["plain", str(path)]) == 0
    assert "It is [/b] two buses away" in capsys.readouterr().out
    (remark,) = kept(path, Remark)
    assert (remark.words, remark.speaker, remark.quote) == ("It is [/b] two buses away", "P3", True)
    with Workspace.open(path) as workspace:
        assert workspace.linked(remark.id, "themes") == [workspace.list(Theme)[0].id]


def test_a_record_belongs_to_another_and_has_several_roles(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(path, Activity(title="Harbour group"))
    with answering(
        monkeypatch, "1B", "participants", "Add", "p4", ["Lived experience", "Staff"], "Harbour", True, *OUT
    ):
        assert main(["plain", str(path)]) == 0
    (participant,) = kept(path, Participant)
    (activity,) = kept(path, Activity)
    assert participant.activity_id == activity.id
    assert participant.agreed
    assert set(participant.roles.split()) == {"lived", "staff"}


def test_a_link_that_must_be_given_is_asked_for_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Goal(title="Nobody waits longer"))
    fields = ("nothing", "Nobody waits", "First clinic open", "31/3/27", False)
    with answering(monkeypatch, "3A", "milestones", "Add", *fields, *OUT):
        assert main(["plain", str(path)]) == 0
    assert capsys.readouterr().out.count("Goal") >= 1
    (milestone,) = kept(path, Milestone)
    assert (milestone.title, milestone.due, milestone.done) == ("First clinic open", "2027-03-31", False)
    assert milestone.goal_id == kept(path, Goal)[0].id


def test_removing_undo_and_redo(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Review(title="Spring review"))
    with answering(
        monkeypatch, "4C", "reviews", "Spring", "Remove it", "Back", "Back", "Undo", "Redo", "Redo", "Undo", "Quit"
    ):
        assert main(["plain", str(path)]) == 0
    told = capsys.readouterr().out
    assert told.count("Undone: Remove review") == 2
    assert "Done again: Remove review" in told
    assert "Nothing to redo." in told
    assert [review.title for review in kept(path, Review)] == ["Spring review"]


def test_guidance_and_report_are_read_as_lines(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, Finding(title="Fewer Black men start treatment"))
    with answering(monkeypatch, "1A", "Guidance", "Back", "Read the report", "Quit"):
        assert main(["plain", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Fewer Black men start treatment" in told
    assert "# Fair start" in told
    assert "\x1b" not in told


def test_the_list_of_steps_says_what_is_there_and_what_is_next(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(path, DataSource(title="Talking therapies"), Member(initials="AB"))
    with answering(monkeypatch, None) as person:
        assert main(["plain", str(path)]) == 0
    assert "Fair start. Next: " in capsys.readouterr().out
    assert "1 source" in next(title for title in person.offered if title.startswith("1A"))


def test_a_file_that_is_open_elsewhere_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(path), answering(monkeypatch):
        assert main(["plain", str(path)]) != 0
    assert "is open in this window" in " ".join(capsys.readouterr().err.split())


def test_the_finding_of_a_goal_brings_its_figures_to_the_questions_that_follow(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(path, Finding(title="Fewer recover", group_name="Bengali", value=38.125, unit="%", direction="up"))
    answers = {"title": "Letters that are read", "finding_id": "Fewer recover", "population": "Families"}
    asked = list(faces(Goal))
    assert asked.index("finding_id") < asked.index("population") < asked.index("baseline")
    with answering(monkeypatch, "3A", "SMART goals", "Add", *(answers.get(name, ENTER) for name in asked), *OUT):
        assert main(["plain", str(path)]) == 0
    (goal,) = kept(path, Goal)
    assert (goal.population, goal.group, goal.baseline, goal.unit) == ("Families", "Bengali", 38.125, "%")
    assert goal.direction == "up"
