"""A programme as a document: its head, the summary, the ten sub-steps, the thread, and the end."""

from __future__ import annotations

from collections import Counter
from datetime import date

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.dates import british
from amhe_tui.method.choices import GapState
from amhe_tui.report.closing import add_closing, add_glossary
from amhe_tui.report.evidence import gap_words
from amhe_tui.report.model import Builder, Details, Document, Items, Note, Paragraph, texts
from amhe_tui.report.reader import Reader
from amhe_tui.report.sections import add_steps
from amhe_tui.report.threads import add_threads, goal_words
from amhe_tui.text import counted
from store.records import Audience, Finding, Goal, Priority, Programme, Record, ReviewedGoal
from store.workspace import Workspace

_HEAD = ("area", "organisation", "cycle_number", "starts", "review_due")
_IN_WORDS = {
    "heard": "{} have voices from the community behind them",
    "prioritised": "{} were chosen as priorities",
    "planned": "{} have a goal",
    "under_way": "{} are being worked on",
    "measured": "{} are measured",
    "closed": "{} have closed",
}


def build(workspace: Workspace, audience: Audience, today: date, policy: Policy | None = None) -> Document:
    """Return the report on a programme.

    Args:
        workspace: The programme file.
        audience: For whom; fields declared for narrower audiences are left out.
        today: The day it is written.
        policy: How small numbers are treated; without it, as the NHS does below England.
    """
    reader = Reader(workspace, audience, today, policy)
    programme = reader.there.programme
    into = Builder(reader.rule)
    if programme.rehearsal:
        into.add(Note("This is a rehearsal. Nothing in it is real: no person, no place, no figure.", "warning"))
    into.add(*(Paragraph(reader.show(programme, name)) for name in ("vision", "scope")))
    _add_summary(reader, into)
    _add_footing(reader, into)
    add_steps(reader, into)
    add_threads(reader, into)
    add_closing(reader, into)
    facts = tuple(_facts(reader, programme, today))
    head = (reader.name(programme), "Advancing mental health equality", facts)
    add_glossary(texts(into.document(*head)), into)
    return into.document(*head)


def _facts(reader: Reader, programme: Programme, today: date) -> list[tuple[str, str]]:
    labels = reader.fields(Programme)
    facts = [(labels[name].label, reader.show(programme, name)) for name in _HEAD if name in labels]
    written = [("Written for", reader.audience.written_for), ("Written on", british(today.isoformat()))]
    return [pair for pair in [*facts, *written] if pair[1]]


def _add_footing(reader: Reader, into: Builder) -> None:
    """Add on what footing personal data are held, and what of it nobody has said yet."""
    labels = {name: face for name, face in reader.fields(Programme).items() if face.section == "Data protection"}
    if not labels:
        return
    into.heading(2, "Data protection", "data-protection")
    programme = reader.there.programme
    pairs = [(face.label, reader.show(programme, name)) for name, face in labels.items()]
    into.add(Details("", tuple(pair for pair in pairs if pair[1])))
    missing = [label for label, value in pairs if not value]
    if missing:
        into.add(
            Note(
                f"Nobody has said yet: {', '.join(missing).lower()}. Say it in the details of the programme.", "missing"
            )
        )


def _add_summary(reader: Reader, into: Builder) -> None:
    into.heading(2, "In short", "summary")
    snapshot = reader.there
    into.add(Paragraph(funnel_words(reader.overview.funnel), lead=True), Paragraph(_closing_words(reader)))
    _add_top(
        into,
        "What was found",
        [_with(reader, finding, gap_words(reader, finding)) for finding in snapshot.all(Finding)],
    )
    _add_top(
        into,
        "What comes first",
        [_with(reader, priority, reader.show(priority, "horizon")) for priority in snapshot.all(Priority)],
    )
    goals = [
        _with(
            reader,
            goal,
            " ".join(part for part in (goal_words(reader, goal), reader.show(goal, "state") + ".") if part != "."),
        )
        for goal in snapshot.all(Goal)
    ]
    _add_top(into, "What is to change", goals)


def _add_top(into: Builder, title: str, items: list[str]) -> None:
    into.heading(3, title)
    into.add(Items(tuple(items)))


def _with(reader: Reader, item: Record, more: str) -> str:
    name = reader.name(item).rstrip(".")
    return f"{name}. {more.rstrip('.')}." if more else f"{name}."


def funnel_words(funnel: tuple[tuple[str, int], ...]) -> str:
    """Return how far the findings came, as one sentence; ``funnel`` is that of an overview."""
    counts = dict(funnel)
    number = counts.get("found", 0)
    if not number:
        return "No inequality has been written down as a finding yet."
    first = counted(number, "inequality was", "inequalities were") + " found"
    parts = [_of(phrase, counts.get(key, 0)) for key, phrase in _IN_WORDS.items()]
    return f"{first}. Of these, {', '.join(parts[:-1])} and {parts[-1]}."


def _of(phrase: str, number: int) -> str:
    filled = phrase.format(number or "none")
    return (
        filled.replace(" have ", " has ", 1).replace(" were ", " was ", 1).replace(" are ", " is ", 1)
        if number == 1
        else filled
    )


def _closing_words(reader: Reader) -> str:
    """Return whether gaps closed, by the latest review of each goal."""
    latest = {review.goal_id: review.gap for review in reader.there.all(ReviewedGoal) if review.gap}
    if not latest:
        return "Whether gaps are closing was not reviewed yet."
    times = Counter(latest.values())
    parts = [f"{state.label.lower()} for {times[state.value]}" for state in GapState if times[state.value]]
    return f"Did the gaps close? Of {counted(len(latest), 'goal', 'goals')} reviewed: {', '.join(parts)}."
