"""Several columns of places in one table: which of them a row is about, and which only say in what it lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amhe_tui.intake.column_roles import role_by_name
from amhe_tui.intake.columns import Profile
from amhe_tui.intake.markers import read_marker
from amhe_tui.intake.meaning import columns_for

_PLACES = ("area", "area_code")


def settle_wider_places(meaning: dict[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]) -> None:
    """Take the narrowest of several columns of places for the area, and the others, where each place lies in one of them, for what it lies in.

    Without this a region would be read as a group of people. Places that cross each other, such as a board and a trust, stay as they were understood.
    """
    named = {
        role: [one for one in profiles if role_by_name(one) == role and not one.is_figure and one.filled > 0]
        for role in _PLACES
    }
    if len(named["area"]) < 2 and len(named["area_code"]) < 2:
        return
    taken = {name for role in _PLACES for name in columns_for(meaning, role)}
    others = [one for role in _PLACES for one in named[role] if one.name not in taken]
    # Of two that differ as often, the narrower is blank more often: a row on a whole country names no district.
    narrowest = max(
        named["area"] or named["area_code"], key=lambda one: (one.distinct, -one.filled, one.place), default=None
    )
    if narrowest is None or not others:
        return
    wider = [one for role in _PLACES for one in named[role] if one is not narrowest]
    if not all(_lies_in(narrowest, one, rows) for one in wider):
        return
    codes = [one for one in named["area_code"] if one.distinct == narrowest.distinct and _lies_in(one, narrowest, rows)]
    codes.sort(key=lambda one: (abs(one.filled - narrowest.filled), abs(one.place - narrowest.place)))
    groups = [
        name for name in columns_for(meaning, "group") if name not in {narrowest.name, *(one.name for one in wider)}
    ]
    for role in (*_PLACES, "group"):
        meaning.pop(role, None)
    meaning["area"] = narrowest.name
    if codes:
        meaning["area_code"] = codes[0].name
    for role in _PLACES:
        left = sorted(
            (one for one in named[role] if one is not narrowest and one not in codes[:1]), key=lambda one: one.distinct
        )
        if left:
            meaning[f"wider_{role}"] = [one.name for one in left]
    if groups:
        meaning["group"] = groups[0] if len(groups) == 1 else groups


def _lies_in(narrow: Profile, wide: Profile, rows: Sequence[Sequence[str]]) -> bool:
    seen: dict[str, str] = {}
    last = max(narrow.place, wide.place)
    for row in rows:
        if len(row) <= last or read_marker(row[narrow.place]) is not None:
            continue
        if seen.setdefault(row[narrow.place], row[wide.place]) != row[wide.place]:
            return False
    return True
