"""Community assets: found by whom they reach, where, in which language and how one gets in; and for whom there is none that says so."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from amhe_tui.errors import AmheError
from amhe_tui.method.groups.characteristics import recognise
from amhe_tui.method.groups.served import age_bounds, is_about_access, is_for_anybody, is_known, says
from amhe_tui.programme.naming import first_fitting, the_one
from amhe_tui.text import first_of, one_line, shorten
from store.evidence.datasets import VISIBLE
from store.records import Asset, GroupToSee
from store.workspace import Workspace

FIELDS = (
    "name", "kind", "organisation", "description", "reaches", "area", "languages", "ages", "access", "cost", "capacity", "address", "postcode", "website",
    "contact", "checked",
)  # fmt: skip
"""The fields of an asset in the order in which they are printed."""


_SEARCHED = tuple(name for name in FIELDS if name not in ("kind", "checked"))


_MOST_AREAS = 60


_MOST_NAMED = 3


MONTHS_GOOD = 12
"""How long what was checked is taken to be right."""


_SAYS = {"Language": ("it offers", "they offer"), "Area": ("it is in or reaches", "they are in or reach")}


@dataclass(frozen=True)
class Served:
    """A group, a language or a place, and the assets that say they reach it.

    Attributes:
        by: What kind of group it is: a characteristic as the evidence calls it, ``Language``, ``Area`` or ``Group to look for``.
        name: The group.
        assets: The names of the assets that say so.
    """

    by: str
    name: str
    assets: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many assets say so."""
        return len(self.assets)

    @property
    def words(self) -> str:
        """One honest sentence: what assets say, which is not all they do."""
        singular, plural = _SAYS.get(self.by, ("it reaches", "they reach"))
        if not self.assets:
            return f"No asset in this file says {singular}: {self.name}."
        number = "1 asset" if self.number == 1 else f"{self.number:,} assets"
        says = f"says {singular}" if self.number == 1 else f"say {plural}"
        return f"{number} {says}: {self.name}. {first_of(self.assets, _MOST_NAMED, width=40)}."

    def to_json(self) -> dict[str, object]:
        """Return it as the command line prints it."""
        return {**asdict(self), "assets": list(self.assets), "number": self.number, "words": self.words}


def assets(
    workspace: Workspace, *, population: str = "", area: str = "", language: str = "", access: str = "", words: str = ""
) -> list[Asset]:
    """Return the community assets that fit everything asked for, by name.

    An asset that does not say whom it reaches fits no population: blank means that it does not say, never that it reaches everyone.

    Args:
        workspace: The open programme.
        population: A group; found in what an asset reaches, its name and what it offers, under the group's other names too.
        area: Part of a place, an address or a postcode.
        language: Part of a language.
        access: Part of how people get in or what it costs.
        words: Words that must all stand somewhere in it.
    """
    by_name = sorted(workspace.list(Asset), key=lambda asset: (asset.name.casefold(), asset.id))
    return fitting(by_name, population=population, area=area, language=language, access=access, words=words)


def fitting(
    some_assets: Iterable[Asset],
    *,
    population: str = "",
    area: str = "",
    language: str = "",
    access: str = "",
    words: str = "",
) -> list[Asset]:
    """Return those of some assets that fit everything asked for, as :func:`assets` does, in the order given."""
    some_assets = list(some_assets)
    named_areas = {_spelt(asset.area) for asset in some_assets}
    return [
        asset
        for asset in some_assets
        if (not population.strip() or _serves(_told(asset), population))
        and _is_in(area, asset, named_areas)
        and _holds(language, asset.languages)
        and _holds(access, asset.access, asset.cost)
        and all(_holds(word, *(str(getattr(asset, name)) for name in _SEARCHED)) for word in words.split())
    ]


_ANOTHER_PLACE = r"(?<!\bnew )"
"""New Bury is not Bury."""


_LONGER_NAME = r"(?! (?:st|on|upon|under|in|le|by|super) \w)"
"""Nor is Bury St Edmunds, where some are kept by the name of Bury alone."""


def _is_in(place: str, asset: Asset, named_areas: set[str]) -> bool:
    """Tell whether an asset is in a place: its words stand whole in the area or the address, and the area decides where some are kept by that name."""
    letters = _spelt(place)
    if not letters:
        return True
    if letters in named_areas and asset.area.strip():
        return _names_place(letters, asset.area, but_for=_LONGER_NAME)
    if _names_place(letters, f"{asset.area}  {asset.address}  {asset.postcode}"):
        return True
    # Of a postcode the beginning is asked for: M33 stands for all that begin so.
    return bool(re.search(r"\d", letters)) and one_line(asset.postcode).casefold().startswith(letters)


