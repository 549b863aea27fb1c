"""Labels of groups and places that could be one in several sources: offered with a reason, joined only when a person says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from amhe_tui.method.choices import JoinKind
from amhe_tui.method.label_drift import Join, drifted, drifted_organisations
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
        found += _offers(JoinKind.GROUP, characteristic, drifted(labels))
    for kind in places.values():
        found += _offers(JoinKind.PLACE, "", drifted_organisations(kind))
    return [one for one in found if frozenset((one.label, one.joined_to)) not in settled]


def _offers(kind: str, characteristic: str, joins: tuple[Join, ...]) -> list[Offer]:
    return [
        Offer(kind, characteristic, label, join.labels[0], join.quality, join.reason)
        for join in joins
        for label in join.labels[1:]
    ]


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
_Places = Mapping[str, Mapping[str, list[tuple[str, str]]]]
_MOST_ROWS = 1_500_000
"""A data set of more rows than this is taken as one source, because looking which label is in which of its years takes too long."""


def _labels(raw: sqlite3.Connection) -> tuple[Mapping[str, _Labels], _Places]:
    """Return the labels of each characteristic by source and year, and the codes and names of each kind of place by source."""
    groups: dict[str, dict[str, list[str]]] = {}
    for dataset, title, rows in raw.execute(
        f"SELECT d.key, s.title, d.rows FROM dataset d JOIN data_source s ON s.id = d.source_id WHERE d.key IN ({VISIBLE})"
    ).fetchall():
        for characteristic, label, period in _labels_of(raw, int(dataset), int(rows)):
            groups.setdefault(characteristic, {}).setdefault(f"{title}, {period}".strip(", "), []).append(label)
    places: dict[str, dict[str, list[tuple[str, str]]]] = {}
    rows_of_places = raw.execute(
        "SELECT DISTINCT s.title || ', ' || s.period, a.type, a.code, a.name FROM covered_area v JOIN area a ON a.key = v.area"
        f" JOIN dataset d ON d.key = v.dataset JOIN data_source s ON s.id = d.source_id WHERE v.dataset IN ({VISIBLE})"
    )
    for source, kind, code, name in rows_of_places:
        places.setdefault(str(kind), {}).setdefault(str(source), []).append((str(code), str(name)))
    return groups, places


def _labels_of(raw: sqlite3.Connection, dataset: int, rows: int) -> list[tuple[str, str, str]]:
    """Return characteristic, label and period; the period is blank where the data set has one only, or is too large to look."""
    periods = raw.execute("SELECT count(DISTINCT period) FROM run WHERE dataset = ?", (dataset,)).fetchone()[0]
    if periods > 1 and rows <= _MOST_ROWS:
        query = (
            "WITH there AS (SELECT DISTINCT o.category, r.period FROM run r JOIN observed o ON o.key BETWEEN r.first AND r.last WHERE r.dataset = ?)"
            " SELECT DISTINCT c.characteristic, c.label, p.label FROM there t JOIN category c ON c.key = t.category JOIN period p ON p.key = t.period"
            " WHERE c.level <> 'total'"
        )
    else:
        query = (
            "SELECT DISTINCT c.characteristic, c.label, '' FROM covered_category v JOIN category c ON c.key = v.category"
            " WHERE v.dataset = ? AND c.level <> 'total'"
        )
    return [(str(name), str(label), str(period)) for name, label, period in raw.execute(query, (dataset,))]
