"""What an analysis gives back: a figure or a gap with its limits and its method, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Undefined(StrEnum):
    """Why a number, or one of its limits, does not exist; ``label`` is the sentence to show instead."""

    label: str

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

    def __new__(cls, code: str, label: str) -> Undefined:
        """Make the member from its ``code`` and the sentence shown."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


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


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference or the ratio of a group to its comparison.

    ``value`` is the group minus, or divided by, the comparison, in the unit that went in (fractions for counts).
    ``neutral`` is the value that means no gap: 0 for a difference, 1 for a ratio. ``value`` or a limit is None where it
    does not exist, and ``reason`` says why; an upper limit of a ratio may be infinite. ``method`` names the formula and
    its version; ``confidence`` is a fraction.
    """

    value: float | None
    lower: float | None
    upper: float | None
    neutral: float
    method: str
    confidence: float
    reason: Undefined | None = None

    @property
    def beyond_chance(self) -> bool | None:
        """True where the limits leave out the value that means no gap, None where there are no limits to judge by."""
        if self.lower is None or self.upper is None:
            return None
        return not self.lower <= self.neutral <= self.upper

    @property
    def direction(self) -> int | None:
        """True where the limits leave out the value that means no gap, None where there are no limits."""
        if self.value is None:
            return None
        return (self.value > self.neutral) - (self.value < self.neutral)
