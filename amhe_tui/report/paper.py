"""Sheets to print, so that a dead battery does not end a workshop: where a session stands, ballots to fill in by hand, and notes."""

from __future__ import annotations

from amhe_tui.dates import british
from amhe_tui.programme.redaction import redaction_of
from amhe_tui.programme.snapshot import Snapshot, snapshot
from amhe_tui.programme.votes import VoteCount
from amhe_tui.report.model import Builder, Document, Items, Note, PageBreak, Paragraph, Table
from amhe_tui.report.votes import agreement_words, rank_words
from amhe_tui.text import one_line
from store.records import Activity, Audience, Idea, NominalGroup, Remark, Theme, VotingRound, shown
from store.workspace import Workspace

SPARE = 2
"""Ballots beyond the number of people, for those that are spoilt."""
MOST_BALLOTS = 60
_USUAL_PEOPLE = 8
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK_IDEAS = 12
_BLANK_REMARKS = 14


def session_sheet(workspace: Workspace, nominal_group_id: str) -> Document:
    """Return where a nominal group session stands, with blank ballots and a tally sheet.

    Raises:
        AmheError: The session is not in the file.
    """
    group = workspace.need(NominalGroup, nominal_group_id)
    there = snapshot(workspace)
    rounds = there.some(VotingRound, there.behind("voting_round.nominal_group_id", [group.id]))
    vote = next((one for one in reversed(rounds) if one.state == "open"), None)
    ideas = _on_the_ballot(there, group, vote)
    places = vote.places if vote else max(1, min(group.places, len(ideas) or group.places))
    # It lies on the tables of a hall, where anybody may read it.
    into = Builder(redaction_of(workspace, Audience.PUBLIC))
    into.heading(2, "The ideas")
    into.add(_ideas_table(there, ideas))
    for number, one in enumerate(rounds):
        counted = there.votes.get(one.id)
        into.heading(2, one_line(one.name) or f"Vote {number + 1}")
        into.add(*_result(counted, ideas) if counted else [Paragraph(_box_words(workspace, one))])
    _add_ballots(workspace, into, group, vote, places)
    _add_tally(into, ideas, places)
    facts = (("Stage", shown(group, "stage")), ("Date", british(group.held)), ("Ideas each person ranks", str(places)))
    return into.document(
        one_line(group.question),
        "Nominal group session, on paper",
        tuple(one for one in facts if one[1]),
        contents=False,
    )


def _on_the_ballot(there: Snapshot, group: NominalGroup, vote: VotingRound | None) -> list[tuple[str, Idea]]:
    """Return the ideas to vote on under their letters: those of the open vote, else those that stand on their own."""
    all_ideas = there.some(Idea, there.behind("idea.nominal_group_id", [group.id]))
    keys = (
        vote.ideas.split()
        if vote
        else [one.id for one in all_ideas if not there.ahead("idea.merged_into_id", [one.id])]
    )
    free = (letter for letter in _letters() if letter not in {one.letter.strip().upper() for one in all_ideas})
    lettered = [(one.letter.strip().upper() or next(free), one) for one in there.some(Idea, keys)]
    return sorted(lettered, key=lambda pair: (len(pair[0]), pair[0]))


def _letters() -> list[str]:
    return [*_ALPHABET, *(first + second for first in _ALPHABET for second in _ALPHABET)]


def _ideas_table(there: Snapshot, ideas: list[tuple[str, Idea]]) -> Table:
    rows: list[tuple[str, ...]] = []
    for letter, idea in ideas:
        joined = there.some(Idea, there.behind("idea.merged_into_id", [idea.id]))
        more = [one_line(idea.clarified), *(f"Joined with it: {one_line(one.words)}" for one in joined)]
        rows.append((letter, one_line(idea.words), "\n".join(one for one in more if one)))
    taken = {letter for letter, _ in ideas}
    free = [letter for letter in _letters() if letter not in taken]
    blank = [(free[place], "", "") for place in range(max(3, _BLANK_IDEAS - len(rows)))]
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


