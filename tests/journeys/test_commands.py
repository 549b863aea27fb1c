"""The command line: data on standard output, words on standard error, and the exit codes that scripts rely on."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from amhe_tui.cli import main
from store.records import Programme
from store.workspace import Workspace
from tests.support import figures

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "F.amhe"
    assert main(["new", str(target), "--name", "Fair start", "--area", "Northmere", "--yes"]) == 0
    return target


def test_new_import_indicators_breakdown(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(path), str(figures(tmp_path)), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["rows"] == 16
    assert main(["indicators", str(path), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in listed] == [
        "finished_course_treatment.count",
        "not_at_caseness.count",
        "recovery.count",
        "recovery.percentage",
    ]
    assert listed[3] == {
        "id": "recovery.percentage",
        "name": "recovery",
        "statistic": "percentage",
        "characteristics": ["Ethnic Group"],
        "areas": ["England"],
        "periods": ["2024-25"],
    }
    asked = [
        "breakdown",
        str(path),
        "--indicator",
        "recovery.percentage",
        "--by",
        "Ethnic Group",
        "--area",
        "England",
        "--period",
        "2024-25",
    ]
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"indicator", "characteristic", "area", "period", "completeness", "rows"}
    assert told["completeness"] == pytest.approx(0.9)
    assert set(told["rows"][0]) == {"group", "level", "value", "status", "numerator", "denominator", "lower", "upper"}
    assert [(row["group"], row["level"], row["value"]) for row in told["rows"]] == [
        ("White", "broad", 54.0),
        ("Black or Black British", "broad", 38.9),
        ("Not stated/Not known/Invalid", "unknown", 44.4),
        ("Total", "total", 50.0),
    ]
    assert main([*asked, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[1]["numerator"] == "70"
    assert main(asked) == 0
    assert "39 of every 100" in capsys.readouterr().out


def test_a_refusal_is_two_sentences_and_exit_one(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["breakdown", str(path), "--indicator", "x", "--by", "y"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "There is no data in this programme." in said.err
    assert "Traceback" not in said.err
    assert main(["import", str(path), str(tmp_path / "nothing.csv")]) == 1
    assert main(["new", str(path), "--yes"]) == 1
    assert main(["report", str(path), "--to", str(tmp_path / "report.pdf")]) == 1
    with pytest.raises(SystemExit) as usage:
        main(["breakdown", str(path)])
    assert usage.value.code == 2


def test_new_asks_for_data_protection_and_keeps_what_is_given(tmp_path: Path) -> None:
    target = tmp_path / "G.amhe"
    assert main(["new", str(target), "--name", "G", "--lawful-basis", "public_task", "--dpia", "DPIA 7", "--yes"]) == 0
    with Workspace.open(target) as workspace:
        programme = workspace.list(Programme)[0]
        assert (programme.lawful_basis, programme.dpia, programme.data_controller) == ("public_task", "DPIA 7", "")


def test_backup_check_restore_and_log(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.amhe"
    assert main(["backup", str(path), "--to", str(copy)]) == 0
    assert main(["check", str(path)]) == 0
    path.write_bytes(b"scribbled over")
    assert main(["check", str(path)]) == 1
    assert main(["restore", str(path), "--from", str(copy)]) == 0
    assert main(["check", str(path)]) == 0
    capsys.readouterr()
    assert main(["log", str(path)]) == 0
    assert "Start the programme" in capsys.readouterr().out


def test_the_demo_without_a_terminal_prints_the_report() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "amhe_tui", "demo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert found.returncode == 0
    assert "This is a rehearsal" in found.stdout
    assert "4C Review" in found.stdout
    assert "Traceback" not in found.stderr


def test_a_screen_without_a_terminal_says_so(path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "amhe_tui", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert found.returncode == 1
    assert "The screen needs a terminal" in found.stderr
