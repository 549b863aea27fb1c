"""The people behind a gap, from a file to the commands and a report: with limits, rounded for the audience, and only of gaps that are sure."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from amhe_tui.analysis.gaps.reading import reading_of
from amhe_tui.programme.breakdowns import breakdown
from amhe_tui.programme.findings import finding_of
from amhe_tui.report import write_report
from store.records import Audience
from store.workspace import Workspace
from tests.programme.test_said_to_an_audience import brought, printed

HEAD = "Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator\n"
GROUPS = (
    ("Ethnic group", "White", 2603, 5001),
    ("Ethnic group", "Black", 381, 1002),
    ("Sex", "Female", 1500, 3003),
    ("Sex", "Male", 1484, 3000),
    ("Total", "All", 2984, 6003),
)
FILE = HEAD + "".join(
    f"Northmere,2023-24,{by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}\n"
    for by, group, top, bottom in GROUPS
)


@pytest.mark.parametrize(("audience", "number"), [("team", "141"), ("public", "140")])
def test_the_commands_count_them_where_a_gap_is_sure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str, number: str
) -> None:
    path = brought(tmp_path, FILE)
    gaps = json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", audience))["gaps"]
    by_section = {line["section"]: line for line in gaps}
    sure = by_section["sure"]
    mine, theirs = ((381, 1002), (2603, 5001)) if sure["group"] == "Black" else ((2603, 5001), (381, 1002))
    exact = abs(mine[1] * theirs[0] / theirs[1] - mine[0])
    assert sure["people"] == pytest.approx(exact, abs=0.5 if audience == "team" else 15)
    assert sure["people"] % (1 if audience == "team" else 5) == 0
    assert sure["people_lower"] < sure["people"] < sure["people_upper"]
    assert "would have had this outcome" in sure["sentence"]
    for line in gaps:
        if line["section"] != "sure":
            assert line["people"] is None
            assert "would have had" not in line["sentence"]
    assert len({line["section"] for line in gaps}) > 1
    asked = ("breakdown", str(path), "--indicator", "Recovered.value", "--group", "Black", "--audience", audience)
    told = printed(capsys, *asked, "--by", "Ethnic group")
    assert f"With the share of everyone else, about {number} more people in the group Black would have had" in told
    assert "would have had" not in printed(capsys, *asked[:4], "--by", "Sex", "--audience", audience)


def test_a_report_counts_them_rounded_for_the_public(tmp_path: Path) -> None:
    path = brought(tmp_path, FILE)
    with Workspace.open(path) as workspace:
        found = breakdown(workspace, "Recovered.value", "Ethnic group")
        with workspace.change("Write it down") as change:
            change.add(finding_of(found, reading_of(found, group="Black"), date(2026, 11, 23)))
        team, public = (
            write_report(workspace, audience, "md", date(2026, 11, 23)) for audience in (Audience.TEAM, Audience.PUBLIC)
        )
    assert "about 141 more people in the group Black" in team
    assert "about 140 more people in the group Black" in public
    assert "about 141" not in public
