"""The code lists that groups are named by, kept as data beside this file and read when first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

from amhe_tui.method.groups.ages import age_band
from amhe_tui.method.groups.deprivation import position
from amhe_tui.method.groups.words import head_and_tails, is_subtotal, is_total, is_unknown, plain, wordings

Level = Literal["broad", "detailed", "total", "unknown"]


_FILES = ("ethnicity", "sex", "deprivation", "religion", "sexual_orientation", "disability", "age")


_MISSING_MARKS = frozenset({"na", "nk", "ns", "no"})
"""Two letters that say something is missing, and no code with a local second letter."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a list.

    Attributes:
        code: Its code in the list, or "".
        label: What it is called.
        level: Whether it is broad, a part of a broad group, or says that nothing is known.
        parent: The label of the broad group it is part of, or "".
        aliases: Other wordings of the same list.
        also: Wordings of other lists that mean the same.
        short: What it is called where its broad group is said before it, such as ``White: Other``.
        order: Its place in the list.
    """

    code: str
    label: str
    level: Level
    parent: str = ""
    aliases: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """A list of groups, one version of it.

    Attributes:
        id: What it is known by.
        title: What it is called.
        version: The year or edition; "" where there is but one.
        characteristic: The code of what it divides people by.
        source: Who keeps the list.
        groups: Its groups in their order.
        also_for: Other characteristics whose columns use it.
        parts: For ranks of deprivation, into how many.
        from_least: For ranks of deprivation, whether number 1 is the least deprived.
        several: Whether several of its groups can hold for one person, so that they do not add up to people.
        codes: "first letter" where a code may be followed by a local one.
    """

    id: str
    title: str
    version: str
    characteristic: str
    source: str
    groups: tuple[Group, ...]
    also_for: tuple[str, ...] = ()
    parts: int = 0
    from_least: bool = False
    several: bool = False
    codes: str = ""
    _index: dict[str, dict[str, Group]] = field(default_factory=dict[str, dict[str, Group]], repr=False)

    def group(self, label: str) -> Group:
        """Return the group with a standard label.

        Raises:
            ValueError: The list has no such group.
        """
        group = next((group for group in self.groups if group.label == label), None)
        if group is None:
            raise ValueError(f"{self.title} has no group called {label!r}")
        return group

    def own(self, label: str) -> Group | None:
        """Return the group a label is the list's own wording of."""
        return self._find(label, "own")

    def worded(self, label: str) -> Group | None:
        """Return the group a label means in this list's wording or another's, its bare code left aside."""
        return self._find(label, "any")

    def find(self, label: str) -> Group | None:
        """Return the group a label means, in this list's own wording, in that of another list, or by its code."""
        return self._find(label, "own") or self._find(label, "any") or self._by_code(label)

    def _find(self, label: str, kind: str) -> Group | None:
        if self.parts:
            return self._rank(label)
        if self.characteristic == "age":
            return self._band(label)
        by_wording = self._words(kind)
        group = next((by_wording[wording] for wording in wordings(label) if wording in by_wording), None)
        return group or self._within(label, by_wording)

    def _within(self, label: str, by_wording: dict[str, Group]) -> Group | None:
        for head, tail in head_and_tails(label):
            broad = next((by_wording[wording] for wording in wordings(head) if wording in by_wording), None)
            if broad is None or broad.level != "broad":
                continue
            if is_total(tail) or is_subtotal(tail):
                return broad
            inside = self._words(f"in {broad.label}")
            for wording in wordings(tail):
                if wording in inside:
                    return inside[wording]
        return None

    def _rank(self, label: str) -> Group | None:
        # The list's own words count from the most deprived whichever way its numbers run.
        known = self._words("own").get(plain(label))
        if known:
            return known
        place = position(label, self.parts, from_least=self.from_least)
        return self.groups[place - 1] if place else None

    def _band(self, label: str) -> Group | None:
        band = age_band(label)
        return next((group for group in self.groups if age_band(group.label) == band), None) if band else None

    def _by_code(self, label: str) -> Group | None:
        code = label.strip().upper()
        codes = self._words("codes")
        if not code or self.parts or (self.codes and label.strip().casefold() in _MISSING_MARKS):
            return None
        if code in codes:
            return codes[code]
        if self.codes and len(code) == 2 and code[0].isalpha() and code[1].isalnum():
            return codes.get(code[0])
        return codes.get(code.lstrip("0")) if code.isdigit() else None

    def _words(self, kind: str) -> dict[str, Group]:
        by_wording = self._index.get(kind)
        if by_wording is None:
            by_wording = self._index[kind] = self._made(kind)
        return by_wording

    def _made(self, kind: str) -> dict[str, Group]:
        if kind == "codes":
            return {group.code.upper(): group for group in self.groups if group.code}
        groups, parent = self.groups, ""
        if kind.startswith("in "):
            parent = kind.removeprefix("in ")
            groups = tuple(group for group in self.groups if group.parent == parent)
        by_wording: dict[str, Group] = {}
        for wording in ("label", "aliases", "also", "short"):
            if (wording == "also" and kind == "own") or (wording == "short" and not parent):
                continue
            for group in groups:
                texts = (group.label,) if wording == "label" else getattr(group, wording)
                for text in texts:
                    by_wording.setdefault(plain(text), group)
        return by_wording


