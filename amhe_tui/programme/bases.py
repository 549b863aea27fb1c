"""The counts behind shares and rates, found in the file by their figures: those that give every published figure again, and how many were asked."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice, permutations

from amhe_tui.analysis.breakdown import SHARES, kind_of, rounded_to_five
from amhe_tui.method.indicators import KnownIndicator, known_indicator
from store.evidence.datasets import read_figure
from store.evidence.holdings import IndicatorSummary, visible

_MOST_FIGURES = 400
"""So many figures of a quantity are looked at."""


_MOST_COUNTS = 24
"""Among so many counts of a source a base is looked for."""


_LEAST = 3
"""So many figures have to be given again before two counts are taken to be those behind them."""


_LEAST_NAMED = 2
"""So many where the file itself calls the two the numerator and the denominator of these figures, which two groups are enough to bear out."""


_FIRST_LOOKED_AT = 5
"""So many figures show that two counts are not those behind them, where they are not."""


_LEAST_TELLING = 0.04
"""Counts in fives that leave shares open by more than this on average tell nothing."""


_PER = (100_000, 10_000, 1_000, 1_000_000, 100)


_ASKED = re.compile(r"\b(n|base|respondents?|responses|replies|sample|asked|answered|surveyed|denominator)\b")


Figures = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class Base:
    """What stands behind an indicator's figures.

    Attributes:
        statistic: What its figures are; that of the file where it says so.
        numerator, denominator: The ids of the counts.
        per: For a rate, for how many people it is given.
        implied: Whether the count on top is not published, and follows from the share and the denominator.
    """

    statistic: str
    numerator: str
    denominator: str
    per: int = 0
    implied: bool = False

    def over(self, known: KnownIndicator) -> KnownIndicator:
        """Return what is known of an indicator with these counts."""
        per = self.per or known.per
        return replace(known, numerator=self.numerator, plus=(self.denominator,), per=per, implied=self.implied)


def bases_of(connection: sqlite3.Connection, held: Sequence[IndicatorSummary]) -> dict[str, Base]:
    """Return the counts behind every indicator for which nobody has said any, and which the file has."""
    reader, bases = _Reader(connection), dict[str, Base]()
    identities = {summary.id for summary in held}
    for summary in held:
        if not _wants_base(summary, identities):
            continue
        counts = [
            other
            for other in held
            if other.id != summary.id and _is_count(other) and set(other.sources) & set(summary.sources)
        ]
        if len(counts) > _MOST_COUNTS:
            # In a long list a fit would be luck, but for those that the file itself names.
            named = {*_named_after(summary.id), *_of_the_question(summary.id, [other.id for other in counts])}
            counts = [other for other in counts if other.id in named]
        if not counts:
            continue
        base = _base(summary, counts, reader)
        if base is not None:
            bases[summary.id] = base
    return bases


def _wants_base(summary: IndicatorSummary, identities: Set[str]) -> bool:
    known = known_indicator(summary.id)
    if summary.id.endswith(".value"):
        return summary.statistic in ("count", "value", "figure", "")
    if summary.statistic == "figure":
        return True
    # What is known to stand behind it may not be in this file.
    return known.numerator not in identities and kind_of(summary.statistic) in ("share", "rate")


def _is_count(summary: IndicatorSummary) -> bool:
    return kind_of(summary.statistic) == "count" and not summary.id.endswith(".value")


class _Reader:
    """Reads a quantity's figures of a period once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._datasets = list(reversed(visible(connection)))
        self._seen: dict[tuple[int, str, str], Figures] = {}

    def dataset(self, identity: str, period: str) -> int | None:
        """Return the newest data set with figures of a quantity in a period."""
        return next((key for key in self._datasets if self.figures(key, identity, period)), None)

    def figures(self, dataset: int, identity: str, period: str) -> Figures:
        """Return the figures by place and group."""
        asked = (dataset, identity, period)
        if asked not in self._seen:
            rows = self._connection.execute(
                "SELECT o.area, o.category, o.value FROM quantity q JOIN period p ON p.label = ?"
                " JOIN run r ON r.dataset = ? AND r.quantity = q.key AND r.period = p.key"
                " JOIN observed o ON o.key BETWEEN r.first AND r.last WHERE q.id = ? LIMIT ?",
                (period, dataset, identity, _MOST_FIGURES),
            )
            self._seen[asked] = dict(_numbers(rows))
        return self._seen[asked]


