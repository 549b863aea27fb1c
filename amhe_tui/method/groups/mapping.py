"""From the groups of one code list to those of another: what each link costs, and counts taken together by it, never split."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from amhe_tui.method.groups.ages import age_band
from amhe_tui.method.groups.labels import Place, Scheme, is_unknown, read_label, scheme
from amhe_tui.method.groups.words import is_total

Quality = Literal["exact", "broader", "lossy"]


_WORST: tuple[Quality, ...] = ("exact", "broader", "lossy")


NOT_KNOWN = "Not known"
"""Under which the people stand whose group is not known, after regrouping."""


@dataclass(frozen=True, slots=True)
class Link:
    """What becomes of one group in another list.

    Attributes:
        source: The group's standard label in the list it comes from.
        targets: The groups it holds in the other list; more than one where they cannot be told apart.
        quality: exact where both mean the same people, broader where it goes into a wider group, lossy where people are lost from it or mixed in.
        sentence: What a reader has to know, or "".
    """

    source: str
    targets: tuple[str, ...]
    quality: Quality
    sentence: str = ""

    @property
    def target(self) -> str:
        """Return the label it gets: where several groups stay together, all of their names."""
        return (
            self.targets[0]
            if len(self.targets) == 1
            else f"{', '.join(self.targets[:-1])} and {self.targets[-1]}, not told apart"
        )


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Counts under the groups of another list.

    Attributes:
        values: A count for each group, in the order of the list; None where a part of it is missing.
        quality: That of the weakest link that was used.
        notes: What to print under every number that rests on it.
    """

    values: Mapping[str, float | None]
    quality: Quality
    notes: tuple[str, ...]


@lru_cache(maxsize=1)
def _written() -> dict[tuple[str, str], tuple[Link, ...]]:
    text = (files("amhe_tui.method.groups") / "scheme_data" / "maps.json").read_text(encoding="utf-8")
    maps: list[dict[str, Any]] = json.loads(text)
    return {
        (source, target): tuple(_link(link) for link in entry["links"])
        for entry in maps
        for source in entry["from"]
        for target in entry["to"]
    }


def _link(written: dict[str, Any]) -> Link:
    return Link(written["from"], tuple(written["to"]), written["quality"], written.get("note", ""))


@lru_cache(maxsize=128)
def map_labels(from_scheme: str, to_scheme: str) -> tuple[Link, ...]:
    """Return what becomes of each group of one list in another; groups without a link cannot be carried over.

    Raises:
        ValueError: There is no such list, or no way from the one to the other.
    """
    source, target = scheme(from_scheme), scheme(to_scheme)
    if from_scheme == to_scheme:
        return tuple(
            Link(group.label, (group.label,), "exact")
            for group in source.groups
            if group.level in ("broad", "detailed")
        )
    links = _written().get((from_scheme, to_scheme))
    if links is None and source.characteristic == target.characteristic == "age":
        links = _bands([group.label for group in source.groups], target)
    if not links:
        raise ValueError(f"there is no way from “{source.title}” to “{target.title}”")
    return links


def _bands(labels: Iterable[str], target: Scheme) -> tuple[Link, ...]:
    """Return links of bands of age that lie wholly within one of the other list; a band across two is never split."""
    links: list[Link] = []
    for label in labels:
        inner = age_band(label)
        for group in target.groups if inner else ():
            outer = age_band(group.label)
            if (
                inner
                and outer
                and outer[0] <= inner[0]
                and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))
            ):
                links.append(Link(label, (group.label,), "exact" if inner == outer else "broader"))
    return tuple(links)


