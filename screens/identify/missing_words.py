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


def newest_lines(board: MissingBoard) -> list[CompletenessLine]:
    """Return the newest line of each characteristic and indicator."""
    newest: dict[tuple[str, str], CompletenessLine] = {}
    for line in board.completeness:
        newest.setdefault((line.characteristic, line.indicator_id), line)
    return list(newest.values())


def rows_of(board: MissingBoard, section: int, width: int) -> list[Row]:
    """Return the rows of a section, for a screen of so many columns."""
    if section == 0:
        return _complete(board, width)
    if section == 1:
        return _lacking(board, width)
    if section == 2:
        return [_person(person, width) for person in board.people]
    return [_challenge(challenge, width) for challenge in board.challenges]


def _complete(board: MissingBoard, width: int) -> list[Row]:
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
        for line in newest_lines(board)
    ]
    return rows + [
        Row(characteristic.code, (shorten(characteristic.label, max(width - 54, 22)), "–", "not broken down", "–"), characteristic)
        for characteristic in board.not_broken_down
    ]  # fmt: skip


def _lacking(board: MissingBoard, width: int) -> list[Row]:
    room = max(width - 44, 30)
    rows = [
        Row(
            f"{group.code}|{group.scheme_id}|{'|'.join(group.sources)}",
            (
                shorten(group.characteristic, 20),
                shorten(", ".join(group.absent) or "everybody within broad groups", room),
                "nowhere here"
                if not group.sources
                else f"{len(group.sources)} source{'s' if len(group.sources) > 1 else ''}",
            ),
            group,
        )
        for group in board.groups
    ]
    for line in newest_lines(board):
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


def _person(person: PersonLine, width: int) -> Row:
    state = person.state_words
    if width < _WIDE and person.state in _SHORT:
        state = _SHORT[person.state] + ("" if person.decided else ", it seems")
    asked = "asked" if person.activities else "asset" if person.assets else "–"
    cells = (
        shorten(person.name, max(width - 37 if width < _WIDE else width - 52, 30)),
        f"{_MARKS.get(person.state, ' ')} {state}",
        asked,
    )
    return Row(person.code or person.record_id, cells, person)


def _challenge(challenge: ChallengeLine, width: int) -> Row:
    shows = "yes" if challenge.shows else "–"
    return Row(
        challenge.kind,
        (shorten(challenge.label, max(width - 44, 36)), shorten(challenge.state_words, 24), shows),
        challenge,
    )


# --- one row in full -------------------------------------------------------------------------------------------------------------------------------


def in_full(item: Item | None, board: MissingBoard | None) -> Content:
    """Return what is marked in full."""
    if item is None or board is None:
        return Content("Nothing to show here yet. Bring a data file in with i from 1A.")
    if isinstance(item, CompletenessLine):
        parts = _line_in_full(item, board)
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


def _head(text: str) -> list[Part]:
    return [plain(text, "bold $primary"), "\n"]


def _said(label: str, text: str) -> list[Part]:
    return [(f"{label}: ", "$text-muted"), plain(text), "\n"] if text else []


def _next(text: str) -> list[Part]:
    return [("What to do next: ", "bold"), plain(text), "\n"]


