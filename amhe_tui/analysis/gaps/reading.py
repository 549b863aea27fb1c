"""Reading a breakdown aloud: which gap it shows, how sure, whom it leaves out and what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from amhe_tui.analysis.breakdown import ROUNDED_TO, SHARES, Breakdown, BreakdownRow, is_possible, known_groups
from amhe_tui.analysis.disclosure.breakdown import NO_COUNTS
from amhe_tui.analysis.disclosure.order import is_range
from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.judging import CLOSE, Saying, TrueCounts, rounding_of, saying_of, with_figures_of_ranges
from amhe_tui.analysis.gaps.parts import difference_of_part, part_of_whole
from amhe_tui.analysis.gaps.people import PeopleBehind, people_behind, people_sentence
from amhe_tui.analysis.gaps.rates import rate_difference, rate_ratio
from amhe_tui.analysis.gaps.sentence import (
    Compared,
    Wording,
    ages_sentence,
    figure_gap_sentence,
    gap_sentence,
    rate_gap_sentence,
    rounded_gap_sentence,
)
from amhe_tui.analysis.gaps.shares import difference_newcombe, difference_of_estimates, ratio_katz
from amhe_tui.analysis.gaps.standardised import Age, SameAges, same_ages

EVERYONE_ELSE = "everyone else"


AVERAGE = "average"


LEAST = 20
"""A group rests on at least so many people before the program itself points at it; a person may still choose any."""


_HIDDEN = ("suppressed", "hidden")


@dataclass(frozen=True)
class Reading:
    """What a breakdown says of one group.

    Attributes:
        words: All of it as sentences.
        group: The group it is about, or "" where no gap can be told.
        compared_with: The name of whom it is compared with, in words.
        value, compared_value: The two figures, in the unit of the indicator.
        gap: What chance is judged by: the difference of two shares (in fractions) or figures, the ratio of two rates; None without counts or limits.
        difference, ratio: The group less, and over, the comparison, with limits where they exist; the difference in the unit of the indicator.
        sentence: The gap alone.
        people: The people behind the gap, where it is wider than chance.
    """

    words: str
    group: str = ""
    compared_with: str = ""
    value: float | None = None
    compared_value: float | None = None
    gap: Gap | None = None
    difference: Gap | None = None
    ratio: Gap | None = None
    sentence: str = ""
    people: PeopleBehind | None = None


def groups_of(breakdown: Breakdown, level: str = "") -> tuple[BreakdownRow, ...]:
    """Return the rows a gap can be read from: groups that are known and have a figure, of one level; of the broad one if there is one and none is asked for."""
    # Where every broad group is hidden, the detailed ones still have something to tell.
    return known_groups(breakdown.rows, level, usable=lambda row: _has_figure(breakdown, row))


def counts_of(row: BreakdownRow) -> tuple[float, float] | None:
    """Return the counts behind a row's figure, if both are there."""
    if row.numerator is None or row.denominator is None or row.numerator < 0 or row.denominator <= 0:
        return None
    return row.numerator, row.denominator


def _has_figure(breakdown: Breakdown, row: BreakdownRow) -> bool:
    return row.value is not None and is_possible(row.value, breakdown.statistic)


def _others(
    breakdown: Breakdown, group: BreakdownRow, among: frozenset[str] | None = None
) -> tuple[BreakdownRow, bool] | None:
    """Return everyone else of the same level taken together, from counts, and whether some of them have none; the unknown are nobody's comparison."""
    rest = [
        row
        for row in known_groups(breakdown.rows, group.level)
        if row.group != group.group and (among is None or row.group in among)
    ]
    counts = [pair for row in rest if (pair := counts_of(row)) is not None]
    if not counts or breakdown.kind not in ("share", "rate") or is_overlapping(breakdown, group.level):
        return None
    top, bottom = sum(pair[0] for pair in counts), sum(pair[1] for pair in counts)
    everyone = BreakdownRow(EVERYONE_ELSE, group.level, breakdown.scale * top / bottom, "ok", top, bottom, None, None)
    return everyone, len(counts) < len(rest)


