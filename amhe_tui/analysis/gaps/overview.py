"""The overview of every gap: each group against everyone else of its set, by size and certainty, with what is too few to tell kept apart.

Formulas: the gap of two shares is judged by Newcombe's (1998) limits of their difference, that of two rates by the limits of their ratio (`rate_gaps`). So that
shares and rates can be put in one order, size is how many times the odds, or the rate, of one group are those of the other; limits of the odds by Woolf (1955)
with Haldane's (1956) half added to every count.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from amhe_tui.analysis.breakdown import ROUNDED_TO, Breakdown, bounds_of, is_possible, kind_of, scale_of
from amhe_tui.analysis.estimates.intervals import two_sided_z
from amhe_tui.analysis.gaps.judging import CLOSE, TrueCounts
from amhe_tui.analysis.gaps.many_tests import FALSE_PART, adjusted, chances_of_rates, chances_of_shares, is_wide
from amhe_tui.analysis.gaps.reading import AVERAGE, EVERYONE_ELSE, LEAST, SLACK
from amhe_tui.analysis.gaps.sets import GapSets, Numbers
from amhe_tui.analysis.gaps.vectorised import differences, rate_differences, rate_ratios
from amhe_tui.method.gap_sections import SECTIONS, Section
from amhe_tui.method.groups.characteristics import recognise

_ORDER: tuple[Section, ...] = tuple(SECTIONS)


LEAST_GAP = 0.1
"""The least relative difference that matters, where nobody has said otherwise."""


ALIKE = 1.1
"""Two groups fare alike where even the limit further from no gap leaves their odds or rates within one and a tenth times of each other."""


_CONFIDENCE = 0.95


Order = Literal["widest", "least", "size", "people"]


ORDERS: dict[Order, str] = {
    "widest": "the widest gap of each characteristic first",
    "least": "by the size there is no doubt of",
    "size": "by size",
    "people": "by how many people it is about",
}
"""The orders, with their names."""


Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap: the group that stands for its set, and those of the same set and section beside it.

    Attributes:
        section: ``sure`` wider than chance gives among so many comparisons, and wide enough to matter; ``close`` too close to tell; ``few`` too few people to tell;
            ``small`` wider than chance, but narrower than matters; ``alike`` no gap worth the name; ``bare`` no counts to judge by; ``none`` cannot be computed.
        set: Which set of the `GapSets` it is from.
        indicator_id, indicator, statistic, characteristic, level, area, period, group: What it is about.
        compared_with: Everyone else, or the average.
        value, other: The two figures in the unit of the indicator.
        difference, lower, upper: The group less the comparison, in the same unit, with 95 % limits.
        size, least: How many times the odds or rate of one are those of the other, at least 1; and the size that the limits leave no doubt of.
        people: How many people (or events) fewer or more there would be without the gap.
        chance: How likely so wide a gap is by chance alone, and
        false_part: what part of the gaps with as little chance as this one, or less, is expected to be chance after all (Benjamini and Hochberg 1995).
        strict: Whether the limits still leave out no gap when they are widened for all the comparisons made at once (Bonferroni).
        also: Other groups of the set in the same section, the widest first.
        why: For what cannot be computed or judged, the reason.
    """

    section: Section
    set: int
    indicator_id: str
    indicator: str
    statistic: str
    characteristic: str
    level: str
    area: str
    period: str
    group: str
    compared_with: str
    value: float | None
    other: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    size: float | None
    least: float | None
    people: float | None
    chance: float | None
    false_part: float | None
    strict: bool
    also: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class GapOverview:
    """Every gap of some sets.

    Attributes:
        lines: One for each set and section it has groups in, in the order asked for, section by section.
        sets: What they were worked out from.
        compared: How many comparisons had limits.
        by_chance: How many of them would look wider than chance by chance alone.
        truth: The same sets as they are in the file, where those of ``sets`` are rounded for an audience; never shown.
        rounding: To multiples of what they are rounded.
        least: The least relative difference that matters.
        by_age: For a set that the file has within each age, those breakdowns.
        ages: The sets whose groups are ages themselves.
    """

    lines: tuple[GapLine, ...]
    sets: GapSets
    compared: int
    by_chance: float
    truth: GapSets | None = field(default=None, repr=False, compare=False)
    rounding: int = 0
    least: float = LEAST_GAP
    by_age: Mapping[int, tuple[Breakdown, ...]] = field(default_factory=dict[int, tuple[Breakdown, ...]], repr=False)
    ages: frozenset[int] = frozenset()

    def section(self, name: Section) -> list[GapLine]:
        """Return the lines of a section."""
        return [line for line in self.lines if line.section == name]

    @property
    def chance_words(self) -> str:
        """How many comparisons there were, and what being sure means among so many."""
        gaps = "gap" if self.compared == 1 else "gaps"
        return (
            f"{self.compared:,} {gaps} compared: about {self.by_chance:.0f} would look wide by chance alone. "
            f"Sure allows for it: {100 * FALSE_PART:g} in 100 at most by chance (Benjamini–Hochberg), and {100 * self.least:g}% apart or more."
        )

    def breakdown(self, set_index: int) -> Breakdown:
        """Return a set as a breakdown, with what judges it by the true counts where they are not the ones shown."""
        shown = replace(self.sets.breakdown(set_index), by_age=self.by_age.get(set_index, ()))
        if set_index in self.ages:
            shown = replace(shown, by_age=None)
        if self.truth is None or not self.sets.differs(self.truth, set_index):
            return shown
        return replace(shown, judge=TrueCounts(self.truth.breakdown(set_index), self.rounding))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Each row against its comparison, NaN where there is none."""

    other: Numbers
    difference: Numbers
    lower: Numbers
    upper: Numbers
    size: Numbers
    least: Numbers
    most: Numbers
    people: Numbers
    apart: Mask
    strict: Mask
    alike: Mask
    average: Mask
    judged: Mask
    sign: Numbers
    said: Mask
    chance: Numbers
    wide: Mask
    others: Numbers


def gap_overview(
    sets: GapSets,
    *,
    order: Order = "widest",
    truth: GapSets | None = None,
    rounding: int = 0,
    least: float = LEAST_GAP,
) -> GapOverview:
    """Return every gap of some sets, sorted within each section.

    A group is compared with everyone else of its set, taken together from counts; where there are no counts, with the average of the place.

    Args:
        sets: The figures.
        order: By the size there is no doubt of, either throughout or the widest of each characteristic first; by the size as it stands; or by how many people it is about.
        truth: The same sets as they are in the file, where these are rounded for an audience: direction and chance are judged by them.
        rounding: To multiples of what these are rounded.
        least: The least relative difference that matters; what is narrower is not called sure.
    """
    if not len(sets):
        return GapOverview((), sets, 0, 0.0)
    comparisons = _compare(sets, least)
    if truth is not None:
        comparisons = _as_judged(comparisons, sets, truth, least)
    false_part = adjusted(np.where(comparisons.judged, comparisons.chance, np.nan))
    beyond = comparisons.apart & (false_part <= FALSE_PART)
    judged = comparisons.judged
    ways = _ways(sets)
    way = np.where(comparisons.sign == 0, comparisons.difference, comparisons.sign)
    adverse = (ways == 0) | (ways * way < 0)
    enough = (np.isnan(sets.bottom) | (sets.bottom >= LEAST)) & ~(comparisons.others < LEAST)
    section = np.full(len(sets.value), _ORDER.index("none"))
    section[~np.isnan(comparisons.other)] = _ORDER.index("bare")
    section[judged] = np.where(enough, _ORDER.index("close"), _ORDER.index("few"))[judged]
    section[judged & comparisons.alike & ~comparisons.apart] = _ORDER.index("alike")
    section[judged & beyond & enough] = np.where(comparisons.wide, _ORDER.index("sure"), _ORDER.index("small"))[
        judged & beyond & enough
    ]
    shown = adverse | np.isin(section, [_ORDER.index(part) for part in ("close", "few", "none")])
    shown &= ~_second_of_two(sets)
    lines = _lines(
        sets, comparisons, section, np.flatnonzero(shown), _weights(comparisons, section, ways, order), false_part
    )
    lines = _widest_first(lines) if order == "widest" else lines
    compared = int(judged.sum())
    return GapOverview(tuple(lines), sets, compared, compared * (1 - _CONFIDENCE), truth, rounding, least)


def _as_judged(shown: _Compared, sets: GapSets, truth: GapSets, least: float) -> _Compared:
    """Return comparisons of rounded figures as far as the true counts bear them out: what they deny, or the rounded ones cannot carry, is taken out.

    Where groups are hidden, it has to hold for everyone else as well as for those of them who are shown.
    """
    treated = sets.differing(truth)[sets.of_row]
    if not treated.any():
        return shown
    seen = truth.copied()
    for column, visible in ((seen.top, sets.top), (seen.bottom, sets.bottom)):
        column[np.isnan(visible)] = np.nan
    true = (_compare(seen, least), _compare(truth, least))
    direction, size = (np.ones(len(shown.sign), dtype=np.bool_) for _ in range(2))
    with np.errstate(divide="ignore", invalid="ignore"):
        for judge, figures in zip(true, (seen, truth), strict=True):
            direction &= (judge.sign == shown.sign) & (shown.sign != 0) & (judge.average == shown.average)
            apart = shown.difference / judge.difference
            times = (sets.value / shown.other) / (figures.value / judge.other)
            size &= (apart >= 1 / CLOSE) & (apart <= CLOSE) & (times >= 1 / CLOSE) & (times <= CLOSE)
    own, everybody = sets.given_as_ranges()
    size &= ~own & ~(everybody & shown.average)
    there = ~np.isnan(shown.difference)
    direction, size = direction | ~treated, (size & direction) | ~treated
    apart, strict, alike, wide = (
        np.where(treated, ours & theirs & direction, before)
        for ours, theirs, before in (
            (true[0].apart, true[1].apart, shown.apart),
            (true[0].strict, true[1].strict, shown.strict),
            (true[0].alike, true[1].alike, shown.alike),
            (true[0].wide, true[1].wide, shown.wide),
        )
    )
    fits = ((shown.lower > 0) | (shown.upper < 0)) == apart
    numbers = {name: np.where(size, getattr(shown, name), np.nan) for name in ("difference", "size", "least", "people")}
    limits = {name: np.where(size & fits, getattr(shown, name), np.nan) for name in ("lower", "upper")}
    return replace(
        shown,
        **numbers,
        **limits,
        other=np.where(size, shown.other, np.nan),
        apart=apart,
        strict=strict,
        alike=alike,
        said=direction | ~there,
        chance=np.where(treated, np.maximum(true[0].chance, true[1].chance), shown.chance),
        wide=wide,
    )


def _compare(sets: GapSets, least: float) -> _Compared:
    row = sets.of_row
    possible, possible_all = _possible(sets)
    counted = (sets.top >= 0) & (sets.bottom > 0)
    top, bottom = np.where(counted, sets.top, 0), np.where(counted, sets.bottom, 0)
    all_top, all_bottom = (np.bincount(row, column, len(sets))[row] for column in (top, bottom))
    other_top, other_bottom = (
        np.where(counted, whole - part, np.nan) for whole, part in ((all_top, top), (all_bottom, bottom))
    )
    abouts = [sets.indicator_of(set_index) for set_index in range(len(sets))]
    kinds = np.array([kind_of(about.statistic) for about in abouts])[row]
    scales = np.array([scale_of(about.statistic, about.meaning.per) for about in abouts])[row]
    counted &= possible
    parts = np.bincount(row, bottom > 0, len(sets))
    whole = sets.all_bottom
    overlap = (np.bincount(row, bottom, len(sets)) > whole * (1 + SLACK) + ROUNDED_TO / 2 * (parts + 1))[row]
    # Where everyone else cannot be added up, the rest of the whole is what a group is judged against, though the average is what it is shown beside.
    rest_top, rest_bottom = sets.all_top[row] - sets.top, sets.all_bottom[row] - sets.bottom
    average = counted & (overlap | ~(other_bottom > 0)) & (rest_bottom > 0) & (rest_top >= 0) & possible_all[row]
    average &= (kinds != "share") | ((sets.top <= sets.bottom) & (rest_top <= rest_bottom))
    other_top, other_bottom = np.where(average, rest_top, other_top), np.where(average, rest_bottom, other_bottom)
    counted &= (other_bottom > 0) & (~overlap | average)
    share, rate = (kinds == "share") & counted, (kinds == "rate") & counted
    judgeable = share | rate
    pooled = judgeable & ~average
    narrower = np.where(average, rest_bottom / np.where(average, whole[row], 1.0), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        other = np.where(pooled, scales * other_top / other_bottom, np.where(possible_all, sets.all_value, np.nan)[row])
    other = np.where(possible, other, np.nan)
    lower, upper, strict_lower, strict_upper = (np.full(len(row), np.nan) for _ in range(4))
    strict = 1 - (1 - _CONFIDENCE) / max(int(judgeable.sum()), 1)
    for confidence, low, high in (
        (_CONFIDENCE, lower, upper),
        (strict, strict_lower, strict_upper),
    ):
        for chosen, gaps in ((share, differences), (rate, rate_differences)):
            if chosen.any():
                limits = gaps(
                    sets.top[chosen],
                    sets.bottom[chosen],
                    other_top[chosen],
                    other_bottom[chosen],
                    confidence=confidence,
                )
                factor = narrower[chosen] * scales[chosen] / (100_000 if gaps is rate_differences else 1)
                low[chosen], high[chosen] = limits.lower * factor, limits.upper * factor
    difference = sets.value - other
    judged = ~np.isnan(lower)
    # Counts are rounded, so the limits are widened to hold the published gap.
    lower, upper = np.minimum(lower, difference), np.maximum(upper, difference)
    size, surely, most = _sizes(sets, share, rate, other_top, other_bottom)
    chance = np.full(len(row), np.nan)
    for chosen, chances in ((share, chances_of_shares), (rate, chances_of_rates)):
        if chosen.any():
            chance[chosen] = chances(sets.top[chosen], sets.bottom[chosen], other_top[chosen], other_bottom[chosen])
    if average.any():
        # Against the whole, a gap is narrower than against the rest.
        shown = _size_of_figures(sets.value, other, kinds, scales)
        size, surely, most = (
            np.where(average, column, own)
            for column, own in ((shown, size), (np.minimum(surely, shown), surely), (np.maximum(most, shown), most))
        )
    size = np.where(np.isnan(size), _size_of_figures(sets.value, other, kinds, scales), size)
    with np.errstate(divide="ignore", invalid="ignore"):
        other_figure = np.where(pooled, other_top / other_bottom, sets.all_top[row] / sets.all_bottom[row])
    return _Compared(
        other=other,
        difference=difference,
        lower=lower,
        upper=upper,
        size=size,
        least=surely,
        people=_people(sets, other_figure, difference / scales, lower / scales, upper / scales),
        apart=_apart(sets, rate, other_top, other_bottom, _CONFIDENCE, (lower > 0) | (upper < 0)),
        strict=_apart(sets, rate, other_top, other_bottom, strict, (strict_lower > 0) | (strict_upper < 0)),
        alike=most < ALIKE,
        most=most,
        average=~pooled,
        judged=judged,
        sign=_signs(sets, difference, pooled, other_top, other_bottom),
        said=np.ones(len(row), dtype=np.bool_),
        chance=chance,
        others=np.where(judgeable, other_bottom, np.nan),
        wide=is_wide(sets.value, other, np.where(kinds == "share", scales, np.inf), least),
    )


def _signs(sets: GapSets, difference: Numbers, pooled: Mask, other_top: Numbers, other_bottom: Numbers) -> Numbers:
    """Return which way each gap goes, 0 where the figures and the counts behind them disagree, NaN where there is no gap."""
    by_figures = np.sign(difference)
    with np.errstate(invalid="ignore"):
        by_counts = np.sign(sets.top * other_bottom - other_top * sets.bottom)
    return np.where(pooled & (by_counts != by_figures) & ~np.isnan(by_figures), 0.0, by_figures)


def _apart(
    sets: GapSets, rate: Mask, other_top: Numbers, other_bottom: Numbers, confidence: float, differ: Mask
) -> Mask:
    """Return whether the limits leave out no gap: those of the ratio for rates, as in the sentence, else those of the difference."""
    if not rate.any():
        return differ
    apart = differ.copy()
    apart[rate] = rate_ratios(
        sets.top[rate], sets.bottom[rate], other_top[rate], other_bottom[rate], confidence=confidence
    ).beyond_chance
    return apart


def _possible(sets: GapSets) -> tuple[Mask, Mask]:
    """Return which figures, of the rows and of everybody, can be ones of their statistic."""
    statistics = [sets.indicator_of(set_index).statistic for set_index in range(len(sets))]
    bounds = np.array([bounds_of(statistic) for statistic in statistics]).reshape(-1, 2)
    low, high = bounds[:, 0], bounds[:, 1]
    row = sets.of_row
    with np.errstate(invalid="ignore"):
        return (
            np.isfinite(sets.value) & (sets.value >= low[row]) & (sets.value <= high[row]),
            np.isfinite(sets.all_value) & (sets.all_value >= low) & (sets.all_value <= high),
        )


def _people(sets: GapSets, other: Numbers, difference: Numbers, lower: Numbers, upper: Numbers) -> Numbers:
    """Return the people behind gaps as `amhe_tui.analysis.gaps.people` has them: from the counts, as far as the limits of the gap go."""
    by_counts = np.fmin(np.fmax(sets.top - sets.bottom * other, sets.bottom * lower), sets.bottom * upper)
    by_figures = sets.bottom * difference
    # A figure that cannot be has no gap, whatever the counts beside it say.
    return np.abs(np.where(np.isnan(by_figures) | np.isnan(by_counts), by_figures, by_counts))


def _sizes(
    sets: GapSets, share: Mask, rate: Mask, other_top: Numbers, other_bottom: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return how many times the odds or rate of one are those of the other, and the limits of it nearer to and further from 1; all at least 1."""
    half, z = 0.5, two_sided_z(_CONFIDENCE)
    with np.errstate(divide="ignore", invalid="ignore"):
        a, c = sets.top + half, other_top + half
        b, d = sets.bottom - sets.top + half, other_bottom - other_top + half
        log = np.where(share, np.log(a / b) - np.log(c / d), np.log(a / sets.bottom) - np.log(c / other_bottom))
        error = np.sqrt(1 / a + 1 / c + np.where(share, 1 / b + 1 / d, 0.0))
        away = np.abs(log)
        unmasked = np.exp(away), np.exp(np.maximum(away - z * error, 0)), np.exp(away + z * error)
    size, least, most = (np.where(share | rate, column, np.nan) for column in unmasked)
    return size, least, most


