"""Sheets to print, so that a dead battery does not end a workshop: where a session stands, ballots to fill in by hand, and notes."""

from __future__ import annotations

from amhe_tui.dates import british
from amhe_tui.method.nominal_group import letter
from amhe_tui.method.vote_schemes import USUAL, Slip, VoteScheme
from amhe_tui.programme.redaction import redaction_of
from amhe_tui.programme.snapshot import Snapshot, snapshot
from amhe_tui.programme.votes import (
    Session,
    VoteCount,
    agreement_words,
    letters_index,
    rank_words,
    read_session,
    scheme_of_vote,
    voted_on,
)
from amhe_tui.report.model import Builder, Document, Items, Note, PageBreak, Paragraph, Table
from amhe_tui.text import one_line
from store.records import Activity, Audience, Idea, Remark, Theme, VotingRound, shown
from store.workspace import Workspace

SPARE = 2
"""Ballots beyond the number of people, for those that are spoilt."""
MOST_BALLOTS = 60
_USUAL_PEOPLE = 8
_BLANK_IDEAS = 12
_BLANK_REMARKS = 14


def session_sheet(workspace: Workspace, nominal_group_id: str) -> Document:
    """Return where a nominal group session stands, with blank ballots and a tally sheet.

    Raises:
        AmheError: The session is not in the file.
    """
    session = read_session(workspace, nominal_group_id)
    votes, group, vote = snapshot(workspace).votes, session.group, session.open_round
    ideas = _on_the_ballot(workspace, session, vote)
    scheme = scheme_of_vote(vote.scheme if vote else USUAL)
    places = vote.places if vote else max(1, min(group.places, len(ideas) or group.places))
    letters = [session.letters[idea.id] for idea in ideas] or [letter(place) for place in range(_BLANK_IDEAS)]
    # It lies on the tables of a hall, where anybody may read it.
    into = Builder(redaction_of(workspace, Audience.PUBLIC))
    into.heading(2, "The ideas")
    into.add(_ideas_table(session, ideas))
    for number, held in enumerate(session.rounds):
        counted = votes.get(held.id)
        into.heading(2, one_line(held.name) or f"Vote {number + 1}")
        into.add(*_result(counted) if counted else [Paragraph(_box_words(workspace, held))])
    people = (vote.voters if vote else group.present) or _USUAL_PEOPLE
    left = max(people - workspace.ballots_in(vote.id), 0) if vote else people
    _add_ballots(into, group.question, scheme.slip(places, letters), left)
    _add_tally(into, scheme, places, letters)
    ranks = (scheme.places_label, str(places) if scheme.places_label else "")
    facts = (("Stage", shown(group, "stage")), ("Date", british(group.held)), ranks)
    return into.document(
        one_line(group.question),
        "Nominal group session, on paper",
        tuple((label, value) for label, value in facts if value),
        contents=False,
    )


def _on_the_ballot(workspace: Workspace, session: Session, vote: VotingRound | None) -> list[Idea]:
    """Return the ideas to vote on in the order of their letters: those of the open vote, else those that stand on their own."""
    if vote is None:
        return list(session.on_their_own)
    return sorted(voted_on(workspace, vote), key=lambda idea: letters_index(session.letters[idea.id]))


def _ideas_table(session: Session, ideas: list[Idea]) -> Table:
    rows: list[tuple[str, ...]] = []
    for idea in ideas:
        joined = [other for other in session.ideas if (own := session.joined_with(other)) and own.id == idea.id]
        more = [
            one_line(idea.clarified),
            *(f"Joined with it: {session.letters[other.id]}. {one_line(other.words)}" for other in joined),
        ]
        rows.append((session.letters[idea.id], one_line(idea.words), "\n".join(line for line in more if line)))
    # The next ideas get these letters, in the order they are typed in.
    first = letters_index(session.next_letters())
    blank = [(letter(first + place), "", "") for place in range(max(3, _BLANK_IDEAS - len(rows)))]
    return Table(
        "Ideas so far, with room for more",
        ("Letter", "Idea", "What the group understood by it"),
        (*rows, *blank),
        boxes=True,
    )


