"""The register of data sources: where each comes from, how whole it is, which findings rest on it, and what a newer edition changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.method.audience import Audience
from amhe_tui.method.choices import JoinKind
from amhe_tui.method.groups.drift import Join, drifted, drifted_organisations
from amhe_tui.programme.breakdowns import sources_of
from amhe_tui.programme.findings import title_seen
from amhe_tui.programme.guard import source_mark, unguarded_sets
from amhe_tui.programme.missing.board import disclosed_board
from store.evidence.datasets import VISIBLE, read_figure
from store.records import DataSource, Finding, LabelJoin, faces
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
    settled = {frozenset((join.label, join.joined_to)) for join in workspace.list(LabelJoin)}
    by_characteristic, places = workspace.read(_labels)
    offers: list[Offer] = []
    for characteristic, labels in by_characteristic.items():
        offers += _offers(JoinKind.GROUP, characteristic, drifted(labels))
    for kind in places.values():
        offers += _offers(JoinKind.PLACE, "", drifted_organisations(kind))
    return [offer for offer in offers if frozenset((offer.label, offer.joined_to)) not in settled]


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


_EXAMPLES = 5


@dataclass(frozen=True)
class SourceLine:
    """One data source.

    Attributes:
        id, title, kind, publisher, period, geography, licence, file_name, content_hash, layout: As registered.
        rows, set_aside: Rows that came in, and that could not be read.
        figures, missing: Figures in all, and those without a number by the reason.
        completeness: Share of people whose group is known, by characteristic, from counts; from 0 to 1.
        findings: Titles of the findings that rest on it.
        replaces, replaced_by: Titles of the edition before and after it.
        schemes, watch: By which code lists its groups are named, and what is odd about it.
    """

    id: str
    title: str
    kind: str
    publisher: str
    period: str
    geography: str
    licence: str
    file_name: str
    content_hash: str
    layout: str
    rows: int | None
    set_aside: int
    figures: int
    missing: Mapping[str, int]
    completeness: Mapping[str, float]
    findings: tuple[str, ...]
    replaces: str
    replaced_by: str
    schemes: str
    watch: str

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it; shares in whole per cent, because exact ones give small numbers away."""
        return {**asdict(self), "completeness": {name: round(share, 2) for name, share in self.completeness.items()}}

    @property
    def known(self) -> float | None:
        """The share of its figures that hold a number, from 0 to 1; None where nothing was read."""
        return None if not self.figures else 1 - sum(self.missing.values()) / self.figures


def sources(workspace: Workspace) -> list[SourceLine]:
    """Return every data source, the newest first."""
    records = workspace.list(DataSource)
    titles = {source.id: source.title for source in records}
    replaced_by = {source.replaces_id: source.title for source in records if source.replaces_id}
    resting: dict[str, list[str]] = {}
    for finding in workspace.list(Finding):
        for source in workspace.linked(finding.id, "sources"):
            resting.setdefault(source, []).append(finding.title)
    counted = workspace.read(_counted)
    return [
        SourceLine(
            **{name: getattr(source, name) for name in _PLAIN},
            set_aside=source.set_aside or 0,
            figures=counted.get(source.id, (0, {}, {}))[0],
            missing=counted.get(source.id, (0, {}, {}))[1],
            completeness=counted.get(source.id, (0, {}, {}))[2],
            findings=tuple(resting.get(source.id, ())),
            replaces=titles.get(source.replaces_id or "", ""),
            replaced_by=replaced_by.get(source.id, ""),
        )
        for source in sorted(records, key=lambda source: source.id, reverse=True)
    ]


def disclosed_sources(workspace: Workspace, policy: Policy) -> list[SourceLine]:
    """Return every data source as an audience may see it.

    How complete a source is comes from breakdowns that went through the door of the numbers; titles of findings hold the numbers that may be seen; a mark that nobody
    else can work out stands for the hash of a file; and what is for boards only is left out for the public.
    """
    lines = sources(workspace)
    if policy.raw:
        return lines
    raw_sources = set(unguarded_sets(workspace).values())
    records = {source.id: source for source in workspace.list(DataSource)}
    seen = [line for line in disclosed_board(workspace, policy).completeness if line.share is not None]
    held = {indicator: sources_of(workspace, indicator) for indicator in {line.indicator_id for line in seen}}
    titles: dict[str, list[str]] = {}
    for finding in workspace.list(Finding):
        linked = workspace.linked(finding.id, "sources")
        title = title_seen(workspace, finding, policy) if linked else ""
        for source in linked:
            titles.setdefault(source, []).append(title)
    hidden = [name for name, face in faces(DataSource).items() if face.audience < Audience.of(policy.audience)]
    disclosed: list[SourceLine] = []
    for line in lines:
        complete: dict[str, float] = dict(line.completeness)
        if line.id in raw_sources:
            complete = {}
            for one in seen:  # the newest period first
                if line.id in held[one.indicator_id] and one.share is not None:
                    complete.setdefault(one.characteristic, one.share)
        blank: dict[str, Any] = {name: None if name == "rows" else "" for name in _PLAIN if name in hidden}
        mark = source_mark(workspace, records[line.id]) if line.content_hash else ""
        kept = replace(line, completeness=complete, findings=tuple(titles.get(line.id, ())), content_hash=mark)
        disclosed.append(replace(kept, **blank))
    return disclosed


