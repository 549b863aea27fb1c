"""Places against the limits of a funnel: each standing by a formula written out here, and never one that the true counts deny."""

from __future__ import annotations

import math
import random

import pytest

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.estimates.funnel import Standing, funnel_of_proportions, funnel_of_rates
from amhe_tui.analysis.places import NO_COUNTS, TOO_ROUNDED, Place, placed

NEAR, FAR = 1.959963984540054, 3.090232306167813
WHOLE = Place("England", "whole", *[BreakdownRow("England", "detailed", 48.2, "ok", 48200, 100_000, 47.9, 48.5)] * 2)


def row(top: float | None, bottom: float | None, value: float | None = None) -> BreakdownRow:
    value = 100 * top / bottom if value is None and top is not None and bottom else value
    return BreakdownRow("x", "detailed", value, "ok" if value is not None else "hidden", top, bottom, None, None)


def five(count: int) -> int:
    return 5 * math.floor(count / 5 + 0.5)


def side(top: float, bottom: float, centre: float) -> int:
    """Return how far out a share is, by normal limits around the centre: 1 beyond 95 %, 2 beyond 99.8 %."""
    away = (top / bottom - centre) / math.sqrt(centre * (1 - centre) / bottom)
    return int(math.copysign(2 if abs(away) > FAR else 1 if abs(away) > NEAR else 0, away))


SIDES = {Standing.LOW_FAR: -2, Standing.LOW: -1, Standing.WITHIN: 0, Standing.HIGH: 1, Standing.HIGH_FAR: 2}


def test_places_stand_around_the_country_and_not_around_each_other() -> None:
    counts = [(480, 1000), (560, 1000), (430, 1000), (51, 100), (7, 100), (447, 1000)]
    places = [Place(str(number), "", row(*pair), row(*pair)) for number, pair in enumerate(counts)]
    found, baseline, method = placed(places, "share", 100, "percentage", whole=WHOLE)
    assert baseline == pytest.approx(48.2)
    assert method == "funnel.proportion@1"
    assert [SIDES[one.standing] for one in found if one.standing] == [side(*pair, 0.482) for pair in counts]
    limits = found[0].limits
    assert limits is not None
    half = 100 * math.sqrt(0.482 * 0.518 / 1000)
    assert (limits.lower, limits.upper) == pytest.approx((48.2 - NEAR * half, 48.2 + NEAR * half))
    assert (limits.lower_far, limits.upper_far) == pytest.approx((48.2 - FAR * half, 48.2 + FAR * half))
    together = placed(places, "share", 100, "percentage", whole=None)[1]
    assert together == pytest.approx(100 * sum(top for top, _ in counts) / sum(bottom for _, bottom in counts))


def test_rates_have_limits_of_counts() -> None:
    pairs = [(100, 100_000), (150, 100_000), (2, 1000)]
    rates = [
        BreakdownRow("x", "detailed", 100_000 * top / bottom, "ok", top, bottom, None, None) for top, bottom in pairs
    ]
    found, baseline, method = placed([Place("p", "", one, one) for one in rates], "rate", 100_000, "rate", whole=None)
    assert baseline == pytest.approx(100_000 * 252 / 201_000)
    assert method == "funnel.rate@1"
    assert [one.standing for one in found] == [Standing.LOW, Standing.HIGH, Standing.WITHIN]
    assert found[2].limits is not None
    # 1.25 are expected there: scipy's chi2.ppf(0.025, 2.507) / 2 and chi2.ppf(0.975, 4.507) / 2.
    assert (found[2].limits.lower, found[2].limits.upper) == pytest.approx((5.993291707, 600.556668807))


def test_a_place_that_is_hidden_or_bare_takes_no_part() -> None:
    there = [Place("a", "", row(480, 1000), row(480, 1000)), Place("b", "", row(520, 1000), row(520, 1000))]
    hidden = Place("c", "", row(None, None), row(3, 4000))
    bare = Place("d", "", row(None, None, 47.0), row(None, None, 47.0))
    wrong = Place("e", "", row(None, None, 147.0), row(147, 100, 147.0))
    found, baseline, _ = placed([*there, hidden, bare, wrong], "share", 100, "percentage", whole=None)
    assert baseline == pytest.approx(50)
    assert [(one.standing, one.why) for one in found[2:]] == [(None, ""), (None, NO_COUNTS), (None, "")]
    assert all(one.limits is None for one in found[2:])


def test_no_standing_is_said_that_the_true_counts_deny() -> None:
    draw, unsure = random.Random(9), 0  # noqa: S311
    for _ in range(200):
        true = [(draw.randint(8, 60), 100) for _ in range(8)]
        shown = [(five(top), five(bottom)) for top, bottom in true]
        places = [Place("p", "", row(*ours), row(*theirs)) for ours, theirs in zip(shown, true, strict=True)]
        centre = sum(top for top, _ in true) / sum(bottom for _, bottom in true)
        found, _, _ = placed(places, "share", 100, "percentage", whole=None)
        assert all(one.place.true is None for one in found)  # no face holds what judged them
        for one, pair in zip(found, true, strict=True):
            denied = side(*pair, centre)
            if one.standing is None:
                assert one.why == TOO_ROUNDED
                unsure += 1
            else:
                said = SIDES[one.standing]
                assert abs(said) <= abs(denied)
                assert said * denied > 0 or not said
                assert denied == 0 or said != 0  # nor is one called within that stands out
    assert unsure > 0


def test_what_a_funnel_cannot_be_around_is_refused() -> None:
    with pytest.raises(ValueError, match="fraction"):
        funnel_of_proportions([1], [2], around=1.2)
    with pytest.raises(ValueError, match="not below 0"):
        funnel_of_rates([1], [2], around=-0.1)