def _box_words(workspace: Workspace, vote: VotingRound) -> str:
    if vote.state == "closed":
        return "Closed; its ballots cannot be counted."
    return f"Open: {workspace.ballots_in(vote.id)} of {vote.voters or 'all'} ballots are in the box on the laptop. Nothing is counted before it is closed."


def _result(vote: VoteCount) -> list[Table | Paragraph]:
    rows = tuple(
        (
            rank_words(row),
            vote.letters[str(row.idea)],
            one_line(vote.ideas[str(row.idea)].words),
            str(row.score),
            f"{row.frequency} of {vote.tally.ballots}",
        )
        for row in vote.tally.ideas
    )
    header = ("Rank", "Letter", "Idea", vote.scheme.unit[1].capitalize(), "Chosen by")
    return [Table("Result", header, rows, numbers=(3, 4)), Paragraph(agreement_words(vote))]


def _add_ballots(into: Builder, question: str, slip: Slip, people: int) -> None:
    into.add(PageBreak())
    into.heading(2, "Ballots")
    into.add(
        Note(
            "Cut along the lines, one for each person. No name on it: fold it, put it in a box, and mix the box before anybody counts.",
        )
    )
    header, rows = slip
    for _ in range(min(people + SPARE, MOST_BALLOTS)):
        into.add(Table(f"Secret ballot: {one_line(question)}", header, rows, boxes=True))


def _add_tally(into: Builder, scheme: VoteScheme, places: int, letters: list[str]) -> None:
    into.add(PageBreak())
    into.heading(2, "Tally sheet")
    into.add(Paragraph(f"Open it only when every ballot is in the box. {scheme.how_to_tally(places)}"))
    header = ("Idea", *scheme.strokes(places), "Score", "Chosen by", "Rank")
    rows = tuple((own, *("" for _ in header[1:])) for own in letters)
    into.add(Table("Strokes for each idea", header, rows, boxes=True))
    into.add(Paragraph("Ballots counted: ______    Spoilt: ______    Total of all scores: ______"))


def focus_sheet(workspace: Workspace, activity_id: str) -> Document:
    """Return where a focus group stands, with room for notes by hand; for the team, as it holds people's words.

    Raises:
        AmheError: The activity is not in the file.
    """
    activity = workspace.need(Activity, activity_id)
    records = snapshot(workspace)
    remarks = records.some(Remark, records.behind("remark.activity_id", [activity.id]))
    into = Builder()
    into.heading(2, "The question")
    into.add(
        Paragraph(
            activity.question or "One open question, one thing at a time: ______________________________", lead=True
        )
    )
    into.add(
        Items(
            (
                "Say why you are here, what happens with what people say, and that they can stop at any time.",
                "No names: P1, P2 and so on.",
                "Write down words, not summaries; one remark a row.",
                "Tick “quote” only where the person agreed and nobody could be recognised.",
            )
        )
    )
    if remarks:
        into.heading(2, "Said so far")
        into.add(
            Note("For the team: codes stand beside people's words here. Do not leave it lying in the hall.", "warning")
        )
        rows = tuple(
            (remark.speaker, remark.words, "yes" if remark.quote else "", _themes(records, remark))
            for remark in remarks
        )
        into.add(Table("Remarks already in the file", ("Who", "Words", "Quote", "Themes"), rows, row_headers=False))
    into.add(PageBreak())
    into.heading(2, "Notes by hand")
    blank = tuple(("", "", "", "") for _ in range(_BLANK_REMARKS))
    into.add(Table("What people say", ("Who", "Their words", "Quote", "Theme"), blank, row_headers=False, boxes=True))
    facts = (("Date", british(activity.held)), ("With whom", activity.population))
    return into.document(
        one_line(activity.title),
        "Focus group, on paper",
        tuple((label, value) for label, value in facts if value),
        contents=False,
    )


def _themes(records: Snapshot, remark: Remark) -> str:
    themes = records.some(Theme, records.ahead("remark.themes", [remark.id]))
    return ", ".join(one_line(theme.name) for theme in themes)