@lru_cache(maxsize=1)
def schemes() -> tuple[Scheme, ...]:
    """Return every list, those tried first standing first."""
    folder = files("amhe_tui.method.groups") / "scheme_data"
    return tuple(
        _scheme(written)
        for name in _FILES
        for written in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    )


def _scheme(written: dict[str, Any]) -> Scheme:
    groups = tuple(_group(entry, order) for order, entry in enumerate(written["groups"]))
    given: dict[str, Any] = {**_with_tuples(written), "groups": groups}
    return Scheme(**given)


def _group(written: dict[str, Any], order: int) -> Group:
    return Group(**_with_tuples(written), order=order)


def _with_tuples(written: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(cast("list[str]", value)) if isinstance(value, list) else value for name, value in written.items()
    }


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Scheme]:
    return {group_list.id: group_list for group_list in schemes()}


def scheme(identity: str) -> Scheme:
    """Return the list known by an id.

    Raises:
        ValueError: There is no such list.
    """
    if identity not in _by_id():
        raise ValueError(f"there is no code list {identity!r}")
    return _by_id()[identity]


@lru_cache(maxsize=64)
def schemes_of(characteristic: str) -> tuple[Scheme, ...]:
    """Return the lists that divide people by a characteristic, given by its code."""
    return tuple(
        group_list
        for group_list in schemes()
        if characteristic == group_list.characteristic or characteristic in group_list.also_for
    )


def free_list(title: str, labels: Iterable[str], characteristic: str = "") -> Scheme:
    """Return a list of a programme's own, from its labels in their order.

    ``Housing: Hostel`` is a part of Housing where Housing is among the labels. Totals are left out, because a list holds groups.

    Raises:
        ValueError: It has no groups, or one label twice.
    """
    kept = [label.strip() for label in labels if label.strip() and not is_total(label)]
    if not kept:
        raise ValueError("a list needs at least one group")
    if len({plain(label) for label in kept}) < len(kept):
        raise ValueError("a list cannot hold one label twice")
    groups: list[Group] = []
    for order, label in enumerate(kept):
        if is_unknown(label):
            groups.append(Group("", label, "unknown", order=order))
            continue
        parent = next((head for head, _ in head_and_tails(label) if head in kept), "")
        groups.append(Group("", label, "detailed" if parent else "broad", parent, order=order))
    return Scheme(
        f"own_{plain(title).replace(' ', '_')}", title, "", characteristic, "Made in this programme", tuple(groups)
    )
