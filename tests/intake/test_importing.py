"""A file comes in whole or not at all, and a refusal says what is wrong, where, and what to do."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.errors import AmheError
from amhe_tui.intake.files import batches
from amhe_tui.intake.loading import engine
from amhe_tui.intake.loading.bring import bring, save_rejected_rows
from amhe_tui.intake.loading.engine import ImportResult
from amhe_tui.intake.loading.preview import preview
from amhe_tui.programme import breakdowns
from store.evidence import datasets
from store.records import DataSource
from store.workspace import Workspace

THERAPIES = "reporting_period,start_date,end_date,org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,measure_statistic,value"
MONTHLY = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,"
    "SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE"
)
YEAR = "2030-31,2030-04-01,2031-03-31"
MONTH = "01/04/2031,30/04/2031,Final"
HEADER = "group,value\n"
TABLES = ("dataset", "observed", "run", "marker", "covered_area", "covered_category", "beside")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = Workspace.create(tmp_path / "northmere.amhe", name="Fair start", area="Northmere")
    yield found
    found.close()


def file_of(folder: Path, text: str | bytes, name: str = "northmere.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def counts(workspace: Workspace) -> dict[str, int]:
    return {
        table: workspace.read(lambda raw, table=table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in TABLES
    }


def therapies(*groups: tuple[str, str, str, str, str]) -> str:
    """Return a small annual file: variable, first and second level, measure and value."""
    lines = [f"{YEAR},England,All,All,{v},{a},{b},{m.split('.')[0]},{m.split('.')[1]},{x}" for v, a, b, m, x in groups]
    return "\n".join([THERAPIES, *lines]) + "\n"


def recovery(
    variable: str, first: str, second: str, *, recovered: str, finished: str, below: str, share: str
) -> list[tuple[str, str, str, str, str]]:
    return [
        (variable, first, second, "recovery.count", recovered),
        (variable, first, second, "finished_course_treatment.count", finished),
        (variable, first, second, "not_at_caseness.count", below),
        (variable, first, second, "recovery.percentage", share),
    ]


SMALL = therapies(
    *recovery("Total", "NULL", "NULL", recovered="150", finished="350", below="50", share="50.0"),
    *recovery("Ethnic Group", "White", "All", recovered="110", finished="220", below="20", share="55.0"),
    *recovery("Ethnic Group", "White", "Irish", recovered="*", finished="*", below="*", share="*"),
    *recovery("Ethnic Group", "Asian or Asian British", "All", recovered="30", finished="90", below="15", share="40.0"),
    *recovery(
        "Ethnic Group", "Not stated/Not known/Invalid", "All", recovered="10", finished="40", below="15", share="40.0"
    ),
    *recovery(
        "Indices of Deprivation Decile",
        "01 Least deprived",
        "NULL",
        recovered="5",
        finished="NULL",
        below="1",
        share="NULL",
    ),
    *recovery(
        "Indices of Deprivation Decile",
        "10 Most deprived",
        "NULL",
        recovered="5",
        finished="10",
        below="0",
        share="50.0",
    ),
)


def test_a_breakdown_of_talking_therapies(workspace: Workspace, tmp_path: Path) -> None:
    result = bring(workspace, file_of(tmp_path, SMALL))
    assert (result.rows, result.suppressed, result.not_collected, result.layout) == (28, 4, 2, "talking_therapies")
    found = breakdowns.breakdown(workspace, "recovery.percentage", "ethnic group", area="england", period="2030-31")
    assert found.to_json().keys() == {"indicator", "characteristic", "area", "period", "completeness", "rows"}
    assert [row.keys() for row in found.to_json()["rows"]] == [
        {"group", "level", "value", "status", "numerator", "denominator", "lower", "upper"}
    ] * 5
    rows = {row.group: row for row in found.rows}
    assert [(row.group, row.level) for row in found.rows] == [
        ("White", "broad"), ("Asian or Asian British", "broad"), ("Irish", "detailed"),
        ("Not stated/Not known/Invalid", "unknown"), ("Total", "total"),
    ]  # fmt: skip
    assert (rows["White"].numerator, rows["White"].denominator, rows["White"].value) == (110, 200, 55)
    # Wilson 1927 for 110 of 200 by hand: centre (2·110 + 1.96²)/(2(200 + 1.96²)), in per cent.
    assert rows["White"].lower == pytest.approx(48.07, abs=0.01)
    assert rows["White"].upper == pytest.approx(61.74, abs=0.01)
    assert (rows["Irish"].value, rows["Irish"].status, rows["Irish"].parent) == (None, "suppressed", "White")
    # Known 200 + 75 of the denominator, unknown 25: what is out of sight among the detailed groups does not matter.
    assert found.completeness == pytest.approx(275 / 300)


def test_deprivation_runs_by_its_words_and_a_figure_not_collected_says_so(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, file_of(tmp_path, SMALL))
    found = breakdowns.breakdown(workspace, "recovery.percentage", "Indices of Deprivation Decile")
    assert [row.group for row in found.rows] == ["10 Most deprived", "01 Least deprived", "Total"]
    assert found.rows[1].status == "not collected"
    assert found.completeness is None


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"White": "60", "Black": "20", "Not known": "20", "": "100"}, 0.8),
        ({"White": "60", "Black": "*", "Not known": "20", "": "100"}, 0.8),  # what is hidden is not taken for nobody
        ({"White": "60", "Black": "*", "Not known": "20"}, None),
        ({"White": "60", "Black": "20", "Not known": "*", "": "100"}, None),
        ({"White": "60", "Black": "40", "": "100"}, 1.0),
        ({"White": "60", "Black": "20", "Total": "100"}, None),  # nobody says where the other twenty are
        ({"White": "60", "Black": "20", "": "20"}, 0.8),  # a blank group that adds up nothing was not recorded
        ({"White": "60", "Black": "20", "": "10", "NULL": "10", "All": "100"}, 0.8),
        ({"White": "60", "Black": "20"}, None),
    ],
)
def test_completeness_is_told_only_where_it_can_be(
    workspace: Workspace, tmp_path: Path, figures: dict[str, str], expected: float | None
) -> None:
    bring(workspace, file_of(tmp_path, HEADER + "".join(f"{group},{value}\n" for group, value in figures.items())))
    found = breakdowns.breakdown(workspace, "northmere.value", "Ethnic group").completeness
    assert found == (None if expected is None else pytest.approx(expected))


def monthly(*rows: str) -> str:
    return "\r\n".join([MONTHLY, *(f"{MONTH},{row}" for row in rows)]) + "\r\n"


def test_where_the_category_stands_in_a_monthly_file(workspace: Workspace, tmp_path: Path) -> None:
    text = monthly(
        'England,England,England,NONE,NONE,X1,"Number, in all",50',
        'England; Age; Under 18 or 18 and over,Under 18,Under 18,NONE,NONE,X1,"Number, in all",20',
        'England; Upper Ethnicity,B,Black,NONE,NONE,X1,"Number, in all",12',
        'England; Upper Ethnicity,UNKNOWN,UNKNOWN,NONE,NONE,X1,"Number, in all",3',
        'Provider; Upper Ethnicity,N01,"NORTHMERE, TRUST",B,Black,X1,"Number, in all",*',
        'Provider,N01,"NORTHMERE, TRUST",NONE,NONE,X1,"Number, in all",5',
    )
    result = bring(workspace, file_of(tmp_path, text))
    assert (result.layout, result.rows, result.suppressed) == ("mhsds", 6, 1)
    (one,) = breakdowns.indicators(workspace)
    assert one.to_json() == {
        "id": "X1", "name": "Number, in all", "statistic": "count",
        "characteristics": ["Age; Under 18 or 18 and over", "Upper Ethnicity"],
        "areas": ["England", "NORTHMERE, TRUST"], "periods": ["Apr 2031"],
    }  # fmt: skip
    found = breakdowns.breakdown(workspace, "X1", "Upper Ethnicity")
    assert [(row.group, row.level, row.value) for row in found.rows] == [
        ("Black", "broad", 12),
        ("UNKNOWN", "unknown", 3),
        ("Total", "total", 50),
    ]
    assert found.completeness == pytest.approx(12 / 15)
    provider = breakdowns.breakdown(workspace, "X1", "Upper Ethnicity", area="n01")
    assert [(row.group, row.status, row.value) for row in provider.rows] == [
        ("Black", "suppressed", None),
        ("Total", "ok", 5),
    ]


def test_columns_in_another_order_and_columns_besides_make_no_difference(workspace: Workspace, tmp_path: Path) -> None:
    names = MONTHLY.split(",")
    cells = [*MONTH.split(","), "England; Gender", "2", "Female", "NONE", "NONE", "X1", "Number", "7"]
    pairs = [*zip(names, cells, strict=True), ("EDITION", "first")][::-1]
    text = "\n".join(",".join(part) for part in zip(*[(name.lower(), cell) for name, cell in pairs], strict=True))
    assert bring(workspace, file_of(tmp_path, text)).layout == "mhsds"
    assert [row.value for row in breakdowns.breakdown(workspace, "X1", "gender").rows] == [7]


def test_a_tidy_table_with_its_columns_named(workspace: Workspace, tmp_path: Path) -> None:
    text = "who;how many;of;rate\nWomen;30;60;50%\nMen;1,200;4,800;25.0%\n"
    columns = {"group": "who", "value": "rate", "numerator": "how many", "denominator": "of"}
    said = {
        "indicator": "Seen",
        "statistic": "percentage",
        "area": "Northmere",
        "characteristic": "Gender",
        "period": "2030",
    }
    mapping = {**columns, **{role: f"={words}" for role, words in said.items()}}
    result = bring(workspace, file_of(tmp_path, text), mapping=mapping)
    assert result.rows == 2
    found = breakdowns.breakdown(workspace, "Seen.value", "Gender")
    assert {row.group: (row.value, row.numerator, row.denominator) for row in found.rows} == {
        "Women": (50, 30, 60),
        "Men": (25, 1200, 4800),
    }


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "holds nothing"),
        ("header.csv", HEADER.encode(), "nothing below"),
        ("book.xlsx", b"PK\x03\x04rest of an archive", "workbook"),
        ("noise.csv", bytes(range(256)) * 20, "not a text"),
        ("cut.csv.gz", gzip.compress((HEADER + "a,1\n" * 90_000).encode(), mtime=0)[:-40], "cannot be"),
        ("letters.csv", b"just words\nin lines\n", "columns"),
        ("open.csv", (HEADER + 'a,1\n"b,2\nc,3\n').encode(), "cannot be read"),
        ("short.csv", (HEADER + "a,1\nb,1\n" + "e\n" * 9 + "f,1\n").encode(), "row 4 has 1 cells where the header has 2"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    workspace: Workspace, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    before = counts(workspace)
    with pytest.raises(AmheError, match=words) as refused:
        bring(workspace, file_of(tmp_path, content, name))
    assert refused.value.what_to_do
    assert counts(workspace) == before
    assert workspace.list(DataSource) == []


def test_the_wrong_column_for_the_figures_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEADER + "a,1\nb,twelve\nc,1e999\nd,many\n")
    with pytest.raises(AmheError, match="row 3 holds twelve where a number should be; row 4 holds 1e999"):
        bring(workspace, path, mapping={"group": "group", "value": "value"})
    assert set(counts(workspace).values()) == {0}


def test_a_folder_a_pipe_and_nothing_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv", tmp_path / "nowhere.csv"):
        with pytest.raises(AmheError):
            bring(workspace, path)


def test_rows_that_cannot_be_read_are_set_aside_and_the_rest_comes_in(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_steps(monkeypatch)
    text = (
        HEADER
        + "".join(f"g{number},{number}\n" for number in range(500))
        + "x,oops\n"
        + "y,1\n" * 200
        + "z\n"
        + "y,1,2\ny,1\n"
    )
    result = bring(workspace, file_of(tmp_path, text))
    assert result.rows == 701
    assert result.rejected == (
        (502, "holds oops where a number should be"),
        (703, "has 1 cells where the header has 2"),
        (704, "has 3 cells where the header has 2"),
    )
    (source,) = workspace.list(DataSource)
    assert (source.rows, source.set_aside) == (701, 3)
    kept = workspace.read(lambda raw: datasets.annotations_of(raw, result.content_hash, "set aside"))
    assert kept == [
        (502, '["x", "oops"]', "holds oops where a number should be"),
        (703, '["z"]', "has 1 cells where the header has 2"),
        (704, '["y", "1", "2"]', "has 3 cells where the header has 2"),
    ]
    workspace.undo()
    assert breakdowns.indicators(workspace) == []


def test_the_rows_set_aside_can_be_saved_as_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    result = bring(workspace, file_of(tmp_path, HEADER + "a,1\nb,2\nd,3\nc,=HYPERLINK(1)\n"))
    target = tmp_path / "aside.xlsx"
    assert save_rejected_rows(workspace, result.content_hash, target) == 1
    seen = preview(target)
    assert [one.name for one in seen.columns][:2] == ["Row in the file", "Why it was set aside"]
    assert seen.rows[0][0] == "5"
    assert seen.rows[0][-1].lstrip("'") == "=HYPERLINK(1)"


def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and write a few rows at a time, so that a small file has many chunks."""
    original = batches.batches
    monkeypatch.setattr(engine, "CHUNK", 20)
    monkeypatch.setattr(engine, "batches", lambda text, delimiter: original(text, delimiter, 64))