def _result(vote: VoteCount, ideas: list[tuple[str, Idea]]) -> list[Table | Paragraph]:
    letters = {idea.id: letter for letter, idea in ideas}
    rows = tuple(
        (
            rank_words(row),
            letters.get(str(row.idea)) or vote.ideas[str(row.idea)].letter,
            one_line(vote.ideas[str(row.idea)].words),
            str(row.score),
            f"{row.frequency} of {vote.tally.ballots}",
        )
        for row in vote.tally.ideas
    )
    header = ("Rank", "Letter", "Idea", "Points", "Chosen by")
    return [Table("Result", header, rows, numbers=(3, 4)), Paragraph(agreement_words(vote))]


def _add_ballots(
    workspace: Workspace, into: Builder, group: NominalGroup, vote: VotingRound | None, places: int
) -> None:
    people = (vote.voters if vote else group.present) or _USUAL_PEOPLE
    left = max(people - workspace.ballots_in(vote.id), 0) if vote else people
    into.add(PageBreak())
    into.heading(2, "Ballots")
    into.add(
        Note(
            "Cut along the lines, one for each person. No name on it: fold it, put it in a box, and mix the box before anybody counts.",
        )
    )
    rows = tuple((_ordinal(place), str(places - place + 1), "") for place in range(1, places + 1))
    for _ in range(min(left + SPARE, MOST_BALLOTS)):
        into.add(
            Table(
                f"Secret ballot: {one_line(group.question)}",
                ("Your choice", "Points", "Letter of the idea"),
                rows,
                boxes=True,
            )
        )


def _ordinal(place: int) -> str:
    return {1: "First", 2: "Second", 3: "Third", 4: "Fourth", 5: "Fifth"}.get(place, f"{place}th")


def _add_tally(into: Builder, ideas: list[tuple[str, Idea]], places: int) -> None:
    into.add(PageBreak())
    into.heading(2, "Tally sheet")
    into.add(
        Paragraph(
            f"Open it only when every ballot is in the box. For each idea make a stroke in the column of the points it was given. Score: strokes times points, added up. "
            f"All scores together must be {places * (places + 1) // 2} for every full ballot. Equal scores share a rank: 1, 2, 2, 4."
        )
    )
    points = [str(one) for one in range(places, 0, -1)]
    letters = [letter for letter, _ in ideas] or _letters()[:_BLANK_IDEAS]
    header = ("Idea", *(f"{one} points" if one != "1" else "1 point" for one in points), "Score", "Chosen by", "Rank")
    rows = tuple((letter, *("" for _ in header[1:])) for letter in letters)
    into.add(Table("Strokes for each idea", header, rows, boxes=True))
    into.add(Paragraph("Ballots counted: ______    Spoilt: ______    Total of all scores: ______"))


def focus_sheet(workspace: Workspace, activity_id: str) -> Document:
    """Return where a focus group stands, with room for notes by hand; for the team, as it holds people's words.

    Raises:
        AmheError: The activity is not in the file.
    """
    activity = workspace.need(Activity, activity_id)
    there = snapshot(workspace)
    remarks = there.some(Remark, there.behind("remark.activity_id", [activity.id]))
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
        rows = tuple((one.speaker, one.words, "yes" if one.quote else "", _themes(there, one)) for one in remarks)
        into.add(Table("Remarks already in the file", ("Who", "Words", "Quote", "Themes"), rows, row_headers=False))
    into.add(PageBreak())
    into.heading(2, "Notes by hand")
    blank = tuple(("", "", "", "") for _ in range(_BLANK_REMARKS))
    into.add(Table("What people say", ("Who", "Their words", "Quote", "Theme"), blank, row_headers=False, boxes=True))
    facts = (("Date", british(activity.held)), ("With whom", activity.population))
    return into.document(
        one_line(activity.title),
        "Focus group, on paper",
        tuple(one for one in facts if one[1]),
        contents=False,
    )


def _themes(there: Snapshot, remark: Remark) -> str:
    return ", ".join(one_line(one.name) for one in there.some(Theme, there.ahead("remark.themes", [remark.id])))