_PLAIN = (
    "id", "title", "kind", "publisher", "period", "geography", "licence", "file_name", "content_hash", "layout", "rows", "schemes", "watch",
)  # fmt: skip


_Counted = dict[str, tuple[int, dict[str, int], dict[str, float]]]


def _counted(raw: sqlite3.Connection) -> _Counted:
    counted: _Counted = {}
    for dataset, source, rows in raw.execute(
        f"SELECT key, source_id, rows FROM dataset WHERE key IN ({VISIBLE})"
    ).fetchall():
        missing = raw.execute(
            "SELECT m.status, count(*) FROM run r JOIN observed o ON o.key BETWEEN r.first AND r.last"
            " JOIN marker m ON m.dataset = r.dataset AND m.text = o.value WHERE r.dataset = ? GROUP BY 1 ORDER BY 2 DESC",
            (dataset,),
        ).fetchall()
        counted[str(source)] = (
            int(rows),
            {str(status): int(number) for status, number in missing},
            _completeness(raw, int(dataset)),
        )
    return counted


def _completeness(raw: sqlite3.Connection, dataset: int) -> dict[str, float]:
    """Return the share of people whose group is known, by characteristic, over the counts of the data set that has the unknown counted."""
    rows = raw.execute(
        "SELECT c.characteristic, c.level = 'unknown', sum(o.value) FROM quantity q CROSS JOIN run r ON r.quantity = q.key AND r.dataset = ?"
        " CROSS JOIN observed o ON o.key BETWEEN r.first AND r.last JOIN category c ON c.key = o.category"
        " WHERE q.statistic = 'count' AND c.within = '' AND c.level IN ('broad', 'unknown') AND typeof(o.value) IN ('integer', 'real') GROUP BY 1, 2",
        (dataset,),
    ).fetchall()
    known = {str(name): float(total) for name, unknown, total in rows if not unknown}
    missing = {str(name): float(total) for name, unknown, total in rows if unknown}
    return {
        name: known.get(name, 0.0) / (known.get(name, 0.0) + unknown)
        for name, unknown in missing.items()
        if known.get(name, 0.0) + unknown > 0
    }


@dataclass(frozen=True)
class Difference:
    """What a newer edition of a source changed.

    Attributes:
        same: Figures that are in both and alike.
        changed: Figures that differ: what, older and newer figure; the first few.
        changed_in_all, added, gone: How many differ, are only in the newer, only in the older.
        labels_added, labels_gone: Groups only in the newer, only in the older.
    """

    same: int
    changed: tuple[tuple[str, str, str], ...]
    changed_in_all: int
    added: int
    gone: int
    labels_added: tuple[str, ...]
    labels_gone: tuple[str, ...]

    @property
    def words(self) -> str:
        """What changed, in a sentence or two."""
        parts = [
            f"{self.same:,} figures are alike, {self.changed_in_all:,} differ, {self.added:,} are new and {self.gone:,} are no longer there."
        ]
        parts += [f"{what}: {older} became {newer}." for what, older, newer in self.changed]
        if self.labels_added:
            parts.append(f"New groups: {', '.join(self.labels_added[:_EXAMPLES])}.")
        if self.labels_gone:
            parts.append(f"Groups no longer there: {', '.join(self.labels_gone[:_EXAMPLES])}.")
        return " ".join(parts)


def compare(workspace: Workspace, older: str, newer: str) -> Difference:
    """Return what the newer of two editions changed; both are kept."""
    return workspace.read(lambda raw: _compare(raw, older, newer))


def _compare(raw: sqlite3.Connection, older: str, newer: str) -> Difference:
    before, after = (_figures(raw, source) for source in (older, newer))
    both = before.keys() & after.keys()
    changed = [key for key in both if before[key] != after[key]]
    names = [
        (" · ".join(filter(None, key)), _shown(before[key]), _shown(after[key])) for key in sorted(changed)[:_EXAMPLES]
    ]
    labels = [{key[3] for key in some} for some in (before, after)]
    return Difference(
        same=len(both) - len(changed),
        changed=tuple(names),
        changed_in_all=len(changed),
        added=len(after.keys() - before.keys()),
        gone=len(before.keys() - after.keys()),
        labels_added=tuple(sorted(labels[1] - labels[0])),
        labels_gone=tuple(sorted(labels[0] - labels[1])),
    )


def _shown(value: object) -> str:
    return str(value)


def _figures(raw: sqlite3.Connection, source: str) -> dict[tuple[str, str, str, str, str], object]:
    rows = raw.execute(
        "SELECT q.name, p.label, a.name, c.label, c.within, o.value FROM dataset d JOIN run r ON r.dataset = d.key"
        " JOIN observed o ON o.key BETWEEN r.first AND r.last JOIN quantity q ON q.key = r.quantity JOIN period p ON p.key = r.period"
        " JOIN area a ON a.key = o.area JOIN category c ON c.key = o.category WHERE d.source_id = ?",
        (source,),
    )
    figures: dict[tuple[str, str, str, str, str], object] = {}
    for *names, value in rows:
        number = read_figure(value) if isinstance(value, str) else value
        key = (str(names[0]), str(names[1]), str(names[2]), str(names[3]), str(names[4]))
        figures[key] = value if number is None else number
    return figures