def is_overlapping(breakdown: Breakdown, level: str) -> bool:
    """Tell whether people can be in several of the groups of a level, such as kinds of disability: the groups add up to more than everybody."""
    whole = next((pair for row in breakdown.rows if row.level == "total" and (pair := counts_of(row))), None)
    bottoms = [pair[1] for row in breakdown.rows if row.level == level and (pair := counts_of(row))]
    return whole is not None and sum(bottoms) > most_of_parts(whole[1], len(bottoms))


def most_of_parts(whole: float, parts: int) -> float:
    """Return how much the parts of a whole can add up to at most, as all of them may be rounded."""
    return whole * (1 + SLACK) + ROUNDED_TO / 2 * (parts + 1)


SLACK = 0.01
"""By so much, besides rounding, groups may add up to more than everybody before they are taken to overlap."""


def comparison(
    breakdown: Breakdown, group: BreakdownRow, compared_with: str, *, among: frozenset[str] | None = None
) -> tuple[BreakdownRow, Compared] | None:
    """Return whom a group is compared with: everyone else (or some of them), the average of the area, or a named group."""
    if compared_with == EVERYONE_ELSE:
        others = _others(breakdown, group, among)
        return None if others is None else (others[0], Compared("everyone else", partly=others[1]))
    if compared_with == AVERAGE:
        total = next((row for row in breakdown.rows if row.level == "total" and _has_figure(breakdown, row)), None)
        return None if total is None else (total, Compared("average", breakdown.area or "this place"))
    named = next((row for row in breakdown.rows if row.group == compared_with and _has_figure(breakdown, row)), None)
    return None if named is None else (named, Compared("group", called(named.group, breakdown)))


def usual_comparison(breakdown: Breakdown, level: str = "") -> str:
    """Return whom groups are compared with where nobody has chosen: the group a person named for this indicator, everyone else, else the average."""
    breakdown = with_figures_of_ranges(breakdown)
    groups = groups_of(breakdown, level)
    if any(row.group == breakdown.known.reference for row in groups):
        return breakdown.known.reference
    if any(comparison(breakdown, row, EVERYONE_ELSE) is not None for row in groups):
        return EVERYONE_ELSE
    return (
        AVERAGE
        if any(row.level == "total" and _has_figure(breakdown, row) for row in breakdown.rows)
        else EVERYONE_ELSE
    )


def _widest(breakdown: Breakdown, compared_with: str, level: str) -> BreakdownRow | None:
    """Return the group that fares worst against the comparison, or stands furthest from it where no way is better."""
    better = breakdown.known.higher_is_better
    best: tuple[tuple[float, bool], BreakdownRow] | None = None
    for row in groups_of(breakdown, level):
        other = comparison(breakdown, row, compared_with)
        counts = counts_of(row)
        few = counts is not None and counts[1] < LEAST
        if other is None or row.group == compared_with or few:
            continue
        distance = (row.value or 0) - (other[0].value or 0)
        worse = abs(distance) if better is None else -distance if better else distance
        # Of two that are equally far, the one with the lower figure, such as the one that is reached less.
        if best is None or (worse, distance < 0) > best[0]:
            best = ((worse, distance < 0), row)
    return None if best is None else best[1]


