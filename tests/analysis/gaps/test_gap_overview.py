"""The overview of every gap says of each group what its own breakdown says, keeps the unsure apart, and never turns a meaning round."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.gaps.overview import GapLine, gap_overview
from amhe_tui.analysis.gaps.reading import LEAST, groups_of, reading_of
from amhe_tui.analysis.gaps.sets import GapSets, joined, sets_of
from amhe_tui.method.gap_sections import SECTIONS
from amhe_tui.method.indicators import KnownIndicator
from amhe_tui.programme.gaps import sentence_of

LABELS = ("White", "Mixed", "Asian or Asian British", "Black or Black British", "Other Ethnic Groups")
GOOD = KnownIndicator(denominator_words="people treated", outcome_words="recovered", higher_is_better=True)
DETAINED = KnownIndicator(
    denominator_words="people who live there", events="detentions", per=100_000, higher_is_better=False
)


def shares(
    *counts: tuple[int, int], meaning: KnownIndicator = GOOD, level: str = "broad", characteristic: str = "Ethnic Group"
) -> Breakdown:
    """Return a breakdown of shares from pairs of numerator and denominator."""
    rows = tuple(
        BreakdownRow(
            label,
            level,
            100 * top / bottom if bottom else None,
            "ok" if bottom else "suppressed",
            top,
            bottom,
            None,
            None,
        )
        for label, (top, bottom) in zip(LABELS, counts, strict=False)
    )
    return Breakdown(
        "recovery", "recovery", "percentage", characteristic, "Northmere", "2031-32", None, rows, meaning=meaning
    )


def rates(*counts: tuple[int, int]) -> Breakdown:
    """Return a breakdown of rates from pairs of events and people."""
    rows = tuple(
        BreakdownRow(label, "broad", 100_000 * top / bottom, "ok", top, bottom, None, None)
        for label, (top, bottom) in zip(LABELS, counts, strict=False)
    )
    return Breakdown(
        "detained", "detained", "rate", "Ethnic Group", "Northmere", "2031-32", None, rows, meaning=DETAINED
    )


def line_of(sets: GapSets, group: str) -> GapLine:
    """Return the line a group leads, or is named in."""
    return next(line for line in gap_overview(sets).lines if group == line.group or group in line.also)


pairs = st.integers(1, 3000).flatmap(lambda bottom: st.tuples(st.integers(0, bottom), st.just(bottom)))


@given(st.lists(pairs, min_size=2, max_size=5), st.booleans())
def test_the_overview_says_of_a_group_what_its_breakdown_says(counts: list[tuple[int, int]], rate: bool) -> None:
    found = rates(*counts) if rate else shares(*counts)
    for line in gap_overview(sets_of([found])).lines:
        read = reading_of(found, group=line.group)
        assert line.value == pytest.approx(read.value)
        assert line.other == pytest.approx(read.compared_value)
        if line.section in ("sure", "small") and read.gap is not None:
            assert read.gap.beyond_chance
        if line.section == "alike" and read.gap is not None:
            assert not read.gap.beyond_chance
        assert (line.section == "few") <= line.why.startswith("Fewer than")
        if line.difference is not None and line.lower is not None and line.upper is not None:
            assert line.lower <= line.difference <= line.upper
        if line.least is not None and line.size is not None:
            assert 1 <= line.least <= line.size


@given(st.lists(pairs, min_size=2, max_size=5))
def test_a_flipped_polarity_never_flips_the_meaning_of_a_sentence(counts: list[tuple[int, int]]) -> None:
    for group in LABELS[: len(counts)]:
        told = {
            better: reading_of(shares(*counts, meaning=replace(GOOD, higher_is_better=better)), group=group).sentence
            for better in (True, False, None)
        }
        assert told[True].replace(" For this measure, the higher the figure the better.", "") == told[None]
        assert told[False].replace(" For this measure, the lower the figure the better.", "") == told[None]


def test_who_fares_worse_turns_with_the_polarity_and_the_figures_do_not() -> None:
    counts = ((500, 1000), (400, 1000))
    good, bad = (
        list(gap_overview(sets_of([shares(*counts, meaning=replace(GOOD, higher_is_better=better))])).lines)
        for better in (True, False)
    )
    assert [(line.group, line.value) for line in good] == [("Mixed", 40.0)]
    assert [(line.group, line.value) for line in bad] == [("White", 50.0)]


@given(st.lists(pairs, min_size=2, max_size=5))
def test_ten_times_the_people_narrow_the_limits(counts: list[tuple[int, int]]) -> None:
    few, many = (
        {
            line.group: line
            for line in gap_overview(sets_of([shares(*((top * n, bottom * n) for top, bottom in counts))])).lines
        }
        for n in (1, 10)
    )
    for group in few.keys() & many.keys():
        a, b = few[group], many[group]
        if None not in (a.lower, a.upper, b.lower, b.upper):
            assert b.upper - b.lower < a.upper - a.lower  # type: ignore[operator]


def test_sums_never_mix_levels() -> None:
    found = shares((500, 1000), (300, 1000))
    parts = tuple(
        BreakdownRow(label, "detailed", 100 * top / 400, "ok", top, 400, None, None, "Mixed")
        for label, top in (("White and Black African", 100), ("White and Asian", 200))
    )
    unknown = tuple(
        BreakdownRow("Not stated", level, 90.0, "ok", 90, 100, None, None) for level in ("unknown", "broad", "detailed")
    )  # a file may put the unknown on any level
    total = BreakdownRow("Total", "total", 42.4, "ok", 890, 2100, None, None)
    sets = sets_of([replace(found, rows=(*found.rows, *parts, *unknown, total))])
    alone = replace(found, rows=(*found.rows, *parts, *unknown, total))
    assert {row.group for level in ("", "detailed") for row in groups_of(alone, level)} == set(sets.group)
    assert reading_of(alone, group="Mixed").compared_value == 50.0
    by_level = {line.level: line for line in gap_overview(sets).lines}
    assert by_level["broad"].group == "Mixed"
    assert by_level["broad"].other == 50.0  # White alone
    assert by_level["detailed"].group == "White and Black African"
    assert by_level["detailed"].other == 50.0  # 200 of 400 alone


def test_fewer_than_twenty_people_are_never_sure_and_it_says_so() -> None:
    line = line_of(sets_of([shares((900, 1000), (0, LEAST - 1))]), "Mixed")
    words = "Fewer than 20 people are counted in this group, or among those it is compared with."
    assert (line.section, line.why) == ("few", words)
    many = line_of(sets_of([shares((12_345, 98_765), (1, 8))]), "Mixed")
    assert (many.section, many.why) == ("few", words)  # nor are eight people enough to compare thousands with
    assert line_of(sets_of([shares((900, 1000), (0, LEAST))]), "Mixed").section == "sure"


def test_what_is_the_same_is_told_from_what_is_too_few() -> None:
    assert line_of(sets_of([shares((50_000, 100_000), (49_900, 100_000))]), "Mixed").section == "alike"
    assert line_of(sets_of([shares((50, 100), (49, 100))]), "Mixed").section == "close"
    assert line_of(sets_of([shares((50, 100), (7, 15))]), "Mixed").section == "few"


def test_what_is_surely_there_but_small_is_neither_sure_nor_the_same() -> None:
    small = sets_of([shares((52_000, 100_000), (50_000, 100_000))])
    assert line_of(small, "Mixed").section == "small"
    assert gap_overview(small, least=0.02).lines[0].section == "sure"
    assert gap_overview(small, least=0.02).chance_words.endswith("and 2% apart or more.")
    late = replace(GOOD, outcome_words="were seen in time")  # twice as many were not, though almost all were
    assert line_of(sets_of([shares((96_000, 100_000), (92_000, 100_000), meaning=late)]), "Mixed").section == "sure"


def null_file(chance: random.Random, planted: int = 0) -> list[Breakdown]:
    """Return 120 breakdowns of five groups without any real gap, but for so many that are planted in the first group."""
    files: list[Breakdown] = []
    for number in range(120):
        shared = chance.uniform(0.1, 0.9)
        bottoms = [int(10 ** chance.uniform(1.5, 3.5)) for _ in LABELS]
        if number < planted:
            bottoms[0], shared = 600, 0.5
        tops = [sum(chance.random() < shared for _ in range(bottom)) for bottom in bottoms]
        if number < planted:
            tops[0] = sum(chance.random() < shared - 0.15 for _ in range(bottoms[0]))
        files.append(replace(shares(*zip(tops, bottoms, strict=True)), indicator_id=f"number {number}"))
    return files


def quick_null_file(chance: np.random.Generator) -> list[Breakdown]:
    """Return the like without gaps, quicker."""
    files: list[Breakdown] = []
    for _ in range(120):
        bottoms = (10 ** chance.uniform(1.5, 3.5, 5)).astype(int)
        tops = chance.binomial(bottoms, chance.uniform(0.1, 0.9))
        files.append(shares(*((int(top), int(bottom)) for top, bottom in zip(tops, bottoms, strict=True))))
    return files


def test_a_file_without_gaps_shows_none_under_sure() -> None:
    chance = np.random.default_rng(5)
    drawn = [gap_overview(sets_of(quick_null_file(chance))) for _ in range(100)]
    assert {overview.compared for overview in drawn} == {600}
    assert sum(not overview.section("sure") for overview in drawn) >= 95
    # Chance alone would have put some there, had each been looked at by itself.
    assert sum(line.why.startswith("Looked at alone") for overview in drawn for line in overview.lines) > 200


def test_planted_gaps_are_found_among_six_hundred_comparisons() -> None:
    overview = gap_overview(sets_of(null_file(random.Random(7), planted=10)))  # noqa: S311 - made-up figures
    planted = {f"number {number}" for number in range(10)}
    found = {line.indicator_id for line in overview.section("sure") if LABELS[0] in (line.group, *line.also)}
    assert overview.compared == 600
    assert len(found & planted) >= 9
    assert len(found - planted) <= 1


def test_a_gap_that_is_one_of_many_is_not_said_to_be_wider_than_chance() -> None:
    overview = gap_overview(sets_of([shares((500, 1000), (450, 1000)), *([shares((500, 1000), (500, 1000))] * 40)]))
    line = next(line for line in overview.lines if line.why.startswith("Looked at alone"))
    assert line.section == "close"
    assert line.chance is not None
    assert line.false_part is not None
    assert line.chance < 0.05 < line.false_part
    assert "too close to tell from chance" in sentence_of(overview, line)
    alone = reading_of(shares((500, 1000), (450, 1000)), group="Mixed").sentence
    assert "a wider gap than chance" in alone


def test_without_counts_nobody_says_sure_and_a_hidden_figure_is_no_gap() -> None:
    found = shares((500, 1000), (300, 1000), (0, 0))
    bare = replace(
        found,
        rows=(
            *(replace(row, numerator=None, denominator=None) for row in found.rows),
            BreakdownRow("Total", "total", 45.0, "ok", None, None, None, None),
        ),
    )
    lines = {line.section: line for line in gap_overview(sets_of([bare])).lines}
    assert set(lines) == {"bare", "none"}
    assert (lines["bare"].group, lines["bare"].other, lines["bare"].compared_with) == ("Mixed", 45.0, "average")
    assert (lines["none"].group, lines["none"].why) == (
        "Asian or Asian British",
        "The figure is not there: suppressed.",
    )


def test_a_group_without_counts_leaves_the_others_comparable_and_the_sentence_says_so() -> None:
    found = shares((500, 1000), (300, 1000), (0, 0))
    read = reading_of(found, group="Mixed")
    assert read.compared_value == 50.0
    assert "everyone else whose figure is known" in read.sentence


def test_sections_follow_each_other_and_the_widest_of_each_characteristic_leads() -> None:
    age = replace(shares((450, 1000), (550, 1000), characteristic="Age Group"), indicator_id="other")
    sets = joined(sets_of([shares((500, 1000), (100, 1000))]), sets_of([shares((500, 1000), (200, 1000)), age]))
    lines = gap_overview(sets).lines
    assert [list(SECTIONS).index(line.section) for line in lines] == sorted(
        list(SECTIONS).index(line.section) for line in lines
    )
    assert [line.characteristic for line in lines] == ["Ethnic Group", "Age Group", "Ethnic Group"]
    assert [line.value for line in gap_overview(sets, order="size").lines] == [10.0, 20.0, 45.0]


def test_by_chance_is_counted_and_only_wide_gaps_hold_against_it() -> None:
    found = gap_overview(sets_of([shares((500, 1000), (450, 1000), (480, 1000), (500, 1000), (490, 1000))] * 20))
    assert found.compared == 100
    assert found.by_chance == pytest.approx(5)
    assert not any(line.strict for line in found.section("sure"))
    assert line_of(sets_of([shares((500, 1000), (100, 1000))] * 20), "Mixed").strict
