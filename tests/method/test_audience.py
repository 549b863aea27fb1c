"""The audiences: told apart by what each may see, and said once in every face."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.method.audience import Audience, keys
from amhe_tui.settings import Settings
from store.records import Audience as Declared

ROOT = Path(__file__).parents[2]


def test_an_audience_is_the_same_in_a_declaration_a_policy_and_a_command() -> None:
    assert Declared is Audience
    assert keys() == ("team", "board", "public")
    for audience in Audience:
        assert Audience.of(audience.key) is audience
        assert Settings().policy(audience.key) == Policy(audience.key)
        assert Policy(audience.key).raw == audience.raw
    with pytest.raises(ValueError, match="nobody is called 'press': team, board, public"):
        Audience.of("press")


def test_every_audience_has_its_words_and_a_wider_one_never_sees_more() -> None:
    audiences = list(Audience)
    for audience in audiences:
        assert audience.choice
        assert audience.written_for.endswith(".")
        assert bool(audience.caution) == audience.raw
    for narrow, wide in itertools.pairwise(audiences):
        assert narrow < wide
        for name in ("raw", "loose_ends", "who_did_it"):
            assert getattr(narrow, name) >= getattr(wide, name)


def test_the_names_of_audiences_stand_in_one_file() -> None:
    """Whoever adds an audience finds it in every command, on the screen and in the report without another change."""
    listed = re.compile(r"""["']board["']""")
    naming = [
        path.relative_to(ROOT).as_posix()
        for room in ("amhe_tui", "screens", "store")
        for path in (ROOT / room).rglob("*.py")
        if listed.search(path.read_text(encoding="utf-8"))
    ]
    # The board of the home screen is a thing to look at, not somebody to write for.
    assert [name for name in naming if name != "screens/programme/home.py"] == []
