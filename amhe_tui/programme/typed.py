"""Numbers that people typed or wrote down, as an audience may see them: in goals, measures, findings and the words about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.analysis.disclosure.tables import rounded_to
from store.records import Finding, MeasurePoint

FEW_WORDS = "a few of them"
_OF = re.compile(r"(?<![\w.,])(\d[\d,]*) (?:out of|of)(?: (?:the|these|those|all))? (\d[\d,]*)(?!\w|[.,]?\d|%| ?%)")
_DECIMAL = re.compile(r"(?<![\w.,])[−-]?\d[\d,]*\.\d+(?![\w.]\d)")
_DECIMAL_SHARE = re.compile(rf"{_DECIMAL.pattern}(?= ?(?:%|per ?cent))", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])[−-]?\d[\d,]*(?:\.\d+)?")
_PEOPLE = re.compile(
    r"\b(people|persons?|patients?|referrals?|detentions?|cases|users|adults|children|women|men)\b", re.IGNORECASE
)
_SHARES = ("%", "per cent", "percent", "percentage")


def is_share(unit: str) -> bool:
    """Tell whether a unit is a share of a hundred."""
    return unit.strip().casefold() in _SHARES


def small(count: float, policy: Policy) -> bool:
    """Tell whether so few people are recognised."""
    return count < policy.threshold and (policy.zero_is_small or count > 0)


def typed_number(value: float, unit: str, policy: Policy) -> float | None:
    """Return a number that somebody typed, with nothing in the file to tell how many people are behind it: whole, as an exact share tells small counts.

    A number of people is hidden where it is small, and rounded where it is not.
    """
    if policy.raw:
        return value
    if is_share(unit):
        return float(round(value))
    if _PEOPLE.search(unit) and "every" not in unit and "per" not in unit.casefold().split():
        return None if small(value, policy) else float(rounded_to(value, policy.rounding))
    return float(round(value)) if abs(value) >= 1 else float(f"{value:.1g}")


def measured(point: MeasurePoint, unit: str, policy: Policy) -> tuple[float | None, int | None]:
    """Return the figure of a measurement and how many people it is out of, as an audience may see them: neither where few have it, or few have it not."""
    if policy.raw or point.value is None:
        return point.value, None if not policy.raw and small(point.people or 0, policy) else point.people
    if point.people is None:
        return typed_number(point.value, unit, policy), None
    as_share = is_share(unit) or (not unit and 0 <= point.value <= 100)
    if small(point.people, policy):
        return None, None
    people = rounded_to(point.people, policy.rounding)
    if not as_share:
        return typed_number(point.value, unit, policy), people
    having = point.value * point.people / 100
    if small(round(having), policy) or small(point.people - round(having), policy):
        return None, None
    return float(round(100 * rounded_to(having, policy.rounding) / people)) if people else None, people


def typed_words(text: str, policy: Policy, *, figures: bool = False) -> str:
    """Return words without small counts such as “3 of 8”; others are rounded, and exact shares made whole.

    Args:
        text: The words.
        policy: For whom, and by which rules.
        figures: Whether they are about figures, so that every number with a decimal point may be a share.
    """
    if policy.raw:
        return text

    def counted(match: re.Match[str]) -> str:
        some, whole = (int(part.replace(",", "")) for part in match.groups())
        if some > whole:
            return match.group()
        if small(some, policy) or small(whole - some, policy) or small(whole, policy):
            return FEW_WORDS
        return f"about {rounded_to(some, policy.rounding):,} of {rounded_to(whole, policy.rounding):,}"

    def whole(match: re.Match[str]) -> str:
        return f"{round(float(match.group().replace('−', '-').replace(',', ''))):,}"

    return (_DECIMAL if figures else _DECIMAL_SHARE).sub(whole, _OF.sub(counted, text))


def without_counts(text: str) -> str:
    """Return words about a hidden figure without counts such as “13 of 22”, however many people those are."""
    return _OF.sub("…", text)


def with_seen_numbers(text: str, finding: Finding, names: tuple[str, ...], seen: Callable[[str], float | None]) -> str:
    """Return words about a finding with each number of its gap as an audience may see it, and “…” where it may not."""
    written: Mapping[str, float] = {name: value for name in names if (value := getattr(finding, name)) is not None}

    def shown(match: re.Match[str]) -> str:
        number = float(match.group().replace("−", "-").replace(",", ""))
        decimals = len(match.group().partition(".")[2])
        for name, value in written.items():
            if abs(abs(value) - abs(number)) <= 0.5 * 10**-decimals + 1e-9:
                instead = seen(name)
                return "…" if instead is None else f"{abs(instead):,.{min(decimals, 1)}f}".removesuffix(".0")
        return match.group()

    return _NUMBER.sub(shown, text)
