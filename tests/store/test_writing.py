"""Files made on the way have names of their own: two that write the same file at once both end well, and nothing is left beside it."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from amhe_tui.atomic import atomic_write, fsync_file, write_text_whole
from amhe_tui.cli import main
from amhe_tui.intake.files.saved_rows import save_rows_as_workbook
from amhe_tui.settings import Settings, load_settings, remember_programme, save_settings
from store import backup
from store.records import DataSource
from store.workspace import Workspace
from tests.made_once import sample_copy

HOUSE = Path(__file__).resolve().parents[2]


def twice(function: Callable[[], object]) -> None:
    """Run a function in two threads that begin together, and raise what either raises."""
    together = Barrier(2)

    def run() -> None:
        together.wait()
        function()

    with ThreadPoolExecutor(2) as pool:
        for result in [pool.submit(run), pool.submit(run)]:
            result.result()


def test_two_writings_of_one_file_lie_within_each_other(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    with atomic_write(target) as first, atomic_write(target) as second:
        first.write_text("first")
        second.write_text("second")
        assert first.read_text() == "first"
        assert not target.exists()
    assert target.read_text() == "first", "the one that ends last stays"
    assert list(tmp_path.iterdir()) == [target]


def test_after_a_failure_the_old_file_is_whole_and_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old")

    def fail() -> None:
        with atomic_write(target) as part:
            part.write_text("half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_parts_of_the_dead_are_swept_and_those_at_work_are_left(tmp_path: Path) -> None:
    dead, alive = tmp_path / ".amhe-dead.part", tmp_path / ".amhe-alive.part"
    for part in (dead, dead.with_name(dead.name + "-journal"), alive):
        part.touch()
    os.utime(dead, (0, 0))
    write_text_whole(tmp_path / "report.md", "new")
    assert {path.name for path in tmp_path.iterdir()} == {".amhe-alive.part", "report.md"}


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no links here")
    write_text_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_two_backups_of_one_file_to_one_place(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "F.amhe", name="Fair start", rehearsal=True) as workspace:
        target = tmp_path / "copy.amhe"
        with atomic_write(target) as mine:  # another window is half way through its own copy
            mine.write_bytes(b"half")
            assert workspace.backup(target) == target
            mine.write_bytes(target.read_bytes())
    assert {path.name for path in tmp_path.iterdir()} - {"F.amhe-journal"} == {"F.amhe", "copy.amhe"}


def test_two_restores_of_one_file(tmp_path: Path) -> None:
    path, copy = tmp_path / "F.amhe", tmp_path / "copy.amhe"
    with Workspace.create(path, name="Fair start", rehearsal=True) as workspace:
        workspace.backup(copy)
    twice(lambda: backup.restore(path, copy))
    with Workspace.open(path) as workspace:
        assert workspace.programme().name == "Fair start"
    assert not [left for left in tmp_path.iterdir() if left.name.endswith(".part")]


def test_a_file_set_aside_as_soon_as_it_has_its_name_is_no_fault_of_the_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another restore sets aside what stands under the name before it puts its own there."""
    replace = Path.replace

    def replaced_and_set_aside(part: Path, target: Path) -> Path:
        replace(part, target)
        return replace(target, tmp_path / "aside")

    monkeypatch.setattr(Path, "replace", replaced_and_set_aside)
    write_text_whole(tmp_path / "F.txt", "words")
    assert (tmp_path / "aside").read_text(encoding="utf-8") == "words"


def test_two_workbooks_of_rows_to_one_place(tmp_path: Path) -> None:
    target = tmp_path / "rows.xlsx"
    twice(lambda: save_rows_as_workbook(target, ["A"], [[str(number)] for number in range(500)]))
    assert list(tmp_path.iterdir()) == [target]


