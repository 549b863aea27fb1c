"""What a session shows of itself: the line of stages, what the facilitator says and does, and its ideas as lines."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.content import Content

from amhe_tui.method.choices import NominalStage
from amhe_tui.method.nominal_group import STAGES, guide_to, question_advice
from amhe_tui.programme.votes import Session, meaning
from amhe_tui.text import one_line, shorten
from screens.shared.base import plain
from store.records import Idea

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


LONGEST_SHOWN = 400


_LONGEST_SAID = 120


_SHORT = {
    NominalStage.SILENT: "Silent",
    NominalStage.CLARIFY: "Clarify",
    NominalStage.DISCUSS: "Discuss",
    NominalStage.FINAL_VOTE: "Final",
}


Part = Content | str | tuple[str, str]


def stage_line(present: NominalStage, *, long: bool) -> Content:
    """Return the stages on one line, the present one between bars; ``long`` gives them their full names."""
    order = [guide.stage for guide in STAGES]
    parts: list[Part] = []
    for place, guide in enumerate(STAGES):
        words = guide.title if long else _SHORT.get(guide.stage, guide.title)
        if parts:
            parts.append((" › " if long else "›", "$text-muted"))
        if guide.stage is present:
            parts.append((f"▐{words}▌", "bold $primary"))
        else:
            parts.append((words, "" if place < order.index(present) else "$text-muted"))
    return Content.assemble(*parts)


def script(stage: NominalStage, *, spaced: bool) -> Content:
    """Return what the facilitator says and does at a stage."""
    guide = guide_to(stage)
    gap = "\n\n" if spaced else "\n"
    return Content.assemble(("Say ", "bold $primary"), f"“{guide.says}”", gap, ("Do  ", "bold $primary"), guide.does)


def whole_script(present: NominalStage, question: str) -> Content:
    """Return what is said and done at every stage, the present one marked, and advice on the question, as something to read."""
    parts: list[Part] = []
    advice = question_advice(question)
    if advice:
        parts.append(("The question\n", "bold $primary"))
        parts += [f"  {line}\n" for line in advice] + ["\n"]
    for guide in STAGES:
        minutes = f" · {guide.minutes} minutes" if guide.minutes else ""
        mark = "▶ " if guide.stage is present else ""
        parts += [
            (f"{mark}{guide.title}{minutes}\n", "bold $primary"),
            f"  Say “{guide.says}”\n",
            f"  Do  {guide.does}\n\n",
        ]
    return Content.assemble(*parts)


def idea_line(session: Session, idea: Idea, depth: int, *, spaced: bool) -> Content:
    """Return an idea as a line of the list; one joined with another stands below it, further in."""
    as_said = one_line(idea.words)
    parts: list[Part] = []
    if depth:
        parts += ["   " * depth, ("↳ ", "$text-muted")]
    words = plain(shorten(meaning(idea), LONGEST_SHOWN), "$text-muted" if depth else "")
    parts += [plain(f"{session.letters[idea.id]:<3}", "bold"), words]
    if idea.clarified.strip() and one_line(idea.clarified) != as_said:
        parts.append(plain(f"  (said: {shorten(as_said, _LONGEST_SAID)})", "$text-muted"))
    return Content.assemble(*parts, "\n" if spaced else "")
