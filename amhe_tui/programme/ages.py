"""The ages within which an indicator is there by another characteristic, so that a gap can be looked at age by age."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.order import in_fixed_order
from store.evidence.datasets import VISIBLE
from store.workspace import Workspace

_MOST = 24
"""More ages than that are single years, which would be looked up for long and say little more."""


def is_age(characteristic: str) -> bool:
    """Tell whether a characteristic is age."""
    known = recognise(characteristic)
    return known is not None and known.code == "age"


def ages_within(workspace: Workspace, indicator: str, characteristic: str) -> tuple[str, ...]:
    """Return the ages, such as ``Age group: 16 to 34``, within which an indicator is there by a characteristic; those of one heading, in their order."""
    headings: dict[str, list[str]] = {}
    for within in crossed_with_age(workspace).get((indicator, characteristic), ()):
        heading, _, age = within.partition(": ")
        headings.setdefault(heading, []).append(age)
    if not headings:
        return ()
    heading, ages = max(headings.items(), key=lambda entry: len(entry[1]))
    if not 1 < len(ages) <= _MOST:
        return ()
    return tuple(f"{heading}: {age}" for age in in_fixed_order(heading, ages))


def crossed_with_age(workspace: Workspace) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return the ages within which there is anything, by indicator and characteristic."""
    return workspace.remembered("crossed with age", _crossed)


def _crossed(raw: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    crossed: dict[tuple[str, str], list[str]] = {}
    if not raw.execute("SELECT 1 FROM category WHERE within <> '' LIMIT 1").fetchone():
        return crossed
    rows = raw.execute(
        "SELECT DISTINCT q.id, c.characteristic, c.within FROM category c JOIN covered_category v ON v.category = c.key"
        f" JOIN quantity q ON q.key = v.quantity WHERE v.dataset IN ({VISIBLE}) AND c.within <> '' ORDER BY 3"
    )
    for indicator, characteristic, within in rows:
        if is_age(str(within).partition(": ")[0]) and not is_age(str(characteristic)):
            crossed.setdefault((str(indicator), str(characteristic)), []).append(str(within))
    return crossed
