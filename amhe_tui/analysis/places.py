"""Places side by side: each one's figure against the limits of a funnel, and what of that may be said where counts are shown rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from amhe_tui.analysis.breakdown import BreakdownRow, Kind, is_possible
from amhe_tui.analysis.disclosure.breakdown import Disclosed
from amhe_tui.analysis.disclosure.order import is_range, printed
from amhe_tui.analysis.estimates.funnel import (
    Funnel,
    FunnelPoint,
    Standing,
    funnel_of_proportions,
    funnel_of_rates,
    point_of_proportions,
    point_of_rates,
)
from amhe_tui.text import first_of

Role = Literal["whole", "chosen", "peer", ""]
"""What a place is among the others: the country or whatever the places are parts of, the one that is meant, one it is set beside."""

_NAMED = 4
_NEAR, _FAR = 0.05, 0.002
"""The parts of places that chance alone puts outside the 95 % and the 99.8 % limits."""
_SIDES = {Standing.LOW_FAR: -2, Standing.LOW: -1, Standing.WITHIN: 0, Standing.HIGH: 1, Standing.HIGH_FAR: 2}
_BY_SIDE = {side: standing for standing, side in _SIDES.items()}

_SHOWN = ("value", "lower", "upper", "numerator", "denominator", "status")

TOO_ROUNDED = "rounded counts cannot tell"
NO_COUNTS = "no counts to judge by"
STANDING_WORDS = {
    Standing.LOW_FAR: "below the 99.8% limits",
    Standing.LOW: "below the 95% limits",
    Standing.WITHIN: "within the limits",
    Standing.HIGH: "above the 95% limits",
    Standing.HIGH_FAR: "above the 99.8% limits",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        name: What it is called.
        role: What it is among the others.
        row: Its figure, as the audience may see it, under its own name.
        true: The same as the file has it, which judges the one shown; taken out with that, so that no face ever holds it.
    """

    name: str
    role: Role
    row: BreakdownRow
    true: BreakdownRow | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PlacedPlace:
    """One place against the limits: where it stands, or in a few words why nobody can say, and the limits for a place of its size."""

    place: Place
    standing: Standing | None
    why: str = ""
    limits: FunnelPoint | None = None

    @property
    def words(self) -> str:
        """Where it stands, in words; "" where it has no figure."""
        return STANDING_WORDS[self.standing] if self.standing is not None else self.why


