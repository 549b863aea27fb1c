"""The door: one operation is one transaction and one entry; what comes in is cleaned and checked; a refusal leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_examples import KINDS, add_example, everything, example_value, new_workspace, put, refused

from amhe_tui.errors import AmheError
from store.records import (
    EqualityImpactRow,
    Goal,
    Idea,
    Kind,
    Link,
    NominalGroup,
    Population,
    Programme,
    Record,
    Remark,
    Theme,
    all_records,
    faces,
    record_type,
    table_of,
)
from store.schema import row_counts
from store.workspace import Workspace

# What somebody types or pastes, and what is stored.
HOSTILE = {
    "[bold]x[/] [/b] [link=http://x]y[/link] [$nosuch]": "[bold]x[/] [/b] [link=http://x]y[/link] [$nosuch]",
    "A\x1b[2JB\x1b]0;title\x07C\x9b31mD\x7f": "A[2JB]0;titleC31mD",
    "pay\u202e001\u202c now \u2066x\u2069\u200f": "pay001 now x",
    "before\x00after\ufeff\ud800": "beforeafter",
    "👩‍👩‍👧 👍🏽 🏳️‍🌈 é": "👩‍👩‍👧 👍🏽 🏳️‍🌈 é",
    "שלום, مرحبا، ਸਤ ਸ੍ਰੀ ਅਕਾਲ": "שלום, مرحبا، ਸਤ ਸ੍ਰੀ ਅਕਾਲ",
    "ten chars." * 1000: "ten chars." * 1000,
    'Robert\'); DROP TABLE remark;-- "%s" =1+1': 'Robert\'); DROP TABLE remark;-- "%s" =1+1',
}
LINES = "one\r\ntwo\u2028three\rfour\tfive"
TEXT_KINDS = (Kind.LINE, Kind.TEXT)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with new_workspace(tmp_path_factory.mktemp("door")) as workspace:
        yield workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def _text_fields(kind: type[Record]) -> list[str]:
    return [name for name, face in faces(kind).items() if face.kind in TEXT_KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_every_text_field_of_every_record_is_stored_as_given_without_what_commands_a_terminal(
    shared: Workspace, kind: type[Record]
) -> None:
    for given, stored in HOSTILE.items():
        with shared.change("Add") as change:
            item = add_example(change, kind, **dict.fromkeys(_text_fields(kind), given))
        found = shared.need(kind, item.id)
        assert {name: getattr(found, name) for name in _text_fields(kind)} == dict.fromkeys(_text_fields(kind), stored)
        with shared.change("Change") as change:
            change.update(found, **dict.fromkeys(_text_fields(kind), given + "x"))
        assert all(getattr(shared.need(kind, item.id), name) == stored + "x" for name in _text_fields(kind))


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_lines_are_kept_where_there_is_room_and_joined_where_there_is_one(
    shared: Workspace, kind: type[Record]
) -> None:
    found = put(shared, kind, **dict.fromkeys(_text_fields(kind), LINES))
    for name in _text_fields(kind):
        one_line = faces(kind)[name].kind is Kind.LINE
        assert getattr(found, name) == ("one two three four five" if one_line else "one\ntwo\nthree\nfour\tfive")


def test_the_programme_is_cleaned_too(tmp_path: Path) -> None:
    with new_workspace(tmp_path, name="x.amhe") as workspace:
        pass
    with Workspace.create(tmp_path / "y.amhe", name="A\x1b[2JB", rehearsal=True) as workspace:
        assert workspace.programme().name == "A[2JB"


def test_labels_and_initials_are_cleaned(workspace: Workspace) -> None:
    workspace.actor = "J\x1b[2JW"
    put(workspace, Theme, "Import \x1b]0;x\x07\u202e\ud800.csv")
    entry = workspace.journal()[0]
    assert (entry.label, entry.actor) == ("Import ]0;x.csv", "J[2JW")


REQUIRED = [(kind, name) for kind in KINDS for name, face in faces(kind).items() if face.required]


@pytest.mark.parametrize(("kind", "name"), REQUIRED, ids=lambda part: part if isinstance(part, str) else table_of(part))
def test_a_required_field_cannot_be_blank(shared: Workspace, kind: type[Record], name: str) -> None:
    there = put(shared, kind)
    before = shared.read(row_counts)
    for blank in ("", " \n\t ", "\u200b\u200d", None):
        with refused(faces(kind)[name].label), shared.change("Add") as change:
            add_example(change, kind, **{name: blank})
        with refused(faces(kind)[name].label), shared.change("Change") as change:
            change.update(there, **{name: blank})
    assert shared.read(row_counts) == before
    assert shared.need(kind, there.id) == there


def _misfits(kind: type[Record], name: str) -> list[Any]:
    face = faces(kind)[name]
    match face.kind:
        case Kind.DATE:
            return ["2026-02-30", "yesterday", "30/11/2026", "2026-13-01", "99999-01-01"]
        case Kind.CHOICE:
            assert face.choices is not None
            codes = [one.value for one in face.choices]
            return ["no_such_code", " ".join(codes[:2]), "[b]"]
        case Kind.CHOICES:
            assert face.choices is not None
            return ["no_such_code", f"{next(iter(face.choices)).value} no_such_code"]
        case Kind.NUMBER:
            ends = [] if face.high is None else [face.high + 1]
            return [float("nan"), float("inf"), float("-inf"), 10**400, "twelve", *ends]
        case Kind.COUNT:
            ends = [] if face.high is None else [int(face.high) + 1]
            return [(face.low or 0) - 1, 2.5, float("nan"), 10**400, 2**63, "8", *ends]
        case Kind.LINK:
            return ["00000000-0000-7000-8000-000000000000", "'; --", "\ud800x"]
        case _:
            return []


CHECKED = [(kind, name) for kind in KINDS for name in faces(kind) if _misfits(kind, name)]


@pytest.mark.parametrize(("kind", "name"), CHECKED, ids=lambda part: part if isinstance(part, str) else table_of(part))
def test_what_does_not_fit_a_field_is_refused_in_a_sentence_and_leaves_nothing(
    shared: Workspace, kind: type[Record], name: str
) -> None:
    there = put(shared, kind)
    before = shared.read(row_counts)
    for value in _misfits(kind, name):
        with refused(faces(kind)[name].label), shared.change("Add") as change:
            change.add(Theme(name="Comes before the one that is refused"))
            add_example(change, kind, **{name: value})
        with refused(faces(kind)[name].label), shared.change("Change") as change:
            change.update(there, **{name: value})
    assert shared.read(row_counts) == before
    assert shared.need(kind, there.id) == there


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_what_fits_every_field_is_stored(shared: Workspace, kind: type[Record]) -> None:
    values = {name: example_value(kind, name) for name, face in faces(kind).items() if face.kind is not Kind.LINK}
    found = put(shared, kind, **values)
    assert {name: getattr(found, name) for name in values} == values


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_a_field_that_can_be_empty_can_be_emptied(shared: Workspace, kind: type[Record]) -> None:
    there = put(shared, kind)
    for name, face in faces(kind).items():
        if face.kind in (Kind.NUMBER, Kind.COUNT) and not face.required:
            column = record_type(table_of(kind)).__table__.columns[name]  # type: ignore[attr-defined]
            if column.nullable:
                with shared.change("Empty") as change:
                    change.update(there, **{name: None})
                assert getattr(shared.need(kind, there.id), name) is None
            else:
                with refused(face.label), shared.change("Empty") as change:
                    change.update(there, **{name: None})


def test_several_choices_are_kept_once_each(workspace: Workspace) -> None:
    found = put(workspace, Remark, roles="staff carer staff")
    assert found.roles == "staff carer"


def test_one_operation_is_one_entry(workspace: Workspace) -> None:
    entries = len(workspace.journal())
    with workspace.change("Capture") as change:
        theme = add_example(change, Theme)
        for number in range(5):
            remark = Remark(words=f"Words {number}")
            change.add(remark)
            change.link(remark, "themes", "theme", theme.id)
    assert len(workspace.journal()) == entries + 1
    entry = workspace.journal()[0]
    assert (entry.label, entry.kind, set(entry.tables)) == ("Capture", "change", {"theme", "remark", "link"})
    assert [one.words for one in workspace.list(Remark)] == [f"Words {number}" for number in range(5)]


def test_an_operation_without_effect_leaves_no_entry(workspace: Workspace) -> None:
    theme = put(workspace, Theme, name="Waiting")
    entries = len(workspace.journal())
    with workspace.change("Change"):
        pass
    with workspace.change("Change") as change:
        change.update(theme, name="  Waiting ")
    with workspace.change("There and back") as change:
        change.update(theme, name="Else")
        change.update(theme, name="Waiting")
    assert len(workspace.journal()) == entries


def test_an_operation_may_touch_a_field_more_than_once(workspace: Workspace) -> None:
    with workspace.change("Add and go on") as change:
        goal = add_example(change, Goal, title="First words")
        change.update(goal, title="Second words")
        change.update(goal, title="Last words", target=3)
        change.remove(goal)
    found = workspace.need(Goal, goal.id)
    assert (found.title, found.target, found.removed) == ("Last words", 3.0, True)
    assert workspace.verify() == []
    workspace.undo()
    workspace.redo()
    assert workspace.need(Goal, goal.id).title == "Last words"


@pytest.mark.parametrize("at", ["block", "row", "link"])
def test_an_operation_that_fails_leaves_nothing(workspace: Workspace, at: str) -> None:
    theme = put(workspace, Theme, name="Waiting")
    before = workspace.read(everything)

    def operation() -> None:
        with workspace.change("Fails") as change:
            change.update(theme, name="Changed")
            change.add(Theme(name="New"))
            if at == "block":
                raise RuntimeError("the screen fell over")
            if at == "row":
                change.add(Theme(name=""))
            change.link(Remark(id="nowhere"), "themes", "theme", theme.id)

    with pytest.raises(RuntimeError if at == "block" else AmheError):
        operation()
    assert workspace.read(everything) == before
    assert put(workspace, Theme).name == "an example"
    assert workspace.verify() == []


LINK_FIELDS = [(kind, name) for kind in KINDS for name, face in faces(kind).items() if face.kind is Kind.LINK]


@pytest.mark.parametrize(
    ("kind", "name"), LINK_FIELDS, ids=lambda part: part if isinstance(part, str) else table_of(part)
)
def test_a_link_leads_to_a_record_of_its_table(shared: Workspace, kind: type[Record], name: str) -> None:
    wrong_table = put(shared, Population if faces(kind)[name].to != "population" else Theme)
    with refused("not in the file"), shared.change("Link") as change:
        add_example(change, kind, **{name: wrong_table.id})
    there = put(shared, kind)
    with refused(), shared.change("Link") as change:
        change.update(there, **{name: there.id})


MANY = [(kind, name) for kind in KINDS for name in kind.many]


@pytest.mark.parametrize(("kind", "name"), MANY, ids=lambda part: part if isinstance(part, str) else table_of(part))
def test_a_link_of_several_has_two_ends(shared: Workspace, kind: type[Record], name: str) -> None:
    source, to = put(shared, kind), kind.many[name].to
    target = put(shared, record_type(to))
    with shared.change("Link") as change:
        change.link(source, name, to, target.id)
    assert shared.linked(source.id, name) == [target.id]
    with refused("not in the file"), shared.change("Link") as change:
        change.link(source, name, to, "nowhere")
    with refused("not in the file"), shared.change("Link") as change:
        change.link(kind(id="nowhere"), name, to, target.id)
    (link,) = shared.list(Link, from_id=source.id)
    with refused("not in the file"), shared.change("Link") as change:
        change.update(link, to_id="nowhere")
    with pytest.raises(ValueError, match="leads to"), shared.change("Link") as change:
        change.link(source, name, "population", target.id)


def test_links_are_set_as_a_whole(workspace: Workspace) -> None:
    themes = [put(workspace, Theme).id for _ in range(3)]
    remark = put(workspace, Remark)
    for wanted in ([themes[0], themes[1]], [themes[1], themes[2], themes[2]], []):
        with workspace.change("Themes") as change:
            change.set_links(remark, "themes", workspace.list(Link, from_id=remark.id), wanted)
        assert workspace.linked(remark.id, "themes") == list(dict.fromkeys(wanted))


def test_the_door_guards_keys_and_the_one_programme(workspace: Workspace) -> None:
    theme, before = put(workspace, Theme), workspace.read(everything)
    programme = workspace.programme()
    for field in ("id", "cycle"):
        with pytest.raises(ValueError, match="key"), workspace.change("Change") as change:
            change.update(theme, **{field: "other"})
    with pytest.raises(ValueError, match="no field"), workspace.change("Change") as change:
        change.update(theme, nonsense=1)
    with pytest.raises(ValueError, match="already"), workspace.change("Add") as change:
        change.add(Theme(id=theme.id, name="Again"))
    with pytest.raises(ValueError, match="one programme"), workspace.change("Add") as change:
        change.add(Programme(name="Second"))
    with pytest.raises(ValueError, match="one programme"), workspace.change("Remove") as change:
        change.remove(programme)
    with refused("not in the file"), workspace.change("Change") as change:
        change.update(Theme(id="nowhere"), name="x")
    assert workspace.read(everything) == before


def test_a_new_record_belongs_to_the_cycle_under_way(workspace: Workspace) -> None:
    first = put(workspace, Theme)
    with workspace.change("Next cycle") as change:
        change.update(workspace.programme(), cycle_number=2)
    assert (first.cycle, put(workspace, Theme, cycle=9).cycle) == (1, 2)


def test_what_is_read_is_detached(workspace: Workspace) -> None:
    theme = put(workspace, Theme, name="Waiting")
    theme.name = "Changed behind its back"
    assert workspace.need(Theme, theme.id).name == "Waiting"
    assert [one.name for one in workspace.list(Theme)] == ["Waiting"]


def test_lists_leave_out_the_removed_and_keep_the_order_they_were_made_in(workspace: Workspace) -> None:
    made = [put(workspace, Theme, name=name) for name in ("Z", "A", "M")]
    with workspace.change("Remove") as change:
        change.remove(made[1])
    assert [one.name for one in workspace.list(Theme)] == ["Z", "M"]
    assert [one.name for one in workspace.list(Theme, name="M")] == ["M"]
    assert workspace.need(Theme, made[1].id).removed


def test_read_only_refuses_every_change_and_reads_everything(tmp_path: Path) -> None:
    with new_workspace(tmp_path) as workspace:
        session = put(workspace, NominalGroup)
        idea = put(workspace, Idea, nominal_group_id=session.id)
        put(workspace, EqualityImpactRow)
    before = workspace.path.read_bytes()
    with Workspace.open(workspace.path, read_only=True) as closed:
        assert [one.id for one in closed.list(Idea)] == [idea.id]
        assert closed.need(Idea, idea.id).words == idea.words
        assert closed.verify() == []
        assert len(closed.journal()) == 4
        with refused("reading only"), closed.change("Change") as change:
            change.update(idea, words="Changed")
        for attempt in (
            closed.undo,
            closed.redo,
            lambda: closed.write(lambda raw: raw.execute("DELETE FROM idea")),
            lambda: closed.cast("any", {"any": 1}),
            lambda: closed.purge(idea, "Withdraw"),
        ):
            with refused("reading only"):
                attempt()
    assert workspace.path.read_bytes() == before


def test_a_closed_file_says_so(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    workspace.close()
    workspace.close()
    with refused("not open any more"):
        workspace.list(Theme)
    with refused("not open any more"), workspace.change("Add") as change:
        add_example(change, Theme)


def test_every_record_is_tried() -> None:
    assert {table_of(kind) for kind in KINDS} | {"programme", "link"} == set(all_records())
