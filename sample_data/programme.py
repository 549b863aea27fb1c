"""The sample programme of the fictional place Northmere, made by replaying a person's work through the workspace and the importer."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def build(path: Path, *, rehearsal: bool = True, today: date) -> None:
    """Make the sample programme at ``path``.

    Args:
        path: Where the file is to be; nothing may be there yet.
        rehearsal: Whether it is marked as a practice copy.
        today: The day its dates are counted from.

    Raises:
        AmheError: Something is there already, or the folder cannot be written.
    """
    from sample_data import deliver_script, design_script, evaluate_script, identify_script
    from sample_data.identify_content import PROGRAMME
    from sample_data.maker import Maker
    from store.workspace import Workspace

    fields = {
        name: date.fromordinal(today.toordinal() + value).isoformat() if isinstance(value, int) else value
        for name, value in PROGRAMME.items()
    }
    with Workspace.create(path, actor="sample", rehearsal=rehearsal, **fields) as workspace:
        maker = Maker(workspace, today)
        for step in (identify_script, design_script, deliver_script, evaluate_script):
            step.run(maker)
