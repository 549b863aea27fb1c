"""The twelve kinds of trouble that files of figures come with, each in small files of a made-up place."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbook_examples import ods

from amhe_tui.errors import AmheError
from amhe_tui.intake.loading.preview import preview
from amhe_tui.intake.loading.understand import ImportOverrides
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.method.groups.drift import drifted
from amhe_tui.method.groups.mapping import regroup
from amhe_tui.method.periods import order_of_days, read_moment, read_period
from store.evidence.datasets import read_figure, stored_figure
from store.records import DataSource
from tests.intake_adapter import Tidy, ask, load


def made(folder: Path, text: str | bytes, name: str = "northmere.csv", **hints: Any) -> Tidy:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(str(path), **hints)


def book(path: Path, rows: list[list[object]], *, hidden: int | None = None) -> Path:
    from xlsxwriter import Workbook

    with Workbook(path) as made_book:
        sheet = made_book.add_worksheet("Figures")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if hidden is not None:
            sheet.set_row(hidden - 1, None, None, {"hidden": True})
    return path


def open_document(path: Path, rows: list[list[object]]) -> Path:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods(path, f'<table:table table:name="Figures">{lines}</table:table>')


# --- 1 levels mixed in one column -------------------------------------------------------------------------------------------------------------------

LEVELS = """area,ethnic_group,count
Tollbrook,All people,100
Tollbrook,White: Total,70
Tollbrook,White: British,60
Tollbrook,White: Irish,10
Tollbrook,Black: Total,25
Tollbrook,Black: African,25
Tollbrook,Not stated,5
"""


def test_totals_broad_and_detailed_levels_are_told_apart_and_never_added(tmp_path: Path) -> None:
    found = made(tmp_path, LEVELS)
    assert ask(found, {"want": "sum"}) == 100
    assert ask(found, {"characteristic": "ethnic group", "level": "broad", "want": "sum"}) == 95
    assert ask(found, {"characteristic": "ethnic group", "level": "detailed", "want": "sum"}) == 95
    assert ask(found, {"characteristic": "ethnic group", "want": "sum"}) == 100, "broad groups and those not known"
    assert ask(found, {"characteristic": "ethnic group", "want": "completeness"}) == pytest.approx(0.95)


def test_kinds_of_place_that_lie_in_each_other_are_never_added(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "area,area_type,sex,value\nNorthmere,Borough,Persons,30\nEast,Ward,Persons,10\nWest,Ward,Persons,20\nNorthmere,Borough,Females,16\n",
    )
    assert ask(found, {"want": "sum"}) == 30
    assert ask(found, {"area_type": "Ward", "want": "sum"}) == 30
    assert ask(found, {"area_type": "Ward", "want": "areas"}) == ["East", "West"]


# --- 2 kinds of missing -----------------------------------------------------------------------------------------------------------------------------

MISSING = {
    "*": "suppressed", "<5": "suppressed", "[c]": "suppressed", "NULL": "not collected", "-": "not given", "N/A": "not applicable", "[z]": "not applicable",
    "..": "not available", "[x]": "not available", "[u]": "unreliable", "Not known": "not known", "Not stated": "not stated", "": "blank", "#REF!": "error in the file",
}  # fmt: skip


def test_every_missing_figure_keeps_its_reason_and_is_never_nought(tmp_path: Path) -> None:
    rows = "".join(f"group {number},{mark}\n" for number, mark in enumerate(MISSING))
    figures = "".join(f"other {number},{number}\n" for number in range(60))
    found = made(tmp_path, f"group,value\n{rows}{figures}")
    for reason in set(MISSING.values()):
        assert ask(found, {"status": reason, "want": "rows"}) == list(MISSING.values()).count(reason)
    assert ask(found, {"want": "suppressed"}) == 3
    assert ask(found, {"want": "completeness"}) == pytest.approx(60 / 74)
    assert ask(found, {"group": "group 0", "want": "value"}) is None
    assert ask(found, {"want": "sum"}) == sum(range(60))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_is_never_taken_for_a_mark(number: float) -> None:
    assert read_marker(str(number)) is None
    assert read_marker(f"{int(number):,}") is None


# --- 3 published rates that cannot be recomputed --------------------------------------------------------------------------------------------------------


def test_rates_are_not_added_and_stand_as_published(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "area,sex,measure,unit,value\nNorthmere,Female,Standardised rate,per 100000,81.5\nNorthmere,Male,Standardised rate,per 100000,62.0\n",
    )
    assert ask(found, {"group": "Female", "want": "value"}) == 81.5
    with pytest.raises(AmheError, match="cannot be added"):
        ask(found, {"characteristic": "sex", "want": "sum"})


# --- 4 schemes that do not fit ------------------------------------------------------------------------------------------------------------------------


def test_two_lists_are_brought_together_with_what_is_lost() -> None:
    counts = {
        "Asian, Asian British or Asian Welsh: Chinese": 20.0,
        "Asian, Asian British or Asian Welsh: Indian": 30.0,
        "Other ethnic group: Arab": 5.0,
    }
    found = regroup(counts, "ethnicity_census_2021", "ethnicity_nhs_broad")
    by_name = {label.casefold(): value for label, value in found.values.items()}
    assert by_name["asian or asian british"] == 30
    assert by_name["other ethnic groups"] == 25
    assert found.notes


def test_the_code_lists_of_a_file_are_named(tmp_path: Path) -> None:
    found = made(tmp_path, LEVELS)
    (source,) = found.workspace.list(DataSource)
    assert source.schemes.startswith("Ethnic group: ")


# --- 5 damaged labels and hidden rows ---------------------------------------------------------------------------------------------------------------------


def test_footnotes_glued_to_labels_go_and_ranks_stay(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "area,ethnic_group,imd_decile,count\nNorthmere,White Irish2,Total,5\nNorthmere,Black [note 3],Total,6\nNorthmere,Total,Decile 1,7\n",
    )
    groups = ask(found, {"want": "groups"})
    assert {"White Irish", "Black", "Decile 1"} <= set(groups)  # type: ignore[call-overload]


def test_a_label_that_belongs_to_another_characteristic_is_told(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "area,Religion,count\nNorthmere,Muslim,5\nNorthmere,Christian,5\nNorthmere,Hindu,7\nNorthmere,Female,9\n",
    )
    assert any("Female" in words and "do not seem to belong" in words for words in ask(found, {"want": "warnings"}))  # type: ignore[attr-defined]


def test_hidden_rows_are_read_and_listed(tmp_path: Path) -> None:
    rows: list[list[object]] = [["area", "sex", "count"], ["Northmere", "Female", 5], ["Northmere", "Male", 6]]
    path = book(tmp_path / "hidden.xlsx", rows, hidden=3)
    found = load(str(path))
    assert found.result.rows == 2
    assert "hides rows 3" in " ".join(found.result.warnings)


# --- 6 headers anywhere ---------------------------------------------------------------------------------------------------------------------------------

STACKED = """Survey of Northmere staff,,,,
,Q1,,Q2,
,I would recommend this place,,I feel safe,
,Agree,Disagree,Agree,Disagree
,%,%,%,%
Women,60,40,70,30
Men,55,45,65,35
"""
TWO_TABLES = """Homes in Northmere
,
Sex,Owners,Renters
Women,50,50
Men,60,40
Total,55,45

