"""What a table means: which column says where, when, who and what; guessed, then corrected by a person, and remembered as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, cast

from amhe_tui.errors import AmheError
from amhe_tui.intake.publishers.registry import label_of
from amhe_tui.intake.tables.cells import heading, read_marker
from amhe_tui.intake.tables.columns import Profile, statistic_of, words_of
from amhe_tui.intake.tables.helpers import dimension, names_one_group
from amhe_tui.intake.tables.roles import guess_roles, role_by_name
from amhe_tui.intake.tables.shape import BETWEEN
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.labels import age_band, characteristic_of_labels, read_label
from amhe_tui.method.groups.words import is_total
from amhe_tui.method.periods import order_of_days, read_period
from amhe_tui.text import one_line

_LONGEST_STATISTIC = 28


class Said(NamedTuple):
    """What the name of one column says.

    Attributes:
        period: The period it is about, or "".
        groups: Code of the characteristic and label, from the upper row to the lower.
        words: What names the figure.
        statistic: Its statistic, or "".
    """

    period: str
    groups: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    statistic: str


def read_stacks(names: Sequence[str]) -> dict[str, Said]:
    """Return what each stacked name says; nothing where fewer than two rows of the header tell columns apart, or none of them by time or group."""
    split = _aligned([name.split(BETWEEN) for name in names])
    spoken = bool(split) and len(split[0]) == 1
    if spoken:
        split = _spoken_together(names)
    if len(names) < 2 or not split:
        return {}
    labels = [list(dict.fromkeys(column)) for column in zip(*split, strict=True)]
    kinds = [_kind_of(row_labels) for row_labels in labels]
    varying = [kind for kind, row_labels in zip(kinds, labels, strict=True) if len(row_labels) > 1]
    by_time = spoken and varying == ["period"]
    if (len(varying) < 2 and not by_time) or not any(kind not in ("", "statistic") for kind in varying):
        return {}
    return {name: _said(parts, kinds, labels) for name, parts in zip(names, split, strict=True)}


_SEX_AND_AGE = re.compile(
    r"(?P<first>women|men|girls|boys|females?|males?|persons|people|everyone)[\s,:(-]+(?P<second>.*\d.*?)\)?",
    re.IGNORECASE,
)


_WORDS_AND_YEAR = re.compile(
    r"(?P<first>[^\d]*?[^\W\d_]{3}[^\d]*?)[\s,:(-]+(?P<second>(?:19|20)\d\d(?:[-/–](?:\d\d|20\d\d))?)\)?", re.IGNORECASE
)


_YEAR_AND_WORDS = re.compile(
    r"(?P<first>(?:19|20)\d\d(?:[-/–](?:\d\d|20\d\d))?)[\s,:(-]+(?P<second>[^\d]*[^\W\d_]{3}[^\d]*?)\)?", re.IGNORECASE
)


_TIME_AND_STATISTIC = re.compile(
    r"(?P<first>.*\d.*?)[\s,:(-]+(?P<second>numbers?|no\.?|n|counts?|total|%|per ?cent(?:age)?s?|rate)\)?",
    re.IGNORECASE,
)


def _spoken_together(names: Sequence[str]) -> list[list[str]]:
    """Return the parts of names that say two things in a row, such as ``Women aged 18-64`` or ``2021/22 Number``; nothing where not all of them do."""
    for pattern, is_first, is_second in (
        (_SEX_AND_AGE, None, age_band),
        (_TIME_AND_STATISTIC, read_period, None),
        (_WORDS_AND_YEAR, None, read_period),
        (_YEAR_AND_WORDS, read_period, None),
    ):
        of_groups = [name for name in names if pattern is not _SEX_AND_AGE or not is_total(name)]
        matches = {name: pattern.fullmatch(" ".join(name.split())) for name in of_groups}
        parts = [[match["first"], match["second"]] for match in matches.values() if match is not None]
        if (
            len(parts) > 1
            and len(parts) == len(of_groups)
            and all(
                (is_first is None or is_first(first)) and (is_second is None or is_second(second))
                for first, second in parts
            )
        ):
            said_by = dict(zip(of_groups, parts, strict=True))
            return [said_by.get(name, ["", ""]) for name in names]
    return []


def _aligned(split: Sequence[list[str]]) -> list[list[str]]:
    """Return the parts of stacked names row by row of the header, with "" where nothing stands above a column: there it is about all."""
    rows = max(map(len, split), default=1)
    known = [{parts[row] for parts in split if len(parts) == rows} for row in range(rows)]

    def placed(parts: list[str]) -> list[str]:
        if len(parts) == rows:
            return parts
        places = max(
            combinations(range(rows), len(parts)),
            key=lambda chosen: (sum(part in known[row] for row, part in zip(chosen, parts, strict=True)), sum(chosen)),
        )
        stood = dict(zip(places, parts, strict=True))
        return [stood.get(row, "") for row in range(rows)]

    return [placed(parts) for parts in split]


_KNOWN_ALONE = ("sex", "race", "religion", "disability")


def characteristic_of_one(label: str) -> str:
    """Return the code of the characteristic of a group that stands alone beside all, or "" where no list is sure to have it."""
    places = ((code, read_label(code, label)) for code in _KNOWN_ALONE)
    return next((code for code, place in places if place is not None and place.level in ("broad", "detailed")), "")


def _kind_of(all_labels: Sequence[str]) -> str:
    """Return what the labels of one row of a header are: ``period``, ``statistic``, the code of a characteristic, or "" for other words."""
    labels = [label for label in all_labels if label]
    if not labels:
        return ""
    if len(labels) == 1 and len(all_labels) > 1 and (code := characteristic_of_one(labels[0])):
        return code
    if any(read_period(label) for label in labels) and all(read_period(label) or is_total(label) for label in labels):
        return "period"
    if all(len(label) <= _LONGEST_STATISTIC and statistic_of(words_of(label)) for label in labels):
        return "statistic"
    if len(labels) < 2:
        return ""
    ages = sum(age_band(label) is not None for label in labels)
    if ages >= 3 and ages >= 0.7 * len(labels):
        return "age"
    return characteristic_of_labels(labels)


def _said(parts: Sequence[str], kinds: Sequence[str], labels: Sequence[Sequence[str]]) -> Said:
    period, statistic, groups, names = "", "", list[tuple[str, str]](), list[str]()
    for part, kind, others in zip(parts, kinds, labels, strict=True):
        if not part:
            continue
        if kind == "period":
            period = "" if is_total(part) and read_period(part) is None else part
            if not period:
                names.append(part)
        elif kind == "statistic":
            statistic = statistic_of(words_of(part))
            if len(others) > 1 and len(words_of(part)) > 1:
                names.append(part)
        elif kind:
            groups.append((kind, part))
        else:
            names.append(part)
    return Said(period, tuple(groups), tuple(names), statistic)


def shared_heading(names: Sequence[str]) -> str:
    """Return the heading that stands before every name, as in ``Ethnic group: White; measures: Value``, where it is one; else ""."""
    if len(names) < 3:
        return ""
    head = names[0].partition(": ")[0]
    if not all(name.startswith(f"{head}: ") for name in names):
        return ""
    labels = [without_heading(name, head) for name in names]
    return head if recognise_characteristic(head) is not None or any(map(is_total, labels)) else ""


def without_heading(name: str, head: str) -> str:
    """Return a column's name as the label of a group, without the heading it shares with others."""
    label = label_of(name)
    label = label.removeprefix(f"{head}: ") if head else label
    # ``Total: All usual residents`` is everybody.
    return "Total" if re.match(r"total\b", label, re.IGNORECASE) else label


