"""What we take over of Textual's private methods stays in one file, with its reason, so that a new version of Textual is one look."""

from __future__ import annotations

import ast
from pathlib import Path

from textual.app import App

HOUSE = Path(__file__).resolve().parents[2]
TAKEN_OVER = {"_handle_exception", "_fatal_error"}


def defined(source: str) -> set[str]:
    """Return the methods of how a fault ends the program that a source takes over."""
    return {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in TAKEN_OVER
    }


def test_how_a_fault_ends_the_program_is_decided_in_one_file() -> None:
    files = [path for room in ("amhe_tui", "screens") for path in (HOUSE / room).rglob("*.py")]
    holders = {str(path.relative_to(HOUSE)) for path in files if defined(path.read_text(encoding="utf-8"))}
    assert holders == {str(Path("amhe_tui/app.py"))}
    assert defined((HOUSE / "amhe_tui" / "app.py").read_text(encoding="utf-8")) == TAKEN_OVER


def test_textual_still_has_what_we_take_over() -> None:
    assert all(callable(getattr(App, name, None)) for name in TAKEN_OVER)
