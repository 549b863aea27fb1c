"""What need not be loaded is not loaded: a question of sets of modules, never of time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
HEAVY = (
    "textual",
    "pandas",
    "numpy",
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "plotext",
    "questionary",
    "rich",
    "pydantic",
)

SCRIPT = """
import sys
sys.argv = ["amhe", {arguments}]
try:
    {action}
except SystemExit as end:
    assert not end.code, end.code
loaded = sorted(name for name in {heavy!r} if name in sys.modules)
print("LOADED", *loaded)
"""


def loaded_by(action: str, arguments: str = "") -> tuple[str, list[str]]:
    """Return what a fresh interpreter printed, and which heavy modules it then held."""
    script = SCRIPT.format(action=action, arguments=arguments, heavy=HEAVY)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    printed, _, loaded = done.stdout.rpartition("LOADED")
    return printed, loaded.split()


def test_the_harness_sees_what_is_loaded() -> None:
    assert loaded_by("import rich.text")[1] == ["rich"]


def test_version_loads_nothing_heavy() -> None:
    printed, loaded = loaded_by("from amhe_tui.cli import main; sys.exit(main())", '"--version"')
    from amhe_tui import __version__

    assert __version__ in printed
    assert loaded == []


@pytest.mark.parametrize("arguments", ['"--help"', '"import", "--help"', '"gaps", "--help"', '"doctor", "--help"'])
def test_help_loads_nothing_heavy(arguments: str) -> None:
    printed, loaded = loaded_by("from amhe_tui.cli import main; sys.exit(main())", arguments)
    assert "usage: amhe" in printed
    assert loaded == []


@pytest.mark.parametrize(
    "module",
    ["amhe_tui", "store", "amhe_tui.charts", "amhe_tui.charts.figure", "amhe_tui.charts.draw", "amhe_tui.charts.table"],
)
def test_importing_a_room_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}")[1] == []


def test_the_first_screen_waits_for_nothing_but_textual() -> None:
    shown_first = "import amhe_tui.app, screens.programme.home, screens.programme.start, store.glance"
    assert set(loaded_by(shown_first)[1]) <= {"textual", "rich"}
