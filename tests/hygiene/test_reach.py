"""Everything that is shipped is reached from the program: no room is kept for what only tests look into."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("amhe_tui", "screens", "store", "sample_data")

DOORS = ("amhe_tui.__main__", "sample_data.generate")
"""Where somebody comes in: the program, and the tool that draws the sample files, which is run by hand."""

LISTED = {
    "amhe_tui.commands": "amhe_tui.commands",
    "amhe_tui.intake.publishers": "amhe_tui.intake.publishers",
    "store.migrations": "store.schema",
}
"""Folders whose files are found by looking in them, and the module that looks."""

WAITING: Mapping[str, str] = {
    # The module, and the subject that gives it a face. This list only ever gets shorter.
    "amhe_tui.analysis.votes.coders": "two coders of themes compared",
    "amhe_tui.analysis.votes.elections": "the second vote scheme",
    "amhe_tui.analysis.votes.pooling": "the votes of several groups combined",
    "amhe_tui.method.access_needs": "access needs still open before the day, and the checklist of a focus group",
    "amhe_tui.method.facilitators": "delivery scored against the five facilitators",
    "amhe_tui.programme.questions": "the one guard over a programme, which asks the evidence for sums and what is hidden",
}
MOST_WAITING = 6
"""How many may wait; lowered whenever one got its face."""


@cache
def modules() -> dict[str, Path]:
    """Return the file of every module of the house, by name."""
    found: dict[str, Path] = {}
    for room in ROOMS:
        for path in (HOUSE / room).rglob("*.py"):
            parts = path.relative_to(HOUSE).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def named_in(source: str, package: str) -> Iterator[str]:
    """Yield what a source names that may be a module: imports at any depth, and whole strings such as "module:class" or the module of a second process."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.partition(":")[0]


def with_parents(name: str, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the module that a name leads to, and the packages it lies in."""
    while name:
        if name in known:
            yield name
        name = name.rpartition(".")[0]


def reached(doors: tuple[str, ...] = DOORS) -> set[str]:
    """Return every module that can be come to from the doors."""
    known = modules()
    seen: set[str] = set()
    ahead = list(doors)
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        path = known[name]
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for target in named_in(path.read_text(encoding="utf-8"), package):
            ahead += with_parents(target, known)
        for folder, looking in LISTED.items():
            if looking == name:
                ahead += (module for module in known if f"{module}.".startswith(f"{folder}."))
    return seen


def test_every_module_is_reached_from_the_program() -> None:
    lonely = set(modules()) - reached()
    assert sorted(lonely - set(WAITING)) == [], "nobody comes here: give it a face, or delete it with its tests"


def test_what_waits_for_its_face_is_there_and_has_none_yet() -> None:
    assert sorted(set(WAITING) - set(modules())) == [], "gone: take it off the list"
    assert sorted(set(WAITING) & reached()) == [], "it has its face: take it off the list"
    assert len(WAITING) == MOST_WAITING


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("def later():\n    from amhe_tui.analysis.votes import pooling", "amhe_tui.analysis.votes.pooling"),
        ("from .votes import pooling", "amhe_tui.analysis.votes.pooling"),
        ('ROUTES = {"home": "screens.programme.home:HomeScreen"}', "screens.programme.home"),
        ('[sys.executable, "-m", "amhe_tui.intake.files.workbooks.child"]', "amhe_tui.intake.files.workbooks.child"),
    ],
)
def test_the_walk_sees_every_way_of_naming_a_module(source: str, module: str) -> None:
    assert module in modules()
    assert module in set(named_in(source, "amhe_tui.analysis"))


def test_the_walk_would_find_a_lonely_module() -> None:
    assert "amhe_tui.commands" not in reached(("amhe_tui.dates",))
    assert "sample_data.generate" in set(modules()) - reached(("amhe_tui.__main__",))
