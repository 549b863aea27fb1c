"""A gap written down as a finding: its numbers, method and sources frozen as they were, and never twice."""

from __future__ import annotations

from datetime import date

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.reading import Reading
from amhe_tui.method.choices import Direction
from store.evidence import sources_of
from store.records import Finding
from store.workspace import Workspace

_WITHIN = "Within "


def within_of(finding: Finding) -> str:
    """Return the group of another characteristic that everybody of a finding belongs to, such as ``Sex: Females``; "" is everybody."""
    first = finding.figures.partition("\n")[0]
    return first.removeprefix(_WITHIN) if first.startswith(_WITHIN) else ""


def finding_of(found: Breakdown, reading: Reading, frozen: date | None = None) -> Finding:
    """Return a finding that holds the numbers of a gap as they are now; it is not yet in any file.

    Raises:
        ValueError: The reading is of no gap, or of a group that is not in the breakdown.
    """
    row = next((one for one in found.rows if one.group == reading.group), None)
    if row is None or reading.value is None or reading.compared_value is None:
        raise ValueError("There is no gap to write down here.")
    known, difference = found.known, reading.difference
    who = f"{reading.group}, {found.within}" if found.within else reading.group
    better = {True: Direction.UP.value, False: Direction.DOWN.value, None: ""}[known.higher_is_better]
    return Finding(
        title=f"{who}: {found.indicator} {_short(reading.value)} against {_short(reading.compared_value)} ({reading.compared_with})",
        domain=known.domain,
        characteristic=found.characteristic,
        group_name=reading.group,
        compared_with=reading.compared_with,
        indicator=found.indicator,
        indicator_id=found.indicator_id,
        unit=unit_of(found),
        direction=better,
        area=found.area,
        period=found.period,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        compared_value=reading.compared_value,
        gap_value=reading.value - reading.compared_value,
        gap_lower=None if difference is None else difference.lower,
        gap_upper=None if difference is None else difference.upper,
        figures=_figures(found),
        frozen="" if frozen is None else frozen.isoformat(),
        sentence=reading.sentence,
        method=", ".join(dict.fromkeys(one.method for one in (reading.gap, difference) if one is not None))
        or "published figures",
        caveat=" ".join((reading.words.removeprefix(reading.sentence).strip(), *found.notes)).strip(),
    )


def _short(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def unit_of(found: Breakdown) -> str:
    """Return the unit of a breakdown's figures in a word or two, or "" where nobody says."""
    if found.kind == "share":
        return "%" if found.statistic == "percentage" else "share"
    per = found.known.per
    return f"for every {per:,} {found.known.denominator_words or 'people'}" if found.kind == "rate" and per else ""


def _figures(found: Breakdown) -> str:
    """Return every group's figure on a line of its own."""
    head = [f"{_WITHIN}{found.within}"] if found.within else []
    lines: list[str] = []
    for row in found.rows:
        value = row.status if row.value is None else f"{row.value:g}"
        limits = "" if row.lower is None or row.upper is None else f" ({row.lower:.4g} to {row.upper:.4g})"
        counts = (
            "" if row.numerator is None or not row.denominator else f", {row.numerator:.0f} of {row.denominator:.0f}"
        )
        lines.append(f"{row.group}: {value}{limits}{counts}")
    return "\n".join([*head, *lines])


def same_finding(workspace: Workspace, finding: Finding) -> Finding | None:
    """Return the finding in the file that is about the same gap, if there is one."""
    about = ("indicator_id", "characteristic", "group_name", "compared_with", "area", "period", "unit")

    def same(one: Finding) -> bool:
        return within_of(one) == within_of(finding) and all(
            getattr(one, name) == getattr(finding, name) for name in about
        )

    return next((one for one in workspace.list(Finding) if same(one)), None)


def link_sources(workspace: Workspace, finding: Finding, *more: str) -> None:
    """Link a finding to the data sources of its indicator, and to others that its numbers rest on; those it has stay."""
    there = set(workspace.linked(finding.id, "sources"))
    sources = [one for one in (*sources_of(workspace, finding.indicator_id), *more) if one and one not in there]
    if sources:
        with workspace.change("Link the finding to its sources") as change:
            for source in dict.fromkeys(sources):
                change.link(finding, "sources", "data_source", source)
