"""The people behind a gap, against limits written out here; never said of a gap that is not sure."""

from __future__ import annotations

import math
import random

import pytest

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Policy, disclose
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, reading_of
from amhe_tui.method.indicators import KnownIndicator, known_indicator
from amhe_tui.method.number_methods import method_words

Z = 1.959963984540054


def wilson(top: float, bottom: float) -> tuple[float, float]:
    middle = 2 * top + Z * Z
    half = Z * math.sqrt(Z * Z + 4 * top * (1 - top / bottom))
    return (middle - half) / (2 * (bottom + Z * Z)), (middle + half) / (2 * (bottom + Z * Z))


def newcombe(a: float, n: float, b: float, m: float) -> tuple[float, float]:
    """Return the limits of b/m less a/n."""
    p, q, (p_low, p_high), (q_low, q_high) = a / n, b / m, wilson(a, n), wilson(b, m)
    low = q - p - math.hypot(q - q_low, p_high - p)
    return low, q - p + math.hypot(q_high - q, p - p_low)


def two(mine: tuple[int, int], theirs: tuple[int, int], statistic: str = "percentage", per: float = 100) -> Breakdown:
    whole = mine[0] + theirs[0], mine[1] + theirs[1]
    rows = tuple(
        BreakdownRow(name, level, round(per * top / bottom, 1), "ok", top, bottom, None, None)
        for name, level, (top, bottom) in (
            ("Black", "broad", mine),
            ("White", "broad", theirs),
            ("Everyone", "total", whole),
        )
    )
    return Breakdown("x", "Recovered", statistic, "Ethnic group", "Northmere", "2023-24", 1.0, rows)


def test_a_share_of_people() -> None:
    found = reading_of(two((380, 1000), (2600, 5000)), group="Black", compared_with=EVERYONE_ELSE)
    assert found.people is not None
    low, high = (1000 * limit for limit in newcombe(380, 1000, 2600, 5000))
    assert found.people.number == 140
    assert (found.people.lower, found.people.upper) == (round(low), round(high))
    assert not found.people.fewer
    assert (
        f"With the share of everyone else, about 140 more people in the group Black would have had this outcome (95% limits {low:.0f} to {high:.0f})."
        in found.sentence
    )
    other = reading_of(two((380, 1000), (2600, 5000)), group="White", compared_with="Black").people
    assert other is not None
    assert (other.number, other.fewer) == (700, True)
    assert method_words(found.people.method)


def test_against_the_average_it_is_a_part_of() -> None:
    found = reading_of(two((380, 1000), (2600, 5000)), group="Black", compared_with=AVERAGE)
    assert found.people is not None
    assert found.people.number == round(1000 * 2980 / 6000 - 380)
    low, high = (1000 * 5 / 6 * limit for limit in newcombe(380, 1000, 2600, 5000))
    assert (found.people.lower, found.people.upper) == (round(low), round(high))
    assert "With the share of Northmere as a whole, about 117 more people" in found.sentence


def test_a_rate_counts_events() -> None:
    known = KnownIndicator(**{**_fields(known_indicator("x")), "per": 100_000, "events": "detentions"})
    rates = two((300, 50_000), (900, 450_000), "rate", 100_000)
    rates = Breakdown(*[getattr(rates, name) for name in _NAMES], meaning=known)
    found = reading_of(rates, group="Black", compared_with=EVERYONE_ELSE)
    assert found.people is not None
    assert (found.people.number, found.people.fewer) == (200, True)
    assert 160 < found.people.lower < 200 < found.people.upper < 240
    assert "With the rate of everyone else, there would have been about 200 fewer detentions in the group Black" in (
        found.sentence
    )


_NAMES = ("indicator_id", "indicator", "statistic", "characteristic", "area", "period", "completeness", "rows")


def _fields(known: KnownIndicator) -> dict[str, object]:
    return {name: getattr(known, name) for name in known.__dataclass_fields__ if known.__dataclass_fields__[name].init}


@pytest.mark.parametrize(
    "pair", [((50, 100), (2600, 5000)), ((2, 19), (2600, 5000)), ((0, 200), (19, 19)), ((38, 100), (38, 100))]
)
def test_nobody_is_counted_behind_a_gap_that_is_not_sure(pair: tuple[tuple[int, int], tuple[int, int]]) -> None:
    found = reading_of(two(*pair), group="Black", compared_with=EVERYONE_ELSE)
    assert found.people is None
    assert "would have had" not in found.words


def test_one_of_many_comparisons_or_a_narrow_gap_counts_nobody() -> None:
    shown = two((380, 1000), (2600, 5000))
    for unsure in (True, False):
        found = reading_of(shown, group="Black", compared_with=EVERYONE_ELSE, unsure=unsure, small=not unsure)
        assert found.people is None
        assert "would have had" not in found.words


def test_for_the_public_it_is_rounded_and_never_turned() -> None:
    draw, said = random.Random(4), 0  # noqa: S311
    for _ in range(300):
        mine, theirs = draw.randint(40, 400), draw.randint(500, 2000)
        true = two((draw.randint(5, mine - 5), mine), (draw.randint(50, theirs - 50), theirs))
        shown = reading_of(disclose(true, Policy("public")), group="Black", compared_with="White").people
        if shown is None:
            continue
        said += 1
        assert all(number % 5 == 0 for number in (shown.number, shown.lower, shown.upper))
        assert 0 < shown.lower <= shown.number <= shown.upper
        own, other = true.rows[0], true.rows[1]
        exact = (own.denominator or 0) * (other.numerator or 0) / (other.denominator or 1) - (own.numerator or 0)
        assert shown.fewer == (exact < 0)
        assert abs(exact) == pytest.approx(shown.number, abs=0.06 * mine + 5)
    assert said > 100
