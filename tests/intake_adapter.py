"""Load a file through the program's own intake and put questions to it; no reading of files and no arithmetic of its own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amhe_tui.intake.loading.bring import bring
from amhe_tui.intake.loading.engine import ImportResult
from amhe_tui.intake.loading.understand import ImportOverrides
from amhe_tui.programme.questions import Question
from amhe_tui.programme.questions import ask as ask_store
from store.workspace import Workspace


@dataclass
class Tidy:
    """A programme that holds one file and nothing else; it is removed when nobody holds it any more."""

    workspace: Workspace
    result: ImportResult
    folder: tempfile.TemporaryDirectory[str] = field(repr=False)

    def close(self) -> None:
        """Close the programme and remove it."""
        self.workspace.close()
        self.folder.cleanup()


def load(path: str, **hints: Any) -> Tidy:
    """Return what a file holds.

    Args:
        path: The file.
        **hints: What a person would correct: ``sheet``, ``header``, ``encoding``, ``delimiter``, ``mapping``.

    Raises:
        AmheError: The file is refused.
    """
    folder = tempfile.TemporaryDirectory()
    workspace = Workspace.create(Path(folder.name) / "one.amhe", name="One file", rehearsal=True)
    try:
        result = bring(workspace, Path(path), overrides=ImportOverrides(**hints))
    except BaseException:
        workspace.close()
        folder.cleanup()
        raise
    return Tidy(workspace, result, folder)


def ask(tidy: Tidy, question: dict[str, Any]) -> object:
    """Return the answer to a question about a loaded file."""
    return ask_store(tidy.workspace, Question.made(question))


def value(found: Tidy, **question: Any) -> object:
    """Return the figure a question asks for."""
    return ask(found, {"want": "value", **question})


def said(found: Tidy) -> str:
    """Return all that was said on reading, as one line."""
    return " ".join(found.result.warnings)
