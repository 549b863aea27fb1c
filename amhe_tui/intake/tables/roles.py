"""What each column of a table seems to mean: told from its name, from its neighbours and from what is in it, for a person to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from amhe_tui.intake.publishers.registry import name_of_answers, topics
from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.columns import MOSTLY, Profile, statistic_of
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.words import is_total

_PLACE = (
    r"area|practice|pcn|ics|org(?:anisation)?|provider|geography|la|lad|ltla|utla|lsoa|msoa|icb|icbl|ccg|sicbl|sub icb|region|trust|ward|district|authority|local authority|"
    r"local authorities|council area|health board|location|country|constituency|gp practice|school"
)


_JOINED = r"^(?:ad )?(?:practice|pcn|ics|icb|region|ccg)"


_OTHERWISE = r"^(?:orgname\d?|[a-z]+\d\d ?nm)$|^national regional"
"""Names of places as organisations, boundary files and Stat-Xplore call them."""


_TIMES = (
    r"years?|date|month|period|time|time period|reporting period|financial year|fin year|fiscal year|quarter|month ?/? ?year|week|week ending|year ending|"
    r"calendar year|survey year|reporting year|date range"
)


_BESIDE_FIGURES = (
    r"fid|objectid|index|row|row id|unnamed|status|sort order|time period sortable|sortable|geometry|shape|lat(?:itude)?|lon(?:g|gitude)?|easting|northing|"
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
    ("statistic", r"^(?:statistic|measure statistic|value type|measure type|stat)$"),
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
        rf"\b(?:{_PLACE})\b(?: name| nm)?(?: \(?\d{{4}}\)?)?$|{_JOINED}name$|{_OTHERWISE}|^(?:place|setting|hospital|county|city|locality|neighbourhood|data zone)$",
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
    ("period", rf"^(?:{_TIMES})(?: name| label)?$|^mid.?year"),
    ("value", rf"^(?:{_FIGURES})$"),
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


def role_by_name(one: Profile) -> str:
    """Return what a column's name alone says that it means, or ""."""
    return next((role for role, pattern in NAME_PATTERNS if pattern.search(one.words)), "")


def _fits(role: str, one: Profile) -> bool:
    """Tell whether what is in a column can be what its name says."""
    if role in ("value", "numerator", "denominator", "lower", "upper", "standard_error"):
        return one.figures >= MOSTLY or one.filled == 0
    if role == "period":
        return one.periods >= 0.6 or (one.filled > 0 and all(map(_SERIAL.fullmatch, one.cells[:30])))
    if role in ("period_starts", "period_ends"):
        return one.periods >= 0.6
    if role == "area_code":
        return any(map(_CODE.match, one.cells[:50])) or one.distinct <= 2
    if role in ("area", "area_type", "indicator", "characteristic", "group", "subgroup"):
        return not one.is_figure or one.distinct <= 1
    if role == "statistic":
        return all(statistic_of(cell) for cell in one.cells[:5])
    return True


def guess_roles(columns: Sequence[Profile], rows: int) -> dict[str, str]:
    """Return what each column seems to mean, by its name: a role, ``text`` or ``ignore``."""
    found: dict[str, str] = {}
    for one in columns:
        role = role_by_name(one)
        if (
            role == "indicator"
            and one.cells
            and all(statistic_of(cell) and _ONLY_A_STATISTIC.fullmatch(cell) for cell in one.cells[:6])
            and one.distinct <= 6
        ):
            role = "statistic"
        if not role and one.cells and sum(bool(_MEASURE.match(cell)) for cell in one.cells) >= 0.8 * len(one.cells):
            role = "indicator"
        if role == "unit" and one.cells and all(statistic_of(cell) for cell in one.cells):
            role = "statistic"
        if role and _fits(role, one):
            found[one.name] = role
    _one_each(found, columns)
    _settle_beside(found, columns)
    _settle_pairs(found, columns)
    for one in columns:
        if one.name not in found:
            found[one.name] = _role_by_content(one, rows, found)
    _settle_hidden(found, columns)
    _settle_characteristics(found, columns)
    _settle_places(found, columns)
    _settle_values(found, columns)
    _settle_periods(found, columns)
    return found


