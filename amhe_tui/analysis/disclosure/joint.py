"""One guard over many tables at once: which counts must be hidden so that no hidden one can be worked out from any sum among them.

Every way in which shown numbers hang together is a sum: groups and everyone, a slice and its whole, wards and their town, indicators that add up, those counted on
top with those left over. What protects a hidden count is an alternative: another table of whole numbers, none below its floor, that agrees with everything shown
and in which the count is another: people moved from one group or place to another, with all that is counted of them. Each alternative found is kept as a witness,
and the audit reads the witnesses: no reader, with whatever linear or integer programme, can narrow a count further than they stand apart. Shown counts are taken as
known exactly, although they are rounded when they are shown; so the guard holds with any rounding, and with none. The search is that of the cheapest circuit in
`network`, for sums of any number and kind.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from amhe_tui.analysis.disclosure.groups import Rule

_Off = tuple[tuple[int, int], ...]
"""Sums that do not hold for the moment, and by how much."""
_MOST_STATES = 800
_MOST_OPEN = 6
_MOST_PATTERNS = 5
_NO_END = 1 << 40
_LONGEST = 16
_MOST_CHOICES = 24
_TIDIED = 120
"""So many counts are tried for being shown again, the dearest; each takes a while."""


class Term(NamedTuple):
    """A count in a sum, with 1 or -1."""

    cell: int
    sign: int


@dataclass(frozen=True)
class Sum:
    """Counts that keep their sum: what a reader knows of them together. ``why`` says in a few words how they hang together."""

    terms: tuple[Term, ...]
    why: str


@dataclass
class JointTable:
    """All counts of a programme that hang together.

    Attributes:
        values: The counts.
        sums: How they hang together.
        prices: What it costs a reader to lose each.
        free: Those that are shown nowhere, and so hide nothing by being left out; one that is small is kept from being worked out all the same.
        known: Those that the audience knows already; they are hidden for their own sake alone.
        at: Of whom and of what each count is: counts of the same people, such as those who were seen and those of them who got well, move together.
        twins: Counts that are shown or hidden together, such as those of two editions.
    """

    values: list[int] = field(default_factory=list[int])
    sums: list[Sum] = field(default_factory=list[Sum])
    prices: list[float] = field(default_factory=list[float])
    free: set[int] = field(default_factory=set[int])
    known: set[int] = field(default_factory=set[int])
    at: list[tuple[object, object]] = field(default_factory=list[tuple[object, object]])
    twins: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])

    def add(self, value: int, price: float, at: tuple[object, object] | None = None, *, free: bool = False) -> int:
        """Add a count and return its place; ``at`` says of whom and of what it is."""
        self.at.append(at or (len(self.values), ""))
        self.values.append(value)
        self.prices.append(price)
        if free:
            self.free.add(len(self.values) - 1)
        return len(self.values) - 1

    def add_sum(self, terms: Iterable[tuple[int, int]], why: str) -> None:
        """Note that counts keep their sum; a count that is on both sides drops out."""
        signs: dict[int, int] = {}
        for cell, sign in terms:
            signs[cell] = signs.get(cell, 0) + sign
        kept = tuple(Term(cell, sign) for cell, sign in signs.items() if sign)
        if kept and all(abs(term.sign) == 1 for term in kept):
            self.sums.append(Sum(kept, why))


@dataclass(frozen=True)
class Guarded:
    """What is hidden of a joint table, and what the audit found.

    Attributes:
        hidden: The places of what is hidden, each with the sum for which it is, "" where it is small itself.
        ranges: How far below and above its value each could be for all a reader can tell, as far as was looked.
        open_still: Those a reader could narrow further than the threshold whatever is hidden, because what is known elsewhere tells them.
    """

    hidden: Mapping[int, str]
    ranges: Mapping[int, tuple[int, int]]
    open_still: frozenset[int]


Progress = Callable[[int, int], None]


def guard(table: JointTable, rule: Rule, *, also: Collection[int] = (), progress: Progress | None = None) -> Guarded:
    """Return what must be hidden of a table.

    Args:
        table: The counts and how they hang together.
        rule: What is small.
        also: Places that are hidden whatever their counts are.
        progress: Told how many of the hidden counts were looked at, and how many there are.
    """
    search = _Search(table, rule)
    for cell, value in enumerate(table.values):
        if rule.hides(value):
            search.hide(cell, "")
    for cell in also:
        search.hide(cell, "")
    search.protect(progress)
    search.show_needless()
    ranges = {cell: search.range_of(cell) for cell in (*search.hidden, *search.wanted_free)}
    return Guarded(
        {cell: why for cell, why in search.hidden.items() if cell not in table.free},
        ranges,
        frozenset(cell for cell in ranges if not search.is_safe(cell)),
    )


class _Search:
    """The guard at work."""

    def __init__(self, table: JointTable, rule: Rule) -> None:
        self.table, self.rule = table, rule
        self.hidden: dict[int, str] = {}
        self.wanted_free: set[int] = set()
        self._of: list[list[tuple[int, int]]] = [[] for _ in table.values]
        for number, one in enumerate(table.sums):
            for cell, sign in one.terms:
                self._of[cell].append((number, sign))
        self._columns: dict[object, dict[object, int]] = {}
        for cell, (whom, what) in enumerate(table.at):
            self._columns.setdefault(whom, {})[what] = cell
        self._within = [len({table.at[term.cell][0] for term in one.terms}) == 1 for one in table.sums]
        self._alternatives: list[dict[int, int]] = []
        # How far below and above its value each count is in some alternative, and in which.
        self._low: dict[int, tuple[int, int]] = {}
        self._high: dict[int, tuple[int, int]] = {}
        self._waiting: list[tuple[bool, int, int]] = []
        """Those that are still to be looked at, small ones first, the largest of them before the others."""
        self._is_small = [rule.hides(value) for value in table.values]
        self._cheapest: dict[int, float] = {}
        floor = 0 if rule.zero_is_small else 1
        # Where zeros are shown, a reader knows that what is hidden is at least 1.
        self._floor = [0 if cell in table.free else min(floor, value) for cell, value in enumerate(table.values)]

    # --- what is hidden ------------------------------------------------------------------------------------------------------------------------

    def hide(self, cell: int, why: str) -> None:
        """Hide a count, and whatever goes with it; a free one is only kept from being worked out."""
        if cell in self.table.free:
            if self._is_small[cell] and cell not in self.wanted_free:
                self.wanted_free.add(cell)
                self._wait(cell)
            return
        for one in (cell, *self.table.twins.get(cell, ())):
            if one not in self.hidden:
                self.hidden[one] = why
                self._wait(one)
                for number, _ in self._of[one]:
                    self._cheapest.pop(number, None)

    def _wait(self, cell: int) -> None:
        heapq.heappush(self._waiting, (not self._is_small[cell], -self.table.values[cell], cell))

    def range_of(self, cell: int) -> tuple[int, int]:
        """Return how far below and above its value a count is in the alternatives found."""
        return self._low.get(cell, (0, 0))[0], self._high.get(cell, (0, 0))[0]

    def is_safe(self, cell: int) -> bool:
        """Tell whether alternatives leave a count open far enough: as wide as the threshold, and for a small one up to it."""
        return self._was_safe(cell, self._low, self._high)

    # --- protection ----------------------------------------------------------------------------------------------------------------------------

    def protect(self, progress: Progress | None = None) -> None:
        """Give every hidden count its alternatives, hiding more where they need it."""
        done = 0
        while self._waiting:
            *_, cell = heapq.heappop(self._waiting)
            if not self.is_safe(cell):
                self._cover(cell, more=True)
            if not self.is_safe(cell):
                self._widen(cell)
            done += 1
            if progress is not None:
                progress(done, done + len(self._waiting))

    def _cover(self, cell: int, *, more: bool) -> None:
        """Look for alternatives among what is hidden, and then, where that may be, with more hidden."""
        threshold = self.rule.threshold
        for allowed in (False, True) if more else (False,):
            low, high = self.range_of(cell)
            up = threshold - self.table.values[cell] if self._is_small[cell] else 0
            if high < up:
                self._reach(cell, 1, up, more=allowed)
            for sign in (-1, 1):
                low, high = self.range_of(cell)
                if low + high < threshold:
                    self._reach(cell, sign, threshold - (high if sign < 0 else low), more=allowed)
            if self.is_safe(cell):
                return

    def _widen(self, cell: int) -> None:
        """Hide all that hangs together with a count, in wider and wider rings, until it is safe or nothing is left to hide."""
        ring = {cell}
        seen_sums: set[int] = set()
        while ring:
            around: set[int] = set()
            for one in ring:
                for number, _ in self._of[one]:
                    if number not in seen_sums:
                        seen_sums.add(number)
                        around.update(term.cell for term in self.table.sums[number].terms)
            ring = around - ring
            hides = [one for one in around if one not in self.hidden and one not in self.table.free]
            hides = [one for one in hides if one not in self.table.known]
            for one in hides:
                self.hide(one, "all that hangs together with it")
            if hides:
                self._cover(cell, more=False)
                if self.is_safe(cell):
                    return

    def _reach(self, cell: int, sign: int, need: int, *, more: bool) -> None:
        """Look for an alternative in which a count is higher (or lower) by as much as is needed, and note how far it goes."""
        moved: dict[int, int] = {}
        total = 0
        while total < need:
            steps = self._circuit(cell, sign, moved, need - total, more=more)
            if steps is None:
                return
            amount = need - total
            for one, way in steps:
                if way < 0:
                    amount = min(amount, self.table.values[one] + moved.get(one, 0) - self._floor[one])
            if amount <= 0:
                return
            why = next((self.table.sums[number].why for number, _ in self._of[cell]), "")
            for one, way in steps:
                moved[one] = moved.get(one, 0) + way * amount
                if one not in self.hidden:
                    self.hide(one, why)
            total += amount
            self._note(dict(moved))

    def _note(self, alternative: dict[int, int]) -> None:
        """Note how far counts are from their values in an alternative, where that is further than in those before it."""
        self._alternatives.append(alternative)
        number = len(self._alternatives) - 1
        for cell, by in alternative.items():
            ends = self._low if by < 0 else self._high
            if abs(by) > ends.get(cell, (0, 0))[0]:
                ends[cell] = (abs(by), number)

    def _price(self, cell: int) -> float | None:
        if cell in self.hidden or cell in self.table.free:
            return 0.0
        return None if cell in self.table.known else self.table.prices[cell]

    def _least(self, number: int, *, more: bool) -> float:
        """Return the least that it can cost to balance a sum."""
        if not more:
            return 0.0
        if number not in self._cheapest:
            prices = [price for term in self.table.sums[number].terms if (price := self._price(term.cell)) is not None]
            self._cheapest[number] = min(prices, default=0.0) / 2
        return self._cheapest[number]

    def _circuit(
        self, cell: int, sign: int, moved: Mapping[int, int], need: int, *, more: bool
    ) -> list[tuple[int, int]] | None:
        """Return the cheapest steps found, one way or the other each, that move a count by one and leave every sum as it is."""
        best: tuple[float, list[tuple[int, int]]] | None = None
        for pattern in self._patterns(cell, sign, moved, need, more=more):
            found = self._moves(pattern, moved, need, more=more)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
                if not best[0]:
                    break
        return None if best is None else best[1]

    def _patterns(
        self, cell: int, sign: int, moved: Mapping[int, int], need: int, *, more: bool
    ) -> list[tuple[tuple[int, int], ...]]:
        """Return ways in which what is counted of the same people can move with a count so that all sums among it hold: what one person more, or another one, makes."""
        start = self._off((), cell, sign, within=True)
        heap: list[tuple[float, int, int, _Off, tuple[tuple[int, int], ...]]] = [(0.0, 1, 0, start, ((cell, sign),))]
        found: list[tuple[tuple[int, int], ...]] = []
        number = states = 0
        while heap and len(found) < _MOST_PATTERNS and states < _MOST_STATES:
            paid, _, _, off, steps = heapq.heappop(heap)
            if self._room(steps[-1], moved) < 1 and len(steps) == 1:
                return []
            if not off:
                found.append(steps)
                continue
            if len(steps) >= _LONGEST:
                continue
            states += 1
            used = {one for one, _ in steps}
            first, by = off[0]
            for one, term_sign in self.table.sums[first].terms:
                way = -term_sign if by > 0 else term_sign
                price = self._cost(one, way, moved, need, more=more)
                if price is None or one in used:
                    continue
                then = self._off(off, one, way, within=True)
                number += 1
                heapq.heappush(heap, (paid + price, len(steps) + 1, number, then, (*steps, (one, way))))
        return found

    def _moves(
        self, pattern: tuple[tuple[int, int], ...], moved: Mapping[int, int], need: int, *, more: bool
    ) -> tuple[float, list[tuple[int, int]]] | None:
        """Return what it costs, and the steps, to move a pattern among groups and places until every sum holds again."""
        signs = {self.table.at[cell][1]: sign for cell, sign in pattern}
        price = 0.0
        start: _Off = ()
        for cell, sign in pattern:
            price += self._cost(cell, sign, moved, need, more=more, own=cell == pattern[0][0]) or 0.0
            start = self._off(start, cell, sign)
        heap: list[tuple[float, int, int, float, _Off, tuple[object, ...], tuple[tuple[int, int], ...]]] = []
        heap.append((price, len(start), 0, price, start, (self.table.at[pattern[0][0]][0],), pattern))
        best: dict[_Off, float] = {start: price}
        number = states = 0
        while heap and states < _MOST_STATES:
            _, _, _, paid, off, used, steps = heapq.heappop(heap)
            if not off:
                return paid, list(steps)
            if paid > best.get(off, paid) or len(used) >= _LONGEST:
                continue
            states += 1
            for cost, whom, taken in self._choices(off, used, signs, moved, need, more=more):
                then = off
                for one, way in taken:
                    then = self._off(then, one, way)
                if len(then) > _MOST_OPEN * len(signs) or paid + cost >= best.get(then, float("inf")):
                    continue
                best[then] = paid + cost
                number += 1
                ahead = sum(self._least(sum_number, more=more) for sum_number, _ in then)
                entry = (paid + cost + ahead, len(then), number, paid + cost, then, (*used, whom), (*steps, *taken))
                heapq.heappush(heap, entry)
        return None

    def _choices(
        self,
        off: _Off,
        used: Collection[object],
        signs: Mapping[object, int],
        moved: Mapping[int, int],
        need: int,
        *,
        more: bool,
    ) -> list[tuple[float, object, tuple[tuple[int, int], ...]]]:
        """Return whom the pattern can move with so that the first sum that is off holds: the cheapest, and those that set other sums right too."""
        first, by = min(off, key=lambda entry: len(self.table.sums[entry[0]].terms))
        others = dict(off)
        found: list[tuple[float, int, object, tuple[tuple[int, int], ...]]] = []
        closing: list[tuple[float, object, tuple[tuple[int, int], ...]]] = []
        for one, term_sign in self.table.sums[first].terms:
            whom, what = self.table.at[one]
            if whom in used or what not in signs:
                continue
            turn = signs[what] * (-term_sign if by > 0 else term_sign)
            column = self._columns[whom]
            cost = 0.0
            taken: list[tuple[int, int]] = []
            for each, sign in signs.items():
                cell = column.get(each)
                price = None if cell is None else self._cost(cell, sign * turn, moved, need, more=more)
                if cell is None or price is None:
                    break
                cost += price
                taken.append((cell, sign * turn))
            else:
                way = signs[what] * turn
                also = any(
                    number != first and others.get(number, 0) * sign_there * way < 0
                    for number, sign_there in self._of[one]
                )
                if also:
                    closing.append((cost, whom, tuple(taken)))
                else:
                    found.append((cost, len(found), whom, tuple(taken)))
        return [*closing, *((cost, whom, taken) for cost, _, whom, taken in heapq.nsmallest(_MOST_CHOICES, found))]

    def _room(self, step: tuple[int, int], moved: Mapping[int, int]) -> int:
        """Return how far a count can still go the way of a step."""
        cell, way = step
        return _NO_END if way > 0 else self.table.values[cell] + moved.get(cell, 0) - self._floor[cell]

    def _cost(
        self, cell: int, way: int, moved: Mapping[int, int], need: int, *, more: bool, own: bool = False
    ) -> float | None:
        """Return what it costs to move a count one way; None where it cannot be."""
        price = 0.0 if own else self._price(cell)
        if price is None or (price and not more):
            return None
        if way < 0:
            left = self._room((cell, way), moved)
            if left <= 0:
                return None
            if left < need:
                price *= 2  # what cannot give all that is needed brings another with it
        return price

    def _off(self, off: _Off, cell: int, way: int, *, within: bool = False) -> _Off:
        """Return which sums are off, and by how much, once a count has moved by one; of those within the same people alone, where asked."""
        amounts = dict(off)
        for number, sign in self._of[cell]:
            if within and not self._within[number]:
                continue
            amount = amounts.get(number, 0) + sign * way
            if amount:
                amounts[number] = amount
            else:
                del amounts[number]
        return tuple(sorted(amounts.items()))

    # --- what need not be hidden ----------------------------------------------------------------------------------------------------------------

    def show_needless(self) -> None:
        """Show again, the dearest first, what all others do without."""
        secondary = [cell for cell, why in self.hidden.items() if why and not self._is_small[cell]]
        for cell in sorted(secondary, key=lambda cell: (-self.table.prices[cell], cell))[:_TIDIED]:
            together = {cell, *self.table.twins.get(cell, ())}
            if all(self.hidden.get(one) for one in together) and not any(self._is_small[one] for one in together):
                self._try_without(together)

    def _try_without(self, together: Collection[int]) -> None:
        """Show counts again if those that lean on them stay safe without them."""
        leaning = {
            cell
            for ends in (self._low, self._high)
            for cell, (_, number) in ends.items()
            if any(one in self._alternatives[number] for one in together)
        }
        leaning = {cell for cell in leaning - set(together) if cell in self.hidden or cell in self.wanted_free}
        kept = (dict(self.hidden), dict(self._low), dict(self._high))
        for one in together:
            del self.hidden[one]
        for ends in (self._low, self._high):
            for cell in [*leaning, *together]:
                ends.pop(cell, None)
        self._cheapest = {}
        was_safe = [cell for cell in leaning if self._was_safe(cell, kept[1], kept[2])]
        for cell in was_safe:
            if not self.is_safe(cell):
                self._cover(cell, more=False)
            if not self.is_safe(cell):
                self.hidden, self._low, self._high = kept
                return

    def _was_safe(self, cell: int, low: Mapping[int, tuple[int, int]], high: Mapping[int, tuple[int, int]]) -> bool:
        up = self.rule.threshold - self.table.values[cell] if self._is_small[cell] else 0
        below, above = low.get(cell, (0, 0))[0], high.get(cell, (0, 0))[0]
        return above >= up and below + above >= self.rule.threshold
