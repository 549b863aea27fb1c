"""The groups of a breakdown as a network: broad groups with those within them, the unknown, and everyone; counts, and shares with what is left over of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.disclosure.network import Arc, Network
from amhe_tui.analysis.disclosure.secondary import Aim, protect
from amhe_tui.analysis.disclosure.tables import is_small

Counts = Mapping[int, int]
"""Whole numbers by the place of their row."""


_OUTSIDE = 0


@dataclass(frozen=True)
class Rule:
    """What is small, and so hidden: counts below the threshold, zero among them or not."""

    threshold: int
    zero_is_small: bool

    def hides(self, count: int) -> bool:
        """Tell whether a count is hidden for its own sake."""
        return is_small(count, self.threshold, self.zero_is_small)


@dataclass(frozen=True)
class Family:
    """How rows contain one another.

    Attributes:
        parents: The row that each row is a part of; None where that is everyone.
        total: The row of everyone, if there is one.
        prices: What it costs a reader to lose a row, as a factor.
    """

    parents: Mapping[int, int | None]
    total: int | None
    prices: Mapping[int, float]

    def among(self, counts: Counts) -> Family:
        """Return the family of those rows that have a count; whoever loses a parent is a part of everyone."""
        kept = {row: parent if parent in counts else None for row, parent in self.parents.items() if row in counts}
        return Family(kept, self.total if self.total in counts else None, self.prices)

    @property
    def broad(self) -> frozenset[int]:
        """Return the rows that have parts."""
        return frozenset(parent for parent in self.parents.values() if parent is not None)


def family_of(rows: Sequence[BreakdownRow]) -> Family:
    """Return how the rows of a breakdown contain one another; rows of everyone beyond the first are copies of it, and left out."""
    total = next((place for place, row in enumerate(rows) if row.level == "total"), None)
    heads = _heads(rows)
    parents = {
        place: heads.get(_plain(row.parent)) if row.level == "detailed" else None
        for place, row in enumerate(rows)
        if row.level != "total"
    }
    # How many are unknown belongs to every honest picture, so it is given up last.
    return Family(parents, total, {place: 5.0 for place, row in enumerate(rows) if row.level == "unknown"})


def _heads(rows: Sequence[BreakdownRow]) -> dict[str, int]:
    """Return the rows that can have parts, by their label."""
    return {
        _plain(row.group): place for place, row in reversed(list(enumerate(rows))) if row.level in ("broad", "unknown")
    }


def _plain(label: str | None) -> str:
    """Return a label without what marks it as that of a whole: publishers write both "White" and "White: Total"."""
    return (label or "").casefold().strip().removesuffix("total").rstrip(" :,-")


class _Builder:
    """Arcs as they are gathered; what does not add up leads outside, and is taken as known."""

    def __init__(self) -> None:
        self.arcs: list[Arc] = []
        self.where: dict[tuple[str, int], int] = {}
        self._nodes: dict[tuple[str, int | None], int] = {}

    def node(self, what: str, row: int | None) -> int:
        return self._nodes.setdefault((what, row), len(self._nodes) + 1)

    def add(self, what: str, row: int, tail: int, head: int, count: int) -> None:
        self.where[what, row] = len(self.arcs)
        self.arcs.append(Arc(tail, head, count))

    def merge(self, what: str, family: Family, counts: Counts, leaf: int | None = None) -> None:
        """Lead every group into its broad group, and these into everyone; a group without parts begins at ``leaf``, or at a node of its own."""
        for row, parent in family.parents.items():
            begin = self.node(what, row) if row in family.broad else self.node("group", row) if leaf is None else leaf
            self.add(what, row, begin, self.node(what, parent), counts[row])
        if family.total is not None:
            self.add(what, family.total, self.node(what, None), _OUTSIDE, counts[family.total])

    def split(self, what: str, family: Family, counts: Counts) -> None:
        """Lead everyone into broad groups, and these into the groups within them, each of which ends at a node of its own."""
        for row, parent in family.parents.items():
            end = self.node(what, row) if row in family.broad else self.node("group", row)
            self.add(what, row, self.node(what, parent), end, counts[row])
        if family.total is not None:
            self.add(what, family.total, _OUTSIDE, self.node(what, None), counts[family.total])

    def network(self) -> tuple[Network, frozenset[int]]:
        """Return the network, and the places of what does not add up."""
        balance = dict.fromkeys(self._nodes.values(), 0)
        for arc in self.arcs:
            balance[arc.tail] = balance.get(arc.tail, 0) - arc.value
            balance[arc.head] = balance.get(arc.head, 0) + arc.value
        first_rest = len(self.arcs)
        for node in self._nodes.values():
            rest = balance[node]
            if rest:
                self.arcs.append(Arc(node, _OUTSIDE, rest) if rest > 0 else Arc(_OUTSIDE, node, -rest))
        return Network(self.arcs), frozenset(range(first_rest, len(self.arcs)))


def hidden_counts(family: Family, counts: Counts, rule: Rule) -> frozenset[int]:
    """Return the rows whose count must be hidden, small ones and secondary ones."""
    kin = family.among(counts)
    builder = _Builder()
    builder.merge("count", kin, counts, _OUTSIDE)
    network, unsettled = builder.network()
    small = frozenset(place for (_, row), place in builder.where.items() if rule.hides(counts[row]))
    hidden = _protected(network, builder, kin, small, unsettled, frozenset(), rule)
    return frozenset(row for (_, row), place in builder.where.items() if place in hidden)


@dataclass(frozen=True)
class HiddenShares:
    """The rows whose numerator and whose denominator must be hidden, and those of which a share may not be shown."""

    numerators: frozenset[int]
    denominators: frozenset[int]
    shares: frozenset[int]


def hidden_shares(family: Family, numerators: Counts, denominators: Counts, rule: Rule) -> HiddenShares:
    """Return what must be hidden of counts and the larger counts they are a part of.

    Denominators are settled first and on their own, so that the same are hidden wherever they appear; then numerators, with the people who are in the denominator
    and not in the numerator as a third count that is shown nowhere but can be worked out.
    """
    kin = family.among(numerators)
    rest = {row: denominators[row] - count for row, count in numerators.items()}
    gone = hidden_counts(family, denominators, rule)
    builder = _Builder()
    builder.split("of", kin, denominators)
    builder.merge("count", kin, numerators)
    builder.merge("rest", kin, rest)
    network, unsettled = builder.network()
    small = frozenset(
        place
        for (what, row), place in builder.where.items()
        if (what == "of" and row in gone)
        or (what == "count" and rule.hides(numerators[row]))
        or (what == "rest" and rule.hides(rest[row]))
    )
    free = frozenset(place for (what, _), place in builder.where.items() if what == "rest")
    hidden = _protected(network, builder, kin, small, unsettled, free, rule)

    def named(wanted: str) -> frozenset[int]:
        return frozenset(row for (what, row), place in builder.where.items() if what == wanted and place in hidden)

    tops, bottoms, left = named("count"), named("of") | gone, named("rest")
    return HiddenShares(tops, bottoms, tops | bottoms | left)


def _protected(
    network: Network,
    builder: _Builder,
    family: Family,
    small: frozenset[int],
    unsettled: frozenset[int],
    free: frozenset[int],
    rule: Rule,
) -> frozenset[int]:
    """Return the places to hide; totals of everyone, and denominators beside numerators, are known elsewhere and go only where nothing else helps."""
    everyone = {place for (_, row), place in builder.where.items() if row == family.total}
    denominators = {place for (what, _), place in builder.where.items() if what == "of"}
    prices = _prices(network, builder, family)
    hidden: frozenset[int] = frozenset()
    for kept in (everyone | denominators, everyone, set[int]()):
        never = unsettled | frozenset(kept - small - free)
        result = protect(network, Aim(small, never, free - small, prices, rule.threshold, rule.zero_is_small))
        hidden = result.hidden
        if not result.exposed and not result.narrow:
            break
    return hidden


def _prices(network: Network, builder: _Builder, family: Family) -> tuple[float, ...]:
    dearest = sum(arc.value for arc in network.arcs) + 1.0
    prices = [arc.value + 10.0 if arc.value else dearest for arc in network.arcs]
    for (_, row), place in builder.where.items():
        prices[place] = dearest * 10 if row == family.total else prices[place] * family.prices.get(row, 1.0)
    return tuple(prices)


def orphans(rows: Sequence[BreakdownRow], places: Iterable[int]) -> frozenset[int]:
    """Return the detailed rows that belong to no broad group although there are broad groups: a second way to divide the same people."""
    heads = _heads(rows)
    has_broad = any(row.level == "broad" for row in rows)
    return frozenset(
        place
        for place in places
        if has_broad and rows[place].level == "detailed" and _plain(rows[place].parent) not in heads
    )
