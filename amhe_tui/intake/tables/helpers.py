"""Columns that publishers add for their own machines: codes beside names, orders, hierarchies, numbers of rows. They are used or left out, never counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from amhe_tui.intake.tables.columns import Profile, statistic_of, words_of
from amhe_tui.method.groups.ages import OLDEST, age_band
from amhe_tui.method.groups.characteristics import recognise
from store.evidence.datasets import read_figure

_SUFFIXES = re.compile(
    r"(?P<stem>.+?)[_ ]?(?P<what>item ?name(?:[_ ][a-z]{2,3})?|name|code|type ?code|type|sort ?order|hierarchy|alt ?code ?\d?|item ?notes?(?:[_ ][a-z]{2,3})?)",
    re.IGNORECASE,
)
"""How StatsWales and others call the columns that go with one dimension: its items, their codes, their order."""


_ORDER = re.compile(
    r"(?:.+[ _]?)?(?:sort ?order|sort[ _]order|hierarchy)|(?:.+ )?sort(?: ?(?:id|key|by|no|number))?|row ?key|urn|record[ _](?:offset|count)|decimals|decimal places",
    re.IGNORECASE,
)


_ROW_NUMBER = re.compile(
    r"column \d+|unnamed.*|index|#|(?:row|line|serial|sr|s) ?(?:no|nr|num|number|n|id)?|no|nr", re.IGNORECASE
)


_NAMED_PLACE = re.compile(
    r"\b(?:area|geography|la|lad|local authority|region|ward|district|health ?board|lgd|constituency|location|place)\b"
)


_VERSION_4 = re.compile(r"v4_(\d+)", re.IGNORECASE)


_CODE_OF_DIMENSION = re.compile(r"(?:tlist\(\w+\)|c\d{5}v\d{5}|statistic)", re.IGNORECASE)
"""How PxStat calls the column of codes before each column of names."""


_GSS = re.compile(r"[EWSNJKLM]\d{8}$")


_SHARES_OF_PLACES = re.compile(
    r".*\bnot deprived\b.*|.*\bdeprived in (?:any )?(?:\d|one|two|three|four)\b.*", re.IGNORECASE
)


_AN_AGE = re.compile(
    r"\b(?:aged?|ages|over|under)\s+\d{1,3}\b|\b\d{1,3}\s*(?:\+|(?:to|-|–)\s*\d{1,3}\b|(?:and|or) (?:over|under|older|above|more|younger))",
    re.IGNORECASE,
)
"""An age among other words, as in ``Women, aged 16+``."""


_OF_ONE_PART = re.compile(r".*\b(?:decile|quintile|quartile)s? \d{1,2}", re.IGNORECASE)


_OF_NOBODY_KNOWN = re.compile(
    r".*\b(?:not (?:known|stated|recorded|given|specified)|unknown|unspecified|missing)", re.IGNORECASE
)
"""The figure of those whose age or place is not known, such as ``Age: not known``."""


def names_one_group(name: str) -> bool:
    """Tell whether the name of a column is that of one group, such as ``aged 0 to 17`` or ``deprived in 2 dimensions``, so that its numbers are figures of it."""
    spoken = " ".join(name.replace("_", " ").rsplit(" | ", 1)[-1].split())
    band = age_band(spoken)
    if band is not None:
        return not spoken.isdigit()
    known = recognise(spoken) if _AN_AGE.search(spoken) else None
    return (known is not None and known.code == "age") or bool(
        _OF_NOBODY_KNOWN.fullmatch(spoken) or _SHARES_OF_PLACES.fullmatch(spoken) or _OF_ONE_PART.fullmatch(spoken)
    )


def cannot_be_groups(column: Profile) -> bool:
    """Tell whether the numbers in a column are none that ages, deciles or other ordered groups are written with."""
    return column.decimals or column.lowest < 0 or column.highest > OLDEST


def roles_of_helpers(columns: Sequence[Profile]) -> dict[str, str]:
    """Return the roles of columns that come in families, and of those that only number or order the rows."""
    roles = _version_4(columns) or _coded_and_named(columns) or _families(columns)
    for column in columns:
        if column.name not in roles and (_ORDER.fullmatch(column.words) or _is_row_number(column)):
            roles[column.name] = "ignore"
    return roles


def _is_row_number(column: Profile) -> bool:
    """Tell whether a column without a telling name counts the rows from the first to the last."""
    if not _ROW_NUMBER.fullmatch(column.words) or column.distinct < 3 or column.filled < 1 or column.once < 1:
        return False
    numbers = [read_figure(cell) for cell in column.cells]
    steps = [second - first for first, second in pairwise(numbers) if first is not None and second is not None]
    return len(steps) == len(numbers) - 1 and steps[0] == 1 and all(step >= 1 and step % 1 == 0 for step in steps)


def dimension(name: str) -> str:
    """Return the name of a column of items without what a publisher's machine puts behind it: ``Gender_ItemName_ENG`` is Gender."""
    match = re.fullmatch(r"(.+?)[_ ]?item ?name(?:[_ ][a-z]{2,3})?|c_(.+)_name", name, re.IGNORECASE)
    return (match[1] or match[2]) if match else name


# --- one dimension, several columns ---------------------------------------------------------------------------------------------------------------


