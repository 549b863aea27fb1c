"""Services as Open Referral UK writes them, in its first and its third edition, as one row a service with plain names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from amhe_tui.intake.files.workbooks.cells import cell_text

Record = dict[str, Any]


_SIGNS = frozenset({
    "service_at_locations", "eligibilitys", "service_areas", "cost_options", "service_taxonomys", "assured_date", "assurer_email", "regular_schedules",
})  # fmt: skip
"""Names that only a service of Open Referral has."""


_LESSER = frozenset(
    {
        "organization",
        "organization_id",
        "minimum_age",
        "maximum_age",
        "fees",
        "accreditations",
        "languages",
        "contacts",
        "status",
        "schedules",
    }
)


def is_service(item: Record) -> bool:
    """Say whether an object is a service of a directory: it has a name and what only services have."""
    return "name" in item and (not _SIGNS.isdisjoint(item) or ("id" in item and not _LESSER.isdisjoint(item)))


def _list(value: Any) -> list[Any]:
    """Return what may be a list, one object or nothing, as a list."""
    return cast("list[Any]", value) if isinstance(value, list) else [] if value in (None, "") else [value]


def _under(items: Iterable[Any], *names: str) -> Iterator[Record]:
    """Yield the objects that the objects of ``items`` hold under one of ``names``."""
    for item in items:
        if isinstance(item, dict):
            for name in names:
                for member in _list(cast(Record, item).get(name)):
                    if isinstance(member, dict):
                        yield cast(Record, member)


def _text(value: Any) -> str:
    if isinstance(value, (list, dict)):
        return ""
    return cell_text(value).strip()


def _first(item: Record, *names: str) -> str:
    """Return the first of some fields that says anything."""
    return next((text for name in names if (text := _text(item.get(name)))), "")


def _joined(texts: Iterable[str], between: str = "; ") -> str:
    """Return texts without the empty ones and without saying one twice."""
    return between.join(dict.fromkeys(text for text in texts if text))


def _named(item: Record, names: tuple[str, ...], *fields: str) -> str:
    """Return what the objects or words under ``names`` are called, joined."""
    members = (member for name in names for member in _list(item.get(name)))
    return _joined(
        _first(cast(Record, member), *fields) if isinstance(member, dict) else _text(member) for member in members
    )


def _locations(item: Record) -> list[Record]:
    return [*_under([item], "location", "locations"), *_under(_under([item], "service_at_locations"), "location")]


def _addresses(item: Record) -> Iterator[Record]:
    return _under(_locations(item), "addresses", "physical_addresses", "postal_addresses")


def _organisation(item: Record) -> str:
    held = item.get("organization", item.get("organisation"))
    return _first(cast(Record, held), "name") if isinstance(held, dict) else _text(held)


def _phones(item: Record) -> str:
    contacts = list(_under([item], "contacts"))
    holders = [item, *contacts, *_locations(item), *_under([item], "organization")]
    direct = (_first(holder, "telephone", "phone") for holder in holders)
    return _joined([*(_first(phone, "number") for phone in _under(holders, "phones")), *direct])


def _email(item: Record) -> str:
    return _first(item, "email") or _joined(_first(contact, "email") for contact in _under([item], "contacts"))


def _age(which: str) -> Callable[[Record], str]:
    def age(item: Record) -> str:
        return _first(item, which) or _joined(
            _first(eligibility, which) for eligibility in _under([item], "eligibilitys")
        )

    return age


def _eligibility(item: Record) -> str:
    return _joined([_named(item, ("eligibilitys",), "eligibility", "name"), _first(item, "eligibility_description")])


def _languages(item: Record) -> str:
    return _joined([_named(item, ("languages",), "name", "language", "code"), _first(item, "interpretation_services")])


def _areas(item: Record) -> str:
    return _named(item, ("service_areas",), "name", "service_area", "extent", "description")


def _address(item: Record) -> str:
    parts = ("address_1", "address_2", "city", "region", "state_province")
    return _joined(_joined((_text(address.get(part)) for part in parts), ", ") for address in _addresses(item))


def _cost(item: Record) -> str:
    def option_text(option: Record) -> str:
        amount = _joined([_first(option, "amount"), _first(option, "currency")], " ")
        return _joined([_first(option, "option"), amount, _first(option, "amount_description", "description")], ", ")

    return _joined([_first(item, "fees_description", "fees"), *map(option_text, _under([item], "cost_options"))])


def _access(item: Record) -> str:
    places = _locations(item)
    accessibilities = _under(places, "accessibility", "accessibility_for_disabilities")
    return _joined(
        [
            *(
                _first(accessibility, "description", "accessibility", "details", "name")
                for accessibility in accessibilities
            ),
            _first(item, "accessibility"),
        ]
    )


def _how(item: Record) -> str:
    return _joined(
        [_first(item, "application_process"), _first(item, "attending_access"), _first(item, "attending_type")]
    )


def _opening(item: Record) -> str:
    def schedule_text(schedule: Record) -> str:
        hours = _joined([_first(schedule, "opens_at"), _first(schedule, "closes_at")], "–")
        days = _first(schedule, "byday", "weekday", "freq")
        return _joined([days, hours, _first(schedule, "description", "notes", "schedule_link")], " ")

    holders = [item, *_locations(item), *_under([item], "service_at_locations")]
    return _joined(map(schedule_text, _under(holders, "schedules", "regular_schedules", "holiday_schedules")))


def _topics(item: Record) -> str:
    terms = [
        *_under(_under([item], "attributes"), "taxonomy_term"),
        *_under(_under([item], "service_taxonomys"), "taxonomy"),
    ]
    return _joined(_first(term, "name", "term") for term in terms)


def _contact(item: Record) -> str:
    people = _under([item], "contacts")
    return _joined(
        _joined([_first(person, "name"), _first(person, "title"), _first(person, "department")], ", ")
        for person in people
    )


def _place(name: str) -> Callable[[Record], str]:
    return lambda item: _joined(_first(place, name) for place in _locations(item))


def _field(*names: str) -> Callable[[Record], str]:
    return lambda item: _first(item, *names)


_COLUMNS: dict[str, tuple[Callable[[Record], str], tuple[str, ...]]] = {
    "id": (_field("id"), ("id",)),
    "name": (_field("name"), ("name",)),
    "description": (_field("description"), ("description",)),
    "organisation": (_organisation, ("organization", "organisation")),
    "status": (_field("status"), ("status",)),
    "url": (_field("url", "website"), ("url", "website")),
    "email": (_email, ("email",)),
    "telephone": (_phones, ("phones", "telephone", "phone")),
    "contact": (_contact, ("contacts",)),
    "minimum_age": (_age("minimum_age"), ("minimum_age",)),
    "maximum_age": (_age("maximum_age"), ("maximum_age",)),
    "eligibility": (_eligibility, ("eligibilitys", "eligibility_description")),
    "languages": (_languages, ("languages", "interpretation_services")),
    "areas": (_areas, ("service_areas",)),
    "location": (_place("name"), ("service_at_locations", "location", "locations")),
    "address": (_address, ()),
    "postcode": (lambda item: _joined(_first(address, "postal_code", "postcode") for address in _addresses(item)), ()),
    "latitude": (_place("latitude"), ()),
    "longitude": (_place("longitude"), ()),
    "cost": (_cost, ("fees", "fees_description", "cost_options")),
    "opening": (_opening, ("schedules", "regular_schedules", "holiday_schedules")),
    "access": (_access, ("accessibility",)),
    "how_to_apply": (_how, ("application_process", "attending_access", "attending_type")),
    "topics": (_topics, ("attributes", "service_taxonomys")),
    "funding": (lambda item: _named(item, ("funding", "fundings"), "source", "name"), ("funding", "fundings")),
    "last_checked": (_field("assured_date"), ("assured_date",)),
    "checked_by": (_field("assurer_email"), ("assurer_email",)),
    "last_changed": (_field("last_modified"), ("last_modified",)),
}  # fmt: skip
"""Column: how it is made of a service, and which of the service's own fields it uses up."""


COLUMNS = tuple(_COLUMNS)


_USED = frozenset(name for _, names in _COLUMNS.values() for name in names)


def service_row(item: Record) -> dict[str, str]:
    """Return one service as text by column; a plain field that no column is made of keeps its own name."""
    row = {name: make(item) for name, (make, _) in _COLUMNS.items()}
    for name, value in item.items():
        if name not in _USED and name not in row and (text := _text(value)):
            row[cell_text(name)] = text
    return row
