"""Core20PLUS5 ready-made, from a file to the command and the screen: the fifth, the groups, and severe mental illness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.identify.breakdown import _LAST
from tests.analysis.gaps.test_core20 import DECILES
from tests.programme.test_said_to_an_audience import brought, printed
from tests.support import press, running, words_on

TOPS = (401, 422, 500, 500, 500, 500, 500, 500, 500, 503)
HEAD = "Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator\n"
EVERYBODY = ("Total", "All", sum(TOPS), 10_000)
ETHNIC = (("Ethnic group", "White", 4000, 8000), ("Ethnic group", "Black", 826, 2000))


def file_of(indicator: str, tops: tuple[int, ...] = TOPS) -> str:
    groups = [("IMD Decile", label, top, 1000) for label, top in zip(DECILES, tops, strict=True)]
    return HEAD + "".join(
        f"Northmere,2023-24,{by},{group},{indicator},{100 * top / bottom:.1f},{top},{bottom}\n"
        for by, group, top, bottom in (*groups, *ETHNIC, EVERYBODY)
    )


@pytest.mark.parametrize(("audience", "people"), [("team", 178), ("public", 180)])
def test_the_most_deprived_fifth_against_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str, people: int
) -> None:
    path = brought(tmp_path, file_of("Recovered"))
    found = json.loads(printed(capsys, "core20", str(path), "--json", "--audience", audience))
    (core,) = found["core20"]
    fifth = core["rows"][0]
    expected = (823, 2000) if audience == "team" else (820, 2000)
    assert (fifth["numerator"], fifth["denominator"]) == expected
    assert core["people"] == people
    assert "in the group Most deprived fifth" in core["sentence"]
    assert "wider gap than chance alone would give" in core["sentence"]
    words = printed(capsys, "core20", str(path), "--audience", audience)
    assert "Here: Ethnic minority communities (by Ethnic group)." in words
    assert "Lacking: Homeless people and rough sleepers; " in words
    assert "Coastal communities" in words
    assert "Nothing in the file names it" in words


def test_no_surer_than_the_figures_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, file_of("Recovered", (495, 490, *[500] * 8)))
    words = printed(capsys, "core20", str(path), "--audience", "team")
    assert "too close to tell from chance" in words
    assert "would have had" not in words


def test_rounding_turns_no_fifth_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Truly 16 of 54 against 72 of 232, fewer; rounded to five 20 of 50 against 80 of 240, more."""
    groups = [("IMD Decile", label, *((8, 27) if number < 2 else (9, 29))) for number, label in enumerate(DECILES)]
    text = HEAD + "".join(
        f"Northmere,2023-24,{by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}\n"
        for by, group, top, bottom in (*groups, ("Total", "All", 88, 286))
    )
    path = brought(tmp_path, text)
    team, public = (printed(capsys, "core20", str(path), "--audience", audience) for audience in ("team", "public"))
    assert "fewer of every 100" in team
    assert "these are too few, or too near each other, to say whether" in public
    assert "more of every 100" not in public
    found = json.loads(printed(capsys, "core20", str(path), "--json", "--audience", "public"))["core20"][0]
    most, rest, _ = found["rows"]
    # The counts would give the order back that the range withholds: 20 of 50 against 80 of 240.
    assert (most["value"], most["numerator"], most["denominator"]) == (None, None, None)
    assert (most["status"], rest["value"]) == ("between 29 and 53", pytest.approx(33.3, abs=0.1))


def test_a_range_of_one_rank_is_not_said_of_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rounded to five, the second fifth stands above the third, and truly below it: a range, which is not that of all four."""
    pairs = [(16, 28), (7, 13), (8, 17), (30, 83), (28, 80)]
    groups = [
        ("IMD quintile", f"Quintile {number}{end}", *pair)
        for number, (pair, end) in enumerate(
            zip(pairs, (" (most deprived)", "", "", "", " (least deprived)"), strict=True), 1
        )
    ]
    text = HEAD + "".join(
        f"Northmere,2023-24,{by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}\n"
        for by, group, top, bottom in (*groups, ("Total", "All", 89, 221))
    )
    path = brought(tmp_path, text)
    asked = ("--indicator", "Recovered.value", "--by", "IMD quintile", "--audience", "public", "--json")
    alone = json.loads(printed(capsys, "breakdown", str(path), *asked))["rows"]
    assert any(row["status"].startswith("between") for row in alone)
    assert all(row["numerator"] is row["denominator"] is None for row in alone if row["value"] is None)
    found = json.loads(printed(capsys, "core20", str(path), "--json", "--audience", "public"))["core20"][0]
    rest = next(row for row in found["rows"] if row["group"] == "Other four fifths")
    assert not rest["status"].startswith("between") or rest["status"] not in [row["status"] for row in alone]
    assert rest["value"] is None or abs(rest["value"] - 100 * 73 / 193) < 8


def test_severe_mental_illness_is_found_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, file_of("SMI physical health check"))
    found = json.loads(printed(capsys, "core20", str(path), "--json", "--audience", "team"))
    assert any("SMI" in name for name in found["severe_mental_illness"])
    assert "The file has: SMI" in printed(capsys, "core20", str(path), "--audience", "team")


def test_what_cannot_be_put_so_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = HEAD + "".join(
        f"Northmere,2023-24,IMD group,{group},Recovered,{top / 10},{top},1000\n"
        for group, top in (("Poor", 401), ("Rich", 503))
    )
    words = printed(capsys, "core20", str(brought(tmp_path, text)), "--audience", "team")
    assert "not all deciles or fifths" in words


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield brought(tmp_path, file_of("Recovered"))
    _LAST.clear()


async def test_one_key_from_all_gaps(path: Path) -> None:
    async with running(path, (120, 40)) as (app, pilot):
        await press(app, pilot, "enter", "G", "c")
        words = " ".join(words_on(app).replace("│", "").split())
        assert "Core20: the most deprived fifth against the other four" in words
        assert "everyone else: 9 fewer of every 100, a wider gap than chance alone would give. With" in words