def _size_of_figures(value: Numbers, other: Numbers, kinds: npt.NDArray[np.str_], scales: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = (value / (scales - value)) / (other / (scales - other))
        times = np.where(kinds == "share", odds, value / other)
        times = np.where((times > 0) & np.isfinite(times), times, np.nan)
        return np.maximum(times, 1 / times)


def _ways(sets: GapSets) -> npt.NDArray[np.int64]:
    """Return for each row 1 where a high figure is good, −1 where it is bad, 0 where nobody has said."""
    better = {True: 1, False: -1, None: 0}
    ways = np.array([better[indicator.meaning.higher_is_better] for indicator in sets.indicators], dtype=np.int64)
    return ways[sets.indicator][sets.of_row]


def _second_of_two(sets: GapSets) -> Mask:
    """Return the second row of sets of two groups without a better way: it says what the first one says."""
    neither = np.array([indicator.meaning.higher_is_better is None for indicator in sets.indicators], dtype=np.bool_)
    pairs = np.flatnonzero((np.diff(sets.start) == 2) & neither[sets.indicator])
    mask = np.zeros(len(sets.value), dtype=np.bool_)
    mask[sets.start[pairs] + 1] = True
    return mask


# --- lines -----------------------------------------------------------------------------------------------------------------------------------------


def _weights(
    comparisons: _Compared, section: npt.NDArray[np.int64], ways: npt.NDArray[np.int64], order: Order
) -> tuple[Numbers, ...]:
    """Return what rows are sorted by, the first having the most say: first those of which one knows which way is better.

    What is too few to tell is sorted by how wide the gap could be to the disadvantage of the group.
    """
    weight = {"size": comparisons.size, "people": comparisons.people}.get(order, comparisons.least)
    with np.errstate(divide="ignore", invalid="ignore"):
        good = ways * comparisons.difference > 0
        could_be = np.where(good, comparisons.most / comparisons.size**2, comparisons.most)
    weight = np.where(np.isin(section, [_ORDER.index("few"), _ORDER.index("close")]), could_be, weight)
    return np.where(ways == 0, 0.0, 1.0), np.nan_to_num(weight, nan=-1.0), np.nan_to_num(comparisons.size, nan=-1.0)


def _lines(
    sets: GapSets,
    comparisons: _Compared,
    section: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64],
    weights: tuple[Numbers, ...],
    false_part: Numbers,
) -> list[GapLine]:
    row_set = sets.of_row
    ranked = rows[np.lexsort((row_set[rows], *(-weight[rows] for weight in reversed(weights)), section[rows]))]
    heads: dict[tuple[int, int], list[int]] = {}
    for row, part, set_index in zip(ranked.tolist(), section[ranked].tolist(), row_set[ranked].tolist(), strict=True):
        heads.setdefault((part, set_index), []).append(row)
    first = np.array([members[0] for members in heads.values()], dtype=np.int64)
    unsaid = np.where(comparisons.said, 0.0, np.nan)
    columns = (
        np.where(sets.given_as_ranges()[0], np.nan, sets.value),
        comparisons.other,
        comparisons.difference,
        comparisons.lower,
        comparisons.upper,
        comparisons.size,
        comparisons.least,
        comparisons.people,
        comparisons.chance + unsaid,
        false_part + unsaid,
    )
    numbers = zip(*([_plain(number) for number in column[first].tolist()] for column in columns), strict=True)
    return [
        _line(sets, comparisons, _ORDER[part], set_index, members, figures)
        for ((part, set_index), members), figures in zip(heads.items(), numbers, strict=True)
    ]


