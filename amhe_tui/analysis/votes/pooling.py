"""Combine the votes of several groups, by four methods that can disagree, so that no order hides behind another.

pooled sum: all ballots counted together, so that a larger group weighs more. equal groups: the mean over groups of each
idea's strength, so that every group weighs the same. constituencies: within each group the ideas are ranked by score,
the ranks reversed (first of n gets n) and added, as priority setting partnerships do. frequency: the number of groups
that place the idea among their first five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from amhe_tui.analysis.estimates.distributions import competition_ranks
from amhe_tui.analysis.votes.nominal_group import Ballot, Idea, Tally, tally

_TOP = 5


class PoolingMethod(StrEnum):
    """How the votes of groups are combined; ``label`` says it in a word or two."""

    label: str

    POOLED_SUM = "pooled_sum", "All ballots together"
    EQUAL_GROUPS = "equal_groups", "Every group weighs the same"
    CONSTITUENCIES = "constituencies", "Ranks of the groups added"
    FREQUENCY = "frequency", "Groups with it in their first five"

    def __new__(cls, code: str, label: str) -> PoolingMethod:
        """Make the member from its ``code`` and its shown ``label``."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class PooledIdea:
    """One idea or theme over all groups: its value and its rank by each method, greatest value first.

    ``score`` and ``frequency`` are of all ballots together, ``strength`` the mean of the groups' strengths in per cent,
    ``reversed_ranks`` the sum of the reversed ranks, ``groups_in_top`` the number of groups. ``by_group`` gives each
    group's score and frequency.
    """

    idea: Idea
    score: int
    frequency: int
    relative_importance: float
    strength: float
    reversed_ranks: int
    groups_in_top: int
    ranks: Mapping[PoolingMethod, int]
    by_group: Mapping[str, tuple[int, int]]

    @property
    def sensitive(self) -> bool:
        """True where the idea's rank hangs on how ballots are weighed (the count of groups is left out)."""
        return len(set(self._weighed_ranks())) > 1

    def among_the_first(self, places: int) -> bool:
        """Return whether a method that weighs ballots puts the idea among the first ``places``."""
        return min(self._weighed_ranks()) <= places

    def _weighed_ranks(self) -> list[int]:
        return [rank for method, rank in self.ranks.items() if method is not PoolingMethod.FREQUENCY]


@dataclass(frozen=True, slots=True)
class Pooled:
    """The combined result of all groups, ideas in the order of the pooled sum, with each group's own tally."""

    ideas: tuple[PooledIdea, ...]
    groups: Mapping[str, Tally]
    method: str = "vote.pooled@1"

    def order(self, method: PoolingMethod) -> tuple[Idea, ...]:
        """Return the ideas in the order of ``method``; those it ranks equal stand in the order of the pooled sum."""
        return tuple(row.idea for row in sorted(self.ideas, key=lambda row: row.ranks[method]))

    def sensitive(self, first: int = 3) -> bool:
        """True where the methods that weigh ballots do not agree on the order of the ``first`` ideas."""
        return any(row.sensitive for row in self.ideas if row.among_the_first(first))


def _strength(score: int, voters: int, places: int) -> Fraction:
    return Fraction(100 * score, voters * places)


def pool(
    groups: Mapping[str, Sequence[Ballot]],
    ideas: Sequence[Idea],
    places: int,
    *,
    allow_fewer: bool = False,
    themes: Mapping[Any, Idea] | None = None,
) -> Pooled:
    """Combine the ballots of ``groups`` (name to its ballots), all of ``places`` places over the same ``ideas``.

    ``themes`` maps an idea to the one that stands for both, as `voting.tally` does with merged ideas: one ballot with
    two ideas of a theme is one voter for it.

    Raises:
        ValueError: There are no groups, one has no ballots, or a ballot is not valid.
    """
    if not groups:
        raise ValueError("There are no groups to combine.")
    for name, ballots in groups.items():
        if not ballots:
            raise ValueError(f"The group {name} has no ballots, so it cannot be weighed with the others.")
    tallies = {
        name: tally(ballots, ideas, places, allow_fewer=allow_fewer, merged=themes) for name, ballots in groups.items()
    }
    together = tally(
        [ballot for ballots in groups.values() for ballot in ballots],
        ideas,
        places,
        allow_fewer=allow_fewer,
        merged=themes,
    )
    counted = [row.idea for row in together.ideas]
    rows = {name: {row.idea: row for row in group.ideas} for name, group in tallies.items()}
    strengths = [
        sum((_strength(rows[name][idea].score, group.ballots, places) for name, group in tallies.items()), Fraction(0))
        / len(tallies)
        for idea in counted
    ]
    reversed_ranks = _reversed_ranks(counted, rows)
    in_top = [sum(row[idea].rank <= _TOP and row[idea].frequency > 0 for row in rows.values()) for idea in counted]
    ranks = {
        PoolingMethod.POOLED_SUM: [row.rank for row in together.ideas],
        PoolingMethod.EQUAL_GROUPS: competition_ranks(strengths),
        PoolingMethod.CONSTITUENCIES: competition_ranks(reversed_ranks),
        PoolingMethod.FREQUENCY: competition_ranks(in_top),
    }
    pooled = tuple(
        PooledIdea(
            idea=row.idea,
            score=row.score,
            frequency=row.frequency,
            relative_importance=row.relative_importance,
            strength=float(strengths[index]),
            reversed_ranks=reversed_ranks[index],
            groups_in_top=in_top[index],
            ranks={method: ranked[index] for method, ranked in ranks.items()},
            by_group={name: (own[row.idea].score, own[row.idea].frequency) for name, own in rows.items()},
        )
        for index, row in enumerate(together.ideas)
    )
    return Pooled(pooled, tallies)


def _reversed_ranks(counted: Sequence[Idea], rows: Mapping[str, Mapping[Any, Any]]) -> list[int]:
    """Return for each idea the sum over groups of (number of ideas + 1 − its rank by score)."""
    sums = [0] * len(counted)
    for own in rows.values():
        for index, rank in enumerate(competition_ranks([own[idea].score for idea in counted])):
            sums[index] += len(counted) + 1 - rank
    return sums
