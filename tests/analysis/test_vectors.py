"""The library against the peers' published outputs: a sample in this tree, and all of them where ../shared lies beside the checkout."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from oracle_adapter import ANSWERED, answer

SAMPLE = Path(__file__).parents[1] / "vectors_sample"
ALL = Path(__file__).parents[2].parent / "shared" / "vectors"
FILES = ("agreement", "ipras", "voting", "two_proportions", "phe")


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


def tolerance(name: str, kind: str, key: str) -> tuple[float, float]:
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


@pytest.mark.parametrize(("name", "case"), [case for case in CASES if case.values[1]["fn"] in ANSWERED])
def test_answer_is_the_peers(name: str, case: dict[str, Any]) -> None:
    if case["expected"].get("error"):
        with pytest.raises(ValueError, match=r"\w.*\."):
            answer(case["fn"], question(case))
        return
    got = answer(case["fn"], question(case))
    wrong = {
        key: (got.get(key, "nothing"), expected)
        for key, expected in case["expected"].items()
        if not peer_is_wrong(case, key)
        and not (key in got and agrees(got[key], expected, *tolerance(name, case["kind"], key)))
    }
    assert not wrong


def test_every_function_that_is_answered_has_a_case() -> None:
    seen = Counter(case.values[1]["fn"] for case in CASES)
    assert set(seen) >= ANSWERED
    assert len(ANSWERED) == 26


def test_what_is_not_answered_says_so() -> None:
    with pytest.raises(ValueError, match="does not answer moonshine yet"):
        answer("moonshine", {})
