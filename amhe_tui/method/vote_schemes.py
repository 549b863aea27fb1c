"""The ways of voting: what a ballot holds, how it is filled in and checked, how it reads on paper, and the words of a result.

A ballot is a number for each idea that is on it; what the number means is for the scheme to say. A new way of voting is a class here, listed in
:data:`SCHEMES`, and its count in :mod:`amhe_tui.analysis.votes.counts`; both faces, the sheets and the report ask these two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Protocol, TypeVar

from amhe_tui.method.nominal_group import MOST_PLACES, suggested_places
from amhe_tui.text import counted, ordinal

Numbers = Mapping[str, int]
"""A ballot: ideas, by key or by letters, each with its number; an idea that is left out has none."""

Mark = tuple[str, int | None]
"""An idea as it stands on a filled-in ballot, and the number written beside it where there is one."""

Slip = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""A table to fill in by hand: its header and its rows."""

IdeaKey = TypeVar("IdeaKey", bound=Hashable)


class CountedIdea(Protocol):
    """What the words of a result are made of: what the ballots say of one idea."""

    @property
    def score(self) -> int:
        """What the ideas are put in order by."""
        ...

    @property
    def frequency(self) -> int:
        """How many ballots hold the idea."""
        ...

    @property
    def first_choices(self) -> int:
        """How many ballots put it first."""
        ...

    @property
    def relative_importance(self) -> float:
        """Its score in per cent of all scores."""
        ...

    @property
    def spread(self) -> tuple[int, ...]:
        """What each ballot that holds it gave it, highest first."""
        ...

    @property
    def polarised(self) -> bool:
        """Whether the group is split on it."""
        ...


