"""Groups of people as the evidence keeps them: broad, detailed, total or unknown, and one group within another."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amhe_tui.method.groups.labels import level_of
from amhe_tui.text import one_line, split_joined
from store.evidence.datasets import Category, Marker

_BY_REASON: Mapping[str, str] = {
    "rounds to zero": "low k",
    "suppressed": "* ** ~ # c [c] [c1] [c2] supp supp. suppressed <3 <5 <6 <7 <8 <10 <11 <20 disclosive redacted hidden data_suppressed suppressed_data",
    "not collected": "null [null] not_collected",
    "not given": "- -- – — .",
    "not applicable": "na n/a #n/a [z] z n.a. not_applicable not_apply does_not_apply",
    "not available": "[x] x .. ... … : [k] [m] unavailable not_available no_data data_not_available not_published [not_available] nan",
    "unreliable": "u [u] [low] [w] unreliable low_reliability",
    "not known": "nk n/k unknown not_known not_recorded missing none",
    "not stated": "ns n/s not_stated declined refused prefer_not_to_say",
    "error in the file": "#ref! #value! #div/0! #name? #null! #num! [er] #err #error! err:502",
}


_MARKERS: Mapping[str, str] = {
    "": "blank",
    **{word.replace("_", " "): reason for reason, words in _BY_REASON.items() for word in words.split()},
}


_LESS_THAN = re.compile(
    r"([<≤]=?|&lt;=?|less than|fewer than|under|up to)\s*(\d{1,2}(\.\d+)?\s*%?|three|five|six|seven|ten)$|\d{1,2} or (fewer|less)$|"
    r"[0-4]\s*(-|–|to)\s*([2-9]|10)$"
)
"""A small number that is only said to be small: ``<5``, ``fewer than five``, ``1–4``."""


def read_marker(cell: str) -> Marker | None:
    """Return the marker that a cell, cleaned and on one line, holds in place of a number; nothing where it holds none."""
    letters = cell.casefold()
    status = _MARKERS.get(letters) or _MARKERS.get(letters.replace("_", " "))
    if status is None and letters[:1] == ":" and len(letters) <= 4:
        # The statistical office of the European Union puts a letter behind the colon that stands for no figure.
        status = "suppressed" if letters[1:].strip() == "c" else "not available"
    if status is None and _LESS_THAN.match(letters):
        status = "suppressed"
    return None if status is None else Marker(cell, status)


TOTAL = Category("Total", "Total", "total", "")


_PLAIN_NAMES = {
    "group",
    "subgroup",
    "category",
    "label",
    "value",
    "breakdown",
    "demographic breakdown",
    "characteristic",
    "characteristics",
    "demographic",
    "name",
    "answer",
}


_NOBODY_IN_PARTICULAR = {"", "null", "-", "--", "n/a", "na", "all", "total", "everyone", "everybody"}
"""What stands in a column of groups where a row is about everybody."""


_FOOTNOTE = re.compile(r"(?<=[a-z)])\s*(\[(?:note )?\d+\]|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[a-z)])\d)$")


_RAISED = re.compile(r"(?<=[^\W\d_])\s*[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+$")


def heading(name: str) -> str:
    """Return a column's name as the characteristic it is: ``ethnic_group`` is Ethnic group."""
    spaced = " ".join(split_joined(name).replace("_", " ").split())
    if spaced.casefold() in _PLAIN_NAMES or not spaced:
        return "Group"
    return spaced[0].upper() + spaced[1:] if "_" in name or spaced.islower() else spaced


def without_footnote(label: str) -> str:
    """Return a label without the digit of a footnote glued to it, such as ``White Irish2`` or ``Other [note 3]``; names of ranks keep theirs."""
    if (raised := _RAISED.sub("", label)) != label and len(raised) > 1:
        return raised  # a raised figure is never part of a name
    bare = _FOOTNOTE.sub("", label)
    return (
        bare
        if len(bare) > 3
        and not re.search(
            r"(type|tier|level|decile|quintile|band|grade|week|step|cluster|q|s|stage|phase)$", bare, re.IGNORECASE
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
    group = without_footnote(one_line(label))
    if group.casefold() in _NOBODY_IN_PARTICULAR:
        return TOTAL
    level, parent = level_of(characteristic, group)
    if level == "total":
        return TOTAL
    if broad and level != "unknown":
        return Category(characteristic, group, "detailed", one_line(broad))
    return Category(characteristic, group, level, parent)


def crossed(outer: Category, inner: Category) -> Category:
    """Return the group of one characteristic within a group of another; a total changes nothing."""
    if outer.level == "total":
        return inner
    if inner.level == "total":
        return outer
    # Of three characteristics the group of the first is kept as well, or its figures would stand beside each other under one name.
    outside = (inner.within, outer.within, f"{outer.characteristic}: {outer.label}")
    return inner._replace(within="; ".join(filter(None, outside)))
