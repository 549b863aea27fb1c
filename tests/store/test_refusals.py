"""What is refused on opening, with its bytes left as they are; and a disk that is full."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_examples import KINDS, everything, new_workspace, outside, put, refused

from amhe_tui.errors import AmheError
from store import connection
from store.connection import SCHEMA, check_header
from store.glance import glance
from store.records import NominalGroup, Remark, Theme
from store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_workspace(tmp_path) as workspace:
        put(workspace, Theme, name="Waiting")
    return workspace.path


def _foreign(path: Path) -> None:
    outside(path, "CREATE TABLE programme (id TEXT)", "PRAGMA user_version=1")


def _ours_in_name_only(path: Path) -> None:
    outside(path, "CREATE TABLE programme (id TEXT)", f"PRAGMA application_id={connection.APPLICATION_ID}")


def _newer(path: Path) -> None:
    Workspace.create(path, name="Fair start").close()
    outside(path, f"PRAGMA user_version={SCHEMA + 1}")


STRANGE = {
    "empty": (lambda path: path.write_bytes(b""), "holds nothing"),
    "text": (lambda path: path.write_text("Dear all,\n" * 50), "not made by this program"),
    "short text": (lambda path: path.write_text("SQLite format 3"), "not made by this program"),
    "spreadsheet": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200)), "not made by this program"),
    "other database": (_foreign, "not made by this program"),
    "ours in name only": (_ours_in_name_only, "changed outside"),
    "newer": (_newer, f"file format {SCHEMA + 1}, this one knows {SCHEMA}"),
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_strange_file_is_refused_and_left_as_it_is(tmp_path: Path, name: str, read_only: bool) -> None:
    make, words = STRANGE[name]
    path = tmp_path / "strange.amhe"
    make(path)
    before, beside = path.read_bytes(), sorted(tmp_path.iterdir())
    with refused("strange.amhe", words):
        Workspace.open(path, read_only=read_only)
    with refused("strange.amhe"):
        Workspace.create(path, name="Over it")
    seen = glance(path, "2026-11-23")
    assert seen.overview is None
    assert seen.trouble
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == beside


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with refused("folder"):
        Workspace.open(tmp_path)
    with refused("no file missing.amhe"):
        Workspace.open(tmp_path / "missing.amhe")
    with refused("no folder"):
        Workspace.create(tmp_path / "nowhere" / "x.amhe", name="Fair start")
    assert list(tmp_path.iterdir()) == []
    assert glance(tmp_path / "missing.amhe", "2026-11-23").trouble == "not found"
    assert glance(tmp_path, "2026-11-23").trouble == "not found"


def test_a_file_the_system_will_not_give_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    with refused("Permission denied"):
        Workspace.open(path)


def test_nothing_is_left_of_a_programme_that_could_not_be_made(tmp_path: Path) -> None:
    with refused("Name"):
        Workspace.create(tmp_path / "new.amhe", name=" ")
    assert list(tmp_path.iterdir()) == []
    left = tmp_path / ".amhe-0123456789abcdef.part"
    left.write_bytes(b"left by a program that was cut off")
    os.utime(left, (0, 0))
    Workspace.create(tmp_path / "new.amhe", name="Fair start", rehearsal=True).close()
    assert {one.name for one in tmp_path.iterdir()} - {"new.amhe-journal"} == {"new.amhe"}


def test_a_file_that_may_only_be_read_opens_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(connection, "is_writable", lambda _: False)
    with Workspace.open(path) as workspace:
        assert workspace.read_only
        assert [theme.name for theme in workspace.list(Theme)] == ["Waiting"]
        with pytest.raises(AmheError):
            workspace.write(lambda raw: raw.execute("DELETE FROM theme"))
        with refused("cannot be written"):
            workspace.read(_delete_themes)
    assert path.read_bytes() == before


def _delete_themes(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM theme")


def test_a_file_open_in_this_program_is_refused_by_every_name_of_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link.amhe").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    with Workspace.open(path) as workspace:
        for name in (path, Path(path.name), Path("link.amhe"), tmp_path / "." / path.name):
            with refused("open in this window"):
                Workspace.open(name)
        put(workspace, Theme)
    with Workspace.open(Path(path.name)) as workspace:
        assert len(workspace.list(Theme)) == 2


HOLD = """
import sys
from pathlib import Path
from store.workspace import Workspace
with Workspace.open(Path(sys.argv[1]), read_only=sys.argv[2] == "read"):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(params=["write", "read"])
def held(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), request.param], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    yield request.param
    other.communicate("\n", timeout=20)
    assert other.returncode == 0


def test_a_file_open_elsewhere_has_one_writer(path: Path, held: str) -> None:
    if held == "read":
        with Workspace.open(path) as workspace:
            put(workspace, Theme)
        return
    for read_only in (False, True):
        with refused("open in another window"):
            Workspace.open(path, read_only=read_only)
    assert "another window" in glance(path, "2026-11-23").trouble


def _records(workspace: Workspace) -> list[object]:
    return [workspace.list(kind) for kind in KINDS]


def _read_it_all(path: Path) -> list[object] | None:
    """Return the records of a file in which nothing is reported, or nothing where something is."""
    try:
        with Workspace.open(path, read_only=True) as workspace:
            return None if workspace.verify() else _records(workspace)
    except AmheError:
        return None


def _corrupt(path: Path, whole: bytes, number: int) -> None:
    chance = random.Random(number)  # noqa: S311
    damaged = bytearray(whole)
    for _ in range(chance.choice((1, 1, 20))):
        damaged[chance.randrange(100, len(whole))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(damaged))


