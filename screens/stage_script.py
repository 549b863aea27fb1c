"""What the facilitator says and does at a stage, as content for the screen."""

from __future__ import annotations

from textual.content import Content

from amhe_tui.method.choices import NominalStage

_MINUTES = {
    NominalStage.WELCOME: 10,
    NominalStage.SILENT: 5,
    NominalStage.ROUND_ROBIN: 20,
    NominalStage.CLARIFY: 20,
    NominalStage.VOTE: 10,
    NominalStage.DISCUSS: 10,
    NominalStage.FINAL_VOTE: 10,
}


def minutes_of(stage: NominalStage) -> float:
    """Return the minutes a stage usually takes."""
    return _MINUTES.get(stage, 0)


def script_lines(stage: NominalStage) -> list[tuple[str, str]]:
    """Return what to say and do, each with the word before it."""
    return [("Say", "…")]


def whole_script(stage: NominalStage) -> Content:
    """Return everything there is to say and do at a stage, as something to read."""
    return Content("")