def reading_of(
    breakdown: Breakdown,
    *,
    group: str = "",
    compared_with: str = EVERYONE_ELSE,
    level: str = "",
    unsure: bool = False,
    small: bool = False,
) -> Reading:
    """Read a breakdown for one group, or for the one that fares worst.

    Bare counts have no gap of their own: how many is not how likely. ``unsure`` says that the gap is one of so many that it may be chance, whatever its own limits say;
    ``small`` that it is narrower than matters, so that nobody counts the people behind it.
    """
    tail = f"{unknown_words(breakdown)} {cannot_tell(breakdown, level)}".strip()
    breakdown = with_figures_of_ranges(breakdown)
    if breakdown.kind == "count":
        return Reading(
            f"These are counts: how many, not how likely. Compare them with how many people live here. {tail}"
        )
    about = _row_called(breakdown, group, level) if group else None
    about = about or _widest(breakdown, compared_with, level)
    other = None if about is None or about.group == compared_with else comparison(breakdown, about, compared_with)
    if about is None or other is None or about.value is None or other[0].value is None:
        return Reading(f"No gap can be read from these figures: {_why_none(breakdown, compared_with, level)} {tail}")
    row, compared = other
    saying = saying_of(breakdown, about, row, compared_with)
    difference, ratio = gap_of(breakdown, about, row) if saying.size else (None, None)
    if rounding_of(breakdown) > 1:
        difference, ratio = _as_judged(difference, saying), _as_judged(ratio, saying)
        tail = f"{tail} {ROUNDED}"
    gap = ratio if breakdown.kind == "rate" else difference
    if unsure:
        gap = gap and replace(gap, judged=False if gap.beyond_chance else None)
        saying = replace(saying, beyond=False if saying.beyond else saying.beyond)
    sentence = (
        _SENTENCES[breakdown.kind](breakdown, about, row, compared, gap)
        if saying.size
        else _less(breakdown, about, row, compared, saying)
    )
    people = None
    # Of few people, the group or those it is compared with, the share is too loose to be multiplied.
    many = all(each.denominator is not None and each.denominator >= LEAST for each in (about, row))
    sure = gap is not None and gap.beyond_chance and not (unsure or small)
    if saying.size and many and sure and _is_at_same_ages(breakdown, about, row, compared_with):
        people = people_behind(breakdown, about, row, difference)
    if people is not None:
        events = (breakdown.known.events or "events like these") if breakdown.kind == "rate" else ""
        said = people_sentence(people, group=called(about.group, breakdown), compared=compared, events=events)
        sentence = f"{sentence} {said}"
    sentence = f"{sentence} {age_words(breakdown, about, row, compared_with, saying)}".strip()
    name = {"everyone else": EVERYONE_ELSE, "average": f"the average of {breakdown.area}"}.get(
        compared.kind, compared.name
    )
    return Reading(
        f"{sentence} {tail}",
        about.group,
        name,
        about.value if saying.size else None,
        row.value if saying.size else None,
        gap,
        _in_unit(breakdown, difference),
        ratio,
        sentence,
        people,
    )


def _is_at_same_ages(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared_with: str) -> bool:
    """Tell whether a gap is still there, the same way and wider than chance, with age taken out of it; true where that cannot be looked at."""
    same = ages_of(breakdown, about, compared_with) if breakdown.by_age else None
    if same is None or same.difference is None or same.difference.value is None:
        return True
    return (
        same.difference.beyond_chance is True
        and same.difference.value * ((about.value or 0.0) - (other.value or 0.0)) > 0
    )


ROUNDED = "Counts are rounded, so figures of small groups can be several points off; direction and chance are judged on the true counts."


NOT_ADJUSTED = "Not adjusted for age."


def ages_of(breakdown: Breakdown, about: BreakdownRow, compared_with: str, *, true: bool = False) -> SameAges | None:
    """Return a gap with age taken out of it, in the unit of the indicator; by the true counts where asked and they are at hand."""
    ages: list[Age] = []
    asked = EVERYONE_ELSE if compared_with == AVERAGE else compared_with
    for stratum in breakdown.by_age or ():
        judge = stratum.judge
        figures = judge.figures if true and isinstance(judge, TrueCounts) else stratum
        row = next((row for row in figures.rows if row.group == about.group and row.level == about.level), None)
        # Against an average that a group is part of, the question is that against everyone else.
        other = None if row is None else comparison(figures, row, asked)
        mine, theirs = (None if each is None else counts_of(each) for each in (row, other and other[0]))
        if mine is None or theirs is None:
            return None  # an age that is not there, or hidden, would leave the others to say something else
        ages.append(Age(stratum.within.partition(": ")[2], *mine, *theirs))
    own = counts_of(about)
    if own is None or not ages or abs(sum(age.total for age in ages) - own[1]) > _AGES_MISSED * own[1]:
        return None  # ages that overlap, or do not make up everybody
    return same_ages(ages, multiplier=breakdown.scale)


