"""Labels and organisations that changed their wording between sources: offered for joining with a reason, never joined silently."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Quality = Literal["exact", "broader", "lossy"]


_APOSTROPHES = re.compile("['’‘`\u00b4\u02bc]")


# Signs that change what a label says stay: < and > of waiting times, + of ages, % and £.
_IDLE = re.compile(r"[^\w<>=≤≥+%£]+|_+")


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w<>=≤≥+%£]+(?=\d)")


_KINDS = (
    ("clinical commissioning group", re.compile(r"\b(clinical commissioning group|ccg)\b")),
    (
        "sub-ICB location",
        re.compile(r"\bsub[ -]?icb( location)?\b|\b(?:integrated care board|icb)\s*[-–—]\s*[0-9a-z]{3,5}$"),
    ),
    ("integrated care board", re.compile(r"\b(integrated care board|icb)\b")),
    (
        "sustainability and transformation partnership",
        re.compile(r"\b(sustainability and transformation partnership|stp|integrated care system|ics)\b"),
    ),
    ("primary care trust", re.compile(r"\b(primary care trust|pct)\b")),
)


_LAST_CODE = re.compile(r"\s*[-–—]\s*([0-9a-z]{3,5})$")


_NOT_THE_PLACE = re.compile(r"\b(nhs|the|location|health and care partnership)\b")


_SUCCESSION = ("primary care trust", "clinical commissioning group", "sub-ICB location")


_WIDER = ("sustainability and transformation partnership", "integrated care board")


@dataclass(frozen=True, slots=True)
class Join:
    """Labels that seem to mean the same, for a person to join or to leave apart.

    Attributes:
        labels: The labels, in alphabetical order; for organisations with their code before the name.
        sources: The sources each of them is in.
        reason: Why they seem the same.
        quality: exact where nothing but the writing differs, broader where one covers more than the other, lossy where it may be another group altogether.
    """

    labels: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    reason: str
    quality: Quality


def same_but_for_writing(label: str) -> str:
    """Return what a label keeps when case, punctuation and spacing are left aside."""
    letters = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", label)).casefold().replace("&", " and ")
    # A dash between figures parts them: 1-12 is not 11-2.
    return _IDLE.sub("", _BETWEEN_DIGITS.sub("=", letters))


def drifted(labels_by_source: Mapping[str, Iterable[str]]) -> tuple[Join, ...]:
    """Return labels that differ only in writing, and commissioners of one name that changed their kind, between sources.

    Args:
        labels_by_source: The labels of one column in each source, such as one for each year.
    """
    sources = _sources(labels_by_source)
    by_writing: dict[str, list[str]] = defaultdict(list)
    for label in sources:
        key = same_but_for_writing(label)
        if key:
            by_writing[key].append(label)
    joins = [_by_writing(sorted(labels), sources) for labels in by_writing.values() if len(labels) > 1]
    return tuple(sorted([*joins, *_by_name_of_place(sources)], key=lambda join: join.labels))


def _sources(labels_by_source: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    by_label: dict[str, dict[str, None]] = defaultdict(dict)
    for source, labels in labels_by_source.items():
        for label in labels:
            by_label[label][source] = None
    return {label: tuple(names) for label, names in by_label.items()}


def _by_writing(labels: list[str], sources: Mapping[str, tuple[str, ...]]) -> Join:
    together = {source for source in sources[labels[0]] if all(source in sources[label] for label in labels)}
    case_only = len({label.casefold() for label in labels}) == 1
    reason = (
        "They differ only in capital letters."
        if case_only
        else "They differ only in capital letters, punctuation or spaces."
    )
    if together:
        reason += f" Both stand in {', '.join(sorted(together))}, so look before joining."
    return Join(tuple(labels), tuple(sources[label] for label in labels), reason, "lossy" if together else "exact")


# --- organisations ---------------------------------------------------------------------------------------------------------------------------------


def _organisation(name: str) -> tuple[str, str, str]:
    """Return the kind, the place and the code at the end of a commissioner's name; no kind where it is none."""
    plain_name = " ".join(name.casefold().replace("&", " and ").split())
    kind = next((kind for kind, pattern in _KINDS if pattern.search(plain_name)), "")
    if not kind:
        return "", "", ""
    code = _LAST_CODE.search(plain_name)
    place = _LAST_CODE.sub("", plain_name)
    for _, pattern in _KINDS:
        place = pattern.sub(" ", place)
    return (
        kind,
        " ".join(re.sub(r"[^\w]+", " ", _NOT_THE_PLACE.sub(" ", place)).split()),
        code[1].upper() if code else "",
    )


