"""Figures that are rounded for an audience never say what the true counts deny."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy, disclose
from amhe_tui.analysis.disclosure.order import figure_of_counts
from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.analysis.gaps.overview import gap_overview
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, gap_of, groups_of, reading_of
from amhe_tui.analysis.gaps.sets import sets_of
from amhe_tui.analysis.inequality.of_breakdown import english_slopes, measures_of
from amhe_tui.charts.evidence import figure_of
from amhe_tui.charts.table import rows as rows_of
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
        rounded = [figure_of_counts(row, 100) for row in disclose(true, PUBLIC).rows]
        whole, before_whole = rounded[-1], true.rows[-1].value
        for value, before in zip(rounded, true.rows, strict=True):
            if None not in (value, whole, before.value, before_whole):
                turned += (value - whole) * (before.value - before_whole) < 0  # type: ignore[operator]
    assert turned


NUMBER = re.compile(r"[\d.]+")


def in_wrong_order(true: Breakdown, shown: Disclosed) -> tuple[list[str], int]:
    """Return which two rows of the table that is printed stand in an order that the true counts deny, and how many rows have one figure."""
    printed: dict[str, list[float]] = {}
    for label, words, *_ in rows_of(figure_of(shown)).rows:
        if not words.startswith("hidden"):
            ends = [float(found) for found in NUMBER.findall(words)]
            assert len(ends) in (1, 2), words
            printed[label] = [ends[0], ends[-1]]
    exact = {row.group: (row.numerator or 0) / (row.denominator or 1) for row in true.rows}
    wrong = [
        f"{one} {printed[one]} above {other} {printed[other]}, in truth {exact[one]} and {exact[other]}"
        for one in printed
        for other in printed
        if printed[one][0] > printed[other][1] and exact[one] <= exact[other]
    ]
    wrong += [
        f"{one} {ends} does not hold {exact[one]}"
        for one, ends in printed.items()
        if ends[0] < ends[1] and not ends[0] <= 100 * exact[one] <= ends[1]
    ]
    return wrong, sum(ends[0] == ends[1] for ends in printed.values())


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize("number", [FEW_TABLES, pytest.param(MANY_TABLES, marks=pytest.mark.faults)])
def test_no_two_figures_of_a_table_stand_in_an_order_that_the_true_counts_deny(number: int, judged: bool) -> None:
    figures = 0
    for true in tables(number):
        wrong, one_figure = in_wrong_order(true, public(true, judged=judged))
        assert wrong == []
        figures += one_figure
    assert figures > 2 * number, "it must not be right by showing nothing"


def test_no_summary_measure_says_what_the_true_counts_deny() -> None:
    given = withheld = 0
    for true in tables(150):
        shown = public(true, judged=True)
        exact = [*measures_of(true, ordered=True), *english_slopes(true, ordered=True)]
        for mine, own in zip(
            [*measures_of(shown, ordered=True), *english_slopes(shown, ordered=True)], exact, strict=True
        ):
            found, truth = mine.found, own.found
            withheld += found.reason is Undefined.ROUNDED
            if found.value is None:
                continue
            given += 1
            assert truth.value is not None
            assert found.value == truth.value or (found.value - found.neutral) * (truth.value - truth.neutral) > 0
            assert truth.beyond_chance or not found.beyond_chance, mine.words
    assert given > withheld / 2 > 0, "it must not be right by saying nothing"


def test_rounding_makes_no_order_of_groups_that_fare_alike() -> None:
    true = shares((10, 20), (17, 34))
    shown = public(true, judged=True)
    assert figure_of_counts(shown.rows[1], 100) != 50.0, "rounding alone would set them apart"
    assert in_wrong_order(true, shown)[0] == []


def test_rates_are_given_as_a_range_in_their_own_unit() -> None:
    rows = tuple(
        BreakdownRow(label, level, 1e5 * top / bottom, "ok", top, bottom, None, None)
        for label, level, top, bottom in (
            ("White", "broad", 12.0, 1997.0),
            ("Asian", "broad", 13.0, 2200.0),
            ("All", "total", 25.0, 4197.0),
        )
    )
    meaning = replace(MEANING, per=100_000)
    true = Breakdown("d", "Detained", "rate", "Ethnic group", "Northmere", "2031", None, rows, meaning=meaning)
    shown = public(true, judged=True)
    # Rounding makes 501 and 752 of 601 and 591, on either side of 596 for everybody.
    assert [row.status for row in shown.rows] == ["between 400 and 610", "between 590 and 780", "ok"]
    assert [row.value for row in shown.rows] == [None, None, 595.9]
    assert "given as a range" in shown.note
    read = reading_of(shown, group="Asian")
    assert "given as a range" in read.words
    assert "is not there" not in read.words
    assert (read.value, read.gap and read.gap.value) == (None, None)


def test_seven_of_thirteen_and_eight_of_seventeen_are_not_turned_round() -> None:
    true = shares((7, 13), (8, 17))
    shown = public(true, judged=True)
    # Rounding makes 33.3 and 66.7 of 53.8 and 47.1.
    assert [row.value for row in shown.rows] == [None, None, 50.0]
    assert [row.status for row in shown.rows] == ["between 17 and 54", "between 47 and 93", "ok"]
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
