"""Copies: checked before they get their name, thinned as they age, and brought back without losing what was there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_examples import everything, hurry, new_workspace, outside, put, refused

from amhe_tui.errors import AmheError
from store import backup
from store.records import Remark, Theme
from store.workspace import Workspace

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path, rehearsal=False) as made:
        yield made


def _stamped(folder: Path, moment: datetime) -> Path:
    copy = folder / f"{moment.strftime('%Y-%m-%d %H.%M.%S.%f')} on closing.amhe"
    copy.write_bytes(b"a copy")
    return copy


def test_a_copy_holds_everything_and_is_whole(workspace: Workspace) -> None:
    put(workspace, Theme, name="Waiting")
    copy = workspace.backup()
    assert backup.backups(workspace.path) == [copy]
    with Workspace.open(copy, read_only=True) as kept:
        assert kept.read(everything) == workspace.read(everything)
        assert kept.verify() == []
        assert kept.warnings == []
    assert datetime.now(UTC) - backup.when(copy) < timedelta(minutes=5)


def test_closing_makes_a_copy_where_something_changed(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        pass
    assert backup.backups(workspace.path) == []
    with Workspace.open(workspace.path) as workspace:
        put(workspace, Theme)
    assert len(backup.backups(workspace.path)) == 1
    with Workspace.open(workspace.path):
        pass
    assert len(backup.backups(workspace.path)) == 1


def test_a_rehearsal_makes_none_on_closing(tmp_path: Path) -> None:
    with new_workspace(tmp_path) as workspace:
        put(workspace, Theme)
    assert backup.backups(workspace.path) == []


def test_two_files_of_one_name_keep_their_copies_apart(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert backup.folder_of(tmp_path / "a.amhe") != backup.folder_of(tmp_path / "other" / "a.amhe")


def test_a_copy_to_a_place_never_overwrites(workspace: Workspace, tmp_path: Path) -> None:
    there = tmp_path / "there.amhe"
    there.write_text("mine")
    with refused("left as it is"):
        workspace.backup(there)
    with refused("left as it is"):
        workspace.backup(workspace.path)
    assert there.read_text() == "mine"
    copy = workspace.backup(tmp_path / "new folder" / "copy.amhe")
    assert {one.name for one in copy.parent.iterdir()} == {"copy.amhe"}


@pytest.mark.parametrize("defect", ["does not read back", "disk full"])
def test_a_copy_that_fails_leaves_nothing_and_has_no_name(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defect: str
) -> None:
    def spoil(copy: Path) -> None:
        if defect == "disk full":
            raise sqlite3.OperationalError("database or disk is full")
        content = bytearray(copy.read_bytes())
        content[4096 * 2 : 4096 * 3] = bytes(4096)
        copy.write_bytes(bytes(content))

    monkeypatch.setattr(backup, "_make_independent", spoil)
    (tmp_path / "copies").mkdir()
    with refused():
        workspace.backup(tmp_path / "copies" / "copy.amhe")
    with refused():
        workspace.backup()
    assert list((tmp_path / "copies").iterdir()) == []
    assert backup.backups(workspace.path) == []
    monkeypatch.undo()
    put(workspace, Theme)


def test_a_copy_does_not_write_on_under_the_name_of_the_original(workspace: Workspace, tmp_path: Path) -> None:
    theme = put(workspace, Theme)
    copy = workspace.backup(tmp_path / "copy.amhe")
    put(workspace, Theme)
    with Workspace.open(copy) as other:
        put(other, Theme)
        assert other.journal()[0].replica != workspace.journal()[0].replica
        assert other.need(Theme, theme.id).name == theme.name
        assert other.verify() == []


def test_copies_are_thinned_as_they_age(tmp_path: Path) -> None:
    every_six_hours = [_stamped(tmp_path, NOW - timedelta(hours=6 * number)) for number in range(4 * 400)]
    backup.thin(tmp_path, NOW)
    left = sorted((copy for copy in every_six_hours if copy.exists()), reverse=True)
    assert left[:10] == every_six_hours[:10]
    ages = [(NOW - backup.when(copy)).days for copy in left]
    days = [backup.when(copy).date() for copy in left[10:] if (NOW - backup.when(copy)).days < 14]
    assert len(days) == len(set(days))
    assert {(NOW - timedelta(days=age)).date() for age in range(14)} <= {backup.when(copy).date() for copy in left}
    weeks = [backup.when(copy).isocalendar()[:2] for copy in left if 14 <= (NOW - backup.when(copy)).days < 61]
    assert len(weeks) == len(set(weeks)) >= 7
    months = [
        (backup.when(copy).year, backup.when(copy).month) for copy in left if (NOW - backup.when(copy)).days >= 61
    ]
    assert len(months) == len(set(months)) >= 11
    assert max(ages) > 365
    kept = set(left)
    backup.thin(tmp_path, NOW)
    assert {copy for copy in every_six_hours if copy.exists()} == kept


def test_of_a_period_the_newest_copy_is_kept(tmp_path: Path) -> None:
    for number in range(12):
        _stamped(tmp_path, NOW + timedelta(minutes=number))
    old = [_stamped(tmp_path, NOW - timedelta(days=100, hours=hours)) for hours in (0, 5, 48)]
    backup.thin(tmp_path, NOW)
    assert [copy.exists() for copy in old] == [True, False, False]


def test_a_file_that_is_no_copy_of_ours_stays_and_disturbs_nothing(workspace: Workspace) -> None:
    copy = workspace.backup()
    strange = copy.with_name("my own notes.amhe")
    strange.write_text("mine")
    second = workspace.backup()
    assert backup.backups(workspace.path) == [second, copy]
    assert strange.read_text() == "mine"


def test_a_clock_set_back_keeps_the_newest_work(tmp_path: Path) -> None:
    ahead = [_stamped(tmp_path, NOW + timedelta(days=400, minutes=number)) for number in range(12)]
    today = _stamped(tmp_path, NOW)
    backup.thin(tmp_path, NOW)
    assert today.exists()
    assert sum(copy.exists() for copy in ahead) >= 10


def test_restoring_sets_the_old_file_aside(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        put(workspace, Theme, name="Before")
        copy = workspace.backup()
        put(workspace, Theme, name="After")
    before = workspace.path.read_bytes()
    aside = backup.restore(workspace.path, copy)
    assert aside is not None
    assert aside.parent == workspace.path.parent
    assert aside.read_bytes() == before
    assert copy.exists()
    with Workspace.open(workspace.path) as restored:
        assert [theme.name for theme in restored.list(Theme)] == ["Before"]
        assert restored.warnings == []
        put(restored, Theme)
        assert restored.verify() == []
    with Workspace.open(aside) as old:
        assert [theme.name for theme in old.list(Theme)] == ["Before", "After"]


def test_a_restored_file_numbers_its_entries_under_a_new_name(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.amhe", name="Fair start", rehearsal=True) as workspace:
        workspace.read(hurry)
        put(workspace, Theme)
        copy = workspace.backup()
        put(workspace, Theme)
        newest = workspace.journal()[0]
    backup.restore(workspace.path, copy)
    with Workspace.open(workspace.path) as restored:
        put(restored, Theme)
        entry = restored.journal()[0]
        assert (entry.replica, entry.sequence) != (newest.replica, newest.sequence)
        assert entry.replica != newest.replica


def test_restoring_where_nothing_is(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, Theme)
    copy, target = workspace.backup(), tmp_path / "again.amhe"
    (tmp_path / "again.amhe-journal").write_bytes(b"left by a file that is gone")
    assert backup.restore(target, copy) is None
    with Workspace.open(target) as restored:
        assert len(restored.list(Theme)) == 1


@pytest.mark.parametrize("defect", ["damaged", "cut", "foreign", "empty", "missing", "newer"])
def test_restoring_a_bad_copy_is_refused_and_changes_nothing(tmp_path: Path, defect: str) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        put(workspace, Remark, words="here " * 3000)
        copy = workspace.backup()
    content = bytearray(copy.read_bytes())
    match defect:
        case "damaged":
            content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
        case "cut":
            content = content[: 4096 * 5]
        case "foreign":
            content = bytearray(b"words " * 100)
        case "empty":
            content = bytearray()
        case _:
            pass
    copy.write_bytes(bytes(content))
    if defect == "missing":
        copy.unlink()
    if defect == "newer":
        outside(copy, "PRAGMA user_version=99")
    before, names = workspace.path.read_bytes(), {one.name for one in tmp_path.iterdir()}
    with refused():
        backup.restore(workspace.path, copy)
    assert workspace.path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == names


def test_a_file_in_use_is_not_replaced(workspace: Workspace) -> None:
    copy = workspace.backup()
    with refused("open in this window"):
        backup.restore(workspace.path, copy)
    assert put(workspace, Theme).name


def test_a_file_in_use_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        copy = workspace.backup()
    other = sqlite3.connect(workspace.path, isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        before = workspace.path.read_bytes()
        with refused("another window"):
            backup.restore(workspace.path, copy)
    finally:
        other.close()
    assert workspace.path.read_bytes() == before


def test_a_damaged_file_can_be_replaced(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        put(workspace, Theme)
        copy = workspace.backup()
    damaged = workspace.path.read_bytes()[:9000]
    workspace.path.write_bytes(damaged)
    aside = backup.restore(workspace.path, copy)
    assert aside is not None
    assert aside.read_bytes() == damaged
    with Workspace.open(workspace.path) as restored:
        assert len(restored.list(Theme)) == 1


def test_a_restore_on_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        copy = workspace.backup()
    before = workspace.path.read_bytes()

    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_make_independent", refuse)
    with pytest.raises(AmheError, match="No space"):
        backup.restore(workspace.path, copy)
    assert workspace.path.read_bytes() == before
    assert not list(tmp_path.glob("*set aside*"))


def test_a_file_set_aside_keeps_the_journal_it_needs(tmp_path: Path) -> None:
    with new_workspace(tmp_path, rehearsal=False) as workspace:
        copy = workspace.backup()
    journal = workspace.path.with_name(workspace.path.name + "-journal")
    journal.write_bytes(b"what is needed to read the file")
    aside = backup.restore(workspace.path, copy)
    assert aside is not None
    assert aside.with_name(aside.name + "-journal").read_bytes() == b"what is needed to read the file"
    assert not journal.exists()