def regroup(
    values: Mapping[str, float | None], from_scheme: str, to_scheme: str, *, statistic: str = "count"
) -> Regrouped:
    """Return counts under the groups of another list.

    Nothing is split: a group that holds several of the other list keeps its number under all their names. People whose group is not known stay so; a total is left
    out and said so.

    Args:
        values: A count of people for each label, of one level of the list.
        from_scheme: The id of the list the labels are of.
        to_scheme: The id of the list they go to.
        statistic: What the values are; only counts can be added up.

    Raises:
        ValueError: A label is not of the list or has no way to the other, broad groups stand beside their parts, one person may be counted under several
            groups, or numbers that do not add up would have to be.
    """
    source, target = scheme(from_scheme), scheme(to_scheme)
    if source.several and from_scheme != to_scheme:
        raise ValueError(
            f"in “{source.title}” one person may be in several groups, so its numbers cannot be taken together"
        )
    places = {label: _read(source, label) for label in values if not is_total(label)}
    _one_level(source, places)
    links = _links_for(source, to_scheme, places)
    sums: dict[str, list[float | None]] = {}
    notes: list[str] = []
    for label, place in places.items():
        link = links[place.label] if place.level != "unknown" else Link(place.label, (NOT_KNOWN,), "exact")
        sums.setdefault(link.target, []).append(values[label])
        notes.append(link.sentence)
    _only_counts(sums, statistic)
    used = [links[place.label] for place in places.values() if place.level != "unknown"]
    quality: Quality = _WORST[max((_WORST.index(link.quality) for link in used), default=0)]
    order = {link.target: _order(target, link) for link in used}
    added = {
        name: None if None in parts else sum(part for part in parts if part is not None)
        for name, parts in sorted(sums.items(), key=lambda item: order.get(item[0], len(target.groups)))
    }
    if len(places) < len(values):
        notes.append("The total of the source is left out; the groups are its own.")
    notes += [
        f"{name} has no number, because that of a group within it is missing."
        for name, value in added.items()
        if value is None and len(sums[name]) > 1
    ]
    return Regrouped(added, quality, _printed(source, target, quality, notes))


def _read(source: Scheme, label: str) -> Place:
    if is_unknown(label):
        return Place(source.id, "", label, "unknown", "", len(source.groups))
    place = read_label(source.characteristic, label, source.id)
    if place is None:
        raise ValueError(f"“{label}” is no group of “{source.title}”")
    return place


def _one_level(source: Scheme, places: Mapping[str, Place]) -> None:
    """Refuse a broad group beside its own parts, and one group under two labels, which would count people twice."""
    groups = [place for place in places.values() if place.level != "unknown"]
    labels = [place.label for place in groups]
    twice = next((label for label in labels if labels.count(label) > 1), "")
    if twice:
        raise ValueError(f"“{twice}” of “{source.title}” is there under two labels")
    parents = {place.parent for place in groups if place.level == "detailed"}
    both = next((place.label for place in groups if place.level == "broad" and place.label in parents), "")
    if both:
        raise ValueError(f"“{both}” stands beside its own parts; use one level")


def _links_for(source: Scheme, to_scheme: str, places: Mapping[str, Place]) -> dict[str, Link]:
    links = {link.source: link for link in map_labels(source.id, to_scheme)}
    lost = [place.label for place in places.values() if place.level != "unknown" and place.label not in links]
    if lost:
        raise ValueError(f"“{lost[0]}” of “{source.title}” has no place in “{scheme(to_scheme).title}”")
    return links


def _only_counts(sums: Mapping[str, list[float | None]], statistic: str) -> None:
    if statistic not in ("count", "numerator", "denominator") and any(len(parts) > 1 for parts in sums.values()):
        raise ValueError(
            f"a {statistic} of several groups cannot be added up; regroup the counts and work it out again"
        )


def _order(target: Scheme, link: Link) -> int:
    return min(target.group(label).order for label in link.targets)


def _printed(source: Scheme, target: Scheme, quality: Quality, notes: Iterable[str]) -> tuple[str, ...]:
    if source.id == target.id:
        return tuple(dict.fromkeys(note for note in notes if note))
    meaning = {
        "exact": "the groups are the same",
        "broader": "some groups were taken together",
        "lossy": "some groups do not hold the same people in both lists",
    }[quality]
    first = f"Regrouped from “{source.title}” to “{target.title}”: {meaning}."
    return (first, *dict.fromkeys(note for note in notes if note))
