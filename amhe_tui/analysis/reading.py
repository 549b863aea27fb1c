"""Reading a breakdown aloud: which gap it shows, how sure, whom it leaves out and what it cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.analysis.breakdown import Breakdown, BreakdownRow
from amhe_tui.analysis.gap_words import Compared, Wording, gap_sentence
from amhe_tui.analysis.gaps import difference_newcombe
from amhe_tui.analysis.results import Gap
from amhe_tui.method.indicators import known_indicator

EVERYONE_ELSE = "everyone else"
AVERAGE = "average"
_LEAST = 20
"""A group rests on at least so many people before the program itself points at it; a person may still choose any."""


@dataclass(frozen=True)
class Reading:
    """What a breakdown says of one group.

    Attributes:
        words: All of it as sentences.
        group: The group it is about, or "" where no gap can be told.
        compared_with: The name of whom it is compared with, in words.
        value, compared_value: The two figures, in the unit of the indicator.
        gap: The difference with its limits, where there are counts behind the figures.
    """

    words: str
    group: str = ""
    compared_with: str = ""
    value: float | None = None
    compared_value: float | None = None
    gap: Gap | None = None
    sentence: str = ""


def groups_of(found: Breakdown) -> tuple[BreakdownRow, ...]:
    """Return the rows a gap can be read from: groups that are known and have a figure, on the broad level if there is one."""
    known = [row for row in found.rows if row.level in ("broad", "detailed") and row.value is not None]
    broad = tuple(row for row in known if row.level == "broad")
    return broad or tuple(known)


def _counts(row: BreakdownRow) -> tuple[float, float] | None:
    return None if row.numerator is None or not row.denominator else (row.numerator, row.denominator)


def _others(found: Breakdown, group: BreakdownRow) -> BreakdownRow | None:
    """Return everyone else of the same level taken together, from counts; the unknown are nobody's comparison."""
    rest = [row for row in groups_of(found) if row.group != group.group and row.level == group.level]
    counts = [pair for row in rest if (pair := _counts(row)) is not None]
    if not counts or len(counts) != len(rest):
        return None
    top, bottom = sum(pair[0] for pair in counts), sum(pair[1] for pair in counts)
    return BreakdownRow(
        group=EVERYONE_ELSE,
        level=group.level,
        value=100 * top / bottom,
        status="ok",
        numerator=top,
        denominator=bottom,
        lower=None,
        upper=None,
        parent=None,
    )


def comparison(found: Breakdown, group: BreakdownRow, compared_with: str) -> tuple[BreakdownRow, Compared] | None:
    """Return whom a group is compared with: everyone else, the average of the area, or a named group."""
    if compared_with == EVERYONE_ELSE:
        others = _others(found, group)
        return None if others is None else (others, Compared("everyone else"))
    if compared_with == AVERAGE:
        total = next((row for row in found.rows if row.level == "total" and row.value is not None), None)
        return None if total is None else (total, Compared("average", found.area))
    named = next((row for row in found.rows if row.group == compared_with and row.value is not None), None)
    return None if named is None else (named, Compared("group", named.group))


def _widest(found: Breakdown, compared_with: str) -> BreakdownRow | None:
    """Return the group that fares worst against the comparison, or stands furthest from it where no way is better."""
    better = known_indicator(found.indicator_id).higher_is_better
    best: tuple[float, BreakdownRow] | None = None
    for row in groups_of(found):
        other = comparison(found, row, compared_with)
        counts = _counts(row)
        if other is None or row.group == compared_with or (counts is not None and counts[1] < _LEAST):
            continue
        distance = (row.value or 0) - (other[0].value or 0)
        worse = abs(distance) if better is None else -distance if better else distance
        if best is None or worse > best[0]:
            best = (worse, row)
    return None if best is None else best[1]


def reading_of(found: Breakdown, *, group: str = "", compared_with: str = EVERYONE_ELSE) -> Reading:
    """Read a breakdown for one group, or for the one that fares worst; percentages only, as counts have no gap of their own."""
    about = next((row for row in groups_of(found) if row.group == group), None) if group else None
    tail = f"{unknown_words(found)} {cannot_tell(found)}".strip()
    if found.statistic != "percentage":
        return Reading(
            f"These are counts: how many, not how likely. Compare them with how many people live here. {tail}"
        )
    about = about or _widest(found, compared_with)
    other = None if about is None else comparison(found, about, compared_with)
    if about is None or other is None or about.value is None or other[0].value is None:
        return Reading(f"No gap can be read from these figures: too few groups have one, or they are hidden. {tail}")
    row, compared = other
    theirs = row.value or 0.0
    gap = _gap(about, row)
    sentence = gap_sentence(
        group=about.group,
        compared=compared,
        wording=_wording(found),
        value=about.value,
        comparison_value=theirs,
        gap=gap,
    )
    name = {"everyone else": EVERYONE_ELSE, "average": f"the average of {found.area}"}.get(compared.kind, compared.name)
    return Reading(f"{sentence} {tail}", about.group, name, about.value, row.value, gap, sentence)


def _gap(about: BreakdownRow, other: BreakdownRow) -> Gap | None:
    mine, theirs = _counts(about), _counts(other)
    if mine is None or theirs is None or mine[0] > mine[1] or theirs[0] > theirs[1]:
        return None
    gap = difference_newcombe(*mine, *theirs)
    published = (about.value or 0) - (other.value or 0)
    return None if gap.direction is not None and gap.direction * published < 0 else gap


def _wording(found: Breakdown) -> Wording:
    known = known_indicator(found.indicator_id)
    return Wording(
        known.denominator_words or "people counted",
        known.outcome_words or f"are counted under “{found.indicator}”",
        known.higher_is_better,
    )


def unknown_words(found: Breakdown) -> str:
    """Return the sentence on the people whose characteristic is not known."""
    if found.completeness is None:
        return f"How many people's {found.characteristic.lower()} is unknown cannot be told from this file."
    missing = 100 * (1 - found.completeness)
    if missing < 0.05:
        return f"Everybody's {found.characteristic.lower()} is known here."
    share = "fewer than 1" if missing < 1 else f"{missing:.0f}"
    return f"The {found.characteristic.lower()} of {share} of every 100 people is not known, and this does not speak for them."


def cannot_tell(found: Breakdown) -> str:
    """Return what these figures cannot tell."""
    hidden = sum(1 for row in found.rows if row.status == "suppressed")
    words = "This cannot tell why."
    return (
        f"{words} {hidden} of the groups {'is' if hidden == 1 else 'are'} hidden because few people are in {'it' if hidden == 1 else 'them'}."
        if hidden
        else words
    )
