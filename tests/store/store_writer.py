"""What the killed process does: it works in a file until it is killed, and says over a pipe what is saved."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from amhe_tui.method.vote_schemes import ranked
from store.records import Remark, Theme
from store.workspace import Workspace

IDEAS = ["idea-1", "idea-2", "idea-3"]
Step = Callable[[Workspace, str, int], None]


def add(workspace: Workspace, round_id: str, number: int) -> None:  # noqa: ARG001
    """Add a theme, a remark and the link between them, which belong together."""
    with workspace.change(f"Step {number}") as change:
        theme = Theme(name=f"Theme {number}")
        change.add(theme)
        remark = Remark(words=f"Remark {number}")
        change.add(remark)
        change.link(remark, "themes", "theme", theme.id)


def vote(workspace: Workspace, round_id: str, number: int) -> None:  # noqa: ARG001
    """Cast a ballot."""
    workspace.cast(round_id, ranked(IDEAS))


def write_until_killed(path: Path, round_id: str, said: Connection, start: int) -> None:
    """Go on from ``start`` for ever; every number sent is saved, a ballot after each third one."""
    with Workspace.open(path) as workspace:
        said.send(("open", workspace.warnings))
        number = start
        while True:
            add(workspace, round_id, number)
            said.send(("saved", number))
            if number % 3 == 0:
                vote(workspace, round_id, number)
                said.send(("voted", number))
            number += 1


def write_and_boast(path: Path, round_id: str, said: Connection, start: int) -> None:
    """Do the same with a defect: say that it is saved before it is."""
    with Workspace.open(path) as workspace:
        said.send(("open", workspace.warnings))
        number = start
        while True:
            said.send(("saved", number))
            add(workspace, round_id, number)
            number += 1


def write_in_halves(path: Path, round_id: str, said: Connection, start: int) -> None:  # noqa: ARG001
    """Do the same with a defect: what belongs together is saved in two parts."""
    with Workspace.open(path) as workspace:
        said.send(("open", workspace.warnings))
        number = start
        while True:
            with workspace.change(f"Step {number}") as change:
                theme = Theme(name=f"Theme {number}")
                change.add(theme)
            with workspace.change(f"Step {number}") as change:
                remark = Remark(words=f"Remark {number}")
                change.add(remark)
                change.link(remark, "themes", "theme", theme.id)
            said.send(("saved", number))
            number += 1
