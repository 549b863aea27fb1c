"""Say a gap in a sentence that a lay person reads correctly.

The words follow three rules. The two groups never share one "of every 100", or their numbers would be added up. The
numbers shown agree with each other: the gap is the difference of what is printed. And more or fewer is said of the
outcome itself, so that it means the same whether a high figure is good or bad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from amhe_tui.analysis.estimates.results import Gap
from amhe_tui.analysis.gaps.standardised import SameAges

ComparisonKind = Literal["group", "everyone else", "average"]


@dataclass(frozen=True, slots=True)
class Compared:
    """Whom a group is compared with.

    ``kind`` "group" is a named group, "everyone else" needs no ``name``, and "average" is that of the area or country
    whose ``name`` is given. ``partly`` says that some of everyone else have no figure and are left out.
    """

    kind: ComparisonKind
    name: str = ""
    partly: bool = False

    @property
    def words(self) -> str:
        """The comparison as it follows a number, such as "in the group White" or "in England as a whole"."""
        if self.kind == "everyone else":
            return "among everyone else whose figure is known" if self.partly else "among everyone else"
        return f"in {self.name} as a whole" if self.kind == "average" else f"in the group {self.name}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an indicator that is a share of people.

    ``denominator`` names the people it counts, in full ("people treated who began unwell enough to be able to
    recover"); ``outcome`` is what some of them did, in the past tense ("recovered"). ``higher_is_better`` is None where
    nobody has said.
    """

    denominator: str
    outcome: str
    higher_is_better: bool | None = None


