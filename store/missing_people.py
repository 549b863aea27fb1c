"""People whom numbers tend to miss: the standing list, what the data show of each by themselves, and what people here have decided and done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from amhe_tui.method.choices import GroupKind, SeenState, label_of
from amhe_tui.method.groups_to_see import STANDING, StandingGroup, standing_for
from store.missing_labels import Label, Named, named_of
from store.records import Activity, Asset, DataSource, Finding, GroupToSee
from store.workspace import Workspace

_MOST_SHOWN = 12
_MOST_LABELS = 2000
_RESIDENTS = ("population", "assets")


@dataclass(frozen=True)
class Sighting:
    """Something in the data that speaks of a group.

    Attributes:
        sources: The titles of the data sources.
        what: characteristic, group or indicator.
        words: The heading, label or name that speaks of them.
        plainly: Whether it speaks of them, rather than of some of them or of them among others.
        of_services: Whether it is of services, rather than of residents or places.
        hidden: Whether there is no figure beside it at the widest place.
    """

    sources: tuple[str, ...]
    what: str
    words: str
    plainly: bool
    of_services: bool
    hidden: bool

    @property
    def sentence(self) -> str:
        """It in words."""
        whom = "" if self.plainly else " (some of them, or among others)"
        tail = ", with its figures hidden" if self.hidden else "" if self.of_services else ", residents only"
        more = f" and {len(self.sources) - 1} more" if len(self.sources) > 1 else ""
        return f"{next(iter(self.sources), '')}{more}: {self.what} “{self.words}”{whom}{tail}"


@dataclass(frozen=True)
class PersonLine:
    """A group to look for.

    Attributes:
        name, kind: Who, and the code of the kind.
        code: Their code on the standing list; "" for a group somebody here added.
        why, route: Why numbers miss them, and where they can be reached.
        sightings: What in the data speaks of them.
        suggested: What the data say by themselves: the code of a state, "" where there are no data to look in.
        record_id: The record somebody here made, or "".
        decided: The state a person has decided on, or "".
        where_seen, done: As written there.
        finding_id, finding: The finding it became, and its title.
        activities, assets: Titles of activities and community assets that reach them or try to.
    """

    name: str
    kind: str
    code: str
    why: str
    route: str
    sightings: tuple[Sighting, ...]
    suggested: str
    record_id: str
    decided: str
    where_seen: str
    done: str
    finding_id: str
    finding: str
    activities: tuple[str, ...]
    assets: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return asdict(self) | {"state": self.state, "state_words": self.state_words}

    @property
    def state(self) -> str:
        """What a person has decided, else what the data say by themselves."""
        return self.decided or self.suggested

    @property
    def state_words(self) -> str:
        """The state in words that tell a person's decision from the program's guess."""
        if self.decided:
            return label_of(SeenState, self.decided)
        if not self.suggested:
            return "No data yet to look in"
        return f"{label_of(SeenState, self.suggested)}, it seems"


def person_lines(workspace: Workspace, labels: Sequence[Label], is_shown: Callable[[Label], bool]) -> list[PersonLine]:
    """Return the standing list with what was written here, then the groups somebody added."""
    records = workspace.list(GroupToSee)
    known = {one.id: standing_for(one.name, str(one.kind)) for one in records}
    look = _Look(workspace, labels, is_shown)
    found: list[PersonLine] = []
    claimed: set[str] = set()
    for entry in STANDING:
        record = next((one for one in records if known[one.id] is entry and one.id not in claimed), None)
        if record is not None:
            claimed.add(record.id)
        found.append(look.line(entry, record))
    return found + [look.line(None, one) for one in records if one.id not in claimed]


def own_pattern(name: str) -> str:
    """Return the pattern of a group that is not on the standing list: its name as a whole, in any case."""
    return rf"\b{re.escape(' '.join(name.split()))}\b"


class _Look:
    """Looks for groups in labels, indicators, activities and assets, all read once."""

    def __init__(self, workspace: Workspace, labels: Sequence[Label], is_shown: Callable[[Label], bool]) -> None:
        many = Counter(one.characteristic for one in labels)
        # What has hundreds of labels is no list of groups of people, but of places, codes or answers.
        self._labels = [one for one in labels if many[one.characteristic] <= _MOST_LABELS and not one.unknown]
        self._is_shown, self._has_data = is_shown, bool(labels)
        self._named: list[Named] = named_of(workspace)
        self._sources = {one.id: one for one in workspace.list(DataSource)}
        self._activities = [
            (one.title, f"{one.title}\n{one.population}\n{one.recruitment}") for one in workspace.list(Activity)
        ]
        self._assets = [(one.name, f"{one.name}\n{one.reaches}") for one in workspace.list(Asset)]
        self._findings = {one.id: one.title for one in workspace.list(Finding)}

    def line(self, entry: StandingGroup | None, record: GroupToSee | None) -> PersonLine:
        """Return one line; one of the two is given."""
        name = record.name if record is not None else entry.name if entry else ""
        words = entry.words if entry else own_pattern(name)
        sightings = tuple(self._sightings(words, entry.partly if entry else ""))
        decided = str(record.seen) if record is not None else ""
        finding = record.finding_id if record is not None and record.finding_id in self._findings else ""
        pattern = re.compile(words, re.IGNORECASE)
        return PersonLine(
            name=name,
            kind=str(record.kind)
            if record is not None and record.kind
            else str(entry.kind if entry else GroupKind.OTHER),
            code=entry.code if entry else "",
            why=entry.why if entry else "",
            route=entry.route if entry else "",
            sightings=sightings,
            suggested=_suggested(sightings) if self._has_data or self._named else "",
            record_id=record.id if record is not None else "",
            decided="" if decided == str(SeenState.NOT_LOOKED) else decided,
            where_seen=record.where_seen if record is not None else "",
            done=record.done if record is not None else "",
            finding_id=finding or "",
            finding=self._findings.get(finding or "", ""),
            activities=_matching(self._activities, pattern, name),
            assets=_matching(self._assets, pattern, name),
        )

    def _sightings(self, words: str, partly: str) -> list[Sighting]:
        found: dict[tuple[str, str, bool, bool], tuple[bool, dict[str, None]]] = {}
        patterns = [(re.compile(words, re.IGNORECASE), True)]
        patterns += [(re.compile(partly, re.IGNORECASE), False)] if partly else []
        for pattern, plainly in patterns:
            for source_id, what, text, hidden in self._texts(pattern):
                title, of_services = self._source(source_id)
                _, titles = found.setdefault((what, text, of_services, hidden), (plainly, {}))
                titles[title] = None
        lines = [
            Sighting(tuple(reversed(titles)), what, text, plainly, of_services, hidden)
            for (what, text, of_services, hidden), (plainly, titles) in found.items()
        ]
        return sorted(lines, key=lambda one: (one.hidden, not one.plainly, not one.of_services))[:_MOST_SHOWN]

    def _texts(self, pattern: re.Pattern[str]) -> list[tuple[str, str, str, bool]]:
        """Return what holds a pattern: source, what it is, its words, and whether it has no figure."""
        found: list[tuple[str, str, str, bool]] = []
        for one in self._labels:
            # Where the whole characteristic speaks of them, its single groups say no more.
            if pattern.search(one.characteristic):
                found.append((one.source_id, "characteristic", one.characteristic, False))
            elif pattern.search(one.label):
                found.append((one.source_id, "group", one.label, not self._is_shown(one)))
        named = ((one, one.name.replace("_", " ")) for one in self._named)
        return found + [(one.source_id, "indicator", name, False) for one, name in named if pattern.search(name)]

    def _source(self, source_id: str) -> tuple[str, bool]:
        source = self._sources.get(source_id)
        return (source.title, str(source.kind) not in _RESIDENTS) if source else ("", True)


def _matching(texts: Sequence[tuple[str, str]], pattern: re.Pattern[str], name: str) -> tuple[str, ...]:
    letters = name.casefold()
    return tuple(title for title, text in texts if pattern.search(text) or letters in text.casefold())


def _suggested(sightings: Sequence[Sighting]) -> str:
    if any(one.plainly and one.of_services and not one.hidden for one in sightings):
        return SeenState.SEEN
    return SeenState.PARTLY if sightings else SeenState.UNSEEN