class VoteScheme(ABC):
    """One way of voting.

    Class attributes:
        code: What the file calls it; it never changes.
        title: What it is called.
        about: One sentence for whoever chooses between the ways of voting.
        method: The id of how it is counted, without its version.
        counting: What that id means, for the notes of a report.
        unit: What an idea is given: one and several.
        asked: What is asked for ``places`` when a vote is opened, or "" where there is nothing to ask.
        places_label: What ``places`` is on the printed sheet.
        advice: What helps to answer ``asked``.
        ordered: Whether the order in which ideas are chosen gives them their numbers.
        blank_hint: What stands on the empty line that a ballot is typed on.
        short_ballot: What becomes of a ballot with fewer ideas than places, or "" where that is how it is meant.
        level: In what ideas with a joint rank are level.
        split: What it means that the group is split on an idea.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    method: ClassVar[str]
    counting: ClassVar[str]
    unit: ClassVar[tuple[str, str]] = ("point", "points")
    asked: ClassVar[str] = ""
    places_label: ClassVar[str] = ""
    advice: ClassVar[str] = ""
    ordered: ClassVar[bool] = False
    blank_hint: ClassVar[str]
    short_ballot: ClassVar[str] = ""
    level: ClassVar[str]
    split: ClassVar[str] = ""

    # --- opening a vote ----------------------------------------------------------------------------------------------------------------------------

    @abstractmethod
    def most(self, ideas: int) -> int:
        """Return the largest ``places`` that a vote on so many ideas can have."""

    @abstractmethod
    def usual(self, ideas: int) -> int:
        """Return the ``places`` to suggest for so many ideas."""

    # --- a ballot ----------------------------------------------------------------------------------------------------------------------------------

    @abstractmethod
    def numbers(self, marks: Sequence[Mark]) -> dict[str, int]:
        """Return the ballot that marks stand for, in the order they were made; no idea is in them twice.

        Raises:
            ValueError: The numbers written beside them cannot be meant; the sentence can be shown to the scribe.
        """

    @abstractmethod
    def check(self, ballot: Numbers, ideas: Sequence[str], places: int) -> None:
        """Check that a ballot is valid.

        Raises:
            ValueError: It is not; the sentence can be shown to the voter.
        """

    @abstractmethod
    def fullest(self, ideas: Sequence[str], places: int) -> dict[str, int]:
        """Return a ballot that takes as much room to write down as any; a box fills up all its ballots to that length."""

    @abstractmethod
    def mark(self, number: int) -> str:
        """Return what stands beside an idea that has this number, in at most four characters."""

    @abstractmethod
    def task(self, places: int, ideas: int) -> str:
        """Return in a sentence what each person does."""

    @abstractmethod
    def to_choose(self, places: int) -> str:
        """Return what to do on the ballot, as the beginning of a sentence."""

    @abstractmethod
    def to_write(self, places: int) -> str:
        """Return what is typed for one ballot, as part of a sentence."""

    # --- on paper ----------------------------------------------------------------------------------------------------------------------------------

    @abstractmethod
    def slip(self, places: int, letters: Sequence[str]) -> Slip:
        """Return the ballot to fill in by hand."""

    @abstractmethod
    def strokes(self, places: int) -> tuple[str, ...]:
        """Return the columns of the tally sheet that take strokes."""

    @abstractmethod
    def how_to_tally(self, places: int) -> str:
        """Return how the tally sheet is filled in."""

    # --- a result ----------------------------------------------------------------------------------------------------------------------------------

    @abstractmethod
    def worth(self, places: int) -> str:
        """Return what a ballot gives the ideas on it, as the end of a sentence."""

    @abstractmethod
    def each(self, places: int) -> str:
        """Return what each ballot did, as the end of a sentence that began with how many there were."""

    @abstractmethod
    def agreement_of(self, places: int) -> str:
        """Return what the coefficient of agreement was worked out on, for brackets."""

    @abstractmethod
    def idea_words(self, row: CountedIdea, ballots: int) -> list[str]:
        """Return what the ballots say of one idea, a sentence a line."""

    def amount(self, number: int) -> str:
        """Return a number of what ideas are given, in words."""
        return counted(number, *self.unit)


def check_ranking(
    ranking: Sequence[IdeaKey], ideas: Sequence[IdeaKey], places: int, *, allow_fewer: bool = False
) -> None:
    """Check that a ``ranking`` names ``places`` different ideas out of ``ideas``.

    Where fewer are allowed, or there are fewer ideas than places, fewer will do, but at least one.

    Raises:
        ValueError: It does not; the sentence can be shown to the voter.
    """
    if places < 1:
        raise ValueError("A vote needs at least one place on the ballot.")
    if not ranking:
        raise ValueError("The ballot is empty; leave the vote out instead if you do not want to vote.")
    known = set(ideas)
    repeated = [idea for idea, times in Counter(ranking).items() if times > 1]
    strangers = [idea for idea in ranking if idea not in known]
    if strangers:
        raise ValueError(f"{strangers[0]} is not one of the ideas in this vote.")
    if repeated:
        raise ValueError(f"{repeated[0]} is on the ballot more than once; each place needs a different idea.")
    wanted = min(places, len(known))
    if len(ranking) > places:
        raise ValueError(f"The ballot has {len(ranking)} ideas, but only {places} places.")
    if len(ranking) < wanted and not allow_fewer:
        raise ValueError(f"The ballot ranks {len(ranking)} of the {wanted} ideas it needs.")


def ranked(ideas: Sequence[str]) -> dict[str, int]:
    """Return the ballot that puts ideas in this order: each with its place, 1 for the first."""
    return {idea: place for place, idea in enumerate(ideas, start=1)}


def in_places(ballot: Numbers) -> list[str]:
    """Return the ideas of a ranked ballot from first to last place."""
    return sorted(ballot, key=lambda idea: ballot[idea])


class Ranking(VoteScheme):
    """The vote of a nominal group: each person puts a few ideas in order; an idea's number is its place, 1 for the first."""

    code = "ranking"
    title = "Ranked vote"
    about = "Each person picks a few ideas and puts them in order."
    method = "vote.nominal_group"
    counting = (
        "Each ballot gives its first idea as many points as there are places, the next one fewer, down to one. Ideas stand in the order of their points, then of how "
        "many chose them, then of their first places and so on; where all that is level they share a rank."
    )
    asked = "How many ideas does each rank?"
    places_label = "Ideas each person ranks"
    advice = "Rule of thumb: five each, or half of the ideas and one more where there are few."
    ordered = True
    blank_hint = "letters, most important first"
    short_ballot = "It counts as it is: your first choice is worth as much as anybody's."
    level = "level in points, in how many chose them and in the places they were given"
    split = "The group is split on it: several put it first and several last. Worth talking about."

    def most(self, ideas: int) -> int:
        """Return ten, or all of fewer ideas."""
        return min(MOST_PLACES, ideas)

    def usual(self, ideas: int) -> int:
        """Return five, or half of the ideas and one more where there are few."""
        return suggested_places(ideas)

    def numbers(self, marks: Sequence[Mark]) -> dict[str, int]:
        """Return a place for each idea in turn; numbers that were written beside them may only say so again."""
        written = [number for _, number in marks if number is not None]
        if any(later <= earlier for earlier, later in pairwise(written)):
            raise ValueError("The numbers put the ideas in another order than the letters; letters alone will do.")
        return ranked([idea for idea, _ in marks])

    def check(self, ballot: Numbers, ideas: Sequence[str], places: int) -> None:
        """Check that a ballot ranks up to ``places`` different ideas, and leaves no place out."""
        check_ranking(in_places(ballot), ideas, places, allow_fewer=True)
        if sorted(ballot.values()) != list(range(1, len(ballot) + 1)):
            raise ValueError("The places on the ballot are not one after another.")

    def fullest(self, ideas: Sequence[str], places: int) -> dict[str, int]:
        """Return a ballot with the longest ideas on all its places."""
        return ranked(sorted(ideas, key=len, reverse=True)[:places])

    def mark(self, number: int) -> str:
        """Return the place in words, such as ``1st``."""
        return ordinal(number)

    def task(self, places: int, ideas: int) -> str:
        """Return how many ideas each person ranks, and of how many."""
        return f"Each ranks up to {places} of {ideas} ideas."

    def to_choose(self, places: int) -> str:
        """Return how many to choose, and in which order."""
        return f"Choose {places} ideas, {'most important first' if places > 1 else 'the most important one'}"

    def to_write(self, places: int) -> str:
        """Return how many letters there can be, and in which order."""
        return f"up to {places} letters, the most important first, such as A C B"

    def slip(self, places: int, letters: Sequence[str]) -> Slip:  # noqa: ARG002 (only ways without an order name the ideas on their slip)
        """Return a row for each place, with its points and room for a letter."""
        rows = tuple((ordinal(place), str(places - place + 1), "") for place in range(1, places + 1))
        return ("Your choice", "Points", "Letter of the idea"), rows

    def strokes(self, places: int) -> tuple[str, ...]:
        """Return a column for each number of points."""
        return tuple(self.amount(points) for points in range(places, 0, -1))

    def how_to_tally(self, places: int) -> str:
        """Return how strokes become scores, and what they must add up to."""
        return (
            "For each idea make a stroke in the column of the points it was given. Score: strokes times points, added up. "
            f"All scores together must be {places * (places + 1) // 2} for every full ballot. Equal scores share a rank: 1, 2, 2, 4."
        )

    def worth(self, places: int) -> str:
        """Return what the first and the last place give."""
        return f"first place gives {places} points, {ordinal(places)} place 1" if places > 1 else "each gave one point"

    def each(self, places: int) -> str:
        """Return how many ideas each ballot ranks, and what places give."""
        return f"each ranking up to {places}: {places} points for the first place, 1 for the last."

    def agreement_of(self, places: int) -> str:
        """Return that only the first places were ranked."""
        return f"top {places}, corrected for ties"

    def idea_words(self, row: CountedIdea, ballots: int) -> list[str]:
        """Return how many chose it and put it first, the points it got from each, and its share of all points."""
        points = " ".join(str(number) for number in row.spread)
        return [
            f"Chosen by {row.frequency} of {ballots}; {row.first_choices} put it first. Points on their ballots: {points or 'none'}.",
            f"{self.amount(row.score)}, {row.relative_importance:.0f}% of all points given.",
        ]


SCHEMES: dict[str, VoteScheme] = {scheme.code: scheme for scheme in (Ranking(),)}
"""Every way of voting by its code, the usual one first."""

USUAL = next(iter(SCHEMES))
"""The way a vote is held where nobody chose another."""


def scheme_of(code: str) -> VoteScheme:
    """Return a way of voting by its code.

    Raises:
        ValueError: This version of the program does not know it.
    """
    if code not in SCHEMES:
        raise ValueError(f"This version of the program does not know the way of voting called “{code}”.")
    return SCHEMES[code]
