"""A vote in a report: only its count, and only where the count cannot show how somebody voted."""

from __future__ import annotations

from amhe_tui.analysis.votes.nominal_group import IdeaTally
from amhe_tui.programme.thread_words import standing_words
from amhe_tui.programme.votes import FEW, VoteCount, agreement_words, ordinal, rank_words
from amhe_tui.report.model import Block, Note, Paragraph, Table
from amhe_tui.report.reader import Reader
from store.records import Idea, VotingRound

SO_FEW = 8
"""With fewer ballots than this, how many chose each idea fixes most ballots: outside the team only the order is told."""
TOO_FEW = (
    f"Fewer than {FEW} people voted. The count is not shown here, because with so few it could tell how somebody voted."
)
ORDER_ONLY = (
    f"Fewer than {SO_FEW} people voted. Only the order is shown here, because the count could tell how somebody voted."
)
_BANDS = ((0.9, "all or nearly all"), (0.6, "most"), (0.4, "about half"), (0.15, "some"), (0.0, "few or none"))


def may_show(reader: Reader, vote: VoteCount) -> bool:
    """Tell whether a count may be shown to this audience."""
    return reader.is_team or not vote.few


def _in_words(reader: Reader, vote: VoteCount) -> bool:
    """Tell whether numbers would show how somebody voted: that all did, or nearly all, chose an idea or left it tells every ballot, and one number tells another."""
    return not reader.is_team and any(
        row.frequency < FEW or vote.tally.ballots - row.frequency < FEW for row in vote.tally.ideas
    )


def _band(vote: VoteCount, row: IdeaTally) -> str:
    share = row.frequency / vote.tally.ballots if vote.tally.ballots else 0.0
    return next(words for least, words in _BANDS if share >= least)


def came_words(reader: Reader, vote: VoteCount, row: IdeaTally) -> str:
    """Return how an idea came out of a vote, as the audience may see it."""
    if reader.is_team or not (_in_words(reader, vote) or vote.tally.ballots < SO_FEW):
        return standing_words(vote, row)
    place = f"Came {'joint ' if row.joint else ''}{ordinal(row.rank)} of {len(vote.tally.ideas)}"
    return f"{place}." if vote.tally.ballots < SO_FEW else f"{place}, chosen by {_band(vote, row)}."


def _order_only(reader: Reader, vote: VoteCount, caption: str) -> list[Block]:
    header, rows = (
        ["Rank", "Idea"],
        [[rank_words(row), _words(reader, vote, str(row.idea))] for row in vote.tally.ideas],
    )
    if vote.tally.ballots >= SO_FEW:
        header.append("Chosen by")
        rows = [[*cells, _band(vote, row)] for cells, row in zip(rows, vote.tally.ideas, strict=True)]
    reader.used(vote.tally.method)
    why = ORDER_ONLY if vote.tally.ballots < SO_FEW else "Said in words, because numbers could tell how somebody voted."
    return [Table(caption, tuple(header), tuple(map(tuple, rows))), Note(why)]


def vote_blocks(reader: Reader, vote: VoteCount) -> list[Block]:
    """Return a closed vote as a table with its agreement, or the sentence why it is not shown."""
    name = reader.title("voting_round", vote.vote.id)
    caption = f"Result of the vote: {name}" if name else "Result of the vote"
    if not may_show(reader, vote):
        return [Note(f"{name}: {TOO_FEW}" if name else TOO_FEW)]
    if not vote.tally.ballots:
        return [Paragraph("The vote was closed without a ballot.")]
    if not reader.is_team and (vote.tally.ballots < SO_FEW or _in_words(reader, vote)):
        return _order_only(reader, vote, caption)
    rows = tuple(
        (
            rank_words(row),
            _words(reader, vote, str(row.idea)),
            str(row.score),
            f"{row.frequency} of {vote.tally.ballots}",
            f"{row.relative_importance:.0f}%",
        )
        for row in vote.tally.ideas
    )
    given = vote.scheme.unit[1]
    header = ("Rank", "Idea", given.capitalize(), "Chosen by", f"Share of all {given}")
    reader.used(vote.tally.method, vote.agreement.method)
    return [
        Table(caption, header, rows, numbers=(2, 3, 4)),
        Paragraph(" ".join([_how(vote), _joint(vote), agreement_words(vote)]).replace("  ", " ").strip()),
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


def _words(reader: Reader, vote: VoteCount, key: str) -> str:
    words = " ".join(reader.show(vote.ideas[key], "words").split())
    return f"{vote.letters[key]}. {words}" if reader.sees_field(Idea, "letter") else words


def _how(vote: VoteCount) -> str:
    people = f" of {vote.vote.voters} people" if vote.vote.voters else ""
    return f"{vote.tally.ballots} ballots{people}, {vote.scheme.each(vote.tally.places)}"


def _joint(vote: VoteCount) -> str:
    if not any(row.joint for row in vote.tally.ideas):
        return ""
    return f"Ideas with the same rank, marked =, are {vote.scheme.level}."


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
