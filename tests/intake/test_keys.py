"""Two figures for one thing, lists of people, blank groups and groups in codes: other words, columns and numbers than those of the files once read wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from amhe_tui.errors import AmheError
from amhe_tui.intake.loading import checking
from amhe_tui.intake.loading.preview import preview
from store.evidence.datasets import REJECTED, annotations_of
from tests.intake_adapter import Tidy, ask, load, said

Rows = Sequence[Sequence[object]]


def text(folder: Path, content: str, name: str = "northmere.csv") -> Tidy:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return load(str(path))


def book(folder: Path, sheets: Mapping[str, Rows]) -> Tidy:
    path = folder / "northmere.xlsx"
    with Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return load(str(path))


# --- keys ---------------------------------------------------------------------------------------------------------------------------------------------

DISAGREE = (
    "Trust,Period,Gender,Detentions\nNorthmere,2023/24,Female,50\nNorthmere,2023/24,Male,60\nSouthmere,2023/24,Female,51\n"
    "Southmere,2023/24,Male,61\nEastmere,2023/24,Male,62\nNorthmere,2023/24,Female,55\nNorthmere,2023/24,Male,60\n"
)


def test_of_figures_that_disagree_none_is_taken_and_their_rows_are_kept_with_the_reason(tmp_path: Path) -> None:
    found = text(tmp_path, DISAGREE)
    assert ask(found, {"area": "Northmere", "group": "Female"}) is None
    assert "Rows 2 and 7 disagree: they give 50 and 55 for Female, Northmere, 2023/24" in said(found)
    kept = found.workspace.read(lambda raw: annotations_of(raw, found.result.content_hash, REJECTED))
    assert [row for row, _, _ in kept] == [2, 7]
    assert "where row 7 gives 55" in kept[0][2]


def test_a_repeat_that_agrees_is_said_and_counted_once(tmp_path: Path) -> None:
    found = text(tmp_path, DISAGREE)
    assert ask(found, {"area": "Northmere", "group": "Male", "want": "sum"}) == 60
    assert "1 figure stands there again and says the same" in said(found)


def test_what_disagrees_is_said_before_anything_is_brought_in(tmp_path: Path) -> None:
    path = tmp_path / "northmere.csv"
    path.write_text(DISAGREE, encoding="utf-8")
    assert any("Rows 2 and 7 disagree" in warning for warning in preview(path).warnings)


def test_a_blank_beside_a_figure_is_no_figure_of_its_own(tmp_path: Path) -> None:
    found = text(tmp_path, "Area,Sex,Waiting,Seen\nA,Female,,5\nA,Female,7,\nA,Male,8,9\n")
    assert ask(found, {"indicator": "Waiting", "group": "Female"}) == 7
    assert ask(found, {"indicator": "Seen", "group": "Female"}) == 5
    assert "disagree" not in said(found)


def test_repeats_are_found_however_far_apart_and_however_many_are_looked_at_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_AT_ONCE", 3)
    lines = [f"Place {number},Female,{number}" for number in range(9_000)]
    clashing = [f"Place {number},Female,{number + 1}" for number in (3, 5_000, 8_999)]
    found = text(tmp_path, "\n".join(["Area,Sex,People", *lines, *clashing]) + "\n")
    assert [row for row, _ in found.result.rejected] == [5, 9002, 5002, 9003, 9001, 9004]
    assert ask(found, {"area": "Place 8", "group": "Female"}) == 8


def test_a_column_of_numbers_without_a_known_name_tells_rows_apart(tmp_path: Path) -> None:
    rows = "".join(
        f"{area},{cluster},{year},{10 * cluster + place}\n"
        for place, area in enumerate(("A", "B"))
        for year in (2021, 2022)
        for cluster in (1, 2, 3)
    )
    found = text(tmp_path, f"Area,Cluster,Year,People\n{rows}")
    assert ask(found, {"area": "B", "group": "3", "period": "2022"}) == 31


HEAD = ["Ethnic group", "Referrals"]


@pytest.mark.parametrize(
    ("names", "question"),
    [
        (("Women", "Men"), {"group": "White", "within": "Sex: Men"}),
        (("Referrals - Women", "Referrals - Men"), {"group": "White", "within": "Sex: Men"}),
        (("Northmere", "Southmere"), {"group": "White", "area": "Southmere"}),
        (("CAMHS", "Adult community"), {"group": "White", "within": "Adult community"}),
        (("2022-23", "2023-24"), {"group": "White", "period": "2023-24"}),
    ],
)
def test_what_sheets_are_called_tells_their_figures_apart(
    tmp_path: Path, names: tuple[str, str], question: dict[str, str]
) -> None:
    sheets = {
        names[0]: [HEAD, ["White", 100], ["Black", 20], ["Asian", 3]],
        names[1]: [HEAD, ["White", 70], ["Black", 9], ["Asian", 3]],
    }
    assert ask(book(tmp_path, sheets), question) == 70


def test_sheets_whose_names_say_nothing_are_refused_by_name(tmp_path: Path) -> None:
    rows: Rows = [HEAD, ["White", 100], ["Black", 20], ["Asian", 30]]
    other: Rows = [HEAD, ["White", 70], ["Black", 9], ["Asian", 3]]
    with pytest.raises(AmheError, match="sheets Sheet1 and Sheet2 disagree"):
        book(tmp_path, {"Sheet1": rows, "Sheet2": other})


# --- people -------------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "secret", "indicator", "group", "people"),
    [
        ("NHS number,Gender,Ethnic category,Referrals\n9434765919,Male,White,3\n943 476 5870,Female,Black,1\n9434765838,Male,Asian,1\n",
         "9434765919", "gender", "Male", 2),
        ("Client ref,Date of birth,Gender,Outcome\nC1,12/03/1980,Female,Improved\nC2,01/07/1991,Male,No change\nC3,23/11/1975,Female,Improved\n",
         "12/03/1980", "outcome", "Improved", 2),
        ("Name,E-mail,Ethnicity,Attended\nAnn Example,ann@example.org,White,Yes\nBob Example,bob@example.org,Black,No\nCy Example,cy@example.org,Asian,Yes\n",
         "Ann Example", "attended", "Yes", 2),
        ("Respondent,Gender,I felt listened to\n1,Woman,Agree\n2,Man,Disagree\n3,Woman,Agree\n", "1", "i_felt_listened_to", "Agree", 2),
        ("age,gender,ethnic_group,dropped_out\n23,Woman,White,1\n31,Man,Black,0\n44,Woman,White,0\n52,Man,White,1\n36,Woman,Asian,0\n28,Man,White,0\n61,Woman,Black,1\n",
         "23", "dropped_out", "1", 3),
    ],
)  # fmt: skip
def test_rows_of_people_are_counted_and_nobody_is_named(
    tmp_path: Path, content: str, secret: str, indicator: str, group: str, people: int
) -> None:
    found = text(tmp_path, content)
    assert ask(found, {"indicator": indicator, "group": group}) == people
    assert "Rows are people" in said(found)
    stored = found.workspace.read(
        lambda raw: [str(row) for row in raw.execute("SELECT label FROM category UNION SELECT name FROM quantity")]
    )
    assert not any(secret == label.strip("(),'") for label in stored)


def test_small_numbers_by_month_and_group_are_no_people(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "id,Month,Ethnicity,Incidents\n1,Apr-24,White,3\n2,Apr-24,Black,1\n3,May-24,White,4\n4,May-24,Black,2\n",
    )
    assert ask(found, {"indicator": "Incidents", "group": "White", "period": "Apr 2024"}) == 3


# --- blank groups and totals --------------------------------------------------------------------------------------------------------------------------


def test_a_blank_group_is_everybody_only_where_it_adds_up_the_others(tmp_path: Path) -> None:
    everybody = text(
        tmp_path, "Area,Religion,People\nA,Christian,500\nA,Muslim,100\nA,,600\nB,Christian,50\nB,Muslim,10\nB,,60\n"
    )
    assert ask(everybody, {"area": "A", "level": "total"}) == 600
    some = text(
        tmp_path,
        "Area,Religion,People\nA,Christian,500\nA,Muslim,100\nA,,60\nB,Christian,50\nB,Muslim,10\nB,,6\n",
        "some.csv",
    )
    assert ask(some, {"area": "A", "characteristic": "Religion", "want": "completeness"}) == pytest.approx(600 / 660)
    assert "not recorded" in said(some)


def test_unknown_is_not_added_to_its_own_parts(tmp_path: Path) -> None:
    found = text(
        tmp_path, "Gender,Contacts\nWomen,500\nMen,400\nUnknown,60\nPrefer not to say,25\nNot recorded,35\nTotal,960\n"
    )
    assert ask(found, {"characteristic": "Gender", "want": "completeness"}) == pytest.approx(900 / 960)


def test_persons_among_letters_of_sex_are_everybody(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "Provider,Gender,Referrals\nRX1,F,50\nRX1,M,40\nRX1,P,95\nRX1,U,5\nRX2,F,60\nRX2,M,45\nRX2,P,112\nRX2,U,7\n",
    )
    assert ask(found, {"area": "RX2", "level": "total"}) == 112
    assert ask(found, {"area": "RX2", "characteristic": "Gender", "want": "completeness"}) == pytest.approx(105 / 112)


def test_each_characteristic_has_the_total_written_below_it(tmp_path: Path) -> None:
    found = text(
        tmp_path,
        "Place,Category,Subcategory,Referrals\nN,Gender,Total,500\nN,Gender,Women,300\nN,Gender,Men,200\nN,Disability,Total,450\nN,Disability,Yes,150\nN,Disability,No,300\n",
    )
    assert ask(found, {"characteristic": "Disability", "level": "total"}) == 450
    assert ask(found, {"characteristic": "Gender", "level": "total"}) == 500
    with pytest.raises(AmheError, match="total of its own"):
        ask(found, {"group": "Total"})


# --- codes --------------------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "group", "value", "asked"),
    [
        ("Area,Disability,Year,Referrals\nA,1,2022,120\nA,0,2022,480\nB,1,2022,60\nB,0,2022,240\n", "1", 180, True),
        ("Year,IMD quintile,Admission rate per 100000\n2022,1,151.2\n2022,2,130.1\n2022,3,99.9\n", "3", 99.9, False),
        ("gender_code,contacts\n1,120\n2,180\n9,5\n", "9", 5, True),
        ("Area,Ethnic code,Ethnic group,Contacts\nA,A,White British,400\nA,M,Caribbean,30\nB,A,White British,200\nB,M,Caribbean,10\n", "Caribbean", 40, False),
    ],
)  # fmt: skip
def test_codes_are_groups(tmp_path: Path, content: str, group: str, value: float, asked: bool) -> None:
    found = text(tmp_path, content)
    assert ask(found, {"group": group, "want": "sum"}) == value
    assert ("holds codes" in said(found)) == asked


def test_a_decile_of_single_areas_stays_a_figure(tmp_path: Path) -> None:
    rows = "".join(f"E0100000{number},Northmere {number},{number * 7}.5,{number}\n" for number in range(1, 7))
    found = text(tmp_path, f"LSOA code,LSOA name,IMD Score,IMD Decile\n{rows}")
    assert ask(found, {"area": "E01000003", "statistic": "decile"}) == 3
