"""What is on the disk: records, the workspace and its journal, ballots, bulk evidence, migrations and backups.

The names are loaded when first asked for, so that reading a glance of a file (:func:`store.glance.glance`) costs no more than the standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.workspace import Change, Workspace

__all__ = ["Change", "Workspace"]


def __getattr__(name: str) -> object:
    """Load the public name from its room."""
    if name not in __all__:
        raise AttributeError(f"store has no {name}")
    from store import workspace

    return getattr(workspace, name)
