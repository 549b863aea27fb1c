"""A vote in a report: only its count, and only where the count cannot show how somebody voted."""

from __future__ import annotations

from amhe_tui.analysis.votes.nominal_group import IdeaTally
from amhe_tui.programme.thread_words import standing_words
from amhe_tui.programme.votes import FEW, VoteCount, agreement_words, ordinal, rank_words
from amhe_tui.report.model import Block, Note, Paragraph, Table
from amhe_tui.report.reader import Reader
from store.records import Idea, VotingRound

FEW_OUTSIDE = 8
"""With fewer ballots than this, how many chose each idea fixes most ballots; outside the team only what came first is told."""
TOO_FEW = f"Fewer than {FEW_OUTSIDE} people voted. The count is not shown here, because with so few it could tell how somebody voted."
_NEARLY_ALL = "nearly all"
_A_FEW = "a few"


def may_show(reader: Reader, vote: VoteCount) -> bool:
    """Tell whether a count may be shown to this audience."""
    return reader.is_team or vote.tally.ballots >= FEW_OUTSIDE


def chosen_words(reader: Reader, vote: VoteCount, row: IdeaTally) -> str:
    """Return on how many ballots an idea was; outside the team a count that tells how everybody voted, or nearly, is said in words."""
    if reader.is_team or not _telling(vote, row):
        return f"{row.frequency} of {vote.tally.ballots}"
    return _NEARLY_ALL if row.frequency > vote.tally.ballots / 2 else _A_FEW


def _telling(vote: VoteCount, row: IdeaTally) -> bool:
    """Tell whether all, or all but a few, chose an idea or left it."""
    return row.frequency < FEW or vote.tally.ballots - row.frequency < FEW


def _points(reader: Reader, vote: VoteCount, row: IdeaTally) -> tuple[str, str]:
    """Return the points of an idea and its share of all; outside the team they are left out where they would tell how many chose it after all."""
    if not reader.is_team and _telling(vote, row):
        return "", ""
    return str(row.score), f"{row.relative_importance:.0f}%"


def standing(reader: Reader, vote: VoteCount, row: IdeaTally) -> str:
    """Return how an idea came out of a vote, as the audience may see it."""
    if reader.is_team or not _telling(vote, row):
        return standing_words(vote, row)
    place = f"{'joint ' if row.joint else ''}{ordinal(row.rank)} of {len(vote.tally.ideas)}"
    return f"Came {place}, chosen on {chosen_words(reader, vote, row)} of the ballots."


def vote_blocks(reader: Reader, vote: VoteCount) -> list[Block]:
    """Return a closed vote as a table with its agreement, or the sentence why it is not shown."""
    name = reader.title("voting_round", vote.vote.id)
    caption = f"Result of the vote: {name}" if name else "Result of the vote"
    if not may_show(reader, vote):
        return [Note(f"{name}: {TOO_FEW}" if name else TOO_FEW)]
    if not vote.tally.ballots:
        return [Paragraph("The vote was closed without a ballot.")]
    rows = tuple(
        (
            rank_words(row),
            _words(reader, vote, str(row.idea)),
            _points(reader, vote, row)[0],
            chosen_words(reader, vote, row),
            _points(reader, vote, row)[1],
        )
        for row in vote.tally.ideas
    )
    header = ("Rank", "Idea", "Points", "Chosen by", "Share of all points")
    reader.used(vote.tally.method, vote.agreement.method)
    return [
        Table(caption, header, rows, numbers=(2, 3, 4)),
        Paragraph(" ".join([_how(vote), _joint(vote), _agreement(reader, vote)]).replace("  ", " ").strip()),
        *(
            [
                Note(
                    f"Fewer than {FEW} people voted: this count could tell how somebody voted. Keep it in the team.",
                    "warning",
                )
            ]
            if vote.few
            else []
        ),
    ]


def _agreement(reader: Reader, vote: VoteCount) -> str:
    """Return how far the ballots agree; that they are all the same tells every one of them, so it is said less exactly outside the team."""
    if reader.is_team or vote.agreement.w is None or vote.agreement.w < _ALIKE:
        return agreement_words(vote)
    return f"Agreement is {vote.agreement.band}."


_ALIKE = 0.9


def _words(reader: Reader, vote: VoteCount, key: str) -> str:
    words = " ".join(reader.show(vote.ideas[key], "words").split())
    return f"{vote.letters[key]}. {words}" if reader.sees_field(Idea, "letter") else words


def _how(vote: VoteCount) -> str:
    places = vote.tally.places
    people = f" of {vote.vote.voters} people" if vote.vote.voters else ""
    return f"{vote.tally.ballots} ballots{people}, each ranking up to {places}: {places} points for the first place, 1 for the last."


def _joint(vote: VoteCount) -> str:
    if not any(row.joint for row in vote.tally.ideas):
        return ""
    return "Ideas with the same rank, marked =, are level in points, in how many chose them and in the places they were given."


def round_blocks(reader: Reader, vote: VotingRound) -> list[Block]:
    """Return a vote of a session, open or closed."""
    counted = reader.there.votes.get(vote.id)
    if counted is not None:
        return vote_blocks(reader, counted)
    name = reader.name(vote)
    if vote.state == "closed":
        words = f"{name}: closed, but its ballots cannot be counted. Check the file: amhe check FILE"
        return [Note(words, "warning")]
    return [Paragraph(f"{name}: open; nothing is counted before it is closed.")]
