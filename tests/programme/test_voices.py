"""Notes of what people say: taken apart, checked for names, kept whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.intake.loading.bring import bring
from amhe_tui.programme.voices import keep_note, kept_with, read_note, warnings_of
from store.records import Activity, Feedback, Participant, Remark, Theme
from store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "voices.amhe", name="Fair start", area="Northmere", rehearsal=True) as made:
        yield made


def test_a_note_is_kept_with_its_speaker_and_themes_in_one_operation(workspace: Workspace) -> None:
    activity = Activity(title="Group")
    with workspace.change("Make") as change:
        change.add(activity)
    assert keep_note(workspace, activity.id, read_note("P3: Too far #travel")) == []
    keep_note(workspace, activity.id, read_note("P3: Too dear #Travel"))
    assert [remark.words for remark in workspace.list(Remark)] == ["Too far", "Too dear"]
    assert [theme.name for theme in workspace.list(Theme)] == ["travel"]
    assert [person.code for person in workspace.list(Participant)] == ["P3"]
    workspace.undo()
    assert len(workspace.list(Remark)) == 1


def test_a_note_with_a_name_is_kept_and_pointed_out(workspace: Workspace) -> None:
    activity = Activity(title="Group")
    with workspace.change("Make") as change:
        change.add(activity)
    warned = keep_note(workspace, activity.id, read_note("I saw Dr Patel"))
    assert len(warned) == 1
    assert workspace.list(Remark)[0].words == "I saw Dr Patel"
    assert kept_with(warned).startswith("⚠ Kept as it is. This looks like a name: “Dr Patel”.")


def test_which_fields_are_checked_is_declared() -> None:
    assert warnings_of(Feedback, {"said": "I saw Dr Patel", "did": "Dr Patel"}) == [
        "This looks like a name: “Dr Patel”."
    ]


def test_an_import_says_how_many_answers_look_as_though_they_tell_who_somebody_is(
    workspace: Workspace, tmp_path: Path
) -> None:
    answers = [f"It took {number} weeks until anybody rang me back at all" for number in range(8)]
    answers += [
        "My name is Joan Bell and nobody rang me back for weeks",
        "Write to me at joan@example.org and tell me when it is",
    ]
    path = tmp_path / "survey.csv"
    rows = [f'2026/11/{day:02d} 10:00:00 am GMT,"{words}"' for day, words in enumerate(answers, 1)]
    path.write_text("\n".join(["Timestamp,What got in your way?", *rows]))
    result = bring(workspace, path)
    assert len(workspace.list(Remark)) == 10
    assert [warning for warning in result.warnings if "name, number or address" in warning] == [
        "2 answers look as though they hold a name, number or address (of 10 in people's own words): "
        "in 1B, under remarks, look for “looks like” and take out what tells who somebody is."
    ]