def _by_name_of_place(sources: Mapping[str, tuple[str, ...]]) -> list[Join]:
    """Return commissioners of one place whose kind changed from one source to another."""
    by_place: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for label in sources:
        kind, place, _ = _organisation(label)
        if place:
            by_place[place][kind].append(label)
    joins: list[Join] = []
    for kinds in by_place.values():
        for older, newer in _pairs(list(kinds)):
            for earlier in kinds[older]:
                joins += [
                    _changed_kind((earlier, older), (later, newer), sources)
                    for later in kinds[newer]
                    if set(sources[earlier]) != set(sources[later])
                ]
    return joins


def _pairs(kinds: list[str]) -> list[tuple[str, str]]:
    order = [kind for kind, _ in _KINDS]
    rank = {
        kind: place
        for place, kind in enumerate(("primary care trust", *(kind for kind in order if kind != "primary care trust")))
    }
    ranked = sorted(kinds, key=rank.__getitem__)
    succession = [*_chain(ranked, _SUCCESSION), *_chain(ranked, _WIDER)]
    if (
        "sub-ICB location" not in ranked
        and "clinical commissioning group" in ranked
        and "integrated care board" in ranked
    ):
        succession.append(("clinical commissioning group", "integrated care board"))
    return succession


def _chain(kinds: list[str], succession: tuple[str, ...]) -> list[tuple[str, str]]:
    present = [kind for kind in succession if kind in kinds]
    return list(pairwise(present))


def _changed_kind(before: tuple[str, str], after: tuple[str, str], sources: Mapping[str, tuple[str, ...]]) -> Join:
    (first, older), (second, newer) = before, after
    labels = tuple(sorted((first, second)))
    wider = newer == "integrated care board" and older == "clinical commissioning group"
    reason = f"One name, but a {older} in one source and a{'n' if newer[0] in 'aei' else ''} {newer} in the other"
    reason += (
        "; a board covers the area of several groups, unless there was but one."
        if wider
        else "; look at the codes and the borders before joining."
    )
    return Join(labels, tuple(sources[label] for label in labels), reason, "broader" if wider else "lossy")


def drifted_organisations(organisations_by_source: Mapping[str, Iterable[tuple[str, str]]]) -> tuple[Join, ...]:
    """Return organisations whose code or name changed between sources.

    Args:
        organisations_by_source: For each source, code and name of each organisation, all of one kind of area.
    """
    sources: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for source, pairs in organisations_by_source.items():
        for pair in pairs:
            sources[pair][source] = None
    by_code: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, name in sources:
        by_code[code.casefold().strip()].append((code, name))
        by_name[same_but_for_writing(name)].append((code, name))
    joins = [_organisations(pairs, sources, same="code") for code, pairs in by_code.items() if code and len(pairs) > 1]
    for name, pairs in by_name.items():
        apart = {code.casefold().strip() for code, _ in pairs}
        if name and len(apart) > 1 and not _all_together(pairs, sources):
            joins.append(_organisations(pairs, sources, same="name"))
    return tuple(sorted(joins, key=lambda join: join.labels))


def _all_together(pairs: Iterable[tuple[str, str]], sources: Mapping[tuple[str, str], Mapping[str, None]]) -> bool:
    """Tell whether every source has all of them, as two organisations of one name that live side by side."""
    return len({tuple(sources[pair]) for pair in pairs}) == 1


def _organisations(
    pairs: list[tuple[str, str]], sources: Mapping[tuple[str, str], Mapping[str, None]], *, same: str
) -> Join:
    ordered = sorted(pairs)
    labels = tuple(f"{code} {name}".strip() for code, name in ordered)
    where = tuple(tuple(sources[pair]) for pair in ordered)
    if same == "name":
        return Join(
            labels, where, "One name under two codes: it may have been founded anew, or moved its borders.", "lossy"
        )
    names = {same_but_for_writing(name) for _, name in ordered}
    if len(names) == 1:
        return Join(labels, where, "One code; the names differ only in writing.", "exact")
    kinds = {_organisation(name)[0] for _, name in ordered}
    if kinds == {"clinical commissioning group", "sub-ICB location"}:
        return Join(
            labels,
            where,
            "One code: a clinical commissioning group that lives on as a sub-ICB location since July 2022.",
            "exact",
        )
    return Join(labels, where, "One code under two names: it was renamed, or the code was given again.", "broader")
