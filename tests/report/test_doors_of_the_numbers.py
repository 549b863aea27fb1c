"""Ways around the door of the numbers: a rate beside its count, a population, a removed source, a group within another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.gaps.reading import reading_of
from amhe_tui.intake.loading.bring import bring
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.programme.findings import figures_of, finding_of, same_finding, within_of
from amhe_tui.programme.gaps import disclosed_overview
from amhe_tui.programme.population import LIVE_THERE, access_breakdowns, against_population
from amhe_tui.report import write_report
from store.records import Audience, Finding
from store.workspace import Workspace

PUBLIC, TEAM = Policy("public"), Policy("team")
TODAY = date(2026, 11, 23)
COUNTS = {"White": 612, "Black or Black British": 3, "Mixed": 93, "Asian or Asian British": 240}
PEOPLE = {"White": 70_000, "Black or Black British": 4_000, "Mixed": 5_000, "Asian or Asian British": 20_000}


def write(path: Path, head: str, rows: list[str]) -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a programme with raw counts of a service and the people who live there, in counts and in per cent."""
    Workspace.create(tmp_path / "own.amhe", name="Own").close()
    found = Workspace.open(tmp_path / "own.amhe")
    service = [f"Northmere,Ethnic Group,{group},{count}" for group, count in COUNTS.items()]
    service.append(f"Northmere,Total,Total,{sum(COUNTS.values())}")
    mapping = {"area": "area", "characteristic": "characteristic", "group": "group", "value": "referrals"}
    head = "area,characteristic,group,referrals"
    bring(found, write(tmp_path / "own.csv", head, service), mapping=mapping, about={"kind": "usage", "title": "Own"})
    living = [f"Northmere,Ethnic Group,{group},{count}" for group, count in PEOPLE.items()]
    head = "area,characteristic,group,residents"
    both = {**mapping, "value": "residents"}
    bring(found, write(tmp_path / "p.csv", head, living), mapping=both, about={"kind": "population", "title": "Here"})
    living = [f"Northmere,Ethnic Group,{group},{count / 990:.1f}" for group, count in PEOPLE.items()]
    head = "area,characteristic,group,percentage"
    shares = {**mapping, "value": "percentage"}
    bring(found, write(tmp_path / "q.csv", head, living), mapping=shares, about={"kind": "population", "title": "Part"})
    return found


def referrals(workspace: Workspace) -> str:
    from amhe_tui.programme.breakdowns import indicators

    return next(one.id for one in indicators(workspace) if "residents" not in one.id and one.statistic == "count")


def test_percentages_are_no_people(workspace: Workspace) -> None:
    found = against_population(workspace, breakdown(workspace, referrals(workspace), "Ethnic Group"))
    assert found is not None
    assert [one.lives for one in found.groups] == [PEOPLE[one.label] for one in found.groups]


def test_the_overview_tells_no_count_that_the_breakdown_hides(workspace: Workspace) -> None:
    counts = disclosed_breakdown(workspace, referrals(workspace), "Ethnic Group", PUBLIC)
    hidden = {row.group for row in counts.rows if row.value is None}
    assert len(hidden) == 2
    rounded = {row.group: row.value for row in counts.rows}
    seen: set[str] = set()
    for line in disclosed_overview(workspace, PUBLIC).lines:
        if line.statistic != "rate":
            continue
        for group in (line.group, *line.also):
            seen.add(group)
            assert (group in hidden) == (line.section == "none")
        if line.value is not None:
            assert line.value == pytest.approx(1_000 * (rounded[line.group] or 0) / PEOPLE[line.group], abs=0.05)
    assert hidden <= seen
    assert {row.value for one in access_breakdowns(workspace) for row in one.rows} >= {0.75}


def access_finding(workspace: Workspace, group: str) -> Finding:
    found = next(one for one in access_breakdowns(workspace))
    made = finding_of(found, reading_of(found, group=group))
    with workspace.change("Write it down") as change:
        change.add(made)
    return made


def test_a_finding_on_access_is_told_from_rates_and_not_from_counts(workspace: Workspace) -> None:
    made = access_finding(workspace, "Asian or Asian British")
    assert LIVE_THERE in made.unit
    found = figures_of(workspace, made, PUBLIC)
    assert found is not None
    assert found.kind == "rate"
    assert next(row.value for row in found.rows if row.group == made.group_name) == 12.0


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_a_finding_keeps_its_small_numbers_when_its_data_are_gone(workspace: Workspace, audience: Audience) -> None:
    made = access_finding(workspace, "Black or Black British")
    with workspace.change("Forget where it is from") as change:
        change.update(made, indicator_id="gone", indicator="gone")
    words = write_report(workspace, audience, "md", TODAY)
    assert "0.75" not in words
    assert "0.8" not in words
    assert made.sentence not in words
    assert made.sentence in write_report(workspace, Audience.TEAM, "md", TODAY)


def test_a_group_within_another_is_not_taken_for_everybody(workspace: Workspace) -> None:
    from dataclasses import replace

    found = access_breakdowns(workspace)[0]
    plain = finding_of(found, reading_of(found, group="Mixed"))
    inside = finding_of(replace(found, within="Sex: Females"), reading_of(found, group="Mixed"))
    assert (within_of(plain), within_of(inside)) == ("", "Sex: Females")
    assert inside.title.startswith("Mixed, Sex: Females: ")
    with workspace.change("Write it down") as change:
        change.add(plain)
    assert same_finding(workspace, inside) is None
    assert figures_of(workspace, inside, TEAM) is None
