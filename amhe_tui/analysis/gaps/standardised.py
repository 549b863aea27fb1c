"""A gap with age taken out of it: what two groups would have if their people were of the same ages, and what they have at each age.

The direct figures weigh each age by how many of all the people compared are of it; their difference has limits put together from those of both (Zou and Donner
2008). The indirect ratio is what happened in the group over what would have at the rates of the comparison, age by age.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.estimates.standardisation import Standardised, direct_rate, indirect_ratio

LEAST_AGES = 2


@dataclass(frozen=True, slots=True)
class Age:
    """The counts of a group and of its comparison at one age: how many it happened to, out of how many."""

    name: str
    count: float
    total: float
    other_count: float
    other_total: float

    @property
    def direction(self) -> int:
        """1 where the group is above its comparison at this age, −1 below, 0 level with it."""
        apart = self.count * self.other_total - self.other_count * self.total
        return (apart > 0) - (apart < 0)


@dataclass(frozen=True, slots=True)
class SameAges:
    """Two groups at the same ages.

    Attributes:
        ages: What they have at each age.
        crude: The one less the other as they are, in the unit asked for.
        direct, other_direct: Their directly standardised figures; a figure of few events is not given.
        difference: The one less the other, None where one is not given.
        ratio: The indirectly standardised ratio, 100 where the group has what is expected.
    """

    ages: tuple[Age, ...]
    crude: float
    direct: Standardised
    other_direct: Standardised
    difference: Gap | None
    ratio: Standardised

    @property
    def turned(self) -> bool:
        """Tell whether age turns the gap round: as it is it goes one way, at the same ages the other."""
        return self.difference is not None and self.crude * (self.difference.value or 0) < 0

    @property
    def same_everywhere(self) -> int:
        """1 where the group is above at every age, −1 where it is below at every age, else 0."""
        directions = {age.direction for age in self.ages}
        return directions.pop() if len(directions) == 1 else 0


def same_ages(ages: Sequence[Age], *, multiplier: float) -> SameAges | None:
    """Return two groups at the same ages, per ``multiplier``, or None where ages are too few or nobody is of them in one of the groups.

    Ages that have nobody of one of the groups are left out of both.
    """
    known = tuple(age for age in ages if age.total > 0 and age.other_total > 0)
    if len(known) < LEAST_AGES:
        return None
    counts, totals = [age.count for age in known], [age.total for age in known]
    others, other_totals = [age.other_count for age in known], [age.other_total for age in known]
    standard = [mine + theirs for mine, theirs in zip(totals, other_totals, strict=True)]
    direct = direct_rate(counts, totals, standard, multiplier=multiplier)
    other_direct = direct_rate(others, other_totals, standard, multiplier=multiplier)
    crude = multiplier * (sum(counts) / sum(totals) - sum(others) / sum(other_totals))
    ratio = indirect_ratio(counts, totals, others, other_totals)
    return SameAges(known, crude, direct, other_direct, _difference(direct, other_direct), ratio)


def _difference(direct: Standardised, other: Standardised) -> Gap | None:
    mine, theirs = direct.estimate, other.estimate
    if mine.value is None or theirs.value is None:
        return None
    apart, lower, upper = mine.value - theirs.value, None, None
    if None not in (mine.lower, mine.upper, theirs.lower, theirs.upper):
        lower = apart - math.hypot(mine.value - (mine.lower or 0), (theirs.upper or 0) - theirs.value)
        upper = apart + math.hypot((mine.upper or 0) - mine.value, theirs.value - (theirs.lower or 0))
    return Gap(apart, lower, upper, 0, "gap.difference.same_ages@1", mine.confidence)
