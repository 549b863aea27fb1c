"""Who is in a service against who lives in the place: shares, expected numbers, access, and how much is known.

People whose group is not known never enter a share; they are counted in the completeness. Where nobody lives, or nobody
is known, there is no number but a reason.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from amhe_tui.analysis.estimates.intervals import confidence_level, proportion, two_sided_z, wilson_limits
from amhe_tui.analysis.estimates.results import Estimate, Undefined

METHOD = "representation@1"


@dataclass(frozen=True, slots=True)
class GroupRepresentation:
    """One group in the service against in the population; None where a number does not exist, and then ``reason`` says why.

    ``service_share`` and ``population_share`` are fractions of the people known and of the population, ``ratio`` the one
    over the other, with ``lower`` and ``upper`` limits that take the population as certain; ``points`` their difference
    in percentage points; ``expected`` how many people of the service the group would be if it were in it as in the
    population; ``access`` service users for each person living there, and ``access_ratio`` that over the reference
    group's.
    """

    service_share: float | None
    population_share: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    points: float | None
    expected: float | None
    access: float | None
    access_ratio: float | None
    reason: Undefined | None = None


@dataclass(frozen=True, slots=True)
class Representation:
    """All groups against the population, in their order.

    ``dissimilarity`` is half the sum of the differences of shares: the share of service users who would have to be of
    another group for the service to mirror the population. ``completeness`` is the share of people whose group is known.
    """

    groups: tuple[GroupRepresentation, ...]
    dissimilarity: float | None
    completeness: float | None
    known: float
    unknown: float
    confidence: float
    method: str = METHOD
    reason: Undefined | None = None

    @property
    def unknown_percent(self) -> float | None:
        """How many in a hundred people have no known group, None where there is nobody or a number is missing."""
        return None if self.completeness is None else 100 * self.unknown / (self.known + self.unknown)


def completeness(known: float, unknown: float, *, confidence: float = 0.95) -> Estimate:
    """Return the share of people whose group is known, a fraction with Wilson limits; a reason where there are no people.

    Raises:
        ValueError: A count is below 0 or not finite, or the confidence is out of range.
    """
    if known < 0 or unknown < 0:
        raise ValueError("A count of people cannot be below zero.")
    return proportion(known, known + unknown, confidence=confidence)


def dissimilarity(service: Sequence[float], population: Sequence[float]) -> float | None:
    """Return ½Σ|service share − population share|, a fraction; None where either is empty.

    Raises:
        ValueError: The lists differ in length, or a count is below 0 or not finite.
    """
    _check(service, population)
    known, living = math.fsum(service), math.fsum(population)
    if known == 0 or living == 0:
        return None
    return math.fsum(abs(used / known - lives / living) for used, lives in zip(service, population, strict=True)) / 2


def _check(service: Sequence[float | None], population: Sequence[float | None]) -> None:
    if len(service) != len(population) or not service:
        raise ValueError("Every group needs its number in the service and in the population.")
    for figure in (*service, *population):
        if figure is not None and (not math.isfinite(figure) or figure < 0):
            raise ValueError("A count of people must be a finite number not below zero.")


def _over(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def representation(
    service: Sequence[float | None],
    population: Sequence[float | None],
    *,
    unknown: float = 0,
    reference: int | None = None,
    confidence: float = 0.95,
) -> Representation:
    """Return every group's share of the service against its share of the population.

    ``service`` counts the people of each group in the service and ``population`` those who live in the place, in the same
    order; ``unknown`` the people in the service whose group is not known; ``reference`` the place of the group whose
    access others are compared with. A missing (suppressed) number leaves every share of its list unknown, since the whole
    is not known then: nothing is put in its place.

    Raises:
        ValueError: The lists differ in length or are empty, a count is below 0 or not finite, or the confidence is out of
        range.
    """
    level = confidence_level(confidence)
    _check(service, population)
    if unknown < 0 or not math.isfinite(unknown):
        raise ValueError("A count of people must be a finite number not below zero.")
    users, people = _whole(service), _whole(population)
    known = math.fsum(used for used in service if used is not None)
    base = None if reference is None else _over(service[reference], population[reference])
    groups = tuple(
        _group(used, lives, users, people, base, level) for used, lives in zip(service, population, strict=True)
    )
    away = [group.points for group in groups]
    complete = [points for points in away if points is not None]
    shared = len(complete) == len(away)
    return Representation(
        groups,
        math.fsum(abs(points) for points in complete) / 200 if shared else None,
        None if users is None else _over(known, known + unknown),
        known,
        unknown,
        level,
        reason=None if shared else _why(users, people),
    )


def _whole(figures: Sequence[float | None]) -> float | None:
    """Return the sum of all figures, None where one is missing."""
    known = [figure for figure in figures if figure is not None]
    return math.fsum(known) if len(known) == len(figures) else None


def _why(users: float | None, people: float | None) -> Undefined:
    return Undefined.MISSING if users is None or people is None else Undefined.NO_PEOPLE


def _group(
    used: float | None,
    lives: float | None,
    users: float | None,
    people: float | None,
    base: float | None,
    level: float,
) -> GroupRepresentation:
    service_share, population_share = _over(used, users), _over(lives, people)
    access = _over(used, lives)
    ratio = lower = upper = points = None
    reason = _why(users, people) if service_share is None or population_share is None else None
    if reason is None and used is not None and users and service_share is not None and population_share is not None:
        points = 100 * (service_share - population_share)
        ratio = _over(service_share, population_share)
        if ratio is None:
            reason = Undefined.NO_PEOPLE
        else:
            low, high = wilson_limits(used, users, two_sided_z(level))
            lower, upper = low / population_share, high / population_share
    expected = None if population_share is None or users is None else population_share * users
    return GroupRepresentation(
        service_share,
        population_share,
        ratio,
        lower,
        upper,
        points,
        expected,
        access,
        _over(access, base),
        reason,
    )
