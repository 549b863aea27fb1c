"""The board of who is missing: how complete characteristics are, groups the lists have and the data lack, people numbers miss, and the eight challenges."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from amhe_tui.analysis.completeness import combined_groups, completeness_of, direction
from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.disclosure.tables import why_hidden
from amhe_tui.method.audience import Audience
from amhe_tui.method.choices import ChallengeKind
from amhe_tui.programme.breakdowns import held_of
from amhe_tui.programme.disclosed import disclosed
from amhe_tui.programme.missing.challenges import ChallengeLine, capture_signs, challenge_lines
from amhe_tui.programme.missing.completeness import (
    CompletenessLine,
    Finder,
    NotBrokenDown,
    completeness,
    counts_several,
    not_broken_down,
)
from amhe_tui.programme.missing.groups import GroupGap, group_gaps, labels_of
from amhe_tui.programme.missing.people import PersonLine, person_lines
from amhe_tui.programme.redaction import redaction_of
from store.records import DataSource
from store.workspace import Workspace


@dataclass(frozen=True)
class MissingBoard:
    """Who is missing.

    Attributes:
        completeness: By characteristic, the newest period first.
        not_broken_down: Characteristics that no source breaks down.
        groups: Groups that code lists have and the data lack.
        people: The standing list and the groups somebody here added.
        challenges: The eight challenges.
        has_data: Whether there are any figures to look in.
    """

    completeness: tuple[CompletenessLine, ...]
    not_broken_down: tuple[NotBrokenDown, ...]
    groups: tuple[GroupGap, ...]
    people: tuple[PersonLine, ...]
    challenges: tuple[ChallengeLine, ...]
    has_data: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return {
            "completeness": [line.to_json() for line in self.completeness],
            "not_broken_down": [asdict(characteristic) for characteristic in self.not_broken_down],
            "groups": [group.to_json() for group in self.groups],
            "people": [person.to_json() for person in self.people],
            "challenges": [challenge.to_json() for challenge in self.challenges],
        }


def board(workspace: Workspace) -> MissingBoard:
    """Return who is missing, with the figures as they are in the file; for other eyes than the team's see `amhe_tui.programme.missing.board`."""
    labels = labels_of(workspace)
    finder = Finder(workspace, held_of(workspace))
    lines = tuple(completeness(finder, labels))
    kinds = {source.id: str(source.kind) for source in workspace.list(DataSource)}
    not_there = tuple(not_broken_down(labels, kinds))
    groups = tuple(group_gaps(workspace, labels))
    people = tuple(person_lines(workspace, labels, finder.is_shown))
    return MissingBoard(
        lines,
        not_there,
        groups,
        people,
        tuple(challenge_lines(workspace, lines, not_there, labels, people)),
        bool(labels),
    )


def disclosed_board(workspace: Workspace, policy: Policy) -> MissingBoard:
    """Return the board of who is missing as an audience may see it.

    Counts and shares come from breakdowns that went through the door of the numbers: what is hidden there is hidden here, and a share of what stays is given in
    whole per cent, worked out from rounded counts. Figures whose publisher has guarded them pass as they are. Fields of records that are not for the audience are
    left blank, and what people wrote names nobody by a code.
    """
    unguarded = board(workspace)
    if policy.raw:
        return unguarded
    audience = Audience.of(policy.audience)
    lines = _guarded(workspace, unguarded.completeness, policy)
    shows = {str(ChallengeKind.CAPTURE): tuple(capture_signs(lines, unguarded.not_broken_down))}
    challenges = tuple(_for(challenge, audience, shows) for challenge in unguarded.challenges)
    rule = redaction_of(workspace, audience)
    return replace(
        unguarded,
        completeness=lines,
        groups=rule.values(unguarded.groups),
        people=rule.values(unguarded.people),
        challenges=rule.values(challenges),
    )


def _guarded(workspace: Workspace, lines: tuple[CompletenessLine, ...], policy: Policy) -> tuple[CompletenessLine, ...]:
    """Guard each line, the oldest first, so that the share before is one that may be seen as well."""
    last: dict[tuple[str, str, str], float | None] = {}
    guarded: list[CompletenessLine] = []
    for line in reversed(lines):
        key = (line.characteristic, line.indicator_id, line.area)
        seen = _line(workspace, line, policy, last.get(key))
        last[key] = seen.share
        guarded.append(seen)
    return tuple(reversed(guarded))


def _line(workspace: Workspace, line: CompletenessLine, policy: Policy, before: float | None) -> CompletenessLine:
    if line.found is None:
        return line
    seen = disclosed(workspace, line.found, policy)
    if seen.published:
        return line
    counted = completeness_of(seen, several=counts_several(seen))
    share = None if counted.share is None else round(counted.share, 2)
    why = counted.why_not if line.share is None else "" if share is not None else why_hidden(policy.threshold)
    combined = (
        tuple((label, round(part, 2)) for label, part in combined_groups(seen, seen.rows)) if line.combined else ()
    )
    before = before if line.before is not None else None
    return replace(
        line,
        known=counted.known if share is not None else None,
        unknown=counted.unknown if share is not None else None,
        share=share,
        why_not=why,
        before=before,
        direction=direction(share, before),
        combined=combined,
        found=seen,
    )


def _for(line: ChallengeLine, audience: Audience, shows: dict[str, tuple[str, ...]]) -> ChallengeLine:
    """Leave out what is not for the audience: who did it, and what was noted while reading a file, are for boards and teams."""
    seen = replace(line, shows=shows.get(line.kind, line.shows))
    if audience.who_did_it:
        return seen
    met = tuple(replace(record, by_whom="") for record in seen.met)
    return replace(seen, met=met, shows=() if line.kind == str(ChallengeKind.ACCURACY) else seen.shows)
