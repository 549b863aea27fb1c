"""What each column of a table seems to mean: told from its name, from its neighbours and from what is in it, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from amhe_tui.intake.publishers.registry import name_of_answers, topics
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.columns import MOSTLY, Profile, statistic_of
from amhe_tui.intake.tables.helpers import cannot_be_groups, keep_to, names_one_group, roles_of_helpers
from amhe_tui.intake.tables.people import OF_SINGLE_PEOPLE, about_people, identifier_of
from amhe_tui.intake.tables.shape import BETWEEN
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.words import is_total
from amhe_tui.method.periods import is_part_of_year

_PLACE = (
    r"area|practice|pcn|ics|org(?:anisation)?|provider|geography|la|lad|ltla|utla|lsoa|msoa|icb|icbl|ccg|sicbl|sub icb|region|trust|ward|district|authority|local authority|"
    r"borough|local authorities|council area|health board|location|country|constituency|gp practice|school"
)


_JOINED = r"^(?:ad )?(?:practice|pcn|ics|icb|region|ccg)"


_OTHERWISE = r"^(?:orgname\d?|[a-z]+\d\d ?nm)$|^national regional"
"""Names of places as organisations, boundary files and Stat-Xplore call them."""


_ENDING = (
    r"(?:(?:financial |calendar )?year|quarter|month|half year|week|(?:12|twelve|3|6|three|six) months) "
    r"(?:to|ending|ended|end|commencing|beginning)\b.*|w c|w e"
)
"""Names of columns that say where a period ends or begins, and leave the year to the cells."""


_TIMES = (
    r"half ?years?|terms?|school term|school year|academic year|"
    r"years?|date|month|period|time|time period|reporting period|financial year|fin year|fiscal year|quarter|month ?/? ?year|week|week ending|year ending|"
    r"calendar year|survey year|reporting year|date range"
)


_BESIDE_FIGURES = (
    r"fid|objectid|index|row|row id|unnamed|status|sort order|time period sortable|sortable|geometry|shape|lat(?:itude)?|lon(?:g|gitude)?|easting|northing|"
    r"sort|order|sequence|display order|flags?|value flag|markers?|obs status|observation status|shorthand|symbols?|data marking|suppression|qf|"
    r"value note|notes?|footnotes?|recent trend|compared to .*|new data|time period range|data ?source"
)


_FIGURES = (
    r"value|figure|estimate|observation|obs value|measure value|measure value suppressed|metric value|indicator value|dq result|percentage|percent|rate|count|"
    r"number|n|total"
)


_NAMES: tuple[tuple[str, str], ...] = (
    ("ignore", rf"^(?:{_BESIDE_FIGURES})$"),
    ("period_starts", r"^(?:reporting )?(?:period )?start(?: date)?$|^(?:date )?from$|period start"),
    ("period_ends", r"^(?:reporting )?(?:period )?end(?: date)?$|^(?:date )?to$|period end"),
    (
        "lower",
        r"(?:9\d|ci|conf\w*|limit|bound)\b.*\blower\b|lower.*(?:ci|limit|conf|bound|95)|^(?:lci|lcl|lowercl|ci lb|ci lower|lower)$",
    ),
    (
        "upper",
        r"(?:9\d|ci|conf\w*|limit|bound)\b.*\bupper\b|upper.*(?:ci|limit|conf|bound|95)|^(?:uci|ucl|uppercl|ci ub|ci upper|upper)$",
    ),
    ("standard_error", r"^(?:se|std err(?:or)?|standard error)$"),
    ("numerator", r"^(?:numerator|num)$"),
    ("denominator", r"^(?:denominator|den|denom)$"),
    ("indicator_id", r"^(?:indicator|measure|metric|variable) ?(?:id|code|abbr(?:eviation)?)$"),
    ("indicator", r"^(?:dq )?(?:indicator|measure|metric|question)(?: name| text| label| title| description)?$"),
    (
        "statistic",
        r"^(?:statistic|measure statistic|(?:indicator |measure |data )?value type|measure type|measurement(?: type)?|stat)$",
    ),
    ("unit", r"^(?:units?|unit of measure|unit label|measure unit)$"),
    (
        "area_type",
        r"^(?:area|org(?:anisation)?|geography|geographic|group|location|provider|setting) ?(?:type|level|breakdown)$|^geography$|^(?:reporting )?level$",
    ),
    (
        "area_code",
        rf"{_JOINED}code$|\b(?:{_PLACE}|oa|gss|ons|ods|data zone)\b.*\b(?:code|cd|id)\b|^(?:ecode|gss|code|mnemonic|org ?id|orgcode\d?)$|^[a-z]+\d\d(?: ?cd| code)$",
    ),
    (
        "area",
        rf"\b(?:{_PLACE})\b(?: name| nm)?(?: \(?\d{{4}}\)?)?$|{_JOINED}name$|{_OTHERWISE}|^(?:place|geo|setting|hospital|county|city|locality|neighbourhood|data zone)$",
    ),
    (
        "characteristic",
        r"^(?:characteristic|dimension|demographic|breakdown|variable type|category type|equality strand|breakdown type|topic|subgroup type|domain type)$",
    ),
    (
        "group",
        r"^(?:demographic ?breakdown|subgroup|category|group|label|variable a|breakdown (?:value|category)|sub ?category|group name|subgroup name)$",
    ),
    ("subgroup", r"^(?:variable b|sub ?label|detail)$"),
    ("period_kind", r"^time identifier$"),
    ("period", rf"^(?:{_TIMES})(?: name| label)?$|^mid.?year|^(?:{_ENDING})$"),
    ("value", rf"^(?:{_FIGURES})$"),
)


_PARTS_OF_TIME = frozenset(
    {
        "quarter",
        "half year",
        "half years",
        "term",
        "terms",
        "school term",
        "period",
        "time period",
        "reporting period",
        "week",
        "month",
    }
)


NAME_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _NAMES)
"""Roles of columns and the names they go by."""


_CODE = re.compile(r"[A-Z]\d{8}$|[A-Z0-9]{2,6}$|[A-Z]{1,3}\d{2,8}$")


_GSS = re.compile(r"[EWSNJKLM]\d{8}$")


_MEASURE = re.compile(r"(count|percentage|mean|median|rate)[_ ]\w+", re.IGNORECASE)


_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
"""A day as spreadsheets count it, in a column that is named after a time."""


_ONLY_A_STATISTIC = re.compile(
    r"(count|counts|n|numbers?|total|percentages?|per ?cent|%|proportion|rate( per [\d,]+)?|crude rate|mean|median|average|ratio|value|number of (people|persons))s?",
    re.IGNORECASE,
)


_MOST_GROUPS = 400


_LONG = 60


_NO_FIGURE = ("suppressed", "not available", "not applicable", "not given", "not collected", "unreliable")


_BESIDE = re.compile(r"^(?P<base>.+?) ?(?P<what>code|type|qf|flag|note|id|order|sort)$")
"""A column that says something of the one it is named after: its code, its kind, a flag."""


_OF_WHICH_YEAR = re.compile(r" (?:[12]|\(?(?:19|20)\d\d(?: (?:boundar(?:y|ies)|codes?|wards?))?\)?)$")
"""What stands behind the name of a column of places in tables that change with the boundaries."""


def role_by_name(column: Profile) -> str:
    """Return what a column's name alone says that it means, or ""."""
    role = next((role for role, pattern in NAME_PATTERNS if pattern.search(column.words)), "")
    plain = _OF_WHICH_YEAR.sub("", column.words)
    if role or plain == column.words:
        return role
    # ``Ward Name 1`` and ``LA name (2020 boundaries)`` are places like ``Ward Name``; of other columns a number at the end may mean another thing.
    role = next((role for role, pattern in NAME_PATTERNS if pattern.search(plain)), "")
    return role if role in ("area", "area_code", "area_type") else ""


