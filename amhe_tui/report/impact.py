"""The grid of an equality impact assessment as a table."""

from __future__ import annotations

from amhe_tui.method.equality_impact import AIMS, grid_row
from amhe_tui.report.model import Builder, Note, Paragraph, Table
from amhe_tui.report.reader import Reader
from store.records import EqualityImpactAssessment, EqualityImpactRow, faces

_AIM_FIELDS = {1: "aim_eliminate", 2: "aim_advance", 3: "aim_relations"}
_BEFORE = ("characteristic", "impact", "severity", "likelihood", "evidence")
_AFTER = ("mitigation", "owner", "due")


def add_grid(reader: Reader, into: Builder, assessment: EqualityImpactAssessment) -> None:
    """Add the grid of an assessment: the rows that are filled in, and which are not."""
    snapshot = reader.there
    rows = snapshot.some(EqualityImpactRow, snapshot.behind("equality_impact_row.assessment_id", [assessment.id]))
    filled = [row for row in rows if row.impact or row.evidence or row.mitigation]
    if filled:
        into.add(_grid(reader, f"Equality impact grid: {reader.name(assessment)}", filled))
        aims = "; ".join(f"{number} {aim[0].lower()}{aim[1:]}" for number, aim in AIMS.items())
        into.add(
            Paragraph(
                f"Aims of the public sector equality duty: {aims}. Marriage and civil partnership counts for the first only."
            )
        )
    blank = [reader.show(row, "characteristic") for row in rows if row not in filled]
    if blank:
        into.add(Note(f"Not filled in yet: {', '.join(blank)}.", "missing"))


def _grid(reader: Reader, caption: str, rows: list[EqualityImpactRow]) -> Table:
    labels = faces(EqualityImpactRow)

    def kept(names: tuple[str, ...]) -> list[str]:
        return [name for name in names if any(reader.show(row, name) for row in rows)]

    before, after = kept(_BEFORE), kept(_AFTER)
    return Table(
        caption,
        (*(labels[name].label for name in before), "Aims it bears on", *(labels[name].label for name in after)),
        tuple(
            (
                *(reader.show(row, name) for name in before),
                _aims(reader, row),
                *(reader.show(row, name) for name in after),
            )
            for row in rows
        ),
    )


def _aims(reader: Reader, row: EqualityImpactRow) -> str:
    """Return the aims a row bears on, of those the Act counts for it."""
    counting = grid_row(row.characteristic).aims
    return ", ".join(str(aim) for aim in counting if reader.show(row, _AIM_FIELDS[aim]) == "Yes") or "none"
