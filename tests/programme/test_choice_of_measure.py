"""Where summary measures disagree a sentence says so, and why; where they agree, or only rounding parts them, nothing does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from amhe_tui.analysis.inequality.measures import Measure
from screens.identify.breakdown import _LAST
from store.records import IndicatorMeaning
from store.workspace import Workspace
from tests.programme.test_said_to_an_audience import brought, printed
from tests.programme.test_slopes_side_by_side import FIFTHS
from tests.support import press, running, words_on

HEAD = "Area,Period,Characteristic,Group,Indicator,Value,Numerator,Denominator\n"
Groups = dict[str, tuple[int, int]]


def years(by: str, of: dict[str, Groups]) -> str:
    lines: list[str] = []
    for year, groups in of.items():
        whole = tuple(sum(pair[part] for pair in groups.values()) for part in (0, 1))
        lines += [
            f"Northmere,{year},{'Total' if group == 'All' else by},{group},Recovered,{100 * top / bottom:.1f},{top},{bottom}\n"
            for group, (top, bottom) in {**groups, "All": whole}.items()
        ]
    return HEAD + "".join(lines)


# None of the files has whole percentages alone, which would be taken for counts.
# 40 and 60 of 100 become 12 and 24: the difference falls from 20 to 12, the ratio grows from 1.5 to 2.
PARTED = years(
    "Ethnic group",
    {
        "2022-23": {"White": (6010, 10_000), "Black": (4000, 10_000)},
        "2023-24": {"White": (2400, 10_000), "Black": (1200, 10_000)},
    },
)
TOGETHER = years(
    "Ethnic group",
    {
        "2022-23": {"White": (6010, 10_000), "Black": (4000, 10_000)},
        "2023-24": {"White": (5500, 10_000), "Black": (5000, 10_000)},
    },
)
# Two small groups are far from the average; the one with nearly everybody is not.
SMALL_ONES = years("Ethnic group", {"2023-24": {"White": (5000, 10_000), "Black": (150, 500), "Asian": (350, 500)}})
# The ends are 2 apart, while between them figures climb from 30 to 70.
UNEVEN = years(
    "Deprivation fifth",
    {"2023-24": {fifth: (top, 1000) for fifth, top in zip(FIFTHS, (501, 300, 500, 700, 521), strict=True)}},
)


def asked(path: Path, capsys: pytest.CaptureFixture[str], by: str, audience: str) -> tuple[list[str], dict[str, float]]:
    found = json.loads(
        printed(
            capsys,
            *("breakdown", str(path), "--indicator", "Recovered.value", "--by", by, "--measures", "--json"),
            *("--audience", audience),
        )
    )
    return found["choice"], {one["measure"]: one["value"] for one in found["measures"]}


@pytest.mark.parametrize("audience", ["team", "public"])
def test_absolute_and_relative_part_over_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str
) -> None:
    path = brought(tmp_path, PARTED)
    words, measures = asked(path, capsys, "Ethnic group", audience)
    assert (measures[Measure.DIFFERENCE], measures[Measure.RATIO]) == pytest.approx((12, 2))
    (said,) = words
    assert said.startswith("The difference became smaller and the ratio moved further from 1 since 2022-23")
    assert "(from 20.1 to 12, and from 1.5 to 2 times)" in said
    assert "Chance alone" not in said
    plain = printed(
        capsys,
        *("breakdown", str(path), "--indicator", "Recovered.value", "--by", "Ethnic group", "--audience", audience),
    )
    assert "The difference became smaller" not in plain


def test_where_they_agree_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(brought(tmp_path, TOGETHER), capsys, "Ethnic group", "team")[0] == []


def test_groups_and_people_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, measures = asked(brought(tmp_path, SMALL_ONES), capsys, "Ethnic group", "team")
    # From an average of 50: of three groups 0, 20 and 20 away; of 11,000 people a thousand 20 away.
    assert measures[Measure.DISPARITY] == pytest.approx(100 * (40 / 3) / 50)
    assert measures[Measure.DISPARITY_WEIGHTED] == pytest.approx(100 * 20 * 1000 / 11_000 / 50)
    (said,) = words
    assert "Counting every group alike, groups are 26.7% of the average away from it" in said
    assert "counting every person alike, 3.64%: the groups that are far from it are small ones." in said


@pytest.mark.parametrize("audience", ["team", "public"])
def test_ends_and_line_part(tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: str) -> None:
    path = brought(tmp_path, UNEVEN)
    with Workspace.open(path) as workspace, workspace.change("A high figure is good") as change:
        change.add(IndicatorMeaning(indicator_id="Recovered.value", name="Recovered", direction="up"))
    words, measures = asked(path, capsys, "Deprivation fifth", audience)
    assert measures[Measure.DIFFERENCE] == pytest.approx(2)
    assert measures[Measure.SLOPE] > 15
    assert any(
        said.startswith("The two ends of the order are 2 apart, the ends of a line through all groups 2")
        for said in words
    )


def test_rounding_alone_parts_no_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the true counts the difference and the ratio both shrink; rounded to five the ratio would grow from 1.20 to 1.39, and is not given."""
    groups = {
        "2022-23": {"White": (53, 118), "Black": (38, 107)},
        "2023-24": {"White": (14, 135), "Black": (11, 125)},
    }
    path = brought(tmp_path, years("Ethnic group", groups))
    for audience in ("team", "public"):
        words, measures = asked(path, capsys, "Ethnic group", audience)
        assert not any("since" in said for said in words)
        assert measures.get(Measure.RATIO) == (pytest.approx(1.18, abs=0.005) if audience == "team" else None)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield brought(tmp_path, PARTED)
    _LAST.clear()


async def test_on_the_screen_it_stands_before_the_measures(path: Path) -> None:
    async with running(path, (80, 24)) as (app, pilot):
        await press(app, pilot, "enter", "b", "s")
        words = words_on(app)
        assert "Summary measures of these groups" in words
        assert "The difference became smaller" in words
