"""Places, crossings and fifths that stand beside each other, for the public: none in an order that the true counts deny, in small tables made up by chance."""

from __future__ import annotations

import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.programme.attack import asked

FEW_TABLES, MANY_TABLES = 6, 300

_Pair = tuple[int, int]


def brought(folder: Path, lines: list[str]) -> Path:
    """Bring lines of a table into a programme of its own."""
    data, path = folder / "made_up.csv", folder / "made_up.amhe"
    path.unlink(missing_ok=True)
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked("new", path, "--name", "Made up", "--area", "Northmere", "--yes")
    asked("import", path, data)
    return path


def ends_of(row: dict[str, Any]) -> tuple[float, float] | None:
    """Return between what a figure lies by all that is printed of it; None where it is hidden."""
    if row["value"] is not None:
        return row["value"], row["value"]
    if not str(row["status"]).startswith("between "):
        return None
    assert row.get("numerator", row.get("count")) is None, "the counts of a range give its figure back"
    low, high = str(row["status"]).removeprefix("between ").split(" and ")
    return float(low.replace(",", "")), float(high.replace(",", ""))


def in_wrong_order(rows: list[tuple[dict[str, Any], _Pair]]) -> tuple[list[str], int]:
    """Return the pairs of rows that are printed in an order their true counts deny, the ranges that are not so, and how many pairs were looked at."""
    wrong: list[str] = []
    looked = 0
    for row, (top, bottom) in rows:
        ends = ends_of(row)
        if ends and ends[0] != ends[1] and not ends[0] <= 100 * top / bottom <= ends[1]:
            wrong.append(f"{row}: truly {top} of {bottom}")
    for (one, mine), (other, theirs) in combinations(rows, 2):
        ours, its = ends_of(one), ends_of(other)
        if ours is None or its is None:
            continue
        looked += 1
        way = (ours[0] > its[1]) - (ours[1] < its[0])
        cross = mine[0] * theirs[1] - theirs[0] * mine[1]
        if way and way != (cross > 0) - (cross < 0):
            wrong.append(f"{ours} beside {its}: truly {mine} and {theirs}")
    return wrong, looked


def added(pairs: list[_Pair]) -> _Pair:
    return sum(top for top, _ in pairs), sum(bottom for _, bottom in pairs)


def share(pair: _Pair) -> str:
    return f"{100 * pair[0] / pair[1]:.1f},{pair[0]},{pair[1]}"


def places(chance: random.Random) -> tuple[list[str], dict[tuple[str, str], _Pair]]:
    counts: dict[tuple[str, str], _Pair] = {}
    wards = [f"Ward {letter}" for letter in "ABCDEF"[: chance.randint(3, 6)]]
    for ward in wards:
        for sex in ("Female", "Male"):
            people = chance.randint(10, 20)
            counts[ward, sex] = (chance.randint(0, people), people)
    for sex in ("Female", "Male"):
        counts["Northmere", sex] = added([counts[ward, sex] for ward in wards])
    for area in (*wards, "Northmere"):
        counts[area, ""] = added([counts[area, "Female"], counts[area, "Male"]])
    lines = ["Area,Area Type,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    lines += [
        f"{area},{'Town' if area == 'Northmere' else 'Ward'},2023-24,{'Sex' if sex else 'Total'},{sex or 'All'},Recovered,{share(pair)}"
        for (area, sex), pair in counts.items()
    ]
    return lines, counts


