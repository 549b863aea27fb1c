"""The figures behind a finding, as the report's audience may see them; what the finding itself says in numbers must not say more."""

from __future__ import annotations

import re

from amhe_tui.analysis.disclosure_breakdown import Disclosed, Policy
from amhe_tui.analysis.reading import AVERAGE, EVERYONE_ELSE, comparison, reading_of
from amhe_tui.errors import AmheError
from amhe_tui.report.guard import EXACT, disclosed_access, disclosed_breakdown
from store.findings import within_of
from store.population import LIVE_THERE
from store.records import Finding
from store.workspace import Workspace

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
        found = disclosed_breakdown(
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
    if found.kind != "count" or LIVE_THERE not in finding.unit:
        return found
    against = disclosed_access(workspace, found, policy)
    return None if against is None else against[0]


def _named(workspace: Workspace, name: str) -> str:
    """Return the id of the only indicator that is called so, with or without its statistic, or ""."""
    if not name:
        return ""
    from store.evidence import indicators

    def calls(one: str, statistic: str) -> set[str]:
        plain = one.replace("_", " ").casefold()
        return {plain, f"{plain} ({statistic})".casefold()}

    found = [one.id for one in indicators(workspace) if name.casefold() in calls(one.name, one.statistic)]
    return found[0] if len(found) == 1 else ""


def compared_as(finding: Finding) -> str:
    """Return whom the group is compared with, as `amhe_tui.analysis.reading` calls it."""
    return AVERAGE if finding.compared_with.startswith(_AVERAGE_OF) else finding.compared_with or EVERYONE_ELSE


def is_withheld(finding: Finding, found: Disclosed) -> bool:
    """Tell whether the gap of a finding rests on figures that its audience may not see."""
    if found.policy.raw or found.published:
        return False
    row = next((one for one in found.rows if one.group == finding.group_name), None)
    if row is None:
        return found.hidden > 0
    return row.value is None or comparison(found, row, compared_as(finding)) is None


def was_small(finding: Finding, threshold: int) -> bool:
    """Tell whether few people are behind the figures that were written down with a finding, whose data are gone from the file."""
    if finding.area.casefold() in EXACT:
        return False
    counts = [(int(top), int(bottom)) for top, bottom in _COUNTS.findall(finding.figures)]
    return any(0 < one < threshold for top, bottom in counts for one in (top, bottom, bottom - top))


def sentence_of(finding: Finding, found: Disclosed) -> str:
    """Return the gap in words: as it was written down where its figures may be seen as they are, else from those that may."""
    if found.policy.raw or found.published:
        return finding.sentence
    return reading_of(found, group=finding.group_name, compared_with=compared_as(finding)).sentence


def number_of(finding: Finding, found: Disclosed, name: str) -> float | None:
    """Return a number of a finding's gap: as it was written down where its figures may be seen as they are, else from those that may."""
    if found.policy.raw or found.published:
        return getattr(finding, name)
    row = next((one for one in found.rows if one.group == finding.group_name), None)
    other = None if row is None else comparison(found, row, compared_as(finding))
    if row is None or row.value is None or other is None or other[0].value is None:
        return None
    safe = {"value": row.value, "lower": row.lower, "upper": row.upper, "compared_value": other[0].value}
    return row.value - other[0].value if name == "gap_value" else safe.get(name)


def without_numbers(words: str, finding: Finding) -> str:
    """Return words without the numbers of a finding's gap, however they are rounded or split by commas."""
    numbers = [value for name in NUMBERS if (value := getattr(finding, name)) is not None]

    def masked(match: re.Match[str]) -> str:
        number = float(match.group().replace("−", "-").replace(",", ""))
        decimals = len(match.group().partition(".")[2])
        near = any(abs(abs(value) - abs(number)) <= 0.5 * 10**-decimals + 1e-9 for value in numbers)
        return "…" if near else match.group()

    return _NUMBER.sub(masked, words)