def _one_each(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Leave each role to the first column that has it; a second column of figures stays one of figures."""
    seen: set[str] = set()
    for one in columns:
        role = found.get(one.name, "")
        if role and role in seen and role not in ("value", "ignore", "unit", "period", "group"):
            del found[one.name]
            if role == "statistic":
                found[one.name] = "ignore"  # two columns say how the figures are to be read, and none of them who
        seen.add(role)
    types = [name for name, role in found.items() if role == "area_type"]
    areas = [name for name, role in found.items() if role in ("area", "area_code")]
    if types and not areas:
        found[types[0]] = "area"


def _settle_beside(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Leave out what only says the code, the kind or a flag of the column beside it; of places they are kept."""
    by_words = {one.words: one for one in columns}
    for one in columns:
        match = _BESIDE.match(one.words)
        base = by_words.get(match["base"]) if match else None
        if match is None or base is None or base is one or (one.is_figure and match["what"] in ("order", "sort")):
            if base is not None and match is not None and base is not one:
                found[one.name] = "ignore"
            continue
        of_place = found.get(base.name) in ("area", "area_type") or role_by_name(base) == "area"
        if of_place and match["what"] in ("code", "type", "id"):
            role = "area_type" if match["what"] == "type" else "area_code"
            found[one.name] = role if role not in found.values() or found.get(one.name) == role else "ignore"
            if found.get(base.name) == "area_type":
                found[base.name] = "area"
        elif found.get(one.name) not in ("area_type", "area_code", "statistic", "indicator_id"):
            found[one.name] = "ignore"


def _settle_pairs(found: dict[str, str], columns: Sequence[Profile]) -> None:
    by_words = {one.words: one for one in columns}
    for first, second in topics():
        if first in by_words and second in by_words:
            for name, role in found.items():
                if role in ("characteristic", "group"):
                    found[name] = "ignore"
            found[by_words[first].name], found[by_words[second].name] = "characteristic", "group"
            return


def _settle_hidden(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Keep a column between figures in which every figure is hidden or missing: it says so of each row."""
    for before, one in pairwise(columns):
        marks = [read_marker(cell) for cell in one.cells]
        if (
            found[before.name] == "value"
            and found[one.name] in ("group", "text")
            and marks
            and all(mark is not None and mark.status in _NO_FIGURE for mark in marks)
        ):
            found[one.name] = "value"


def _settle_characteristics(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where the cells of one column of groups are names of characteristics, it says what those of the next are groups of."""
    if "characteristic" in found.values():
        return
    groups = [one for one in columns if found[one.name] == "group"]
    for one in groups[:-1]:
        named = [cell for cell in one.cells if not is_total(cell)]
        known = sum(recognise_characteristic(cell) is not None for cell in named)
        if named and recognise_characteristic(one.name) is None and known >= 0.6 * len(named):
            found[one.name] = "characteristic"
            return


def _settle_places(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where only codes of places were found, the names beside them are those that differ as often; where nothing was, short names that never repeat."""
    if "area" in found.values():
        return
    code = next((one for one in columns if found[one.name] == "area_code"), None)
    labels = [
        one for one in columns if found[one.name] in ("text", "group") and one.longest <= _LONG and not one.is_figure
    ]
    if code is not None and code.distinct > 1:
        named = [
            one
            for one in labels
            if abs(one.distinct - code.distinct) <= 0.1 * code.distinct and recognise_characteristic(one.name) is None
        ]
    elif code is None and not any(role in ("group", "indicator") for role in found.values()):
        named = [one for one in labels if one.once > 0.9 and one.distinct > 2 and one.filled > 0.9]
    else:
        named = []
    if named:
        found[named[0].name] = "area"


def _role_by_content(one: Profile, rows: int, found: Mapping[str, str]) -> str:
    known = recognise_characteristic(one.name)
    if one.filled == 0:
        return "ignore"
    if one.is_figure and is_total(one.name):
        return "value"  # such as ``All ages``, whose name speaks of a characteristic
    if "area_code" not in found.values() and sum(bool(_GSS.match(cell)) for cell in one.cells) >= 0.8 * len(one.cells):
        return "area_code"
    if known is not None and (
        not one.is_figure or (one.distinct <= 120 and known.ordered and not statistic_of(one.words))
    ):
        return "group"
    if one.is_figure:
        return "ignore" if _is_key(one, rows) else "value"
    if "period" not in found.values() and one.periods >= 0.8:
        return "period"
    if one.longest > _LONG or (one.distinct > _MOST_GROUPS) or (rows >= 30 and one.distinct > 0.6 * rows):
        return "text"
    return "group"


def _is_key(one: Profile, rows: int) -> bool:
    """Tell whether numbers are only a key: a telephone number, a row number, a place on a map."""
    if re.search(r"\b(id|key|code|phone|telephone|fax|postcode|uprn)\b", one.words):
        return True
    return bool(rows > 20 and re.search(r"\b(lat|latitude|lon|longitude|easting|northing)\b", one.words))


def _settle_values(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Where a column is plainly the value and what is counted stands in another, other columns of figures are beside it."""
    by_role: dict[str, list[Profile]] = {}
    for one in columns:
        by_role.setdefault(found[one.name], []).append(one)
    values = by_role.get("value", [])
    named = [one for one in values if role_by_name(one) == "value"]
    says_what = "indicator" in by_role or "indicator_id" in by_role
    if (
        len(values) > 1
        and len(named) == 1
        and named[0].words in ("value", "estimate", "measure value", "obs value")
        and says_what
    ):
        for one in values:
            if one is not named[0]:
                found[one.name] = {"count": "numerator", "population": "denominator"}.get(one.words, "ignore")
    if not values:
        for role in ("numerator", "denominator"):
            for one in by_role.get(role, []):
                found[one.name] = "value"


def _settle_periods(found: dict[str, str], columns: Sequence[Profile]) -> None:
    """Keep the finest of several columns of periods; the others say the same more coarsely."""
    periods = [one for one in columns if found[one.name] == "period"]
    if len(periods) < 2:
        return
    finest = max(periods, key=lambda one: (one.distinct, bool(re.search("month|date", one.words))))
    for one in periods:
        if one is not finest:
            found[one.name] = "ignore"


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
    called = [one.name for one in profiles if _NAME_COLUMNS.search(" ".join(one.words.split()))]
    places = [one.words for one in profiles if _PLACES_TO_GO.search(one.words)]
    if called and len(places) >= 2 and any(map(_REACHED_BY.search, places)):
        return "list", "directory"
    if "value" not in guess_roles(profiles, rows).values():
        asks = sum(one.name.endswith("?") or len(one.name) > 40 for one in profiles)
        return ("answers", "answers") if asks * 3 >= len(profiles) else ("list", "list")
    return "figures", "tidy"
