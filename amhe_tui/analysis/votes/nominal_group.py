"""Count the ballots of a nominal group.

Everybody ranks up to ``places`` ideas; the first gets that many points, the next one fewer, and so on to the last place
with one point. A shorter ballot, where the group allows it, scores from the top: first place is worth the same on every
ballot. Ideas that the group merged are counted as the idea they went into: points add up, but each ballot counts as one
voter for it.

An idea is any hashable key; a ballot is its ideas from first to last place. Ranks are joint where the vote does not
tell ideas apart (1, 2, 2, 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from amhe_tui.analysis.estimates.distributions import competition_ranks, quantile
from amhe_tui.method.vote_schemes import check_ranking

Idea = Hashable


Ballot = Sequence[Idea]

OneBallot = TypeVar("OneBallot")


@dataclass(frozen=True, slots=True)
class IdeaTally:
    """What the ballots say of one idea.

    ``rank`` is by score, then frequency, then number of first places, then of second places and so on; ``joint`` says
    that another idea shares it. ``score`` is the sum of points, ``frequency`` the number of ballots that name the idea,
    ``place_counts[0]`` how often it came first, and nothing at all where ballots do not put ideas in order. ``relative_importance`` is the score in per cent of all points cast,
    ``strength`` in per cent of the points it would have had as everybody's first choice. ``spread`` lists the points it
    got on each ballot that names it, highest first; the median and quartiles count the ballots that do not name it as
    0. ``polarised``: named on four ballots or more, at least two of them giving it first place and two the last.
    """

    idea: Idea
    rank: int
    joint: bool
    score: int
    frequency: int
    frequency_percent: float
    place_counts: tuple[int, ...]
    relative_importance: float
    strength: float
    mean_among_voters: float | None
    mean_among_all: float
    median: float
    lower_quartile: float
    upper_quartile: float
    spread: tuple[int, ...]
    polarised: bool

    @property
    def first_choices(self) -> int:
        """How many ballots put the idea first; none where ballots do not put ideas in order."""
        return self.place_counts[0] if self.place_counts else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a vote: ideas in order, joint ones as they stand in the list of ideas."""

    ideas: tuple[IdeaTally, ...]
    ballots: int
    places: int
    points_cast: int
    points_possible: int
    method: str = "vote.nominal_group@1"

    @property
    def most_for_one(self) -> int:
        """The points that an idea would have as everybody's first choice."""
        return self.ballots * self.places

    def of(self, idea: Idea) -> IdeaTally:
        """Return what the ballots say of ``idea``; KeyError where it was not voted on."""
        for row in self.ideas:
            if row.idea == idea:
                return row
        raise KeyError(idea)


@dataclass(frozen=True, slots=True)
class RankRange:
    """An idea's ``rank``, and the ``best`` and ``worst`` it would have had if any one voter had stayed away."""

    idea: Idea
    rank: int
    best: int
    worst: int


def resolve_merges(ideas: Sequence[Idea], merged: Mapping[Any, Idea] | None) -> dict[Idea, Idea]:
    """Return for each idea the one it counts for: itself, or the end of its chain in ``merged``.

    ``merged`` maps an idea to the one it went into.

    Raises:
        ValueError: A chain leads back to itself or out of the list of ideas.
    """
    chains, known = dict(merged or {}), set(ideas)
    resolved: dict[Idea, Idea] = {}
    for idea in ideas:
        end, seen = idea, {idea}
        while end in chains:
            end = chains[end]
            if end in seen:
                raise ValueError(f"{idea} was merged in a circle, so there is no idea to count it for.")
            seen.add(end)
        if end not in known:
            raise ValueError(f"{idea} was merged into {end}, which is not in this vote.")
        resolved[idea] = end
    return resolved


def ballot_points(ranking: Ballot, places: int, counts_for: Mapping[Any, Idea]) -> dict[Idea, int]:
    """Return the points of one ballot per idea that counts, one fewer for each place; merged ideas add up."""
    points: dict[Idea, int] = {}
    for place, idea in enumerate(ranking):
        parent = counts_for[idea]
        points[parent] = points.get(parent, 0) + places - place
    return points


@dataclass(slots=True)
class _Count:
    """The running count of one idea: points per ballot that names it, and how often it took each place."""

    points: list[int]
    places: list[int]

    def key(self) -> tuple[int, ...]:
        """What ideas are ordered by, greatest first."""
        return sum(self.points), len(self.points), *self.places


