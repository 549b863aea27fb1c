"""The slope indices of WHO and of England stand side by side in the command, with what sets them apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amhe_tui.analysis.inequality.slope_ukhsa import slope_index
from amhe_tui.cli import main
from tests.programme.test_said_to_an_audience import brought, printed

FIFTHS = (
    "Most deprived fifth",
    "Second most deprived fifth",
    "Middle fifth",
    "Second least deprived fifth",
    "Least deprived fifth",
)
TOPS = (400, 450, 480, 530, 580)
FILE = "Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator\n" + "".join(
    f"Northmere,2023-24,Deprivation fifth,{fifth},Recovered,{top / 10:.1f},{top},1000\n"
    for fifth, top in zip(FIFTHS, TOPS, strict=True)
)


def asked(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    return printed(
        capsys,
        *("breakdown", str(path), "--indicator", "Recovered.value", "--by", "Deprivation fifth", "--audience", "team"),
        *more,
    )


def test_the_two_slopes_are_given_with_their_limits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, FILE)
    found: dict[str, Any] = {
        measure["measure"]: measure for measure in json.loads(asked(path, capsys, "--measures", "--json"))["measures"]
    }
    who, england = found["sii"], found["sii_ukhsa"]
    for index in (who, england):
        assert index["lower"] < 22 < index["upper"]
        assert index["value"] == pytest.approx(22, abs=0.6)
    assert who["method"].startswith("slope.who")
    assert england["method"].startswith("slope.ukhsa.linear.exact")
    expected = slope_index([top / 10 for top in TOPS], [1000.0] * 5, ranks=[1, 2, 3, 4, 5]).slope.value
    assert england["value"] == pytest.approx(expected)
    assert found["rii_ukhsa"]["value"] > 1
    words = asked(path, capsys, "--measures")
    assert "Slope index of inequality (WHO, logistic): 2" in words
    assert "Slope index of inequality (England, straight line): 22" in words
    assert "Slope index" not in asked(path, capsys)


def test_bare_counts_have_no_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, FILE)
    assert (
        main(["breakdown", str(path), "--indicator", "Recovered.numerator", "--by", "Deprivation fifth", "--measures"])
        == 1
    )
    assert "how many is not how likely" in capsys.readouterr().err