def test_stopping_half_way_leaves_nothing_and_the_work_of_others_gets_its_turn(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_steps(monkeypatch)
    path = file_of(tmp_path, HEADER + "a,1\n" * 2000)
    seen: list[tuple[int, int, int]] = []

    def progress(done: int, total: int, rows: int) -> None:
        seen.append((done, total, rows))
        assert workspace.programme().name == "Fair start"

    with pytest.raises(AmheError, match=r"Nothing of northmere\.csv was kept"):
        bring(workspace, path, progress=progress, cancelled=lambda: len(seen) == 5)
    assert len(seen) == 5
    assert seen[-1][2] < 200
    assert {total for _, total, _ in seen} == {path.stat().st_size}
    assert set(counts(workspace).values()) == {0}
    assert bring(workspace, path).rows == 2000


def test_a_kill_between_chunks_is_swept_on_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_steps(monkeypatch)
    monkeypatch.setattr(datasets.DatasetWriter, "abandon", lambda _self: None)  # as if the program were gone
    path = file_of(tmp_path, HEADER + "a,1\n" * 500)
    with Workspace.create(tmp_path / "kill.amhe", name="Fair start") as first:
        calls: list[int] = []
        with pytest.raises(AmheError):
            bring(first, path, cancelled=lambda: calls.append(1) or len(calls) == 3)
        assert counts(first)["observed"] > 0
        assert breakdowns.indicators(first) == []
    with Workspace.open(tmp_path / "kill.amhe") as again:
        assert set(counts(again).values()) == {0}


def test_the_very_same_file_is_refused_until_its_source_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    path = file_of(tmp_path, SMALL)
    bring(workspace, path)
    with pytest.raises(AmheError, match="very same file"):
        bring(workspace, path)
    workspace.undo()
    assert breakdowns.indicators(workspace) == []
    assert bring(workspace, path).rows == 28
    assert bring(workspace, file_of(tmp_path, SMALL.replace("Irish", "Welsh"))).rows == 28


@pytest.mark.parametrize("by", ["its size", "its bytes alone"])
def test_the_very_same_file_is_refused_though_its_source_has_no_title(
    workspace: Workspace, tmp_path: Path, by: str
) -> None:
    path = file_of(tmp_path, SMALL)
    bring(workspace, path)
    workspace.write(lambda raw: raw.execute("UPDATE data_source SET title = ''"))
    if by == "its bytes alone":
        workspace.write(lambda raw: raw.execute("UPDATE dataset SET size = 0"))
    with pytest.raises(AmheError, match="very same file is in this programme as: a source without a title"):
        bring(workspace, path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_encoding_gives_the_same_labels(
    workspace: Workspace, tmp_path: Path, encoding: str, packed: bool
) -> None:
    content = (HEADER + "Café – naïve,1\n").encode(encoding)
    path = file_of(tmp_path, gzip.compress(content) if packed else content, "words.csv.gz" if packed else "words.csv")
    bring(workspace, path)
    assert [row.group for row in breakdowns.breakdown(workspace, "words.value", "Group").rows] == ["Café – naïve"]


def test_a_letter_cut_by_the_sample_does_not_change_the_encoding(tmp_path: Path) -> None:
    for shift in range(3):
        text = HEADER + "x" * shift + "é\u2013" * 100 + ",1\n" + ("é\u2013" * 100 + ",1\n") * 700
        assert preview(file_of(tmp_path, text, f"cut{shift}.csv")).encoding == "utf-8"


def test_a_file_that_turns_out_not_to_be_utf_8_is_read_as_windows_wrote_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = (HEADER + "plain,1\n" * 40_000 + "Café,2\n").encode("cp1252")
    assert bring(workspace, file_of(tmp_path, content, "late.csv")).rows == 40_001
    assert "Café" in {row.group for row in breakdowns.breakdown(workspace, "late.value", "Group").rows}


def test_commands_to_the_terminal_never_get_in(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, file_of(tmp_path, HEADER + "\x1b]0;OWNED\x07\u202egroup[/],1\n", "sly.csv"))
    assert [row.group for row in breakdowns.breakdown(workspace, "sly.value", "Group").rows] == ["]0;OWNEDgroup[/]"]


def test_spacer_rows_below_a_table_are_no_rows(workspace: Workspace, tmp_path: Path) -> None:
    assert bring(workspace, file_of(tmp_path, HEADER + "a,1\n,\n,\n\n")).rows == 1


def test_an_area_that_fits_several_is_refused_with_their_names(workspace: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"{place},Women,1\n" for place in ("Northmere East", "Northmere West", "Southmere"))
    bring(workspace, file_of(tmp_path, "area,group,value\n" + rows))
    with pytest.raises(AmheError, match=r"Northmere East.*Northmere West"):
        breakdowns.breakdown(workspace, "northmere.value", "Group", area="northmere")
    assert breakdowns.breakdown(workspace, "northmere.value", "Group", area="SOUTHMERE").area == "Southmere"
    with pytest.raises(AmheError, match="several places"):
        breakdowns.breakdown(workspace, "northmere.value", "Group")


_VALUE = st.sampled_from(["*", "NULL", "-", "", "12", "9.10", "1,204", "34.9%", "0"])
_LINE = st.tuples(st.sampled_from(["Women", "Men", "Not known"]), st.sampled_from(["North", "South, by sea"]), _VALUE)


@given(st.lists(_LINE, min_size=1, max_size=60), st.integers(40, 300))
def test_every_row_in_is_a_row_stored_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    # Each row is about a place of its own: figures that disagree on one place are told of elsewhere.
    lines = [(group, f"{area} {number}", value) for number, (group, area, value) in enumerate(lines)]
    text = "group,area,value\n" + "".join(f'{group},"{area}","{value}"\n' for group, area, value in lines)
    connection = _bare(folder / "rows.db")

    def write(function: Callable[[object], object]) -> object:
        return function(connection)

    with pytest.MonkeyPatch.context() as patch:
        original = batches.batches
        patch.setattr(engine, "CHUNK", 7)
        patch.setattr(engine, "batches", lambda text, delimiter: original(text, delimiter, size))
        result: ImportResult = engine.import_file(file_of(folder, text), write, "one")
    stored = connection.execute(
        "SELECT o.source_row, c.label, a.name, o.value FROM observed o JOIN category c ON c.key = o.category"
        " JOIN area a ON a.key = o.area ORDER BY o.source_row"
    ).fetchall()
    assert [(number, group, area, str(value)) for number, group, area, value in stored] == [
        (number, *line) for number, line in enumerate(lines, 2)
    ]
    assert result.rows == len(lines)
    assert result.suppressed == sum(value == "*" for _, _, value in lines)
    connection.close()


def _bare(path: Path) -> object:
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE data_source (id TEXT PRIMARY KEY, title TEXT, removed INTEGER)")
    for statement in datasets.SCHEMA:
        connection.execute(statement)
    return connection
