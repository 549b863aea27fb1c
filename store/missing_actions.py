"""What can be done about a group that no data see: note it, make a finding of the absence, and ask the people themselves in 1B."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amhe_tui.errors import AmheError
from amhe_tui.method.choices import ActivityKind, ChallengeKind, GroupKind, SeenState
from amhe_tui.method.groups_to_see import StandingGroup, standing_for
from amhe_tui.text import one_line
from store.records import Activity, Challenge, Finding, GroupToSee
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
    exact = next((one for one in records if one.name.casefold() == wanted.casefold()), None)
    if exact is not None:
        return _Found(exact, standing_for(exact.name, str(exact.kind)), exact.name)
    entry = standing_for(wanted)
    same = (one for one in records if entry is not None and standing_for(one.name, str(one.kind)) is entry)
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
    found = _find(workspace, name)
    values: dict[str, Any] = {} if not seen else {"seen": seen}
    values |= {} if where_seen is None else {"where_seen": where_seen}
    values |= {} if done is None else {"done": done}
    return _kept(workspace, found, values, f"Note on {found.name}")


def _kept(workspace: Workspace, found: _Found, values: Mapping[str, Any], label: str) -> GroupToSee:
    with workspace.change(label) as change:
        if found.record is None:
            record = fresh_group(found.name)
            for name, value in values.items():
                setattr(record, name, value)
            change.add(record)
        else:
            record = found.record
            if values:
                change.update(record, **values)
    return workspace.need(GroupToSee, record.id)


def finding_of_absence(workspace: Workspace, name: str) -> Finding:
    """Make a finding of it that no data here can see a group, in one change; the finding that is there already is returned, and never doubled.

    Raises:
        AmheError: The name is blank, or somebody decided that data see them, or some of them.
    """
    found = _find(workspace, name)
    record = found.record
    title = f"No data here can see {_in_sentence(found.name)}"
    there = workspace.list(Finding)
    linked = next((one for one in there if record is not None and one.id == record.finding_id), None)
    same = linked or next((one for one in there if one.title == title), None)
    if same is not None and record is not None and record.finding_id == same.id:
        return same
    if record is not None and record.seen in (str(SeenState.SEEN), str(SeenState.PARTLY)):
        raise AmheError(
            "Somebody sees them",
            f"It was decided here that data see {_in_sentence(found.name)}, or some of them.",
            "If that is not so, say first that no data can see them.",
        )
    why = f"{found.entry.why} " if found.entry else ""
    finding = same or Finding(
        title=title,
        group_name=found.name,
        caveat=f"{why}That nothing is seen does not mean that they fare well: it means that nobody has asked.",
    )
    with workspace.change(title) as change:
        if same is None:
            change.add(finding)
        if record is None:
            record = fresh_group(found.name)
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
    found = _find(workspace, name)
    for one in workspace.list(Activity):
        if one_line(one.population).casefold() == found.name.casefold():
            return one
    done = found.record.done if found.record is not None else ""
    activity = Activity(
        title=f"Listening to {_in_sentence(found.name)}",
        kind=str(ActivityKind.FOCUS_GROUP),
        population=found.name,
        recruitment="\n".join(filter(None, (found.entry.route if found.entry else "", done))),
    )
    with workspace.change(f"Recruit for 1B: {found.name}") as change:
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
