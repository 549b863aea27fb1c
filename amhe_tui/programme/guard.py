"""One guard over the whole programme: every count of a period that can leave the team, with the sums it is in, and what of it each audience may see."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

from amhe_tui.analysis.breakdown import SHARES, Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Policy, Settled, weaker_words
from amhe_tui.analysis.disclosure.groups import Rule
from amhe_tui.analysis.disclosure.joint import Guarded, guard
from amhe_tui.analysis.disclosure.relations import Count, Counts, Group, Share, below_of, nested_places, related
from amhe_tui.analysis.disclosure.tables import rounded_to
from amhe_tui.method.audience import Audience
from amhe_tui.method.choices import Treated
from amhe_tui.method.indicators import KnownIndicator, known_indicator
from amhe_tui.programme.bases import Base
from amhe_tui.programme.breakdowns import bases_in
from store import shown
from store.evidence import holdings
from store.evidence.datasets import VISIBLE
from store.evidence.holdings import CountRow
from store.records import DataSource
from store.workspace import Workspace

EXACT = ("england",)
"""Where publishers give exact figures, small ones too."""
MOST_AT_ONCE = 60_000
"""With more figures than this in periods that hang together, each place is guarded with those it makes up or is made of; with more than this in these, by itself,
and then what is hidden in a place is hidden in every place of which it is a part."""
IMPLIED = " (implied)"
"""What is added to the id of a share to name the count on top of it, where that is not in the file and follows from the share."""

MISTAKE = "a mistake in the file"
SECOND_WAY = "a second way to divide the same people"
HIDDEN_WITHIN = "hidden in a place within this one"
"""Why what is not small is hidden all the same, beside the sums that small ones are in."""

_LARGEST = 1e12
"""More people than this there are not: such a number is no count."""

Progress = Callable[[int, int], None]


_Name = tuple[str, int, str, Group]
"""A quantity, the key of a place, a period and a group."""


@dataclass(frozen=True)
class JointGuard:
    """What an audience may see of all counts of a period, and of those that tell of it.

    Attributes:
        period: Which, in words.
        counts: The counts, and how they hang together.
        guarded: What of them is hidden.
        hidden: The places of all that is hidden, second divisions of the same people among them.
        by_name: The places of a count whatever data set it is from.
        others: Why some are hidden that are neither small nor part of a sum with small ones.
    """

    period: str
    counts: Counts
    guarded: Guarded
    hidden: frozenset[int]
    by_name: Mapping[_Name, tuple[int, ...]]
    others: Mapping[int, str]

    def settled(self, figures: Breakdown) -> Settled:
        """Return what is hidden of a breakdown; what the guard does not know is hidden."""
        share = share_of(figures.known, figures.indicator_id)
        rows = list(enumerate(figures.rows))
        values = frozenset(place for place, row in rows if self._hides(figures.indicator_id, figures, row))
        if share is None:
            return Settled(values, frozenset(place for place, _ in rows), frozenset(place for place, _ in rows))
        tops = frozenset(place for place, row in rows if self._hides(share.top, figures, row))
        bottoms = frozenset(place for place, row in rows if self._hides_below(share, figures, row))
        if not share.plus:
            # The count below is worked out from that on top and the figure.
            bottoms = tops
        return Settled(values, tops, bottoms)

    def _hides(self, quantity: str, figures: Breakdown, row: BreakdownRow) -> bool:
        cells = self.by_name.get((quantity, figures.place, figures.period, _group(figures, row)), ())
        return not cells or any(cell in self.hidden for cell in cells)

    def _hides_below(self, share: Share, figures: Breakdown, row: BreakdownRow) -> bool:
        if not share.plus:
            return False
        if len(share.plus) == 1 and not share.minus:
            return self._hides(share.plus[0], figures, row)
        return self._hides(below_of(share), figures, row)

    def named_as_hidden(self) -> set[_Name]:
        """Return of what the hidden counts are, in whatever place."""
        cells = (*self.counts.place.items(), *self.counts.below.items())
        return {_anywhere(count) for count, cell in cells if cell in self.hidden}

    def why(self) -> list[tuple[Count, str]]:
        """Return what is hidden and for which sum; "" is what is small itself."""
        named = {cell: count for count, cell in (*self.counts.place.items(), *self.counts.below.items())}
        return [
            (named[cell], self.others.get(cell, self.guarded.hidden[cell]))
            for cell in sorted(self.hidden)
            if cell in named
        ]


def share_of(known: KnownIndicator, indicator: str) -> Share | None:
    """Return which counts are behind an indicator, or nothing where that is not known."""
    top = f"{indicator}{IMPLIED}" if known.implied else known.numerator
    return Share(top, known.plus, known.minus) if known.numerator else None


def _group(figures: Breakdown, row: BreakdownRow) -> Group:
    if row.level == "total":
        return Group("Total", "", "total", "", figures.within)
    return Group(figures.characteristic, row.group, row.level, row.parent or "", figures.within)


def _named(group: Group) -> Group:
    """Return a group as the guard names it: everyone is called differently in different files."""
    return Group("Total", "", "total", "", group.within) if group.level == "total" else group


def guard_of(
    workspace: Workspace, figures: Breakdown, policy: Policy, *, progress: Progress | None = None
) -> JointGuard:
    """Return the guard over all counts of the period of some figures, which will be shown; worked out once as long as the data are the same."""
    name, found = _guard_at(workspace, figures.period, figures.place, policy, progress)
    _USED.setdefault(workspace, {})[name] = (policy, found)
    return found


def guard_for_a_look(workspace: Workspace, figures: Breakdown, policy: Policy) -> JointGuard:
    """Return the guard of some figures for somebody who only looks at what it hides: it does not count as shown."""
    return _guard_at(workspace, figures.period, figures.place, policy, None)[1]


def guards_looked_at(
    workspace: Workspace, policy: Policy, *, place: int = 0, period: str = "", progress: Progress | None = None
) -> tuple[list[JointGuard], list[str]]:
    """Return the guards over all periods, the newest first, for somebody who looks at what they hide, and the periods that were too large to look at.

    Nothing is shown to the audience by it, so nothing is remembered as shown. Of a period that is too large for one guard, the place given is looked at, if it is
    the period given.
    """
    chosen = tuple(sorted(unguarded_sets(workspace)))
    days = workspace.remembered("days of periods", holdings.days_of)
    sizes = {name: _size(workspace, chosen, [name]) for name in days}
    found: list[JointGuard] = []
    left_out: list[str] = []
    seen: set[str] = set()
    looked = 0
    newest = sorted((name for name, size in sizes.items() if size), key=lambda name: days[name][1], reverse=True)
    for name in sorted(newest, key=lambda name: name != period):
        if name in seen:
            continue
        together = related(name, days)
        size = sum(sizes.get(one, 0) for one in together)
        own_place = place if name == period else 0
        if looked + size > MOST_AT_ONCE and not own_place:
            left_out.append(name)
            continue
        seen.update(together if size <= MOST_AT_ONCE else [name])
        looked += min(size, MOST_AT_ONCE)
        found.append(_guard_at(workspace, name, own_place, policy, progress)[1])
    return found, left_out


def _guard_at(
    workspace: Workspace,
    period: str,
    place: int,
    policy: Policy,
    progress: Progress | None,
    above: frozenset[int] = frozenset(),
) -> tuple[str, JointGuard]:
    chosen = tuple(sorted(unguarded_sets(workspace)))
    days = workspace.remembered("days of periods", holdings.days_of)
    periods = tuple(sorted(related(period, days)))
    families = _families(workspace, chosen, periods) if _size(workspace, chosen, periods) > MOST_AT_ONCE else None
    if families is None:
        return _guard_of_places(workspace, chosen, periods, None, policy, progress)
    family = families.of.get(place, frozenset({place}))
    if sum(families.size.get(one, 0) for one in family) <= MOST_AT_ONCE:
        return _guard_of_places(workspace, chosen, periods, family, policy, progress)
    also: set[_Name] = set()
    above |= {place}  # a place can be the sum of another that has the same figures and of one that has none
    for part in sorted(families.parts.get(place, frozenset[int]()) - above):
        also |= _guard_at(workspace, period, part, policy, progress, above)[1].named_as_hidden()
    return _guard_of_places(workspace, chosen, periods, frozenset({place}), policy, progress, frozenset(also))


def _guard_of_places(
    workspace: Workspace,
    chosen: tuple[int, ...],
    periods: tuple[str, ...],
    areas: frozenset[int] | None,
    policy: Policy,
    progress: Progress | None,
    also: frozenset[_Name] = frozenset(),
) -> tuple[str, JointGuard]:
    days = workspace.remembered("days of periods", holdings.days_of)
    name = f"guard of {periods} {None if areas is None else sorted(areas)} for {policy} in {chosen}"
    seen, bases = progress or _watched, bases_in(workspace)
    asked = _Asked(chosen, {one: days[one] for one in periods}, areas, also)
    return name, workspace.remembered(name, lambda raw: _guard(raw, asked, policy, seen, bases))


class _Asked(NamedTuple):
    """Which counts a guard is over, and which of them are hidden whatever they are, in whatever place."""

    datasets: tuple[int, ...]
    days: Mapping[str, tuple[str, str]]
    areas: frozenset[int] | None
    also: frozenset[_Name]


class _Families(NamedTuple):
    """Places that hang together, as one is the sum of others: with each those of its family, its own parts, and how many counts it has."""

    of: Mapping[int, frozenset[int]]
    parts: Mapping[int, frozenset[int]]
    size: Mapping[int, int]


def _families(workspace: Workspace, chosen: tuple[int, ...], periods: tuple[str, ...]) -> _Families:
    def found(raw: sqlite3.Connection) -> _Families:
        figures: dict[int, dict[int, dict[object, int]]] = {}
        size: Counter[int] = Counter()
        for count, value in _counts(holdings.counts_of(raw, chosen, periods)).items():
            own = figures.setdefault(count.dataset, {}).setdefault(count.area, {})
            own[count.quantity, count.period, count.group] = value
            size[count.area] += 1
        types = _types(raw)
        parts: dict[int, set[int]] = {}
        of: dict[int, frozenset[int]] = {}
        for areas in figures.values():
            for whole, some in nested_places(areas, types):
                parts.setdefault(whole, set()).update(some)
                together = frozenset({whole, *some}).union(*(of.get(one, ()) for one in (whole, *some)))
                of |= dict.fromkeys(together, together)
        return _Families(of, {whole: frozenset(some) for whole, some in parts.items()}, size)

    return workspace.remembered(f"families of places in {periods} of {chosen}", found)


def _size(workspace: Workspace, datasets: Sequence[int], periods: Sequence[str]) -> int:
    if not datasets:
        return 0
    return workspace.remembered(
        f"figures of {periods} in {datasets}", lambda raw: holdings.size_of(raw, datasets, periods)
    )


_watched: Progress | None = None


def watch(progress: Progress | None) -> None:
    """Let somebody be told how far a guard is that takes a while; None for nobody."""
    global _watched
    _watched = progress


_USED: WeakKeyDictionary[Workspace, dict[str, tuple[Policy, JointGuard]]] = WeakKeyDictionary()
"""The guards that were asked since a programme was opened, by what they are for."""


def let_out(workspace: Workspace, policy: Policy) -> list[str]:
    """Remember what an audience may have seen by now, and return in sentences what was hidden from it and why, and by which rules that are weaker than the usual ones."""
    if policy.raw:
        return []
    remember_shown(workspace, _used(workspace, policy), policy)
    return kept_safe(workspace, policy)


def kept_safe(workspace: Workspace, policy: Policy) -> list[str]:
    """Return in sentences what was hidden from an audience so far and why, and by which rules that are weaker than the usual ones."""
    if policy.raw:
        return []
    return [*(sentence for one in _used(workspace, policy) for sentence in summary_of(one)), *weaker_words(policy)]


def _used(workspace: Workspace, policy: Policy) -> list[JointGuard]:
    return [one for audience, one in _USED.get(workspace, {}).values() if audience == policy]


def _guard(
    raw: sqlite3.Connection, asked: _Asked, policy: Policy, progress: Progress | None, bases: Mapping[str, Base]
) -> JointGuard:
    datasets, days = asked.datasets, asked.days
    implied = {name: base for name, base in bases.items() if base.implied and base.statistic in SHARES}
    rows = holdings.counts_of(raw, datasets, list(days), asked.areas, also=list(implied)) if datasets else []
    found = _counts(row for row in rows if row.quantity not in implied)
    found |= _implied((row for row in rows if row.quantity in implied), found, implied)
    statistics = {
        str(name): str(statistic) for name, statistic in raw.execute("SELECT id, statistic FROM quantity ORDER BY key")
    }
    counts = Counts(found, _shares(statistics.items(), bases), _types(raw), days)
    _mark_known(raw, counts, policy)
    rule = Rule(policy.threshold, policy.zero_is_small)
    also = {
        cell: HIDDEN_WITHIN
        for count, cell in (*counts.place.items(), *counts.below.items())
        if _anywhere(count) in asked.also
    }
    also |= dict.fromkeys(counts.mistakes, MISTAKE)
    guarded = guard(counts.table, rule, also=also, progress=progress)
    while apart := counts.apart(guarded.hidden) - guarded.hidden.keys():
        also |= dict.fromkeys(apart, SECOND_WAY)
        guarded = guard(counts.table, rule, also=also, progress=progress)
    others = {cell: why for cell, why in also.items() if not rule.hides(counts.table.values[cell])}
    by_name: dict[_Name, list[int]] = {}
    for count, cell in (*counts.place.items(), *counts.below.items()):
        by_name.setdefault((count.quantity, count.area, count.period, _named(count.group)), []).append(cell)
    names = {key: tuple(cells) for key, cells in by_name.items()}
    return JointGuard(_between(days), counts, guarded, frozenset(guarded.hidden), names, others)


def _between(days: Mapping[str, tuple[str, str]]) -> str:
    names = list(days)
    return (
        names[0]
        if len(names) == 1
        else f"{', '.join(names[:-1])} and {names[-1]}"
        if len(names) <= _NAMED
        else f"{len(names)} periods"
    )


_NAMED = 4


def _counts(rows: Iterable[CountRow]) -> dict[Count, int]:
    """Return counts; a quantity whose numbers are not whole is none, and what is below nothing is a mistake in the file."""
    kept = list(rows)
    broken = {row.quantity for row in kept if abs(row.value) > _LARGEST or row.value != int(row.value)}
    return {
        Count(row.dataset, row.quantity, row.area, Group(*row.group), row.period): max(0, round(row.value))
        for row in kept
        if row.quantity not in broken
    }


def _implied(rows: Iterable[CountRow], counts: Mapping[Count, int], implied: Mapping[str, Base]) -> dict[Count, int]:
    """Return the counts on top of shares that are in the file without them, to the nearest person."""
    found: dict[Count, int] = {}
    for row in rows:
        base = implied[row.quantity]
        count = Count(row.dataset, base.denominator, row.area, Group(*row.group), row.period)
        if count in counts and 0 <= row.value <= SHARES[base.statistic]:
            top = round(row.value / SHARES[base.statistic] * counts[count])
            found[count._replace(quantity=f"{row.quantity}{IMPLIED}")] = top
    return found


def _types(raw: sqlite3.Connection) -> dict[int, str]:
    return {int(key): str(kind) for key, kind in raw.execute("SELECT key, type FROM area")}


def _anywhere(count: Count) -> _Name:
    """Return what a count is of, in whatever place."""
    return count.quantity, 0, count.period, _named(count.group)


def _shares(quantities: Iterable[tuple[str, str]], bases: Mapping[str, Base]) -> list[Share]:
    """Return which counts are part of which: those behind shares, known or found by their figures, and those that a file gives as numerator and denominator."""
    ids = list(quantities)
    shares = [
        share for name, statistic in ids if statistic in SHARES and (share := share_of(known_indicator(name), name))
    ]
    held = {name for name, _ in ids}
    rates = {name for name, statistic in ids if statistic not in SHARES and name.endswith(".value")}
    for name in held:
        stem = name.removesuffix("numerator")
        if name != stem and f"{stem}denominator" in held and f"{stem}value" not in rates:
            shares.append(Share(name, (f"{stem}denominator",), ()))
    shares += [
        Share(f"{name}{IMPLIED}" if base.implied else base.numerator, (base.denominator,), ())
        for name, base in bases.items()
        if base.statistic in SHARES
    ]
    return [share for share in shares if share.plus]


# --- what its publisher has dealt with ---------------------------------------------------------------------------------------------------------------


def unguarded_sets(workspace: Workspace) -> dict[int, str]:
    """Return the data sets that nobody has dealt with, by their key, with the id of their source: a person has not said so, or the figures do not show it."""
    said = {source.id for source in workspace.list(DataSource) if source.treated == Treated.YES.value}
    sets = workspace.remembered(
        "sources of data sets",
        lambda raw: [
            (int(key), str(source))
            for key, source in raw.execute(f"SELECT key, source_id FROM dataset WHERE key IN ({VISIBLE})")
        ],
    )
    return {key: source for key, source in sets if source not in said or not _shows_treatment(workspace, key)}


def _shows_treatment(workspace: Workspace, dataset: int) -> bool:
    return workspace.remembered(
        f"treatment of {dataset}", lambda raw: holdings.shows_treatment(raw, dataset, EXACT, Policy().threshold)
    )


# --- what was shown before ---------------------------------------------------------------------------------------------------------------------------


def team_key(workspace: Workspace) -> bytes:
    """Return the key of the marks that stand outside the team for what must not be worked out; it never leaves the programme file."""
    found = workspace.read(shown.key_of)
    if found is not None:
        return found
    # A file that cannot be written to gets marks that hold for this time only.
    return secrets.token_bytes(32) if workspace.read_only else workspace.write(shown.made_key)


def source_mark(workspace: Workspace, source: DataSource) -> str:
    """Return what stands for the file of a source outside the team: the same for the same file; from its own hash, figures of a small file could be tried out."""
    return shown.mark(team_key(workspace), source.content_hash, size=8).hex()


def _cell_mark(key: bytes, count: Count, areas: Mapping[int, str]) -> bytes:
    about = [count.quantity, count.period, areas.get(count.area, ""), *_named(count.group)]
    return shown.mark(key, json.dumps(about, ensure_ascii=False))


def _areas(raw: sqlite3.Connection) -> dict[int, str]:
    rows = raw.execute("SELECT key, type, code, name FROM area")
    return {int(key): json.dumps([kind, code, name], ensure_ascii=False) for key, kind, code, name in rows}


def _mark_known(raw: sqlite3.Connection, counts: Counts, policy: Policy) -> None:
    """Note which counts an audience has seen before, as large as they are now or nearly so: hiding them helps nobody."""
    key = shown.key_of(raw)
    audiences = [audience.key for audience in Audience if audience >= Audience.of(policy.audience) and not audience.raw]
    before = {} if key is None else shown.seen_by(raw, audiences)
    if key is None or not before:
        return
    areas = _areas(raw)
    near = max(policy.rounding, policy.threshold)
    for count, place in counts.place.items():
        seen = before.get(_cell_mark(key, count, areas), ())
        if any(abs(figure - counts.table.values[place]) < near for figure in seen):
            counts.table.known.add(place)


def remember_shown(workspace: Workspace, guards: Iterable[JointGuard], policy: Policy) -> None:
    """Remember what an audience may have seen by now: all that a guard let out, whether or not every number of it was printed."""
    used = list(guards)
    if policy.raw or workspace.read_only or not used:
        return
    key = team_key(workspace)

    def write(raw: sqlite3.Connection) -> None:
        areas = _areas(raw)
        cells = [
            (
                _cell_mark(key, count, areas),
                float(rounded_to(one.counts.table.values[cell], policy.rounding)),
            )
            for one in used
            for count, cell in one.counts.place.items()
            if cell not in one.hidden
        ]
        shown.remember(raw, policy.audience, cells)

    workspace.write(write)


# --- what it hid, and why ----------------------------------------------------------------------------------------------------------------------------


def summary_of(one: JointGuard) -> list[str]:
    """Return in a sentence or two how much a guard hid and why.

    How many of them are small themselves is not told: where two are small and their total is shown, both would follow.
    """
    lines: list[str] = []
    if number := len(one.why()):
        are, they, it = ("count is", "it is", "it") if number == 1 else ("counts are", "they are", "them")
        lines.append(f"{number:,} {are} hidden in {one.period}: {they} small, or a small one would follow from {it}.")
    if one.guarded.open_still:
        number = len(one.guarded.open_still)
        lines.append(
            f"{number:,} hidden {'count' if number == 1 else 'counts'} in {one.period} could be narrowed by whoever knows what was shown before, or a total, from elsewhere."
        )
    return lines