@dataclass(frozen=True)
class Places:
    """The places of one kind, side by side, as an audience may see them.

    Attributes:
        figures: Their figures, a row for each place in the order of ``placed``.
        kind: What sort of places they are, as the file calls it; "" where it does not say.
        group: Whose figures they are; "" for everybody.
        placed: The whole first, then the place that is meant, its peers, and the others from the highest figure.
        baseline: The figure the funnel is around, in the unit of the figures; None where there is none.
        around: Whose figure that is; "" for all the places shown together.
        method: The id of how the limits were worked out; "" where there are none.
        left_out: How many further places there are no room for.
    """

    figures: Disclosed
    kind: str
    group: str
    placed: tuple[PlacedPlace, ...]
    baseline: float | None
    around: str
    method: str
    left_out: int = 0

    @property
    def words(self) -> str:
        """Which places lie outside the limits, and how many would by chance alone."""
        parts = [self._meant(), self._outside(), self._unsaid()]
        if self.left_out:
            parts.append(f"{self.left_out:,} more places of this kind are not shown.")
        parts.append("This cannot tell why: places differ in who lives there, and in how they count.")
        return " ".join(part for part in parts if part)

    def rows(self) -> list[dict[str, object]]:
        """Return a row for each place, as the command line prints it."""
        rows: list[dict[str, object]] = []
        for one in self.placed:
            row, limits = printed(one.place.row), one.limits
            ends = (None,) * 4 if limits is None else (limits.lower, limits.upper, limits.lower_far, limits.upper_far)
            rows.append(
                {
                    "place": one.place.name,
                    "role": one.place.role,
                    **{name: getattr(row, name) for name in _SHOWN},
                    "standing": "" if one.standing is None else one.standing.value,
                    "words": one.words,
                    **dict(
                        zip(("funnel_lower", "funnel_upper", "funnel_lower_far", "funnel_upper_far"), ends, strict=True)
                    ),
                }
            )
        return rows

    def to_json(self) -> dict[str, object]:
        """Return them as the command line prints them."""
        return {
            "indicator": self.figures.indicator_id,
            "period": self.figures.period,
            "kind": self.kind,
            "group": self.group,
            "around": self.around,
            "baseline": self.baseline,
            "method": self.method,
            "places": self.rows(),
            "sentence": self.words,
        }

    @property
    def compared(self) -> list[PlacedPlace]:
        """The places that the funnel is about: all but the whole they are parts of."""
        return [one for one in self.placed if one.place.role != "whole"]

    def _meant(self) -> str:
        said: list[str] = []
        for one in self.placed:
            row = one.place.row
            if one.place.role in ("chosen", "peer") and is_range(row.status):
                said.append(f"{one.place.name} {row.status}")
            elif one.place.role in ("chosen", "peer") and row.value is not None:
                limits = "" if row.lower is None or row.upper is None else f" ({row.lower:.1f} to {row.upper:.1f})"
                stands = f", {one.words}" if one.words else ""
                said.append(f"{one.place.name} {row.value:,.1f}{limits}{stands}")
        return f"{'; '.join(said)}." if said else ""

    def _outside(self) -> str:
        judged = [one for one in self.compared if one.standing is not None]
        if not judged or self.baseline is None:
            return "No place has counts behind its figure, so there are no limits to set it against."
        centre = f"{self.around or 'all places shown together'} ({self.baseline:,.1f})"
        below, above = ([one for one in judged if _SIDES[one.standing or Standing.WITHIN] * way > 0] for way in (-1, 1))
        far = sum(1 for one in judged if abs(_SIDES[one.standing or Standing.WITHIN]) == 2)
        count = len(below) + len(above)
        number = len(judged)
        places = "place" if number == 1 else "places"
        lie = "lies" if count == 1 else "lie"
        names = "; ".join(
            f"{way}: {first_of([one.place.name for one in some], _NAMED, width=40)}"
            for way, some in (("below", below), ("above", above))
            if some
        )
        named = f" ({names})" if names else ""
        beyond = f" and {far or 'none'} outside the 99.8% ones" if count else ""
        chance = f"chance alone would put {_about(_NEAR * number)} and {_about(_FAR * number)} there"
        return (
            f"Of {number:,} {places} set against {centre}, {count or 'none'} {lie} outside the 95% limits for a place of "
            f"its size{named}{beyond}; {chance}."
        )

    def _unsaid(self) -> str:
        ranges = sum(1 for one in self.compared if is_range(one.place.row.status))
        hidden = sum(1 for one in self.compared if one.place.row.value is None) - ranges
        rounded = sum(1 for one in self.compared if one.why == TOO_ROUNDED)
        bare = sum(1 for one in self.compared if one.why == NO_COUNTS)
        parts = [
            f"{hidden:,} {_have(hidden)} no figure that may be seen, and no place in the funnel" if hidden else "",
            f"of {rounded:,} rounded counts cannot tell where {'it stands' if rounded == 1 else 'they stand'}"
            if rounded
            else "",
            f"{ranges:,} {'is' if ranges == 1 else 'are'} given as a range, as rounding would put places in the wrong order, and {_have(ranges)} no place in the funnel"
            if ranges
            else "",
            f"{bare:,} {_have(bare)} no counts to be judged by" if bare else "",
        ]
        said = "; ".join(part for part in parts if part)
        return f"{said[0].upper()}{said[1:]}." if said else ""


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _about(expected: float) -> str:
    if expected < 0.1:
        return "fewer than 0.1"
    return f"about {expected:.0f}" if expected >= 9.5 else f"about {expected:.1f}"