Age,Owners,Renters
16 to 24,10,90
25 and over,62,38
Total,57,43
Source: made up
"""


def test_five_rows_one_above_the_other_name_the_columns(tmp_path: Path) -> None:
    found = made(tmp_path, STACKED)
    assert ask(found, {"indicator": "I feel safe | Agree", "group": "Men", "want": "value"}) == 65
    assert {quantity.rsplit(".", 1)[1] for quantity in found.result.measures} == {"percentage"}


def test_tables_below_each_other_keep_their_own_totals_and_notes(tmp_path: Path) -> None:
    found = made(tmp_path, TWO_TABLES)
    assert [
        ask(found, {"indicator": "Owners", "characteristic": name, "group": "Total", "want": "value"})
        for name in ("Sex", "Age")
    ] == [55, 57]
    assert found.result.rows == 6
    kept = found.workspace.read(lambda raw: [row[0] for row in raw.execute("SELECT cells FROM beside")])
    assert any("Source: made up" in words for words in kept)
    assert any("Homes in Northmere" in words for words in kept)


def test_a_person_can_say_which_row_names_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b\nc,d\nplace,count\nNorthmere,5\nShire,6\n")
    assert [one.name for one in preview(path, ImportOverrides(header=(3,))).columns] == ["place", "count"]


# --- 7 encodings and line ends ----------------------------------------------------------------------------------------------------------------------------

WORDS = "place,group,value\nCafé Süd,Women – all,5\nNaïve Hall,Men,6\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "¬"])
def test_any_letters_line_ends_and_separators(tmp_path: Path, encoding: str, ends: str, delimiter: str) -> None:
    text = WORDS.replace(",", delimiter).replace("\n", ends)
    if encoding == "mac_roman":
        text = text.replace("–", "-")
    found = made(tmp_path, text.encode(encoding))
    assert ask(found, {"want": "areas"}) == ["Café Süd", "Naïve Hall"]
    assert ask(found, {"group": "Men", "want": "value"}) == 6


def test_line_ends_within_quotes_are_part_of_the_cell(tmp_path: Path) -> None:
    found = made(tmp_path, 'place,group,value\r\n"North\nmere",Women,5\r\nShire,Women,6\r\n')
    assert ask(found, {"want": "areas"}) == ["North mere", "Shire"]


def test_a_compressed_file_is_unpacked_while_it_is_read(tmp_path: Path) -> None:
    assert ask(made(tmp_path, gzip.compress(WORDS.encode()), "words.csv.gz"), {"want": "rows"}) == 2


# --- 8 dates ------------------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2023/24", "2023-04-01", "2024-03-31"), ("2023-24", "2023-04-01", "2024-03-31"), ("July 2022", "2022-07-01", "2022-07-31"), ("Feb-24", "2024-02-01", "2024-02-29"),
        ("31/03/2024", "2024-03-31", "2024-03-31"), ("2021", "2021-01-01", "2021-12-31"), ("Q2 2023-24", "2023-07-01", "2023-09-30"), ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("2018 - 20", "2018-01-01", "2020-12-31"), ("year ending March 2023", "2022-04-01", "2023-03-31"), ("Apr 2023 to Mar 2024", "2023-04-01", "2024-03-31"),
        ("2024-02-01 00:00:00", "2024-02-01", "2024-02-01"), ("202404", "2024-04-01", "2024-04-30"), ("mid-2024", "2024-06-30", "2024-06-30"),
    ],
)  # fmt: skip
def test_periods_as_files_write_them(text: str, starts: str, ends: str) -> None:
    found = read_period(text)
    assert found is not None
    assert (found.starts, found.ends) == (starts, ends)


def test_the_order_of_days_is_told_or_asked(tmp_path: Path) -> None:
    assert order_of_days(["01/13/2024", "02/01/2024"]) == "month first"
    assert order_of_days(["13/01/2024"]) == "day first"
    assert order_of_days(["13/01/2024", "01/13/2024"]) == "mixed"
    assert order_of_days(["01/02/2024"]) == "either"
    found = made(tmp_path, "date,group,value\n13/01/2024,Women,5\n01/14/2024,Women,6\n")
    assert "both orders" in " ".join(found.result.warnings)
    moment = read_moment("8/21/2019 1:10:31 PM", day_first=False)
    assert moment is not None
    assert moment.isoformat() == "2019-08-21T13:10:31"


@given(st.dates(min_value=__import__("datetime").date(1971, 1, 1), max_value=__import__("datetime").date(2068, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day: Any) -> None:
    for text, first in (
        (f"{day:%d/%m/%Y}", True),
        (f"{day:%m/%d/%Y}", False),
        (f"{day:%d %B %Y}", True),
        (day.isoformat(), True),
    ):
        found = read_period(text, day_first=first)
        assert found is not None
        assert found.starts == day.isoformat()


# --- 9 codes as text ------------------------------------------------------------------------------------------------------------------------------------------


def test_codes_that_look_like_numbers_stay_text(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "org_code,org_name,group,value\n8E782,One,Women,1\n01H,Two,Women,2\n108,Three,Women,3\n0012,Four,Women,4\n",
    )
    codes = found.workspace.read(lambda raw: {row[0] for row in raw.execute("SELECT code FROM area")})
    assert codes == {"8E782", "01H", "108", "0012"}


# --- 10 label drift -------------------------------------------------------------------------------------------------------------------------------------------


def test_labels_that_drift_are_offered_and_never_joined_silently(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        "year,ethnic_group,value\n2023,Any Other Mixed Background,5\n2024,Any other Mixed background,6\n2023,Black,1\n2024,Black,1\n",
    )
    groups = ask(found, {"want": "groups"})
    assert {"Any Other Mixed Background", "Any other Mixed background"} <= set(groups)  # type: ignore[call-overload]
    (join,) = drifted({"2023": ["Any Other Mixed Background"], "2024": ["Any other Mixed background"]})
    assert join.quality == "exact"


# --- 11 numbers as text ---------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,204", 1204),
        ("34.9%", 34.9),
        (" 12 ", 12),
        ("£1,000", 1000),
        ("45 [r]", 45),
        ("1e3", 1000),
        ("+5", 5),
        ("-0.5", -0.5),
        (".5", 0.5),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert read_figure(text) == number
    stored = stored_figure(text.strip())
    assert stored == number or stored == text.strip(), "what is written otherwise stays as it came"


def test_thousands_and_percent_signs_are_read_and_say_what_they_are(tmp_path: Path) -> None:
    found = made(tmp_path, 'area,group,Seen,Seen in time\nNorthmere,Women,"1,204",34.9%\nNorthmere,Men,996,40%\n')
    assert ask(found, {"indicator": "Seen", "statistic": "count", "want": "sum"}) == 2200
    assert ask(found, {"indicator": "Seen in time", "group": "Men", "want": "value"}) == 40


# --- 12 xls and ods -------------------------------------------------------------------------------------------------------------------------------------------


def test_an_open_document_reads_as_a_csv_does(tmp_path: Path) -> None:
    rows: list[list[object]] = [["area", "sex", "count"], ["Northmere", "Female", 5], ["Northmere", "Male", 6]]
    for path in (open_document(tmp_path / "book.ods", rows), book(tmp_path / "book.xlsx", rows)):
        assert ask(load(str(path)), {"characteristic": "sex", "group": "Male", "want": "value"}) == 6