@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_no_two_places_stand_in_an_order_that_the_true_counts_deny(number: int, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same tables each time
    looked = 0
    for _ in range(number):
        lines, counts = places(chance)
        path = brought(tmp_path, lines)
        for group in ("", "Female"):
            about = ("--indicator", "Recovered.value", "--by", "Sex", "--group", group, "--places")
            printed = asked("breakdown", path, *about, "--audience", "public", "--json")
            rows = json.loads(printed)["places"] if printed else []
            wrong, pairs = in_wrong_order([(row, counts[row["place"], group]) for row in rows])
            assert wrong == []
            looked += pairs
    assert looked > 4 * number, "it must not be right by showing nothing"


def crossings(chance: random.Random) -> tuple[list[str], dict[tuple[str, str], _Pair]]:
    sexes, groups = ("Female", "Male"), ("White", "Asian", "Black")
    counts: dict[tuple[str, str], _Pair] = {}
    for sex in sexes:
        for group in groups:
            people = chance.randint(20, 40)
            counts[sex, group] = (chance.randint(5, people - 5), people)
    for sex in sexes:
        counts[sex, "All"] = added([counts[sex, group] for group in groups])
    for group in (*groups, "All"):
        counts["All", group] = added([counts[sex, group] for sex in sexes])
    lines = ["Area,Period,Sex,Ethnic group,Indicator,Value,Numerator,Denominator"]
    lines += [f"Northmere,2023-24,{sex},{group},Recovered,{share(pair)}" for (sex, group), pair in counts.items()]
    return lines, counts


@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_no_two_crossings_stand_in_an_order_that_the_true_counts_deny(number: int, tmp_path: Path) -> None:
    chance = random.Random(6)  # noqa: S311 - the same tables each time
    looked = smoothed = 0
    for _ in range(number):
        lines, counts = crossings(chance)
        path = brought(tmp_path, lines)
        about = ("--indicator", "Recovered.value", "--by", "Ethnic group", "--json", "--audience")
        public, team = (asked("intersections", path, *about, audience) for audience in ("public", "team"))
        rows = json.loads(public)["rows"] if public else []
        true = {tuple(row["groups"]): row for row in json.loads(team)["rows"]}
        named = [(row, counts.get(tuple(row["groups"])) or counts[tuple(reversed(row["groups"]))]) for row in rows]
        wrong, pairs = in_wrong_order(named)
        assert wrong == []
        looked += pairs
        assert all(row["beyond_sum"] in (0, true[tuple(row["groups"])]["beyond_sum"]) for row in rows)
        if len(rows) == sum(row["smoothed"] is not None for row in rows):  # the same model as the team's
            smoothed += 1
            for one, other in combinations(rows, 2):
                mine, its = (true[tuple(row["groups"])]["smoothed"] for row in (one, other))
                assert (one["smoothed"] - other["smoothed"]) * (mine - its) >= 0
    assert looked > 4 * number, "it must not be right by showing nothing"
    assert smoothed > number / 4, "nor by smoothing nothing"


def fifths(chance: random.Random) -> tuple[list[str], dict[str, _Pair]]:
    pairs: list[_Pair] = []
    for _ in range(5):
        people = chance.randint(20, 40)
        pairs.append((chance.randint(5, people - 5), people))
    labels = [f"Quintile {number}" for number in range(1, 6)]
    labels[0], labels[-1] = f"{labels[0]} (most deprived)", f"{labels[-1]} (least deprived)"
    everybody = added(pairs)
    lines = ["Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    lines += [
        f"Northmere,2023-24,{by},{label},Recovered,{share(pair)}"
        for by, label, pair in (
            *(("IMD quintile", label, pair) for label, pair in zip(labels, pairs, strict=True)),
            ("Total", "All", everybody),
        )
    ]
    return lines, {"Most deprived fifth": pairs[0], "Other four fifths": added(pairs[1:]), "Total": everybody}


@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_the_most_deprived_fifth_and_the_rest_stand_in_their_true_order(number: int, tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same tables each time
    looked = 0
    for _ in range(number):
        lines, counts = fifths(chance)
        path = brought(tmp_path, lines)
        found = json.loads(asked("core20", path, "--audience", "public", "--json"))["core20"]
        wrong, pairs = in_wrong_order([(row, counts[row["group"]]) for row in found[0]["rows"]])
        assert wrong == []
        looked += pairs
    assert looked > number, "it must not be right by showing nothing"
