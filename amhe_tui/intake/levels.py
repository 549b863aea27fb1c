"""Groups of people as the evidence keeps them: broad, detailed, total or unknown, and one group within another."""

from __future__ import annotations

import re

from amhe_tui.method.schemes import level_of
from amhe_tui.text import one_line
from store.bulk import Category

TOTAL = Category("Total", "Total", "total", "")
_PLAIN_NAMES = {
    "group",
    "subgroup",
    "category",
    "label",
    "value",
    "breakdown",
    "demographic breakdown",
    "name",
    "answer",
}
_NOBODY_IN_PARTICULAR = {"", "null", "-", "--", "n/a", "na", "all", "total", "everyone", "everybody"}
"""What stands in a column of groups where a row is about everybody."""
_SMALL_THEN_LARGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FOOTNOTE = re.compile(r"(?<=[a-z)])\s*(\[(?:note )?\d+\]|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[a-z)])\d)$")


def heading(name: str) -> str:
    """Return a column's name as the characteristic it is: ``ethnic_group`` is Ethnic group."""
    words = " ".join(_SMALL_THEN_LARGE.sub(" ", name).replace("_", " ").split())
    if words.casefold() in _PLAIN_NAMES or not words:
        return "Group"
    return words[0].upper() + words[1:] if "_" in name or words.islower() else words


def without_footnote(label: str) -> str:
    """Return a label without the digit of a footnote glued to it, such as ``White Irish2`` or ``Other [note 3]``; names of ranks keep theirs."""
    found = _FOOTNOTE.sub("", label)
    return (
        found
        if len(found) > 3
        and not re.search(
            r"(type|tier|level|decile|quintile|band|grade|week|step|cluster|q|s|stage|phase)$", found, re.IGNORECASE
        )
        else label
    )


def category(characteristic: str, label: str, *, broad: str = "") -> Category:
    """Return the group a label stands for.

    Args:
        characteristic: By which characteristic, as the file calls it.
        label: The group, as the file calls it; nothing means everybody.
        broad: The broad group the file says it is part of.
    """
    words = without_footnote(one_line(label))
    if words.casefold() in _NOBODY_IN_PARTICULAR:
        return TOTAL
    level, parent = level_of(characteristic, words)
    if level == "total":
        return TOTAL
    if broad and level != "unknown":
        return Category(characteristic, words, "detailed", one_line(broad))
    return Category(characteristic, words, level, parent)


def crossed(outer: Category, inner: Category) -> Category:
    """Return the group of one characteristic within a group of another; a total changes nothing."""
    if outer.level == "total":
        return inner
    if inner.level == "total":
        return outer
    outside = f"{outer.characteristic}: {outer.label}"
    return inner._replace(within=f"{inner.within}; {outside}" if inner.within else outside)
