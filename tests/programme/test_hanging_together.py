"""What the guard must know of one another although it is not in one table: counts behind shares, and the places of a file too large to look at as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.cli import main
from amhe_tui.programme import guard
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.settings import Settings, save_settings
from store.workspace import Workspace
from tests.programme.attack import attack, programme_of

SEEN = {
    "Harbour": {"White": 40, "Asian": 22, "Black": 3, "Mixed": 31},
    "Mill Hill": {"White": 52, "Asian": 19, "Black": 14, "Mixed": 26},
    "Old Town": {"White": 61, "Asian": 33, "Black": 17, "Mixed": 45},
}
EXACT = Policy("public", rounding=0, because="A test of exact figures.")


def towns(number: int) -> str:
    """Return a file of some towns with the wards that make each up; the wards have no total of their own."""
    lines = ["Area,Area type,Period,Ethnic group,Seen"]
    for town in range(number):
        whole: dict[str, int] = {}
        for ward, counts in SEEN.items():
            for group, count in counts.items():
                own = count + (town * 7 if count > 10 else 0)
                whole[group] = whole.get(group, 0) + own
                lines.append(f"{ward} {town},Ward,2023-24,{group},{own}")
        lines += [f"Town {town},Town,2023-24,{group},{count}" for group, count in whole.items()]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("at_once", [60_000, 20, 10], ids=["as a whole", "family by family", "place by place"])
def test_wards_tell_nothing_of_one_another_however_large_the_file_is(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "towns.csv"
    data.write_text(towns(2), encoding="utf-8")
    path = programme_of(tmp_path, data)
    save_settings(Settings(rounding=0, weaker_because=EXACT.because))
    monkeypatch.setattr(guard, "MOST_AT_ONCE", at_once)
    assert attack(path, "public") == []
    with Workspace.open(path) as workspace:
        town = disclosed_breakdown(workspace, "Seen.value", "Ethnic group", EXACT, area="Town 1")
        shown = {row.group: row.value for row in town.rows}
        assert any(value is not None for value in shown.values()), "it must not be safe by hiding everything"


SHARES = {"White": (80.0, 40), "Asian": (50.0, 22), "Black": (30.0, 10), "Mixed": (48.4, 31)}
OTHERS = {"White": (75.0, 52), "Asian": (57.9, 19), "Black": (50.0, 24), "Mixed": (50.0, 26)}


def test_a_count_behind_a_share_does_not_follow_from_that_of_another_place(tmp_path: Path) -> None:
    path, data = tmp_path / "own.amhe", tmp_path / "asked.csv"
    lines = ["Area,Period,Ethnic group,Respondents,Felt listened to (%)"]
    for group in SHARES:
        pairs = [SHARES[group], OTHERS[group]]
        asked = sum(base for _, base in pairs)
        satisfied = sum(round(share * base / 100) for share, base in pairs)
        every = [("Harbour", *pairs[0]), ("Mill Hill", *pairs[1]), ("Town", round(100 * satisfied / asked, 1), asked)]
        lines += [f"{area},2023-24,{group},{base},{share}" for area, share, base in every]
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["new", str(path), "--name", "Own", "--yes"]) == 0
    assert main(["import", str(path), str(data)]) == 0
    with Workspace.open(path) as workspace:
        tops = {
            area: {
                row.group: row.numerator
                for row in disclosed_breakdown(
                    workspace, "felt_listened_to.percentage", "Ethnic group", EXACT, area=area
                ).rows
            }
            for area in ("Harbour", "Mill Hill", "Town")
        }
    assert tops["Harbour"]["Black"] is None, "three people"
    for group in SHARES:
        hidden = [area for area, counts in tops.items() if counts[group] is None]
        assert len(hidden) != 1, f"{group} in {hidden} follows from the other two places"
    assert sum(count is not None for counts in tops.values() for count in counts.values()) >= 3
