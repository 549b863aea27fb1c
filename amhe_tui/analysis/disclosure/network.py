"""Tables whose numbers add up, as a network: how far each hidden number can move while everything shown stays as it is.

Every sum that a reader can check is a node, every number an arc that leads from one sum into another; numbers that add up are a flow that is kept at every node.
What a reader can work out about a hidden number is then how far its arc can rise and fall over arcs that are hidden too, without any going below its floor: a
maximum flow (Ford and Fulkerson 1956), and so exact in whole numbers. Two-way tables with margins, groups within groups, and both crossed are such networks
(Cox 1995, network models for complementary cell suppression).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arc:
    """One whole number of a table, part of the sum ``tail`` on one side and of ``head`` on the other."""

    tail: int
    head: int
    value: int


Step = tuple[int, int]
"""The place of an arc in its network, and 1 where it rises or -1 where it falls."""


class Network:
    """The numbers of one table.

    Args:
        arcs: The numbers; what goes into a node must come out of it.

    Raises:
        ValueError: A number is below 0, or the numbers do not add up.
    """

    def __init__(self, arcs: Sequence[Arc]) -> None:
        self.arcs = tuple(arcs)
        self._size = 1 + max((max(arc.tail, arc.head) for arc in self.arcs), default=-1)
        balance = [0] * self._size
        self._around: list[list[tuple[int, int, int]]] = [[] for _ in balance]
        for place, arc in enumerate(self.arcs):
            if arc.value < 0:
                raise ValueError(f"A count cannot be below 0, and here is {arc.value}.")
            balance[arc.tail] -= arc.value
            balance[arc.head] += arc.value
            self._around[arc.tail].append((place, arc.head, 1))
            self._around[arc.head].append((place, arc.tail, -1))
        if any(balance):
            raise ValueError("The numbers of the table do not add up to its totals.")

    def room(self, place: int, hidden: Collection[int], need: int, *, up: bool, floors: Sequence[int]) -> int:
        """Return by how much a hidden number may be higher (or lower) than it is for all a reader can tell, at most ``need``.

        Args:
            place: The number asked about.
            hidden: The places of all hidden numbers, this one among them.
            need: Beyond this nothing is looked for.
            up: Higher, or else lower.
            floors: The least that each number can be.
        """
        values = [arc.value for arc in self.arcs]
        arc = self.arcs[place]
        start, goal = (arc.head, arc.tail) if up else (arc.tail, arc.head)
        limit = need if up else min(need, arc.value - floors[place])
        moved = 0
        while moved < limit:
            path = self._any_path(values, (start, goal), hidden, floors, place)
            if path is None:
                break
            moved += push(values, path, floors, limit - moved)
        return moved

    def _any_path(
        self, values: Sequence[int], ends: tuple[int, int], hidden: Collection[int], floors: Sequence[int], without: int
    ) -> list[Step] | None:
        start, goal = ends
        came: dict[int, tuple[int, Step]] = {start: (start, (-1, 0))}
        waiting = [start]
        for node in waiting:
            for place, other, sign in self._around[node]:
                if other in came or place == without or place not in hidden:
                    continue
                if sign < 0 and values[place] <= floors[place]:
                    continue
                came[other] = (node, (place, sign))
                if other == goal:
                    return _back(came, start, goal)
                waiting.append(other)
        return [] if start == goal else None

    def cheapest_path(
        self,
        values: Sequence[int],
        ends: tuple[int, int],
        price: Callable[[int, int], float | None],
        floors: Sequence[int],
        without: int,
    ) -> list[Step] | None:
        """Return the steps of least price from one node to another, or None where there is no way (Dijkstra 1959).

        Args:
            values: What each number has come to so far.
            ends: From which node to which.
            price: What it costs to use the arc at a place, given the way (1 up, -1 down); None where it may not be used.
            floors: The least that each number can be.
            without: The arc that the path closes, and so may not use.
        """
        start, goal = ends
        best: dict[int, float] = {start: 0.0}
        came: dict[int, tuple[int, Step]] = {start: (start, (-1, 0))}
        heap: list[tuple[float, int]] = [(0.0, start)]
        while heap:
            paid, node = heapq.heappop(heap)
            if node == goal:
                return _back(came, start, goal)
            if paid > best[node]:
                continue
            for place, other, sign in self._around[node]:
                if place == without or (sign < 0 and values[place] <= floors[place]):
                    continue
                cost = price(place, sign)
                if cost is not None and paid + cost < best.get(other, float("inf")):
                    best[other] = paid + cost
                    came[other] = (node, (place, sign))
                    heapq.heappush(heap, (paid + cost, other))
        return None


def push(values: list[int], path: Sequence[Step], floors: Sequence[int], most: int) -> int:
    """Move as much as fits, at most ``most``, along the path; return how much it was."""
    amount = min([most, *(values[place] - floors[place] for place, sign in path if sign < 0)])
    for place, sign in path:
        values[place] += sign * amount
    return amount


def _back(came: dict[int, tuple[int, Step]], start: int, goal: int) -> list[Step]:
    path: list[Step] = []
    node = goal
    while node != start:
        node, step = came[node]
        path.append(step)
    return path[::-1]
