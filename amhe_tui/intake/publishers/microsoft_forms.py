"""Answers exported from Microsoft Forms."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="microsoft_forms",
        called="answers exported from Microsoft Forms",
        family="answers",
        rank=320,
        about={"kind": "experience"},
        signature=(("start time", "completion time"),),
        bookkeeping=r"id|start time|completion time",
        stamps=r"start ?time",
    ),
)
