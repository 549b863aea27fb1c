"""What a session shows of itself: the line of stages, what the facilitator says and does, and its ideas as lines."""

from __future__ import annotations

from textual.content import Content

from amhe_tui.method.choices import NominalStage
from amhe_tui.method.nominal_group import STAGES, guide_to, question_advice
from amhe_tui.text import one_line, shorten
from screens.base import plain
from screens.session import Session, meaning
from store.records import Idea

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
    said = one_line(idea.words)
    parts: list[Part] = []
    if depth:
        parts += ["   " * depth, ("↳ ", "$text-muted")]
    words = plain(shorten(meaning(idea), LONGEST_SHOWN), "$text-muted" if depth else "")
    parts += [plain(f"{session.letters[idea.id]:<3}", "bold"), words]
    if idea.clarified.strip() and one_line(idea.clarified) != said:
        parts.append(plain(f"  (said: {shorten(said, _LONGEST_SAID)})", "$text-muted"))
    return Content.assemble(*parts, "\n" if spaced else "")
