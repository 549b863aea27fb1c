"""Published files with known answers, where they lie beside the checkout."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.intake.loading.bring import bring
from amhe_tui.intake.loading.engine import ImportResult
from amhe_tui.programme import breakdowns
from store.workspace import Workspace

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FULL, ENGLAND, MONTHLY = "nhstt_annual_2017-18_full.csv.gz", "nhstt_annual_england_2017-22.csv", "mhsds_4ww_apr2024.csv"


def there(*names: str) -> list[str]:
    return [name for name in names if (DATA / name).is_file()]


Loaded = tuple[Workspace, ImportResult]


@pytest.fixture(scope="module")
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    path = tmp_path_factory.mktemp("real") / "real.amhe"
    with Workspace.create(path, name="Real") as workspace:
        yield workspace, bring(workspace, DATA / request.param)


def value(workspace: Workspace, indicator: str, by: str, group: str, **where: str) -> float | None:
    found = breakdowns.breakdown(workspace, indicator, by, **where)
    (row,) = [row for row in found.rows if row.group == group]
    return row.value


@pytest.mark.parametrize("loaded", there(FULL), indirect=True)
def test_a_whole_year_of_talking_therapies(loaded: Loaded) -> None:
    workspace, result = loaded
    assert (result.rows, result.suppressed, result.not_collected) == (665_280, 152_333, 212_112)
    assert result.periods == ("2017-18",)
    assert len(result.areas) == 430
    found = breakdowns.breakdown(workspace, "recovery.percentage", "Ethnic Group", area="England", period="2017-18")
    values = {row.group: row.value for row in found.rows if row.level != "detailed"}
    assert values == {
        "White": 51.7, "Mixed": 45.7, "Asian or Asian British": 45.3, "Black or Black British": 46.4,
        "Other Ethnic Groups": 44.7, "Not stated/Not known/Invalid": 47.4, "Total": 50.8,
    }  # fmt: skip
    for row in found.rows:
        assert row.numerator is not None
        assert row.denominator
        assert 100 * row.numerator / row.denominator == pytest.approx(row.value, abs=0.051), row.group
        assert row.lower is not None
        assert row.upper is not None
        assert row.value is not None
        assert row.lower <= row.value <= row.upper
    assert found.completeness is not None
    assert 0.85 < found.completeness < 1
    assert value(workspace, "referrals_received.count", "Gender", "Total", area="England") == 1_439_957


@pytest.mark.parametrize("loaded", there(FULL), indirect=True)
def test_a_place_below_england_shows_what_is_hidden(loaded: Loaded) -> None:
    workspace, _ = loaded
    found = breakdowns.breakdown(workspace, "recovery.percentage", "Ethnic Group", area="01H")
    assert found.area == "NHS NORTH CUMBRIA CCG"
    assert {"suppressed", "ok"} == {row.status for row in found.rows}
    for row in found.rows:
        assert (row.value is None) == (row.status != "ok")


@pytest.mark.parametrize("loaded", there(ENGLAND), indirect=True)
@pytest.mark.parametrize(
    ("period", "expected"),
    [("2017-18", [51.7, 46.4, 45.3, 50.8]), ("2018-19", [52.9, 48.6, 47.1, 52.1]), ("2019-20", [51.9, 48.6, 46.1, 51.1]),
     ("2021-22", [50.8, 50.8, 47.3, 50.2])],
)  # fmt: skip
def test_four_years_of_england(loaded: Loaded, period: str, expected: list[float]) -> None:
    workspace, result = loaded
    assert (result.rows, result.suppressed, result.not_collected) == (6538, 0, 1602)
    groups = ["White", "Black or Black British", "Asian or Asian British", "Total"]
    assert [value(workspace, "recovery.percentage", "Ethnic Group", one, period=period) for one in groups] == expected


@pytest.mark.parametrize("loaded", there(MONTHLY), indirect=True)
def test_a_month_of_the_mental_health_services_data_set(loaded: Loaded) -> None:
    workspace, result = loaded
    assert (result.rows, result.suppressed, result.layout) == (19_958, 12_477, "mhsds")
    listed = {one.id: one for one in breakdowns.indicators(workspace)}
    assert listed["MRS01b"].periods == ("Feb 2024 to Apr 2024",)
    assert listed["MRS02"].periods == ("Apr 2024",)
    with (DATA / MONTHLY).open(encoding="utf-8", newline="") as stream:
        codes = {row["PRIMARY_LEVEL"] for row in csv.DictReader(stream)}
    stored = workspace.read(lambda raw: {row[0] for row in raw.execute("SELECT code FROM area")})
    assert codes - {"England"} == stored - {"England"}
    assert {"8E782", "108", "816"} <= stored


@pytest.mark.parametrize("loaded", there(MONTHLY), indirect=True)
@pytest.mark.parametrize(("indicator", "expected"), [("MRS01b", 10.64024), ("MRS09f", 44.29893), ("MRS07d", 13.578556)])
def test_published_shares_follow_from_their_counts(loaded: Loaded, indicator: str, expected: float) -> None:
    from amhe_tui.method.indicators import known_indicator

    known = known_indicator(indicator)
    found = {name: total(loaded[0], name) for name in (indicator, known.numerator, known.plus[0])}
    assert found[indicator] == expected
    assert 100 * found[known.numerator] / found[known.plus[0]] == pytest.approx(expected, abs=1e-5)


def total(workspace: Workspace, indicator: str) -> float:
    query = (
        "SELECT o.value FROM quantity q JOIN run r ON r.quantity = q.key JOIN observed o ON o.key BETWEEN r.first AND r.last"
        " JOIN area a ON a.key = o.area WHERE q.id = ? AND a.type = 'England'"
    )
    return workspace.read(lambda raw: raw.execute(query, (indicator,)).fetchone()[0])


PEAK = """
import resource, sys
from pathlib import Path
from store.workspace import Workspace
from amhe_tui.intake.loading.bring import bring
with Workspace.create(sys.argv[1], name="Peak") as workspace:
    told = []
    bring(workspace, Path(sys.argv[2]), progress=lambda done, all_of_it, rows: told.append((done, all_of_it, rows)))
assert told[-1][0] == told[-1][1] and len(told) > 20, told[-1]
status = Path("/proc/self/status")
if status.exists():  # what getrusage says there is never less than the process that started this one
    print(int(status.read_text().split("VmHWM:")[1].split()[0]) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


@pytest.mark.parametrize("name", there(FULL))
def test_the_memory_is_bounded(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PEAK, str(tmp_path / "peak.amhe"), str(DATA / name)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < 300
