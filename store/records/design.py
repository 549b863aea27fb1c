"""Step 2, DESIGN: options (2A), plans made together (2B) and priorities (2C)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, Session, col, select

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import (
    DiagramKind,
    Horizon,
    NodeLevel,
    NominalStage,
    OptionKind,
    Overlap,
    RoundState,
    Strength,
)
from amhe_tui.method.vote_schemes import USUAL
from store.records.declare import (
    STRICT,
    Audience,
    Beside,
    Counted,
    Links,
    Record,
    choice,
    count,
    day,
    flag,
    line,
    link,
    record,
    text,
)

_PUBLIC = Audience.PUBLIC
_BOARD = Audience.BOARD


@record
class Option(Record, table=True):
    """Something that could be done: asked of the community, seen elsewhere, found in evidence, or under way locally."""

    __tablename__ = "option"
    __table_args__ = STRICT
    singular = "option"
    plural = "options"
    about = "What could be done, and what is being done already."
    columns = ("kind", "strength", "overlap")
    sub_step = "2A"
    counted_as = Counted("option", "options", place=1)
    thread_stage = "option"
    reached_by = (
        "option.findings",
        "<priority.options",
    )
    many = {"findings": Links("Answers to", "The findings it could help with.", "finding")}

    title: str = line("Option", "What would be done, in a few words.", required=True, audience=_PUBLIC)
    kind: str = choice(
        "Comes from",
        "The community, positive practice, evidence or a local initiative.",
        OptionKind,
        default=OptionKind.COMMUNITY,
        audience=_PUBLIC,
    )
    action: str = text("What action was taken", "Or is proposed.", audience=_PUBLIC)
    set_up: str = text("How it was set up and delivered", "Who, where, with what.", audience=_PUBLIC)
    impact: str = text(
        "What impact it had", "What changed and for whom, with figures if there are any.", audience=_PUBLIC
    )
    source: str = line("Source", "Where this can be read or who told you; never a guess.", audience=_PUBLIC)
    place: str = line("Place", "Where it was done.", audience=_PUBLIC)
    population: str = line("With whom", "Which people it reached; are they like the people here?", audience=_PUBLIC)
    strength: str = choice(
        "Strength of evidence", "How far to trust it.", Strength, audience=_PUBLIC, section="Weighing it"
    )
    fit: str = text("Would it fit here", "What would have to differ.", audience=_BOARD, section="Weighing it")
    overlap: str = choice(
        "Overlap with what exists",
        "If something like it is there already.",
        Overlap,
        audience=_BOARD,
        section="Weighing it",
    )
    overlap_note: str = text(
        "About the overlap", "Who runs it, and what you agreed with them.", audience=_BOARD, section="Weighing it"
    )


@record
class NominalGroup(Record, table=True):
    """A nominal group session: one question, ideas one by one, a secret vote."""

    __tablename__ = "nominal_group"
    __table_args__ = STRICT
    singular = "nominal group session"
    plural = "nominal group sessions"
    about = "Everybody's ideas, one by one, and a secret ranked vote."
    named_by = "question"
    columns = ("held", "stage", "present")
    sub_step = "2B"
    counted_as = Counted("session", "sessions", place=1)
    thread_stage = "vote"
    reached_by = (
        "nominal_group.findings",
        "<idea.nominal_group_id <priority.idea_id",
    )
    many = {"findings": Links("About", "The findings this session is about.", "finding")}

    question: str = text("Question", "One open question that asks one thing.", required=True, audience=_PUBLIC)
    held: str = day("Date", "When.", audience=_PUBLIC)
    present: int | None = count(
        "People voting", "How many will vote; five to nine to a table works best.", audience=_BOARD
    )
    places: int = count(
        "Ideas each ranks", "How many ideas each person picks and ranks.", default=5, low=1, audience=_PUBLIC
    )
    stage: str = choice(
        "Stage", "Where the session stands.", NominalStage, default=NominalStage.WELCOME, audience=_BOARD
    )
    stage_started: str = line("Stage started", "When this stage began.")
    who: str = line("Who was in the room", "Roles, not names.", audience=_PUBLIC)
    activity_id: str | None = link("Activity", "The meeting it was part of.", "activity", audience=_BOARD)


@record
class Idea(Record, table=True):
    """An idea as it was said; merging keeps both and links them."""

    __tablename__ = "idea"
    __table_args__ = STRICT
    singular = "idea"
    plural = "ideas"
    about = "What the group came up with, in its own words; nobody's name on it."
    named_by = "words"
    columns = ("letter", "nominal_group_id")
    sub_step = "2B"
    counted_as = Counted("idea", "ideas", place=2)
    thread_stage = "vote"
    reached_by = (
        "idea.nominal_group_id nominal_group.findings",
        "<priority.idea_id",
        "idea.merged_into_id <priority.idea_id",
    )

    nominal_group_id: str | None = link(
        "Session", "Which session it came from.", "nominal_group", required=True, audience=_BOARD
    )
    letter: str = line("Letter", "How it is called out.", audience=_PUBLIC)
    words: str = text("Idea", "As it was said.", required=True, audience=_PUBLIC, voice=True)
    clarified: str = text("Clarified", "What the group understood by it.", audience=_PUBLIC, voice=True)
    merged_into_id: str | None = link(
        "Merged into", "The idea it was joined with, if the group agreed.", "idea", audience=_BOARD
    )

    def refuse_change(self, session: Session, values: Mapping[str, Any]) -> None:
        """Refuse to make another idea of one on the ballot of an open vote, itself or by one it was joined with: some have voted on it as it was."""
        if all(values.get(name, getattr(self, name)) == getattr(self, name) for name in _VOTED_ON):
            return
        query = select(VotingRound).where(col(VotingRound.state) == "open", col(VotingRound.removed).is_(False))
        offered = {key for vote in session.exec(query) for key in vote.ideas.split()}
        idea: Idea | None = self if offered else None
        seen: set[str] = set()
        while idea is not None and idea.id not in seen:
            if idea.id in offered:
                raise AmheError(
                    "A vote is open",
                    "People are voting on these ideas as they are.",
                    "Close the vote first, in its session in 2B or with: amhe vote FILE",
                )
            seen.add(idea.id)
            idea = session.get(Idea, idea.merged_into_id) if idea.merged_into_id else None


_VOTED_ON = ("words", "clarified", "merged_into_id", "nominal_group_id", "removed")
"""The fields of an idea that make it another one to vote on."""


@record
class IdeaLetter(Record, table=True):
    """The letters an idea was given for good, when a sheet was printed or a vote opened; they outlive the idea."""

    __tablename__ = "idea_letter"
    __table_args__ = STRICT
    singular = "letter of an idea"
    plural = "letters of ideas"
    about = "What each idea is called on paper and on ballots, so that a sheet in somebody's hand stays right."
    named_by = "letter"
    columns = ("letter", "idea_id")
    sub_step = "2B"
    thread_stage = "vote"
    reached_by = (
        "idea_letter.nominal_group_id nominal_group.findings",
        "idea_letter.idea_id <priority.idea_id",
    )
    listed = False

    nominal_group_id: str | None = link(
        "Session", "Which session it belongs to.", "nominal_group", required=True, audience=_BOARD
    )
    idea_id: str | None = link("Idea", "Which idea it stands for.", "idea", required=True, audience=_BOARD)
    letter: str = line("Letter", "How the idea is called out.", audience=_PUBLIC)


@record
class VotingRound(Record, table=True):
    """One secret vote; the ballots themselves are kept apart, with nothing that leads to a person."""

    __tablename__ = "voting_round"
    __table_args__ = STRICT
    singular = "vote"
    plural = "votes"
    about = "A secret vote of a session; nothing is counted before it is closed."
    named_by = "name"
    columns = ("state", "places", "voters")
    sub_step = "2B"
    counted_as = Counted("vote", "votes", place=3)
    thread_stage = "vote"
    reached_by = (
        "voting_round.nominal_group_id nominal_group.findings",
        "voting_round.nominal_group_id <idea.nominal_group_id <priority.idea_id",
    )
    listed = False

    nominal_group_id: str | None = link(
        "Session", "Which session it belongs to.", "nominal_group", required=True, audience=_BOARD
    )
    name: str = line("Vote", "First or final.", audience=_PUBLIC)
    state: str = choice("State", "Open or closed.", RoundState, default=RoundState.OPEN, audience=_PUBLIC)
    places: int = count("Ideas ranked", "How many each ballot ranks.", default=5, low=1, audience=_PUBLIC)
    voters: int = count("People entitled", "How many people may vote.", default=0, audience=_PUBLIC)
    ideas: str = text("Ideas on the ballot", "Their keys, in the order of their letters.")
    scheme: str = Field(default=USUAL, sa_type=Text)
    """How it is held: a code of `amhe_tui.method.vote_schemes`, whose words are said wherever the vote is."""

    def refuse_change(self, session: Session, values: Mapping[str, Any]) -> None:  # noqa: ARG002 (asked of every kind alike)
        """Refuse to open a closed vote again: whoever has seen the result could go on voting."""
        if self.state == "closed" and values.get("state", "closed") != "closed":
            raise AmheError(
                "The vote is closed",
                "A vote that was closed stays closed.",
                "Open a final vote if the group wants one.",
            )


@record
class DiagramNode(Record, table=True):
    """A box of a driver diagram or a theory of change."""

    __tablename__ = "diagram_node"
    __table_args__ = STRICT
    singular = "box of a diagram"
    plural = "driver diagram and theory of change"
    about = "What has to change so that the aim is met, from the aim to things to try."
    columns = ("diagram", "level", "measure")
    sub_step = "2B"
    counted_as = Counted("diagram box", "diagram boxes", place=4)
    thread_stage = "option"
    reached_by = (
        "diagram_node.finding_id",
        "diagram_node.idea_id <priority.idea_id",
    )

    diagram: str = choice("Diagram", "Which of the two.", DiagramKind, default=DiagramKind.DRIVER, audience=_PUBLIC)
    level: str = choice(
        "Level",
        "Where it stands, from aim to change idea, or from need to impact.",
        NodeLevel,
        required=True,
        audience=_PUBLIC,
    )
    title: str = line(
        "What", "A few words; an aim says how much, for whom and by when.", required=True, audience=_PUBLIC
    )
    measure: str = line("How you would know", "A measure for it.", audience=_PUBLIC)
    finding_id: str | None = link("Finding", "What it is meant to change.", "finding", audience=_BOARD)
    idea_id: str | None = link("Idea", "The group's idea it came from.", "idea", audience=_BOARD)


@record
class DiagramLink(Record, table=True):
    """An arrow: why one box leads to another."""

    __tablename__ = "diagram_link"
    __table_args__ = STRICT
    singular = "arrow of a diagram"
    plural = "arrows"
    about = "Why one box leads to the next; every arrow is a belief that can be wrong."
    named_by = "why"
    columns = ("cause_id", "effect_id", "strength")
    sub_step = "2B"
    counted_as = Beside("arrows come with the boxes of a diagram")
    thread_stage = "option"
    reached_by = (
        "diagram_link.cause_id diagram_node.finding_id",
        "diagram_link.effect_id diagram_node.finding_id",
        "diagram_link.cause_id diagram_node.idea_id <priority.idea_id",
        "diagram_link.effect_id diagram_node.idea_id <priority.idea_id",
    )

    cause_id: str | None = link(
        "From", "What leads to it.", "diagram_node", required=True, goes_with=True, audience=_PUBLIC
    )
    effect_id: str | None = link(
        "To", "What it leads to.", "diagram_node", required=True, goes_with=True, audience=_PUBLIC
    )
    why: str = text("Why", "The assumption behind the arrow.", audience=_PUBLIC)
    strength: str = choice("Strength of evidence", "How far to trust it.", Strength, audience=_PUBLIC)
    unintended: str = text("What could go wrong", "Who might lose by it.", audience=_BOARD)


@record
class Priority(Record, table=True):
    """What the group takes on, and when."""

    __tablename__ = "priority"
    __table_args__ = STRICT
    singular = "priority"
    plural = "priorities"
    about = "What matters most here, what can start small, and when."
    columns = ("horizon", "small_change", "agreed_by")
    sub_step = "2C"
    counted_as = Counted("priority", "priorities", place=1)
    thread_stage = "priority"
    reached_by = ()
    many = {
        "findings": Links("Answers to", "The findings it is about.", "finding"),
        "options": Links("Draws on", "Options it builds on.", "option"),
    }

    title: str = line("Priority", "What is to be done or changed.", required=True, audience=_PUBLIC)
    idea_id: str | None = link("Voted idea", "The idea of the vote it comes from.", "idea", audience=_PUBLIC)
    horizon: str = choice(
        "When", "Immediate, short, medium or long term.", Horizon, default=Horizon.IMMEDIATE, audience=_PUBLIC
    )
    small_change: bool = flag("A small change", "Something you could try next week.", audience=_PUBLIC)
    first_step: str = text("Smallest first step", "What could be done within days.", audience=_PUBLIC)
    lived_view: str = text(
        "What people with lived experience say", "Their view and opinion, in their words.", audience=_PUBLIC, voice=True
    )
    agreed_by: str = line("Agreed by", "Which roles agreed to it.", audience=_PUBLIC)
    vote_overridden: str = text("If it differs from the vote, why", "The vote's order stays visible.", audience=_PUBLIC)
