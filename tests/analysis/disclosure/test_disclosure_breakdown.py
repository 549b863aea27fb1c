"""Breakdowns on their way out: nothing hidden can be worked out from the screen, chart, table, JSON and CSV taken together, asked of scipy."""

from __future__ import annotations

import ast
import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import NO_COUNTS, Disclosed, Policy, breakdown_frame, disclose
from amhe_tui.analysis.estimates.intervals import proportion
from amhe_tui.charts.draw import draw, plain
from amhe_tui.charts.evidence import figure_of
from amhe_tui.charts.table import rows as twin
from amhe_tui.commands.breakdown import _write_json
from amhe_tui.settings import Settings
from tests.properties import examples

ROOT = Path(__file__).resolve().parents[3]


def share(group: str, level: str, top: int, bottom: int, parent: str | None = None) -> BreakdownRow:
    limits = proportion(top, bottom, multiplier=100) if bottom else None
    value = limits.value if limits else None
    return BreakdownRow(
        group,
        level,
        value,
        "ok" if limits else "not collected",
        top,
        bottom,
        limits.lower if limits else None,
        limits.upper if limits else None,
        parent,
    )


def people(group: str, level: str, count: int, parent: str | None = None) -> BreakdownRow:
    return BreakdownRow(group, level, count, "ok", None, None, None, None, parent)


def of(*rows: BreakdownRow, statistic: str = "percentage") -> Breakdown:
    return Breakdown("x", "Seen", statistic, "Ethnic Group", "Northmere", "2031-32", None, rows)


def wholes(found: Breakdown) -> list[tuple[int | None, list[int]]]:
    """Return which row is the sum of which: broad groups of those within them, everyone of broad groups and the unknown."""
    rows = list(enumerate(found.rows))
    level = "broad" if any(row.level == "broad" for _, row in rows) else "detailed"
    sums: list[tuple[int | None, list[int]]] = []
    for place, row in rows:
        parts = [other for other, one in rows if one.level == "detailed" and one.parent == row.group]
        if row.level == "broad" and parts:
            sums.append((place, parts))
    total = next((place for place, row in rows if row.level == "total"), None)
    sums.append((total, [place for place, row in rows if row.level in (level, "unknown")]))
    return sums


class Attacker:
    """Knows which rows make up which, sees everything that is shown, and owns a linear programme."""

    def __init__(self, raw: Breakdown, seen: Disclosed) -> None:
        self.raw, self.seen = raw, seen
        self.kinds = ("count",) if raw.statistic == "count" else ("top", "bottom", "rest")
        self.size = len(raw.rows) * len(self.kinds)
        self.matrix: list[np.ndarray] = []
        self.right: list[float] = []
        for whole, parts in wholes(raw):
            for kind in self.kinds:
                known = sum(self.truth(kind, place) for place in parts)
                if whole is None:  # everyone is told by other breakdowns
                    self.equal({(kind, place): 1 for place in parts}, known)
                else:
                    rest = known - self.truth(kind, whole)
                    self.equal({(kind, whole): -1} | {(kind, place): 1 for place in parts}, rest)
        for place in range(len(raw.rows)):
            if len(self.kinds) == 3:
                self.equal({("top", place): 1, ("rest", place): 1, ("bottom", place): -1}, 0)
            for kind in self.kinds:
                if self.is_shown(kind, place):
                    self.equal({(kind, place): 1}, self.truth(kind, place))

    def truth(self, kind: str, place: int) -> float:
        row = self.raw.rows[place]
        top, bottom = row.numerator or 0, row.denominator or 0
        return {"count": row.value or 0, "top": top, "bottom": bottom, "rest": bottom - top}[kind]

    def is_shown(self, kind: str, place: int) -> bool:
        row = self.seen.rows[place]
        has = {"count": row.value, "top": row.numerator, "bottom": row.denominator, "rest": None}
        if len(self.kinds) == 3 and row.value is not None:  # a share tells numerators from denominators and back
            assert row.numerator is not None
            assert row.denominator is not None
        return has[kind] is not None

    def equal(self, line: dict[tuple[str, int], int], amount: float) -> None:
        found = np.zeros(self.size)
        for (kind, place), factor in line.items():
            found[self.kinds.index(kind) * len(self.raw.rows) + place] = factor
        self.matrix.append(found)
        self.right.append(amount)

    def range(self, kind: str, place: int) -> tuple[float, float]:
        aim = np.zeros(self.size)
        aim[self.kinds.index(kind) * len(self.raw.rows) + place] = 1
        given: dict[str, Any] = {"A_eq": np.array(self.matrix), "b_eq": self.right, "bounds": (0, None)}
        least, most = linprog(aim, **given), linprog(-aim, **given)
        assert least.status == 0
        return least.fun, -most.fun if most.status == 0 else float("inf")

    def audit(self, threshold: int, zero_is_small: bool, *, has_total: bool) -> None:
        for place in range(len(self.raw.rows)):
            for kind in self.kinds:
                truth = self.truth(kind, place)
                small = truth < threshold and (zero_is_small or truth > 0)
                if small and kind != "rest":
                    assert not self.is_shown(kind, place), (kind, place)
                if small and kind == "rest":
                    assert self.seen.rows[place].value is None
                if not has_total or (self.is_shown(kind, place) or (kind == "rest" and not small)):
                    continue
                least, most = self.range(kind, place)
                assert most - least > 1e-6, (kind, place, truth)
                if small:
                    assert most >= threshold - 1e-6, (kind, place, least, most)
                    assert most - least >= threshold - 1e-6, (kind, place, least, most)


