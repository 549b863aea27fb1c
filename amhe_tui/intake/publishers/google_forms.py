"""Answers exported from Google Forms."""

from __future__ import annotations

from amhe_tui.intake.publishers.publication import Publication

PUBLICATIONS = (
    Publication(
        name="google_forms",
        called="answers exported from Google Forms",
        family="answers",
        rank=310,
        about={"kind": "experience"},
        signature=(("timestamp",),),
        first=True,  # many tables have a time stamp somewhere
        bookkeeping=r"timestamp",
        stamps=r"timestamp",
    ),
)
