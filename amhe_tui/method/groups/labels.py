"""Which group of which code list a label is, however a file words it; which level it stands on; and what a column of labels is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from amhe_tui.method.groups.ages import age_band, age_label, age_order, looks_like_a_band
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.deprivation import counts_from_least, parts_named, rank, says_direction, towards
from amhe_tui.method.groups.lists import Group, Level, Scheme, free_list, scheme, schemes, schemes_of
from amhe_tui.method.groups.words import head_and_tails, is_subtotal, is_total, is_unknown, plain, without_footnote

__all__ = [
    "Group",
    "Level",
    "Place",
    "Scheme",
    "age_band",
    "best_scheme",
    "characteristic_of_labels",
    "foreign_labels",
    "free_list",
    "is_total",
    "is_unknown",
    "level_of",
    "levels_of",
    "read_label",
    "same_group",
    "scheme",
    "scheme_title",
    "schemes",
    "schemes_of",
]


AGE_BANDS = "age_bands"
"""The id of ages in bands of a file's own, parsed and not listed."""


_TOLD_BY_LABELS = ("race", "sex", "age", "deprivation", "religion", "sexual_orientation", "disability")


# Words that several lists use, or that mean little away from their heading: no column and no foreign label is told by them.
_SAY_LITTLE = frozenset(
    {
        "other", "none", "yes", "no", "other not listed", "other not otherwise listed", "limited", "not limited", "not sure", "unsure", "mobility", "sight", "vision",
        "speech", "hearing", "pagan", "asian", "mixed", "multiple", "m", "f", "bi", "core20",
    }
)  # fmt: skip


_ONLY_WITH_HEADING = _SAY_LITTLE - {"asian", "mixed", "m", "f", "hearing", "sight", "speech", "core20"}


_ENOUGH = 0.6


_IN_TWO = "ethnicity_white_british"


