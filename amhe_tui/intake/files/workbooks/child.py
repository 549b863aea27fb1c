"""The second process: reads one workbook or JSON file in a folder of its own and leaves plain text there.

It limits its own memory, time and disk before it looks at the file, so that the worst a file can do is to end it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from amhe_tui.errors import AmheError
from amhe_tui.intake.files.workbooks.parent import ANSWER, SECONDS, SOURCE

MEMORY = 768 * 1024 * 1024
"""Bytes of address space, where the platform counts them."""


WRITTEN = 600 * 1024 * 1024
"""Bytes in one file of text."""


def limit_self() -> None:
    """Limit memory, processor time and the size of files, where the platform can."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            # Some platforms have the name and refuse the limit; the archive was checked and the parent keeps the time.
            continue


def main(arguments: list[str]) -> int:
    """Read the file and write the answer: the sheets, or a refusal in plain words."""
    kind, folder = arguments[0], Path(arguments[1])
    limit_self()
    try:
        if kind == "json":
            from amhe_tui.intake.files.json import read_json

            sheets = [read_json(folder / SOURCE, folder)]
        else:
            from amhe_tui.intake.files.workbooks.reading import read_workbook

            sheets = read_workbook(folder / SOURCE, folder)
        answer: dict[str, object] = {"sheets": [asdict(sheet) for sheet in sheets]}
    except AmheError as error:
        answer = {"refusal": [error.title, error.what_happened, error.what_to_do]}
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
