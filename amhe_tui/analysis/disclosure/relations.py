"""How the counts of a programme hang together: the sums that anybody can know, from what the groups are and from what the figures show."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, cast

from amhe_tui.analysis.breakdown import BreakdownRow, Level
from amhe_tui.analysis.disclosure.groups import family_of, orphans
from amhe_tui.analysis.disclosure.joint import JointTable

DEAR_TOTAL = 40.0
"""Totals of everyone are known elsewhere, so they are given up last."""
DEAR_UNKNOWN = 5.0
DEAR_BASE = 3.0
_MOST_QUANTITIES = 150
_MOST_OF_FOUR = 40
_FEWEST_SHARED = 2
_FEWEST_OF_FOUR = 4
_MOST_TRIED = 12
_BITS = 61


class Group(NamedTuple):
    """Whom a count is about; `within` names the group of another characteristic that it is taken from, such as ``Sex: Females``."""

    characteristic: str
    label: str
    level: str
    parent: str
    within: str


class Count(NamedTuple):
    """One count: out of which data set, of what, of which place (by their keys), of whom, and in which period."""

    dataset: int
    quantity: str
    area: int
    group: Group
    period: str = ""


class Share(NamedTuple):
    """What a share is of: the quantity counted on top, and those whose sum less others is below."""

    top: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


_Whom = tuple[int, str, Group]
"""A place, a period and a group."""
_What = tuple[str, str, Group]
"""A quantity, a period and a group."""


def below_of(share: Share) -> str:
    """Return how what is below of a share is called where it is no quantity of its own."""
    return " ".join((*share.plus, "-", *share.minus))


class Counts:
    """The counts of a programme in one period, as a joint table.

    Args:
        counts: Each count with its value.
        shares: Which of them are part of which.
        types: The type of each place.
        periods: The first and last day of each period, where there are several.
    """

    def __init__(
        self,
        counts: Mapping[Count, int],
        shares: Iterable[Share],
        types: Mapping[int, str],
        periods: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        self.table = JointTable()
        self.place: dict[Count, int] = {}
        self.below: dict[Count, int] = {}
        """The counts below of shares that are made of several, as counts of :func:`below_of` these."""
        self._counts, self._types = counts, types
        self._shares = list(dict.fromkeys(shares))
        self._apart: list[tuple[list[int], list[int]]] = []
        self.mistakes: set[int] = set()
        """Counts on top that are larger than those they should be a part of: nothing is known of whom they are about."""
        self._by_quantity: dict[tuple[int, str, int, str], dict[Group, int]] = defaultdict(dict)
        bases = {quantity for share in self._shares for quantity in share.plus}
        for count, value in counts.items():
            price = value + 10.0 if value else 5_000.0
            price *= DEAR_UNKNOWN if count.group.level == "unknown" else 1
            price *= DEAR_BASE if count.quantity in bases else 1
            price = price * DEAR_TOTAL + 1e6 if _is_everyone(count.group) else price
            self.place[count] = self.table.add(value, price, (count._replace(quantity=""), count.quantity))
            self._by_quantity[count.dataset, count.quantity, count.area, count.period][count.group] = self.place[count]
        self._editions()
        for members in self._by_quantity.values():
            self._groups(members)
            self._slices(members)
        self._parts()
        self._indicators()
        self._places()
        self._periods(periods or {})

    def apart(self, hidden: Mapping[int, str]) -> set[int]:
        """Return second divisions of the same people beside hidden counts: how they hang together nobody can tell, so they go too."""
        return {
            one
            for family, others in self._apart
            if any(cell in hidden for cell in (*family, *others))
            for one in others
        }

    # --- groups -----------------------------------------------------------------------------------------------------------------------------------

    def _groups(self, members: Mapping[Group, int]) -> None:
        families: dict[tuple[str, str], list[Group]] = defaultdict(list)
        everyone: dict[str, Group] = {}
        for group in members:
            if group.level == "total":
                everyone.setdefault(group.within, group)
            else:
                families[group.characteristic, group.within].append(group)
        named = _named(members)
        for (_, within), groups in families.items():
            whole = everyone.get(within)
            outer = named.get(frozenset(slices_in(within))) if within else None
            if whole is not None and outer is not None and self._value(members[whole]) == self._value(members[outer]):
                self.table.add_sum([(members[whole], 1), (members[outer], -1)], "the same people")
            whole = whole or outer
            rows = [_row(group) for group in groups] + ([] if whole is None else [_row(whole, level="total")])
            places = [members[group] for group in groups] + ([] if whole is None else [members[whole]])
            apart = orphans(rows, range(len(groups)))
            if apart:
                self._apart.append((places, [places[one] for one in apart]))
            family = family_of(rows)
            parts: dict[int | None, list[int]] = defaultdict(list)
            for row, parent in family.parents.items():
                if row not in apart:
                    parts[parent].append(row)
            for parent, own in parts.items():
                terms = [(places[row], 1) for row in own]
                top = family.total if parent is None else parent
                terms += [] if top is None else [(places[top], -1)]
                self.table.add_sum(terms, "groups and their total")

    def _slices(self, members: Mapping[Group, int]) -> None:
        """Add that the slices of a group make it up, and that a slice is the same seen from either side."""
        slices: dict[tuple[Group, str], list[tuple[str, int]]] = defaultdict(list)
        named = _named(members)
        for group, cell in members.items():
            pieces = slices_in(group.within)
            for piece in pieces:
                outer, _, label = piece.partition(": ")
                rest = "; ".join(other for other in pieces if other != piece)
                slices[group._replace(within=rest), outer].append((label, cell))
            first = named.get(_people(group))
            if pieces and first is not None and first.within != group.within and first.within:
                other = members[first]
                if other != cell and self._value(other) == self._value(cell):
                    self.table.add_sum([(cell, 1), (other, -1)], "the same people")
        for (group, outer), parts in slices.items():
            whole = members.get(group)
            if whole is None:
                whole = next((cell for other, cell in members.items() if _same_but_parent(other, group)), None)
            if whole is None and (other := named.get(_people(group))) is not None:
                whole = members[other]
            levels = {one.label: one.level for one in members if one.characteristic == outer and not one.within}
            level = "broad" if "broad" in levels.values() else "detailed"
            own = [cell for label, cell in parts if levels.get(label, level) in (level, "unknown")]
            if whole is not None and self._sums_to(whole, own):
                self.table.add_sum([(whole, -1), *((cell, 1) for cell in own)], "slices and their whole")

    def _value(self, cell: int) -> int:
        return self.table.values[cell]

    def _sums_to(self, whole: int, parts: Sequence[int]) -> bool:
        """Tell whether parts make up a whole, or fall short of it, so that what is left of it is known."""
        return bool(parts) and sum(map(self._value, parts)) <= 1.02 * self._value(whole) + 1

    # --- quantities -------------------------------------------------------------------------------------------------------------------------------

    def _editions(self) -> None:
        """Add that a figure which two data sets give alike is one, and that two editions of it are hidden together."""
        alike: dict[tuple[str, int, str, Group], list[int]] = defaultdict(list)
        for count, cell in self.place.items():
            alike[count.quantity, count.area, count.period, count.group].append(cell)
        for cells in alike.values():
            for cell in cells[1:]:
                if self._value(cell) == self._value(cells[0]):
                    self.table.add_sum([(cells[0], 1), (cell, -1)], "two editions")
            if len(cells) > 1:
                for cell in cells:
                    self.table.twins[cell] = tuple(other for other in cells if other != cell)

    def _parts(self) -> None:
        """Add those counted on top, those left over, and all of them."""
        for share in self._shares:
            for count, top in list(self.place.items()):
                if count.quantity == share.top:
                    self._part(share, count, top)

    def _part(self, share: Share, count: Count, top: int) -> None:
        plus = [self.place.get(count._replace(quantity=quantity)) for quantity in share.plus]
        minus = [self.place.get(count._replace(quantity=quantity)) for quantity in share.minus]
        given = [cell for cell in (*plus, *minus) if cell is not None]
        if not plus or len(given) < len(plus) + len(minus):
            return
        signed = [(cell, 1) for cell in given[: len(plus)]] + [(cell, -1) for cell in given[len(plus) :]]
        size = sum(sign * self._value(cell) for cell, sign in signed)
        left = size - self._value(top)
        if left < 0:
            self.mistakes.add(top)
            return
        if len(signed) == 1:
            bottom = signed[0][0]
        else:
            key = count._replace(quantity=below_of(share))
            if key not in self.below:
                price = DEAR_BASE * (size + 10.0) if size else 5_000.0
                self.below[key] = self.table.add(size, price, (count._replace(quantity=""), key.quantity))
                self.table.add_sum([(self.below[key], -1), *signed], "indicators that add up")
            bottom = self.below[key]
        named = f"{below_of(share)} less {share.top}"
        rest = self.table.add(left, 0.0, (count._replace(quantity=""), named), free=True)
        self.table.add_sum([(bottom, -1), (top, 1), (rest, 1)], "a part and its whole")

    def _indicators(self) -> None:
        """Add indicators of which one is the sum of two or three others in every place and group, or the same as another."""
        by_dataset: dict[int, dict[str, dict[_Whom, int]]] = defaultdict(lambda: defaultdict(dict))
        for count, cell in self.place.items():
            by_dataset[count.dataset][count.quantity][count.area, count.period, count.group] = cell
        for quantities in by_dataset.values():
            if 1 < len(quantities) <= _MOST_QUANTITIES:
                tried: set[tuple[str, ...]] = set()
                for names, shared in _comparable(quantities):
                    self._sums_among(quantities, names, shared, tried)

    def _sums_among(
        self,
        quantities: Mapping[str, Mapping[_Whom, int]],
        names: Sequence[str],
        shared: Sequence[_Whom],
        tried: set[tuple[str, ...]],
    ) -> None:
        chance = random.Random(1)  # noqa: S311 - fingerprints that add up as the figures do; every hit is checked
        weights = [chance.getrandbits(_BITS) for _ in shared]
        prints = {
            name: sum(weight * self._value(quantities[name][key]) for weight, key in zip(weights, shared, strict=True))
            for name in names
        }
        names = [name for name in names if prints[name]]
        by_print: dict[int, list[str]] = defaultdict(list)
        for name in names:
            by_print[prints[name]].append(name)

        def found(whole: str, parts: tuple[str, ...]) -> None:
            key = (whole, *sorted(parts))
            if key in tried or whole in parts:
                return
            tried.add(key)
            cells = [[quantities[name][key] for name in (whole, *parts)] for key in shared]
            if all(self._value(top) == sum(map(self._value, rest)) for top, *rest in cells):
                for top, *rest in cells:
                    why = "indicators that add up" if len(parts) > 1 else "the same count in two indicators"
                    self.table.add_sum([(top, -1), *((cell, 1) for cell in rest)], why)

        for alike in by_print.values():
            for other in alike[1:]:
                found(alike[0], (other,))
        pairs: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for first, second in combinations(names, 2):
            both = prints[first] + prints[second]
            for whole in by_print.get(both, ()):
                found(whole, (first, second))
            pairs[both].append((first, second))
        if len(shared) >= _FEWEST_OF_FOUR and len(names) <= _MOST_OF_FOUR:
            for whole in names:
                for part in names:
                    for pair in pairs.get(prints[whole] - prints[part], ()):
                        if part != whole and part not in pair and whole not in pair:
                            found(whole, (part, *pair))

    # --- places -----------------------------------------------------------------------------------------------------------------------------------

    def _places(self) -> None:
        """Add places of which one is the sum of others in every figure: all of a type, those that stand together in the file, or a few."""
        by_dataset: dict[int, dict[int, dict[_What, int]]] = defaultdict(lambda: defaultdict(dict))
        for count, cell in self.place.items():
            by_dataset[count.dataset][count.area][count.quantity, count.period, count.group] = cell
        for areas in by_dataset.values():
            if len(areas) > 2:
                self._nested(areas)

    def _periods(self, days: Mapping[str, tuple[str, str]]) -> None:
        """Add periods of which one is the sum of shorter ones within it, such as a year of quarters."""
        by_period: dict[Count, dict[str, int]] = defaultdict(dict)
        for count, cell in self.place.items():
            by_period[count._replace(period="")][count.period] = cell
        for longer in days:
            parts = [other for other in days if _holds(longer, other, days)]
            shortest = [one for one in parts if not any(_holds(one, other, days) for other in parts)]
            middle = [one for one in parts if not any(_holds(other, one, days) for other in parts)]
            for some in (shortest, middle) if shortest != middle else (shortest,):
                for cells in by_period.values():
                    own = [cells[one] for one in some if one in cells]
                    if longer in cells and len(own) > 1 and sum(map(self._value, own)) == self._value(cells[longer]):
                        terms = [(cells[longer], -1), *((cell, 1) for cell in own)]
                        self.table.add_sum(terms, "periods and the period they make up")

    def _nested(self, areas: Mapping[int, Mapping[_What, int]]) -> None:
        figures = {area: {key: self._value(cell) for key, cell in own.items()} for area, own in areas.items()}
        for whole, parts in nested_places(figures, self._types):
            for key, cell in areas[whole].items():
                own = [areas[part][key] for part in parts if key in areas[part]]
                self.table.add_sum([(cell, -1), *((part, 1) for part in own)], "places and the place they make up")


_Figures = Mapping[int, Mapping[Any, int]]
"""The figures of each place, by what they are of."""


def nested_places(areas: _Figures, types: Mapping[int, str]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each place that is the sum of others in every figure, with those."""
    chance = random.Random(2)  # noqa: S311 - as above
    weights: dict[object, int] = defaultdict(lambda: chance.getrandbits(_BITS))
    prints = {area: sum(weights[key] * value for key, value in figures.items()) for area, figures in areas.items()}
    sizes = {area: sum(figures.values()) for area, figures in areas.items()}
    tried: set[tuple[int, ...]] = set()
    for whole in areas:
        for parts in _candidates(areas, types, whole, prints, sizes):
            if len(parts) > 1 and parts not in tried and _make_up(areas, whole, parts):
                tried.add(parts)
                yield whole, parts


