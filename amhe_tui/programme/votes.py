"""What a nominal group session holds, read and written for its screens: ideas under letters, merges, rounds of voting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.votes.agreement import Concordance, ballots_w
from amhe_tui.analysis.votes.nominal_group import IdeaTally, RankRange, Tally, drop_one_voter, tally
from amhe_tui.errors import AmheError
from amhe_tui.method.nominal_group import letter
from amhe_tui.text import clean, one_line, shorten
from store.records import (
    Idea,
    NominalGroup,
    Priority,
    VotingRound,
)
from store.workspace import Workspace

_LONGEST_SHOWN = 600


@dataclass(frozen=True)
class Paper:
    """An empty ballot: the vote, its question, and its ideas as (letters, key, words) in the order of their letters."""

    round_id: str
    question: str
    places: int
    ideas: tuple[tuple[str, str, str], ...]


def read_paper(workspace: Workspace, round_id: str) -> Paper:
    """Return an empty ballot of a vote.

    Raises:
        AmheError: The vote is not in the file, or everybody has voted.
    """
    vote = workspace.need(VotingRound, round_id)
    if vote.voters and workspace.ballots_in(round_id) >= vote.voters:
        raise AmheError(
            "Everybody has voted",
            f"All {vote.voters} ballots are in the box.",
            "Press c to close the vote, or n if more people vote.",
        )
    group = workspace.get(NominalGroup, vote.nominal_group_id or "")
    ideas = voted_on(workspace, vote)
    letters = lettered(ideas)
    rows = tuple((letters[idea.id], idea.id, shorten(meaning(idea), _LONGEST_SHOWN)) for idea in ideas)
    return Paper(round_id, group.question if group else "", min(vote.places, len(rows)), rows)


def ordinal(number: int) -> str:
    """Return a place in words, such as ``1st``."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FEWEST_IDEAS = 2


RULE_OF_THUMB = "Rule of thumb: five each, or half of the ideas and one more where there are few."


def letters_index(letters: str) -> int:
    """Return the index of ``letters``, the inverse of :func:`amhe_tui.method.nominal_group.letter`; -1 for anything but letters A to Z."""
    index = 0
    for sign in letters.upper():
        if not "A" <= sign <= "Z":
            return -1
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1