_PARTED_IN_TWO = re.compile(r"\bba?me\b|white.british|minorit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands in a code list.

    Attributes:
        scheme: The id of the list.
        code: The code of the group there, or "".
        label: Its standard label.
        level: broad, detailed, total or unknown.
        parent: The standard label of the broad group it is part of, or "".
        order: Its place in the list.
    """

    scheme: str
    code: str
    label: str
    level: Level
    parent: str
    order: int


def scheme_title(identity: str) -> str:
    """Return what a list is called; an id that is not known as it is."""
    if identity == AGE_BANDS:
        return "Age, in bands of its own"
    return next((group_list.title for group_list in schemes() if group_list.id == identity), identity)


def _code(characteristic: str) -> str:
    known = recognise(characteristic) or recognise(characteristic.replace("-", " "))
    return known.code if known else characteristic.strip().casefold()


@lru_cache(maxsize=16384)
def read_label(characteristic: str, label: str, scheme: str = "") -> Place | None:
    """Return the group a label means; None where no list of the characteristic knows it.

    Case, punctuation, codes, footnotes and the broad group said before it make no difference. Without ``scheme`` the first list that has the wording itself is
    taken, then the first that knows it from another list.

    Args:
        characteristic: A file's own heading, such as ``Ethnic Group``, or a characteristic's code.
        label: A group, as a file calls it.
        scheme: The id of one list to keep to.

    Raises:
        ValueError: There is no list with that id.
    """
    code = _code(characteristic)
    if scheme == AGE_BANDS or (not scheme and code == "age"):
        return _age(label)
    asked = (_listed(scheme),) if scheme else _candidates(characteristic, code)
    if code == "deprivation" and not scheme:
        return _rank(characteristic, label, asked)
    for look in (Scheme.own, Scheme.find):
        for group_list in asked:
            group = look(group_list, label)
            if group:
                return _place(group_list, group)
    if is_total(label):
        return Place(scheme, "", "Total", "total", "", 999)
    return _unknown(label, asked)


def _candidates(heading: str, code: str) -> tuple[Scheme, ...]:
    """Return the lists to try in turn: under a heading that parts White British from all others, the list in two comes first."""
    candidates = schemes_of(code)
    return (
        tuple(sorted(candidates, key=lambda group_list: group_list.id != _IN_TWO))
        if _PARTED_IN_TWO.search(heading)
        else candidates
    )


def _listed(identity: str) -> Scheme:
    return scheme(identity)


def _place(group_list: Scheme, group: Group) -> Place:
    return Place(group_list.id, group.code, group.label, group.level, group.parent, group.order)


def _unknown(label: str, asked: Sequence[Scheme]) -> Place | None:
    if not is_unknown(label):
        return None
    for group_list in asked:
        group = next((group for group in group_list.groups if group.level == "unknown"), None)
        if group:
            return _place(group_list, group)
    return Place(asked[0].id if asked else "", "", "Not known", "unknown", "", 998)


def _age(label: str) -> Place | None:
    band = age_band(without_footnote(label)) or age_band(label)
    if band:
        return Place(AGE_BANDS, "", age_label(*band), "broad", "", age_order(*band))
    if is_total(label):
        return Place(AGE_BANDS, "", "Total", "total", "", 10**6)
    return Place(AGE_BANDS, "", "Not known", "unknown", "", 10**6 - 1) if is_unknown(label) else None


def _rank(heading: str, label: str, asked: Sequence[Scheme]) -> Place | None:
    """Read a rank of deprivation on its own: a number without a word, which may count from either end, is not guessed at."""
    parts = parts_named(heading)
    places = {
        group_list.id: _place(group_list, group)
        for group_list in asked
        if parts in (0, group_list.parts or parts) and (group := group_list.find(label)) is not None
    }
    ranks = [place for place in places.values() if place.level == "broad"]
    if rank(label) is not None and towards(label) is None and len(ranks) > 1:
        return None
    if ranks:
        return ranks[0]
    if is_total(label):
        return Place("", "", "Total", "total", "", 999)
    return next(iter(places.values()), None) or _unknown(label, asked)


# --- a whole column of labels ----------------------------------------------------------------------------------------------------------------------


def _groups_only(labels: Iterable[str]) -> list[str]:
    return [label for label in dict.fromkeys(labels) if label.strip() and not is_total(label) and not is_unknown(label)]


def best_scheme(characteristic: str, labels: Iterable[str]) -> str:
    """Return the id of the list that fits most of the labels; "" where none fits more than half, or nothing says which way ranks are counted."""
    groups = _groups_only(labels)
    code = _code(characteristic)
    if not groups:
        return ""
    if code == "deprivation":
        return _best_ranks(characteristic, groups)
    best, most = "", (len(groups) / 2, 0)
    for group_list in schemes_of(code):
        # The list's own wordings count before those it knows from elsewhere; of lists that fit alike, the smaller.
        own = [group for label in groups if (group := group_list.own(label)) is not None]
        either = sum(group_list.find(label) is not None for label in groups)
        fit = (either + len(own) / (2 * len(groups)) + _distinct(group_list, own) / 1000, -len(group_list.groups))
        if either > len(groups) / 2 and fit > most:
            best, most = group_list.id, fit
    if code == "age" and not (best and most[0] >= len(groups)):
        return AGE_BANDS if 2 * sum(age_band(label) is not None for label in groups) > len(groups) else ""
    return best


def _distinct(group_list: Scheme, present: Sequence[Group]) -> float:
    """Return the share of a list's groups that are there, so that six labels of six fit better than six of nineteen."""
    groups = [group for group in group_list.groups if group.level != "unknown"]
    return len({group.label for group in present}) / len(groups)


def _best_ranks(heading: str, labels: Sequence[str]) -> str:
    if sum(scheme("imd_core20").own(label) is not None for label in labels) == len(labels):
        return "imd_core20"
    if not says_direction(labels):
        return ""
    parts = parts_named(heading) or parts_named(" ".join(labels))
    highest = max((rank(label) or 0 for label in labels), default=0)
    parts = parts or (10 if highest > 5 or any(" more " in f" {plain(label)} " for label in labels) else 5)
    way = "least" if counts_from_least(labels) else "most"
    best = f"imd_{'decile' if parts == 10 else 'quintile'}_{way}_first"
    fit = sum(scheme(best).own(label) is not None for label in labels)
    return best if 2 * fit > len(labels) else ""


@lru_cache(maxsize=16384)
def level_of(characteristic: str, label: str) -> tuple[Level, str]:
    """Return the level a label stands on, and the broad group it is part of, or "".

    Args:
        characteristic: A file's own heading.
        label: A group, as a file calls it. ``White: Total`` adds up a broad group, so it is broad; ``Chinese`` alone is detailed, and its broad group is left open, because
            the NHS list of 2001 and the census file it under different ones.
    """
    place = read_label(characteristic, label)
    if place and place.level == "detailed" and (written := _head_as_listed(characteristic, label)):
        return "detailed", written
    if place and place.level == "detailed":
        return "detailed", place.parent if _agreed(characteristic, label) else ""
    if place:
        return place.level, ""
    if is_total(label):
        return "total", ""
    if is_unknown(label):
        return "unknown", ""
    if is_subtotal(label):
        return "broad", ""
    # A rank or an age may hold a colon or a dash and is no part of anything.
    parts = [] if _code(characteristic) in ("age", "deprivation") or ":" not in label else list(head_and_tails(label))
    return ("detailed", parts[0][0]) if parts else ("broad", "")


def _head_as_listed(characteristic: str, label: str) -> str:
    """Return the broad group written before a colon, where a list calls it just so: of several lists that know a label it is the one of this file."""
    heads = [head.casefold() for head, _ in head_and_tails(label)]
    return next(
        (
            group.label
            for head in heads
            for group_list in schemes_of(_code(characteristic))
            if (group := group_list.worded(head)) is not None
            and group.level == "broad"
            and group.label.casefold() == head
        ),
        "",
    )


def _agreed(characteristic: str, label: str) -> bool:
    """Tell whether the lists that know a bare label file it under broad groups that mean the same."""
    if any(True for _ in head_and_tails(label)):
        return True
    lists = schemes_of(_code(characteristic))
    filed = [
        (group_list, group.parent)
        for group_list in lists
        if (group := group_list.worded(label)) is not None and group.level == "detailed"
    ]
    if not filed:
        return True
    first, parent = filed[0]
    return all(
        group_list is first or (same := first.find(other)) is None or same.label == parent
        for group_list, other in filed
    )


def levels_of(characteristic: str, labels: Iterable[str]) -> Mapping[str, tuple[Level, str]]:
    """Return the level of each label of one column, seen together.

    Where a list mixes ``Indian`` with ``Black`` and no broad group stands beside its own parts, the groups part the people once, so that all count as broad.
    """
    levels = {label: level_of(characteristic, label) for label in labels}
    places = {label: read_label(characteristic, label) for label in levels}
    broad = {place.label for label, place in places.items() if place and levels[label][0] == "broad"}
    named = {parent for level, parent in levels.values() if level == "detailed"}
    if not broad or (broad & named) or any(label in named for label in levels):
        return levels
    return {
        label: ("broad", "") if level == "detailed" else (level, parent) for label, (level, parent) in levels.items()
    }


def same_group(characteristic: str, label: str, other: str) -> bool:
    """Tell whether two labels mean the same group, each perhaps in the wording of another list."""
    if plain(label) == plain(other):
        return True
    first, second = read_label(characteristic, label), read_label(characteristic, other)
    if first is None or second is None or first.level != second.level:
        return False
    if first.label == second.label:
        return True
    for place, wording in ((first, other), (second, label)):
        if place.scheme not in ("", AGE_BANDS):
            again = read_label(characteristic, wording, place.scheme)
            if again is not None and again.label == place.label and again.level == place.level:
                return True
    return False


# --- what labels are about -------------------------------------------------------------------------------------------------------------------------


def _knows(code: str, label: str) -> bool:
    """Tell whether a label is plainly a group of a characteristic, without a heading to say so."""
    if code == "age":
        return looks_like_a_band(label)
    if code == "deprivation":
        return towards(label) is not None and any(group_list.own(label) is not None for group_list in schemes_of(code))
    return len(label.strip()) > 2 and any(
        group_list.worded(label) is not None
        for group_list in schemes_of(code)
        if group_list.characteristic == code or group_list.id == "gender_identity"
    )


def foreign_labels(characteristic: str, labels: Iterable[str]) -> list[str]:
    """Return the labels that are no group of a heading's characteristic but plainly groups of another, in the order given.

    Totals, ``not known`` and words that many lists use, such as ``Other``, are never among them; nor is anything where the heading has no list of its own.
    """
    code = _code(characteristic)
    if code not in {group_list.characteristic for group_list in schemes()}:
        return []
    return [label for label in _groups_only(labels) if _is_foreign(characteristic, code, label)]


def _is_foreign(characteristic: str, code: str, label: str) -> bool:
    if plain(label) in _SAY_LITTLE or read_label(characteristic, label) is not None or _knows(code, label):
        return False
    if code == "deprivation" and rank(label) is not None and not _beyond_ranks(label):
        return False
    others = [
        other for other in _TOLD_BY_LABELS if other != code and not (other == "sex" and code == "gender_reassignment")
    ]
    return any(_knows(other, label) for other in others)


def _beyond_ranks(label: str) -> bool:
    """Tell whether a label is a band of ages that reaches beyond the ranks of deprivation."""
    band = age_band(label)
    return band is not None and (band[1] is None or band[1] > 10)


def characteristic_of_labels(labels: Iterable[str]) -> str:
    """Return the code of the characteristic whose groups a column holds, told by its labels alone; "" where that is not sure.

    At least two labels must be plainly of it, and most of all those that say anything.
    """
    groups = [label for label in _groups_only(labels) if plain(label) not in _ONLY_WITH_HEADING]
    if len(groups) < 2:
        return ""
    fits = {code: sum(_fits(code, label, groups) for label in groups) for code in _TOLD_BY_LABELS}
    best = max(_TOLD_BY_LABELS, key=lambda code: fits[code])
    tied = sum(fits[code] == fits[best] for code in _TOLD_BY_LABELS) > 1
    return best if fits[best] >= 2 and fits[best] >= _ENOUGH * len(groups) and not tied else ""


def _fits(code: str, label: str, groups: Sequence[str]) -> bool:
    if code == "deprivation":
        return _knows(code, label) or (label.strip().isdigit() and any(_knows(code, other) for other in groups))
    if code != "age":
        return _knows(code, label)
    bands = [band for other in groups if looks_like_a_band(other) and (band := age_band(other))]
    oldest = max((lower if upper is None else upper for lower, upper in bands), default=0)
    return oldest > 15 and (looks_like_a_band(label) or (age_band(label) is not None and len(bands) > 1))