def test_settings_and_recent_files_kept_by_two_windows_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMHE_SETTINGS", str(tmp_path / "settings"))
    monkeypatch.setenv("AMHE_STATE", str(tmp_path / "state"))
    failures: list[BaseException] = []
    from amhe_tui import atomic

    def noted(path: Path, text: str, *, newline: str | None = None) -> None:
        try:
            atomic.write_text_whole(path, text, newline=newline)
        except BaseException as error:  # the settings say nothing of a failure, so it is noted here
            failures.append(error)
            raise

    monkeypatch.setattr("amhe_tui.settings.write_text_whole", noted)
    for _ in range(20):
        twice(lambda: save_settings(Settings(initials="AB")))
        twice(lambda: remember_programme(tmp_path / "F.amhe"))
    assert failures == []
    assert load_settings().initials == "AB"
    assert [path.name for path in (tmp_path / "settings").iterdir()] == ["settings.json"]


def test_only_the_last_rehearsal_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from amhe_tui.settings import recent_programmes

    monkeypatch.setenv("AMHE_STATE", str(tmp_path))
    paths = [tmp_path / "own.amhe", *(tmp_path / "rehearsal" / name / "northmere.amhe" for name in "ab")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        remember_programme(path)
    assert recent_programmes() == [paths[2], paths[0]]


def start(*arguments: str, state: Path) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "amhe_tui", *arguments],
        cwd=HOUSE,
        env={**os.environ, "AMHE_STATE": str(state)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_two_demos_in_two_processes_at_once(tmp_path: Path) -> None:
    demos = [start("demo", state=tmp_path) for _ in range(2)]
    for demo in demos:
        printed, complaint = demo.communicate(timeout=300)
        assert (demo.returncode, complaint) == (0, "")
        assert "This is a rehearsal" in printed
    assert len(list(tmp_path.glob("rehearsal/*/northmere.amhe"))) == 2


def test_a_rehearsal_is_swept_once_it_is_old_and_nobody_has_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from sample_data.rehearsal import make_demo

    monkeypatch.setenv("AMHE_STATE", str(tmp_path))
    monkeypatch.setattr("sample_data.programme.build", lambda path, **_: path.touch())
    old, opened = (tmp_path / "rehearsal" / name / "northmere.amhe" for name in ("old", "opened"))
    for path in (old, opened):
        path.parent.mkdir(parents=True)
        Workspace.create(path, name="Fair start", rehearsal=True).close()
    with Workspace.open(opened):
        for path in (old, opened):
            os.utime(path.parent, (0, 0))
        new = make_demo(date(2026, 11, 28))
        assert [old.exists(), opened.exists(), new.exists()] == [False, True, True]


def _write_many(target: str) -> None:
    for number in range(50):
        write_text_whole(Path(target), f"{number}\n" * 1000)


def test_two_processes_writing_one_report(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    processes = [multiprocessing.get_context("spawn").Process(target=_write_many, args=(str(target),)) for _ in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    assert len(set(target.read_text(encoding="utf-8").split())) == 1
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("command", "name"), [("report", "report.md"), ("report", "report.html"), ("export", "figures.csv")]
)
def test_two_commands_that_write_one_file_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    programmes = [sample_copy(tmp_path, f"{which}.amhe") for which in ("first", "second")]
    with Workspace.open(programmes[1]) as workspace, workspace.change("Another programme") as change:
        change.update(workspace.programme(), name="Another start")
        for source in workspace.list(DataSource):
            change.update(source, title=f"Another {source.title}")
    for path in programmes:
        assert main([command, str(path), "--to", str(path.with_name(f"{path.stem} {name}"))]) == 0
    alone = [path.with_name(f"{path.stem} {name}").read_bytes() for path in programmes]
    assert alone[0] != alone[1]
    target = tmp_path / "shared" / name
    target.parent.mkdir()
    both_written, parts = Barrier(2, timeout=60), set[Path]()

    def once_both_are_written(path: Path) -> None:
        if path.parent == target.parent and path != target:
            parts.add(path)
            assert not target.exists()  # before either goes on: the other may have named its own the moment after
            both_written.wait()
        fsync_file(path)

    monkeypatch.setattr("amhe_tui.atomic.fsync_file", once_both_are_written)
    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(main, [command, str(path), "--to", str(target)]) for path in programmes]
        assert [writer.result() for writer in writers] == [0, 0]
    assert len(parts) == 2
    assert target.read_bytes() in alone
    assert list(target.parent.iterdir()) == [target]
