"""Secondary suppression: which numbers must be hidden with the small ones, so that none of them can be worked out from what is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from amhe_tui.analysis.disclosure.network import Network, push


@dataclass(frozen=True)
class Aim:
    """What is to be kept from a reader.

    Attributes:
        small: The places of the numbers that must be hidden; one that is not below the threshold has only to be kept from being known exactly.
        never: The places of numbers that are known whatever is done.
        free: The places of numbers that are shown nowhere, and so hide nothing by being left out.
        price: What it costs the reader to lose each number.
        threshold: A reader must not be able to tell that a hidden number is below this.
        zero_is_small: Whether a hidden number can be 0; where zeros are shown, a reader knows that what is hidden is at least 1.
    """

    small: frozenset[int]
    never: frozenset[int]
    free: frozenset[int]
    price: Sequence[float]
    threshold: int
    zero_is_small: bool


@dataclass(frozen=True)
class Protection:
    """What is hidden.

    Attributes:
        hidden: The places of all hidden numbers, small ones and those hidden with them.
        exposed: Small ones that can be worked out although they are hidden, because the known totals allow one value only.
        narrow: Small ones that the known totals keep within a range narrower than the threshold, or below it, without telling what they are.
    """

    hidden: frozenset[int]
    exposed: frozenset[int]
    narrow: frozenset[int]


def protect(network: Network, aim: Aim) -> Protection:
    """Return the numbers to hide: those that are small, and with each the cheapest secondary ones that leave it open.

    For every small number, ways are sought on which it could be at least as high as the threshold and within a range as wide as the threshold. Secondary numbers that turn
    out to be needless once all are chosen are shown again, the dearest first.
    """
    search = _Search(network, aim)
    for place in sorted(aim.small, key=lambda place: (-network.arcs[place].value, place)):
        search.cover(place)
    search.show_needless()
    met = {place: search.state(place) for place in aim.small}
    return Protection(
        frozenset(search.hidden),
        frozenset(place for place, (_, width) in met.items() if width == 0),
        frozenset(
            place for place, (high, width) in met.items() if width and not (high and width >= search.wanted(place))
        ),
    )


class _Search:
    """Secondary suppression as it is worked out, one small number after another."""

    def __init__(self, network: Network, aim: Aim) -> None:
        self.network = network
        self.aim = aim
        self.hidden: set[int] = set(aim.small)
        self._nothing = [0] * len(network.arcs)
        # A reader who sees zeros elsewhere knows that a hidden number is none; a zero that had to be hidden keeps that open.
        self._known = [
            0 if aim.zero_is_small or place in aim.free else min(1, arc.value) for place, arc in enumerate(network.arcs)
        ]

    def _open(self) -> Collection[int]:
        return self.hidden | self.aim.free

    def wanted(self, place: int) -> int:
        """Return how wide the range of a hidden number has to be."""
        return self.aim.threshold if self.network.arcs[place].value < self.aim.threshold else 1

    def state(self, place: int) -> tuple[bool, int]:
        """Tell whether a hidden number could be at the threshold for all a reader knows, and how wide its range is, at most as wide as it has to be."""
        need, hidden, value = self.wanted(place), self._open(), self.network.arcs[place].value
        wanted = self.aim.threshold - value
        high = self.network.room(place, hidden, wanted, up=True, floors=self._known) >= wanted
        below = self.network.room(place, hidden, need, up=False, floors=self._nothing)
        above = self.network.room(place, hidden, need - below, up=True, floors=self._nothing)
        return high, below + above

    def cover(self, place: int) -> None:
        """Hide what a small number needs around it."""
        high, width = self.state(place)
        if not high:
            self._widen(place, self.aim.threshold - self.network.arcs[place].value, self._known)
            high, width = self.state(place)
        need = self.wanted(place)
        if width < need:
            below = self.network.room(place, self._open(), need, up=False, floors=self._nothing)
            self._widen(place, need - below, self._nothing)
            high, width = self.state(place)
        if width == 0:
            self._loosen(place)

    def _widen(self, place: int, need: int, floors: Sequence[int], *, up: bool = True) -> None:
        values = [arc.value for arc in self.network.arcs]
        arc = self.network.arcs[place]
        ends = (arc.head, arc.tail) if up else (arc.tail, arc.head)
        taken: set[int] = set()
        moved = 0

        def price(other: int, sign: int) -> float | None:
            if other in self.hidden or other in self.aim.free or other in taken:
                return 0.0
            if other in self.aim.never:
                return None
            # A secondary number that cannot give all that is needed brings another with it.
            short = sign < 0 and self.network.arcs[other].value - floors[other] < need - moved
            return self.aim.price[other] * (2 if short else 1)

        while moved < need:
            path = self.network.cheapest_path(values, ends, price, floors, place)
            if path is None:
                break
            moved += push(values, path, floors, need - moved)
            taken |= {other for other, _ in path}
        self.hidden |= taken - self.aim.free

    def _loosen(self, place: int) -> None:
        """Leave a number that cannot rise at all at least the chance to be lower."""
        self._widen(place, min(1, self.network.arcs[place].value), self._nothing, up=False)

    def _is_kept(self, wanted: dict[int, tuple[bool, int]]) -> bool:
        hidden = self._open()
        for place, (high, width) in wanted.items():
            now = self.state(place)
            if now[0] < high or now[1] < width:
                return False
        return all(self._moves(place, hidden) for place in self.hidden - self.aim.small)

    def _moves(self, place: int, hidden: Collection[int]) -> bool:
        return any(self.network.room(place, hidden, 1, up=up, floors=self._nothing) for up in (True, False))

    def show_needless(self) -> None:
        """Show secondary numbers again, the dearest first, where all that was reached stays so."""
        wanted = {place: self.state(place) for place in self.aim.small}
        secondary = sorted(self.hidden - self.aim.small, key=lambda place: (-self.aim.price[place], place))
        for place in secondary:
            self.hidden.discard(place)
            if not self._is_kept(wanted):
                self.hidden.add(place)
