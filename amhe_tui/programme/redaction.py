"""Text that leaves the team: the codes of people in the room and of those on the team stand in none of it, however they were typed.

Which codes there are is said by the declaration of the fields: whatever stands in a field that names somebody and that only the team may see. Beside them go P1 to
P30 and F1 to F9, the codes that the method itself advises, for somebody who was never written down: a remark is often kept before its speaker is.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import NamedTuple, TypeVar, cast

from amhe_tui.method.audience import Audience, Somebody
from amhe_tui.method.choices import Role
from store.records import all_records, faces
from store.workspace import Workspace

T = TypeVar("T")

# Spaces and hyphens of every kind, those that nobody sees among them.
_APART = r"[ \t\u00a0\u2009\u202f\u00ad\u200b-\u200d\u2060.\-\u2010\u2011_#]"
# An underscore parts words as a space does: it stands in names of files, and around words in Markdown.
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
# Not the first half of a postcode, nor the beginning of a number with a decimal point or with thousands.
_ENDS = r"(?!(?!s\b)[^\W_]|\.\d|,\d{3}(?!\d)| ?\d[ABD-HJLNP-UW-Z]{2}\b)"
_NUMBERED = re.compile(rf"{_NO_LETTER_BEFORE}([^\W\d_]{{1,4}})({_APART}{{0,2}})0*(\d{{1,5}}){_ENDS}")
_TITLES = "participant|speaker|respondent|interviewee|facilitator|scribe"
_SPELT = re.compile(
    rf"{_NO_LETTER_BEFORE}({_TITLES})(?:(?: no\.?(?= ?\d)| number|(?=[-\u2010\u2011_\d]))?[ \u00a0#\-\u2010\u2011_]{{0,2}}0*\d{{1,3}}"
    r"| ?\(0*\d{1,3}\)|(s) 0*\d{1,3}(?:(?:, ?|,? and |,? or | & | to |[/\u2013-])0*\d{1,3})+)"
    rf"{_NO_LETTER_AFTER}(?!\.\d|,\d{{3}}(?!\d))",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(rf"{_NO_LETTER_BEFORE}(?:{_TITLES})s? \Z", re.IGNORECASE)
_LONGEST_TITLE = 13
# P4/7, P4-7 and P4,7 are two people.
_NEXT_AT_ONCE = re.compile(rf"[/\u2013&+,-]0*(\d{{1,5}}){_ENDS}")
# So are they in "P4, 7 and 9 said", but not in "P4 and 7 others": what is counted has a plural behind it.
_NEXT_IN_LIST = re.compile(
    rf"(?:, ?|,? (?:and|or|to) | & )0*(\d{{1,5}}){_ENDS}(?!\s*%|\s(?:\w*[^\Wsu]s|people|more|men|women|children|of|per|out|in)\b)"
)
_NEAR = 8
_TEAM_TITLES = ("facilitator", "scribe")
_WORD = re.compile(r"(?<!\w)\w+(?!\w)")
_PART_OF_WORD = re.compile(r"[^\W_]+")
_JOINS = re.compile(r"\s*(?:,|;|/|&|\+|,?\s(?:and|or|to)\s|[-\u2013])\s*(?:and\s+|or\s+)?", re.IGNORECASE)
_WITHIN, _OWNS = re.compile(r"[a-z,;] \Z"), re.compile(r"['’]s\b")
_BEGINS = re.compile(r"(?:\A|[.!?][”\"'’)]?\s|\n)[\s“\"'‘(*•-]*\Z")

_MOST_PARTICIPANTS, _MOST_FACILITATORS = 30, 9
_LONGEST_INITIALS = 4
_INITIALS = re.compile(rf"[A-Z]{{2,{_LONGEST_INITIALS}}}")
# What stands in a field for a code and tells nobody apart: a role may be said, and so may that it was everybody.
_NO_CODES = frozenset(
    {
        "all", "anonymous", "everybody", "everyone", "facilitator", "group", "i", "lead", "manager", "many", "others", "parent", "participant", "peer", "relative",
        "scribe", "several", "some", "somebody", "someone", "speaker", "sponsor", "team", "unknown",
        *(name.casefold() for role in Role for name in (role.label, role.value)),
    }
)  # fmt: skip


class _Place(NamedTuple):
    """Where a code stands in a text, and whose it is."""

    start: int
    end: int
    whose: Somebody
    several: bool = False


@dataclass(frozen=True)
class Redaction:
    """The rule for text that leaves the team.

    Attributes:
        numbered: Whose a code of letters and a number is, by the letters in small and the number; it is found however it is spaced.
        worded: Whose any other code is, as it was typed.
        written: What finds codes that are more than one word, initials with stops among them; None where there are none.
        whose: Whose each of these is, by its letters alone.
        everything: Whether all of it may be seen, so that nothing is changed.
    """

    numbered: Mapping[tuple[str, int], Somebody]
    worded: Mapping[str, Somebody]
    written: re.Pattern[str] | None
    whose: Mapping[str, Somebody]
    everything: bool = False

    def words(self, text: str, *, spoken: bool = False) -> str:
        """Return a text with words in place of codes.

        Args:
            text: The text.
            spoken: Whether somebody says it who was there: then it is another participant whom they name.
        """
        if self.everything:
            return text
        places = sorted(self._places(text), key=lambda place: (place.start, -place.end))
        if not places:
            return text
        parts: list[str] = []
        done = 0
        for start, end, whose, several in _joined(text, places):
            name = (whose.others if several else whose.another) if spoken else whose.several if several else whose.one
            capital = _BEGINS.search(text, max(0, start - _NEAR), start) is not None
            parts += [text[done:start], name[0].upper() + name[1:] if capital else name]
            done = end
            if name.endswith("s") and _OWNS.match(text, end):
                parts.append(text[end])  # what belongs to several of them takes the apostrophe alone
                done = end + 2
        return "".join((*parts, text[done:]))

    def values(self, value: T) -> T:
        """Return texts, and whatever holds them however deep, with words in place of codes; anything else is left as it is."""
        if self.everything:
            return value
        if isinstance(value, str):
            return cast("T", self.words(value))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{part.name: self.values(getattr(value, part.name)) for part in fields(value) if part.init}
            )
        if isinstance(value, dict):
            pairs = cast("dict[object, object]", value)
            return cast("T", {key: self.values(item) for key, item in pairs.items()})
        if isinstance(value, list | tuple):
            items = [self.values(item) for item in cast("Iterable[object]", value)]
            return cast("T", items if isinstance(value, list) else tuple(items))
        return value

    def _places(self, text: str) -> Iterator[_Place]:
        for match in _NUMBERED.finditer(text):
            whose = self._numbered(match[1], match[2], int(match[3]))
            if whose is not None:
                title = _TITLE_BEFORE.search(text, max(0, match.start() - _LONGEST_TITLE), match.start())
                end = self._end_of_numbers(text, match, whose)
                yield _Place(title.start() if title else match.start(), end, whose, end > match.end())
        for match in _SPELT.finditer(text):
            whose = Somebody.MEMBER if match[1].casefold() in _TEAM_TITLES else Somebody.PARTICIPANT
            yield _Place(match.start(), match.end(), whose, match[2] is not None)
        if self.worded:
            for match in _WORD.finditer(text):
                whole = [match] if self._worded(text, match) is not None else []
                for part in whole or _PART_OF_WORD.finditer(text, match.start(), match.end()):
                    whose = self._worded(text, part)
                    if whose is not None:
                        yield _Place(part.start(), part.end(), whose)
        if self.written is not None:
            for match in self.written.finditer(text):
                yield _Place(match.start(), match.end(), self.whose[_letters(match[0])])

    def _numbered(self, letters: str, between: str, number: int) -> Somebody | None:
        known = self.numbered.get((letters.casefold(), number))
        if known is not None:
            return known
        if (letters == "P" or (letters == "p" and not between)) and 1 <= number <= _MOST_PARTICIPANTS:
            return Somebody.PARTICIPANT
        # With two digits it is a diagnosis of the ICD-10.
        return Somebody.MEMBER if letters == "F" and not between and 1 <= number <= _MOST_FACILITATORS else None

    def _end_of_numbers(self, text: str, code: re.Match[str], whose: Somebody) -> int:
        """Return where the numbers end that are typed behind a code for further people, such as in ``P4/7`` and ``P4, 7 and 9``."""
        end = code.end()
        while True:
            following = _NEXT_AT_ONCE.match(text, end)
            if following is not None and self._numbered(code[1], "", int(following[1])) is whose:
                end = following.end()
                continue
            following = _NEXT_IN_LIST.match(text, end)
            # After a space a number may be anything, unless somebody has it.
            if following is None or self.numbered.get((code[1].casefold(), int(following[1]))) is not whose:
                return end
            end = following.end()

    def _worded(self, text: str, match: re.Match[str]) -> Somebody | None:
        word = match[0]
        whose = self.worded.get(word if word.isalpha() else word.casefold())
        if whose is None or len(word) > 1:
            return whose
        # One letter is a code within a sentence alone: elsewhere it is an idea's letter, or an article.
        return (
            whose
            if _WITHIN.search(text, max(0, match.start() - 2), match.start()) or _OWNS.match(text, match.end())
            else None
        )


def _letters(code: str) -> str:
    return "".join(re.findall(r"\w+", code)).casefold()


def _joined(text: str, places: list[_Place]) -> Iterator[_Place]:
    """Yield the places from the left, those that are joined in a list taken together."""
    start, end, whose, several = places[0]
    for place in places[1:]:
        if place.start < end:
            continue
        if place.whose is whose and _JOINS.fullmatch(text, end, place.start):
            end, several = place.end, True
        else:
            yield _Place(start, end, whose, several)
            start, end, whose, several = place
    yield _Place(start, end, whose, several)


NOTHING = Redaction({}, {}, None, {}, everything=True)
"""The rule for the team, which changes nothing."""


def redaction_of(workspace: Workspace, audience: Audience) -> Redaction:
    """Return the rule for what is written for an audience; for one that sees everything it changes nothing."""
    return NOTHING if audience.raw else made_of(workspace.read(_codes))


def _codes(raw: sqlite3.Connection) -> dict[str, Somebody]:
    """Return every code of a file, those of removed records and those that were changed since too, as other records may still name them."""
    codes: dict[str, Somebody] = {}
    former: dict[str, Somebody] = {}
    for table, kind in all_records().items():
        for name, face in faces(kind).items():
            if face.names is not None and face.audience is Audience.TEAM:
                for (value,) in raw.execute(f'SELECT DISTINCT "{name}" FROM "{table}" WHERE "{name}" <> \'\''):
                    codes.setdefault(" ".join(str(value).split()), face.names)
                for (before,) in raw.execute(
                    "SELECT DISTINCT before FROM journal_change WHERE table_name = ? AND field = ? AND before IS NOT NULL",
                    (table, name),
                ):
                    former.setdefault(" ".join(str(json.loads(before) or "").split()), face.names)
    # Of what was corrected only what is plainly a code: a word typed by mistake is none.
    for code, whose in former.items():
        if _NUMBERED.fullmatch(code) or _INITIALS.fullmatch(code):
            codes.setdefault(code, whose)
    return codes


def made_of(codes: Mapping[str, Somebody]) -> Redaction:
    """Return the rule for some codes."""
    numbered: dict[tuple[str, int], Somebody] = {}
    worded: dict[str, Somebody] = {}
    written: dict[str, Somebody] = {}
    for code, whose in _apart(codes):
        match = _NUMBERED.fullmatch(code)
        if match is not None:
            numbered.setdefault((match[1].casefold(), int(match[3])), whose)
        elif code.isdigit() or code.casefold() in _NO_CODES:
            continue  # a bare number is only ever a code after a word such as participant
        elif _WORD.fullmatch(code):
            worded.setdefault(code if code.isalpha() else code.casefold(), whose)
            if code.isalpha() and 1 < len(code) <= _LONGEST_INITIALS:
                worded.setdefault(code.upper(), whose)
                written.setdefault(r"\.\s?".join(code.upper()) + r"\b\.?", whose)
        else:
            spaced = r"\s+".join(re.escape(part) for part in code.split())
            # A name is one in small letters too; a few letters may be a word.
            written.setdefault(rf"(?i:{spaced})" if len(code) > _LONGEST_INITIALS else spaced, whose)
            numbered |= {(part[1].casefold(), int(part[3])): whose for part in _NUMBERED.finditer(code)}
    patterns = sorted(written, key=lambda pattern: (-len(pattern), pattern))
    pattern = re.compile(rf"{_NO_LETTER_BEFORE}(?:{'|'.join(patterns)}){_NO_LETTER_AFTER}") if patterns else None
    named = {
        _letters(code): whose
        for code, whose in _apart(codes)
        if not code.isdigit() and code.casefold() not in _NO_CODES
    }
    return Redaction(numbered, worded, pattern, named)


def _apart(codes: Mapping[str, Somebody]) -> Iterator[tuple[str, Somebody]]:
    """Yield codes one by one, also where several were typed into one field."""
    for value, whose in codes.items():
        for code in re.split(r"\s*(?:[,;/&+]|\band\b)\s*", value):
            if _letters(code):  # a dash for somebody unknown is no code
                yield code.strip(), whose
