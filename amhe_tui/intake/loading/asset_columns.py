"""Which column of a list of services and groups means what, and one row of it as the fields of a community asset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.method.choices import AssetKind
from amhe_tui.method.periods import order_of_days, read_moment
from amhe_tui.text import clean, one_line

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|[\W_]+")


_OWN = r"(?:service|asset|group|organi[sz]ation|provider|charity|project|location|club|activity|venue|site|record)"


_ROLES: Mapping[str, tuple[str, ...]] = {
    # The first role with a name that fits decides; for the name, the organisation and the key, the earlier a pattern the better the column.
    "name": (r"name|title", rf"{_OWN} ?(?:name|title)|name of (?:the )?{_OWN}", _OWN, r"trading name|display name"),
    "organisation": (
        r"organi[sz]ation(?: name)?",
        r"provider(?: name)?|parent(?: organi[sz]ation)?(?: name)?",
        r"run by|managed by|lead organi[sz]ation|delivered by|host|charity(?: name)?|owner",
    ),
    "source_key": (
        r"u?id|key|ref(?:erence)?|unique (?:id|reference)|urn",
        rf"{_OWN} ?(?:id|key|code|ref(?:erence)?)",
        r"(?:ods|uprn) code|charity number",
    ),
    "description": (
        r"(?:short |long )?descriptions?|about(?: us)?|summary|details?|information|purpose|what (?:is it|s on offer|(?:it|they|we|you) .*)",
        r"(?:what is )?offer(?:ed|s)?|services?(?: offered| provided)?|activities|support offered",
    ),
    "postcode": (r"(?:post|zip) ?code|postal code",),
    "website": (r"web ?site(?: url| address)?|url|web(?: ?page| ?address| ?link)?|link|home ?page",),
    "contact": (
        r"(?:tele)?phone(?: ?(?:numbers?|no))?(?: \d)?|tel(?: no)?|mobile|e ?mail(?: ?address)?|helpline",
        r"contact(?:s| name| details?| person| number| phone| e ?mail)?",
    ),
    "address": (r"(?:full |postal |street )?address(?: ?line)?(?: ?\d)?|street|building|premises|venue|location",),
    "area": (
        r"(?:service )?areas?(?: served| covered| name)?|where|coverage|catchment|neighbourhood|locality|ward(?: name)?|district",
        r"village|town(?: ?(?:or|and)? ?city)?|city|borough|local authority|place|county|region",
    ),
    "languages": (
        r"languages?(?: spoken| offered| available)?|spoken languages?|interpret(?:ers?|ing|ation(?: services)?)",
    ),
    "minimum_age": (r"min(?:imum)? ?age|age (?:from|min(?:imum)?)|youngest",),
    "maximum_age": (r"max(?:imum)? ?age|age (?:to|max(?:imum)?)|oldest",),
    "ages": (r"ages?(?: ?(?:range|groups?|band))?|aged",),
    "cost": (r"costs?|fees?(?: description)?|prices?|charges?|is it free|free",),
    "capacity": (r"capacity|(?:number of )?(?:places|spaces)(?: available)?|size",),
    "checked": (
        r"(?:last |date |when )?(?:checked|verified|assured|assured date)(?: on| date)?",
        r"last review(?:ed)?|date (?:last )?(?:checked|verified)",
    ),
    "reaches": (
        r"reach(?:es)?|(?:main )?populations?(?: served| reached)?|(?:people |population )?serve[sd]|(?:target )?audience",
        r"(?:client|target|user|service user|population) ?(?:groups?|audience|population)|groups? served|service user band",
        r"for whom|who(?: is)?(?: it)?(?: s)?(?: for| serves)|who (?:we|it|they) (?:help|serve|reach|support)s?",
        r"beneficiar(?:y|ies)|communit(?:y|ies)(?: served)?|suitable for|ethnic(?:ity| groups?)|faith|religion|gender|sex|specialisms?",
    ),
    "access": (
        r"access(?:ibility)?(?: notes| details| information)?|how to (?:apply|access|join|refer|get there)",
        r"eligib(?:le|ility)(?: criteria)?|(?:self )?referrals?(?: route| process)?|(?:opening|hours|times)(?: ?(?:hours|times))?",
        r"days|when|wheelchair.*|disabled access|step free.*|travel|transport|parking|drop in|availability",
    ),
    "kind": (rf"kind|type|categor(?:y|ies)|{_OWN} ?(?:type|category)|sub ?type",),
}


_PATTERNS = {role: re.compile("|".join(patterns)) for role, patterns in _ROLES.items()}


_ONE_COLUMN = ("name", "organisation", "source_key")


_JOINED = frozenset(
    ("address", "area", "contact", "description", "languages", "reaches", "access", "kind", "ages", "cost")
)


_NEVER = re.compile(
    r"lat(?:itude)?|lon(?:g|gitude)?|easting|northing|uprn|[lm]soa.*|.*\b(?:id|uri|logo|fax)|.*code|(?:organi[sz]ation )?status|is .*|checked by|assurer.*|"
    r"(?:last )?(?:changed|modified|updated)(?: on| date)?|created.*|row.*|index|unnamed.*"
)


_FLAGS = frozenset(
    (
        "unknown",
        "active",
        "visible",
        "open",
        "true",
        "false",
        "yes",
        "no",
        "y",
        "n",
        "0",
        "1",
        "n/a",
        "none",
        "-",
        "–",
        "null",
    )
)


_LONGEST_KEPT = 120


_KINDS: tuple[tuple[AssetKind, str], ...] = (
    (AssetKind.FAITH, r"\bfaith|\bchurch|\bmosque|\btemple|\bgurdwara|\bsynagogue|\bchapel|\breligious"),
    (AssetKind.PEER, r"\bpeer\b|self.?help|mutual aid"),
    (AssetKind.HELPLINE, r"help ?line|\bonline\b|\btelephone\b|\bapp\b|\bwebsite\b"),
    (AssetKind.PLACE, r"\bplace|\bvenue|\bhall\b|\blibrar|\bcafe\b|\bcafé|\bpark\b|community centre|\bbuilding"),
    (AssetKind.GROUP, r"\bgroups?\b|\bclubs?\b|\bsociet|\bnetwork|\bassociation|\bvoluntary|\bcharit|\bvcse?|\bgrass"),
    (AssetKind.SERVICE, r"\bservices?\b|\bhospital|\bclinic|\bsurgery|\bpractice|\bpharmac|\btherap|\bcounsel|\badvice"),
)  # fmt: skip


_KIND_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


_PLACE_WORD = re.compile(r"[^\W\d_][^\d,]{2,30}")


_STREETS = re.compile(
    r"\b(street|road|lane|avenue|way|drive|close|court|place|square|grove|house|centre|center|building|floor|unit|estate|park|terrace|hospital)$",
    re.IGNORECASE,
)


def words_of(heading: str) -> str:
    """Return the name of a column in small letters, joined words taken apart."""
    return " ".join(_SPLIT.sub(" ", one_line(heading)).casefold().split())


@dataclass(frozen=True)
class AssetColumns:
    """What the columns of a list mean.

    Attributes:
        roles: The places of the columns that have each meaning, in their order.
        kept: Columns with no field of their own whose words are kept, and what they are called.
        headings: The columns' names by their place.
        day_first: Whether the days of its checks have the day before the month.
    """

    roles: Mapping[str, tuple[int, ...]]
    kept: Mapping[int, str]
    headings: Mapping[int, str]
    day_first: bool = True


def asset_columns(columns: Sequence[str], places: Sequence[int], rows: Sequence[Sequence[str]]) -> AssetColumns | None:
    """Return what the columns of a list mean, or nothing where none names the things or none says more than a name.

    Args:
        columns: Their names.
        places: Where each is in a row.
        rows: The rows of the list.
    """
    called = {place: words_of(name) for name, place in zip(columns, places, strict=True)}
    roles: dict[str, list[int]] = {}
    name_at = _best("name", called)
    organisation_at = _best("organisation", {place: name for place, name in called.items() if place != name_at})
    key_at = _best("source_key", called)
    for role, place in (("name", name_at), ("organisation", organisation_at), ("source_key", key_at)):
        if place is not None:
            roles[role] = [place]
    if name_at is None:
        return None
    taken = {name_at, organisation_at, key_at}
    kept: dict[int, str] = {}
    headings = {place: _heading(name) for name, place in zip(columns, places, strict=True)}
    for place, name in called.items():
        if place in taken:
            continue
        role = next(
            (role for role, pattern in _PATTERNS.items() if role not in _ONE_COLUMN and pattern.fullmatch(name)), ""
        )
        if role and (role in _JOINED or role not in roles):
            roles.setdefault(role, []).append(place)
        elif not _NEVER.fullmatch(name):
            kept[place] = headings[place]
    if not set(roles) - {"name", "source_key", "kind", "organisation"}:
        return None
    cells = [row[place] for place in roles.get("checked", ()) for row in rows if place < len(row)]
    by_role = {role: tuple(role_places) for role, role_places in roles.items()}
    return AssetColumns(by_role, kept, headings, order_of_days(cells) != "month first")


def _best(role: str, called: Mapping[int, str]) -> int | None:
    """Return the column that has a role by the earliest of its names, so that "name" goes before "organisation name"."""
    for pattern in _ROLES[role]:
        for place, name in called.items():
            if re.fullmatch(pattern, name):
                return place
    return None


def _heading(name: str) -> str:
    heading = _SPLIT.sub(" ", one_line(name)).strip()
    return heading[:1].upper() + heading[1:].lower() if not heading.isupper() else heading


def values_of(row: Sequence[str], columns: AssetColumns) -> dict[str, str]:
    """Return the fields of a community asset that one row of a list fills, each cleaned; what it does not say is left out."""

    def cells(role: str) -> list[tuple[int, str]]:
        pairs = [(place, clean(row[place]).strip()) for place in columns.roles.get(role, ()) if place < len(row)]
        return [(place, text) for place, text in pairs if text and text.casefold() not in ("null", "n/a", "none", "-")]

    def joined(role: str, sign: str) -> str:
        return sign.join(dict.fromkeys(one_line(text) for _, text in cells(role)))

    values = {
        role: joined(role, ", ")
        for role in (
            "address",
            "area",
            "languages",
            "cost",
            "capacity",
            "postcode",
            "website",
            "source_key",
            "organisation",
        )
    }
    values["name"] = joined("name", " ") or values["organisation"]
    values["contact"] = joined("contact", "; ")
    values["reaches"] = _said(
        cells("reaches"),
        columns,
        "; ",
        plainly=("reach", "population", "serve", "client", "target", "audience", "who", "beneficiar"),
    )
    values["access"] = _said(cells("access"), columns, "\n", plainly=("access",))
    values["ages"] = joined("ages", ", ") or _ages(joined("minimum_age", ""), joined("maximum_age", ""))
    values["area"] = values["area"] or _place_in(values["address"])
    values["checked"] = _day(joined("checked", " "), day_first=columns.day_first)
    values["kind"], beside = _kind([text for _, text in cells("kind")])
    lines = [text for _, text in cells("description")] + ([f"Type: {beside}"] if beside else [])
    for place, heading in columns.kept.items():
        cell = one_line(row[place]) if place < len(row) else ""
        if cell and cell.casefold() not in _FLAGS and len(cell) <= _LONGEST_KEPT:
            lines.append(f"{heading}: {cell}")
    values["description"] = "\n".join(lines)
    return {name: value for name, value in values.items() if value}


def _said(cells: Sequence[tuple[int, str]], columns: AssetColumns, sign: str, *, plainly: Sequence[str]) -> str:
    """Join what several columns say, each under its own heading unless the heading says no more than the field does."""
    several = len(cells) > 1
    parts: list[str] = []
    for place, text in cells:
        heading = columns.headings[place]
        bare = heading.casefold().startswith(tuple(plainly)) or (not several and len(text) > 30)
        parts.append(one_line(text) if bare else f"{heading}: {one_line(text)}")
    return sign.join(dict.fromkeys(parts))


def _ages(youngest: str, oldest: str) -> str:
    low, high = (age.removesuffix(".0") for age in (youngest, oldest))
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}" if high else ""


def _place_in(address: str) -> str:
    """Return the last part of an address where it can only be the name of a place: not the first part, no number in it, no street."""
    parts = [part.strip() for part in address.split(",")]
    last = parts[-1]
    return (
        last
        if len(parts) > 1 and _PLACE_WORD.fullmatch(last) and len(last.split()) <= 4 and not _STREETS.search(last)
        else ""
    )


def _day(text: str, *, day_first: bool) -> str:
    if re.fullmatch(r"[\d.]{0,8}", text):  # a bare number is no day, whatever a calendar would make of it
        return ""
    moment = read_moment(text, day_first=day_first)
    return moment.date().isoformat() if moment is not None else ""


def _kind(cells: Sequence[str]) -> tuple[str, str]:
    """Return the kind of asset that a column of types names, and what it says beyond that."""
    named_types = ", ".join(dict.fromkeys(one_line(cell) for cell in cells if cell.casefold() not in _FLAGS))
    for kind in AssetKind:
        if named_types.casefold() in (kind.value, kind.label.casefold()):
            return kind.value, ""
    code = next((kind.value for kind, pattern in _KIND_PATTERNS if pattern.search(named_types)), "")
    return code, named_types
