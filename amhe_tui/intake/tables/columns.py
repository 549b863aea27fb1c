"""What is in each column of a table, and which statistic its name speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amhe_tui.intake.tables.cells import read_marker
from amhe_tui.method.periods import read_period
from store.evidence.datasets import is_out_of_reach, read_figure

_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s_./|-]+")


_SOME = 5
"""Numbers are in decimals where one in so many different ones is; fewer may be slips of the pen among counts, which are still to be guarded as such."""


MOSTLY = 0.7
"""A column is one of figures where so many of its cells are numbers, or marks that stand for one."""


STATISTICS: Mapping[str, str] = {
    "percentage": r"%|\bpercent(age)?s?\b|\bproportions?\b|\bper cent\b|\bpct\b|\bshares? of\b|^shares?$|\bprop\b|\bfraction\b",
    "rate": r"\brates?\b|\bper (1,?000|10,?000|100,?000|head|capita|million|year)\b",
    "median": r"\bmedian\b",
    "mean": r"\bmean\b|\baverage\b|\bavg\b",
    "90th percentile": r"\b90th percentile\b",
    "rank": r"\brank\b",
    "decile": r"\bdecile\b|\bquintile\b",
    "score": r"\bscore\b|\bindex\b|\bextent\b|\blocal concentration\b",
    "ratio": r"\bratio\b|\bper (?:patient|person|pupil|child|adult|resident|household|bed|case|referral)\b",
    "years": r"\blife expectancy\b|\byears of life\b|\b(?:h|df)?le at (?:birth|age)\b|\b(?:h|df)le\b",
    "money": r"£|\bgbp\b|\b(?:cost|spend|spending|expenditure|income|pay) per\b",
    "count": r"\bcounts?\b|\bnumbers?\b|\btotal\b|\bpersons\b|\bpeople\b|\bn\b|\bbase\b|\breferrals\b|\bpopulation\b|\battendances\b",
}


_SURELY = {
    "lower": re.compile(
        r"\blower\b.*\b(ci|limit|conf\w*|bound|95)|\b(9\d|ci|limit|conf\w*|bound)\b.*\blower\b|\b(lci|lcl|ci lb)\b",
        re.IGNORECASE,
    ),
    "upper": re.compile(
        r"\bupper\b.*\b(ci|limit|conf\w*|bound|95)|\b(9\d|ci|limit|conf\w*|bound)\b.*\bupper\b|\b(uci|ucl|ci ub)\b",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        r"\b(?:thousands|millions|000s)\b|\b(?:lq|uq|iqr|(?:lower|upper|inter)[- ]?quartile|sds?|st(?:d|andard)?\.? ?dev(?:iation)?|standard error|s\.?e\.?m)\b",
        re.IGNORECASE,
    ),
    "ratio": re.compile(r"\b(?:rate|risk|odds|hazard|prevalence|incidence|mortality) ratio\b", re.IGNORECASE),
    "rank": re.compile(r"\brank of\b", re.IGNORECASE),
    "decile": re.compile(r"\bdecile\b", re.IGNORECASE),
    "count": re.compile(r"\bbase:? number\b|\bnumber of (respondents|responses|answers)\b", re.IGNORECASE),
}
"""Words that decide whatever else a name holds: the rank of a share is no share, the base of a question about an extent no score, thousands no count, a ratio of rates no rate."""


_STATISTIC_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in STATISTICS.items()}


@dataclass(frozen=True)
class Profile:
    """What is in a column.

    Attributes:
        name, place: Its name and where it is in a row.
        words: Its name in small letters, as words.
        filled: Share of the rows that have something in it.
        figures: Share of its cells that are numbers or marks for one.
        distinct: How many different texts it holds in the rows that were looked at.
        longest: The usual length of its texts.
        cells: Different texts, the most frequent first.
        periods: Share of its different texts that name a period.
        percent: Whether its numbers have a percent sign.
        once: Share of its different texts that stand in one row only.
        decimals: Whether many of its numbers are no whole ones, so that it cannot count anything.
        lowest, highest: The least and the largest of its numbers; 0 where it has none.
        below: Its different texts that are numbers below zero, as they are written.
        money: Whether its numbers have a pound sign.
    """

    name: str
    place: int
    words: str
    filled: float
    figures: float
    distinct: int
    longest: float
    cells: tuple[str, ...]
    periods: float
    percent: bool = False
    once: float = 0.0
    decimals: bool = False
    lowest: float = 0.0
    highest: float = 0.0
    below: tuple[str, ...] = ()
    money: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether most of it are numbers or marks that stand for one."""
        return self.figures >= MOSTLY and any(
            read_figure(cell) is not None or is_out_of_reach(cell) for cell in self.cells
        )