_AGES_MISSED = 0.1
"""By so much the people of all ages may differ from everybody: some have no age, and counts are rounded."""


def age_words(
    breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared_with: str, saying: Saying
) -> str:
    """Return what becomes of a gap with age taken out of it, or that nobody has done so."""
    if breakdown.by_age is None or breakdown.kind not in ("share", "rate"):
        return "" if breakdown.by_age is None else NOT_ADJUSTED
    same = ages_of(breakdown, about, compared_with)
    if same is None or same.difference is None or same.difference.value is None:
        return NOT_ADJUSTED
    if rounding_of(breakdown) > 1 and not _holds(same, ages_of(breakdown, about, compared_with, true=True)):
        return f"{NOT_ADJUSTED[:-1]}: the counts at each age are rounded, and too few."
    crude = (about.value or 0) - (other.value or 0) if saying.size else 0.0
    per = 100 if breakdown.kind == "share" else round(breakdown.scale)
    named = compared_with not in (AVERAGE, EVERYONE_ELSE)
    against = Compared("group", called(other.group, breakdown)) if named else Compared("everyone else")
    return ages_sentence(same, scale=per / breakdown.scale, per=per, crude=crude, against=against.words)


def _holds(shown: SameAges, true: SameAges | None) -> bool:
    """Tell whether the true counts bear out what rounded ones say of a gap at the same ages."""
    if true is None or true.difference is None or shown.difference is None:
        return False
    mine, theirs = shown.difference.value or 0.0, true.difference.value or 0.0
    alike = theirs != 0 and 1 / CLOSE <= mine / theirs <= CLOSE
    directions = [age.direction for age in shown.ages] == [age.direction for age in true.ages]
    return alike and directions and shown.difference.beyond_chance == true.difference.beyond_chance


def _as_judged(gap: Gap | None, saying: Saying) -> Gap | None:
    """Return a gap of rounded counts with the judgement of the true ones; limits that say otherwise are left out."""
    if gap is None:
        return None
    bare = replace(gap, lower=None, upper=None)
    if saying.beyond is None:
        return bare
    return replace(gap if gap.beyond_chance == saying.beyond else bare, judged=saying.beyond)


def _less(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared: Compared, saying: Saying) -> str:
    """Return the sentence of a gap whose rounded figures cannot carry its numbers."""
    way = (about.value or 0) - (other.value or 0)
    return rounded_gap_sentence(
        group=called(about.group, breakdown),
        compared=compared,
        figure=breakdown.indicator,
        direction=((way > 0) - (way < 0)) if saying.direction else 0,
        beyond=saying.beyond,
        higher_is_better=breakdown.known.higher_is_better,
    )


def _row_called(breakdown: Breakdown, group: str, level: str) -> BreakdownRow | None:
    rows = [row for row in breakdown.rows if row.group == group and _has_figure(breakdown, row)]
    return next((row for row in rows if row.level == level), rows[0] if rows else None)


def _why_none(breakdown: Breakdown, compared_with: str, level: str) -> str:
    groups = groups_of(breakdown, level)
    if len(groups) < 2:
        return "fewer than two groups have one." if groups else "no group has one."
    if compared_with == AVERAGE:
        return "there is no figure for everybody here to compare with."
    if compared_with == EVERYONE_ELSE and is_overlapping(breakdown, groups[0].level):
        return (
            "people can be in several of these groups, so everyone else cannot be added up. Compare with the average."
        )
    if compared_with == EVERYONE_ELSE:
        return "there are no counts behind them, so everyone else cannot be taken together. Compare with a named group."
    return f"{compared_with} has no figure, or is the group itself."


