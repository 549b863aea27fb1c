"""Guidance for each sub-step in our own words: why, how, what to ask yourselves, what to look out for."""

from __future__ import annotations

from dataclasses import dataclass

from amhe_tui.method.guidance_deliver import DELIVER, EVALUATE
from amhe_tui.method.guidance_identify import DESIGN, IDENTIFY


@dataclass(frozen=True)
class Guidance:
    """What helps with a sub-step.

    Attributes:
        why: Why it matters.
        how: What to do.
        prompts: Questions for the group.
        pitfalls: What goes wrong.
        good: What good looks like.
        covers: The points of the resource's own summary it answers to.
    """

    why: str
    how: tuple[str, ...]
    prompts: tuple[str, ...]
    pitfalls: tuple[str, ...]
    good: str
    covers: tuple[str, ...]


_GUIDANCE = {code: Guidance(*parts) for code, parts in {**IDENTIFY, **DESIGN, **DELIVER, **EVALUATE}.items()}


def guidance_for(sub_step: str) -> Guidance:
    """Return the guidance of a sub-step such as ``1A``.

    Raises:
        ValueError: There is no such sub-step.
    """
    if sub_step not in _GUIDANCE:
        raise ValueError(f"there is no sub-step {sub_step}")
    return _GUIDANCE[sub_step]