ColumnMapping = Mapping[str, Any]
"""A role and the column that has it, a list of columns, or a word of its own after an equals sign, such as ``=England``."""


ROLES = (
    ("value", "The figures"),
    ("indicator", "What was counted"),
    ("statistic", "Count, percentage or rate"),
    ("area", "The place"),
    ("area_code", "The code of the place"),
    ("area_type", "The kind of place"),
    ("period", "The time"),
    ("characteristic", "The characteristic"),
    ("group", "The group of people"),
    ("subgroup", "The group within it"),
    ("numerator", "Numerator"),
    ("denominator", "Denominator"),
    ("lower", "Lower limit"),
    ("upper", "Upper limit"),
)
"""What a column of a table can mean, in the words of the import screen."""


HIDDEN_ROLES = (
    "indicator_id",
    "period_starts",
    "period_ends",
    "period_kind",
    "standard_error",
    "wider_area",
    "wider_area_code",
)
"""What a column can mean besides; guessed, and kept, but not asked."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "columns_are": ("indicators", "groups", "periods", "places"),
    "better": ("", "up", "down"),
    "ordered": ("", "yes", "no"),
    "days": ("day first", "month first"),
}
"""What else can be said of a table, and the answers there are; ``reference`` names the group that others are usually compared with."""


_NAMELESS = re.compile(r"Column \d+$|(row )?labels?$|unnamed", re.IGNORECASE)


_SEVERAL = ("value", "group")


_CHARACTERISTICS = {
    "race": "Ethnic group",
    "age": "Age",
    "sex": "Sex",
    "deprivation": "Deprivation",
    "religion": "Religion",
}


def said(mapping: ColumnMapping, role: str) -> str:
    """Return the word of its own that a mapping gives for a role, or ""."""
    value = mapping.get(role, "")
    return one_line(value[1:]) if isinstance(value, str) and value.startswith("=") else ""


def columns_for(mapping: ColumnMapping, role: str) -> tuple[str, ...]:
    """Return the columns that have a role."""
    value = mapping.get(role)
    if value is None or value == "" or (isinstance(value, str) and value.startswith("=")):
        return ()
    return tuple(map(str, cast("list[object]", value))) if isinstance(value, list | tuple) else (str(value),)


def check_mapping(mapping: ColumnMapping, columns: Sequence[str]) -> None:
    """Refuse a mapping that speaks of what is not there.

    Raises:
        AmheError: A role is unknown, a column is not in the file, or nothing says where the figures are.
    """
    known = {*dict(ROLES), *HIDDEN_ROLES, *CHOICES, "reference", "sheet", "table", "header"}
    for role in mapping:
        if role not in known:
            raise AmheError(
                "Unknown meaning",
                f"A column cannot mean {one_line(str(role))}.",
                f"Use: {', '.join(key for key, _ in ROLES)}.",
            )
        for name in columns_for(mapping, role) if role in dict(ROLES) or role in HIDDEN_ROLES else ():
            if name not in columns:
                shown = ", ".join(one_line(column) for column in columns[:12])
                raise AmheError("No such column", f"The file has no column {one_line(name)}.", f"It has: {shown}.")
    for role, answers in CHOICES.items():
        if (given := said({role: f"={str(mapping.get(role, '')).removeprefix('=')}"}, role)) not in ("", *answers):
            raise AmheError(
                "Unknown answer", f"{role} cannot be {given}.", f"Use one of: {', '.join(filter(None, answers))}."
            )
    if not columns_for(mapping, "value"):
        raise AmheError(
            "Which column holds the figures?",
            "Nothing says where the figures are.",
            "Choose the column of the figures.",
        )


def option(mapping: ColumnMapping, name: str) -> str:
    """Return what a mapping says of one of the :data:`CHOICES`, or of the reference."""
    return one_line(str(mapping.get(name, ""))).removeprefix("=")


def guess_mapping(profiles: Sequence[Profile], rows: int) -> dict[str, Any]:
    """Return the best guess at what a table means.

    Args:
        profiles: What is in its columns.
        rows: How many rows were looked at.
    """
    roles = guess_roles(profiles, rows)
    mapping: dict[str, Any] = {}
    by_name = {profile.name: profile for profile in profiles}
    for name, role in roles.items():
        if role in ("text", "ignore", "unit"):
            continue
        if role in _SEVERAL:
            mapping.setdefault(role, []).append(name)
        else:
            mapping.setdefault(role, name)
    if not {"group", "subgroup"} & set(mapping) and (alone := columns_for(mapping, "characteristic")):
        mapping["group"] = [*alone]  # a column of characteristics beside no groups holds the groups themselves
        del mapping["characteristic"]
    groups = [name for name in mapping.get("group", []) if _varies(by_name[name], rows)]
    mapping["group"] = groups
    values: list[str] = mapping.get("value", [])
    _say_what_columns_are(mapping, [by_name[name] for name in values])
    _say_what_is_counted(mapping, by_name)
    days = order_of_days(cell for name in columns_for(mapping, "period") for cell in by_name[name].cells)
    if days == "month first":
        mapping["days"] = "month first"
    for role in _SEVERAL:
        columns: list[str] = mapping.pop(role, [])
        if columns:
            mapping[role] = columns[0] if len(columns) == 1 else columns
    return mapping


def _varies(column: Profile, rows: int) -> bool:
    """Leave out a column that says the same in every row, unless it names a characteristic."""
    return (
        column.distinct > 1
        or role_by_name(column) != ""
        or recognise_characteristic(column.name) is not None
        or rows < 2
    )


def _say_what_is_counted(mapping: dict[str, Any], by_name: Mapping[str, Profile]) -> None:
    """Take labels in a column without a name for what is counted, where the columns beside it are groups or times and some labels name a statistic."""
    values = columns_for(mapping, "value")
    if (
        "indicator" in mapping
        or "indicator_id" in mapping
        or not (option(mapping, "columns_are") or read_stacks(values))
    ):
        return
    for name in mapping["group"]:
        cells = by_name[name].cells
        if not _NAMELESS.match(name) or characteristic_of_labels(cells):
            continue
        if any(statistic_of(words_of(cell)) for cell in cells if not is_total(cell)):
            mapping["indicator"] = name
            mapping["group"].remove(name)
            return


def _say_what_columns_are(mapping: dict[str, Any], values: Sequence[Profile]) -> None:
    names = [column.name for column in values]
    if len(names) < 2:
        return
    if read_stacks(names):
        return  # the rows of the header say who and when between them
    times = sum(read_period(last_part(name)) is not None for name in names)
    # Beside the periods there may be a total, or the change from one to another.
    if "period" not in mapping and times >= 2 and times >= 0.6 * len(names):
        mapping["columns_are"] = "periods"
        return
    if head := shared_heading(names):
        mapping["columns_are"] = "groups"
        mapping["characteristic"] = f"={head}"
        return
    if are_places(names):
        mapping["columns_are"] = "places"
        return
    characteristic = characteristic_of_columns(names)
    if characteristic:
        mapping["columns_are"] = "groups"
        mapping["characteristic"] = f"={called_by_code(characteristic)}"


_PLACE_NAMES = re.compile(
    r"england|wales|scotland|northern ireland|united kingdom|uk|great britain|north east|north west|yorkshire(?: and (?:the )?humber)?|east midlands|west midlands|"
    r"east of england|london|south east|south west|.+ (?:council|borough|ward|icb|ccg|hospital|(?:nhs )?(?:foundation )?trust)|[EWSNJKLM]\d{8}",
    re.IGNORECASE,
)


def are_places(names: Sequence[str]) -> bool:
    """Tell whether columns are plainly places: countries and regions, codes of the Office for National Statistics, councils and trusts."""
    labels = [label for name in names if not is_total(label := last_part(name))]
    return len(labels) > 1 and all(_PLACE_NAMES.fullmatch(label) for label in labels)


def characteristic_of_columns(names: Sequence[str]) -> str:
    """Return the characteristic whose groups the names of some columns are, or ""."""
    labels = [_WITHOUT_STATISTIC.sub("", last_part(name)) for name in names]
    bands = [band for label in labels if (band := age_band(_spoken(label))) is not None]
    if len(bands) >= 3 and len(bands) >= 0.7 * len(labels) and not _are_durations(labels, bands):
        return "age"
    if len(labels) > 2 and sum(bool(_A_FIFTH.fullmatch(label)) for label in labels) >= 0.7 * len(labels):
        return "deprivation"
    # ``Women, aged 16+`` is a group by two characteristics, and none of either.
    parts = [label for label in labels if names_one_group(label)]
    codes = {known.code for label in parts if (known := recognise_characteristic(label))}
    if len(codes) == 1 and len(parts) >= 0.7 * len(labels) and (codes != {"age"} or len(bands) == len(parts)):
        return codes.pop()
    return characteristic_of_labels(labels) if len(labels) >= 3 and not _are_durations(labels, bands) else ""


_A_FIFTH = re.compile(
    r"(?:(?:imd|deprivation|deprived)[ _:-]*)?(?:decile|quintile|quartile|fifth|tenth)[ _]?\d{1,2}(?:\b.*)?",
    re.IGNORECASE,
)
"""How tenths and fifths of places are called above the columns of their figures."""


_WITHOUT_STATISTIC = re.compile(r"(?<=\w)[\s:,(\[-]+(?:%|percentage|per ?cent|number|count|n)[)\]]?$", re.IGNORECASE)


_SPAN_OF_TIME = re.compile(
    r"\d\s*\+?\s*(?:years?|yrs?|months?|weeks?|days?|hours?)\b(?!\s*(?:olds?|of age))", re.IGNORECASE
)


_CHILDHOOD, _LONG_AGO = 15, 25


def _are_durations(labels: Sequence[str], bands: Sequence[tuple[int, int | None]]) -> bool:
    """Tell whether labels are lengths of time rather than ages: they say years, never age, and end before anybody is grown up."""
    spans = sum(bool(_SPAN_OF_TIME.search(label)) for label in labels)
    if spans * 2 < len(labels) or any(re.search(r"\bage|\bold\b", label, re.IGNORECASE) for label in labels):
        return False
    begins_short = any(lower == 0 and upper is not None and upper < 3 for lower, upper in bands)
    oldest = max((lower if upper is None else upper for lower, upper in bands), default=0)
    return oldest <= (_LONG_AGO if begins_short else _CHILDHOOD)


def _spoken(label: str) -> str:
    return re.sub(r"^(aged?|years?)\s+", "", words_of(label)) if "_" in label else label


def last_part(name: str) -> str:
    """Return the last part of a stacked column's name."""
    return name.rsplit(" | ", 1)[-1]


