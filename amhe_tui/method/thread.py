"""The golden thread's stages, in order: how far a finding has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """How far a finding has come.

    Attributes:
        key: Its name in the store's overview.
        label: Its name on the screen.
        moved_by: What brings a finding here.
    """

    key: str
    label: str
    moved_by: str


STAGES = (
    Stage("found", "Found", "An inequality is written down as a finding."),
    Stage("heard", "Heard", "A theme from the community is linked to it."),
    Stage("prioritised", "Chosen", "A priority answers to it."),
    Stage("planned", "Planned", "A SMART goal serves that priority or names the finding."),
    Stage("under_way", "Under way", "An action of that goal has begun."),
    Stage("measured", "Measured", "A measure of that goal has figures."),
    Stage("closed", "Closed", "A review found that the gap has closed."),
)


def next_move(key: str) -> str:
    """Return what would bring a finding on from a stage, or "" at the last.

    Raises:
        ValueError: There is no such stage.
    """
    keys = [stage.key for stage in STAGES]
    if key not in keys:
        raise ValueError(f"the thread has no stage {key!r}")
    after = keys.index(key) + 1
    return STAGES[after].moved_by if after < len(STAGES) else ""
