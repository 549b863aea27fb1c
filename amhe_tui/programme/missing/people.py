"""People whom numbers tend to miss: the standing list, what the data show of each by themselves, and what people here have decided and done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import ActivityKind, ChallengeKind, GroupKind, SeenState, label_of
from amhe_tui.method.groups_to_see import STANDING, StandingGroup, standing_for
from amhe_tui.programme.missing.groups import Label, Named, named_of
from amhe_tui.text import first_of, one_line
from store.records import Activity, Asset, Challenge, DataSource, Finding, GroupToSee
from store.workspace import Workspace


@dataclass(frozen=True)
class _Found:
    record: GroupToSee | None
    entry: StandingGroup | None
    name: str


def _find(workspace: Workspace, name: str) -> _Found:
    """Return the record and the standing entry a name means; the record of the very name before one that means the same."""
    wanted = one_line(name)
    if not wanted:
        raise AmheError("Who?", "A group needs a name.", "Write who they are, in the words they use for themselves.")
    records = workspace.list(GroupToSee)
    exact = next((record for record in records if record.name.casefold() == wanted.casefold()), None)
    if exact is not None:
        return _Found(exact, standing_for(exact.name, str(exact.kind)), exact.name)
    entry = standing_for(wanted)
    same = (record for record in records if entry is not None and standing_for(record.name, str(record.kind)) is entry)
    return _Found(next(same, None), entry, wanted)


def fresh_group(name: str) -> GroupToSee:
    """Return a record of a group, not yet in the file, as the standing list has it."""
    entry = standing_for(name)
    return GroupToSee(
        name=one_line(name), kind=str(entry.kind if entry else GroupKind.OTHER), seen=str(SeenState.NOT_LOOKED)
    )


def fresh_challenge(kind: str) -> Challenge:
    """Return a record of a challenge, not yet in the file."""
    return Challenge(kind=str(ChallengeKind(kind)))


def note_group(
    workspace: Workspace, name: str, *, seen: str = "", where_seen: str | None = None, done: str | None = None
) -> GroupToSee:
    """Write down whether data see a group, where, and what is done; the record is made where there is none.

    Args:
        workspace: The open programme.
        name: Who; a group of the standing list or any other.
        seen: The code of a state; "" leaves it as it is.
        where_seen: Which source or activity shows them; None leaves it as it is.
        done: What is done about it; None leaves it as it is.

    Raises:
        AmheError: The name is blank, or there is no such state.
    """
    group = _find(workspace, name)
    values: dict[str, Any] = {} if not seen else {"seen": seen}
    values |= {} if where_seen is None else {"where_seen": where_seen}
    values |= {} if done is None else {"done": done}
    return _kept(workspace, group, values, f"Note on {group.name}")


def _kept(workspace: Workspace, group: _Found, values: Mapping[str, Any], label: str) -> GroupToSee:
    with workspace.change(label) as change:
        if group.record is None:
            record = fresh_group(group.name)
            for name, value in values.items():
                setattr(record, name, value)
            change.add(record)
        else:
            record = group.record
            if values:
                change.update(record, **values)
    return workspace.need(GroupToSee, record.id)


def finding_of_absence(workspace: Workspace, name: str) -> Finding:
    """Make a finding of it that no data here can see a group, in one change; the finding that is there already is returned, and never doubled.

    Raises:
        AmheError: The name is blank, or somebody decided that data see them, or some of them.
    """
    group = _find(workspace, name)
    record = group.record
    title = f"No data here can see {_in_sentence(group.name)}"
    findings = workspace.list(Finding)
    linked = next((finding for finding in findings if record is not None and finding.id == record.finding_id), None)
    same = linked or next((finding for finding in findings if finding.title == title), None)
    if same is not None and record is not None and record.finding_id == same.id:
        return same
    if record is not None and record.seen in (str(SeenState.SEEN), str(SeenState.PARTLY)):
        raise AmheError(
            "Somebody sees them",
            f"It was decided here that data see {_in_sentence(group.name)}, or some of them.",
            "If that is not so, say first that no data can see them.",
        )
    why = f"{group.entry.why} " if group.entry else ""
    finding = same or Finding(
        title=title,
        group_name=group.name,
        caveat=f"{why}That nothing is seen does not mean that they fare well: it means that nobody has asked.",
    )
    with workspace.change(title) as change:
        if same is None:
            change.add(finding)
        if record is None:
            record = fresh_group(group.name)
            record.seen, record.finding_id = str(SeenState.UNSEEN), finding.id
            change.add(record)
        else:
            change.update(record, finding_id=finding.id, seen=str(SeenState.UNSEEN))
    return workspace.need(Finding, finding.id)


def ask_in_1b(workspace: Workspace, name: str) -> Activity:
    """Plan an activity of 1B with a group, with the route to them; an activity that is meant for them already is returned.

    Raises:
        AmheError: The name is blank.
    """
    group = _find(workspace, name)
    for planned in workspace.list(Activity):
        if one_line(planned.population).casefold() == group.name.casefold():
            return planned
    done = group.record.done if group.record is not None else ""
    activity = Activity(
        title=f"Listening to {_in_sentence(group.name)}",
        kind=str(ActivityKind.FOCUS_GROUP),
        population=group.name,
        recruitment="\n".join(filter(None, (group.entry.route if group.entry else "", done))),
    )
    with workspace.change(f"Recruit for 1B: {group.name}") as change:
        change.add(activity)
    return workspace.need(Activity, activity.id)


def _in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence: the names of peoples keep their capitals."""
    first = name.split(" ", 1)[0].rstrip(",;")
    lower = first.casefold() in _COMMON and not first.isupper()
    return name[0].lower() + name[1:] if lower else name


