"""The figures of a programme as rows of the HEAT Plus template: one setting, date, indicator, dimension and subgroup each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from amhe_tui.analysis.breakdown import SHARES, agrees
from amhe_tui.analysis.estimates.intervals import proportion
from amhe_tui.method.groups.characteristics import is_ordered
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.indicators import known_indicator
from store.evidence.datasets import VISIBLE, read_figure
from store.workspace import Workspace

COLUMNS = (
    "setting", "date", "source", "indicator_abbr", "indicator_name", "dimension", "subgroup", "estimate", "se", "ci_lb", "ci_ub", "population", "flag",
    "setting_average", "iso3", "favourable_indicator", "indicator_scale", "ordered_dimension", "subgroup_order", "reference_subgroup",
)  # fmt: skip
"""The columns of the template, in its order."""


_SCALES = {"percentage": 100, "proportion": 1, "rate": 100_000}


_Key = tuple[str, str, str, str]


_Row = tuple[object, ...]


Seen = Callable[[str, str, str, str], Mapping[str, float | None] | None]
"""Gives what may be seen of an indicator by a characteristic in a place and period: each group's figure, and everybody's under ""; None for all of it."""


def everything(_indicator: str, _characteristic: str, _area: str, _period: str) -> None:
    """Let every figure be seen as it is."""


def heat_plus_rows(workspace: Workspace, seen: Seen = everything) -> list[_Row]:
    """Return the percentages, rates and means of the programme by group, as rows of :data:`COLUMNS`.

    Hidden figures stay empty with a flag, counts alone are left out, and only one level of a characteristic is given: the broad groups, or those there are.

    Args:
        workspace: The open programme.
        seen: What of it may be seen.
    """
    rows: list[_Row] = []
    for cells, source, identity, name, statistic, beside in workspace.read(_read):
        rows += _of_indicator(cells, source, identity, name, statistic, seen, beside)
    return rows


def why_nothing(workspace: Workspace) -> str:
    """Return in one sentence why a programme has no row to hand on."""
    statistics = {str(row[0]) for row in workspace.read(_statistics)}
    if not statistics:
        return "There are no figures by group in this programme."
    if statistics <= {"count", "numerator", "denominator"}:
        return "The figures by group in this programme are counts, and the template takes percentages, rates and means."
    return "The figures by group in this programme stand within other groups only, and the template takes one characteristic at a time."


def _statistics(raw: sqlite3.Connection) -> list[tuple[object, ...]]:
    return raw.execute(
        "SELECT DISTINCT q.statistic FROM covered_category k JOIN category c ON c.key = k.category JOIN quantity q ON q.key = k.quantity"
        f" WHERE k.dataset IN ({VISIBLE}) AND c.level IN ('broad', 'detailed')"
    ).fetchall()


_BESIDE = ("lower", "upper", "standard_error", "numerator", "denominator")
"""What stands beside a figure in the file: its limits, and the counts behind it."""


_Beside = Mapping[tuple[str, str, str, str, str], float]
"""The numbers beside the figures, by what they are, area, period, characteristic and group."""


_Read = tuple[list[tuple[object, ...]], str, str, str, str, _Beside]


def _read(raw: sqlite3.Connection) -> list[_Read]:
    indicators: list[_Read] = []
    sets = raw.execute(
        "SELECT DISTINCT d.key, s.title, q.id, q.name, q.statistic FROM dataset d JOIN data_source s ON s.id = d.source_id JOIN run r ON r.dataset = d.key"
        f" JOIN quantity q ON q.key = r.quantity WHERE d.key IN ({VISIBLE}) AND q.statistic NOT IN ('count', 'numerator', 'denominator', 'lower', 'upper', 'rank')"
        " ORDER BY d.key, q.key"
    ).fetchall()
    for dataset, source, identity, name, statistic in sets:
        cells = raw.execute(
            "SELECT a.name, p.label, p.starts, c.characteristic, c.label, c.level, o.value, m.status FROM quantity q"
            " CROSS JOIN run r ON r.quantity = q.key AND r.dataset = ? CROSS JOIN observed o ON o.key BETWEEN r.first AND r.last"
            " JOIN area a ON a.key = o.area JOIN period p ON p.key = r.period JOIN category c ON c.key = o.category"
            " LEFT JOIN marker m ON m.dataset = r.dataset AND m.text = o.value WHERE q.id = ? AND c.within = ''",
            (dataset, identity),
        ).fetchall()
        beside = _beside(raw, int(dataset), str(identity))
        indicators.append((cells, str(source), str(identity), str(name), str(statistic), beside))
    return indicators


def _beside(raw: sqlite3.Connection, dataset: int, identity: str) -> _Beside:
    """Return the limits and the counts that a file gives beside the figures of an indicator."""
    base = identity.rsplit(".", 1)[0]
    found: dict[tuple[str, str, str, str, str], float] = {}
    for part in _BESIDE:
        rows = raw.execute(
            "SELECT a.name, p.label, c.characteristic, c.label, o.value FROM quantity q"
            " CROSS JOIN run r ON r.quantity = q.key AND r.dataset = ? CROSS JOIN observed o ON o.key BETWEEN r.first AND r.last"
            " JOIN area a ON a.key = o.area JOIN period p ON p.key = r.period JOIN category c ON c.key = o.category"
            " LEFT JOIN marker m ON m.dataset = r.dataset AND m.text = o.value WHERE q.id = ? AND c.within = '' AND m.text IS NULL",
            (dataset, f"{base}.{part}"),
        )
        for area, period, characteristic, label, value in rows:
            number = read_figure(value) if isinstance(value, str) else value
            if isinstance(number, int | float):
                found[part, str(area), str(period), str(characteristic), str(label)] = float(number)
    return found


def _limits(value: float | None, statistic: str, known: Mapping[str, float]) -> tuple[float | None, float | None]:
    """Return the limits of a figure: as published, else from the counts behind it where they give the figure."""
    if value is None:
        return None, None
    if "lower" in known and "upper" in known:
        return known["lower"], known["upper"]
    top, bottom = known.get("numerator"), known.get("denominator")
    if top is None or bottom is None or statistic not in SHARES or not 0 <= top <= bottom:
        return None, None
    whole = SHARES[statistic]
    if not agrees(value * 100 / whole, top, bottom):
        return None, None
    estimate = proportion(top, bottom, multiplier=whole)
    return estimate.lower, estimate.upper


def _of_indicator(
    cells: list[tuple[object, ...]],
    source: str,
    identity: str,
    name: str,
    statistic: str,
    seen: Seen,
    beside: _Beside,
) -> list[_Row]:
    totals: dict[tuple[str, str], float | None] = {}
    groups: dict[_Key, dict[str, tuple[str, float | None, str]]] = {}
    for area, period, starts, characteristic, label, level, value, status in cells:
        figure = None if status else read_figure(value) if isinstance(value, str) else value
        number = float(figure) if isinstance(figure, int | float) else None
        if level == "total":
            totals.setdefault((str(area), str(period)), number)
        elif level != "unknown":
            key = (str(area), str(period), str(starts), str(characteristic))
            groups.setdefault(key, {}).setdefault(str(label), (str(level), number, str(status or "")))
    table: list[_Row] = []
    for (area, period, starts, characteristic), rows in groups.items():
        broad = {label: row for label, row in rows.items() if row[0] == "broad"} or rows
        ordered = is_ordered(characteristic)
        better = known_indicator(identity).higher_is_better
        shown = seen(identity, characteristic, area, period)
        average = totals.get((area, period)) if shown is None else shown.get("")
        for place, label in enumerate(in_fixed_order(characteristic, list(broad)), 1):
            _, number, status = broad[label]
            if shown is not None and number is not None:
                number = shown.get(label)
                status = status if number is not None else "hidden"
            # What was rounded or hidden for an audience could be worked out from its limits, so they stay with the exact figures.
            known = (
                {
                    part: beside[key]
                    for part in _BESIDE
                    if (key := (part, area, period, characteristic, label)) in beside
                }
                if shown is None
                else {}
            )
            lower, upper = _limits(number, statistic, known)
            table.append(
                (
                    area,
                    starts[:4] or period,
                    source,
                    identity,
                    name,
                    characteristic,
                    label,
                    _blank(number),
                    _blank(known.get("standard_error")),
                    _blank(lower),
                    _blank(upper),
                    _blank(known.get("denominator")),
                    status,
                    _blank(average),
                    "",
                    "" if better is None else int(better),
                    _SCALES.get(statistic, 1),
                    int(ordered),
                    place if ordered else 0,
                    0,
                )
            )
    return table


def _blank(number: float | None) -> object:
    return "" if number is None else number