def _rounded(value: float, places: int) -> Decimal:
    """Round half away from zero, as people do."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)  # nothing has no sign


def _figure(value: float, shown: Decimal, whole: int = 0) -> str:
    """Return a figure as printed; what rounds to nothing, or to all of a whole, without being it is not printed as that, and what is it has no decimals."""
    if value == 0 or (whole and value == whole):
        return f"{whole if value else 0:,}"
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    if shown == 0 and value > 0:
        return f"fewer than {step}"
    return f"more than {shown:,}" if whole and shown == whole - step and value > shown + step / 2 else f"{shown:,}"


def _below(value: float, shown: Decimal, whole: int) -> Decimal:
    """Return what is printed of a figure below a whole: never the whole itself."""
    return shown - Decimal(1).scaleb(int(shown.as_tuple().exponent)) if shown >= whole > value else shown


def _is_edge(value: float, whole: int) -> bool:
    """Tell whether a figure is so near to none, or to all, that a whole number would make much more or less of it than it is."""
    return (0 < value < _EDGE or (whole > 0 and whole - _EDGE < value < whole)) and value % 1 > 0


_EDGE = 2


def _places(value: float, other: float, whole: int = 0) -> int:
    """Return 0 or 1 decimal places: none where whole numbers say the same gap and hide neither a group nor a gap."""
    shown, other_shown = _rounded(value, 0), _rounded(other, 0)
    if value == other:
        return 0 if shown == value else 1
    vanished = (shown == 0 and value > 0) or (other_shown == 0 and other > 0)
    true_gap = _rounded(abs(value - other), 0)
    if any(_is_edge(figure, whole) for figure in (value, other)):
        return 1
    return 1 if vanished or shown == other_shown or abs(shown - other_shown) != true_gap else 0


def _base(value: float, other: float) -> int:
    """Return of how many people to speak: 100, or more where the percentages are so low that whole people need it."""
    highest = max(value, other)
    lowest = min((figure for figure in (value, other) if figure > 0), default=0.0)
    base = 100
    while base < 100_000 and (0 < highest < 1 or (0 < lowest < 1 and highest < 10)):
        base, highest, lowest = base * 10, highest * 10, lowest * 10
    return base


def _chance(value: float, other: float, gap: Gap | None) -> str:
    if value == other:
        return ""
    return _CHANCE[gap.beyond_chance if gap is not None else None]


_CHANCE = {
    None: ", though these figures cannot show whether that is more than chance",
    True: ", a wider gap than chance alone would give",
    False: ", but too close to tell from chance",
}


def _check(value: float, other: float, gap: Gap | None) -> None:
    if not (math.isfinite(value) and math.isfinite(other)):
        raise ValueError("A sentence about a gap needs two figures.")
    if gap is not None and gap.direction is not None and gap.direction * (value - other) < 0:
        raise ValueError("The gap and the two figures point in different directions.")


def _apart(value: float, other: float, shown: Decimal, other_shown: Decimal, more: str, fewer: str, unit: str) -> str:
    """Return the gap in words from the printed figures, such as "7 fewer of every 100"."""
    if value == other:
        return "no difference in these figures"
    way = more if value > other else fewer
    if shown == other_shown:
        return f"{way} by less than {Decimal(1).scaleb(int(shown.as_tuple().exponent))}{unit}"
    return f"{abs(shown - other_shown):,} {way}{unit}"


def _better(higher_is_better: bool | None) -> str:
    if higher_is_better is None:
        return ""
    return (
        " For this measure, the higher the figure the better."
        if higher_is_better
        else " For this measure, the lower the figure the better."
    )


def gap_sentence(
    *, group: str, compared: Compared, wording: Wording, value: float, comparison_value: float, gap: Gap | None
) -> str:
    """Return one plain sentence on the shares of two groups, both percentages from 0 to 100.

    ``gap`` judges chance by its limits (None, or one without limits: the sentence says that it cannot be told). Where
    the polarity of the measure is known, a second sentence states it; it never changes the first.

    Raises:
        ValueError: A figure is not a percentage, or the gap points another way than the figures.
    """
    _check(value, comparison_value, gap)
    if not (0 <= value <= 100 and 0 <= comparison_value <= 100):
        raise ValueError("The figures must be percentages from 0 to 100.")
    base = _base(value, comparison_value)
    mine, theirs = value * base / 100, comparison_value * base / 100
    places = _places(mine, theirs, base)
    shown, other_shown = (_below(figure, _rounded(figure, places), base) for figure in (mine, theirs))
    among = f"Among {wording.denominator}, {_figure(mine, shown, base)} of every {base:,} in the group {group} {wording.outcome}"
    against = f"against {_figure(theirs, other_shown, base)} of every {base:,} {compared.words}"
    apart = _apart(mine, theirs, shown, other_shown, "more", "fewer", f" of every {base:,}")
    return f"{among}, {against}: {apart}{_chance(value, comparison_value, gap)}.{_better(wording.higher_is_better)}"


def rate_gap_sentence(
    *,
    group: str,
    compared: Compared,
    denominator: str,
    events: str,
    per: int,
    value: float,
    comparison_value: float,
    gap: Gap | None,
    higher_is_better: bool | None = None,
) -> str:
    """Return one plain sentence on the rates of two groups.

    Both are ``events`` ("detentions") for every ``per`` of the ``denominator`` ("people living there").

    A person can have several events, so the sentence counts events, not people. A ``gap`` that is a ratio of at least
    1.5 is said as "3.0 times as many".

    Raises:
        ValueError: A rate is below 0, or the gap points another way than the figures.
    """
    _check(value, comparison_value, gap)
    if value < 0 or comparison_value < 0:
        raise ValueError("A rate cannot be below zero.")
    places = _places(value, comparison_value)
    shown, other_shown = _rounded(value, places), _rounded(comparison_value, places)
    if gap is not None and gap.neutral == 1 and gap.value is not None and gap.value >= 1.5:
        apart = f"{_rounded(gap.value, 1)} times as many"
    else:
        apart = _apart(value, comparison_value, shown, other_shown, "more", "fewer", f" for every {per:,}")
    there = f"there was {shown} {_singular(events)}" if shown == 1 else f"there were {_figure(value, shown)} {events}"
    whom = (
        f"{per:,} people in the group {group}"
        if denominator == "people"
        else f"{per:,} in the group {group} ({denominator})"
    )
    statement = f"For every {whom}, {there}"
    against = f"against {_figure(comparison_value, other_shown)} for every {per:,} {compared.words}"
    return f"{statement}, {against}: {apart}{_chance(value, comparison_value, gap)}.{_better(higher_is_better)}"


def _singular(events: str) -> str:
    """Return the events of one, such as "detention" of "detentions"; other words stay."""
    first, space, rest = events.partition(" ")
    if first.endswith("ies"):
        first = f"{first.removesuffix('ies')}y"
    elif first.endswith(("sses", "ches", "shes", "xes")):
        first = first.removesuffix("es")
    elif first.endswith("s") and not first.endswith(("ss", "us", "is")):
        first = first.removesuffix("s")
    return f"{first}{space}{rest}"


_MOST_PLACES = 4


def _enough_places(value: float, other: float) -> int:
    """Return how many decimal places it takes, from one on, that neither figure vanishes and two that differ are not printed alike."""
    for places in range(1, _MOST_PLACES):
        shown, other_shown = _rounded(value, places), _rounded(other, places)
        vanished = (not shown and value) or (not other_shown and other)
        if not vanished and (shown != other_shown or value == other):
            return places
    return _MOST_PLACES


def mean_gap_sentence(
    *,
    group: str,
    compared: Compared,
    quantity: str,
    unit: str,
    value: float,
    comparison_value: float,
    gap: Gap | None,
    higher_is_better: bool | None = None,
) -> str:
    """Return one plain sentence on the averages of two groups.

    Both are in ``unit`` ("days") of a ``quantity`` ("the wait for a first appointment").

    Raises:
        ValueError: A figure is not finite, or the gap points another way than the figures.
    """
    _check(value, comparison_value, gap)
    places = _enough_places(value, comparison_value)
    shown, other_shown = _rounded(value, places), _rounded(comparison_value, places)
    apart = _apart(value, comparison_value, shown, other_shown, "more", "less", "")
    if value != comparison_value and shown != other_shown:
        apart = f"{abs(shown - other_shown):,} {unit} {'more' if value > comparison_value else 'less'}"
    first = f"On average {quantity} was {shown:,} {unit} in the group {group}"
    against = f"against {other_shown:,} {unit} {compared.words}"
    return f"{first}, {against}: {apart}{_chance(value, comparison_value, gap)}.{_better(higher_is_better)}"


def figure_gap_sentence(
    *,
    group: str,
    compared: Compared,
    figure: str,
    value: float,
    comparison_value: float,
    gap: Gap | None,
    higher_is_better: bool | None = None,
) -> str:
    """Return one plain sentence on two figures of which nothing is known but the name, such as a score or a median.

    Raises:
        ValueError: A figure is not finite, or the gap points another way than the figures.
    """
    _check(value, comparison_value, gap)
    places = _enough_places(value, comparison_value)
    shown, other_shown = _rounded(value, places), _rounded(comparison_value, places)
    apart = _apart(value, comparison_value, shown, other_shown, "more", "less", "")
    first = f"The figure “{figure}” was {shown:,} in the group {group}"
    chance = _chance(value, comparison_value, gap)
    return f"{first}, against {other_shown:,} {compared.words}: {apart}{chance}.{_better(higher_is_better)}"


def rounded_gap_sentence(
    *,
    group: str,
    compared: Compared,
    figure: str,
    direction: int,
    beyond: bool | None,
    higher_is_better: bool | None = None,
) -> str:
    """Return what is left to say of two figures whose rounded counts cannot carry the numbers: the direction (1 or −1), or with 0 not even that."""
    where = f"in the group {group} than {compared.words}"
    if not direction:
        return f"Counts are rounded here, and these are too few, or too near each other, to say whether “{figure}” was higher or lower {where}."
    way = "higher" if direction > 0 else "lower"
    return f"“{figure}” was {way} {where}{_CHANCE[beyond]}. Counts are rounded here, and these are too few to say by how much.{_better(higher_is_better)}"


_MOST_AGES = 6


def ages_sentence(same: SameAges, *, scale: float, per: int, crude: float, against: str) -> str:
    """Return what becomes of a gap at the same ages, with the picture within each age where age turns it round.

    ``scale`` brings the figures to one for every ``per`` people; ``crude`` is the gap as it is printed, 0 where it is not;
    ``against`` the comparison as it follows a number.
    """
    gap, ratio = same.difference, same.ratio.estimate.value
    if gap is None or gap.value is None:
        return ""
    mine, theirs = ((each.estimate.value or 0.0) * scale for each in (same.direct, same.other_direct))
    places = _places(mine, theirs, per if per == 100 else 0)
    shown, other_shown = _rounded(mine, places), _rounded(theirs, places)
    apart = _apart(mine, theirs, shown, other_shown, "more", "fewer", f" of every {per:,}")
    expected = "" if ratio is None else f" ({ratio:.0f} for every 100 expected at the ages here)"
    still = f"{_figure(mine, shown)} of every {per:,} against {_figure(theirs, other_shown)} {against}: {apart}{_chance(mine, theirs, gap)}{expected}."
    if crude * gap.value >= 0:
        return f"At the same ages: {still}"
    return f"But age turns this round. {_within_ages(same, per)} At the same ages: {still}"


def _within_ages(same: SameAges, per: int) -> str:
    """Return the figures at each age, and whether they go one way at every one."""
    parts: list[str] = []
    for age in same.ages[:_MOST_AGES]:
        mine, theirs = per * age.count / age.total, per * age.other_count / age.other_total
        places = _places(mine, theirs)
        parts.append(f"{age.name}: {_rounded(mine, places)} against {_rounded(theirs, places)}")
    more = len(same.ages) - _MOST_AGES
    rest = f"; and {more} more" if more > 0 else ""
    way = {1: "At every age the group has more", -1: "At every age the group has fewer", 0: "It differs by age"}
    return f"{way[same.same_everywhere]} of every {per:,} ({'; '.join(parts)}{rest})."
