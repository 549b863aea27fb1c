"""What an analysis gives back: a figure or a gap with its limits and its method, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.method.choices import Choice


class Undefined(Choice):
    """Why a number, or one of its limits, does not exist; ``label`` is the sentence to show instead."""

    MISSING = "missing", "The figure was not given."
    NO_PEOPLE = "no_people", "Nobody is counted in this group."
    ONE_VALUE = "one_value", "One value alone cannot show how much values vary."
    NO_VALUES = "no_values", "There are no values."
    NO_LIMIT = "no_limit", "A limit of this method does not exist for so small a count."
    NONE_COMPARED = "none_compared", "No ratio exists, because it happened to nobody in the comparison group."
    NONE_EITHER = "none_either", "No ratio exists, because it happened to nobody in either group."
    NONE_IN_GROUP = (
        "none_in_group",
        "This method gives no limits where it happened to nobody in the group; the score method does.",
    )
    NOT_POSITIVE = "not_positive", "A ratio needs two figures above zero."
    NO_ERROR = "no_error", "The figures come without their standard errors."
    TOO_FEW_EVENTS = "too_few_events", "A standardised rate of fewer than ten events is too unsure to give."
    NOTHING_EXPECTED = "nothing_expected", "Nothing was expected in this group, so there is nothing to compare with."
    ALL_TIED = "all_tied", "Every voter put all the ideas level, so there is no order to agree on."
    TOO_FEW = "too_few", "Agreement needs at least two ideas and two voters."
    IMPOSSIBLE_COUNT = "impossible_count", "The count is above the total it is a part of, or below zero."
    ONE_GROUP = "one_group", "One group alone has no gap: there is nobody to compare it with."
    TOO_FEW_GROUPS = "too_few_groups", "This measure needs figures of at least three groups."
    TOO_MANY_MISSING = "too_many_missing", "Too many groups have no figure for this measure to speak for all of them."
    GROUP_MISSING = "group_missing", "A group has no figure, and this measure needs every group."
    UNORDERED = "unordered", "These groups have no order, and this measure follows groups from worst off to best off."
    ORDER_BROKEN = "order_broken", "The order of the groups has a gap or a place taken twice."
    NO_REFERENCE = "no_reference", "No group to compare with was named, or it has no figure."
    NO_DIRECTION = "no_direction", "It was not said whether a high figure is good or bad."
    NO_POPULATION = "no_population", "The size of every group is needed to weigh the groups."
    NO_VARIATION = "no_variation", "Every group has the same figure, so how sure this is cannot be worked out."
    ALL_ZERO = "all_zero", "Every figure is zero, so there is no average to compare with."
    ZERO_FIGURE = "zero_figure", "A group has a figure of zero, and this measure takes the logarithm of every figure."
    BELOW_ZERO = "below_zero", "A figure is below zero, where this measure has no meaning."
    OUT_OF_SCALE = "out_of_scale", "A figure is outside the scale it was given on."
    SEPARATED = "separated", "The groups split into all and nothing, so no line through them can be fitted."
    BASE_NOT_POSITIVE = "base_not_positive", "The line through the groups does not stay above zero, so it has no ratio."
    ROUNDED = "rounded", "The counts are rounded, and too few here to carry this number."
    TOO_FEW_QUANTILES = (
        "too_few_quantiles",
        "This index needs at least five groups in order, such as deprivation fifths.",
    )
    EMPTY_GROUP = "empty_group", "Nobody is counted in one of the groups, and this measure needs people in each."


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its limits, all in the unit of the multiplier asked for.

    ``value`` is None where there is no figure, ``lower`` and ``upper`` where there is no limit; ``reason`` then says
    why. ``method`` names the formula and its version; ``confidence`` is a fraction.
    """

    value: float | None
    lower: float | None
    upper: float | None
    method: str
    confidence: float
    reason: Undefined | None = None


def leaves_out(lower: float | None, upper: float | None, neutral: float) -> bool | None:
    """Tell whether limits leave out the value that means nothing differs; None where there are no limits to judge by."""
    return None if lower is None or upper is None else not lower <= neutral <= upper


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference or the ratio of a group to its comparison.

    ``value`` is the group minus, or divided by, the comparison, in the unit that went in (fractions for counts).
    ``neutral`` is the value that means no gap: 0 for a difference, 1 for a ratio. ``value`` or a limit is None where it
    does not exist, and ``reason`` says why; an upper limit of a ratio may be infinite. ``method`` names the formula and
    its version; ``confidence`` is a fraction. ``judged`` is what the true counts say of chance, where the figures are shown
    rounded and their own limits have no say.
    """

    value: float | None
    lower: float | None
    upper: float | None
    neutral: float
    method: str
    confidence: float
    reason: Undefined | None = None
    judged: bool | None = None

    @property
    def beyond_chance(self) -> bool | None:
        """True where the limits leave out the value that means no gap, None where there are no limits to judge by."""
        return leaves_out(self.lower, self.upper, self.neutral) if self.judged is None else self.judged

    @property
    def direction(self) -> int | None:
        """1 where the value is above the one that means no gap, −1 below, 0 on it, None where there is no value."""
        if self.value is None:
            return None
        return (self.value > self.neutral) - (self.value < self.neutral)
