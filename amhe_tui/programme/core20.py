"""Core20PLUS5 asked of a programme: the most deprived fifth of every indicator, the PLUS groups it has and lacks, and severe mental illness."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.gaps.core20 import MOST_DEPRIVED, core20_of
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.analysis.gaps.overview import LEAST_GAP, gap_overview
from amhe_tui.analysis.gaps.reading import EVERYONE_ELSE, Reading, reading_of
from amhe_tui.analysis.gaps.sets import sets_of
from amhe_tui.errors import AmheError
from amhe_tui.method.core20plus5 import CLINICAL, CORE, FIVE, PLUS, PLUS_GROUPS, is_severe_illness
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.programme.breakdowns import held_of, places_of
from amhe_tui.programme.disclosed import disclosed_breakdown
from amhe_tui.programme.gaps import has_gaps
from amhe_tui.text import first_of
from store.evidence.datasets import VISIBLE
from store.evidence.holdings import widest
from store.workspace import Workspace

_NAMED = 6


@dataclass(frozen=True)
class CoreLine:
    """One indicator: the most deprived fifth against the rest, as its audience may see it, and what it says."""

    figures: Disclosed
    reading: Reading


@dataclass(frozen=True)
class Core20Plus5:
    """What a programme can say on Core20PLUS5.

    Attributes:
        core: Every indicator that can be put so, in the order of the file.
        left_out: Indicators by deprivation that cannot, each with why.
        has: The PLUS groups that the file has figures by, each with the headings and groups it is under.
        lacks: Those it has none of.
        illness: What in the file is about severe mental illness.
    """

    core: tuple[CoreLine, ...]
    left_out: tuple[tuple[str, str], ...]
    has: tuple[tuple[str, str], ...]
    lacks: tuple[str, ...]
    illness: tuple[str, ...]

    def parts(self) -> list[tuple[str, list[str]]]:
        """Return the three parts, each a heading and its lines."""
        core = [
            f"{line.figures.indicator}, {line.figures.area}, {line.figures.period}: {line.reading.sentence or line.reading.words}"
            for line in self.core
        ]
        core += [f"{name}: {why}" for name, why in self.left_out]
        plus = [f"Here: {group} ({where})." for group, where in self.has]
        plus += (
            [f"Lacking: {'; '.join(self.lacks)}. Ask in 1B, and look for them among who is missing."]
            if self.lacks
            else []
        )
        named = first_of(list(self.illness), _NAMED, width=60)
        illness = (
            f"The file has: {named}."
            if self.illness
            else "Nothing in the file names it: look for a source on physical health checks, and ask in 1B."
        )
        nothing = "No share or rate is broken down by deprivation here: look for a source that is."
        return [(CORE, core or [nothing]), (PLUS, plus), (FIVE, [CLINICAL, illness])]

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {
            "core20": [
                {
                    **line.figures.to_json(),
                    "people": line.reading.people and line.reading.people.number,
                    "sentence": line.reading.sentence or line.reading.words,
                }
                for line in self.core
            ],
            "left_out": [{"indicator": name, "why": why} for name, why in self.left_out],
            "plus": {"has": dict(self.has), "lacks": list(self.lacks)},
            "severe_mental_illness": list(self.illness),
        }


def core20plus5(workspace: Workspace, policy: Policy, *, area: str = "", least: float = LEAST_GAP) -> Core20Plus5:
    """Return what a programme can say on Core20PLUS5, as an audience may see it.

    Args:
        workspace: The open programme.
        policy: For whom, and by which rules.
        area: A place; without it the country, or the only place an indicator is there for.
        least: The least relative difference that matters.
    """
    held = held_of(workspace)
    found: list[Disclosed] = []
    left: list[tuple[str, str]] = []
    for summary in held:
        for by in summary.characteristics:
            known = recognise(by)
            if known is None or known.code != "deprivation" or not has_gaps(summary):
                continue
            name = f"{summary.name.replace('_', ' ')} by {by}"
            try:
                shown = disclosed_breakdown(
                    workspace, summary.id, by, policy, area=area or _widest(workspace, summary.id)
                )
            except AmheError as error:
                left.append((name, f"{error.what_happened} {error.what_to_do}"))
                continue
            fifth = core20_of(shown)
            if fifth is None:
                left.append((name, _NO_FIFTH))
            else:
                found.append(fifth)
    has, lacks = _plus(workspace)
    illness = [summary.name.replace("_", " ") for summary in held if is_severe_illness(f"{summary.id} {summary.name}")]
    illness += [where for heading, label in _groups(workspace) if is_severe_illness(where := f"{heading}: {label}")]
    lines = tuple(_lines(found, policy, least))
    return Core20Plus5(lines, tuple(left), has, lacks, tuple(dict.fromkeys(illness)))


def _widest(workspace: Workspace, indicator: str) -> str | None:
    """Return the key of the only place of the widest kind there is, or None where nobody has said which of several."""
    top = widest(places_of(workspace, indicator, None)[2])
    return f"#{top[0][0]}" if len(top) == 1 else None


_NO_FIFTH = "its groups are not all deciles or fifths, or do not say which end is the most deprived."


def _lines(found: Sequence[Disclosed], policy: Policy, least: float) -> list[CoreLine]:
    """Return what each says, no surer than so many comparisons allow."""
    if not found:
        return []
    true = [one.judge.figures if isinstance(one.judge, TrueCounts) else one for one in found]
    rounded = not policy.raw and policy.rounding > 1
    overview = (
        gap_overview(sets_of(found), truth=sets_of(true), rounding=policy.rounding, least=least)
        if rounded
        else gap_overview(sets_of(found), least=least)
    )
    sections = {number: {line.section for line in overview.lines if line.set == number} for number in range(len(found))}
    return [
        CoreLine(
            one,
            reading_of(
                one,
                group=MOST_DEPRIVED,
                compared_with=EVERYONE_ELSE,
                unsure=not sections[number] & {"sure", "small"},
                small="small" in sections[number],
            ),
        )
        for number, one in enumerate(found)
    ]


def _groups(workspace: Workspace) -> list[tuple[str, str]]:
    """Return every heading of the figures that are in use with each of its groups."""

    def read(raw: sqlite3.Connection) -> list[tuple[str, str]]:
        rows = raw.execute(
            "SELECT DISTINCT c.characteristic, c.label FROM covered_category v JOIN category c ON c.key = v.category"
            f" WHERE v.dataset IN ({VISIBLE}) AND c.level <> 'total' ORDER BY 1, 2"
        )
        return [(str(heading), str(label)) for heading, label in rows]

    return workspace.remembered("headings and groups", read)


def _plus(workspace: Workspace) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the PLUS groups that there are figures by, with where, and those there are none of."""
    groups = _groups(workspace)
    headings = list(dict.fromkeys(heading for heading, _ in groups))
    has: list[tuple[str, str]] = []
    lacks: list[str] = []
    for group in PLUS_GROUPS:
        where = [f"by {heading}" for heading in headings if group.is_named_by(heading)]
        where = where or [f"{label} in {heading}" for heading, label in groups if group.is_named_by(label)]
        if where:
            has.append((group.label, first_of(where, 3, width=50)))
        else:
            lacks.append(group.label)
    return tuple(has), tuple(lacks)
