"""The journal: its chain, its heads, one name for each place that writes, and what it notices of tampering."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_examples import copy_of, new_workspace, outside, put, refused

from store.records import Goal, Link, Remark, Theme
from store.workspace import Workspace

__all__ = ["copy_of"]
Copier = Callable[[Callable[[Workspace], None], Path], Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def _fill(workspace: Workspace) -> None:
    theme = put(workspace, Theme, "Add theme", name="Waiting")
    with workspace.change("Name it") as change:
        change.update(theme, name="Long waits")
    with workspace.change("Add remark") as change:
        remark = Remark(words="Nobody rang back", quote=True)
        change.add(remark)
        change.link(remark, "themes", "theme", theme.id)
    put(workspace, Goal, "Add goal", title="Half the wait", target=4.5, confidence=7)
    withdrawn = put(workspace, Remark, "Add remark", words="Better not")
    workspace.undo()
    workspace.redo()
    workspace.purge(withdrawn, "Withdraw remark")
    assert workspace.verify() == []


_NAMED = "(SELECT id FROM journal_entry WHERE label = 'Name it')"
_LAST = "(SELECT id FROM journal_entry ORDER BY stamp DESC LIMIT 1)"
TAMPERINGS = {
    "text of a row": ["UPDATE theme SET name = 'Short waits'"],
    "number of a row": ["UPDATE goal SET target = 5"],
    "yes or no of a row": ["UPDATE remark SET quote = 0 WHERE words = 'Nobody rang back'"],
    "empty instead of text": ["UPDATE goal SET title = ''"],
    "a row brought back": ["UPDATE remark SET removed = 1 WHERE words = 'Nobody rang back'"],
    "a row gone": ["DELETE FROM goal"],
    "a link gone": ["DELETE FROM link"],
    "a row added": ["INSERT INTO theme SELECT 'x', cycle, 0, 'Added', '', '', NULL FROM theme LIMIT 1"],
    "label of an entry": ["UPDATE journal_entry SET label = 'Renamed' WHERE label = 'Name it'"],
    "initials of an entry": ["UPDATE journal_entry SET actor = 'XY' WHERE label = 'Name it'"],
    "time of an entry": ["UPDATE journal_entry SET stamp = '0' || substr(stamp, 2) || '0' WHERE label = 'Name it'"],
    "kind of an entry": ["UPDATE journal_entry SET kind = 'sealed' WHERE label = 'Name it'"],
    "value after": ["UPDATE journal_change SET after = '\"x\"' WHERE entry_id = " + _NAMED],
    "value after and row": [
        "UPDATE journal_change SET after = '\"x\"' WHERE entry_id = " + _NAMED,
        "UPDATE theme SET name = 'x'",
    ],
    "value before": ["UPDATE journal_change SET before = '\"x\"' WHERE entry_id = " + _NAMED],
    "value that is no JSON": ["UPDATE journal_change SET after = 'x' WHERE entry_id = " + _NAMED],
    "value and salt dropped": [
        "UPDATE journal_change SET before = NULL, after = NULL, salt = NULL WHERE entry_id = " + _NAMED,
        "UPDATE theme SET name = 'x'",
    ],
    "digest": ["UPDATE journal_change SET digest = 'x' WHERE entry_id = " + _NAMED],
    "change gone": ["DELETE FROM journal_change WHERE entry_id = " + _NAMED],
    "change of another row": ["UPDATE journal_change SET row_id = 'x' WHERE entry_id = " + _NAMED],
    "entry in the middle gone": [
        f"DELETE FROM {table} WHERE {column} = {_NAMED}"
        for table, column in (
            ("journal_change", "entry_id"),
            ("journal_head", "entry_id"),
            ("journal_supersedes", "entry_id"),
            ("journal_entry", "id"),
        )
    ],
    "last entry gone": [f"DELETE FROM journal_entry WHERE id = {_LAST}"],
    "hash of an entry": ["UPDATE journal_entry SET hash = 'x' WHERE label = 'Name it'"],
    "chain cut": ["UPDATE journal_entry SET previous = '' WHERE label = 'Name it'"],
    "numbers shifted": ["UPDATE journal_entry SET sequence = sequence + 100 WHERE label <> 'Start the programme'"],
    "head gone": ["DELETE FROM journal_head WHERE entry_id = " + _NAMED],
    "head of another entry": [
        "UPDATE journal_head SET entry_id = (SELECT id FROM journal_entry WHERE label = 'Add theme') WHERE entry_id = "
        + _NAMED
    ],
    "superseded gone": ["DELETE FROM journal_supersedes"],
    "withdrawal gone": ["DELETE FROM purged"],
    "withdrawal made up": ["INSERT INTO purged SELECT id, " + _NAMED + " FROM remark WHERE removed = 0"],
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_reported(tmp_path: Path, copy_of: Copier, name: str) -> None:
    path = copy_of(_fill, tmp_path)
    outside(path, *TAMPERINGS[name])
    with Workspace.open(path, read_only=True) as workspace:
        found = workspace.verify()
    assert found
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in found)


def test_a_sound_file_is_reported_as_sound(tmp_path: Path, copy_of: Copier) -> None:
    with Workspace.open(copy_of(_fill, tmp_path)) as workspace:
        assert workspace.verify() == []
        assert workspace.warnings == []


def test_tampering_after_a_crash_is_told_on_opening(tmp_path: Path, copy_of: Copier) -> None:
    path = copy_of(_fill, tmp_path)
    outside(path, "UPDATE theme SET name = 'Short waits'", "UPDATE meta SET value = '0' WHERE name = 'clean'")
    with Workspace.open(path) as workspace:
        assert any("name of theme" in warning for warning in workspace.warnings)


def test_the_newest_entry_can_be_cut_off_by_somebody_who_mends_everything_it_touched(workspace: Workspace) -> None:
    """Nothing outside the file knows how long its journal was: said here so that nobody promises more."""
    theme = put(workspace, Theme, name="Waiting")
    with workspace.change("Name it") as change:
        change.update(theme, name="Long waits")
    workspace.close()
    outside(
        workspace.path,
        "UPDATE theme SET name = 'Waiting'",
        "INSERT INTO journal_head SELECT row_id, field, superseded FROM journal_supersedes WHERE entry_id = " + _LAST,
        "DELETE FROM journal_head WHERE entry_id = " + _LAST,
        "DELETE FROM journal_supersedes WHERE entry_id = " + _LAST,
        "DELETE FROM journal_change WHERE entry_id = " + _LAST,
        "DELETE FROM journal_entry WHERE id = " + _LAST,
    )
    with Workspace.open(workspace.path) as later:
        assert later.verify() == []


def test_an_entry_supersedes_what_it_replaces_and_becomes_the_head(workspace: Workspace) -> None:
    theme = put(workspace, Theme, name="Waiting", meaning="Too long")
    with workspace.change("Name it") as change:
        change.update(theme, name="Long waits")
    workspace.undo()
    undo, name, add = workspace.journal(3)

    def heads(raw: sqlite3.Connection) -> dict[str, str]:
        return dict(raw.execute("SELECT field, entry_id FROM journal_head WHERE row_id = ?", (theme.id,)))

    def superseded(raw: sqlite3.Connection) -> set[tuple[str, str, str]]:
        query = "SELECT entry_id, field, superseded FROM journal_supersedes WHERE row_id = ?"
        return set(raw.execute(query, (theme.id,)))

    found = workspace.read(heads)
    assert found.pop("name") == undo.id
    assert set(found.values()) == {add.id}
    assert {"meaning", "domain", "parent_id", "removed", "cycle"} == set(found)
    assert workspace.read(superseded) == {(name.id, "name", add.id), (undo.id, "name", name.id)}
    assert undo.inverts == name.id


def test_entries_are_numbered_without_a_gap_even_after_the_disk_refused(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "numbers.amhe", name="Fair start", rehearsal=True) as workspace:
        put(workspace, Theme)
        pages = workspace.read(lambda raw: raw.execute("PRAGMA page_count").fetchone()[0])
        workspace.read(lambda raw: raw.execute(f"PRAGMA max_page_count={pages}").fetchall())
        with refused("full"), workspace.change("Too much") as change:
            change.add(Remark(words="much " * 20_000))
        workspace.read(lambda raw: raw.execute("PRAGMA max_page_count=1000000").fetchall())
        put(workspace, Theme)
        with refused("Theme"), workspace.change("Wrong") as change:
            change.add(Theme(name=""))
        put(workspace, Theme)
        assert [entry.sequence for entry in workspace.journal()] == [4, 3, 2, 1]
        assert len({entry.replica for entry in workspace.journal()}) == 1
        assert workspace.verify() == []


def test_a_file_keeps_its_name_as_a_writer_and_a_copy_by_hand_takes_another(tmp_path: Path) -> None:
    original = tmp_path / "original.amhe"
    with Workspace.create(original, name="Fair start", rehearsal=True) as workspace:
        theme = put(workspace, Theme)
    with Workspace.open(original) as workspace:
        put(workspace, Theme)
    copy = tmp_path / "copy.amhe"
    shutil.copyfile(original, copy)
    names: dict[Path, list[tuple[str, int]]] = {}
    for path in (original, copy, original, copy):
        with Workspace.open(path) as workspace:
            with workspace.change("Write on") as change:
                change.update(theme, name=f"{path.stem} {len(names)}{len(workspace.journal())}")
            names.setdefault(path, []).append((workspace.journal()[0].replica, workspace.journal()[0].sequence))
            assert workspace.verify() == []
    first, second = names[original], names[copy]
    assert [number for _, number in first] == [4, 5]
    assert [number for _, number in second] == [1, 2]
    assert {name for name, _ in first}.isdisjoint(name for name, _ in second)
    assert len({name for name, _ in first}) == len({name for name, _ in second}) == 1


def test_the_journal_tells_who_did_what_newest_first(tmp_path: Path) -> None:
    with new_workspace(tmp_path) as workspace:
        workspace.actor = "JW"
        theme = put(workspace, Theme, "Add theme")
        remark = put(workspace, Remark, "Add remark")
        with workspace.change("Give a theme") as change:
            change.link(remark, "themes", "theme", theme.id)
        told = [(entry.label, entry.actor, entry.tables) for entry in workspace.journal(3)]
        assert told == [
            ("Give a theme", "JW", ("link",)),
            ("Add remark", "JW", ("remark",)),
            ("Add theme", "JW", ("theme",)),
        ]
        assert len(workspace.list(Link)) == 1
