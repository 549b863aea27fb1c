"""The words of the board of who is missing: the rows of its four sections, and each marked row in full with what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from amhe_tui.analysis.completeness import LITTLE, percent
from amhe_tui.method.choices import GroupKind, SeenState, label_of
from amhe_tui.programme.missing.board import MissingBoard
from amhe_tui.programme.missing.challenges import ChallengeLine
from amhe_tui.programme.missing.completeness import CompletenessLine, NotBrokenDown
from amhe_tui.programme.missing.groups import GroupGap
from amhe_tui.programme.missing.people import PersonLine
from amhe_tui.text import shorten
from screens.shared.base import plain

Part = Content | str | tuple[str, str]


SECTIONS = ("How complete", "Groups lacking", "People numbers miss", "Eight challenges")


ABOUT = (
    "Of how many people the group is known. Below 80 % a gap may come from that.",
    "Groups a code list has and the data lack; labels that throw people together.",
    "That no data see somebody is a finding. “It seems” is a guess; s settles it.",
    "What keeps inequality hidden: whether it was met, and what was done about it.",
)


HEADS = (
    ("Characteristic", "Period", "Group is known of", "Since before"),
    ("Characteristic", "Lacking", "Where"),
    ("Who", "Can data see them?", "1B"),
    ("Challenge", "How far", "The data show"),
)


_CELLS = 10


_MARKS: dict[str, str] = {"seen": "●", "partly": "◐", "unseen": "○"}


_SHORT: dict[str, str] = {"seen": "seen", "partly": "partly", "unseen": "not seen"}


_WIDE = 100


_WAYS = {"better": "▲ better", "worse": "▼ worse", "same": "= the same"}


@dataclass(frozen=True)
class CombinedGroup:
    """A label that combines groups of people, and the line of figures it stands in."""

    label: str
    share: float
    line: CompletenessLine


Item = CompletenessLine | NotBrokenDown | GroupGap | CombinedGroup | PersonLine | ChallengeLine


@dataclass(frozen=True)
class Row:
    """One row of the table: its cells, what it stands for, and a key that finds it again after a change."""

    key: str
    cells: tuple[str, ...]
    item: Item


def bar(share: float | None) -> str:
    """Return a bar of ten cells with the number beside it, or that it cannot be told."""
    if share is None:
        return "cannot be told"
    full = round(share * _CELLS)
    # A share that is not the whole never looks whole.
    full = min(full, _CELLS - 1) if share < 1 else full
    few = " few" if share < LITTLE else ""
    return f"{'█' * full}{'░' * (_CELLS - full)} {percent(share):>3} %{few}"


def newest_lines(found: MissingBoard) -> list[CompletenessLine]:
    """Return the newest line of each characteristic and indicator."""
    newest: dict[tuple[str, str], CompletenessLine] = {}
    for line in found.completeness:
        newest.setdefault((line.characteristic, line.indicator_id), line)
    return list(newest.values())


def rows_of(found: MissingBoard, section: int, width: int) -> list[Row]:
    """Return the rows of a section, for a screen of so many columns."""
    if section == 0:
        return _complete(found, width)
    if section == 1:
        return _lacking(found, width)
    if section == 2:
        return [_person(one, width) for one in found.people]
    return [_challenge(one, width) for one in found.challenges]


def _complete(found: MissingBoard, width: int) -> list[Row]:
    rows = [
        Row(
            f"{line.characteristic}|{line.indicator_id}",
            (
                shorten(line.characteristic, max(width - 54, 22)),
                shorten(line.period, 12),
                bar(line.share),
                _WAYS.get(line.direction, "–"),
            ),
            line,
        )
        for line in newest_lines(found)
    ]
    return rows + [
        Row(one.code, (shorten(one.label, max(width - 54, 22)), "–", "not broken down", "–"), one)
        for one in found.not_broken_down
    ]  # fmt: skip


def _lacking(found: MissingBoard, width: int) -> list[Row]:
    room = max(width - 44, 30)
    rows = [
        Row(
            f"{one.code}|{one.scheme_id}|{'|'.join(one.sources)}",
            (
                shorten(one.characteristic, 20),
                shorten(", ".join(one.absent) or "everybody within broad groups", room),
                "nowhere here"
                if not one.sources
                else f"{len(one.sources)} source{'s' if len(one.sources) > 1 else ''}",
            ),
            one,
        )
        for one in found.groups
    ]
    for line in newest_lines(found):
        for label, share in line.combined:
            cells = (
                shorten(line.characteristic, 20),
                shorten(f"“{label}” holds {100 * share:.0f} of 100", room),
                shorten(line.period, 14),
            )
            rows.append(
                Row(f"{line.characteristic}|{line.indicator_id}|{label}", cells, CombinedGroup(label, share, line))
            )
    return rows


def _person(one: PersonLine, width: int) -> Row:
    state = one.state_words
    if width < _WIDE and one.state in _SHORT:
        state = _SHORT[one.state] + ("" if one.decided else ", it seems")
    asked = "asked" if one.activities else "asset" if one.assets else "–"
    cells = (
        shorten(one.name, max(width - 37 if width < _WIDE else width - 52, 30)),
        f"{_MARKS.get(one.state, ' ')} {state}",
        asked,
    )
    return Row(one.code or one.record_id, cells, one)


def _challenge(one: ChallengeLine, width: int) -> Row:
    shows = "yes" if one.shows else "–"
    return Row(one.kind, (shorten(one.label, max(width - 44, 36)), shorten(one.state_words, 24), shows), one)


# --- one row in full -------------------------------------------------------------------------------------------------------------------------------


def in_full(item: Item | None, found: MissingBoard | None) -> Content:
    """Return what is marked in full."""
    if item is None or found is None:
        return Content("Nothing to show here yet. Bring a data file in with i from 1A.")
    if isinstance(item, CompletenessLine):
        parts = _line_in_full(item, found)
    elif isinstance(item, NotBrokenDown):
        parts = _not_broken_down(item)
    elif isinstance(item, GroupGap):
        parts = _gap_in_full(item)
    elif isinstance(item, CombinedGroup):
        parts = _combined_in_full(item)
    elif isinstance(item, PersonLine):
        parts = _person_in_full(item)
    else:
        parts = _challenge_in_full(item)
    return Content.assemble(*parts)


def _head(words: str) -> list[Part]:
    return [plain(words, "bold $primary"), "\n"]


def _said(label: str, words: str) -> list[Part]:
    return [(f"{label}: ", "$text-muted"), plain(words), "\n"] if words else []


def _next(words: str) -> list[Part]:
    return [("What to do next: ", "bold"), plain(words), "\n"]


def _line_in_full(line: CompletenessLine, found: MissingBoard) -> list[Part]:
    parts = _head(line.characteristic)
    one_of = f" (one of {line.places:,} places; there is no figure for all of them)" if line.places > 1 else ""
    parts += _said("Told from", f"{line.indicator}, {line.area}{one_of}" if line.indicator else "")
    for one in found.completeness:
        if (one.characteristic, one.indicator_id) != (line.characteristic, line.indicator_id):
            continue
        people = "" if one.unknown is None else f"  not known: {one.unknown:,.0f} people"
        why = f"  ({one.why_not})" if one.why_not else ""
        parts += [
            plain(f"{one.period:<12} {bar(one.share)}{people}{why}  {_WAYS.get(one.direction, '')}".rstrip()),
            "\n",
        ]
    for label, share in line.combined:
        parts += [
            ("▲ ", "bold $warning"),
            plain(f"“{label}” holds {100 * share:.0f} of every 100 people whose group is known.\n"),
        ]
    if line.little:
        return parts + _next(
            "Sit with those who ask: what makes it awkward, does the form skip it? Note it under 4, data not captured, and say it under every gap."
        )
    if line.share is None:
        return parts + _next(
            "Ask the publisher how many people have no known group, and note the answer with the source."
        )
    return parts + _next(
        "Say the share under every gap. It is not a team's average: look for the place that hardly asks."
    )


def _not_broken_down(one: NotBrokenDown) -> list[Part]:
    return [
        *_head(one.label),
        plain(one.note),
        "\n",
        *_next(
            "Ask each source whether it is recorded and not published. If it is not recorded, that is a finding; ask the people themselves in 1B."
        ),
    ]


def _gap_in_full(one: GroupGap) -> list[Part]:
    parts = [*_head(one.characteristic), plain(one.words), "\n"]
    parts += _said("Sources", "; ".join(one.sources))
    parts += _said("In no source here", ", ".join(one.nowhere) if one.sources else "")
    if one.absent:
        return parts + _next(
            "n looks for one of them among the people of 3; f makes a finding of it; r plans to ask them in 1B."
        )
    return parts + _next("Ask the publisher for the detailed groups, several years together where they are small.")


def _combined_in_full(one: CombinedGroup) -> list[Part]:
    return [
        *_head(f"“{one.label}”"),
        plain(
            f"{100 * one.share:.0f} of every 100 people whose group is known are put here, by {one.line.characteristic}: {one.line.indicator}, {one.line.area}, {one.line.period}."
        ),
        "\n",
        *_next(
            "Ask the teams whom they put there, and whether the local population has a group that the list should name."
        ),
    ]


def _person_in_full(one: PersonLine) -> list[Part]:
    parts = _head(one.name)
    decided = "Somebody here decided" if one.decided else "Nobody here has decided; the program's guess is"
    parts += _said(decided, label_of(SeenState, one.state) if one.state else "no data to look in yet")
    if one.decided and one.suggested and one.decided != one.suggested:
        parts += _said("The data alone would say", label_of(SeenState, one.suggested))
    parts += _next(_advice(one))
    parts += [(f"{label_of(GroupKind, one.kind)}. ", "$text-muted"), plain(one.why), "\n"]
    parts += _said("Where, as noted", one.where_seen)
    for sighting in one.sightings:
        parts += [("  • ", "$text-muted"), plain(sighting.sentence), "\n"]
    parts += _said("What we do", one.done)
    parts += _said("Finding", one.finding)
    parts += _said("Activities that reach them", "; ".join(one.activities))
    parts += _said("Community assets", "; ".join(one.assets))
    return parts + _said("Where to reach them", one.route)


def _advice(one: PersonLine) -> str:
    steps: list[str] = []
    if not one.decided:
        steps.append("s says whether data see them")
    if one.state == str(SeenState.UNSEEN) and not one.finding:
        steps.append("f makes a finding of it")
    if one.state != str(SeenState.SEEN) and not one.activities:
        steps.append("r plans to ask them in 1B")
    if not steps:
        return "Nothing is missing here; Enter changes what is noted."
    words = "; ".join(steps)
    return f"{words}."


def _challenge_in_full(one: ChallengeLine) -> list[Part]:
    parts = [*_head(one.label), plain(one.explanation), "\n"]
    for met in one.met:
        parts += _said("Met", met.seen_in)
        parts += _said("Done", f"{met.done} ({met.by_whom})" if met.done and met.by_whom else met.done)
        parts += _said("With what result", met.result)
        parts += _said("State", "" if met.blank else met.state_words)
    for sign in one.shows:
        parts += [("▲ ", "bold $warning"), plain(sign), "\n"]
    if not one.met:
        parts += _said("Look for", " ".join(one.signs))
    parts += _said("What can be done", " ".join(one.responses))
    return parts + _next(
        "Enter changes what is noted; a notes it for another place."
        if one.met
        else "Enter notes where it was met, or that it was not."
    )


def sections_line(section: int) -> list[tuple[str, bool]]:
    """Return the names of the sections, each with whether it is the one shown."""
    return [(f"{number} {name}", number == section + 1) for number, name in enumerate(SECTIONS, start=1)]


def absent_of(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """Return the groups that the marked row lacks."""
    item = rows[at].item if 0 <= at < len(rows) else None
    return item.absent if isinstance(item, GroupGap) else ()
