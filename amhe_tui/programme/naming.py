"""What somebody means by a name: the strictest way of reading it that fits anything decides, and what fits several things is refused, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from amhe_tui.errors import AmheError

T = TypeVar("T")


def first_fitting(choices: Iterable[T], *ways: Callable[[T], bool]) -> list[T]:
    """Return every choice that fits in the first way in which any of them does.

    Args:
        choices: What there is to choose from, in the order it is returned in.
        ways: Tell of one choice whether it fits, the strictest first: by the exact name, then but for capitals, then by part of the name.
    """
    candidates = list(choices)
    for way in ways:
        if fits := [choice for choice in candidates if way(choice)]:
            return fits
    return []


def the_one(fits: Sequence[T], *, none: AmheError, several: Callable[[Sequence[T]], AmheError]) -> T:
    """Return the only choice that fits.

    Args:
        fits: Those that do.
        none: What to say where there is none.
        several: Makes of those that fit what to say where they are more than one.

    Raises:
        AmheError: None fits, or several do.
    """
    if not fits:
        raise none
    if len(fits) > 1:
        raise several(fits)
    return fits[0]
