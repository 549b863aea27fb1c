"""A gap written down as a finding: its numbers, method and sources frozen as they were, and never twice."""

from __future__ import annotations

import re
from datetime import date

from amhe_tui.analysis.breakdown import Breakdown
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.disclosure.order import is_range
from amhe_tui.analysis.gaps.judging import saying_of, with_figures_of_ranges
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, Reading, comparison, reading_of
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import Direction
from amhe_tui.method.number_methods import PUBLISHED_FIGURES
from amhe_tui.programme.breakdowns import sources_of
from amhe_tui.programme.disclosed import disclosed_access, disclosed_breakdown, seen_instead
from amhe_tui.programme.population import LIVE_THERE
from amhe_tui.programme.typed import typed_number, typed_words, with_seen_numbers
from store.records import Finding, Goal
from store.workspace import Workspace

_WITHIN = "Within "


def within_of(finding: Finding) -> str:
    """Return the group of another characteristic that everybody of a finding belongs to, such as ``Sex: Females``; "" is everybody."""
    first = finding.figures.partition("\n")[0]
    return first.removeprefix(_WITHIN) if first.startswith(_WITHIN) else ""


def finding_of(breakdown: Breakdown, reading: Reading, frozen: date | None = None) -> Finding:
    """Return a finding that holds the numbers of a gap as they are now; it is not yet in any file.

    Raises:
        ValueError: The reading is of no gap, or of a group that is not in the breakdown.
    """
    row = next((row for row in breakdown.rows if row.group == reading.group), None)
    if row is None or reading.value is None or reading.compared_value is None:
        raise ValueError("There is no gap to write down here.")
    known, difference = breakdown.known, reading.difference
    who = f"{reading.group}, {breakdown.within}" if breakdown.within else reading.group
    better = {True: Direction.UP.value, False: Direction.DOWN.value, None: ""}[known.higher_is_better]
    return Finding(
        title=f"{who}: {breakdown.indicator} {_short(reading.value)} against {_short(reading.compared_value)} ({reading.compared_with})",
        domain=known.domain,
        characteristic=breakdown.characteristic,
        group_name=reading.group,
        compared_with=reading.compared_with,
        indicator=breakdown.indicator,
        indicator_id=breakdown.indicator_id,
        unit=unit_of(breakdown),
        direction=better,
        area=breakdown.area,
        period=breakdown.period,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        compared_value=reading.compared_value,
        gap_value=reading.value - reading.compared_value,
        gap_lower=None if difference is None else difference.lower,
        gap_upper=None if difference is None else difference.upper,
        figures=_figures(breakdown),
        frozen="" if frozen is None else frozen.isoformat(),
        sentence=reading.sentence,
        method=", ".join(
            dict.fromkeys(
                estimate.method for estimate in (reading.gap, difference, reading.people) if estimate is not None
            )
        )
        or PUBLISHED_FIGURES,
        caveat=" ".join((reading.words.removeprefix(reading.sentence).strip(), *breakdown.notes)).strip(),
    )


