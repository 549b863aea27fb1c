"""Every breakdown of a programme's newest figures at once, as columns of numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace

from amhe_tui.analysis.breakdown import HUGE, TOO_LARGE, Breakdown, kind_of
from amhe_tui.analysis.disclosure.breakdown import Policy, in_true_order
from amhe_tui.analysis.gaps.overview import LEAST_GAP, GapLine, GapOverview, Order, gap_overview
from amhe_tui.analysis.gaps.reading import Reading, reading_of
from amhe_tui.analysis.gaps.sets import (
    NO_PLACE,
    Columns,
    GapSets,
    GroupCodes,
    Indicator,
    Place,
    SetBuilder,
    joined,
    sets_of,
)
from amhe_tui.errors import AmheError
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.order import in_fixed_order
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.method.indicators import KnownIndicator
from amhe_tui.programme.ages import crossed_with_age, is_age
from amhe_tui.programme.breakdowns import held_of, meanings
from amhe_tui.programme.disclosed import EXACT, disclosed, disclosed_breakdown, hidden_residents, is_guarded
from amhe_tui.programme.population import access_breakdowns
from amhe_tui.text import shorten
from store.evidence.datasets import Area, Category, read_figure
from store.evidence.holdings import IndicatorSummary, visible, widest
from store.workspace import Workspace

ALL = "all"


WIDEST = ""


_NO_COMPARISON = ("lower", "upper", "rank", "standard_error")


def has_gaps(held: IndicatorSummary) -> bool:
    """Tell whether an indicator's figures can be compared between groups as they are: counts alone cannot."""
    return bool(held.characteristics) and kind_of(held.statistic) != "count" and held.statistic not in _NO_COMPARISON


def about_people(characteristic: str) -> bool:
    """Tell whether a breakdown is by who people are, and not by what was done for them."""
    return recognise(characteristic) is not None


def places_with_gaps(workspace: Workspace) -> list[str]:
    """Return the names of the places there are gaps for, the widest first."""
    names = [name for summary in held_of(workspace) if has_gaps(summary) for name in summary.areas]
    return list(dict.fromkeys(names))


def gap_sets(workspace: Workspace, *, area: str = WIDEST, keep: Callable[[str], bool] = about_people) -> GapSets:
    """Return the sets of every indicator that has gaps, each in its newest period.

    Args:
        workspace: The open programme.
        area: "" for the widest kind of place of each indicator, ``all`` for every place, or the name or code of one.
        keep: Which characteristics to look at.
    """
    wanted = [summary for summary in held_of(workspace) if has_gaps(summary)]
    meaning = meanings(workspace)
    return workspace.read(lambda raw: _Reader(raw, area, keep).read(wanted, meaning))


