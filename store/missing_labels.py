"""The labels of a programme's data, with the sources and indicators that have them: told from what is covered, without reading a figure."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from amhe_tui.method.schemes import is_unknown
from store.bulk import VISIBLE
from store.workspace import Workspace


@dataclass(frozen=True)
class Label:
    """One group of one source.

    Attributes:
        source_id: The data source.
        characteristic: Its own heading.
        label: The group.
        level: broad, detailed or unknown.
        quantities: Ids of the indicators that are there for it.
    """

    source_id: str
    characteristic: str
    label: str
    level: str
    quantities: frozenset[str]

    @property
    def unknown(self) -> bool:
        """Whether it stands for people whose group is not known, whatever level the file put it on."""
        return self.level == "unknown" or is_unknown(self.label)


@dataclass(frozen=True)
class Named:
    """An indicator of a source, by its name."""

    source_id: str
    id: str
    name: str


def labels_of(workspace: Workspace) -> list[Label]:
    """Return the groups of everybody, not those within another group, in the order they came; totals are left out."""
    return workspace.remembered("labels of groups", _labels)


def _labels(raw: sqlite3.Connection) -> list[Label]:
    rows = raw.execute(
        "SELECT d.source_id, c.characteristic, c.label, c.level, q.id FROM covered_category v JOIN category c ON c.key = v.category"
        f" JOIN quantity q ON q.key = v.quantity JOIN dataset d ON d.key = v.dataset WHERE v.dataset IN ({VISIBLE})"
        " AND c.level <> 'total' AND c.within = '' ORDER BY v.dataset, c.key"
    )
    found: dict[tuple[str, str, str, str], set[str]] = {}
    for source, heading, label, level, quantity in rows:
        found.setdefault((str(source), str(heading), str(label), str(level)), set()).add(str(quantity))
    return [Label(*key, frozenset(quantities)) for key, quantities in found.items()]


def named_of(workspace: Workspace) -> list[Named]:
    """Return the indicators of each source."""
    return workspace.remembered("indicators by source", _named)


def _named(raw: sqlite3.Connection) -> list[Named]:
    rows = raw.execute(
        "SELECT DISTINCT d.source_id, q.id, q.name FROM run r JOIN quantity q ON q.key = r.quantity JOIN dataset d ON d.key = r.dataset"
        f" WHERE r.dataset IN ({VISIBLE}) ORDER BY d.key, q.key"
    )
    return [Named(str(source), str(identity), str(name)) for source, identity, name in rows]


def marked_of(workspace: Workspace) -> dict[str, list[str]]:
    """Return why figures are not there, by source: suppressed, not collected and so on."""

    def read(raw: sqlite3.Connection) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        rows = raw.execute(
            f"SELECT DISTINCT d.source_id, m.status FROM marker m JOIN dataset d ON d.key = m.dataset WHERE m.dataset IN ({VISIBLE})"
        )
        for source, status in rows:
            found.setdefault(str(source), []).append(str(status))
        return found

    return workspace.remembered("markers by source", read)
