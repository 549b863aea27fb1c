"""Workbooks as a person sees them: every cell, in its row and column, with what was hidden said."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbook_examples import (
    OFFICE,
    PACKAGE,
    ods,
    record,
    rows_of,
    save,
    sheet_xml,
    struct,
    words,
    xls,
    xls_number,
    xls_words,
    xlsb,
    xlsx,
    xlsx_parts,
)  # fmt: skip

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.saved_rows import harmless, save_rows_as_workbook
from amhe_tui.intake.files.workbooks.cells import PADDED, PERCENT, cell_text, mark_of_format
from amhe_tui.intake.files.workbooks.marks import MOST_COLUMNS
from amhe_tui.intake.files.workbooks.parent import Sheet, is_workbook, workbook_sheets
from amhe_tui.intake.files.workbooks.xlsx import column_number

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def read(path: Path) -> list[tuple[Sheet, list[list[str]]]]:
    with workbook_sheets(path) as sheets:
        return [
            (sheet, list(csv.reader(sheet.path.read_text(encoding="utf-8").splitlines(keepends=True))))
            for sheet in sheets
        ]


def only(path: Path) -> tuple[Sheet, list[list[str]]]:
    (found,) = read(path)
    return found


def test_cells_are_what_a_person_sees(tmp_path: Path) -> None:
    cells = (
        '<c r="B2"><v>12</v></c><c r="C2"><v>0.30000000000000004</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" s="3"><v>45383</v></c>'
        '<c r="F2" s="4"><v>45383.4375</v></c><c r="G2" s="1"><v>0.1234</v></c><c r="H2" s="2"><v>108</v></c><c r="I2" t="e"><v>#N/A</v></c>'
        '<c r="J2" s="5"><v>1</v></c>' + words("K2", "0108") + words("L2", " 8E782 ") + '<c r="M2"><v>1E-5</v></c>'
    )
    sheet, rows = only(xlsx(tmp_path / "a.xlsx", {"Seen": sheet_xml(f'<row r="2">{cells}</row>')}))
    assert rows == [
        [""] * 13,
        [
            "",
            "12",
            "0.3",
            "TRUE",
            "2024-04-01",
            "2024-04-01 10:30:00",
            "12.34%",
            "00108",
            "#N/A",
            "100%",
            "0108",
            " 8E782 ",
            "0.00001",
        ],
    ]
    assert (sheet.name, sheet.rows, sheet.columns, sheet.note, sheet.hidden) == ("Seen", 2, 13, "", False)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_hidden_rows_columns_and_sheets_are_named_and_kept(tmp_path: Path, prefix: str) -> None:
    data = "".join(
        f'<{prefix}row r="{row}"{" hidden=" + chr(34) + "1" + chr(34) if row in (2, 900) else ""}>'
        + (f'<{prefix}c r="A{row}"><{prefix}v>{row}</{prefix}v></{prefix}c>' if row < 900 else "")
        + f"</{prefix}row>"
        for row in (1, 2, 3, 900)
    )
    columns = f'<{prefix}cols><{prefix}col min="1" max="1" hidden="1"/><{prefix}col min="5" max="16384" hidden="true"/></{prefix}cols>'
    joined = f'<{prefix}mergeCells><{prefix}mergeCell ref="A1:C2"/></{prefix}mergeCells>'
    path = xlsx(
        tmp_path / "a.xlsx", {"One": sheet_xml(data, columns, joined, prefix), "Two": sheet_xml("")}, hidden=["Two"]
    )
    (one, rows), (two, none) = read(path)
    assert (one.hidden_rows, one.hidden_columns, one.merged, one.hidden) == ((2,), (1,), ((1, 1, 2, 3),), False)
    assert rows == [["1"], ["2"], ["3"]]
    assert (two.hidden, two.note, two.rows, none) == (True, "empty", 0, [])


def test_rows_and_cells_without_a_number_follow_the_last(tmp_path: Path) -> None:
    sheet, rows = only(
        xlsx(
            tmp_path / "a.xlsx",
            {"S": sheet_xml('<row hidden="1"><c><v>1</v></c><c s="1"><v>0.5</v></c></row><row><c><v>2</v></c></row>')},
        )
    )
    assert rows == [["1", "50%"], ["2", ""]]
    assert sheet.hidden_rows == (1,)


def test_formulas_give_what_was_worked_out_and_the_others_are_counted(tmp_path: Path) -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>NOW()</f></c><c r="C1" t="str"><f>"a"</f><v>a</v></c><c r="D1"><f>1</f><v></v></c>'
        '<c r="E1" s="1"><f>1/4</f><v>0.25</v></c><c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><v>3</v></c>'
    )
    sheet, rows = only(xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(f'<row r="1">{cells}</row>')}))
    assert rows == [["2", "", "a", "", "25%", "#DIV/0!", "3"]]
    assert sheet.uncounted_formulas == 2


def test_a_sheet_with_only_a_picture_says_so(tmp_path: Path) -> None:
    parts = xlsx_parts({"Notes": sheet_xml("", after='<drawing r:id="rId1"/>'), "Data": sheet_xml(rows_of([["a"]]))})
    relation = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    save(
        tmp_path / "a.xlsx",
        {**parts, "xl/worksheets/_rels/sheet1.xml.rels": relation, "xl/drawings/drawing1.xml": "<a/>"},
    )
    assert [sheet.note for sheet, _ in read(tmp_path / "a.xlsx")] == ["only a picture", ""]


def test_a_chart_sheet_says_so(tmp_path: Path) -> None:
    parts = xlsx_parts({"Data": sheet_xml(rows_of([["a"]])), "Chart": sheet_xml("")})
    relations = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        f'"rId2" Type="{OFFICE}/worksheet" Target="worksheets/sheet2.xml"', f'"rId2" Type="{OFFICE}/chartsheet" Target="chartsheets/sheet1.xml"'
    )  # fmt: skip
    del parts["xl/worksheets/sheet2.xml"]
    chart = '<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    path = save(
        tmp_path / "a.xlsx", {**parts, "xl/_rels/workbook.xml.rels": relations, "xl/chartsheets/sheet1.xml": chart}
    )
    assert [(sheet.name, sheet.note) for sheet, _ in read(path)] == [("Data", ""), ("Chart", "chart sheet")]


def test_line_ends_and_quotes_in_cells_survive(tmp_path: Path) -> None:
    text = 'a "b", c&#13;&#10;second'
    sheet, _ = only(
        xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(f'<row r="1">{words("A1", text)}{words("B1", "x")}</row>')})
    )
    assert (sheet.rows, sheet.columns) == (1, 2)
    with workbook_sheets(tmp_path / "a.xlsx") as (found,):
        content = found.path.read_bytes()
        assert content == b'"a ""b"", c\nsecond",x\n'


def test_an_old_workbook(tmp_path: Path) -> None:
    cells = (
        record(0x0208, struct.pack("<8H", 1, 0, 3, 255, 0, 0, 0x20, 15)) + record(0x7D, struct.pack("<6H", 2, 2, 0, 0, 1, 0))
        + xls_words(0, 0, "code") + xls_words(0, 1, "rate") + xls_words(0, 2, "0108") + xls_number(1, 0, 2, 108) + xls_number(1, 1, 1, 0.1234)
        + record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 0x2A, 1)) + record(0xBD, struct.pack("<HHHiHiH", 2, 0, 1, (50 << 2) + 3, 0, (7 << 2) + 2, 1))
    )  # fmt: skip
    sheet, rows = only(xls(tmp_path / "a.xls", cells))
    assert rows == [["code", "rate", "0108"], ["00108", "12.34%", "#N/A"], ["50%", "7", ""]]
    assert (sheet.name, sheet.hidden_rows, sheet.hidden_columns) == ("Tab", (2,), (3,))


def test_an_open_document(tmp_path: Path) -> None:
    def cell(kind: str, value: str, more: str = "") -> str:
        said = (
            ""
            if kind == "string"
            else f' office:{ {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value") }="{value}"'
        )
        return f'<table:table-cell office:value-type="{kind}"{said}{more}><text:p>{value}</text:p></table:table-cell>'

    table = (
        '<table:table table:name="One"><table:table-column/><table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{cell('string', '0108', ' table:number-columns-spanned=' + chr(34) + '2' + chr(34))}<table:covered-table-cell/></table:table-row>"
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{cell("float", "7")}{cell("percentage", "0.125")}</table:table-row>'
        f"<table:table-row>{cell('date', '2024-04-01')}{cell('boolean', 'true')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    sheet, rows = only(ods(tmp_path / "a.ods", table))
    assert rows == [["0108", ""], ["7", "12.5%"], ["7", "12.5%"], ["2024-04-01", "TRUE"]]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ((2, 3), (2,), ((1, 1, 1, 2),))


def test_a_binary_workbook(tmp_path: Path) -> None:
    _, rows = only(xlsb(tmp_path / "a.xlsb", [(0, 0, "code"), (0, 1, "n"), (2, 0, "0108"), (2, 1, 12.0)]))
    assert rows == [["code", "n"], ["", ""], ["0108", "12"]]


def test_what_a_file_is_goes_by_its_content(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "table.csv", {"S": sheet_xml(rows_of([["a", "b"]]))})
    text = tmp_path / "table.xlsx"
    text.write_text("a,b\n1,2\n", encoding="utf-8")
    assert (is_workbook(book), is_workbook(text)) == (True, False)
    assert only(book)[1] == [["a", "b"]]
    with pytest.raises(AmheError, match="is a text file, whatever its name says"), workbook_sheets(text):
        pass


def test_the_files_are_gone_afterwards(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", {"S": sheet_xml(rows_of([["a"]]))})
    with workbook_sheets(book) as (sheet,):
        folder = sheet.path.parent
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    seen: list[Path] = []

    def fail(sheet: Sheet) -> None:
        seen.append(sheet.path)
        raise RuntimeError

    with pytest.raises(RuntimeError), workbook_sheets(book) as (sheet,):
        fail(sheet)
    assert not seen[0].parent.exists()


@pytest.mark.parametrize(
    ("value", "mark", "text"),
    [
        (12.0, 0, "12"), (-0.5, 0, "-0.5"), (1e20, 0, "100000000000000000000"), (1e22, 0, "1e+22"), (True, 0, "TRUE"), (None, 0, ""),
        (0.123456789, PERCENT, "12.3456789%"), (0.07, PERCENT, "7%"), (108.0, PADDED + 5, "00108"), (-108.0, PADDED + 5, "-108"), (7, PADDED + 3, "007"),
        (time(9, 15), 0, "09:15:00"), (timedelta(hours=30), 0, "30:00:00"), (date(2024, 4, 1), 0, "2024-04-01"),
        (datetime(2024, 4, 1, 10, 29, 59, 999000), 0, "2024-04-01 10:30:00"), ("a\r\nb\rc\x00", 0, "a\nb\nc"),  # noqa: DTZ001 - spreadsheets know no time zones
    ],
)  # fmt: skip
def test_the_text_of_a_value(value: object, mark: int, text: str) -> None:
    assert cell_text(value, mark) == text  # type: ignore[arg-type]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_no_digit_that_a_spreadsheet_holds_is_lost(value: float) -> None:
    assert float(cell_text(value)) == pytest.approx(value, rel=1e-14, abs=1e-30)
    assert float(cell_text(value, PERCENT)[:-1]) / 100 == pytest.approx(value, rel=1e-13, abs=1e-30)


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("0%", PERCENT),
        ("0.00%;[Red]-0.00%", PERCENT),
        ('0.0"%"', 0),
        (r"0.0\%", 0),
        ("000", PADDED + 3),
        ("0", 0),
        ("0.00", 0),
        ("General", 0),
        ("#,##0", 0),
    ],
)
def test_number_formats(code: str, mark: int) -> None:
    assert mark_of_format(code) == mark


def test_the_letters_of_columns() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, MOST_COLUMNS]


def test_rows_set_aside_come_back_as_text(tmp_path: Path) -> None:
    path = tmp_path / "aside.xlsx"
    path.write_text("older")
    rows = [
        ["2", "=1+1", "-3.2"],
        ["3", "@SUM(A1)", "-"],
        ["4", "\x1b[2Jx\x00", "http://example.org"],
        ["5", "", "+44 161"],
    ]
    assert save_rows_as_workbook(path, ["row", "what", "why"], iter(rows)) == 4
    sheet, found = only(path)
    assert found == [
        ["row", "what", "why"], ["2", "'=1+1", "-3.2"], ["3", "'@SUM(A1)", "-"], ["4", "[2Jx", "http://example.org"], ["5", "", "'+44 161"],
    ]  # fmt: skip
    assert sheet.uncounted_formulas == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["aside.xlsx"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "aside.xlsx"
    path.write_text("older")

    def rows() -> object:
        yield ["1"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save_rows_as_workbook(path, ["row"], rows())  # type: ignore[arg-type]
    assert path.read_text() == "older"
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(AmheError, match="could not be written"):
        save_rows_as_workbook(tmp_path / "none" / "a.xlsx", ["row"], [])


@given(st.text())
def test_nothing_written_begins_a_formula(text: str) -> None:
    kept = harmless(text)
    assert kept[:1] not in "=@\t\r＝＋－＠" or len(kept) <= 1  # noqa: RUF001
    assert len(kept) <= 32_767


REAL = {
    "iapt_monthly_timeseries_feb2019-feb2020.xlsx": {
        "Title sheet": (45, ""),
        "Table 1": (32_105, ""),
        "Constructions": (32, ""),
    },
    "nhs_staff_survey_2018_job_by_religion.xls": {"Notes": (25, ""), "job1_sheet1_mean": (15, "")},
    "imd2019_lad_summaries.xlsx": {"Notes": (0, "only a picture"), "IMD": (318, "")},
}


@pytest.mark.parametrize("name", [name for name in REAL if (DATA / name).is_file()])
def test_published_workbooks(name: str) -> None:
    found = {sheet.name: (sheet.rows, sheet.note) for sheet, _ in read(DATA / name)}
    assert found.items() >= REAL[name].items()


@pytest.mark.parametrize("name", [name for name in REAL if "iapt" in name and (DATA / name).is_file()])
def test_figures_of_a_published_workbook(name: str) -> None:
    table = next(rows for sheet, rows in read(DATA / name) if sheet.name == "Table 1")
    header, body = table[7], table[8:]
    england = [row for row in body if row[header.index("Group Type")] == "England"]
    assert (len(body), len(england)) == (32_097, 13)
    assert sum(int(row[header.index("Referrals Received")]) for row in england) == 1_842_025
    assert sum(cell == "*" for row in body for cell in row[6:15]) == 77_380
    assert sum(cell == "-" for row in body for cell in row[6:15]) == 135_171
    assert [row[5] for row in england][:2] == ["2019-02-01", "2019-03-01"]