class _Reader:
    """Reads on one connection."""

    def __init__(self, raw: sqlite3.Connection, area: str, keep: Callable[[str], bool]) -> None:
        self._raw, self._area, self._keep = raw, area, keep
        self._datasets = list(reversed(visible(raw)))
        self._areas = {int(key): Area(*rest) for key, *rest in raw.execute("SELECT key, type, code, name FROM area")}
        self._codes = self._coded()
        self._wide = len(self._codes.label)
        self._seen: dict[object, Columns] = {}
        self._markers = {
            (int(dataset), str(text)): str(status)
            for dataset, text, status in raw.execute("SELECT dataset, text, status FROM marker")
        }

    def _coded(self) -> GroupCodes:
        groups: dict[str, list[tuple[int, str, str]]] = {}
        totals: list[int] = []
        size = 1
        for key, *rest in self._raw.execute("SELECT key, characteristic, label, level, parent, within FROM category"):
            category, size = Category(*rest), max(size, int(key) + 1)
            if category.level == "total" and not category.within:
                totals.append(int(key))
            elif (
                category.level in ("broad", "detailed")
                and not category.within
                and self._keep(category.characteristic)
                and not is_unknown(
                    category.label
                )  # wherever a file put those whose group is not known, they are no group
            ):
                groups.setdefault(category.characteristic, []).append((int(key), category.label, category.level))
        ordered: dict[str, list[tuple[int, str, str, int]]] = {}
        for name, members in groups.items():
            place = {label: rank for rank, label in enumerate(in_fixed_order(name, [label for _, label, _ in members]))}
            ordered[name] = [(key, label, level, place[label]) for key, label, level in members]
        return GroupCodes.of(size, ordered, totals)

    def read(self, wanted: Sequence[IndicatorSummary], meaning: Callable[[str], KnownIndicator]) -> GapSets:
        """Return the sets of some indicators."""
        builder = SetBuilder(self._codes)
        for summary in wanted:
            known = meaning(summary.id)
            about = Indicator(summary.id, summary.name.replace("_", " "), summary.statistic, summary.periods[-1], known)
            dataset, areas = self._where(summary, about.period)
            if areas:
                self._add(builder, about, dataset, areas)
        return builder.built({key: Place(key, area.name, area.type) for key, area in self._areas.items()})

    def _where(self, summary: IndicatorSummary, period: str) -> tuple[int, list[int]]:
        """Return the newest data set with these figures and the places asked for."""
        for dataset in self._datasets:
            rows = self._raw.execute(
                "SELECT DISTINCT v.area FROM quantity q JOIN covered_area v ON v.quantity = q.key AND v.dataset = ? WHERE q.id = ?"
                " AND EXISTS (SELECT 1 FROM run r JOIN period p ON p.key = r.period WHERE r.dataset = v.dataset AND r.quantity = q.key AND p.label = ?)",
                (dataset, summary.id, period),
            )
            areas = [int(row[0]) for row in rows]
            if areas:
                return dataset, self._asked(areas)
        return 0, []

    def _asked(self, areas: Sequence[int]) -> list[int]:
        if self._area == ALL:
            return list(areas)
        if self._area == WIDEST:
            return [key for key, _ in widest([(key, self._areas[key]) for key in areas])]
        letters = self._area.casefold()
        return [key for key in areas if letters in (self._areas[key].name.casefold(), self._areas[key].code.casefold())]

    def _add(self, builder: SetBuilder, about: Indicator, dataset: int, areas: Sequence[int]) -> None:
        every = len(areas) == len(self._areas)
        figures = self._columns(dataset, about.id, about.period, None if every else areas)
        known = about.meaning
        companions = {
            quantity: self._columns(dataset, quantity, about.period, None if every else areas)
            for quantity in dict.fromkeys([known.numerator, *known.plus, *known.minus])
            if quantity
        }
        builder.add(about, figures, companions)

    def _columns(self, dataset: int, quantity: str, period: str, areas: Sequence[int] | None) -> Columns:
        """Return the figures of a quantity, read once: several indicators share the counts behind them."""
        asked = (dataset, quantity, period, None if areas is None else tuple(areas))
        if asked not in self._seen:
            self._seen[asked] = self._read(dataset, quantity, period, areas)
        return self._seen[asked]

    def _read(self, dataset: int, quantity: str, period: str, areas: Sequence[int] | None) -> Columns:
        within = "" if areas is None else f" AND o.area IN ({', '.join(map(str, areas))})"
        # The numbers come as two long lines of text, which is several times quicker than a tuple a row; what is text stands as nan in them, and follows.
        lines, texts = (
            self._raw.execute(
                f"SELECT {columns} FROM quantity q CROSS JOIN period p ON p.label = ?"
                " CROSS JOIN run r ON r.dataset = ? AND r.quantity = q.key AND r.period = p.key"
                f" CROSS JOIN observed o ON o.key BETWEEN r.first AND r.last{within}{only} WHERE q.id = ?",
                (period, dataset, quantity),
            ).fetchall()
            for columns, only in (
                (
                    f"group_concat(o.area * {self._wide} + o.category), group_concat(iif(typeof(o.value) = 'text', 'nan', o.value))",
                    "",
                ),
                (f"o.area * {self._wide} + o.category, o.value", " AND typeof(o.value) = 'text'"),
            )
        )
        if not lines[0][0]:
            return Columns()
        figures = {text: read_figure(text) for _, text in texts}
        written: dict[int, float] = {}
        missing: dict[int, str] = {}
        for key, text in reversed(texts):
            status = self._markers.get((dataset, text))
            number = None if status else figures[text]
            if number is None:
                missing[key] = status or "not a number"
            else:
                written[key] = number
        return Columns.read(lines[0][0], lines[0][1], written, missing).below(HUGE, TOO_LARGE)


