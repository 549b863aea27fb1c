"""Groups that are written as numbers: sex as 1 and 2, a decile, the code of an ethnic group. A number that tells rows apart is no figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from amhe_tui.intake.tables.column_mapping import HIDDEN_ROLES, ROLES, columns_for
from amhe_tui.intake.tables.columns import Profile, statistic_of
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.text import shorten

_MOST_CODES, _MOST_YEARS_OF_AGE = 25, 121


_CODE = re.compile(r"\d{1,3}")


_NAMED_AS_CODE = re.compile(
    r"\b(code|cd|decile|quintile|quartile|band|group|category|class|cluster|tier|grade|level|stage|type|cohort|status|flag|indicator|yn|key|id)$|^(imd|core20)\b",
)
"""Names of columns whose numbers are labels, if rows are told apart by them."""


_COUNTS = re.compile(r"\b(count|number|no|total|percent(age)?|rate|mean|median|average|score|rank|value|sum|n)\b|%")


def settle_codes(mapping: dict[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]) -> list[str]:
    """Take columns of numbers for groups where rows are told apart by nothing else, and return a sentence on each whose codes say nothing by themselves."""
    by_name = {profile.name: profile for profile in profiles}
    values = [name for name in columns_for(mapping, "value") if name in by_name]
    used = {name for role in (*dict(ROLES), *HIDDEN_ROLES) for name in columns_for(mapping, role)} - set(values)
    free = [profile for profile in profiles if profile.name not in used and _may_be_codes(profile, len(rows))]
    if not free or not values:
        return []
    places = [by_name[name].place for name in used if name in by_name and name not in _beside_figures(mapping)]
    last = max(profile.place for profile in profiles)
    whole = [row for row in rows if len(row) > last]
    taken: list[Profile] = []
    distinct = _distinct(whole, places)
    while free and distinct < len(whole):
        best = max(free, key=lambda profile: _distinct(whole, [*places, profile.place]))
        after = _distinct(whole, [*places, best.place])
        if after <= distinct or not set(values) - {best.name, *(profile.name for profile in taken)}:
            break
        taken.append(best)
        free.remove(best)
        places.append(best.place)
        distinct = after
    names = [profile.name for profile in profiles if profile in taken]
    if not names:
        return []
    _put(mapping, "value", [name for name in values if name not in names])
    _put(mapping, "group", [*columns_for(mapping, "group"), *names])
    if len(columns_for(mapping, "value")) < 2:
        mapping.pop("columns_are", None)
    return [_asked(by_name[name]) for name in names if not _speaks_for_itself(name)]


def _put(mapping: dict[str, Any], role: str, names: Sequence[str]) -> None:
    mapping.pop(role, None)
    if names:
        mapping[role] = names[0] if len(names) == 1 else list(names)


def _beside_figures(mapping: Mapping[str, Any]) -> set[str]:
    return {
        name
        for role in ("numerator", "denominator", "lower", "upper", "standard_error")
        for name in columns_for(mapping, role)
    }


def _distinct(rows: Sequence[Sequence[str]], places: Sequence[int]) -> int:
    return len({tuple(row[place] for place in places) for row in rows})


def _may_be_codes(column: Profile, rows: int) -> bool:
    """Tell whether the numbers of a column may be codes: few, whole, and by a name that is one of a characteristic or says so."""
    if column.filled == 0 or not all(map(_CODE.fullmatch, column.cells)):
        return False
    known = recognise_characteristic(column.words)
    most = _MOST_YEARS_OF_AGE if known is not None and known.code == "age" else _MOST_CODES
    if column.distinct > most or (rows > 12 and column.distinct * 2 > rows):
        return False
    bare = re.sub(r"\b(decile|quintile|id|number of deciles)\b", "", column.words)
    return (known is not None or bool(_NAMED_AS_CODE.search(column.words))) and (
        not _COUNTS.search(bare) and statistic_of(bare) in ("", "decile")
    )


def _speaks_for_itself(name: str) -> bool:
    known = recognise_characteristic(name)
    return (known is not None and known.ordered) or bool(re.search(r"decile|quintile|quartile", name, re.IGNORECASE))


def _asked(column: Profile) -> str:
    codes = sorted(column.cells, key=int)
    shown = ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "")
    return f"{shorten(column.name, 40)} holds codes ({shown}), which stay the names of its groups: write what the codes mean in their place before bringing the file in."


def without_codes_beside_names(
    mapping: dict[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]
) -> None:
    """Keep of two columns of groups that say the same, one in codes and one in words, the one in words."""
    by_name = {profile.name: profile for profile in profiles}
    groups = [name for name in columns_for(mapping, "group") if name in by_name]
    kept = list(groups)
    for code in groups:
        if not _is_coded(by_name[code]):
            continue
        for words in groups:
            if (
                words in kept
                and words != code
                and not _is_coded(by_name[words])
                and _say_the_same(by_name[code], by_name[words], rows)
            ):
                kept.remove(code)
                break
    if kept != groups:
        _put(mapping, "group", kept)


def _is_coded(column: Profile) -> bool:
    return column.distinct > 1 and all(
        len(cell) <= 3 or re.fullmatch(r"[A-Z]{0,3}\d{1,9}", cell) for cell in column.cells
    )


def _say_the_same(code: Profile, words: Profile, rows: Sequence[Sequence[str]]) -> bool:
    pairs = {(row[code.place], row[words.place]) for row in rows if len(row) > max(code.place, words.place)}
    return len(pairs) == len({first for first, _ in pairs}) == len({second for _, second in pairs}) and len(
        pairs
    ) < len(rows)
