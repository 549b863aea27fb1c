"""What a nominal group session holds, read and written for both faces: ideas under letters, merges, votes from opening to result.

How a vote is held is for its scheme to say (:mod:`amhe_tui.method.vote_schemes`), and how it is counted for :mod:`amhe_tui.analysis.votes.counts`; screens, line
mode, sheets and reports come to both through here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amhe_tui.analysis.votes.agreement import Concordance
from amhe_tui.analysis.votes.counts import COUNTS
from amhe_tui.analysis.votes.nominal_group import IdeaTally, RankRange, Tally
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import NominalStage
from amhe_tui.method.nominal_group import DEFAULT_PLACES, letter, size_advice
from amhe_tui.method.vote_schemes import SCHEMES, USUAL, Mark, VoteScheme, scheme_of
from amhe_tui.text import clean, one_line, ordinal, shorten
from store.change import Change
from store.records import (
    Idea,
    IdeaLetter,
    NominalGroup,
    Priority,
    VotingRound,
)
from store.workspace import Workspace

_LONGEST_SHOWN = 600
FEW = 5
"""With fewer ballots than this a result may show how somebody voted."""
FEWEST_IDEAS = 2
MOST_VOTERS = 999
_FEWEST_TO_DROP_ONE = 3
_FEWEST_TO_AGREE = 2
_NUMBERS_FIRST = re.compile(r"[^A-Z0-9]*[0-9]")
_NUMBER_THEN_LETTERS = re.compile(r"([0-9]{1,9})[^A-Z0-9]*([A-Z]+)")
_MARK = re.compile(r"([A-Z]+)[^A-Z0-9]*([0-9]{0,9})")


def scheme_of_vote(code: str) -> VoteScheme:
    """Return how a vote is held.

    Raises:
        AmheError: This version of the program does not know it.
    """
    try:
        return scheme_of(code)
    except ValueError as error:
        raise AmheError("Another way of voting", str(error), "Update this program.") from error


def ways_to_vote() -> list[tuple[str, str]]:
    """Return the ways of voting to choose from: the code of each, and what it is."""
    return [(scheme.code, f"{scheme.title}: {scheme.about}") for scheme in SCHEMES.values()]


@dataclass(frozen=True)
class Paper:
    """An empty ballot: the vote, its question, and its ideas as (letters, key, words) in the order of their letters.

    Attributes:
        scheme: How the vote is held.
        joined: The letters of an idea that was joined with one on the ballot, and the letters that it counts for.
        gone: Why other letters that a printed sheet may offer are not on the ballot, a sentence for each.
    """

    round_id: str
    question: str
    places: int
    ideas: tuple[tuple[str, str, str], ...]
    scheme: VoteScheme
    joined: Mapping[str, str] = field(default_factory=dict[str, str])
    gone: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def offered(self) -> list[str]:
        """Return the letters on the ballot."""
        return [letters for letters, _, _ in self.ideas]

    def why_not(self, letters: str) -> str:
        """Return why letters cannot be chosen, in a sentence."""
        return self.gone.get(letters) or f"There is no idea {letters} on this ballot."

    def ballot(self, line: str) -> dict[str, int]:
        """Return the ballot that a line stands for, by the keys of its ideas; its letters may be those of any sheet of the session.

        Raises:
            AmheError: A letter is not on the ballot, or the ballot is not valid.
        """
        title, marks = "Not a valid ballot", dict[str, tuple[str, int | None]]()
        for written, number in marks_in(line, [*self.offered, *self.joined, *self.gone]):
            counts_for = self.joined.get(written, written)
            if counts_for not in self.offered:
                raise AmheError(title, self.why_not(written), "Leave it out, or ask the person for another.")
            earlier, _ = marks.get(counts_for, ("", None))
            if earlier and earlier != written:
                both = f"{earlier} and {written} count as one idea, {counts_for}, since they were joined."
                raise AmheError(title, both, "Leave the second of them out.")
            if earlier:
                raise AmheError(title, f"{written} is there twice.", "Write each idea once.")
            marks[counts_for] = (written, number)
        if not marks:
            raise AmheError(title, "There are no letters in it.", "Write the letters again.")
        try:
            by_letters = self.scheme.numbers([(letters, number) for letters, (_, number) in marks.items()])
            self.scheme.check(by_letters, self.offered, self.places)
        except ValueError as error:
            raise AmheError(title, str(error), "Write the letters again.") from error
        keys = {offered: key for offered, key, _ in self.ideas}
        return {keys[letters]: number for letters, number in by_letters.items()}


def letters_in(line: str, known: Sequence[str]) -> list[str]:
    """Return the letters typed for one ballot: ``A C B`` and ``a,c,b`` and, where every idea has one letter, ``acb``."""
    return [letters for letters, _ in marks_in(line, known)]


def marks_in(line: str, known: Sequence[str]) -> list[Mark]:
    """Return the ideas typed for one ballot by their letters, each with the number right behind it: ``A3 C1`` and ``a 3, c``.

    In a line that begins with a number, numbers stand before their letters: ``1. A 2. C``.
    """
    single = all(len(letters) == 1 for letters in known)
    marks: list[Mark] = []
    typed = line.upper()
    if _NUMBERS_FIRST.match(typed):
        typed = _NUMBER_THEN_LETTERS.sub(r"\2\1 ", typed)
    for letters, digits in _MARK.findall(typed):
        number = int(digits) if digits else None
        # Of letters written together the number stands behind the last.
        marks += [(sign, None) for sign in letters[:-1]] if single else []
        marks.append((letters[-1] if single else letters, number))
    return marks


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
    letters = letters_of(workspace, vote.nominal_group_id or "", vote.ideas.split())
    ideas = sorted(voted_on(workspace, vote), key=lambda idea: letters_index(letters[idea.id]))
    rows = tuple((letters[idea.id], idea.id, shorten(meaning(idea), _LONGEST_SHOWN)) for idea in ideas)
    joined, gone = _not_offered(workspace, letters, {idea.id for idea in ideas})
    places, scheme = min(vote.places, len(rows)), scheme_of_vote(vote.scheme)
    return Paper(round_id, group.question if group else "", places, rows, scheme, joined, gone)


def _not_offered(
    workspace: Workspace, letters: Mapping[str, str], offered: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what becomes of letters that are not on a ballot: those they count for, or why they count for nothing."""
    ideas = [idea for key in letters if (idea := workspace.get(Idea, key)) is not None]
    merged, by_key = _merges([idea for idea in ideas if not idea.removed]), {idea.id: idea for idea in ideas}
    joined: dict[str, str] = {}
    gone: dict[str, str] = {}
    for key, own in letters.items():
        target = merged.get(key, "")
        idea = by_key.get(key)
        if key in offered:
            continue
        if target in offered:
            joined[own] = letters[target]
        elif idea is None or idea.removed:
            words = f" (“{shorten(one_line(meaning(idea)), 60)}”)" if idea else ""
            gone[own] = f"Idea {own}{words} was removed, so it is not on this ballot."
        else:
            gone[own] = f"Idea {own} (“{shorten(one_line(meaning(idea)), 60)}”) is not on this ballot."
    return joined, gone


