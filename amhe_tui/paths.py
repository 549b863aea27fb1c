"""Folders of this person on this computer; every one can be moved by an environment variable, which the tests use."""

from __future__ import annotations

import os
from pathlib import Path

APPLICATION = "amhe"


def _folder(variable: str, kind: str) -> Path:
    override = os.environ.get(variable)
    if override:
        return Path(override)
    from platformdirs import PlatformDirs

    return Path(getattr(PlatformDirs(APPLICATION, appauthor=False), kind))


def settings_folder() -> Path:
    """Return the folder of the settings file."""
    return _folder("AMHE_SETTINGS", "user_config_dir")


def state_folder() -> Path:
    """Return the folder for drafts, the list of recent programmes and the error log."""
    return _folder("AMHE_STATE", "user_state_dir")


def documents_folder() -> Path:
    """Return the folder where new programme files are proposed."""
    return _folder("AMHE_DOCUMENTS", "user_documents_dir")
