"""The rows of a file that could not be read: kept beside its figures with the reason, and saved as a workbook for whoever can mend them."""

from __future__ import annotations

import json
from pathlib import Path

from amhe_tui.errors import AmheError
from store.bulk import kept_beside
from store.workspace import Workspace


def save_set_aside(workspace: Workspace, content_hash: str, target: Path) -> int:
    """Save the rows of one file that were set aside, and return how many there are.

    Raises:
        AmheError: None were, or the workbook cannot be written.
    """
    from amhe_tui.intake.saved_rows import save_rows_as_workbook

    rows = workspace.read(lambda raw: kept_beside(raw, content_hash, "set aside"))
    if not rows:
        raise AmheError("Nothing set aside", "Every row of this file could be read.", "There is nothing to save.")
    table = [[str(row), reason, *json.loads(cells)] for row, cells, reason in rows]
    width = max(map(len, table))
    header = ["Row in the file", "Why it was set aside", *(f"Cell {number}" for number in range(1, width - 1))]
    try:
        save_rows_as_workbook(target, header, table)
    except OSError as error:
        raise AmheError(
            "Not written", f"{target.name} cannot be written ({error.strerror}).", "Choose another folder."
        ) from error
    return len(table)
