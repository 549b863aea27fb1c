"""What is shipped, and what is promised about it, agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("amhe_tui", "screens", "store", "sample_data")


def test_extra_and_group_name_the_same_tools() -> None:
    assert PROJECT["project"]["optional-dependencies"]["dev"] == PROJECT["dependency-groups"]["dev"]


def test_every_room_is_shipped_with_its_types() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(ROOMS)
    for room in ROOMS:
        assert (HOUSE / room / "py.typed").is_file()


def test_every_import_package_has_its_mark() -> None:
    for room in ROOMS:
        for folder in {path.parent for path in (HOUSE / room).rglob("*.py")}:
            parents = [folder, *(parent for parent in folder.parents if parent.is_relative_to(HOUSE / room))]
            if "versions" in folder.parts or "migrations" in folder.parts:
                continue
            assert all((parent / "__init__.py").is_file() for parent in parents), folder


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (HOUSE / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
    assert not list((HOUSE / "tests").rglob("__init__.py"))


def test_continuous_checks_run_the_command_of_the_readme() -> None:
    script = (HOUSE / ".ci" / "run").read_text(encoding="utf-8")
    fallback = re.search(r'^fallback="(.*)"$', script, re.MULTILINE)
    assert fallback is not None
    readme = HOUSE / "README.md"
    if readme.is_file():
        assert fallback.group(1) in readme.read_text(encoding="utf-8")
