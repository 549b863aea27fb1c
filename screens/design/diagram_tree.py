"""A driver diagram or theory of change as a tree in text, and what to mind about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.method.choices import DiagramKind, NodeLevel, label_of
from amhe_tui.text import one_line
from store.records import DiagramLink, DiagramNode

LEVELS = {
    DiagramKind.DRIVER: (NodeLevel.AIM, NodeLevel.PRIMARY, NodeLevel.SECONDARY, NodeLevel.CHANGE_IDEA),
    DiagramKind.THEORY: (
        NodeLevel.IMPACT,
        NodeLevel.LONG,
        NodeLevel.MEDIUM,
        NodeLevel.SHORT,
        NodeLevel.OUTPUT,
        NodeLevel.ACTIVITY,
        NodeLevel.INPUT,
        NodeLevel.NEED,
    ),
}


_DATE = re.compile(
    r"\b(?:20\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


_YEAR = re.compile(r"\b20\d\d\b")


_NUMBER = re.compile(
    r"\d|\b(?:half|third|quarter|twice|double|none|every|all|one|two|three|four|five|ten)\b", re.IGNORECASE
)


_MOST_PRIMARY, _FEWEST_PRIMARY = 5, 2


@dataclass(frozen=True)
class Row:
    """One line of a drawn tree.

    Attributes:
        node: The box.
        lines: What is drawn before it, such as ``│  ├─ ``.
        parents: How many boxes it leads to; with more than one it is drawn under each.
        again: Whether it was drawn in full above, so that what is below it is left out here.
        circle: Whether the arrows lead from it back to itself.
    """

    node: DiagramNode
    lines: str
    parents: int
    again: bool = False
    circle: bool = False


class Diagram:
    """The boxes and arrows of one diagram, as the file holds them.

    Args:
        kind: Which of the two diagrams.
        nodes: Boxes; those of the other diagram are left out.
        links: Arrows; those with an end that is not here are left out.
    """

    def __init__(self, kind: DiagramKind, nodes: Sequence[DiagramNode], links: Sequence[DiagramLink]) -> None:
        self.kind = kind
        self.nodes = {node.id: node for node in nodes if node.diagram == kind.value}
        self.links = [
            arrow
            for arrow in links
            if arrow.cause_id in self.nodes and arrow.effect_id in self.nodes and arrow.cause_id != arrow.effect_id
        ]

    def causes(self, node_id: str) -> list[DiagramNode]:
        """Return the boxes that lead to a box, each once."""
        return self._others([arrow.cause_id for arrow in self.links if arrow.effect_id == node_id])

    def effects(self, node_id: str) -> list[DiagramNode]:
        """Return the boxes that a box leads to, each once."""
        return self._others([arrow.effect_id for arrow in self.links if arrow.cause_id == node_id])

    def _others(self, keys: Sequence[str | None]) -> list[DiagramNode]:
        order = [level.value for level in LEVELS[self.kind]]
        boxes = [self.nodes[key] for key in dict.fromkeys(keys) if key]
        return sorted(boxes, key=lambda box: order.index(box.level) if box.level in order else len(order))

    def at(self, level: NodeLevel) -> list[DiagramNode]:
        """Return the boxes of a level."""
        return [node for node in self.nodes.values() if node.level == level.value]

    def upstream(self, node_id: str) -> set[str]:
        """Return the keys of every box that leads to a box, at any distance."""
        above: set[str] = set()
        waiting = [node_id]
        while waiting:
            for cause in self.causes(waiting.pop()):
                if cause.id not in above:
                    above.add(cause.id)
                    waiting.append(cause.id)
        return above

    def can_lead_to(self, node_id: str) -> list[DiagramNode]:
        """Return the boxes an arrow may be drawn to: not those it leads to already, and none that would close a circle."""
        shut = {node_id, *(effect.id for effect in self.effects(node_id)), *self.upstream(node_id)}
        return [node for node in self.nodes.values() if node.id not in shut]

    def rows(self) -> list[Row]:
        """Return the lines of the tree, from what is wanted down to what brings it about."""
        rows: list[Row] = []
        drawn: set[str] = set()
        order = [level.value for level in LEVELS[self.kind]]
        first = sorted(
            self.nodes.values(), key=lambda node: order.index(node.level) if node.level in order else len(order)
        )
        for node in [box for box in first if not self.effects(box.id)]:
            self._draw(node, "", "", rows, drawn, ())
        for node in first:  # only boxes in a circle are left, with nothing above them
            if node.id not in drawn:
                self._draw(node, "", "", rows, drawn, ())
        return rows

    def _draw(
        self, node: DiagramNode, lines: str, below: str, rows: list[Row], drawn: set[str], path: tuple[str, ...]
    ) -> None:
        causes = self.causes(node.id)
        circle, again = node.id in path, node.id in drawn and bool(causes)
        rows.append(Row(node, lines, len(self.effects(node.id)), again and not circle, circle))
        if circle or again:
            return
        drawn.add(node.id)
        for place, cause in enumerate(causes):
            last = place == len(causes) - 1
            self._draw(
                cause,
                below + ("└─ " if last else "├─ "),
                below + ("   " if last else "│  "),
                rows,
                drawn,
                (*path, node.id),
            )


def advice(diagram: Diagram) -> list[str]:
    """Return what to mind about a diagram, a sentence a line; nothing where all is well or there is no box yet."""
    if not diagram.nodes:
        return []
    lines = _driver_advice(diagram) if diagram.kind is DiagramKind.DRIVER else _theory_advice(diagram)
    ends = {LEVELS[diagram.kind][0].value}
    loose = [node for node in diagram.nodes.values() if node.level not in ends and not diagram.effects(node.id)]
    lines += [f"{_named(node)} leads to nothing yet: mark it and press l." for node in loose]
    if any(row.circle for row in diagram.rows()):
        lines.append("The arrows go round in a circle somewhere: take one of them away with x.")
    for level in LEVELS[diagram.kind]:
        boxes = diagram.at(level)
        if boxes and not any(box.measure.strip() for box in boxes) and level is not NodeLevel.NEED:
            lines.append(f"No box at the level {level.label} says how you would know: give at least one a measure.")
    without = [arrow for arrow in diagram.links if not arrow.why.strip()]
    if without:
        lines.append(
            f"{len(without)} of {len(diagram.links)} arrows do not say why one leads to the other; each is a belief that can be wrong."
        )
    return lines


def _driver_advice(diagram: Diagram) -> list[str]:
    lines: list[str] = []
    aims = diagram.at(NodeLevel.AIM)
    if len(aims) != 1:
        lines.append(
            "There is no aim yet: how much, for whom, by when."
            if not aims
            else f"There are {len(aims)} aims; one diagram serves one aim best."
        )
    for aim in aims:
        if not _NUMBER.search(_YEAR.sub("", aim.title)):
            lines.append(f"{_named(aim)} has no number: how much is to change?")
        if not _DATE.search(aim.title):
            lines.append(f"{_named(aim)} has no date: by when?")
    primary = diagram.at(NodeLevel.PRIMARY)
    if primary and not _FEWEST_PRIMARY <= len(primary) <= _MOST_PRIMARY:
        lines.append(
            f"There {'is' if len(primary) == 1 else 'are'} {len(primary)} primary driver{'' if len(primary) == 1 else 's'}; two to five keep a diagram readable."
        )
    for driver in primary:
        if not any(cause.level == NodeLevel.SECONDARY.value for cause in diagram.causes(driver.id)):
            lines.append(f"{_named(driver)} has no secondary driver: what has to be in place for it?")
    for idea in diagram.at(NodeLevel.CHANGE_IDEA):
        if diagram.effects(idea.id) and not any(
            effect.level == NodeLevel.SECONDARY.value for effect in diagram.effects(idea.id)
        ):
            lines.append(f"{_named(idea)} does not act on a secondary driver: which one would it move?")
    return lines


def _theory_advice(diagram: Diagram) -> list[str]:
    lines: list[str] = []
    if not diagram.at(NodeLevel.IMPACT):
        lines.append("There is no impact yet: begin at the end, with what is to be different for people.")
    if not diagram.at(NodeLevel.NEED):
        lines.append("There is no need yet: what is the situation this starts from?")
    if diagram.links and not any(arrow.unintended.strip() for arrow in diagram.links):
        lines.append("No arrow says what could go wrong: who might lose by it?")
    return lines


def _named(node: DiagramNode) -> str:
    return f"{label_of(NodeLevel, node.level)} “{one_line(node.title)}”"
