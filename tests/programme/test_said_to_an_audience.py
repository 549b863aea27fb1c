"""What an audience reads of gaps, on the real way from a file to the words: nothing that the true counts deny."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.cli import main
from amhe_tui.programme.findings import title_seen
from store.records import Finding
from store.workspace import Workspace
from tests.programme.attack import with_records

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


GROUPS = ("White", "Mixed", "Asian", "Black")
True_ = dict[str, float]


def small_groups(places: int) -> tuple[str, dict[str, True_]]:
    """Return a file of shares of few people in some places, and the true shares by place and group."""
    chance = random.Random(8)  # noqa: S311 - made-up figures
    lines = ["Area,Period,Characteristic,Group,Value,Numerator,Denominator"]
    truth: dict[str, True_] = {}
    for number in range(places):
        place, tops, bottoms = f"Place {number}", list[int](), list[int]()
        for _ in GROUPS:
            bottoms.append(chance.randint(14, 45))
            tops.append(min(max(5, round(bottoms[-1] * chance.uniform(0.35, 0.65))), bottoms[-1] - 5))
        rows = [*zip(GROUPS, tops, bottoms, strict=True), ("Total", sum(tops), sum(bottoms))]
        for group, top, bottom in rows:
            by = "Total" if group == "Total" else "Ethnic group"
            lines.append(f"{place},2023-24,{by},{group},{100 * top / bottom:.1f},{top},{bottom}")
        truth[place] = {group: top / bottom for group, top, bottom in rows}
    return "\n".join(lines) + "\n", truth


def denied(truth: True_, printed: dict[str, str]) -> Iterator[str]:
    """Yield what figures or ranges in print say of two groups and the true shares deny."""
    ends = {
        group: (float(found[0]), float(found[-1]))
        for group, words in printed.items()
        if not words.startswith("hidden") and (found := re.findall(r"\d+(?:\.\d+)?", words))
    }
    for one, mine in ends.items():
        for other, theirs in ends.items():
            if mine[0] > theirs[1] and truth[one] <= truth[other]:
                yield f"{one} {printed[one]} above {other} {printed[other]}"


@pytest.mark.parametrize("audience", ["public", "board"])
def test_no_table_in_print_turns_two_groups_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str
) -> None:
    text, truth = small_groups(8)
    path = brought(tmp_path, text, MEANING)
    with_records(path)
    to = ("--audience", audience)
    found: list[str] = []
    ranges = figures = 0
    for place, true in truth.items():
        asked = ("breakdown", str(path), "--indicator", "Detained.value", "--by", "Ethnic group", "--area", place, *to)
        rows = json.loads(printed(capsys, *asked, "--json"))["rows"]
        shown = {row["group"]: row["status"] if row["value"] is None else str(row["value"]) for row in rows}
        found += denied(true, shown)
        ranges += sum(words.startswith("between") for words in shown.values())
        figures += sum(row["value"] is not None for row in rows)
        written = csv.DictReader(printed(capsys, *asked, "--csv").splitlines())
        assert {row["group"]: row["value"] or row["status"] for row in written} == shown
        chart = printed(capsys, *asked)
        assert all(words in chart for words in shown.values() if words.startswith("between"))
    assert found == []
    assert ranges > 5, "rounding must have something to turn round"
    assert figures > ranges
    seen: dict[str, dict[str, str]] = {}
    for line in json.loads(printed(capsys, "gaps", str(path), "--area", "all", "--json", *to))["gaps"]:
        if line["value"] is not None:
            seen.setdefault(line["area"], {})[line["group"]] = str(line["value"])
    target = tmp_path / "handed on.csv"
    printed(capsys, "export", str(path), "--to", str(target), *to)
    with target.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["estimate"]:
                seen.setdefault(row["setting"], {})[row["subgroup"]] = row["estimate"]
            if row["setting_average"]:
                seen.setdefault(row["setting"], {})["Total"] = row["setting_average"]
    assert len(seen) == len(truth)
    assert [wrong for place, values in seen.items() for wrong in denied(truth[place], values)] == []
    report = printed(capsys, "report", str(path), *to)
    tables = re.findall(r"Detained[^\n]*, (Place \d), 2023-24[^\n]*\n+((?:\|[^\n]*\n)+)", report)
    assert (len(tables) >= len(truth)) == (audience == "board"), "the public reads what was measured, and no table"
    for place, lines in tables:
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
        values = {row[0]: row[1] for row in cells if row[0] in truth[place]}
        assert len(values) > 2
        assert list(denied(truth[place], values)) == []


@pytest.mark.parametrize("audience", ["public", "board"])
def test_the_title_of_a_finding_sets_no_two_figures_in_the_wrong_order(tmp_path: Path, audience: str) -> None:
    path = brought(tmp_path, small_groups(8)[0], MEANING)
    with_records(path)
    policy = Policy(audience)
    said = 0
    with Workspace.open(path) as workspace:
        for finding in workspace.list(Finding):
            title = title_seen(workspace, finding, policy)
            figures = re.search(r"Detained ([\d.]+) against ([\d.]+) ", title)
            # A title that was written down has the true figures of both.
            assert finding.value is not None
            assert finding.compared_value is not None
            if figures is not None:
                mine, theirs = (float(number) for number in figures.groups())
                assert mine == theirs or (mine > theirs) == (finding.value > finding.compared_value), title
                said += 1
    assert said > 5