def _numbers(rows: sqlite3.Cursor) -> Iterator[tuple[tuple[int, int], float]]:
    for area, category, value in rows:
        number = read_figure(value) if isinstance(value, str) else value
        if number is not None and math.isfinite(number):
            yield (int(area), int(category)), float(number)


def _base(summary: IndicatorSummary, counts: Sequence[IndicatorSummary], reader: _Reader) -> Base | None:
    period = summary.periods[-1] if summary.periods else ""
    dataset = reader.dataset(summary.id, period)
    if dataset is None:
        return None
    values = reader.figures(dataset, summary.id, period)
    scales = _scales(summary)
    columns = {other.id: reader.figures(dataset, other.id, period) for other in counts}
    top, bottom = _named_after(summary.id)
    if top in columns and bottom in columns:
        for statistic, scale in scales:
            share = statistic in SHARES
            if _gives(values, columns[top], columns[bottom], scale, share=share, least=_LEAST_NAMED):
                return Base(statistic, top, bottom, int(scale) if statistic == "rate" else 0)
        for statistic, scale in scales:
            if statistic in SHARES and _gives(
                values, columns[top], columns[bottom], scale, share=True, least=_LEAST_NAMED, in_fives=True
            ):
                return Base(statistic, top, bottom)
    # Where there are only two counts, of two groups such as women and men, nothing else can be meant.
    least = _LEAST_NAMED if len(columns) == 2 else _LEAST
    asked = columns  # how many were asked is told by its name, and two groups are enough
    columns = {identity: column for identity, column in columns.items() if len(column.keys() & values.keys()) >= least}
    if len(set(values.values())) < 2:
        return _asked(summary, counts, asked, values)  # one figure throughout is given again by many counts
    for top, bottom in permutations(columns, 2):
        for statistic, scale in scales:
            if _gives(values, columns[top], columns[bottom], scale, share=statistic in SHARES, least=least):
                return Base(statistic, top, bottom, int(scale) if statistic == "rate" else 0)
    return _rounded(summary, columns, values) or _asked(summary, counts, asked, values)


def _rounded(summary: IndicatorSummary, columns: Mapping[str, Figures], values: Figures) -> Base | None:
    """Return the two counts in fives that give what the file calls shares again, where no other two do."""
    if summary.statistic not in SHARES:
        return None
    scale = SHARES[summary.statistic]
    pairs = [
        pair
        for pair in permutations(columns, 2)
        if _gives(values, columns[pair[0]], columns[pair[1]], scale, share=True, in_fives=True)
    ]
    return Base(summary.statistic, *pairs[0]) if len(pairs) == 1 else None


def _of_the_question(identity: str, counts: Sequence[str]) -> list[str]:
    """Return the count that says how many answered the question a share of answers belongs to, by what both are called."""
    questions = {other: (match[1] or match[2]) for other in counts if (match := _BASE_OF_A_QUESTION.fullmatch(other))}
    own = {other: question for other, question in questions.items() if identity.startswith(f"{question}_")}
    longest = max(map(len, own.values()), default=0)
    return [other for other, question in own.items() if len(question) == longest]


_BASE_OF_A_QUESTION = re.compile(
    r"(.+?)_(?:(?:unweighted_)?base|number_of_respondents|respondents|responses|sample)(?:_.*)?\.count|(.+)_n\.count"
)


def _scales(summary: IndicatorSummary) -> list[tuple[str, float]]:
    kind = kind_of(summary.statistic)
    shares = [("percentage", 100.0), ("proportion", 1.0)]
    rates = [("rate", float(per)) for per in _PER]
    if kind == "share":
        return [(summary.statistic, SHARES[summary.statistic])]
    return [(summary.statistic, scale) for _, scale in rates] if kind == "rate" else [*shares, *rates[:-1]]


