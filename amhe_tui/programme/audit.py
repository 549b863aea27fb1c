"""What the guard hides from an audience and why, figure by figure, for the team to read before anything is handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from amhe_tui.analysis.breakdown import BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import WHY_A_RANGE, Disclosed, Policy, weaker_words
from amhe_tui.analysis.disclosure.order import is_range
from amhe_tui.analysis.disclosure.relations import Count
from amhe_tui.errors import AmheError
from amhe_tui.method.choices import Treated
from amhe_tui.programme.breakdowns import held_of
from amhe_tui.programme.disclosed import looked_at
from amhe_tui.programme.gaps import has_gaps
from amhe_tui.programme.guard import (
    HIDDEN_WITHIN,
    IMPLIED,
    MISTAKE,
    SECOND_WAY,
    Progress,
    guards_looked_at,
    unguarded_sets,
)
from store.evidence.datasets import VISIBLE
from store.records import DataSource
from store.workspace import Workspace

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "groups and their total": "a small group would follow from the other groups and their total",
        "the same people": "it counts the same people as a figure that is hidden",
        "slices and their whole": "a small part would follow from the other parts and the whole",
        "two editions": "another edition of the same figure is hidden",
        "indicators that add up": "a hidden figure would follow from indicators that add up",
        "the same count in two indicators": "the same number stands hidden in another indicator",
        "a part and its whole": "those it counts, or those left over, would follow from it",
        "periods and the period they make up": "a hidden period would follow from the others and the longer one",
        "places and the place they make up": "a hidden place would follow from the others and the whole",
        "all that hangs together with it": "a small figure beside it could be worked out whatever else is hidden",
        HIDDEN_WITHIN: "it is hidden in a place within this one",
        MISTAKE: "a mistake in the file: more people than those they are a part of",
        SECOND_WAY: "it divides people of whom some are hidden in a second way",
    }
)
"""Why a figure that is not small itself is hidden, in words for somebody who has not read how the guard works."""
_MOST_BREAKDOWNS = 150
"""So many breakdowns at most are looked through for shares that rounding leaves no figure."""


@dataclass(frozen=True)
class Withheld:
    """One figure that an audience does not get to see as it is.

    Attributes:
        what: The indicator, in words.
        whom: Of which group.
        where: The place and the period.
        why: The reason, in plain words.
        instead: What is shown in its place; "" for nothing.
        indicator, characteristic, area, period: How the figure is found again; no characteristic where it is of everybody.
    """

    what: str
    whom: str
    where: str
    why: str
    instead: str
    indicator: str
    characteristic: str
    area: str
    period: str


@dataclass(frozen=True)
class Audit:
    """What the guard found for an audience.

    Attributes:
        checked: How many counts were checked against one another.
        hidden: Those that are hidden, each with the reason.
        ranges: Shares that are given as a range, because their rounded figures would put groups in the wrong order.
        still_open: Hidden counts that could be narrowed all the same, because something was shown before or is known from elsewhere.
        shown_before: How many counts this audience has seen before.
        sources: Each source by its title, with whether its own small numbers are believed to be dealt with, and why.
        left_out: The periods that were too large to be looked at.
        rules: By which rules, in a sentence or two.
    """

    checked: int
    hidden: tuple[Withheld, ...]
    ranges: tuple[Withheld, ...]
    still_open: tuple[Withheld, ...]
    shown_before: int
    sources: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    rules: tuple[str, ...]


def audit(
    workspace: Workspace, policy: Policy, *, about: Disclosed | None = None, progress: Progress | None = None
) -> Audit:
    """Return what an audience does not get to see of a programme, and why. Nothing is shown to it by asking.

    Args:
        workspace: The open programme.
        policy: For whom, and by which rules.
        about: What is looked at; where a period is too large to be looked at as a whole, its place is.
        progress: Told how many counts were looked at, and how many there are.
    """
    place, period = (about.place, about.period) if about is not None else (0, "")
    guards, left_out = guards_looked_at(workspace, policy, place=place, period=period, progress=progress)
    namer = _Namer(workspace)
    hidden: list[Withheld] = []
    still_open: list[Withheld] = []
    for guard in guards:
        cells = {cell: count for count, cell in guard.counts.place.items()}
        for count, why in guard.why():
            hidden.append(namer.withheld(count, _reason(why, policy)))
        for cell in sorted(guard.guarded.open_still & cells.keys()):
            still_open.append(namer.withheld(cells[cell], NARROWED))
    return Audit(
        checked=sum(len(guard.counts.place) for guard in guards),
        hidden=tuple(dict.fromkeys(hidden)),
        ranges=tuple(_ranges(workspace, policy, about)),
        still_open=tuple(dict.fromkeys(still_open)),
        shown_before=sum(len(guard.counts.table.known) for guard in guards),
        sources=tuple(_sources(workspace)),
        left_out=tuple(left_out),
        rules=(_rules(policy), *weaker_words(policy)),
    )


def _reason(why: str, policy: Policy) -> str:
    return PLAIN[why] if why else f"{TOO_SMALL}: fewer than {policy.threshold} people"


TOO_SMALL = "too small"
NARROWED = "hidden, but it could be narrowed all the same by whoever kept what was shown before, or knows a total from elsewhere"


def _rules(policy: Policy) -> str:
    least = f"Counts below {policy.threshold} are hidden" + (", 0 too" if policy.zero_is_small else "")
    rounded = f"; the others are rounded to the nearest {policy.rounding}" if policy.rounding > 1 else ""
    return f"{least}{rounded}."


_SIDES = {"numerator": "those it counts", "denominator": "out of how many"}


class _Namer:
    """Puts what a count is about into words."""

    def __init__(self, workspace: Workspace) -> None:
        self._indicators = {one.id: one.name.replace("_", " ") for one in held_of(workspace)}
        self._areas: dict[int, str] = workspace.remembered(
            "names of places",
            lambda raw: {int(key): str(name) for key, name in raw.execute("SELECT key, name FROM area")},
        )

    def withheld(self, count: Count, why: str) -> Withheld:
        group = count.group
        label = "Everybody" if group.level == "total" else f"{group.label} ({group.characteristic.lower()})"
        share = count.quantity.removesuffix(IMPLIED)
        name = self._indicators.get(share, "the people a share is of")
        side = _SIDES.get(count.quantity.rpartition(".")[2], "") if share == count.quantity else _SIDES["numerator"]
        area = self._areas.get(count.area, "")
        return Withheld(
            what=", ".join(part for part in (name, side) if part),
            whom=f"{label}, within {group.within}" if group.within else label,
            where=", ".join(part for part in (area, count.period) if part),
            why=why,
            instead="",
            indicator=share if share in self._indicators else "",
            characteristic="" if group.level == "total" else group.characteristic,
            area=f"#{count.area}",
            period=count.period,
        )


def _ranges(workspace: Workspace, policy: Policy, about: Disclosed | None) -> list[Withheld]:
    """Return the shares and rates that are given as a range: of what is looked at, and of the newest figures of every indicator."""
    asked = [] if about is None else [(about.indicator_id, about.characteristic, f"#{about.place}", about.period)]
    asked += [
        (one.id, by, area, one.periods[-1])
        for one in held_of(workspace)
        if has_gaps(one)
        for by in one.characteristics
        for area in one.areas
    ]
    found: list[Withheld] = []
    for indicator, by, area, period in list(dict.fromkeys(asked))[:_MOST_BREAKDOWNS]:
        try:
            shown = looked_at(workspace, indicator, by, policy, area=area, period=period)
        except AmheError:
            continue  # this place has nothing by that characteristic, or shares its name with another
        found += [_range(shown, row) for row in shown.rows if is_range(row.status)]
    return list(dict.fromkeys(found))


def _range(shown: Disclosed, row: BreakdownRow) -> Withheld:
    return Withheld(
        what=shown.indicator,
        whom="Everybody" if row.level == "total" else f"{row.group} ({shown.characteristic.lower()})",
        where=f"{shown.area}, {shown.period}",
        why=f"given as a range: {WHY_A_RANGE}",
        instead=f"{row.status} %" if shown.statistic == "percentage" else row.status,
        indicator=shown.indicator_id,
        characteristic=shown.characteristic,
        area=f"#{shown.place}",
        period=shown.period,
    )


def _sources(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the title of each source with figures, and what is believed of it."""
    believed = believed_of(workspace)
    return [(source.title, believed[source.id]) for source in workspace.list(DataSource) if source.id in believed]


def believed_of(workspace: Workspace) -> dict[str, str]:
    """Return for each source with figures, by its id, whether its publisher is believed to have dealt with small numbers, and why."""
    unguarded = set(unguarded_sets(workspace).values())
    held = workspace.remembered(
        "sources with figures",
        lambda raw: {str(row[0]) for row in raw.execute(f"SELECT source_id FROM dataset WHERE key IN ({VISIBLE})")},
    )
    told: dict[str, str] = {}
    for source in workspace.list(DataSource):
        if source.id in held:
            guarded = NOT_BORNE_OUT if source.treated == Treated.YES.value else NOBODY_SAYS
            told[source.id] = guarded if source.id in unguarded else BELIEVED
    return told


BELIEVED = "Believed to be dealt with by its publisher: somebody here says so, and the figures show it. Nothing more is hidden."
NOT_BORNE_OUT = (
    "Guarded: somebody here says that its publisher has dealt with small numbers, but the figures do not show it."
)
NOBODY_SAYS = "Guarded: nobody here says that its publisher has dealt with small numbers."
