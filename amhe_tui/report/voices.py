"""What people said, and who took part: quotes that may be quoted, totals in which nobody can be recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amhe_tui.method.privacy import signs_in
from amhe_tui.programme.thread import voices
from amhe_tui.report.model import Block, Builder, Note, Paragraph, Quote, Table
from amhe_tui.report.reader import FEW, Reader
from store.records import Monitoring, Remark, Theme

_STEP = 5
HIDDEN = "hidden"


def quotes(reader: Reader, ids: Iterable[str]) -> list[Quote]:
    """Return remarks as quotes; outside the team only those their speakers agreed to, with no code beside them."""
    quoted: list[Quote] = []
    for remark in reader.there.some(Remark, ids):
        if not reader.is_team and (not remark.quote or signs_in(f"{remark.words} {remark.translation}")):
            continue  # what looks as though it names somebody stays in the team until somebody has looked at it
        source = [reader.show(remark, name) for name in ("speaker", "roles", "activity_id", "agreement")]
        if reader.is_team and not remark.quote:
            source.append("not to be quoted outside the team")
        said_in = reader.show(remark, "language")
        source += [f"said in {said_in}"] if said_in else []
        foreign = bool(remark.language or remark.translation)
        quoted.append(Quote(remark.words, ", ".join(part for part in source if part), remark.translation, foreign))
    return quoted


def add_all_voices(reader: Reader, into: Builder) -> None:
    """Add every theme with the remarks that speak to it, then those of no theme."""
    snapshot = reader.there
    seen: set[str] = set()
    for theme in snapshot.all(Theme):
        remarks = [remark_id for remark_id in snapshot.behind("remark.themes", [theme.id]) if remark_id not in seen]
        seen.update(remarks)
        quoted = quotes(reader, remarks)
        into.heading(5, reader.name(theme))
        pairs = reader.pairs(theme)
        into.add(Paragraph(". ".join(f"{label}: {value.rstrip('.')}" for label, value in pairs) + "." if pairs else ""))
        into.add(*quoted)
        if not quoted and not pairs:
            into.add(Paragraph(_none_quoted(remarks)))
    rest = quotes(reader, [remark.id for remark in snapshot.all(Remark) if remark.id not in seen])
    if rest:
        into.heading(5, "Remarks without a theme")
        into.add(*rest)


def _none_quoted(remarks: Sequence[str]) -> str:
    return "Nothing said to it may be quoted here." if remarks else "No remark speaks to it yet."


def voices_behind(reader: Reader, findings: Iterable[str], most: int = 3) -> list[Block]:
    """Return the themes behind findings, each with at most ``most`` of its quotes."""
    blocks: list[Block] = []
    for theme_id, remarks in voices(reader.there, findings):
        name = reader.title("theme", theme_id)
        theme = reader.there.some(Theme, [theme_id])[0]
        meaning = reader.show(theme, "meaning")
        blocks.append(Paragraph(f"{name}. {meaning}" if meaning else name))
        quoted = quotes(reader, remarks)
        blocks += quoted[:most]
        left = len(quoted) - most
        if left > 0:
            blocks.append(Paragraph(f"{left} more {'stands' if left == 1 else 'stand'} under step 1B."))
    return blocks


def totals(reader: Reader) -> list[Block]:
    """Return who took part: for the team as they were counted, for anybody else summed over all activities and made safe."""
    counted = reader.there.all(Monitoring)
    if not counted:
        return []
    if reader.is_team:
        table = reader.table(
            "Who took part, as counted", counted, ("answer", "characteristic", "people", "activity_id")
        )
        return [table] if table else []
    sums: dict[str, dict[str, int]] = {}
    for record in counted:
        answers = sums.setdefault(record.characteristic, {})
        answers[record.answer] = answers.get(record.answer, 0) + (record.people or 0)
    rows = [row for characteristic, answers in sums.items() for row in _safe_rows(characteristic, answers)]
    table = Table(
        "Who took part, all activities together", ("Asked about", "Answer", "People"), tuple(rows), numbers=(2,)
    )
    note = (
        f"Numbers are rounded to the nearest {_STEP}. Answers that fewer than {FEW} people gave are hidden, and where that would be one answer only, "
        "the next smallest with it, so that nobody can be recognised. Somebody who came twice may be counted twice."
    )
    return [table, Note(note)]


def safe_totals(answers: dict[str, int]) -> dict[str, int]:
    """Return the answers to one question that may leave the room, with their numbers rounded to the nearest five.

    What fewer than five people answered is left out; where that is a single answer, so is the next smallest, because it could be worked out from the number
    of people in the room. Rounding leaves that number unsure for whatever else is hidden.
    """
    hidden = [answer for answer, people in answers.items() if people < FEW]
    left = sorted((people, answer) for answer, people in answers.items() if people >= FEW)
    if len(hidden) == 1 and left:
        hidden.append(left[0][1])
    shown = {answer: people for answer, people in answers.items() if answer not in hidden}
    return {answer: _STEP * ((people + _STEP // 2) // _STEP) for answer, people in shown.items()}


def _safe_rows(characteristic: str, answers: dict[str, int]) -> list[tuple[str, ...]]:
    shown = safe_totals(answers)
    rows = [(characteristic, answer, str(people)) for answer, people in shown.items()]
    # Neither the hidden answers nor how many there are: a rare answer can be as telling as a number.
    return (
        [*rows, (characteristic, "all other answers" if rows else "all answers", HIDDEN)]
        if len(shown) < len(answers)
        else rows
    )