def lettered(ideas: Sequence[Idea]) -> dict[str, str]:
    """Return letters by the key of each idea: its own where it has them and is the first to have them, else the next ones nobody has."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for idea in ideas:
        own = idea.letter.strip().upper()
        if letters_index(own) >= 0 and own not in taken:
            found[idea.id] = own
            taken.add(own)
    following = max((letters_index(one) for one in taken), default=-1) + 1
    for idea in ideas:
        if idea.id not in found:
            found[idea.id] = letter(following)
            following += 1
    return found


def meaning(idea: Idea) -> str:
    """Return an idea in the words the group understood it by."""
    return idea.clarified.strip() or idea.words


@dataclass(frozen=True)
class Session:
    """A nominal group session as its screens show it.

    Attributes:
        group: The session itself.
        ideas: Its ideas that are not removed, in the order of their letters.
        letters: The letters of each idea, by its key.
        rounds: Its votes, in the order they were opened.
    """

    group: NominalGroup
    ideas: tuple[Idea, ...]
    letters: dict[str, str]
    rounds: tuple[VotingRound, ...]

    @property
    def open_round(self) -> VotingRound | None:
        """Return the vote that takes ballots now, or nothing."""
        return next((one for one in reversed(self.rounds) if one.state == "open"), None)

    @property
    def last_closed(self) -> VotingRound | None:
        """Return the vote that was closed last, or nothing."""
        return next((one for one in reversed(self.rounds) if one.state == "closed"), None)

    @property
    def on_their_own(self) -> tuple[Idea, ...]:
        """Return the ideas that were not joined with another, which are those to vote on."""
        return tuple(one for one in self.ideas if self.joined_with(one) is None)

    def joined_with(self, idea: Idea) -> Idea | None:
        """Return the idea that one was joined with; one that is gone, or a circle, counts as none."""
        seen = {idea.id}
        target = self._idea(idea.merged_into_id)
        if target is None:
            return None
        step: Idea | None = target
        while step is not None:
            if step.id in seen:
                return None
            seen.add(step.id)
            step = self._idea(step.merged_into_id)
        return target

    def _idea(self, idea_id: str | None) -> Idea | None:
        return next((one for one in self.ideas if one.id == idea_id), None) if idea_id else None

    def in_order(self) -> Iterator[tuple[Idea, int]]:
        """Yield each idea with its depth: those on their own at 0, those joined with one below it."""

        def below(idea: Idea, depth: int) -> Iterator[tuple[Idea, int]]:
            yield idea, depth
            for one in self.ideas:
                if self.joined_with(one) is idea:
                    yield from below(one, depth + 1)

        for idea in self.on_their_own:
            yield from below(idea, 0)

    def can_join(self, idea: Idea) -> list[Idea]:
        """Return the ideas that one can be joined with: any on its own, but not itself."""
        return [one for one in self.on_their_own if one.id != idea.id and self.joined_with(idea) is not one]

    def next_letters(self) -> str:
        """Return the letters of the next idea."""
        return letter(max((letters_index(one) for one in self.letters.values()), default=-1) + 1)


def read_session(workspace: Workspace, nominal_group_id: str) -> Session:
    """Return a session as it stands in the file.

    Raises:
        AmheError: It is not in the file.
    """
    group = workspace.need(NominalGroup, nominal_group_id)
    ideas = workspace.list(Idea, nominal_group_id=nominal_group_id)
    letters = lettered(ideas)
    ideas.sort(key=lambda one: letters_index(letters[one.id]))
    return Session(group, tuple(ideas), letters, tuple(workspace.list(VotingRound, nominal_group_id=nominal_group_id)))


def add_idea(workspace: Workspace, nominal_group_id: str, words: str) -> str:
    """Add one idea under the next letters and return its key."""
    session = read_session(workspace, nominal_group_id)
    with workspace.change("Add idea") as change:
        idea = Idea(nominal_group_id=nominal_group_id, letter=session.next_letters(), words=clean(words).strip())
        change.add(idea)
    return idea.id


def open_round(
    workspace: Workspace,
    nominal_group_id: str,
    *,
    name: str,
    voters: int,
    places: int,
    stage: str = "",
    only: Sequence[str] = (),
) -> str:
    """Open a vote on the ideas that stand on their own, or on those of them in ``only``, and return its key.

    Raises:
        AmheError: A vote of the session is open already, or there are fewer than two ideas.
    """
    session = read_session(workspace, nominal_group_id)
    if session.open_round is not None:
        raise AmheError(
            "A vote is open",
            "This session has a vote that is not closed yet.",
            "Press v to go on with it, and close it first.",
        )
    ideas = [one for one in session.on_their_own if not only or one.id in only]
    if len(ideas) < FEWEST_IDEAS:
        raise AmheError(
            "Nothing to choose between",
            f"There are {len(ideas)} ideas to vote on.",
            "Add ideas first: a vote needs at least two.",
        )
    with workspace.change(f"Open the {name.lower()}", sealed=True) as change:
        for idea in session.ideas:
            change.update(idea, letter=session.letters[idea.id])
        keys = " ".join(one.id for one in ideas)
        vote = VotingRound(
            nominal_group_id=nominal_group_id, name=name, voters=voters, places=min(places, len(ideas)), ideas=keys
        )
        change.add(vote)
        change.update(session.group, present=voters, **({"stage": stage} if stage else {}))
    return vote.id


def close_round(workspace: Workspace, round_id: str) -> None:
    """Close a vote for good; undo never opens it again."""
    vote = workspace.need(VotingRound, round_id)
    with workspace.change(f"Close the {(vote.name or 'vote').lower()}", sealed=True) as change:
        change.update(vote, state="closed")


def voted_on(workspace: Workspace, vote: VotingRound) -> list[Idea]:
    """Return the ideas of a vote in the order of the ballot, those removed since included."""
    found = (workspace.get(Idea, key) for key in vote.ideas.split())
    return [idea for idea in found if idea is not None]


def set_voters(workspace: Workspace, vote: VotingRound, voters: int) -> None:
    """Say how many people vote in a round."""
    # Sealed: undo pressed later for something else must not shut people out of an open vote.
    with workspace.change("Change how many people vote", sealed=True) as change:
        change.update(vote, voters=voters)


FEW_BALLOTS = 5


_FEWEST_TO_DROP_ONE = 3


_FEWEST_TO_AGREE = 2


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


def spread_words(row: IdeaTally) -> str:
    """Return the points an idea got on each ballot that names it, highest first."""
    return " ".join(str(points) for points in row.spread)


def ballots_words(result: Result) -> str:
    """Return how many voted, and what a place is worth."""
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


@dataclass(frozen=True)
class VoteCount:
    """A closed vote, counted.

    Attributes:
        vote_id: The vote.
        voters: How many people could vote; 0 where nobody said.
        ideas: The ideas on the ballot by id, those removed since included.
        tally: Score, frequency and rank of each idea; merged ideas count for the one they went into.
        agreement: Kendall's W of the ballots, corrected for ties.
    """

    vote_id: str
    voters: int
    ideas: Mapping[str, Idea]
    tally: Tally
    agreement: Concordance

    def of(self, idea_id: str) -> IdeaTally | None:
        """Return what the ballots say of an idea, or nothing where it was not counted on its own."""
        return next((row for row in self.tally.ideas if row.idea == idea_id), None)


def count(workspace: Workspace, vote: VotingRound) -> VoteCount | None:
    """Return what a closed round says, nothing where it cannot be counted."""
    ballots = workspace.ballots(vote.id)
    found = (workspace.get(Idea, key) for key in vote.ideas.split())
    ideas = {idea.id: idea for idea in found if idea is not None}
    merged = _merged_ideas(ideas)
    try:
        counted = tally(ballots, list(ideas), vote.places, allow_fewer=True, merged=merged)
        agreement = ballots_w(ballots, list(ideas), vote.places, merged=merged)
    except ValueError:
        return None
    return VoteCount(vote.id, vote.voters, ideas, counted, agreement)


def _merged_ideas(ideas: Mapping[str, Idea]) -> dict[str, str]:
    """Return the ideas joined with another of the same vote; a join that leads out of the vote, or in a circle, does not count."""
    merged: dict[str, str] = {}
    for key, idea in ideas.items():
        seen, end = {key}, idea.merged_into_id or ""
        while end in ideas and end not in seen and (ideas[end].merged_into_id or "") in ideas:
            seen.add(end)
            end = ideas[end].merged_into_id or ""
        if end in ideas and end not in seen:
            merged[key] = end
    return merged