def gap_of(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow) -> tuple[Gap | None, Gap | None]:
    """Return the difference and the ratio of two rows with limits from their counts, else the difference from their own limits.

    A group that is part of its comparison, such as of the average, is judged against the rest of it. The difference of shares is in fractions. Both are None
    where the counts are unsound.
    """
    mine, theirs = counts_of(about), counts_of(other)
    part = other.level == "total" != about.level or (about.parent is not None and about.parent == other.group)
    if mine is None or theirs is None:
        errors = [about.standard_error, other.standard_error]
        known = breakdown.kind != "count" and None not in errors
        scale = 100.0 if breakdown.statistic == "percentage" else 1.0
        return (
            (difference_of_part if part else difference_of_estimates)(
                (about.value or 0) / scale,
                (errors[0] or 0) / scale,
                (other.value or 0) / scale,
                (errors[1] or 0) / scale,
            )
            if known
            else None
        ), None
    if part:
        rest = theirs[0] - mine[0], theirs[1] - mine[1]
        if rest[1] <= 0 or rest[0] < 0 or (breakdown.kind == "share" and (mine[0] > mine[1] or rest[0] > rest[1])):
            return None, None
        pair = part_of_whole(*mine, *rest, multiplier=breakdown.scale if breakdown.kind == "rate" else None)
    elif breakdown.kind == "rate":
        pair = rate_difference(*mine, *theirs, multiplier=breakdown.scale), rate_ratio(*mine, *theirs)
    elif mine[0] > mine[1] or theirs[0] > theirs[1]:
        return None, None
    else:
        pair = difference_newcombe(*mine, *theirs), ratio_katz(*mine, *theirs)
    mine_shown, theirs_shown = about.value or 0.0, other.value or 0.0
    apart = (mine_shown - theirs_shown) / (100.0 if breakdown.statistic == "percentage" else 1.0)
    times = mine_shown / theirs_shown if theirs_shown else None
    return _holding(pair[0], apart), _holding(pair[1], times)


def _holding(gap: Gap, published: float | None) -> Gap:
    """Return a gap from counts with the published figures' own value; counts are rounded, so that its limits are widened to hold it."""
    if published is None or gap.value is None or gap.lower is None or gap.upper is None:
        return gap
    return replace(gap, value=published, lower=min(gap.lower, published), upper=max(gap.upper, published))


def _in_unit(breakdown: Breakdown, gap: Gap | None) -> Gap | None:
    """Return a difference in the unit of the indicator."""
    if gap is None or breakdown.statistic != "percentage":
        return gap
    value, lower, upper = (None if number is None else 100 * number for number in (gap.value, gap.lower, gap.upper))
    return Gap(value, lower, upper, gap.neutral, gap.method, gap.confidence, gap.reason)


# --- sentences -------------------------------------------------------------------------------------------------------------------------------------


def _share(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared: Compared, gap: Gap | None) -> str:
    known, scale = breakdown.known, 100 / SHARES[breakdown.statistic]
    return gap_sentence(
        group=called(about.group, breakdown),
        compared=compared,
        wording=Wording(
            known.denominator_words or "people counted",
            known.outcome_words or f"came under “{breakdown.indicator}”",
            known.higher_is_better,
        ),
        value=_at_the_edge(about, SHARES[breakdown.statistic]) * scale,
        comparison_value=_at_the_edge(other, SHARES[breakdown.statistic]) * scale,
        gap=gap,
    )


def _at_the_edge(row: BreakdownRow, whole: float) -> float:
    """Return a share as published, but where rounding made none or all of what its counts say is some or nearly all."""
    value, counts = row.value or 0.0, counts_of(row)
    if counts is None or value not in (0, whole) or not 0 < counts[0] < counts[1]:
        return value
    exact = whole * counts[0] / counts[1]
    return exact if abs(exact - value) <= _ROUNDED_AWAY * whole else value


_ROUNDED_AWAY = 0.005
"""Of a share, so much may be lost in a figure that is published whole."""


def _rate(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared: Compared, gap: Gap | None) -> str:
    known = breakdown.known
    if not known.per:
        return _figure(breakdown, about, other, compared, None)
    return rate_gap_sentence(
        group=called(about.group, breakdown),
        compared=compared,
        denominator=known.denominator_words or "people",
        events=known.events or f"counted under “{breakdown.indicator}”",
        per=known.per,
        value=about.value or 0,
        comparison_value=other.value or 0,
        gap=gap,
        higher_is_better=known.higher_is_better,
    )


