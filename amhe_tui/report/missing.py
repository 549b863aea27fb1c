"""The board of who is missing as an audience may see it: its numbers pass the same door as every breakdown."""

from __future__ import annotations

from dataclasses import replace

from amhe_tui.analysis.disclosure_breakdown import AudienceName, Policy
from amhe_tui.analysis.missing import completeness_of, direction, lumped
from amhe_tui.method.choices import ChallengeKind
from amhe_tui.report.guard import disclosed
from store.missing import Board, CompletenessLine, board, counts_several
from store.missing_challenges import ChallengeLine, capture_signs
from store.workspace import Workspace

HIDDEN = "hidden: too few people"


def disclosed_board(workspace: Workspace, policy: Policy) -> Board:
    """Return the board of who is missing as an audience may see it.

    Counts and shares come from breakdowns that went through the door of the numbers: what is hidden there is hidden here, and a share of what stays is given in
    whole per cent, worked out from rounded counts. Figures whose publisher has guarded them pass as they are. Fields of records that are not for the audience are
    left blank.
    """
    found = board(workspace)
    if policy.raw:
        return found
    lines = _guarded(workspace, found.completeness, policy)
    shows = {str(ChallengeKind.CAPTURE): tuple(capture_signs(lines, found.not_broken_down))}
    challenges = tuple(_for(one, policy.audience, shows) for one in found.challenges)
    return replace(found, completeness=lines, challenges=challenges)


def _guarded(workspace: Workspace, lines: tuple[CompletenessLine, ...], policy: Policy) -> tuple[CompletenessLine, ...]:
    """Guard each line, the oldest first, so that the share before is one that may be seen as well."""
    last: dict[tuple[str, str, str], float | None] = {}
    found: list[CompletenessLine] = []
    for line in reversed(lines):
        key = (line.characteristic, line.indicator_id, line.area)
        seen = _line(workspace, line, policy, last.get(key))
        last[key] = seen.share
        found.append(seen)
    return tuple(reversed(found))


def _line(workspace: Workspace, line: CompletenessLine, policy: Policy, before: float | None) -> CompletenessLine:
    if line.found is None:
        return line
    seen = disclosed(workspace, line.found, policy)
    if seen.published:
        return line
    told = completeness_of(seen, several=counts_several(seen))
    share = None if told.share is None else round(told.share, 2)
    why = told.why_not if line.share is None else "" if share is not None else HIDDEN
    lumps = tuple((label, round(part, 2)) for label, part in lumped(seen, seen.rows)) if line.lumps else ()
    before = before if line.before is not None else None
    return replace(
        line,
        known=told.known if share is not None else None,
        unknown=told.unknown if share is not None else None,
        share=share,
        why_not=why,
        before=before,
        direction=direction(share, before),
        lumps=lumps,
        found=seen,
    )


def _for(line: ChallengeLine, audience: AudienceName, shows: dict[str, tuple[str, ...]]) -> ChallengeLine:
    """Leave out what is not for the audience: who did it, and what was noted while reading a file, are for boards and teams."""
    seen = replace(line, shows=shows.get(line.kind, line.shows))
    if audience != "public":
        return seen
    met = tuple(replace(one, by_whom="") for one in seen.met)
    return replace(seen, met=met, shows=() if line.kind == str(ChallengeKind.ACCURACY) else seen.shows)
