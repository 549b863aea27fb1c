"""Whether a gap became narrower: by the command, on the screen and in a report, with limits and a test of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.change import change_of
from amhe_tui.cli import main
from amhe_tui.method.number_methods import method_words
from tests.programme.test_said_to_an_audience import brought, printed

HEAD = "Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator\n"


def years(*of: tuple[str, tuple[int, int], tuple[int, int]]) -> str:
    """Return a file of White and Black people over some years."""
    lines: list[str] = []
    for year, white, black in of:
        both = white[0] + black[0], white[1] + black[1]
        lines += [
            f"Northmere,{year},{by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}\n"
            for by, group, (top, bottom) in (
                ("Ethnic group", "White", white),
                ("Ethnic group", "Black", black),
                ("Total", "All", both),
            )
        ]
    return HEAD + "".join(lines)


NARROWED = years(
    ("2021-22", (600, 1000), (400, 1000)), ("2022-23", (600, 1000), (500, 1000)), ("2023-24", (600, 1000), (570, 1000))
)
HARDLY = years(("2022-23", (600, 1000), (540, 1000)), ("2023-24", (600, 1000), (550, 1000)))
SMALL = years(("2022-23", (30, 60), (7, 22)), ("2023-24", (31, 60), (9, 24)))


def told(path: Path, capsys: pytest.CaptureFixture[str], audience: str, *more: str) -> str:
    return printed(
        capsys,
        *("breakdown", str(path), "--indicator", "Recovered.value", "--by", "Ethnic group", "--group", "Black"),
        *("--audience", audience, *more),
    )


@pytest.mark.parametrize("audience", ["team", "public"])
def test_a_gap_that_narrowed(tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str) -> None:
    path = brought(tmp_path, NARROWED)
    words = told(path, capsys, audience)
    assert "Since 2021-22 this gap became narrower by 17.0 percentage points, from 20.0 to 3.0" in words
    assert "more than chance alone would give." in words
    assert "Since 2022-23 this gap became narrower by 7.0" in told(path, capsys, audience, "--since", "2022-23")
    change = json.loads(told(path, capsys, audience, "--json"))["change"]
    assert (change["since"], change["beyond_chance"]) == ("2021-22", True)
    assert change["change"]["value"] == pytest.approx(17)
    assert change["change"]["lower"] < 17 < change["change"]["upper"]


def test_a_change_that_chance_could_give_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = told(brought(tmp_path, HARDLY), capsys, "team")
    assert "became narrower by 1.0 percentage points, from 6.0 to 5.0" in words
    assert "which chance alone could give" in words


def test_rounded_counts_that_cannot_carry_it_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, SMALL)
    assert "this gap became" in told(path, capsys, "team")
    words = told(path, capsys, "public")
    assert "Since 2022-23 this gap" not in words
    assert "cannot be told: the counts are rounded, and too few." in words


def test_an_only_period_has_no_change_and_one_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = brought(tmp_path, years(("2023-24", (600, 1000), (540, 1000))))
    assert "Since" not in told(path, capsys, "team")
    assert (
        main(["breakdown", str(path), "--indicator", "Recovered.value", "--by", "Ethnic group", "--since", "1999"]) == 1
    )
    assert "There is no period 1999" in capsys.readouterr().err


def test_one_gap_wider_than_chance_and_one_not_is_no_change_by_itself() -> None:
    sure, unsure = Gap(0.10, 0.02, 0.18, 0, "a", 0.95), Gap(0.07, -0.01, 0.15, 0, "a", 0.95)
    assert sure.beyond_chance
    assert not unsure.beyond_chance
    change = change_of(sure, unsure)
    assert change.beyond_chance is False
    assert (change.lower, change.upper) == pytest.approx((-0.03 - 0.08 * 2**0.5, -0.03 + 0.08 * 2**0.5))
    assert change_of(sure, Gap(0.07, None, None, 0, "a", 0.95)).beyond_chance is None
    assert method_words(change.method)
