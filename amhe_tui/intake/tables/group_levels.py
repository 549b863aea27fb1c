"""Which labels of a column are everybody, which say that nothing was recorded, and which add up others: told from the figures beside them.

A total is one only where it is written, or where it equals the sum of the others; a blank label is otherwise a group that was not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.intake.tables.column_mapping import ColumnMapping, columns_for
from amhe_tui.intake.tables.columns import Profile
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.labels import level_of
from amhe_tui.method.groups.words import is_total, is_unknown
from amhe_tui.text import shorten
from store.evidence.datasets import read_figure

NOT_RECORDED = "Not recorded"
"""What the group of people is called for whom a column of groups holds nothing."""


NOTHING = frozenset(
    {"", "null", "(null)", "<null>", "(blank)", "blank", "na", "n/a", "#n/a", "nan", "-", "--", "nk", "nil"}
)
"""What stands in a column of groups where none was recorded, or where a row is about everybody: the figures tell which."""


_SEX_TOTALS, _SEX_UNKNOWN = frozenset({"t", "p"}), frozenset({"u", "x", "z", "n"})
"""Letters beside M and F: total or persons; unknown, not known, not stated."""


_ROUNDED_TO = 5


class Said(NamedTuple):
    """What a label of a column is: its level, and the label it is part of."""

    level: str
    parent: str = ""


class GroupLevels(NamedTuple):
    """What the labels of a table's columns of groups are, where they do not say it themselves.

    Attributes:
        by_column: By the name of the column and then by label, in the letters of the file.
        own_totals: Whether each characteristic has a total of its own, because they differ.
    """

    by_column: Mapping[str, Mapping[str, Said]]
    own_totals: bool = False

    def remarks(self) -> list[str]:
        """Return a sentence on each column in which a cell that holds nothing had to be read."""
        sentences: list[str] = []
        for name, labels in self.by_column.items():
            not_recorded = [
                label for label, said in labels.items() if label.casefold() in NOTHING and said.level != "total"
            ]
            if not_recorded:
                shown = ", ".join(label or "blank" for label in not_recorded)
                sentences.append(
                    f"{shorten(name, 40)} is {shown} in some rows: read as people whose group was not recorded; where it is everybody, write Total there."
                )
            elif any(label.casefold() in NOTHING for label in labels):
                sentences.append(f"{shorten(name, 40)} is blank where a figure adds up the others: read as everybody.")
        return sentences


Rows = Sequence[Sequence[str]]
Pick = Callable[[Sequence[str]], tuple[str, ...]]


def group_levels(mapping: ColumnMapping, profiles: Sequence[Profile], rows: Rows) -> GroupLevels:
    """Return what labels are, told from the figures beside them.

    Args:
        mapping: What the columns mean.
        profiles: What is in them.
        rows: The rows that were looked at, cleaned.
    """
    place = {profile.name: profile.place for profile in profiles}
    groups = [name for name in columns_for(mapping, "group") if name in place]
    values = [name for name in columns_for(mapping, "value") if name in place]
    if not groups or not values:
        return GroupLevels({})
    characteristic = next((place[name] for name in columns_for(mapping, "characteristic") if name in place), None)
    last = max(place.values())
    whole = [row for row in rows if len(row) > last]
    others = [
        place[name]
        for role in (*_WHERE_AND_WHEN, "characteristic", "subgroup")
        for name in columns_for(mapping, role)
        if name in place
    ]
    one_at_a_time = len(groups) > 1 and _one_at_a_time(whole, [place[name] for name in groups])
    by_column: dict[str, dict[str, Said]] = {}
    for name in groups:
        beside = [*others, *(place[other] for other in groups if other != name)]
        table = _beside_each_other(whole, place[name], beside, place[values[0]])
        labels = {row[place[name]] for row in whole}
        said = _sex_letters(name, labels)
        blank_is_total = one_at_a_time or bool(columns_for(mapping, "subgroup"))
        if not blank_is_total:
            said.update(_nothing_recorded(labels, table, said))
        said.update(_parts_of_unknown(name, labels, table, said))
        if said:
            by_column[name] = said
    return GroupLevels(by_column, _totals_differ(mapping, whole, place, characteristic, values))


_WHERE_AND_WHEN = (
    "area", "area_code", "area_type", "wider_area", "wider_area_code", "period", "period_starts", "period_ends", "indicator", "indicator_id", "statistic",
)  # fmt: skip


def _picker(places: Sequence[int]) -> Pick:
    return lambda row: tuple(row[place] for place in places)


def _beside_each_other(rows: Rows, label: int, beside: Sequence[int], value: int) -> list[dict[str, float | None]]:
    """Return the figures of the labels that stand beside each other, alike in all else."""
    key = _picker(beside)
    table: dict[tuple[str, ...], dict[str, float | None]] = {}
    for row in rows:
        table.setdefault(key(row), {}).setdefault(row[label], read_figure(row[value]) if row[value] else None)
    return list(table.values())


def _one_at_a_time(rows: Rows, places: Sequence[int]) -> bool:
    """Tell whether each row fills one of several columns of groups, so that the blank ones mean everybody."""
    filled = [sum(row[place].casefold() not in NOTHING for place in places) for row in rows]
    return bool(filled) and sum(number <= 1 for number in filled) > 0.8 * len(filled)


def _sex_letters(name: str, labels: set[str]) -> dict[str, Said]:
    known = recognise_characteristic(name)
    letters = {label.casefold(): label for label in labels}
    if known is None or known.code != "sex" or not {"m", "f"} <= set(letters):
        return {}
    said = {letters[letter]: Said("total") for letter in _SEX_TOTALS if letter in letters}
    return said | {letters[letter]: Said("unknown") for letter in _SEX_UNKNOWN if letter in letters}


def _is_unknown(name: str, label: str, said: Mapping[str, Said]) -> bool:
    known = said.get(label)
    return known.level == "unknown" if known else is_unknown(label) or level_of(name, label)[0] == "unknown"


def _nothing_recorded(
    labels: set[str], table: Sequence[Mapping[str, float | None]], said: Mapping[str, Said]
) -> dict[str, Said]:
    """Return whether blank labels are everybody or people whose group was not recorded."""
    blank = [label for label in labels if label.casefold() in NOTHING]
    if not blank:
        return {}
    written = any(is_total(label) for label in labels - set(blank)) or any(
        one.level == "total" for one in said.values()
    )
    added_up = [] if written else [label for label in blank if _adds_up(label, table, blank)]
    compared = [
        label for label in blank if written or any(label in row and len(set(row) - set(blank)) > 0 for row in table)
    ]
    found = {label: Said("unknown") for label in compared if label not in added_up}
    return found | {label: Said("total") for label in added_up[:1]} | {label: Said("unknown") for label in added_up[1:]}


def _adds_up(label: str, table: Sequence[Mapping[str, float | None]], blank: Sequence[str]) -> bool:
    """Tell whether a label is the sum of those beside it, wherever it can be compared with them."""
    found = 0
    for row in table:
        parts = [figure for other, figure in row.items() if other not in blank]
        whole = row.get(label)
        if whole is None or not parts or len(parts) < 2:
            continue
        known = [figure for figure in parts if figure is not None]
        if len(known) < len(parts):
            # Some are hidden: the whole is no less than those that are not.
            if whole < sum(known):
                return False
            found += whole > max(known, default=0)
        elif not _equal(whole, known):
            return False
        else:
            found += 1
    return found > 0


def _equal(whole: float, parts: Sequence[float]) -> bool:
    """Tell whether numbers add up to a whole, each perhaps rounded to the nearest five."""
    rounded = all(number % _ROUNDED_TO == 0 for number in (whole, *parts)) and len(parts) > 2
    room = _ROUNDED_TO / 2 * (len(parts) - 1) if rounded else 1e-6
    return abs(whole - sum(parts)) <= room


def _parts_of_unknown(
    name: str, labels: set[str], table: Sequence[Mapping[str, float | None]], said: Mapping[str, Said]
) -> dict[str, Said]:
    """Return the labels that are parts of another that adds them up, such as Not stated and Not known of Unknown."""
    unknown = [label for label in labels if _is_unknown(name, label, said)]
    if len(unknown) < 3:
        return {}
    for whole in sorted(unknown, key=lambda label: (label.casefold() in NOTHING, len(label))):
        parts = [label for label in unknown if label != whole]
        rows = [[row.get(label) for label in (whole, *parts)] for row in table if whole in row]
        complete = [
            [figure for figure in row if figure is not None]
            for row in rows
            if sum(figure is not None for figure in row) > 2 and row[0] is not None
        ]
        if complete and all(_equal(figures[0], figures[1:]) and figures[0] > 0 for figures in complete):
            return {label: Said("detailed", whole or NOT_RECORDED) for label in parts}
    return {}


def _totals_differ(
    mapping: ColumnMapping,
    rows: Rows,
    place: Mapping[str, int],
    characteristic: int | None,
    values: Sequence[str],
) -> bool:
    """Tell whether the totals of several characteristics in one column of groups differ, alike in place, time and indicator."""
    groups = columns_for(mapping, "group")
    if characteristic is None or not groups:
        return False
    key = _picker([place[name] for role in _WHERE_AND_WHEN for name in columns_for(mapping, role) if name in place])
    found: dict[Any, str] = {}
    for row in rows:
        if not is_total(row[place[groups[0]]]):
            continue
        for value in values:
            cell = row[place[value]]
            if cell and read_marker(cell) is None and found.setdefault((*key(row), value), cell) != cell:
                return True
    return False
