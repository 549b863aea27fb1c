"""The library against the peers' published outputs: a sample in this tree, and all of them where ../shared lies beside the checkout."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from oracle_adapter import ANSWERED, answer
from scipy.optimize import linprog

SAMPLE = Path(__file__).parents[1] / "vectors_sample"
ALL = Path(__file__).parents[2].parent / "shared" / "vectors"
FILES = ("agreement", "ipras", "voting", "two_proportions", "phe", "healthequal", "representation", "suppression")


def cases() -> list[Any]:
    found: dict[str, Any] = {}
    for folder in (SAMPLE, ALL):
        for name in FILES:
            path = folder / f"{name}.json"
            if path.exists():
                found |= {case["id"]: (name, case) for case in json.loads(path.read_text(encoding="utf-8"))["cases"]}
    return [pytest.param(name, case, id=key) for key, (name, case) in found.items() if case.get("compare", True)]


CASES = cases()


def nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def agrees(got: Any, expected: Any, relative: float, absolute: float) -> bool:
    if isinstance(expected, dict):
        return all(key in got and agrees(got[key], value, relative, absolute) for key, value in expected.items())
    if isinstance(expected, list):
        return len(got) == len(expected) and all(
            agrees(*pair, relative, absolute) for pair in zip(got, expected, strict=True)
        )
    if expected == "error":  # the peer failed here; anything sound is better
        return True
    if expected is None or expected == "NaN":
        return nothing(got)
    if expected == "Inf":
        return got == math.inf
    if isinstance(expected, bool | str):
        return got == expected
    return not nothing(got) and math.isclose(got, expected, rel_tol=relative, abs_tol=absolute)


def canonical(case: dict[str, Any]) -> dict[str, Any]:
    """The peer's answer in the unit of its estimate, where ``se_unit`` says that its error, or its limits too, are in another."""
    expected, unit = case["expected"], case.get("se_unit", "")
    if not unit or "estimate" not in expected or not isinstance(expected["se"], int | float):
        return expected
    if unit.startswith("fraction of scale"):
        most = max(figure for figure in case["input"]["est"] if figure is not None)
        scale = next(power for power in (1, *(10**exponent for exponent in range(2, 12))) if power >= most)
        return expected | {"se": expected["se"] * scale}
    factor = 100 if unit.startswith("fraction (estimate is in percent)") else 1000
    middle = expected["estimate"]
    limits = {key: middle + (expected[key] - middle) * factor for key in ("lowerci", "upperci")}
    return expected | limits | {"se": expected["se"] * factor}


def width_allowed(case: dict[str, Any], key: str) -> float | None:
    """The share of the width of the limits by which they may differ, where the peer simulates or differentiates numerically."""
    if key == "ci_mc":
        return 0.15
    if key in ("sii_ci", "rii_ci"):
        return 0.05
    return 1e-4 if case["fn"] in ("sii", "rii") and key in ("lowerci", "upperci") else None


def tolerance(name: str, case: dict[str, Any], key: str, expected: dict[str, Any]) -> tuple[float, float]:
    kind, share = case["kind"], width_allowed(case, key)
    if share is not None:
        ends = expected[key] if isinstance(expected[key], list) else [expected["lowerci"], expected["upperci"]]
        return 0, share * (ends[1] - ends[0]) if isinstance(ends[0], int | float) else 0
    if name == "representation":
        return 1e-12, 1e-13
    if name == "healthequal":
        slope = case["fn"] in ("sii", "rii")
        if key == "estimate":
            return 1e-6 if slope else 1e-9, 1e-9
        return 1e-4 if slope else 1e-7, 1e-9
    if key.endswith("_score"):
        return 1e-9, 1e-6
    if kind == "peer-test" or (name == "agreement" and key == "p"):
        return 1e-6, 1e-12
    return 1e-9, 1e-12


def question(case: dict[str, Any]) -> dict[str, Any]:
    """The input, where the two rows of UKHSA's own test sheet are per 10,000 although the vector says per 100,000."""
    per_ten_thousand = case["fn"] == "dsr_dobson" and case["kind"] == "peer-test"
    return case["input"] | ({"multiplier": 10_000} if per_ten_thousand else {})


def peer_is_wrong(case: dict[str, Any], key: str) -> bool:
    """The three places where a peer's output is not what its formula says; each has a test of its own elsewhere.

    statsmodels puts a count where the cubic of Miettinen and Nurminen has a group's size, and stops their ratio where
    everybody of a group is counted and its closed form is no number; irr does not divide by the number of coders less
    one where no code is missing.
    """
    if key == "diff_ci_score" or (key == "ratio_ci_score" and case["input"]["a"] == case["input"]["n1"]):
        return True
    table = case["input"].get("items_by_raters", [[]])
    return case["fn"].startswith("krippendorff") and len(table[0]) > 2 and not any(None in row for row in table)


def pinned(table: list[list[int]], mask: set[tuple[int, int]], margins: dict[str, Any]) -> list[tuple[int, int]]:
    """The hidden cells that the shown cells and the margins leave only one value, by linear programming."""
    hidden = sorted(mask)
    lines = [[(row, column) for column in range(len(table[0]))] for row in range(len(table))]
    if len(table) > 1:
        lines += [[(row, column) for row in range(len(table))] for column in range(len(table[0]))]
    equalities, sums = [], []
    for line in lines:
        if mask & set(line):
            equalities.append([float(cell in line) for cell in hidden])
            sums.append(sum(table[row][column] for row, column in line if (row, column) in mask))
    assert margins["row_totals"] == [sum(row) for row in table]
    found = []
    for cell in hidden:
        aim = [float(cell == other) for other in hidden]
        ends = [
            linprog([sign * part for part in aim], A_eq=equalities, b_eq=sums, bounds=(0, None)).fun * sign
            for sign in (1, -1)
        ]
        if ends[1] - ends[0] < 1e-6:
            found.append(cell)
    return found


@pytest.mark.parametrize("case", [case.values[1] for case in CASES if case.values[1]["fn"] == "suppression"])
def test_hidden_cells_stay_hidden(case: dict[str, Any]) -> None:
    got, expected = answer("suppression", case["input"]), case["expected"]
    mask = {(row, column) for row, column in got["mask"]}
    assert got["rounded"] == expected["rounded"]
    for small in ("primary_1_to_4", "primary_under_5_incl_zero"):
        assert mask >= {(row, column) for row, column in expected[small]}
    assert not pinned(case["input"]["table"], mask, case["input"])


@pytest.mark.parametrize(
    ("name", "case"), [case for case in CASES if case.values[1]["fn"] in ANSWERED - {"suppression"}]
)
def test_answer_is_the_peers(name: str, case: dict[str, Any]) -> None:
    if case["expected"].get("error"):
        with pytest.raises(ValueError, match=r"\w.*\."):
            answer(case["fn"], question(case))
        return
    got, wanted = answer(case["fn"], question(case)), canonical(case)
    wrong = {
        key: (got.get(key, "nothing"), expected)
        for key, expected in wanted.items()
        if not peer_is_wrong(case, key)
        and not (key in got and agrees(got[key], expected, *tolerance(name, case, key, wanted)))
    }
    assert not wrong


def test_every_function_that_is_answered_has_a_case() -> None:
    seen = Counter(case.values[1]["fn"] for case in CASES)
    assert set(seen) >= ANSWERED
    assert len(ANSWERED) == 51


def test_what_is_not_answered_says_so() -> None:
    with pytest.raises(ValueError, match="does not answer moonshine yet"):
        answer("moonshine", {})
