"""Where a programme stands: what each sub-step holds, and how full it is; which records count is said by each kind itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from amhe_tui.text import counted
from store.records import Counted, all_records

FULL = 4


@dataclass(frozen=True)
class Standing:
    """Where a sub-step stands.

    Attributes:
        dots: How full it is, as dots.
        phrases: What it holds, such as ``4 sources``; what matters most comes first.
    """

    dots: str
    phrases: list[str]


def standing(sub_step: str, counts: Mapping[str, int]) -> Standing:
    """Return where a sub-step stands, from how many records each table holds."""
    full = fullness(sub_step, counts)
    return Standing("●" * full + "○" * (FULL - full), held(sub_step, counts))


@cache
def parts_of(sub_step: str) -> Mapping[str, Counted]:
    """Return what a sub-step is made of, by table; the first matter most."""
    counted = {
        table: kind.counted_as
        for table, kind in all_records().items()
        if kind.sub_step == sub_step and isinstance(kind.counted_as, Counted)
    }
    return dict(sorted(counted.items(), key=lambda part: part[1].place))


def held(sub_step: str, counts: Mapping[str, int], most: int = 2) -> list[str]:
    """Return what a sub-step holds, in at most ``most`` phrases such as ``4 sources``."""
    phrases = [
        counted(counts[table], part.singular, part.plural)
        for table, part in parts_of(sub_step).items()
        if counts.get(table)
    ]
    return phrases[:most]


def fullness(sub_step: str, counts: Mapping[str, int]) -> int:
    """Return how much of a sub-step is there, from 0 to 4; a first record of the main kind counts half."""
    present = [counts.get(table, 0) for table in parts_of(sub_step)]
    if not any(present):
        return 0
    if len(present) == 1:
        return min(FULL, 1 + present[0])
    return max(1, round(FULL * sum(map(bool, present)) / len(present)))
