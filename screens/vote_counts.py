"""What a closed vote says, counted and put into words for its screen."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.analysis.agreement import Concordance, ballots_w
from amhe_tui.analysis.voting import IdeaTally, RankRange, Tally, drop_one_voter, tally
from amhe_tui.errors import AmheError
from amhe_tui.text import one_line
from screens.session import lettered, meaning, voted_on
from store.records import Idea, NominalGroup, Priority, VotingRound
from store.workspace import Workspace

FEW_BALLOTS = 5
_FEWEST_TO_DROP_ONE = 3
_FEWEST_TO_AGREE = 2
_EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True)
class Result:
    """A closed vote, counted.

    Attributes:
        vote: The vote.
        question: What was asked.
        words: Each idea as the group understood it, by key, those that were joined included.
        letters: The letters of each idea, by key.
        counted: The count.
        agreement: Kendall's W of the ballots.
        ranges: How far one person's staying away would move each idea, by key; empty where there are too few ballots.
        priorities: Titles of the priorities made of an idea, by key.
    """

    vote: VotingRound
    question: str
    words: dict[str, str]
    letters: dict[str, str]
    counted: Tally
    agreement: Concordance
    ranges: dict[str, RankRange]
    priorities: dict[str, str]

    @property
    def rows(self) -> tuple[IdeaTally, ...]:
        """Return the ideas from first to last."""
        return self.counted.ideas

    @property
    def few(self) -> bool:
        """Tell whether so few voted that the result may show how somebody did."""
        return self.counted.ballots < FEW_BALLOTS

    def movable(self, key: str) -> bool:
        """Tell whether one vote fewer could move an idea to another rank."""
        found = self.ranges.get(key)
        return found is not None and found.best != found.worst


def read_result(workspace: Workspace, round_id: str) -> Result:
    """Return a vote counted.

    Raises:
        AmheError: It is still open, or not in the file.
    """
    vote = workspace.need(VotingRound, round_id)
    ballots = workspace.ballots(round_id)
    ideas = voted_on(workspace, vote)
    keys, merged = [idea.id for idea in ideas], _merges(ideas)
    try:
        counted = tally(ballots, keys, vote.places, allow_fewer=True, merged=merged)
        enough = len(ballots) >= _FEWEST_TO_DROP_ONE
        ranges = drop_one_voter(ballots, keys, vote.places, allow_fewer=True, merged=merged) if enough else ()
        agreement = ballots_w(ballots, keys, vote.places, merged=merged)
    except ValueError as error:
        raise AmheError("Cannot be counted", str(error), "Check the file: amhe check FILE") from error
    group = workspace.get(NominalGroup, vote.nominal_group_id or "")
    made = {one.idea_id: one.title for one in workspace.list(Priority) if one.idea_id}
    words = {idea.id: one_line(meaning(idea)) for idea in ideas}
    found = {str(one.idea): one for one in ranges}
    return Result(vote, group.question if group else "", words, lettered(ideas), counted, agreement, found, made)


def _merges(ideas: list[Idea]) -> dict[str, str]:
    """Return the ideas joined with another one of the same vote; a join that leads out of the vote, or in a circle, does not count."""
    known = {idea.id: idea for idea in ideas}
    merged: dict[str, str] = {}
    for idea in ideas:
        seen, end = {idea.id}, idea.merged_into_id
        while end in known and end not in seen and known[end].merged_into_id in known:
            seen.add(end)
            end = known[end].merged_into_id
        if end in known and end not in seen:
            merged[idea.id] = end
    return merged


def rank_words(row: IdeaTally) -> str:
    """Return a rank as it is written, a joint one with ``=``."""
    return f"{'=' if row.joint else ''}{row.rank}"


def bar(score: float, most: float, width: int) -> str:
    """Return a bar of block characters, ``width`` cells long for ``most``, to an eighth of a cell."""
    eighths = round(8 * width * score / most) if most > 0 else 0
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def spread_words(row: IdeaTally) -> str:
    """Return the points an idea got on each ballot that names it, highest first."""
    return " ".join(str(points) for points in row.spread)


def ballots_words(result: Result) -> str:
    """Return how many voted, and what a place is worth."""
    from screens.ballot import ordinal

    counted, places = result.counted, result.vote.places
    people = f"{counted.ballots} of {result.vote.voters} people" if result.vote.voters else f"{counted.ballots} people"
    worth = f"first place gives {places} points, {ordinal(places)} place 1" if places > 1 else "each gave one point"
    return f"{people} voted; {worth}."


def agreement_words(result: Result) -> str:
    """Return Kendall's W in a sentence."""
    found = result.agreement
    if found.w is None or result.counted.ballots < _FEWEST_TO_AGREE:
        return "How far the group agrees cannot be told from these ballots."
    return f"Agreement is {found.band}: Kendall’s W {found.w:.2f} (0 none, 1 full; top {result.vote.places}, ties corrected)."


def sensitivity_words(result: Result) -> str:
    """Return in a sentence how much hangs on one person's vote."""
    if not result.ranges:
        return "There are too few ballots to see how much hangs on one vote."
    first = [row for row in result.rows if row.rank == 1]
    if any(result.movable(str(row.idea)) for row in first):
        return "Sensitive to one vote: without one voter the first place could change (~)."
    if any(result.movable(str(row.idea)) for row in result.rows):
        return "First place hangs on no single vote; ranks marked ~ could move without one."
    return "No rank hangs on any one vote."


def detail_words(result: Result, row: IdeaTally) -> list[str]:
    """Return what there is to say of one idea, a sentence a line."""
    key = str(row.idea)
    lines = [
        f"Chosen by {row.frequency} of {result.counted.ballots}; {row.first_choices} put it first. Points on their ballots: {spread_words(row) or 'none'}."
    ]
    lines.append(f"{row.score} points, {row.relative_importance:.0f}% of all points given.")
    if row.joint:
        lines.append(
            "The vote does not tell it apart from the others at this rank: the group may talk, or hold a run-off (r)."
        )
    found = result.ranges.get(key)
    if found is not None and found.best != found.worst:
        lines.append(
            f"Sensitive to one vote: with any one person away it would come between rank {found.best} and {found.worst}."
        )
    if row.polarised:
        lines.append("The group is split on it: several put it first and several last. Worth talking about.")
    if key in result.priorities:
        lines.append(f"Already a priority: {result.priorities[key]}")
    return lines