def _families(columns: Sequence[Profile]) -> dict[str, str]:
    """Return the roles of columns of which several say the same of a row: its item, the code, the order."""
    families: dict[str, dict[str, Profile]] = {}
    for column in columns:
        match = _SUFFIXES.fullmatch(column.name)
        what = re.sub(r"[\s_]", "", match["what"]).casefold() if match else ""
        what = "name" if what.startswith("itemname") else "notes" if what.startswith("itemnote") else what
        stem = words_of(match["stem"] if match else column.name)
        families.setdefault(stem, {}).setdefault(what, column)
    roles: dict[str, str] = {}
    for stem, members in families.items():
        if "name" not in members or not {"", "sortorder", "typecode", "hierarchy", "altcode", "altcode1"} & set(
            members
        ):
            continue
        names = members["name"]
        for what, column in members.items():
            roles[column.name] = "ignore" if what != "name" else _role_of_items(names, stem)
        if roles[names.name] == "area":
            codes = [column for column in members.values() if column is not names and _is_gss(column)]
            if codes:
                roles[codes[0].name] = "area_code"
            if "type" in members and not members["type"].is_figure:
                roles[members["type"].name] = "area_type"
    return roles if sum(role == "ignore" for role in roles.values()) >= 2 else {}


def _role_of_items(items: Profile, stem: str) -> str:
    """Return what a column of names of items means, by its dimension and by what is in it."""
    if items.cells and items.periods >= 0.6:
        return "period"
    words = stem.replace("_", " ").casefold()
    if _NAMED_PLACE.search(words):
        return "area"
    if words in ("obs status", "obs conf"):
        return "ignore"
    if _are_statistics(items):
        return "statistic"
    if words in ("measure", "measures", "statistic", "unit", "units", "indicator", "variable", "cell"):
        return "ignore" if set(map(str.casefold, items.cells)) <= {"value", "values", "persons"} else "indicator"
    return "group" if recognise(words) is not None or not items.is_figure else "ignore"


_A_STATISTIC = re.compile(
    r"(?:value|percent(?:age)?s?|per cent|%|proportion|numbers?|counts?|rates?(?: per [\d,]+)?|mean|median|average(?: \(mean\))?|ratio|score|lower .{2,20}|upper .{2,20})"
    r"(?: of (?:people|persons|all|total|population))?",
    re.IGNORECASE,
)


def _are_statistics(items: Profile) -> bool:
    """Tell whether items only say how the figures are to be read, such as Rate and Lower limit, and not what is counted."""
    return any(map(statistic_of, items.cells)) and all(map(_A_STATISTIC.fullmatch, items.cells))


def _is_gss(column: Profile) -> bool:
    return bool(column.cells) and sum(bool(_GSS.match(cell)) for cell in column.cells) >= 0.8 * len(column.cells)


# --- a code, then its name ------------------------------------------------------------------------------------------------------------------------


def _paired(columns: Sequence[Profile], is_code: Callable[[Profile, Profile], bool]) -> dict[str, str]:
    roles: dict[str, str] = {}
    place = 0
    while place + 1 < len(columns):
        code, names = columns[place], columns[place + 1]
        if not is_code(code, names):
            place += 1
            continue
        role = _role_of_items(names, names.words)
        if _is_gss(code):
            role = "area"
        roles[code.name] = "area_code" if role == "area" else "ignore"
        roles[names.name] = role
        place += 2
    return roles


def _version_4(columns: Sequence[Profile]) -> dict[str, str]:
    """Return the roles in the customisable downloads of the Office for National Statistics: the figure, what is said of it, then a code and a name by turns."""
    match = _VERSION_4.fullmatch(columns[0].name) if columns else None
    if match is None:
        return {}
    beside = int(match[1])
    roles: dict[str, str] = {columns[0].name: "value"}
    for column in columns[1 : 1 + beside]:
        limit = re.search(r"\b(lower|upper)\b|\b(lcl|ucl)\b", column.words)
        roles[column.name] = "ignore" if limit is None else "lower" if limit[0][0] == "l" else "upper"
    return {**roles, **_paired(columns[1 + beside :], lambda _code, _names: True)}


def _coded_and_named(columns: Sequence[Profile]) -> dict[str, str]:
    """Return the roles in the downloads of PxStat, which central statistics offices of Ireland use: a code, then its name; the unit and the value at the end."""
    names = {column.words for column in columns}
    if "statistic label" not in names or "value" not in names:
        return {}

    def is_code(code: Profile, column: Profile) -> bool:
        return bool(_CODE_OF_DIMENSION.fullmatch(code.name)) or (
            code.distinct == column.distinct
            and code.longest <= column.longest + 3
            and column.words not in ("unit", "value")
        )

    roles = _paired([column for column in columns if column.words not in ("unit", "value")], is_code)
    label = next(column for column in columns if column.words == "statistic label")
    return {**roles, label.name: "indicator"}


def keep_to(roles: dict[str, str], fixed: Mapping[str, str]) -> None:
    """Give columns the roles their families fix; what else has such a role by its name alone is left out."""
    single = {role for role in fixed.values() if role not in ("group", "ignore", "value")}
    for name, role in list(roles.items()):
        if role in single and name not in fixed:
            roles[name] = "ignore"
    roles.update(fixed)