def _line_in_full(line: CompletenessLine, board: MissingBoard) -> list[Part]:
    parts = _head(line.characteristic)
    one_of = f" (one of {line.places:,} places; there is no figure for all of them)" if line.places > 1 else ""
    parts += _said("Told from", f"{line.indicator}, {line.area}{one_of}" if line.indicator else "")
    for period_line in board.completeness:
        if (period_line.characteristic, period_line.indicator_id) != (line.characteristic, line.indicator_id):
            continue
        people = "" if period_line.unknown is None else f"  not known: {period_line.unknown:,.0f} people"
        why = f"  ({period_line.why_not})" if period_line.why_not else ""
        parts += [
            plain(
                f"{period_line.period:<12} {bar(period_line.share)}{people}{why}  {_WAYS.get(period_line.direction, '')}".rstrip()
            ),
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


def _not_broken_down(characteristic: NotBrokenDown) -> list[Part]:
    return [
        *_head(characteristic.label),
        plain(characteristic.note),
        "\n",
        *_next(
            "Ask each source whether it is recorded and not published. If it is not recorded, that is a finding; ask the people themselves in 1B."
        ),
    ]


def _gap_in_full(gap: GroupGap) -> list[Part]:
    parts = [*_head(gap.characteristic), plain(gap.words), "\n"]
    parts += _said("Sources", "; ".join(gap.sources))
    parts += _said("In no source here", ", ".join(gap.nowhere) if gap.sources else "")
    if gap.absent:
        return parts + _next(
            "n looks for one of them among the people of 3; f makes a finding of it; r plans to ask them in 1B."
        )
    return parts + _next("Ask the publisher for the detailed groups, several years together where they are small.")


def _combined_in_full(combined: CombinedGroup) -> list[Part]:
    line = combined.line
    return [
        *_head(f"“{combined.label}”"),
        plain(
            f"{100 * combined.share:.0f} of every 100 people whose group is known are put here, by {line.characteristic}: {line.indicator}, {line.area}, {line.period}."
        ),
        "\n",
        *_next(
            "Ask the teams whom they put there, and whether the local population has a group that the list should name."
        ),
    ]


def _person_in_full(person: PersonLine) -> list[Part]:
    parts = _head(person.name)
    decided = "Somebody here decided" if person.decided else "Nobody here has decided; the program's guess is"
    parts += _said(decided, label_of(SeenState, person.state) if person.state else "no data to look in yet")
    if person.decided and person.suggested and person.decided != person.suggested:
        parts += _said("The data alone would say", label_of(SeenState, person.suggested))
    parts += _next(_advice(person))
    parts += [(f"{label_of(GroupKind, person.kind)}. ", "$text-muted"), plain(person.why), "\n"]
    parts += _said("Where, as noted", person.where_seen)
    for sighting in person.sightings:
        parts += [("  • ", "$text-muted"), plain(sighting.sentence), "\n"]
    parts += _said("What we do", person.done)
    parts += _said("Finding", person.finding)
    parts += _said("Activities that reach them", "; ".join(person.activities))
    parts += _said("Community assets", "; ".join(person.assets))
    return parts + _said("Where to reach them", person.route)


def _advice(person: PersonLine) -> str:
    steps: list[str] = []
    if not person.decided:
        steps.append("s says whether data see them")
    if person.state == str(SeenState.UNSEEN) and not person.finding:
        steps.append("f makes a finding of it")
    if person.state != str(SeenState.SEEN) and not person.activities:
        steps.append("r plans to ask them in 1B")
    if not steps:
        return "Nothing is missing here; Enter changes what is noted."
    advice = "; ".join(steps)
    return f"{advice}."


def _challenge_in_full(challenge: ChallengeLine) -> list[Part]:
    parts = [*_head(challenge.label), plain(challenge.explanation), "\n"]
    for met in challenge.met:
        parts += _said("Met", met.seen_in)
        parts += _said("Done", f"{met.done} ({met.by_whom})" if met.done and met.by_whom else met.done)
        parts += _said("With what result", met.result)
        parts += _said("State", "" if met.blank else met.state_words)
    for sign in challenge.shows:
        parts += [("▲ ", "bold $warning"), plain(sign), "\n"]
    if not challenge.met:
        parts += _said("Look for", " ".join(challenge.signs))
    parts += _said("What can be done", " ".join(challenge.responses))
    return parts + _next(
        "Enter changes what is noted; a notes it for another place."
        if challenge.met
        else "Enter notes where it was met, or that it was not."
    )


def sections_line(section: int) -> list[tuple[str, bool]]:
    """Return the names of the sections, each with whether it is the one shown."""
    return [(f"{number} {name}", number == section + 1) for number, name in enumerate(SECTIONS, start=1)]


def absent_of(rows: Sequence[Row], at: int) -> tuple[str, ...]:
    """Return the groups that the marked row lacks."""
    item = rows[at].item if 0 <= at < len(rows) else None
    return item.absent if isinstance(item, GroupGap) else ()
