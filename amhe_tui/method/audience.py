"""Those for whom something is written, what each may see, and their words in every face; an audience is added here and nowhere else."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Audience(IntEnum):
    """Who may see a field, widest last: what is written for an audience holds the fields of that audience and wider.

    Attributes:
        choice: Its name where somebody chooses.
        written_for: What stands at the head of a report.
        caution: What is said beside anything printed for it, or "".
        raw: Whether it sees small numbers, and who said what, as they are.
        loose_ends: Whether it is told what hangs loose: work for those who can tie it.
        who_did_it: Whether it is told by whom something was done, in so far as that is a role.
    """

    choice: str
    written_for: str
    caution: str
    raw: bool
    loose_ends: bool
    who_did_it: bool

    TEAM = (
        1,
        "the team: everything",
        "The team: everything in the file. Not to be passed on.",
        "For the team only: figures as the file has them, small numbers among them. Not to be passed on.",
        True,
        True,
        True,
    )
    BOARD = (
        2,
        "a board: no names, no notes",
        "A board: no codes, no notes, only quotes that may be quoted.",
        "",
        False,
        True,
        True,
    )
    PUBLIC = (
        3,
        "the public: what may be shown to anybody",
        "The public: only what may be shown to anybody.",
        "",
        False,
        False,
        False,
    )

    def __new__(
        cls, width: int, choice: str, written_for: str, caution: str, raw: bool, loose_ends: bool, who_did_it: bool
    ) -> Audience:
        """Make the member from how wide it is, its words and what it may see."""
        member = int.__new__(cls, width)
        member._value_ = width
        member.choice, member.written_for, member.caution = choice, written_for, caution
        member.raw, member.loose_ends, member.who_did_it = raw, loose_ends, who_did_it
        return member

    @property
    def key(self) -> str:
        """Its name in commands, in the names of files and in the rules for small numbers."""
        return self.name.lower()

    @classmethod
    def of(cls, key: str) -> Audience:
        """Return the audience a key names.

        Raises:
            ValueError: There is no such audience.
        """
        for audience in cls:
            if audience.key == key:
                return audience
        raise ValueError(f"nobody is called {key!r}: {', '.join(keys())}")


def keys() -> tuple[str, ...]:
    """Return what audiences are called in commands, the narrowest first."""
    return tuple(audience.key for audience in Audience)


class Somebody(StrEnum):
    """Whom a field names by a code, initials or a role, with the words that stand for a code outside the team.

    Attributes:
        one: For one of them.
        several: For several.
        another: For one of them in the words of somebody who was there too.
        others: For several of them in such words.
    """

    one: str
    several: str
    another: str
    others: str

    PARTICIPANT = "participant", "a participant", "participants", "another participant", "other participants"
    MEMBER = (
        "member",
        "a member of the team",
        "members of the team",
        "a member of the team",
        "members of the team",
    )

    def __new__(cls, code: str, one: str, several: str, another: str, others: str) -> Somebody:
        """Make the member from its code and its words."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.one, member.several, member.another, member.others = one, several, another, others
        return member
