"""The eight challenges in identifying inequality: where each was met here, what was done, and what the programme's own data show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amhe_tui.analysis.completeness import percent
from amhe_tui.method.challenges import CHALLENGES
from amhe_tui.method.choices import ChallengeKind, ChallengeState, GroupKind, NeedState, SeenState, label_of
from amhe_tui.programme.missing.groups import Label, lists_followed, marked_of
from amhe_tui.text import counted, first_of
from store.records import AccessNeed, Activity, Challenge, DataSource, Remark
from store.workspace import Workspace

if TYPE_CHECKING:
    from amhe_tui.programme.missing.completeness import CompletenessLine, NotBrokenDown
    from amhe_tui.programme.missing.people import PersonLine


_HALF = 0.5


_NAMED = 4


@dataclass(frozen=True)
class Met:
    """Where a challenge was met here, as somebody wrote it down."""

    record_id: str
    seen_in: str
    done: str
    by_whom: str
    result: str
    state: str

    @property
    def blank(self) -> bool:
        """Whether nothing was written down yet: a form that was only opened says nothing about the challenge."""
        return not (self.seen_in or self.done or self.result) and self.state in ("", str(ChallengeState.SEEN))

    @property
    def state_words(self) -> str:
        """How far it is dealt with."""
        return label_of(ChallengeState, self.state) if self.state else "Seen"


@dataclass(frozen=True)
class ChallengeLine:
    """One of the eight challenges.

    Attributes:
        kind, label, explanation: Which, and what it is.
        signs: How it shows in general.
        responses: What can be done about it.
        met: What people here wrote down about it.
        shows: What the data and activities of this programme show of it.
    """

    kind: str
    label: str
    explanation: str
    signs: tuple[str, ...]
    responses: tuple[str, ...]
    met: tuple[Met, ...]
    shows: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return asdict(self) | {"state_words": self.state_words}

    @property
    def state_words(self) -> str:
        """How far it is dealt with, or that nobody has looked."""
        written = [record for record in self.met if not record.blank]
        return "; ".join(dict.fromkeys(record.state_words for record in written)) or "Nobody has looked yet"


def challenge_lines(
    workspace: Workspace,
    completeness: Sequence[CompletenessLine],
    not_broken_down: Sequence[NotBrokenDown],
    labels: Sequence[Label],
    people: Sequence[PersonLine],
) -> list[ChallengeLine]:
    """Return the eight challenges in the order of the resource."""
    records = workspace.list(Challenge)
    sources = workspace.list(DataSource)
    shows: dict[str, list[str]] = {
        ChallengeKind.CAPTURE: capture_signs(completeness, not_broken_down),
        ChallengeKind.AMALGAMATION: _amalgamation(labels),
        ChallengeKind.HIDDEN: [*_hiding(workspace, sources), *_unseen(people, conditions=False)],
        ChallengeKind.ACCURACY: _accuracy(sources),
        ChallengeKind.CO_OCCURRING: _unseen(people, conditions=True),
        **_from_activities(workspace),
    }
    return [
        ChallengeLine(
            str(guide.kind),
            guide.kind.label,
            guide.explanation,
            guide.signs,
            guide.responses,
            tuple(
                Met(record.id, record.seen_in, record.done, record.by_whom, record.result, str(record.state))
                for record in records
                if record.kind == str(guide.kind)
            ),
            tuple(shows.get(guide.kind, ())),
        )
        for guide in CHALLENGES
    ]


def capture_signs(completeness: Sequence[CompletenessLine], not_broken_down: Sequence[NotBrokenDown]) -> list[str]:
    """Return what the completeness of characteristics shows of data not captured; asked again once figures are as an audience may see them."""
    newest: dict[tuple[str, str], CompletenessLine] = {}
    for line in completeness:
        newest.setdefault((line.characteristic, line.indicator_id), line)
    signs = [
        f"{line.characteristic}, {line.period}: the group of {percent(line.share or 0)} of every 100 people is known."
        for line in newest.values()
        if line.little
    ]
    signs += [
        f"{line.characteristic}, {line.period}: {100 * share:.0f} of every 100 people with a known group are “{label}”."
        for line in newest.values()
        for label, share in line.combined
    ]
    if not_broken_down:
        signs.append(
            f"Not broken down for any service: {', '.join(characteristic.label for characteristic in not_broken_down)}."
        )
    return signs


def _amalgamation(labels: Sequence[Label]) -> list[str]:
    return [
        f"{name}: sources follow {len(lists)} lists ({'; '.join(lists)})."
        for name, lists in lists_followed(labels).items()
        if len(lists) > 1
    ]


def _hiding(workspace: Workspace, sources: Sequence[DataSource]) -> list[str]:
    marked = marked_of(workspace)
    hiding = [source.title for source in sources if "suppressed" in marked.get(source.id, ())]
    if not hiding:
        return []
    return [f"Small numbers are hidden in {first_of(hiding, _NAMED)}: small groups may have no figure at all."]


def _unseen(people: Sequence[PersonLine], *, conditions: bool) -> list[str]:
    names = [
        person.name
        for person in people
        if person.state == str(SeenState.UNSEEN) and (person.kind == str(GroupKind.CONDITION)) == conditions
    ]
    if not names:
        return []
    return [f"Not visible in these data: {'; '.join(names)}."]


def _accuracy(sources: Sequence[DataSource]) -> list[str]:
    odd = sum(bool(source.watch) for source in sources)
    aside = sum(bool(source.set_aside) for source in sources)
    signs = [f"Something odd was noted while reading {counted(odd, 'source', 'sources')}; see To watch."] if odd else []
    return signs + ([f"{counted(aside, 'source', 'sources')} had rows that could not be read."] if aside else [])


def _from_activities(workspace: Workspace) -> dict[str, list[str]]:
    activities = workspace.list(Activity)
    asked = [activity for activity in activities if activity.invited and activity.attended is not None]
    few = sum((activity.attended or 0) < _HALF * (activity.invited or 0) for activity in asked)
    signs: dict[str, list[str]] = {}
    if few:
        signs[ChallengeKind.DISTRUST] = [
            f"Fewer than half of those asked came or answered in {few} of {len(asked)} activities."
        ]
    remarks = workspace.list(Remark)
    if remarks and not any(remark.language and remark.language.casefold() != "english" for remark in remarks):
        signs[ChallengeKind.LANGUAGE] = ["Nothing people said is noted in a language other than English."]
    unmet = [need for need in workspace.list(AccessNeed) if need.state == str(NeedState.NOT_MET)]
    if unmet:
        signs[ChallengeKind.INFORMATION] = [
            f"Access needs that were not met are noted in {counted(len({need.activity_id for need in unmet}), 'activity', 'activities')}."
        ]
    return signs