_COMMON = frozenset(
    {
        "people", "refugees", "sex", "victims", "looked-after", "veterans", "carers", "autistic", "trans", "drug", "alcohol", "physical", "a", "autism", "severe",
        "pregnancy", "homeless", "asylum", "women", "men", "children", "young", "older", "mothers", "fathers", "parents", "students", "migrants", "prisoners",
    }
)  # fmt: skip


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
        return f"{first_of(self.sources, 1)}: {self.what} “{self.words}”{whom}{tail}"


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
    known = {record.id: standing_for(record.name, str(record.kind)) for record in records}
    look = _Look(workspace, labels, is_shown)
    lines: list[PersonLine] = []
    claimed: set[str] = set()
    for entry in STANDING:
        record = next((record for record in records if known[record.id] is entry and record.id not in claimed), None)
        if record is not None:
            claimed.add(record.id)
        lines.append(look.line(entry, record))
    return lines + [look.line(None, record) for record in records if record.id not in claimed]


def own_pattern(name: str) -> str:
    """Return the pattern of a group that is not on the standing list: its name as a whole, in any case."""
    return rf"\b{re.escape(' '.join(name.split()))}\b"


class _Look:
    """Looks for groups in labels, indicators, activities and assets, all read once."""

    def __init__(self, workspace: Workspace, labels: Sequence[Label], is_shown: Callable[[Label], bool]) -> None:
        many = Counter(label.characteristic for label in labels)
        # What has hundreds of labels is no list of groups of people, but of places, codes or answers.
        self._labels = [label for label in labels if many[label.characteristic] <= _MOST_LABELS and not label.unknown]
        self._is_shown, self._has_data = is_shown, bool(labels)
        self._named: list[Named] = named_of(workspace)
        self._sources = {source.id: source for source in workspace.list(DataSource)}
        self._activities = [
            (activity.title, f"{activity.title}\n{activity.population}\n{activity.recruitment}")
            for activity in workspace.list(Activity)
        ]
        self._assets = [(asset.name, f"{asset.name}\n{asset.reaches}") for asset in workspace.list(Asset)]
        self._findings = {finding.id: finding.title for finding in workspace.list(Finding)}

    def line(self, entry: StandingGroup | None, record: GroupToSee | None) -> PersonLine:
        """Return one line; one of the two is given."""
        name = record.name if record is not None else entry.name if entry else ""
        expression = entry.words if entry else own_pattern(name)
        sightings = tuple(self._sightings(expression, entry.partly if entry else ""))
        decided = str(record.seen) if record is not None else ""
        finding = record.finding_id if record is not None and record.finding_id in self._findings else ""
        pattern = re.compile(expression, re.IGNORECASE)
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

    def _sightings(self, expression: str, partly: str) -> list[Sighting]:
        by_text: dict[tuple[str, str, bool, bool], tuple[bool, dict[str, None]]] = {}
        patterns = [(re.compile(expression, re.IGNORECASE), True)]
        patterns += [(re.compile(partly, re.IGNORECASE), False)] if partly else []
        for pattern, plainly in patterns:
            for source_id, what, text, hidden in self._texts(pattern):
                title, of_services = self._source(source_id)
                _, titles = by_text.setdefault((what, text, of_services, hidden), (plainly, {}))
                titles[title] = None
        lines = [
            Sighting(tuple(reversed(titles)), what, text, plainly, of_services, hidden)
            for (what, text, of_services, hidden), (plainly, titles) in by_text.items()
        ]
        return sorted(lines, key=lambda line: (line.hidden, not line.plainly, not line.of_services))[:_MOST_SHOWN]

    def _texts(self, pattern: re.Pattern[str]) -> list[tuple[str, str, str, bool]]:
        """Return what holds a pattern: source, what it is, its words, and whether it has no figure."""
        texts: list[tuple[str, str, str, bool]] = []
        for label in self._labels:
            # Where the whole characteristic speaks of them, its single groups say no more.
            if pattern.search(label.characteristic):
                texts.append((label.source_id, "characteristic", label.characteristic, False))
            elif pattern.search(label.label):
                texts.append((label.source_id, "group", label.label, not self._is_shown(label)))
        named = ((indicator, indicator.name.replace("_", " ")) for indicator in self._named)
        return texts + [
            (indicator.source_id, "indicator", name, False) for indicator, name in named if pattern.search(name)
        ]

    def _source(self, source_id: str) -> tuple[str, bool]:
        source = self._sources.get(source_id)
        return (source.title, str(source.kind) not in _RESIDENTS) if source else ("", True)


def _matching(texts: Sequence[tuple[str, str]], pattern: re.Pattern[str], name: str) -> tuple[str, ...]:
    letters = name.casefold()
    return tuple(title for title, text in texts if pattern.search(text) or letters in text.casefold())


def _suggested(sightings: Sequence[Sighting]) -> str:
    if any(sighting.plainly and sighting.of_services and not sighting.hidden for sighting in sightings):
        return SeenState.SEEN
    return SeenState.PARTLY if sightings else SeenState.UNSEEN