def disclosed_overview(
    workspace: Workspace,
    policy: Policy,
    *,
    area: str = WIDEST,
    order: Order = "widest",
    keep: Callable[[str], bool] = about_people,
    least: float = LEAST_GAP,
) -> GapOverview:
    """Return every gap of a programme, worked out from what its audience may see.

    Args:
        workspace: The open programme.
        policy: For whom, and how small numbers are treated.
        area: "" for the widest kind of place of each indicator, ``all`` for every place, or the name or code of one.
        order: How the gaps of a section are sorted.
        keep: Which characteristics to look at.
        least: The least relative difference that matters.

    Raises:
        AmheError: No place is called so.
    """
    sets = truth = gap_sets(workspace, area=area, keep=keep)
    if not policy.raw:
        raw = sets
        # Thousands of short questions, asked where the answers are: to go back and forth for each takes longer than the answers.
        sets = workspace.read(lambda _: _disclosed(workspace, raw, policy))
    used = _used(workspace, policy, area)
    if used:
        sets, truth = (
            joined(own, sets_of(rates)) for own, rates in zip((sets, truth), zip(*used, strict=True), strict=True)
        )
    if area and not len(sets):
        raise AmheError(
            "No gaps there",
            f"There are no rates or shares by group for {shorten(area, 60)}.",
            "Name another place, or ask for all of them.",
        )
    if policy.raw or policy.rounding <= 1:
        overview = gap_overview(sets, order=order, least=least)
    else:
        overview = gap_overview(sets, order=order, truth=truth, rounding=policy.rounding, least=least)
    return workspace.read(lambda _: _with_ages(workspace, overview, policy))


_MOST_BY_AGE = 60
"""So many sets at most are looked at within each age in the overview; the breakdown of each can be opened."""


def _with_ages(workspace: Workspace, overview: GapOverview, policy: Policy) -> GapOverview:
    """Return an overview with the breakdowns within each age of the sets that come first."""
    sets, crossed = overview.sets, crossed_with_age(workspace)
    by_age: dict[int, tuple[Breakdown, ...]] = {}
    for index in dict.fromkeys(line.set for line in overview.lines) if crossed else ():
        about, by, place = sets.indicator_of(index), sets.characteristic_of(index), sets.place_of(index)
        if place.key == NO_PLACE or (about.id, by) not in crossed:
            continue
        shown = disclosed_breakdown(workspace, about.id, by, policy, area=f"#{place.key}", period=about.period)
        by_age[index] = shown.by_age or ()
        if len(by_age) == _MOST_BY_AGE:
            break
    codes = {code for code, name in enumerate(sets.characteristics) if is_age(name)}
    ages = frozenset(index for index, code in enumerate(sets.characteristic.tolist()) if code in codes)
    return replace(overview, by_age=by_age, ages=ages)


def _used(workspace: Workspace, policy: Policy, area: str) -> list[tuple[Breakdown, Breakdown]]:
    """Return the use of services for those who live there as an audience may see it, each beside the true one."""
    shown = [
        disclosed(workspace, rates, policy)
        for rates in access_breakdowns(
            workspace,
            area,
            seen=lambda counts: disclosed(workspace, counts, policy),
            hides=hidden_residents(workspace, policy),
        )
    ]
    if policy.raw or not shown or all(rates.published for rates in shown):
        return [(rates, rates) for rates in shown]

    def about(rates: Breakdown) -> tuple[object, ...]:
        groups = tuple((row.group, row.level) for row in rates.rows)
        return rates.indicator_id, rates.characteristic, rates.area, rates.period, groups

    true = {about(rates): rates for rates in access_breakdowns(workspace, area)}
    beside = [(rates, true[about(rates)]) for rates in shown if about(rates) in true]
    return [(rates if rates.published else in_true_order(rates, exact), exact) for rates, exact in beside]


def reading_for(overview: GapOverview, line: GapLine) -> Reading:
    """Return what a gap's own breakdown says of it, no surer than the overview is among all its comparisons."""
    return reading_of(
        overview.breakdown(line.set),
        group=line.group,
        compared_with=line.compared_with,
        level=line.level,
        unsure=line.section not in ("sure", "small"),
        small=line.section == "small",
    )


def sentence_of(overview: GapOverview, line: GapLine) -> str:
    """Return a gap in words, or why there are none."""
    return line.why if line.section == "none" else reading_for(overview, line).sentence


def _disclosed(workspace: Workspace, sets: GapSets, policy: Policy) -> GapSets:
    """Return the sets with every figure that the audience may not see taken out; those their publishers dealt with stay as they are."""
    guarded = {indicator.id: is_guarded(workspace, indicator.id) for indicator in sets.indicators}
    # A small number of one level or characteristic is told by those of another, so each place is treated as a whole.
    few = {
        (int(sets.indicator[index]), int(sets.place[index]))
        for index, is_small in enumerate(sets.with_fewer_than(policy.threshold))
        if is_small
    }
    treated = sets.copied()
    for index in range(len(sets)):
        about, place = sets.indicator_of(index), sets.place_of(index)
        if guarded[about.id] and (
            (int(sets.indicator[index]), int(sets.place[index])) not in few or place.name.casefold() in EXACT
        ):
            continue
        treated.with_rows(
            index,
            disclosed_breakdown(
                workspace,
                about.id,
                sets.characteristic_of(index),
                policy,
                area=f"#{place.key}",
                period=about.period,
                ages=False,
            ),
        )
    return treated
