"""Labels of groups and places that could be one in several sources: offered with a reason, joined only when a person says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from amhe_tui.method.choices import JoinKind
from amhe_tui.method.label_drift import drifted, drifted_places
from store.bulk import VISIBLE
from store.records import LabelJoin
from store.workspace import Workspace


@dataclass(frozen=True)
class Offer:
    """Two labels that could be one.

    Attributes:
        kind: A group of people or a place.
        characteristic: For a group, by which characteristic.
        label, joined_to: The two labels.
        quality: How well they fit: exact, broader or lossy.
        reason: Why they could be one, in plain words.
    """

    kind: str
    characteristic: str
    label: str
    joined_to: str
    quality: str
    reason: str


def offered(workspace: Workspace) -> list[Offer]:
    """Return what could be joined and has not been, groups before places."""
    settled = {frozenset((one.label, one.joined_to)) for one in workspace.list(LabelJoin)}
    by_characteristic, places = workspace.read(_labels)
    found: list[Offer] = []
    for characteristic, labels in by_characteristic.items():
        found += [
            Offer(JoinKind.GROUP, characteristic, one.label, one.joined_to, one.quality, one.reason)
            for one in drifted(labels)
        ]
    found += [
        Offer(JoinKind.PLACE, "", one.label, one.joined_to, one.quality, one.reason) for one in drifted_places(places)
    ]
    return [one for one in found if frozenset((one.label, one.joined_to)) not in settled]


def accept(workspace: Workspace, offer: Offer) -> LabelJoin:
    """Join two labels, because a person has said that they are one; undo parts them again."""
    join = LabelJoin(
        kind=offer.kind,
        characteristic=offer.characteristic,
        label=offer.label,
        joined_to=offer.joined_to,
        quality=offer.quality,
        reason=offer.reason,
    )
    with workspace.change(f"Join “{offer.label}” and “{offer.joined_to}”") as change:
        change.add(join)
    return join


_Labels = Mapping[str, list[str]]


def _labels(raw: sqlite3.Connection) -> tuple[Mapping[str, _Labels], Mapping[str, list[tuple[str, str]]]]:
    """Return the labels of each characteristic by source and period, and the codes and names of places by the same."""
    groups: dict[str, dict[str, list[str]]] = {}
    rows = raw.execute(
        "SELECT DISTINCT c.characteristic, s.title || ' ' || s.period, c.label FROM covered_category v JOIN category c ON c.key = v.category"
        f" JOIN dataset d ON d.key = v.dataset JOIN data_source s ON s.id = d.source_id WHERE v.dataset IN ({VISIBLE}) AND c.level <> 'total'"
    )
    for characteristic, source, label in rows:
        groups.setdefault(str(characteristic), {}).setdefault(str(source), []).append(str(label))
    places: dict[str, list[tuple[str, str]]] = {}
    rows = raw.execute(
        "SELECT DISTINCT s.title || ' ' || s.period, a.code, a.name FROM covered_area v JOIN area a ON a.key = v.area"
        f" JOIN dataset d ON d.key = v.dataset JOIN data_source s ON s.id = d.source_id WHERE v.dataset IN ({VISIBLE})"
    )
    for source, code, name in rows:
        places.setdefault(str(source), []).append((str(code), str(name)))
    return groups, places
