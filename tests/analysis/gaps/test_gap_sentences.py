from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amhe_tui.analysis.gaps.sentence import figure_gap_sentence
from amhe_tui.analysis.gaps.shares import (
    Compared,
    Gap,
    Wording,
    difference_newcombe,
    gap_sentence,
    mean_gap_sentence,
    rate_gap_sentence,
    ratio_of_estimates,
)
from tests.properties import examples

RECOVERY = "people treated who began unwell enough to be able to recover"
WHITE = Compared("group", "White")


def say(
    value: float, other: float, gap: Gap | None = None, *, better: bool | None = None, compared: Compared = WHITE
) -> str:
    return gap_sentence(
        group="Asian",
        compared=compared,
        wording=Wording(RECOVERY, "recovered", better),
        value=value,
        comparison_value=other,
        gap=gap,
    )


def judged(value: float, *, beyond: bool | None) -> Gap:
    limits = {True: (value * 0.5, value * 1.5), False: (-9.0, 9.0), None: (None, None)}[beyond]
    low, high = sorted(limits) if limits[0] is not None else limits  # type: ignore[type-var]
    return Gap(value, low, high, 0, "gap.difference.newcombe@1", 0.95)


def test_a_gap_beyond_chance() -> None:
    assert say(45.1, 51.7, difference_newcombe(4510, 10_000, 5170, 10_000)) == (
        f"Among {RECOVERY}, 45 of every 100 in the group Asian recovered, against 52 of every 100 in the group White: "
        "7 fewer of every 100, a wider gap than chance alone would give."
    )


def test_a_gap_within_chance_and_one_that_cannot_be_judged() -> None:
    assert say(45.1, 51.7, difference_newcombe(9, 20, 10, 20)).endswith(
        "7 fewer of every 100, but too close to tell from chance."
    )
    assert say(51.7, 45.1).endswith(
        "7 more of every 100, though these figures cannot show whether that is more than chance."
    )


def test_whom_it_is_compared_with_is_said() -> None:
    assert "against 52 of every 100 among everyone else:" in say(45.1, 51.7, compared=Compared("everyone else"))
    assert "against 52 of every 100 in England as a whole:" in say(45.1, 51.7, compared=Compared("average", "England"))


def test_the_same_is_no_gap() -> None:
    assert say(50, 50, judged(0, beyond=False)).endswith("no difference in these figures.")
    assert "fewer by less than 0.1 of every 100" in say(50.02, 50.04)


def test_rare_outcomes_are_told_of_more_people() -> None:
    assert "2 of every 1,000 in the group Asian" in say(0.2, 0.5)
    assert "3 fewer of every 1,000" in say(0.2, 0.5)
    assert "0 of every 100" in say(0, 0)


shares = st.integers(0, 1000).map(lambda tenths: tenths / 10)


@examples(60)
@given(shares, shares, st.sampled_from([True, False, None]))
def test_flipping_the_polarity_never_flips_the_meaning(value: float, other: float, beyond: bool | None) -> None:
    gap = judged((value - other) / 100, beyond=beyond)
    plain, good, bad = (say(value, other, gap, better=better) for better in (None, True, False))
    assert good.startswith(plain)
    assert bad.startswith(plain)
    assert good.removeprefix(plain) == " For this measure, the higher the figure the better."
    assert bad.removeprefix(plain) == " For this measure, the lower the figure the better."
    if value != other:
        assert (" fewer" in plain) == (value < other)
        assert (" more of" in plain or " more by" in plain) == (value > other)


@examples(60)
@given(shares, shares)
def test_the_gap_printed_is_the_difference_of_the_figures_printed(value: float, other: float) -> None:
    words = say(value, other)
    figures = re.findall(r"([\d.]+) of every ([\d,]+)", words)
    assert len({base for _, base in figures}) == 1
    gap = re.search(r"([\d.]+) (?:fewer|more) of every", words)
    if gap:
        assert abs(abs(float(figures[0][0]) - float(figures[1][0])) - float(gap[1])) < 1e-9
    assert not (value > 0 and figures[0][0] in ("0", "0.0"))
    assert not (other > 0 and figures[1][0] in ("0", "0.0"))


@examples(60)
@given(shares, shares)
def test_the_two_sides_say_one_thing(value: float, other: float) -> None:
    here, there = say(value, other), say(other, value)
    assert (" fewer" in here) == (" more of" in there or " more by" in there)


def test_figures_and_gap_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="different directions"):
        say(40, 50, judged(0.1, beyond=True))
    with pytest.raises(ValueError, match="percentages"):
        say(101, 50)
    with pytest.raises(ValueError, match="two figures"):
        say(float("nan"), 50)


