"""How the ballots of each way of voting are counted; what the ways are is in :mod:`amhe_tui.method.vote_schemes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.votes.agreement import Concordance, ballots_w
from amhe_tui.analysis.votes.nominal_group import RankRange, Tally, rank_ranges, tally
from amhe_tui.method.vote_schemes import Numbers, Ranking, in_places

Count = Callable[[Sequence[Numbers], Sequence[str], int, Mapping[str, str]], Tally]
"""Takes ballots, ideas, places, and by idea the one it was joined with and counts for."""

Agreement = Callable[[Sequence[Numbers], Sequence[str], int, Mapping[str, str]], Concordance]


@dataclass(frozen=True, slots=True)
class Counting:
    """How one way of voting is counted.

    Attributes:
        tally: What the ballots say of each idea; ValueError where one is not valid.
        agreement: How far the ballots agree.
    """

    tally: Count
    agreement: Agreement

    def ranges(
        self, ballots: Sequence[Numbers], ideas: Sequence[str], places: int, merged: Mapping[str, str]
    ) -> tuple[RankRange, ...]:
        """Return for each idea the best and worst rank it would have had without any one of three voters or more."""
        return rank_ranges(lambda some: self.tally(some, ideas, places, merged), ballots)


def _ranked_tally(ballots: Sequence[Numbers], ideas: Sequence[str], places: int, merged: Mapping[str, str]) -> Tally:
    rankings = [in_places(ballot) for ballot in ballots]
    return tally(rankings, ideas, places, allow_fewer=True, merged=merged)


def _ranked_agreement(
    ballots: Sequence[Numbers], ideas: Sequence[str], places: int, merged: Mapping[str, str]
) -> Concordance:
    return ballots_w([in_places(ballot) for ballot in ballots], ideas, places, merged=merged)


COUNTS: dict[str, Counting] = {Ranking.code: Counting(_ranked_tally, _ranked_agreement)}
"""How each way of voting is counted, by its code."""
