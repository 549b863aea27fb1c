"""Everything in a programme file at one moment, with every declared link indexed both ways.

The thread, the loose ends and the report all ask the same few thousand records many questions; one reading answers them all and cannot change in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

from amhe_tui.analysis.votes.nominal_group import IdeaTally
from amhe_tui.errors import AmheError
from amhe_tui.programme.votes import VoteCount, count, frozen_letters, lettered
from store.records import (
    Idea,
    IdeaLetter,
    Kind,
    Link,
    NominalGroup,
    Programme,
    Record,
    VotingRound,
    all_records,
    faces,
    record_type,
    table_of,
    title_of,
)
from store.workspace import Workspace

R = TypeVar("R", bound=Record)


Index = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Ids by the field that links them, written ``table.field``, and by the id at the other end."""


@dataclass(frozen=True)
class Snapshot:
    """The records of a file that are not removed, and the links between them.

    Attributes:
        records: By table, then by id, in the order they were made.
        ahead_of: For each declared link, the ids it leads to, by the id of the record that holds it.
        behind_of: For each declared link, the ids of the records that hold it, by the id it leads to.
        votes: The closed votes, counted, by id; a vote that cannot be counted is left out.
    """

    records: Mapping[str, Mapping[str, Record]]
    ahead_of: Index
    behind_of: Index
    votes: Mapping[str, VoteCount]

    def all(self, kind: type[R]) -> list[R]:
        """Return the records of a kind, in the order they were made."""
        return cast("list[R]", list(self.records[table_of(kind)].values()))

    def some(self, kind: type[R], ids: Iterable[str]) -> list[R]:
        """Return the records of a kind with these ids, in the order of the ids; those that are gone are left out."""
        records = self.records[table_of(kind)]
        return cast("list[R]", [records[record_id] for record_id in ids if record_id in records])

    def one(self, table: str, record_id: str | None) -> Record | None:
        """Return one record, or nothing where it is gone."""
        return self.records[table].get(record_id or "")

    def ahead(self, field: str, ids: Iterable[str]) -> list[str]:
        """Return where a link leads from these records; ``field`` is written ``table.field``."""
        return _follow(self.ahead_of[field], ids)

    def behind(self, field: str, ids: Iterable[str]) -> list[str]:
        """Return the records whose link leads to these; ``field`` is written ``table.field``."""
        return _follow(self.behind_of[field], ids)

    def title(self, table: str, record_id: str) -> str:
        """Return the words that name a record, or "" where it is gone."""
        record = self.one(table, record_id)
        return "" if record is None else title_of(record)

    @property
    def programme(self) -> Programme:
        """Return the programme the file is about."""
        return self.all(Programme)[0]

    def standing_of(self, idea_id: str) -> tuple[VoteCount, IdeaTally] | None:
        """Return the last closed vote that counted an idea, or the one it was joined with, and what it says of it."""
        seen: set[str] = set()
        while idea_id and idea_id not in seen:
            seen.add(idea_id)
            for vote in reversed(list(self.votes.values())):
                row = vote.of(idea_id)
                if row is not None:
                    return vote, row
            idea_id = next(iter(self.ahead("idea.merged_into_id", [idea_id])), "")
        return None


def _follow(index: Mapping[str, tuple[str, ...]], ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(target for record_id in ids for target in index.get(record_id, ())))


def snapshot(workspace: Workspace) -> Snapshot:
    """Read a programme file whole, in one turn of the store thread."""

    def read() -> Snapshot:
        records: dict[str, dict[str, Record]] = {
            table: {item.id: item for item in workspace.list(kind)} for table, kind in all_records().items()
        }
        _drop_what_hangs(records)
        ahead = _links(records, workspace.list(Link))
        behind: dict[str, dict[str, tuple[str, ...]]] = {field: {} for field in ahead}
        for field, index in ahead.items():
            for holder, targets in index.items():
                for target in targets:
                    behind[field][target] = (*behind[field].get(target, ()), holder)
        rounds = [voting_round for voting_round in workspace.list(VotingRound) if voting_round.state == "closed"]
        _give_letters(records)
        votes: dict[str, VoteCount] = {}
        for vote in rounds:
            # One that cannot be counted is told of where it is shown, and must not keep the rest from being read.
            with suppress(AmheError):
                votes[vote.id] = count(workspace, vote)
        return Snapshot(records, ahead, behind, votes)

    return workspace.read(lambda _: read())


def _give_letters(records: Mapping[str, Mapping[str, Record]]) -> None:
    """Write on each idea the letters it goes by, whatever was typed on it."""
    fixed = [row for row in records[table_of(IdeaLetter)].values() if isinstance(row, IdeaLetter)]
    ideas = [idea for idea in records[table_of(Idea)].values() if isinstance(idea, Idea)]
    for group_id in records[table_of(NominalGroup)]:
        own = [idea for idea in ideas if idea.nominal_group_id == group_id]
        letters = lettered(own, frozen_letters([row for row in fixed if row.nominal_group_id == group_id]))
        for idea in own:
            idea.letter = letters[idea.id]


def _drop_what_hangs(records: dict[str, dict[str, Record]]) -> None:
    """Leave out what goes with a record that was removed: files of before may still hold it."""
    declared = [
        (table, name, str(field.to))
        for table in records
        for name, field in faces(record_type(table)).items()
        if field.goes_with
    ]
    before = -1
    while before != (held := sum(map(len, records.values()))):
        before = held
        for table, name, parent in declared:
            records[table] = {
                key: item for key, item in records[table].items() if getattr(item, name) in records[parent]
            }


def _links(records: Mapping[str, Mapping[str, Record]], links: Iterable[Link]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what each declared link leads to; ends that are gone are left out."""
    ahead: dict[str, dict[str, tuple[str, ...]]] = {}
    for table, items in records.items():
        kind = record_type(table)
        ahead |= {f"{table}.{name}": {} for name in kind.many}
        for name, face in faces(kind).items():
            if face.kind is Kind.LINK:
                targets = records[str(face.to)]
                leads = {key: str(getattr(item, name) or "") for key, item in items.items()}
                ahead[f"{table}.{name}"] = {key: (target,) for key, target in leads.items() if target in targets}
    for link in links:
        index = ahead.get(f"{link.from_table}.{link.name}")
        ends_there = link.from_id in records.get(link.from_table, {}) and link.to_id in records.get(link.to_table, {})
        # The same link can have been made on two laptops.
        if index is not None and ends_there and link.to_id not in index.get(link.from_id, ()):
            index[link.from_id] = (*index.get(link.from_id, ()), link.to_id)
    return ahead
