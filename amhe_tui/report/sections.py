"""The ten sub-steps in a report: every record of each, in the fields its declaration lets this audience see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from amhe_tui.method.choices import DiagramKind, NodeLevel, label_of
from amhe_tui.method.steps import SUB_STEPS, Step, SubStep
from amhe_tui.report.evidence import gap_blocks
from amhe_tui.report.impact import add_grid
from amhe_tui.report.model import Builder, Details, Note, Paragraph
from amhe_tui.report.reader import Reader
from amhe_tui.report.voices import add_all_voices, totals
from amhe_tui.report.votes import round_blocks
from store.records import (
    DiagramLink,
    DiagramNode,
    EqualityImpactAssessment,
    Finding,
    Idea,
    Kind,
    Measure,
    MeasurePoint,
    Monitoring,
    NominalGroup,
    Record,
    Theme,
    VotingRound,
    all_records,
    table_of,
)

_WIDEST = 6
_KIND, _ENTRY = 4, 5
# Kinds whose text is short enough to stand in the cells of a table.
_IN_TABLES = ("resource", "milestone", "training_need", "population", "member", "participant")


def add_steps(reader: Reader, into: Builder) -> None:
    """Add the four steps with their sub-steps."""
    for step in Step:
        into.heading(2, f"Step {int(step)}: {step.label}", f"step-{int(step)}")
        for sub_step in SUB_STEPS:
            if sub_step.step is step:
                _add_sub_step(reader, into, sub_step)


def _add_sub_step(reader: Reader, into: Builder, sub_step: SubStep) -> None:
    kinds = [kind for kind in all_records().values() if kind.sub_step == sub_step.code]
    recorded = [kind for kind in kinds if reader.there.all(kind)]
    if not recorded and not reader.is_team:
        return
    into.heading(3, f"{sub_step.code} {sub_step.title}", f"step-{sub_step.code}")
    into.add(Paragraph(sub_step.purpose))
    for kind in recorded:
        writer = _WRITERS.get(table_of(kind), _add_kind)
        writer(reader, into, reader.there.all(kind))
    missing = [kind.plural for kind in kinds if kind.listed and kind not in recorded]
    if reader.is_team and missing:
        into.add(
            Note(
                f"Nothing recorded yet: {', '.join(missing)}. Open {sub_step.code} in the program to add them.",
                "missing",
            )
        )


def _add_kind(reader: Reader, into: Builder, items: Sequence[Record]) -> None:
    """Add the records of a kind: as a table where they fit one, else one after another."""
    kind = type(items[0])
    visible = reader.fields(kind)
    if not visible:
        return
    title = kind.plural[:1].upper() + kind.plural[1:]
    into.heading(_KIND, title, kind.plural)
    narrow = len(visible) <= _WIDEST and not any(face.kind is Kind.TEXT for face in visible.values())
    if narrow or table_of(kind) in _IN_TABLES:
        into.add(reader.table(title, items))
        return
    for item in items:
        into.add(reader.details(item))


def _findings(reader: Reader, into: Builder, items: Sequence[Finding]) -> None:
    into.heading(_KIND, "Findings", "findings")
    for item in items:
        into.heading(_ENTRY, reader.name(item))
        into.add(*gap_blocks(reader, item))
        # The sentence leads the figures already.
        into.add(Details("", tuple(reader.pairs(item, ("sentence",)))))


def _themes(reader: Reader, into: Builder, items: Sequence[Record]) -> None:  # noqa: ARG001 - every writer is called alike
    into.heading(_KIND, "What people said", "voices")
    add_all_voices(reader, into)


def _remarks(reader: Reader, into: Builder, items: Sequence[Record]) -> None:
    """Add remarks where no theme is there to stand under; else they stand with the themes."""
    if not reader.there.all(Theme):
        _themes(reader, into, items)


def _monitoring(reader: Reader, into: Builder, items: Sequence[Monitoring]) -> None:  # noqa: ARG001
    into.heading(_KIND, "Who took part", "who-took-part")
    into.add(*totals(reader))


def _sessions(reader: Reader, into: Builder, items: Sequence[NominalGroup]) -> None:
    into.heading(_KIND, "Nominal group sessions", "sessions")
    snapshot = reader.there
    for item in items:
        into.heading(_ENTRY, reader.name(item))
        into.add(Details("", tuple(reader.pairs(item))))
        ideas = snapshot.some(Idea, snapshot.behind("idea.nominal_group_id", [item.id]))
        ideas.sort(key=lambda idea: (len(idea.letter), idea.letter))
        into.add(reader.table("Ideas", ideas, ("words", "letter", "clarified", "merged_into_id")))
        for vote in snapshot.some(VotingRound, snapshot.behind("voting_round.nominal_group_id", [item.id])):
            into.add(*round_blocks(reader, vote))


def _diagrams(reader: Reader, into: Builder, items: Sequence[DiagramNode]) -> None:
    levels = [level.value for level in NodeLevel]
    for diagram in DiagramKind:
        boxes = [item for item in items if item.diagram == diagram.value]
        boxes.sort(key=lambda box: levels.index(box.level) if box.level in levels else len(levels))
        names = ("title", "level", "measure", "finding_id", "idea_id")
        table = reader.table(label_of(DiagramKind, diagram.value), boxes, names)
        if table is not None:
            into.heading(_KIND, diagram.label, diagram.value)
            into.add(table)
            arrows = [arrow for arrow in reader.there.all(DiagramLink) if arrow.cause_id in {box.id for box in boxes}]
            into.add(
                reader.table(
                    "Why one leads to the next", arrows, ("cause_id", "effect_id", "why", "strength", "unintended")
                )
            )


def _assessments(reader: Reader, into: Builder, items: Sequence[EqualityImpactAssessment]) -> None:
    into.heading(_KIND, "Equality impact assessments", "equality-impact")
    for item in items:
        into.heading(_ENTRY, reader.name(item))
        into.add(Details("", tuple(reader.pairs(item))))
        if reader.on_a_thread(item.goal_id):
            into.add(Paragraph("Its grid stands below, in the thread of the priority it serves."))
        else:
            add_grid(reader, into, item)


def _measures(reader: Reader, into: Builder, items: Sequence[Measure]) -> None:
    into.heading(_KIND, "Measures", "measures")
    for item in items:
        into.add(reader.details(item))
        if not reader.on_a_thread(item.goal_id):
            add_points(reader, into, item)


def add_points(reader: Reader, into: Builder, measure: Measure) -> None:
    """Add the figures of a measure, oldest first."""
    snapshot = reader.there
    points = snapshot.some(MeasurePoint, snapshot.behind("measure_point.measure_id", [measure.id]))
    points.sort(key=lambda point: (point.measured, point.group_name))
    names = ("group_name", "measured", "value", "people", "note")
    into.add(reader.table(f"Figures: {reader.name(measure)}", points, names))


def _elsewhere(reader: Reader, into: Builder, items: Sequence[Record]) -> None:
    """Add nothing: these records stand with the ones they belong to."""


_WRITERS: dict[str, Callable[[Reader, Builder, Any], None]] = {
    "finding": _findings,
    "theme": _themes,
    "remark": _remarks,
    "monitoring": _monitoring,
    "nominal_group": _sessions,
    "diagram_node": _diagrams,
    "equality_impact": _assessments,
    "measure": _measures,
    **dict.fromkeys(("idea", "voting_round", "diagram_link", "equality_impact_row", "measure_point"), _elsewhere),
}