def _fits(role: str, column: Profile) -> bool:
    """Tell whether what is in a column can be what its name says."""
    if role in ("value", "numerator", "denominator", "lower", "upper", "standard_error"):
        return column.figures >= MOSTLY or column.filled == 0
    if role == "period":
        if column.words in _PARTS_OF_TIME and column.cells and not column.is_figure and column.longest <= 20:
            return True  # such as Term 1, which is a time though no date can be told from it
        return column.periods >= 0.6 or (column.filled > 0 and all(map(_SERIAL.fullmatch, column.cells[:30])))
    if role in ("period_starts", "period_ends"):
        return column.periods >= 0.6
    if role == "area_code":
        return any(map(_CODE.match, column.cells[:50])) or column.distinct <= 2
    if role in ("area", "area_type", "indicator", "characteristic", "group", "subgroup"):
        return not column.is_figure or column.distinct <= 1
    if role == "statistic":
        return all(statistic_of(cell) for cell in column.cells[:5])
    return True


def guess_roles(columns: Sequence[Profile], rows: int) -> dict[str, str]:
    """Return what each column seems to mean, by its name: a role, ``text`` or ``ignore``."""
    roles: dict[str, str] = {}
    for column in columns:
        if identifier_of(column) in OF_SINGLE_PEOPLE:
            roles[column.name] = "ignore"  # whatever else a table is: who somebody is never comes in
            continue
        role = role_by_name(column)
        if (
            role == "indicator"
            and column.cells
            and all(statistic_of(cell) and _ONLY_A_STATISTIC.fullmatch(cell) for cell in column.cells[:6])
            and column.distinct <= 6
        ):
            role = "statistic"
        if (
            not role
            and column.cells
            and sum(bool(_MEASURE.match(cell)) for cell in column.cells) >= 0.8 * len(column.cells)
        ):
            role = "indicator"
        if role == "unit" and column.cells and all(statistic_of(cell) for cell in column.cells):
            role = "statistic"
        if (
            role == "statistic"
            and column.words == "measurement"
            and any(each.words in ("unit", "units") for each in columns)
        ):
            role = "ignore"  # its units say it better: a ratio may be one of a hundred
        if role and _fits(role, column):
            roles[column.name] = role
    _one_each(roles, columns)
    _settle_beside(roles, columns)
    _settle_pairs(roles, columns)
    keep_to(roles, roles_of_helpers(columns))
    for column in columns:
        if column.name not in roles:
            roles[column.name] = _role_by_content(column, rows, roles)
    _settle_hidden(roles, columns)
    _settle_characteristics(roles, columns)
    _settle_places(roles, columns)
    _settle_values(roles, columns)
    _settle_periods(roles, columns)
    return roles


