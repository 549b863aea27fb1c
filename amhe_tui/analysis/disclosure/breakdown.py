"""Breakdowns that may leave the room: the only kind that charts, tables, the command line and reports accept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from amhe_tui.analysis.breakdown import SHARES, Breakdown, BreakdownRow, completeness
from amhe_tui.analysis.disclosure.groups import (
    Family,
    HiddenShares,
    Rule,
    family_of,
    hidden_counts,
    hidden_shares,
    orphans,
)
from amhe_tui.analysis.disclosure.order import Pair, in_order, is_range, printed
from amhe_tui.analysis.disclosure.tables import ROUNDING, THRESHOLD, ZERO_IS_SMALL, rounded_to, why_hidden
from amhe_tui.analysis.estimates.intervals import proportion, rate
from amhe_tui.method.audience import Audience

if TYPE_CHECKING:
    import pandas as pd


NO_COUNTS = "hidden: no counts behind it, so nobody can tell how few people it is about"


_COUNTS = ("count", "value", "number", "")


@dataclass(frozen=True)
class Policy:
    """How small numbers are treated for an audience.

    Attributes:
        audience: The key of those who will see them; the team sees raw numbers, and is told so.
        threshold: Counts below it are hidden.
        zero_is_small: Whether 0 is hidden as well.
        rounding: Counts that are shown are rounded to multiples of this; 0 for no rounding.
        because: Why any of this is weaker than the usual rules; "" where nothing is.
    """

    audience: str = Audience.PUBLIC.key
    threshold: int = THRESHOLD
    zero_is_small: bool = ZERO_IS_SMALL
    rounding: int = ROUNDING
    because: str = ""

    @property
    def raw(self) -> bool:
        """Tell whether numbers are shown as they are."""
        return Audience.of(self.audience).raw


class Settled(NamedTuple):
    """What a guard over more than one breakdown has decided for one: the rows whose figure, whose count on top and whose count below are hidden."""

    values: frozenset[int]
    numerators: frozenset[int]
    denominators: frozenset[int]


def weaker_words(policy: Policy) -> list[str]:
    """Return in a sentence what of a policy is weaker than the usual rules and why; none where nothing is."""
    weaker = (
        [f"counts below {policy.threshold} are hidden, not below {THRESHOLD}"] if policy.threshold < THRESHOLD else []
    )
    weaker += ["counts of 0 are shown"] if ZERO_IS_SMALL and not policy.zero_is_small else []
    if policy.rounding < ROUNDING:
        step = f"to {policy.rounding}" if policy.rounding > 1 else "not at all"
        weaker += [f"counts are rounded {step}, not to {ROUNDING}"]
    if policy.raw or not weaker:
        return []
    return [f"Weaker rules than usual, by choice: {', '.join(weaker)}. The reason given: {policy.because or 'none'}."]


@dataclass(frozen=True)
class Disclosed(Breakdown):
    """A breakdown as an audience may see it; made by :func:`disclose` and nowhere else.

    Attributes:
        policy: By which rules.
        published: Whether its publisher had already hidden small numbers, so that nothing was hidden twice.
        hidden: How many rows lost a figure here.
    """

    policy: Policy
    published: bool
    hidden: int

    def to_json(self) -> dict[str, object]:
        """Return the breakdown as the command line prints it, without the counts of rows that are given as a range."""
        return Breakdown.to_json(replace(self, rows=tuple(map(printed, self.rows))))

    @property
    def badge(self) -> str:
        """Return in a few words what was done to the figures, for a line beside them."""
        if self.published:
            return "small numbers hidden by the publisher"
        if self.policy.raw:
            return "team only: small numbers not hidden"
        return f"small numbers hidden for the {self.policy.audience}"

    @property
    def note(self) -> str:
        """Return what was done to the figures, in words for the screen or page they stand on."""
        if self.published:
            return "Small numbers were already dealt with by whoever published these figures; nothing more was hidden or rounded here."
        if self.policy.raw:
            return "For the team only: figures as the file has them, small numbers among them. Not to be passed on."
        text = f"Counts are rounded to the nearest {self.policy.rounding}." if self.policy.rounding > 1 else ""
        if self.hidden:
            what = "1 row has a figure" if self.hidden == 1 else f"{self.hidden} rows have figures"
            text += f" {what} hidden: fewer than {self.policy.threshold} people, or such a number would follow from it."
        text = f"{text} {self._ranges}".strip() or "Nothing had to be hidden."
        return " ".join([text, *weaker_words(self.policy)])

    @property
    def _ranges(self) -> str:
        """Return why some rows are given as a range."""
        number = sum(is_range(row.status) for row in self.rows)
        if not number:
            return ""
        return f"{number} {'row is' if number == 1 else 'rows are'} given as a range: {WHY_A_RANGE}."


WHY_A_RANGE = "people are so few that rounded figures would stand in the wrong order"


def disclose(
    breakdown: Breakdown, policy: Policy, *, published: bool = False, settled: Settled | None = None
) -> Disclosed:
    """Return a breakdown as an audience may see it.

    Small counts are hidden, and with them what they could be worked out from: other groups, broad groups, the unknown, the total. A share is hidden where the people
    counted, those left over, or all of them together are few, and its limits with it; those that stay are worked out again from rounded counts.

    Args:
        breakdown: The figures as they are in the file.
        policy: For whom, and by which rules.
        published: Whether small numbers were dealt with already.
        settled: What is hidden, where a guard over all breakdowns has settled it; otherwise it is worked out from this one alone.

    Raises:
        ValueError: The threshold is below 1, or the rounding below 0.
    """
    if policy.threshold < 1 or policy.rounding < 0:
        raise ValueError("The threshold must be at least 1, and the rounding at least 0.")
    if policy.raw or published:
        return _disclosed(breakdown, breakdown.rows, breakdown.completeness, policy, published)
    rule = Rule(policy.threshold, policy.zero_is_small)
    rows = _Guard(breakdown, policy, rule, settled).rows()
    shown = _disclosed(breakdown, rows, completeness(rows, breakdown.statistic), policy, published)
    return in_true_order(shown, breakdown)


def in_true_order(shown: Disclosed, true: Breakdown, *, parts: Sequence[int] = ()) -> Disclosed:
    """Return a rounded breakdown without an order that the true counts deny: the rows that would make one are given as a range.

    Args:
        shown: The breakdown as it would be shown.
        true: The same as it is in the file, or worked out from true counts.
        parts: Of how many rounded counts those of each row are the sum; of one where it is not given.
    """
    if shown.kind not in ("share", "rate") or shown.policy.raw or shown.published:
        return shown
    by_name = {(row.group, row.level): row for row in reversed(true.rows)}
    pairs = [Pair(row, by_name.get((row.group, row.level), row)) for row in shown.rows]
    rows = in_order(pairs, shown.scale, shown.policy.rounding, share=shown.statistic in SHARES, parts=parts)
    return replace(shown, rows=rows)


def _disclosed(
    breakdown: Breakdown, rows: tuple[BreakdownRow, ...], known: float | None, policy: Policy, published: bool
) -> Disclosed:
    lost = sum(_has_lost(before, after) for before, after in zip(breakdown.rows, rows, strict=True))
    return Disclosed(
        indicator_id=breakdown.indicator_id,
        indicator=breakdown.indicator,
        statistic=breakdown.statistic,
        characteristic=breakdown.characteristic,
        area=breakdown.area,
        period=breakdown.period,
        completeness=known,
        rows=rows,
        within=breakdown.within,
        meaning=breakdown.meaning,
        notes=breakdown.notes,
        place=breakdown.place,
        policy=policy,
        published=published,
        hidden=lost,
    )


def _has_lost(before: BreakdownRow, after: BreakdownRow) -> bool:
    pairs = ((before.value, after.value), (before.numerator, after.numerator), (before.denominator, after.denominator))
    return any(original is not None and other is None for original, other in pairs)


class _Guard:
    """One breakdown on its way out."""

    def __init__(self, breakdown: Breakdown, policy: Policy, rule: Rule, settled: Settled | None) -> None:
        self.breakdown = breakdown
        self.settled = settled
        self.policy = policy
        self.rule = rule
        self.family: Family = family_of(breakdown.rows)

    def rows(self) -> tuple[BreakdownRow, ...]:
        """Return the rows as they may be shown."""
        if self._are_counts():
            return self._counts()
        return self._shares()

    def _are_counts(self) -> bool:
        values = [row.value for row in self.breakdown.rows if row.value is not None]
        has_counts = any(row.denominator is not None for row in self.breakdown.rows)
        whole = all(value >= 0 and value == math.floor(value) for value in values)
        return self.breakdown.statistic == "count" or (self.breakdown.statistic in _COUNTS and whole and not has_counts)

    def _settled(self, hidden: frozenset[int]) -> frozenset[int]:
        """Return what is hidden, with copies of the total, and with a second division of the same people where anything at all is hidden."""
        rows = self.breakdown.rows
        totals = frozenset(place for place, row in enumerate(rows) if row.level == "total")
        if not hidden:
            return hidden
        return hidden | orphans(rows, range(len(rows))) | (totals if hidden & totals else hidden)

    def _counts(self) -> tuple[BreakdownRow, ...]:
        counts = {
            place: max(0, round(row.value)) for place, row in enumerate(self.breakdown.rows) if row.value is not None
        }
        hidden = self.settled.values if self.settled is not None else self._alone(counts)
        return tuple(
            row
            if row.value is None
            else self._blank(row)
            if place in hidden
            else replace(row, value=float(self._rounded(row.value)), lower=None, upper=None)
            for place, row in enumerate(self.breakdown.rows)
        )

    def _alone(self, counts: Mapping[int, int]) -> frozenset[int]:
        """Return the rows to hide where nothing is known of other breakdowns."""
        return self._settled(hidden_counts(self.family, self._linked(counts), self.rule) | self._apart(counts))

    def _linked(self, counts: Mapping[int, int]) -> dict[int, int]:
        """Return the counts of one division of people: not of a second one beside it, nor of copies of the total."""
        apart = orphans(self.breakdown.rows, counts)
        return {
            place: count
            for place, count in counts.items()
            if place not in apart and (place in self.family.parents or place == self.family.total)
        }

    def _apart(self, counts: Mapping[int, int]) -> frozenset[int]:
        """Return the small ones among those that are not linked."""
        linked = self._linked(counts)
        return frozenset(place for place, count in counts.items() if place not in linked and self.rule.hides(count))

    def _shares(self) -> tuple[BreakdownRow, ...]:
        rows = self.breakdown.rows
        bottoms = {place: round(row.denominator) for place, row in enumerate(rows) if _is_count(row.denominator)}
        tops = {
            place: round(row.numerator)
            for place, row in enumerate(rows)
            if _is_count(row.numerator) and place in bottoms
        }
        hidden = self._hidden(tops, bottoms)
        return tuple(self._share(place, row, hidden) for place, row in enumerate(rows))

    def _hidden(self, tops: dict[int, int], bottoms: dict[int, int]) -> HiddenShares:
        if self.settled is None:
            return self._hidden_alone(tops, bottoms)
        numerators, denominators = self.settled.numerators, self.settled.denominators
        return HiddenShares(numerators, denominators, numerators | denominators)

    def _hidden_alone(self, tops: dict[int, int], bottoms: dict[int, int]) -> HiddenShares:
        """Return what is hidden of shares where nothing is known of other breakdowns."""
        below = self._linked(bottoms)
        apart = self._apart(tops) | self._apart(bottoms)
        # A numerator above its denominator is a mistake in the file, and nothing is known of whom it is about.
        wrong: frozenset[int] = frozenset()
        if self.breakdown.statistic in SHARES:
            wrong = frozenset(place for place, count in tops.items() if count > bottoms[place])
            sound = {place: count for place, count in tops.items() if place not in wrong}
            hidden = hidden_shares(self.family, self._linked(sound), below, self.rule)
            apart |= self._apart({place: bottoms[place] - count for place, count in sound.items()})
        else:
            few = hidden_counts(self.family, self._linked(tops), self.rule)
            small = hidden_counts(self.family, below, self.rule)
            hidden = HiddenShares(few, small, few | small)
        numerators = self._settled(hidden.numerators | apart | wrong)
        denominators = self._settled(hidden.denominators | apart)
        return HiddenShares(numerators, denominators, numerators | denominators | self._settled(hidden.shares))

    def _share(self, place: int, row: BreakdownRow, hidden: HiddenShares) -> BreakdownRow:
        if row.value is None:
            return replace(row, numerator=None, denominator=None, lower=None, upper=None)
        if not _is_count(row.denominator) or not _is_count(row.numerator):
            return replace(self._blank(row), status=NO_COUNTS)
        top = None if place in hidden.numerators else self._rounded(row.numerator)
        bottom = None if place in hidden.denominators else self._rounded(row.denominator)
        if top is None or bottom is None or place in hidden.shares:
            return replace(self._blank(row), numerator=top, denominator=bottom)
        is_share = self.breakdown.statistic in SHARES
        if bottom <= 0 or (is_share and top > bottom):
            return replace(self._blank(row), numerator=top, denominator=bottom)
        # Worked out again from what is shown: the exact figure and a population that is known elsewhere would give the exact count.
        scale = self.breakdown.scale
        estimate = (proportion if is_share else rate)(top, bottom, multiplier=scale)
        value = _figure(scale * top / bottom, scale)
        lower = None if estimate.lower is None else min(estimate.lower, value)
        upper = None if estimate.upper is None else max(estimate.upper, value)
        return replace(row, value=value, numerator=top, denominator=bottom, lower=lower, upper=upper)

    def _rounded(self, count: float) -> int:
        return rounded_to(count, self.policy.rounding)

    def _blank(self, row: BreakdownRow) -> BreakdownRow:
        return replace(
            row,
            value=None,
            status=why_hidden(self.policy.threshold),
            numerator=None,
            denominator=None,
            lower=None,
            upper=None,
        )


def _is_count(count: float | None) -> TypeGuard[float]:
    """Tell whether a number can be one of people: what is below nothing is a mistake in the file."""
    return count is not None and math.isfinite(count) and count >= 0


def _figure(value: float, scale: float) -> float:
    """Return a figure with as many places as a reader can use: one, and more where it would vanish."""
    if scale == 1:
        return round(value, 3)
    return round(value, 1) if value >= 1 or scale == 100 else float(f"{value:.2g}")


COLUMNS = ("group", "level", "parent", "value", "status", "numerator", "denominator", "lower", "upper")
"""The columns of a breakdown's table, in their order."""


def breakdown_frame(breakdown: Disclosed) -> pd.DataFrame:
    """Return a breakdown, as its audience may see it, as a table of one row a group, with :data:`COLUMNS`; a figure that is missing is NaN and its status says why."""
    import pandas as pd

    return pd.DataFrame([asdict(printed(row)) for row in breakdown.rows], columns=list(COLUMNS))
