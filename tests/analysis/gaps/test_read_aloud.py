"""What is read of a breakdown at its edges: labels that say nothing, figures too large, counts that are not there."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.analysis.breakdown import TOO_LARGE, Breakdown, BreakdownRow, assemble, is_possible
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.gaps.reading import cannot_tell, reading_of
from amhe_tui.method.indicators import KnownIndicator
from store.evidence.holdings import Cell

GOOD = KnownIndicator(denominator_words="people seen", outcome_words="recovered", higher_is_better=True)


def by_religion(**groups: tuple[int, int]) -> Breakdown:
    rows = tuple(
        BreakdownRow(label, "broad", 100 * top / bottom, "ok", top, bottom, None, None)
        for label, (top, bottom) in groups.items()
    )
    return Breakdown("r", "Recovery", "percentage", "Religion", "Northmere", "2031", None, rows, meaning=GOOD)


def test_a_label_that_says_nothing_is_named_with_its_characteristic() -> None:
    found = by_religion(None_=(300, 900), Muslim=(90, 200))
    found = replace(found, rows=tuple(replace(row, group=row.group.rstrip("_")) for row in found.rows))
    assert "in the group “None” (religion) recovered" in reading_of(found, group="None").sentence
    assert "in the group “None” (religion)" in reading_of(found, group="Muslim", compared_with="None").sentence
    assert reading_of(found, group="None").group == "None"
    assert "in the group Muslim" in reading_of(found, group="Muslim").sentence


def test_without_counts_nobody_says_that_few_people_are_there() -> None:
    found = by_religion(Hindu=(300, 900), Muslim=(90, 200))
    bare = replace(found, rows=tuple(replace(row, numerator=None, denominator=None) for row in found.rows))
    words = cannot_tell(disclose(bare, Policy("public")))
    assert "2 of the groups have no counts behind their figures" in words
    assert "because few people" not in words


def test_a_figure_too_large_for_anything_is_not_taken_and_says_why() -> None:
    cells = {
        (group, "broad", ""): Cell(group, "broad", "", value, "ok")
        for group, value in (("Female", 2e30), ("Male", 14.0), ("Other", -1e29))
    }
    found = assemble(
        indicator_id="s",
        indicator="Score",
        statistic="mean",
        characteristic="Sex",
        area="Northmere",
        period="2031",
        cells=cells,
        counts=lambda _: (None, None),
        order=lambda labels: labels,
    )
    assert [(row.value, row.status) for row in found.rows] == [(None, TOO_LARGE), (14.0, "ok"), (None, TOO_LARGE)]
    assert "2 have no figure (2 too large to be right)" in cannot_tell(found)
    assert not is_possible(1e29, "mean")
