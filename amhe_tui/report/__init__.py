"""One document model and its writers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from amhe_tui.errors import AmheError

if TYPE_CHECKING:
    from amhe_tui.analysis.disclosure.breakdown import Policy
    from amhe_tui.report.model import Document
    from store.records import Audience
    from store.workspace import Workspace

__all__ = ["write_document", "write_report"]

FORMS = {".md": "markdown", ".html": "html", ".htm": "html"}
"""The writer of each kind of file, by its ending."""


def write_document(document: Document, path_or_format: Path | str) -> str:
    """Return a document as text; the ending of a path, or ``md`` or ``html`` itself, says as what.

    Raises:
        AmheError: There is no writer for it.
    """
    name = str(path_or_format).lower()
    ending = Path(name).suffix if isinstance(path_or_format, Path) or "." in name else f".{name}"
    writer = FORMS.get(ending)
    if writer == "html":
        from amhe_tui.report import html

        return html.write(document)
    if writer == "markdown":
        from amhe_tui.report import markdown

        return markdown.write(document)
    raise AmheError(
        "Unknown kind of report",
        f"A report cannot be written as {ending.lstrip('.') or 'a file without an ending'}.",
        "End the name in .html or .md.",
    )


def write_report(
    workspace: Workspace,
    audience: Audience,
    path_or_format: Path | str,
    today: date,
    policy: Policy | None = None,
) -> str:
    """Return the report on a programme as text.

    Args:
        workspace: The programme file.
        audience: For whom it is; fields declared for narrower audiences are left out.
        path_or_format: A path whose ending says as what, or ``md`` or ``html``.
        today: The day it is written.
        policy: How small numbers are treated; without it, as the NHS does below England.

    Raises:
        AmheError: There is no writer for this kind of file.
    """
    from amhe_tui.report.build import build

    return write_document(build(workspace, audience, today, policy), path_or_format)