def _named_after(identity: str) -> tuple[str, str]:
    """Return what the counts behind a figure are called where the file names them so."""
    stem = identity.rpartition(".")[0]
    return f"{stem}.numerator", f"{stem}.denominator"


def _gives(
    values: Figures,
    tops: Figures,
    bottoms: Figures,
    scale: float,
    *,
    share: bool,
    least: int = _LEAST,
    in_fives: bool = False,
) -> bool:
    """Tell whether two counts give every figure again, as far as it was rounded; or they were, to multiples of five."""
    for key in islice(values, _FIRST_LOOKED_AT):  # most pairs of counts differ at once
        top, bottom = tops.get(key, 0.0), bottoms.get(key, 0.0)
        more = scale * rounded_to_five(top, bottom) if in_fives and bottom > 0 else 0.0
        if bottom > 0 and abs(scale * top / bottom - values[key]) > 1 + more and key in tops:
            return False
    keys = [key for key in values if key in tops and key in bottoms]
    if len(keys) < least or len(keys) < 0.9 * len(values):
        return False
    places = max(_places(values[key]) for key in keys)
    slack = 0.51 * 10.0**-places
    if in_fives and not all(bottoms[key] > 0 and tops[key] % 5 == bottoms[key] % 5 == 0 for key in keys):
        return False
    open_by = {key: scale * rounded_to_five(tops[key], bottoms[key]) if in_fives else 0.0 for key in keys}
    if sum(open_by.values()) > _LEAST_TELLING * scale * len(keys):
        return False
    for key in keys:
        top, bottom, value = tops[key], bottoms[key], values[key]
        if bottom <= 0 or top < 0 or top % 1 or bottom % 1 or (share and top > bottom):
            return False
        if abs(scale * top / bottom - value) > slack + open_by[key]:
            return False
    return True


def _places(value: float) -> int:
    """Return how many decimal places a figure is written with."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _asked(
    summary: IndicatorSummary, counts: Sequence[IndicatorSummary], columns: Mapping[str, Figures], values: Figures
) -> Base | None:
    """Return the number of people asked as the base of a share, where one count is called so."""
    if summary.statistic not in SHARES:
        return None
    called = [
        other.id
        for other in counts
        if other.id in columns
        and _ASKED.search(f"{other.name} {other.id}".casefold().replace("_", " ").replace(".", " "))
    ]
    stem = summary.id.rpartition(".")[0]
    own = [identity for identity in called if identity.rpartition(".")[0] == stem]
    chosen = own or _of_the_question(summary.id, called) or called
    if len(chosen) != 1:
        return None
    bottoms = columns[chosen[0]]
    whole = [bottoms[key] for key in values if key in bottoms]
    if _is_distribution(values, bottoms, SHARES[summary.statistic]):
        return None
    sound = all(number > 0 and not number % 1 for number in whole) and len(whole) >= 0.9 * len(values)
    return Base(summary.statistic, chosen[0], chosen[0], implied=True) if sound else None


def _is_distribution(values: Figures, counts: Figures, everybody: float) -> bool:
    """Tell whether shares only say how the counts beside them are spread over the groups, so that these are no base of them."""
    pairs = [(values[key], counts[key]) for key in values if counts.get(key, 0) > 0]
    whole = sum(count for _, count in pairs)
    if len(pairs) < _LEAST_NAMED or not whole:
        return False
    per = sum(value for value, _ in pairs) / whole
    slack = 0.51 * 10.0 ** -max(_places(value) for value, _ in pairs)
    together = sum(value for value, _ in pairs)
    if together < everybody / 2 or abs(together - everybody * round(together / everybody)) > slack * len(pairs):
        return False  # the groups of a characteristic are all together, and so are those of each further one
    different = len({count for _, count in pairs}) > 1
    return different and all(abs(value - per * count) <= slack * (1 + count / whole) for value, count in pairs)
