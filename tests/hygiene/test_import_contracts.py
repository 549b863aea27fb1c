"""The floors of the house hold: the contracts in pyproject.toml, and that each of them can be broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("amhe_tui", "screens", "store", "sample_data")
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_contracts_are_kept() -> None:
    done = lint(HOUSE)
    assert done.returncode == 0, done.stdout + done.stderr


PLANTED = {
    "a floor above": ("amhe_tui/analysis/planted.py", "import store\n"),
    "plotext outside charts": ("screens/planted.py", "def draw() -> None:\n    import plotext\n"),
    "pandas in the store": ("store/planted.py", "import pandas\n"),
    "textual in a report": ("amhe_tui/report/planted.py", "import textual.app\n"),
    "sqlalchemy in a screen": ("screens/planted.py", "import sqlalchemy\n"),
    "questionary in a screen": ("screens/planted.py", "import questionary\n"),
    "SQL in a screen": ("screens/planted.py", "import sqlite3\n"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_import_is_found(case: str, tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(HOUSE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    path, text = PLANTED[case]
    (tmp_path / path).write_text(text, encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "planted" in done.stdout
