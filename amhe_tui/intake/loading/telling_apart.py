"""What tells figures apart that would otherwise stand for one thing: a column that was not used, the sheet they are on, the title above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from amhe_tui.intake.loading.keys import Clash, Entries, Figures, sentence_on
from amhe_tui.intake.tables.cells import crossed
from amhe_tui.intake.tables.column_mapping import (
    HIDDEN_ROLES,
    ROLES,
    called_by_code,
    characteristic_of_one,
    columns_for,
)
from amhe_tui.intake.tables.columns import Profile
from amhe_tui.intake.tables.layout import Cells, Layout, Value
from amhe_tui.intake.tables.roles import role_by_name
from amhe_tui.intake.tables.tidy import slug
from amhe_tui.intake.tables.titles import time_in
from amhe_tui.method.groups.characteristics import recognise as recognise_characteristic
from amhe_tui.method.groups.labels import characteristic_of_labels, level_of
from amhe_tui.method.groups.words import is_total
from amhe_tui.method.periods import read_period
from amhe_tui.text import shorten
from store.evidence.datasets import Area, Category, Period, Quantity

Numbered = tuple[int, list[str]]


_LONGEST_LABEL = 60


_MOST_LABELS = 400


_MOST_COLUMNS = 3


_MOST_DIGITS_OF_CODE = 25

# --- columns --------------------------------------------------------------------------------------------------------------------------------------


def further_groups(
    mapping: Mapping[str, Any], profiles: Sequence[Profile], rows: Mapping[int, Sequence[str]], clashes: Sequence[Clash]
) -> tuple[str, ...]:
    """Return the columns not used so far that tell apart all rows whose figures disagree, the fewest of them; none where they cannot."""
    used = {name for role in (*dict(ROLES), *HIDDEN_ROLES) for name in columns_for(mapping, role)}
    free = [profile for profile in profiles if profile.name not in used and _may_be_labels(profile)]
    pairs = [
        (rows[first.row], rows[second.row])
        for clash in clashes
        for number, first in enumerate(clash.stated)
        for second in clash.stated[number + 1 :]
        if first.figure != second.figure and first.row in rows and second.row in rows
    ]
    chosen: list[Profile] = []
    while pairs and free and len(chosen) < _MOST_COLUMNS:
        left = {profile.name: [pair for pair in pairs if not _differ(pair, profile.place)] for profile in free}
        best = min(free, key=lambda profile: (len(left[profile.name]), profile.distinct))
        if len(left[best.name]) == len(pairs):
            break
        pairs = left[best.name]
        chosen.append(best)
        free.remove(best)
    return () if pairs else tuple(profile.name for profile in chosen)


def _may_be_labels(column: Profile) -> bool:
    if column.distinct < 2 or column.longest > _LONGEST_LABEL or column.distinct > _MOST_LABELS or column.once > 0.9:
        return False
    if re.search(r"\b(notes?|remarks?|comments?|flag|source|uuid|telephone|email)\b", column.words):
        return False
    codes = column.distinct <= _MOST_DIGITS_OF_CODE and all(re.fullmatch(r"\d{1,3}", cell) for cell in column.cells)
    return not column.is_figure or codes


def _differ(pair: tuple[Sequence[str], Sequence[str]], place: int) -> bool:
    first, second = pair
    return max(len(first), len(second)) > place and first[place : place + 1] != second[place : place + 1]


def with_groups(mapping: dict[str, Any], names: Sequence[str], profiles: Sequence[Profile]) -> dict[str, Any]:
    """Return a mapping in which further columns are groups, or the place where one is named so and no other is."""
    changed = dict(mapping)
    by_name = {profile.name: profile for profile in profiles}
    for name in names:
        if "area" not in changed and role_by_name(by_name[name]) == "area":
            changed["area"] = name
        else:
            groups = [*columns_for(changed, "group"), name]
            changed["group"] = groups[0] if len(groups) == 1 else groups
    return changed


# --- sheets and titles ------------------------------------------------------------------------------------------------------------------------------


_GENERIC = re.compile(
    r"(?:(work)?(sheet|table|tab|page|data|feuil|tabelle)s?[ _.-]*\d*|q(?:uestion)?[ _.-]*\d+)[a-z]?", re.IGNORECASE
)


_SERVICES = re.compile(
    r"\b(service|team|ward|clinic|camhs|cypmhs|adults?|inpatients?|outpatients?|community|crisis|older|liaison|psycholog|therap|pathway|programme|project)",
    re.IGNORECASE,
)


_NUMBERED = re.compile(r"^\s*(table|figure|sheet)\s*[\d.]+[a-z]?\s*[:.–-]?\s*", re.IGNORECASE)


def of_sheets(
    names: Sequence[str], layouts: Sequence[Layout], *, placeless: bool, timeless: bool
) -> tuple[list[Layout], str] | None:
    """Return layouts that say which sheet or title each figure is from, and as what it is read; nothing where names tell them apart no better.

    Args:
        names: What the sheets or tables are called, none like another.
        layouts: How each is read.
        placeless: Whether none of them says where.
        timeless: Whether none of them says when.
    """
    labels = _without_what_is_shared([_NUMBERED.sub("", name) for name in names])
    if len(set(labels)) < len(labels) or any(
        not label or _GENERIC.fullmatch(label) or (_ONLY_HOW.fullmatch(label) and not is_total(label))
        for label in labels
    ):
        return None
    apart = [label for label in labels if not is_total(label)]
    code = characteristic_of_labels(apart)
    if code:
        by = called_by_code(code)
        return [_within(layout, by, label) for layout, label in zip(layouts, labels, strict=True)], f"a group of {by}"
    periods = [read_period(label) for label in labels]
    if timeless and all(periods):
        return [
            _at_time(layout, Period(*period)) for layout, period in zip(layouts, periods, strict=True) if period
        ], "a time"
    if placeless and all(label[:1].isupper() for label in labels) and not any(map(_SERVICES.search, labels)):
        return [_at_place(layout, label) for layout, label in zip(layouts, labels, strict=True)], "a place"
    return [_within(layout, "Sheet", label) for layout, label in zip(layouts, labels, strict=True)], "a group"


def groups_of_sheets(names: Sequence[str]) -> dict[str, str]:
    """Return the group that each of several sheets is of, such as Males of ``Mid-2020 Males``; nothing of sheets that stand for no groups.

    Sheets of one kind often say their group in the title as well, which makes nothing else of what they count.
    """
    found: dict[str, dict[str, str]] = {}
    totals: dict[str, str] = {}
    for name in names:
        words = name.split()
        for part in dict.fromkeys((name.strip(), *words[-1:], *words[:1])):
            if is_total(part):
                totals[name] = part
                break
            if part and (code := characteristic_of_one(part)):
                found.setdefault(code, {})[name] = part
                break
    some = max(found.values(), key=len, default=dict[str, str]())
    return {**totals, **some} if len(some) > 1 else {}


def without_group(title: str, group: str) -> str:
    """Return what a title says is counted, without the group that its sheet is of; a title that says no more stays as it is."""
    if not group:
        return title
    left = re.sub(rf"[\s:,–(-]*\b{re.escape(group)}\b\)?", "", title, flags=re.IGNORECASE).strip()
    return left or title


def _without_what_is_shared(names: Sequence[str]) -> list[str]:
    """Return names without the words they begin and end with alike: ``Referrals - Male`` is Male beside ``Referrals - Female``."""
    words = [re.split(r"[\s_:–-]+", name.strip()) for name in names]
    fewest = min(map(len, words))
    begin = 0
    while begin < fewest - 1 and len({each[begin].casefold() for each in words}) == 1:
        begin += 1
    end = 0
    while end < fewest - 1 - begin and len({each[-1 - end].casefold() for each in words}) == 1:
        end += 1
    if not begin and not end:
        return [name.strip() for name in names]
    return [" ".join(each[begin : len(each) - end]) for each in words]


def _within(layout: Layout, by: str, label: str) -> Layout:
    level, parent = level_of(by, label)
    if level == "total" or is_total(label):
        return layout
    return _with_category(layout, Category(by, label, level, parent))


def _with_category(layout: Layout, outer: Category) -> Layout:
    inner: Callable[[Cells], Category] = layout.category

    def category(cells: Cells) -> Category:
        return crossed(outer, inner(cells))

    return replace(layout, category=category)


def _at_place(layout: Layout, name: str) -> Layout:
    place = Area("Total" if is_total(name) else "", name, name)

    def area(_cells: Cells) -> Area:
        return place

    return replace(layout, area_columns=(), area=area)


def _at_time(layout: Layout, period: Period) -> Layout:
    def when(_cells: Cells) -> Period:
        return period

    return replace(layout, period_columns=(), period=when)


# --- what is counted --------------------------------------------------------------------------------------------------------------------------------


_ONLY_HOW = re.compile(
    r"(?:the )?(?:numbers?|n|no\.?|counts?|totals?|values?|figures?|%|per ?cent(?:age)?s?|proportions?|shares?|(?:crude |age[- ]standardised )?rates?"
    r"|ratios?|means?|medians?|averages?|scores?"
    r"|(?:\w+ )?per [\d,]+|population|people|persons|base)(?:[ (]*(?:%|per [\d,]+(?: \w+)?)\)?)?",
    re.IGNORECASE,
)
"""Names of columns that say how something was counted, and not what: a Number and a Rate are of whatever the title says."""


_COUNTRY = r"\b(?:England and Wales|England|Wales|Scotland|Northern Ireland|Great Britain|United Kingdom|UK)"


_BY_WHAT = re.compile(r"[\s,:–-]+(?:by|broken down by)\s+(?P<by>[^,:]+)$", re.IGNORECASE)


def things_of_titles(titles: Sequence[str]) -> list[str]:
    """Return what each of several titles says is counted, without its number, its time and ``by sex``; "" for all where titles do not tell things apart.

    Titles that begin or end alike differ by a place or a group, which is something else: ``Detentions in Leeds`` beside ``Detentions in York``.
    """
    things = [_thing(title) for title in titles]
    different = list(dict.fromkeys(thing for thing in things if thing))
    left = _without_what_is_shared(different) if len(different) > 1 else different
    # Names begin with a capital letter: Leeds, but not lonely, which tells one feeling from another.
    alike = left != different and any(label[:1].isupper() for label in left)
    if len(different) < 2 or not all(things) or alike or characteristic_of_labels(left):
        return [""] * len(titles)
    return things


def _thing(title: str) -> str:
    words = _NUMBERED.sub("", title).strip()
    for _ in range(3):  # the time, the country and the groups stand behind each other in any order
        when = time_in(words)
        for ending in (re.escape(when), r"(?:19|20)\d\d[-/–](?:19|20)?\d\d", _COUNTRY) if when else (_COUNTRY,):
            words = re.sub(rf"[\s,:–(-]*(?:\b(?:in|for|from) )?{ending}\)?$", "", words, flags=re.IGNORECASE)
        match = _BY_WHAT.search(words)
        if match is not None and recognise_characteristic(match["by"]) is not None:
            words = words[: match.start()]
    return words if re.search(r"[^\W\d_]{3}", words) and not is_total(words) else ""


def says_only_how(layout: Layout) -> bool:
    """Tell whether a column of a layout is named by how something was counted alone."""
    return any(value.quantity is not None and _ONLY_HOW.fullmatch(value.quantity.name) for value in layout.values)


def called_after(layout: Layout, thing: str) -> Layout:
    """Return a layout whose columns called Number or Rate are those of a thing."""

    def renamed(value: Value) -> Value:
        quantity = value.quantity
        if quantity is None or not _ONLY_HOW.fullmatch(quantity.name):
            return value
        named = Quantity(f"{slug(thing)}_{quantity.id}", f"{thing}: {quantity.name}", quantity.statistic)
        return replace(value, quantity=named)

    return replace(layout, values=tuple(map(renamed, layout.values)))


# --- what is left -----------------------------------------------------------------------------------------------------------------------------------


def tables_that_disagree(figures: Iterable[Figures | None]) -> list[set[int]]:
    """Return the tables that disagree with each other, by their places in the list, as sets of which none shares one with another."""
    seen: dict[tuple[int, int, int, int], list[tuple[int, object]]] = {}
    together: list[set[int]] = []
    for place, one in enumerate(figures):
        for key, stated in (one.by_key if one is not None else {}).items():
            for other, figure in seen.setdefault(key, []):
                if (
                    other != place
                    and figure != stated[0].figure
                    and not any({place, other} <= known for known in together)
                ):
                    joined = {place, other}
                    apart: list[set[int]] = []
                    for known in together:
                        if known & joined:
                            joined |= known
                        else:
                            apart.append(known)
                    together = [*apart, joined]
            seen[key].append((place, stated[0].figure))
    return together


def doubts(named: Sequence[tuple[str, Figures | None]], entries: Entries) -> list[str]:
    """Return a sentence on figures that disagree among the rows that were looked at, for a person to see before anything is brought in."""
    sheets: list[str] = []
    whole = Figures(entries)
    for name, one in named:
        for key, stated in (one.by_key if one is not None else {}).items():
            before = whole.by_key.setdefault(key, [])
            if (
                before
                and not sheets
                and name
                and name != _sheet_of(named, key)
                and before[0].figure != stated[0].figure
            ):
                sheets = [_sheet_of(named, key), name]
            before += stated
    clashes = whole.disagreeing()
    if not clashes:
        return []
    where = (sheets[0], sheets[1]) if sheets and all(sheets) else ("", "")
    return [f"{sentence_on(clashes, len(clashes), where)}."]


def _sheet_of(named: Sequence[tuple[str, Figures | None]], key: tuple[int, int, int, int]) -> str:
    return next((name for name, one in named if one is not None and key in one.by_key), "")


def told_by(names: Sequence[str]) -> str:
    """Return a sentence on columns that tell apart rows which would otherwise disagree."""
    shown = " and ".join(shorten(name, 40) for name in names)
    tell, read = ("tells", "a group") if len(names) == 1 else ("tell", "groups")
    return f"{shown} {tell} apart rows that would otherwise give different figures for one group; read as {read}."
