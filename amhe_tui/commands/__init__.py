"""The commands, one file a command.

A module here that has ``HELP``, ``arguments(parser)`` and ``run(given)`` is a command; its name is that of the file. Nothing else need be told of a new one.
Each is imported for ``amhe --help``, so whatever it needs to do its work is imported in its ``run``.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from typing import Protocol, cast

_IN_HELP = (
    "demo",
    "new",
    "open",
    "plain",
    "vote",
    "check",
    "log",
    "backup",
    "restore",
    "report",
    "doctor",
    "import",
    "sources",
    "missing",
    "export",
    "indicators",
    "breakdown",
    "intersections",
    "gaps",
    "core20",
    "standardise",
    "assets",
)
"""In which order the help lists the commands; one that is not named follows after these."""


class Command(Protocol):
    """What a file in this folder has."""

    HELP: str
    """What it does, in the list of commands."""

    def arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the arguments."""
        ...

    def run(self, given: argparse.Namespace, /) -> int:
        """Do it and return the exit code."""
        ...


def commands() -> dict[str, Command]:
    """Return every command by name, in the order of the help."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    by_name = {
        # A word that Python keeps for itself has a stroke after it in the name of its file.
        module.__name__.rpartition(".")[2].rstrip("_").replace("_", "-"): cast("Command", module)
        for module in modules
        if hasattr(module, "run")
    }
    places = {name: place for place, name in enumerate(_IN_HELP)}
    return dict(sorted(by_name.items(), key=lambda item: (places.get(item[0], len(places)), item[0])))
