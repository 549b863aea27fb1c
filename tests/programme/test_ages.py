"""Gaps with age taken out of them: in the words of the breakdown and the overview, and rates of a table by the command."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from amhe_tui.analysis.gaps.standardised import Age, same_ages
from amhe_tui.cli import main
from tests.programme.test_said_to_an_audience import brought, printed

SAMPLE = Path(__file__).parents[1] / "vectors_sample" / "phe.json"
ALL = Path(__file__).parents[2].parent / "shared" / "vectors" / "phe.json"

CONFOUNDED = """Area,Period,Age group,Ethnic group,Value,Numerator,Denominator
Northmere,2023-24,16 to 34,White,50,1000,2000
Northmere,2023-24,16 to 34,Asian,45,810,1800
Northmere,2023-24,35 and over,White,20,1600,8000
Northmere,2023-24,35 and over,Asian,15,30,200
Northmere,2023-24,All,White,26,2600,10000
Northmere,2023-24,All,Asian,42,840,2000
Northmere,2023-24,16 to 34,All,47.6,1810,3800
Northmere,2023-24,35 and over,All,19.9,1630,8200
Northmere,2023-24,All,All,28.7,3440,12000
"""
SMALL = """Area,Period,Age group,Ethnic group,Value,Numerator,Denominator
Northmere,2023-24,16 to 34,White,50,10,20
Northmere,2023-24,16 to 34,Asian,44.4,8,18
Northmere,2023-24,35 and over,White,20,16,80
Northmere,2023-24,35 and over,Asian,18.2,2,11
Northmere,2023-24,All,White,26,26,100
Northmere,2023-24,All,Asian,34.5,10,29
Northmere,2023-24,All,All,27.9,36,129
"""
WITHOUT_AGES = """Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator
Northmere,2023-24,Ethnic group,White,Seen,26.0,2600,10000
Northmere,2023-24,Ethnic group,Asian,Seen,42.0,840,2000
Northmere,2023-24,Age group,Under 18,Seen,30.0,300,1000
Northmere,2023-24,Age group,18 and over,Seen,28.5,3140,11000
Northmere,2023-24,Total,All,Seen,28.7,3440,12000
"""


def words(path: Path, capsys: pytest.CaptureFixture[str], audience: str, *more: str, by: str = "Ethnic group") -> str:
    indicator = next(
        line.split("\t")[0] for line in printed(capsys, "indicators", str(path)).splitlines() if ".value" in line
    )
    return printed(capsys, "breakdown", str(path), "--indicator", indicator, "--by", by, "--audience", audience, *more)


@pytest.mark.parametrize("audience", ["team", "public"])
@pytest.mark.parametrize("other", ["everyone else", "White", "average"])
def test_age_that_turns_a_gap_round_is_told_with_the_picture_at_each_age(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str, other: str
) -> None:
    told = words(brought(tmp_path, CONFOUNDED), capsys, audience, "--group", "Asian", "--compare", other)
    if other != "average":
        assert "16 more of every 100, a wider gap than chance alone would give." in told
    assert "But age turns this round. At every age the group has fewer of every 100" in told
    assert "16 to 34: 45 against 50; 35 and over: 15 against 20" in told
    whom = "in the group White" if other == "White" else "among everyone else"
    assert f"At the same ages: 25 of every 100 against 30 {whom}: 5 fewer of every 100, a wider gap" in told
    assert "Not adjusted" not in told


def test_the_overview_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, CONFOUNDED)
    lines = json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", "team"))["gaps"]
    told = {line["characteristic"]: line["sentence"] for line in lines}
    assert "But age turns this round." in told["Ethnic group"]
    assert "age" not in told["Age group"].replace("age group", "").replace("ages confound", "").casefold()


def test_without_ages_the_sentence_says_that_it_is_not_adjusted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = brought(tmp_path, WITHOUT_AGES)
    assert "Not adjusted for age." in words(path, capsys, "public")
    assert "djusted for age" not in words(path, capsys, "public", by="Age group")
    lines = json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", "team"))["gaps"]
    told = {line["characteristic"]: line["sentence"] for line in lines}
    assert told["Ethnic group"].endswith("Not adjusted for age.")
    assert "djusted for age" not in told["Age group"]


def test_rounded_counts_that_cannot_carry_it_say_nothing_of_ages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = brought(tmp_path, SMALL)
    assert "At the same ages" in words(path, capsys, "team", "--group", "Asian")
    told = words(path, capsys, "public", "--group", "Asian")
    assert "At the same ages" not in told
    assert "age turns" not in told


def test_one_age_or_nobody_at_an_age_is_no_standardisation() -> None:
    assert same_ages([Age("16 to 34", 3, 10, 4, 10)], multiplier=100) is None
    assert same_ages([Age("16 to 34", 3, 10, 4, 10), Age("35 and over", 0, 0, 4, 10)], multiplier=100) is None
    few = same_ages([Age("16 to 34", 3, 10, 40, 100), Age("35 and over", 1, 5, 40, 100)], multiplier=100)
    assert few is not None
    assert few.difference is None  # fewer than ten events are not standardised


def cases() -> list[Any]:
    """Return the published cases of direct and indirect standardisation."""
    found: dict[str, Any] = {}
    for path in (SAMPLE, ALL):
        if path.exists():
            found |= {case["id"]: case for case in json.loads(path.read_text(encoding="utf-8"))["cases"]}
    return [
        pytest.param(case, id=key)
        for key, case in found.items()
        if ("stdpop" in case["input"] or "x_ref" in case["input"])
        and case.get("compare", True)
        and not isinstance(case["input"].get("confidence"), list)
        and 0 not in case["input"]["n"]  # where there is nobody, the peer gives an error
    ]


@pytest.mark.parametrize("case", cases())
def test_the_command_gives_the_published_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any]
) -> None:
    given, expected = case["input"], case["expected"]
    names = {
        "x": "--events",
        "n": "--people",
        "stdpop": "--standard",
        "eventfreq": "--events-each",
        "x_ref": "--reference-events",
        "n_ref": "--reference-people",
    }
    columns = {name: given[name] for name in names if isinstance(given.get(name), list)}
    long = max(len(column) for column in columns.values())
    table = tmp_path / "ages.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in range(long):
            writer.writerow(
                ["" if row >= len(column) or column[row] is None else repr(column[row]) for column in columns.values()]
            )
    command = ["standardise", str(table), "--json", "--confidence", repr(given.get("confidence") or 0.95)]
    for name in columns:
        command += [names[name], name]
    if "multiplier" in given:
        command += ["--per", repr(given["multiplier"])]
    if "refvalue" in given:
        command += ["--expected", repr(given["refvalue"])]
    elif "x_ref" in given:
        command.append("--rate")
    assert main(command) == 0
    (found,) = json.loads(capsys.readouterr().out)
    checked = 0
    scale = 10_000 if case["fn"] == "dsr_dobson" and case["kind"] == "peer-test" and "multiplier" not in given else 1
    for ours, theirs in (("value", "value"), ("lower", "lowercl"), ("upper", "uppercl")):
        wanted = expected.get(theirs)
        if isinstance(wanted, int | float) and math.isfinite(wanted):
            assert found[ours] is not None, found["reason"]
            assert found[ours] * scale == pytest.approx(wanted, rel=2e-6)
            checked += 1
        elif wanted is None and theirs in expected:
            assert found["value"] is None
    assert checked or found["value"] is None or "value" not in expected


def test_a_table_that_does_not_fit_is_refused_with_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "ages.csv"
    table.write_text("Age,Seen,People\n16 to 34,12,none\n", encoding="utf-8")
    assert main(["standardise", str(table), "--events", "Seen", "--people", "People"]) == 1
    assert "Give --standard" in capsys.readouterr().err
    assert main(["standardise", str(table), "--events", "Seen", "--people", "Living", "--standard", "People"]) == 1
    assert "It has: Age, Seen, People" in capsys.readouterr().err
    assert main(["standardise", str(table), "--events", "Seen", "--people", "People", "--standard", "People"]) == 1
    assert "row 2, People" in capsys.readouterr().err
