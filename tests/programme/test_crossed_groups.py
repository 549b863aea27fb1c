"""Crossings of a programme: as counted and smoothed, for the team and for the public, and nothing in them tells what is hidden."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.gaps.intersections import Multilevel
from amhe_tui.charts.draw import draw, plain
from amhe_tui.charts.evidence import crossing_figure
from amhe_tui.charts.table import rows
from amhe_tui.cli import main
from amhe_tui.errors import AmheError
from amhe_tui.programme import intersections
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.guard import guard_of
from amhe_tui.programme.intersections import crossings_of, disclosed_crossing
from store.workspace import Workspace
from tests.programme.attack import KNOWN_WITHIN, asked, gathered, truth_of
from tests.programme.test_said_to_an_audience import brought as brought_in

Cells = Mapping[tuple[str, str], tuple[int, int]]
BIG: Cells = {
    ("Female", "White"): (644, 1080),
    ("Female", "Asian"): (91, 192),
    ("Female", "Black"): (65, 144),
    ("Male", "White"): (292, 630),
    ("Male", "Asian"): (39, 112),
    ("Male", "Black"): (12, 94),
}


def table(cells: Cells, *, totals: bool = True, per: int = 100, value: str = "Value") -> str:
    """Return a table of two characteristics, with or without their totals."""
    sums: dict[tuple[str, str], list[int]] = {key: list(counts) for key, counts in cells.items()}
    if totals:
        for (sex, group), counts in cells.items():
            for key in ((sex, "All"), ("All", group), ("All", "All")):
                kept = sums.setdefault(key, [0, 0])
                kept[:] = [one + other for one, other in zip(kept, counts, strict=True)]
    lines = [
        f"Northmere,2023-24,{sex},{group},{round(per * top / bottom, 1) if bottom else ''},{top},{bottom}"
        for (sex, group), (top, bottom) in sums.items()
    ]
    return "\n".join([f"Area,Period,Sex,Ethnic group,{value},Numerator,Denominator", *lines]) + "\n"


def brought(folder: Path, text: str, name: str = "one") -> Path:
    """Return a programme in a folder of its own with one file brought in."""
    own = folder / name
    own.mkdir()
    return brought_in(own, text)


def crossing(path: Path, audience: str = "team", by: str = "Ethnic group", **more: Any) -> intersections.Crossing:
    with Workspace.open(path) as workspace:
        (indicator,) = (name for name in indicator_ids(workspace) if name.endswith(".value"))
        return disclosed_crossing(workspace, indicator, by, Policy(audience), **more)


def indicator_ids(workspace: Workspace) -> list[str]:
    return workspace.read(lambda raw: [str(row[0]) for row in raw.execute("SELECT id FROM quantity")])


def printed(path: Path, audience: str, *more: str) -> str:
    with Workspace.open(path) as workspace:
        (indicator,) = (name for name in indicator_ids(workspace) if name.endswith(".value"))
    return asked("intersections", path, "--indicator", indicator, "--by", "Sex", "--audience", audience, *more)


def test_each_crossing_is_there_as_counted_and_smoothed(tmp_path: Path) -> None:
    found = crossing(brought(tmp_path, table(BIG)))
    assert found.names == ("Sex", "Ethnic group")
    assert {row.groups for row in found.rows} == set(BIG)
    for row in found.rows:
        assert (row.count, row.people) == BIG[row.groups[0], row.groups[1]]
        assert row.value == pytest.approx(100 * BIG[row.groups[0], row.groups[1]][0] / (row.people or 1), abs=0.06)
        assert row.smoothed_lower is not None
        assert row.smoothed is not None
        assert row.smoothed_upper is not None
        assert row.smoothed_lower < row.smoothed < row.smoothed_upper
    black = next(row for row in found.rows if row.groups == ("Male", "Black"))
    assert black.value is not None
    assert black.smoothed is not None
    assert black.expected is not None
    assert black.value < black.smoothed < black.expected
    assert found.pcv is not None
    assert found.vpc is not None
    assert 0 < found.pcv < 1
    assert "the 6 crossings of Sex and Ethnic group run from 12.8 to 59.6%" in found.words
    assert "follows from Sex and Ethnic group added up; what is left beyond that is" in found.words


def test_a_crossing_can_be_asked_for_from_either_side_and_over_three(tmp_path: Path) -> None:
    path = brought(tmp_path, table(BIG))
    assert crossing(path, by="sex", across=["ETHNIC GROUP"]).rows == crossing(path).rows
    lines = ["Area,Period,Sex,Age group,Ethnic group,Value,Numerator,Denominator"]
    for (sex, group), (top, bottom) in BIG.items():
        lines += [
            f"Northmere,2023-24,{sex},{age},{group},{round(100 * (top + 5 * old) / bottom, 1)},{top + 5 * old},{bottom}"
            for old, age in enumerate(("16 to 34", "35 and over"))
        ]
    three = crossing(brought(tmp_path, "\n".join(lines) + "\n", "three"), by="Sex")
    assert three.names == ("Sex", "Age group", "Ethnic group")
    assert len(three.rows) == 12
    assert "of Sex, Age group and Ethnic group" in three.words


def test_groups_that_are_not_known_and_broad_ones_beside_their_parts_take_no_part(tmp_path: Path) -> None:
    cells = {**BIG, ("Not known", "White"): (5, 20), ("Not known", "Asian"): (6, 20), ("Female", "Not stated"): (9, 30)}
    path = brought(tmp_path, table(cells))
    assert {row.groups for row in crossing(path).rows} == set(BIG)


def test_the_command_prints_it_three_ways(tmp_path: Path) -> None:
    path = brought(tmp_path, table(BIG))
    told = json.loads(printed(path, "team", "--json"))
    assert told["characteristics"] == ["Sex", "Ethnic group"]
    assert told["method"] == "crossing.share@1"
    assert len(told["rows"]) == 6
    lines = list(csv.DictReader(io.StringIO(printed(path, "team", "--csv"))))
    assert [float(line["smoothed"]) for line in lines] == [row["smoothed"] for row in told["rows"]]
    assert list(lines[0])[:2] == ["Sex", "Ethnic group"]
    words = printed(path, "team")
    assert told["words"] in words
    assert words.startswith("Smoothed ●, as counted ×: ")
    assert "├" in words


def test_the_picture_has_a_light_mark_a_strong_one_and_a_table(tmp_path: Path) -> None:
    figure = crossing_figure(crossing(brought(tmp_path, table(BIG))).rows, "Recovered", "%")
    picture = plain(draw(figure, 100, 12, colour=False))
    assert picture.count("×") >= 2  # where both fall into one cell, the strong mark is seen
    assert picture.count("●") + picture.count("◆") == 6
    twin = rows(figure)
    assert twin.header == ("Group", "Recovered (%)", "Lower limit", "Upper limit", "As counted", "Note")
    assert {len(row) for row in twin.rows} == {6}
    assert ("Male, Black", "12.8") in {(row[0], row[4]) for row in twin.rows}


# --- what cannot be shown so -------------------------------------------------------------------------------------------------------------------------

MEANS = """Area,Period,Sex,Ethnic group,Mean wait
Northmere,2023-24,Female,White,12.5
Northmere,2023-24,Female,Asian,14.5
Northmere,2023-24,Male,White,15.5
Northmere,2023-24,Male,Asian,19.25
"""
SHARES = MEANS.replace("Mean wait", "Recovered %")
ONE = """Area,Period,Ethnic group,Value,Numerator,Denominator
Northmere,2023-24,White,50,50,100
Northmere,2023-24,Asian,40,40,100
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MEANS, "These figures are averages, or nobody can tell"),
        (SHARES, "without the counts behind them"),
        (ONE, "not broken down by two characteristics at once"),
        (table({("Female", "White"): (5, 20), ("Male", "Asian"): (8, 20)}), "too few crossings"),
    ],
)
def test_what_cannot_be_smoothed_is_refused_with_one_remedy(tmp_path: Path, text: str, said: str) -> None:
    path = brought(tmp_path, text)
    with Workspace.open(path) as workspace:
        indicator = next(name for name in indicator_ids(workspace) if not name.endswith(("numerator", "denominator")))
        with pytest.raises(AmheError, match=said) as refused:
            disclosed_crossing(workspace, indicator, "Ethnic group", Policy("team"))
    assert refused.value.args
    assert str(refused.value.what_to_do).count(".") == 1