def letters_index(letters: str) -> int:
    """Return the index of ``letters``, the inverse of :func:`amhe_tui.method.nominal_group.letter`; -1 for anything but letters A to Z."""
    index = 0
    for sign in letters.upper():
        if not "A" <= sign <= "Z":
            return -1
        index = index * 26 + ord(sign) - ord("A") + 1
    return index - 1


def lettered(ideas: Sequence[Idea], frozen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return letters by the key of each idea: the frozen ones, then its own where nobody has them, else the next ones nobody has.

    Args:
        ideas: The ideas of one session.
        frozen: Letters that stand on a printed sheet or a ballot, by key; those of ideas that are gone are never given again.
    """
    fixed = frozen or {}
    letters: dict[str, str] = {idea.id: fixed[idea.id] for idea in ideas if idea.id in fixed}
    taken = set(fixed.values())
    for idea in ideas:
        own = idea.letter.strip().upper()
        if idea.id not in letters and letters_index(own) >= 0 and own not in taken:
            letters[idea.id] = own
            taken.add(own)
    following = max((letters_index(own) for own in taken), default=-1) + 1
    for idea in ideas:
        if idea.id not in letters:
            letters[idea.id] = letter(following)
            following += 1
    return letters


def frozen_letters(rows: Sequence[IdeaLetter]) -> dict[str, str]:
    """Return the letters that a session has given for good, by the key of the idea."""
    frozen: dict[str, str] = {}
    taken: set[str] = set()
    # Two laptops can each have frozen the same letter; the earlier keeps it.
    for row in rows:
        key, own = row.idea_id or "", row.letter
        if key and key not in frozen and own not in taken:
            frozen[key] = own
            taken.add(own)
    return frozen


def letters_of(workspace: Workspace, nominal_group_id: str, also: Sequence[str] = ()) -> dict[str, str]:
    """Return the letters of a session by key: of its ideas, of those in ``also``, and of those frozen and gone since.

    Args:
        workspace: The open programme.
        nominal_group_id: The session.
        also: Ideas of votes, removed ones among them, those of the newest vote first.
    """
    ideas = workspace.list(Idea, nominal_group_id=nominal_group_id)
    frozen = frozen_letters(workspace.list(IdeaLetter, nominal_group_id=nominal_group_id))
    present = {idea.id: idea for idea in ideas}
    voted = [present.get(key) or workspace.get(Idea, key) for key in dict.fromkeys(also)]
    # Those of a vote come first, removed or not: a session from before letters were frozen has them on its ideas alone, and may have given those of an idea that
    # was gone to the next.
    order = [*(idea for idea in voted if idea is not None), *(idea for idea in ideas if idea.id not in also)]
    return {**frozen, **lettered(order, frozen)}


def freeze_letters(workspace: Workspace, nominal_group_id: str) -> None:
    """Give the ideas of a session their letters for good, because a sheet with them is about to be printed."""
    session = read_session(workspace, nominal_group_id)
    # Sealed: undo cannot call back the paper on the tables.
    with workspace.change("Fix the letters of the ideas", sealed=True) as change:
        _freeze(workspace, change, session)


def _freeze(workspace: Workspace, change: Change, session: Session) -> None:
    frozen = frozen_letters(workspace.list(IdeaLetter, nominal_group_id=session.group.id))
    for idea in session.ideas:
        own = session.letters[idea.id]
        if idea.letter != own:
            change.update(idea, letter=own)
        if idea.id not in frozen:
            change.add(IdeaLetter(nominal_group_id=session.group.id, idea_id=idea.id, letter=own))


def meaning(idea: Idea) -> str:
    """Return an idea in the words the group understood it by."""
    return idea.clarified.strip() or idea.words


@dataclass(frozen=True)
class Session:
    """A nominal group session as its screens show it.

    Attributes:
        group: The session itself.
        ideas: Its ideas that are not removed, in the order of their letters.
        letters: The letters of each idea, by its key, with those frozen for ideas that are gone.
        rounds: Its votes, in the order they were opened.
    """

    group: NominalGroup
    ideas: tuple[Idea, ...]
    letters: dict[str, str]
    rounds: tuple[VotingRound, ...]

    @property
    def open_round(self) -> VotingRound | None:
        """Return the vote that takes ballots now, or nothing."""
        return next((vote for vote in reversed(self.rounds) if vote.state == "open"), None)

    @property
    def last_closed(self) -> VotingRound | None:
        """Return the vote that was closed last, or nothing."""
        return next((vote for vote in reversed(self.rounds) if vote.state == "closed"), None)

    @property
    def on_their_own(self) -> tuple[Idea, ...]:
        """Return the ideas that were not joined with another, which are those to vote on."""
        merged = _merges(self.ideas)
        return tuple(idea for idea in self.ideas if idea.id not in merged)

    def joined_with(self, idea: Idea) -> Idea | None:
        """Return the idea that one was joined with; one that is gone, or a circle, counts as none."""
        if idea.id not in _merges(self.ideas):
            return None
        return next((other for other in self.ideas if other.id == idea.merged_into_id), None)

    def in_order(self) -> Iterator[tuple[Idea, int]]:
        """Yield each idea with its depth: those on their own at 0, those joined with one below it."""

        def below(idea: Idea, depth: int) -> Iterator[tuple[Idea, int]]:
            yield idea, depth
            for other in self.ideas:
                if self.joined_with(other) is idea:
                    yield from below(other, depth + 1)

        for idea in self.on_their_own:
            yield from below(idea, 0)

    def can_join(self, idea: Idea) -> list[Idea]:
        """Return the ideas that one can be joined with: any on its own, but not itself."""
        return [other for other in self.on_their_own if other.id != idea.id and self.joined_with(idea) is not other]

    def next_letters(self) -> str:
        """Return the letters of the next idea."""
        return letter(max((letters_index(own) for own in self.letters.values()), default=-1) + 1)


def read_session(workspace: Workspace, nominal_group_id: str) -> Session:
    """Return a session as it stands in the file.

    Raises:
        AmheError: It is not in the file.
    """
    group = workspace.need(NominalGroup, nominal_group_id)
    ideas = workspace.list(Idea, nominal_group_id=nominal_group_id)
    rounds = workspace.list(VotingRound, nominal_group_id=nominal_group_id)
    voted = [key for vote in reversed(rounds) for key in vote.ideas.split()]
    letters = letters_of(workspace, nominal_group_id, voted)
    ideas.sort(key=lambda idea: letters_index(letters[idea.id]))
    return Session(group, tuple(ideas), letters, tuple(rounds))


def add_idea(workspace: Workspace, nominal_group_id: str, words: str) -> str:
    """Add one idea under the next letters and return its key."""
    session = read_session(workspace, nominal_group_id)
    with workspace.change("Add idea") as change:
        idea = Idea(nominal_group_id=nominal_group_id, letter=session.next_letters(), words=clean(words).strip())
        change.add(idea)
    return idea.id


@dataclass(frozen=True)
class Opening:
    """A vote that could be opened now: what is voted on, and what is known before anybody is asked.

    Attributes:
        session: The session.
        scheme: How it is held.
        ideas: The ideas to vote on.
    """

    session: Session
    scheme: VoteScheme
    ideas: tuple[Idea, ...]

    @property
    def most(self) -> int:
        """Return the largest number of places."""
        return self.scheme.most(len(self.ideas))

    @property
    def places(self) -> int:
        """Return the number of places to begin with: what was asked for in the session, else what is usual."""
        wanted, usual = self.session.group.places, self.scheme.usual(len(self.ideas))
        # Five is what every session begins with, so nobody need have asked for it.
        return min(wanted, self.most) if self.scheme.asked and wanted != DEFAULT_PLACES else usual

    def advice(self, voters: str) -> str:
        """Return what helps to answer both questions, the number of people as typed so far."""
        people = whole_number(voters, 0, MOST_VOTERS)
        return " ".join(part for part in (self.scheme.advice, size_advice(people or 0)) if part)

    def voters_from(self, typed: str) -> int:
        """Return how many people vote.

        Raises:
            AmheError: What was typed is not such a number.
        """
        voters = whole_number(typed, 1, MOST_VOTERS)
        if voters is None:
            advice = "Say how many people vote, as a number such as 8."
            raise AmheError("Not a number of people", f"{typed.strip() or 'Nothing'} is no such number.", advice)
        return voters

    def places_from(self, typed: str) -> int:
        """Return how many places a ballot has.

        Raises:
            AmheError: What was typed is not such a number.
        """
        places = whole_number(typed, 1, self.most)
        if places is None:
            advice = f"It can be from 1 to {self.most} for these {len(self.ideas)} ideas."
            raise AmheError("Not a number for a ballot", f"{typed.strip() or 'Nothing'} is no such number.", advice)
        return places


def whole_number(typed: str, low: int, high: int) -> int | None:
    """Return a number that was typed, or nothing where it is none from ``low`` to ``high``."""
    digits = typed.strip()
    typed_well = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(high))
    return int(digits) if typed_well and low <= int(digits) <= high else None


def about_to_open(
    workspace: Workspace, nominal_group_id: str, only: Collection[str] = (), *, scheme: str = USUAL
) -> Opening:
    """Return what is known of a vote on the ideas that stand on their own, or on those of them in ``only``.

    Raises:
        AmheError: A vote of the session is open already, or there are fewer than two ideas.
    """
    session = read_session(workspace, nominal_group_id)
    if session.open_round is not None:
        raise AmheError(
            "A vote is open",
            "This session has a vote that is not closed yet.",
            "Go on with it, and close it first.",
        )
    ideas = tuple(idea for idea in session.on_their_own if not only or idea.id in only)
    if len(ideas) < FEWEST_IDEAS:
        how_many = "There is only one idea" if ideas else "There are no ideas"
        raise AmheError(
            "Nothing to choose between", f"{how_many} to vote on.", "Add ideas first: a vote needs at least two."
        )
    return Opening(session, scheme_of_vote(scheme), ideas)


def next_vote(session: Session, only: Collection[str] = ()) -> tuple[str, NominalStage]:
    """Return what the next vote of a session is called, and the stage it belongs to."""
    if not session.rounds:
        return "First vote", NominalStage.VOTE
    return "Run-off" if only else "Final vote", NominalStage.FINAL_VOTE


def open_round(
    workspace: Workspace,
    nominal_group_id: str,
    *,
    name: str,
    voters: int,
    places: int,
    stage: str = "",
    only: Collection[str] = (),
    scheme: str = USUAL,
) -> str:
    """Open a vote on the ideas that stand on their own, or on those of them in ``only``, and return its key.

    Raises:
        AmheError: A vote of the session is open already, or there are fewer than two ideas.
    """
    opening = about_to_open(workspace, nominal_group_id, only, scheme=scheme)
    session, ideas = opening.session, opening.ideas
    with workspace.change(f"Open the {name.lower()}", sealed=True) as change:
        _freeze(workspace, change, session)
        vote = VotingRound(
            nominal_group_id=nominal_group_id,
            name=name,
            voters=voters,
            places=min(places, len(ideas)),
            ideas=" ".join(idea.id for idea in ideas),
            scheme=opening.scheme.code,
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
    ideas = (workspace.get(Idea, key) for key in vote.ideas.split())
    return [idea for idea in ideas if idea is not None]


def set_voters(workspace: Workspace, vote: VotingRound, voters: int) -> None:
    """Say how many people vote in a round."""
    # Sealed: undo pressed later for something else must not shut people out of an open vote.
    with workspace.change("Change how many people vote", sealed=True) as change:
        change.update(vote, voters=voters)


@dataclass(frozen=True)
class VoteCount:
    """A closed vote, counted.

    Attributes:
        vote: The vote.
        ideas: The ideas on the ballot by id, those removed since included.
        letters: The letters of each of them, by id.
        tally: Score, frequency and rank of each idea; merged ideas count for the one they went into.
        agreement: Kendall's W of the ballots, corrected for ties.
    """

    vote: VotingRound
    ideas: Mapping[str, Idea]
    letters: Mapping[str, str]
    tally: Tally
    agreement: Concordance

    @property
    def scheme(self) -> VoteScheme:
        """Return how the vote was held."""
        return scheme_of_vote(self.vote.scheme)

    @property
    def few(self) -> bool:
        """Tell whether so few voted that the result may show how somebody did."""
        return self.tally.ballots < FEW

    def of(self, idea_id: str) -> IdeaTally | None:
        """Return what the ballots say of an idea, or nothing where it was not counted on its own."""
        return next((row for row in self.tally.ideas if row.idea == idea_id), None)


@dataclass(frozen=True)
class Result(VoteCount):
    """A closed vote, counted, with what its screen says beside the count.

    Attributes:
        question: What was asked.
        ranges: How far one person's staying away would move each idea, by key; empty where there are too few ballots.
        priorities: Titles of the priorities made of an idea, by key.
    """

    question: str
    ranges: Mapping[str, RankRange]
    priorities: Mapping[str, str]

    @property
    def words(self) -> dict[str, str]:
        """Return each idea as the group understood it, by key, those that were joined included."""
        return {key: one_line(meaning(idea)) for key, idea in self.ideas.items()}

    @property
    def rows(self) -> tuple[IdeaTally, ...]:
        """Return the ideas from first to last."""
        return self.tally.ideas

    def movable(self, key: str) -> bool:
        """Tell whether one vote fewer could move an idea to another rank."""
        span = self.ranges.get(key)
        return span is not None and span.best != span.worst


def count(workspace: Workspace, vote: VotingRound) -> VoteCount:
    """Return a closed vote counted.

    Raises:
        AmheError: It is still open, or its ballots cannot be counted.
    """
    ballots, scheme = workspace.ballots(vote.id), scheme_of_vote(vote.scheme)
    ideas = voted_on(workspace, vote)
    keys, merged = [idea.id for idea in ideas], _merges(ideas)
    letters = letters_of(workspace, vote.nominal_group_id or "", keys)
    counting = COUNTS[scheme.code]
    try:
        counted = counting.tally(ballots, keys, vote.places, merged)
        agreement = counting.agreement(ballots, keys, vote.places, merged)
    except ValueError as error:
        raise AmheError("Cannot be counted", str(error), "Check the file: amhe check FILE") from error
    return VoteCount(vote, {idea.id: idea for idea in ideas}, {key: letters[key] for key in keys}, counted, agreement)


def read_result(workspace: Workspace, round_id: str) -> Result:
    """Return a vote counted, with how much hangs on one ballot and what became of its ideas.

    Raises:
        AmheError: It is still open, not in the file, or cannot be counted.
    """
    vote = workspace.need(VotingRound, round_id)
    counted = count(workspace, vote)
    ballots, ideas = workspace.ballots(round_id), list(counted.ideas.values())
    enough = len(ballots) >= _FEWEST_TO_DROP_ONE
    counting = COUNTS[vote.scheme]
    ranges = counting.ranges(ballots, list(counted.ideas), vote.places, _merges(ideas)) if enough else ()
    group = workspace.get(NominalGroup, vote.nominal_group_id or "")
    made = {priority.idea_id: priority.title for priority in workspace.list(Priority) if priority.idea_id}
    spans = {str(span.idea): span for span in ranges}
    return Result(
        vote,
        counted.ideas,
        counted.letters,
        counted.tally,
        counted.agreement,
        group.question if group else "",
        spans,
        made,
    )


def _merges(ideas: Sequence[Idea]) -> dict[str, str]:
    """Return by key the idea each joined one counts for; a join that leads out of ``ideas``, or in a circle, does not count."""
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
    """Return what an idea got on each ballot that names it, highest first."""
    return " ".join(str(points) for points in row.spread)


def ballots_words(result: Result) -> str:
    """Return how many voted, and what a place is worth."""
    counted, places = result.tally, result.vote.places
    people = f"{counted.ballots} of {result.vote.voters} people" if result.vote.voters else f"{counted.ballots} people"
    return f"{people} voted; {result.scheme.worth(places)}."


def agreement_words(count: VoteCount) -> str:
    """Return Kendall's W in a sentence."""
    agreement = count.agreement
    if agreement.w is None or count.tally.ballots < _FEWEST_TO_AGREE:
        return "How far the group agrees cannot be told from these ballots."
    return f"Agreement is {agreement.band}: Kendall’s W {agreement.w:.2f} ({count.scheme.agreement_of(count.tally.places)}), where 0 is none and 1 complete."


def summary_words(result: Result) -> list[str]:
    """Return what a result says as a whole, a sentence a line."""
    if not result.tally.ballots:
        return ["No ballot was put into the box."]
    return [ballots_words(result), agreement_words(result), sensitivity_words(result)]


def standing_words(count: VoteCount, row: IdeaTally) -> str:
    """Return how an idea came out of a vote, joint ranks said as such."""
    place = f"{'joint ' if row.joint else ''}{ordinal(row.rank)} of {len(count.tally.ideas)}"
    amount = count.scheme.amount(row.score)
    return f"Came {place} with {amount}, chosen on {row.frequency} of {count.tally.ballots} ballots."


def line_words(result: Result, row: IdeaTally) -> str:
    """Return one idea of a result on a line of its own, as line mode reads it out."""
    key = str(row.idea)
    amount = result.scheme.amount(row.score)
    return f"{place_words(result, row)}  {result.letters[key]}  {result.words[key]}: {amount}, chosen on {row.frequency} of {result.tally.ballots} ballots"


def few_words(result: Result) -> str:
    """Return why the group is asked before so few ballots are shown."""
    ballots = result.tally.ballots
    who = "Only one person" if ballots == 1 else f"Only {ballots} people"
    return f"{who} voted, so the result may show how somebody voted."


def place_words(result: Result, row: IdeaTally) -> str:
    """Return the rank of an idea, with a mark where one vote fewer could move it."""
    return rank_words(row) + ("~" if result.movable(str(row.idea)) else "")


def sensitivity_words(result: Result) -> str:
    """Return in a sentence how much hangs on one person's vote."""
    if not result.ranges:
        return "There are too few ballots to see how much hangs on one vote."
    first = [row for row in result.rows if row.rank == 1]
    if any(result.movable(str(row.idea)) for row in first):
        return "Sensitive to one vote: without one voter the first place could change (~)."
    if any(result.ranges[str(row.idea)].best == 1 for row in result.rows if row.rank > 1):
        return "Sensitive to one vote: without one voter first place could be shared (~)."
    if any(result.movable(str(row.idea)) for row in result.rows):
        return "First place hangs on no single vote; ranks marked ~ could move without one."
    return "No rank hangs on any one vote."


def detail_words(result: Result, row: IdeaTally) -> list[str]:
    """Return what there is to say of one idea, a sentence a line."""
    key = str(row.idea)
    lines = result.scheme.idea_words(row, result.tally.ballots)
    if row.joint:
        lines.append(
            "The vote does not tell it apart from the others at this rank: the group may talk, or hold a run-off (r)."
        )
    if result.movable(key):
        span = result.ranges[key]
        lines.append(
            f"Sensitive to one vote: with any one person away it would come between rank {span.best} and {span.worst}."
        )
    if row.polarised:
        lines.append(result.scheme.split)
    if key in result.priorities:
        lines.append(f"Already a priority: {result.priorities[key]}")
    return lines
