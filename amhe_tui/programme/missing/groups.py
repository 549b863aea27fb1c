"""Groups that a code list has and the data lack: source by source, and against the fullest list of a characteristic."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from amhe_tui.analysis.completeness import is_combined
from amhe_tui.method.groups.characteristics import characteristic, recognise
from amhe_tui.method.groups.labels import Scheme, best_scheme, is_unknown, scheme, scheme_title
from store.evidence.datasets import VISIBLE
from store.records import DataSource
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
    by_label: dict[tuple[str, str, str, str], set[str]] = {}
    for source, heading, label, level, quantity in rows:
        by_label.setdefault((str(source), str(heading), str(label), str(level)), set()).add(str(quantity))
    return [Label(*key, frozenset(quantities)) for key, quantities in by_label.items()]


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
        statuses: dict[str, list[str]] = {}
        rows = raw.execute(
            f"SELECT DISTINCT d.source_id, m.status FROM marker m JOIN dataset d ON d.key = m.dataset WHERE m.dataset IN ({VISIBLE})"
        )
        for source, status in rows:
            statuses.setdefault(str(source), []).append(str(status))
        return statuses

    return workspace.remembered("markers by source", read)


_FULLEST = {
    "race": "ethnicity_census_2021",
    "religion": "religion_census_2021",
    "sexual_orientation": "sexual_orientation_census_2021",
    "gender_reassignment": "gender_identity_census",
}
"""By characteristic, the list against which it is told whom no source here names."""


@dataclass(frozen=True)
class GroupGap:
    """What a code list has and some sources lack.

    Attributes:
        code, characteristic: What the groups divide people by.
        sources: Titles of the sources; none for a list that no source here follows.
        scheme_id, scheme: The list.
        absent: Its groups that these sources lack.
        nowhere: Those of them that no source here has.
        broad_only: Whether only broad groups are there, so that nobody within them can be seen.
    """

    code: str
    characteristic: str
    sources: tuple[str, ...]
    scheme_id: str
    scheme: str
    absent: tuple[str, ...]
    nowhere: tuple[str, ...]
    broad_only: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return asdict(self) | {"words": self.words}

    @property
    def words(self) -> str:
        """What is lacking, in a sentence or two."""
        parts: list[str] = []
        if not self.sources:
            return f"{self.scheme} has {', '.join(self.absent)}; no source here does."
        if self.absent:
            parts.append(f"Its list ({self.scheme}) has {', '.join(self.absent)}; these figures do not.")
        elsewhere = [label for label in self.absent if label not in self.nowhere]
        if elsewhere:
            parts.append(f"Another source here has {', '.join(elsewhere)}.")
        if self.broad_only:
            parts.append("Only broad groups are told apart; nobody within them can be seen.")
        return " ".join(parts)


def group_gaps(workspace: Workspace, labels: Sequence[Label]) -> list[GroupGap]:
    """Return what is lacking, characteristic by characteristic; sources that lack the same stand together."""
    titles = {source.id: source.title for source in workspace.list(DataSource)}
    by_code: dict[str, list[Label]] = {}
    for label in labels:
        code = recognise(label.characteristic)
        if code is not None and not label.unknown:
            by_code.setdefault(code.code, []).append(label)
    return [gap for code, own_labels in by_code.items() for gap in _of_code(code, own_labels, titles)]


def lists_followed(labels: Sequence[Label]) -> dict[str, dict[str, list[str]]]:
    """Return the titles of the lists that sources follow, by the name of the characteristic, each with the ids of the sources."""
    columns: dict[tuple[str, str], list[str]] = {}
    for label in labels:
        if not label.unknown:
            columns.setdefault((label.source_id, label.characteristic), []).append(label.label)
    followed: dict[str, dict[str, list[str]]] = {}
    for (source, heading), own_labels in columns.items():
        code = recognise(heading)
        fits = best_scheme(heading, own_labels) if code else ""
        if code and fits:
            followed.setdefault(code.label, {}).setdefault(scheme_title(fits), []).append(source)
    return followed


def _of_code(code: str, labels: list[Label], titles: dict[str, str]) -> list[GroupGap]:
    by_source: dict[tuple[str, str], list[Label]] = {}
    for label in labels:
        by_source.setdefault((label.source_id, label.characteristic), []).append(label)
    everything = [label.label for label in labels]
    lacking: dict[tuple[str, tuple[str, ...], bool], list[str]] = {}
    followed: dict[str, None] = {}
    for (source, heading), own_labels in by_source.items():
        fits = best_scheme(heading, [label.label for label in own_labels])
        if not fits or fits == "age_bands":
            continue
        followed[fits] = None
        absent, broad_only = _absent(scheme(fits), [label.label for label in own_labels])
        finer = broad_only and _is_parted(code)
        if absent or finer:
            lacking.setdefault((fits, absent, finer), []).append(titles.get(source, ""))
    gaps = [_gap(code, tuple(dict.fromkeys(sources)), *key, everything) for key, sources in lacking.items()]
    newer = _newer(code, everything, list(followed))
    return [*gaps, newer] if newer else gaps


def _is_parted(code: str) -> bool:
    """Tell whether the fullest list of a characteristic has groups within groups."""
    return code in _FULLEST and any(group.level == "detailed" for group in scheme(_FULLEST[code]).groups)


def _gap(
    code: str, sources: tuple[str, ...], fits: str, absent: tuple[str, ...], broad_only: bool, everything: list[str]
) -> GroupGap:
    group_list = scheme(fits)
    has = {group.label for label in everything if (group := group_list.find(label)) is not None}
    nowhere = tuple(label for label in absent if label not in has)
    return GroupGap(code, characteristic(code).label, sources, fits, group_list.title, absent, nowhere, broad_only)


def _absent(group_list: Scheme, labels: list[str]) -> tuple[tuple[str, ...], bool]:
    """Return the groups of a list that labels lack, and whether only broad groups are there."""
    groups = [group for label in labels if (group := group_list.find(label)) is not None]
    names = {group.label for group in groups}
    parents = {group.parent for group in groups if group.parent}
    detailed = any(group.level == "detailed" for group in groups)
    absent = [
        group.label
        for group in group_list.groups
        if group.level in ("broad", "detailed")
        and group.label not in names
        and (
            group.level == "detailed"
            if detailed and _has_parts(group_list, group.label, group.level)
            else group.level == "broad"
        )
        and group.label not in parents
    ]
    return tuple(absent), not detailed


def _has_parts(group_list: Scheme, label: str, level: str) -> bool:
    return level == "detailed" or any(group.parent == label for group in group_list.groups)


def _newer(code: str, everything: list[str], followed: list[str]) -> GroupGap | None:
    """Return what the fullest list of a characteristic has and no source here does, where no source follows that list."""
    if code not in _FULLEST or _FULLEST[code] in followed:
        return None
    group_list = scheme(_FULLEST[code])
    lacking, broad_only = _absent(group_list, everything)
    # What a list that is followed has too, is told beside that list; who is left among others has no name to be found by.
    absent = tuple(
        label
        for label in lacking
        if not is_combined(label) and not any(scheme(other).find(label) for other in followed)
    )
    if not absent or (broad_only and _is_parted(code)):
        return None
    return GroupGap(
        code, characteristic(code).label, (), group_list.id, group_list.title, absent, absent, broad_only=False
    )
