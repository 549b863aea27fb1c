"""The timer of one stage: it counts, it never moves anybody on."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]

FIVE_MINUTES = 300
ONE_MINUTE = 60


def minutes_and_seconds(seconds: float) -> str:
    """Return a time as it is read on a clock, such as ``4:05``."""
    whole = int(abs(seconds))
    return f"{whole // 60}:{whole % 60:02}"


class StageTimer:
    """Count down a number of minutes; starts paused.

    Args:
        minutes: How many minutes the stage has.
        clock: Returns seconds that only ever grow.
    """

    def __init__(self, minutes: float, clock: Clock = time.monotonic) -> None:
        self.whole = minutes * 60
        self._clock = clock
        self._used = 0.0
        self._since: float | None = None

    @property
    def running(self) -> bool:
        """Tell whether time is counted."""
        return self._since is not None

    @property
    def left(self) -> float:
        """Return how many seconds are left; less than nothing when the stage runs over."""
        counted = 0.0 if self._since is None else self._clock() - self._since
        return self.whole - self._used - counted

    def turn(self) -> None:
        """Start when paused, pause when running."""
        if self._since is None:
            self._since = self._clock()
        else:
            self._used += self._clock() - self._since
            self._since = None

    def add_minute(self) -> None:
        """Give the stage a minute more."""
        self.whole += 60

    @property
    def cue(self) -> str:
        """Return the words and the sign for how near the end is; nothing while there is time."""
        left = self.left
        if left <= 0:
            return "■ time is up; go on when the group is ready"
        if left <= ONE_MINUTE < self.whole:
            return "◕ last minute"
        if left <= FIVE_MINUTES < self.whole:
            return "◑ last five minutes"
        return ""

    @property
    def words(self) -> str:
        """Return what the timer says in one line."""
        left = self.left
        state = "running" if self.running else ("paused" if self._used else "not started: space starts it")
        side = "left of" if left > 0 else "over"
        clock = f"{minutes_and_seconds(left)} {side} {self.whole / 60:g} min"
        return "  ".join(part for part in (f"{'▶' if self.running else '‖'} {clock}", state, self.cue) if part)