numbers = st.one_of(st.integers(0, 4), st.integers(0, 15), st.integers(5, 300))


@st.composite
def families(draw: Any, statistic: str) -> Breakdown:
    """Breakdowns with broad groups, groups within some of them, the unknown, and mostly the total; some do not add up."""
    rows: list[BreakdownRow] = []

    def one(group: str, level: str, parts: list[BreakdownRow], parent: str | None = None) -> BreakdownRow:
        extra = draw(st.sampled_from([0, 0, 0, 2]))
        if statistic == "count":
            count = sum(int(row.value or 0) for row in parts) + extra if parts else draw(numbers)
            return people(group, level, count, parent)
        if parts:
            top = sum(int(row.numerator or 0) for row in parts)
            return share(group, level, top, sum(int(row.denominator or 0) for row in parts) + extra, parent)
        top = draw(numbers)
        return share(group, level, top, top + draw(numbers), parent)

    tops: list[BreakdownRow] = []
    for broad in range(draw(st.integers(1, 4))):
        parts = [one(f"G{broad}.{part}", "detailed", [], f"G{broad}") for part in range(draw(st.integers(0, 3)))]
        tops.append(one(f"G{broad}", "broad", parts))
        rows += parts
    if draw(st.booleans()):
        tops.append(one("Not known", "unknown", []))
    rows = tops + rows
    if draw(st.sampled_from([True, True, True, False])):
        rows.append(one("All", "total", tops))
    return of(*rows, statistic=statistic)


policies = st.builds(
    Policy,
    audience=st.sampled_from(["board", "public"]),
    threshold=st.sampled_from([5, 7, 10]),
    zero_is_small=st.booleans(),
    rounding=st.sampled_from([0, 5, 10]),
)


@given(families("count"), policies)
@examples(40)
def test_no_hidden_count_can_be_worked_out(raw: Breakdown, policy: Policy) -> None:
    seen = disclose(raw, policy)
    has_total = any(row.level == "total" for row in raw.rows)
    Attacker(raw, seen).audit(policy.threshold, policy.zero_is_small, has_total=has_total)


@given(families("percentage"), policies)
@examples(40)
def test_no_hidden_share_can_be_worked_out(raw: Breakdown, policy: Policy) -> None:
    seen = disclose(raw, policy)
    has_total = any(row.level == "total" for row in raw.rows)
    Attacker(raw, seen).audit(policy.threshold, policy.zero_is_small, has_total=has_total)


def hides(policy: Policy, *counts: float) -> bool:
    return any(count < policy.threshold and (policy.zero_is_small or count > 0) for count in counts)


@given(families("percentage"), policies)
@examples(30)
def test_shares_are_those_of_rounded_counts(raw: Breakdown, policy: Policy) -> None:
    for before, row in zip(raw.rows, disclose(raw, policy).rows, strict=True):
        if row.value is None:
            assert (row.lower, row.upper) == (None, None)
            assert row.status not in ("ok", "")
            continue
        assert row.numerator is not None
        assert row.denominator
        assert row.value == pytest.approx(100 * row.numerator / row.denominator, abs=0.051)
        assert row.lower is not None
        assert row.upper is not None
        assert row.lower <= row.value <= row.upper
        step = max(policy.rounding, 1)
        assert row.numerator % step == row.denominator % step == 0
        top, bottom = before.numerator or 0, before.denominator or 0
        assert not hides(policy, top, bottom, bottom - top)