def _one_each(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Leave each role to the first column that has it; a second column of figures stays one of figures."""
    seen: set[str] = set()
    for column in columns:
        role = roles.get(column.name, "")
        if role and role in seen and role not in ("value", "ignore", "unit", "period", "group"):
            del roles[column.name]
            if role == "statistic":
                roles[column.name] = "ignore"  # two columns say how the figures are to be read, and none of them who
        seen.add(role)
    types = [name for name, role in roles.items() if role == "area_type"]
    areas = [name for name, role in roles.items() if role in ("area", "area_code")]
    if types and not areas:
        roles[types[0]] = "area"


def _settle_beside(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Leave out what only says the code, the kind or a flag of the column beside it; of places they are kept."""
    by_words = {column.words: column for column in columns}
    for column in columns:
        named = next(
            (by_words[words] for words in (f"{column.words} name", f"{column.words} label") if words in by_words), None
        )
        if named is not None and column.is_figure and not named.is_figure:
            roles[column.name] = "ignore"  # the number that stands for the name beside it
            continue
        match = _BESIDE.match(column.words)
        base = by_words.get(match["base"]) if match else None
        if match is None or base is None or base is column or (column.is_figure and match["what"] in ("order", "sort")):
            if base is not None and match is not None and base is not column:
                roles[column.name] = "ignore"
            continue
        of_place = roles.get(base.name) in ("area", "area_type") or role_by_name(base) == "area"
        if of_place and match["what"] in ("code", "type", "id"):
            role = "area_type" if match["what"] == "type" else "area_code"
            roles[column.name] = role if role not in roles.values() or roles.get(column.name) == role else "ignore"
            if roles.get(base.name) == "area_type":
                roles[base.name] = "area"
        elif match["what"] == "type" and _names_characteristics(column):
            roles[column.name] = "characteristic"
        elif roles.get(column.name) not in ("area_type", "area_code", "statistic", "indicator_id"):
            roles[column.name] = "ignore"


def _settle_pairs(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    by_words = {column.words: column for column in columns}
    for first, second in topics():
        if first in by_words and second in by_words:
            for name, role in roles.items():
                if role in ("characteristic", "group"):
                    roles[name] = "ignore"
            roles[by_words[first].name], roles[by_words[second].name] = "characteristic", "group"
            return


def _settle_hidden(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Keep a column between figures in which every figure is hidden or missing: it says so of each row."""
    for before, column in pairwise(columns):
        marks = [read_marker(cell) for cell in column.cells]
        if (
            roles[before.name] == "value"
            and roles[column.name] in ("group", "text")
            and marks
            and all(mark is not None and mark.status in _NO_FIGURE for mark in marks)
        ):
            roles[column.name] = "value"


def _settle_characteristics(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where the cells of one column of groups are names of characteristics, it says what those of the next are groups of."""
    if "characteristic" in roles.values():
        return
    groups = [column for column in columns if roles[column.name] == "group"]
    for column in groups[:-1]:
        if _names_characteristics(column):
            roles[column.name] = "characteristic"
            return


def _names_characteristics(column: Profile) -> bool:
    named = [cell for cell in column.cells if not is_total(cell)]
    known = sum(recognise_characteristic(cell) is not None for cell in named)
    return bool(named) and recognise_characteristic(column.name) is None and known >= 0.6 * len(named)


def _settle_places(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where only codes of places were found, the names beside them are those that differ as often; where nothing was, short names that never repeat."""
    if "area" in roles.values():
        return
    code = next((column for column in columns if roles[column.name] == "area_code"), None)
    labels = [
        column
        for column in columns
        if roles[column.name] in ("text", "group") and column.longest <= _LONG and not column.is_figure
    ]
    if code is not None and code.distinct > 1:
        named = [
            column
            for column in labels
            if abs(column.distinct - code.distinct) <= 0.1 * code.distinct
            and recognise_characteristic(column.name) is None
        ]
    elif code is None and not any(role in ("group", "indicator") for role in roles.values()):
        named = [column for column in labels if column.once > 0.9 and column.distinct > 2 and column.filled > 0.9]
    else:
        named = []
    if named:
        roles[named[0].name] = "area"


def _role_by_content(column: Profile, rows: int, roles: Mapping[str, str]) -> str:
    known = recognise_characteristic(column.name)
    if column.filled == 0:
        return "ignore"
    if column.is_figure and (is_total(column.name) or any(map(names_one_group, column.name.split(BETWEEN)))):
        return "value"  # such as ``All ages`` and ``aged 0 to 17``, whose names speak of a characteristic
    codes = sum(bool(_GSS.match(cell)) for cell in column.cells)
    if "area_code" not in roles.values() and codes >= 0.8 * len(column.cells):
        return "area_code"
    if known is not None and (
        not column.is_figure
        or (
            column.distinct <= 120 and known.ordered and not statistic_of(column.words) and not cannot_be_groups(column)
        )
    ):
        return "group"
    if column.is_figure:
        return "ignore" if _is_key(column, rows) else "value"
    if "period" not in roles.values() and column.periods >= 0.8:
        return "period"
    if column.longest > _LONG or (column.distinct > _MOST_GROUPS) or (rows >= 30 and column.distinct > 0.6 * rows):
        return "text"
    return "group"


def _is_key(column: Profile, rows: int) -> bool:
    """Tell whether numbers are only a key: a telephone number, a row number, a place on a map."""
    if re.search(r"\b(id|key|code|phone|telephone|fax|postcode|uprn)\b", column.words):
        return True
    return bool(rows > 20 and re.search(r"\b(lat|latitude|lon|longitude|easting|northing)\b", column.words))


def _settle_values(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where a column is plainly the value and what is counted stands in another, other columns of figures are beside it."""
    by_role: dict[str, list[Profile]] = {}
    for column in columns:
        by_role.setdefault(roles[column.name], []).append(column)
    values = by_role.get("value", [])
    named = [column for column in values if role_by_name(column) == "value"]
    says_what = "indicator" in by_role or "indicator_id" in by_role
    if (
        len(values) > 1
        and len(named) == 1
        and named[0].words in ("value", "estimate", "measure value", "obs value")
        and says_what
    ):
        for column in values:
            if column is not named[0]:
                roles[column.name] = {"count": "numerator", "population": "denominator"}.get(column.words, "ignore")
    if "denominator" in by_role and "numerator" not in by_role and any(column.words == "value" for column in values):
        counts = [column for column in values if column.words == "count"]
        roles.update(dict.fromkeys((column.name for column in counts), "numerator"))
    if not values:
        for role in ("numerator", "denominator"):
            for column in by_role.get(role, []):
                roles[column.name] = "value"


def _settle_periods(roles: dict[str, str], columns: Sequence[Profile]) -> None:
    """Keep the finest of several columns of periods; the others say the same more coarsely, or which part of a year is meant."""
    periods = [column for column in columns if roles[column.name] == "period"]
    whole = [column for column in periods if column.periods >= 0.6]
    parts = [
        column
        for column in columns
        if roles[column.name] in ("period", "group", "text")
        and column.cells
        and all(map(is_part_of_year, column.cells))
    ]
    if len(whole) == 1 and len(parts) == 1 and "period_kind" not in roles.values():
        roles[parts[0].name] = "period_kind"
        periods = whole
    if len(periods) < 2:
        return
    finest = max(periods, key=lambda column: (column.distinct, bool(re.search("month|date", column.words))))
    for column in periods:
        if column is not finest:
            roles[column.name] = "ignore"


_PLACES_TO_GO = re.compile(
    r"\b(address ?\d?|address line ?\d?|post ?code|telephone|phone|website|web ?site|url|e-?mail|description|opening hours)\b|^(reaches|languages|access|capacity|contact)$",
    re.IGNORECASE,
)


_REACHED_BY = re.compile(r"address|post ?code|telephone|phone|website|web ?site|url|e-?mail|^contact$", re.IGNORECASE)


_NAME_COLUMNS = re.compile(r"(^|\b)(name|title|service|organisation ?name|service name)$", re.IGNORECASE)


def family_of(columns: Sequence[str], profiles: Sequence[Profile], rows: int) -> tuple[str, str]:
    """Return whether a table holds figures, answers of people or a list of things, and what it is called."""
    if name := name_of_answers(columns):
        return "answers", name
    if any(identifier_of(profile) in ("NHS numbers", "birth dates") for profile in profiles):
        return "answers", "answers"
    called = [profile.name for profile in profiles if _NAME_COLUMNS.search(" ".join(profile.words.split()))]
    places = [profile.words for profile in profiles if _PLACES_TO_GO.search(profile.words)]
    if called and len(places) >= 2 and any(map(_REACHED_BY.search, places)):
        return "list", "directory"
    if about_people(profiles, rows):
        return "answers", "answers"
    if "value" not in guess_roles(profiles, rows).values():
        asks = sum(profile.name.endswith("?") or len(profile.name) > 40 for profile in profiles)
        return ("answers", "answers") if asks * 3 >= len(profiles) else ("list", "list")
    return "figures", "tidy"