def _figure(breakdown: Breakdown, about: BreakdownRow, other: BreakdownRow, compared: Compared, gap: Gap | None) -> str:
    return figure_gap_sentence(
        group=called(about.group, breakdown),
        compared=compared,
        figure=breakdown.indicator,
        value=about.value or 0,
        comparison_value=other.value or 0,
        gap=gap,
        higher_is_better=breakdown.known.higher_is_better,
    )


_NO_NAMES = (
    "none",
    "no",
    "yes",
    "other",
    "all other",
    "any other",
    "unknown",
    "nan",
    "null",
    "n/a",
    "na",
    "true",
    "false",
)


def called(group: str, breakdown: Breakdown) -> str:
    """Return a group as a sentence names it: with its characteristic where its label alone says nothing, such as None or Yes."""
    bare = group.strip()
    if bare.casefold() not in _NO_NAMES and not bare.isdigit():
        return group
    by = breakdown.characteristic if breakdown.characteristic.isupper() else breakdown.characteristic.lower()
    return f"“{bare}” ({by})"


_Sentence = Callable[[Breakdown, BreakdownRow, BreakdownRow, Compared, Gap | None], str]


_SENTENCES: dict[str, _Sentence] = {"share": _share, "rate": _rate, "mean": _figure}


def unknown_words(breakdown: Breakdown) -> str:
    """Return the sentence on the people whose characteristic is not known."""
    name = breakdown.characteristic if breakdown.characteristic.isupper() else breakdown.characteristic.lower()
    if breakdown.completeness is None:
        return f"How many people's {name} is unknown cannot be told from this file."
    missing = 100 * (1 - breakdown.completeness)
    if missing < 0.05:
        return f"Everybody's {name} is known here."
    share = "fewer than 1" if missing < 1 else "more than 99" if 99 < missing < 100 else f"{missing:.0f}"
    return f"The {name} of {share} of every 100 people is not known, and this does not speak for them."


def cannot_tell(breakdown: Breakdown, level: str = "") -> str:
    """Return what these figures cannot tell, of the groups of one level if it is given."""
    sentences = "This cannot tell why."
    levels = (level,) if level else ("broad", "detailed")
    wrong = [
        row
        for row in breakdown.rows
        if row.level in levels and row.value is not None and not _has_figure(breakdown, row)
    ]
    if wrong:
        examples = ", ".join(f"{row.group} {row.value:g}" for row in wrong[:3])
        sentences += f" {len(wrong)} {'figure' if len(wrong) == 1 else 'figures'} cannot be right, and nothing is read from {'it' if len(wrong) == 1 else 'them'} ({examples})."
    empty = [row.status for row in breakdown.rows if row.level in levels and row.value is None]
    bare = sum(1 for status in empty if status == NO_COUNTS)
    if bare:
        have, they = (
            ("has no counts behind its figure", "it is hidden")
            if bare == 1
            else ("have no counts behind their figures", "they are hidden")
        )
        sentences += f" {bare} of the groups {have}, so nobody can tell how few people that is about, and {they}."
    empty = [status for status in empty if status != NO_COUNTS]
    ranges = sum(map(is_range, empty))
    if ranges:
        groups = f"{ranges} of the groups {'is' if ranges == 1 else 'are'} given as a range"
        sentences += f" {groups}, as rounding would put groups of so few people in the wrong order."
    empty = [status for status in empty if not is_range(status)]
    hidden = sum(1 for status in empty if status.startswith(_HIDDEN))
    if hidden:
        only_one = hidden == 1
        few = "few people are in it" if only_one else "few people are in them"
        sentences += f" {hidden} of the groups {'is' if only_one else 'are'} hidden: {few}, or another that few are in would follow."
    others = Counter(status for status in empty if not status.startswith(_HIDDEN))
    if others:
        reasons = ", ".join(f"{number} {status}" for status, number in others.most_common())
        sentences += f" {sum(others.values())} {'has' if others.total() == 1 else 'have'} no figure ({reasons})."
    return sentences
