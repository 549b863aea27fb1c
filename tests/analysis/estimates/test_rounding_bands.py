from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.estimates.rounding_bands import count_band, difference_band, rate_band, ratio_band, share_band


def nearest_five(count: int) -> int:
    return 5 * math.floor(count / 5 + 0.5)


@given(some.integers(0, 2000))
def test_a_band_holds_what_was_rounded(count: int) -> None:
    low, high = count_band(nearest_five(count))
    assert low <= count <= high
    # And nothing that rounds to another number.
    assert nearest_five(int(low)) == nearest_five(int(high)) == nearest_five(count)


@given(*[some.integers(0, 300)] * 4)
def test_bands_hold_the_true_share_difference_and_ratio(a: int, b: int, c: int, d: int) -> None:
    one, total, other, other_total = min(a, b), max(a, b), min(c, d), max(c, d)
    if not total or not other_total:
        return
    first = share_band(nearest_five(one), nearest_five(total))
    second = share_band(nearest_five(other), nearest_five(other_total))
    if first.lower is None or first.upper is None or second.lower is None or second.upper is None:
        return
    assert first.lower <= one / total <= first.upper
    gap = difference_band(first, second)
    assert gap.lower is not None
    assert gap.upper is not None
    assert gap.lower - 1e-12 <= one / total - other / other_total <= gap.upper + 1e-12
    ratio = ratio_band(first, second)
    if other and ratio.lower is not None and ratio.upper is not None:
        true = (one / total) / (other / other_total)
        assert ratio.lower * (1 - 1e-12) <= true <= ratio.upper * (1 + 1e-12)


def test_by_hand() -> None:
    share = share_band(20, 100, total_rounded=False)
    assert (share.value, share.lower, share.upper) == (0.2, 0.18, 0.22)
    rate = rate_band(20, 1000, multiplier=100)
    assert (rate.value, rate.lower, rate.upper) == pytest.approx((2, 1.8, 2.2))
    assert share_band(7, 70, base=1).exact
    assert not share.exact


def test_where_a_number_does_not_exist() -> None:
    assert share_band(0, 0).reason is Undefined.NO_PEOPLE
    assert rate_band(5, 0).reason is Undefined.NO_PEOPLE
    some_people, nobody = share_band(20, 100), share_band(0, 100)
    ratio = ratio_band(some_people, nobody)
    assert (ratio.value, ratio.upper, ratio.reason) == (None, math.inf, Undefined.NONE_COMPARED)
    assert ratio_band(nobody, nobody).reason is Undefined.NONE_EITHER
    assert ratio_band(some_people, share_band(0, 0)).reason is Undefined.NO_PEOPLE
    assert difference_band(share_band(0, 0), nobody).value is None


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="not rounded to 5"):
        count_band(7)
    with pytest.raises(ValueError, match="below zero"):
        count_band(-5)
    with pytest.raises(ValueError, match="at least one"):
        count_band(5, base=0)
    with pytest.raises(ValueError, match="above the total"):
        share_band(100, 50)
