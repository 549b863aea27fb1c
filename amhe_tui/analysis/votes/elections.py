"""What other ways of counting the same rankings would have given: Borda, plurality, pairwise and elimination methods.

They show how far an order hangs on the method; a nominal group's result is `voting.tally`. Candidates are numbered from
0; winners are sets, sorted, because a tie has no single winner. A ranking lists candidates from best to worst; those it
leaves out are below all it names and equal among themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Ranking = Sequence[int]


RankNumbers = Mapping[int, int]


Margins = list[list[int]]


def _check(rankings: Sequence[Ranking], candidates: int) -> None:
    for ranking in rankings:
        if len(set(ranking)) != len(ranking) or any(not 0 <= candidate < candidates for candidate in ranking):
            raise ValueError(f"A ranking names different candidates from 0 to {candidates - 1}.")


def rank_numbers(ranking: Ranking) -> dict[int, int]:
    """Return the rank number, 1 for the best, of each candidate in a ``ranking`` without ties."""
    return {candidate: place for place, candidate in enumerate(ranking, start=1)}


def best(scores: Sequence[float]) -> list[int]:
    """Return the candidates with the highest score."""
    highest = max(scores)
    return [candidate for candidate, score in enumerate(scores) if score == highest]


def margins(ballots: Sequence[RankNumbers], candidates: int) -> Margins:
    """Return for each pair how many ballots put the first above the second, less those that put it below.

    Equal rank numbers are ties, candidates without one are below all others and equal among themselves.
    """
    last = 1 + max((number for ballot in ballots for number in ballot.values()), default=0)
    table = [[0] * candidates for _ in range(candidates)]
    for ballot in ballots:
        for candidate in range(candidates):
            for other in range(candidates):
                mine, theirs = ballot.get(candidate, last), ballot.get(other, last)
                table[candidate][other] += (mine < theirs) - (mine > theirs)
    return table


def borda(rankings: Sequence[Ranking], candidates: int) -> list[int]:
    """Return the Borda scores of full ``rankings``: candidates − 1 points for the best down to 0."""
    _check(rankings, candidates)
    scores = [0] * candidates
    for ranking in rankings:
        for place, candidate in enumerate(ranking):
            scores[candidate] += candidates - 1 - place
    return scores


def plurality(rankings: Sequence[Ranking], candidates: int) -> list[int]:
    """Return the candidates most often put first."""
    _check(rankings, candidates)
    firsts = [0] * candidates
    for ranking in rankings:
        if ranking:
            firsts[ranking[0]] += 1
    return best(firsts)


def mean_ranks(rankings: Sequence[Ranking], candidates: int) -> list[float]:
    """Return the mean rank of each candidate over full ``rankings``, 1 for the best."""
    _check(rankings, candidates)
    if not rankings:
        raise ValueError("There are no rankings to take a mean of.")
    sums = [0] * candidates
    for ranking in rankings:
        for candidate, number in rank_numbers(ranking).items():
            sums[candidate] += number
    return [total / len(rankings) for total in sums]


def symmetric_borda(table: Margins) -> list[int]:
    """Return for each candidate the sum of its margins over all others: a Borda score that ties and short ballots leave fair."""
    return [sum(row) for row in table]


def copeland(table: Margins) -> list[int]:
    """Return the candidates with the most pairwise victories less defeats."""
    return best([sum((margin > 0) - (margin < 0) for margin in row) for row in table])


def condorcet_winner(table: Margins) -> int | None:
    """Return the candidate that beats every other, None where there is none."""
    for candidate, row in enumerate(table):
        if all(margin > 0 for other, margin in enumerate(row) if other != candidate):
            return candidate
    return None


def minimax(table: Margins) -> list[int]:
    """Return the candidates whose worst pairwise defeat is smallest (none is a defeat of 0)."""
    return best([-max((-margin for margin in row if margin < 0), default=0) for row in table])


def schulze(table: Margins) -> list[int]:
    """Return the winners by strongest paths of pairwise victories (Schulze 2011), the strength of a victory being its margin."""
    size = len(table)
    paths = [[max(0, margin) for margin in row] for row in table]
    for middle in range(size):
        for candidate in range(size):
            for other in range(size):
                if candidate != other:
                    paths[candidate][other] = max(
                        paths[candidate][other], min(paths[candidate][middle], paths[middle][other])
                    )
    return [
        candidate
        for candidate in range(size)
        if all(paths[candidate][other] >= paths[other][candidate] for other in range(size) if other != candidate)
    ]


def _places(rankings: Sequence[Ranking], standing: Sequence[int]) -> dict[int, list[int]]:
    """Return for each candidate still standing how often it is first, second and so on among those standing."""
    counts = {candidate: [0] * len(standing) for candidate in standing}
    for ranking in rankings:
        for place, candidate in enumerate(candidate for candidate in ranking if candidate in counts):
            counts[candidate][place] += 1
    return counts


def instant_runoff(rankings: Sequence[Ranking], candidates: int, *, later_places: bool = False) -> list[int]:
    """Return who wins when those with fewest first places are struck out again and again until one has a majority.

    Where several share the fewest they are struck together, and if that would leave nobody they all win. With
    ``later_places`` the one among them with fewest second places, then third places and so on, is struck alone.
    """
    _check(rankings, candidates)
    standing = list(range(candidates))
    while True:
        counts = _places(rankings, standing)
        votes = sum(count[0] for count in counts.values())
        ahead = [candidate for candidate in standing if 2 * counts[candidate][0] > votes]
        if ahead:
            return ahead
        keys = {candidate: tuple(count) if later_places else (count[0],) for candidate, count in counts.items()}
        fewest = min(keys.values())
        kept = [candidate for candidate in standing if keys[candidate] != fewest]
        if not kept:
            return standing
        standing = kept
