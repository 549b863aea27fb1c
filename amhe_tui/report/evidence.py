"""The gap behind a finding: its breakdown as a chart in text, or the numbers that were written down with it."""

from __future__ import annotations

from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.gaps.reading import cannot_tell, reading_of, unknown_words
from amhe_tui.charts.evidence import figure_of
from amhe_tui.charts.figure import BarFigure
from amhe_tui.charts.table import rows
from amhe_tui.programme.findings import WITHHELD, compared_as
from amhe_tui.report.model import Block, Figure, Paragraph, Table
from amhe_tui.report.reader import Reader
from store.records import Finding


def gap_blocks(reader: Reader, finding: Finding) -> list[Block]:
    """Return the numbers of a finding for an audience that may see them, else what was measured."""
    if not reader.sees_field(Finding, "value"):
        return [Paragraph(_measured(reader, finding))]
    reader.used(finding.method)
    figures = reader.figures_behind(finding)
    return (
        [_figure(reader, finding, figures)]
        if figures
        else [Paragraph(gap_words(reader, finding) or _measured(reader, finding))]
    )


def gap_words(reader: Reader, finding: Finding) -> str:
    """Return the gap as it was written down with the finding, in a sentence, or "" where there is none or it may not be seen."""
    if reader.withholds(finding):
        return WITHHELD
    sentence = reader.show(finding, "sentence")
    value, other = reader.number(finding, "value"), reader.number(finding, "compared_value")
    if sentence or value is None:
        return sentence
    unit = "%" if finding.unit == "%" else f" {finding.unit}".rstrip()
    lower, upper = reader.number(finding, "lower"), reader.number(finding, "upper")
    limits = f" (95% limits {lower:g} to {upper:g})" if lower is not None and upper is not None else ""
    against = f", against {other:g}{unit} for {finding.compared_with or 'the comparison'}" if other is not None else ""
    about = ", ".join(part for part in (finding.indicator, finding.area, finding.period) if part)
    return f"{finding.group_name or 'This group'}: {value:g}{unit}{limits}{against}{f' ({about})' if about else ''}."


def _measured(reader: Reader, finding: Finding) -> str:
    group, other = reader.show(finding, "group_name"), reader.show(finding, "compared_with")
    who = f"{group} compared with {other}" if group and other else group
    parts = [who, *(reader.show(finding, name) for name in ("indicator", "area", "period"))]
    return f"Measured: {', '.join(part for part in parts if part)}." if any(parts) else ""


def _figure(reader: Reader, finding: Finding, figures: Disclosed) -> Figure:
    focus = next((row for row in figures.rows if row.group == finding.group_name), None)
    levels = ("broad", "unknown", "total") if focus is None or focus.level == "broad" else ()
    if not any(row.level == "broad" for row in figures.rows):
        levels = ()
    compared = finding.compared_with
    drawn = figure_of(figures, focus=finding.group_name, compared_with=compared, levels=levels)
    header, cells = rows(drawn)
    caption = f"{figures.indicator} by {figures.characteristic.lower()}, {figures.area}, {figures.period}"
    numbers = tuple(range(1, len(header) - 1))
    table = Table(caption, header, cells, numbers=numbers)
    if any(row.lower is not None for row in figures.rows):
        reader.used("proportion.wilson@1")
    lead = gap_words(reader, finding) or _reading(finding, figures)
    change = reader.change_of_gap(finding, figures)
    beside = reader.beside_other_places(finding, figures)
    notes = " ".join(filter(None, (change, beside, unknown_words(figures), cannot_tell(figures), figures.note)))
    return Figure(lead, table, _bars(drawn), notes)


def _reading(finding: Finding, figures: Disclosed) -> str:
    return reading_of(figures, group=finding.group_name, compared_with=compared_as(finding)).sentence


def _bars(drawn: BarFigure) -> tuple[float | None, ...]:
    longest = max((bar.value for bar in drawn.bars if bar.value is not None), default=0)
    # A bar begins at nothing: where a figure is below it, lengths would say something else than the numbers.
    if longest <= 0 or any(bar.value is not None and bar.value < 0 for bar in drawn.bars):
        return ()
    return tuple(None if bar.value is None else bar.value / longest for bar in drawn.bars)