def words_of(name: str) -> str:
    """Return a column's name in small letters, with joined words taken apart."""
    return " ".join(part for part in _SPLIT.split(name) if part).casefold()


def profile(names: Sequence[str], places: Sequence[int], rows: Sequence[Sequence[str]]) -> tuple[Profile, ...]:
    """Return what is in each column of some rows."""
    return tuple(_profile(name, place, rows) for name, place in zip(names, places, strict=True))


def _profile(name: str, place: int, rows: Sequence[Sequence[str]]) -> Profile:
    cells = Counter(row[place] for row in rows if place < len(row) and row[place])
    filled = sum(cells.values())
    read = {cell: read_figure(cell) for cell in cells}
    numbers = [number for number in read.values() if number is not None]
    figures = sum(
        number
        for cell, number in cells.items()
        if read[cell] is not None or read_marker(cell) is not None or is_out_of_reach(cell)
    )
    common = tuple(cell for cell, _ in cells.most_common(500))
    dated = [cell for cell in common[:30] if read_marker(cell) is None]
    periods = sum(1 for cell in dated if read_period(cell) is not None) / max(1, len(dated))
    return Profile(
        name=name,
        place=place,
        words=words_of(name),
        filled=filled / max(1, len(rows)),
        figures=figures / max(1, filled),
        distinct=len(cells),
        longest=sum(len(cell) * number for cell, number in cells.items()) / max(1, filled),
        cells=common,
        periods=periods,
        once=sum(number == 1 for number in cells.values()) / max(1, len(cells)),
        percent=sum(cell.endswith("%") for cell in common) * 2 > max(1, len(common)),
        decimals=sum(bool(number % 1) for number in numbers) * _SOME >= max(1, len(numbers)),
        lowest=min(numbers, default=0.0),
        highest=max(numbers, default=0.0),
        below=tuple(cell for cell, number in read.items() if number is not None and number < 0),
        money=sum(cell.startswith("£") for cell in common) * 2 > max(1, len(common)),
    )


def statistic_in(column: Profile | None, text: str) -> str:
    """Return the statistic that a column's name and what is in it speak of, or "" where nothing tells.

    A share between 0 and 1 is no percentage, and numbers with decimals count nothing, whatever they are called.

    Args:
        column: What is in it, where somebody has looked.
        text: The words that name it.
    """
    if column is None:
        return statistic_of(text)
    if column.money:
        return "money"
    statistic = statistic_of(text, percent=column.percent)
    if statistic == "percentage" and column.decimals and 0 <= column.lowest <= column.highest <= 1:
        return "percentage" if column.percent or _SAYS_PERCENT.search(text) else "proportion"
    if not statistic and column.decimals:
        return "figure"
    return statistic


_LEVEL_OF_LIMITS = re.compile(r"\b9\d(?:\.\d)? ?%?(?= ?(?:ci|cl|conf\w*|limits?)\b)", re.IGNORECASE)
"""The 95 % of confidence limits makes no percentages of what they are the limits of."""


_BOTH_LIMITS = re.compile(
    r"\b(?:lcl|lci|lower(?: \w+){0,3})\s*(?:-|–|to|,|/|and|&|\s)\s*(?:ucl|uci|upper(?: \w+){0,3})\b", re.IGNORECASE
)
"""The limits that stand behind a figure in its cell make no limit of it."""


_SAYS_PERCENT = re.compile(r"%|\bper ?cent(age)?s?\b|\bpct\b", re.IGNORECASE)


def statistic_of(text: str, *, percent: bool = False) -> str:
    """Return the statistic a name speaks of, or "" where it names none."""
    if percent:
        return "percentage"
    patterns = (*_SURELY.items(), *_STATISTIC_PATTERNS.items())
    words = _BOTH_LIMITS.sub("", _LEVEL_OF_LIMITS.sub("", text))
    return next((name for name, pattern in patterns if pattern.search(words)), "")
