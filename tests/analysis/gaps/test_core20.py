"""The most deprived fifth is found by its words, whichever end a file numbers from, and added up from its counts."""

from __future__ import annotations

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.gaps.core20 import MOST_DEPRIVED, core20_of, fifths_of

DECILES = (
    *("01 Most deprived", "02 More deprived", "03 More deprived", "04 More deprived", "05 More deprived"),
    *("06 Less deprived", "07 Less deprived", "08 Less deprived", "09 Less deprived", "10 Least deprived"),
)
FROM_LEAST = (
    *("1 Least deprived", "2 Less deprived", "3 Less deprived", "4 Less deprived", "5 Less deprived"),
    *("6 More deprived", "7 More deprived", "8 More deprived", "9 More deprived", "10 Most deprived"),
)
FIFTHS = (
    *("Most deprived fifth", "Second most deprived fifth", "Middle fifth"),
    *("Second least deprived fifth", "Least deprived fifth"),
)


@pytest.mark.parametrize(
    ("labels", "heading", "expected"),
    [
        (DECILES, "IMD Decile", {"01 Most deprived", "02 More deprived"}),
        (FROM_LEAST, "IMD Decile", {"10 Most deprived", "9 More deprived"}),
        (FIFTHS, "Deprivation fifth", {"Most deprived fifth"}),
        (("Most deprived quintile", "Other 4 quintiles"), "IMD Core20", {"Most deprived quintile"}),
        (("1 Most deprived", "2", "3", "4", "5 Least deprived"), "IMD quintile", {"1 Most deprived"}),
        (("1", "2", "3", "4", "5"), "IMD quintile", None),
        (DECILES[:9], "IMD Decile", None),
        (("Most deprived", "Least deprived"), "Deprivation", None),
        (("Poor", "Rich", "Middling"), "Deprivation", None),
    ],
)
def test_the_fifth_is_known_by_its_words(labels: tuple[str, ...], heading: str, expected: set[str] | None) -> None:
    found = fifths_of(labels, heading)
    assert expected == (None if found is None else {label for label, most in found.items() if most})


def by_decile(*tops: int | None) -> Breakdown:
    rows = tuple(
        BreakdownRow(
            label, "broad", None if top is None else top / 10, "ok" if top else "suppressed", top, 1000, None, None
        )
        for label, top in zip(DECILES, tops, strict=True)
    )
    return Breakdown("x", "Recovered", "percentage", "IMD Decile", "Northmere", "2023-24", 1.0, rows)


def test_deciles_are_added_up_from_their_counts() -> None:
    found = core20_of(by_decile(400, 420, *[500] * 8))
    assert found is not None
    assert [(row.group, row.value, row.numerator, row.denominator) for row in found.rows] == [
        (MOST_DEPRIVED, 41.0, 820, 2000),
        ("Other four fifths", 50.0, 4000, 8000),
    ]
    assert found.rows[0].lower == pytest.approx(38.86, abs=0.01)  # Wilson's limits of 820 of 2,000


def test_a_part_with_a_rank_that_is_not_there_has_no_figure() -> None:
    found = core20_of(by_decile(None, 420, *[500] * 8))
    assert found is not None
    assert (found.rows[0].value, found.rows[0].status) == (None, "suppressed")
    assert found.rows[1].value == 50.0
    public = core20_of(disclose(by_decile(2, 420, *[500] * 8), Policy("public")))
    assert public is not None
    assert public.rows[0].value is None
    assert public.rows[0].numerator is None
