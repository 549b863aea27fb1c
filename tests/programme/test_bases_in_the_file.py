"""Counts that are in the file are used as the base of its shares and rates, however the file calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.programme.test_said_to_an_audience import brought, printed

VALUE_OF_COUNTS = """Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator
Northmere,2023-24,Total,All,Held,56.7,85,150
Northmere,2023-24,Sex,Female,Held,50,40,80
Northmere,2023-24,Sex,Male,Held,64.3,45,70
"""
LOCAL_NAMES = """Area,Period,Ethnic group,Seen,Detained,Detained %
Northmere,2023-24,All,1200,180,15.0
Northmere,2023-24,White,900,108,12.0
Northmere,2023-24,Asian,200,40,20.0
Northmere,2023-24,Black,100,32,32.0
"""
RATE = """Area,Period,Ethnic group,Count,Population,Rate
Northmere,2023-24,All,180,120000,150.0
Northmere,2023-24,White,108,90000,120.0
Northmere,2023-24,Asian,40,20000,200.0
Northmere,2023-24,Black,32,10000,320.0
"""
RESPONDENTS = """Area,Period,Sex,Respondents,Felt listened to (%)
Northmere,2023-24,All,1000,62.0
Northmere,2023-24,Female,600,65.0
Northmere,2023-24,Male,400,57.5
"""
WRONG = LOCAL_NAMES.replace("108,12.0", "208,12.0")


def gaps(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    return json.loads(printed(capsys, "gaps", str(path), "--json", "--audience", "team"))


@pytest.mark.parametrize(
    ("text", "group", "value", "other"),
    [
        (VALUE_OF_COUNTS, "Male", 64.3, 50.0),
        (LOCAL_NAMES, "Black", 32.0, 100 * 148 / 1100),
        (RATE, "Black", 320.0, 100_000 * 148 / 110_000),
        (RESPONDENTS, "Male", 57.5, 65.0),
    ],
    ids=["value of counts", "local names", "rate", "respondents"],
)
def test_a_base_in_the_file_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, group: str, value: float, other: float
) -> None:
    found = gaps(brought(tmp_path, text), capsys)
    line = next(line for line in found["gaps"] if group in (line["group"], *line["also"]))
    assert (line["group"], line["value"], line["compared_with"]) == (group, value, "everyone else")
    assert line["other"] == pytest.approx(other)
    assert line["chance"] is not None
    assert found["compared"] == len(text.splitlines()) - 2


TWO_GROUPS = (
    "Area,Period,Sex,Value,Numerator,Denominator\nNorthmere,2023-24,Female,50,40,80\nNorthmere,2023-24,Male,100,70,70\n"
)
TWO_RATES = "Area,Period,Sex,Count,Population,Rate\nNorthmere,2023-24,Female,120,10000,1200.0\nNorthmere,2023-24,Male,99,11000,900.0\n"


@pytest.mark.parametrize(("text", "values"), [(TWO_GROUPS, [100.0, 50.0]), (TWO_RATES, [900.0, 1200.0])])
def test_two_groups_are_enough_where_nothing_else_can_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, values: list[float]
) -> None:
    found = gaps(brought(tmp_path, text), capsys)
    assert found["compared"] == 2
    assert [found["gaps"][0]["value"], found["gaps"][0]["other"]] == pytest.approx(values)


def test_what_the_file_names_is_found_among_many_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, *rows = VALUE_OF_COUNTS.splitlines()
    many = [row.replace("Held", f"Held {number}") for number in range(30) for row in rows]
    assert gaps(brought(tmp_path, "\n".join([head, *many, ""])), capsys)["compared"] == 60


def test_counts_that_do_not_give_the_figures_are_no_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = gaps(brought(tmp_path, WRONG), capsys)
    assert found["compared"] == 0
    assert {line["section"] for line in found["gaps"]} == {"bare"}


def test_a_breakdown_has_the_limits_of_its_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = brought(tmp_path, RESPONDENTS)
    shown = printed(
        capsys,
        *("breakdown", str(path), "--indicator", "felt_listened_to.percentage", "--by", "Sex", "--json"),
        *("--audience", "team"),
    )
    male = next(row for row in json.loads(shown)["rows"] if row["group"] == "Male")
    assert (male["numerator"], male["denominator"]) == (230, 400)
    assert male["lower"] == pytest.approx(52.6, abs=0.1)


LEFT_OVER = """Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator
Northmere,2023-24,Total,All,Held,61.2,245,400
Northmere,2023-24,Sex,Female,Held,98,98,100
Northmere,2023-24,Sex,Male,Held,50,60,120
Northmere,2023-24,Sex,Other,Held,48.3,87,180
"""
LEFT_OVER_LOCAL = """Area,Period,Sex,Seen,Detained,Detained %
Northmere,2023-24,All,1200,378,31.5
Northmere,2023-24,Male,900,240,26.7
Northmere,2023-24,Other,200,40,20.0
Northmere,2023-24,Female,100,98,98.0
"""
FEW_FOLLOW = """Area,Period,Sex,Respondents,Felt listened to (%)
Northmere,2023-24,All,1000,52.0
Northmere,2023-24,Male,600,85.0
Northmere,2023-24,Other,350,2.9
Northmere,2023-24,Female,50,4.0
"""


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (LEFT_OVER, "Held.value"),
        (LEFT_OVER_LOCAL, "detained.percentage"),
        (FEW_FOLLOW, "felt_listened_to.percentage"),
    ],
    ids=["left over", "left over by local names", "a count that follows"],
)
def test_few_people_behind_a_base_that_was_found_are_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, indicator: str
) -> None:
    path = brought(tmp_path, text)
    for audience in ("board", "public"):
        shown = printed(
            capsys,
            *("breakdown", str(path), "--indicator", indicator, "--by", "Sex", "--json", "--audience", audience),
        )
        values = {row["group"]: row["value"] for row in json.loads(shown)["rows"]}
        assert values["Female"] is None
        assert list(values.values()).count(None) > 1  # what is hidden does not follow from the total
        assert any(value is not None for value in values.values())


def test_the_list_says_why_it_judges_a_gap_otherwise_than_its_breakdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = brought(tmp_path, TWO_RATES)
    alone = printed(capsys, "breakdown", str(path), "--indicator", "rate.rate", "--by", "Sex", "--audience", "team")
    assert "a wider gap than chance alone would give" in alone
    among_many = printed(capsys, "gaps", str(path), "--audience", "team")
    assert "too close to tell from chance" in among_many
    assert "Looked at alone it would seem wider than chance" in among_many
