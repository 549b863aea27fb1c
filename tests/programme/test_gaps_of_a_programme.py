"""Every gap of a file read at once is what each breakdown alone says; populations and findings rest on the same figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amhe_tui.analysis.gaps.overview import gap_overview
from amhe_tui.analysis.gaps.reading import groups_of, reading_of
from amhe_tui.intake.loading.bring import bring
from amhe_tui.programme.breakdowns import breakdown, withins_of
from amhe_tui.programme.findings import finding_of, link_sources, same_finding
from amhe_tui.programme.gaps import gap_sets, places_with_gaps
from amhe_tui.programme.population import access_breakdowns, against_population
from store.records import Finding, IndicatorMeaning
from store.workspace import Workspace
from tests.support import HEADER

PLACES = {"Q9": "Northmere ICB", "N1": "Tollbrook"}
GROUPS = {
    ("White", "All"): (700, 360),
    ("Black or Black British", "All"): (210, 80),
    ("Black or Black British", "African"): (150, 55),
    ("Black or Black British", "Caribbean"): (60, 25),
    ("Not stated/Not known/Invalid", "All"): (90, 40),
}


def service_file(folder: Path) -> Path:
    """Write figures of two places: a broad level, a detailed one, the unknown and the total, one figure hidden."""
    lines: list[str] = []
    for code, name in PLACES.items():
        half = 1 if code == "Q9" else 2
        total = (sum(n for n, _ in list(GROUPS.values())[:2]) + 90) // half, (360 + 80 + 40) // half
        for (kind, part), (finished, recovered) in {
            **GROUPS,
            ("Total", "NULL"): (total[0] * half, total[1] * half),
        }.items():
            who = "Total,NULL,NULL" if kind == "Total" else f"Ethnic Group,{kind},{part}"
            seen, well = finished // half, recovered // half
            hidden = code == "N1" and part == "Caribbean"
            for measure, statistic, value in (
                ("referrals_received", "count", seen * 2),
                ("finished_course_treatment", "count", seen),
                ("not_at_caseness", "count", 0),
                ("recovery", "count", "*" if hidden else well),
                ("recovery", "percentage", "*" if hidden else round(100 * well / seen, 1)),
            ):
                kind_of_place = "ICB" if code == "Q9" else "Sub ICB"
                lines.append(
                    f"2030-31,2030-04-01,2031-03-31,{kind_of_place},{code},{name},{who},{measure},{statistic},{value}\n"
                )
    path = folder / "service.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def population_file(folder: Path) -> Path:
    """Write the population of one place, by ethnic group."""
    path = folder / "population.csv"
    path.write_text(
        "area,characteristic,group,count\nNorthmere ICB,Ethnic Group,White,70000\nNorthmere ICB,Ethnic Group,Black or Black British,42000\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    Workspace.create(tmp_path / "a.amhe", name="Fair start").close()
    found = Workspace.open(tmp_path / "a.amhe")
    bring(found, service_file(tmp_path))
    return found


def with_population(workspace: Workspace, folder: Path) -> None:
    mapping = {"area": "area", "characteristic": "characteristic", "group": "group", "value": "count"}
    bring(workspace, population_file(folder), mapping=mapping, about={"kind": "population", "title": "People here"})


def test_every_set_is_what_its_breakdown_says(workspace: Workspace) -> None:
    sets = gap_sets(workspace, area="all")
    assert {(sets.place_of(one).name, bool(sets.detailed[one])) for one in range(len(sets))} == {
        (name, detailed) for name in PLACES.values() for detailed in (False, True)
    }
    for one in range(len(sets)):
        alone = breakdown(workspace, sets.indicator_of(one).id, "Ethnic Group", area=sets.place_of(one).name)
        level = "detailed" if sets.detailed[one] else "broad"
        rows = {row.group: row for row in alone.rows if row.level == level}
        mine = {row.group: row for row in sets.breakdown(one).rows if row.level == level}
        assert mine.keys() == rows.keys()
        for group, row in mine.items():
            other = rows[group]
            assert (row.value, row.numerator, row.denominator, row.status) == (
                other.value,
                other.numerator,
                other.denominator,
                other.status,
            )


def test_people_whose_group_is_not_known_are_in_no_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GROUPS, ("White", "Not stated"), (70, 1))
    with Workspace.create(tmp_path / "b.amhe", name="Fair start") as workspace:
        bring(workspace, service_file(tmp_path))
        found = breakdown(workspace, "recovery.percentage", "Ethnic Group", area="Q9")
        assert ("Not stated", "detailed") in {(row.group, row.level) for row in found.rows}
        assert "Not stated" not in gap_sets(workspace, area="all").group
        assert [row.group for row in groups_of(found, "detailed")] == ["African", "Caribbean"]


def test_the_widest_place_unless_another_is_asked_for(workspace: Workspace) -> None:
    names = [{line.area for line in gap_overview(gap_sets(workspace, area=area)).lines} for area in ("", "N1", "all")]
    assert names == [{"Northmere ICB"}, {"Tollbrook"}, set(PLACES.values())]
    assert set(places_with_gaps(workspace)) == set(PLACES.values())


def test_the_use_of_a_service_against_who_lives_there(workspace: Workspace, tmp_path: Path) -> None:
    assert access_breakdowns(workspace) == []
    counts = breakdown(workspace, "referrals_received.count", "Ethnic Group", area="Northmere ICB")
    assert against_population(workspace, counts) is None
    with_population(workspace, tmp_path)
    beside = against_population(workspace, counts)
    assert beside is not None
    assert [(one.label, one.used, one.lives) for one in beside.groups] == [
        ("White", 1400, 70000),
        ("Black or Black British", 420, 42000),
    ]
    assert beside.unknown == 180
    rates = beside.rates()
    assert [row.value for row in rates.rows] == [20.0, 10.0]
    assert (
        "in the group Black or Black British (people who live there), there were 10 referrals received, against 20"
        in reading_of(rates, group="Black or Black British").sentence
    )
    assert [one.indicator_id for one in access_breakdowns(workspace)] == [
        "referrals_received.count",
        "finished_course_treatment.count",
    ]
    assert any("People here" in note for note in rates.notes)


def test_a_share_is_never_put_against_a_population(workspace: Workspace, tmp_path: Path) -> None:
    with_population(workspace, tmp_path)
    assert against_population(workspace, breakdown(workspace, "recovery.percentage", "Ethnic Group", area="Q9")) is None


def test_what_a_person_says_of_an_indicator_counts(workspace: Workspace) -> None:
    with workspace.change("Say what it means") as change:
        change.add(
            IndicatorMeaning(
                indicator_id="recovery.percentage",
                direction="down",
                counted="people asked",
                outcome="were unhappy",
                reference="White",
            )
        )
    found = breakdown(workspace, "recovery.percentage", "Ethnic Group", area="Q9")
    assert found.known.higher_is_better is False
    assert found.known.numerator == "recovery.count"
    assert reading_of(found).sentence.startswith("Among people asked, 51 of every 100 in the group White were unhappy")
    lines = gap_overview(gap_sets(workspace)).lines
    assert lines[0].group == "White"


def test_a_finding_freezes_its_numbers_and_is_never_made_twice(workspace: Workspace) -> None:
    found = breakdown(workspace, "recovery.percentage", "Ethnic Group", area="Q9")
    reading = reading_of(found, group="Black or Black British", compared_with="White")
    finding = finding_of(found, reading, date(2031, 5, 1))
    assert same_finding(workspace, finding) is None
    with workspace.change("Add a finding") as change:
        change.add(finding)
    link_sources(workspace, finding)
    link_sources(workspace, finding)
    kept = workspace.list(Finding)[0]
    assert (kept.value, kept.compared_value, kept.frozen, kept.unit) == (38.1, 51.4, "2031-05-01", "%")
    assert kept.gap_value == pytest.approx(-13.3)
    assert kept.gap_lower is not None
    assert kept.gap_upper is not None
    assert kept.gap_lower < -13.3 < kept.gap_upper < 0
    assert "Black or Black British: 38.1" in kept.figures
    assert len(workspace.linked(kept.id, "sources")) == 1
    again = finding_of(found, reading, date(2032, 1, 1))
    twin = same_finding(workspace, again)
    assert twin is not None
    assert twin.id == kept.id


def test_nothing_is_within_another_characteristic_here(workspace: Workspace) -> None:
    assert withins_of(workspace, "recovery.percentage", "Ethnic Group") == []
    found = breakdown(workspace, "recovery.percentage", "Ethnic Group", area="Q9")
    assert [row.group for row in groups_of(found, "detailed")] == ["African", "Caribbean"]