def everything(seen: Disclosed, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Return every form in which a breakdown leaves, as text."""
    figure = figure_of(seen)
    _write_json(seen, None, [])
    return {
        "chart": plain(draw(figure, 120, 40, colour=False)),
        "table": "\n".join(" | ".join(row) for row in twin(figure).rows),
        "json": capsys.readouterr().out,
        "csv": breakdown_frame(seen).to_csv(index=False),
    }


def test_every_way_out_hides_the_same_rows_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    raw = of(
        share("White", "broad", 340, 630),
        share("Black", "broad", 3, 61),
        share("Asian", "broad", 47, 93),
        share("Not known", "unknown", 41, 89),
        share("All", "total", 431, 873),
    )
    seen = disclose(raw, Policy())
    hidden = [row.group for row in seen.rows if row.value is None]
    assert hidden == ["Black", "Asian"]
    for name, text in everything(seen, capsys).items():
        lines = text.splitlines() if name != "json" else [json.dumps(row) for row in json.loads(text)["rows"]]
        for group in hidden:
            line = next(line for line in lines if group in line)
            assert "hidden: fewer than 5," in line, name
            assert "3.3" not in line, name
            assert "4.9" not in line, name
        assert any("White" in line and "54" in line for line in lines), name
    table = list(csv.DictReader(io.StringIO(breakdown_frame(seen).to_csv(index=False))))
    assert {row["numerator"] for row in table if row["group"] in hidden} == {""}


def test_the_same_reason_for_small_ones_and_secondary_ones() -> None:
    seen = disclose(
        of(people("a", "broad", 3), people("b", "broad", 8), people("c", "broad", 90), statistic="count"), Policy()
    )
    assert [row.value for row in seen.rows] == [None, None, 90]
    assert len({row.status for row in seen.rows[:2]}) == 1


def test_a_group_hidden_within_a_broad_group_that_is_shown_has_secondary_suppression_there() -> None:
    raw = of(
        people("Asian", "broad", 60),
        people("White", "broad", 400),
        people("Chinese", "detailed", 2, "Asian"),
        people("Indian", "detailed", 20, "Asian"),
        people("Pakistani", "detailed", 38, "Asian"),
        people("All", "total", 460),
        statistic="count",
    )
    assert [row.value for row in disclose(raw, Policy()).rows] == [60, 400, None, None, 40, 460]


def test_few_left_over_hide_a_share_of_nearly_all() -> None:
    seen = disclose(
        of(share("a", "broad", 97, 100), share("b", "broad", 50, 100), share("All", "total", 147, 200)), Policy()
    )
    assert [row.value for row in seen.rows] == [None, None, 72.5]  # 145 of 200, the rounded counts
    assert [row.denominator for row in seen.rows] == [100, 100, 200]


def test_completeness_is_that_of_what_is_shown() -> None:
    raw = of(
        people("a", "broad", 90),
        people("b", "broad", 7),
        people("?", "unknown", 2),
        people("All", "total", 99),
        statistic="count",
    )
    assert disclose(replace(raw, completeness=97 / 99), Policy()).completeness is None
    assert disclose(replace(raw, completeness=97 / 99), Policy("team")).completeness == 97 / 99


def test_published_figures_are_never_hidden_twice() -> None:
    raw = of(
        people("a", "broad", 3),
        BreakdownRow("b", "broad", None, "suppressed", None, None, None, None),
        statistic="count",
    )
    seen = disclose(raw, Policy(), published=True)
    assert seen.rows == raw.rows
    assert seen.hidden == 0
    assert "published" in seen.note


def test_the_team_sees_raw_figures_and_is_told() -> None:
    raw = of(share("a", "broad", 3, 61))
    seen = disclose(raw, Policy("team"))
    assert seen.rows == raw.rows
    assert "team only" in seen.note
    assert "team only" in seen.badge


def test_what_the_file_says_of_missing_figures_stays() -> None:
    raw = of(
        people("a", "broad", 30),
        BreakdownRow("b", "broad", None, "not collected", None, None, None, None),
        statistic="count",
    )
    assert [row.status for row in disclose(raw, Policy()).rows] == ["ok", "not collected"]


def test_a_share_without_counts_is_hidden_because_nobody_can_check_it() -> None:
    raw = of(BreakdownRow("a", "broad", 33.3, "ok", None, None, None, None))
    assert [(row.value, row.status) for row in disclose(raw, Policy()).rows] == [(None, NO_COUNTS)]


def test_a_numerator_above_its_denominator_is_not_shown() -> None:
    row = BreakdownRow("a", "broad", 140.0, "ok", 70, 50, None, None)
    assert disclose(of(row, share("b", "broad", 40, 90)), Policy()).rows[0].value is None


def test_a_second_division_of_the_same_people_is_hidden_with_the_first() -> None:
    raw = of(
        people("a", "broad", 3),
        people("b", "broad", 97),
        people("young", "detailed", 40),
        people("old", "detailed", 60),
        people("All", "total", 100),
        statistic="count",
    )
    seen = {row.group: row.value for row in disclose(raw, Policy()).rows}
    assert seen == {"a": None, "b": None, "young": None, "old": None, "All": 100}


def test_two_rows_of_everyone_are_hidden_together() -> None:
    raw = of(people("a", "broad", 2), people("All", "total", 2), people("Everyone", "total", 2), statistic="count")
    assert [row.value for row in disclose(raw, Policy()).rows] == [None, None, None]


def test_the_settings_make_the_policy() -> None:
    assert Settings().policy("public") == Policy("public", 5, True, 5)
    assert Settings(small_number=7, rounding=10).policy("board") == Policy("board", 7, True, 10)
    assert Settings(small_number=0, rounding=-1).policy("board") == Policy("board")


def test_weaker_rules_hold_only_with_a_reason_and_it_is_printed() -> None:
    weaker = Settings(small_number=3, zero_is_small=False, rounding=0)
    assert weaker.policy("board") == Policy("board")
    weaker.weaker_because = "agreed with the Caldicott guardian"
    policy = weaker.policy("board")
    assert (policy.threshold, policy.zero_is_small, policy.rounding) == (3, False, 0)
    note = disclose(of(people("a", "broad", 30), statistic="count"), policy).note
    assert "below 3" in note
    assert "not at all" in note
    assert "agreed with the Caldicott guardian" in note
    assert "Weaker" not in disclose(of(people("a", "broad", 30), statistic="count"), Policy("board")).note


@pytest.mark.parametrize("policy", [Policy(threshold=0), Policy(rounding=-1)])
def test_rules_that_make_no_sense_are_refused(policy: Policy) -> None:
    with pytest.raises(ValueError, match="at least"):
        disclose(of(people("a", "broad", 3), statistic="count"), policy)


def _trees(*folders: str) -> list[tuple[Path, ast.Module]]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


OUT = ("amhe_tui/charts", "amhe_tui/report", "amhe_tui/plain", "amhe_tui/commands", "screens")
FILES = ("programme/disclosed.py", "analysis/disclosure/breakdown.py")


def _functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    trees = _trees(*OUT) + [
        (path, ast.parse(path.read_text(encoding="utf-8"))) for path in (ROOT / "amhe_tui" / name for name in FILES)
    ]
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node)
        for path, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_nothing_that_goes_out_takes_a_raw_breakdown() -> None:
    takers = {
        name
        for name, node in _functions()
        if not name.startswith("amhe_tui/analysis/")
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.annotation is not None
        and "Breakdown"
        in {one for one in ast.walk(argument.annotation) for one in ([one.id] if isinstance(one, ast.Name) else [])}
    }
    # The guard itself is where raw becomes disclosed, and only looks at them; a finding is the team's own record of what it saw.
    assert takers <= {
        "amhe_tui/programme/disclosed.py:disclosed",
        "amhe_tui/programme/disclosed.py:_belies",
        "screens/identify/breakdown_views.py:write_down",
    }
    accepted = {name for name, node in _functions() if "Disclosed" in ast.unparse(node.args)}
    assert {
        "amhe_tui/charts/evidence.py:figure_of",
        "amhe_tui/analysis/disclosure/breakdown.py:breakdown_frame",
        "amhe_tui/commands/breakdown.py:_write_json",
    } <= accepted


def test_the_scan_would_find_a_raw_breakdown() -> None:
    tree = ast.parse("def show(found: Breakdown | None) -> None: ...")
    node = tree.body[0]
    assert isinstance(node, ast.FunctionDef)
    assert node.args.args[0].annotation is not None
    assert "Breakdown" in {one.id for one in ast.walk(node.args.args[0].annotation) if isinstance(one, ast.Name)}


def test_only_the_guard_makes_disclosed_breakdowns_and_reads_raw_ones() -> None:
    makers: set[str] = set()
    readers: set[str] = set()
    for path, tree in _trees("amhe_tui", "screens"):
        where = str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Disclosed":
                makers.add(where)
            if (
                isinstance(node, ast.ImportFrom)
                and node.module == "amhe_tui.programme.breakdowns"
                and any(one.name == "breakdown" for one in node.names)
            ):
                readers.add(where)
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "breakdown"
                and isinstance(node.value, ast.Name)
                and node.value.id == "breakdowns"
            ):
                readers.add(where)
    assert makers == {"amhe_tui/analysis/disclosure/breakdown.py"}
    # Who is missing and who lives here are worked out from raw figures, on the guard's own floor; no face is among them.
    assert readers == {
        "amhe_tui/programme/disclosed.py",
        "amhe_tui/programme/population.py",
        "amhe_tui/programme/missing/completeness.py",
    }
