"""Places side by side, on the real way from a file to the command and the screen: the country, peers, limits, and what is hidden."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.gaps.reading import reading_of
from amhe_tui.cli import main
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.findings import finding_of
from amhe_tui.programme.places import disclosed_places
from amhe_tui.report import write_report
from screens.identify.breakdown import _LAST, BreakdownScreen
from store.records import Audience
from store.workspace import Workspace
from tests.programme.test_said_to_an_audience import brought, printed
from tests.support import press, running, screen_text, told, words_on, write

ICBS = {
    "Northmere": (480, 1000),
    "Tollbrook": (560, 1000),
    "Harwick": (430, 1000),
    "Esk": (51, 100),
    "Fenby": (6, 9),
    "Gorse": (500, 1050),
}


def places_file(*, country: bool = True) -> str:
    """Return shares of two sexes and everybody in some places, one of them with few people."""
    lines = ["Area Type,Area,Area code,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator"]
    there = [("England", "England", "E92000001", 48200, 100_000)] if country else []
    there += [("ICB", name, f"E5400000{number}", *pair) for number, (name, pair) in enumerate(ICBS.items())]
    for kind, name, code, top, bottom in there:
        lines += [
            f"{kind},{name},{code},2023-24,{by},{group},Recovered,{100 * part / whole:.1f},{part},{whole}"
            for by, group, part, whole in (
                ("Total", "All", top, bottom),
                ("Sex", "Female", top // 2, bottom // 2),
                ("Sex", "Male", top - top // 2, bottom - bottom // 2),
            )
        ]
    return "\n".join(lines) + "\n"


def asked(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    return printed(
        capsys, *("breakdown", str(path), "--indicator", "Recovered.value", "--by", "Sex", "--places"), *more
    )


def test_every_place_stands_beside_the_country(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, places_file())
    more = ("--audience", "team", "--area", "Northmere", "--peer", "Tollbrook")
    found = json.loads(asked(path, capsys, *more, "--json"))
    assert (found["around"], found["baseline"], found["kind"]) == ("England", pytest.approx(48.2), "ICB")
    assert [place["place"] for place in found["places"]] == [
        *("England", "Northmere", "Tollbrook", "Fenby", "Esk", "Gorse", "Harwick")
    ]
    stands = {place["place"]: place["standing"] for place in found["places"]}
    assert stands == {
        "England": "",
        "Northmere": "within",
        "Tollbrook": "high_far",
        "Fenby": "within",
        "Esk": "within",
        "Gorse": "within",
        "Harwick": "low_far",
    }
    words = asked(path, capsys, *more)
    assert "Northmere 48.0 (44.9 to 51.1), within the limits; Tollbrook 56.0" in words
    assert "Of 6 places set against England (48.2), 2 lie outside the 95% limits" in words
    assert "(below: Harwick; above: Tollbrook) and 2 outside the 99.8% ones" in words
    assert "chance alone would put about 0.3 and fewer than 0.1 there" in words
    assert "Tollbrook ▲▲" in words
    assert "▾ England 48.2" in words
    male = json.loads(asked(path, capsys, "--audience", "team", "--group", "male", "--json"))
    assert {place["place"]: place["numerator"] for place in male["places"]}["Esk"] == 26


@pytest.mark.parametrize("audience", ["public", "board"])
def test_a_place_that_is_hidden_is_shown_as_hidden_and_stands_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str
) -> None:
    path = brought(tmp_path, places_file())
    found = json.loads(asked(path, capsys, "--audience", audience, "--json"))
    fenby = next(place for place in found["places"] if place["place"] == "Fenby")
    assert fenby["status"].startswith("hidden")
    assert not any(fenby[name] for name in fenby if name not in ("place", "status", "denominator"))
    assert all((place["numerator"] or 0) % 5 == 0 for place in found["places"])
    assert "Of 5 places set against England" in found["sentence"]
    assert "1 has no figure that may be seen, and no place in the funnel." in found["sentence"]
    assert "Fenby,,,,," in asked(path, capsys, "--audience", audience, "--csv")


def test_no_face_holds_the_true_counts(tmp_path: Path) -> None:
    with Workspace.open(brought(tmp_path, places_file())) as workspace:
        found = disclosed_places(workspace, "Recovered.value", "Sex", Policy("public"))
    assert len(found.placed) == 7
    assert all(one.place.true is None for one in found.placed)
    assert (found.figures.judge, found.figures.by_age) == (None, None)
    assert "numerator=6," not in repr(found)  # those of Fenby, which are hidden


def test_without_a_country_places_stand_around_all_of_them_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = brought(tmp_path, places_file(country=False))
    found = json.loads(asked(path, capsys, "--audience", "team", "--json"))
    assert found["around"] == ""
    tops, bottoms = (sum(pair[part] for pair in ICBS.values()) for part in (0, 1))
    assert found["baseline"] == pytest.approx(100 * tops / bottoms)
    assert "set against all places shown together" in found["sentence"]


def test_counts_and_unknown_peers_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, places_file())
    counts = ["breakdown", str(path), "--indicator", "Recovered.numerator", "--by", "Sex", "--places"]
    assert main(counts) == 1
    assert "a large place has more" in capsys.readouterr().err
    assert main([*counts[:2], "--indicator", "Recovered.value", "--by", "Sex", "--peer", "Nowhere"]) == 1
    assert "There is no place Nowhere" in capsys.readouterr().err
    assert main([*counts[:2], "--indicator", "Recovered.value", "--by", "Sex", "--places", "--group", "Nobody"]) == 1
    assert "Fewer than two places have a figure for Nobody" in capsys.readouterr().err


def test_a_report_says_where_the_place_of_a_finding_stands(tmp_path: Path) -> None:
    path = brought(tmp_path, places_file())
    with Workspace.open(path) as workspace:
        for area in ("Tollbrook", "England"):
            found = breakdown(workspace, "Recovered.value", "Sex", area=area)
            with workspace.change("Write it down") as change:
                change.add(finding_of(found, reading_of(found, group="Male"), date(2026, 11, 23)))
        words = {
            audience: write_report(workspace, audience, "md", date(2026, 11, 23))
            for audience in (Audience.TEAM, Audience.BOARD)
        }
    for text in words.values():
        assert text.count("The group Male place by place: ") == 1  # not of the country, which has no others beside it
        assert "Tollbrook 56.0 (51.6 to 60.3), above the 99.8% limits." in text
        assert "How far the share of a place of this size can be" in text
    assert "Of 6 places set against England (48.2)" in words[Audience.TEAM]
    assert "Of 5 places set against England (48.2)" in words[Audience.BOARD]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield brought(tmp_path, places_file())
    _LAST.clear()


async def test_places_by_keys_and_a_peer_put_in_and_taken_out(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b", "6")
        assert isinstance(app.screen, BreakdownScreen)
        assert "places side by side (ICB), everybody" in words_on(app)
        assert "▾ England 48.2" in screen_text(app)
        assert "Harwick ▼▼" in screen_text(app)
        assert "Of 6 places set against England (48.2), 2 lie outside" in words_on(app)
        await press(app, pilot, "a")
        await write(pilot, "Northmere")
        await press(app, pilot, "enter", "o")
        await write(pilot, "Esk")
        await press(app, pilot, "enter")
        assert "▸ Northmere" in screen_text(app)
        assert "Northmere 48.0 (44.9 to 51.1), within the limits; Esk 51.0" in words_on(app)
        await press(app, pilot, "t")
        assert "a peer; within" in screen_text(app)
        await press(app, pilot, "t", "m")
        assert "How far the share of a place of this size" in words_on(app)
        await press(app, pilot, "escape", "o")
        await write(pilot, "take it out")
        await press(app, pilot, "enter")
        assert "; Esk 51.0" not in words_on(app)
        await press(app, pilot, "k")
        await write(pilot, "Female")
        await press(app, pilot, "enter")
        assert "places side by side (ICB), Female" in words_on(app)
        await press(app, pilot, "i")
        await write(pilot, "count")
        await press(app, pilot, "enter")
        assert "by Sex · Bars" in words_on(app)  # a count has no places to set side by side, so its bars are shown
        await press(app, pilot, "6")
        assert "Bare counts of places" in told(app)
