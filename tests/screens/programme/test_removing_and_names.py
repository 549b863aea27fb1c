"""By keys: the thread of every kind, a goal removed with what it brought, and names pointed out wherever words are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from screens.identify.capture import CaptureScreen
from screens.programme.form import FormScreen
from screens.programme.step import StepScreen
from screens.programme.thread import ThreadScreen
from store.change import Change
from store.records import (
    Activity,
    EqualityImpactAssessment,
    EqualityImpactRow,
    Goal,
    Kind,
    Record,
    Remark,
    all_records,
    faces,
    record_type,
    table_of,
)
from store.workspace import Workspace
from tests.support import new_file, press, running, settle, told, words_on, write

LISTED = [kind for kind in all_records().values() if kind.listed and kind.sub_step]


def add_any(change: Change, kind: type[Record]) -> Record:
    """Add a record of a kind with what it must have."""
    values: dict[str, Any] = {}
    for name, field in faces(kind).items():
        if not field.required:
            continue
        match field.kind:
            case Kind.LINK:
                values[name] = add_any(change, record_type(str(field.to))).id
            case Kind.CHOICE:
                assert field.choices is not None
                values[name] = next(iter(field.choices)).value
            case Kind.DATE:
                values[name] = "2026-11-23"
            case _:
                values[name] = "an example"
    item = kind(**values)
    change.add(item)
    return item


@pytest.mark.parametrize("sub_step", sorted({kind.sub_step for kind in LISTED}))
async def test_t_shows_the_thread_of_every_kind_in_its_list(tmp_path: Path, sub_step: str) -> None:
    path = new_file(tmp_path)
    kinds = [kind for kind in LISTED if kind.sub_step == sub_step]
    with Workspace.open(path) as workspace, workspace.change("Make") as change:
        made = {kind: add_any(change, kind) for kind in kinds}
    async with running(path) as (app, pilot):
        for kind, item in made.items():
            app.push_screen(StepScreen(sub_step, table=table_of(kind), record_id=item.id))
            await settle(app, pilot)
            await press(app, pilot, "t")
            assert isinstance(app.screen, ThreadScreen), kind
            assert "fault" not in told(app)
            seen = words_on(app)
            assert ("stands on no thread" in seen) != ("From the gap in the numbers" in seen), kind
            await press(app, pilot, "escape", "escape")


async def test_a_goal_removed_in_its_list_leaves_nothing_and_asks_where_something_is_filled_in(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(StepScreen("3A"))
        await settle(app, pilot)
        await press(app, pilot, "a")
        await write(pilot, "Nobody waits longer")
        await press(app, pilot, "ctrl+s")
        workspace = app.workspace
        assert workspace is not None
        assert len(workspace.list(EqualityImpactRow)) == 18
        await press(app, pilot, "d")
        assert workspace.list(EqualityImpactAssessment) == []
        assert workspace.list(EqualityImpactRow) == []
        await press(app, pilot, "u")
        row = workspace.list(EqualityImpactRow)[0]
        with workspace.change("Fill in") as change:
            change.update(row, impact="negative")
        await press(app, pilot, "d")
        assert "1 row of the grid is filled in" in " ".join(words_on(app).replace("│", " ").split())
        await press(app, pilot, "escape")
        assert len(workspace.list(Goal)) == 1
        await press(app, pilot, "d", "tab", "enter")
        assert workspace.list(Goal) == []
        assert workspace.list(EqualityImpactRow) == []
        await press(app, pilot, "u")
        assert [len(workspace.list(kind)) for kind in (Goal, EqualityImpactAssessment, EqualityImpactRow)] == [1, 1, 18]


async def test_a_form_keeps_words_with_a_name_and_points_at_it(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    async with running(path) as (app, pilot):
        app.push_screen(FormScreen(Remark(), fresh=True))
        await settle(app, pilot)
        await write(pilot, "I saw Dr Patel")
        await press(app, pilot, "ctrl+s")
        assert app.workspace is not None
        assert [remark.words for remark in app.workspace.list(Remark)] == ["I saw Dr Patel"]
        assert "This looks like a name: “Dr Patel”." in told(app)
        app.push_screen(StepScreen("1B", table="remark"))
        await settle(app, pilot)
        assert "This looks like a name" in words_on(app)


async def test_a_line_kept_on_leaving_the_notes_is_checked_too(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Make") as change:
        activity = Activity(title="Group")
        change.add(activity)
    async with running(path) as (app, pilot):
        app.push_screen(CaptureScreen(activity.id))
        await settle(app, pilot)
        await write(pilot, "I saw Dr Patel")
        await press(app, pilot, "escape", "enter")
        assert app.workspace is not None
        assert [remark.words for remark in app.workspace.list(Remark)] == ["I saw Dr Patel"]
        assert "This looks like a name: “Dr Patel”." in told(app)
