"""Figures that are rounded for an audience never say what the true counts deny."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy, disclose
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.analysis.gaps.overview import gap_overview
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, gap_of, groups_of, reading_of
from amhe_tui.analysis.gaps.sets import sets_of
from amhe_tui.method.indicators import KnownIndicator

PUBLIC = Policy("public")
MEANING = KnownIndicator(denominator_words="people seen", outcome_words="recovered", higher_is_better=True)
LABELS = ("White", "Mixed", "Asian", "Black", "Other")
FEW_TABLES, MANY_TABLES = 40, 1_000


def shares(*counts: tuple[int, int]) -> Breakdown:
    """Return a breakdown of percentages from pairs of numerator and denominator, with everybody."""
    pairs: list[tuple[str, str, tuple[int, int]]] = [
        (label, "broad", pair) for label, pair in zip(LABELS, counts, strict=False)
    ]
    pairs.append(("All", "total", (sum(top for top, _ in counts), sum(bottom for _, bottom in counts))))
    rows = tuple(
        BreakdownRow(label, level, round(100 * top / bottom, 1), "ok", top, bottom, None, None)
        for label, level, (top, bottom) in pairs
    )
    return Breakdown("r", "Recovery", "percentage", "Ethnic group", "Northmere", "2031", None, rows, meaning=MEANING)


def table(chance: random.Random) -> Breakdown:
    """Return a made-up table with small groups."""
    sizes = [chance.choice((chance.randint(12, 40), chance.randint(20, 300))) for _ in range(chance.randint(2, 5))]
    shared, apart = chance.uniform(0.2, 0.8), chance.choice((0.0, 0.1, 0.3, 0.6))
    counts = [
        (sum(chance.random() < min(max(shared + chance.uniform(-apart, apart), 0), 1) for _ in range(size)), size)
        for size in sizes
    ]
    return shares(*counts)


def public(true: Breakdown, *, judged: bool) -> Disclosed:
    shown = disclose(true, PUBLIC)
    return replace(shown, judge=TrueCounts(true, 5)) if judged else shown


FIGURES = re.compile(r", ([\d.,]+) of every ([\d,]+) in the group .*, against ([\d.,]+) of every [\d,]+ ")
GAP = re.compile(r": ([\d.,]+) (more|fewer) of every")


def denied(true: Breakdown, shown: Disclosed, compared_with: str) -> list[str]:
    """Return what is read of rounded figures and denied by the true counts."""
    wrong: list[str] = []
    for row in groups_of(shown):
        read = reading_of(shown, group=row.group, compared_with=compared_with)
        truth = reading_of(true, group=row.group, compared_with=compared_with)
        if truth.value is None or truth.compared_value is None or truth.gap is None or not read.group:
            continue
        apart = truth.value - truth.compared_value
        higher = any(word in read.sentence for word in (" more of every", " more by", "was higher in"))
        lower = any(word in read.sentence for word in (" fewer of every", " fewer by", "was lower in"))
        if (higher and apart <= 0) or (lower and apart >= 0):
            wrong.append(f"turned round: {read.sentence} | {truth.sentence}")
        if "a wider gap than chance" in read.sentence and not truth.gap.beyond_chance:
            wrong.append(f"not beyond chance: {read.sentence} | {truth.sentence}")
        if "no difference" in read.sentence and apart:
            wrong.append(f"a difference: {read.sentence} | {truth.sentence}")
        figures, gap = FIGURES.search(read.sentence), GAP.search(read.sentence)
        if figures and gap:
            mine, _, theirs = (float(text.replace(",", "")) for text in figures.groups())
            printed = float(gap[1].replace(",", ""))
            of_that_size = abs(printed - abs(apart)) <= 1 or 0.6 <= printed / abs(apart) <= 1.7
            if abs(abs(mine - theirs) - printed) > 0.001 or not of_that_size:
                wrong.append(f"sizes: {read.sentence} | {truth.sentence}")
        assert (read.value is None) == (read.compared_value is None)
    return wrong


def tables(number: int) -> list[Breakdown]:
    chance = random.Random(17)  # noqa: S311 - made-up tables
    return [table(chance) for _ in range(number)]


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_no_table_with_small_groups_says_what_its_true_counts_deny(number: int, judged: bool) -> None:
    said = 0
    for true in tables(number):
        shown = public(true, judged=judged)
        for compared_with in (EVERYONE_ELSE, AVERAGE, "White"):
            assert denied(true, shown, compared_with) == []
            said += sum(
                (" of every " if judged else "chance")
                in reading_of(shown, group=row.group, compared_with=compared_with).sentence
                for row in groups_of(shown)
            )
    assert said > number, "it must not be right by saying nothing"


def test_without_the_judgement_rounding_would_turn_gaps_round() -> None:
    turned = 0
    for true in tables(FEW_TABLES):
        shown = disclose(true, PUBLIC)
        for row in groups_of(shown):
            before = next(each for each in true.rows if each.group == row.group)
            whole, before_whole = shown.rows[-1], true.rows[-1]
            if None not in (row.value, whole.value, before.value, before_whole.value):
                turned += (row.value - whole.value) * (before.value - before_whole.value) < 0  # type: ignore[operator]
    assert turned


def test_seven_of_thirteen_and_eight_of_seventeen_are_not_turned_round() -> None:
    true = shares((7, 13), (8, 17))
    shown = public(true, judged=True)
    assert [row.value for row in shown.rows[:2]] == [33.3, 66.7]  # what rounding makes of 53.8 and 47.1
    read = reading_of(shown, group="White")
    assert (
        "too few, or too near each other, to say whether “Recovery” was higher or lower in the group White"
        in read.sentence
    )
    assert (read.value, read.compared_value, read.gap) == (None, None, None)


def test_what_the_true_counts_say_of_chance_is_said_though_the_rounded_ones_say_otherwise() -> None:
    found: set[bool | None] = set()
    for true in tables(400):
        shown = public(true, judged=True)
        for row in groups_of(shown):
            read = reading_of(shown, group=row.group)
            if read.gap is not None and read.difference is not None and read.difference.lower is None:
                before = next(each for each in true.rows if each.group == row.group)
                others = [each for each in true.rows if each.level == "broad" and each is not before]
                top, bottom = (sum(getattr(each, name) for each in others) for name in ("numerator", "denominator"))
                other = replace(before, numerator=top, denominator=bottom, value=100 * top / bottom)
                truth = gap_of(true, before, other)[0]
                assert truth is not None
                assert read.gap.beyond_chance in (truth.beyond_chance, False)
                found.add(read.gap.beyond_chance)
    assert found == {True, False}


def test_true_counts_tell_nothing_of_themselves() -> None:
    import pickle

    true = shares((7, 13), (8, 17))
    shown = public(true, judged=True)
    assert "13" not in repr(shown.judge)
    assert "judge" not in repr(shown)
    assert "judge" not in shown.to_json()
    with pytest.raises(TypeError, match="not written down"):
        pickle.dumps(shown)


def lines_denied(true: list[Breakdown]) -> tuple[list[str], int]:
    """Return what the overview for the public says and the true counts deny, and how many directions it gives."""
    shown = [public(each, judged=True) for each in true]
    overview = gap_overview(sets_of(shown), truth=sets_of(true), rounding=5)
    wrong: list[str] = []
    said = 0
    for line in overview.lines:
        read = reading_of(true[line.set], group=line.group, compared_with=line.compared_with)
        words = reading_of(overview.breakdown(line.set), group=line.group, compared_with=line.compared_with).sentence
        if line.section == "none" or read.value is None or read.compared_value is None or read.gap is None:
            continue
        apart = read.value - read.compared_value
        said += line.difference is not None
        if line.difference is not None and line.difference * apart <= 0:
            wrong.append(f"turned round: {line}")
        if (line.section == "sure" or "than chance alone" in words) and not read.gap.beyond_chance:
            wrong.append(f"not beyond chance: {line}")
        if None not in (line.lower, line.upper) and not line.lower <= 0 <= line.upper:  # type: ignore[operator]
            wrong += [] if read.gap.beyond_chance else [f"limits: {line}"]
        if (" more of " in words or "was higher in" in words) and apart <= 0:
            wrong.append(words)
    return wrong, said


@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_no_line_of_the_overview_says_what_the_true_counts_deny(number: int) -> None:
    wrong, said = lines_denied(tables(number))
    assert wrong == []
    assert said > number / 10
