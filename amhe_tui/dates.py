"""Dates as people here write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$")
_WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3})[a-z]*\.?,?[ -]*(\d{4}|\d{2})?$")
_MONTH_ONLY = re.compile(r"^([a-z]{3})[a-z]*\.? +(\d{4})$")
_AHEAD = re.compile(r"^in (\d+) (day|week|month|year)s?$")
_CENTURY = 2000


def system_today() -> date:
    """Return the date of today where this computer is."""
    return datetime.now().astimezone().date()


def parse_day(text: str, today: date) -> str:
    """Return the date that ``text`` means as ``YYYY-MM-DD``, or "" for blank text.

    Reads 3 Dec 2026, 3/12/26 (day first, always), 2026-12-03, Dec 2026 (its last day), today, tomorrow, in 6 months.

    Raises:
        ValueError: It cannot be read as a date.
    """
    letters = " ".join(text.lower().split())
    if not letters:
        return ""
    if letters in ("today", "tomorrow"):
        return (today + timedelta(days=letters == "tomorrow")).isoformat()
    if match := _AHEAD.match(letters):
        return _ahead(int(match[1]), match[2], today).isoformat()
    if match := _NUMBERS.match(letters):
        return _date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _WORDS.match(letters):
        year = _year(match[3]) if match[3] else today.year
        day = _date(year, _month(match[2]), int(match[1]))
        return day if match[3] or day >= today.isoformat() else _date(year + 1, _month(match[2]), int(match[1]))
    if match := _MONTH_ONLY.match(letters):
        month, year = _month(match[1]), int(match[2])
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()
    return date.fromisoformat(letters).isoformat()


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == 2 else 0)


def _month(text: str) -> int:
    if text not in MONTHS:
        raise ValueError(f"no month {text}")
    return MONTHS.index(text) + 1


def _date(year: int, month: int, day: int) -> str:
    return date(year, month, day).isoformat()


def _ahead(count: int, unit: str, today: date) -> date:
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
    for day in range(today.day, 0, -1):
        try:
            return date(months // 12, months % 12 + 1, day)
        except ValueError:
            continue
    raise ValueError("no such date")


def british(iso: str) -> str:
    """Return ``2026-12-03`` as ``3 Dec 2026``; text of another form comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