def placed(
    places: Sequence[Place], kind: Kind, scale: float, statistic: str, *, whole: Place | None
) -> tuple[list[PlacedPlace], float | None, str]:
    """Return where each place stands, the figure that the funnel is around in the unit of the figures, and the method.

    Where a place stands is judged by its true counts, and said only as far as those that are shown bear it out: neither ever stands further out than the other.

    Args:
        places: The places, without the whole they are parts of.
        kind: Of what kind the figures are; averages have no funnel.
        scale: What shares or rates are out of.
        statistic: That of the figures, which says what cannot be right.
        whole: The country, or whatever the places are parts of; without it, or without its figure, the funnel is around all the places shown together.
    """
    if kind not in ("share", "rate"):
        return (
            [PlacedPlace(place, None, NO_COUNTS if _seen(place.row, statistic) else "") for place in places],
            None,
            "",
        )
    shown_of = [_pair(place.row, kind, statistic) for place in places]
    # A place whose figure is hidden takes no part, so that nothing of it follows from where the others stand.
    true_of = [
        None if seen is None else _pair(place.true or place.row, kind, statistic)
        for seen, place in zip(shown_of, places, strict=True)
    ]
    centre, true_centre = (
        None if whole is None or whole.row.value is None else _fraction(row, kind, scale, statistic)
        for row in ((whole.row, whole.true or whole.row) if whole else (None, None))
    )
    shown, true = _funnel(shown_of, kind, scale, centre), _funnel(true_of, kind, scale, true_centre)
    point = point_of_proportions if kind == "share" else point_of_rates
    found: list[PlacedPlace] = []
    for place, pair, seen, truly in zip(places, shown_of, shown.standings, true.standings, strict=True):
        if pair is None or seen is None or shown.baseline is None:
            found.append(PlacedPlace(place, None, NO_COUNTS if _seen(place.row, statistic) else ""))
            continue
        standing = None if truly is None else _borne_out(seen, truly)
        limits = point(pair[1], shown.baseline / scale, scale)
        found.append(PlacedPlace(place, standing, "" if standing is not None else TOO_ROUNDED, limits))
    return _judged(found), shown.baseline, shown.method if shown.baseline is not None else ""


def _judged(found: Sequence[PlacedPlace]) -> list[PlacedPlace]:
    """Return places without what judged them."""
    return [replace(one, place=replace(one.place, true=None)) for one in found]


def _borne_out(shown: Standing, true: Standing) -> Standing | None:
    """Return the standing that both the counts that are shown and the true ones bear out; None where they disagree."""
    ours, theirs = _SIDES[shown], _SIDES[true]
    if not ours and not theirs:
        return Standing.WITHIN
    if ours * theirs <= 0:
        return None
    return _BY_SIDE[int(math.copysign(min(abs(ours), abs(theirs)), ours))]


_Pair = tuple[float, float]


def _funnel(pairs: Sequence[_Pair | None], kind: Kind, scale: float, around: float | None) -> Funnel:
    tops, bottoms = ([None if pair is None else pair[part] for pair in pairs] for part in (0, 1))
    if kind == "share":
        return funnel_of_proportions(tops, bottoms, multiplier=scale, around=around)
    return funnel_of_rates(tops, bottoms, multiplier=scale, around=around)


def _seen(row: BreakdownRow, statistic: str) -> bool:
    return row.value is not None and is_possible(row.value, statistic)


def _pair(row: BreakdownRow, kind: Kind, statistic: str) -> _Pair | None:
    """Return the counts behind a figure that can be seen, where they can be right."""
    top, bottom = row.numerator, row.denominator
    if not _seen(row, statistic) or top is None or bottom is None or top < 0 or bottom <= 0:
        return None
    return None if kind == "share" and top > bottom else (top, bottom)


def _fraction(row: BreakdownRow | None, kind: Kind, scale: float, statistic: str) -> float | None:
    """Return a figure for one person: from its counts, or else as it is published."""
    if row is None or row.value is None or not _seen(row, statistic):
        return None
    pair = _pair(row, kind, statistic)
    return row.value / scale if pair is None else pair[0] / pair[1]
