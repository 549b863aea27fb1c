from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amhe_tui.analysis.estimates.results import Undefined
from amhe_tui.analysis.gaps.representation import completeness, dissimilarity, representation


@some.composite
def places(draw: some.DrawFn) -> tuple[list[int], list[int], int]:
    size = draw(some.integers(2, 8))
    service = draw(some.lists(some.integers(0, 500), min_size=size, max_size=size))
    population = draw(some.lists(some.integers(0, 90_000), min_size=size, max_size=size))
    return service, population, draw(some.integers(0, 300))


def test_by_hand() -> None:
    found = representation([30, 10], [500, 500], unknown=10, reference=1)
    first = found.groups[0]
    assert (first.service_share, first.population_share, first.ratio) == (0.75, 0.5, 1.5)
    assert (first.points, first.expected, first.access) == (25, 20, 0.06)
    assert first.access_ratio == pytest.approx(3)
    assert (found.dissimilarity, found.completeness, found.unknown_percent) == (0.25, 0.8, 20)
    assert first.lower < 1.5 < first.upper  # type: ignore[operator]


@given(places())
def test_shares_add_up_and_unknown_people_enter_none(place: tuple[list[int], list[int], int]) -> None:
    service, population, unknown = place
    found = representation(service, population, unknown=unknown)
    if found.reason is not None:
        assert not sum(service) or not sum(population)
        return
    shares = [group.service_share or 0 for group in found.groups]
    assert math.fsum(shares) == pytest.approx(1)
    assert found.groups == representation(service, population).groups
    assert 0 <= (found.dissimilarity or 0) <= 1
    assert found.dissimilarity == pytest.approx(dissimilarity(service, population))
    for group in found.groups:
        if group.ratio is not None:
            assert group.lower <= group.ratio <= group.upper  # type: ignore[operator]
            assert math.isfinite(group.upper)  # type: ignore[arg-type]


def test_where_nobody_lives_there_is_no_ratio() -> None:
    group = representation([3, 5], [0, 100], reference=0).groups[0]
    assert (group.ratio, group.access, group.access_ratio) == (None, None, None)
    assert group.reason is Undefined.NO_PEOPLE


def test_nobody_and_missing_numbers_give_reasons() -> None:
    assert representation([0, 0], [10, 10]).reason is Undefined.NO_PEOPLE
    assert representation([1, 2], [0, 0]).reason is Undefined.NO_PEOPLE
    hidden = representation([None, 20], [10, 10], unknown=5)
    assert hidden.reason is Undefined.MISSING
    assert hidden.completeness is None
    assert [group.service_share for group in hidden.groups] == [None, None]
    assert hidden.groups[1].access == 2
    assert completeness(0, 0).reason is Undefined.NO_PEOPLE
    assert completeness(90, 10).value == 0.9
    assert dissimilarity([0], [5]) is None


def test_bad_input_is_refused_in_a_sentence() -> None:
    for wrong in (([1], [1, 2], 0), ([-1], [1], 0), ([], [], 0), ([1], [1], -1)):
        with pytest.raises(ValueError, match=r"\w.*\."):
            representation(wrong[0], wrong[1], unknown=wrong[2])
    with pytest.raises(ValueError, match="below zero"):
        completeness(-1, 2)
