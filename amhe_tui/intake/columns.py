"""What each column of a table seems to mean: told from its name and from what is in it, for a person to correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.intake.column_names import NAME_PATTERNS
from amhe_tui.intake.markers import read_marker
from amhe_tui.method.characteristics import recognise as recognise_characteristic
from amhe_tui.method.periods import read_period
from store.bulk_figures import read_figure

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s_./|-]+")
_CODE = re.compile(r"[A-Z]\d{8}$|[A-Z0-9]{2,6}$|[A-Z]{1,3}\d{2,8}$")
_GSS = re.compile(r"[EWSNJKLM]\d{8}$")
_MEASURE = re.compile(r"(count|percentage|mean|median|rate)[_ ]\w+", re.IGNORECASE)
_MOSTLY = 0.7
"""A column is one of figures where so many of its cells are numbers, or marks that stand for one."""
_MOST_GROUPS = 400
_LONG = 60
STATISTICS: Mapping[str, str] = {
    "percentage": r"%|\bpercent(age)?s?\b|\bproportion\b|\bper cent\b|\bpct\b|\bshare of\b",
    "rate": r"\brates?\b|\bper (1,?000|10,?000|100,?000|head|capita|million|year)\b",
    "median": r"\bmedian\b",
    "mean": r"\bmean\b|\baverage\b|\bavg\b",
    "90th percentile": r"\b90th percentile\b",
    "rank": r"\brank\b",
    "decile": r"\bdecile\b|\bquintile\b",
    "score": r"\bscore\b|\bindex\b|\bextent\b|\blocal concentration\b",
    "ratio": r"\bratio\b",
    "count": r"\bcounts?\b|\bnumbers?\b|\btotal\b|\bpersons\b|\bpeople\b|\bn\b|\bbase\b|\breferrals\b|\bpopulation\b|\battendances\b",
}
_STATISTIC_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in STATISTICS.items()}


@dataclass(frozen=True)
class Profile:
    """What is in a column.

    Attributes:
        name, place: Its name and where it is in a row.
        words: Its name in small letters, as words.
        filled: Share of the rows that have something in it.
        figures: Share of its cells that are numbers or marks for one.
        distinct: How many different texts it holds in the rows that were looked at.
        longest: The usual length of its texts.
        cells: Different texts, the most frequent first.
        periods: Share of its different texts that name a period.
        percent: Whether its numbers have a percent sign.
        once: Share of its different texts that stand in one row only.
    """

    name: str
    place: int
    words: str
    filled: float
    figures: float
    distinct: int
    longest: float
    cells: tuple[str, ...]
    periods: float
    percent: bool = False
    once: float = 0.0

    @property
    def is_figure(self) -> bool:
        """Whether most of it are numbers or marks that stand for one."""
        return self.figures >= _MOSTLY and any(read_figure(cell) is not None for cell in self.cells)


def words_of(name: str) -> str:
    """Return a column's name in small letters, with joined words taken apart."""
    return " ".join(part for part in _SPLIT.split(name) if part).casefold()


def profile(names: Sequence[str], places: Sequence[int], rows: Sequence[Sequence[str]]) -> tuple[Profile, ...]:
    """Return what is in each column of some rows."""
    return tuple(_profile(name, place, rows) for name, place in zip(names, places, strict=True))


def _profile(name: str, place: int, rows: Sequence[Sequence[str]]) -> Profile:
    cells = Counter(row[place] for row in rows if place < len(row) and row[place])
    there = sum(cells.values())
    figures = sum(
        number for cell, number in cells.items() if read_figure(cell) is not None or read_marker(cell) is not None
    )
    common = tuple(cell for cell, _ in cells.most_common(500))
    dated = [cell for cell in common[:30] if read_marker(cell) is None]
    periods = sum(1 for cell in dated if read_period(cell) is not None) / max(1, len(dated))
    return Profile(
        name=name,
        place=place,
        words=words_of(name),
        filled=there / max(1, len(rows)),
        figures=figures / max(1, there),
        distinct=len(cells),
        longest=sum(len(cell) * number for cell, number in cells.items()) / max(1, there),
        cells=common,
        periods=periods,
        once=sum(number == 1 for number in cells.values()) / max(1, len(cells)),
        percent=sum(cell.endswith("%") for cell in common) * 2 > max(1, len(common)),
    )


def statistic_of(words: str, *, percent: bool = False) -> str:
    """Return the statistic a name speaks of, or "" where it names none."""
    if percent:
        return "percentage"
    return next((name for name, pattern in _STATISTIC_PATTERNS.items() if pattern.search(words)), "")


def role_by_name(one: Profile) -> str:
    """Return what a column's name alone says that it means, or ""."""
    return next((role for role, pattern in NAME_PATTERNS if pattern.search(one.words)), "")


def _fits(role: str, one: Profile) -> bool:
    """Tell whether what is in a column can be what its name says."""
    if role in ("value", "numerator", "denominator", "lower", "upper", "standard_error"):
        return one.figures >= _MOSTLY or one.filled == 0
    if role == "period":
        return one.periods >= 0.6
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
    """Return what each column seems to mean, by its name: a role, ``characteristic:NAME`` for a column of groups, ``value`` or ``ignore``."""
    found: dict[str, str] = {}
    for one in columns:
        role = role_by_name(one)
        if (
            role == "indicator"
            and one.cells
            and all(statistic_of(cell) for cell in one.cells[:5])
            and one.distinct <= 6
            and one.longest < 16
        ):
            role = "statistic"
        if not role and one.cells and sum(bool(_MEASURE.match(cell)) for cell in one.cells) >= 0.8 * len(one.cells):
            role = "indicator"
        if role and _fits(role, one):
            found[one.name] = role
    _one_each(found, columns)
    for one in columns:
        if one.name not in found:
            found[one.name] = _role_by_content(one, rows, found)
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
        seen.add(role)
    types = [name for name, role in found.items() if role == "area_type"]
    areas = [name for name, role in found.items() if role in ("area", "area_code")]
    if types and not areas:
        found[types[0]] = "area"


def _role_by_content(one: Profile, rows: int, found: Mapping[str, str]) -> str:
    known = recognise_characteristic(one.name)
    if one.filled == 0:
        return "ignore"
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
