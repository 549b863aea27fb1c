"""The program is killed in the middle of data entry: everything the screen had confirmed is there when it opens again."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from store.records import Activity, Remark
from store.workspace import Workspace
from tests.quiet import PATIENCE
from tests.support import new_file

ROOT = Path(__file__).resolve().parents[2]


def start(path: Path) -> pexpect.spawn:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    command = [sys.executable, "-m", "amhe_tui", str(path)]
    return pexpect.spawn(
        command[0], command[1:], env=environment, dimensions=(24, 80), timeout=PATIENCE, encoding="utf-8"
    )


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal and SIGKILL are needed")
def test_what_was_confirmed_is_there_after_a_kill(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace, workspace.change("Add activity") as change:
        change.add(Activity(title="Harbour group", question="What stands in the way?"))
    child = start(path)
    child.expect("saved in")
    child.send("\x1b[B\r")  # down to 1B, open
    child.expect("Harbour group")
    child.send("f")
    child.expect("0 remarks, all saved")
    for number in range(1, 6):
        child.send(f"P{number}: remark number {number} of this evening\r")
        child.expect(f"{number} remarks?, all saved")
    child.send("P9: this one is still being ty")
    child.expect("being ty")
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with Workspace.open(path) as workspace:
        words = [remark.words for remark in workspace.list(Remark)]
        assert words == [f"remark number {number} of this evening" for number in range(1, 6)]
        assert workspace.verify() == []
        assert workspace.warnings == []