def test_bare_counts_and_other_crossings_are_refused(tmp_path: Path) -> None:
    path = brought(tmp_path, table(BIG))
    with Workspace.open(path) as workspace:
        count = next(name for name in indicator_ids(workspace) if name.endswith("numerator"))
        with pytest.raises(AmheError, match="Bare counts say how many"):
            disclosed_crossing(workspace, count, "Sex", Policy("team"))
    with pytest.raises(AmheError, match="by Sex and Religion at once"):
        crossing(path, by="Sex", across=["Religion"])
    with pytest.raises(AmheError, match="no place"):
        crossing(path, area="Elsewhere")


def test_rates_for_every_100000_are_crossed_too(tmp_path: Path) -> None:
    rare = {key: (round(top / 4), 100 * bottom) for key, (top, bottom) in BIG.items()}
    text = (
        table(rare, per=100_000, value='"Rate per 100,000"')
        .replace("Numerator", "Count")
        .replace("Denominator", "Population")
    )
    path = brought(tmp_path, text)
    with Workspace.open(path) as workspace:
        indicator = next(
            name for name in indicator_ids(workspace) if "rate" in name.casefold() or name.endswith(".value")
        )
        found = disclosed_crossing(workspace, indicator, "Sex", Policy("team"))
    assert found.method == "crossing.rate@1"
    black = next(row for row in found.rows if row.groups == ("Male", "Black"))
    assert black.value is not None
    assert black.smoothed is not None
    assert 30 < black.value < black.smoothed < 100


