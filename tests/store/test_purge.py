"""Withdrawal: the words leave the bytes of the file, the chain stays whole, and nothing brings them back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_examples import add_example, new_workspace, outside, put, refused

from store import backup
from store.purge import WITHDRAWABLE
from store.records import Feedback, Goal, Idea, Kind, Participant, Record, Remark, Theme, faces, table_of
from store.workspace import Workspace

MARK = "zanzibar"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path) as made:
        yield made


def _marked(kind: type[Record], extra: str) -> dict[str, str]:
    return {name: f"{MARK} {extra}" for name, face in faces(kind).items() if face.kind in (Kind.LINE, Kind.TEXT)}


def _bytes_beside(path: Path) -> bytes:
    """Return the bytes of a file and of everything the program keeps beside it."""
    return b"".join(one.read_bytes() for one in sorted(path.parent.glob(path.name + "*")))


@pytest.mark.parametrize("kind", WITHDRAWABLE, ids=table_of)
def test_no_byte_of_the_words_is_left(workspace: Workspace, kind: type[Record]) -> None:
    for number in range(30):
        put(workspace, Remark, words=f"Other words {number} " * 20)
    item = put(workspace, kind, **_marked(kind, "first"))
    for version in range(8):
        with workspace.change("Change") as change:
            change.update(item, **_marked(kind, f"{version} " + "and much more " * 700))
    for _ in range(3):
        workspace.undo()
    workspace.redo()
    assert MARK.encode() in _bytes_beside(workspace.path)
    workspace.purge(item, "Withdraw")
    assert MARK.encode() not in _bytes_beside(workspace.path)
    found = workspace.need(kind, item.id)
    assert found.removed
    assert not any(getattr(found, name) for name in _marked(kind, ""))
    assert workspace.verify() == []
    workspace.close()
    assert MARK.encode() not in _bytes_beside(workspace.path)


def test_what_was_said_of_a_person_goes_with_their_words(workspace: Workspace) -> None:
    remark = put(workspace, Remark, roles="carer", language="Twi", quote=True, speaker="P3")
    workspace.purge(remark, "Withdraw remark")
    found = workspace.need(Remark, remark.id)
    assert (found.roles, found.language, found.quote, found.speaker) == ("", "", False, "")


def test_undo_and_redo_never_bring_it_back(workspace: Workspace) -> None:
    with workspace.change("Paste three") as change:
        remarks = [add_example(change, Remark, words=f"{MARK} {number}") for number in range(3)]
    with workspace.change("Name them") as change:
        for remark in remarks:
            change.update(remark, speaker=f"P{MARK}")
    with workspace.change("Only this one") as change:
        change.update(remarks[0], language="Twi")
    workspace.undo()
    workspace.purge(remarks[0], "Withdraw remark")
    assert workspace.redo() is None
    assert workspace.undo_label() == "Name them"
    workspace.undo()
    assert [one.speaker for one in workspace.list(Remark)] == ["", ""]
    workspace.undo()
    assert workspace.list(Remark) == []
    workspace.redo()
    assert [one.words for one in workspace.list(Remark)] == [f"{MARK} 1", f"{MARK} 2"]
    assert workspace.need(Remark, remarks[0].id).words == ""
    assert workspace.verify() == []


def test_an_entry_about_withdrawn_words_alone_is_passed_over(workspace: Workspace) -> None:
    theme = put(workspace, Theme, "Add theme")
    remark = put(workspace, Remark, "Add remark")
    workspace.purge(remark, "Withdraw remark")
    assert workspace.undo_label() == "Add theme"
    workspace.undo()
    assert workspace.need(Theme, theme.id).removed
    assert workspace.need(Remark, remark.id).removed


def test_links_to_it_hold(workspace: Workspace) -> None:
    theme, idea = put(workspace, Theme), put(workspace, Idea, words=MARK)
    remark = put(workspace, Remark, words=MARK)
    with workspace.change("Link") as change:
        change.link(remark, "themes", "theme", theme.id)
    merged = put(workspace, Idea, nominal_group_id=idea.nominal_group_id, merged_into_id=idea.id)
    workspace.purge(remark, "Withdraw remark")
    workspace.purge(idea, "Withdraw idea")
    assert workspace.linked(remark.id, "themes") == [theme.id]
    assert workspace.need(Idea, merged.id).merged_into_id == idea.id
    assert workspace.need(Idea, idea.id).nominal_group_id == idea.nominal_group_id


def test_it_is_told_in_the_journal_and_stays_after_closing(workspace: Workspace) -> None:
    remark = put(workspace, Remark, words=MARK)
    workspace.actor = "JW"
    workspace.purge(remark, "Withdraw remark")
    workspace.close()
    with Workspace.open(workspace.path) as later:
        entry = later.journal()[0]
        assert (entry.label, entry.kind, entry.actor, entry.tables) == ("Withdraw remark", "sealed", "JW", ("remark",))
        assert later.read(lambda raw: raw.execute("SELECT * FROM purged").fetchall()) == [(remark.id, entry.id)]
        assert later.verify() == []
        entries = len(later.journal())
        assert later.purge(remark, "Again") == []
        assert len(later.journal()) == entries


def test_a_removed_record_can_be_withdrawn(workspace: Workspace) -> None:
    remark = put(workspace, Remark, words=MARK)
    with workspace.change("Remove") as change:
        change.remove(remark)
    workspace.purge(remark, "Withdraw remark")
    assert MARK.encode() not in workspace.path.read_bytes()
    assert workspace.undo_label() is None
    assert workspace.verify() == []


def test_only_a_person_s_own_words_are_withdrawn(workspace: Workspace) -> None:
    goal = put(workspace, Goal)
    with pytest.raises(ValueError, match="not withdrawn but removed"):
        workspace.purge(goal, "Withdraw goal")
    with refused("not in the file"):
        workspace.purge(Remark(id="nowhere", words="x"), "Withdraw remark")
    assert set(WITHDRAWABLE) == {Remark, Participant, Idea, Feedback}


def test_backups_that_still_hold_it_are_named(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        workspace.backup()
        remark = put(workspace, Remark, words=MARK)
        with_it = workspace.backup()
        time.sleep(0.001)
        assert workspace.purge(remark, "Withdraw remark") == [with_it]
        after = workspace.backup()
        assert MARK.encode() not in after.read_bytes()
        assert workspace.purge(remark, "Withdraw remark") == [with_it]
        with_it.unlink()
        assert workspace.purge(remark, "Withdraw remark") == []
    assert not any(backup.holds(copy, remark.id) for copy in backup.backups(workspace.path))


def test_an_unreadable_backup_is_taken_to_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "2026-11-23 10.00.00.000000 on closing.amhe"
    path.write_bytes(b"nonsense" * 100)
    assert backup.holds(path, "any")


def test_without_secure_deletion_the_words_would_still_be_there(tmp_path: Path) -> None:
    """The check of bytes must be able to fail."""
    with new_workspace(tmp_path) as workspace:
        for number in range(40):
            put(workspace, Remark, words=f"{MARK} {number} " * 50)
    copy = tmp_path / "plain.amhe"
    shutil.copyfile(workspace.path, copy)
    outside(copy, "PRAGMA secure_delete=OFF", "DELETE FROM remark", "DELETE FROM journal_change")
    assert MARK.encode() in copy.read_bytes()