def test_a_rate_counts_events() -> None:
    words = rate_gap_sentence(
        group="Black",
        compared=WHITE,
        denominator="people living there",
        events="detentions",
        per=100_000,
        value=289.1,
        comparison_value=95.3,
        gap=ratio_of_estimates(289.1, 10, 95.3, 3),
    )
    assert words == (
        "For every 100,000 in the group Black (people living there), there were 289 detentions, "
        "against 95 for every 100,000 in the group White: "
        "3.0 times as many, a wider gap than chance alone would give."
    )
    with pytest.raises(ValueError, match="below zero"):
        rate_gap_sentence(
            group="a", compared=WHITE, denominator="b", events="c", per=1, value=-1, comparison_value=1, gap=None
        )


def test_an_average_says_its_unit() -> None:
    words = mean_gap_sentence(
        group="Black",
        compared=Compared("everyone else"),
        quantity="the wait for a first appointment",
        unit="days",
        value=20.34,
        comparison_value=17.9,
        gap=None,
        higher_is_better=False,
    )
    assert words == (
        "On average the wait for a first appointment was 20.3 days in the group Black, against 17.9 days among everyone else: "
        "2.4 days more, though these figures cannot show whether that is more than chance. "
        "For this measure, the lower the figure the better."
    )


def test_what_is_not_nothing_is_not_printed_as_nothing() -> None:
    assert "fewer than 0.1 of every 100 in the group Asian recovered, against 30.0 of every 100" in say(0.04, 30)


def test_almost_all_is_not_all_and_almost_none_is_not_twice_as_many() -> None:
    assert "99.5 of every 100 in the group Asian" in say(99.5, 80)
    assert "more than 99.9 of every 100 in the group Asian" in say(99.97, 80)
    assert say(99.97, 80).split(": ")[1].startswith("19.9 more")
    assert "against more than 99.9 of every 100" in say(80, 99.97)
    assert "100 of every 100 in the group Asian recovered, against 80 of every 100" in say(100, 80)
    assert "5 of every 1,000 in the group Asian recovered, against 12 of every 1,000" in say(0.5, 1.2)
    assert "0.5 of every 100 in the group Asian recovered, against 30.0 of every 100" in say(0.5, 30)


@examples(60)
@given(st.integers(1, 5_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), shares)
def test_a_share_read_aloud_gives_back_its_counts(counts: tuple[int, int], other: float) -> None:
    count, total = counts
    read = re.search(
        r"(more than |fewer than |)([\d.]+) of every ([\d,]+) in the group", say(100 * count / total, other)
    )
    assert read is not None
    people = float(read[2]) / float(read[3].replace(",", "")) * total
    if read[1]:
        assert (count > people) == (read[1] == "more than ")
    elif count in (0, total):
        assert people == pytest.approx(count)
    else:
        assert 0 < people < total
        assert abs(people - count) <= 0.0051 * total
        assert abs(people / count - 1) < 0.34


def rate(value: float, other: float, compared: Compared = WHITE, events: str = "detentions") -> str:
    return rate_gap_sentence(
        group="Black",
        compared=compared,
        denominator="people who live there",
        events=events,
        per=100_000,
        value=value,
        comparison_value=other,
        gap=None,
    )


def test_a_rate_names_the_people_of_its_own_group_and_counts_one_as_one() -> None:
    assert rate(1, 7).startswith(
        "For every 100,000 in the group Black (people who live there), there was 1 detention, "
    )
    assert "against 7 for every 100,000 among everyone else:" in rate(1, 7, Compared("everyone else"))
    assert "against 7 for every 100,000 in Northmere as a whole:" in rate(1, 7, Compared("average", "Northmere"))
    assert "there was 1 use of force" in rate(1, 7, events="uses of force")
    assert "there was 1 injury" in rate(1, 7, events="injuries")


def figure(value: float, other: float) -> str:
    return figure_gap_sentence(
        group="Female", compared=WHITE, figure="Wait", value=value, comparison_value=other, gap=None
    )


def test_figures_keep_as_many_places_as_it_takes() -> None:
    assert "was 0.004 in the group Female, against 0.001 in the group White: 0.003 more" in figure(0.0042, 0.0012)
    assert "was 0.0 in" not in figure(-0.04, -5.0)
    assert "-0.0 " not in figure(-0.00001, -5.0)
    assert "was 12.3 in the group Female, against 11.0" in figure(12.34, 11)
    assert figure(3, 3).endswith("no difference in these figures.")


def test_none_and_all_have_no_decimals_and_nearly_none_and_nearly_all_are_not_said_to_be_so() -> None:
    assert "0 of every 100 in the group Asian" in say(0, 1.2)
    assert "against 100 of every 100 in the group White" in say(99.9, 100)
    assert "more than 99.9 of every 100 in the group Asian" in say(99.99, 99)
    assert "fewer than 0.1 of every 100 in the group Asian" in say(0.0001, 20)