def _candidates(
    areas: _Figures, type_of: Mapping[int, str], whole: int, prints: Mapping[int, int], sizes: Mapping[int, int]
) -> Iterable[tuple[int, ...]]:
    types: dict[str, list[int]] = defaultdict(list)
    for area in areas:
        if area != whole:
            types[type_of.get(area, "")].append(area)
    for parts in types.values():
        if sum(prints[part] for part in parts) == prints[whole]:
            yield tuple(parts)
    order = list(areas)
    for following in (order[order.index(whole) + 1 :], order[: order.index(whole)][::-1]):
        size, block = 0, list[int]()
        for area in following:
            size, block = size + sizes[area], [*block, area]
            if size >= sizes[whole]:
                break
        if size == sizes[whole]:
            yield tuple(sorted(block))
    if len(areas) <= _MOST_TRIED:
        others = [area for area in areas if area != whole]
        for number in range(2, len(others) + 1):
            for parts in combinations(others, number):
                if sum(prints[part] for part in parts) == prints[whole]:
                    yield parts


def _make_up(areas: _Figures, whole: int, parts: Sequence[int]) -> bool:
    figures = areas[whole]
    if not sum(figures.values()):
        return False
    return all(value == sum(areas[part][key] for part in parts if key in areas[part]) for key, value in figures.items())


