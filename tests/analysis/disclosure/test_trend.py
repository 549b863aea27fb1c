"""A line over the years rises and falls as the true counts do, however they are rounded."""

from __future__ import annotations

import random
from dataclasses import replace

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy, disclose
from amhe_tui.analysis.disclosure.trend import trend_of
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.charts.evidence import trend_figure
from amhe_tui.charts.table import rows

PUBLIC = Policy("public")


def year(period: str, counts: dict[str, tuple[int, int]]) -> tuple[str, Disclosed]:
    every = tuple(
        BreakdownRow(group, "broad", round(100 * top / bottom, 1), "ok", top, bottom, None, None)
        for group, (top, bottom) in counts.items()
    )
    true = Breakdown("r", "Recovery", "percentage", "Sex", "Northmere", period, None, every)
    return period, replace(disclose(true, PUBLIC), judge=TrueCounts(true, PUBLIC.rounding))


def test_no_line_turns_the_wrong_way() -> None:
    chance = random.Random(4)  # noqa: S311 - made-up figures
    left_out = 0
    for _ in range(100):
        truth = [
            {group: (chance.randint(8, 16), chance.randint(24, 40)) for group in ("Female", "Male")} for _ in range(4)
        ]
        trend = trend_of([year(f"20{number:02}", counts) for number, counts in enumerate(truth)], str.casefold)
        for line in trend.series:
            exact = [counts[line.label][0] / counts[line.label][1] for counts in truth]
            pairs = [
                (line.values[one], line.values[other], exact[one] - exact[other])
                for one in range(4)
                for other in range(one)
            ]
            for mine, before, apart in pairs:
                if mine is not None and before is not None and mine != before:
                    assert (mine > before) == (apart > 0)
                    assert apart
            left_out += line.values.count(None)
    assert 0 < left_out < 400


def test_what_is_left_out_is_said() -> None:
    trend = trend_of(
        [year("2022", {"Female": (7, 13), "Male": (30, 60)}), year("2023", {"Female": (8, 17), "Male": (31, 60)})],
        str.casefold,
    )
    female = next(line for line in trend.series if line.label == "Female")
    assert None in female.values
    assert any("left out for Female" in note for note in trend.notes)
    assert "no figure" in str(rows(trend_figure(trend)))
