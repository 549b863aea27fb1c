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
    found = reader.figures_behind(finding)
    return (
        [_figure(reader, finding, found)]
        if found
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
    about = ", ".join(one for one in (finding.indicator, finding.area, finding.period) if one)
    return f"{finding.group_name or 'This group'}: {value:g}{unit}{limits}{against}{f' ({about})' if about else ''}."


def _measured(reader: Reader, finding: Finding) -> str:
    group, other = reader.show(finding, "group_name"), reader.show(finding, "compared_with")
    who = f"{group} compared with {other}" if group and other else group
    parts = [who, *(reader.show(finding, name) for name in ("indicator", "area", "period"))]
    return f"Measured: {', '.join(one for one in parts if one)}." if any(parts) else ""


def _figure(reader: Reader, finding: Finding, found: Disclosed) -> Figure:
    focus = next((row for row in found.rows if row.group == finding.group_name), None)
    levels = ("broad", "unknown", "total") if focus is None or focus.level == "broad" else ()
    if not any(row.level == "broad" for row in found.rows):
        levels = ()
    compared = finding.compared_with
    drawn = figure_of(found, focus=finding.group_name, compared_with=compared, levels=levels)
    header, cells = rows(drawn)
    caption = f"{found.indicator} by {found.characteristic.lower()}, {found.area}, {found.period}"
    numbers = tuple(range(1, len(header) - 1))
    table = Table(caption, header, cells, numbers=numbers)
    if any(row.lower is not None for row in found.rows):
        reader.used("proportion.wilson@1")
    lead = gap_words(reader, finding) or _reading(finding, found)
    return Figure(lead, table, _bars(drawn), f"{unknown_words(found)} {cannot_tell(found)} {found.note}".strip())


def _reading(finding: Finding, found: Disclosed) -> str:
    return reading_of(found, group=finding.group_name, compared_with=compared_as(finding)).sentence


def _bars(drawn: BarFigure) -> tuple[float | None, ...]:
    longest = max((bar.value for bar in drawn.bars if bar.value is not None), default=0)
    # A bar begins at nothing: where a figure is below it, lengths would say something else than the numbers.
    if longest <= 0 or any(bar.value is not None and bar.value < 0 for bar in drawn.bars):
        return ()
    return tuple(None if bar.value is None else bar.value / longest for bar in drawn.bars)