def _spelt(name: str) -> str:
    """Return the name of a place as people variously spell it: without accents, hyphens and apostrophes; Saint is St."""
    letters = unicodedata.normalize("NFKD", one_line(name).casefold())
    letters = re.sub(
        r"[-\u2010\u2011\u2013]", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))
    )
    letters = re.sub(r"['’‘.]", "", letters)
    return " ".join(re.sub(r"\bsaint\b", "st", letters).split())


def _names_place(letters: str, text: str, *, but_for: str = "") -> bool:
    """Tell whether the name of a place stands whole in a text, and not within that of another place."""
    pieces = map(_spelt, re.split(r"\s{2,}|[,;/\n]", text))
    whole_words = re.compile(rf"(?<!\w){_ANOTHER_PLACE}{re.escape(letters)}(?!\w){but_for}")
    return any(whole_words.search(piece) for piece in pieces)


def _holds(wanted: str, *texts: str) -> bool:
    letters = one_line(wanted).casefold()
    return not letters or letters in one_line("  ".join(texts)).casefold()


class _Told(NamedTuple):
    """What an asset says of whom it serves, in small letters; and besides, how people get in and in which languages."""

    words: str
    more: str
    ages: str


def _told(asset: Asset) -> _Told:
    text = one_line(f"{asset.name} | {asset.reaches} | {asset.description} | {asset.ages}").casefold()
    return _Told(text, f"{text} | {asset.languages} | {asset.access}".casefold(), asset.ages)


def _serves(statement: _Told, group: str) -> bool:
    """Tell whether an asset says that it serves a group: in words, or by an age range that takes some of its ages in."""
    letters = one_line(group).casefold()
    if " " in letters and letters in statement.words:
        return True
    if is_known(group):
        return says(group, statement.more if is_about_access(group) else statement.words)
    if (wanted := age_bounds(group)) is not None:
        ages = age_bounds(statement.ages)
        return (ages is not None and ages[0] <= wanted[1] and wanted[0] <= ages[1]) or says(group, statement.words)
    starts = (rf"(?<![^\W_]){re.escape(word)}" for word in letters.split())
    return all(re.search(start, statement.words) for start in starts)


def need_asset(workspace: Workspace, wanted: str) -> Asset:
    """Return the asset with an id, or with a name that only one has; part of a name is enough where only one fits.

    Raises:
        AmheError: None fits, or several do.
    """
    letters = one_line(wanted).casefold()
    fits = first_fitting(
        workspace.list(Asset),
        lambda asset: asset.id == wanted,
        lambda asset: asset.name.casefold() == letters,
        lambda asset: letters != "" and letters in asset.name.casefold(),
    )

    def several(alike: Sequence[Asset]) -> AmheError:
        shown = "; ".join(f"{shorten(asset.name, 40)} {asset.postcode} ({asset.id})" for asset in alike[:5])
        return AmheError(
            "More than one fits",
            f"{shorten(wanted, 60)} can be: {shown}.",
            "Give the id, as listed by: amhe assets FILE --json",
        )

    none = AmheError(
        "No such asset",
        f"There is no asset {shorten(wanted, 60)} in this programme.",
        "List them with: amhe assets FILE",
    )
    return the_one(fits, none=none, several=several)


def mark_checked(workspace: Workspace, asset_id: str, day: str | date) -> Asset:
    """Note that somebody made sure on a day that an asset is right, and return the asset.

    Raises:
        AmheError: The asset is not in the file, or the day is none.
    """
    asset = workspace.need(Asset, asset_id)
    with workspace.change(f"Checked: {shorten(asset.name, 60)}") as change:
        change.update(asset, checked=str(day))
    return workspace.need(Asset, asset_id)


def is_stale(asset: Asset, today: date) -> bool:
    """Tell whether nobody has checked an asset in the last twelve months."""
    return not asset.checked or asset.checked < _a_year_before(today)


def _a_year_before(today: date) -> str:
    last = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - MONTHS_GOOD // 12, today.month, last).isoformat()


