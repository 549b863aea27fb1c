"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings

ORDINARY = 100
"""The profile's examples in an ordinary run, against which those of a long run are measured."""


def examples(ordinarily: int) -> settings:
    """Return settings for so many examples in an ordinary run, and more by the same factor as the profile has more."""
    return settings(max_examples=max(ordinarily * settings.default.max_examples // ORDINARY, ordinarily), deadline=None)
