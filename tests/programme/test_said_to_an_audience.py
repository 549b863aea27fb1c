"""What an audience reads of gaps, on the real way from a file to the words: nothing that the true counts deny."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amhe_tui.cli import main
from store.workspace import Workspace

TURNED = """Area,Period,Characteristic,Group,Value,Numerator,Denominator
Northmere,2023-24,Sex,Female,53.8,7,13
Northmere,2023-24,Sex,Male,47.1,8,17
Northmere,2023-24,Total,All,50.0,15,30
"""
MEANING = {
    "area": "Area",
    "period": "Period",
    "characteristic": "Characteristic",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "value": "Value",
    "group": "Group",
    "statistic": "=percentage",
    "indicator": "=Detained",
}


def brought(folder: Path, text: str, meaning: dict[str, str] | None = None, name: str = "figures.csv") -> Path:
    """Return a programme with one file brought in by the command."""
    path = folder / "own.amhe"
    Workspace.create(path, name="Own", area="Northmere").close()
    data, how = folder / name, folder / "map.json"
    data.write_text(text, encoding="utf-8")
    how.write_text(json.dumps(meaning or {}), encoding="utf-8")
    assert main(["import", str(path), str(data), *(["--map", str(how)] if meaning else [])]) == 0
    return path


def printed(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Return what a command prints."""
    capsys.readouterr()
    assert main([*command]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("audience", ["public", "board"])
def test_rounding_turns_no_gap_round(tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str) -> None:
    path = brought(tmp_path, TURNED, MEANING)
    gaps = json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", audience))["gaps"]
    for line in gaps:
        assert (line["difference"], line["other"], line["size"]) == (None, None, None)
        assert "too few, or too near each other, to say whether" in line["sentence"]
    indicator = gaps[0]["indicator_id"]
    for group in ("Female", "Male"):
        for other in ("everyone else", "average", "Female", "Male"):
            words = printed(
                capsys,
                *("breakdown", str(path), "--indicator", indicator, "--by", "Sex", "--group", group),
                *("--compare", other, "--audience", audience),
            )
            assert " more of " not in words
            assert " fewer of " not in words
            assert "wider gap" not in words
    team = json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", "team"))["gaps"]
    assert team[0]["difference"] is not None
