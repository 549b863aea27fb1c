"""Small numbers on the way into a report and out of the command line: a file of one's own, and one that its publisher has treated."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from amhe_tui.cli import main
from amhe_tui.programme import breakdowns
from amhe_tui.programme.disclosed import disclosed_breakdown, is_guarded
from amhe_tui.programme.findings import WITHHELD, without_numbers
from amhe_tui.report import write_report
from store.records import Audience, DataSource, Finding
from store.workspace import Workspace
from tests.support import HEADER

TODAY = date(2026, 11, 23)
GROUPS = {
    "White": (612, 341),
    "Black or Black British": (61, 3),
    "Mixed": (93, 47),
    "Asian or Asian British": (240, 118),
}


def own_figures(folder: Path, area: str = "Northmere ICB") -> Path:
    """Write a raw extract of one's own in the columns of a publication: nothing is hidden in it."""
    finished = sum(one[0] for one in GROUPS.values())
    recovered = sum(one[1] for one in GROUPS.values())
    lines: list[str] = []
    for group, (all_of_them, some) in {**GROUPS, "Total": (finished, recovered)}.items():
        who = "Total,NULL,NULL" if group == "Total" else f"Ethnic Group,{group},All"
        for name, statistic, value in (
            ("finished_course_treatment", "count", all_of_them),
            ("not_at_caseness", "count", 0),
            ("recovery", "count", some),
            ("recovery", "percentage", round(100 * some / all_of_them, 1)),
        ):
            lines.append(f"2024-25,2024-04-01,2025-03-31,ICB,Q9,{area},{who},{name},{statistic},{value}\n")
    path = folder / "own.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    target = tmp_path / "own.amhe"
    assert main(["new", str(target), "--name", "Own", "--area", "Northmere", "--yes"]) == 0
    assert main(["import", str(target), str(own_figures(tmp_path))]) == 0
    capsys.readouterr()
    return target


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path) as opened:
        yield opened


def asked(path: Path, indicator: str, *more: str) -> list[str]:
    return ["breakdown", str(path), "--indicator", indicator, "--by", "Ethnic Group", *more]


def test_a_raw_extract_is_guarded_whatever_its_columns_say(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(path, "recovery.percentage", "--json")) == 0
    out, err = capsys.readouterr()
    rows = {row["group"]: row for row in json.loads(out)["rows"]}
    assert rows["Black or Black British"]["value"] is None
    assert rows["Black or Black British"]["status"].startswith("hidden: fewer than 5,")
    assert sum(row["numerator"] is None for row in rows.values()) >= 2
    assert rows["White"]["numerator"] == 340
    assert "rounded to the nearest 5" in err
    assert main(asked(path, "recovery.count", "--csv")) == 0
    counts = {row["group"]: row["value"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert counts["Black or Black British"] == ""
    assert list(counts.values()).count("") == 2
    assert main(asked(path, "recovery.percentage")) == 0
    text = capsys.readouterr().out
    assert "hidden: fewer than 5," in text
    assert "4.9" not in text


def test_the_team_may_see_it_and_is_told_so(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(asked(path, "recovery.percentage", "--audience", "team", "--json")) == 0
    out, err = capsys.readouterr()
    assert {row["group"]: row["numerator"] for row in json.loads(out)["rows"]}["Black or Black British"] == 3
    assert "team only" in err


def test_the_settings_are_heard(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from amhe_tui.settings import Settings, save_settings

    save_settings(Settings(small_number=50, rounding=10))
    assert main(asked(path, "recovery.percentage", "--json")) == 0
    rows = {row["group"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert rows["Mixed"]["value"] is None
    assert rows["Asian or Asian British"]["denominator"] in (240, None)


def test_a_source_counts_as_treated_only_if_a_person_says_so_and_the_figures_show_it(workspace: Workspace) -> None:
    source = workspace.list(DataSource)[0]
    for words, layout, treated in (
        ("Counts below 5 are hidden.", "tidy", ""),
        ("", "census_2021", ""),
        ("Counts below 5 are hidden.", "talking_therapies", "no"),
        ("Counts below 5 are hidden.", "talking_therapies", "yes"),  # the figures are as they were counted
    ):
        with workspace.change("Describe the source") as change:
            change.update(source, suppression=words, layout=layout, treated=treated)
        assert not is_guarded(workspace, "recovery.percentage"), (words, layout, treated)


@pytest.mark.parametrize(("treated", "believed"), [("", False), ("no", False), ("yes", True)])
def test_figures_that_show_it_pass_on_a_persons_word(tmp_path: Path, treated: str, believed: bool) -> None:
    from amhe_tui.intake.loading.bring import bring

    rows = [
        ("White", 600, 340),
        ("Black or Black British", 60, "*"),
        ("Mixed", 90, 45),
        ("Asian or Asian British", 240, 120),
    ]
    lines = [
        f"2024-25,2024-04-01,2025-03-31,ICB,Q9,Northmere ICB,Ethnic Group,{group},All,{name},count,{value}\n"
        for group, *values in rows
        for name, value in zip(("finished_course_treatment", "recovery"), values, strict=True)
    ]
    path = tmp_path / "rounded.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    Workspace.create(tmp_path / "own.amhe", name="Own").close()
    with Workspace.open(tmp_path / "own.amhe") as workspace:
        bring(workspace, path, about={"treated": treated})
        assert is_guarded(workspace, "recovery.count") is believed


def finding(workspace: Workspace, group: str) -> Finding:
    from amhe_tui.analysis.gaps.reading import reading_of
    from amhe_tui.programme.findings import finding_of
    from amhe_tui.settings import Settings

    raw = disclosed_breakdown(workspace, "recovery.percentage", "Ethnic Group", Settings().policy("team"))
    made = finding_of(raw, reading_of(raw, group=group, compared_with="White"))
    with workspace.change("Write the gap down") as change:
        change.add(made)
    return made


@pytest.mark.parametrize("audience", [Audience.BOARD, Audience.PUBLIC])
def test_a_finding_made_from_raw_figures_does_not_carry_them_out(workspace: Workspace, audience: Audience) -> None:
    made = finding(workspace, "Black or Black British")
    assert "4.9" in made.title
    assert "5" in made.sentence
    words = write_report(workspace, audience, "md", TODAY)
    assert "4.9" not in words
    assert made.sentence not in words
    assert WITHHELD in words
    assert made.sentence in write_report(workspace, Audience.TEAM, "md", TODAY)


def test_a_finding_whose_figures_may_be_seen_is_told_from_rounded_ones(workspace: Workspace) -> None:
    finding(workspace, "Asian or Asian British")
    board = write_report(workspace, Audience.BOARD, "md", TODAY)
    rows = breakdowns.breakdown(workspace, "recovery.percentage", "Ethnic Group").rows
    assert next(row.value for row in rows if row.group == "Asian or Asian British") == 49.2
    assert WITHHELD in board or "50" in board  # 120 of 240


def test_numbers_are_taken_out_of_words() -> None:
    made = Finding(title="x", value=4.918, compared_value=55.7, lower=1200.0)
    words = "Black: 4.9 against 55.7 (56 in all), of 1,200 people in 2024-25"
    assert without_numbers(words, made) == "Black: … against … (… in all), of … people in 2024-25"