def _count(
    ballots: Sequence[Ballot], counted: Sequence[Idea], places: int, counts_for: Mapping[Any, Idea]
) -> dict[Idea, _Count]:
    counts = {idea: _Count([], [0] * places) for idea in counted}
    for ballot in ballots:
        for place, idea in enumerate(ballot):
            counts[counts_for[idea]].places[place] += 1
        for idea, points in ballot_points(ballot, places, counts_for).items():
            counts[idea].points.append(points)
    return counts


def _idea_tally(idea: Idea, count: _Count, rank: int, joint: bool, voters: int, places: int, cast: int) -> IdeaTally:
    score, frequency = sum(count.points), len(count.points)
    ordered = [0] * (voters - frequency) + sorted(count.points)
    return IdeaTally(
        idea=idea,
        rank=rank,
        joint=joint,
        score=score,
        frequency=frequency,
        frequency_percent=100 * frequency / voters if voters else 0.0,
        place_counts=tuple(count.places),
        relative_importance=100 * score / cast if cast else 0.0,
        strength=100 * score / (voters * places) if voters else 0.0,
        mean_among_voters=score / frequency if frequency else None,
        mean_among_all=score / voters if voters else 0.0,
        median=quantile(ordered, 0.5) if voters else 0.0,
        lower_quartile=quantile(ordered, 0.25) if voters else 0.0,
        upper_quartile=quantile(ordered, 0.75) if voters else 0.0,
        spread=tuple(sorted(count.points, reverse=True)),
        polarised=places > 1 and frequency >= 4 and count.places[0] >= 2 and count.places[-1] >= 2,
    )


def tally(
    ballots: Sequence[Ballot],
    ideas: Sequence[Idea],
    places: int,
    *,
    allow_fewer: bool = False,
    merged: Mapping[Any, Idea] | None = None,
) -> Tally:
    """Count ``ballots`` of up to ``places`` places over ``ideas``; ``merged`` maps an idea to the one it went into.

    ``points_possible`` is what full ballots would cast, number of ballots × places(places + 1)/2, and equals
    ``points_cast`` where every ballot is full.

    Raises:
        ValueError: A ballot is not valid (`check_ranking`), an idea is listed twice, or a merge leads nowhere.
    """
    if len(set(ideas)) != len(ideas):
        raise ValueError("An idea is listed twice in this vote.")
    if places < 1:
        raise ValueError("A vote needs at least one place on the ballot.")
    for number, ballot in enumerate(ballots, start=1):
        try:
            check_ranking(ballot, ideas, places, allow_fewer=allow_fewer)
        except ValueError as error:
            raise ValueError(f"Ballot {number} of {len(ballots)} cannot be counted: {error}") from error
    counts_for = resolve_merges(ideas, merged)
    counted = [idea for idea in ideas if counts_for[idea] == idea]
    counts = _count(ballots, counted, places, counts_for)
    ranks = competition_ranks([counts[idea].key() for idea in counted])
    shared = Counter(ranks)
    cast = sum(sum(count.points) for count in counts.values())
    rows = [
        _idea_tally(idea, counts[idea], rank, shared[rank] > 1, len(ballots), places, cast)
        for idea, rank in zip(counted, ranks, strict=True)
    ]
    full = min(places, len(ideas))
    possible = len(ballots) * sum(places - place for place in range(full))
    return Tally(tuple(sorted(rows, key=lambda row: row.rank)), len(ballots), places, cast, possible)


def rank_ranges(count: Callable[[Sequence[OneBallot]], Tally], ballots: Sequence[OneBallot]) -> tuple[RankRange, ...]:
    """Return for each idea the best and worst rank it would have had without any one of the voters, whatever counts them.

    They stand in the order of the result. Only the range is given, never which voter moved it.

    Raises:
        ValueError: There are fewer than three ballots, or one is not valid.
    """
    if len(ballots) < 3:
        raise ValueError("At least three ballots are needed to see how much hangs on a single voter.")
    whole = count(ballots)
    ranges = {row.idea: (row.rank, row.rank) for row in whole.ideas}
    for left_out in range(len(ballots)):
        for row in count([*ballots[:left_out], *ballots[left_out + 1 :]]).ideas:
            best, worst = ranges[row.idea]
            ranges[row.idea] = min(best, row.rank), max(worst, row.rank)
    return tuple(RankRange(row.idea, row.rank, *ranges[row.idea]) for row in whole.ideas)


def drop_one_voter(
    ballots: Sequence[Ballot],
    ideas: Sequence[Idea],
    places: int,
    *,
    allow_fewer: bool = False,
    merged: Mapping[Any, Idea] | None = None,
) -> tuple[RankRange, ...]:
    """Return the :func:`rank_ranges` of ranked ballots."""
    return rank_ranges(lambda some: tally(some, ideas, places, allow_fewer=allow_fewer, merged=merged), ballots)
