"""JSON lists as one table: any list of flat objects, and directories of services in Open Referral UK."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from amhe_tui.intake.workbooks import Sheet, child_sheets


@contextmanager
def json_table(path: Path) -> Generator[Sheet]:
    """Give the table in a JSON file, one row an object or a service; what was written is removed at the end.

    Raises:
        AmheError: It is not JSON, or holds no list of objects.
    """
    with child_sheets(path, "json") as (sheet,):
        yield sheet
