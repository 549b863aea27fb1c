"""Periods as files write them: months, quarters, calendar and financial years, spans of them, and days in either order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from amhe_tui.text import one_line

_MONTHS = (
    {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
    | {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
_MONTH_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}.*)?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{1,2}:\d{2}.*)?$")
_MONTH = re.compile(rf"({_MONTH_WORD})[ ,/_-]*((?:19|20)?\d\d)$", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"((?:19|20)\d\d)[ ,/_-]*({_MONTH_WORD})$", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_MONTH_WORD})[ ,-]*((?:19|20)?\d\d)$", re.IGNORECASE)
_FINANCIAL = re.compile(r"(?:fy ?)?((?:19|20)\d\d)\s*[-/–_]\s*(\d\d|(?:19|20)\d\d)$", re.IGNORECASE)
_TWO_YEARS = re.compile(r"((?:19|20)\d\d)(\d\d)$")
"""Two years written as one number, such as 202324."""
_ISO_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])$")
_REMARK = re.compile(
    r"(?:(?:as )?(?:at|of|on) )?(.+?)\s*(?:\[[a-z]\d?\]|\((?:provisional|revised|final|latest|[pr]|apr(?:il)? ?(?:-|to) ?mar(?:ch)?)\))?$",
    re.IGNORECASE,
)
"""A period with a mark that it may still change, or a word that it is one day."""
_FOOTNOTED = re.compile(r"(.*\d)(?:\s*[¹²³⁴⁵⁶⁷⁸⁹*†‡§]+|\s*\[note \d+\]|\s+[pr])$", re.IGNORECASE)
"""A period with the mark of a footnote, or the letter of a provisional or revised one."""
_WITH_POINT = re.compile(r"((?:19|20)\d\d)\.0+$")
"""A year that a spreadsheet or a statistics program kept as a number with a point."""
_TWICE = re.compile(r"\d{6} \((.+)\)$")
"""Stat-Xplore writes a month as a number and as a word."""
_MONTHS_OF_A_YEAR = re.compile(rf"({_MONTH_WORD})\s*(?:-|–|to)\s*({_MONTH_WORD})[ ,-]*((?:19|20)\d\d)$", re.IGNORECASE)
_MONTHS_OF_YEARS = re.compile(
    rf"((?:{_MONTH_WORD})[ -]*(?:(?:19|20)?\d\d))\s*[-–]\s*((?:{_MONTH_WORD})[ -]*(?:(?:19|20)?\d\d))$", re.IGNORECASE
)
_YEARS_TOGETHER = re.compile(r"((?:19|20)\d\d/\d\d)\s*(?:-|–|to)\s*((?:19|20)?\d\d/\d\d)$")
"""Several financial years together, as Fingertips writes them: 2021/22 - 23/24."""
_WEEK_ENDING = re.compile(r"(?:week (?:ending|ended|to)|w/e)\s+(.+)$", re.IGNORECASE)
_WEEK_BEGINNING = re.compile(r"(?:week (?:commencing|beginning|starting|from)|w/c|w/b)\s+(.+)$", re.IGNORECASE)
_WEEK = re.compile(r"(?:w(?:ee)?k ?)?(0?[1-9]|[1-4]\d|5[0-3])[ ,/_-]+((?:19|20)\d\d)$", re.IGNORECASE)
_WEEK_AFTER = re.compile(r"((?:19|20)\d\d)[ ,/_-]*w(?:ee)?k? ?(0?[1-9]|[1-4]\d|5[0-3])$", re.IGNORECASE)
_MONTHS_ENDING = re.compile(
    r"(?:(month|quarter|half[ -]year|(?:six|three|3|6) months?) (?:to|ending|ended))\s+(.+)$", re.IGNORECASE
)
_HALF = r"(?:h|half(?:[ -]?year)? ?)([12])|(first|second|1st|2nd) half(?:[ -]?year)?(?: of)?"
_HALF_YEAR = re.compile(rf"(?:{_HALF})[ ,/_-]*((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)?$", re.IGNORECASE)
_HALF_YEAR_AFTER = re.compile(rf"((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)?[ ,/_:-]*(?:{_HALF})$", re.IGNORECASE)
_TERMS = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 8)}
"""The first and last month of each term, as funding for the early years counts them."""
_TERM = re.compile(r"(autumn|spring|summer) term[ ,/_-]*((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)?$", re.IGNORECASE)
_TERM_AFTER = re.compile(
    r"((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)?[ ,/_:-]*(autumn|spring|summer) term$|(autumn|spring|summer)[ ,/_-]*((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)$",
    re.IGNORECASE,
)
_KIND_OF_YEAR = re.compile(
    r"(calendar|financial|tax|reporting|academic) year:?\s+(.+)$|(.+?)\s+\(?(academic) year\)?$", re.IGNORECASE
)
_QUARTER = re.compile(r"(?:q|quarter )([1-4])[ ,/_-]*((?:19|20)\d\d)([-/]\d\d(?:\d\d)?)?$", re.IGNORECASE)
_QUARTER_AFTER = re.compile(r"((?:19|20)\d\d)([-/]\d\d)?[ ,/_-]*q(?:uarter )?([1-4])$", re.IGNORECASE)
_YEAR = re.compile(r"(?:mid[- ]|cy ?)?((?:19|20)\d\d)$", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d\d)M?(0[1-9]|1[0-2])$")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(1[3-9]|[2-9]\d)$")
"""Two years run together, as the Department for Education writes them: 202324. Up to twelve, the last two figures are a month."""
_SPAN = re.compile(r"(.+?)\s+(?:to|until|-|–)\s+(.+)$")
_YEAR_ENDING = re.compile(
    r"(?:(?:the )?(?:financial )?year (?:ending|ended|to|end)(?: in)?|(?:12|twelve) months? (?:to|ending|ended)(?: in)?|ye)"
    r"(?: (?:the )?end(?: of)?)?\s+(.+)$",
    re.IGNORECASE,
)
_APRIL = 4


class Span(NamedTuple):
    """A stretch of time: how it is called, and its first and last day as ``YYYY-MM-DD``."""

    label: str
    starts: str
    ends: str


def read_period(text: str, *, day_first: bool = True, monthly: bool = False) -> Span | None:
    """Return the period that a text names, or nothing where it names none.

    Args:
        text: Such as ``2023/24``, ``Q2 2023-24``, ``July 2022``, ``31/03/2024`` or ``2018-04-01``.
        day_first: Whether ``03/04/2024`` is the third of April.
        monthly: Whether a day stands for the month it begins, as in monthly series.
    """
    line = one_line(text)
    for reader in (_day, _spelled, _years, _quarter):
        days = reader(line, day_first)
        if days is not None:
            first, last = days
            if monthly and first == last and (first.day == 1 or first == _month_end(first.year, first.month)):
                first, last = first.replace(day=1), _month_end(first.year, first.month)
                return Span(f"{first:%b %Y}", first.isoformat(), last.isoformat())
            label = f"{line[:4]}-{line[4:]}" if _RUN_TOGETHER.match(line) else line
            return Span(label, first.isoformat(), last.isoformat())
    return _kind_of_year(line) or _wider(line, day_first) or _part_of_year(line, day_first) or _rarer(line, day_first)


def _part_of_year(text: str, day_first: bool) -> Span | None:
    """Return a half year, a school term or a week, or the months up to one that is named."""
    days: tuple[date, date] | None = None
    if match := _HALF_YEAR.match(text):
        days = _half(match[1] or match[2], int(match[3]), financial=bool(match[4]))
    elif match := _HALF_YEAR_AFTER.match(text):
        days = _half(match[3] or match[4], int(match[1]), financial=bool(match[2]))
    elif match := _MONTH_OF_FINANCIAL.match(text):
        month = _MONTHS[match[1].casefold()]
        year = int(match[2]) + (month < _APRIL)
        days = date(year, month, 1), _month_end(year, month)
    elif match := _TERM.match(text):
        days = _term(match[1], int(match[2]), school_year=bool(match[3]))
    elif match := _TERM_AFTER.match(text):
        days = _term(match[3] or match[4], int(match[1] or match[5]), school_year=bool(match[2] or match[6]))
    elif match := _WEEK_AFTER.match(text):
        days = _week(int(match[1]), int(match[2]))
    elif (match := _WEEK.match(text)) and text[0] in "wW":
        days = _week(int(match[2]), int(match[1]))
    elif (match := _WEEK_BEGINNING.match(text)) and (span := read_period(match[1], day_first=day_first)):
        first = date.fromisoformat(span.starts)
        days = first, first + timedelta(days=6)
    elif (match := _MONTHS_ENDING.match(text)) and (span := read_period(match[2], day_first=day_first)):
        number = {"m": 1, "q": 3, "t": 3, "3": 3}.get(match[1][0].casefold(), 6)
        last = date.fromisoformat(span.ends)
        months = 12 * last.year + last.month - number
        days = date(months // 12, months % 12 + 1, 1), last
    return None if days is None else Span(text, days[0].isoformat(), days[1].isoformat())


_PART = re.compile(rf"(?:q|quarter ?)[1-4]|(?:{_HALF})|(?:autumn|spring|summer)(?: term)?|{_MONTH_WORD}", re.IGNORECASE)
_MONTH_OF_FINANCIAL = re.compile(rf"({_MONTH_WORD})[ ,]+((?:19|20)\d\d)[-/](\d\d|(?:19|20)\d\d)$", re.IGNORECASE)


def is_part_of_year(text: str) -> bool:
    """Tell whether a text names a part of some year, such as ``Q2``, ``H1`` or ``April``, and leaves the year to another column."""
    return _PART.fullmatch(one_line(text)) is not None


def _half(which: str, year: int, *, financial: bool) -> tuple[date, date]:
    """Return half of a calendar year, or of a financial one where two years are named."""
    months = (_APRIL if financial else 1) - 1 + (6 if which.casefold() in ("2", "second", "2nd") else 0)
    last = months + 5
    return date(year + months // 12, months % 12 + 1, 1), _month_end(year + last // 12, last % 12 + 1)


def _term(name: str, year: int, *, school_year: bool) -> tuple[date, date]:
    first, last = _TERMS[name.casefold()]
    year += school_year and name.casefold() != "autumn"
    return date(year, first, 1), _month_end(year, last)


def _week(year: int, number: int) -> tuple[date, date] | None:
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return first, first + timedelta(days=6)


def _rarer(text: str, day_first: bool) -> Span | None:
    """Return a period in one of the wordings that only some publishers have."""
    if match := _TWICE.match(text):
        span = read_period(match[1])
        return None if span is None else Span(text, span.starts, span.ends)
    if match := _MONTHS_OF_A_YEAR.match(text):
        first, last = (_MONTHS[match[number].casefold()] for number in (1, 2))
        year = int(match[3])
        return (
            Span(text, date(year, first, 1).isoformat(), _month_end(year, last).isoformat()) if first <= last else None
        )
    if match := _MONTHS_OF_YEARS.match(text) or _YEARS_TOGETHER.match(text):
        century = match[1][:2] if match.re is _YEARS_TOGETHER and len(match[2]) == 5 else ""
        parts = (read_period(match[1]), read_period(century + match[2]))
        if parts[0] is not None and parts[1] is not None and parts[0].starts <= parts[1].ends:
            return Span(text, parts[0].starts, parts[1].ends)
    if (match := _WEEK_ENDING.match(text)) and (span := read_period(match[1], day_first=day_first)):
        return Span(text, (date.fromisoformat(span.ends) - timedelta(days=6)).isoformat(), span.ends)
    match = _WITH_POINT.match(text)
    if match is not None:
        return read_period(match[1])
    match = _FOOTNOTED.match(text) or _REMARK.match(text)
    if match is None or match[1] == text:
        return None
    span = read_period(match[1], day_first=day_first)
    return None if span is None else Span(text, span.starts, span.ends)


def _kind_of_year(text: str) -> Span | None:
    """Return a year that says which kind it is; those of schools begin in September."""
    match = _KIND_OF_YEAR.match(text)
    span = read_period(match[2] or match[3]) if match else None
    if match is None or span is None:
        return None
    year = int(span.starts[:4])
    if (match[1] or match[4]).casefold() == "academic" and int(span.ends[:4]) == year + 1:
        return Span(text, f"{year}-09-01", f"{year + 1}-08-31")
    return Span(text, span.starts, span.ends)


def _wider(text: str, day_first: bool) -> Span | None:
    if match := _YEAR_ENDING.match(text):
        span = read_period(match[1], day_first=day_first)
        if span is None:
            return None
        last = date.fromisoformat(span.ends)
        if text.casefold().startswith("financial") and _YEAR.match(match[1]):
            last = date(last.year, _APRIL, 1) - timedelta(days=1)
        first = date(last.year - 1, last.month, min(last.day, 28)) + timedelta(days=1)
        if last == _month_end(last.year, last.month):
            first = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return Span(text, first.isoformat(), last.isoformat())
    if match := _SPAN.match(text):
        first, last = (read_period(part, day_first=day_first) for part in match.groups())
        if first is not None and last is not None and first.starts <= last.ends:
            return Span(text, first.starts, last.ends)
    return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _made(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        that_day = date(year, month, day)
    except ValueError:
        return None
    return that_day, that_day


def _day(text: str, day_first: bool) -> tuple[date, date] | None:
    if match := _ISO.match(text):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.match(text):
        first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
        day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
        return _made(year, month, day)
    if match := _DAY_MONTH.match(text):
        return _made(_full_year(match[3]), _MONTHS[match[2].casefold()], int(match[1]))
    return None


def _spelled(text: str, _day_first: bool) -> tuple[date, date] | None:
    if match := _MONTH.match(text):
        month, year = _MONTHS[match[1].casefold()], _full_year(match[2])
    elif match := _MONTH_AFTER.match(text):
        year, month = int(match[1]), _MONTHS[match[2].casefold()]
    elif match := _COMPACT.match(text):
        year, month = int(match[1]), int(match[2])
    else:
        return None
    return date(year, month, 1), _month_end(year, month)


def _years(text: str, _day_first: bool) -> tuple[date, date] | None:
    if match := _YEAR.match(text):
        year = int(match[1])
        if text.casefold().startswith("mid"):
            return date(year, 6, 30), date(year, 6, 30)
        return date(year, 1, 1), date(year, 12, 31)
    if match := _FINANCIAL.match(text) or _RUN_TOGETHER.match(text):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
        last += 100 if last < first else 0
        if last == first + 1:
            return date(first, _APRIL, 1), date(last, _APRIL, 1) - timedelta(days=1)
        if (month := _ISO_MONTH.match(text)) and last - first > 50:
            return date(first, int(month[2]), 1), _month_end(first, int(month[2]))
        if last > first:
            return date(first, 1, 1), date(last, 12, 31)
    if (match := _TWO_YEARS.match(text)) and (int(match[1]) + 1) % 100 == int(match[2]):
        return date(int(match[1]), _APRIL, 1), date(int(match[1]) + 1, _APRIL, 1) - timedelta(days=1)
    return None


def _quarter(text: str, _day_first: bool) -> tuple[date, date] | None:
    if match := _QUARTER.match(text):
        number, year, financial = int(match[1]), int(match[2]), bool(match[3])
    elif match := _QUARTER_AFTER.match(text):
        number, year, financial = int(match[3]), int(match[1]), bool(match[2])
    else:
        return None
    month = 3 * (number - 1) + 1 + (3 if financial else 0)
    year += month > 12
    month = (month - 1) % 12 + 1
    return date(year, month, 1), _month_end(year, month + 2)


def order_of_days(cells: Iterable[str]) -> str:
    """Return how a column writes its days: ``day first``, ``month first``, ``mixed`` where both must be, or ``either`` where nothing tells."""
    first = second = False
    for cell in cells:
        match = _NUMERIC.match(cell.strip())
        if match is not None:
            first = first or int(match[1]) > 12
            second = second or int(match[2]) > 12
    return {(True, True): "mixed", (True, False): "day first", (False, True): "month first"}.get(
        (first, second), "either"
    )


def read_moment(text: str, *, day_first: bool = True) -> datetime | None:
    """Return the moment a time stamp of a survey names, or nothing."""
    stamp = one_line(text).removesuffix("Z")
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        pass
    days = _day(stamp, day_first)
    if days is None:
        return None
    clock = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]m)?", stamp, re.IGNORECASE)
    hours, minutes, seconds = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hours = hours % 12 + (12 if clock[4].casefold() == "pm" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return datetime(days[0].year, days[0].month, days[0].day, hours, minutes, seconds)  # noqa: DTZ001 - a form gives no time zone
