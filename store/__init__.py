"""What is on the disk: records, the workspace and its journal, ballots, bulk evidence, migrations and backups.

The names are loaded when first asked for, so that reading a glance of a file costs no more than the standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.glance import Glance, glance
    from store.workspace import Change, Workspace

__all__ = ["Change", "Glance", "Workspace", "glance"]

_HOMES = {
    "Workspace": "store.workspace",
    "Change": "store.workspace",
    "glance": "store.glance",
    "Glance": "store.glance",
}


def __getattr__(name: str) -> object:
    """Load the public name from its room."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"store has no {name}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value  # the submodule `store.glance` would otherwise shadow the function of the same name
    return value
