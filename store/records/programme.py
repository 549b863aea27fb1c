"""The programme of work itself: where, with whom, for whom, and on what footing it holds data."""

from __future__ import annotations

from amhe_tui.method.choices import LawfulBasis, Role
from store.records.declare import (
    STRICT,
    Audience,
    Beside,
    Counted,
    Record,
    Somebody,
    choice,
    count,
    day,
    flag,
    line,
    record,
    several,
    text,
)


@record
class Programme(Record, table=True):
    """One programme of work; a file holds exactly one."""

    __tablename__ = "programme"
    __table_args__ = STRICT
    singular = "programme"
    plural = "programmes"
    about = "Where you work, what you hope to change, and on what footing you hold data."
    named_by = "name"
    listed = False
    thread_stage = "evidence"
    reached_by = Beside("the programme holds every thread")

    name: str = line("Name", "What people here call this work.", required=True, audience=Audience.PUBLIC)
    area: str = line(
        "Area", "The place it is about, such as a borough or an integrated care system.", audience=Audience.PUBLIC
    )
    organisation: str = line("Organisation", "Who runs it.", audience=Audience.PUBLIC)
    scope: str = text(
        "Scope", "Which services and which people it covers, and what it leaves out.", audience=Audience.PUBLIC
    )
    vision: str = text(
        "Vision", "What will be fairer when this has worked, in a sentence or two.", audience=Audience.PUBLIC
    )
    cycle_number: int = count(
        "Cycle", "Which time round the four steps this is.", default=1, low=1, audience=Audience.PUBLIC
    )
    starts: str = day("Starts", "When this cycle began.", audience=Audience.PUBLIC)
    review_due: str = day("Review due", "When step 4C is to happen.", audience=Audience.PUBLIC)
    data_controller: str = line(
        "Data controller",
        "The organisation that answers for the personal data in this file.",
        section="Data protection",
    )
    lawful_basis: str = choice(
        "Lawful basis",
        "Why the controller may hold it; this is not the same as consent to take part.",
        LawfulBasis,
        section="Data protection",
    )
    privacy_notice: str = line(
        "Privacy notice", "Where people can read how their words are kept, with its version.", section="Data protection"
    )
    dpia: str = line(
        "DPIA reference", "The data protection impact assessment that covers this work.", section="Data protection"
    )
    rehearsal: bool = flag("Rehearsal", "A practice copy: nothing in it is real.", audience=Audience.PUBLIC)


@record
class Population(Record, table=True):
    """A population in focus; the method advises three at most."""

    __tablename__ = "population"
    __table_args__ = STRICT
    singular = "population in focus"
    plural = "populations in focus"
    about = "The people whose inequality this cycle is about; three at most, so that each gets a real effort."
    named_by = "name"
    columns = ("why",)
    sub_step = "1A"
    counted_as = Counted("population", "populations", place=4)
    thread_stage = "evidence"
    reached_by = Beside("people in focus are whom the whole cycle is about, so they stand beside every thread")

    name: str = line(
        "Who", "The people, in the words they use for themselves.", required=True, audience=Audience.PUBLIC
    )
    why: str = text("Why them, why now", "What made you choose them before others.", audience=Audience.PUBLIC)
    involved: str = text(
        "How they take part", "Who from this population sits on the project team.", audience=Audience.BOARD
    )


@record
class Member(Record, table=True):
    """A role on the team, by a code or initials, never a full name."""

    __tablename__ = "member"
    __table_args__ = STRICT
    singular = "team member"
    plural = "team"
    about = "Who does what on the team, by initials."
    named_by = "initials"
    columns = ("duty", "roles")
    sub_step = "3B"
    counted_as = Beside("who is in the team is no step of the method")
    thread_stage = "action"
    reached_by = Beside("the team carries every thread, so it stands on none")

    initials: str = line(
        "Initials or code", "Enough for the team to know; no full name is needed.", required=True, names=Somebody.MEMBER
    )
    duty: str = line("Duty", "Facilitator, scribe, sponsor, analyst, peer researcher, and so on.")
    roles: str = several("Speaks as", "All that apply: one person can be staff and carer.", Role)
    paid: bool = flag("Paid for this work", "Lived experience is expertise; say whether it is paid.")