def group_label(name: str) -> str:
    """Return a column's name as the label of a group: ``aged_0_to_15`` is 0 to 15."""
    label = last_part(name)
    if "_" in label:
        label = _spoken(label)
    return heading(label) if "_" in name else label


_OF_A_CENSUS = re.compile(r"C(?:19|20)\d\d_", re.IGNORECASE)
"""How downloads of the census call their dimensions, such as C2021_ETH_6_NAME, which nobody would ask for."""


def name_of(profiles: Sequence[Profile], name: str) -> str:
    """Return the characteristic that a column of groups is by: its own name, or what its labels are where the name says nothing."""
    called = heading(dimension(name))
    if _OF_A_CENSUS.match(name):
        cells = next((profile.cells for profile in profiles if profile.name == name), ())
        if code := characteristic_of_labels([cell for cell in cells if not is_total(cell)]):
            return called_by_code(code)
    if called != "Group" and len(called) <= 40 and " | " not in name and not _NAMELESS.match(name):
        return called
    cells = next((profile.cells for profile in profiles if profile.name == name), ())
    code = characteristic_of_labels(cells)
    if code or _NAMELESS.match(name):
        return called_by_code(code) if code else "Group"
    return heading(last_part(name))[:60]


def called_by_code(code: str) -> str:
    """Return the name of a characteristic that is known by its labels alone."""
    return _CHARACTERISTICS.get(code, code.replace("_", " ").capitalize())


