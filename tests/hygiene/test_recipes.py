"""What CONTRIBUTING.md says an addition touches is there, and is as few files as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amhe_tui.actions import ACTIONS
from amhe_tui.charts.evidence import DRAWN
from screens.identify.breakdown_views import VIEWS
from store import connection, schema

HOUSE = Path(__file__).resolve().parents[2]
TEXT = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
AIMS = {
    "a field": 2,
    "a record": 3,
    "a published layout": 1,
    "a way of voting": 6,
    "a view of a breakdown": 2,
    "an audience": 1,
    "a loose end": 2,
    "a command": 1,
}
"""The most files that each addition may touch."""
SAID_SHORT = ("", "amhe_tui", "amhe_tui/intake/publishers")
"""Folders whose files are named without them."""
ROWS = {
    row[0]: (int(row[1]), re.findall(r"`([^`]+)`", row[2]))
    for row in re.findall(r"^\| (an? [^|]+?) \| (\d+) \| (.+) \|$", TEXT, re.MULTILINE)
}


def test_every_addition_is_in_the_table() -> None:
    assert set(ROWS) == set(AIMS)


@pytest.mark.parametrize("addition", AIMS)
def test_an_addition_touches_no_more_than_it_may(addition: str) -> None:
    number, places = ROWS[addition]
    assert number == len(places), "the table counts otherwise than it lists"
    assert number <= AIMS[addition]


def test_every_file_and_folder_that_is_named_is_there() -> None:
    rooms = "amhe_tui|screens|store|sample_data|tests|docs"
    named = set(re.findall(rf"`((?:{rooms})/[\w./-]*|\w+\.(?:py|md|toml))`", TEXT))
    assert len(named) > 20
    gone = [name for name in sorted(named) if not any((HOUSE / room / name).exists() for room in SAID_SHORT)]
    assert gone == []


def test_the_number_of_the_format_is_that_of_the_newest_migration() -> None:
    """So that a new field or record need not be told of anywhere else."""
    numbers = [int(path.name[1:5]) for path in (schema.MIGRATIONS / "versions").glob("m*.py")]
    assert sorted(numbers) == list(range(1, connection.SCHEMA + 1))


def test_every_figure_of_a_breakdown_is_a_view_with_its_action() -> None:
    assert set(DRAWN) < set(VIEWS)
    assert {f"view_{name}" for name in DRAWN} < set(ACTIONS)
