"""The door of places side by side: one figure of every place of a kind, each as its audience may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amhe_tui.analysis.breakdown import SHARES, Breakdown, BreakdownRow
from amhe_tui.analysis.disclosure.breakdown import Disclosed, Policy
from amhe_tui.analysis.disclosure.order import Pair, in_order, is_range
from amhe_tui.analysis.gaps.judging import TrueCounts
from amhe_tui.analysis.places import Place, PlacedPlace, Places, Role, placed
from amhe_tui.errors import AmheError
from amhe_tui.method.groups.words import is_unknown
from amhe_tui.programme.breakdowns import place_called, places_of
from amhe_tui.programme.disclosed import disclosed_breakdown
from store.evidence.datasets import Area
from store.evidence.holdings import widest
from store.workspace import Workspace

MOST = 400
"""So many places are set side by side at most."""

COUNTRIES = ("england", "wales", "scotland", "northern ireland", "great britain", "united kingdom")
"""The names of the wholes that places are set beside, in small letters."""


def disclosed_places(
    workspace: Workspace,
    indicator: str,
    by: str,
    policy: Policy,
    *,
    area: str | None = None,
    period: str | None = None,
    group: str = "",
    within: str = "",
    peers: Sequence[str] = (),
) -> Places:
    """Return the places of a kind side by side, as an audience may see them, with the limits of a funnel.

    Args:
        workspace: The open programme.
        indicator: The id of an indicator, or its name where only one has it.
        by: A characteristic that the figures are there by.
        policy: For whom, and by which rules.
        area: The place that is meant: those of its kind are shown; without it, or where it is the country, those of the kind with the most places.
        period: A period; without it the newest.
        group: Whose figures; "" for everybody.
        within: A group of another characteristic to stay within; "" is everybody.
        peers: Places of the same kind that it is set beside, each by its key, name or code.

    Raises:
        AmheError: What is asked for is not in the file, there are no two places, or the figures are bare counts.
    """
    held, when, there = places_of(workspace, indicator, period)
    whole = _whole(there)
    meant = place_called(there, area) if area else None
    kind = _kind(there, whole, meant)
    members = [entry for entry in there if entry[1].type == kind and entry != whole and not is_unknown(entry[1].name)]
    beside = [place_called(members, peer) for peer in peers]
    first = [entry for entry in (meant, *beside) if entry is not None and entry in members]
    chosen = list(dict.fromkeys([*first, *members]))
    roles: dict[int, Role] = {key: "peer" for key, _ in beside}
    roles |= {meant[0]: "chosen"} if meant is not None else {}
    found: list[Place] = []
    seen: list[Disclosed] = []
    hidden = 0
    for key, place in [*([whole] if whole else []), *chosen[:MOST]]:
        try:
            shown = disclosed_breakdown(
                workspace, held, by, policy, area=f"#{key}", period=when, within=within, ages=False
            )
        except AmheError:
            continue  # this place has nothing by this characteristic
        if shown.kind == "count":
            raise AmheError(
                "No shares or rates",
                "Bare counts of places cannot be set side by side: a large place has more.",
                "Choose a share or a rate.",
            )
        true = shown.judge.figures if isinstance(shown.judge, TrueCounts) else shown
        row, before = (_row(one, group) for one in (shown, true))
        if row is None or before is None:
            continue
        seen.append(shown)
        hidden += row.value is None and before.value is not None and not is_range(row.status)
        role = "whole" if (key, place) == whole else roles.get(key, "")
        named = replace(row, group=place.name, level="detailed", parent=None)
        found.append(Place(place.name, role, named, before))
    found = _in_true_order(found, seen, policy)
    parts = [place for place in found if place.role != "whole"]
    if len(parts) < 2:
        raise AmheError(
            "No places to compare",
            f"Fewer than two places have a figure {f'for {group}' if group else 'for everybody'} here.",
            "Choose another indicator, group or period.",
        )
    country = next((place for place in found if place.role == "whole"), None)
    standing, baseline, method = placed(parts, seen[0].kind, seen[0].scale, seen[0].statistic, whole=country)
    order = {"chosen": 0, "peer": 1}
    standing.sort(key=lambda one: (order.get(one.place.role, 2), -_height(one.place.row)))
    lines = [*([PlacedPlace(replace(country, true=None), None)] if country else []), *standing]
    figures = replace(
        seen[0],
        characteristic="Place",
        area=kind or "all places",
        completeness=None,
        rows=tuple(one.place.row for one in lines),
        place=0,
        by_age=None,
        judge=None,
        published=all(one.published for one in seen),
        hidden=hidden,
    )
    around = country.name if country is not None and country.row.value is not None else ""
    return Places(figures, kind, group, tuple(lines), baseline, around, method, max(0, len(chosen) - MOST))


def is_one_of_several(workspace: Workspace, figures: Breakdown) -> bool:
    """Tell whether the place of some figures is one among others of its kind, and not the country or whatever else they are parts of."""
    if not figures.place:
        return False
    there = places_of(workspace, figures.indicator_id, figures.period)[2]
    whole = _whole(there)
    own = next((area for key, area in there if key == figures.place), None)
    alike = [key for key, area in there if own is not None and area.type == own.type]
    return len(alike) > 1 and (whole is None or whole[0] != figures.place)


def _in_true_order(places: Sequence[Place], seen: Sequence[Disclosed], policy: Policy) -> list[Place]:
    """Return places without an order among them that the true counts deny: each is judged alone in its own breakdown, and they stand beside each other here."""
    if policy.raw or not seen or seen[0].kind not in ("share", "rate"):
        return list(places)
    # Whatever they are parts of keeps its figure before they do.
    levels = ["total" if place.role == "whole" else "detailed" for place in places]
    pairs = [
        Pair(replace(place.row, level=level), place.true or place.row)
        for place, level in zip(places, levels, strict=True)
    ]
    rows = in_order(pairs, seen[0].scale, policy.rounding, share=seen[0].statistic in SHARES)
    return [replace(place, row=replace(row, level=place.row.level)) for place, row in zip(places, rows, strict=True)]


def _height(row: BreakdownRow) -> float:
    return float("-inf") if row.value is None else row.value


def _row(figures: Breakdown, group: str) -> BreakdownRow | None:
    """Return the row of a group, or of everybody."""
    letters = group.casefold()
    return next(
        (row for row in figures.rows if (row.group.casefold() == letters if letters else row.level == "total")), None
    )


_Entry = tuple[int, Area]


def _whole(there: Sequence[_Entry]) -> _Entry | None:
    """Return the country, or the only place of the widest kind where there are others."""
    for entry in there:
        if entry[1].type.casefold() in COUNTRIES or entry[1].name.casefold() in COUNTRIES:
            return entry
    top = widest(there)
    return top[0] if len(top) == 1 and len(there) > 2 else None


def _kind(there: Sequence[_Entry], whole: _Entry | None, meant: _Entry | None) -> str:
    """Return the kind of the place that is meant, or where it is the whole, the kind with the most places."""
    if meant is not None and meant != whole:
        return meant[1].type
    kinds = [area.type for key, area in there if whole is None or key != whole[0]]
    return max(dict.fromkeys(kinds), key=kinds.count, default="")
