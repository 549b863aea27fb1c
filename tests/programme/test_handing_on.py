"""What is handed on in the template of HEAT Plus: the limits of a figure with it, and the true reason where there is nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from amhe_tui.cli import main
from amhe_tui.programme.assets import fitting
from amhe_tui.programme.heat_plus import COLUMNS
from store.records import Asset
from tests.support import new_file


def brought(folder: Path, words: str) -> Path:
    file, data = new_file(folder), folder / "data.csv"
    data.write_text(words, encoding="utf-8")
    assert main(["import", str(file), str(data)]) == 0
    return file


def handed_on(file: Path, *arguments: str) -> list[dict[str, str]]:
    out = file.parent / "heat.csv"
    assert main(["export", str(file), "--to", str(out), *arguments]) == 0
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert not rows or tuple(rows[0]) == COLUMNS
    return rows


def test_published_limits_go_with_their_figures(tmp_path: Path) -> None:
    file = brought(
        tmp_path,
        "Area,Year,Sex,Rate per 1000,Lower CI,Upper CI\nNorthmere,2023,Men,12.5,10.1,14.9\nNorthmere,2023,Women,9.5,8.1,11.2\n",
    )
    rows = {row["subgroup"]: row for row in handed_on(file, "--audience", "team")}
    assert (rows["Men"]["ci_lb"], rows["Men"]["ci_ub"]) == ("10.1", "14.9")
    assert (rows["Women"]["ci_lb"], rows["Women"]["ci_ub"]) == ("8.1", "11.2")


def test_limits_come_from_the_counts_behind_a_share(tmp_path: Path) -> None:
    file = brought(
        tmp_path,
        "Area,Year,Sex,Value,Numerator,Denominator,Unit\nNorthmere,2023,Men,50.0,120,240,%\nNorthmere,2023,Women,45.0,90,200,%\n",
    )
    rows = {row["subgroup"]: row for row in handed_on(file, "--audience", "team")}
    assert float(rows["Men"]["population"]) == 240
    assert float(rows["Men"]["ci_lb"]) == pytest.approx(43.72, abs=0.01)
    assert float(rows["Men"]["ci_ub"]) == pytest.approx(56.28, abs=0.01)


def test_no_limit_goes_with_what_was_rounded_or_hidden(tmp_path: Path) -> None:
    file = brought(
        tmp_path,
        "Area,Year,Sex,Value,Numerator,Denominator,Unit\nNorthmere,2023,Men,50.0,120,240,%\nNorthmere,2023,Women,45.0,90,200,%\n",
    )
    for row in handed_on(file, "--audience", "public"):
        assert (row["ci_lb"], row["ci_ub"], row["population"]) == ("", "", "")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Area,Sex,Referrals\nNorthmere,Men,120\nNorthmere,Women,230\n", "are counts, and the template takes"),
        ("Area,Age group,Sex,Rate\nNorthmere,0-17,Men,1.5\nNorthmere,18+,Women,2.5\n", "within other groups only"),
        ("Area,Year,Rate\nNorthmere,2022,1.5\nTollbrook,2022,2.5\n", "no figures by group"),
    ],
)
def test_the_reason_for_handing_on_nothing_is_the_true_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, reason: str
) -> None:
    file = brought(tmp_path, words)
    assert main(["export", str(file), "--to", str(tmp_path / "heat.csv")]) != 0
    assert reason in capsys.readouterr().err


# --- assets of a place ----------------------------------------------------------------------------------------------------------------------------


def asset(name: str, area: str = "", address: str = "", postcode: str = "") -> Asset:
    return Asset(name=name, kind="service", area=area, address=address, postcode=postcode)


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("Bury", ["Pantry", "Corner"]),
        ("bury", ["Pantry", "Corner"]),
        ("Didsbury", ["Church"]),
        ("New Bury", ["Kitchen"]),
        ("Mere", ["Hall"]),
        ("M33", ["Hall"]),
        ("Saltgate", ["Pantry"]),
        ("", ["Pantry", "Kitchen", "Church", "Corner", "Hall"]),
    ],
)
def test_assets_are_found_by_the_whole_name_of_a_place(place: str, names: list[str]) -> None:
    known = [
        asset("Pantry", "Bury", "14 Saltgate, Bury"),
        asset("Kitchen", "Bolton", "53 Sample Street New Bury"),
        asset("Church", "Manchester", "3 Sample Avenue, West Didsbury"),
        asset("Corner", "", "Union Street, Bury, next to Queensbury Court"),
        asset("Hall", "Mere and Tollbrook", "", "M33 2AA"),
    ]
    assert [one.name for one in fitting(known, area=place)] == names


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("Ynys Mon", ["Ynys Môn"]),
        ("St Helens", ["St Helens", "Saint Helens"]),
        ("Saint Helens", ["St Helens", "Saint Helens"]),
        ("Helens Bay", ["Helens Bay"]),
        ("Stoke on Trent", ["Stoke-on-Trent"]),
        ("Newcastle-upon-Tyne", ["Newcastle upon Tyne"]),
        ("Kings Lynn", ["King's Lynn", "King’s Lynn"]),
        ("King's Lynn", ["King's Lynn", "King’s Lynn"]),
        ("Kent", ["Kent"]),
        ("Ash", ["Ash"]),
        ("Bury", ["Bury", "Bury, Rochdale"]),
        ("Newcastle", ["Newcastle upon Tyne", "Newcastle-under-Lyme"]),
    ],
)
def test_a_place_is_found_however_its_name_is_spelt(place: str, names: list[str]) -> None:
    areas = [
        *("Ynys Môn", "St Helens", "Saint Helens", "Helens Bay", "Stoke-on-Trent", "Newcastle upon Tyne"),
        *("Newcastle-under-Lyme", "King's Lynn", "King’s Lynn", "Kent", "Kentish Town", "Ash", "Ashford"),
        *("Bury", "Bury, Rochdale", "Bury St Edmunds", "Didsbury"),
    ]
    assert [one.name for one in fitting([asset(area, area) for area in areas], area=place)] == names
