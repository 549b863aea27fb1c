"""What a goal draws from the priority it serves and the finding it answers, so that nobody types a figure twice."""

from __future__ import annotations

from typing import Any

from store.records import Finding, Goal, Priority, Record
from store.workspace import Workspace

_DRAWN = {
    "population": "group_name",
    "characteristic": "characteristic",
    "group": "group_name",
    "comparison_group": "compared_with",
    "indicator_id": "indicator_id",
    "measure": "indicator",
    "baseline": "value",
    "baseline_lower": "lower",
    "baseline_upper": "upper",
    "baseline_period": "period",
    "unit": "unit",
    "direction": "direction",
}
"""The fields of a goal, and those of its finding that they are drawn from."""


def drawn(workspace: Workspace, kind: type[Record], name: str, key: str) -> dict[str, Any]:
    """Return what follows for other fields of a record from leading one of its fields to a record; a face puts it where nobody has written anything.

    Args:
        workspace: The open programme.
        kind: The kind of the record that is filled in.
        name: Its field that leads to another record.
        key: The id of that record.
    """
    if kind is Goal and name == "priority_id":
        priority = workspace.need(Priority, key)
        findings = workspace.linked(key, "findings")
        answered = {"finding_id": findings[0], **_from_finding(workspace, findings[0])} if findings else {}
        return {"title": priority.title, **answered}
    if kind is Goal and name == "finding_id":
        return _from_finding(workspace, key)
    return {}


def _from_finding(workspace: Workspace, key: str) -> dict[str, Any]:
    finding = workspace.need(Finding, key)
    return {field: getattr(finding, source) for field, source in _DRAWN.items()}
