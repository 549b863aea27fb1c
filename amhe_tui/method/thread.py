"""The golden thread's stages, in order: how far a finding has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """How far a finding has come.

    Attributes:
        key: Its name in the store's overview.
        label: Its name on the screen.
    """

    key: str
    label: str


STAGES = (
    Stage("found", "Found"),
    Stage("heard", "Heard"),
    Stage("prioritised", "Chosen"),
    Stage("planned", "Planned"),
    Stage("under_way", "Under way"),
    Stage("measured", "Measured"),
    Stage("closed", "Closed"),
)