def _try_corruptions(path: Path, numbers: range) -> tuple[int, list[int]]:
    """Return how many of some corruptions are reported, and which give other words without a report."""
    with Workspace.open(path) as workspace:
        for number in range(40):
            put(workspace, Remark, words=f"What person {number} said. " * 20)
    whole, sound = path.read_bytes(), _read_it_all(path)
    assert sound is not None
    reported, silent = 0, []
    for number in numbers:
        _corrupt(path, whole, number)
        damaged = path.read_bytes()
        found = _read_it_all(path)
        reported += found is None
        if found is not None and found != sound:
            silent.append(number)
        assert path.read_bytes() == damaged
    return reported, silent


def test_no_corruption_changes_words_unreported(path: Path) -> None:
    reported, silent = _try_corruptions(path, range(40))
    assert silent == []
    assert reported > 15


@pytest.mark.faults
def test_none_of_many_corruptions_changes_words_unreported(path: Path) -> None:
    _, silent = _try_corruptions(path, range(1000, 2500))
    assert silent == []


@pytest.mark.parametrize("keep", [50, 4096, 40_000])
def test_a_file_cut_short_is_refused(path: Path, keep: int) -> None:
    short = path.read_bytes()[:keep]
    path.write_bytes(short)
    with pytest.raises(AmheError):
        _open_and_check(path)
    assert path.read_bytes() == short


def _open_and_check(path: Path) -> None:
    with Workspace.open(path, read_only=True) as workspace:
        found = workspace.verify()
    raise AmheError("Damaged", " ".join(found), "Restore it.") if found else AssertionError


def test_the_header_alone_is_read(path: Path) -> None:
    assert check_header(path) == SCHEMA


def _fill_up(workspace: Workspace, pages: int) -> None:
    found = workspace.read(lambda raw: raw.execute("PRAGMA page_count").fetchone()[0])
    workspace.read(lambda raw: raw.execute(f"PRAGMA max_page_count={found + pages}").fetchall())


@pytest.mark.parametrize("room", [0, 1, 3])
def test_a_full_disk_loses_nothing_and_works_again(tmp_path: Path, room: int) -> None:
    with new_workspace(tmp_path) as workspace:
        there = put(workspace, Theme, name="Earlier")
        _fill_up(workspace, room)
        before = workspace.read(everything)
        for _ in range(2):
            with refused("full", "nothing earlier was lost"), workspace.change("Too much") as change:
                change.update(there, name="Changed")
                change.add(Remark(words="much " * 20_000))
            assert workspace.read(everything) == before
        _fill_up(workspace, 1000)
        with workspace.change("Again") as change:
            change.add(Remark(words="much " * 20_000))
        assert workspace.verify() == []
    with Workspace.open(workspace.path) as later:
        assert [theme.name for theme in later.list(Theme)] == ["Earlier"]
        assert len(later.list(Remark)) == 1


FULL = """
import resource, sys
from pathlib import Path
from amhe_tui.errors import AmheError
from store.records import Remark
from store.workspace import Workspace

path = Path(sys.argv[1])
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
with Workspace.open(path) as workspace:
    saved, refusals = 0, 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 60_000, unlimited))
    while refusals < 3:
        try:
            with workspace.change("Add") as change:
                change.add(Remark(words=f"{saved} " + "words " * 1000))
            saved += 1
        except AmheError as error:
            assert "full" in error.what_happened, error
            refusals += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
    with workspace.change("Add") as change:
        change.add(Remark(words="after"))
    assert workspace.verify() == [], workspace.verify()
    assert len(workspace.list(Remark)) == saved + 1
    print(saved)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_disk_that_really_refuses_is_told_in_plain_words(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
    with Workspace.open(path) as workspace:
        assert workspace.warnings == []
        assert len(workspace.list(Remark)) == int(done.stdout) + 1


def test_a_new_file_on_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = connection.connect

    def cramped(path: Path, *, read_only: bool = False, new: bool = False) -> sqlite3.Connection:
        raw = original(path, read_only=read_only, new=new)
        raw.execute("PRAGMA max_page_count=20")
        return raw

    monkeypatch.setattr(connection, "connect", cramped)
    with refused("full"):
        Workspace.create(tmp_path / "new.amhe", name="Fair start")
    assert list(tmp_path.iterdir()) == []


def test_closing_on_a_full_disk_lets_go_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = new_workspace(tmp_path, rehearsal=False)
    put(workspace, NominalGroup)
    monkeypatch.setenv("AMHE_STATE", str(workspace.path))  # a file where the folder of backups should be
    with refused("copy could not be written"):
        workspace.close()
    with Workspace.open(workspace.path) as later:
        assert len(later.list(NominalGroup)) == 1


SETTINGS = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "locking_mode": "exclusive",
    "fullfsync": 1,
    "mmap_size": 0,
    "temp_store": 2,
}


def test_the_connection_is_set_up_as_promised(path: Path) -> None:
    """Some systems' SQLite has a setting on already; the file must not depend on whose it is."""

    def settings(raw: sqlite3.Connection) -> dict[str, object]:
        found = {name: raw.execute(f"PRAGMA {name}").fetchone() for name in SETTINGS}
        return {name: row[0] if row else 0 for name, row in found.items()}

    with Workspace.open(path) as workspace:
        assert workspace.read(settings) == SETTINGS