def _short(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def unit_of(breakdown: Breakdown) -> str:
    """Return the unit of a breakdown's figures in a word or two, or "" where nobody says."""
    if breakdown.kind == "share":
        return "%" if breakdown.statistic == "percentage" else "share"
    per = breakdown.known.per
    return (
        f"for every {per:,} {breakdown.known.denominator_words or 'people'}" if breakdown.kind == "rate" and per else ""
    )


def _figures(breakdown: Breakdown) -> str:
    """Return every group's figure on a line of its own."""
    head = [f"{_WITHIN}{breakdown.within}"] if breakdown.within else []
    lines: list[str] = []
    for row in breakdown.rows:
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

    def same(other: Finding) -> bool:
        return within_of(other) == within_of(finding) and all(
            getattr(other, name) == getattr(finding, name) for name in about
        )

    return next((other for other in workspace.list(Finding) if same(other)), None)


def link_sources(workspace: Workspace, finding: Finding, *more: str) -> None:
    """Link a finding to the data sources of its indicator, and to others that its numbers rest on; those it has stay."""
    linked = set(workspace.linked(finding.id, "sources"))
    sources = [
        source for source in (*sources_of(workspace, finding.indicator_id), *more) if source and source not in linked
    ]
    if sources:
        with workspace.change("Link the finding to its sources") as change:
            for source in dict.fromkeys(sources):
                change.link(finding, "sources", "data_source", source)


WITHHELD = "The numbers of this gap are hidden, because few people are behind them."


NUMBERS = ("value", "lower", "upper", "compared_value", "gap_value", "gap_lower", "gap_upper")
"""The fields of a finding that hold a number of its gap."""


WORDS = ("sentence", "caveat", "title")
"""The fields of a finding that can hold such numbers in words."""


_AVERAGE_OF = "the average of "


_COUNTS = re.compile(r", (\d+) of (\d+)$", re.MULTILINE)


_NUMBER = re.compile(r"(?<![\w.,])[−-]?\d[\d,]*(?:\.\d+)?")


def figures_of(workspace: Workspace, finding: Finding, policy: Policy) -> Disclosed | None:
    """Return the breakdown a finding was made from, or nothing where its data set is not in the file."""
    indicator = finding.indicator_id or _named(workspace, finding.indicator)
    if not indicator or not finding.characteristic:
        return None
    try:
        shown = disclosed_breakdown(
            workspace,
            indicator,
            finding.characteristic,
            policy,
            area=finding.area or None,
            period=finding.period or None,
            within=within_of(finding),
        )
    except AmheError:
        return None
    if shown.kind != "count" or LIVE_THERE not in finding.unit:
        return shown
    against = disclosed_access(workspace, shown, policy)
    return None if against is None else against[0]


def _named(workspace: Workspace, name: str) -> str:
    """Return the id of the only indicator that is called so, with or without its statistic, or ""."""
    if not name:
        return ""
    from amhe_tui.programme.breakdowns import indicators

    def calls(indicator_name: str, statistic: str) -> set[str]:
        plain = indicator_name.replace("_", " ").casefold()
        return {plain, f"{plain} ({statistic})".casefold()}

    ids = [
        indicator.id
        for indicator in indicators(workspace)
        if name.casefold() in calls(indicator.name, indicator.statistic)
    ]
    return ids[0] if len(ids) == 1 else ""


def compared_as(finding: Finding) -> str:
    """Return whom the group is compared with, as `amhe_tui.analysis.gaps.reading` calls it."""
    return AVERAGE if finding.compared_with.startswith(_AVERAGE_OF) else finding.compared_with or EVERYONE_ELSE


def is_withheld(finding: Finding, breakdown: Disclosed) -> bool:
    """Tell whether the gap of a finding rests on figures that its audience may not see."""
    if breakdown.policy.raw or breakdown.published:
        return False
    figures = with_figures_of_ranges(breakdown)
    row = next((row for row in figures.rows if row.group == finding.group_name), None)
    if row is None:
        return breakdown.hidden > 0
    return row.value is None or comparison(figures, row, compared_as(finding)) is None


def was_small(finding: Finding, threshold: int) -> bool:
    """Tell whether few people are behind the figures that were written down with a finding, whose data are gone from the file."""
    counts = [(int(top), int(bottom)) for top, bottom in _COUNTS.findall(finding.figures)]
    return any(0 < number < threshold for top, bottom in counts for number in (top, bottom, bottom - top))


def sentence_of(finding: Finding, breakdown: Disclosed) -> str:
    """Return the gap in words: as it was written down where its figures may be seen as they are, else from those that may."""
    if breakdown.policy.raw or breakdown.published:
        return finding.sentence
    return reading_of(breakdown, group=finding.group_name, compared_with=compared_as(finding)).sentence


def number_of(finding: Finding, breakdown: Disclosed, name: str) -> float | None:
    """Return a number of a finding's gap: as it was written down where its figures may be seen as they are, else from those that may."""
    if breakdown.policy.raw or breakdown.published:
        return getattr(finding, name)
    figures = with_figures_of_ranges(breakdown)
    row = next((row for row in figures.rows if row.group == finding.group_name), None)
    other = None if row is None else comparison(figures, row, compared_as(finding))
    if row is None or row.value is None or other is None or other[0].value is None:
        return None
    if name in ("gap_value", "compared_value"):
        # Side by side, the two figures say which is higher, and the true counts may deny it.
        if not saying_of(figures, row, other[0], compared_as(finding)).size:
            return None
        return other[0].value if name == "compared_value" else row.value - other[0].value
    return None if is_range(row.status) else {"value": row.value, "lower": row.lower, "upper": row.upper}.get(name)


def words_of(finding: Finding, name: str, policy: Policy, figures: Disclosed | None) -> str:
    """Return a title or caveat of a finding as an audience may see it: its numbers are those that may be seen.

    Args:
        finding: The finding.
        name: Which of its :data:`WORDS`.
        policy: For whom, and by which rules.
        figures: The breakdown it was made from, as the audience may see it; None where its data are not in the file.
    """
    text = str(getattr(finding, name))
    if policy.raw or (figures is not None and figures.published):
        return text
    if was_small(finding, policy.threshold) if figures is None else is_withheld(finding, figures):
        return "" if name == "sentence" else typed_words(without_numbers(text, finding), policy, figures=True)
    if figures is None:
        return typed_words(text, policy, figures=True)
    if name == "sentence":
        return sentence_of(finding, figures) if text else ""
    seen = with_seen_numbers(text, finding, NUMBERS, lambda number: number_of(finding, figures, number))
    return seen if seen != text else typed_words(text, policy, figures=True)


def title_seen(workspace: Workspace, finding: Finding, policy: Policy) -> str:
    """Return the title of a finding as an audience may see it."""
    return finding.title if policy.raw else words_of(finding, "title", policy, figures_of(workspace, finding, policy))


def baseline_of(workspace: Workspace, goal: Goal, policy: Policy, name: str = "baseline") -> float | None:
    """Return the baseline of a goal, or a limit of it, as an audience may see it: the figure that it was drawn from as it may be seen, else made whole."""
    value: float | None = getattr(goal, name)
    if policy.raw or value is None:
        return value
    written = workspace.get(Finding, goal.finding_id) if goal.finding_id else None
    about = written or Finding(
        title=goal.title,
        indicator_id=goal.indicator_id,
        indicator=goal.measure,
        characteristic=goal.characteristic,
        group_name=goal.group,
        period=goal.baseline_period,
    )
    figures = figures_of(workspace, about, policy)
    if figures is None:
        small = written is not None and was_small(written, policy.threshold)
        return None if small else typed_number(value, goal.unit, policy)
    if figures.published:
        return value
    whose = [(about.group_name, {"baseline": "value", "baseline_lower": "lower", "baseline_upper": "upper"}[name])]
    other = goal.comparison_group or about.compared_with
    whose += [(other, whose[0][1])] if other else []
    for group, figure in whose:
        drawn, instead = seen_instead(workspace, figures, group, figure, value)
        if drawn:
            return instead
    if is_withheld(about, figures) and written is not None:
        return None
    row = next((row for row in figures.rows if row.group == about.group_name), None)
    return None if row is not None and row.value is None else typed_number(value, goal.unit, policy)


def is_hidden_figure(workspace: Workspace, goal: Goal, group: str, value: float | None, policy: Policy) -> bool:
    """Tell whether a measurement is the figure that the goal's gap is about and that an audience may not see: out of a whole, a part of it would follow."""
    written = workspace.get(Finding, goal.finding_id) if goal.finding_id else None
    if policy.raw or value is None or written is None:
        return False
    figures = figures_of(workspace, written, policy)
    if figures is None or figures.published:
        return False
    drawn, instead = seen_instead(workspace, figures, group, "value", value)
    return drawn and instead is None


def without_numbers(text: str, finding: Finding) -> str:
    """Return words without the numbers of a finding's gap, however they are rounded or split by commas."""
    numbers = [value for name in NUMBERS if (value := getattr(finding, name)) is not None]

    def masked(match: re.Match[str]) -> str:
        number = float(match.group().replace("−", "-").replace(",", ""))
        decimals = len(match.group().partition(".")[2])
        near = any(abs(abs(value) - abs(number)) <= 0.5 * 10**-decimals + 1e-9 for value in numbers)
        return "…" if near else match.group()

    return _NUMBER.sub(masked, text)