def settle_limits(mapping: dict[str, Any]) -> None:
    """Leave limits that are named after one of several figures, such as ``Rate lower CI``, to that figure; others are those of the whole table."""
    values = columns_for(mapping, "value")
    for role in ("lower", "upper"):
        for name in columns_for(mapping, role):
            match = BESIDE_A_FIGURE.fullmatch(name)
            if match is not None and match["of"] in values and len(values) > 1:
                del mapping[role]
                mapping["value"] = [*columns_for(mapping, "value"), name]


BESIDE_A_FIGURE = re.compile(
    r"(?P<of>.+?)[\s_:|,-]+\(?(?:95 ?%? ?)?(?:ci |confidence )?"
    r"(?P<part>lower(?: ci| limit| bound| confidence limit)?|upper(?: ci| limit| bound| confidence limit)?|lci|lcl|uci|ucl|numerator|denominator)\)?",
    re.IGNORECASE,
)
"""The name of a column that only says the limits of the figure in another, or the counts behind it."""


_PLACES = ("area", "area_code")


def settle_wider_places(mapping: dict[str, Any], profiles: Sequence[Profile], rows: Sequence[Sequence[str]]) -> None:
    """Take the narrowest of several columns of places for the area, and the others, where each place lies in one of them, for what it lies in.

    Without this a region would be read as a group of people. Places that cross each other, such as a board and a trust, stay as they were understood.
    """
    named = {
        role: [
            profile
            for profile in profiles
            if role_by_name(profile) == role and not profile.is_figure and profile.filled > 0
        ]
        for role in _PLACES
    }
    bare = {profile.words: profile for profile in profiles}
    if "name" in bare and "code" in bare and not bare["name"].is_figure and named["area"]:
        named["area"].append(bare["name"])  # beside a region, ``Code`` and ``Name`` are those of a narrower place
    if len(named["area"]) < 2 and len(named["area_code"]) < 2:
        return
    taken = {name for role in _PLACES for name in columns_for(mapping, role)}
    others = [column for role in _PLACES for column in named[role] if column.name not in taken]
    # Of two that differ as often, the narrower is blank more often: a row on a whole country names no district.
    narrowest = max(
        named["area"] or named["area_code"],
        key=lambda column: (column.distinct, -column.filled, column.place),
        default=None,
    )
    if narrowest is None or not others:
        return
    wider = [column for role in _PLACES for column in named[role] if column is not narrowest]
    if not all(_lies_in(narrowest, column, rows) for column in wider):
        return
    codes = [
        column
        for column in named["area_code"]
        if column.distinct == narrowest.distinct and _lies_in(column, narrowest, rows)
    ]
    codes.sort(key=lambda column: (abs(column.filled - narrowest.filled), abs(column.place - narrowest.place)))
    groups = [
        name
        for name in columns_for(mapping, "group")
        if name not in {narrowest.name, *(column.name for column in wider)}
    ]
    for role in (*_PLACES, "group"):
        mapping.pop(role, None)
    mapping["area"] = narrowest.name
    if codes:
        mapping["area_code"] = codes[0].name
    for role in _PLACES:
        left = sorted(
            (column for column in named[role] if column is not narrowest and column not in codes[:1]),
            key=lambda column: column.distinct,
        )
        if left:
            mapping[f"wider_{role}"] = [column.name for column in left]
    if groups:
        mapping["group"] = groups[0] if len(groups) == 1 else groups


def _lies_in(narrow: Profile, wide: Profile, rows: Sequence[Sequence[str]]) -> bool:
    seen: dict[str, str] = {}
    last = max(narrow.place, wide.place)
    for row in rows:
        if len(row) <= last or read_marker(row[narrow.place]) is not None:
            continue
        if seen.setdefault(row[narrow.place], row[wide.place]) != row[wide.place]:
            return False
    return True