def _plain(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _widest_first(lines: Sequence[GapLine]) -> list[GapLine]:
    """Return the first line of each characteristic of each section before the others of it."""
    seen: set[tuple[str, str]] = set()
    first: dict[int, bool] = {}
    for place, line in enumerate(lines):
        known = recognise(line.characteristic)
        about = (line.section, known.code if known else line.characteristic)
        first[place] = about not in seen
        seen.add(about)
    order = sorted(range(len(lines)), key=lambda place: (_ORDER.index(lines[place].section), not first[place], place))
    return [lines[place] for place in order]


ONE_OF_MANY = (
    "Looked at alone it would seem wider than chance, but among so many comparisons chance gives some like it."
)
"""Why a gap is too close to tell that its breakdown, which is read alone, calls wider than chance."""


_UNSAID = "The counts are rounded, and too few here, or too near each other, to say which way the gap goes."


def _line(
    sets: GapSets,
    comparisons: _Compared,
    section: Section,
    set_index: int,
    rows: Sequence[int],
    figures: Sequence[float | None],
) -> GapLine:
    head, about = rows[0], sets.indicator_of(set_index)
    value, other, difference, lower, upper, size, least, people, chance, false_part = figures
    return GapLine(
        section=section,
        set=set_index,
        indicator_id=about.id,
        indicator=about.name,
        statistic=about.statistic,
        characteristic=sets.characteristic_of(set_index),
        level="detailed" if sets.detailed[set_index] else "broad",
        area=sets.place_of(set_index).name,
        period=about.period,
        group=sets.group[head],
        compared_with=AVERAGE if comparisons.average[head] else EVERYONE_ELSE,
        value=value,
        other=other,
        difference=difference,
        lower=lower,
        upper=upper,
        size=size,
        least=least,
        people=people,
        chance=chance,
        false_part=false_part,
        strict=bool(comparisons.strict[head]),
        also=tuple(sets.group[row] for row in rows[1:]),
        why=_why(sets, section, head, apart=bool(comparisons.apart[head]))
        if comparisons.said[head] or section in ("none", "bare")
        else _UNSAID,
    )


def _why(sets: GapSets, section: Section, row: int, *, apart: bool) -> str:
    if section == "bare":
        return "There are no counts behind these figures, so nobody can say whether the gap is more than chance."
    if section == "few":
        return f"Fewer than {LEAST} people are counted in this group, or among those it is compared with."
    if section == "close":
        return ONE_OF_MANY if apart else "Chance alone could give a gap like this."
    if section == "small":
        return "It is not chance, but narrower than the least gap that matters here."
    if section != "none":
        return ""
    if sets.status[row]:
        return f"The figure is not there: {sets.status[row]}."
    if np.isnan(sets.value[row]):
        return "The figure is hidden for this audience."
    if not is_possible(float(sets.value[row]), sets.indicator_of(int(sets.of_row[row])).statistic):
        return "The figure cannot be right: no share is below 0 or above all, and no rate below 0."
    return "There is nobody to compare with: no counts of the other groups, and no average."
