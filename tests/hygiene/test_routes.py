"""No screen knows another: each is opened by its name among the routes, and what a screen is made of goes round in no circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual.screen import Screen

from screens.shared.help import GuidanceScreen
from screens.shared.routes import SCREENS, make, screen_class

HOUSE = Path(__file__).resolve().parents[2]
OPEN_TO_ALL = ("screens.shared.", "screens.programme.form")
"""What any screen may import: the widgets and dialogs all share, and the form of any record."""
MOST_LATE_IMPORTS = 20
"""Imports inside functions, which only the two screens the program may start with need."""


def modules() -> dict[str, ast.Module]:
    """Return every module of the screens, by name, as a tree."""
    return {
        ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((HOUSE / "screens").rglob("*.py"))
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of the screens that are imported anywhere in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def edges(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Return which modules each module imports."""
    return {name: {other for other in imported(tree) if other in trees} - {name} for name, tree in trees.items()}


def screens_known_to_others(trees: Mapping[str, ast.Module]) -> list[tuple[str, str]]:
    """Return the pairs of modules of which the first imports the second, which is a screen of its own."""
    routed = {route.partition(":")[0] for route in SCREENS.values()}
    return [
        (name, other)
        for name, others in edges(trees).items()
        for other in sorted(others & routed)
        if not other.startswith(OPEN_TO_ALL)
    ]


def circle(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return modules that import each other in a circle, or nothing."""
    imports = edges(trees)
    done: set[str] = set()

    def follow(name: str, way: tuple[str, ...]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(imports[name]):
            if round_trip := follow(other, (*way, name)):
                return round_trip
        done.add(name)
        return []

    return next(filter(None, (follow(name, ()) for name in imports)), [])


def late_imports(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return where something is imported inside a function."""
    return [
        f"{name}:{line}"
        for name, tree in trees.items()
        for line in sorted(
            {
                node.lineno
                for function in ast.walk(tree)
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            }
        )
    ]


@pytest.mark.parametrize("name", SCREENS)
def test_a_route_leads_to_the_screen_it_names(name: str) -> None:
    module, _, class_name = SCREENS[name].partition(":")
    made_from = screen_class(name)
    assert issubclass(made_from, Screen)
    assert (made_from.__module__, made_from.__name__) == (module, class_name)


def test_a_route_makes_a_screen_of_what_it_is_given() -> None:
    screen = make("guidance", "1A", "What the numbers say")
    assert type(screen) is GuidanceScreen
    with pytest.raises(KeyError):
        make("nowhere")


def test_no_screen_knows_another() -> None:
    trees = modules()
    assert screens_known_to_others(trees) == []
    planted = ast.parse("def action():\n    from screens.identify.gaps import GapsScreen")
    assert screens_known_to_others({**trees, "screens.identify.sources": planted}) == [
        ("screens.identify.sources", "screens.identify.gaps")
    ]


def test_screens_go_round_in_no_circle() -> None:
    trees = modules()
    assert circle(trees) == []
    planted = ast.parse("from screens.identify.breakdown import BreakdownScreen")
    assert circle({**trees, "screens.identify.breakdown_views": planted}) == [
        "screens.identify.breakdown",
        "screens.identify.breakdown_views",
        "screens.identify.breakdown",
    ]


def test_imports_stand_at_the_top() -> None:
    assert len(late_imports(modules())) <= MOST_LATE_IMPORTS
    assert late_imports({"planted": ast.parse("class A:\n  def b(self):\n    import json\n")}) == ["planted:3"]


def test_no_screen_gives_an_attribute_of_textuals_another_meaning() -> None:
    textuals = {name for name in vars(Screen()) if name.startswith("_")}
    assert "_id" in textuals
    taken = [
        f"{name}: {target.attr}"
        for name, tree in modules().items()
        for target in ast.walk(tree)
        if isinstance(target, ast.Attribute)
        and isinstance(target.ctx, ast.Store)
        and isinstance(target.value, ast.Name)
        and target.value.id == "self"
        and target.attr in textuals
    ]
    assert taken == []