def test_a_stratum_of_nobody_stands_there_without_a_figure(tmp_path: Path) -> None:
    found = crossing(brought(tmp_path, table({**BIG, ("Male", "Mixed"): (0, 0), ("Female", "Mixed"): (20, 40)})))
    nobody = [row for row in found.rows if row.groups == ("Male", "Mixed")]
    assert all(row.smoothed is None and row.value is None for row in nobody)
    assert len([row for row in found.rows if row.smoothed is not None]) == 7


# --- what leaves the team ----------------------------------------------------------------------------------------------------------------------------


def with_small(hidden: int, others: int) -> str:
    """Return a table with a crossing of few people, of whom so many recovered; the next one of the same sex makes up for it."""
    return table(
        {**BIG, ("Male", "Mixed"): (hidden, 9), ("Male", "Black"): (12 + others, 94), ("Female", "Mixed"): (31, 54)}
    )


@pytest.mark.parametrize("audience", ["board", "public"])
def test_nothing_that_is_printed_depends_on_a_hidden_count(tmp_path: Path, audience: str) -> None:
    """Whatever a hidden crossing holds, every sign that leaves the team is the same: what does not depend on it cannot tell it."""
    told: set[tuple[str, ...]] = set()
    team: set[str] = set()
    for hidden in (1, 2, 3, 4):
        path = brought(tmp_path, with_small(hidden, 0), f"hides{hidden}")
        told.add(tuple(printed(path, audience, *more) for more in ((), ("--json",), ("--csv",))))
        team.add(printed(path, "team", "--csv"))
    assert len(team) == 4, "for the team it does depend on it, so this test can fail"
    assert len(told) == 1
    (one,) = told
    rows_shown = {tuple(row["groups"]): row for row in json.loads(one[1])["rows"]}
    few = rows_shown["Male", "Mixed"]
    assert {few[name] for name in few if name not in ("groups", "status", "beyond_sum")} == {None}
    assert few["beyond_sum"] == 0