def related(period: str, days: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return a period with those that hold it or that it holds, and so on: quarters and their year tell of one another."""
    found = [period]
    for one in found:
        found += [
            other for other in days if other not in found and (_holds(one, other, days) or _holds(other, one, days))
        ]
    return found


def _holds(longer: str, shorter: str, days: Mapping[str, tuple[str, str]]) -> bool:
    (starts, ends), (begins, finishes) = days.get(longer, ("", "")), days.get(shorter, ("", ""))
    known = starts and ends and begins and finishes
    return bool(known) and starts <= begins and finishes <= ends and (starts, ends) != (begins, finishes)


def _is_everyone(group: Group) -> bool:
    return group.level == "total" and not group.within


def _row(group: Group, *, level: str = "") -> BreakdownRow:
    stated = cast("Level", level or group.level)
    return BreakdownRow(group.label, stated, None, "", None, None, None, None, group.parent or None)


def slices_in(within: str) -> list[str]:
    """Return the parts of a slice, such as ``Sex: Female`` and ``Age group: 16 to 34``; a group's own label may hold the sign between them."""
    pieces: list[str] = []
    for piece in within.split("; ") if within else ():
        if ": " in piece or not pieces:
            pieces.append(piece)
        else:
            pieces[-1] += f"; {piece}"
    return pieces


def _people(group: Group) -> frozenset[str]:
    """Return whom a group is, whichever of its characteristics it is told by."""
    return frozenset((f"{group.characteristic}: {group.label}", *slices_in(group.within)))


def _named(members: Iterable[Group]) -> dict[frozenset[str], Group]:
    """Return the first group of the same people, by whom they are."""
    named: dict[frozenset[str], Group] = {}
    for group in members:
        named.setdefault(_people(group), group)
    return named


def _same_but_parent(one: Group, other: Group) -> bool:
    return (one.characteristic, one.label, one.within) == (other.characteristic, other.label, other.within) or (
        one.level == other.level == "total" and one.within == other.within
    )


def _comparable(
    quantities: Mapping[str, Mapping[_Whom, int]],
) -> Iterable[tuple[list[str], list[_Whom]]]:
    """Return quantities that can be compared, with the places and groups that they share: those with the very same ones, and all of them on what all have."""
    same: dict[frozenset[_Whom], list[str]] = defaultdict(list)
    for name, figures in quantities.items():
        same[frozenset(figures)].append(name)
    every = list(quantities)
    common = frozenset(next(iter(quantities.values()), ()))
    for figures in quantities.values():
        common &= figures.keys()
    sets = [(names, keys) for keys, names in same.items() if len(names) > 1]
    sets += [(every, common)] if len(same) > 1 else []
    for names, keys in sets:
        if len(keys) >= _FEWEST_SHARED:
            yield names, list(keys)
    if len(same) > 1:
        for three in combinations(list(same)[:_MOST_TRIED], 2):
            keys = three[0] & three[1]
            if len(keys) >= _FEWEST_SHARED and keys not in same:
                yield [*same[three[0]], *same[three[1]]], list(keys)
