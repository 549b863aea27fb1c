"""What a nominal group session holds, read and written for its screens: ideas under letters, merges, rounds of voting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amhe_tui.errors import AmheError
from amhe_tui.method.nominal_group import letter
from amhe_tui.text import clean
from store.records import Idea, NominalGroup, VotingRound
from store.workspace import Workspace

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