@pytest.mark.faults
def test_a_leak_that_is_planted_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the model fitted to the true counts of hidden crossings too, the test above would see it."""
    told: set[str] = set()
    real = intersections.disclosed_breakdown

    def past_the_guard(workspace: Workspace, indicator: str, by: str, _: Policy, **more: Any) -> Any:
        return real(workspace, indicator, by, Policy("team"), **more)

    monkeypatch.setattr(intersections, "disclosed_breakdown", past_the_guard)
    for hidden in (1, 2, 3, 4):
        path = brought(tmp_path, with_small(hidden, 0), f"hides{hidden}")
        found = crossing(path, "public")
        told.add(str([row.smoothed for row in found.rows if row.groups == ("Female", "White")] + [found.vpc]))
    assert len(told) > 1
    assert any("intersections tell" in each for each in gathered(path, "public", truth_of(path))[0].told)
    monkeypatch.undo()
    assert not any("intersections tell" in each for each in gathered(path, "public", truth_of(path))[0].told)


def test_only_what_the_breakdown_shows_takes_part(tmp_path: Path) -> None:
    path = brought(tmp_path, with_small(3, 0))
    found = crossing(path, "public")
    with Workspace.open(path) as workspace:
        indicator = found.part.indicator_id
        for row in found.rows:
            shown = intersections.disclosed_breakdown(
                workspace, indicator, "Ethnic group", Policy("public"), within=f"Sex: {row.groups[0]}"
            )
            own = next(each for each in shown.rows if each.group == row.groups[1])
            assert row.value == own.value
            if own.value is None:
                assert row.count is row.people is row.smoothed is row.expected is None
            else:
                assert (row.count, row.people) == (own.numerator, own.denominator)
                assert (row.count or 0) % 5 == 0
    hidden = [row for row in found.rows if row.value is None]
    assert hidden
    assert f"{len(hidden)} more {'has' if len(hidden) == 1 else 'have'} no figure that may be seen" in found.words


def cube(small: int) -> dict[tuple[str, ...], int]:
    """Return counts by three characteristics with all their sums, "All" standing for everybody."""
    parts = itertools.product(("Female", "Male"), ("16 to 34", "35 and over"), ("White", "Asian"))
    counts = dict(zip(parts, (70, small, 62, 40, 55, 31, 70, 62), strict=True))
    sums: dict[tuple[str, ...], int] = {}
    for groups, number in counts.items():
        for blank in itertools.product((False, True), repeat=3):
            key = tuple("All" if gone else group for gone, group in zip(blank, groups, strict=True))
            sums[key] = sums.get(key, 0) + number
    return sums


def test_a_small_crossing_of_three_follows_from_no_sum_that_is_shown(tmp_path: Path) -> None:
    """Along each characteristic two parts and their sum stand in a line; of none is one alone hidden, and by integer programming the small one stays unknown."""
    sums = cube(3)
    lines = [f"Northmere,2023-24,{','.join(groups)},{number}" for groups, number in sums.items()]
    path = brought(tmp_path, "\n".join(["Area,Period,Sex,Age group,Ethnic group,Seen", *lines]) + "\n")
    with Workspace.open(path) as workspace:
        figures = breakdown(workspace, "Seen.value", "Ethnic group")
        guard = guard_of(workspace, figures, Policy("public"))
    hidden: set[tuple[str, ...]] = set()
    names = ("Sex", "Age group", "Ethnic group")
    for count, _ in guard.why():
        told = dict(piece.split(": ") for piece in count.group.within.split("; ") if piece)
        told[count.group.characteristic] = count.group.label
        hidden.add(tuple(told.get(name, "All") for name in names))
    assert ("Female", "16 to 34", "Asian") in hidden
    in_lines: list[list[tuple[str, ...]]] = []
    for axis, groups in enumerate((("Female", "Male"), ("16 to 34", "35 and over"), ("White", "Asian"))):
        for key in sums:
            if key[axis] == "All":
                in_lines.append([key, *((*key[:axis], group, *key[axis + 1 :]) for group in groups)])
    assert [line for line in in_lines if len(hidden.intersection(line)) == 1] == []
    keys = list(sums)
    rows_of_lines = np.zeros((len(in_lines), len(keys)))
    for row, line in zip(rows_of_lines, in_lines, strict=True):
        row[[keys.index(key) for key in line]] = (-1, 1, 1)
    low = np.array([0 if key in hidden else sums[key] for key in keys])
    high = np.array([1_000 if key in hidden else sums[key] for key in keys])
    aim = np.array([float(key == ("Female", "16 to 34", "Asian")) for key in keys])
    ends = [
        milp(
            side * aim,
            constraints=LinearConstraint(rows_of_lines, 0, 0),
            bounds=Bounds(low, high),
            integrality=aim * 0 + 1,
        )
        for side in (1, -1)
    ]
    assert -ends[1].fun - ends[0].fun > KNOWN_WITHIN


def test_all_hidden_is_said_with_a_remedy(tmp_path: Path) -> None:
    path = brought(tmp_path, table({key: (1 + place % 3, 6 + place) for place, key in enumerate(BIG)}))
    with pytest.raises(AmheError, match="As the public may see these figures") as refused:
        crossing(path, "public")
    assert "broader groups" in str(refused.value.what_to_do)


def test_the_words_for_the_public_are_those_of_the_true_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rounding alone makes a difference that is wider than chance, none is told."""
    level = dict(zip(BIG, [(24, 84), (59, 198), (38, 116), (94, 309), (43, 154), (28, 91)], strict=True))
    path = brought(tmp_path, table(level))
    assert crossing(path, "public").words.count("no more than chance alone would give") == 1
    real = intersections.multilevel
    calls: list[Multilevel] = []

    def differs_when_rounded(strata: Any, kind: Any) -> Multilevel:
        found = real(strata, kind)
        calls.append(found)
        return found if len(calls) % 2 == 0 else Multilevel(found.strata, 0.3, 0.9, 1.4, 0.1, True, False, found.method)

    monkeypatch.setattr(intersections, "multilevel", differs_when_rounded)
    found = crossing(path, "public")
    assert len(calls) == 2
    assert "The counts are rounded, and too few to say" in found.words
    assert found.vpc is None
    assert found.pcv is None
    assert {row.beyond_sum for row in found.rows} == {0}


def test_crossings_are_listed_smallest_first(tmp_path: Path) -> None:
    path = brought(tmp_path, table(BIG))
    with Workspace.open(path) as workspace:
        (each,) = crossings_of(workspace, "figures.value")
    assert each.names == ("Sex", "Ethnic group")
    assert set(each.withins) == {"Sex: Female", "Sex: Male"}


def test_the_command_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, ONE)
    assert main(["intersections", str(path), "--indicator", crossing_id(path), "--by", "Ethnic group"]) == 1
    assert "Bring in a table with two label columns" in capsys.readouterr().err


def crossing_id(path: Path) -> str:
    with Workspace.open(path) as workspace:
        return next(name for name in indicator_ids(workspace) if name.endswith(".value"))
