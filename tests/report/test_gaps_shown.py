"""The overview as its audience may see it, on figures of one's own and on real published ones."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.gaps.reading import reading_of
from amhe_tui.cli import main
from amhe_tui.intake.loading.bring import bring
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.programme.gaps import disclosed_overview, reading_for, sentence_of
from amhe_tui.programme.trends import disclosed_trend, with_gaps
from store.workspace import Workspace
from tests.made_once import sample_copy
from tests.report.test_report_disclosure import own_figures

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
PUBLIC, TEAM = Policy("public"), Policy("team")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.amhe"
    Workspace.create(path, name="Own").close()
    with Workspace.open(path) as workspace:
        bring(workspace, own_figures(tmp_path))
    return path


def test_the_overview_shows_an_audience_no_more_than_the_breakdown_does(own: Path) -> None:
    with Workspace.open(own) as workspace:
        team = disclosed_overview(workspace, TEAM, area="all")
        public = disclosed_overview(workspace, PUBLIC, area="all")
        shown = disclosed_breakdown(workspace, "recovery.percentage", "Ethnic Group", PUBLIC)
    hidden = {row.group for row in shown.rows if row.value is None}
    assert "Black or Black British" in hidden
    assert "Black or Black British" in {line.group for line in team.section("sure")}
    values = {row.group: row.value for row in shown.rows}
    for line in public.lines:
        assert line.value == values[line.group]
        if line.group in hidden:
            assert (line.section, line.people, line.other) == ("none", None, None)
            assert "hidden" in sentence_of(public, line)


def test_the_command_prints_the_gaps_in_each_form(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gaps", str(own), "--json", "--audience", "team"]) == 0
    team = json.loads(capsys.readouterr().out)
    worst = team["gaps"][0]
    assert (worst["section"], worst["group"], worst["value"]) == ("sure", "Black or Black British", 4.9)
    assert worst["sentence"].startswith("Among people")
    assert main(["gaps", str(own), "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert "4.9" not in {row["value"] for row in rows}
    assert main(["gaps", str(own)]) == 0
    printed = capsys.readouterr()
    assert (
        printed.out.index("Sure")
        < printed.out.index("Too few people to tell")
        < printed.out.index("Cannot be computed")
    )
    assert "by chance alone" in printed.err
    assert main(["gaps", str(own), "--area", "Atlantis"]) == 1


def test_the_sample_names_deprivation_ethnicity_and_religion_first(tmp_path: Path) -> None:
    path = sample_copy(tmp_path)
    with Workspace.open(path) as workspace:
        found = disclosed_overview(workspace, TEAM)
        sentences = [sentence_of(found, line) for line in found.section("sure")]
    first = {known.code for line in found.section("sure")[:5] if (known := recognise(line.characteristic))}
    assert {"deprivation", "race", "religion"} <= first
    assert all("against" in sentence and "a wider gap than chance" in sentence for sentence in sentences)


def test_the_list_and_the_sentence_give_the_same_people_behind_a_gap(tmp_path: Path) -> None:
    with Workspace.open(sample_copy(tmp_path)) as workspace:
        overview = disclosed_overview(workspace, TEAM)
        behind = [(line, reading_for(overview, line).people) for line in overview.lines if line.section == "sure"]
    told = [(line.people, people.number) for line, people in behind if people is not None]
    assert len(told) >= 5
    for listed, said in told:
        assert listed == pytest.approx(said, abs=0.5 if said % 5 else 2.5)


def test_periods_that_are_missing_between_others_are_named_like_them() -> None:
    assert with_gaps(("2017-18", "2018-19", "2021-22")) == ["2017-18", "2018-19", "2019-20", "2020-21", "2021-22"]
    assert with_gaps(("Nov 2019", "Feb 2020")) == ["Nov 2019", "Dec 2019", "Jan 2020", "Feb 2020"]
    assert with_gaps(("one time",)) == ["one time"]


# --- real files, where they lie beside the project ------------------------------------------------------------------------------------------------------------


def brought(folder: Path, name: str) -> Path:
    path = folder / "real.amhe"
    Workspace.create(path, name="Real").close()
    with Workspace.open(path) as workspace:
        bring(workspace, DATA / name)
    return path


if (DATA / "mha_2023-24_icb_extract.csv").is_file():

    @pytest.fixture(scope="module")
    def detentions(tmp_path_factory: pytest.TempPathFactory) -> Path:
        return brought(tmp_path_factory.mktemp("mha"), "mha_2023-24_icb_extract.csv")

    def test_black_people_are_detained_three_times_as_often_in_birmingham_and_solihull(detentions: Path) -> None:
        with Workspace.open(detentions) as workspace:
            found = disclosed_breakdown(
                workspace,
                "All detentions.crude_rate",
                "Ethnicity",
                PUBLIC,
                area="NHS BIRMINGHAM AND SOLIHULL INTEGRATED CARE BOARD",
            )
        read = reading_of(found, group="Black or Black British", compared_with="White")
        assert (read.value, read.compared_value) == (289.1, 95.3)
        assert read.ratio is not None
        assert round(read.ratio.value or 0, 2) == 3.03
        assert (round(read.ratio.lower or 0, 2), round(read.ratio.upper or 0, 2)) == (2.68, 3.44)
        assert read.sentence.startswith(
            "For every 100,000 in the group Black or Black British (people who live there), there were 289 detentions,"
            " against 95 for every 100,000 in the group White:"
            " 3.0 times as many, a wider gap than chance alone would give."
        )

    def test_where_the_ratio_cannot_be_computed_it_is_said(detentions: Path) -> None:
        ratios: dict[str, float] = {}
        without: dict[str, str] = {}
        with Workspace.open(detentions) as workspace:
            found = disclosed_overview(workspace, PUBLIC, area="all")
            sets = [
                one for one in range(len(found.sets)) if found.sets.indicator_of(one).id == "All detentions.crude_rate"
            ]
            for one in sets:
                if found.sets.characteristic_of(one) != "Ethnicity":
                    continue
                name = found.sets.place_of(one).name
                read = reading_of(found.sets.breakdown(one), group="Black or Black British", compared_with="White")
                if read.group == "Black or Black British" and read.value and read.compared_value:
                    ratios[name] = read.value / read.compared_value
                else:
                    without[name] = read.words
        assert max(ratios, key=lambda name: ratios[name]) == "NHS DORSET INTEGRATED CARE BOARD"
        assert round(max(ratios.values()), 1) == 5.7
        assert len(without) == 4
        said = {
            line.area
            for line in found.section("none")
            if "Black or Black British" in (line.group, *line.also) or "White" in (line.group, *line.also)
        }
        assert without.keys() <= said

    @pytest.mark.parametrize("name", ["nhstt_annual_england_2017-22.csv", "tt_2024_25_england_equality.csv"])
    def test_real_years_name_deprivation_ethnicity_and_religion_among_the_first(tmp_path: Path, name: str) -> None:
        with Workspace.open(brought(tmp_path, name)) as workspace:
            found = disclosed_overview(workspace, PUBLIC)
            first = found.section("sure")[:8]
            codes = {known.code for line in first if (known := recognise(line.characteristic))}
            assert {"deprivation", "race", "religion"} <= codes
            for line in first:
                alone = disclosed_breakdown(
                    workspace, line.indicator_id, line.characteristic, PUBLIC, period=line.period
                )
                read = reading_of(alone, group=line.group, level=line.level)
                assert sentence_of(found, line) == read.sentence

    def test_a_trend_joins_capitals_and_shows_the_year_without_figures(tmp_path: Path) -> None:
        with Workspace.open(brought(tmp_path, "nhstt_annual_england_2017-22.csv")) as workspace:
            trend = disclosed_trend(
                workspace,
                "recovery.percentage",
                "Ethnic Group",
                PUBLIC,
                periods=("2017-18", "2018-19", "2019-20", "2021-22"),
            )
        assert trend.missing == ("2020-21",)
        white = next(one for one in trend.series if (one.label, one.level) == ("White", "broad"))
        assert white.values == (51.7, 52.9, 51.9, None, 50.8)
        labels = [one.label.casefold() for one in trend.series]
        assert len(labels) == len(set(labels))
        assert any("Any Other Asian Background" in note for note in trend.notes)


def test_what_is_exported_passes_the_guard_too(own: Path, tmp_path: Path) -> None:
    for audience, told in (("public", ""), ("team", "4.9")):
        target = tmp_path / f"{audience}.csv"
        assert main(["export", str(own), "--to", str(target), "--audience", audience]) == 0
        with target.open(encoding="utf-8", newline="") as stream:
            rows = {row["subgroup"]: row for row in csv.DictReader(stream)}
        assert rows["Black or Black British"]["estimate"] == told
        assert (rows["Black or Black British"]["flag"] == "hidden") == (audience == "public")
