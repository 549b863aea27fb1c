"""Who was in a room, as an audience may see it: with few people there, who they were is told by what they have in common."""

from __future__ import annotations

from amhe_tui.analysis.disclosure.breakdown import Policy
from amhe_tui.programme.typed import small
from store.records import Activity

_COUNTED = ("invited", "attended", "left_early")
_ABOUT_THEM = ("population", "accessibility", "venue", "recruitment")
PEOPLE_IN_A_ROOM = (*_COUNTED, *_ABOUT_THEM)
"""The fields of an activity that tell how many people there were, and whom."""


def was_small_room(activity: Activity, policy: Policy) -> bool:
    """Tell whether so few took part that what they have in common could name them."""
    return activity.attended is not None and small(activity.attended, policy)


def room_words(activity: Activity, name: str, policy: Policy, words: str) -> str:
    """Return a field of an activity in words as an audience may see it."""
    if policy.raw:
        return words
    if name in _COUNTED:
        count: int | None = getattr(activity, name)
        return f"fewer than {policy.threshold}" if count is not None and small(count, policy) else words
    return "" if was_small_room(activity, policy) else words
