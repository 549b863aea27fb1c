"""Files in: what published layouts mean, what is refused and how, and that a file comes in whole or not at all."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.errors import AmheError
from amhe_tui.intake.loading.bring import bring
from amhe_tui.intake.loading.engine import import_file
from amhe_tui.intake.loading.preview import preview
from amhe_tui.intake.publishers.mhsds import MHSDS
from amhe_tui.intake.publishers.talking_therapies import TALKING_THERAPIES
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.layout import iso_day, span_label
from amhe_tui.programme import breakdowns
from amhe_tui.programme.breakdowns import said_ordered
from store.evidence import datasets
from store.evidence.datasets import Marker, read_figure
from store.records import DataSource, IndicatorMeaning
from store.workspace import Workspace
from tests.properties import examples
from tests.support import new_file

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
TT = ",".join(TALKING_THERAPIES) + "\n"
ROW = "2024-25,2024-04-01,2025-03-31,England,All,All,Ethnic Group,{group},{detail},recovery,{statistic},{value}\n"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.open(new_file(tmp_path)) as opened:
        yield opened


def save(folder: Path, words: str, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(words.encode())
    return path


def rows_in(workspace: Workspace) -> int:
    return workspace.read(lambda raw: int(raw.execute("SELECT count(*) FROM observation").fetchone()[0]))


def test_levels_unknown_and_missing_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    words = TT + "".join(
        ROW.format(group=group, detail=detail, statistic="percentage", value=value)
        for group, detail, value in (
            ("White", "All", "50.1"),
            ("White", "Irish", "49"),
            ("Mixed", "All", "*"),
            ("Black", "All", "NULL"),
            ("Not stated/Not known/Invalid", "All", "47"),
        )
    )
    result = bring(workspace, save(tmp_path, words))
    assert (result.rows, result.suppressed, result.not_collected) == (5, 1, 1)
    found = breakdowns.breakdown(workspace, "recovery.percentage", "ethnic group")
    told = {row.group: (row.level, row.value, row.status, row.parent) for row in found.rows}
    assert told == {
        "White": ("broad", 50.1, "ok", None),
        "Mixed": ("broad", None, "suppressed", None),
        "Black": ("broad", None, "not collected", None),
        "Irish": ("detailed", 49.0, "ok", "White"),
        "Not stated/Not known/Invalid": ("unknown", 47.0, "ok", None),
    }
    assert found.area == "England"


def test_undo_takes_a_file_out_and_redo_brings_it_back(workspace: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, TT + ROW.format(group="White", detail="All", statistic="count", value="5"))
    bring(workspace, path)
    assert [one.id for one in breakdowns.indicators(workspace)] == ["recovery.count"]
    workspace.undo()
    assert breakdowns.indicators(workspace) == []
    workspace.redo()
    assert len(breakdowns.indicators(workspace)) == 1
    with pytest.raises(AmheError, match="very same file"):
        bring(workspace, path)
    assert rows_in(workspace) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "holds nothing"),
        ("one\n1\n", "holds no table"),
        (TT, "nothing below"),
        (TT + "2024-25,short\n", "row 2 has 2 cells where the header has 12"),
        (
            TT + ROW.format(group="White", detail="All", statistic="count", value="many"),
            "row 2 holds many where a number",
        ),
        (TT + ROW.format(group="White", detail="All", statistic="count", value="oops"), "row 2 holds oops"),
        (TT + ROW.format(group="White", detail="All", statistic="count", value="1e999"), "row 2 holds 1e999"),
        (TT + '2024-25,"never closed\n', "cannot be read at row"),
        ("a,b\n1,2\n", "columns of data.csv are not those"),
        ("\x00\x01,\x00\n", "not a text file"),
        ("PK\x03\x04rest", "damaged or not whole"),
        (",".join(str(number) for number in range(2500)) + "\n", "nothing below it"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_leaves_nothing(
    workspace: Workspace, tmp_path: Path, words: str, said: str
) -> None:
    with pytest.raises(AmheError) as refused:
        bring(workspace, save(tmp_path, words))
    assert said in refused.value.what_happened
    assert refused.value.what_to_do.endswith(".")
    assert rows_in(workspace) == 0
    assert workspace.list(DataSource) == []
    assert workspace.read(lambda raw: raw.execute("SELECT count(*) FROM dataset").fetchone()[0]) == 0


@pytest.mark.parametrize("what", ["missing", "folder", "truncated"])
def test_what_is_no_file_is_refused(workspace: Workspace, tmp_path: Path, what: str) -> None:
    path = tmp_path / "data.csv.gz"
    if what == "folder":
        path.mkdir()
    elif what == "truncated":
        whole = gzip.compress(
            (TT + ROW.format(group="White", detail="All", statistic="count", value="5") * 5000).encode()
        )
        path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AmheError):
        bring(workspace, path)
    assert rows_in(workspace) == 0


def test_a_stopped_import_leaves_nothing(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amhe_tui.intake.loading.engine.CHUNK", 10)
    path = save(
        tmp_path, TT + "".join(ROW.format(group=f"G{n}", detail="All", statistic="count", value=n) for n in range(100))
    )
    seen: list[int] = []
    with pytest.raises(AmheError, match="was kept"):
        bring(workspace, path, progress=lambda _done, _total, rows: seen.append(rows), cancelled=lambda: len(seen) >= 3)
    assert seen == [10, 20, 30]
    assert rows_in(workspace) == 0


def test_what_an_interrupted_import_left_is_swept_on_opening(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        writer = datasets.DatasetWriter(workspace.write, "somebody")
        writer.begin()
        keys = [
            writer.key(datasets.Quantity("q", "q", "count")),
            writer.key(datasets.Period("p", "", "")),
            writer.key(datasets.Area("", "a", "a")),
            writer.key(datasets.Category("c", "l", "broad", "")),
        ]
        writer.add([(keys[0], keys[1], keys[2], keys[3], 2, 1.0)])
        assert breakdowns.indicators(workspace) == []
        assert rows_in(workspace) == 1
    with Workspace.open(path) as workspace:
        assert rows_in(workspace) == 0


def test_mhsds_reads_places_and_groups_from_the_right_columns(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        "01/04/2024,30/04/2024,Performance,England,England,England,NONE,NONE,MRS01,Number seen,1000",
        "01/04/2024,30/04/2024,Performance,England; Upper Ethnicity,Black or Black British,Black or Black British,NONE,NONE,MRS01,Number seen,100",
        "01/04/2024,30/04/2024,Performance,England; Upper Ethnicity,UNKNOWN,UNKNOWN,NONE,NONE,MRS01,Number seen,50",
        "01/04/2024,30/04/2024,Performance,Provider,8E782,A PROVIDER,NONE,NONE,MRS01,Number seen,*",
        "01/04/2024,30/04/2024,Performance,Provider; Age Band,8E782,A PROVIDER,18 to 19,18 to 19,MRS01,Number seen,15",
        "01/04/2024,30/04/2024,Performance,England; Age; Under 18 or 18 and over,Under 18,Under 18,NONE,NONE,MRS01,Number seen,300",
    )
    bring(workspace, save(tmp_path, ",".join(MHSDS) + "\n" + "\n".join(rows) + "\n"))
    found = breakdowns.breakdown(workspace, "MRS01", "Upper Ethnicity", period="Apr 2024")
    assert [(row.group, row.level, row.value) for row in found.rows] == [
        ("Black or Black British", "broad", 100.0),
        ("UNKNOWN", "unknown", 50.0),
        ("Total", "total", 1000.0),
    ]
    assert found.completeness == pytest.approx(100 / 150)
    provider = breakdowns.breakdown(workspace, "mrs01", "Age Band", area="8e782")
    assert [(row.group, row.value, row.status) for row in provider.rows] == [
        ("18 to 19", 15.0, "ok"),
        ("Total", None, "suppressed"),
    ]
    assert "Age; Under 18 or 18 and over" in breakdowns.indicators(workspace)[0].characteristics


def test_a_tidy_table_with_its_columns_named(workspace: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, "Ort;Gruppe;Wert;oben;unten\nNorthmere;Women;50;50;100\nNorthmere;Men;40;20;50\n", "tidy.csv")
    assert preview(path).delimiter == ";"
    mapping = {
        "area": "Ort",
        "group": "Gruppe",
        "value": "Wert",
        "numerator": "oben",
        "denominator": "unten",
        "characteristic": "=Sex",
        "statistic": "=percentage",
        "indicator": "=seen",
    }
    bring(workspace, path, mapping=mapping)
    found = breakdowns.breakdown(workspace, "seen.value", "Sex", area="Northmere")
    told = {row.group: (row.value, row.numerator, row.denominator) for row in found.rows}
    assert told == {"Women": (50.0, 50.0, 100.0), "Men": (40.0, 20.0, 50.0)}
    with pytest.raises(AmheError, match="no column Nirgends"):
        bring(workspace, path, mapping={**mapping, "value": "Nirgends"})


def test_control_characters_in_a_file_never_come_in(workspace: Workspace, tmp_path: Path) -> None:
    bring(
        workspace,
        save(tmp_path, TT + ROW.format(group="Wh\x1b[2Jite\u202e", detail="All", statistic="count", value="5")),
    )
    assert [row.group for row in breakdowns.breakdown(workspace, "recovery.count", "Ethnic Group").rows] == ["Wh[2Jite"]


def test_an_ambiguous_place_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    words = TT
    for code in ("A1", "A2"):
        words += f"2024-25,2024-04-01,2025-03-31,Provider,{code},THE CLINIC,Gender,Female,NULL,recovery,count,5\n"
    bring(workspace, save(tmp_path, words))
    with pytest.raises(AmheError, match=r"A1.*A2"):
        breakdowns.breakdown(workspace, "recovery.count", "Gender", area="the clinic")
    assert breakdowns.breakdown(workspace, "recovery.count", "Gender", area="A2").rows[0].value == 5


@examples(25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["White", "Black", "Mixed"]),
            st.sampled_from(["All", "x", "y"]),
            st.one_of(st.integers(0, 10**9).map(str), st.sampled_from(["*", "NULL", "-", "1,234", "51.7%"])),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_every_row_in_is_a_row_kept(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]) -> None:
    folder = tmp_path_factory.mktemp("rows")
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE data_source (id TEXT, title TEXT, removed INTEGER)")
    for statement in datasets.SCHEMA:
        connection.execute(statement)
    path = save(
        folder,
        TT
        + "".join(
            # Each row is about a group of its own: figures that disagree on one group are told of elsewhere.
            ROW.format(group=f"{group} {number}", detail=detail, statistic="count", value=f'"{value}"')
            for number, (group, detail, value) in enumerate(rows)
        ),
    )
    import_file(path, lambda function: function(connection), "source")
    kept = connection.execute("SELECT source_row, value, marker FROM observation ORDER BY source_row").fetchall()
    assert [row[0] for row in kept] == list(range(2, len(rows) + 2))
    for (_, value, text), (_, _, given_text) in zip(kept, rows, strict=True):
        assert (text if value is None else str(value)) == given_text


def test_dates_markers_and_periods() -> None:
    assert [iso_day(text) for text in ("01/04/2024", "2024-04-01", "sometime")] == [
        "2024-04-01",
        "2024-04-01",
        "sometime",
    ]
    assert span_label("2024-02-01", "2024-04-30") == "Feb 2024 to Apr 2024"
    assert read_marker("*") == Marker("*", "suppressed")
    assert read_marker("1,234") is None
    assert read_figure("1,234") == 1234
    assert read_figure("1_0") is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files lie beside the checkout, not in it")
class TestPublishedFiles:
    def test_talking_therapies_by_year(self, workspace: Workspace) -> None:
        bring(workspace, SHARED / "nhstt_annual_england_2017-22.csv")
        for year, expected in {
            "2017-18": (51.7, 46.4, 45.3, 50.8),
            "2018-19": (52.9, 48.6, 47.1, 52.1),
            "2019-20": (51.9, 48.6, 46.1, 51.1),
            "2021-22": (50.8, 50.8, 47.3, 50.2),
        }.items():
            found = {
                row.group: row
                for row in breakdowns.breakdown(
                    workspace, "recovery.percentage", "Ethnic Group", area="England", period=year
                ).rows
            }
            assert (
                tuple(
                    found[group].value
                    for group in ("White", "Black or Black British", "Asian or Asian British", "Total")
                )
                == expected
            )
            for row in found.values():
                if row.value is not None and row.lower is not None and row.upper is not None:
                    assert row.lower <= row.value <= row.upper

    def test_the_monthly_file(self, workspace: Workspace) -> None:
        result = bring(workspace, SHARED / "mhsds_4ww_apr2024.csv")
        assert (result.rows, result.suppressed) == (19958, 12477)

    @pytest.mark.faults
    def test_the_large_file(self, workspace: Workspace) -> None:
        result = bring(workspace, SHARED / "nhstt_annual_2017-18_full.csv.gz")
        assert (result.rows, result.suppressed) == (665280, 152333)
        total = breakdowns.breakdown(workspace, "referrals_received.count", "Gender", area="England").rows[-1]
        assert (total.level, total.value) == ("total", 1439957)


def test_which_way_is_better_is_kept_for_every_indicator_of_the_table(tmp_path: Path) -> None:
    source = tmp_path / "waits.csv"
    source.write_text("area,Ethnic group,rate\nNorthmere,White,10\nNorthmere,Black,30\n", encoding="utf-8")
    Workspace.create(tmp_path / "a.amhe", name="A").close()
    with Workspace.open(tmp_path / "a.amhe") as workspace:
        meaning = {
            "area": "area",
            "group": ["Ethnic group"],
            "value": ["rate"],
            "better": "down",
            "reference": "White",
            "ordered": "yes",
        }
        result = bring(workspace, source, mapping=meaning)
        (said,) = workspace.list(IndicatorMeaning)
        assert (said.indicator_id, said.direction, said.reference) == (result.measures[0], "down", "White")
        assert said_ordered(workspace, said.indicator_id) is True
        workspace.undo()
        assert workspace.list(IndicatorMeaning) == []
        assert said_ordered(workspace, said.indicator_id) is None
