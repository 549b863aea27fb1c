"""Line mode keeps and removes records as the screens do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amhe_tui.plain import linear
from store.records import EqualityImpactAssessment, EqualityImpactRow, Goal, Record, Remark
from store.workspace import Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "linear.amhe"
    Workspace.create(made, name="Fair start", area="Northmere", rehearsal=True).close()
    return made


def lead(monkeypatch: pytest.MonkeyPatch, path: Path, choices: list[str], values: dict[str, Any]) -> None:
    """Go through line mode, giving these choices in turn (``first`` is the first record of a list) and these values to every record."""
    left = iter(choices)

    def choose(_words: str, options: list[tuple[str, str]], **_: Any) -> str:
        wanted = next(left)
        return options[1][0] if wanted == "first" else wanted

    def ask_record(_item: Record, *_: Any) -> tuple[dict[str, Any], bool]:
        return values, True

    monkeypatch.setattr(linear, "choose", choose)
    monkeypatch.setattr(linear, "ask_record", ask_record)
    linear.run(Workspace.open(path))


def test_words_with_a_name_are_kept_and_pointed_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lead(monkeypatch, path, ["1B", "remark", "add", "back", "back", "quit"], {"words": "I saw Dr Patel"})
    assert "This looks like a name: “Dr Patel”." in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        assert [remark.words for remark in workspace.list(Remark)] == ["I saw Dr Patel"]


def test_a_removed_goal_takes_along_what_it_brought(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lead(
        monkeypatch,
        path,
        ["3A", "goal", "add", "first", "remove", "back", "back", "quit"],
        {"title": "Nobody waits longer"},
    )
    assert "Removed, with 1 equality impact assessment and 18 rows of the grid." in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        assert [workspace.list(kind) for kind in (Goal, EqualityImpactAssessment, EqualityImpactRow)] == [[], [], []]


def test_what_somebody_filled_in_is_asked_about_before_it_goes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, path, ["3A", "goal", "add", "back", "back", "quit"], {"title": "Nobody waits longer"})
    with Workspace.open(path) as workspace, workspace.change("Fill in") as change:
        change.update(workspace.list(EqualityImpactRow)[0], impact="negative")
    lead(monkeypatch, path, ["3A", "goal", "first", "remove", "keep", "back", "back", "quit"], {})
    with Workspace.open(path) as workspace:
        assert len(workspace.list(EqualityImpactRow)) == 18
    lead(monkeypatch, path, ["3A", "goal", "first", "remove", "remove", "back", "back", "quit"], {})
    with Workspace.open(path) as workspace:
        assert workspace.list(Goal) == []
        assert workspace.list(EqualityImpactRow) == []
