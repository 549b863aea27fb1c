"""From the value of a cell to the text a person sees, but with all digits it has, and dates the way that sorts."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.archives import size_in_words

LONGEST_TEXT = 1_000_000
"""A longer text in one cell is no cell of a table; spreadsheets themselves allow 32,767 letters."""


PERCENT = 1


PADDED = 64
"""A mark of 64 + n says that a whole number is shown with at least n digits, zeros in front."""


ERRORS = (
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#BLOCKED!",
    "#FIELD!",
)


FIRST_ERROR = 8
"""A mark of 8 + n says that the cell shows the error ``ERRORS[n]``."""


_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


_LINE_ENDS = re.compile("\r\n?")


_HALF_A_SECOND = datetime.timedelta(microseconds=500_000)


_LAST = datetime.datetime(9999, 12, 31)  # noqa: DTZ001 - spreadsheets know no time zones


Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta | None


def mark_of_error(text: str) -> int:
    """Return the mark of an error by its name; one that is not known is shown as #VALUE!."""
    return FIRST_ERROR + (ERRORS.index(text) if text in ERRORS else 2)


def mark_of_format(code: str) -> int:
    """Return the mark of a number format: a percentage, zeros in front, or 0 for all that need none."""
    first = _QUOTED.sub("", code.split(";")[0]).strip()
    if "%" in first:
        return PERCENT
    if re.fullmatch(r"0{2,15}", first):
        return PADDED + len(first)
    return 0


def cell_text(value: Value, mark: int = 0) -> str:
    """Return the text of a cell.

    Args:
        value: What the reader gave.
        mark: What the reader does not tell: a percentage, zeros in front, an error.

    Raises:
        AmheError: The text is longer than any cell of a table.
    """
    if isinstance(value, str):
        return ERRORS[mark - FIRST_ERROR] if FIRST_ERROR <= mark < PADDED and not value else _words(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value, mark)
    if isinstance(value, int):
        return _number(float(value), mark) if mark else str(value)
    return "" if value is None else _moment(value)


def _words(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise AmheError(
            "Cell too long",
            f"One cell holds {size_in_words(len(value))} of text, which is no cell of a table.",
            "Shorten that cell in a spreadsheet, or save the sheet you need as CSV.",
        )
    if "\r" in value:
        value = _LINE_ENDS.sub("\n", value)
    return value.replace("\x00", "") if "\x00" in value else value


def _number(value: float, mark: int) -> str:
    if mark == PERCENT:
        return _plain(Decimal(f"{value:.15g}") * 100) + "%" if value == value and abs(value) < 1e15 else str(value)
    if value.is_integer() and abs(value) < 1e21:
        text = str(int(value))
        return text.zfill(mark - PADDED) if mark > PADDED and value >= 0 else text
    # Fifteen digits is what spreadsheets hold; what follows is the noise of binary numbers.
    text = f"{value:.15g}"
    return _plain(Decimal(text)) if "e-" in text and abs(value) > 1e-30 else text


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime.time | datetime.date | datetime.datetime | datetime.timedelta) -> str:
    if isinstance(value, datetime.datetime):
        # Half past ten, kept as a part of a day, may come out a moment early.
        return (value + _HALF_A_SECOND).isoformat(" ", "seconds") if value < _LAST else value.isoformat(" ", "seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        sign = "-" if seconds < 0 else ""
        hours, rest = divmod(abs(seconds), 3600)
        return f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}"
    return value.isoformat("seconds") if isinstance(value, datetime.time) else value.isoformat()
