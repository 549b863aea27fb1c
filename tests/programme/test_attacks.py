"""What leaves the team taken together: no hidden count can be worked out, by linear and integer programming, from all commands and the report."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.programme.sources import SourceLine, sources
from store.workspace import Workspace
from tests.programme.attack import Key, Observed, asked, attack, gathered, programme_of, recovered, truth_of
from tests.programme.test_places_side_by_side import places_file

LEAKS = Path(__file__).parent / "leaks"


@pytest.mark.parametrize("audience", ["board", "public"])
@pytest.mark.parametrize("data", sorted(LEAKS.glob("*.csv")), ids=lambda path: path.stem)
def test_nothing_that_is_hidden_can_be_worked_out(data: Path, audience: str, tmp_path: Path) -> None:
    assert attack(programme_of(tmp_path, data), audience) == []


def test_the_attacker_finds_a_planted_leak(tmp_path: Path) -> None:
    path = programme_of(tmp_path, LEAKS / "share_known_with_total.csv")
    truth = truth_of(path)
    seen, hidden = gathered(path, "public", truth)
    assert not recovered(truth, seen, hidden)
    secret = next(key for key in hidden if key.label == "Black")
    for key in truth:  # everything else is let out as it is
        if key != secret:
            seen.count(key, truth[key], 0.0)
    assert [found.key for found in recovered(truth, seen, {secret})] == [secret]


def test_the_attacker_finds_how_complete_a_source_is_where_the_unknown_are_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = programme_of(tmp_path, LEAKS / "share_known_with_total.csv")

    def undisclosed(workspace: Workspace, _policy: Policy) -> list[SourceLine]:
        return sources(workspace)

    monkeypatch.setattr("amhe_tui.programme.sources.disclosed_sources", undisclosed)
    assert any("sources tells a completeness" in found for found in attack(path, "public"))


@pytest.mark.faults
def test_places_side_by_side_tell_nothing_and_the_attacker_would_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "places.csv"
    data.write_text(places_file(), encoding="utf-8")
    path = programme_of(tmp_path, data)
    assert attack(path, "public") == []

    def undisclosed(workspace: Workspace, indicator: str, by: str, _policy: Policy, **asked: Any) -> Disclosed:
        return disclosed_breakdown(workspace, indicator, by, Policy("team"), **asked)

    monkeypatch.setattr("amhe_tui.programme.places.disclosed_breakdown", undisclosed)
    assert any("places tells a share" in found for found in attack(path, "public"))


def test_a_typed_measure_does_not_tell_a_figure_that_hides_that_of_a_ward(tmp_path: Path) -> None:
    """13 of 22 in the town is not small; beside 9 of 12 in one ward it tells the 4 of 10 in the other."""
    wards = {"Ward A": ((4, 10), (11, 16)), "Ward B": ((9, 12), (8, 15))}
    lines = ["Area,Area Type,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    town = tuple(
        (sum(tops), sum(bottoms))
        for tops, bottoms in (zip(*pairs, strict=True) for pairs in zip(*wards.values(), strict=True))
    )
    for area, pairs in {"Northmere": town, **wards}.items():
        everybody = (pairs[0][0] + pairs[1][0], pairs[0][1] + pairs[1][1])
        lines += [
            f"{area},{'Town' if area == 'Northmere' else 'Ward'},2023-24,{by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}"
            for by, group, (top, bottom) in (
                ("Ethnic group", "White", pairs[0]),
                ("Ethnic group", "Asian", pairs[1]),
                ("Total", "All", everybody),
            )
        ]
    data = tmp_path / "wards.csv"
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = programme_of(tmp_path, data)
    about = ("--indicator", "Recovered.value", "--by", "Ethnic group", "--area", "Northmere", "--audience", "board")
    rows = json.loads(asked("breakdown", path, *about, "--json"))["rows"]
    assert next(row["value"] for row in rows if row["group"] == "White") is None
    report = asked("report", path, "--audience", "board")
    assert "about 15 of 20" not in report
    assert "| 75 |" not in report


def fifths_file() -> str:
    """Return shares by fifths of deprivation, in one of which few people are counted on top."""
    pairs = {"1 (most deprived)": (22, 40), "2": (18, 35), "3": (3, 31), "4": (21, 38), "5 (least deprived)": (19, 33)}
    lines = ["Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    rows = [("IMD quintile", f"Quintile {name}", *pair) for name, pair in pairs.items()]
    rows += [("Total", "All", *map(sum, zip(*pairs.values(), strict=True)))]
    lines += [
        f"Northmere,2023-24,{by},{name},Recovered,{100 * top / bottom:.1f},{top},{bottom}"
        for by, name, top, bottom in rows
    ]
    return "\n".join(lines) + "\n"


def test_fifths_added_up_tell_nothing_and_the_attacker_would_find_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "fifths.csv"
    data.write_text(fifths_file(), encoding="utf-8")
    path = programme_of(tmp_path, data)
    assert attack(path, "public") == []

    def undisclosed(workspace: Workspace, indicator: str, by: str, _policy: Policy, **asked: Any) -> Disclosed:
        return disclosed_breakdown(workspace, indicator, by, Policy("team"), **asked)

    monkeypatch.setattr("amhe_tui.programme.core20.disclosed_breakdown", undisclosed)
    assert any("core20 adds up" in found for found in attack(path, "public"))


def test_the_attacker_finds_a_count_from_a_share_and_a_denominator() -> None:
    top, bottom = (
        Key(f"Detained.{part}", "Here", "2024", "Sex", "Female", "") for part in ("numerator", "denominator")
    )
    truth = {top: 3.0, bottom: 8.0}
    seen = Observed()
    seen.count(bottom, 10, 2.0)
    seen.share(top, bottom, 0.3745, 0.3755, "a title")
    assert [found.truth for found in recovered(truth, seen, {top})] == [3.0]
    misread = Observed()
    misread.count(bottom, 10, 2.0)
    misread.share(top, bottom, 0.0, 0.05, "a number of another place")
    assert recovered(truth, misread, {top}) == [], "whoever takes it for this one knows nothing"


def made_up(chance: random.Random) -> str:
    """Return a file of a town and its wards, by two characteristics and each within the other, of three indicators of which two make up the third."""
    lines = ["Area,Area type,Period,Sex,Ethnic group,Finished,Began well,Began ill,Recovered"]
    wards = [f"Ward {letter}" for letter in "ABC"[: chance.randint(2, 3)]]
    counts: dict[tuple[str, str, str], list[int]] = {}
    for ward in wards:
        for sex in ("Female", "Male"):
            for group in ("White", "Asian", "Black", "Not known")[: chance.choice((3, 4))]:
                well, ill = chance.choice((0, 1, 3, 8, 20)), chance.choice((0, 2, 6, 15, 90))
                own = (well + ill, well, ill, chance.randint(0, ill))
                for area in (ward, "Northmere"):
                    for key in ((area, sex, group), (area, "All", group), (area, sex, "All"), (area, "All", "All")):
                        kept = counts.setdefault(key, [0, 0, 0, 0])
                        kept[:] = [a + b for a, b in zip(kept, own, strict=True)]
    for (area, sex, group), numbers in counts.items():
        kind = "Town" if area == "Northmere" else "Ward"
        lines.append(f"{area},{kind},2023-24,{sex},{group},{','.join(map(str, numbers))}")
    return "\n".join(lines) + "\n"


@pytest.mark.faults
@pytest.mark.parametrize("seed", range(12))
def test_nothing_can_be_worked_out_of_files_nobody_has_thought_of(seed: int, tmp_path: Path) -> None:
    data = tmp_path / "made_up.csv"
    data.write_text(made_up(random.Random(seed)), encoding="utf-8")  # noqa: S311 - the same file for the same seed
    path = programme_of(tmp_path, data)
    assert attack(path, "board") == []
    assert attack(path, "public") == []
