"""What a table means: which column says where, when, who and what; guessed, then corrected by a person, and remembered as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from amhe_tui.errors import AmheError
from amhe_tui.intake.column_roles import guess_roles, role_by_name
from amhe_tui.intake.columns import Profile, words_of
from amhe_tui.intake.levels import heading
from amhe_tui.intake.stacked import shared_heading
from amhe_tui.method.characteristics import recognise as recognise_characteristic
from amhe_tui.method.periods import order_of_days, read_period
from amhe_tui.method.schemes import age_band, characteristic_of_labels
from amhe_tui.text import one_line

Meaning = Mapping[str, Any]
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
    "columns_are": ("indicators", "groups", "periods"),
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


def said(meaning: Meaning, role: str) -> str:
    """Return the word of its own that a meaning gives for a role, or ""."""
    value = meaning.get(role, "")
    return one_line(value[1:]) if isinstance(value, str) and value.startswith("=") else ""


def columns_for(meaning: Meaning, role: str) -> tuple[str, ...]:
    """Return the columns that have a role."""
    value = meaning.get(role)
    if value is None or value == "" or (isinstance(value, str) and value.startswith("=")):
        return ()
    return tuple(map(str, cast("list[object]", value))) if isinstance(value, list | tuple) else (str(value),)


def check_meaning(meaning: Meaning, columns: Sequence[str]) -> None:
    """Refuse a meaning that speaks of what is not there.

    Raises:
        AmheError: A role is unknown, a column is not in the file, or nothing says where the figures are.
    """
    known = {*dict(ROLES), *HIDDEN_ROLES, *CHOICES, "reference", "sheet", "table", "header"}
    for role in meaning:
        if role not in known:
            raise AmheError(
                "Unknown meaning",
                f"A column cannot mean {one_line(str(role))}.",
                f"Use: {', '.join(key for key, _ in ROLES)}.",
            )
        for name in columns_for(meaning, role) if role in dict(ROLES) or role in HIDDEN_ROLES else ():
            if name not in columns:
                shown = ", ".join(one_line(one) for one in columns[:12])
                raise AmheError("No such column", f"The file has no column {one_line(name)}.", f"It has: {shown}.")
    for role, answers in CHOICES.items():
        if (given := said({role: f"={str(meaning.get(role, '')).removeprefix('=')}"}, role)) not in ("", *answers):
            raise AmheError(
                "Unknown answer", f"{role} cannot be {given}.", f"Use one of: {', '.join(filter(None, answers))}."
            )
    if not columns_for(meaning, "value"):
        raise AmheError(
            "Which column holds the figures?",
            "Nothing says where the figures are.",
            "Choose the column of the figures.",
        )


def option(meaning: Meaning, name: str) -> str:
    """Return what a meaning says of one of the :data:`CHOICES`, or of the reference."""
    return one_line(str(meaning.get(name, ""))).removeprefix("=")


def guess_meaning(profiles: Sequence[Profile], rows: int) -> dict[str, Any]:
    """Return the best guess at what a table means.

    Args:
        profiles: What is in its columns.
        rows: How many rows were looked at.
    """
    roles = guess_roles(profiles, rows)
    meaning: dict[str, Any] = {}
    by_name = {one.name: one for one in profiles}
    for name, role in roles.items():
        if role in ("text", "ignore", "unit"):
            continue
        if role in _SEVERAL:
            meaning.setdefault(role, []).append(name)
        else:
            meaning.setdefault(role, name)
    groups = [name for name in meaning.get("group", []) if _varies(by_name[name], rows)]
    meaning["group"] = groups
    values: list[str] = meaning.get("value", [])
    _say_what_columns_are(meaning, [by_name[name] for name in values])
    days = order_of_days(cell for name in columns_for(meaning, "period") for cell in by_name[name].cells)
    if days == "month first":
        meaning["days"] = "month first"
    for role in _SEVERAL:
        columns: list[str] = meaning.pop(role, [])
        if columns:
            meaning[role] = columns[0] if len(columns) == 1 else columns
    return meaning


def _varies(one: Profile, rows: int) -> bool:
    """Leave out a column that says the same in every row, unless it names a characteristic."""
    return one.distinct > 1 or role_by_name(one) != "" or recognise_characteristic(one.name) is not None or rows < 2


def _say_what_columns_are(meaning: dict[str, Any], values: Sequence[Profile]) -> None:
    names = [one.name for one in values]
    if len(names) < 2:
        return
    times = sum(read_period(last_part(name)) is not None for name in names)
    # Beside the periods there may be a total, or the change from one to another.
    if "period" not in meaning and times >= 2 and times >= 0.6 * len(names):
        meaning["columns_are"] = "periods"
        return
    if head := shared_heading(names):
        meaning["columns_are"] = "groups"
        meaning["characteristic"] = f"={head}"
        return
    characteristic = characteristic_of_columns(names)
    if characteristic:
        meaning["columns_are"] = "groups"
        meaning["characteristic"] = f"={called_by_code(characteristic)}"


def characteristic_of_columns(names: Sequence[str]) -> str:
    """Return the characteristic whose groups the names of some columns are, or ""."""
    labels = [last_part(name) for name in names]
    ages = sum(age_band(_spoken(label)) is not None for label in labels)
    if ages >= 3 and ages >= 0.7 * len(labels):
        return "age"
    return characteristic_of_labels(labels) if len(labels) >= 3 else ""


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


def name_of(profiles: Sequence[Profile], name: str) -> str:
    """Return the characteristic that a column of groups is by: its own name, or what its labels are where the name says nothing."""
    called = heading(name)
    if called != "Group" and len(called) <= 40 and " | " not in name and not _NAMELESS.match(name):
        return called
    cells = next((one.cells for one in profiles if one.name == name), ())
    found = characteristic_of_labels(cells)
    if found or _NAMELESS.match(name):
        return called_by_code(found) if found else "Group"
    return heading(last_part(name))[:60]


def called_by_code(code: str) -> str:
    """Return the name of a characteristic that is known by its labels alone."""
    return _CHARACTERISTICS.get(code, code.replace("_", " ").capitalize())