def values_there(some_assets: Iterable[Asset], what: str) -> list[tuple[str, int]]:
    """Return what assets say of ``population``, ``area``, ``language`` or ``access``, piece by piece, the most frequent first, with how many say it."""
    counted: Counter[str] = Counter()
    called: dict[str, str] = {}
    for asset in some_assets:
        for piece in dict.fromkeys(_pieces(asset, what)):
            called.setdefault(piece.casefold(), piece)
            counted[piece.casefold()] += 1
    return [
        (called[letters], number) for letters, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


def _pieces(asset: Asset, what: str) -> list[str]:
    text, sign = {
        "population": (asset.reaches, r"[;\n]"),
        "area": (asset.area, r"[,;\n]"),
        "language": (asset.languages, r"[,;/\n]|\band\b"),
        "access": (f"{asset.cost}\n{asset.access}", r"[;\n]"),
    }[what]
    return [piece for part in re.split(sign, text) if (piece := one_line(part))]


# --- for whom there is nothing ----------------------------------------------------------------------------------------------------------------------


def nothing_for(workspace: Workspace) -> list[Served]:
    """Return every group worth asking about with the assets that say they reach it; those for whom none says so come first.

    Asked about are the broad groups of the evidence, its languages and places, and the groups the team looks for. That no asset says it reaches a group does
    not mean that none does.
    """
    statements = [
        (asset, _told(asset)) for asset in sorted(workspace.list(Asset), key=lambda asset: asset.name.casefold())
    ]
    groups = workspace.remembered("groups worth asking about", _groups)
    looked_for = [("Group to look for", group.name) for group in workspace.list(GroupToSee)]
    asked = list(dict.fromkeys([*looked_for, *groups]))
    served = [
        Served(by, name, tuple(asset.name for asset, statement in statements if _reaches(asset, statement, by, name)))
        for by, name in asked
    ]
    return sorted(served, key=lambda group: group.number > 0)


def _reaches(asset: Asset, statement: _Told, by: str, name: str) -> bool:
    if by == "Language":
        return _holds(name, asset.languages)
    if by == "Area":
        return not (letters := _spelt(_place(name))) or _names_place(letters, f"{asset.area}  {asset.address}")
    return _serves(statement, name)


def says_nothing_of_whom(some_assets: Sequence[Asset]) -> tuple[int, int]:
    """Return how many assets do not say whom they reach, and how many say that anybody is welcome, which names no group."""
    return sum(not asset.reaches.strip() for asset in some_assets), sum(
        is_for_anybody(asset.reaches) for asset in some_assets
    )


_NOBODY = re.compile(
    r"\bother\b|^none$|^no\b|\bnot\b|^nn\b|\bunknown\b|heterosexual|indeterminate|least deprived|^all\b|prefer not|\bno code\b|\bless deprived\b|four fifths",
    re.IGNORECASE,
)


_LEADING_CODE = re.compile(r"^(?:[A-Z]{2}|\d{2})\s+(?=[A-Za-z])")


_NO_COMMUNITY = re.compile(
    r"provider|trust|practice|england|country|national|all|everywhere in the file", re.IGNORECASE
)


_EVIDENCE = f"{VISIBLE} AND s.layout NOT IN ('directory', 'list')"
"""Data sets of figures: what a list of assets says of itself is no evidence of who lives here."""


def _groups(raw: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the broad groups, languages and places that the evidence names, each once, as (characteristic, group)."""
    rows = raw.execute(
        "SELECT DISTINCT c.characteristic, c.label FROM category c WHERE c.level = 'broad' AND c.within = ''"
        f" AND c.key IN (SELECT category FROM covered_category WHERE dataset IN ({_EVIDENCE})) ORDER BY c.key"
    ).fetchall()
    named_groups: dict[tuple[str, str], tuple[str, str]] = {}
    for heading, label in rows:
        known = recognise(str(heading))
        if known is not None and (name := _asked_name(known.code, str(label))):
            by = "Language" if known.code == "language" else str(heading)
            named_groups.setdefault((known.code, re.sub(r"\W", "", name).casefold()), (by, name))
    return [*named_groups.values(), *(("Area", name) for name in _areas(raw))]


def _asked_name(code: str, label: str) -> str:
    """Return a label as it is asked about, or "" where it names nobody in particular."""
    name = one_line(label) if code == "age" else _LEADING_CODE.sub("", one_line(label))
    if code == "deprivation":
        return "People in the most deprived places" if re.search(r"most deprived|^1\b", name, re.IGNORECASE) else ""
    if code == "language" and name.casefold() == "english":
        return ""
    return "" if _NOBODY.search(name) or _NOBODY.search(label) else name


def _areas(raw: sqlite3.Connection) -> list[str]:
    """Return the places the evidence names; none where there are so many that they are those of a whole country."""
    rows = raw.execute(
        "SELECT DISTINCT type, name FROM area WHERE key IN"
        f" (SELECT area FROM covered_area WHERE dataset IN ({_EVIDENCE})) ORDER BY key LIMIT {20 * _MOST_AREAS}"
    ).fetchall()
    organisations = {name for kind, name in rows if _NO_COMMUNITY.search(str(kind))}
    places = (
        _place(str(name)) for _, name in rows if name not in organisations and not _NO_COMMUNITY.fullmatch(str(name))
    )
    names = {name.casefold(): name for name in places if name}
    return list(names.values()) if len(names) <= _MOST_AREAS else []


def _place(name: str) -> str:
    """Return the name of a place without what kind of body is named after it."""
    return re.sub(r"^NHS\s+|\b(?:ICB|CCG|STP|sub.?ICB|Integrated Care Board)\b.*$", "", name).strip(" -")
